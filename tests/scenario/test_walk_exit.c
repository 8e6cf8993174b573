/* Walk (b): an anonymous call in the night becomes an exit case with consent, threat assessment,
 * decision and plan, a placement stopped by the collision check, a relapse that does not close it,
 * closing and after-follow-up. The tests are the days of that walk, in order. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

struct walk {
    struct stage *st;
    struct talk *t; /* who sits at the terminal now */
    char *contact, *person, *exit_case, *consent, *decision, *plan, *goal, *placement, *rival;
};

static void sit_down(struct walk *w, const char *login)
{
    struct talk *before = w->t;
    w->t = NULL;
    if (before)
        assert_int_equal(talk_end(before), 0);
    w->t = talk_start(w->st, login);
}

static void it_is(struct walk *w, const char *now)
{
    sit_down(w, "greta.moss");
    talk_ask(w->t, "clock", json_pack("{s:s, s:b}", "now", now, "keep", 1));
}

static char *made(struct walk *w, const char *kind, json_t *values)
{
    const json_t *r =
        talk_ask(w->t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static void done(struct walk *w, const char *id, const char *to, json_t *values)
{
    const json_t *r = talk_ask(w->t, "do",
                               json_pack("{s:s, s:s, s:o, s:s}", "id", id, "to", to, "values",
                                         values, "reason", "Så blev det."));
    assert_true(json_is_true(at(r, "moved")));
}

/* The sentence says this, and nothing has moved. */
static void stopped(struct walk *w, const char *id, const char *to, json_t *values,
                    const char *part)
{
    const json_t *no = talk_refused(
        w->t, "do", json_pack("{s:s, s:s, s:o}", "id", id, "to", to, "values", values));
    assert_contains(text_at(no, "message"), part);
}

static void set(struct walk *w, const char *id, const char *field, const char *value)
{
    talk_ask(w->t, "set", json_pack("{s:s, s:{s:s}}", "id", id, "values", field, value));
}

static const char *shown(struct walk *w, const char *id, const char *field)
{
    const json_t *r = talk_ask(w->t, "show", json_pack("{s:s}", "id", id));
    const json_t *v = json_object_get(at(r, "record"), field);
    return v && json_is_string(v) ? json_string_value(v) : NULL;
}

static int64_t counted(struct walk *w, const char *kind, const char *filter)
{
    json_t *params = json_pack("{s:s}", "kind", kind);
    if (filter)
        json_object_set_new(params, "filter", json_string(filter));
    return int_at(talk_ask(w->t, "count", params), "n");
}

static int64_t tasks(struct walk *w, const char *of, const char *clock)
{
    AUTOFREE char *filter = xprintf("subject == \"%s\" and clock == \"%s\" and state == \"NY\"", of,
                                    clock);
    return counted(w, "task", filter);
}

static void a_call_in_the_night(void **state)
{
    struct walk *w = *state;
    it_is(w, "2026-11-23T01:40:00Z");
    sit_down(w, "per.nystrom");
    /* one choice: the rest is filled in while the phone is at the ear */
    w->contact = made(w, "exit_contact", json_pack("{s:s}", "topic", "AVHOPP"));
    set(w, w->contact, "call_back", "031-390 06 12");
    assert_string_equal(shown(w, w->contact, "purge_after"), "2027-02-21");
    assert_int_equal(counted(w, "exit_contact", NULL), 1);
    assert_int_equal(counted(w, "exit_case", NULL), 0);
    talk_refused(w->t, "new", json_pack("{s:s, s:{}}", "kind", "exit_case", "values"));
}

static void becomes_a_case_in_the_morning(void **state)
{
    struct walk *w = *state;
    it_is(w, "2026-11-23T07:30:00Z");
    sit_down(w, "sara.wik");
    assert_int_equal(counted(w, "exit_contact", "open"), 1);
    w->exit_case = made(w, "exit_case",
                        json_pack("{s:s, s:s, s:s}", "contact", w->contact, "backup", "tom.berg",
                                  "former_group_text", "Kvarnen"));
    assert_string_equal(shown(w, w->contact, "linked_case"), w->exit_case);
    assert_null(shown(w, w->contact, "purge_after"));
    stopped(w, w->exit_case, "AKTUALISERAD", json_object(), "Add the person");
    w->person = made(w, "person",
                     json_pack("{s:s, s:s, s:s, s:s, s:s}", "kind", "AVHOPPARE", "family_name",
                               "Öberg", "given_names", "Amir", "birth_date", "1999-05-06",
                               "protection_level", "INGEN"));
    set(w, w->person, "name_quality", "");
    stopped(w, w->exit_case, "AKTUALISERAD", json_pack("{s:s}", "person", w->person),
            "proven or only stated");
    set(w, w->person, "name_quality", "UPPGIVEN");
    done(w, w->exit_case, "AKTUALISERAD", json_pack("{s:s}", "person", w->person));
    assert_int_equal(tasks(w, w->exit_case, "exit_first_assessment"), 1);
    stopped(w, w->exit_case, "FORSTA_BEDOMNING", json_pack("{s:s}", "class", "SARSKILD"),
            "How urgent");
    done(w, w->exit_case, "FORSTA_BEDOMNING",
         json_pack("{s:s, s:s}", "class", "SARSKILD", "urgency", "2"));
    assert_int_equal(tasks(w, w->exit_case, "exit_first_assessment"), 0);
}

static void consent_is_signed(void **state)
{
    struct walk *w = *state;
    stopped(w, w->exit_case, "SAMTYCKE", json_object(), "no consent that holds");
    w->consent = made(w, "consent",
                      json_pack("{s:s, s:s, s:s, s:s}", "exit_case", w->exit_case, "form_version",
                                "S1 2026", "agencies", "FRI", "data_kinds", "INSATSER"));
    stopped(w, w->consent, "AKTIVT", json_object(), "in writing");
    done(w, w->consent, "AKTIVT", json_pack("{s:s}", "signed_doc", "Akten, flik 1"));
    assert_string_equal(shown(w, w->consent, "valid_to"), "2027-11-23");
    done(w, w->exit_case, "SAMTYCKE", json_object());
    stopped(w, w->exit_case, "HOTBEDOMNING", json_object(), "lets the police be asked");
    char *wider = made(w, "consent",
                       json_pack("{s:s, s:s, s:s, s:s}", "exit_case", w->exit_case, "form_version",
                                 "S1 2026", "agencies", "POL,FRI", "data_kinds",
                                 "HOTBILD,IDENTITET"));
    done(w, wider, "AKTIVT", json_pack("{s:s}", "signed_doc", "Akten, flik 2"));
    assert_string_equal(shown(w, w->consent, "state"), "ERSATT");
    free(w->consent);
    w->consent = wider;
    stopped(w, w->exit_case, "HOTBEDOMNING", json_object(), "Ask for a threat assessment");
}

static void the_threat_is_judged(void **state)
{
    struct walk *w = *state;
    AUTOFREE char *threat = made(w, "threat_assessment",
                                 json_pack("{s:s, s:s}", "exit_case", w->exit_case, "threat_from",
                                           "Några i Kvarnen"));
    assert_int_equal(tasks(w, threat, "threat_answer"), 1);
    done(w, w->exit_case, "HOTBEDOMNING", json_object());
    talk_ask(w->t, "set",
             json_pack("{s:s, s:{s:s, s:s, s:s}}", "id", threat, "values", "level", "3", "method",
                       "POLIS", "advice", "FLYTT"));
    assert_int_equal(tasks(w, threat, "threat_answer"), 0);
    assert_string_equal(shown(w, threat, "valid_until"), "2027-02-21");
    done(w, w->exit_case, "UTREDNING", json_object());
}

static void the_manager_decides(void **state)
{
    struct walk *w = *state;
    w->decision = made(w, "decision",
                       json_pack("{s:s, s:s, s:s}", "entity", w->exit_case, "kind", "BISTAND",
                                 "content", "Boende på annan ort och stöd."));
    stopped(w, w->decision, "FATTAT", json_object(), "You may not do this");
    stopped(w, w->exit_case, "BESLUT", json_object(), "You may not do this");
    sit_down(w, "tom.berg");
    stopped(w, w->exit_case, "BESLUT", json_object(), "No decision is made");
    stopped(w, w->decision, "FATTAT", json_object(), "reasons");
    talk_ask(w->t, "set",
             json_pack("{s:s, s:{s:s, s:s}}", "id", w->decision, "values", "reasons",
                       "Hotet är högt och viljan tydlig.", "legal_basis", "SoL 2025:400 11 kap."));
    done(w, w->decision, "FATTAT", json_object());
    const json_t *no = talk_refused(
        w->t, "set", json_pack("{s:s, s:{s:s}}", "id", w->decision, "values", "content", "Inget."));
    assert_contains(text_at(no, "data.problems.0.text"), "is not changed");
    done(w, w->exit_case, "BESLUT", json_object());
}

static void the_plan_is_made(void **state)
{
    struct walk *w = *state;
    sit_down(w, "sara.wik");
    stopped(w, w->exit_case, "PLAN", json_object(), "at least one goal");
    w->plan = made(w, "plan", json_pack("{s:s}", "exit_case", w->exit_case));
    w->goal = made(w, "goal",
                   json_pack("{s:s, s:s, s:s}", "plan", w->plan, "need", "BOENDE", "text",
                             "Bor tryggt i eget kontrakt"));
    free(made(w, "activity",
              json_pack("{s:s, s:s, s:s, s:s, s:s}", "goal", w->goal, "kind", "BOENDE", "text",
                        "Kontrakt utanför kommunen", "responsible", "Socialtjänsten", "to",
                        "2026-12-01")));
    done(w, w->exit_case, "PLAN", json_object());
    stopped(w, w->exit_case, "PAGAR", json_object(), "has not signed");
    set(w, w->plan, "client_signed", "2026-11-23");
    stopped(w, w->exit_case, "PAGAR", json_object(), "first follow-up");
    free(made(w, "follow_up",
              json_pack("{s:s, s:s}", "exit_case", w->exit_case, "date", "2026-12-01")));
    done(w, w->exit_case, "PAGAR", json_object());
    assert_int_equal(tasks(w, w->exit_case, "exit_follow_up_first"), 1);
}

/* A colleague's client, from another group, lives in that town. Sara knows nothing of it. */
static void a_rival_is_placed(struct walk *w)
{
    sit_down(w, "greta.moss");
    AUTOFREE char *nora = made(w, "user",
                               json_pack("{s:s, s:s, s:s, s:s, s:s}", "login", "nora.quist",
                                         "display_name", "Nora Quist", "display_alias",
                                         "Nora Quist", "agency", "SNC", "auth_method",
                                         "Tjänstekort"));
    free(made(w, "user_role",
              json_pack("{s:s, s:s, s:s, s:s}", "user", nora, "role", "AVHOPP_HL", "from",
                        "2026-01-01", "reason", "Tjänst")));
    sit_down(w, "nora.quist");
    w->rival = made(w, "exit_case",
                    json_pack("{s:s, s:s}", "backup", "tom.berg", "former_group_text", "Hamnen"));
    AUTOFREE char *there = made(w, "placement",
                                json_pack("{s:s, s:s, s:s, s:s}", "exit_case", w->rival, "provider",
                                          "Lugna huset", "municipality", "1498", "from",
                                          "2026-11-01"));
    done(w, there, "PAGAR", json_object());
}

static void a_placement_is_stopped(void **state)
{
    struct walk *w = *state;
    a_rival_is_placed(w);
    sit_down(w, "sara.wik");
    talk_refused(w->t, "show", json_pack("{s:s}", "id", w->rival));
    assert_int_equal(counted(w, "placement", NULL), 0);
    w->placement = made(w, "placement",
                        json_pack("{s:s, s:s, s:s, s:s}", "exit_case", w->exit_case, "provider",
                                  "Björkgården", "address", "Storgatan 1", "municipality",
                                  "1498"));
    assert_string_equal(shown(w, w->placement, "collision_result"), "MOJLIG");
    const json_t *no = talk_refused(
        w->t, "do", json_pack("{s:s, s:s}", "id", w->placement, "to", "PAGAR"));
    assert_string_equal(text_at(no, "message"),
                        "This place may not be safe. Talk to your manager before anybody goes "
                        "there.");
    no = talk_refused(w->t, "set",
                      json_pack("{s:s, s:{s:s}}", "id", w->placement, "values", "collision_reason",
                                "Det går nog."));
    assert_contains(text_at(no, "data.problems.0.text"), "manager");
    set(w, w->placement, "municipality", "1497");
    assert_string_equal(shown(w, w->placement, "collision_result"), "INGEN");
    done(w, w->placement, "PAGAR", json_object());
    no = talk_refused(w->t, "set", json_pack("{s:s, s:{s:s}}", "id", w->placement, "values",
                                             "municipality", "1498"));
    assert_contains(text_at(no, "data.problems.0.text"), "may not be safe");
}

static void a_relapse_does_not_end_it(void **state)
{
    struct walk *w = *state;
    it_is(w, "2026-12-20T09:00:00Z");
    sit_down(w, "sara.wik");
    AUTOFREE char *setback = made(w, "setback",
                                  json_pack("{s:s, s:s}", "exit_case", w->exit_case, "kind",
                                            "NYTT_BROTT"));
    assert_string_equal(shown(w, w->exit_case, "state"), "PAGAR");
    assert_int_equal(tasks(w, setback, "setback_answer"), 1);
    set(w, setback, "action", "Samtal samma dag, tätare möten.");
    assert_int_equal(tasks(w, setback, "setback_answer"), 0);
    stopped(w, w->exit_case, "STABILISERING", json_object(), "too early");
    it_is(w, "2027-06-01T09:00:00Z");
    sit_down(w, "sara.wik"); /* seven months of silence: nothing closes it */
    assert_string_equal(shown(w, w->exit_case, "state"), "PAGAR");
    stopped(w, w->exit_case, "STABILISERING", json_object(), "serious setback");
    it_is(w, "2027-07-01T09:00:00Z");
    sit_down(w, "sara.wik");
    done(w, w->exit_case, "STABILISERING", json_object());
    stopped(w, w->exit_case, "AVSLUTAD", json_object(), "You may not do this");
}

static void the_manager_closes_it(void **state)
{
    struct walk *w = *state;
    sit_down(w, "tom.berg");
    stopped(w, w->exit_case, "AVSLUTAD", json_pack("{s:s}", "close_reason", "FULLFOLJT"),
            "Outcome");
    done(w, w->exit_case, "AVSLUTAD",
         json_pack("{s:s, s:s}", "close_reason", "FULLFOLJT", "outcome", "UTE_EJ_BROTT"));
    assert_string_equal(shown(w, w->exit_case, "after_dates"),
                        "2027-12-30, 2028-06-30, 2029-06-30, 2032-06-30");
    sit_down(w, "sara.wik");
    assert_int_equal(tasks(w, w->exit_case, "exit_after_6"), 0); /* nobody agreed to be asked */
    stopped(w, w->exit_case, "EFTERUPPF", json_object(), "consent");
    AUTOFREE char *consent = made(w, "consent",
                                  json_pack("{s:s, s:s, s:s, s:s, s:s}", "exit_case", w->exit_case,
                                            "form_version", "S2 2026", "agencies", "SNC",
                                            "data_kinds", "INSATSER", "purpose", "UPPFOLJNING"));
    done(w, consent, "AKTIVT", json_pack("{s:s}", "signed_doc", "Akten, flik 9"));
    done(w, w->exit_case, "EFTERUPPF", json_object());
    assert_int_equal(tasks(w, w->exit_case, "exit_after_6"), 1);
}

static void half_a_year_later_somebody_asks(void **state)
{
    struct walk *w = *state;
    it_is(w, "2028-01-10T09:00:00Z");
    sit_down(w, "sara.wik");
    AUTOFREE char *met = made(w, "follow_up",
                              json_pack("{s:s, s:s}", "exit_case", w->exit_case, "date",
                                        "2028-01-10"));
    done(w, met, "HALLEN", json_pack("{s:s}", "present", "Amir"));
    assert_int_equal(tasks(w, w->exit_case, "exit_after_6"), 0);
    assert_int_equal(tasks(w, w->exit_case, "exit_after_12"), 1);
    assert_string_equal(shown(w, w->consent, "state"), "UTGANGET");
}

static void never_was(struct walk *w, const char *method, const char *id)
{
    AUTOFREE char *sentence = xprintf(
        "There is nothing called \"%s\" here. Check how it is written, or search for it.", id);
    const json_t *no = talk_refused(w->t, method, json_pack("{s:s}", "id", id));
    assert_string_equal(text_at(no, "message"), sentence);
}

/* Nothing of it, by any way of asking; what is hidden is answered as what never was. */
static void nobody_else_finds_it(void **state)
{
    struct walk *w = *state;
    static const char *const logins[] = {"hakan.ek", "mira.holm", "lena.falk", "olle.dahl",
                                         "eva.strand", "nils.ahl", "asa.lind", "ingrid.ros"};
    static const char *const kinds[] = {"exit_contact", "exit_case", "consent", "agreement",
                                        "threat_assessment", "need_assessment", "decision", "plan",
                                        "goal", "activity", "follow_up", "placement", "drug_test",
                                        "setback", "emergency_plan", "note", "task"};
    const char *const ids[] = {w->contact, w->exit_case, w->consent,   w->decision,
                               w->plan,    w->goal,      w->placement, w->person,
                               "01JZZZZZZZZZZZZZZZZZZZZZZZ"};
    for (size_t l = 0; l < N_OF(logins); l++) {
        sit_down(w, logins[l]);
        for (size_t i = 0; i < N_OF(ids); i++) {
            never_was(w, "show", ids[i]);
            never_was(w, "history", ids[i]);
        }
        for (size_t i = 0; i < N_OF(kinds); i++)
            assert_int_equal(counted(w, kinds[i], NULL), 0);
        const json_t *found = talk_ask(w->t, "find", json_pack("{s:s}", "text", "Öberg"));
        assert_int_equal(json_array_size(at(found, "hits")), 0);
        assert_int_equal(counted(w, "person", NULL), 0);
    }
}

static int make(void **state)
{
    struct walk *w = xcalloc(1, sizeof *w);
    w->st = stage_make();
    *state = w;
    return 0;
}

static int end(void **state)
{
    struct walk *w = *state;
    char *const ids[] = {w->contact,  w->person, w->exit_case, w->consent, w->decision,
                         w->plan,     w->goal,   w->placement, w->rival};
    if (w->t)
        talk_end(w->t);
    stage_end(w->st);
    for (size_t i = 0; i < N_OF(ids); i++)
        free(ids[i]);
    free(w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_in_the_night),
        cmocka_unit_test(becomes_a_case_in_the_morning),
        cmocka_unit_test(consent_is_signed),
        cmocka_unit_test(the_threat_is_judged),
        cmocka_unit_test(the_manager_decides),
        cmocka_unit_test(the_plan_is_made),
        cmocka_unit_test(a_placement_is_stopped),
        cmocka_unit_test(a_relapse_does_not_end_it),
        cmocka_unit_test(the_manager_closes_it),
        cmocka_unit_test(half_a_year_later_somebody_asks),
        cmocka_unit_test(nobody_else_finds_it),
    };
    return cmocka_run_group_tests_name("walk exit", tests, make, end);
}
