/* What the calendar does: memberships whose review day has passed go to review, once a day; thirty
 * days later they stop counting. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/core/upkeep.h"
#include "treben/store/log.h"

static struct world *w;

static void today_is(const char *instant_of_day)
{
    instant now;
    assert_true(instant_from_text(instant_of_day, &now));
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

static const char *new_group(const char *name)
{
    world_as(w, "ANALYT_P", "POL");
    return world_new(w, "group", "name", name, NULL);
}

/* A confirmed membership to be reviewed by a day that need not lie ahead. */
static const char *confirmed(const char *group, const char *review_due, const char **ret_person)
{
    world_as(w, "ANALYT_P", "POL");
    const char *p = world_new(w, "person", "kind", "MEDLEM", "family_name", "Åberg", "birth_date",
                              "1990-01-02", NULL);
    const char *m = world_new(w, "membership", "person", p, "group", group, "role", "MEDLEM",
                              "from", "2024", "source_grade", "A", "info_grade", "1", "handling",
                              "H3", "criteria", "DOM,OBSERVERAD", "suspicion_basis", "P1A", NULL);
    world_as(w, "KOORD_P", "POL");
    world_do(w, m, "BEKRAFTAD", NULL);
    world_as_system(w);
    assert_fine(world_try_set(w, m, -1, "review_due", review_due, NULL));
    if (ret_person)
        *ret_person = p;
    return m;
}

static int64_t tasks(const char *of, const char *clock)
{
    return look_count(w->c, "task", "subject == \"%s\" and clock == \"%s\" and state == \"NY\"", of,
                      clock);
}

static int64_t shown(const char *filter, const char *id)
{
    struct query q = {.k = model_kind(w->model, "membership"),
                      .filter = filter,
                      .also = arena_printf(&w->c->scratch, "id == \"%s\"", id)};
    struct err e = {0};
    int64_t n;
    bool capped;
    if (!query_count(w->c, &q, 10, &n, &capped, &e))
        fail_msg("%s", e.text);
    return n;
}

struct log_found {
    int n;
    int64_t moved;
    bool nobody;
};

static bool take_log(void *ctx, const struct log_row *row)
{
    struct log_found *f = ctx;
    if (str_eq(row->detail, "upkeep")) {
        f->n++;
        f->moved = row->n;
        f->nobody = !row->user;
    }
    return true;
}

static struct log_found logged(void)
{
    struct log_found f = {0};
    struct err e = {0};
    assert_true(log_read(w->store, "", take_log, &f, &e));
    return f;
}

static void moves_what_is_due_once_a_day(void **state)
{
    (void)state;
    const char *g = new_group("Norra kvarn");
    const char *past = confirmed(g, "2026-11-21", NULL), *today = confirmed(g, "2026-11-22", NULL);
    const char *ahead = confirmed(g, "2027-11-22", NULL);
    world_as(w, "JOUR_S", "SNC"); /* whoever comes first: it is the system that acts */
    struct subject who = w->c->who;
    keep_up();
    assert_memory_equal(&who, &w->c->who, sizeof who);
    assert_string_equal(world_get(w, past, "state"), "FOR_OMPROVNING");
    assert_null(world_get(w, past, "updated_by"));
    assert_string_equal(world_get(w, today, "state"), "BEKRAFTAD"); /* the day itself is not past */
    assert_string_equal(world_get(w, ahead, "state"), "BEKRAFTAD");
    assert_int_equal(tasks(past, "membership_decide"), 1);
    struct log_found log = logged();
    assert_int_equal(log.n, 1);
    assert_int_equal(log.moved, 1);
    assert_true(log.nobody);
    /* the system's eyes are closed again */
    world_as(w, "JOUR_S", "SNC");
    keep_up();
    assert_int_equal(shown("late", past), 0);
    /* no second time this day, and again the next */
    const char *later = confirmed(g, "2026-11-20", NULL);
    keep_up();
    assert_string_equal(world_get(w, later, "state"), "BEKRAFTAD");
    today_is("2026-11-23T05:00:00Z");
    keep_up();
    assert_string_equal(world_get(w, later, "state"), "FOR_OMPROVNING");
    assert_string_equal(world_get(w, today, "state"), "FOR_OMPROVNING");
    assert_int_equal(logged().n, 2);
}

/* One that breaks a rule made later must not hold up the others. */
static void one_that_cannot_move_is_passed_over(void **state)
{
    (void)state;
    today_is("2026-12-01T12:00:00Z");
    const char *g = new_group("Södra kvarn");
    const char *stuck = confirmed(g, "2026-11-01", NULL), *other = confirmed(g, "2026-11-30", NULL);
    STR sql = {0};
    struct err e = {0};
    str_printf(&sql, "UPDATE membership SET criteria = 'DOM' WHERE id = '%s'", stuck);
    assert_true(tx_begin(w->store, &e) && store_script(w->store, sql.p, &e) &&
                tx_commit(w->store, &e));
    keep_up();
    assert_string_equal(world_get(w, stuck, "state"), "BEKRAFTAD");
    assert_string_equal(world_get(w, other, "state"), "FOR_OMPROVNING");
}

static void not_reviewed_it_stops_counting(void **state)
{
    (void)state;
    today_is("2027-01-31T12:00:00Z");
    const char *g = new_group("Östra kvarn"), *person;
    const char *held = confirmed(g, "2027-01-01", &person); /* thirty days ago: the last day */
    world_as(w, "ANALYT_P", "POL");
    assert_int_equal(shown("current", held), 1);
    assert_int_equal(shown("confirmed", held), 1);
    assert_int_equal(shown("lapsed", held), 0);
    keep_up();
    assert_int_equal(shown("current", held), 1); /* under review it still counts */
    today_is("2027-02-01T12:00:00Z");
    assert_int_equal(shown("current", held), 0);
    assert_int_equal(shown("lapsed", held), 1);
    /* nor in the figure of a tab */
    assert_int_equal(shown(model_counted(&w->c->scratch, model_kind(w->model, "membership")), held), 0);
    /* confirmed anew it counts again */
    world_as(w, "KOORD_P", "POL");
    world_do(w, held, "BEKRAFTAD", "review_due", "2027-12-01", NULL);
    assert_int_equal(shown("current", held), 1);
    assert_int_equal(shown("lapsed", held), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_what_is_due_once_a_day),
        cmocka_unit_test(one_that_cannot_move_is_passed_over),
        cmocka_unit_test(not_reviewed_it_stops_counting),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
