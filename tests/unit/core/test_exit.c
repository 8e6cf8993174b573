/* What must never happen to somebody on the way out, tried: a consent of another case, a child without
 * a guardian's word, a case that ends by itself, a tie to the police, a trace of a contact that was
 * erased, a place that stays with who has left. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/core/history.h"
#include "treben/core/upkeep.h"
#include "treben/store/log.h"

static struct world *w;

static void today_is(const char *at)
{
    instant now;
    assert_true(instant_from_text(at, &now));
    clock_set(now);
}

static int begin(void **state)
{
    (void)state;
    today_is("2026-11-22T12:00:00Z");
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

static void keep_up(void)
{
    struct err e = {0};
    if (!upkeep_run(w->c, &e))
        fail_msg("%s", e.text);
}

static void worker(void)
{
    world_as(w, "AVHOPP_HL", "SNC");
}

static void manager(void)
{
    world_as(w, "AVHOPP_CHEF", "SNC");
}

static const char *new_person(const char *birth)
{
    worker();
    return world_new(w, "person", "kind", "AVHOPPARE", "family_name", "Åkerö", "birth_date", birth,
                     "protection_level", "INGEN", NULL);
}

static const char *new_case(void)
{
    const char *backup = world_user(w, "AVHOPP_CHEF", "SNC");
    worker();
    return world_new(w, "exit_case", "backup", backup, NULL);
}

/* A case at its first assessment. */
static const char *assessed(const char *birth)
{
    const char *person = new_person(birth);
    const char *c = new_case();
    world_do(w, c, "AKTUALISERAD", "person", person, NULL);
    world_do(w, c, "FORSTA_BEDOMNING", "class", "ORDINARIE", "urgency", "1", NULL);
    return c;
}

static const char *consent_in(const char *exit_case, const char *purpose, const char *by)
{
    worker();
    return world_new(w, "consent", "exit_case", exit_case, "form_version", "S1", "agencies",
                     "POL,FRI", "data_kinds", "HOTBILD", "purpose", purpose, "given_by", by, NULL);
}

static void sign(const char *consent)
{
    world_do(w, consent, "AKTIVT", "signed_doc", "Akten", NULL);
}

static const char *state_of(const char *id)
{
    return world_get(w, id, "state");
}

/* --- consent */

static void a_consent_of_another_case_counts_for_nothing(void **state)
{
    (void)state;
    const char *one = assessed("1990-02-03"), *other = assessed("1991-02-03");
    sign(consent_in(other, "INFORMATIONSUTBYTE", "SELF"));
    assert_says(world_try_do(w, one, "SAMTYCKE", NULL, NULL), "no consent that holds");
    const char *own = consent_in(one, "INFORMATIONSUTBYTE", "SELF");
    assert_string_equal(world_get(w, own, "person"), world_get(w, one, "person"));
    assert_says(world_try_set(w, own, -1, "person", world_get(w, other, "person"), NULL),
                "kept by the system");
    assert_says(world_try_set(w, own, -1, "exit_case", other, NULL), "cannot be changed");
    sign(own);
    assert_says(world_try_set(w, own, -1, "agencies", "POL", NULL), "signed");
    world_do(w, one, "SAMTYCKE", NULL);
}

static void a_childs_consent_is_a_guardians_too(void **state)
{
    (void)state;
    const char *c = assessed("2010-02-03");
    assert_string_equal(world_get(w, c, "minor"), "1");
    assert_int_equal(look_count(w->c, "task",
                                "subject == \"%s\" and clock == \"exit_child_protection\" and "
                                "state == \"NY\"",
                                c),
                     1);
    const char *own = consent_in(c, "INFORMATIONSUTBYTE", "SELF");
    assert_says(world_try_do(w, own, "AKTIVT", NULL, "signed_doc", "Akten", NULL), "guardian");
    assert_says(world_try_do(w, c, "SAMTYCKE", NULL, NULL), "guardian");
    const char *one = consent_in(c, "INFORMATIONSUTBYTE", "VARDNADSHAVARE");
    const char *two = consent_in(c, "INFORMATIONSUTBYTE", "VARDNADSHAVARE");
    sign(one);
    sign(two);
    assert_string_equal(state_of(one), "AKTIVT"); /* one row for each guardian */
    world_do(w, c, "SAMTYCKE", NULL);
}

static void of_unknown_age_nobody_signs(void **state)
{
    (void)state;
    const char *c = assessed("");
    const char *consent = consent_in(c, "INFORMATIONSUTBYTE", "SELF");
    assert_says(world_try_do(w, consent, "AKTIVT", NULL, "signed_doc", "Akten", NULL),
                "birth date");
    assert_says(world_try_do(w, c, "SAMTYCKE", NULL, NULL), "birth date");
}

static void withdrawn_it_stops_at_once(void **state)
{
    (void)state;
    const char *c = assessed("1990-02-03");
    const char *consent = consent_in(c, "INFORMATIONSUTBYTE", "SELF");
    sign(consent);
    assert_says(world_try_do(w, c, "UTAN_SAMTYCKE", "Hen sade nej.", NULL), "consent that holds");
    assert_says(world_try_do(w, consent, "ATERKALLAT", NULL, NULL), "withdrawn_how");
    world_do(w, consent, "ATERKALLAT", "withdrawn_how", "På telefon", NULL);
    assert_non_null(world_get(w, consent, "withdrawn_at"));
    assert_says(world_try_do(w, c, "SAMTYCKE", NULL, NULL), "no consent that holds");
    const char *task = "subject == \"%s\" and clock == \"consent_withdrawn\" and state == \"NY\"";
    assert_int_equal(look_count(w->c, "task", task, consent), 1);
    worker();
    assert_fine(world_try_set(w, consent, -1, "continued", "Stödet går vidare utan polisen.", NULL));
    assert_int_equal(look_count(w->c, "task", task, consent), 0);
    assert_says(world_try_do(w, c, "UTAN_SAMTYCKE", NULL, NULL), "reason");
    assert_fine(world_try_do(w, c, "UTAN_SAMTYCKE", "Hen sade nej.", NULL));
    world_do(w, c, "UTREDNING", NULL);
}

static void it_runs_out_by_itself(void **state)
{
    (void)state;
    const char *c = assessed("1990-02-03");
    const char *consent = consent_in(c, "INFORMATIONSUTBYTE", "SELF");
    sign(consent);
    assert_string_equal(world_get(w, consent, "renew_at"), "2027-10-23");
    today_is("2027-11-22T12:00:00Z");
    keep_up();
    assert_string_equal(state_of(consent), "AKTIVT"); /* its last day */
    today_is("2027-11-23T12:00:00Z");
    keep_up();
    assert_string_equal(state_of(consent), "UTGANGET");
    today_is("2026-11-22T12:00:00Z");
}

/* --- decision, and the ends of a case */

static const char *investigated(void)
{
    const char *c = assessed("1990-02-03");
    assert_fine(world_try_do(w, c, "UTAN_SAMTYCKE", "Hen sade nej.", NULL));
    world_do(w, c, "UTREDNING", NULL);
    return c;
}

static const char *decided(const char *c, const char *kind)
{
    worker();
    const char *d = world_new(w, "decision", "entity", c, "kind", kind, "content", "Stöd.", "reasons",
                              "Behovet är klart.", "legal_basis", "SoL", "appealable",
                              str_eq(kind, "AVSLAG") ? "ja" : "", NULL);
    manager();
    world_do(w, d, "FATTAT", NULL);
    world_do(w, c, "BESLUT", NULL);
    return d;
}

static void a_refusal_is_told_before_it_ends(void **state)
{
    (void)state;
    const char *c = investigated();
    worker();
    const char *bare = world_new(w, "decision", "entity", c, "kind", "AVSLAG", "content", "Nej.",
                                 "reasons", "Ingen hotbild.", "legal_basis", "SoL", NULL);
    manager();
    assert_says(world_try_do(w, bare, "FATTAT", NULL, NULL), "appealed");
    const char *d = decided(c, "AVSLAG");
    worker();
    assert_says(world_try_do(w, c, "PLAN", NULL, NULL), "refused");
    manager();
    assert_says(world_try_do(w, c, "AVSLUTAD", NULL, "close_reason", "EJ_MALGRUPP", "outcome", "OKANT",
                             NULL),
                "served");
    assert_fine(world_try_set(w, d, -1, "served_at", "2026-11-22", NULL));
    assert_says(world_try_set(w, d, -1, "reasons", "Andra skäl.", NULL), "not changed");
    world_do(w, c, "AVSLUTAD", "close_reason", "EJ_MALGRUPP", "outcome", "OKANT", NULL);
}

static const char *running(void)
{
    const char *c = investigated();
    decided(c, "BISTAND");
    worker();
    const char *plan = world_new(w, "plan", "exit_case", c, "client_signed", "2026-11-22", NULL);
    world_new(w, "goal", "plan", plan, "need", "BOENDE", "text", "Bor tryggt", NULL);
    world_do(w, c, "PLAN", NULL);
    world_new(w, "follow_up", "exit_case", c, "date", "2026-12-01", NULL);
    world_do(w, c, "PAGAR", NULL);
    return c;
}

static void nothing_but_the_manager_ends_it(void **state)
{
    (void)state;
    const char *c = running();
    world_new(w, "setback", "exit_case", c, "kind", "NYTT_BROTT", NULL);
    assert_string_equal(state_of(c), "PAGAR");
    assert_says(world_try_do(w, c, "VILANDE", NULL, NULL), "reason");
    assert_fine(world_try_do(w, c, "VILANDE", "Fängelse.", NULL));
    assert_says(world_try_do(w, c, "PAGAR", "Nu igen.", NULL), "Taken up again");
    assert_fine(world_try_do(w, c, "ATERUPPTAGEN", "Ute igen.", NULL));
    assert_fine(world_try_do(w, c, "PAGAR", "Nu igen.", NULL));
    for (int year = 2027; year < 2033; year++) {
        today_is(arena_printf(&w->c->scratch, "%d-11-22T12:00:00Z", year));
        keep_up();
        assert_string_equal(state_of(c), "PAGAR");
    }
    today_is("2026-11-22T12:00:00Z");
    struct record *r = look_id(w->c, "exit_case", c);
    for (int i = 0; i < r->k->lifecycles[0].n_transitions; i++)
        for (int j = 0; j < r->k->lifecycles[0].transitions[i].n_who; j++)
            assert_int_not_equal(r->k->lifecycles[0].transitions[i].who[j].any[0].type, ACTOR_SYSTEM);
    record_free(r);
}

/* --- who sees it */

static bool sees(const char *role, const char *kind, const char *id)
{
    struct err e = {0};
    struct record *r;
    world_as(w, role, "SNC");
    bool seen = repo_load(w->c, model_kind(w->model, kind), id, &r, &e);
    if (seen)
        record_free(r);
    return seen;
}

static void who_has_it_sees_it_and_who_leaves_does_not(void **state)
{
    (void)state;
    const char *person = new_person("1990-02-03");
    manager();
    const char *hl = world_user(w, "AVHOPP_HL", "SNC"), *chief = world_user(w, "AVHOPP_CHEF", "SNC");
    const char *c = world_new(w, "exit_case", "handler", chief, "backup", hl, NULL);
    worker();
    world_do(w, c, "AKTUALISERAD", "person", person, NULL);
    manager();
    const char *place = world_new(w, "placement", "exit_case", c, "provider", "Huset", "municipality",
                                  "1497", NULL);
    const char *plan = world_new(w, "emergency_plan", "exit_case", c, "call_name", "Björn", "steps",
                                 "Ring 112.", "code_word", "zebra", NULL);
    assert_true(sees("AVHOPP_HL", "placement", place)); /* the backup */
    assert_true(sees("AVHOPP_HL", "emergency_plan", plan));
    assert_true(sees("AVHOPP_HL", "person", person));
    assert_false(sees("JOUR_S", "emergency_plan", plan));
    manager();
    const char *all = arena_printf(&w->c->scratch, "%s,%s", world_get(w, plan, "authorised"),
                                   world_user(w, "JOUR_S", "SNC"));
    assert_fine(world_try_set(w, plan, -1, "authorised", all, NULL));
    assert_true(sees("JOUR_S", "emergency_plan", plan));
    assert_false(sees("JOUR_S", "exit_case", c));
    assert_false(sees("KOORD_S", "exit_case", c));
    assert_false(sees("CHEF", "exit_case", c));
    manager();
    assert_says(world_try_set(w, plan, -1, "authorised", world_user(w, "KOORD_S", "SNC"), NULL),
                "on-call");
    assert_says(world_try_set(w, c, -1, "backup", world_user(w, "KOORD_S", "SNC"), NULL),
                "exit unit");
    assert_says(world_try_set(w, c, -1, "backup", chief, NULL), "somebody else");
}

static void one_open_case_a_person_of_the_units_own(void **state)
{
    (void)state;
    const char *person = new_person("1990-02-03");
    const char *one = new_case(), *two = new_case();
    world_do(w, one, "AKTUALISERAD", "person", person, NULL);
    assert_says(world_try_do(w, two, "AKTUALISERAD", NULL, "person", person, NULL), "open case");
    world_as(w, "KOORD_P", "POL");
    const char *theirs = world_new(w, "person", "kind", "MEDLEM", "family_name", "Åkerö", NULL);
    worker();
    assert_says(world_try_do(w, two, "AKTUALISERAD", NULL, "person", theirs, NULL), "");
    assert_string_equal(state_of(two), "KONTAKT");
    world_as_system(w);
    assert_says(world_try_set(w, two, -1, "person", theirs, NULL), "own register");
}

/* No reference leads from a case, or from what belongs to it, to anything that the police keep. */
static void nothing_refers_to_the_police(void **state)
{
    (void)state;
    static const char *const theirs[] = {"group", "group_alias", "group_relation", "membership",
                                         "incident", "incident_person", "sanction_round", "measure"};
    static const char *const ours[] = {"exit_contact", "exit_case", "consent", "agreement",
                                       "threat_assessment", "need_assessment", "decision", "plan",
                                       "goal", "activity", "follow_up", "placement", "drug_test",
                                       "setback", "emergency_plan"};
    for (size_t i = 0; i < N_OF(ours); i++) {
        const struct kind *k = kind_find(ours[i]);
        for (int f = 0; f < k->n_fields; f++) {
            assert_false(str_eq(k->fields[f].of, "*"));
            assert_false(k->fields[f].flags & (SEARCH | SHARED | META));
            for (size_t t = 0; t < N_OF(theirs); t++)
                assert_false(str_eq(k->fields[f].of, theirs[t]));
        }
    }
    for (size_t t = 0; t < N_OF(theirs); t++) {
        const struct kind *k = kind_find(theirs[t]);
        for (int f = 0; f < k->n_fields; f++)
            for (size_t i = 0; i < N_OF(ours); i++)
                assert_false(str_eq(k->fields[f].of, ours[i]));
    }
}

static void only_the_units_own_offer_is_tied_to_a_case(void **state)
{
    (void)state;
    const char *c = new_case();
    const char *own = world_new(w, "help_offer", "anonymous", "ja", "given_in", "CN", "offer_kinds",
                                "BOENDE", "response", "JA", NULL);
    world_do(w, own, "INTRESSE", NULL);
    world_do(w, own, "KONTAKT_TAGEN", NULL);
    assert_says(world_try_do(w, own, "LEDDE_TILL_ARENDE", NULL, NULL), "Name the case");
    world_do(w, own, "LEDDE_TILL_ARENDE", "exit_case", c, NULL);
    world_as(w, "KOORD_F", "FRI");
    const char *theirs = world_new(w, "help_offer", "anonymous", "ja", "given_in", "CN", "offer_kinds",
                                   "BOENDE", "response", "JA", NULL);
    world_do(w, theirs, "INTRESSE", NULL);
    worker();
    world_do(w, theirs, "KONTAKT_TAGEN", NULL);
    assert_says(world_try_do(w, theirs, "LEDDE_TILL_ARENDE", NULL, "exit_case", c, NULL), "own offers");
    world_do(w, theirs, "LEDDE_TILL_ARENDE", NULL);
}

/* --- what is encrypted, and what is erased */

static void what_is_sealed_stands_nowhere(void **state)
{
    (void)state;
    const char *c = new_case();
    const char *t = world_new(w, "threat_assessment", "exit_case", c, "threat_from", "Zebran", NULL);
    assert_fine(world_try_set(w, t, -1, "threat_from", "Zebran och hans bror", NULL));
    struct err e = {0};
    struct record *r;
    ARENA a = {0};
    struct history_row *rows;
    int n;
    assert_true(repo_load(w->c, model_kind(w->model, "threat_assessment"), t, &r, &e));
    assert_string_equal(record_get(r, model_field(r->k, "threat_from")), "Zebran och hans bror");
    assert_true(history_read(w->c, r, &a, &rows, &n, &e));
    for (int i = 0; i < n; i++)
        assert_false((rows[i].old_value && strstr(rows[i].old_value, "Zebran")) ||
                     (rows[i].new_value && strstr(rows[i].new_value, "Zebran")));
    record_free(r);
    struct record *listed = look_id(w->c, "threat_assessment", t);
    assert_null(record_get(listed, model_field(listed->k, "threat_from")));
    record_free(listed);
}

struct traces {
    const char *id;
    int gone;
    bool nobody;
};

static bool take_log(void *ctx, const struct log_row *row)
{
    struct traces *t = ctx;
    if (str_eq(row->action, "GALLRA") && row->shown && strstr(row->shown, t->id)) {
        t->gone++;
        t->nobody = !row->user && str_eq(row->detail, "CONTACT_90D");
    }
    return true;
}

static int64_t rows_about(const char *table, const char *column, const char *id)
{
    STMT st;
    struct err e = {0};
    bool row;
    AUTOFREE char *sql = xprintf("SELECT count(*) FROM \"%s\" WHERE \"%s\" = ?", table, column);
    assert_true(stmt_get(w->store, DOOR_UPKEEP, sql, &st, &e));
    stmt_text(&st, 1, id);
    assert_true(stmt_step(&st, &row, &e));
    return col_int(&st, 0);
}

static void a_contact_that_led_to_nothing_is_gone(void **state)
{
    (void)state;
    world_as(w, "JOUR_S", "SNC");
    const char *lost = world_new(w, "exit_contact", "topic", "RAD", "advice_given", "Vila.", NULL);
    const char *kept = world_new(w, "exit_contact", "topic", "AVHOPP", NULL);
    assert_fine(world_try_set(w, lost, -1, "next_step", "Ringer igen.", NULL));
    const char *note =
        world_new(w, "note", "subject", lost, "kind", "TELEFON", "text", "Zebran ringde.", NULL);
    const char *backup = world_user(w, "AVHOPP_CHEF", "SNC");
    worker();
    world_new(w, "exit_case", "contact", kept, "backup", backup, NULL);
    today_is("2027-02-20T12:00:00Z");
    keep_up();
    assert_int_equal(rows_about("exit_contact", "id", lost), 1);
    today_is("2027-02-21T12:00:00Z");
    keep_up();
    static const char *const places[][2] = {{"history", "record"},
                                            {"record_index", "id"},
                                            {"search_doc", "id"},
                                            {"draft", "record"}};
    assert_int_equal(rows_about("exit_contact", "id", lost), 0);
    assert_int_equal(rows_about("note", "id", note), 0);
    for (size_t i = 0; i < N_OF(places); i++) {
        assert_int_equal(rows_about(places[i][0], places[i][1], lost), 0);
        assert_int_equal(rows_about(places[i][0], places[i][1], note), 0);
    }
    assert_int_equal(rows_about("exit_contact", "id", kept), 1);
    struct traces t = {.id = lost};
    struct err e = {0};
    assert_true(log_read(w->store, "", take_log, &t, &e));
    assert_int_equal(t.gone, 1);
    assert_true(t.nobody);
    today_is("2026-11-22T12:00:00Z");
}

static void its_number_tells_no_count(void **state)
{
    (void)state;
    int64_t up = 0, before = 0;
    for (int i = 0; i < 12; i++) {
        struct record *r = look_id(w->c, "exit_case", new_case());
        int64_t n = strtoll(strrchr(r->case_no, '-') + 1, NULL, 10);
        up += n == before + 1;
        before = n;
        record_free(r);
    }
    assert_true(up < 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_consent_of_another_case_counts_for_nothing),
        cmocka_unit_test(a_childs_consent_is_a_guardians_too),
        cmocka_unit_test(of_unknown_age_nobody_signs),
        cmocka_unit_test(withdrawn_it_stops_at_once),
        cmocka_unit_test(it_runs_out_by_itself),
        cmocka_unit_test(a_refusal_is_told_before_it_ends),
        cmocka_unit_test(nothing_but_the_manager_ends_it),
        cmocka_unit_test(who_has_it_sees_it_and_who_leaves_does_not),
        cmocka_unit_test(one_open_case_a_person_of_the_units_own),
        cmocka_unit_test(nothing_refers_to_the_police),
        cmocka_unit_test(only_the_units_own_offer_is_tied_to_a_case),
        cmocka_unit_test(what_is_sealed_stands_nowhere),
        cmocka_unit_test(a_contact_that_led_to_nothing_is_gone),
        cmocka_unit_test(its_number_tells_no_count),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
