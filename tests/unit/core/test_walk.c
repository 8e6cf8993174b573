/* One incident through all three legs, with every door tried while it is still shut: each guard refuses with a sentence
 * that says what to do, and opens when it was done. */
#include "world.h"

#include "treben/base/date.h"

#include <stdio.h>

struct city { /* what the walk needs around it */
    const char *group, *person, *incident, *version, *talk, *round;
    const char *now, *today;
};

static struct arena kept; /* ids outlive the request's scratch */

static const char *keep(const char *id)
{
    return arena_strdup(&kept, id);
}

static const char *days_ago(int days)
{
    char text[INSTANT_TEXT];
    instant_text(clock_now() - (instant)days * 86400, text);
    return keep(text);
}

static const char *make_version(struct world *w)
{
    world_as(w, "KOORD_S", "SNC");
    const char *message = keep(world_new(w, "message", "code", "KARNA", "purpose", "CN", NULL));
    const char *v = keep(world_new(w, "message_version", "message", message, "language", "sv", "text",
                                   "Vi vill inte att du ska dö eller döda. Det finns hjälp.", NULL));
    world_do(w, v, "REMISS", NULL);
    assert_says(world_try_do(w, v, "GODKAND", NULL, NULL), "proposed"); /* four eyes */
    world_as(w, "CHEF", "SNC");
    world_do(w, v, "GODKAND", NULL);
    assert_string_equal(world_get(w, v, "state"), "REMISS"); /* one of three */
    assert_says(world_try_do(w, v, "GODKAND", NULL, NULL), "already");
    world_as(w, "KOORD_P", "POL");
    world_do(w, v, "GODKAND", NULL);
    world_as(w, "KOORD_F", "FRI");
    world_do(w, v, "GODKAND", NULL);
    assert_string_equal(world_get(w, v, "state"), "GODKAND");
    return v;
}

static void make_picture(struct world *w, struct city *c)
{
    world_as(w, "ANALYT_P", "POL");
    c->group = keep(world_new(w, "group", "name", "Kvarnen", "status", "AKTIV", "priority", "1", "violence_level", "3", NULL));
    c->person = keep(world_new(w, "person", "kind", "MEDLEM", "family_name", "Öberg", "given_names", "Adnan", "birth_date",
                               "1999-04-12", "protection_level", "INGEN", "not_suspected_label", "0", NULL));
    const char *m = keep(world_new(w, "membership", "person", c->person, "group", c->group, "role", "MEDLEM", "from", "2023",
                                   "source_grade", "A", "info_grade", "2", "handling", "H0", "criteria", "DOM,OBSERVERAD", "suspicion_basis", "P1A", NULL));
    assert_says(world_try_do(w, m, "BEKRAFTAD", NULL, NULL), "denied");
    world_as(w, "KOORD_P", "POL");
    world_do(w, m, "BEKRAFTAD", NULL);
    c->version = make_version(w);
}

/* 2.2, until the decision */
static void review_incident(struct world *w, struct city *c)
{
    world_as(w, "JOUR_P", "POL");
    c->incident = keep(world_new(w, "incident", "type", "SKJUTNING", "occurred_at", days_ago(2), "occurred_precision", "EXAKT",
                                 "known_at", days_ago(2), "area", "OKAND", "summary_shared", "Skott mot en port.", NULL));
    assert_says(world_try_do(w, c->incident, "GRANSKAD", NULL, NULL), "cannot become");
    assert_says(world_try_do(w, c->incident, "TRIAGERAD", NULL, NULL), "rule");
    world_do(w, c->incident, "TRIAGERAD", "retaliation_risk", "2", "confirmed", "BEKRAFTAD", NULL);
    assert_says(world_try_do(w, c->incident, "GRANSKAD", NULL, NULL), "denied");
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_do(w, c->incident, "GRANSKAD", NULL, NULL), "review");
    world_new(w, "incident_group", "incident", c->incident, "group", c->group, "part", "UTFORANDE", "certainty", "1",
              "source_grade", "A", "info_grade", "2", "handling", "H0", NULL);
    world_new(w, "incident_review", "at", days_ago(1), "incidents", c->incident, NULL);
    world_do(w, c->incident, "GRANSKAD", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, c->incident, "GMI_BESLUTAD", NULL, NULL), "rule");
    const char *own = keep(world_new(w, "gmi_decision", "incident", c->incident, "value", "JA", "certainty", "1", "role",
                                     "GARNING", "basis_text", "Spaning och vittne.", NULL));
    assert_says(world_try_do(w, c->incident, "GMI_BESLUTAD", NULL, NULL), "rule"); /* proposer is not decider */
    assert_says(world_try_set(w, own, -1, "value", "NEJ", NULL), "cannot be changed");
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "gmi_decision", "incident", c->incident, "value", "JA", "certainty", "1", "role", "GARNING", "basis_text",
              "Spaning, vittne och beslag.", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, c->incident, "GMI_BESLUTAD", NULL);
    assert_says(world_try_do(w, c->incident, "BESVARAD", NULL, NULL), "rule"); /* planned is not answered */
    assert_says(world_try_do(w, c->incident, "AVSLUTAD", NULL, NULL), "rule");
}

static void deconflict(struct world *w, const char *subject)
{
    static const char *const who[][2] = {{"KOORD_S", "SNC"}, {"KOORD_P", "POL"}, {"KOORD_F", "FRI"}};
    for (size_t i = 0; i < N_OF(who); i++) {
        world_as(w, who[i][0], who[i][1]);
        world_new(w, "deconfliction", "subject", subject, "agency", who[i][1], "answer", "KLAR", NULL);
    }
}

/* 2.4 */
static void hold_talk(struct world *w, struct city *c)
{
    world_as(w, "ANALYT_P", "POL");
    c->talk = keep(world_new(w, "custom_notification", "person", c->person, "trigger", "HANDELSE", "trigger_incident",
                             c->incident, "planned_place", "FRIVARD", NULL));
    world_as(w, "KOORD_S", "SNC");
    assert_says(world_try_do(w, c->talk, "GODKAND", NULL, NULL), "rule");
    deconflict(w, c->talk);
    world_as(w, "KOORD_S", "SNC");
    world_do(w, c->talk, "GODKAND", NULL);
    assert_string_equal(world_get(w, c->talk, "state"), "FORESLAGEN");
    world_as(w, "KOORD_F", "FRI");
    world_do(w, c->talk, "GODKAND", NULL);
    assert_string_equal(world_get(w, c->talk, "state"), "GODKAND");
    const char *police = world_user(w, "OPERATIV_P", "POL"), *probation = world_user(w, "FRIV_INSP", "FRI");
    char both[64];
    snprintf(both, sizeof both, "%s,%s", police, probation);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, c->talk, "PLANERAD", NULL, "deliverers", police, "message_version", c->version, NULL), "two");
    world_do(w, c->talk, "PLANERAD", "deliverers", both, "message_version", c->version, NULL);
    assert_says(world_try_do(w, c->talk, "GENOMFORD", NULL, NULL), "denied");
    world_as(w, "FRIV_INSP", "FRI");
    assert_says(world_try_do(w, c->talk, "FORSOKT", NULL, NULL), "rule");
    world_new(w, "notification_attempt", "custom_notification", c->talk, "at", days_ago(0), "place", "FRIVARD", "result",
              "MOTT", NULL);
    world_do(w, c->talk, "FORSOKT", NULL);
    assert_says(world_try_do(w, c->talk, "GENOMFORD", NULL, NULL), "rule");
    world_do(w, c->talk, "GENOMFORD", "delivered_at", days_ago(0), "present_others", "ENSAM", "reaction", "MOTTAGLIG", NULL);
}

/* 2.5 as far as this slice goes */
static void offer_help(struct world *w, struct city *c)
{
    world_as(w, "FRIV_INSP", "FRI");
    const char *client = keep(world_new(w, "person", "kind", "KLIENT", "family_name", "Öberg", "given_names", "Adnan",
                                        "protection_level", "INGEN", NULL));
    const char *offer = keep(world_new(w, "help_offer", "person", client, "given_in", "CN", "given_at", days_ago(0),
                                       "offer_kinds", "SAMTALSSTOD,BOENDE", NULL));
    assert_says(world_try_do(w, offer, "INTRESSE", NULL, NULL), "rule");
    world_do(w, offer, "INTRESSE", "response", "JA", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, offer, "KONTAKT_TAGEN", NULL, NULL), "denied");
    (void)c;
}

static const char *new_measure(struct world *w, const struct city *c, const char *agency, const char *kind)
{
    world_as(w, strcmp(agency, "POL") == 0 ? "KOORD_P" : strcmp(agency, "FRI") == 0 ? "KOORD_F" : "KOORD_S", agency);
    return keep(world_new(w, "measure", "round", c->round, "kind", kind, "target_type", "GRUPP", "target", c->group, "planned_from", "idag",
                          "planned_to", "+7", "shared_text", "Åtgärd mot gruppen.", NULL));
}

static void run_measure(struct world *w, const char *m)
{
    assert_says(world_try_do(w, m, "RATTSLIGT_PROVAD", NULL, NULL), "rule");
    world_do(w, m, "RATTSLIGT_PROVAD", "legal_basis", "ANNAT", "legal_text", "Stöd i lag.", NULL);
    world_do(w, m, "BESLUTAD", NULL);
}

static void execute(struct world *w, const char *m)
{
    char at[INSTANT_TEXT];
    instant_text(clock_now(), at);
    world_do(w, m, "PAGAENDE", NULL);
    assert_says(world_try_do(w, m, "UTFORD", NULL, NULL), "rule");
    world_do(w, m, "UTFORD", "executed_at", at, "result", "TRAFF", NULL);
}

/* 2.6 */
static void run_round(struct world *w, struct city *c)
{
    world_as(w, "KOORD_P", "POL");
    c->round = keep(world_new(w, "sanction_round", "target_group", c->group, "trigger_incidents", c->incident, "trigger_rule",
                              "FORSTA_GRUPP", "objective", "Mindre våld.", NULL));
    const char *police = new_measure(w, c, "POL", "RIKTAD_KONTROLL");
    run_measure(w, police);
    assert_says(world_try_do(w, police, "PAGAENDE", NULL, NULL), "rule"); /* the round is not decided */
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, c->round, "BEREDD", NULL, NULL), "rule"); /* two agencies have not answered */
    const char *probation = new_measure(w, c, "FRI", "DROGKONTROLL");
    run_measure(w, probation);
    const char *city = new_measure(w, c, "SNC", "TILLSYN");
    run_measure(w, city);
    world_as(w, "KOORD_P", "POL");
    world_do(w, c->round, "BEREDD", NULL);
    world_as(w, "CHEF", "POL");
    assert_says(world_try_do(w, c->round, "BESLUTAD", NULL, NULL), "rule"); /* never warned */
    world_do(w, c->round, "BESLUTAD", "prior_message", c->talk, NULL);
    assert_string_equal(world_get(w, c->round, "state"), "BEREDD");
    assert_says(world_try_do(w, c->round, "BESLUTAD", NULL, NULL), "already");
    world_as(w, "CHEF", "FRI");
    world_do(w, c->round, "BESLUTAD", NULL);
    assert_string_equal(world_get(w, c->round, "state"), "BESLUTAD");
    world_as(w, "KOORD_P", "POL");
    execute(w, police);
    assert_string_equal(world_get(w, c->round, "state"), "PAGAR"); /* by itself */
    world_as(w, "KOORD_F", "FRI");
    execute(w, probation);
    world_do(w, probation, "REDOVISAD", NULL);
    world_as(w, "KOORD_S", "SNC");
    assert_says(world_try_do(w, city, "EJ_UTFORD", NULL, NULL), "rule");
    world_do(w, city, "EJ_UTFORD", "not_done_reason", "RESURS", NULL);
    world_do(w, city, "REDOVISAD", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, c->round, "UTVARDERAS", NULL, NULL), "rule");
    world_do(w, c->round, "UTVARDERAS", "end_reason", "EFFEKT", NULL);
    assert_says(world_try_do(w, c->round, "AVSLUTAD", NULL, NULL), "rule"); /* the group was not told */
    world_new(w, "group_message", "group", c->group, "round", c->round, "channel", "CN", "message_version", c->version, "at",
              days_ago(0), NULL);
    assert_string_equal(world_get(w, c->round, "feedback_state"), "ATERKOPPLAD");
    assert_says(world_try_do(w, c->round, "AVSLUTAD", NULL, NULL), "rule"); /* one measure is not reported */
    world_do(w, police, "REDOVISAD", NULL);
    world_do(w, c->round, "AVSLUTAD", NULL);
}

static void close_incident(struct world *w, struct city *c)
{
    world_as(w, "KOORD_P", "POL");
    world_new(w, "response_item", "incident", c->incident, "kind", "CN", "agency", "POL", "ref", c->talk, NULL);
    world_new(w, "response_item", "incident", c->incident, "kind", "SANKTION", "agency", "POL", "ref", c->round, NULL);
    if (strcmp(world_get(w, c->incident, "state"), "GMI_BESLUTAD") == 0)
        world_do(w, c->incident, "BESVARAD", NULL);
    world_do(w, c->incident, "AVSLUTAD", NULL);
    assert_string_equal(world_get(w, c->incident, "state"), "AVSLUTAD");
    assert_int_equal(look_count(w->c, "task", "subject == \"%s\" and state in (\"NY\", \"PAGAR\", \"VANTAR\")", c->incident), 0);
}

static void whole_walk(void **state)
{
    (void)state;
    struct world *w = world_make();
    struct city c = {0};
    make_picture(w, &c);
    review_incident(w, &c);
    hold_talk(w, &c);
    offer_help(w, &c);
    run_round(w, &c);
    close_incident(w, &c);
    world_end(w);
    arena_done(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_walk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
