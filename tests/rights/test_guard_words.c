/* What a guard says is yes or no and a fixed sentence: whatever stands in rows that the actor does
 * not see, the sentence is the same. Whoever keeps those rows may be told more. */
#include "../unit/core/world.h"

#include "treben/base/date.h"

#include <stdio.h>

static struct arena kept; /* ids outlive the request's scratch */

static const char *keep(const char *text)
{
    return arena_strdup(&kept, text);
}

static int make(void **state)
{
    *state = world_make();
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    arena_done(&kept);
    return 0;
}

static void answer_clear(struct world *w, const char *talk, const char *role, const char *agency)
{
    world_as(w, role, agency);
    world_new(w, "deconfliction", "subject", talk, "agency", agency, "answer", "KLAR", NULL);
}

static const char *new_person(struct world *w, const char *birth)
{
    world_as(w, "ANALYT_P", "POL");
    return keep(world_new(w, "person", "kind", "MEDLEM", "family_name", "Öberg", "birth_date",
                          birth, "protection_level", "INGEN", NULL));
}

static const char *new_talk(struct world *w, const char *person)
{
    world_as(w, "ANALYT_P", "POL");
    return keep(world_new(w, "custom_notification", "person", person, "trigger", "RYKTE",
                          "planned_place", "HEM", NULL));
}

/* What KOORD_S is told about a talk with a person of whom this is true. */
static const char *told(struct world *w, const char *role, const char *agency, const char *field,
                        const char *value, const char *more, const char *more_value)
{
    const char *person = new_person(w, "1998-02-03");
    const char *talk = new_talk(w, person); /* before it is true: a home that is known as protected is not planned */
    world_as(w, "ANALYT_P", "POL");
    assert_fine(world_try_set(w, person, -1, field, value, more, more_value, NULL));
    answer_clear(w, talk, "KOORD_S", "SNC");
    answer_clear(w, talk, "KOORD_P", "POL");
    answer_clear(w, talk, "KOORD_F", "FRI");
    world_as(w, role, agency);
    return keep(world_try_do(w, talk, "GODKAND", NULL, NULL));
}

static void why_a_person_is_not_met_is_not_told_outside(void **state)
{
    struct world *w = *state;
    static const char *const facts[][4] = {
        {"custody_state", "HAKTAD", NULL, NULL},
        {"custody_state", "ANSTALT", "custody_from", "2025-01-01"},
        {"deceased_date", "2026-01-02", NULL, NULL},
        {"do_not_contact", "ja", "do_not_contact_reason", "Sjuk."},
        {"protection_level", "LOKAL_SPARR", NULL, NULL},
        {"protection_level", "SEKRETESSMARKERING", NULL, NULL},
    };
    const char *first = NULL, *own = NULL;
    bool differ = false;
    for (size_t i = 0; i < N_OF(facts); i++) {
        const char *const *f = facts[i];
        const char *said = told(w, "KOORD_S", "SNC", f[0], f[1], f[2], f[3]);
        const char *at_home = told(w, "KOORD_P", "POL", f[0], f[1], f[2], f[3]);
        assert_says(said, "rule");
        assert_string_equal(said, first ? first : said);
        differ |= own && strcmp(own, at_home) != 0;
        first = said;
        own = at_home;
    }
    assert_true(differ); /* the police are told which */
}

static const char *blocked_by(struct world *w, const char *answer, const char *reason)
{
    const char *talk = new_talk(w, new_person(w, "1998-02-03"));
    answer_clear(w, talk, "KOORD_P", "POL");
    answer_clear(w, talk, "KOORD_F", "FRI");
    world_as(w, "AVHOPP_CHEF", "SNC");
    if (answer) {
        world_as(w, "KOORD_S", "SNC");
        world_new(w, "deconfliction", "subject", talk, "agency", "SNC", "answer", answer,
                  "reason_internal", reason, NULL);
    }
    world_as(w, "KOORD_P", "POL");
    return keep(world_try_do(w, talk, "GODKAND", NULL, NULL));
}

static void why_an_agency_says_stop_is_not_told(void **state)
{
    struct world *w = *state;
    const char *silent = blocked_by(w, NULL, "");
    assert_says(silent, "Not clear yet");
    assert_string_equal(blocked_by(w, "VANTA", ""), silent);
    assert_string_equal(blocked_by(w, "STOPP", "Söker hjälp."), silent);
    assert_string_equal(blocked_by(w, "", ""), silent); /* asked, not answered */
}

/* --- an age that the deliverer does not see */

static const char *approved_version(struct world *w)
{
    world_as(w, "KOORD_S", "SNC");
    const char *message = keep(world_new(w, "message", "code", "ORD", "purpose", "CN", NULL));
    const char *v = keep(world_new(w, "message_version", "message", message, "language", "sv",
                                   "text", "Det finns hjälp.", NULL));
    world_do(w, v, "REMISS", NULL);
    world_as(w, "CHEF", "SNC");
    world_do(w, v, "GODKAND", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, v, "GODKAND", NULL);
    world_as(w, "KOORD_F", "FRI");
    world_do(w, v, "GODKAND", NULL);
    return v;
}

static const char *held_with(struct world *w, const char *birth, const char *version)
{
    const char *talk = new_talk(w, new_person(w, birth));
    answer_clear(w, talk, "KOORD_S", "SNC");
    answer_clear(w, talk, "KOORD_P", "POL");
    answer_clear(w, talk, "KOORD_F", "FRI");
    world_as(w, "KOORD_P", "POL");
    world_do(w, talk, "GODKAND", NULL);
    world_as(w, "KOORD_F", "FRI");
    world_do(w, talk, "GODKAND", NULL);
    char both[64];
    snprintf(both, sizeof both, "%s,%s", world_user(w, "KOORD_P", "POL"),
             world_user(w, "FRIV_INSP", "FRI"));
    world_do(w, talk, "PLANERAD", "deliverers", both, "message_version", version, NULL);
    world_as(w, "FRIV_INSP", "FRI");
    return keep(world_try_do(w, talk, "GENOMFORD", NULL, "delivered_at", "nu", "present_others",
                             "ENSAM", "reaction", "NEUTRAL", NULL));
}

static void young_or_of_unknown_age_sounds_alike(void **state)
{
    struct world *w = *state;
    const char *version = approved_version(w);
    const char *young = held_with(w, "2010-05-06", version);
    assert_says(young, "guardian");
    assert_string_equal(held_with(w, "", version), young);
    assert_fine(held_with(w, "1990-05-06", version));
}

/* --- a membership that the manager does not see */

static const char *warned_by(struct world *w, const char *round, const char *group, bool member)
{
    const char *person = new_person(w, "1998-02-03");
    if (member) {
        world_as(w, "ANALYT_P", "POL");
        const char *m =
            keep(world_new(w, "membership", "person", person, "group", group, "role", "MEDLEM",
                           "from", "2023", "source_grade", "A", "info_grade", "2", "handling", "H0",
                           "criteria", "DOM,OBSERVERAD", "suspicion_basis", "P1A", NULL));
        world_as(w, "KOORD_P", "POL");
        world_do(w, m, "BORTTAGEN", NULL);
    }
    const char *talk = new_talk(w, person);
    world_as(w, "CHEF", "FRI");
    return keep(world_try_do(w, round, "BESLUTAD", NULL, "prior_message", talk, NULL));
}

static const char *decided_incident(struct world *w)
{
    world_as(w, "ANALYT_P", "POL");
    const char *i = keep(world_new(w, "incident", "type", "SKJUTNING", "occurred_at", "igår 12:00",
                                   "known_at", "igår 13:00", "area", "OKAND", NULL));
    world_do(w, i, "TRIAGERAD", "retaliation_risk", "2", "confirmed", "BEKRAFTAD", NULL);
    world_new(w, "incident_review", "at", "igår 18:00", "incidents", i, NULL);
    world_do(w, i, "GRANSKAD", NULL);
    world_new(w, "gmi_decision", "incident", i, "value", "JA", "certainty", "1", "role", "GARNING",
              "basis_text", "Spaning.", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    return i;
}

static void who_is_a_member_is_not_told_by_a_round(void **state)
{
    struct world *w = *state;
    const char *incident = decided_incident(w);
    world_as(w, "ANALYT_P", "POL");
    const char *group = keep(world_new(w, "group", "name", "Kvarnen", "status", "AKTIV", "priority",
                                       "1", "violence_level", "3", NULL));
    world_as(w, "KOORD_P", "POL");
    const char *round =
        keep(world_new(w, "sanction_round", "target_group", group, "trigger_incidents", incident,
                       "trigger_rule", "FORSTA_GRUPP", NULL));
    static const char *const parties[][2] = {
        {"KOORD_P", "POL"}, {"KOORD_F", "FRI"}, {"KOORD_S", "SNC"}};
    for (size_t i = 0; i < N_OF(parties); i++) {
        world_as(w, parties[i][0], parties[i][1]);
        world_new(w, "round_answer", "round", round, "agency", parties[i][1], "answer", "NONE",
                  NULL);
    }
    world_as(w, "KOORD_P", "POL");
    world_do(w, round, "BEREDD", NULL);
    const char *stranger = warned_by(w, round, group, false);
    assert_says(stranger, "did not reach");
    assert_string_equal(warned_by(w, round, group, true), stranger);
}

/* --- rows of an incident that others do not see */

/* Every way on from here, tried, in one text. */
static const char *all_sentences(struct world *w, const char *id)
{
    const struct kind_model *k = model_kind(w->model, "incident");
    const char *text = "";
    for (int i = 0; i < k->lifecycles[0].n_states; i++) {
        const char *to = k->lifecycles[0].states[i].code;
        const char *said = world_try_do(w, id, to, "ett skäl", NULL);
        text = arena_printf(&kept, "%s%s: %s\n", text, to, said);
    }
    return text;
}

static void hidden_rows_change_no_sentence(void **state)
{
    struct world *w = *state;
    const char *incident = decided_incident(w);
    world_as(w, "KOORD_S", "SNC");
    const char *before = all_sentences(w, incident);
    assert_says(before, "BESVARAD");
    const char *person = new_person(w, "2010-02-03");
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "incident_person", "incident", incident, "person", person, "part", "MISSTANKT",
              "source_grade", "A", "info_grade", "1", "handling", "H0", NULL);
    world_new(w, "note", "subject", incident, "kind", "OBSERVATION", "text", "En zebra.", NULL);
    world_new(w, "task", "subject", incident, "title", "Ring", "due", "+1 12:00", NULL);
    assert_fine(world_try_set(w, incident, -1, "summary_internal", "Zebran vet.", NULL));
    new_talk(w, person);
    world_as(w, "KOORD_S", "SNC");
    assert_string_equal(all_sentences(w, incident), before);
}

/* --- titles of tasks that clocks make */

static bool is_shared(const struct field *f)
{
    return f->flags & (SHARED | META);
}

/* Does the title of this kind show nothing but what all see who see anything? */
static bool title_is_shared(const struct kind *k)
{
    for (const char *p = k->title; (p = strchr(p, '{')); p++) {
        char name[40];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(p + 1, "}"), p + 1);
        int f = kind_field(k, name);
        if (f >= 0 && !is_shared(&k->fields[f])) {
            return false;
        }
    }
    return true;
}

static void check_clock(const struct kind_model *k, const char *title)
{
    for (const char *p = title; p && (p = strchr(p, '{')); p++) {
        char name[40];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(p + 1, "}"), p + 1);
        int f = model_field(k, name);
        if (strcmp(name, "case_no") == 0) {
            continue;
        }
        const struct kind_model *to = f >= 0 ? k->fields[f].target : NULL;
        if (f < 0 || !is_shared(&k->fields[f].f) || (to && !title_is_shared(to->kind))) {
            fail_msg("the tasks \"%s\" of %s would tell of %s", title, k->kind->name, name);
        }
    }
}

static void task_titles_name_only_what_is_shared(void **state)
{
    const struct world *w = *state;
    for (int i = 0; i < w->model->n_kinds; i++) {
        const struct kind_model *k = &w->model->kinds[i];
        for (int j = 0; j < k->n_clocks; j++) {
            check_clock(k, k->clocks[j].title.sv);
            check_clock(k, k->clocks[j].title.en);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(why_a_person_is_not_met_is_not_told_outside),
        cmocka_unit_test(why_an_agency_says_stop_is_not_told),
        cmocka_unit_test(young_or_of_unknown_age_sounds_alike),
        cmocka_unit_test(who_is_a_member_is_not_told_by_a_round),
        cmocka_unit_test(hidden_rows_change_no_sentence),
        cmocka_unit_test(task_titles_name_only_what_is_shared),
    };
    return cmocka_run_group_tests_name("guard words", tests, make, end);
}
