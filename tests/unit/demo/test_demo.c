/* The demo city: every record of it keeps the rules of its kind, the same seed makes the same city,
 * and it stands as the tour through the program expects it. */
#include "../core/world.h"

#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/demo/demo.h"

#include <stdio.h>

#define SEED 20261122

static struct world *city;

static instant monday_morning(void)
{
    instant t;
    assert_true(instant_from_text("2026-11-23T08:05:00Z", &t));
    return t;
}

static struct world *make_city(uint64_t seed)
{
    struct err e = {0};
    clock_set(monday_morning());
    id_seed(7); /* agencies and roles too */
    struct world *w = world_make();
    if (!demo_make(w->c, seed, 1, &e))
        fail_msg("%s: %s", e.field, e.text);
    assert_true(clock_now() == monday_morning());
    return w;
}

/* The next thousand records of a kind, by id. */
static struct rows next_rows(struct world *w, const struct kind_model *k, const char *after)
{
    struct rows rows = {0};
    struct err e = {0};
    struct query q = {
        .k = k, .sort = "id", .limit = 1000, .after = *after ? after : NULL, .upkeep = true};
    if (!query_rows(w->c, &q, &rows, &e))
        fail_msg("%s: %s", k->kind->name, e.text);
    return rows;
}

/* --- every record
 * -----------------------------------------------------------------------------------------------
 */

static void assert_sound(struct change *ch)
{
    if (!change_check(ch))
        fail_msg("%s %s %s: %s: %s", ch->now->k->kind->name, ch->now->id, ch->now->case_no,
                 ch->problems.at[0].field, ch->problems.at[0].text);
    problems_done(&ch->problems);
}

/* Rules that look only at what changes: as if the figures or the birth date had just been put
 * right. */
static void check_changed(struct world *w, struct record *now, bool *given)
{
    bool incident = strcmp(now->k->kind->name, "incident") == 0;
    if (!incident && strcmp(now->k->kind->name, "person") != 0)
        return;
    struct record *was = record_copy(now);
    record_put(was, model_field(now->k, incident ? "n_dead" : "birth_date"),
               incident ? "998" : NULL);
    if (incident)
        record_put(was, model_field(now->k, "n_injured"), "998");
    struct change ch = {.core = w->c, .was = was, .now = now, .given = given, .seen_rev = -1};
    assert_sound(&ch);
    record_free(was);
}

static void check_record(struct world *w, const struct kind_model *k, const char *id)
{
    struct err e = {0};
    struct record *now;
    if (!repo_load_all(w->c, k, id, &now, &e))
        fail_msg("%s %s: %s", k->kind->name, id, e.text);
    struct change ch = {.core = w->c, .now = now, .seen_rev = -1};
    ch.given = xcalloc((size_t)k->n_fields, sizeof *ch.given);
    struct record *before = record_copy(now);
    assert_sound(&ch);
    int review = model_field(k, "review_due"); /* confirmed today, it would be due later */
    for (int i = 0; i < k->n_fields; i++)      /* the kind itself would have filled it so */
        if (i != review && record_has(before, i) &&
            !str_eq(record_get(before, i), record_get(now, i)))
            fail_msg("%s %s.%s: \"%s\" would become \"%s\"", k->kind->name, id, k->fields[i].f.name,
                     record_get(before, i), record_get(now, i) ? record_get(now, i) : "–");
    check_changed(w, before, ch.given);
    free(ch.given);
    record_free(before);
    record_free(now);
}

static void check_kind(struct world *w, const struct kind_model *k)
{
    char after[ID_LEN + 1] = "";
    for (;;) {
        ROWS rows = next_rows(w, k, after);
        for (int i = 0; i < rows.n; i++)
            check_record(w, k, rows.at[i]->id);
        core_request_done(w->c);
        if (!rows.more)
            return;
        snprintf(after, sizeof after, "%s", rows.at[rows.n - 1]->id);
    }
}

static void every_record_keeps_its_rules(void **state)
{
    (void)state;
    for (int i = 0; i < city->model->n_kinds; i++)
        check_kind(city, &city->model->kinds[i]);
}

/* --- the same seed
 * ------------------------------------------------------------------------------------------------
 */

static void compare_kind(struct world *a, struct world *b, const struct kind_model *k)
{
    char after[ID_LEN + 1] = "";
    for (;;) {
        ROWS x = next_rows(a, k, after);
        ROWS y = next_rows(b, model_kind(b->model, k->kind->name), after);
        assert_int_equal(x.n, y.n);
        for (int i = 0; i < x.n; i++) {
            assert_string_equal(x.at[i]->id, y.at[i]->id);
            assert_string_equal(x.at[i]->case_no, y.at[i]->case_no);
            for (int f = 0; f < k->n_fields; f++)
                if (!str_eq(record_get(x.at[i], f), record_get(y.at[i], f)))
                    fail_msg("%s.%s differs", k->kind->name, k->fields[f].f.name);
        }
        core_request_done(a->c);
        core_request_done(b->c);
        if (!x.more)
            return;
        snprintf(after, sizeof after, "%s", x.at[x.n - 1]->id);
    }
}

static void the_same_seed_makes_the_same_city(void **state)
{
    (void)state;
    struct world *again = make_city(SEED);
    for (int i = 0; i < city->model->n_kinds; i++)
        compare_kind(city, again, &city->model->kinds[i]);
    world_end(again);
}

/* --- proportions and coherence
 * ---------------------------------------------------------------------------------------- */

#define COUNT(kind, ...) look_count(city->c, kind, __VA_ARGS__)

static void assert_about(const char *kind, int64_t wanted)
{
    int64_t n = COUNT(kind, "id != null");
    if (n < wanted * 85 / 100 || n > wanted * 115 / 100)
        fail_msg("%s: %lld, about %lld expected", kind, (long long)n, (long long)wanted);
}

static void the_proportions_are_those_of_a_city(void **state)
{
    static const struct {
        const char *kind;
        int64_t n;
    } expected[] = {
        {"group", 26},
        {"group_relation", 60},
        {"person", 1800},
        {"membership", 900},
        {"alias", 1500},
        {"incident", 650},
        {"incident_person", 1700},
        {"gmi_decision", 720},
        {"message_version", 40},
        {"custom_notification", 400},
        {"notification_attempt", 600},
        {"call_in", 11},
        {"invitation", 136},
        {"promise", 300},
        {"help_offer", 950},
        {"sanction_round", 25},
        {"measure", 1500},
        {"user", 75},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(expected); i++)
        assert_about(expected[i].kind, expected[i].n);
    assert_int_equal(COUNT("sanction_round", "override_reason != null and prior_message == null"),
                     1);
    assert_int_equal(COUNT("call_in", "state == \"KALLAD\""), 1); /* the coming one */
    assert_true(COUNT("invitation", "outcome in (\"STANNADE\", \"GICK\")") > 75);
    assert_true(COUNT("incident", "area == \"OKAND\"") > 5);
    assert_true(COUNT("incident", "state == \"DUBBLETT\"") > 3);
}

/* What one agency knows about a person leads nowhere in another's register. */
static void registers_are_not_joined(void **state)
{
    (void)state;
    STMT st;
    struct err e = {0};
    bool row;
    assert_true(stmt_get(city->store, DOOR_UPKEEP,
                         "SELECT count(*) FROM person_identifier a JOIN person_identifier b ON "
                         "a.value_hash = b.value_hash "
                         "WHERE a.owner_agency = 'SNC' AND b.owner_agency = 'POL'",
                         &st, &e));
    assert_true(stmt_step(&st, &row, &e) && row);
    assert_int_equal(col_int(&st, 0), 0);
    assert_int_equal(
        COUNT("help_offer",
              "owner_agency == \"SNC\" and person != null and person.owner_agency != \"SNC\""),
        0);
    assert_int_equal(COUNT("custom_notification", "person.owner_agency == \"SNC\""), 0);
    assert_int_equal(
        COUNT("measure", "target_type == \"PERSON\" and owner_agency in (\"SNC\", \"KS\")"), 0);
}

/* --- how it stands
 * --------------------------------------------------------------------------------------------------------
 */

static void every_account_is_there(void **state)
{
    static const char *const accounts[][3] = {
        {"asa.lind", "KOORD_S", "SNC"},     {"hakan.ek", "KOORD_P", "POL"},
        {"eva.strand", "KOORD_F", "FRI"},   {"mira.holm", "ANALYT_P", "POL"},
        {"per.nystrom", "JOUR_S", "SNC"},   {"lena.falk", "JOUR_P", "POL"},
        {"nils.ahl", "FRIV_INSP", "FRI"},   {"sara.wik", "AVHOPP_HL", "SNC"},
        {"tom.berg", "AVHOPP_CHEF", "SNC"}, {"olle.dahl", "CHEF", "POL"},
        {"ingrid.ros", "CHEF", "SNC"},      {"jan.friberg", "CHEF", "FRI"},
        {"siv.palm", "STYR", "SNC"},        {"karin.lund", "GRANSK", "SNC"},
        {"ulf.sten", "DSO", "SNC"},         {"greta.moss", "SYSADM", "SNC"},
    };
    (void)state;
    for (size_t i = 0; i < N_OF(accounts); i++) {
        struct err e = {0};
        if (!subject_by_login(city->c, accounts[i][0], &e))
            fail_msg("%s: %s", accounts[i][0], e.text);
        assert_string_equal(city->c->who.agency, accounts[i][2]);
        assert_int_equal(city->c->who.n_roles, 1);
        assert_string_equal(city->c->who.roles[0], accounts[i][1]);
    }
    subject_system(city->c);
}

static void the_morning_is_as_the_tour_expects(void **state)
{
    (void)state;
    assert_true(COUNT("group_relation", "type == \"KONFLIKT\" and heat == 3 and to == null") >= 1);
    assert_int_equal(COUNT("incident", "state == \"GMI_BESLUTAD\""), 3);
    assert_int_equal(COUNT("incident", "state == \"GMI_BESLUTAD\" and known_at < today-7d"), 1);
    assert_true(COUNT("incident", "state == \"TRIAGERAD\" and known_at >= today-4d") >= 1);
    assert_true(COUNT("incident", "state == \"REGISTRERAD\"") >= 1);
    assert_true(COUNT("incident_review", "at >= today-4d") >= 1);
    assert_int_equal(
        COUNT("sanction_round",
              "state == \"PAGAR\" and decided_at >= today-14d and decided_at < today-7d"),
        1);
    assert_int_equal(
        COUNT("measure", "state in (\"BESLUTAD\", \"PAGAENDE\") and planned_to < today"), 1);
    assert_int_equal(COUNT("task", "clock == null and state == \"NY\" and due < today"), 4);
    assert_int_equal(COUNT("membership", "state == \"BEKRAFTAD\" and review_due < today"), 1);
    assert_true(COUNT("membership", "state == \"FORESLAGEN\" and minor_at_entry == true") >= 1);
    assert_true(COUNT("person", "owner_agency == \"SNC\" and protection_level != \"INGEN\"") > 50);
    assert_true(COUNT("message_version", "state == \"GODKAND\" and language == \"SV\"") >= 1);
    assert_true(COUNT("deconfliction", "answer == null") >= 2);
}

/* One talk waits for the second of two, and it is one the second can approve. */
static void a_talk_waits_for_the_second_approval(void **state)
{
    (void)state;
    ROWS talks = look_all(city->c, "custom_notification", "id", "state == \"FORESLAGEN\"");
    const char *waiting = NULL;
    for (int i = 0; i < talks.n; i++)
        if (COUNT("approval", "subject == \"%s\" and answer == \"JA\"", talks.at[i]->id) == 1)
            waiting = talks.at[i]->id;
    assert_non_null(waiting);
    struct err e = {0};
    assert_true(subject_by_login(city->c, "asa.lind", &e));
    assert_fine(world_try_do(city, waiting, "GODKAND", NULL, NULL));
    subject_system(city->c);
    assert_string_equal(world_get(city, waiting, "state"), "GODKAND");
}

static int begin(void **state)
{
    (void)state;
    city = make_city(SEED);
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(city);
    clock_set(INSTANT_NONE);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_account_is_there),
        cmocka_unit_test(the_proportions_are_those_of_a_city),
        cmocka_unit_test(registers_are_not_joined),
        cmocka_unit_test(the_morning_is_as_the_tour_expects),
        cmocka_unit_test(every_record_keeps_its_rules),
        cmocka_unit_test(the_same_seed_makes_the_same_city),
        cmocka_unit_test(a_talk_waits_for_the_second_approval),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
