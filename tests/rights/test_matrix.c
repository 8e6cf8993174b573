/* The visibility matrix at the core's own door: every role against records of every kind and
 * agency; rows, fields, counts, conditions, orders and free search give what the oracle says and
 * never more. */
#include "city.h"

#include "treben/base/mem.h"
#include "treben/core/find.h"

#include <stdio.h>

#define PAGE 23

struct view { /* a kind as one reader should see it */
    struct city *c;
    int reader;
    const struct kind_model *k;
};

static int64_t cells;

static void fine(bool ok, const struct err *e)
{
    if (!ok) {
        fail_msg("%s: %s", e->field, e->text);
    }
}

static void fine_of(const struct view *v, const char *what, bool ok, const struct err *e)
{
    if (!ok) {
        fail_msg("%s, %s, %s: %s", v->c->readers[v->reader].login, v->k->kind->name, what, e->text);
    }
}

/* Not every reader tries every way of asking at every field: they take turns. */
static int turn(const struct view *v, int f, int of)
{
    return (v->reader + f) % of;
}

static const char *who(const struct view *v)
{
    return v->c->readers[v->reader].login;
}

/* Of rows in the order of their ids. */
static struct record *row_of(const struct rows *rows, const char *id)
{
    int low = 0, high = rows->n;
    while (low < high) {
        int middle = (low + high) / 2, order = strcmp(id, rows->at[middle]->id);
        if (order == 0) {
            return rows->at[middle];
        }
        low = order > 0 ? middle + 1 : low;
        high = order < 0 ? middle : high;
    }
    return NULL;
}

/* ---- what should be seen
 * -------------------------------------------------------------------------------------------- */

/* Two revs and two times are kept; who sees the shared part alone gets its own. */
static int twin_of(const struct kind_model *k, int f, enum level level)
{
    if (level >= LEVEL_FULL) {
        return f;
    }
    if (f == k->n_own + COMMON_REV) {
        return k->n_own + COMMON_SHARED_REV;
    }
    return f == k->n_own + COMMON_UPDATED_AT ? k->n_own + COMMON_SHARED_UPDATED_AT : f;
}

static const char *value_seen(const struct view *v, const struct seed *s, int f)
{
    enum level level = oracle_level(v->c, v->reader, s);
    return level >= oracle_needs(v->c, v->k, f) ? record_get(s->now, twin_of(v->k, f, level))
                                                : NULL;
}

/* What a condition may reckon with: not where a reference leads that the reader does not see. That
 * one leads somewhere is shown; where it may lead to any kind, rows are not put in order by it at
 * all. */
static const char *value_known(const struct view *v, const struct seed *s, int f)
{
    const char *value = value_seen(v, s, f);
    enum field_type t = v->k->fields[f].f.type;
    int to = value && t == F_REF ? city_seed(v->c, value) : -1;
    return to >= 0 && oracle_level(v->c, v->reader, &v->c->seeds[to]) == LEVEL_NONE ? NULL : value;
}

/* ---- rows and fields
 * --------------------------------------------------------------------------------------------------
 */

static void check_fields(const struct view *v, const struct seed *s, const struct record *row,
                         bool listed)
{
    for (int f = 0; f < v->k->n_fields; f++) {
        bool sealed = v->k->fields[f].f.type == F_SEALED;
        const char *expected = sealed && listed ? NULL : value_seen(v, s, f);
        bool hidden = oracle_level(v->c, v->reader, s) < oracle_needs(v->c, v->k, f);
        if (!str_eq(record_get(row, f), expected) || record_hidden(row, f) != hidden) {
            fail_msg("%s, %s %s of %s, %s: \"%s\" instead of \"%s\"", who(v), v->k->kind->name,
                     s->variant, s->owner, v->k->fields[f].f.name,
                     record_get(row, f) ? record_get(row, f) : "", expected ? expected : "");
        }
        cells++;
    }
}

static void check_loaded(const struct view *v, const struct seed *s, enum level level)
{
    struct record *r = NULL;
    struct err e = {0};
    bool found = repo_load(v->c->core, v->k, s->id, &r, &e);
    assert_int_equal(found, level > LEVEL_NONE);
    if (found) {
        check_fields(v, s, r, false);
    } else {
        assert_int_equal(e.code, ERR_MISSING);
    }
    record_free(r);
}

static void check_rows(const struct view *v, const struct rows *rows)
{
    for (int i = 0; i < v->c->n; i++) {
        const struct seed *s = &v->c->seeds[i];
        if (s->k != v->k) {
            continue;
        }
        enum level level = oracle_level(v->c, v->reader, s);
        const struct record *row = row_of(rows, s->id);
        if ((row ? row->level : LEVEL_NONE) != level) {
            fail_msg("%s, %s %s of %s: level %d, the oracle says %d", who(v), v->k->kind->name,
                     s->variant, s->owner, row ? (int)row->level : 0, (int)level);
        }
        if (row) {
            check_fields(v, s, row, true);
        }
        if (s->reader < 0) {
            check_loaded(v, s, level);
        }
    }
}

static void check_count(const struct view *v, const char *filter, int64_t n)
{
    struct query q = {.k = v->k, .filter = filter};
    int64_t counted;
    bool capped;
    struct err e = {0};
    fine_of(v, filter, query_count(v->c->core, &q, 100000, &counted, &capped, &e), &e);
    assert_int_equal(counted, n);
}

/* ---- conditions
 * ----------------------------------------------------------------------------------------------------------
 */

/* The seeds among the rows of a condition are those whose field is known and set (or else the
 * others). */
static void check_filter(const struct view *v, int f, const char *filter, bool set)
{
    struct query q = {.k = v->k, .filter = filter, .sort = "id"};
    struct err e = {0};
    ROWS rows = {0};
    fine_of(v, filter, query_rows(v->c->core, &q, &rows, &e), &e);
    for (int i = 0; i < v->c->n; i++) {
        const struct seed *s = &v->c->seeds[i];
        if (s->k != v->k || oracle_level(v->c, v->reader, s) == LEVEL_NONE) {
            continue;
        }
        bool any = str_eq(v->k->fields[f].f.of, "*");
        bool known = (any ? value_seen(v, s, f) : value_known(v, s, f)) != NULL;
        if ((row_of(&rows, s->id) != NULL) != (known == set)) {
            fail_msg("%s, %s of %s: %s %s", who(v), v->k->kind->name, s->owner, filter,
                     known == set ? "does not find it" : "finds it");
        }
    }
    if (turn(v, f, 4) == 0) {
        check_count(v, filter, rows.n);
    }
}

static void check_filters(const struct view *v, int f)
{
    const struct field *field = &v->k->fields[f].f;
    struct arena *a = &v->c->core->scratch;
    if (field->type == F_SEALED) {
        check_count(v, arena_printf(a, "%s == \"zq\"", field->name), 0);
        return;
    }
    bool text = field->type == F_TEXT || field->type == F_NOTE;
    switch (turn(v, f, 4)) {
    case 0:
        check_filter(v, f, arena_printf(a, "%s != null", field->name), true);
        break;
    case 1:
        check_filter(v, f, arena_printf(a, "%s == null", field->name), false);
        break;
    case 2:
        check_filter(v, f,
                     arena_printf(a, text ? "%s contains \"zq\"" : "not (%s == null)", field->name),
                     true);
        break;
    default:
        break; /* another reader's turn */
    }
}

/* A value that the reader does not see finds nothing, however exactly it is known. */
static void check_guesses(const struct view *v, const struct seed *s)
{
    struct arena *a = &v->c->core->scratch;
    for (int f = 0; f < v->k->n_fields; f++) {
        const struct field *field = &v->k->fields[f].f;
        const char *value = record_get(s->now, f);
        bool guess = field->type == F_TEXT || field->type == F_NOTE || field->type == F_REF;
        if (value && guess && !value_known(v, s, f)) {
            const char *how =
                turn(v, f, 2) ? "id == \"%s\" and %s == \"%s\"" : "id == \"%s\" and %s in (\"%s\")";
            check_count(v, arena_printf(a, how, s->id, field->name, value), 0);
        }
    }
    core_request_done(v->c->core);
}

/* ---- orders
 * -----------------------------------------------------------------------------------------------------------------
 */

/* Rows whose value is not known stand together, in the order of their ids, as if they had none. */
static void check_order(const struct view *v, int f, const struct rows *rows, bool desc)
{
    const char *last = "";
    bool after = false;
    for (int i = 0; i < rows->n; i++) {
        const struct record *row = rows->at[desc ? rows->n - 1 - i : i];
        int seed = city_seed(v->c, row->id);
        bool any = v->k->fields[f].f.type == F_REF && !v->k->fields[f].target;
        bool known = seed < 0 || (!any && value_known(v, &v->c->seeds[seed], f));
        if (seed < 0) {
            continue;
        }
        if (!known && (after || strcmp(last, row->id) > 0)) {
            fail_msg("%s, %s: the order by %s tells of what is hidden", who(v), v->k->kind->name,
                     v->k->fields[f].f.name);
        }
        after |= known;
        last = known ? last : row->id;
    }
}

/* Page by page the same rows come as at once. */
static void check_pages(const struct view *v, const char *sort, const struct rows *all)
{
    struct query q = {.k = v->k, .sort = sort, .limit = PAGE};
    struct err e = {0};
    char after[ID_LEN + 1];
    for (int at = 0; at < all->n; at += PAGE) {
        ROWS rows = {0};
        q.after = at ? after : NULL;
        fine_of(v, sort, query_rows(v->c->core, &q, &rows, &e), &e);
        assert_int_equal(rows.n, all->n - at < PAGE ? all->n - at : PAGE);
        for (int i = 0; i < rows.n; i++) {
            if (!str_eq(rows.at[i]->id, all->at[at + i]->id)) {
                fail_msg("%s, %s by %s: another row at %d of page by page", who(v),
                         v->k->kind->name, sort, at + i);
            }
        }
        snprintf(after, sizeof after, "%s", rows.at[rows.n - 1]->id);
    }
}

static void check_sort(const struct view *v, int f)
{
    struct err e = {0};
    bool desc = v->reader % 2 == 0;
    const char *name = v->k->fields[f].f.name;
    ROWS rows = {0};
    const char *sort = arena_printf(&v->c->core->scratch, "%s%s", desc ? "-" : "", name);
    struct query q = {.k = v->k, .sort = sort};
    fine_of(v, sort, query_rows(v->c->core, &q, &rows, &e), &e);
    check_order(v, f, &rows, desc);
    if (turn(v, f, 7) == 0) {
        check_pages(v, sort, &rows);
    }
}

/* ---- free search
 * -----------------------------------------------------------------------------------------------------------------
 */

static bool finds(const struct view *v, const char *word)
{
    struct hit hits[4];
    int n;
    bool more;
    struct err e = {0};
    fine(find_text(v->c->core, word, hits, 4, &n, &more, &e), &e);
    assert_false(more);
    return n > 0;
}

/* Accounts, agencies and roles are found by their very name. */
static bool is_name(const struct field *f)
{
    return f->flags & UNIQUE && (str_eq(f->name, "login") || str_eq(f->name, "code"));
}

static void check_search(const struct view *v, int seed)
{
    const struct seed *s = &v->c->seeds[seed];
    enum level level = oracle_level(v->c, v->reader, s);
    char word[WORD_LEN + 1];
    for (int f = 0; f < v->k->n_fields; f++) {
        const struct field *field = &v->k->fields[f].f;
        bool skip = !(field->flags & SEARCH) && turn(v, f, 4) > 0;
        if (skip || !(field->type == F_TEXT || field->type == F_NOTE) || !record_has(s->now, f)) {
            continue;
        }
        bool searched = field->flags & SEARCH && (level >= LEVEL_SHARED || is_name(field));
        bool expected = searched && level >= oracle_needs(v->c, v->k, f);
        word_of(seed, f, 1, word);
        if (finds(v, word) != expected) {
            fail_msg("%s, %s %s of %s: free search for its %s %s", who(v), v->k->kind->name,
                     s->variant, s->owner, field->name, expected ? "finds nothing" : "finds it");
        }
        cells++;
    }
    word_of(seed, 0, 0, word); /* what stood there before is gone */
    assert_false(finds(v, word));
    core_request_done(v->c->core);
}

/* ---- all of it
 * ------------------------------------------------------------------------------------------------------------------------
 */

static void check_kind(struct city *c, int reader, const struct kind_model *k)
{
    struct view v = {.c = c, .reader = reader, .k = k};
    struct query q = {.k = k, .sort = "id"};
    struct err e = {0};
    ROWS rows = {0};
    fine(query_rows(c->core, &q, &rows, &e), &e);
    check_rows(&v, &rows);
    check_count(&v, NULL, rows.n);
    for (int f = 0; f < k->n_fields; f++) {
        check_filters(&v, f);
        if (rows.n && k->fields[f].f.type != F_SEALED && turn(&v, f, 3) == 0) {
            check_sort(&v, f);
        }
        core_request_done(c->core);
    }
    for (int i = 0; i < c->n; i++) {
        if (c->seeds[i].k == k && c->seeds[i].reader < 0) {
            check_guesses(&v, &c->seeds[i]);
            if (turn(&v, i, 2)) {
                check_search(&v, i);
            }
        }
    }
}

static void every_role_sees_what_the_oracle_says(void **state)
{
    struct city *c = *state;
    for (int reader = 0; reader < READERS; reader++) {
        city_be(c, reader);
        for (int i = 0; i < c->model->n_kinds; i++) {
            check_kind(c, reader, &c->model->kinds[i]);
        }
    }
    print_message("%lld cells of the matrix checked: %d roles, %d records\n", (long long)cells,
                  READERS, c->n);
    assert_true(cells > 100000);
}

static int make(void **state)
{
    *state = city_make();
    return 0;
}

static int end(void **state)
{
    city_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_sees_what_the_oracle_says),
    };
    return cmocka_run_group_tests_name("matrix", tests, make, end);
}
