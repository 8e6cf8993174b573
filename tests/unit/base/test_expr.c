/* The language of conditions: parsing, errors with a place, evaluation, garbage. */
#include "test.h"

#include "treben/base/date.h"
#include "treben/base/expr.h"
#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"

static bool record(void *ctx, const char *name, const char *step, struct expr_value *ret)
{
    static const struct {
        const char *name, *step;
        struct expr_value value;
    } fields[] = {
        {"type", NULL, {"SKJUTNING", EXPR_T_CODE}},
        {"area", NULL, {"NORD", EXPR_T_CODE}},
        {"occurred_at", NULL, {"2026-11-21T23:30:00Z", EXPR_T_DATE}}, /* the 22nd in Stockholm */
        {"due", NULL, {"2026-11-30", EXPR_T_DATE}},
        {"n_dead", NULL, {"2", EXPR_T_NUMBER}},
        {"weight", NULL, {"1,5", EXPR_T_NUMBER}},
        {"place", NULL, {"Åsgatan 4", EXPR_T_TEXT}},
        {"tags", NULL, {"VAPEN,BIL", EXPR_T_LIST}},
        {"note", NULL, {NULL, EXPR_T_TEXT}},
        {"minor", NULL, {"true", EXPR_T_CODE}},
        {"closed", NULL, {"false", EXPR_T_CODE}},
        {"person", "family_name", {"Öberg", EXPR_T_TEXT}},
    };
    int *calls = ctx;
    ++*calls;
    for (size_t i = 0; i < N_OF(fields); i++) {
        if (str_eq(name, fields[i].name) && str_eq(step, fields[i].step)) {
            *ret = fields[i].value;
            return true;
        }
    }
    return false;
}

static void is(const char *source, bool want)
{
    ARENA a = {0};
    const struct expr *x = NULL;
    struct err e;
    bool got = !want;
    int calls = 0;
    if (!expr_parse(&a, source, &x, &e) || !expr_true(x, record, &calls, &got, &e)) {
        fail_msg("%s: %s", source, e.text);
    }
    if (got != want) {
        fail_msg("%s is %s", source, got ? "true" : "false");
    }
}

static void evaluates(void **state)
{
    (void)state;
    static const char *const yes[] = {
        "type == \"SKJUTNING\"",
        "type == \"SKJUTNING\" and due >= \"2024-01-01\" and not (area in (\"SYD\", \"X\"))",
        "area in (\"SYD\",\"NORD\")",
        "area not in (\"SYD\")",
        "n_dead > 1",
        "n_dead == 2.0",
        "n_dead < 10",
        "n_dead >= -3",
        "weight == 1.5",
        "weight < 2",
        "place == \"asgatan 4\"",
        "place contains \"GATAN\"",
        "place < \"Äsgatan\"",
        "place > \"Zinkgatan\"",
        "tags contains \"BIL\"",
        "not tags contains \"BI\"",
        "note == null",
        "not note != null",
        "note != \"x\"",
        "not note == \"x\"",
        "not note < \"x\"",
        "not note in (\"x\")",
        "type != null",
        "minor",
        "minor == true",
        "not closed",
        "closed == false",
        "person.family_name == \"oberg\"",
        "occurred_at == \"2026-11-22\"",
        "occurred_at == today",
        "occurred_at > today-1d",
        "due <= today+8d",
        "due > today + 7d",
        "due > occurred_at",
        "occurred_at < \"2026-11-21T23:30:01Z\"",
        "true",
        "not false",
        "true or false and false",
        "(true or false) and true",
        "\"a\\\"b\\\\\" == \"a\\\"b\\\\\"",
        "null == null",
        "\"Å\" == \"a\"",
        "not not true",
        "  true  ",
        "note contains \"x\" or minor",
    };
    static const char *const no[] = {
        "type == \"skjutning\"", /* codes are compared as they are */
        "n_dead == \"two\"",     "n_dead < \"two\"",   "(true or false) and false",
        "not (true or false)",   "note contains \"\"", "tags == \"VAPEN\"",
        "area in (\"SYD\")",     "area == null",       "note",
        "n_dead != 2",
    };
    instant t;
    assert_true(instant_from_text("2026-11-22T10:00:00Z", &t));
    clock_set(t);
    for (size_t i = 0; i < N_OF(yes); i++) {
        is(yes[i], true);
    }
    for (size_t i = 0; i < N_OF(no); i++) {
        is(no[i], false);
    }
    clock_set(INSTANT_NONE);
}

static void builds_the_tree(void **state)
{
    (void)state;
    ARENA a = {0};
    const struct expr *x;
    struct err e;
    assert_true(expr_parse(&a, "a < today-7d", &x, &e));
    assert_int_equal(x->op, EXPR_LT);
    assert_string_equal(x->a->name, "a");
    assert_null(x->a->step);
    assert_int_equal(x->b->op, EXPR_TODAY);
    assert_int_equal(x->b->days, -7);
    assert_int_equal(x->b->column, 5);
    assert_true(expr_parse(&a, "a.b in (1, \"x\", true, null)", &x, &e));
    assert_int_equal(x->op, EXPR_IN);
    assert_string_equal(x->a->step, "b");
    assert_int_equal(x->n_items, 4);
    assert_int_equal(x->items[1]->op, EXPR_TEXT);
    assert_string_equal(x->items[1]->text, "x");
    assert_int_equal(x->items[3]->op, EXPR_NULL);
}

static void says_where_and_what(void **state)
{
    (void)state;
    static const struct {
        const char *source, *place, *said;
    } all[] = {
        {"", "column 1", "the text ends"},
        {"type ==", "column 8", "the text ends"},
        {"type = \"x\"", "column 6", "and, or or the end instead of ="},
        {"type == \"x", "column 9", "never closed"},
        {"\"åäö\" == \"x\" x", "column 14", "instead of x"}, /* characters, not bytes */
        {"(a == 1", "column 8", ")"},
        {"a in 1", "column 6", "list"},
        {"a in (1 2)", "column 9", "comma"},
        {"a in ()", "column 7", "field"},
        {"a.b.c == 1", "column 4", "one step"},
        {"a. == 1", "column 4", "after the dot"},
        {"today-7 == a", "column 7", "today-7d"},
        {"today-7days == a", "column 8", "today-7d"},
        {"1", "column 2", "comparison"},
        {"a < b < c", "column 7", "and, or"},
        {"a == 'x'", "column 6", "'"},
        {"a == 1x", "column 7", "blank"},
        {"a not 1", "column 7", "in after not"},
        {"a == -x", "column 7", "a number"},
        {"a == 1 § b", "column 8", "§"},
    };
    lang_use(LANG_EN);
    for (size_t i = 0; i < N_OF(all); i++) {
        ARENA a = {0};
        const struct expr *x = NULL;
        struct err e = {.code = ERR_NONE};
        if (expr_parse(&a, all[i].source, &x, &e) || !strstr(e.text, all[i].place) ||
            !strstr(e.text, all[i].said)) {
            fail_msg("%s: %s", all[i].source, e.text);
        }
        assert_int_equal(e.code, ERR_SYNTAX);
        assert_null(x);
    }
    lang_use(LANG_SV);
}

static void unknown_names_are_errors_whatever_the_record_holds(void **state)
{
    (void)state;
    static const char *const all[] = {"nothing == 1",
                                      "true or nothing",
                                      "false and nothing == 1",
                                      "area in (\"NORD\", nothing)",
                                      "person.nothing == \"x\"",
                                      "note == nothing"};
    for (size_t i = 0; i < N_OF(all); i++) {
        ARENA a = {0};
        const struct expr *x = NULL;
        struct err e = {.code = ERR_NONE};
        bool got = true;
        int calls = 0;
        assert_true(expr_parse(&a, all[i], &x, &e));
        assert_false(expr_true(x, record, &calls, &got, &e));
        assert_int_equal(e.code, ERR_SYNTAX);
        assert_non_null(strstr(e.text, "nothing"));
        assert_true(got); /* untouched */
    }
}

static void nested(struct str *s, const char *open, const char *close, int depth)
{
    str_clear(s);
    for (int i = 0; i < depth; i++) {
        str_add(s, open);
    }
    str_add(s, "true");
    for (int i = 0; i < depth; i++) {
        str_add(s, close);
    }
}

static void holds_its_limits(void **state)
{
    (void)state;
    ARENA a = {0};
    STR s = {0};
    const struct expr *x;
    struct err e;
    nested(&s, "(", ")", 30);
    assert_true(expr_parse(&a, str_text(&s), &x, &e));
    nested(&s, "(", ")", 31);
    assert_false(expr_parse(&a, str_text(&s), &x, &e));
    nested(&s, "not ", "", 31);
    assert_false(expr_parse(&a, str_text(&s), &x, &e));
    str_clear(&s);
    for (int i = 0; i < 60; i++) { /* many beside each other are not deep */
        str_add(&s, "(not true) or ");
    }
    str_add(&s, "true");
    assert_true(expr_parse(&a, str_text(&s), &x, &e));
    while (s.len < 2000) {
        str_addc(&s, ' ');
    }
    assert_true(expr_parse(&a, str_text(&s), &x, &e));
    str_addc(&s, ' ');
    assert_false(expr_parse(&a, str_text(&s), &x, &e));
    assert_false(expr_parse(&a, "a == \"\xFF\"", &x, &e));
}

static void garbage_never_crashes(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "and",         "or",
        "not",         "in",
        "contains",    "null",
        "true",        "today",
        "-7d",         "+",
        "-",           "(",
        ")",           ",",
        ".",           "==",
        "<",           ">=",
        "!=",          "=",
        "\"",          "\"x\"",
        "\\",          "1",
        "2.5",         "99999999999999999999",
        "type",        "area",
        "note",        "person.family_name",
        "tags",        "due",
        " ",           "å",
        "\xFF",        "\n",
        "occurred_at",
    };
    struct rng r;
    rng_seed(&r, 21);
    int parsed = 0;
    for (int i = 0; i < 60000; i++) {
        ARENA a = {0};
        STR s = {0};
        for (uint32_t n = rng_below(&r, 14); n > 0; n--) {
            str_add(&s, parts[rng_below(&r, N_OF(parts))]);
            str_add(&s, rng_below(&r, 4) ? " " : "");
        }
        const struct expr *x = NULL;
        struct err e = {.code = ERR_NONE};
        bool got;
        int calls = 0;
        if (expr_parse(&a, str_text(&s), &x, &e)) {
            parsed++;
            assert_true(expr_true(x, record, &calls, &got, &e) || e.code == ERR_SYNTAX);
        } else {
            assert_int_equal(e.code, ERR_SYNTAX);
            assert_true(strlen(e.text) > 0);
        }
    }
    assert_true(parsed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluates),
        cmocka_unit_test(builds_the_tree),
        cmocka_unit_test(says_where_and_what),
        cmocka_unit_test(unknown_names_are_errors_whatever_the_record_holds),
        cmocka_unit_test(holds_its_limits),
        cmocka_unit_test(garbage_never_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
