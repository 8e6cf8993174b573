/* Two records of one human being: found within one register only, merged with a snapshot, parted
 * again as if nothing had been. And a group that goes into another: what it leaves behind is
 * somebody's task. */
#include "world.h"

#include "treben/base/mem.h"
#include "treben/core/find.h"

struct twins {
    struct world *w;
    const char *a, *b, *other, *group;
};

static struct arena kept; /* ids outlive the request's scratch */

static const char *keep(const char *text)
{
    return arena_strdup(&kept, text);
}

static const char *person(struct world *w, const char *kind, const char *family, const char *born)
{
    return keep(world_new(w, "person", "kind", kind, "family_name", family, "given_names", "Adnan",
                          "birth_date", born, NULL));
}

static int make(void **state)
{
    struct twins *t = xcalloc(1, sizeof *t);
    t->w = world_make();
    world_as(t->w, "ANALYT_P", "POL");
    t->group = keep(world_new(t->w, "group", "name", "Kvarnen", "priority", "1", NULL));
    t->a = person(t->w, "MEDLEM", "Öberg", "1999-04-12");
    t->b = person(t->w, "MISSTANKT_KOPPLING", "Oberg", "1999-04-12");
    t->other = person(t->w, "KONTAKT", "Berg", "1998-01-01");
    *state = t;
    return 0;
}

static int end(void **state)
{
    struct twins *t = *state;
    world_end(t->w);
    free(t);
    arena_done(&kept);
    return 0;
}

static int64_t candidates(struct twins *t, const char *a, const char *similarity)
{
    return look_count(t->w->c, "person_link_candidate",
                      "(person_a == \"%s\" or person_b == \"%s\") and similarity == \"%s\"", a, a,
                      similarity);
}

/* --- found ---- */

static void found_by_name_and_day(void **state)
{
    struct twins *t = *state;
    assert_int_equal(candidates(t, t->b, "NAMN_FODD"), 1); /* however the name is written */
    assert_int_equal(candidates(t, t->other, "NAMN_FODD"), 0);
    assert_fine(world_try_set(t->w, t->b, -1, "family_name", "Öberg", NULL)); /* once is enough */
    assert_int_equal(candidates(t, t->b, "NAMN_FODD"), 1);
    const char *vague = person(t->w, "KONTAKT", "Öberg", "1999");
    assert_int_equal(candidates(t, vague, "NAMN_FODD"), 0); /* a year is not a day */
    assert_fine(world_try_set(t->w, vague, -1, "birth_date", "1999-04-12", NULL));
    assert_int_equal(candidates(t, vague, "NAMN_FODD"), 2);
}

static void found_by_number(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    const char *one = person(w, "KONTAKT", "Alm", ""), *two = person(w, "KONTAKT", "Ek", "");
    world_new(w, "person_identifier", "person", one, "type", "PNR", "value", "20010315-9851", NULL);
    assert_int_equal(candidates(t, one, "NUMMER"), 0);
    world_new(w, "person_identifier", "person", two, "type", "PNR", "value", "010315-9851", NULL);
    assert_int_equal(candidates(t, two, "NUMMER"), 1);
}

/* A register knows nothing of another one: nobody may see here that somebody stands there (OSL
 * 26:1). */
static void never_across_registers(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    int64_t before = look_count(w->c, "person_link_candidate", "id != null");
    world_as(w, "AVHOPP_CHEF", "SNC");
    const char *client = person(w, "KLIENT", "Öberg", "1999-04-12");
    world_new(w, "person_identifier", "person", person(w, "KLIENT", "Alm", ""), "type", "PNR",
              "value", "20010315-9851", NULL);
    world_as(w, "ANALYT_P", "POL");
    world_new(w, "person_identifier", "person", person(w, "KONTAKT", "Alm", ""), "type", "PNR",
              "value", "20010315-9851", NULL);
    assert_int_equal(look_count(w->c, "person_link_candidate", "id != null"), before);
    assert_says(world_try_new(w, "person_merge", "survivor", t->a, "merged", client, "basis",
                              "Gissning", NULL),
                "merged");
    world_as(w, "AVHOPP_CHEF", "SNC");
    assert_says(world_try_new(w, "person_merge", "survivor", client, "merged", t->a, "basis",
                              "Gissning", NULL),
                "merged");
    assert_says(world_try_new(w, "relation", "person_a", client, "person_b", t->a, "type", "VAN",
                              "source", "Själv", NULL),
                "person_b");
}

/* --- merged and parted ---- */

struct life {
    const char *membership, *alias, *incident_row, *talk, *relation, *own;
};

static struct life live(struct twins *t)
{
    struct world *w = t->w;
    struct life l;
    const char *incident =
        keep(world_new(w, "incident", "type", "KNIV", "occurred_at", "2026-11-20 23:10", "known_at",
                       "2026-11-20 23:20", "area", "OKAND", NULL));
    l.membership =
        keep(world_new(w, "membership", "person", t->b, "group", t->group, "role", "MEDLEM", "from",
                       "2025", "source_grade", "B", "info_grade", "2", "handling", "H1", "criteria",
                       "DOM,SPANING", "suspicion_basis", "P1A", NULL));
    l.alias =
        keep(world_new(w, "alias", "person", t->b, "name", "Räven", "kind", "SMEKNAMN", NULL));
    l.incident_row = keep(world_new(w, "incident_person", "incident", incident, "person", t->b,
                                    "part", "VITTNE", NULL));
    l.talk = keep(world_new(w, "custom_notification", "person", t->b, "trigger", "RYKTE", NULL));
    l.relation =
        keep(world_new(w, "relation", "person_a", t->other, "person_b", t->b, "type", "VAN",
                       "source", "Spaning", "source_grade", "B", "info_grade", "2", NULL));
    l.own = keep(world_new(w, "relation", "person_a", t->a, "person_b", t->b, "type", "SYSKON",
                           "source", "Fel", "source_grade", "C", "info_grade", "4", NULL));
    return l;
}

static void stands_on(struct twins *t, const struct life *l, const char *who)
{
    assert_string_equal(world_get(t->w, l->membership, "person"), who);
    assert_string_equal(world_get(t->w, l->alias, "person"), who);
    assert_string_equal(world_get(t->w, l->incident_row, "person"), who);
    assert_string_equal(world_get(t->w, l->talk, "person"), who);
    assert_string_equal(world_get(t->w, l->relation, "person_b"), who);
    assert_string_equal(world_get(t->w, l->own, "person_b"), t->b); /* between the two: stays */
}

static const char *merge(struct twins *t, const char *survivor, const char *merged)
{
    return keep(world_new(t->w, "person_merge", "survivor", survivor, "merged", merged, "basis",
                          "Samma foto.", NULL));
}

static void merged_and_parted(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    struct life l = live(t);
    const char *m = merge(t, t->a, t->b);
    stands_on(t, &l, t->a);
    assert_string_equal(world_get(w, t->b, "merged_into"), t->a);
    assert_says(world_try_set(w, t->b, -1, "family_name", "Annan", NULL), "locked");
    assert_int_equal(look_count(w->c, "person_link_candidate", "state == \"SAMMANSLAGEN\""), 1);
    assert_string_equal(world_get(w, m, "by"), world_user(w, "ANALYT_P", "POL"));
    assert_says(world_try_new(w, "person_merge", "survivor", t->other, "merged", t->b, "basis",
                              "Igen", NULL),
                "merged into another");
    assert_says(world_try_do(w, m, "ANGRAD", NULL, NULL), "reason");
    world_do(w, m, "ANGRAD", NULL);
    stands_on(t, &l, t->b);
    assert_null(world_get(w, t->b, "merged_into"));
    assert_string_equal(world_get(w, t->b, "locked"), "0");
    assert_int_equal(look_count(w->c, "person_link_candidate", "state == \"AVVISAD\""), 1);
    assert_fine(world_try_set(w, t->b, -1, "family_name", "Annan", NULL));
}

/* What somebody changed or made after the merging stands when it is undone. */
static void what_is_younger_stands(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    struct life l = live(t);
    const char *m = merge(t, t->a, t->b);
    const char *later =
        keep(world_new(w, "alias", "person", t->a, "name", "Haren", "kind", "SMEKNAMN", NULL));
    assert_fine(world_try_set(w, l.alias, -1, "name", "Räven av Kvarnen", NULL));
    world_do(w, m, "ANGRAD", NULL);
    assert_string_equal(world_get(w, later, "person"), t->a);
    assert_string_equal(world_get(w, l.alias, "person"), t->b);
    assert_string_equal(world_get(w, l.alias, "name"), "Räven av Kvarnen");
}

static void the_last_is_undone_first(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    struct life l = live(t);
    const char *first = merge(t, t->a, t->b), *second = merge(t, t->other, t->a);
    assert_string_equal(world_get(w, t->b, "merged_into"),
                        t->other); /* the signpost leads to whoever stands */
    assert_says(world_try_do(w, first, "ANGRAD", "fel", NULL), "later merging first");
    world_do(w, second, "ANGRAD", NULL);
    assert_string_equal(world_get(w, t->b, "merged_into"), t->a);
    world_do(w, first, "ANGRAD", NULL);
    assert_string_equal(world_get(w, l.membership, "person"), t->b);
}

/* The list of one's people holds each human being once, and no reference can be made to the record
 * that went. */
static void one_of_them_in_lists(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    struct query all = {.k = model_kind(w->model, "person"), .filter = "current"};
    struct err e = {0};
    int64_t before, after;
    bool capped;
    struct hit hits[8];
    int n;
    assert_true(query_count(w->c, &all, 100, &before, &capped, &e));
    merge(t, t->a, t->b);
    assert_true(query_count(w->c, &all, 100, &after, &capped, &e));
    assert_int_equal(after, before - 1);
    const struct kind_model *k = model_kind(w->model, "incident_person");
    assert_true(find_lookup(w->c, &k->fields[model_field(k, "person")], "berg", hits, 8, &n, &e));
    for (int i = 0; i < n; i++)
        assert_string_not_equal(hits[i].id, t->b);
}

/* --- a group that goes into another ---- */

static int64_t tasks(struct twins *t, const char *group, const char *clock)
{
    return look_count(t->w->c, "task", "subject == \"%s\" and clock == \"%s\" and state == \"NY\"",
                      group, clock);
}

static void a_merged_group_leaves_nothing_behind(void **state)
{
    struct twins *t = *state;
    struct world *w = t->w;
    struct life l = live(t);
    const char *into = keep(world_new(w, "group", "name", "Hamnen", NULL));
    const char *incident =
        keep(world_new(w, "incident", "type", "SKJUTNING", "occurred_at", "2026-11-20 23:10",
                       "known_at", "2026-11-20 23:20", "area", "OKAND", NULL));
    world_as(w, "KOORD_P", "POL");
    const char *round =
        keep(world_new(w, "sanction_round", "target_group", t->group, "trigger_incidents", incident,
                       "trigger_rule", "FORSTA_GRUPP", NULL));
    assert_says(world_try_set(w, t->group, -1, "status", "SAMMANSLAGEN", NULL), "merged_into");
    assert_says(
        world_try_set(w, t->group, -1, "status", "SAMMANSLAGEN", "merged_into", t->group, NULL),
        "itself");
    assert_fine(
        world_try_set(w, t->group, -1, "status", "SAMMANSLAGEN", "merged_into", into, NULL));
    assert_int_equal(tasks(t, t->group, "group_merged_round"), 1);
    assert_int_equal(tasks(t, t->group, "group_merged"), 1);
    assert_string_equal(world_get(w, round, "target_group"),
                        t->group); /* nothing moves by itself */
    world_as(w, "CHEF", "POL");
    world_do(w, round, "AVSLAGEN", NULL);
    assert_int_equal(tasks(t, t->group, "group_merged_round"), 0);
    assert_int_equal(tasks(t, t->group, "group_merged"), 1);
    world_as(w, "KOORD_P", "POL");
    world_do(w, l.membership, "BORTTAGEN", NULL);
    assert_int_equal(tasks(t, t->group, "group_merged"), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(found_by_name_and_day),  CASE(found_by_number),
        CASE(never_across_registers), CASE(merged_and_parted),
        CASE(what_is_younger_stands), CASE(the_last_is_undone_first),
        CASE(one_of_them_in_lists),   CASE(a_merged_group_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
