/* What another agency may not know does not exist for it, whichever way it asks; and every way
 * leaves a row. */
#include "harness.h"

#include "treben/base/mem.h"

struct city {
    struct stage *st;
    char *incident, *case_no, *person, *group, *membership;
};

static char *id_of(const json_t *made)
{
    return xstrdup(text_at(made, "id"));
}

static int make(void **state)
{
    struct city *city = xcalloc(1, sizeof *city);
    city->st = stage_make();
    struct talk *t = talk_start(city->st, "mira.holm");
    const json_t *made = talk_ask(
        t, "new",
        json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s, s:s, s:s}}", "kind", "incident", "values",
                  "type", "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                  "2026-11-20 23:50", "area", "OKAND", "summary_shared", "Skott mot fasad",
                  "summary_internal", "Zebrakällan säger", "police_ref", "5000-K999-26"));
    city->incident = id_of(made);
    city->case_no = xstrdup(text_at(made, "case_no"));
    city->group = id_of(
        talk_ask(t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "group", "values", "name",
                           "Kvarnen", "status", "AKTIV", "priority", "1", "violence_level", "2")));
    city->person = id_of(
        talk_ask(t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s}}", "kind", "person", "values", "kind",
                           "MEDLEM", "given_names", "Zebedeus", "family_name", "Zander",
                           "birth_date", "1998-02-03", "protection_level", "INGEN")));
    city->membership = id_of(talk_ask(
        t, "new",
        json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}}", "kind", "membership",
                  "values", "from", "2024", "person", city->person, "group", city->group, "role",
                  "MEDLEM", "source_grade", "A", "info_grade", "1", "handling", "H0", "criteria",
                  "EGEN_UPPGIFT,DOM", "suspicion_basis", "P1A")));
    assert_int_equal(talk_end(t), 0);
    *state = city;
    return 0;
}

static int end(void **state)
{
    struct city *city = *state;
    stage_end(city->st);
    free(city->incident);
    free(city->case_no);
    free(city->person);
    free(city->group);
    free(city->membership);
    free(city);
    return 0;
}

static void police_see_their_own(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "mira.holm");
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", city->incident));
    assert_string_equal(text_at(r, "record.summary_internal"), "Zebrakällan säger");
    r = talk_ask(t, "show", json_pack("{s:s}", "id", city->person));
    assert_string_equal(text_at(r, "record.kind"), "person");
    assert_string_equal(text_at(r, "record.person_kind"), "MEDLEM");
    assert_int_equal(
        json_array_size(at(talk_ask(t, "find", json_pack("{s:s}", "text", "zander")), "hits")), 1);
    assert_int_equal(
        json_array_size(at(talk_ask(t, "find", json_pack("{s:s}", "text", "zebrak")), "hits")), 1);
    assert_int_equal(talk_end(t), 0);
}

static void internal_text_is_hidden_in_a_shared_record(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "asa.lind");
    const json_t *r =
        talk_ask(t, "show", json_pack("{s:s, s:b}", "id", city->case_no, "history", 1));
    assert_string_equal(text_at(r, "record.summary_shared"), "Skott mot fasad");
    assert_string_equal(text_at(r, "record.summary_internal.state"), "hidden");
    assert_string_equal(text_at(r, "record.police_ref.state"), "hidden");
    AUTOFREE char *all = json_dumps(r, 0);
    assert_null(strstr(all, "Zebra"));
    r = talk_ask(t, "show", json_pack("{s:s, s:s}", "id", city->case_no, "as", "screen"));
    AUTOFREE char *screen = json_dumps(r, 0);
    assert_null(strstr(screen, "Zebra"));
    assert_string_equal(text_at(r, "texts.summary_internal"), "hidden");
    assert_int_equal(talk_end(t), 0);
}

static int64_t count(struct talk *t, const char *kind, const char *filter)
{
    return int_at(talk_ask(t, "count", json_pack("{s:s, s:s}", "kind", kind, "filter", filter)),
                  "n");
}

static void no_question_gets_at_it(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "asa.lind");
    int64_t before = stage_log_rows(city->st);
    static const char *const kinds[] = {"person", "membership"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            json_array_size(at(talk_ask(t, "list", json_pack("{s:s}", "kind", kinds[i])), "rows")),
            0);
        assert_int_equal(int_at(talk_ask(t, "count", json_pack("{s:s}", "kind", kinds[i])), "n"),
                         0);
    }
    assert_int_equal(
        json_array_size(at(talk_ask(t, "find", json_pack("{s:s}", "text", "zander")), "hits")), 0);
    assert_int_equal(
        json_array_size(at(talk_ask(t, "find", json_pack("{s:s}", "text", "zebrak")), "hits")), 0);
    assert_int_equal(count(t, "incident", "summary_internal contains \"Zebra\""), 0);
    assert_int_equal(count(t, "incident", "summary_internal != null"), 0);
    assert_int_equal(count(t, "incident", "police_ref == \"5000-K999-26\""), 0);
    talk_ask(t, "list", json_pack("{s:s, s:s}", "kind", "incident", "sort", "police_ref"));
    assert_int_equal(stage_log_rows(city->st), before + 10);
    assert_int_equal(talk_end(t), 0);
}

/* The same sentence for what is not there and for what is not for you. */
static void none_and_not_yours_sound_alike(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "asa.lind");
    const char *none = "00000000000000000000000000";
    const char *const ids[] = {none, city->person, city->membership};
    static const char *const methods[] = {"show", "history", "set", "timeline"};
    for (size_t m = 0; m < 4; m++) {
        AUTOFREE char *first = NULL;
        for (size_t i = 0; i < 3; i++) {
            const json_t *no =
                talk_refused(t, methods[m], json_pack("{s:s, s:{}}", "id", ids[i], "values"));
            assert_string_equal(text_at(no, "data.code"), "missing");
            AUTOFREE char *text = xstrdup(text_at(no, "message"));
            char *id = strstr(text, ids[i]);
            assert_non_null(id);
            memset(id, '#', strlen(ids[i]));
            if (first) {
                assert_string_equal(text, first);
            } else {
                first = xstrdup(text);
            }
            AUTOFREE char *result = stage_log_last(city->st, "result");
            assert_string_equal(result, "missing");
            AUTOFREE char *hash = stage_log_last(city->st, "terms_hash");
            assert_non_null(hash);
        }
    }
    assert_int_equal(talk_end(t), 0);
}

static void a_refused_record_is_not_made(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "asa.lind");
    const json_t *no = talk_refused(
        t, "new", json_pack("{s:s, s:{s:s}}", "kind", "person", "values", "family_name", "Ek"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    AUTOFREE char *action = stage_log_last(city->st, "action");
    assert_string_equal(action, "NEKAD");
    no = talk_refused(t, "set",
                      json_pack("{s:s, s:{s:s}}", "id", city->incident, "values", "n_dead", "1"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    assert_int_equal(talk_end(t), 0);
}

/* Another account in the same session sees nothing of what the former one saw. */
static void a_new_account_sees_with_its_own_eyes(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "mira.holm");
    assert_int_equal(int_at(talk_ask(t, "count", json_pack("{s:s}", "kind", "person")), "n"), 1);
    talk_refused(t, "new",
                 json_pack("{s:s}", "kind", "person")); /* an undone transaction in between */
    talk_ask(t, "login", json_pack("{s:s}", "as", "asa.lind"));
    assert_int_equal(int_at(talk_ask(t, "count", json_pack("{s:s}", "kind", "person")), "n"), 0);
    talk_refused(t, "show", json_pack("{s:s}", "id", city->person));
    talk_ask(t, "login", json_pack("{s:s}", "as", "mira.holm"));
    assert_int_equal(int_at(talk_ask(t, "count", json_pack("{s:s}", "kind", "person")), "n"), 1);
    assert_int_equal(talk_end(t), 0);
}

static void timelines_lead_through_links(void **state)
{
    const struct city *city = *state;
    struct talk *t = talk_start(city->st, "mira.holm");
    talk_ask(t, "new",
             json_pack("{s:s, s:{s:s, s:s, s:s}}", "kind", "incident_person", "values", "incident",
                       city->incident, "person", city->person, "part", "MALSAGANDE"));
    const json_t *line =
        talk_ask(t, "timeline", json_pack("{s:s, s:i}", "id", city->person, "limit", 10));
    size_t i, found = 0;
    const json_t *row;
    json_array_foreach(at(line, "rows"), i, row)
    {
        found += strcmp(text_at(row, "id"), city->incident) == 0;
    }
    assert_int_equal(found, 1);
    assert_int_equal(talk_end(t), 0);
    /* the reader who does not know the person learns nothing from the incident's */
    t = talk_start(city->st, "asa.lind");
    line = talk_ask(t, "timeline", json_pack("{s:s}", "id", city->incident));
    AUTOFREE char *text = json_dumps(line, 0);
    assert_null(strstr(text, "Zander"));
    assert_int_equal(talk_end(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(police_see_their_own),
        cmocka_unit_test(internal_text_is_hidden_in_a_shared_record),
        cmocka_unit_test(no_question_gets_at_it),
        cmocka_unit_test(none_and_not_yours_sound_alike),
        cmocka_unit_test(a_refused_record_is_not_made),
        cmocka_unit_test(a_new_account_sees_with_its_own_eyes),
        cmocka_unit_test(timelines_lead_through_links),
    };
    return cmocka_run_group_tests_name("walls", tests, make, end);
}
