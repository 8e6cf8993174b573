/* Statements: binding, columns, the cache. */
#include "help.h"

static void test_values(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    STMT st;
    bool row;
    assert_good(stmt_get(s, DOOR_READ, "SELECT ?1, ?2, ?3, ?4, ?5", &st, &e), e);
    stmt_text(&st, 1, "Åsa");
    stmt_text(&st, 2, NULL);
    stmt_int(&st, 3, INT64_MIN);
    stmt_blob(&st, 4, "a\0b", 3);
    stmt_blob(&st, 5, NULL, 0);
    assert_good(stmt_step(&st, &row, &e), e);
    assert_true(row);
    assert_int_equal(stmt_columns(&st), 5);
    assert_string_equal(col_text(&st, 0), "Åsa");
    assert_null(col_text(&st, 1));
    assert_true(col_null(&st, 1));
    assert_int_equal(col_int(&st, 1), 0);
    assert_true(col_int(&st, 2) == INT64_MIN);
    size_t n;
    assert_memory_equal(col_blob(&st, 3, &n), "a\0b", 3);
    assert_int_equal(n, 3);
    assert_false(col_null(&st, 4)); /* an empty value is not null */
    assert_good(stmt_step(&st, &row, &e), e);
    assert_false(row);
    stmt_int(&st, 6, 1); /* no such place: told by the next step */
    assert_false(stmt_step(&st, &row, &e));
    stmt_release(&st);
    store_close(s);
    place_done(&p);
}

static void test_cache_forgets_values(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    struct stmt_slot *first;
    bool row;
    {
        STMT st;
        assert_good(stmt_get(s, DOOR_READ, "SELECT ?1", &st, &e), e);
        stmt_text(&st, 1, "x");
        assert_good(stmt_step(&st, &row, &e), e);
        first = st.slot;
    }
    STMT again;
    assert_good(stmt_get(s, DOOR_READ, "SELECT ?1", &again, &e), e);
    assert_ptr_equal(again.slot, first); /* kept … */
    assert_good(stmt_step(&again, &row, &e), e);
    assert_true(col_null(&again, 0)); /* … without what was bound */
    STMT other;
    assert_good(stmt_get(s, DOOR_UPKEEP, "SELECT ?1", &other, &e), e);
    assert_ptr_not_equal(other.slot, first); /* another door is another statement */
    stmt_release(&other);
    stmt_release(&again);
    store_close(s);
    place_done(&p);
}

static void test_same_text_twice_at_once(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    const char *sql = "SELECT value FROM json_each('[1,2,3]')";
    int64_t pairs = 0;
    bool row;
    STMT outer;
    assert_good(stmt_get(s, DOOR_READ, sql, &outer, &e), e);
    while (stmt_step(&outer, &row, &e) && row) {
        STMT inner;
        assert_good(stmt_get(s, DOOR_READ, sql, &inner, &e), e);
        while (stmt_step(&inner, &row, &e) && row) {
            pairs += col_int(&outer, 0) * col_int(&inner, 0);
        }
    }
    assert_int_equal(pairs, 36);
    stmt_release(&outer);
    store_close(s);
    place_done(&p);
}

static void test_one_statement_a_text(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    assert_true(refused(s, DOOR_READ, ""));
    assert_true(refused(s, DOOR_READ, "-- nothing"));
    assert_true(refused(s, DOOR_READ, "SELECT 1; SELECT 2"));
    assert_false(refused(s, DOOR_READ, "SELECT 1; "));
    store_close(s);
    place_done(&p);
}

static void test_many_texts(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    STMT held;
    bool row;
    assert_good(stmt_get(s, DOOR_READ, "SELECT 77", &held, &e), e);
    for (int i = 0; i < 3 * STORE_SLOTS_MAX; i++) {
        AUTOFREE char *sql = xprintf("SELECT %d", i + 1000);
        STMT st;
        assert_good(stmt_get(s, DOOR_READ, sql, &st, &e), e);
        assert_good(stmt_step(&st, &row, &e), e);
        assert_int_equal(col_int(&st, 0), i + 1000);
    }
    assert_true(s->n_slots <= STORE_SLOTS_MAX);
    store_forget_statements(s);
    assert_int_equal(s->n_slots, 0);
    assert_good(stmt_step(&held, &row, &e), e); /* in use: it outlives the forgetting */
    assert_int_equal(col_int(&held, 0), 77);
    stmt_release(&held);
    store_close(s);
    place_done(&p);
}

static void test_changes_and_steps(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "a");
    save_thing(s, "b");
    STMT st;
    assert_good(stmt_get(s, DOOR_WRITE, "UPDATE thing SET name = ?1", &st, &e), e);
    stmt_text(&st, 1, "c");
    assert_good(stmt_run(&st, &e), e);
    assert_int_equal(stmt_changes(&st), 2);
    stmt_release(&st);
    assert_good(tx_commit(s, &e), e);
    store_vm_steps(s);
    number(s, "SELECT count(*) FROM thing WHERE name = 'c'");
    int64_t one = store_vm_steps(s);
    assert_true(one > 0);
    assert_int_equal(store_vm_steps(s), 0);
    number(s, "SELECT count(*) FROM thing WHERE name = 'c'");
    assert_int_equal(store_vm_steps(s), one); /* the same work costs the same */
    store_close(s);
    place_done(&p);
}

static void test_constraint_is_told(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_good(tx_begin(s, &e), e);
    assert_true(refused(s, DOOR_WRITE, "INSERT INTO remark(thing) VALUES (99)"));
    assert_true(tx_open(s)); /* one refused statement does not end the transaction */
    STMT st;
    assert_good(stmt_get(s, DOOR_WRITE, "INSERT INTO thing(name) VALUES (NULL)", &st, &e), e);
    assert_false(stmt_run(&st, &e));
    assert_int_equal(e.native, SQLITE_CONSTRAINT_NOTNULL);
    stmt_release(&st);
    save_thing(s, "fine");
    assert_good(tx_commit(s, &e), e);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 1);
    store_close(s);
    place_done(&p);
}

#define COUNT_FOR_EVER "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

static void test_time_limit(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    STMT st;
    store_time_limit(s, 0);
    assert_good(stmt_get(s, DOOR_UPKEEP, COUNT_FOR_EVER, &st, &e), e);
    assert_false(stmt_run(&st, &e));
    assert_int_equal(e.code, ERR_RULE);
    assert_non_null(strstr(e.text, "too long"));
    stmt_release(&st);
    assert_int_equal(number(s, "SELECT 1"), 1); /* what is short gets its answer all the same */
    /* of a save that is stopped nothing stays, and the next one succeeds */
    store_time_limit(s, -1);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "half");
    store_time_limit(s, 0);
    assert_good(stmt_get(s, DOOR_UPKEEP, "INSERT INTO thing(name) " COUNT_FOR_EVER, &st, &e), e);
    assert_false(stmt_run(&st, &e));
    stmt_release(&st);
    tx_rollback(s);
    store_time_limit(s, -1);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 0);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "whole");
    assert_good(tx_commit(s, &e), e);
    store_close(s);
    place_done(&p);
}

static void test_memory_limit(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    store_close(store_new(&p));
    struct store *s = store_again(&p, STORE_USE);
    bool row;
    STMT st;
    assert_good(stmt_get(s, DOOR_UPKEEP,
                         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                         "100000) SELECT zeroblob(1000) || i FROM n ORDER BY 1",
                         &st, &e),
                e);
    assert_false(stmt_step(&st, &row, &e));
    assert_int_equal(e.code, ERR_RULE);
    assert_non_null(strstr(e.text, "memory"));
    stmt_release(&st);
    assert_int_equal(number(s, "SELECT 1"), 1);
    store_close(s);
    sqlite3_hard_heap_limit64(0); /* it holds for the whole process */
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_cache_forgets_values),
        cmocka_unit_test(test_same_text_twice_at_once),
        cmocka_unit_test(test_one_statement_a_text),
        cmocka_unit_test(test_many_texts),
        cmocka_unit_test(test_changes_and_steps),
        cmocka_unit_test(test_constraint_is_told),
        cmocka_unit_test(test_time_limit),
        cmocka_unit_test(test_memory_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
