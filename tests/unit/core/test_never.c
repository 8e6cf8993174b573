/* What the review of incidents and its answers must never do, tried: tell guilt or what is
 * investigated to others, warn a family that mourns, call a plan an answer, tell one group whom we
 * reach in another. And what a review does: its agenda, decisions that are reconsidered and kept.
 */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/mem.h"

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

static const char *incident(struct world *w, const char *known, const char *risk, const char *dead)
{
    world_as(w, "ANALYT_P", "POL");
    const char *id = keep(world_new(w, "incident", "type", "SKJUTNING", "occurred_at", known,
                                    "known_at", known, "area", "OKAND", "n_dead", dead,
                                    "summary_internal", "Zebrakällan", "police_ref", "K-1", NULL));
    world_do(w, id, "TRIAGERAD", "retaliation_risk", risk, NULL);
    return id;
}

static const char *person(struct world *w, const char *kind, const char *name)
{
    world_as(w, "ANALYT_P", "POL");
    return keep(world_new(w, "person", "kind", kind, "family_name", name, "birth_date",
                          "1998-02-03", NULL));
}

/* --- what it does ---- */

static void the_agenda_makes_itself(void **state)
{
    struct world *w = *state;
    const char *old = incident(w, "2026-11-10 20:00", "1", "0"),
               *new = incident(w, "2026-11-20 20:00", "1", "0");
    const char *hot = incident(w, "2026-11-21 20:00", "3", "0"),
               *dead = incident(w, "2026-11-19 20:00", "0", "1");
    const char *review = world_new(w, "incident_review", "at", "2026-11-22 09:00", NULL);
    AUTOFREE char *order = xprintf("%s,%s,%s,%s", dead, hot, old, new);
    assert_string_equal(world_get(w, review, "incidents"), order);
    AUTOFREE char *mine = xprintf("%s,%s", new, hot); /* whoever puts them in order is right */
    const char *other =
        world_new(w, "incident_review", "at", "2026-11-22 09:00", "incidents", mine, NULL);
    assert_string_equal(world_get(w, other, "incidents"), mine);
}

static const char *propose(struct world *w, const char *of, const char *value)
{
    world_as(w, "ANALYT_P", "POL");
    return keep(world_new(w, "gmi_decision", "incident", of, "value", value, "certainty", "2",
                          "role", "GARNING", "basis_text", "Bilen och hylsorna.", NULL));
}

static void a_reconsidered_decision_is_kept(void **state)
{
    struct world *w = *state;
    const char *i = incident(w, "2026-11-20 20:00", "1", "0");
    world_new(w, "incident_review", "at", "2026-11-22 09:00", "incidents", i, NULL);
    world_do(w, i, "GRANSKAD", NULL);
    const char *first = propose(w, i, "OKLART");
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_do(w, i, "OMPROVAS", NULL, NULL), "new information");
    world_do(w, i, "OMPROVAS", "reopen_text", "Ett vittne hörde av sig.", NULL);
    world_as(w, "KOORD_P", "POL"); /* the old one does not do */
    assert_says(world_try_do(w, i, "GMI_BESLUTAD", NULL, NULL), "new decision");
    const char *second = propose(w, i, "JA");
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    assert_string_equal(world_get(w, second, "supersedes"), first);
    assert_non_null(world_get(w, second, "decided_at"));
    assert_string_equal(world_get(w, first, "value"), "OKLART");
    assert_non_null(world_get(w, first, "decided_at"));
    assert_says(world_try_set(w, first, -1, "value", "NEJ", NULL), "cannot be changed");
}

/* --- what it never does ---- */

/* A part in an incident is suspicion at most, and whoever is not suspected is labelled so. */
static void guilt_is_never_stated(void **state)
{
    struct world *w = *state;
    const char *i = incident(w, "2026-11-20 20:00", "1", "0"), *p = person(w, "KONTAKT", "Berg");
    static const char *const never[] = {"SKYLDIG", "GARNINGSMAN", "DOMD"};
    for (size_t n = 0; n < N_OF(never); n++)
        assert_says(
            world_try_new(w, "incident_person", "incident", i, "person", p, "part", never[n], NULL),
            "part");
    const char *row =
        world_new(w, "incident_person", "incident", i, "person", p, "part", "VITTNE", NULL);
    assert_string_equal(world_get(w, row, "not_suspected"), "1");
    assert_says(world_try_new(w, "incident_person", "incident", i, "person",
                              person(w, "MEDLEM", "Ek"), "part", "MISSTANKT", NULL),
                "source_grade");
}

/* What is investigated (OSL 18:1) is not in the shared layer, and numbers do not get into its
 * texts. */
static void the_investigation_stays_with_the_police(void **state)
{
    struct world *w = *state;
    const char *i = incident(w, "2026-11-20 20:00", "1", "0");
    struct record *seen;
    struct err e = {0};
    assert_says(world_try_set(w, i, -1, "summary_shared", "Skytten är 20010315-9851", NULL),
                "identity number");
    world_as(w, "KOORD_S", "SNC");
    assert_true(repo_load(w->c, model_kind(w->model, "incident"), i, &seen, &e));
    assert_null(record_get(seen, model_field(seen->k, "summary_internal")));
    assert_null(record_get(seen, model_field(seen->k, "police_ref")));
    record_free(seen);
    struct query q = {.k = model_kind(w->model, "incident"),
                      .filter = "summary_internal contains \"Zebra\""};
    int64_t n;
    bool capped;
    assert_true(query_count(w->c, &q, 9, &n, &capped, &e));
    assert_int_equal(n, 0);
}

static void a_plan_is_no_answer(void **state)
{
    struct world *w = *state;
    const char *i = incident(w, "2026-11-20 20:00", "1", "0");
    world_new(w, "incident_review", "at", "2026-11-22 09:00", "incidents", i, NULL);
    world_do(w, i, "GRANSKAD", NULL);
    propose(w, i, "JA");
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    const char *item =
        world_new(w, "response_item", "incident", i, "kind", "DIALOG", "due", "2026-11-22", NULL);
    assert_says(world_try_do(w, i, "BESVARAD", NULL, NULL), "only planned");
    assert_says(world_try_set(w, item, -1, "executed_at", "2026-12-01 10:00", NULL), "future");
    assert_says(world_try_do(w, i, "BESVARAD", NULL, NULL), "only planned");
    assert_fine(world_try_set(w, item, -1, "executed_at", "2026-11-22 10:00", NULL));
    world_do(w, i, "BESVARAD", NULL);
}

static const char *approved(struct world *w, const char *code, const char *purpose)
{
    world_as(w, "KOORD_S", "SNC");
    const char *message = keep(world_new(w, "message", "code", code, "purpose", purpose, NULL));
    const char *v = keep(world_new(w, "message_version", "message", message, "language", "SV",
                                   "text", "Vi finns här.", NULL));
    world_do(w, v, "REMISS", NULL);
    world_as(w, "CHEF", "SNC");
    world_do(w, v, "GODKAND", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, v, "GODKAND", NULL);
    world_as(w, "KOORD_F", "FRI");
    world_do(w, v, "GODKAND", NULL);
    return v;
}

static const char *planned(struct world *w, const char *who, const char *version)
{
    world_as(w, "ANALYT_P", "POL");
    const char *talk = keep(world_new(w, "custom_notification", "person", who, "trigger", "RYKTE",
                                      "planned_place", "HEM", NULL));
    static const char *const parties[][2] = {
        {"KOORD_S", "SNC"}, {"KOORD_P", "POL"}, {"KOORD_F", "FRI"}};
    for (size_t i = 0; i < N_OF(parties); i++) {
        world_as(w, parties[i][0], parties[i][1]);
        world_new(w, "deconfliction", "subject", talk, "agency", parties[i][1], "answer", "KLAR",
                  NULL);
    }
    for (size_t i = 1; i < N_OF(parties); i++) {
        world_as(w, parties[i][0], parties[i][1]);
        world_do(w, talk, "GODKAND", NULL);
    }
    AUTOFREE char *both =
        xprintf("%s,%s", world_user(w, "KOORD_P", "POL"), world_user(w, "FRIV_INSP", "FRI"));
    return keep(world_try_do(w, talk, "PLANERAD", NULL, "deliverers", both, "message_version",
                             version, NULL));
}

static void a_family_that_mourns_is_not_warned(void **state)
{
    struct world *w = *state;
    const char *warning = approved(w, "VARNING", "CN"), *comfort = approved(w, "STOD", "ANHORIG");
    const char *dead = person(w, "OFFER", "Ek"), *mother = person(w, "ANHORIG", "Ek"),
               *friend_ = person(w, "KONTAKT", "Alm");
    const char *i = incident(w, "2026-11-20 20:00", "1", "1");
    world_new(w, "incident_person", "incident", i, "person", dead, "part", "AVLIDEN", NULL);
    assert_says(planned(w, mother, warning), "cannot be brought");
    assert_fine(planned(w, mother, comfort));
    assert_fine(planned(w, friend_, warning));
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "relation", "person_a", dead, "person_b", friend_, "type", "PARTNER", "source",
              "Förhör", "source_grade", "A", "info_grade", "1", NULL);
    assert_says(planned(w, friend_, warning), "cannot be brought");
}

static void one_group_never_hears_of_another(void **state)
{
    struct world *w = *state;
    const char *version = approved(w, "VARNING", "CN"), *p = person(w, "MEDLEM", "Ek");
    const char *kvarnen = keep(world_new(w, "group", "name", "Kvarnen", NULL));
    const char *hamnen = keep(world_new(w, "group", "name", "Hamnen", NULL));
    world_new(w, "membership", "person", p, "group", kvarnen, "role", "MEDLEM", "from", "2024",
              "source_grade", "B", "info_grade", "2", "handling", "H1", "criteria", "DOM,SPANING",
              "suspicion_basis", "P1A", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_new(w, "group_message", "group", hamnen, "channel", "OMBUD",
                              "message_version", version, "via_person", p, NULL),
                "another group");
    const char *told = keep(world_new(w, "group_message", "group", kvarnen, "channel", "OMBUD",
                                      "message_version", version, "via_person", p, NULL));
    struct record *seen;
    struct err e = {0};
    world_as(w, "KOORD_S", "SNC"); /* who carried it is the police's alone */
    assert_true(repo_load(w->c, model_kind(w->model, "group_message"), told, &seen, &e));
    assert_null(record_get(seen, model_field(seen->k, "via_person")));
    record_free(seen);
}

/* --- what ages ---- */

static void a_relation_confirmed_anew_lasts_another_while(void **state)
{
    struct world *w = *state;
    world_as(w, "ANALYT_P", "POL");
    const char *a = keep(world_new(w, "group", "name", "Kvarnen", NULL)),
               *b = keep(world_new(w, "group", "name", "Hamnen", NULL));
    const char *r = keep(world_new(w, "group_relation", "group_a", a, "group_b", b, "type",
                                   "KONFLIKT", "heat", "2", "from", "2026", "confirmed_at",
                                   "2026-07-01", "source_grade", "A", "info_grade", "1", NULL));
    assert_string_equal(world_get(w, r, "review_due"), "2026-09-29");
    assert_fine(world_try_set(w, r, -1, "confirmed_at", "2026-11-01", NULL));
    assert_string_equal(world_get(w, r, "review_due"), "2027-01-30");
    assert_fine(
        world_try_set(w, r, -1, "confirmed_at", "2026-11-02", "review_due", "2026-12-01", NULL));
    assert_string_equal(world_get(w, r, "review_due"), "2026-12-01");
}

static void a_name_is_one_groups(void **state)
{
    struct world *w = *state;
    world_as(w, "ANALYT_P", "POL");
    const char *g = keep(world_new(w, "group", "name", "Kvarnen \"norra\"", NULL));
    assert_says(world_try_new(w, "group", "name", "kvarnen \"NORRA\"", NULL), "called so already");
    assert_fine(world_try_set(w, g, -1, "status", "UPPLOST", NULL));
    assert_fine(world_try_new(w, "group", "name", "Kvarnen \"norra\"", NULL));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_agenda_makes_itself),
        CASE(a_reconsidered_decision_is_kept),
        CASE(guilt_is_never_stated),
        CASE(the_investigation_stays_with_the_police),
        CASE(a_plan_is_no_answer),
        CASE(a_family_that_mourns_is_not_warned),
        CASE(one_group_never_hears_of_another),
        CASE(a_relation_confirmed_anew_lasts_another_while),
        CASE(a_name_is_one_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
