/* Thousands of damaged requests against a real core: it never falls, never speaks of its inside,
 * and hangs up only on a line that is no JSON object. The same seed every time; a failure names
 * its line. */
#include "../scenario/harness.h"
#include "damage.h"

#include "treben/base/file.h"
#include "treben/base/str.h"
#include "treben/base/text.h"
#include "treben/wire/conn.h"

#include <stdio.h>
#include <unistd.h>

enum { TREES = 1000, LINES = 4000, HUNG_UP_EVERY = 400, ROOM = 32 * 1024 };

struct scene {
    struct stage *st;
    struct talk *t;
    char *lines[64];
    size_t n;
};

static void start(struct scene *s)
{
    s->t = talk_start(s->st, "mira.holm");
}

/* OWN: caller. */
static char *with_ids(const char *line, const char *incident, const char *person)
{
    STR out = {0};
    for (; *line; line++) {
        if (*line == '$' && (line[1] == 'I' || line[1] == 'P')) {
            str_add(&out, *++line == 'I' ? incident : person);
        } else {
            str_addc(&out, *line);
        }
    }
    return str_take(&out);
}

static void read_corpus(struct scene *s, const char *incident, const char *person)
{
    char *text, *rest;
    size_t n;
    struct err e = {0};
    assert_true(file_read(TREBEN_ROOT "/tests/fuzz/corpus/requests.jsonl", 1 << 20, &text, &n, &e));
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        assert_true(s->n < 64);
        s->lines[s->n++] = with_ids(line, incident, person);
    }
    free(text);
}

static int make(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    s->st = stage_make();
    start(s);
    AUTOFREE char *incident = xstrdup(text_at(
        talk_ask(s->t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "incident", "values", "type",
                           "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                           "2026-11-20 23:50", "area", "OKAND")),
        "id"));
    AUTOFREE char *person = xstrdup(
        text_at(talk_ask(s->t, "new",
                         json_pack("{s:s, s:{s:s, s:s}}", "kind", "person", "values", "kind",
                                   "MEDLEM", "family_name", "Ek")),
                "id"));
    read_corpus(s, incident, person);
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    assert_int_equal(talk_end(s->t), 0);
    stage_end(s->st);
    for (size_t i = 0; i < s->n; i++) {
        free(s->lines[i]);
    }
    free(s);
    return 0;
}

/* A refusal is ours, plain, and no fault of the program. */
static void judge(const char *line, const json_t *answer)
{
    const json_t *error = json_object_get(answer, "error");
    if (!error) {
        assert_non_null(json_object_get(answer, "result"));
        return;
    }
    const char *text = json_string_value(json_object_get(error, "message"));
    const char *code = json_string_value(json_object_get(json_object_get(error, "data"), "code"));
    static const char *const faults[] = {"db", "io", "gone", "schema", "full", "busy", "none"};
    for (size_t i = 0; i < N_OF(faults); i++) {
        if (!text || !*text || !code || str_eq(code, faults[i])) {
            fail_msg("%s\n\"%s\" (%s)", line, text ? text : "nothing", code ? code : "no code");
        }
    }
    AUTOFREE char *clean = text_clean(text, false);
    assert_string_equal(clean, text);
}

static void put(struct scene *s, const char *line, size_t n, const char *method)
{
    AUTOFREE char *sent = xmalloc(n + 1);
    memcpy(sent, line, n);
    sent[n] = '\n';
    const json_t *answer = talk_raw(s->t, sent, n + 1);
    if (!answer) {
        fail_msg("the core hung up at: %.*s", (int)n, line);
    }
    judge(line, answer);
    if (str_eq(method, "bye")) {
        assert_int_equal(talk_end(s->t), 0);
        start(s);
    }
}

static void damaged_requests_are_all_answered(void **state)
{
    struct scene *s = *state;
    struct rng r;
    rng_seed(&r, 20261122);
    for (int i = 0; i < TREES; i++) {
        json_t *tree = json_loads(s->lines[rng_below(&r, (uint32_t)s->n)], 0, NULL);
        for (uint32_t times = 1 + rng_below(&r, 3); times; times--) {
            json_t *part = rng_below(&r, 8) ? json_object_get(tree, "params") : tree;
            damage_tree(&r, json_is_object(part) ? part : tree);
        }
        AUTOFREE char *line = json_dumps(tree, JSON_COMPACT);
        const char *method = json_string_value(json_object_get(tree, "method"));
        if (!str_eq(method, "clock")) { /* one that moves the clock would make the rest differ */
            put(s, line, strlen(line), method);
        }
        json_decref(tree);
    }
}

/* What the line itself makes of it, judged here without a core. */
static bool reads(const char *line, size_t n, json_t **ret)
{
    int ends[2];
    struct err e = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], line, n), (ssize_t)n);
    assert_int_equal(write(ends[1], "\n", 1), 1);
    close(ends[1]);
    struct conn *c = conn_new(ends[0], ends[0]);
    bool good = conn_recv(c, ret, &e);
    if (!good) {
        assert_true(e.code == ERR_SYNTAX && e.text[0]);
    }
    conn_free(c);
    close(ends[0]);
    return good;
}

static void expect_hang_up(const struct scene *s, const char *line, size_t n)
{
    struct talk *t = talk_start(s->st, "mira.holm");
    AUTOFREE char *sent = xmalloc(n + 1);
    memcpy(sent, line, n);
    sent[n] = '\n';
    const json_t *answer = talk_raw(t, sent, n + 1);
    assert_int_equal(int_at(answer, "error.code"), -32700);
    judge(line, answer);
    assert_null(talk_raw(t, "", 0));
    assert_int_equal(talk_end(t), 3);
}

static void damaged_lines_hang_up_when_they_are_no_object(void **state)
{
    struct scene *s = *state;
    struct rng r;
    int refused = 0, read = 0;
    rng_seed(&r, 7);
    for (int i = 0; i < LINES; i++) {
        char line[ROOM];
        const char *from = s->lines[rng_below(&r, (uint32_t)s->n)];
        size_t n = strlen(from);
        memcpy(line, from, n);
        for (uint32_t times = 1 + rng_below(&r, 3); times; times--) {
            n = damage_bytes(&r, line, n, ROOM - 1);
        }
        line[n] = '\0';
        char *second = memchr(line, '\n', n);
        n = second ? (size_t)(second - line) : n;
        json_t *message = NULL;
        if (reads(line, n, &message)) {
            const char *method = json_string_value(json_object_get(message, "method"));
            if (++read % 4 == 0 && !str_eq(method, "clock")) {
                put(s, line, n, method);
            }
        } else if (++refused % HUNG_UP_EVERY == 1) {
            expect_hang_up(s, line, n);
        }
        json_decref(message);
    }
    assert_true(refused > LINES / 4 && read > LINES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_requests_are_all_answered),
        cmocka_unit_test(damaged_lines_hang_up_when_they_are_no_object),
    };
    return cmocka_run_group_tests_name("damaged requests", tests, make, end);
}
