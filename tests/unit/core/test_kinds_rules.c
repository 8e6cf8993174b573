/* The kinds' own rules, one by one: what is refused, at which field, and what is filled in by
 * itself. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/core/chain.h"

static struct world *w;

static int begin(void **state)
{
    (void)state;
    instant now;
    assert_true(instant_from_text("2026-11-22T12:00:00Z", &now));
    clock_set(now);
    w = world_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(w);
    clock_set(INSTANT_NONE);
    return 0;
}

static const char *new_group(const char *name)
{
    world_as(w, "ANALYT_P", "POL");
    return world_new(w, "group", "name", name, NULL);
}

static const char *new_person(const char *birth)
{
    world_as(w, "ANALYT_P", "POL");
    return world_new(w, "person", "kind", "MEDLEM", "family_name", "Åberg", "birth_date", birth,
                     NULL);
}

static const char *new_incident(const char *dead, const char *injured)
{
    world_as(w, "ANALYT_P", "POL");
    return world_new(w, "incident", "type", "KNIV", "occurred_at", "2026-11-20 20:00", "known_at",
                     "2026-11-20 20:10", "area", "OKAND", "n_dead", dead, "n_injured", injured,
                     NULL);
}

static void groups(void **state)
{
    (void)state;
    const char *a = new_group("Norra kvarn"), *b = new_group("Södra kvarn");
    assert_string_equal(world_get(w, a, "status"), "AKTIV");
    assert_says(world_try_new(w, "group", "name", "Tal", "est_members_low", "9", "est_members_high",
                              "3", NULL),
                "est_members_high");
    assert_says(
        world_try_new(w, "group", "name", "Text", "shared_text", "Leds av 19900602-2397.", NULL),
        "shared_text");
    assert_true(
        *world_try_new(w, "group", "name", "Norra kvarn", NULL)); /* an open name is taken */
    assert_says(world_try_new(w, "group_relation", "group_a", a, "group_b", b, "type", "KONFLIKT",
                              "from", "2026-01", "source_grade", "A", "info_grade", "1", NULL),
                "heat");
    const char *first = strcmp(a, b) < 0 ? a : b, *second = first == a ? b : a;
    const char *r =
        world_new(w, "group_relation", "group_a", second, "group_b", first, "type", "KONFLIKT",
                  "heat", "2", "from", "2026-01", "source_grade", "A", "info_grade", "1", NULL);
    assert_string_equal(world_get(w, r, "group_a"), first); /* one way round */
    assert_string_equal(world_get(w, r, "review_due"), "2027-02-20");
    assert_says(world_try_new(w, "group_relation", "group_a", a, "group_b", b, "type", "KONFLIKT",
                              "heat", "1", "from", "2026-02", "source_grade", "A", "info_grade",
                              "1", NULL),
                "already");
    assert_says(world_try_new(w, "group_relation", "group_a", a, "group_b", b, "type", "ALLIANS",
                              "from", "2026-02", "source_grade", "A", "info_grade", "1", NULL),
                "open conflict");
    assert_says(world_try_new(w, "group_relation", "group_a", a, "group_b", a, "type", "NEUTRAL",
                              "from", "2026-02", "source_grade", "A", "info_grade", "1", NULL),
                "itself");
    assert_fine(world_try_set(w, r, -1, "to", "2026-10", NULL));
    world_new(w, "group_relation", "group_a", a, "group_b", b, "type", "ALLIANS", "from", "2026-11",
              "source_grade", "A", "info_grade", "1", NULL);
}

static void people(void **state)
{
    (void)state;
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_new(w, "person", "kind", "AVHOPPARE", NULL), "kind: The police");
    assert_says(world_try_new(w, "person", "kind", "OFFER", "not_suspected_label", "nej", NULL),
                "not_suspected_label");
    const char *victim = world_new(w, "person", "kind", "OFFER", NULL);
    assert_string_equal(world_get(w, victim, "not_suspected_label"), "1");
    assert_string_equal(world_get(w, victim, "name_quality"), "OKAND");
    assert_fine(world_try_set(w, victim, -1, "kind", "MISSTANKT_KOPPLING", NULL));
    assert_string_equal(world_get(w, victim, "not_suspected_label"), "0");
    assert_says(world_try_new(w, "person", "kind", "OFFER", "birth_date", "+3", NULL),
                "birth_date");
    assert_says(world_try_new(w, "person", "kind", "OFFER", "do_not_contact", "ja", NULL),
                "do_not_contact_reason");
    assert_says(world_try_new(w, "person", "kind", "OFFER", "residence_municipality", "148", NULL),
                "four digits");
    assert_says(
        world_try_new(w, "person", "kind", "OFFER", "supervision_state", "SKYDDSTILLSYN", NULL),
        "supervision_state");
    world_as(w, "AVHOPP_HL", "SNC");
    assert_says(world_try_new(w, "person", "kind", "MEDLEM", NULL), "kind: Social services");
}

static void numbers(void **state)
{
    (void)state;
    const char *p = new_person("1990-06-02");
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "19640823-3235", NULL),
                "value");
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "20030229-9812", NULL),
                "OKAND");
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "19640823-3234", NULL),
                "birth date");
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "19640883-3231", NULL),
                "SAMNR");
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "19900602-2397", "identity_grade", "STYRKT", NULL),
                "identity_grade");
    const char *n = world_new(w, "person_identifier", "person", p, "type", "PNR", "value",
                              "900602-2397", "primary", "ja", NULL);
    assert_string_equal(world_get(w, n, "value"), "199006022397");
    world_new(w, "person_identifier", "person", p, "type", "OKAND", "value", "19640823-3235", NULL);
    assert_says(world_try_new(w, "person_identifier", "person", p, "type", "OKAND", "value", "123",
                              "primary", "ja", NULL),
                "primary");
    assert_says(world_try_set(w, p, -1, "birth_date", "1991-06-02", NULL), "identity number");
    assert_fine(
        world_try_set(w, p, -1, "birth_date", "1991-06-02", "pnr_date_shifted", "ja", NULL));
}

static const char *try_member(const char *person, const char *group, const char *from,
                              const char *criteria)
{
    return world_try_new(w, "membership", "person", person, "group", group, "role", "OKAND", "from",
                         from, "source_grade", "B", "info_grade", "2", "handling", "H1", "criteria",
                         criteria, "suspicion_basis", "P2", NULL);
}

static void memberships(void **state)
{
    (void)state;
    const char *g = new_group("Gården"), *grown = new_person("1990"),
               *young = new_person("2010-03"), *child = new_person("2018"),
               *ageless = new_person("");
    assert_says(try_member(grown, g, "2020", "DOM"), "at least 2");
    assert_says(try_member(child, g, "2026", "DOM,OBSERVERAD"), "years old");
    assert_fine(try_member(grown, g, "2020", "DOM,OBSERVERAD"));
    assert_says(try_member(grown, g, "2021", "DOM,OBSERVERAD"), "open membership");
    const char *m = world_new(w, "membership", "person", young, "group", g, "role", "YNGRE", "from",
                              "2026-05", "source_grade", "B", "info_grade", "2", "handling", "H1",
                              "criteria", "DOM,OBSERVERAD", "suspicion_basis", "P2", NULL);
    assert_string_equal(world_get(w, m, "minor_at_entry"), "1");
    assert_string_equal(world_get(w, m, "review_due"), "2027-05-22"); /* six months */
    assert_says(world_try_set(w, m, -1, "to", "2026-10", NULL), "end_reason");
    assert_says(world_try_set(w, m, -1, "end_reason", "LAMNAT", NULL), "to:");
    assert_fine(try_member(ageless, g, "2026", "DOM,OBSERVERAD"));
    world_as(w, "KOORD_P", "POL");
    world_do(w, m, "BEKRAFTAD", NULL);
    world_do(w, m, "FOR_OMPROVNING", NULL);
    assert_says(world_try_do(w, m, "UPPHORD", NULL, NULL), "when and why");
    world_do(w, m, "UPPHORD", "to", "2026-11", "end_reason", "LAMNAT", NULL);
}

static void incidents(void **state)
{
    (void)state;
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_new(w, "incident", "type", "KNIV", "occurred_at", "2026-11-20 20:00",
                              "known_at", "2026-11-20 19:00", "area", "OKAND", NULL),
                "occurred_at");
    assert_says(world_try_new(w, "incident", "type", "KNIV", "occurred_at", "2026-11-23 20:00",
                              "known_at", "2026-11-23 21:00", "area", "OKAND", NULL),
                "future");
    const char *i = new_incident("0", "1"), *p = new_person("1990"), *q = new_person("1991");
    assert_string_equal(world_get(w, i, "confirmed"), "EJ_BEKRAFTAD");
    assert_null(world_get(w, i, "registered_by_agency"));
    assert_says(
        world_try_new(w, "incident_person", "incident", i, "person", p, "part", "MISSTANKT", NULL),
        "source_grade");
    const char *hurt = world_new(w, "incident_person", "incident", i, "person", p, "part", "SKADAD",
                                 "injury", "LATT", NULL);
    assert_string_equal(world_get(w, hurt, "not_suspected"), "1");
    assert_says(world_try_new(w, "incident_person", "incident", i, "person", q, "part", "SKADAD",
                              "injury", "SVAR", NULL),
                "at least 2");
    assert_says(
        world_try_new(w, "incident_person", "incident", i, "person", q, "part", "AVLIDEN", NULL),
        "number of dead");
    assert_says(world_try_set(w, i, -1, "n_injured", "0", NULL), "n_injured");
    assert_says(world_try_set(w, i, -1, "summary_shared", "Gripen: 19900602-2397", NULL),
                "summary_shared");
    assert_says(world_try_set(w, i, -1, "linked_incident", i, NULL), "itself");
    assert_says(world_try_do(w, i, "DUBBLETT", NULL, NULL), "duplicate");
    const char *kept = new_incident("0", "0");
    world_do(w, i, "DUBBLETT", "linked_incident", kept, NULL);
    assert_says(world_try_do(w, kept, "DUBBLETT", NULL, "linked_incident", i, NULL),
                "itself put aside");
    world_as(w, "JOUR_S", "SNC");
    assert_says(world_try_new(w, "incident", "type", "KNIV", "occurred_at", "nu", "known_at", "nu",
                              "area", "OKAND", "police_ref", "K1", NULL),
                "police_ref");
    const char *theirs =
        world_new(w, "incident", "type", "KNIV", "occurred_precision", "OKAND", "known_at",
                  "2026-11-20 20:10", "occurred_at", "", "area", "OKAND", NULL);
    assert_string_equal(world_get(w, theirs, "owner_agency"), "POL");
    assert_non_null(world_get(w, theirs, "registered_by_agency"));
}

static int64_t figure_tasks(const char *incident)
{
    return look_count(w->c, "task", "subject == \"%s\" and state == \"NY\"", incident);
}

/* A wrong link is corrected with a reason, stays to be seen, and counts nowhere. */
static void wrong_links(void **state)
{
    (void)state;
    const char *i = new_incident("1", "0"), *g = new_group("Fel kvarn");
    const char *p = new_person("1990"), *q = new_person("1991");
    world_as(w, "ANALYT_P", "POL");
    const char *dead =
        world_new(w, "incident_person", "incident", i, "person", p, "part", "AVLIDEN", NULL);
    const char *part =
        world_new(w, "incident_group", "incident", i, "group", g, "part", "UTFORANDE", "certainty",
                  "1", "source_grade", "A", "info_grade", "1", "handling", "H0", NULL);
    assert_string_equal(world_get(w, dead, "state"), "KOPPLAD");
    assert_says(world_try_set(w, i, -1, "n_dead", "0", NULL), "n_dead");
    assert_says(world_try_set(w, dead, -1, "state", "FELKOPPLAD", NULL), "state");
    assert_says(world_try_do(w, dead, "FELKOPPLAD", NULL, NULL), "reason");
    world_as(w, "KOORD_S", "SNC");
    assert_says(world_try_do(w, part, "FELKOPPLAD", "Fel grupp", NULL), "denied");
    /* its tasks are made anew: one that went missing is there again */
    world_as_system(w);
    int64_t tasks = figure_tasks(i);
    assert_true(tasks > 0);
    struct record *task = look_first(w->c, "task", "id", "subject == \"%s\"", i);
    assert_fine(world_try_set(w, task->id, -1, "state", "AVBRUTEN", NULL));
    record_free(task);
    assert_int_equal(figure_tasks(i), tasks - 1);
    world_as(w, "JOUR_P", "POL");
    assert_fine(world_try_do(w, dead, "FELKOPPLAD", "Förväxlad med en namne.", NULL));
    assert_int_equal(figure_tasks(i), tasks);
    world_as(w, "KOORD_P", "POL");
    assert_fine(world_try_do(w, part, "FELKOPPLAD", "Uppgiften var fel.", NULL));
    assert_string_equal(world_get(w, part, "state"), "FELKOPPLAD");
    /* the end of its way, and nothing in it changes */
    assert_says(world_try_do(w, part, "KOPPLAD", NULL, NULL), "rule");
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_set(w, dead, -1, "part", "VITTNE", NULL), "locked");
    /* figures, links and rounds go on as if it were not there */
    world_new(w, "incident_person", "incident", i, "person", q, "part", "AVLIDEN", NULL);
    world_new(w, "incident_person", "incident", i, "person", p, "part", "VITTNE", NULL);
    world_new(w, "incident_group", "incident", i, "group", g, "part", "MAL", "certainty", "1",
              "source_grade", "A", "info_grade", "1", "handling", "H0", NULL);
    assert_says(
        world_try_new(w, "incident_person", "incident", i, "person", p, "part", "VITTNE", NULL),
        "already");
}

static bool on_my_day_of_this(const char *incident)
{
    struct chain_line lines[200];
    int n = 0;
    struct err e = {0};
    if (!chain_lines(w->c, lines, (int)N_OF(lines), &n, &e))
        fail_msg("%s", e.text);
    for (int i = 0; i < n; i++)
        if (strcmp(lines[i].id, incident) == 0)
            return true;
    return false;
}

static bool on_my_day(const char *incident)
{
    world_as(w, "KOORD_P", "POL");
    return on_my_day_of_this(incident);
}

/* My day follows the groups that are linked; a wrong link is none. A round cannot stand on one. */
static void wrong_group(void **state)
{
    (void)state;
    const char *i = new_incident("0", "0"), *g = new_group("Misstagets kvarn");
    const char *right = new_group("Rätt kvarn");
    const char *part =
        world_new(w, "incident_group", "incident", i, "group", g, "part", "UTFORANDE", "certainty",
                  "1", "source_grade", "A", "info_grade", "1", "handling", "H0", NULL);
    assert_true(on_my_day(i));
    world_as(w, "ANALYT_P", "POL");
    assert_fine(world_try_do(w, part, "FELKOPPLAD", "Uppgiften var fel.", NULL));
    assert_false(on_my_day(i));
    world_as(w, "KOORD_S", "SNC"); /* nor for those who see only the shared part */
    assert_false(on_my_day_of_this(i));
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "incident_group", "incident", i, "group", right, "part", "UTFORANDE", "certainty",
              "1", "source_grade", "A", "info_grade", "1", "handling", "H0", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_new(w, "sanction_round", "target_group", g, "trigger_incidents", i,
                              "trigger_rule", "FORSTA_GRUPP", NULL),
                "trigger_incidents");
    assert_fine(world_try_new(w, "sanction_round", "target_group", right, "trigger_incidents", i,
                              "trigger_rule", "FORSTA_GRUPP", NULL));
}

static void offers(void **state)
{
    (void)state;
    const char *police_person = new_person("1990");
    world_as(w, "AVHOPP_HL", "SNC");
    const char *p = world_new(w, "person", "kind", "AVHOPPARE", NULL);
    assert_says(
        world_try_new(w, "help_offer", "given_in", "TELEFON", "offer_kinds", "RADGIVNING", NULL),
        "anonymous");
    assert_true(*world_try_new(w, "help_offer", "person", police_person, "given_in", "TELEFON",
                               "offer_kinds", "RADGIVNING", NULL));
    assert_says(world_try_new(w, "help_offer", "person", p, "given_in", "TELEFON", "offer_kinds",
                              "RADGIVNING", "decline_reason", "KVAR", NULL),
                "decline_reason");
    const char *o = world_new(w, "help_offer", "person", p, "given_in", "TELEFON", "offer_kinds",
                              "RADGIVNING", NULL);
    assert_string_equal(world_get(w, o, "given_by"), world_user(w, "AVHOPP_HL", "SNC"));
    assert_says(world_try_do(w, o, "AVBOJT", NULL, "response", "JA", NULL), "answer no");
    assert_says(world_try_do(w, o, "INTRESSE", NULL, "response", "NEJ", NULL), "thinking");
    world_do(w, o, "AVBOJT", "response", "NEJ", "decline_reason", "KVAR", NULL);
    assert_non_null(world_get(w, o, "response_at"));
    const char *silent = world_new(w, "help_offer", "anonymous", "ja", "given_in", "GATA",
                                   "offer_kinds", "RADGIVNING", NULL);
    world_do(w, silent, "INGET_SVAR", NULL);
    assert_string_equal(world_get(w, silent, "response"), "INGET");
}

static void measures(void **state)
{
    (void)state;
    const char *g = new_group("Bruket"), *child = new_person("2013"), *ageless = new_person(""),
               *grown = new_person("1990");
    const char *i = new_incident("0", "0");
    world_as(w, "KOORD_P", "POL");
    const char *r = world_new(w, "sanction_round", "target_group", g, "trigger_incidents", i,
                              "trigger_rule", "MEST_VALDSAM", NULL);
    assert_says(world_try_new(w, "measure", "round", r, "kind", "DROGKONTROLL", "target_type",
                              "GRUPP", "target", g, "planned_from", "idag", "planned_to", "+7",
                              NULL),
                "no such measure");
    assert_says(world_try_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "GRUPP",
                              "target", g, "planned_from", "idag", "planned_to", "-1", NULL),
                "planned_to");
    assert_says(world_try_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "PERSON",
                              "target", child, "planned_from", "idag", "planned_to", "+7", NULL),
                "under 15");
    assert_says(world_try_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "GRUPP",
                              "target", g, "planned_from", "2026-11-01", "planned_to", "+7",
                              "planned_in_round", "ja", NULL),
                "planned_in_round");
    assert_says(world_try_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "PLATS",
                              "planned_from", "idag", "planned_to", "+7", NULL),
                "target_text");
    const char *m = world_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "PERSON",
                              "target", ageless, "planned_from", "idag", "planned_to", "+7", NULL);
    const char *long_text = "Personen leder gruppen och har varnats två gånger.";
    assert_says(world_try_do(w, m, "RATTSLIGT_PROVAD", NULL, "legal_basis", "POLISLAGEN",
                             "legal_text", "13 §", "proportionality_text", long_text, NULL),
                "age is not known");
    assert_fine(world_try_set(w, m, -1, "target", grown, NULL));
    assert_says(world_try_do(w, m, "RATTSLIGT_PROVAD", NULL, "legal_basis", "POLISLAGEN",
                             "legal_text", "13 §", NULL),
                "proportionate");
    assert_says(world_try_set(w, m, -1, "proportionality_text", "För kort.", NULL),
                "proportionality_text");
    world_do(w, m, "RATTSLIGT_PROVAD", "legal_basis", "POLISLAGEN", "legal_text", "13 §",
             "proportionality_text", long_text, NULL);
    world_do(w, m, "BESLUTAD", NULL);
    assert_says(world_try_do(w, m, "PAGAENDE", NULL, NULL), "round is not decided");
    assert_says(world_try_do(w, m, "AVBRUTEN", NULL, NULL), "why it was not done");
}

static const char *new_round(void)
{
    const char *g = new_group("Slussen"), *i = new_incident("0", "0");
    world_as(w, "KOORD_P", "POL");
    return world_new(w, "sanction_round", "target_group", g, "trigger_incidents", i, "trigger_rule",
                     "MEST_VALDSAM", NULL);
}

static const char *name_in_round(const char *round, const char *person, const char *exempt)
{
    return world_try_new(w, "round_person", "round", round, "person", person, "reason",
                         "Sedd med gruppen.", "exempt", exempt, NULL);
}

static void round_people(void **state)
{
    (void)state;
    const char *r = new_round(), *child = new_person("2013"), *ageless = new_person(""),
               *grown = new_person("1990"), *left_alone = new_person("1991"),
               *of_police = new_person("1992");
    world_as(w, "KOORD_P", "POL");
    assert_says(name_in_round(r, child, "nej"), "under 15");
    assert_fine(name_in_round(r, child, "ja"));
    assert_says(name_in_round(r, ageless, "nej"), "age is not known");
    assert_fine(name_in_round(r, ageless, "ja"));
    assert_fine(name_in_round(r, grown, ""));
    assert_says(name_in_round(r, grown, "nej"), "already");
    assert_says(world_try_new(w, "round_person", "round", r, "person", left_alone, NULL), "reason");
    assert_fine(name_in_round(r, left_alone, "ja"));
    /* whoever is exempt is no target, and whoever is a target is not made exempt behind its back */
    assert_says(world_try_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "PERSON",
                              "target", left_alone, "planned_from", "idag", "planned_to", "+7", NULL),
                "exempt from this round");
    world_new(w, "measure", "round", r, "kind", "NARVARO", "target_type", "PERSON", "target", grown,
              "planned_from", "idag", "planned_to", "+7", NULL);
    struct record *row = look_first(w->c, "round_person", "id", "person == \"%s\"", grown);
    const char *id = arena_strdup(&w->c->scratch, row->id);
    record_free(row);
    assert_says(world_try_set(w, id, -1, "exempt", "ja", NULL), "break it off first");
    /* each agency its own register; social services name nobody */
    world_as(w, "KOORD_F", "FRI");
    assert_true(*name_in_round(r, of_police, "nej"));
    world_as(w, "KOORD_S", "SNC");
    assert_says(name_in_round(r, grown, "nej"), "may not make");
    world_as(w, "AVHOPP_HL", "SNC");
    const char *helped = world_new(w, "person", "kind", "AVHOPPARE", "birth_date", "1990", NULL);
    world_as_system(w);
    assert_says(name_in_round(r, helped, "nej"), "own register");
}

static void promises(void **state)
{
    (void)state;
    const char *g = new_group("Ån"), *i = new_incident("0", "0");
    world_as(w, "KOORD_P", "POL");
    const char *r = world_new(w, "sanction_round", "target_group", g, "trigger_incidents", i,
                              "trigger_rule", "ANNAN", NULL);
    const char *threat = world_new(w, "promise", "made_in", r, "kind", "KONSEKVENS", "to", g,
                                   "text", "Nästa gång kommer vi.", NULL);
    assert_string_equal(world_get(w, threat, "state_shared"), "LAMNAT");
    assert_says(world_try_new(w, "promise", "made_in", r, "kind", "HJALP", "to", g, "text",
                              "Vi hjälper.", NULL),
                "due");
    assert_says(world_try_new(w, "promise", "made_in", r, "kind", "KONSEKVENS", "to", i, "text",
                              "Fel.", NULL),
                "to:");
    world_do(w, threat, "PAGAR", NULL);
    assert_string_equal(world_get(w, threat, "state_shared"), "PAGAR");
    assert_says(world_try_do(w, threat, "HALLET", NULL, NULL), "kept");
    assert_says(world_try_do(w, threat, "HALLET", NULL, "evidence", r, NULL), "sanction round");
    const char *help = world_new(w, "promise", "made_in", r, "kind", "HJALP", "to", g, "text",
                                 "Vi hjälper.", "due", "+7", NULL);
    world_do(w, help, "PAGAR", NULL);
    assert_string_equal(world_get(w, help, "state"), "PAGAR");
    assert_string_equal(world_get(w, help, "state_shared"),
                        "LAMNAT"); /* whether help came is not told */
}

static void notes(void **state)
{
    (void)state;
    const char *p = new_person("1990");
    assert_says(world_try_new(w, "note", "subject", p, "kind", "OBSERVATION", "text", "Sett.",
                              "event_at", "+1 12:00", NULL),
                "event_at");
    const char *n =
        world_new(w, "note", "subject", p, "kind", "OBSERVATION", "text", "Sett vid torget.", NULL);
    assert_says(world_try_new(w, "note", "subject", p, "kind", "RATTELSE", "text", "Fel.",
                              "corrects", n, NULL),
                "not signed yet");
    world_do(w, n, "SIGNERAD", NULL);
    assert_says(world_try_set(w, n, -1, "text", "Annat.", NULL), "correction");
    assert_says(world_try_new(w, "note", "subject", p, "kind", "RATTELSE", "text", "Fel.", NULL),
                "corrects");
    world_new(w, "note", "subject", p, "kind", "RATTELSE", "text", "Det var en annan.", "corrects",
              n, NULL);
}

static void reopening(void **state)
{
    (void)state;
    const char *i = new_incident("0", "0");
    world_do(w, i, "TRIAGERAD", "retaliation_risk", "0", "confirmed", "BEKRAFTAD", NULL);
    world_new(w, "incident_review", "at", "2026-11-22 09:00", "incidents", i, NULL);
    world_do(w, i, "GRANSKAD", NULL);
    const char *first = world_new(w, "gmi_decision", "incident", i, "value", "NEJ", "certainty",
                                  "1", "basis_text", "Bråk.", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    world_as(w, "ANALYT_P", "POL");
    assert_says(world_try_do(w, i, "OMPROVAS", NULL, NULL), "new information");
    world_do(w, i, "OMPROVAS", "reopen_text", "Ett vittne har hört av sig.", NULL);
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_do(w, i, "GMI_BESLUTAD", NULL, NULL), "new decision");
    world_as(w, "ANALYT_P", "POL");
    const char *second = world_new(w, "gmi_decision", "incident", i, "value", "JA", "certainty",
                                   "2", "role", "OFFER", "basis_text", "Vittnet.", NULL);
    assert_string_equal(world_get(w, second, "supersedes"), first);
    world_as(w, "KOORD_P", "POL");
    world_do(w, i, "GMI_BESLUTAD", NULL);
    assert_non_null(world_get(w, second, "decided_at"));
    world_do(w, i, "AVSLUTAD", "no_response_reason", "RESURS", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups),      cmocka_unit_test(people),      cmocka_unit_test(numbers),
        cmocka_unit_test(memberships), cmocka_unit_test(incidents),   cmocka_unit_test(offers),
        cmocka_unit_test(measures),    cmocka_unit_test(promises),    cmocka_unit_test(notes),
        cmocka_unit_test(reopening),   cmocka_unit_test(wrong_links), cmocka_unit_test(wrong_group),
        cmocka_unit_test(round_people),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
