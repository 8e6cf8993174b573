/* A group audit from its plan to the picture it changes, and what it must never do: make a member
 * of a relative, take rows without source or grade, let somebody adopt what they said, or a minor
 * pass unseen. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/mem.h"
#include "treben/core/history.h"

#include <stdio.h>

struct sitting {
    struct world *w;
    const char *audit, *kvarnen, *hamnen, *zander, *young;
};

static struct arena kept; /* ids outlive the request's scratch */

static const char *keep(const char *text)
{
    return arena_strdup(&kept, text);
}

static void analyst(struct sitting *s)
{
    world_as(s->w, "ANALYT_P", "POL");
}

static int make(void **state)
{
    struct sitting *s = xcalloc(1, sizeof *s);
    instant now;
    assert_true(instant_from_text("2026-11-22T12:00:00Z", &now));
    clock_set(now);
    struct world *w = s->w = world_make();
    analyst(s);
    s->kvarnen = keep(world_new(w, "group", "name", "Kvarnen", "priority", "1", NULL));
    s->hamnen = keep(world_new(w, "group", "name", "Hamnen", NULL));
    s->zander = keep(world_new(w, "person", "kind", "MEDLEM", "family_name", "Zander",
                               "given_names", "Adnan", "birth_date", "1999-04-12", NULL));
    s->young = keep(world_new(w, "person", "kind", "KONTAKT", "family_name", "Ung", "birth_date",
                              "2010-01-02", NULL));
    s->audit = keep(world_new(w, "audit", "date", "2026-11-20", NULL));
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct sitting *s = *state;
    world_end(s->w);
    clock_set(INSTANT_NONE);
    free(s);
    arena_done(&kept);
    return 0;
}

static void begin(struct sitting *s)
{
    assert_says(world_try_do(s->w, s->audit, "PAGAR", NULL, NULL), "takes part");
    world_do(s->w, s->audit, "PAGAR", "participants_text", "Två områdespoliser", NULL);
}

static const char *member_row(struct sitting *s, const char *person)
{
    return keep(world_new(s->w, "audit_row", "audit", s->audit, "kind", "KOPPLING", "group",
                          s->kvarnen, "person", person, "role", "MEDLEM", "from", "2025",
                          "criteria", "KARTLAGGNING,OBSERVERAD", "suspicion_basis", "P1B",
                          "source_grade", "B", "info_grade", "2", "handling", "H1", NULL));
}

static void judge(struct sitting *s, const char *row, const char *answer)
{
    world_as(s->w, "KOORD_P", "POL");
    assert_fine(world_try_set(s->w, row, -1, "accepted", answer, NULL));
}

static const char *adopt(struct sitting *s)
{
    world_as(s->w, "KOORD_P", "POL");
    return world_try_do(s->w, s->audit, "FASTSTALLD", NULL, NULL);
}

/* The row of this kind that says so; its id. */
static const char *found(struct sitting *s, const char *kind, const char *expr)
{
    struct record *r = look_first(s->w->c, kind, "id", "%s", expr);
    const char *id = r ? keep(r->id) : NULL;
    record_free(r);
    return id;
}

static void what_was_said_becomes_the_picture(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    begin(s);
    const char *row = member_row(s, s->zander);
    assert_string_equal(world_get(w, row, "source"), "GK-2026-01");
    assert_string_equal(world_get(w, row, "minor"), "0");
    const char *about =
        keep(world_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group_name",
                       "Nya laget", "alias", "NL", "violence_level", "3", "est_members_low", "8",
                       "source_grade", "A", "info_grade", "2", "handling", "H1", NULL));
    const char *war = keep(world_new(
        w, "audit_row", "audit", s->audit, "kind", "RELATION", "group_name", "Nya laget",
        "other_group", s->kvarnen, "relation_type", "KONFLIKT", "heat", "3", "from", "2026-10",
        "cause", "SKULD", "source_grade", "A", "info_grade", "2", "handling", "H1", NULL));
    const char *no = keep(world_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group",
                                    s->hamnen, "status", "UPPLOST", "source_grade", "C",
                                    "info_grade", "4", "handling", "H3", NULL));
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    assert_says(adopt(s), "not judged");
    judge(s, row, "ja");
    judge(s, about, "ja");
    judge(s, war, "ja");
    judge(s, no, "nej");
    assert_null(found(s, "membership", "from == \"2025\"")); /* nothing has changed yet */
    assert_null(world_get(w, s->kvarnen, "last_audit"));
    assert_fine(adopt(s));
    assert_string_equal(world_get(w, s->audit, "adopted_by"), world_user(w, "KOORD_P", "POL"));
    const char *member = found(s, "membership", "state == \"BEKRAFTAD\"");
    assert_non_null(member);
    assert_string_equal(world_get(w, member, "person"), s->zander);
    assert_string_equal(world_get(w, member, "created_by"), world_user(w, "ANALYT_P", "POL"));
    assert_string_equal(world_get(w, member, "confirmed_by"), world_user(w, "KOORD_P", "POL"));
    assert_string_equal(world_get(w, row, "result"), member);
    const char *group = found(s, "group", "name == \"Nya laget\"");
    assert_non_null(group);
    assert_string_equal(world_get(w, group, "last_audit"), "2026-11-20");
    assert_string_equal(world_get(w, s->kvarnen, "last_audit"), "2026-11-20");
    assert_null(world_get(w, s->hamnen, "last_audit"));
    assert_string_equal(world_get(w, s->hamnen, "status"), "AKTIV");
    assert_non_null(found(s, "group_alias", "name == \"NL\""));
    const char *relation = found(s, "group_relation", "heat == 3");
    assert_non_null(relation);
    assert_string_equal(world_get(w, relation, "review_due"), "2027-02-20");
}

/* The history of what it changed says which audit it was. */
static void history_names_the_audit(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    struct history_row *rows;
    struct record *group;
    struct err e = {0};
    int n, named = 0;
    begin(s);
    const char *row = keep(world_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group",
                                     s->kvarnen, "violence_level", "4", "source_grade", "A",
                                     "info_grade", "1", "handling", "H1", NULL));
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, row, "ja");
    assert_fine(adopt(s));
    assert_true(repo_load(w->c, model_kind(w->model, "group"), s->kvarnen, &group, &e));
    assert_true(history_read(w->c, group, &w->c->scratch, &rows, &n, &e));
    for (int i = 0; i < n; i++)
        named += rows[i].reason && strstr(rows[i].reason, "GK-2026-01");
    assert_int_equal(named, 2); /* violence_level and last_audit */
    record_free(group);
}

static void an_open_membership_is_confirmed_anew(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    const char *old =
        keep(world_new(w, "membership", "person", s->zander, "group", s->kvarnen, "role", "OKAND",
                       "from", "2023", "source_grade", "C", "info_grade", "3", "handling", "H1",
                       "criteria", "SPANING,DOM", "suspicion_basis", "P1A", NULL));
    begin(s);
    const char *row = member_row(s, s->zander);
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, row, "ja");
    assert_fine(adopt(s));
    assert_string_equal(world_get(w, old, "state"), "BEKRAFTAD");
    assert_string_equal(world_get(w, old, "role"), "MEDLEM");
    assert_string_equal(world_get(w, old, "from"), "2023");
    assert_string_equal(world_get(w, old, "criteria"), "SPANING,DOM,KARTLAGGNING,OBSERVERAD");
    assert_int_equal(look_count(w->c, "membership", "person == \"%s\"", s->zander), 1);
}

static void nobody_adopts_what_they_said(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    begin(s);
    const char *row = member_row(s, s->zander);
    world_as(w, "KOORD_P", "POL"); /* who changes what was said has said it */
    assert_fine(world_try_set(w, row, -1, "role", "LEDARE", NULL));
    analyst(s);
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, row, "ja");
    assert_says(adopt(s), "somebody else must adopt");
    analyst(s);
    assert_says(world_try_do(w, s->audit, "FASTSTALLD", NULL, NULL), "denied");
    world_as(w, "CHEF", "POL");
    assert_fine(world_try_do(w, s->audit, "FASTSTALLD", NULL, NULL));
}

static void rows_need_source_grade_and_day(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    begin(s);
    assert_says(world_try_do(w, s->audit, "UNDER_GRANSKNING", NULL, NULL),
                "Nothing has been captured");
    const char *row = keep(
        world_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group", s->kvarnen, NULL));
    assert_fine(world_try_set(w, row, -1, "source", "", NULL));
    assert_says(world_try_do(w, s->audit, "UNDER_GRANSKNING", NULL, NULL), "no source");
    assert_fine(world_try_set(w, row, -1, "source", "Områdespolis", NULL));
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, row, "ja");
    assert_says(adopt(s), "lack a grade");
    assert_fine(
        world_try_set(w, row, -1, "source_grade", "A", "info_grade", "1", "handling", "H1", NULL));
    assert_says(adopt(s), "somebody else"); /* who graded it changed it */
    assert_string_equal(world_get(w, s->kvarnen, "violence_level"), "0");
}

static void the_young_are_seen_by_the_coordinator(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    begin(s);
    const char *row = member_row(s, s->young);
    assert_string_equal(world_get(w, row, "minor"), "1");
    assert_string_equal(world_get(w, row, "review_due"), "2027-05-22");
    assert_says(world_try_set(w, row, -1, "minor_approved", "ja", NULL),
                "Only the police coordinator");
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, row, "ja");
    assert_says(adopt(s), "under 18");
    assert_fine(world_try_set(w, row, -1, "minor_approved", "ja", NULL));
    analyst(s); /* said anew, it must be approved anew */
    assert_fine(world_try_set(w, row, -1, "role", "YNGRE", NULL));
    assert_null(world_get(w, row, "minor_approved"));
    assert_says(adopt(s), "under 18");
    assert_fine(world_try_set(w, row, -1, "minor_approved", "ja", NULL));
    assert_fine(adopt(s));
    assert_non_null(found(s, "membership", "minor_at_entry == true and state == \"BEKRAFTAD\""));
}

/* By kinship, origin or area nobody becomes a member: there is no such criterion, and a relative is
 * refused. */
static void kinship_makes_no_member(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    const char *sister = keep(world_new(w, "person", "kind", "ANHORIG", "family_name", "Zander",
                                        "given_names", "Sara", "birth_date", "2001-01-01", NULL));
    begin(s);
    assert_says(world_try_new(w, "audit_row", "audit", s->audit, "kind", "KOPPLING", "group",
                              s->kvarnen, "person", sister, NULL),
                "kinship makes nobody a member");
    assert_says(world_try_new(w, "membership", "person", sister, "group", s->kvarnen, "role",
                              "STODJANDE", "from", "2026", "source_grade", "A", "info_grade", "1",
                              "handling", "H1", "criteria", "OBSERVERAD,ANNAN", "suspicion_basis",
                              "P2", NULL),
                "kinship makes nobody a member");
    static const char *const never[] = {"SLAKT", "RELATION", "ETNICITET",
                                        "NAMN",  "OMRADE",   "BOSTAD"};
    for (size_t i = 0; i < N_OF(never); i++)
        assert_says(world_try_new(w, "audit_row", "audit", s->audit, "kind", "KOPPLING", "group",
                                  s->kvarnen, "person", s->zander, "criteria", never[i], NULL),
                    "criteria");
    const struct code_list *criteria = model_list(w->model, "criterion");
    assert_int_equal(criteria->n_codes, 9);
    world_new(w, "relation", "person_a", s->zander, "person_b", sister, "type", "SYSKON", "source",
              "Egen uppgift", "source_grade", "A", "info_grade", "1", NULL);
    assert_int_equal(look_count(w->c, "membership", "person == \"%s\"", sister), 0);
}

static void nothing_is_said_twice_or_too_late(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    assert_says(world_try_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group",
                              s->kvarnen, NULL),
                "begin it first");
    begin(s);
    const char *a = member_row(s, s->zander), *b = member_row(s, s->zander);
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    assert_says(world_try_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group",
                              s->kvarnen, NULL),
                "begin it first");
    judge(s, a, "ja");
    judge(s, b, "ja");
    assert_says(adopt(s), "say the same");
    judge(s, b, "nej");
    assert_fine(adopt(s));
    assert_says(world_try_set(w, a, -1, "text", "I efterhand", NULL), "is over");
    assert_says(world_try_set(w, s->audit, -1, "findings", "I efterhand", NULL), "is over");
}

/* One row that cannot become what it says stops all of it: nothing is half written. */
static void all_or_nothing(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    const char *ally = keep(world_new(w, "group_relation", "group_a", s->kvarnen, "group_b",
                                      s->hamnen, "type", "KONFLIKT", "heat", "3", "from", "2026",
                                      "source_grade", "A", "info_grade", "1", NULL));
    begin(s);
    const char *good = member_row(s, s->zander);
    const char *bad =
        keep(world_new(w, "audit_row", "audit", s->audit, "kind", "RELATION", "group", s->kvarnen,
                       "other_group", s->hamnen, "relation_type", "ALLIANS", "from", "2026-11",
                       "source_grade", "A", "info_grade", "1", "handling", "H1", NULL));
    world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
    judge(s, good, "ja");
    judge(s, bad, "ja");
    assert_says(adopt(s), "open conflict");
    assert_string_equal(world_get(w, s->audit, "state"), "UNDER_GRANSKNING");
    assert_null(found(s, "membership", "from == \"2025\""));
    assert_fine(world_try_set(w, ally, -1, "heat", "1", NULL));
    assert_fine(adopt(s));
}

static void a_newer_one_replaces_it(void **state)
{
    struct sitting *s = *state;
    struct world *w = s->w;
    const char *first = s->audit;
    for (int i = 0; i < 2; i++) {
        analyst(s);
        if (i)
            s->audit =
                keep(world_new(w, "audit", "scope", "hela  STADEN", "date", "2026-11-21", NULL));
        begin(s);
        const char *row =
            keep(world_new(w, "audit_row", "audit", s->audit, "kind", "GRUPP", "group", s->kvarnen,
                           "source_grade", "A", "info_grade", "1", "handling", "H1", NULL));
        world_do(w, s->audit, "UNDER_GRANSKNING", NULL);
        judge(s, row, "ja");
        assert_fine(adopt(s));
    }
    assert_string_equal(world_get(w, first, "state"), "ERSATT");
    assert_string_equal(world_get(w, s->audit, "state"), "FASTSTALLD");
    assert_string_equal(world_get(w, s->kvarnen, "last_audit"), "2026-11-21");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_was_said_becomes_the_picture),
        CASE(history_names_the_audit),
        CASE(an_open_membership_is_confirmed_anew),
        CASE(nobody_adopts_what_they_said),
        CASE(rows_need_source_grade_and_day),
        CASE(the_young_are_seen_by_the_coordinator),
        CASE(kinship_makes_no_member),
        CASE(nothing_is_said_twice_or_too_late),
        CASE(all_or_nothing),
        CASE(a_newer_one_replaces_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
