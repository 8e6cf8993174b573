/* What the tests of the store share. */
#include "help.h"
#include <ftw.h>

struct place place_new(void)
{
    struct place p = {.dir = "/tmp/treben-store-XXXXXX"};
    assert_non_null(mkdtemp(p.dir));
    snprintf(p.file, sizeof p.file, "%s/town.db", p.dir);
    return p;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

void place_done(const struct place *p)
{
    nftw(p->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char tables[] =
    "CREATE TABLE thing(id INTEGER PRIMARY KEY, name TEXT NOT NULL, hidden INTEGER NOT NULL "
    "DEFAULT 0,"
    " parent INTEGER REFERENCES thing(id)) STRICT;"
    "CREATE TABLE remark(id INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES thing(id),"
    " body TEXT) STRICT;"
    "CREATE VIRTUAL TABLE search_test USING fts5(text);";

void make_views(struct store *s)
{
    struct err e = {0};
    assert_good(
        store_script(s,
                     "CREATE TEMP VIEW v_thing AS SELECT id, name FROM thing t WHERE hidden"
                     " = 0 AND NOT EXISTS (SELECT 1 FROM remark n WHERE n.thing = t.id AND"
                     " n.body = 'secret');"
                     "CREATE TEMP VIEW v_remark AS SELECT n.id, n.body, v.name FROM remark n"
                     " JOIN v_thing v ON v.id = n.thing",
                     &e),
        e);
}

struct store *store_new(const struct place *p)
{
    struct err e = {0};
    struct store *s;
    int from, to;
    assert_good(store_open(p->file, STORE_CREATE, &s, &e), e);
    assert_good(migrate_run(s, &from, &to, &e), e);
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s, tables, &e), e);
    assert_good(tx_commit(s, &e), e);
    make_views(s);
    return s;
}

struct store *store_again(const struct place *p, enum store_mode mode)
{
    struct err e = {0};
    struct store *s;
    assert_good(store_open(p->file, mode, &s, &e), e);
    return s;
}

static sqlite3 *raw_open(const struct place *p)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(p->file, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    int on = 1; /* what the store keeps beside the file stays beside it */
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
    return db;
}

int64_t raw_number(const struct place *p, const char *sql)
{
    sqlite3 *db = raw_open(p);
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

void raw_run(const struct place *p, const char *sql)
{
    sqlite3 *db = raw_open(p);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s: %s", sql, why);
    }
    sqlite3_close(db);
}

int64_t number(struct store *s, const char *sql)
{
    struct err e = {0};
    STMT st;
    bool row;
    assert_good(stmt_get(s, DOOR_UPKEEP, sql, &st, &e), e);
    assert_good(stmt_step(&st, &row, &e), e);
    assert_true(row);
    return col_int(&st, 0);
}

void save_thing(struct store *s, const char *name)
{
    struct err e = {0};
    STMT st;
    assert_good(stmt_get(s, DOOR_WRITE, "INSERT INTO thing(name) VALUES (?1)", &st, &e), e);
    stmt_text(&st, 1, name);
    assert_good(stmt_run(&st, &e), e);
}

/* To the end, because some refusals come only when the statement runs. */
bool refused(struct store *s, enum door door, const char *sql)
{
    struct err e = {0};
    STMT st;
    if (stmt_get(s, door, sql, &st, &e) && stmt_run(&st, &e)) {
        return false;
    }
    assert_int_equal(e.code, ERR_DB);
    assert_null(strstr(e.text, sqlite3_errmsg(s->db))); /* which names tables and columns */
    return true;
}

char *companion(const struct place *p, const char *suffix)
{
    return store_companion(p->file, suffix);
}

bool there(const struct place *p, const char *suffix)
{
    AUTOFREE char *name = companion(p, suffix);
    return access(name, F_OK) == 0;
}
