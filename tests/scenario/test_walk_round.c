/* Walk (c): a sanction round from a decided incident, with measures of three agencies, told to the group and
 * closed, and its promise kept. The same round against a group that nobody warned. On the way what must never
 * happen (dossier 2.6) is tried, each by the account that would. */
#include "staff.h"

#include "treben/base/mem.h"

#define WHY_FAIR "Personen driver konflikten och har varnats två gånger."

struct walk {
    struct staff all, *s;
    char *group, *unwarned, *person, *child, *version, *warning, *promise, *incident, *round;
    char *police, *probation, *city; /* measures */
};

/* --- the city before: a warned group, a decided incident */

static void approve_text(struct walk *w)
{
    AUTOFREE char *message = made(w->s, "asa.lind", "message",
                                  json_pack("{s:s, s:s}", "code", "KARNA", "purpose", "ATERKOPPLING"));
    w->version = made(w->s, "asa.lind", "message_version",
                      json_pack("{s:s, s:s, s:s}", "message", message, "language", "sv", "text",
                                "Nästa skott får följder för hela gruppen. Vi hjälper den som vill bort."));
    done(w->s, "asa.lind", w->version, "REMISS", NULL);
    talk_ask(by(w->s, "ingrid.ros"), "do", step(w->version, "GODKAND", NULL));
    talk_ask(by(w->s, "hakan.ek"), "do", step(w->version, "GODKAND", NULL));
    done(w->s, "eva.strand", w->version, "GODKAND", NULL);
}

static char *new_person(struct walk *w, const char *name, const char *birth)
{
    return made(w->s, "mira.holm", "person",
                json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name", name, "birth_date",
                          birth));
}

static void decide_incident(struct walk *w)
{
    w->incident = made(w->s, "mira.holm", "incident",
                       json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                                 "2026-11-20 23:10", "known_at", "2026-11-20 23:20", "area", "OKAND"));
    done(w->s, "mira.holm", w->incident, "TRIAGERAD", json_pack("{s:s}", "retaliation_risk", "2"));
    free(made(w->s, "mira.holm", "incident_review",
              json_pack("{s:s, s:s}", "at", "2026-11-21 09:00", "incidents", w->incident)));
    done(w->s, "mira.holm", w->incident, "GRANSKAD", NULL);
    free(made(w->s, "mira.holm", "gmi_decision",
              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "incident", w->incident, "value", "JA",
                        "certainty", "2", "role", "GARNING", "motive", "GRUPPKONFLIKT", "basis_text",
                        "Bilen och hylsorna.")));
    done(w->s, "hakan.ek", w->incident, "GMI_BESLUTAD", NULL);
}

static int make(void **state)
{
    struct walk *w = xcalloc(1, sizeof *w);
    *state = w;
    w->s = &w->all;
    w->s->st = stage_make();
    day(w->s, "2026-11-22T09:00:00Z");
    w->group = made(w->s, "mira.holm", "group", json_pack("{s:s}", "name", "Kvarnen"));
    w->unwarned = made(w->s, "mira.holm", "group", json_pack("{s:s}", "name", "Norra kvarn"));
    w->person = new_person(w, "Öberg", "1999-04-12");
    w->child = new_person(w, "Ek", "2013-02-01");
    approve_text(w);
    w->warning = made(w->s, "hakan.ek", "group_message",
                      json_pack("{s:s, s:s, s:s, s:s}", "group", w->group, "channel", "FRIVARD",
                                "message_version", w->version, "at", "2026-11-22 09:30"));
    w->promise = made(w->s, "hakan.ek", "promise",
                      json_pack("{s:s, s:s, s:s}", "made_in", w->warning, "kind", "KONSEKVENS",
                                "text", "Nästa skott får följder för hela gruppen."));
    decide_incident(w);
    return 0;
}

static int end(void **state)
{
    struct walk *w = *state;
    char *ids[] = {w->group,   w->unwarned, w->person, w->child,  w->version,   w->warning,
                   w->promise, w->incident, w->round,  w->police, w->probation, w->city};
    leave(w->s);
    stage_end(w->s->st);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        free(ids[i]);
    free(w);
    return 0;
}

/* --- preparing: each agency lists its own */

static void assert_due(struct walk *w, const char *login, const char *clock, const char *about,
                       const char *due)
{
    AUTOFREE char *filter =
        xprintf("clock == \"%s\" and subject == \"%s\" and state == \"NY\"", clock, about);
    const json_t *found = rows(w->s, login, "task", filter);
    assert_int_equal(json_array_size(found), due ? 1 : 0);
    if (due)
        assert_string_equal(text_at(found, "0.due"), due);
}

static json_t *against_person(struct walk *w, const char *person)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "round", w->round, "kind",
                     "RIKTAD_KONTROLL", "target_type", "PERSON", "target", person, "planned_from",
                     "idag", "planned_to", "+7", "shared_text", "Riktad kontroll.", "internal_text",
                     "Bilen står vid Kvarngatan.");
}

static json_t *against_place(struct walk *w, const char *target)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s*}", "round", w->round, "kind",
                     "TILLSYN", "target_type", "PLATS", "target_text", "Restaurang vid torget",
                     "planned_from", "idag", "planned_to", "+7", "shared_text",
                     "Tillsyn av serveringen.", "target", target);
}

static json_t *new_round(struct walk *w, const char *group, const char *incidents)
{
    (void)w;
    return json_pack("{s:s, s:s, s:s, s:s}", "target_group", group, "trigger_incidents", incidents,
                     "trigger_rule", "FORSTA_GRUPP", "objective", "Skotten ska upphöra.");
}

static void three_agencies_list_their_measures(void **state)
{
    struct walk *w = *state;
    assert_due(w, "hakan.ek", "c1_round_decided", w->incident, "2026-11-27T22:20:00Z"); /* C1: known + 7 days */
    assert_due(w, "hakan.ek", "c2_first_measure", w->incident, "2026-11-27T22:20:00Z"); /* C2: known + 7 days */
    no_new(w->s, "asa.lind", "sanction_round", new_round(w, w->group, w->incident), "may not make");
    w->round = made(w->s, "hakan.ek", "sanction_round", new_round(w, w->group, w->incident));
    free(made(w->s, "hakan.ek", "round_person",
              json_pack("{s:s, s:s, s:s}", "round", w->round, "person", w->person, "reason",
                        "Drivande i konflikten.")));
    w->police = made(w->s, "hakan.ek", "measure", against_person(w, w->person));
    w->probation = made(w->s, "eva.strand", "measure",
                        json_pack("{s:s, s:s, s:s, s:s, s:s}", "round", w->round, "kind",
                                  "TATARE_KONTAKT", "target_type", "GRUPP", "planned_from", "idag",
                                  "planned_to", "+7"));
    no_step(w->s, "hakan.ek", w->round, "BEREDD", NULL, "Waiting for an answer from the city");
    w->city = made(w->s, "asa.lind", "measure", against_place(w, NULL));
    done(w->s, "hakan.ek", w->round, "BEREDD", NULL);
}

static void no_measure_without_a_personal_legal_basis(void **state)
{
    struct walk *w = *state;
    no_step(w->s, "hakan.ek", w->police, "RATTSLIGT_PROVAD", NULL, "legal basis");
    no_step(w->s, "hakan.ek", w->police, "RATTSLIGT_PROVAD",
            json_pack("{s:s}", "legal_basis", "POLISLAGEN"), "proportionate");
    no_step(w->s, "hakan.ek", w->police, "BESLUTAD", NULL, "cannot become");
    done(w->s, "hakan.ek", w->police, "RATTSLIGT_PROVAD",
         json_pack("{s:s, s:s}", "legal_basis", "POLISLAGEN", "proportionality_text", WHY_FAIR));
    no_set(w->s, "hakan.ek", w->police, json_pack("{s:s}", "legal_basis", ""), "legal_basis");
    no_set(w->s, "hakan.ek", w->police, json_pack("{s:s}", "proportionality_text", ""),
           "proportionality_text");
    done(w->s, "hakan.ek", w->police, "BESLUTAD", NULL);
}

static void no_measure_against_a_child(void **state)
{
    struct walk *w = *state;
    no_new(w->s, "hakan.ek", "measure", against_person(w, w->child), "under 15");
    no_new(w->s, "hakan.ek", "round_person",
           json_pack("{s:s, s:s, s:s}", "round", w->round, "person", w->child, "reason", "Sedd."),
           "under 15");
    /* the age turns out only when the measure is written already */
    AUTOFREE char *unsure = new_person(w, "Strand", "2001");
    AUTOFREE char *m = made(w->s, "hakan.ek", "measure", against_person(w, unsure));
    set(w->s, "mira.holm", unsure, json_pack("{s:s}", "birth_date", "2012-06-01"));
    no_step(w->s, "hakan.ek", m, "RATTSLIGT_PROVAD",
            json_pack("{s:s, s:s}", "legal_basis", "POLISLAGEN", "proportionality_text", WHY_FAIR),
            "under 15");
    done(w->s, "hakan.ek", m, "AVBRUTEN", json_pack("{s:s}", "not_done_reason", "RATTSLIGT_HINDER"));
    done(w->s, "hakan.ek", m, "REDOVISAD", NULL);
}

/* Police see that an offer was given; it can be made the cause, the warning or the target of nothing. */
static void help_triggers_nothing(void **state)
{
    struct walk *w = *state;
    AUTOFREE char *helped =
        made(w->s, "sara.wik", "person",
             json_pack("{s:s, s:s}", "kind", "AVHOPPARE", "family_name", "Ahl"));
    AUTOFREE char *offer = made(w->s, "sara.wik", "help_offer",
                                json_pack("{s:s, s:s, s:s}", "person", helped, "given_in", "GATA",
                                          "offer_kinds", "SAMTALSSTOD"));
    no_new(w->s, "hakan.ek", "sanction_round", new_round(w, w->group, offer), "trigger_incidents");
    no_set(w->s, "hakan.ek", w->round, json_pack("{s:s}", "trigger_incidents", offer),
           "trigger_incidents");
    no_set(w->s, "hakan.ek", w->round, json_pack("{s:s}", "prior_message", offer), "prior_message");
    no_new(w->s, "hakan.ek", "measure", against_person(w, helped), "target");
    no_new(w->s, "hakan.ek", "measure", against_person(w, offer), "target");
    no_new(w->s, "asa.lind", "measure", against_place(w, offer), "target");
    no_new(w->s, "asa.lind", "measure", against_person(w, helped), "target");
    no_new(w->s, "hakan.ek", "round_person",
           json_pack("{s:s, s:s, s:s}", "round", w->round, "person", helped, "reason", "Sedd."),
           "person");
    no_new(w->s, "sara.wik", "measure", against_person(w, helped), "may not make");
}

static void others_read_no_internals(void **state)
{
    static const char *const hidden[] = {"internal_text", "legal_text", "proportionality_text",
                                         "q_arrests"};
    static const char *const others[] = {"asa.lind", "eva.strand", "jan.friberg"};
    struct walk *w = *state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *me = others[i];
        for (size_t j = 0; j < sizeof hidden / sizeof *hidden; j++)
            assert_field(w->s, me, w->police, hidden[j], "{\"state\": \"hidden\"}");
        AUTOFREE char *history =
            json_dumps(talk_ask(by(w->s, me), "history", json_pack("{s:s}", "id", w->police)), 0);
        assert_null(strstr(history, "Kvarngatan"));
        assert_null(strstr(history, w->person));
        AUTOFREE char *board =
            json_dumps(talk_ask(by(w->s, me), "round", json_pack("{s:s}", "id", w->round)), 0);
        assert_null(strstr(board, "Öberg"));
        assert_non_null(strstr(board, "Riktad kontroll."));
        assert_int_equal(count(w->s, me, "measure", "internal_text contains \"Kvarngatan\""), 0);
        AUTOFREE char *at_person = xprintf("target == \"%s\"", w->person);
        assert_int_equal(count(w->s, me, "measure", at_person), 0);
        assert_int_equal(count(w->s, me, "round_person", "id != null"), 0);
        assert_int_equal(json_array_size(at(talk_ask(by(w->s, me), "find",
                                                     json_pack("{s:s}", "text", "Kvarngatan")),
                                            "hits")),
                         0);
    }
    assert_int_equal(count(w->s, "mira.holm", "round_person", "id != null"), 1);
    /* each decides its own measures alone */
    no_step(w->s, "eva.strand", w->police, "AVBRUTEN", json_pack("{s:s}", "not_done_reason", "RESURS"),
            "denied");
    no_set(w->s, "asa.lind", w->police, json_pack("{s:s}", "shared_text", "Annat."), "denied");
}

/* --- deciding */

static void nobody_warned_them(void **state)
{
    struct walk *w = *state;
    no_step(w->s, "olle.dahl", w->round, "BESLUTAD", NULL, "has not been warned");
    AUTOFREE char *other = made(w->s, "hakan.ek", "sanction_round",
                                new_round(w, w->unwarned, w->incident));
    static const char *const answering[] = {"hakan.ek", "eva.strand", "asa.lind"};
    for (size_t i = 0; i < sizeof answering / sizeof *answering; i++)
        free(made(w->s, answering[i], "round_answer",
                  json_pack("{s:s, s:s}", "round", other, "answer", "NONE")));
    done(w->s, "hakan.ek", other, "BEREDD", NULL);
    no_step(w->s, "olle.dahl", other, "BESLUTAD", json_pack("{s:s}", "prior_message", w->warning),
            "did not reach this group");
    no_set(w->s, "hakan.ek", other, json_pack("{s:s}", "override_reason", "Det brådskar."),
           "Only a manager");
    const json_t *r = talk_ask(by(w->s, "olle.dahl"), "do",
                               step(other, "BESLUTAD",
                                    json_pack("{s:s}", "override_reason",
                                              "Gruppen är ny. Nästa skott väntas i natt.")));
    assert_true(json_is_false(at(r, "moved")));
    done(w->s, "jan.friberg", other, "BESLUTAD", NULL);
    assert_field(w->s, "asa.lind", other, "override_reason", "Gruppen är ny. Nästa skott väntas i natt.");
    set(w->s, "hakan.ek", other, json_pack("{s:s}", "objective", "Följs av en ny bedömning."));
}

static void hire_second_manager(struct walk *w)
{
    AUTOFREE char *user = made(w->s, "greta.moss", "user",
                               json_pack("{s:s, s:s, s:s}", "login", "maj.brandt", "display_name",
                                         "Maj Brandt", "agency", "POL"));
    free(made(w->s, "greta.moss", "user_role", json_pack("{s:s, s:s}", "user", user, "role", "CHEF")));
}

static void two_agencies_decide(void **state)
{
    struct walk *w = *state;
    hire_second_manager(w);
    const json_t *shown = talk_ask(by(w->s, "hakan.ek"), "show", json_pack("{s:s}", "id", w->round));
    json_int_t read = (json_int_t)int_at(shown, "record.rev");
    const json_t *r = talk_ask(by(w->s, "olle.dahl"), "do",
                               step(w->round, "BESLUTAD",
                                    json_pack("{s:s}", "prior_message", w->warning)));
    assert_contains(text_at(r, "message"), "approved 1 of 2");
    no_step(w->s, "olle.dahl", w->round, "BESLUTAD", NULL, "You have approved this already");
    no_step(w->s, "maj.brandt", w->round, "BESLUTAD", NULL, "Your agency has approved this already");
    no_step(w->s, "hakan.ek", w->round, "BESLUTAD", NULL, "denied");
    /* what was approved is changed meanwhile: by an old reading not at all, by a new one from the beginning */
    no(w->s, "hakan.ek", "set",
       json_pack("{s:s, s:I, s:{s:s}}", "id", w->round, "rev", read, "values", "prior_message", ""),
       "conflict");
    set(w->s, "hakan.ek", w->round, json_pack("{s:s}", "objective", "Skotten ska upphöra före jul."));
    r = talk_ask(by(w->s, "jan.friberg"), "do", step(w->round, "BESLUTAD", NULL));
    assert_contains(text_at(r, "message"), "approved 1 of 2");
    done(w->s, "maj.brandt", w->round, "BESLUTAD", NULL);
    no_step(w->s, "olle.dahl", w->round, "BESLUTAD", NULL, "cannot become");
    assert_field(w->s, "asa.lind", w->round, "next_decision_due", "2026-12-20"); /* C5: 28 days */
    assert_due(w, "hakan.ek", "c5_redecide", w->round, "2026-12-20T15:00:00Z");
}

/* --- carrying out */

static void execute(struct walk *w, const char *login, const char *id, json_t *more)
{
    json_object_set_new(more, "executed_at", json_string("nu"));
    json_object_set_new(more, "result", json_string("TRAFF"));
    done(w->s, login, id, "PAGAENDE", NULL);
    done(w->s, login, id, "UTFORD", more);
}

static void two_carry_out_and_one_says_why_not(void **state)
{
    struct walk *w = *state;
    day(w->s, "2026-11-24T09:00:00Z");
    execute(w, "hakan.ek", w->police, json_pack("{s:s, s:s}", "q_checks", "14", "q_weapons", "1"));
    assert_field(w->s, "asa.lind", w->round, "state", "PAGAR");
    done(w->s, "eva.strand", w->probation, "RATTSLIGT_PROVAD",
         json_pack("{s:s}", "legal_basis", "BROTTSBALKEN_26_28"));
    done(w->s, "eva.strand", w->probation, "BESLUTAD", NULL);
    execute(w, "eva.strand", w->probation, json_object());
    done(w->s, "asa.lind", w->city, "RATTSLIGT_PROVAD", json_pack("{s:s}", "legal_basis", "ALKOHOLLAGEN"));
    done(w->s, "asa.lind", w->city, "BESLUTAD", NULL);
    no_step(w->s, "asa.lind", w->city, "EJ_UTFORD", NULL, "why it was not done");
    done(w->s, "asa.lind", w->city, "EJ_UTFORD", json_pack("{s:s}", "not_done_reason", "RESURS"));
    assert_field(w->s, "hakan.ek", w->city, "not_done_reason", "RESURS");
    assert_due(w, "hakan.ek", "c2_first_measure", w->incident, NULL);
}

static json_t *ordinary_work(struct walk *w, const char *from, const char *planned)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "round", w->round, "kind", "NARVARO",
                     "target_type", "GRUPP", "planned_from", from, "planned_to", "+7",
                     "planned_in_round", planned);
}

/* Both rounds, each agency's measures by how far they came; the same for all, but for what they may not read. */
static void the_board_shows_who_came_how_far(void **state)
{
    static const char *const readers[] = {"hakan.ek", "asa.lind", "jan.friberg"};
    struct walk *w = *state;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        const json_t *board = talk_ask(by(w->s, readers[i]), "board", NULL), *r = NULL;
        assert_int_equal(json_array_size(at(board, "rounds")), 2);
        for (size_t j = 0; j < 2; j++)
            if (strcmp(text_at(json_array_get(at(board, "rounds"), j), "id"), w->round) == 0)
                r = json_array_get(at(board, "rounds"), j);
        assert_string_equal(text_at(r, "next"), "2026-12-20");
        assert_int_equal(json_array_size(at(r, "agencies")), 3);
        assert_string_equal(text_at(r, "agencies.1.agency"), "POL");
        assert_int_equal(int_at(r, "agencies.1.n"), 2); /* one of them was broken off and is reported */
        assert_int_equal(int_at(r, "agencies.1.done"), 1);
        assert_int_equal(int_at(r, "agencies.1.not_done"), 1);
        AUTOFREE char *all = json_dumps(board, 0);
        assert_null(strstr(all, w->person));
    }
    /* who sees no round sees no board */
    assert_int_equal(json_array_size(at(talk_ask(by(w->s, "sara.wik"), "board", NULL), "rounds")), 0);
}

static void ordinary_work_is_not_counted_afterwards(void **state)
{
    struct walk *w = *state;
    no_new(w->s, "hakan.ek", "measure", ordinary_work(w, "2026-11-10", "ja"), "planned_in_round");
    AUTOFREE char *before = made(w->s, "hakan.ek", "measure", ordinary_work(w, "2026-11-10", "nej"));
    assert_field(w->s, "hakan.ek", before, "planned_in_round", "false");
    no_set(w->s, "hakan.ek", before, json_pack("{s:s}", "planned_in_round", "ja"), "planned_in_round");
    /* what is called ordinary when it is decided stays so, and nothing was done before it was decided */
    AUTOFREE char *during = made(w->s, "hakan.ek", "measure", ordinary_work(w, "idag", "nej"));
    done(w->s, "hakan.ek", during, "RATTSLIGT_PROVAD", json_pack("{s:s}", "legal_basis", "POLISLAGEN"));
    done(w->s, "hakan.ek", during, "BESLUTAD", NULL);
    no_set(w->s, "hakan.ek", during, json_pack("{s:s}", "planned_in_round", "ja"), "afterwards");
    done(w->s, "hakan.ek", during, "PAGAENDE", NULL);
    no_step(w->s, "hakan.ek", during, "UTFORD",
            json_pack("{s:s, s:s}", "executed_at", "2026-11-23 12:00", "result", "TRAFF"),
            "after the decision");
    done(w->s, "hakan.ek", during, "EJ_UTFORD", json_pack("{s:s}", "not_done_reason", "INAKTUELL"));
    done(w->s, "hakan.ek", before, "AVBRUTEN", json_pack("{s:s}", "not_done_reason", "INAKTUELL"));
    done(w->s, "hakan.ek", during, "REDOVISAD", NULL);
    done(w->s, "hakan.ek", before, "REDOVISAD", NULL);
    assert_int_equal(count(w->s, "asa.lind", "measure",
                           "executed_at != null and planned_in_round == true"), 2);
}

/* --- ending */

static void nobody_forgets_to_end_it(void **state)
{
    struct walk *w = *state;
    assert_due(w, "hakan.ek", "c4_feedback", w->round, "2026-12-06T09:00:00Z"); /* C4: decided + 14 days */
    assert_due(w, "hakan.ek", "c3_each_agency", w->round, "2026-12-06T09:00:00Z"); /* C3: the city has done nothing */
    day(w->s, "2026-12-21T09:00:00Z");
    assert_due(w, "olle.dahl", "c5_redecide", w->round, "2026-12-20T15:00:00Z"); /* and it is the 21st */
    no_step(w->s, "hakan.ek", w->round, "PAGAR", NULL, "denied");
    done(w->s, "olle.dahl", w->round, "PAGAR", NULL);
    assert_field(w->s, "olle.dahl", w->round, "next_decision_due", "2027-01-18");
    assert_due(w, "olle.dahl", "c5_redecide", w->round, "2027-01-18T15:00:00Z");
    done(w->s, "hakan.ek", w->round, "UTVARDERAS", json_pack("{s:s}", "end_reason", "EFFEKT"));
    assert_due(w, "olle.dahl", "c5_redecide", w->round, NULL);
}

static void the_group_is_told_and_the_round_closed(void **state)
{
    struct walk *w = *state;
    done(w->s, "hakan.ek", w->police, "REDOVISAD", NULL);
    done(w->s, "eva.strand", w->probation, "REDOVISAD", NULL);
    done(w->s, "asa.lind", w->city, "REDOVISAD", NULL);
    no_step(w->s, "hakan.ek", w->round, "AVSLUTAD", NULL, "has not been told");
    free(made(w->s, "hakan.ek", "group_message",
              json_pack("{s:s, s:s, s:s}", "round", w->round, "channel", "FRIVARD",
                        "message_version", w->version)));
    assert_field(w->s, "asa.lind", w->round, "feedback_state", "ATERKOPPLAD");
    done(w->s, "hakan.ek", w->round, "AVSLUTAD",
         json_pack("{s:s}", "evaluation", "Gruppen kopplade åtgärderna till skotten."));
    assert_due(w, "hakan.ek", "c4_feedback", w->round, NULL);
    assert_due(w, "hakan.ek", "round_close", w->round, NULL);
}

static void its_promise_is_kept(void **state)
{
    struct walk *w = *state;
    assert_field(w->s, "asa.lind", w->promise, "state_shared", "LAMNAT");
    done(w->s, "hakan.ek", w->promise, "PAGAR", NULL);
    no_step(w->s, "hakan.ek", w->promise, "HALLET", NULL, "what shows that the promise was kept");
    no_step(w->s, "hakan.ek", w->promise, "HALLET", json_pack("{s:s}", "evidence", w->warning),
            "sanction round with a measure");
    done(w->s, "hakan.ek", w->promise, "HALLET", json_pack("{s:s}", "evidence", w->round));
    assert_field(w->s, "asa.lind", w->promise, "state_shared", "HALLET");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_agencies_list_their_measures),
        cmocka_unit_test(no_measure_without_a_personal_legal_basis),
        cmocka_unit_test(no_measure_against_a_child),
        cmocka_unit_test(help_triggers_nothing),
        cmocka_unit_test(others_read_no_internals),
        cmocka_unit_test(nobody_warned_them),
        cmocka_unit_test(two_agencies_decide),
        cmocka_unit_test(two_carry_out_and_one_says_why_not),
        cmocka_unit_test(the_board_shows_who_came_how_far),
        cmocka_unit_test(ordinary_work_is_not_counted_afterwards),
        cmocka_unit_test(nobody_forgets_to_end_it),
        cmocka_unit_test(the_group_is_told_and_the_round_closed),
        cmocka_unit_test(its_promise_is_kept),
    };
    return cmocka_run_group_tests_name("walk round", tests, make, end);
}
