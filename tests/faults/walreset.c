/* The race that destroys databases: the engine (as in Debian 12) lets a save slip in between the
 * moment a checkpoint has read the write-ahead log's header and the moment it uses it. The first
 * test shows, without our lock, that the moment can be reached (and says what it did to the file);
 * the others that the store lock keeps every save out of it. To be run with every engine, until it
 * is known to be fixed. */
#include "help.h"
#include "shim.h"

enum { ROWS = 60 };

/* --- without the lock
 * ---------------------------------------------------------------------------------- */

static sqlite3 *bare_writer;
static int acknowledged;

static void bare_save(void)
{
    acknowledged += sqlite3_exec(bare_writer, "INSERT INTO t(b) VALUES (hex(randomblob(900)))",
                                 NULL, NULL, NULL) == SQLITE_OK;
}

static bool inside_window;

static void bare_moment(void)
{
    int before = acknowledged;
    bare_save();
    inside_window = acknowledged == before + 1;
}

static sqlite3 *bare(const struct place *p)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                  "PRAGMA wal_autocheckpoint=0; CREATE TABLE IF NOT EXISTS t"
                                  "(n INTEGER PRIMARY KEY, b TEXT) STRICT;"
                                  "CREATE INDEX IF NOT EXISTS i ON t(b); SELECT count(*) FROM t",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

static void passive(sqlite3 *db)
{
    assert_int_equal(sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
                     SQLITE_OK);
}

static const char *state_of(const struct place *p)
{
    static char says[160];
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(p->file, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW) {
        snprintf(says, sizeof says, "%s", (const char *)sqlite3_column_text(st, 0));
    } else {
        snprintf(says, sizeof says, "%s", sqlite3_errmsg(db));
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return says;
}

static void test_race_is_reachable(void **state)
{
    (void)state;
    struct place p = place_new();
    bare_writer = bare(&p);
    sqlite3 *first = bare(&p);
    shim_start();
    sqlite3 *second = bare(&p);
    for (int i = 0; i < ROWS; i++) {
        bare_save();
    }
    passive(first); /* all is copied: the next save begins the log anew */
    shim.moment = bare_moment;
    passive(second);
    assert_null(shim.moment);   /* the moment came */
    assert_true(inside_window); /* and nothing kept the save out */
    for (int i = 0; i < ROWS; i++) {
        bare_save();
    }
    sqlite3_wal_checkpoint_v2(first, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        bare_save();
    }
    sqlite3_close(second);
    shim_stop();
    sqlite3_close(first);
    sqlite3_close(bare_writer);
    print_message("without the lock, engine %s: %s\n", sqlite3_libversion(), state_of(&p));
    place_done(&p);
}

/* --- with it
 * ------------------------------------------------------------------------------------------- */

static struct store *writer;
static int kept_out;

static void our_moment(void)
{
    struct err e = {0};
    writer->lock_limit_ms = 1;
    assert_false(tx_begin(writer, &e));
    assert_int_equal(e.code, ERR_BUSY);
    writer->lock_limit_ms = STORE_LOCK_LIMIT_MS;
    kept_out++;
}

static void our_save(void)
{
    struct err e = {0};
    AUTOFREE char *long_name = xmalloc(1801);
    memset(long_name, 'x', 1800);
    long_name[1800] = '\0';
    assert_good(tx_begin(writer, &e), e);
    save_thing(writer, long_name);
    assert_good(tx_commit(writer, &e), e);
    acknowledged++;
}

/* The engine's weakest way of copying, under our lock: the lock alone must do. */
static void passive_locked(struct store *s)
{
    struct err e = {0};
    assert_good(store_lock(s, &e), e);
    passive(s->db);
    store_unlock(s);
}

static void as_the_program_does(struct store *s)
{
    struct err e = {0};
    assert_good(store_checkpoint(s, &e), e);
}

static void race(void checkpoint(struct store *))
{
    struct place p = place_new();
    acknowledged = kept_out = 0;
    shim_start();
    writer = store_new(&p);
    struct store *first = store_again(&p, STORE_USE), *second = store_again(&p, STORE_USE);
    number(first, "SELECT count(*) FROM thing");
    number(second, "SELECT count(*) FROM thing");
    for (int i = 0; i < ROWS; i++) {
        our_save();
    }
    checkpoint(first);
    shim.moment = our_moment;
    checkpoint(second);
    assert_int_equal(kept_out, 1);
    for (int i = 0; i < ROWS; i++) {
        our_save();
    }
    checkpoint(first);
    our_save();
    assert_int_equal(number(second, "SELECT count(*) FROM thing"), acknowledged);
    store_close(second);
    store_close(first);
    store_close(writer);
    shim_stop();
    assert_string_equal(state_of(&p), "ok");
    assert_int_equal(raw_number(&p, "SELECT count(*) FROM thing"), acknowledged);
    place_done(&p);
}

static void test_lock_closes_it(void **state)
{
    (void)state;
    race(passive_locked);
}

static void test_checkpoint_closes_it(void **state)
{
    (void)state;
    race(as_the_program_does);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_race_is_reachable),
        cmocka_unit_test(test_lock_closes_it),
        cmocka_unit_test(test_checkpoint_closes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
