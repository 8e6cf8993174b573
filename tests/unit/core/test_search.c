/* Searching a list: what begins with the word stands first, then what has it elsewhere; pages in both directions tell
 * the same as the whole, and nobody stands twice. */
#include "world.h"

#include "treben/base/str.h"

static struct world *w;

static int begin(void **state)
{
    static const char *const names[][2] = {{"Kvarnlund", "Siv"},  {"Kvarnby", "Olle"}, {"Öst", "Kvarne"},
                                           {"Ask", "Kvarnhild"},  {"Berg", "Anna"},    {"Kvarn", "Nils"},
                                           {"Ek", "Tor Kvarnulf"}, {"Kvist", "Maja"},  {"Kvarnholm", "Bo"}};
    (void)state;
    w = world_make();
    world_as(w, "ANALYT_P", "POL");
    for (size_t i = 0; i < N_OF(names); i++)
        world_new(w, "person", "kind", "KONTAKT", "not_suspected_label", "true", "family_name", names[i][0], "given_names", names[i][1], NULL);
    world_new(w, "group", "name", "Kvarnen", "priority", "1", "shared_text", "Vid kvarnen.", NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(w);
    return 0;
}

static void add_titles(struct str *s, const struct rows *rows)
{
    for (int i = 0; i < rows->n; i++)
        str_printf(s, "%s;", record_get(rows->at[i], model_field(rows->at[i]->k, "family_name")));
}

static struct rows ask(const struct query *q)
{
    struct err e = {0};
    struct rows rows;
    if (!query_rows(w->c, q, &rows, &e))
        fail_msg("%s", e.text);
    return rows;
}

static struct query kvarn(const char *sort)
{
    return (struct query){.k = model_kind(w->model, "person"), .text = "kvarn", .sort = sort};
}

static void what_begins_so_comes_first(void **state)
{
    (void)state;
    struct query q = kvarn("family_name");
    ROWS rows = ask(&q);
    STR names = {0};
    add_titles(&names, &rows);
    assert_string_equal(names.p, "Kvarn;Kvarnby;Kvarnholm;Kvarnlund;Ask;Ek;Öst;");
}

/* In another order the word counts wherever it stands. */
static void another_order_is_kept(void **state)
{
    (void)state;
    struct query q = kvarn("-family_name");
    ROWS down = ask(&q);
    STR names = {0};
    add_titles(&names, &down);
    assert_string_equal(names.p, "Öst;Kvarnlund;Kvarnholm;Kvarnby;Kvarn;Ek;Ask;");
}

static void pages_tell_the_same_as_the_whole(void **state)
{
    (void)state;
    struct query q = kvarn("family_name");
    ROWS all = ask(&q);
    for (int size = 1; size <= all.n; size++) {
        for (int i = 0; i < all.n; i++) {
            q = kvarn("family_name");
            q.limit = size;
            q.after = all.at[i]->id;
            ROWS after = ask(&q);
            assert_int_equal(after.n, all.n - i - 1 < size ? all.n - i - 1 : size);
            assert_int_equal(after.more, all.n - i - 1 > size);
            for (int j = 0; j < after.n; j++)
                assert_string_equal(after.at[j]->id, all.at[i + 1 + j]->id);
            q.after = NULL;
            q.before = all.at[i]->id;
            ROWS before = ask(&q);
            assert_int_equal(before.n, i < size ? i : size);
            assert_int_equal(before.more, i > size);
            for (int j = 0; j < before.n; j++)
                assert_string_equal(before.at[j]->id, all.at[i - before.n + j]->id);
            q.before = NULL;
            q.from = all.at[i]->id;
            ROWS from = ask(&q);
            assert_int_equal(from.n, all.n - i < size ? all.n - i : size);
            assert_string_equal(from.at[0]->id, all.at[i]->id);
        }
        q = kvarn("family_name");
        q.limit = size;
        q.last = true;
        ROWS last = ask(&q);
        assert_int_equal(last.n, size);
        assert_string_equal(last.at[size - 1]->id, all.at[all.n - 1]->id);
    }
}

static void counts_and_places_fit(void **state)
{
    (void)state;
    struct err e = {0};
    struct query q = kvarn("family_name");
    ROWS all = ask(&q);
    int64_t n;
    bool capped;
    assert_true(query_count(w->c, &q, 100, &n, &capped, &e));
    assert_int_equal(n, 7);
    assert_false(capped);
    assert_true(query_count(w->c, &q, 5, &n, &capped, &e));
    assert_int_equal(n, 5);
    assert_true(capped);
    for (int i = 0; i < all.n; i++) {
        assert_true(query_place(w->c, &q, all.at[i]->id, 100, &n, &e));
        assert_int_equal(n, i);
    }
}

/* Own text and shared text both have the word: one row, and the other agency finds the shared one only. */
static void found_twice_stands_once(void **state)
{
    (void)state;
    struct query q = {.k = model_kind(w->model, "group"), .text = "kvarn vid", .sort = "-priority"};
    ROWS own = ask(&q);
    assert_int_equal(own.n, 1);
    world_as(w, "KOORD_S", "SNC");
    ROWS shared = ask(&q);
    assert_int_equal(shared.n, 1);
    q.k = model_kind(w->model, "person");
    q.sort = "family_name";
    q.text = "kvarn";
    ROWS none = ask(&q);
    assert_int_equal(none.n, 0);
    world_as(w, "ANALYT_P", "POL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_begins_so_comes_first), cmocka_unit_test(another_order_is_kept),
        cmocka_unit_test(pages_tell_the_same_as_the_whole), cmocka_unit_test(counts_and_places_fit),
        cmocka_unit_test(found_twice_stands_once)};
    return cmocka_run_group_tests(tests, begin, end);
}
