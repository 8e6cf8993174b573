/* The doors: every way around the views is refused, and what must work works. */
#include "help.h"

static void expect_refused(struct store *s, enum door door, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!refused(s, door, list[i])) {
            fail_msg("let through: %s", list[i]);
        }
    }
}

static void expect_allowed(struct store *s, enum door door, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};
        STMT st;
        if (!stmt_get(s, door, list[i], &st, &e) || !stmt_run(&st, &e)) {
            fail_msg("refused: %s (%s, %d)", list[i], e.text, e.native);
        }
    }
}

static struct store *with_rows(const struct place *p)
{
    struct err e = {0};
    struct store *s = store_new(p);
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s,
                             "INSERT INTO thing VALUES (1, 'one', 0, NULL), (2, 'two', 1, NULL),"
                             " (3, 'three', 0, 1);"
                             "INSERT INTO remark VALUES (1, 1, 'plain'), (2, 3, 'secret');"
                             "INSERT INTO search_test(rowid, text) VALUES (1, 'one word')",
                             &e),
                e);
    assert_good(tx_commit(s, &e), e);
    return s;
}

static void test_read_door_refuses(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "SELECT name FROM thing",
        "SELECT count(*) FROM thing",
        "SELECT 1 FROM thing",
        "SELECT main.thing.name FROM main.thing",
        "SELECT v.name, t.name FROM v_thing v JOIN thing t ON t.id = v.id",
        "SELECT (SELECT max(name) FROM thing)",
        "SELECT name FROM v_thing WHERE EXISTS (SELECT 1 FROM thing WHERE hidden = 1)",
        "SELECT name FROM v_thing ORDER BY (SELECT max(hidden) FROM thing)",
        "SELECT name FROM v_thing UNION ALL SELECT name FROM thing",
        "WITH t AS (SELECT * FROM thing) SELECT * FROM t",
        "WITH RECURSIVE t(n) AS (SELECT id FROM thing UNION SELECT n + 1 FROM t) SELECT n FROM t",
        "SELECT * FROM (SELECT * FROM thing) AS v_x",
        "SELECT * FROM thing AS v_thing",
        /* a name borrowed from the views */
        "WITH v_x AS (SELECT * FROM thing) SELECT * FROM v_x",
        "WITH v_x(a, b, c, d) AS (SELECT * FROM thing) SELECT * FROM v_x",
        "WITH a AS (SELECT 1), \"v_x\" AS MATERIALIZED (SELECT * FROM thing) SELECT * FROM v_x",
        "WITH [v_x] AS NOT MATERIALIZED (SELECT * FROM thing) SELECT * FROM v_x",
        "WITH `v_x`/* */AS--\n(SELECT * FROM thing) SELECT * FROM v_x",
        "WITH 'v_x' as(SELECT * FROM thing) SELECT * FROM v_x",
        "WITH v_thing AS (SELECT * FROM thing) SELECT * FROM v_thing",
        /* what the database says about itself */
        "SELECT sql FROM sqlite_schema",
        "SELECT sql FROM sqlite_master",
        "SELECT count(*) FROM sqlite_schema",
        "UPDATE sqlite_schema SET sql = ''",
        "UPDATE sqlite_master SET name = 'x'",
        "SELECT name FROM sqlite_temp_schema",
        "PRAGMA table_info(thing)",
        "PRAGMA database_list",
        "PRAGMA writable_schema=ON",
        "PRAGMA journal_mode=DELETE",
        "SELECT * FROM pragma_table_info('thing')",
        "SELECT * FROM pragma_table_list",
        "SELECT * FROM meta",
        "SELECT * FROM log",
        "SELECT * FROM history",
        "SELECT * FROM search_doc",
        /* out of the file */
        "ATTACH '/tmp/x' AS y",
        "DETACH main",
        "VACUUM INTO '/tmp/x'",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT fts3_tokenizer('simple')",
        /* writing */
        "INSERT INTO thing(name) VALUES ('x')",
        "UPDATE thing SET name = 'x'",
        "UPDATE v_thing SET name = 'x'",
        "DELETE FROM thing",
        "DELETE FROM v_thing",
        "INSERT INTO search_test(text) VALUES ('x')",
        "DROP TABLE thing",
        "DROP VIEW v_thing",
        "ALTER TABLE thing ADD COLUMN x",
        "CREATE TABLE x(y)",
        "CREATE TEMP TABLE x AS SELECT * FROM thing",
        "CREATE TEMP VIEW v_evil AS SELECT * FROM thing",
        "CREATE VIEW v_evil AS SELECT * FROM thing",
        "CREATE TRIGGER t AFTER INSERT ON thing BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER v_t INSTEAD OF INSERT ON v_thing BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE v_w USING fts5vocab('search_test', 'row')",
        "CREATE INDEX i ON thing(name)",
        "REINDEX",
        "ANALYZE",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT x",
    };
    struct place p = place_new();
    struct store *s = with_rows(&p);
    expect_refused(s, DOOR_READ, ways, N_OF(ways));
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 3);
    store_close(s);
    place_done(&p);
}

static void test_read_door_allows(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "SELECT id, name FROM v_thing WHERE treben_fold(name) = ?1 ORDER BY treben_key(name)",
        "SELECT count(*) FROM v_thing",
        "SELECT n.body, n.name FROM v_remark n LEFT JOIN v_thing t ON t.name = n.name",
        "WITH t AS (SELECT * FROM v_thing) SELECT * FROM t",
        "WITH t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t",
        "SELECT id FROM v_thing WHERE id IN (SELECT rowid FROM search_test('one*'))",
        "SELECT v.id FROM search_test f JOIN v_thing v ON v.id = f.rowid WHERE f.text MATCH 'one*'",
        "SELECT value FROM json_each('[1,2]')",
        "SELECT CAST(v.id AS TEXT), row_number() OVER (ORDER BY v.id) FROM v_thing AS v",
    };
    struct place p = place_new();
    struct store *s = with_rows(&p);
    expect_allowed(s, DOOR_READ, ways, N_OF(ways));
    store_close(s);
    s = store_again(&p, STORE_USE); /* nothing is connected yet, nothing else was stepped */
    make_views(s);
    expect_allowed(s, DOOR_READ, ways, N_OF(ways));
    STMT st;
    struct err e = {0};
    bool row;
    assert_good(stmt_get(s, DOOR_READ, "SELECT count(*), max(name) FROM v_thing", &st, &e), e);
    assert_good(stmt_step(&st, &row, &e), e);
    assert_int_equal(col_int(&st, 0), 1); /* the hidden one and the secret one are not there */
    assert_string_equal(col_text(&st, 1), "one");
    stmt_release(&st);
    store_close(s);
    place_done(&p);
}

static void test_write_door(void **state)
{
    (void)state;
    static const char *const no[] = {
        "INSERT INTO log(seq, at, session, action, result, h) VALUES (1, '', '', '', '', x'00')",
        "DELETE FROM log",
        "UPDATE meta SET value = 'x'",
        "DELETE FROM main.meta",
        "SELECT sql FROM sqlite_schema",
        "SELECT * FROM pragma_table_info('thing')",
        "UPDATE sqlite_schema SET sql = ''",
        "DROP TABLE thing",
        "CREATE TABLE x(y TEXT) STRICT",
        "CREATE TEMP VIEW v_x AS SELECT 1",
        "ALTER TABLE thing ADD COLUMN x",
        "PRAGMA foreign_keys=OFF",
        "ATTACH '/tmp/x' AS y",
        "COMMIT",
        "SELECT load_extension('x')",
    };
    /* Foreign keys and the text index ask on their own while these run. */
    static const char *const yes[] = {
        "INSERT INTO thing(id, name, parent) VALUES (10, 'ten', 1)",
        "INSERT INTO remark(thing, body) VALUES (10, 'x') RETURNING id",
        "UPDATE thing SET parent = 3 WHERE id = 10",
        "DELETE FROM remark WHERE thing = 10",
        "DELETE FROM thing WHERE id = 10",
        "INSERT INTO search_test(rowid, text) VALUES (5, 'five')",
        "UPDATE search_test SET text = 'fifth' WHERE rowid = 5",
        "DELETE FROM search_test WHERE rowid = 5",
        "INSERT INTO search_test(search_test) VALUES ('optimize')",
        "SELECT name FROM thing WHERE id = 1",
    };
    struct place p = place_new();
    struct store *s = with_rows(&p);
    struct err e = {0};
    assert_good(tx_begin(s, &e), e);
    expect_refused(s, DOOR_WRITE, no, N_OF(no));
    expect_allowed(s, DOOR_WRITE, yes, N_OF(yes));
    assert_good(tx_commit(s, &e), e);
    store_close(s);
    place_done(&p);
}

static void test_upkeep_door(void **state)
{
    (void)state;
    static const char *const no[] = {
        "ATTACH '/tmp/x' AS y",
        "VACUUM INTO '/tmp/x'",
        "SELECT load_extension('x')",
        "BEGIN",
        "COMMIT",
        "PRAGMA writable_schema=ON",
        "PRAGMA journal_mode=DELETE",
        "PRAGMA foreign_keys=OFF",
        "PRAGMA wal_autocheckpoint=9",
    };
    static const char *const yes[] = {
        "PRAGMA table_info(thing)",
        "PRAGMA foreign_key_check",
        "SELECT count(*) FROM sqlite_schema",
        "CREATE TEMP VIEW v_more AS SELECT id FROM thing",
        "DROP VIEW v_more",
    };
    struct place p = place_new();
    struct store *s = with_rows(&p);
    expect_refused(s, DOOR_UPKEEP, no, N_OF(no));
    expect_allowed(s, DOOR_UPKEEP, yes, N_OF(yes));
    store_close(s);
    place_done(&p);
}

/* Without a transaction a write would commit by itself, past the store lock. */
static void test_no_write_outside_transaction(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = with_rows(&p);
    assert_true(refused(s, DOOR_WRITE, "INSERT INTO thing(name) VALUES ('x')"));
    assert_true(refused(s, DOOR_UPKEEP, "DELETE FROM remark"));
    assert_true(refused(s, DOOR_UPKEEP, "CREATE TABLE x(y TEXT) STRICT"));
    assert_false(store_script(s, "CREATE INDEX i ON thing(name)", NULL));
    assert_int_equal(number(s, "SELECT count(*) FROM remark"), 2);
    store_close(s);
    place_done(&p);
}

/* A change of schema makes cached statements be prepared again while another door was used last. */
static void test_door_at_reprepare(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p);
    bool row;
    STMT reader;
    assert_good(stmt_get(s, DOOR_READ, "SELECT count(*) FROM v_thing", &reader, &e), e);
    assert_good(stmt_step(&reader, &row, &e), e);
    stmt_release(&reader);
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s, "ALTER TABLE thing ADD COLUMN more TEXT", &e), e);
    save_thing(s, "four");
    assert_good(tx_commit(s, &e), e);
    assert_good(stmt_get(s, DOOR_READ, "SELECT count(*) FROM v_thing", &reader, &e), e);
    assert_good(stmt_step(&reader, &row, &e), e);
    assert_int_equal(col_int(&reader, 0), 2);
    stmt_release(&reader);
    assert_true(refused(s, DOOR_READ, "SELECT count(*) FROM thing"));
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_door_refuses),
        cmocka_unit_test(test_read_door_allows),
        cmocka_unit_test(test_write_door),
        cmocka_unit_test(test_upkeep_door),
        cmocka_unit_test(test_no_write_outside_transaction),
        cmocka_unit_test(test_door_at_reprepare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
