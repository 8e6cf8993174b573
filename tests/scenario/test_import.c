/* The police's feed through the line: once is enough, a change is a change, what is bad is named,
 * and old news starts no deadline. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

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

static json_t *event(int id, const char *published, const char *name, const char *summary)
{
    return json_pack("{s:i, s:s, s:s, s:s, s:s, s:{s:s}}", "id", id, "datetime", published, "name",
                     name, "summary", summary, "type", "Skottlossning", "location", "name",
                     "Västerstad");
}

/* Steals item. */
static const json_t *import(struct talk *t, json_t *item)
{
    return talk_ask(t, "import",
                    json_pack("{s:s, s:[o], s:i}", "source", "police-events", "items", item,
                              "first_index", 6));
}

/* The newest with this summary. OWN. */
static char *incident_with(struct talk *t, const char *summary)
{
    AUTOFREE char *filter = xprintf("summary_shared == \"%s\"", summary);
    const json_t *rows = talk_ask(
        t, "list", json_pack("{s:s, s:s, s:s}", "kind", "incident", "filter", filter, "as", "values"));
    assert_int_equal(json_array_size(at(rows, "rows")), 1);
    return xstrdup(text_at(rows, "rows.0.id"));
}

static void twice_adds_nothing_and_a_change_is_one(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    const char *name = "21 november 02:42, Skottlossning, Västerstad";
    json_t *e = event(990001, "2026-11-21 3:06:14 +01:00", name, "Skott mot en port.");
    assert_int_equal(int_at(import(t, json_incref(e)), "new"), 1);
    AUTOFREE char *id = incident_with(t, "Skott mot en port.");
    const json_t *again = import(t, json_incref(e));
    assert_int_equal(int_at(again, "new"), 0);
    assert_int_equal(int_at(again, "same"), 1);
    json_object_set_new(e, "summary", json_string("En man är gripen."));
    assert_int_equal(int_at(import(t, e), "changed"), 1);
    const json_t *history = talk_ask(t, "history", json_pack("{s:s}", "id", id));
    assert_string_equal(text_at(history, "history.0.field"), "summary_shared");
    assert_string_equal(text_at(history, "history.0.old"), "Skott mot en port.");
    assert_string_equal(text_at(history, "history.0.new"), "En man är gripen.");
    assert_int_equal(talk_end(t), 0);
}

static void a_bad_event_is_named_by_its_number(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    uint64_t before = stage_digest(*state);
    const json_t *r = import(t, event(990002, "yesterday", "x", "y"));
    assert_int_equal(int_at(r, "new"), 0);
    assert_int_equal(int_at(r, "bad.0.index"), 7);
    assert_contains(text_at(r, "bad.0.text"), "\"datetime\" is not a time: yesterday");
    r = import(t, json_string("no event"));
    assert_contains(text_at(r, "bad.0.text"), "not an event");
    assert_int_equal(stage_digest(*state), before);
    assert_int_equal(talk_end(t), 0);
}

static int64_t tasks_of(struct talk *t, const char *id)
{
    AUTOFREE char *filter = xprintf("subject == \"%s\"", id);
    return int_at(talk_ask(t, "count", json_pack("{s:s, s:s}", "kind", "task", "filter", filter)),
                  "n");
}

static void triage(struct talk *t, const char *id)
{
    talk_ask(t, "do",
             json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", id, "to", "TRIAGERAD", "values",
                       "retaliation_risk", "2", "confirmed", "BEKRAFTAD"));
}

static void old_news_starts_no_deadline_however_late_it_is_taken_up(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    import(t, event(990003, "2024-03-02 3:06:14 +01:00",
                    "02 mars 02:42, Skottlossning, Västerstad", "För länge sedan."));
    import(t, event(990004, "2026-11-21 3:06:14 +01:00",
                    "21 november 02:42, Skottlossning, Västerstad", "Nyss."));
    AUTOFREE char *old = incident_with(t, "För länge sedan.");
    AUTOFREE char *new = incident_with(t, "Nyss.");
    assert_int_equal(tasks_of(t, old), 0);
    assert_int_equal(tasks_of(t, new), 1);
    triage(t, old);
    triage(t, new);
    assert_int_equal(tasks_of(t, old), 0);
    assert_int_equal(tasks_of(t, new), 2); /* triaged, and the review to come */
    assert_int_equal(talk_end(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_adds_nothing_and_a_change_is_one),
        cmocka_unit_test(a_bad_event_is_named_by_its_number),
        cmocka_unit_test(old_news_starts_no_deadline_however_late_it_is_taken_up),
    };
    return cmocka_run_group_tests_name("import", tests, make, end);
}
