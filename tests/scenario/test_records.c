/* Records through the line: made, read, listed, changed by two at once, moved, looked back at. */
#include "harness.h"

#include "treben/base/mem.h"

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

static json_t *shooting(const char *place)
{
    return json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s, s:s}}", "kind", "incident", "values",
                     "type", "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                     "2026-11-20 23:50", "area", "OKAND", "place_text", place, "summary_internal",
                     "Intern rad");
}

/* OWN: caller frees. */
static char *make_shooting(struct talk *t, const char *place)
{
    return xstrdup(text_at(talk_ask(t, "new", shooting(place)), "id"));
}

static void what_is_saved_is_what_is_shown(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    const json_t *made = talk_ask(t, "new", shooting("Ängsgatan 7"));
    AUTOFREE char *id = xstrdup(text_at(made, "id"));
    AUTOFREE char *case_no = xstrdup(text_at(made, "case_no"));
    assert_int_equal(int_at(made, "rev"), 1);
    assert_memory_equal(case_no, "H-2026-", 7);
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", case_no));
    assert_string_equal(text_at(r, "record.id"), id);
    assert_string_equal(text_at(r, "record.kind"), "incident");
    assert_string_equal(text_at(r, "record.type"), "SKJUTNING");
    assert_string_equal(text_at(r, "record.occurred_at"), "2026-11-20T22:41:00Z");
    assert_string_equal(text_at(r, "record.place_text"), "Ängsgatan 7");
    assert_int_equal(int_at(r, "record.n_dead"), 0);
    assert_true(json_is_null(at(r, "record.weapon")));
    assert_string_equal(text_at(r, "record.owner_agency"), "POL");
    assert_string_equal(text_at(r, "record.state"), "REGISTRERAD");
    const json_t *rows = talk_ask(t, "list",
                                  json_pack("{s:s, s:s, s:s, s:[s,s,s]}", "kind", "incident",
                                            "filter", "type == \"SKJUTNING\"", "text", "ängsg",
                                            "columns", "case_no", "type", "registered_by_agency"));
    assert_int_equal(json_array_size(at(rows, "rows")), 1);
    assert_string_equal(text_at(rows, "rows.0.cells.0"), case_no);
    assert_string_equal(text_at(rows, "rows.0.cells.1"), "Shooting");
    assert_int_equal(int_at(talk_ask(t, "count", json_pack("{s:s}", "kind", "incident")), "n"), 1);
    assert_int_equal(talk_end(t), 0);
}

static void all_problems_come_at_once(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    const json_t *no = talk_refused(t, "new",
                                    json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "incident",
                                              "values", "type", "NONSENSE", "occurred_at",
                                              "2026-02-30", "colour", "red", "n_dead", "many"));
    const json_t *problems = at(no, "data.problems");
    assert_true(json_array_size(problems) >= 4);
    assert_string_equal(text_at(no, "data.code"), "invalid");
    assert_int_equal(int_at(talk_ask(t, "count",
                                     json_pack("{s:s, s:s}", "kind", "incident", "filter",
                                               "place_text == null")),
                            "n"),
                     0);
    assert_int_equal(talk_end(t), 0);
}

static void check_tells_only_of_fields_already_left(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    const json_t *r = talk_ask(t, "check",
                               json_pack("{s:s, s:{s:s, s:s}, s:[s]}", "kind", "incident", "values",
                                         "n_dead", "many", "type", "NONSENSE", "left", "n_dead"));
    assert_int_equal(json_array_size(at(r, "problems")), 1);
    assert_string_equal(text_at(r, "problems.0.field"), "n_dead");
    assert_int_equal(talk_end(t), 0);
}

static json_t *set(const char *id, const char *field, const char *value, int rev)
{
    return json_pack("{s:s, s:{s:s}, s:i}", "id", id, "values", field, value, "rev", rev);
}

static void different_fields_merge_the_same_one_conflicts(void **state)
{
    struct talk *a = talk_start(*state, "mira.holm"), *b = talk_start(*state, "hakan.ek");
    AUTOFREE char *id = make_shooting(a, "Torget");
    assert_int_equal(int_at(talk_ask(a, "set", set(id, "n_injured", "2", 1)), "rev"), 2);
    const json_t *merged = talk_ask(b, "set", set(id, "weapon", "PISTOL", 1));
    assert_int_equal(int_at(merged, "rev"), 3);
    assert_string_equal(text_at(merged, "merged.0"), "n_injured");
    const json_t *no = talk_refused(b, "set", set(id, "n_injured", "3", 1));
    assert_string_equal(text_at(no, "data.code"), "conflict");
    assert_int_equal(int_at(no, "data.theirs.n_injured"), 2);
    assert_string_equal(text_at(no, "data.by"), "Mira Holm");
    assert_int_equal(int_at(no, "data.rev"), 3);
    const json_t *r = talk_ask(b, "show", json_pack("{s:s}", "id", id));
    assert_int_equal(int_at(r, "record.n_injured"), 2);
    assert_string_equal(text_at(r, "record.weapon"), "PISTOL");
    /* a version that never was */
    assert_string_equal(
        text_at(talk_refused(b, "set", set(id, "n_injured", "3", 99)), "data.field"), "rev");
    /* none at all: the one there is */
    assert_int_equal(
        int_at(
            talk_ask(b, "set", json_pack("{s:s, s:{s:s}}", "id", id, "values", "n_injured", "4")),
            "rev"),
        4);
    assert_int_equal(talk_end(a), 0);
    assert_int_equal(talk_end(b), 0);
}

static void a_save_brings_the_record_along(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    AUTOFREE char *id = make_shooting(t, "Torget");
    json_t *asked = set(id, "n_injured", "2", 1);
    json_object_set_new(asked, "as", json_string("screen"));
    const json_t *saved = talk_ask(t, "set", asked);
    assert_int_equal(int_at(saved, "rev"), 2);
    assert_int_equal(int_at(saved, "shown.record.n_injured"), 2);
    assert_int_equal(int_at(saved, "shown.record.rev"), 2);
    AUTOFREE char *along = json_dumps(at(saved, "shown"), JSON_SORT_KEYS);
    json_t *apart = json_pack("{s:s, s:s, s:s}", "id", id, "as", "screen", "have", "incident");
    AUTOFREE char *asked_for = json_dumps(talk_ask(t, "show", apart), JSON_SORT_KEYS);
    assert_string_equal(along, asked_for);
    assert_null(json_object_get(talk_ask(t, "set", set(id, "n_injured", "3", 2)), "shown"));
    assert_int_equal(talk_end(t), 0);
}

static void a_step_needs_the_right_person_state_and_values(void **state)
{
    struct talk *a = talk_start(*state, "mira.holm"), *b = talk_start(*state, "asa.lind");
    AUTOFREE char *id = make_shooting(a, "Hamnen");
    const json_t *no = talk_refused(b, "do", json_pack("{s:s, s:s}", "id", id, "to", "TRIAGERAD"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    assert_string_equal(
        text_at(talk_refused(a, "do", json_pack("{s:s, s:s}", "id", id, "to", "AVSLUTAD")),
                "data.code"),
        "rule");
    no = talk_refused(a, "do", json_pack("{s:s, s:s}", "id", id, "to", "TRIAGERAD"));
    assert_contains(text_at(no, "message"), "etaliation");
    const json_t *done =
        talk_ask(a, "do",
                 json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", id, "to", "TRIAGERAD", "values",
                           "retaliation_risk", "2", "confirmed", "BEKRAFTAD"));
    assert_true(json_is_true(at(done, "moved")));
    const json_t *r = talk_ask(a, "show", json_pack("{s:s, s:s}", "id", id, "as", "screen"));
    assert_string_equal(text_at(r, "record.state"), "TRIAGERAD");
    assert_string_equal(text_at(r, "state_label"), "Triaged");
    assert_true(json_array_size(at(r, "transitions")) >= 2);
    assert_true(json_array_size(at(r, "subrows")) >= 4);
    const json_t *history = talk_ask(a, "history", json_pack("{s:s}", "id", id));
    assert_true(json_array_size(at(history, "history")) >= 3);
    assert_string_equal(text_at(history, "history.0.by"), "Mira Holm");
    assert_int_equal(talk_end(a), 0);
    assert_int_equal(talk_end(b), 0);
}

/* Forwards and backwards by key, without a row twice or lost. */
static void pages_join(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    char *ids[7];
    const char *marker = "place_text == \"Bladet\"";
    for (int i = 0; i < 7; i++) {
        ids[i] = make_shooting(t, "Bladet");
    }
    const json_t *page = talk_ask(t, "list",
                                  json_pack("{s:s, s:s, s:s, s:i}", "kind", "incident", "filter",
                                            marker, "sort", "case_no", "limit", 3));
    assert_true(json_is_true(at(page, "more")));
    for (int i = 0; i < 3; i++) {
        assert_string_equal(text_at(json_array_get(at(page, "rows"), (size_t)i), "id"), ids[i]);
    }
    page = talk_ask(t, "list",
                    json_pack("{s:s, s:s, s:s, s:i, s:s}", "kind", "incident", "filter", marker,
                              "sort", "case_no", "limit", 10, "after", ids[2]));
    assert_int_equal(json_array_size(at(page, "rows")), 4);
    assert_string_equal(text_at(page, "rows.0.id"), ids[3]);
    assert_true(json_is_false(at(page, "more")));
    page = talk_ask(t, "list",
                    json_pack("{s:s, s:s, s:s, s:i, s:s}", "kind", "incident", "filter", marker,
                              "sort", "case_no", "limit", 2, "before", ids[5]));
    assert_string_equal(text_at(page, "rows.0.id"), ids[3]);
    assert_string_equal(text_at(page, "rows.1.id"), ids[4]);
    page = talk_ask(t, "count",
                    json_pack("{s:s, s:s, s:s, s:s}", "kind", "incident", "filter", marker, "sort",
                              "case_no", "of_id", ids[5]));
    assert_int_equal(int_at(page, "place"), 5);
    for (int i = 0; i < 7; i++) {
        free(ids[i]);
    }
    assert_int_equal(talk_end(t), 0);
}

/* The first screen's figures and what they open. */
static void figures_open_what_they_counted(void **state)
{
    struct talk *t = talk_start(*state, "mira.holm");
    free(make_shooting(t, "Figuren"));
    json_t *day = json_deep_copy(talk_ask(t, "myday", NULL));
    size_t i;
    const json_t *section;
    bool tasks = false;
    json_array_foreach(at(day, "sections"), i, section)
    {
        const json_t *n = talk_ask(t, "count",
                                   json_pack("{s:s, s:s}", "kind", text_at(section, "kind"),
                                             "filter", text_at(section, "filter")));
        assert_int_equal(int_at(n, "n"), int_at(section, "n"));
        tasks = tasks || strcmp(text_at(section, "name"), "tasks") == 0;
    }
    assert_true(tasks);
    const json_t *day_of_week;
    json_array_foreach(at(day, "week"), i, day_of_week)
    {
        const json_t *n = talk_ask(
            t, "count",
            json_pack("{s:s, s:s}", "kind", "task", "filter", text_at(day_of_week, "filter")));
        assert_int_equal(int_at(n, "n"), int_at(day_of_week, "n"));
    }
    json_decref(day);
    assert_int_equal(talk_end(t), 0);
}

/* A list that the figure opens has as many rows, and among them, in that order, those my day showed. */
static void assert_opens(struct talk *t, const json_t *section)
{
    const json_t *rows = talk_ask(
        t, "list",
        json_pack("{s:s, s:s, s:s, s:i}", "kind", text_at(section, "kind"), "filter",
                  text_at(section, "filter"), "sort", text_at(section, "sort"), "limit", 1000));
    assert_int_equal(json_array_size(at(rows, "rows")), int_at(section, "n"));
    size_t i;
    const json_t *shown;
    json_array_foreach(at(section, "rows"), i, shown)
    {
        assert_string_equal(text_at(json_array_get(at(rows, "rows"), i), "id"),
                            text_at(shown, "id"));
    }
}

static void every_figure_opens_its_rows_for_whoever_reads_it(void **state)
{
    static const char *const logins[] = {"mira.holm", "hakan.ek", "asa.lind", "eva.strand",
                                         "sara.wik"};
    struct talk *t = talk_start(*state, "mira.holm");
    for (int i = 0; i < 3; i++) {
        AUTOFREE char *id = make_shooting(t, "Siffran");
        if (i) {
            talk_ask(t, "do",
                     json_pack("{s:s, s:s, s:{s:s, s:s}}", "id", id, "to", "TRIAGERAD", "values",
                               "retaliation_risk", "2", "confirmed", "BEKRAFTAD"));
        }
    }
    assert_int_equal(talk_end(t), 0);
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        t = talk_start(*state, logins[i]);
        json_t *day = json_deep_copy(talk_ask(t, "myday", NULL));
        size_t s;
        const json_t *section;
        json_array_foreach(at(day, "sections"), s, section)
        {
            assert_opens(t, section);
        }
        assert_true(s > 0);
        json_decref(day);
        assert_int_equal(talk_end(t), 0);
    }
}

static void drafts_are_their_authors(void **state)
{
    struct talk *a = talk_start(*state, "mira.holm"), *b = talk_start(*state, "hakan.ek");
    talk_ask(a, "draft.put",
             json_pack("{s:s, s:{s:s}}", "kind", "incident", "values", "place_text", "halvfärdig"));
    const json_t *got = talk_ask(a, "draft.get", json_pack("{s:s}", "kind", "incident"));
    assert_string_equal(text_at(got, "values.place_text"), "halvfärdig");
    assert_true(json_is_null(
        at(talk_ask(b, "draft.get", json_pack("{s:s}", "kind", "incident")), "values")));
    assert_int_equal(json_array_size(at(talk_ask(a, "draft.list", NULL), "drafts")), 1);
    /* the session is lost, the text is not */
    assert_int_equal(talk_end(a), 0);
    a = talk_start(*state, "mira.holm");
    got = talk_ask(a, "draft.get", json_pack("{s:s}", "kind", "incident"));
    assert_string_equal(text_at(got, "values.place_text"), "halvfärdig");
    /* a save that is refused keeps it, one that succeeds takes it away */
    talk_refused(
        a, "new",
        json_pack("{s:s, s:{s:s}, s:b}", "kind", "incident", "values", "n_dead", "-1", "draft", 1));
    assert_int_equal(json_array_size(at(talk_ask(a, "draft.list", NULL), "drafts")), 1);
    free(make_shooting(a, "Färdig"));
    assert_int_equal(json_array_size(at(talk_ask(a, "draft.list", NULL), "drafts")), 0);
    assert_int_equal(talk_end(a), 0);
    assert_int_equal(talk_end(b), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_is_what_is_shown),
        cmocka_unit_test(all_problems_come_at_once),
        cmocka_unit_test(check_tells_only_of_fields_already_left),
        cmocka_unit_test(a_save_brings_the_record_along),
        cmocka_unit_test(different_fields_merge_the_same_one_conflicts),
        cmocka_unit_test(a_step_needs_the_right_person_state_and_values),
        cmocka_unit_test(pages_join),
        cmocka_unit_test(figures_open_what_they_counted),
        cmocka_unit_test(every_figure_opens_its_rows_for_whoever_reads_it),
        cmocka_unit_test(drafts_are_their_authors),
    };
    return cmocka_run_group_tests_name("records", tests, make, end);
}
