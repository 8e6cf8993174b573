/* The list: which columns fit, and that its window never loses, repeats or skips a row. */
#include "terminal.h"

#include "treben/ui/list.h"

/* Rows 0 to n-1; the key of a row is its number. Counts what is asked of it. */
struct numbers {
    long n;
    bool tells_first, fails;
    int asked;
};

static bool fetch(void *ctx, enum list_from from, const char *anchor, size_t want,
                  struct list_page *ret, struct err *e)
{
    struct numbers *s = ctx;
    long at = anchor ? strtol(anchor, NULL, 10) : 0, w = (long)want, first = 0, end;
    s->asked++;
    if (s->fails)
        return err_set(e, ERR_GONE, "the line is gone");
    if (from == LIST_TAIL)
        first = s->n - w;
    else if (from == LIST_AFTER)
        first = at + 1;
    else if (from == LIST_BEFORE)
        first = at - w;
    else if (from == LIST_AROUND)
        first = at >= s->n ? 0 : at - w / 2;
    end = from == LIST_BEFORE ? at : first + w;
    first = first < 0 ? 0 : first;
    end = end > s->n ? s->n : end;
    ret->n = end > first ? (size_t)(end - first) : 0;
    ret->rows = arena_alloc(ret->arena, (ret->n + 1) * sizeof *ret->rows);
    for (size_t i = 0; i < ret->n; i++) {
        const char **cells = arena_alloc(ret->arena, 2 * sizeof *cells);
        const char *key = arena_printf(ret->arena, "%ld", first + (long)i);
        cells[0] = key;
        cells[1] = i % 7 ? "x" : NULL;
        ret->rows[i] = (struct list_row){.key = key, .cells = cells};
    }
    ret->more_before = first > 0;
    ret->more_after = end < s->n;
    ret->first = s->tells_first ? first : -1;
    ret->total = s->n < 1000 ? s->n : 1000;
    ret->total_more = s->n > 1000;
    return true;
}

static const struct list_column two[] = {
    {.name = "a", .label = "A", .min = 4, .ideal = 10, .grow = true},
    {.name = "b", .label = "B", .min = 2, .ideal = 4, .priority = 1}};

static struct list *make(struct numbers *s, int rows)
{
    struct err e = {0};
    struct list *l = list_new(two, 2, (struct list_source){.ctx = s, .fetch = fetch});
    list_set_area(l, (struct rect){.y = 2, .x = 0, .h = rows + 2, .w = 80});
    assert_true(list_load(l, false, &e));
    return l;
}

/* What the drawn page shows: consecutive numbers, the marker and the cursor on the selected one. */
static void check_page(struct list *l, long n, int rows, long *ret_top)
{
    long before = -1, marked = -1;
    int y, x;
    list_draw(l, true);
    for (int i = 0; i < rows; i++) {
        AUTOFREE char *row = term_row(4 + i);
        if (!*row)
            break;
        long number = strtol(row + 3, NULL, 10);
        assert_true(before < 0 || number == before + 1);
        if (i == 0)
            *ret_top = number;
        before = number;
        if (row[1] == '>') {
            assert_int_equal(marked, -1);
            marked = number;
            term_cursor(&y, &x);
            assert_int_equal(y, 4 + i);
            assert_int_equal(x, 1);
        }
    }
    assert_int_equal(marked, strtol(list_key(l), NULL, 10));
    assert_true(*ret_top == 0 ||
                before - *ret_top == rows - 1); /* a page is full unless all fits */
    assert_true(before < n);
    if (list_index(l) >= 0)
        assert_int_equal(list_index(l), marked);
}

static void walks_every_row(void **state)
{
    (void)state;
    struct numbers s = {.n = 103};
    struct list *l = make(&s, 10);
    long top;
    for (long i = 0; i < s.n; i++) {
        assert_int_equal(strtol(list_key(l), NULL, 10), i);
        check_page(l, s.n, 10, &top);
        list_act(l, ACT_DOWN);
    }
    assert_string_equal(list_key(l), "102");
    for (long i = s.n - 1; i >= 0; i--) {
        assert_int_equal(strtol(list_key(l), NULL, 10), i);
        check_page(l, s.n, 10, &top);
        list_act(l, ACT_UP);
    }
    assert_string_equal(list_key(l), "0");
    list_free(l);
}

static void pages_do_not_skip(void **state)
{
    (void)state;
    struct numbers s = {.n = 95};
    struct list *l = make(&s, 10);
    long top = -1, before = -10;
    for (int i = 0; i < 9; i++) {
        check_page(l, s.n, 10, &top);
        assert_int_equal(top, before + 10);
        before = top;
        list_act(l, ACT_PAGE_DOWN);
    }
    check_page(l, s.n, 10, &top);
    assert_int_equal(top, 85);
    list_act(l, ACT_PAGE_DOWN);
    assert_string_equal(list_key(l), "94");
    list_free(l);
}

static void random_walk_agrees_with_counting(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 5);
    for (int round = 0; round < 40; round++) {
        struct numbers s = {.n = 1 + (long)rng_below(&r, round % 2 ? 300 : 25),
                            .tells_first = round % 3 == 0};
        int rows = 3 + (int)rng_below(&r, 16);
        struct list *l = make(&s, rows);
        long at = 0, top, before;
        check_page(l, s.n, rows, &top);
        for (int i = 0; i < 120; i++) {
            static const enum action acts[] = {ACT_DOWN,    ACT_DOWN,  ACT_UP,  ACT_PAGE_DOWN,
                                               ACT_PAGE_UP, ACT_FIRST, ACT_LAST};
            enum action a = acts[rng_below(&r, N_OF(acts))];
            before = top;
            enum reply said = list_act(l, a);
            long now = strtol(list_key(l), NULL, 10);
            if (a == ACT_DOWN || a == ACT_UP) {
                long wanted = at + (a == ACT_DOWN ? 1 : -1);
                wanted = wanted < 0 ? 0 : wanted >= s.n ? s.n - 1 : wanted;
                assert_int_equal(now, wanted);
            }
            if (a == ACT_FIRST || a == ACT_LAST)
                assert_int_equal(now, a == ACT_FIRST ? 0 : s.n - 1);
            if (said == UI_MOVED)
                list_draw_move(l, true); /* must leave the same picture as drawing all */
            AUTOFREE char *partly = said == UI_MOVED ? term_row(4 + (int)(now - before)) : NULL;
            check_page(l, s.n, rows, &top);
            AUTOFREE char *whole = term_row(4 + (int)(now - top));
            if (said == UI_MOVED) {
                assert_int_equal(top, before);
                assert_string_equal(partly, whole);
            }
            at = now;
        }
        list_free(l);
    }
}

static void reads_only_what_it_shows(void **state)
{
    (void)state;
    struct numbers s = {.n = 1000000};
    struct list *l = make(&s, 15);
    assert_int_equal(s.asked, 1);
    for (int i = 0; i < 14; i++)
        assert_int_equal(list_act(l, ACT_DOWN) == UI_PASS, false);
    assert_int_equal(s.asked, 1);
    list_act(l, ACT_PAGE_DOWN);
    assert_int_equal(s.asked, 2);
    list_act(l, ACT_LAST);
    assert_int_equal(s.asked, 3);
    assert_string_equal(list_key(l), "999999");
    AUTOFREE char *total = list_total(l), *place = list_place(l);
    assert_string_equal(total, "1 000+");
    assert_string_equal(place, "of 1 000+");
    list_act(l, ACT_FIRST);
    AUTOFREE char *first = list_place(l);
    assert_string_equal(first, "row 1 of 1 000+");
    list_free(l);
}

static void keeps_its_row_when_read_anew(void **state)
{
    (void)state;
    struct err e = {0};
    struct numbers s = {.n = 500};
    struct list *l = make(&s, 10);
    long top, before;
    for (int i = 0; i < 10; i++)
        list_act(l, ACT_PAGE_DOWN);
    list_act(l, ACT_DOWN);
    check_page(l, s.n, 10, &before);
    assert_true(list_load(l, true, &e));
    assert_string_equal(list_key(l), "101");
    check_page(l, s.n, 10, &top);
    assert_int_equal(top, before);
    assert_true(list_select(l, "333", &e));
    assert_string_equal(list_key(l), "333");
    check_page(l, s.n, 10, &top);
    list_set_area(l, (struct rect){.y = 2, .x = 0, .h = 7, .w = 80});
    assert_string_equal(list_key(l), "333");
    check_page(l, s.n, 5, &top);
    s.n = 50; /* the row is gone */
    assert_true(list_load(l, true, &e));
    assert_non_null(list_key(l));
    list_free(l);
}

static void failure_keeps_what_shows(void **state)
{
    (void)state;
    struct numbers s = {.n = 100};
    struct list *l = make(&s, 10);
    s.fails = true;
    for (int i = 0; i < 30; i++)
        list_act(l, ACT_DOWN);
    assert_string_equal(list_key(l), "9");
    assert_string_equal(list_problem(l), "the line is gone");
    s.fails = false;
    list_act(l, ACT_DOWN);
    assert_string_equal(list_key(l), "10");
    assert_null(list_problem(l));
    list_free(l);
}

static void empty_list_says_why(void **state)
{
    (void)state;
    struct numbers s = {.n = 0};
    struct list *l = make(&s, 10);
    list_set_empty(l, "Nothing fits \"obrg\".");
    list_draw(l, true);
    assert_row(4, "   Nothing fits \"obrg\".");
    assert_null(list_key(l));
    assert_int_equal(list_act(l, ACT_DOWN), UI_MOVED);
    list_free(l);
}

static const char *array_key(void *ctx, size_t row)
{
    static char key[8];
    (void)ctx;
    snprintf(key, sizeof key, "k%zu", row);
    return key;
}

static const char *array_cell(void *ctx, size_t row, size_t column)
{
    static const char *const names[] = {"Polisen", "Kontroll", "Beslag", "Kommunen", "Tillsyn"};
    (void)ctx;
    return column == 0 ? names[row] : row == 1 ? NULL : "2";
}

static bool array_heading(void *ctx, size_t row)
{
    (void)ctx;
    return row == 0 || row == 3;
}

static void headings_are_passed_over(void **state)
{
    (void)state;
    struct err e = {0};
    struct list_array a = {
        .n = 5, .key = array_key, .cell = array_cell, .heading = array_heading, .n_columns = 2};
    struct list *l = list_new(two, 2, list_source_array(&a));
    list_set_area(l, (struct rect){.y = 2, .x = 0, .h = 12, .w = 80});
    list_set_sort(l, "a", false);
    assert_true(list_load(l, false, &e));
    assert_string_equal(list_key(l), "k1");
    list_act(l, ACT_UP);
    assert_string_equal(list_key(l), "k1");
    list_act(l, ACT_DOWN);
    list_act(l, ACT_DOWN);
    assert_string_equal(list_key(l), "k4");
    list_draw(l, true);
    assert_row(2, "   A ↑                                                                      B");
    assert_row(4,
               " Polisen                                                                      2");
    assert_row(5, "   Kontroll                                                                 –");
    assert_row(8, " > Tillsyn                                                                  2");
    list_act(l, ACT_MARK);
    assert_int_equal(list_n_marked(l), 1);
    assert_true(list_marked(l, "k4"));
    list_act(l, ACT_MARK);
    assert_int_equal(list_n_marked(l), 0);
    list_free(l);
}

static const struct list_column five[] = {
    {.name = "name", .min = 16, .ideal = 28, .priority = 0, .grow = true},
    {.name = "pnr", .min = 13, .ideal = 13, .priority = 1},
    {.name = "group", .min = 8, .ideal = 12, .priority = 3},
    {.name = "state", .min = 7, .ideal = 8, .priority = 2},
    {.name = "changed", .min = 10, .ideal = 10, .priority = 4},
};

static void columns_fit_at_any_width(void **state)
{
    (void)state;
    struct list_place p[LIST_COLUMNS];
    for (int width = 1; width < 220; width++) {
        size_t n = list_place_columns(five, N_OF(five), NULL, width, p);
        int x = 0;
        assert_true(n >= 1);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(p[i].x, x);
            assert_true(i == 0 || p[i].column > p[i - 1].column);
            x += p[i].w + 2;
        }
        assert_true(x - 2 <= width);
        if (n > 1)
            assert_int_equal(x - 2, width); /* the one that grows takes the rest */
    }
    assert_int_equal(list_place_columns(five, 5, NULL, 77, p), 5);
    assert_int_equal(p[0].w, 28); /* the most important has its ideal width, the last wait */
    assert_int_equal(p[2].w, 10);
    assert_int_equal(list_place_columns(five, 5, NULL, 40, p), 3);
    assert_int_equal(p[2].column, 3); /* the more important one, in its place */
}

static void columns_can_be_chosen(void **state)
{
    (void)state;
    struct list_place p[LIST_COLUMNS];
    const bool chosen[] = {true, false, false, false, true}, none[5] = {false};
    assert_int_equal(list_place_columns(five, 5, chosen, 77, p), 2);
    assert_int_equal(p[1].column, 4);
    assert_int_equal(list_place_columns(five, 5, none, 77, p), 1);
    assert_int_equal(p[0].column, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_every_row),
        cmocka_unit_test(pages_do_not_skip),
        cmocka_unit_test(random_walk_agrees_with_counting),
        cmocka_unit_test(reads_only_what_it_shows),
        cmocka_unit_test(keeps_its_row_when_read_anew),
        cmocka_unit_test(failure_keeps_what_shows),
        cmocka_unit_test(empty_list_says_why),
        cmocka_unit_test(headings_are_passed_over),
        cmocka_unit_test(columns_fit_at_any_width),
        cmocka_unit_test(columns_can_be_chosen),
    };
    return cmocka_run_group_tests(tests, terminal_start, terminal_stop);
}
