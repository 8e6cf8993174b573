/* Opening: what is made, what is refused and with which sentence; migration. */
#include "help.h"
#include <sys/stat.h>

static void test_create_and_use(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    struct stat st;
    assert_int_equal(stat(p.file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    AUTOFREE char *key = companion(&p, ".key");
    assert_int_equal(stat(key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    AUTOFREE char *reserve = companion(&p, ".reserve");
    assert_int_equal(stat(reserve, &st), 0);
    assert_int_equal(st.st_size, 64 << 20);
    assert_true(st.st_blocks * 512 >= st.st_size); /* really set aside, not a hole */
    assert_int_equal(store_version(s), migrate_newest());
    assert_false(store_is_reduced(s));
    store_close(s);
    s = store_again(&p, STORE_USE);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 0);
    store_close(s);
    struct store *twice = NULL;
    assert_false(store_open(p.file, STORE_CREATE, &twice, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_null(twice);
    s = store_again(&p, STORE_USE); /* and what was there is unharmed */
    store_close(s);
    place_done(&p);
}

static void expect_refusal(const char *path, enum store_mode mode, enum err_code code,
                           const char *word)
{
    struct err e = {0};
    struct store *s = NULL;
    assert_false(store_open(path, mode, &s, &e));
    assert_null(s);
    assert_int_equal(e.code, code);
    if (!strstr(e.text, word)) {
        fail_msg("\"%s\" does not say \"%s\"", e.text, word);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    struct place p = place_new();
    expect_refusal(p.file, STORE_USE, ERR_IO, "trebenctl init");
    expect_refusal("/nowhere/at/all.db", STORE_USE, ERR_IO, "folder");
    expect_refusal(p.dir, STORE_USE, ERR_IO, "ordinary");
    FILE *f = fopen(p.file, "w");
    assert_non_null(f);
    for (int i = 0; i < 2000; i++) {
        fputs("not a database ", f);
    }
    fclose(f);
    expect_refusal(p.file, STORE_USE, ERR_SCHEMA, "not a Treben database");
    unlink(p.file);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p.file, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE other(x)", NULL, NULL, NULL);
    sqlite3_close(db);
    expect_refusal(p.file, STORE_OPERATE, ERR_SCHEMA, "not a Treben database");
    place_done(&p);
}

static void test_link_refused(void **state)
{
    (void)state;
    struct place p = place_new();
    store_close(store_new(&p));
    AUTOFREE char *link = companion(&p, ".link");
    assert_int_equal(symlink(p.file, link), 0);
    expect_refusal(link, STORE_USE, ERR_IO, "ordinary");
    /* a linked folder is followed to its real place */
    AUTOFREE char *dir_link = xprintf("%s-link", p.dir);
    AUTOFREE char *through = xprintf("%s/town.db", dir_link);
    struct err e = {0};
    struct store *s;
    assert_int_equal(symlink(p.dir, dir_link), 0);
    assert_good(store_open(through, STORE_USE, &s, &e), e);
    assert_string_equal(store_path(s), p.file);
    store_close(s);
    unlink(dir_link);
    place_done(&p);
}

static void test_missing_key(void **state)
{
    (void)state;
    struct place p = place_new();
    store_close(store_new(&p));
    AUTOFREE char *key = companion(&p, ".key");
    assert_int_equal(truncate(key, 20), 0);
    expect_refusal(p.file, STORE_USE, ERR_IO, "town.db.key is damaged");
    assert_int_equal(unlink(key), 0);
    expect_refusal(p.file, STORE_USE, ERR_IO, "town.db.key is missing");
    place_done(&p);
}

static void test_versions(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s;
    int from, to;
    assert_good(store_open(p.file, STORE_CREATE, &s, &e), e);
    assert_int_equal(store_version(s), 0);
    store_close(s);
    expect_refusal(p.file, STORE_USE, ERR_SCHEMA, "trebenctl migrate");
    s = store_again(&p, STORE_OPERATE);
    assert_good(migrate_run(s, &from, &to, &e), e);
    assert_int_equal(from, 0);
    assert_int_equal(to, migrate_newest());
    assert_good(migrate_run(s, &from, &to, &e), e); /* again: nothing to do */
    assert_int_equal(from, to);
    store_close(s);
    raw_run(&p, "PRAGMA user_version=9999");
    expect_refusal(p.file, STORE_USE, ERR_SCHEMA, "newer");
    expect_refusal(p.file, STORE_OPERATE, ERR_SCHEMA, "newer");
    place_done(&p);
}

static void test_bad_migration_leaves_nothing(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s;
    int from, to;
    assert_good(store_open(p.file, STORE_CREATE, &s, &e), e);
    /* The first step wants to make a table that is there: all of the step must be undone. */
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s, "CREATE TABLE draft(x TEXT) STRICT", &e), e);
    assert_good(tx_commit(s, &e), e);
    assert_false(migrate_run(s, &from, &to, &e));
    assert_int_equal(store_version(s), 0);
    assert_false(tx_open(s));
    assert_int_equal(number(s, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), 1);
    store_close(s);
    place_done(&p);
}

/* Foreign keys are off while tables are rebuilt, so the step looks itself before it commits. */
static void test_migration_checks_references(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s;
    int from, to;
    assert_good(store_open(p.file, STORE_CREATE, &s, &e), e);
    raw_run(&p, "CREATE TABLE a(id INTEGER PRIMARY KEY, other INTEGER REFERENCES a(id)) STRICT;"
                "INSERT INTO a VALUES (1, 99)");
    assert_false(migrate_run(s, &from, &to, &e));
    assert_int_equal(e.code, ERR_DB);
    assert_int_equal(store_version(s), 0);
    raw_run(&p, "DELETE FROM a");
    assert_good(migrate_run(s, &from, &to, &e), e);
    assert_good(tx_begin(s, &e), e);
    assert_true(refused(s, DOOR_WRITE, "INSERT INTO a VALUES (2, 98)")); /* and they are on again */
    tx_rollback(s);
    store_close(s);
    place_done(&p);
}

static void test_columns(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    ARENA a = {0};
    struct column_info *c;
    size_t n;
    assert_good(table_columns(s, &a, "remark", &c, &n, &e), e);
    assert_int_equal(n, 3);
    assert_string_equal(c[1].name, "thing");
    assert_string_equal(c[1].type, "INTEGER");
    assert_string_equal(c[1].references, "thing");
    assert_true(c[1].not_null);
    assert_string_equal(c[2].type, "TEXT");
    assert_false(c[2].not_null);
    assert_null(c[2].references);
    assert_good(table_columns(s, &a, "no_such", &c, &n, &e), e);
    assert_int_equal(n, 0);
    store_close(s);
    place_done(&p);
}

static void test_meta(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    char *value = NULL;
    assert_good(meta_get(s, "demo", &value, &e), e);
    assert_null(value);
    assert_false(meta_set(s, "demo", "1", &e)); /* needs a transaction */
    assert_good(tx_begin(s, &e), e);
    assert_good(meta_set(s, "demo", "1", &e) && meta_set(s, "demo", "2", &e), e);
    assert_good(tx_commit(s, &e), e);
    assert_good(meta_get(s, "demo", &value, &e), e);
    assert_string_equal(value, "2");
    free(value);
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create_and_use),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_link_refused),
        cmocka_unit_test(test_missing_key),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_bad_migration_leaves_nothing),
        cmocka_unit_test(test_migration_checks_references),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_meta),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
