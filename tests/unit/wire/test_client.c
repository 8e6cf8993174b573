/* The client: starting a core, calls, errors with all they carry, a core that dies. */
#include "test.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/wire/client.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static struct client *start(const struct client_opts *o, json_t **ret_hello)
{
    struct client *c = NULL;
    struct err e;
    if (!client_start(o, &c, ret_hello, &e)) {
        fail_msg("%s", e.text);
    }
    return c;
}

static void starts_the_core_beside_it(void **state)
{
    (void)state;
    json_t *hello = NULL;
    int stray = open("/dev/null", O_RDONLY); /* without O_CLOEXEC: must not reach the core */
    signal(SIGPIPE, SIG_IGN);
    struct client *c =
        start(&(struct client_opts){.db = "/x/city.db", .as = "mira", .lang = "en"}, &hello);
    AUTOFREE char *args = json_dumps(json_object_get(hello, "args"), JSON_COMPACT);
    assert_string_equal(args,
                        "[\"treben-core\",\"--stdio\",\"--db\",\"/x/city.db\",\"--as\",\"mira\"]");
    assert_int_equal(json_integer_value(json_object_get(hello, "fds")), 3);
    assert_true(json_is_true(json_object_get(hello, "own_session")));
    assert_true(json_is_true(json_object_get(hello, "default_pipe")));
    const json_t *params = json_object_get(hello, "params");
    assert_string_equal(json_string_value(json_object_get(params, "lang")), "en");
    assert_string_equal(json_string_value(json_object_get(params, "version")), TREBEN_VERSION);
    json_decref(hello);
    client_end(c);
    close(stray);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
}

static void demo_and_no_hello(void **state)
{
    (void)state;
    json_t *hello = NULL;
    struct client *c = start(&(struct client_opts){.demo = true}, &hello);
    AUTOFREE char *args = json_dumps(json_object_get(hello, "args"), JSON_COMPACT);
    assert_string_equal(args, "[\"treben-core\",\"--stdio\",\"--demo\"]");
    json_decref(hello);
    client_end(c);
    client_end(start(&(struct client_opts){.demo = true}, NULL));
    client_end(NULL);
}

static void calls(void **state)
{
    (void)state;
    struct client *c = start(&(struct client_opts){.demo = true}, NULL);
    struct err e;
    for (int i = 0; i < 100; i++) {
        json_t *back = NULL;
        assert_true(client_call(c, "echo", json_pack("{s:i}", "n", i), &back, &e));
        assert_int_equal(json_integer_value(json_object_get(back, "n")), i);
        json_decref(back);
    }
    assert_true(client_last_ms(c) > 0);
    assert_null(client_error(c));
    json_t *empty = NULL;
    assert_true(client_call(c, "echo", NULL, &empty, &e));
    assert_int_equal(json_object_size(empty), 0);
    json_decref(empty);
    assert_true(client_call(c, "echo", NULL, NULL, &e));
    client_end(c);
}

static void errors_carry_everything(void **state)
{
    (void)state;
    struct client *c = start(&(struct client_opts){.demo = true}, NULL);
    struct err e;
    json_t *back = NULL;
    assert_false(client_call(c, "fail", NULL, &back, &e));
    assert_null(back);
    assert_int_equal(e.code, ERR_CONFLICT);
    assert_string_equal(e.field, "area");
    assert_string_equal(e.text, "Någon annan sparade först");
    const json_t *data = client_error(c);
    assert_int_equal(json_array_size(json_object_get(data, "problems")), 1);
    assert_string_equal(json_string_value(json_object_get(json_object_get(data, "theirs"), "area")),
                        "NORD");
    assert_false(client_call(c, "bare", NULL, &back, &e));
    assert_int_equal(e.code, ERR_DB);
    assert_true(strlen(e.text) > 0);
    assert_null(client_error(c));
    assert_false(client_call(c, "fail", NULL, &back, NULL)); /* nobody wants to know */
    assert_true(client_call(c, "echo", NULL, NULL, &e));     /* the line is still good */
    assert_null(client_error(c));
    client_end(c);
}

static void a_refused_hello_is_the_error(void **state)
{
    (void)state;
    struct client *c = NULL;
    struct err e;
    assert_false(client_start(&(struct client_opts){.db = "x", .as = "refused"}, &c, NULL, &e));
    assert_null(c);
    assert_int_equal(e.code, ERR_SCHEMA);
    assert_string_equal(e.text, "Databasen är för gammal");
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void a_core_that_dies_is_gone_and_stays_gone(void **state)
{
    (void)state;
    struct client *c = start(&(struct client_opts){.demo = true}, NULL);
    struct err e;
    json_t *back = NULL;
    assert_false(client_call(c, "die", NULL, &back, &e));
    assert_int_equal(e.code, ERR_GONE);
    assert_true(strlen(e.text) > 20);
    assert_null(back);
    assert_false(client_call(c, "echo", json_object(), &back, &e));
    assert_int_equal(e.code, ERR_GONE);
    client_end(c);
}

static void a_senseless_answer_ends_the_trust(void **state)
{
    (void)state;
    struct client *c = start(&(struct client_opts){.demo = true}, NULL);
    struct err e;
    json_t *back = NULL;
    assert_false(client_call(c, "empty", NULL, &back, &e));
    assert_int_equal(e.code, ERR_SYNTAX);
    assert_false(client_call(c, "echo", NULL, &back, &e));
    assert_int_equal(e.code, ERR_GONE);
    client_end(c);
}

static void too_large_a_call_leaves_the_line_good(void **state)
{
    (void)state;
    struct client *c = start(&(struct client_opts){.demo = true}, NULL);
    struct err e;
    AUTOFREE char *big = xmalloc(WIRE_MAX + 1);
    memset(big, 'x', WIRE_MAX);
    big[WIRE_MAX] = '\0';
    assert_false(client_call(c, "echo", json_pack("{s:s}", "t", big), NULL, &e));
    assert_int_equal(e.code, ERR_INVALID);
    assert_true(client_call(c, "echo", NULL, NULL, &e));
    client_end(c);
}

static void works_when_the_standard_descriptors_are_closed(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        struct client *c = NULL;
        struct err e;
        bool ok = client_start(&(struct client_opts){.demo = true}, &c, NULL, &e) &&
                  client_call(c, "echo", NULL, NULL, &e);
        client_end(c);
        _exit(ok ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_the_core_beside_it),
        cmocka_unit_test(demo_and_no_hello),
        cmocka_unit_test(calls),
        cmocka_unit_test(errors_carry_everything),
        cmocka_unit_test(a_refused_hello_is_the_error),
        cmocka_unit_test(a_core_that_dies_is_gone_and_stays_gone),
        cmocka_unit_test(a_senseless_answer_ends_the_trust),
        cmocka_unit_test(too_large_a_call_leaves_the_line_good),
        cmocka_unit_test(works_when_the_standard_descriptors_are_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
