/* Errors: text cut between characters, codes, contexts, lists of problems. */
#include "test.h"

#include "treben/base/err.h"
#include "treben/base/text.h"

static void fills_and_is_false(void **state)
{
    (void)state;
    struct err e;
    assert_false(err_field(&e, ERR_RULE, "area", "no %s in %d", "call-in", 2026));
    assert_int_equal(e.code, ERR_RULE);
    assert_string_equal(e.field, "area");
    assert_string_equal(e.text, "no call-in in 2026");
    assert_int_equal(e.native, 0);
    assert_non_null(strstr(e.file, "test_err.c"));
    assert_false(err_native(&e, ERR_IO, 28, "full"));
    assert_int_equal(e.native, 28);
    assert_string_equal(e.field, "");
    assert_false(err_set(NULL, ERR_IO, "nobody listens"));
}

static void long_text_is_cut_between_characters(void **state)
{
    (void)state;
    char text[1200] = "";
    for (size_t shift = 0; shift < 4; shift++) { /* so that each byte of the character is hit */
        memset(text, 'x', shift);
        text[shift] = '\0';
        for (size_t i = 0; i < 200; i++) {
            memcpy(text + shift + i * 4, "\xF0\x9F\x98\x80", 5);
        }
        struct err e;
        err_set(&e, ERR_INVALID, "%s", text);
        assert_true(text_valid(e.text));
        assert_true(strlen(e.text) > sizeof e.text - 6);
        err_wrap(&e, "reading %s", "forms/person.yaml");
        assert_true(text_valid(e.text));
        assert_memory_equal(e.text, "reading forms/person.yaml: ", 27);
    }
}

static void may_be_filled_from_itself(void **state)
{
    (void)state;
    struct err e;
    err_field(&e, ERR_INVALID, "name", "too long");
    err_field(&e, ERR_RULE, e.field, "again: %s", e.text);
    assert_string_equal(e.text, "again: too long");
    assert_string_equal(e.field, "name");
}

static void codes_have_names_and_exits(void **state)
{
    (void)state;
    for (int c = ERR_NONE; c <= ERR_CONFLICT; c++) {
        assert_int_equal(err_from_name(err_name((enum err_code)c)), c);
    }
    assert_string_equal(err_name(ERR_INVALID), "invalid");
    assert_int_equal(err_from_name("whatever"), ERR_DB);
    assert_int_equal(err_from_name(NULL), ERR_DB);
    assert_int_equal(err_exit(ERR_NONE), 0);
    assert_int_equal(err_exit(ERR_INVALID), 1);
    assert_int_equal(err_exit(ERR_SYNTAX), 1);
    assert_int_equal(err_exit(ERR_USAGE), 2);
    assert_int_equal(err_exit(ERR_GONE), 3);
    assert_int_equal(err_exit(ERR_CONFLICT), 4);
}

static void collects_problems(void **state)
{
    (void)state;
    PROBLEMS p = {0};
    struct err e;
    assert_true(problems_none(&p, &e));
    problem_add(&p, ERR_INVALID, "birth_date", "year %d", 1850);
    problem_add(&p, ERR_RULE, NULL, "as a whole");
    assert_int_equal(p.n, 2);
    assert_true(problems_have(&p, "birth_date"));
    assert_true(problems_have(&p, ""));
    assert_false(problems_have(&p, "name"));
    assert_false(problems_none(&p, &e));
    assert_int_equal(e.code, ERR_INVALID);
    assert_string_equal(e.field, "birth_date");
    assert_string_equal(e.text, "year 1850");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_and_is_false),
        cmocka_unit_test(long_text_is_cut_between_characters),
        cmocka_unit_test(may_be_filled_from_itself),
        cmocka_unit_test(codes_have_names_and_exits),
        cmocka_unit_test(collects_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
