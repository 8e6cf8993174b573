/* The line between front end and core: what is answered, what makes the core hang up, who gets in.
 */
#include "harness.h"

#include "treben/base/mem.h"

#include <stdio.h>
#include <unistd.h>

static int make(void **state)
{
    *state = stage_make();
    return 0;
}

static int end(void **state)
{
    stage_end(*state);
    return 0;
}

static void hello_says_who_and_what(void **state)
{
    struct talk *t = talk_open(*state, "mira.holm");
    const json_t *hello = talk_ask(t, "hello", json_pack("{s:s}", "lang", "sv"));
    assert_string_equal(text_at(hello, "user.name"), "Mira Holm");
    assert_string_equal(text_at(hello, "user.agency"), "POL");
    assert_string_equal(text_at(hello, "user.roles.0.code"), "ANALYT_P");
    assert_string_equal(text_at(hello, "user.roles.0.label"), "Analytiker");
    assert_string_equal(text_at(hello, "now"), STAGE_NOW);
    assert_string_equal(text_at(hello, "today"), "2026-11-22");
    assert_true(json_is_true(at(hello, "demo")));
    assert_true(json_array_size(at(hello, "kinds")) > 25);
    assert_int_equal(talk_end(t), 0);
}

static void without_an_account_one_may_choose(void **state)
{
    struct talk *t = talk_open(*state, NULL);
    const json_t *hello = talk_ask(t, "hello", json_pack("{s:s}", "lang", "en"));
    assert_true(json_is_null(at(hello, "user")));
    assert_int_equal(json_array_size(at(hello, "accounts")), 13);
    assert_string_equal(text_at(hello, "accounts.0.login"), "asa.lind");
    assert_string_equal(text_at(hello, "accounts.0.roles"), "City GVI coordinator");
    const json_t *no = talk_refused(t, "list", json_pack("{s:s}", "kind", "incident"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    no = talk_refused(t, "login", json_pack("{s:s}", "as", "nobody"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    hello = talk_ask(t, "login", json_pack("{s:s}", "as", "asa.lind"));
    assert_string_equal(text_at(hello, "user.login"), "asa.lind");
    talk_ask(t, "list", json_pack("{s:s}", "kind", "incident"));
    assert_int_equal(talk_end(t), 0);
}

static void unknown_method_and_bad_params_have_their_codes(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    assert_int_equal(int_at(talk_refused(t, "drop", NULL), "code"), -32601);
    assert_int_equal(int_at(talk_refused(t, "list", json_pack("{s:i}", "kind", 7)), "code"),
                     -32602);
    assert_int_equal(int_at(talk_refused(t, "list", NULL), "code"), -32602);
    const json_t *no = talk_refused(t, "list", json_pack("{s:s}", "kind", "incidnet"));
    assert_contains(text_at(no, "message"), "did you mean \"incident\"");
    no = talk_refused(t, "list", json_pack("{s:s, s:i}", "kind", "incident", "limit", -1));
    assert_int_equal(int_at(no, "code"), -32602);
    no =
        talk_refused(t, "list", json_pack("{s:s, s:[s]}", "kind", "incident", "columns", "secret"));
    assert_int_equal(int_at(no, "code"), -32602);
    no = talk_refused(t, "list", json_pack("{s:s, s:s}", "kind", "incident", "filter", "type =="));
    assert_string_equal(text_at(no, "data.code"), "syntax");
    assert_contains(text_at(no, "message"), "olumn");
    /* … and the session goes on */
    talk_ask(t, "list", json_pack("{s:s}", "kind", "incident"));
    assert_int_equal(talk_end(t), 0);
}

/* One error, then silence; nothing behind the bad line is read. */
static void expect_hang_up(const struct stage *st, const char *bytes, size_t n)
{
    struct talk *t = talk_start(st, "mira.holm");
    int64_t before = stage_log_rows(st);
    const json_t *answer = talk_raw(t, bytes, n);
    assert_int_equal(int_at(answer, "error.code"), -32700);
    assert_true(json_is_null(at(answer, "id")));
    assert_null(talk_raw(t, "", 0));
    assert_int_equal(stage_log_rows(st), before + 1);
    assert_int_equal(talk_end(t), 3);
}

static void malformed_lines_are_answered_once(void **state)
{
    static const char *const lines[] = {
        "{\"jsonrpc\":\"2.0\",\"id\":1\n",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bye\"}]\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"bye\"}\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"b\xff\"}\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bye\",\"params\":{\"a\":\"\\u0000\"}}\n",
        "hello\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"bye\"}\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        expect_hang_up(*state, lines[i], strlen(lines[i]));
    }
}

static void too_long_a_line_is_refused(void **state)
{
    size_t n = 10 * 1024 * 1024;
    AUTOFREE char *line = xmalloc(n);
    memset(line, 'x', n);
    line[0] = '"';
    line[n - 1] = '\n';
    expect_hang_up(*state, line, n);
}

static void a_message_that_is_no_request_keeps_the_line(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    static const char *const lines[] = {
        "{\"id\":1,\"method\":\"describe\"}\n",
        "{\"jsonrpc\":\"2.0\",\"method\":\"describe\"}\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}\n",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"list\",\"params\":[1]}\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(int_at(talk_raw(t, lines[i], strlen(lines[i])), "error.code"), -32600);
    }
    talk_ask(t, "list", json_pack("{s:s}", "kind", "incident"));
    assert_int_equal(talk_end(t), 0);
}

static void who_is_unknown_is_refused_at_hello(void **state)
{
    struct talk *t = talk_open(*state, "nobody");
    const json_t *no = talk_refused(t, "hello", json_pack("{s:s}", "lang", "en"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    assert_int_equal(talk_end(t), 3);
    AUTOFREE char *action = stage_log_last(*state, "action");
    assert_string_equal(action, "NEKAD");
}

static void a_missing_database_is_said_in_the_answer(void **state)
{
    (void)state;
    struct stage none = {.dir = "/tmp", .path = "/tmp/treben-there-is-none.db"};
    struct talk *t = talk_open(&none, "asa.lind");
    const json_t *no = talk_refused(t, "hello", json_pack("{s:s}", "lang", "en"));
    assert_contains(text_at(no, "message"), "trebenctl init");
    assert_string_equal(text_at(no, "data.code"), "io");
    assert_int_equal(talk_end(t), 3);
}

static void accounts_are_for_demo_databases(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *own = xprintf("%s/own.db", st->dir);
    assert_int_equal(stage_ctl(st, NULL, "init", own, NULL), 0);
    struct stage real = {0};
    snprintf(real.path, sizeof real.path, "%s", own);
    struct talk *t = talk_open(&real, "asa.lind");
    assert_string_equal(
        text_at(talk_refused(t, "hello", json_pack("{s:s}", "lang", "en")), "data.code"), "usage");
    assert_int_equal(talk_end(t), 2);
    t = talk_start(&real, NULL);
    assert_string_equal(
        text_at(talk_refused(t, "clock", json_pack("{s:s}", "now", "2020-01-01")), "data.code"),
        "denied");
    assert_string_equal(
        text_at(talk_refused(t, "login", json_pack("{s:s}", "as", "asa.lind")), "data.code"),
        "denied");
    /* whoever made it is its operator, and may make others */
    const json_t *user =
        talk_ask(t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s}}", "kind", "user", "values", "login",
                           "kalle.ek", "display_name", "Kalle Ek", "agency", "POL"));
    assert_true(int_at(user, "rev") == 1);
    assert_string_equal(
        text_at(talk_refused(t, "new", json_pack("{s:s}", "kind", "incident")), "data.code"),
        "denied");
    assert_int_equal(talk_end(t), 0);
}

static void describe_tells_what_a_screen_needs(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    const json_t *d = talk_ask(t, "describe", json_pack("{s:s}", "kind", "incident"));
    assert_string_equal(text_at(d, "one"), "Incident");
    assert_string_equal(text_at(d, "fields.0.name"), "type");
    assert_string_equal(text_at(d, "fields.0.type"), "code");
    assert_true(json_array_size(at(d, "fields.0.codes")) >= 14);
    assert_true(json_array_size(at(d, "pages")) > 0);
    assert_true(json_array_size(at(d, "columns")) > 3);
    assert_true(json_array_size(at(d, "states")) >= 9);
    assert_true(json_is_true(at(d, "may_create")));
    assert_int_equal(talk_end(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hello_says_who_and_what),
        cmocka_unit_test(without_an_account_one_may_choose),
        cmocka_unit_test(unknown_method_and_bad_params_have_their_codes),
        cmocka_unit_test(malformed_lines_are_answered_once),
        cmocka_unit_test(too_long_a_line_is_refused),
        cmocka_unit_test(a_message_that_is_no_request_keeps_the_line),
        cmocka_unit_test(who_is_unknown_is_refused_at_hello),
        cmocka_unit_test(a_missing_database_is_said_in_the_answer),
        cmocka_unit_test(accounts_are_for_demo_databases),
        cmocka_unit_test(describe_tells_what_a_screen_needs),
    };
    return cmocka_run_group_tests_name("protocol", tests, make, end);
}
