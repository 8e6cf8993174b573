/* The help wall: two cities that are alike until, in one of them, the offers are answered and all
 * that follows from an answer happens. Whoever is neither of the exit team nor the giver gets the
 * same answers in both, byte for byte. */
#include "../scenario/harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define LATER "2026-11-24T09:00:00Z" /* when the answers come */
#define READ_AT "2026-11-25T07:30:00Z"

struct walls {
    struct stage *silent, *answered;
    /* eva.strand gave three offers, sara.wik one; a promise of help; a talk and an incident beside
     * them */
    char *offers[4], *promise, *talk, *incident, *person, *client;
    int64_t n_asked;
};

/* ---- two cities ---- */

static char *made(struct talk *t, const char *kind, json_t *values)
{
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static void make_picture(struct walls *w)
{
    struct talk *t = talk_start(w->silent, "mira.holm");
    w->incident =
        made(t, "incident",
             json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                       "2026-11-20 23:10", "known_at", "2026-11-20 23:20", "area", "OKAND"));
    w->person = made(t, "person",
                     json_pack("{s:s, s:s, s:s, s:s}", "kind", "MEDLEM", "family_name", "Zander",
                               "birth_date", "1998-02-03", "protection_level", "INGEN"));
    w->talk = made(t, "custom_notification",
                   json_pack("{s:s, s:s, s:s}", "person", w->person, "trigger", "HANDELSE",
                             "trigger_incident", w->incident));
    assert_int_equal(talk_end(t), 0);
}

static void give_offers(struct walls *w)
{
    struct talk *t = talk_start(w->silent, "eva.strand");
    w->client = made(t, "person",
                     json_pack("{s:s, s:s, s:s}", "kind", "KLIENT", "family_name", "Zander",
                               "protection_level", "INGEN"));
    for (int i = 0; i < 3; i++) {
        w->offers[i] = made(t, "help_offer",
                            json_pack("{s:s, s:s, s:s, s:s}", "person", w->client, "given_in", "CN",
                                      "given_at", "2026-11-21 10:00", "offer_kinds", "BOENDE"));
    }
    w->promise = made(t, "promise",
                      json_pack("{s:s, s:s, s:s, s:s}", "made_in", w->talk, "kind", "HJALP", "text",
                                "Vi hjälper dig med en bostad.", "due", "2026-11-30"));
    assert_int_equal(talk_end(t), 0);
    t = talk_start(w->silent, "sara.wik");
    w->offers[3] = made(t, "help_offer",
                        json_pack("{s:s, s:s, s:s, s:s}", "anonymous", "ja", "given_in", "CN",
                                  "given_at", "2026-11-21 11:00", "offer_kinds", "BOENDE"));
    assert_int_equal(talk_end(t), 0);
}

static void copy_file(const char *from, const char *to)
{
    char part[65536];
    ssize_t n;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(in >= 0 && out >= 0);
    while ((n = read(in, part, sizeof part)) > 0) {
        assert_int_equal(write(out, part, (size_t)n), n);
    }
    close(in);
    close(out);
}

/* Everything but the reserve, which is made anew. */
static struct stage *copy_stage(const struct stage *st)
{
    struct stage *copy = xcalloc(1, sizeof *copy);
    snprintf(copy->dir, sizeof copy->dir, "/tmp/treben-scenario-XXXXXX");
    assert_non_null(mkdtemp(copy->dir));
    snprintf(copy->path, sizeof copy->path, "%s/stage.db", copy->dir);
    DIR *d = opendir(st->dir);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] != '.' && !strstr(e->d_name, "reserve")) {
            AUTOFREE char *from = xprintf("%s/%s", st->dir, e->d_name);
            AUTOFREE char *to = xprintf("%s/%s", copy->dir, e->d_name);
            copy_file(from, to);
        }
    }
    closedir(d);
    return copy;
}

/* ---- what happens behind the wall ---- */

static void step(struct talk *t, const char *id, const char *to, json_t *values)
{
    const json_t *r = talk_ask(t, "do",
                               json_pack("{s:s, s:s, s:o, s:s}", "id", id, "to", to, "values",
                                         values, "reason", "därför"));
    assert_true(json_is_true(at(r, "moved")));
}

static void set_clock(struct stage *st, const char *now)
{
    struct talk *t = talk_start(st, "greta.moss");
    talk_ask(t, "clock", json_pack("{s:s, s:b}", "now", now, "keep", 1));
    assert_int_equal(talk_end(t), 0);
}

static void write_about(struct talk *t, const char *offer)
{
    free(made(t, "note",
              json_pack("{s:s, s:s, s:s}", "subject", offer, "kind", "JOURNAL", "text",
                        "Zebror vill flytta.")));
    free(made(t, "task",
              json_pack("{s:s, s:s, s:s}", "subject", offer, "title", "Ring om zebror", "due",
                        "2026-11-26 10:00")));
}

static void answer_offers(struct walls *w)
{
    set_clock(w->answered, LATER);
    struct talk *t = talk_start(w->answered, "eva.strand");
    step(t, w->offers[0], "INTRESSE", json_pack("{s:s}", "response", "JA"));
    write_about(t, w->offers[0]);
    step(t, w->offers[1], "AVBOJT",
         json_pack("{s:s, s:s}", "response", "NEJ", "decline_reason", "MISSTRO"));
    step(t, w->offers[2], "INGET_SVAR", json_object());
    talk_ask(t, "set",
             json_pack("{s:s, s:{s:s}}", "id", w->offers[2], "values", "text_internal", "Zebror."));
    step(t, w->promise, "PAGAR", json_object());
    step(t, w->promise, "HALLET", json_pack("{s:s}", "evidence", w->offers[0]));
    assert_int_equal(talk_end(t), 0);
    t = talk_start(w->answered, "sara.wik");
    step(t, w->offers[0], "KONTAKT_TAGEN", json_object());
    step(t, w->offers[0], "LEDDE_TILL_ARENDE", json_object());
    step(t, w->offers[3], "INTRESSE", json_pack("{s:s}", "response", "TANKA"));
    write_about(t, w->offers[3]);
    assert_int_equal(talk_end(t), 0);
}

/* ---- the same question twice ---- */

struct pair {
    struct walls *w;
    const char *login;
    struct talk *silent, *answered;
};

static char *answer_of(struct talk *t, const char *line)
{
    const json_t *answer = talk_raw(t, line, strlen(line));
    if (!answer) {
        fail_msg("the core hung up at %s", line);
    }
    return json_dumps(answer, JSON_COMPACT | JSON_SORT_KEYS);
}

/* Steals params. */
static void ask_both(struct pair *p, const char *method, json_t *params)
{
    json_auto_t *message = json_pack("{s:s, s:i, s:s, s:o}", "jsonrpc", "2.0", "id", 1, "method",
                                     method, "params", params);
    assert_non_null(message);
    char *text = json_dumps(message, JSON_COMPACT);
    AUTOFREE char *line = xprintf("%s\n", text);
    char *silent = answer_of(p->silent, line), *answered = answer_of(p->answered, line);
    if (!str_eq(silent, answered)) {
        fail_msg("%s learns from %s:\n%.1500s\n%.1500s", p->login, text, silent, answered);
    }
    p->w->n_asked++;
    free(text);
    free(silent);
    free(answered);
}

static void ask_lists(struct pair *p)
{
    static const char *const kinds[] = {
        "help_offer", "promise",       "task",     "note", "person",
        "incident",   "response_item", "approval", "user", "custom_notification"};
    static const char *const words[] = {"zebror", "zander", "ring", "bostad", "hjälp", "följ upp"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ask_both(p, "list", json_pack("{s:s, s:s}", "kind", kinds[i], "as", "values"));
        ask_both(p, "list", json_pack("{s:s, s:s}", "kind", kinds[i], "as", "cells"));
        ask_both(p, "list", json_pack("{s:s, s:s}", "kind", kinds[i], "sort", "-updated_at"));
        ask_both(p, "count", json_pack("{s:s}", "kind", kinds[i]));
        ask_both(p, "count",
                 json_pack("{s:s, s:s}", "kind", kinds[i], "filter",
                           "updated_at >= \"2026-11-24\" or rev > 1"));
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ask_both(p, "find", json_pack("{s:s}", "text", words[i]));
    }
    ask_both(p, "myday", json_object());
    ask_both(p, "draft.list", json_object());
}

static void ask_conditions(struct pair *p)
{
    static const char *const filters[] = {"response == \"JA\"",
                                          "response != \"JA\"",
                                          "response == null",
                                          "not (response == null)",
                                          "response in (\"JA\", \"NEJ\")",
                                          "state == \"LAMNAT\"",
                                          "state != \"LAMNAT\"",
                                          "state in (\"INTRESSE\", \"AVBOJT\")",
                                          "response_at > \"2026-11-01\"",
                                          "decline_reason != null",
                                          "rev > 1",
                                          "shared_rev > 1",
                                          "updated_at > given_at",
                                          "updated_at > created_at",
                                          "updated_by != null",
                                          "text_internal contains \"zebr\"",
                                          "exit_case != null",
                                          "locked",
                                          "open",
                                          "unanswered",
                                          "to_contact",
                                          "month"};
    static const char *const sorts[] = {"response", "state",      "response_at", "decline_reason",
                                        "rev",      "shared_rev", "updated_at",  "updated_by",
                                        "title",    "person",     "given_at",    "text_internal"};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        ask_both(p, "count", json_pack("{s:s, s:s}", "kind", "help_offer", "filter", filters[i]));
    }
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        AUTOFREE char *down = xprintf("-%s", sorts[i]);
        ask_both(
            p, "list",
            json_pack("{s:s, s:s, s:s}", "kind", "help_offer", "as", "cells", "sort", sorts[i]));
        ask_both(p, "list",
                 json_pack("{s:s, s:s, s:i}", "kind", "help_offer", "sort", down, "limit", 2));
    }
}

static void ask_about(struct pair *p, const char *id)
{
    ask_both(p, "show", json_pack("{s:s, s:b}", "id", id, "history", 1));
    ask_both(p, "show", json_pack("{s:s, s:s}", "id", id, "as", "screen"));
    ask_both(p, "history", json_pack("{s:s}", "id", id));
    ask_both(p, "timeline", json_pack("{s:s}", "id", id));
    ask_both(p, "draft.get", json_pack("{s:s, s:s}", "kind", "help_offer", "id", id));
    ask_both(p, "count", json_pack("{s:s, s:s}", "kind", "help_offer", "of_id", id));
    AUTOFREE char *about = xprintf("subject == \"%s\"", id);
    ask_both(p, "count", json_pack("{s:s, s:s}", "kind", "task", "filter", about));
    ask_both(p, "count", json_pack("{s:s, s:s}", "kind", "note", "filter", about));
    ask_both(p, "lookup",
             json_pack("{s:s, s:s, s:s}", "kind", "note", "field", "subject", "text", id));
}

/* What is refused must not tell why, where the why is behind the wall. */
static void try_to_change(struct pair *p, const char *id)
{
    static const char *const states[] = {"LAMNAT",           "INTRESSE",      "AVBOJT",
                                         "INGET_SVAR",       "KONTAKT_TAGEN", "HALLET",
                                         "LEDDE_TILL_ARENDE"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        ask_both(p, "do", json_pack("{s:s, s:s}", "id", id, "to", states[i]));
        ask_both(p, "do",
                 json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", id, "to", states[i], "values",
                           "response", "JA", "evidence", ""));
    }
    for (int rev = 0; rev < 5; rev++) {
        ask_both(
            p, "set",
            json_pack("{s:s, s:i, s:{s:s}}", "id", id, "rev", rev, "values", "response", "NEJ"));
    }
    ask_both(p, "set", json_pack("{s:s, s:{s:s}}", "id", id, "values", "given_at", "idag 08:00"));
    ask_both(p, "check",
             json_pack("{s:s, s:{s:s}}", "id", id, "values", "given_at", "2026-11-25 08:00"));
    ask_both(p, "check", json_pack("{s:s, s:{s:s}}", "id", id, "values", "given_in", "CN"));
    ask_both(p, "new",
             json_pack("{s:s, s:{s:s, s:s, s:s}}", "kind", "note", "values", "subject", id, "kind",
                       "JOURNAL", "event_at", "i förrgår kl 99"));
}

static void ask_everything(struct walls *w, const char *login)
{
    struct pair p = {.w = w,
                     .login = login,
                     .silent = talk_start(w->silent, login),
                     .answered = talk_start(w->answered, login)};
    const char *const others[] = {w->promise, w->talk, w->incident, w->person, w->client};
    ask_lists(&p);
    ask_conditions(&p);
    for (size_t i = 0; i < 4; i++) {
        ask_about(&p, w->offers[i]);
        try_to_change(&p, w->offers[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ask_about(&p, others[i]);
    }
    try_to_change(&p, w->promise);
    assert_int_equal(talk_end(p.silent), 0);
    assert_int_equal(talk_end(p.answered), 0);
}

/* ---- the tests ---- */

static int make(void **state)
{
    struct walls *w = xcalloc(1, sizeof *w);
    w->silent = stage_make();
    make_picture(w);
    give_offers(w);
    w->answered = copy_stage(w->silent);
    answer_offers(w);
    set_clock(w->silent, READ_AT);
    set_clock(w->answered, READ_AT);
    *state = w;
    return 0;
}

static int end(void **state)
{
    struct walls *w = *state;
    stage_end(w->silent);
    stage_end(w->answered);
    for (size_t i = 0; i < 4; i++) {
        free(w->offers[i]);
    }
    free(w->promise);
    free(w->talk);
    free(w->incident);
    free(w->person);
    free(w->client);
    free(w);
    return 0;
}

static void outside_an_answer_does_not_exist(void **state)
{
    struct walls *w = *state;
    ask_everything(w, "asa.lind");
    ask_everything(w, "hakan.ek");
    struct pair p = {.w = w,
                     .login = "ingrid.ros",
                     .silent = talk_start(w->silent, "ingrid.ros"),
                     .answered = talk_start(w->answered, "ingrid.ros")};
    ask_lists(&p); /* the manager next door sees no offers at all */
    assert_int_equal(talk_end(p.silent), 0);
    assert_int_equal(talk_end(p.answered), 0);
    print_message("%lld questions with the same answer\n", (long long)w->n_asked);
    assert_true(w->n_asked > 500);
}

/* The exit team and the giver do see it: the cities really differ. */
static void inside_it_does(void **state)
{
    struct walls *w = *state;
    struct talk *t = talk_start(w->answered, "sara.wik");
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", w->offers[0]));
    assert_string_equal(text_at(r, "record.state"), "LEDDE_TILL_ARENDE");
    assert_int_equal(talk_end(t), 0);
    t = talk_start(w->answered, "eva.strand");
    r = talk_ask(t, "show", json_pack("{s:s}", "id", w->offers[1]));
    assert_string_equal(text_at(r, "record.response"), "NEJ");
    r = talk_ask(t, "show", json_pack("{s:s}", "id", w->offers[3])); /* not hers */
    assert_string_equal(text_at(r, "record.response.state"), "hidden");
    assert_int_equal(talk_end(t), 0);
}

/* No screen shows help and sanctions of one person together, not even the giver's. */
static void a_persons_timeline_keeps_help_apart(void **state)
{
    struct walls *w = *state;
    AUTOFREE char *about = xprintf("person == \"%s\"", w->client);
    struct talk *t = talk_start(w->answered, "eva.strand");
    const json_t *r =
        talk_ask(t, "count", json_pack("{s:s, s:s}", "kind", "help_offer", "filter", about));
    assert_int_equal(int_at(r, "n"), 3);
    size_t i;
    const json_t *row;
    json_array_foreach(at(talk_ask(t, "timeline", json_pack("{s:s}", "id", w->client)), "rows"), i,
                       row)
    {
        assert_string_not_equal(text_at(row, "kind"), "help_offer");
    }
    assert_int_equal(talk_end(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outside_an_answer_does_not_exist),
        cmocka_unit_test(inside_it_does),
        cmocka_unit_test(a_persons_timeline_keeps_help_apart),
    };
    return cmocka_run_group_tests_name("help wall", tests, make, end);
}
