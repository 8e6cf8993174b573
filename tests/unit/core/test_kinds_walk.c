/* One incident through all three legs: each guard is seen to refuse with a sentence that says what
 * to do, then to let through once that was done. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/core/chain.h"

#define DAY "2026-11-20"

struct walk {
    struct world *w;
    const char *group, *person, *membership, *incident, *message, *version, *talk, *round;
    const char *measures[3];
};

static void known_group(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "ANALYT_P", "POL");
    k->group = world_new(w, "group", "name", "Kvarnen", "priority", "1", NULL);
    k->person = world_new(w, "person", "kind", "MEDLEM", "family_name", "Öberg", "given_names",
                          "Adnan", "birth_date", "1999-04-12", NULL);
    const char *m =
        world_new(w, "membership", "person", k->person, "group", k->group, "role", "MEDLEM", "from",
                  "2024", "source_grade", "B", "info_grade", "2", "handling", "H1", "criteria",
                  "OBSERVERAD,GEMENSAM_BROTT", "suspicion_basis", "P1A", NULL);
    assert_says(world_try_do(w, m, "BEKRAFTAD", NULL, NULL), "denied");
    world_as(w, "KOORD_P", "POL");
    world_do(w, m, "BEKRAFTAD", NULL);
    assert_non_null(world_get(w, m, "confirmed_by"));
    assert_string_equal(world_get(w, m, "minor_at_entry"), "0");
    world_do(w, m, "FOR_OMPROVNING", NULL); /* under review it counts, until that is overdue */
    k->membership = m;
}

static void review(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "JOUR_P", "POL");
    k->incident = world_new(w, "incident", "type", "SKJUTNING", "occurred_at", DAY " 23:10",
                            "known_at", DAY " 23:20", "area", "OKAND", NULL);
    assert_says(world_try_do(w, k->incident, "TRIAGERAD", NULL, NULL), "risk of retaliation");
    world_do(w, k->incident, "TRIAGERAD", "retaliation_risk", "2", NULL);
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "incident_group", "incident", k->incident, "group", k->group, "part", "UTFORANDE",
              "certainty", "2", "source_grade", "B", "info_grade", "2", "handling", "H0", NULL);
    assert_says(world_try_do(w, k->incident, "GRANSKAD", NULL, NULL), "incident review");
    world_new(w, "incident_review", "at", DAY " 23:50", "incidents", k->incident, NULL);
    world_do(w, k->incident, "GRANSKAD", NULL);
}

static void decide(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->incident, "GMI_BESLUTAD", NULL, NULL), "analyst");
    const char *own = world_new(w, "gmi_decision", "incident", k->incident, "value", "OKLART",
                                "certainty", "1", "basis_text", "För tidigt att säga.", NULL);
    assert_says(world_try_do(w, k->incident, "GMI_BESLUTAD", NULL, NULL), "somebody else");
    world_as(w, "ANALYT_P", "POL");
    const char *proposal = world_new(w, "gmi_decision", "incident", k->incident, "value", "JA",
                                     "certainty", "2", "role", "GARNING", "motive", "GRUPPKONFLIKT",
                                     "basis_text", "Bilen och hylsorna.", NULL);
    assert_says(world_try_set(w, proposal, -1, "value", "NEJ", NULL), "cannot be changed");
    world_as(w, "KOORD_P", "POL");
    world_do(w, k->incident, "GMI_BESLUTAD", NULL);
    assert_non_null(world_get(w, proposal, "decided_at"));
    assert_string_equal(world_get(w, proposal, "decided_by"), world_user(w, "KOORD_P", "POL"));
    assert_null(world_get(w, own, "decided_at"));
}

static void approve_message(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "KOORD_S", "SNC");
    k->message = world_new(w, "message", "code", "GRUND", "purpose", "CN", NULL);
    k->version = world_new(w, "message_version", "message", k->message, "language", "SV", "text",
                           "Vi vill att du lever, och vi vill hjälpa dig.", NULL);
    assert_string_equal(world_get(w, k->version, "no"), "1");
}

static void approve_version(struct walk *k)
{
    static const char *const who[][2] = {{"CHEF", "SNC"}, {"KOORD_P", "POL"}, {"KOORD_F", "FRI"}};
    struct world *w = k->w;
    world_as(w, "KOORD_S", "SNC");
    world_do(w, k->version, "REMISS", NULL);
    for (size_t i = 0; i < N_OF(who); i++) {
        world_as(w, who[i][0], who[i][1]);
        world_do(w, k->version, "GODKAND", NULL);
    }
    assert_string_equal(world_get(w, k->version, "state"), "GODKAND");
    assert_non_null(world_get(w, k->version, "valid_from"));
    world_as(w, "KOORD_S", "SNC");
    assert_says(world_try_set(w, k->version, -1, "text", "Något annat.", NULL), "new version");
}

static void plan_talk(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "ANALYT_P", "POL");
    assert_says(
        world_try_new(w, "custom_notification", "person", k->person, "trigger", "HANDELSE", NULL),
        "trigger_incident");
    k->talk = world_new(w, "custom_notification", "person", k->person, "trigger", "HANDELSE",
                        "trigger_incident", k->incident, NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->talk, "GODKAND", NULL, NULL),
                "Not clear yet: the city, the police, probation");
    static const char *const asked[][2] = {
        {"KOORD_S", "SNC"}, {"KOORD_P", "POL"}, {"KOORD_F", "FRI"}};
    for (size_t i = 0; i < N_OF(asked); i++) {
        world_as(w, asked[i][0], asked[i][1]);
        const char *d =
            world_new(w, "deconfliction", "subject", k->talk, "answer", i ? "KLAR" : "VANTA", NULL);
        assert_string_equal(world_get(w, d, "clear"), i ? "1" : "0");
        assert_string_equal(world_get(w, d, "owner_agency"), asked[i][1]);
        if (i)
            continue;
        world_as(w, "KOORD_P", "POL");
        assert_says(world_try_do(w, k->talk, "GODKAND", NULL, NULL), "Not clear yet");
        world_as(w, "KOORD_S", "SNC"); /* who asked; the city's word is the exit unit's */
        assert_says(world_try_set(w, d, -1, "answer", "KLAR", NULL), "denied");
        world_as(w, "AVHOPP_HL", "SNC");
        assert_fine(world_try_set(w, d, -1, "answer", "KLAR", NULL));
    }
    world_as(w, "KOORD_P", "POL");
    world_do(w, k->talk, "GODKAND", NULL);
    assert_string_equal(world_get(w, k->talk, "state"),
                        "FORESLAGEN"); /* waits for another agency */
    world_as(w, "KOORD_S", "SNC");
    world_do(w, k->talk, "GODKAND", NULL);
    assert_string_equal(world_get(w, k->talk, "state"), "GODKAND");
}

static void hold_talk(struct walk *k)
{
    struct world *w = k->w;
    const char *police = world_user(w, "OPERATIV_P", "POL"), *city = world_user(w, "STOD", "SNC");
    const char *two = arena_printf(&w->c->scratch, "%s,%s", police, city);
    const char *alone =
        arena_printf(&w->c->scratch, "%s,%s", police, world_user(w, "KOORD_P", "POL"));
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->talk, "PLANERAD", NULL, "deliverers", police, "message_version",
                             k->version, "planned_place", "HEM", NULL),
                "nobody goes alone");
    assert_says(world_try_do(w, k->talk, "PLANERAD", NULL, "deliverers", alone, "message_version",
                             k->version, "planned_place", "HEM", NULL),
                "not from the police");
    assert_says(world_try_do(w, k->talk, "PLANERAD", NULL, "deliverers", two, "message_version",
                             k->version, "planned_place", "HEM", NULL),
                "all three have approved");
    approve_version(k);
    world_as(w, "KOORD_P", "POL");
    world_do(w, k->talk, "PLANERAD", "deliverers", two, "message_version", k->version,
             "planned_place", "HEM", NULL);
    world_as(w, "OPERATIV_P", "POL");
    assert_says(world_try_do(w, k->talk, "FORSOKT", NULL, NULL), "Record the attempt");
    world_new(w, "notification_attempt", "custom_notification", k->talk, "at", DAY " 23:55",
              "place", "HEM", "result", "EJ_HEMMA", NULL);
    world_do(w, k->talk, "FORSOKT", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->talk, "EJ_NADD", NULL, NULL), "Give up only after");
    world_as(w, "OPERATIV_P", "POL");
    assert_says(world_try_do(w, k->talk, "GENOMFORD", NULL, "delivered_at", "nu", "present_others",
                             "VANNER", "reaction", "NEUTRAL", NULL),
                "in front of friends");
    world_do(w, k->talk, "GENOMFORD", "delivered_at", "nu", "present_others", "ENSAM", "reaction",
             "NEUTRAL", NULL);
    assert_non_null(world_get(w, k->talk, "follow_up_due"));
    assert_string_equal(world_get(w, k->version, "locked"), "1");
    assert_non_null(world_get(w, k->group, "last_direct_message"));
}

static void answer_incident(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->incident, "AVSLUTAD", NULL, NULL), "There is no response");
    const char *item =
        world_new(w, "response_item", "incident", k->incident, "kind", "SANKTION", NULL);
    assert_says(world_try_do(w, k->incident, "BESVARAD", NULL, NULL), "only planned");
    const char *told =
        world_new(w, "response_item", "incident", k->incident, "kind", "CN", "ref", k->talk, NULL);
    assert_non_null(world_get(w, told, "executed_at"));
    world_do(w, k->incident, "BESVARAD", NULL);
    assert_says(world_try_do(w, k->incident, "AVSLUTAD", NULL, NULL), "still open");
    assert_fine(world_try_set(w, item, -1, "cancel_reason", "Omgången räcker.", NULL));
    assert_non_null(world_get(w, item, "cancelled_at"));
}

static const char *enter_measure(struct walk *k, int i, const char *role, const char *agency,
                                 const char *kind)
{
    world_as(k->w, role, agency);
    return k->measures[i] =
               world_new(k->w, "measure", "round", k->round, "kind", kind, "target_type", "GRUPP",
                         "target", k->group, "planned_from", "idag", "planned_to", "+7", NULL);
}

/* The claim that a person belongs to the group is to be reviewed by this day. */
static void review_by(struct walk *k, const char *day)
{
    world_as_system(k->w);
    assert_fine(world_try_set(k->w, k->membership, -1, "review_due", day, NULL));
}

static void decide_round(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "KOORD_P", "POL");
    k->round = world_new(w, "sanction_round", "target_group", k->group, "trigger_incidents",
                         k->incident, "trigger_rule", "FORSTA_GRUPP", NULL);
    assert_says(world_try_do(w, k->round, "BEREDD", NULL, NULL), "the city, the police, probation");
    enter_measure(k, 0, "KOORD_P", "POL", "RIKTAD_KONTROLL");
    enter_measure(k, 1, "KOORD_F", "FRI", "TATARE_KONTAKT");
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->round, "BEREDD", NULL, NULL), "answer from the city");
    world_as(w, "KOORD_S", "SNC");
    world_new(w, "round_answer", "round", k->round, "answer", "NONE", NULL);
    assert_says(world_try_new(w, "round_answer", "round", k->round, "answer", "MEASURES", NULL),
                "answered already");
    world_as(w, "KOORD_P", "POL");
    world_do(w, k->round, "BEREDD", NULL);
    world_as(w, "CHEF", "POL");
    assert_says(world_try_do(w, k->round, "BESLUTAD", NULL, NULL), "has not been warned");
    review_by(k, "-31");
    world_as(w, "CHEF", "POL");
    assert_says(world_try_do(w, k->round, "BESLUTAD", NULL, "prior_message", k->talk, NULL),
                "did not reach this group");
    review_by(k, "-30");
    world_as(w, "CHEF", "POL");
    world_do(w, k->round, "BESLUTAD", "prior_message", k->talk, NULL);
    assert_string_equal(world_get(w, k->round, "state"), "BEREDD");
    assert_null(world_get(w, k->round, "decided_at"));
    world_as(w, "CHEF", "SNC");
    world_do(w, k->round, "BESLUTAD", NULL);
    assert_string_equal(world_get(w, k->round, "state"), "BESLUTAD");
    assert_int_equal(str_list_count(world_get(w, k->round, "decided_by")), 2);
    assert_non_null(world_get(w, k->round, "next_decision_due"));
}

static void carry_out(struct walk *k, int i, const char *role, const char *agency)
{
    struct world *w = k->w;
    const char *m = k->measures[i];
    world_as(w, role, agency);
    assert_says(world_try_do(w, m, "RATTSLIGT_PROVAD", NULL, NULL), "legal basis");
    world_do(w, m, "RATTSLIGT_PROVAD", "legal_basis", "ANNAT", "legal_text", "Stöd i lag.", NULL);
    world_do(w, m, "BESLUTAD", NULL);
    assert_non_null(world_get(w, m, "decided_at"));
    world_do(w, m, "PAGAENDE", NULL);
    assert_string_equal(world_get(w, k->round, "state"), "PAGAR");
    assert_says(world_try_do(w, m, "UTFORD", NULL, "executed_at", "2020-01-01 12:00", "result",
                             "TRAFF", NULL),
                "after the decision");
    assert_says(world_try_do(w, m, "UTFORD", NULL, "executed_at", "nu", NULL), "Choose the result");
    world_do(w, m, "UTFORD", "executed_at", "nu", "result", "PAGAR", NULL);
    assert_says(world_try_do(w, m, "REDOVISAD", NULL, NULL), "not an end");
}

static void close_round(struct walk *k)
{
    struct world *w = k->w;
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, k->round, "UTVARDERAS", NULL, NULL), "why the round ends");
    world_do(w, k->round, "UTVARDERAS", "end_reason", "EFFEKT", NULL);
    assert_non_null(world_get(w, k->round, "ended_at"));
    assert_says(world_try_do(w, k->round, "AVSLUTAD", NULL, NULL), "has not been told");
    world_new(w, "group_message", "round", k->round, "channel", "CN", "message_version", k->version,
              NULL);
    assert_string_equal(world_get(w, k->round, "feedback_state"), "ATERKOPPLAD");
    assert_says(world_try_do(w, k->round, "AVSLUTAD", NULL, NULL),
                "2 of the round's measures are not reported");
    world_do(w, k->measures[0], "REDOVISAD", "result", "TRAFF", NULL);
    world_as(w, "KOORD_F", "FRI");
    world_do(w, k->measures[1], "REDOVISAD", "result", "INGEN_TRAFF", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, k->round, "AVSLUTAD", NULL);
    world_do(w, k->incident, "AVSLUTAD", NULL);
}

static void chain_says(struct walk *k, const char *links, const char *blocked)
{
    struct chain_line lines[4];
    struct err e = {0};
    int n = 0;
    assert_true(chain_lines(k->w->c, lines, 4, &n, &e));
    assert_int_equal(n, *links ? 1 : 0);
    if (!n)
        return;
    assert_string_equal(lines[0].id, k->incident);
    assert_string_equal(lines[0].links, links);
    assert_says(lines[0].blocked ? lines[0].blocked : "", blocked);
}

static void an_incident_to_its_end(void **state)
{
    (void)state;
    struct walk k = {.w = world_make()};
    instant now;
    assert_true(instant_from_text("2026-11-21T12:00:00Z", &now));
    clock_set(now);
    known_group(&k);
    review(&k);
    chain_says(&k, "+..--", "analyst");
    decide(&k);
    approve_message(&k);
    plan_talk(&k);
    hold_talk(&k);
    answer_incident(&k);
    decide_round(&k);
    world_as(k.w, "KOORD_P", "POL");
    chain_says(&k, "+++..", "No measure has begun");
    carry_out(&k, 0, "KOORD_P", "POL");
    carry_out(&k, 1, "KOORD_F", "FRI");
    close_round(&k);
    chain_says(&k, "", "");
    clock_set(INSTANT_NONE);
    world_end(k.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_incident_to_its_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
