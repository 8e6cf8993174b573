/* Walk (a): a call-in from idea to closed, with one who does not come and then gets a talk of his own. Each
 * step by the account whose step it is, on the day of the plan; and what must never happen on the way. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

enum who { ADAM, BO, CEDER, INVITED };

struct walk {
    struct stage *st;
    const char *now; /* what the clock says */
    char *mill, *north, *version, *call, *note, *talk;
    char *person[INVITED], *invitation[INVITED];
};

/* --- talking: a short session for each thing done, at its own time */

static struct talk *as(const struct walk *w, const char *login)
{
    struct talk *t = talk_start(w->st, login);
    talk_ask(t, "clock", json_pack("{s:s}", "now", w->now));
    return t;
}

/* Later sessions begin at that time too: what the calendar does follows. */
static void day(struct walk *w, const char *now)
{
    struct talk *t = talk_start(w->st, "asa.lind");
    talk_ask(t, "clock", json_pack("{s:s, s:b}", "now", now, "keep", 1));
    w->now = now;
    talk_end(t);
}

static char *made(const struct walk *w, const char *login, const char *kind, json_t *values)
{
    struct talk *t = as(w, login);
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    char *id = xstrdup(text_at(r, "id"));
    talk_end(t);
    return id;
}

static void set(const struct walk *w, const char *login, const char *id, json_t *values)
{
    struct talk *t = as(w, login);
    talk_ask(t, "set", json_pack("{s:s, s:o}", "id", id, "values", values));
    talk_end(t);
}

static json_t *step(const char *id, const char *to, json_t *values)
{
    return json_pack("{s:s, s:s, s:o, s:s}", "id", id, "to", to, "values",
                     values ? values : json_object(), "reason", "Därför.");
}

static void done(const struct walk *w, const char *login, const char *id, const char *to,
                 json_t *values)
{
    struct talk *t = as(w, login);
    talk_ask(t, "do", step(id, to, values));
    talk_end(t);
}

static void refused(const struct walk *w, const char *login, const char *id, const char *to,
                    json_t *values, const char *says)
{
    struct talk *t = as(w, login);
    assert_contains(text_at(talk_refused(t, "do", step(id, to, values)), "message"), says);
    talk_end(t);
}

static void set_refused(const struct walk *w, const char *login, const char *id, json_t *values,
                        const char *says)
{
    struct talk *t = as(w, login);
    const json_t *no = talk_refused(t, "set", json_pack("{s:s, s:o}", "id", id, "values", values));
    AUTOFREE char *all = json_dumps(no, 0);
    assert_contains(all, says);
    talk_end(t);
}

static void new_refused(const struct walk *w, const char *login, const char *kind, json_t *values,
                        const char *says)
{
    struct talk *t = as(w, login);
    const json_t *no =
        talk_refused(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    AUTOFREE char *all = json_dumps(no, 0);
    assert_contains(all, says);
    talk_end(t);
}

static char *field(const struct walk *w, const char *login, const char *id, const char *name)
{
    struct talk *t = as(w, login);
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", id));
    const json_t *v = json_object_get(at(r, "record"), name);
    char *text = json_is_string(v) ? xstrdup(json_string_value(v)) : json_dumps(v, JSON_ENCODE_ANY);
    talk_end(t);
    return text;
}

static void assert_field(const struct walk *w, const char *login, const char *id, const char *name,
                         const char *value)
{
    AUTOFREE char *is = field(w, login, id, name);
    assert_string_equal(is, value);
}

static size_t count(const struct walk *w, const char *login, const char *kind, const char *filter)
{
    struct talk *t = as(w, login);
    size_t n = json_array_size(
        at(talk_ask(t, "list", json_pack("{s:s, s:s}", "kind", kind, "filter", filter)), "rows"));
    talk_end(t);
    return n;
}

/* The agency that is asked finds the question by the name it was handed, whatever else it may see. */
static void clear(const struct walk *w, const char *login, const char *agency, const char *name)
{
    struct talk *t = as(w, login);
    AUTOFREE char *filter = xprintf(
        "question contains \"%s\" and owner_agency == \"%s\" and answer == null", name, agency);
    const json_t *rows = talk_ask(
        t, "list", json_pack("{s:s, s:s}", "kind", "deconfliction", "filter", filter));
    assert_int_equal(json_array_size(at(rows, "rows")), 1);
    AUTOFREE char *id = xstrdup(text_at(rows, "rows.0.id"));
    talk_ask(t, "set", json_pack("{s:s, s:{s:s}}", "id", id, "values", "answer", "KLAR"));
    talk_end(t);
}

static void clear_all(const struct walk *w, const char *name)
{
    clear(w, "hakan.ek", "POL", name);
    clear(w, "eva.strand", "FRI", name);
    clear(w, "sara.wik", "SNC", name);
}

/* --- the picture before */

static void approve_text(struct walk *w)
{
    AUTOFREE char *message = made(w, "asa.lind", "message",
                                  json_pack("{s:s, s:s}", "code", "CI-VAR", "purpose", "CALL_IN"));
    w->version = made(w, "asa.lind", "message_version",
                      json_pack("{s:s, s:s, s:s}", "message", message, "language", "sv", "text",
                                "Skjutningarna ska sluta. Vi hjälper den som vill bort."));
    done(w, "asa.lind", w->version, "REMISS", NULL);
}

static int make(void **state)
{
    struct walk *w = xcalloc(1, sizeof *w);
    w->st = stage_make();
    *state = w;
    day(w, "2026-11-22T09:00:00Z");
    approve_text(w);
    w->mill = made(w, "mira.holm", "group", json_pack("{s:s}", "name", "Kvarnen"));
    w->north = made(w, "mira.holm", "group", json_pack("{s:s}", "name", "Norra kvarn"));
    free(made(w, "mira.holm", "group_relation",
              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "group_a", w->mill, "group_b",
                        w->north, "type", "KONFLIKT", "heat", "2", "from", "2026-05",
                        "source_grade", "B", "info_grade", "2")));
    w->person[ADAM] =
        made(w, "eva.strand", "person",
             json_pack("{s:s, s:s, s:s}", "kind", "KLIENT", "family_name", "Öberg", "birth_date",
                       "1999-04-02"));
    w->person[BO] = made(w, "eva.strand", "person",
                         json_pack("{s:s, s:s, s:s}", "kind", "KLIENT", "family_name", "Yılmaz",
                                   "birth_date", "1997-08-12"));
    w->person[CEDER] = made(w, "mira.holm", "person",
                            json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name", "Ceder",
                                      "birth_date", "1995-01-30"));
    return 0;
}

static int end(void **state)
{
    struct walk *w = *state;
    stage_end(w->st);
    char *all[] = {w->mill, w->north, w->version, w->call, w->note, w->talk};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    for (int i = 0; i < INVITED; i++) {
        free(w->person[i]);
        free(w->invitation[i]);
    }
    free(w);
    return 0;
}

/* --- T-8 weeks: an idea, decided by the managers of two agencies */

static void two_managers_decide(void **state)
{
    struct walk *w = *state;
    w->call = made(w, "asa.lind", "call_in", json_pack("{s:s}", "starts_at", "2027-01-19 18:00"));
    refused(w, "olle.dahl", w->call, "BESLUTAD", NULL, "between which days");
    new_refused(w, "eva.strand", "invitation",
                json_pack("{s:s, s:s, s:s, s:s}", "call_in", w->call, "person", w->person[ADAM],
                          "represents_group", w->mill, "compulsion", "FRIVILLIG"),
                "once the managers have decided");
    set(w, "asa.lind", w->call,
        json_pack("{s:s, s:s, s:s}", "purpose", "Båda grupperna ska höra samma sak.",
                  "window_from", "2027-01-11", "window_to", "2027-01-29"));
    refused(w, "hakan.ek", w->call, "BESLUTAD", NULL, "You may not do this");
    done(w, "olle.dahl", w->call, "BESLUTAD", NULL);
    assert_field(w, "asa.lind", w->call, "state", "IDE");
    refused(w, "olle.dahl", w->call, "BESLUTAD", NULL, "approved this already");
    done(w, "ingrid.ros", w->call, "BESLUTAD", NULL);
    assert_field(w, "asa.lind", w->call, "state", "BESLUTAD");
    done(w, "hakan.ek", w->call, "PLANERAS", NULL);
}

/* The due date of a step, as whoever has it reads it. OWN: caller. */
static char *due(const struct walk *w, const char *login, const char *clock)
{
    struct talk *t = as(w, login);
    AUTOFREE char *filter = xprintf("clock == \"%s\" and state == \"NY\"", clock);
    const json_t *r = talk_ask(
        t, "list", json_pack("{s:s, s:s, s:s}", "kind", "task", "filter", filter, "as", "values"));
    assert_int_equal(json_array_size(at(r, "rows")), 1);
    char *text = xstrdup(text_at(r, "rows.0.due"));
    talk_end(t);
    return text;
}

static void assert_due(const struct walk *w, const char *login, const char *clock, const char *is)
{
    AUTOFREE char *text = due(w, login, clock);
    assert_string_equal(text, is);
}

static char *step_task(const struct walk *w, const char *login, const char *clock)
{
    struct talk *t = as(w, login);
    AUTOFREE char *filter = xprintf("clock == \"%s\"", clock);
    char *id = xstrdup(text_at(talk_ask(t, "list",
                                        json_pack("{s:s, s:s}", "kind", "task", "filter", filter)),
                               "rows.0.id"));
    talk_end(t);
    return id;
}

/* The whole countdown is laid out at once; a moved step moves what counts from it. */
static void the_plan_is_laid_out(void **state)
{
    struct walk *w = *state;
    assert_int_equal(count(w, "asa.lind", "task", "clock contains \"ci_\" and state == \"NY\""), 8);
    assert_int_equal(count(w, "hakan.ek", "task", "clock contains \"ci_\" and state == \"NY\""), 2);
    assert_int_equal(count(w, "eva.strand", "task", "clock contains \"ci_\" and state == \"NY\""), 4);
    assert_due(w, "hakan.ek", "ci_list", "2026-12-15T17:00:00Z");
    assert_due(w, "eva.strand", "ci_answers", "2026-12-22T17:00:00Z");
    assert_due(w, "eva.strand", "ci_summon", "2026-12-29T17:00:00Z");
    assert_due(w, "asa.lind", "ci_evaluate", "2027-02-18T17:00:00Z");
    AUTOFREE char *list = step_task(w, "hakan.ek", "ci_list");
    set(w, "hakan.ek", list, json_pack("{s:s}", "due", "2026-12-17 18:00"));
    assert_due(w, "eva.strand", "ci_answers", "2026-12-24T17:00:00Z");
    assert_due(w, "eva.strand", "ci_summon", "2026-12-31T17:00:00Z");
    /* one that a person has ended does not come back */
    AUTOFREE char *debrief = step_task(w, "asa.lind", "ci_debrief");
    done(w, "asa.lind", debrief, "KLAR", NULL);
    set(w, "asa.lind", w->call, json_pack("{s:s}", "starts_at", "2027-01-26 18:00"));
    assert_due(w, "hakan.ek", "ci_list", "2026-12-24T17:00:00Z");
    assert_due(w, "eva.strand", "ci_summon", "2027-01-07T17:00:00Z");
    assert_int_equal(count(w, "asa.lind", "task", "clock == \"ci_debrief\" and state == \"NY\""), 0);
}

/* Past its own deadlines: one sentence, and every step stands as late with whoever has it. */
static void moved_past_its_own_deadlines(void **state)
{
    struct walk *w = *state;
    const char *before = w->now;
    w->now = "2026-12-22T09:00:00Z";
    struct talk *t = as(w, "asa.lind");
    const json_t *r = talk_ask(t, "set", json_pack("{s:s, s:{s:s}}", "id", w->call, "values",
                                                   "starts_at", "2027-01-13 18:00"));
    assert_contains(text_at(r, "notice"), "should be done already: ");
    talk_end(t);
    assert_int_equal(count(w, "hakan.ek", "task", "clock == \"ci_list\" and due < today"), 1);
    set_refused(w, "asa.lind", w->call, json_pack("{s:s}", "starts_at", "2027-02-03 18:00"),
                "choose a day between them");
    set_refused(w, "asa.lind", w->call, json_pack("{s:s}", "starts_at", "2026-12-01 18:00"),
                "That time has passed");
    set_refused(w, "asa.lind", w->call, json_pack("{s:s}", "window_to", "2027-03-01"),
                "The managers decided these days");
    set(w, "asa.lind", w->call, json_pack("{s:s}", "starts_at", "2027-01-19 18:00"));
    w->now = before;
    assert_due(w, "hakan.ek", "ci_list", "2026-12-17T17:00:00Z");
}

/* --- T-5 weeks: the list; each agency is asked, and hears no more than its question */

static void invite(struct walk *w, enum who i, const char *login, const char *group,
                   const char *ground)
{
    bool summoned = strcmp(ground, "FORESKRIFT") == 0;
    w->invitation[i] =
        made(w, login, "invitation",
             json_pack("{s:s, s:s, s:s, s:s, s:s}", "call_in", w->call, "person", w->person[i],
                       "represents_group", group, "compulsion", ground, "condition_ref",
                       summoned ? "Anvisad kontakt, beslut 3" : ""));
}

static void the_list_is_cleared(void **state)
{
    struct walk *w = *state;
    day(w, "2026-12-15T09:00:00Z");
    new_refused(w, "hakan.ek", "invitation",
                json_pack("{s:s, s:s, s:s, s:s}", "call_in", w->call, "person", w->person[CEDER],
                          "represents_group", w->north, "compulsion", "FORESKRIFT"),
                "Only probation summons");
    invite(w, ADAM, "eva.strand", w->mill, "FORESKRIFT");
    invite(w, BO, "eva.strand", w->north, "FORESKRIFT");
    invite(w, CEDER, "hakan.ek", w->north, "FRIVILLIG");
    new_refused(w, "eva.strand", "invitation",
                json_pack("{s:s, s:s, s:s, s:s}", "call_in", w->call, "person", w->person[ADAM],
                          "represents_group", w->mill, "compulsion", "FRIVILLIG"),
                "invited to this call-in already");
    refused(w, "eva.strand", w->call, "KALLAD", NULL, "approved");
    clear(w, "hakan.ek", "POL", "Öberg");
    clear(w, "eva.strand", "FRI", "Öberg");
    assert_field(w, "eva.strand", w->invitation[ADAM], "state", "FORESLAGEN");
    clear(w, "sara.wik", "SNC", "Öberg");
    assert_field(w, "eva.strand", w->invitation[ADAM], "state", "GRANSKAD");
    clear_all(w, "Yılmaz");
    clear_all(w, "Ceder");
    /* the exit unit answers its question and sees no list; another agency reads clear, not who answered */
    assert_int_equal(count(w, "eva.strand", "deconfliction", "answer != null"), 3);
    struct talk *t = as(w, "sara.wik");
    talk_refused(t, "show", json_pack("{s:s}", "id", w->invitation[ADAM]));
    talk_end(t);
}

static void each_agency_approves_its_own(void **state)
{
    struct walk *w = *state;
    refused(w, "hakan.ek", w->invitation[ADAM], "GODKAND", NULL, "agency whose person it is");
    refused(w, "eva.strand", w->invitation[ADAM], "GODKAND", NULL, "who comes along");
    done(w, "eva.strand", w->invitation[ADAM], "GODKAND",
         json_pack("{s:s}", "accompanied_by", "nils.ahl"));
    done(w, "eva.strand", w->invitation[BO], "GODKAND",
         json_pack("{s:s}", "accompanied_by", "nils.ahl"));
    /* probation's officer sees the call-in and the two that he follows, not the third */
    assert_int_equal(count(w, "nils.ahl", "call_in", "id != null"), 1);
    assert_int_equal(count(w, "nils.ahl", "invitation", "id != null"), 2);
    refused(w, "nils.ahl", w->invitation[ADAM], "KALLAD", NULL, "not ready to summon");
    assert_int_equal(count(w, "asa.lind", "invitation", "id != null"), 3);
    done(w, "hakan.ek", w->invitation[CEDER], "GODKAND", NULL);
}

/* --- T-3 weeks: nothing goes out before text, risks, rules and list are approved */

static void summonses_go_out(void **state)
{
    struct walk *w = *state;
    day(w, "2026-12-29T09:00:00Z");
    set(w, "asa.lind", w->call,
        json_pack("{s:s, s:s, s:s, s:s}", "message_versions", w->version, "venue",
                  "Medborgarhuset, sal 2", "venue_neutral_ok", "ja", "capacity", "12"));
    refused(w, "asa.lind", w->call, "KALLAD", NULL, "You may not do this");
    refused(w, "eva.strand", w->call, "KALLAD", NULL, "not approved by all three");
    done(w, "hakan.ek", w->version, "GODKAND", NULL);
    done(w, "eva.strand", w->version, "GODKAND", NULL);
    done(w, "ingrid.ros", w->version, "GODKAND", NULL);
    refused(w, "eva.strand", w->call, "KALLAD", NULL, "assessment of the risks");
    w->note = made(w, "eva.strand", "note",
                   json_pack("{s:s, s:s, s:s}", "subject", w->call, "kind", "UNDERLAG", "text",
                             "Skilda ingångar, vakter i foajén."));
    refused(w, "eva.strand", w->call, "KALLAD", json_pack("{s:s}", "risk_assessment", w->note),
            "is a draft");
    done(w, "eva.strand", w->note, "SIGNERAD", NULL);
    refused(w, "eva.strand", w->call, "KALLAD", json_pack("{s:s}", "risk_assessment", w->note),
            "Not agreed yet");
    done(w, "eva.strand", w->call, "KALLAD",
         json_pack("{s:s, s:s}", "risk_assessment", w->note, "house_rules",
                   "INGEN_FILM,LISTOR_IN,HJALP_FINNS"));
    for (int i = 0; i < INVITED; i++) {
        const char *by = i == CEDER ? "hakan.ek" : "nils.ahl";
        done(w, by, w->invitation[i], "KALLAD", NULL);
        refused(w, by, w->invitation[i], "DELGIVEN", NULL, "when and how");
        done(w, by, w->invitation[i], "DELGIVEN",
             json_pack("{s:s, s:s}", "served_at", "2026-12-29 09:30", "served_how", "PERSONLIGT"));
    }
    done(w, "nils.ahl", w->invitation[ADAM], "BEKRAFTAD", NULL);
    refused(w, "nils.ahl", w->invitation[BO], "STANNADE", json_pack("{s:s}", "reaction", "NEUTRAL"),
            "has not begun");
}

static void groups_in_conflict_sit_apart(void **state)
{
    struct walk *w = *state;
    set(w, "asa.lind", w->invitation[ADAM],
        json_pack("{s:s, s:s}", "seat", "a3", "arrival_slot", "2027-01-19 17:30"));
    assert_field(w, "asa.lind", w->invitation[ADAM], "seat", "A3");
    set_refused(w, "asa.lind", w->invitation[BO], json_pack("{s:s}", "seat", "A3"), "taken");
    set_refused(w, "asa.lind", w->invitation[BO], json_pack("{s:s}", "seat", "A4"), "side by side");
    set_refused(w, "asa.lind", w->invitation[BO], json_pack("{s:s}", "seat", "längst bak"),
                "seat");
    set_refused(w, "asa.lind", w->invitation[BO], json_pack("{s:s}", "arrival_slot", "2027-01-19 17:35"),
                "arrive together");
    set(w, "asa.lind", w->invitation[BO],
        json_pack("{s:s, s:s}", "seat", "B4", "arrival_slot", "2027-01-19 17:45"));
    set(w, "asa.lind", w->invitation[CEDER], json_pack("{s:s}", "seat", "B5"));
}

/* --- the day before: the rehearsal; and the place is told to those who come along */

static void the_place_is_the_planners_until_the_day_before(void **state)
{
    struct walk *w = *state;
    assert_field(w, "hakan.ek", w->call, "venue", "Medborgarhuset, sal 2");
    assert_field(w, "nils.ahl", w->call, "venue_shared", "null");
    AUTOFREE char *hidden = field(w, "nils.ahl", w->call, "venue");
    assert_contains(hidden, "hidden");
    day(w, "2027-01-18T08:00:00Z");
    assert_field(w, "nils.ahl", w->call, "venue_shared", "Medborgarhuset, sal 2");
    hidden[0] = '\0';
    AUTOFREE char *still = field(w, "nils.ahl", w->call, "venue");
    assert_contains(still, "hidden");
}

static void the_rehearsal_has_no_clients(void **state)
{
    struct walk *w = *state;
    refused(w, "asa.lind", w->call, "REPETERAD", NULL, "when the rehearsal");
    refused(w, "asa.lind", w->call, "REPETERAD",
            json_pack("{s:s}", "rehearsal_at", "2027-01-18 08:30"), "nobody");
    done(w, "asa.lind", w->call, "REPETERAD",
         json_pack("{s:s, s:s}", "rehearsal_at", "2027-01-18 08:30", "rehearsal_no_clients", "ja"));
}

/* --- the evening: who came; a wish for help reaches the exit unit, and stands nowhere else */

static void who_came(void **state)
{
    struct walk *w = *state;
    refused(w, "asa.lind", w->call, "GENOMFORD", NULL, "has not been held");
    day(w, "2027-01-19T18:30:00Z");
    refused(w, "asa.lind", w->call, "GENOMFORD", NULL, "3 are left");
    refused(w, "nils.ahl", w->invitation[ADAM], "STANNADE", json_pack("{s:s}", "reaction", "HJALP"),
            "wants help");
    done(w, "nils.ahl", w->invitation[ADAM], "STANNADE",
         json_pack("{s:s, s:s}", "reaction", "MOTTAGLIG", "help_wish", "ja"));
    done(w, "asa.lind", w->invitation[BO], "UTEBLEV", NULL);
    done(w, "asa.lind", w->invitation[CEDER], "GICK", json_pack("{s:s}", "reaction", "AVVISANDE"));
    done(w, "asa.lind", w->call, "GENOMFORD", NULL);
    assert_field(w, "asa.lind", w->call, "state", "UPPFOLJS");
    assert_int_equal(count(w, "asa.lind", "group_message", "channel == \"CALL_IN\""), 2);
    assert_field(w, "asa.lind", w->invitation[BO], "outcome", "UTEBLEV");
}

static void a_wish_for_help_stays_with_those_who_help(void **state)
{
    struct walk *w = *state;
    assert_field(w, "eva.strand", w->invitation[ADAM], "help_wish", "null");
    assert_int_equal(count(w, "sara.wik", "help_offer", "given_in == \"CALL_IN\""), 2);
    assert_int_equal(count(w, "sara.wik", "help_offer", "state == \"INTRESSE\""), 1);
    /* both who came were offered help: that there is an offer says nothing about who wants it */
    assert_int_equal(count(w, "asa.lind", "help_offer", "given_in == \"CALL_IN\""), 2);
    assert_int_equal(count(w, "asa.lind", "help_offer", "state == \"INTRESSE\""), 0);
    assert_int_equal(count(w, "mira.holm", "help_offer", "id != null"), 0);
}

/* --- afterwards: each who came is followed up, and who did not gets a talk */

static void follow_up(const struct walk *w, enum who i)
{
    refused(w, "nils.ahl", w->invitation[i], "UPPFOLJD", NULL, "note on the follow-up");
    free(made(w, "nils.ahl", "note",
              json_pack("{s:s, s:s, s:s}", "subject", w->invitation[i], "kind", "MOTE", "text",
                        "Samtal på kontoret. Lugn.")));
    done(w, "nils.ahl", w->invitation[i], "UPPFOLJD", NULL);
}

static void each_who_came_is_followed_up(void **state)
{
    struct walk *w = *state;
    day(w, "2027-01-22T09:00:00Z");
    refused(w, "asa.lind", w->call, "AVSLUTAD", json_pack("{s:s}", "evaluation_text", "Bra."),
            "has not been followed up");
    follow_up(w, ADAM);
    set(w, "hakan.ek", w->invitation[CEDER], json_pack("{s:s}", "follow_up_by", "nils.ahl"));
    follow_up(w, CEDER);
    refused(w, "asa.lind", w->call, "AVSLUTAD", json_pack("{s:s}", "evaluation_text", "Bra."),
            "no talk of their own");
}

/* Whoever keeps the person's record asks, and so hands over whom it is about. */
static void ask_about_talk(const struct walk *w, const char *agency)
{
    free(made(w, "eva.strand", "deconfliction",
              json_pack("{s:s, s:s}", "subject", w->talk, "agency", agency)));
}

static void who_did_not_come_gets_a_talk(void **state)
{
    struct walk *w = *state;
    w->talk = made(w, "eva.strand", "custom_notification",
                   json_pack("{s:s, s:s}", "person", w->person[BO], "trigger", "UTEBLEV"));
    ask_about_talk(w, "POL");
    ask_about_talk(w, "FRI");
    ask_about_talk(w, "SNC");
    clear_all(w, "Yılmaz");
    done(w, "hakan.ek", w->talk, "GODKAND", NULL);
    done(w, "asa.lind", w->talk, "GODKAND", NULL);
    done(w, "asa.lind", w->talk, "PLANERAD",
         json_pack("{s:s, s:s, s:s, s:s}", "deliverers", "nils.ahl,hakan.ek", "message_version",
                   w->version, "planned_place", "FRIVARD", "planned_at", "2027-01-25 13:00"));
    day(w, "2027-01-25T13:00:00Z");
    free(made(w, "nils.ahl", "promise",
              json_pack("{s:s, s:s, s:s, s:s}", "made_in", w->talk, "kind", "KONTAKT", "text",
                        "Vi ringer på fredag.", "due", "2027-01-29")));
    done(w, "nils.ahl", w->talk, "GENOMFORD",
         json_pack("{s:s, s:s, s:s, s:s}", "delivered_at", "2027-01-25 13:10", "present_others",
                   "ENSAM", "reaction", "NEUTRAL", "follow_up_by", "nils.ahl"));
    day(w, "2027-01-29T10:00:00Z");
    done(w, "nils.ahl", w->talk, "UPPFOLJD", json_pack("{s:s}", "follow_up_done", "2027-01-29 09:30"));
    done(w, "eva.strand", w->talk, "AVSLUTAD", NULL);
}

static void the_call_in_is_closed(void **state)
{
    struct walk *w = *state;
    day(w, "2027-02-15T09:00:00Z");
    refused(w, "asa.lind", w->call, "AVSLUTAD", NULL, "evaluation");
    done(w, "asa.lind", w->call, "AVSLUTAD",
         json_pack("{s:s}", "evaluation_text", "Två av tre kom. Den tredje nåddes efteråt."));
    refused(w, "olle.dahl", w->call, "INSTALLD", NULL, "end of its way");
    set_refused(w, "asa.lind", w->call, json_pack("{s:s}", "starts_at", "2027-01-20 18:00"), "is over");
    assert_int_equal(count(w, "asa.lind", "task", "state in (\"NY\", \"PAGAR\", \"VANTAR\")"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_managers_decide),
        cmocka_unit_test(the_plan_is_laid_out),
        cmocka_unit_test(moved_past_its_own_deadlines),
        cmocka_unit_test(the_list_is_cleared),
        cmocka_unit_test(each_agency_approves_its_own),
        cmocka_unit_test(summonses_go_out),
        cmocka_unit_test(groups_in_conflict_sit_apart),
        cmocka_unit_test(the_place_is_the_planners_until_the_day_before),
        cmocka_unit_test(the_rehearsal_has_no_clients),
        cmocka_unit_test(who_came),
        cmocka_unit_test(a_wish_for_help_stays_with_those_who_help),
        cmocka_unit_test(each_who_came_is_followed_up),
        cmocka_unit_test(who_did_not_come_gets_a_talk),
        cmocka_unit_test(the_call_in_is_closed),
    };
    return cmocka_run_group_tests_name("walk (a): call-in", tests, make, end);
}
