/* Every kind with random records: what was saved is what is loaded, and its history tells each change. */
#include "world.h"

#include "treben/base/str.h"
#include "treben/core/history.h"

#include <stdio.h>

static struct rng rng;

/* Ends in a number of its own: some texts must differ from all others of their kind. */
static const char *random_text(struct arena *a)
{
    static int made;
    static const char *const parts[] = {"Öberg", "Åsa", "čćž", "kvarn", "O'Brien", "%s", "'; --", "ł", "中文", "42", "É", "\""};
    STR s = {0};
    uint32_t n = 1 + rng_below(&rng, 5);
    for (uint32_t i = 0; i < n; i++)
        str_printf(&s, "%s%s", i ? " " : "", parts[rng_below(&rng, N_OF(parts))]);
    str_printf(&s, " %d", ++made);
    return arena_strdup(a, s.p);
}

static const char *any_record(struct world *w, const char *kind)
{
    struct record *r = look_first(w->c, strcmp(kind, "*") == 0 ? "agency" : kind, "id", "id != null");
    const char *id = r ? arena_strdup(&w->c->scratch, r->id) : NULL;
    record_free(r);
    return id;
}

static const char *random_code(const struct kind_model *k, const struct field_model *f)
{
    if (f->codes)
        return f->codes->codes[rng_below(&rng, (uint32_t)f->codes->n_codes)].code;
    for (int i = 0; i < k->n_lifecycles; i++)
        if (&k->fields[k->lifecycles[i].field] == f)
            return k->lifecycles[i].states[rng_below(&rng, (uint32_t)k->lifecycles[i].n_states)].code;
    return "X";
}

static const char *random_value(struct world *w, const struct kind_model *k, const struct field_model *f)
{
    struct arena *a = &w->c->scratch;
    if (f->f.flags & UNIQUE)
        return f->f.type == F_INT ? arena_printf(a, "%u", 1000 + rng_below(&rng, 1000000))
                                  : random_text(a);
    switch (f->f.type) {
    case F_INT:
        return arena_printf(a, "%u", rng_below(&rng, 4));
    case F_BOOL:
        return rng_below(&rng, 2) ? "1" : "0";
    case F_DATE:
        return arena_printf(a, "20%02u-%02u-%02u", 10 + rng_below(&rng, 16), 1 + rng_below(&rng, 12), 1 + rng_below(&rng, 28));
    case F_PDATE:
        return rng_below(&rng, 2) ? "2024" : "2024-03";
    case F_TIME:
        return arena_printf(a, "2024-%02u-%02uT%02u:00:00Z", 1 + rng_below(&rng, 12), 1 + rng_below(&rng, 28), rng_below(&rng, 24));
    case F_CODE:
    case F_CODES:
        return random_code(k, f);
    case F_REF:
    case F_REFS:
        return any_record(w, f->f.of);
    default:
        return random_text(a);
    }
}

static void fill_random(struct world *w, struct record *r, bool all)
{
    for (int i = 0; i < r->k->n_fields; i++) {
        const struct field_model *f = &r->k->fields[i];
        bool common = i >= r->k->n_own && !f->local;
        bool must = all && f->f.flags & REQUIRED;
        if (!common && (must || rng_below(&rng, 3)))
            record_put(r, i, random_value(w, r->k, f));
    }
}

static void assert_same(const struct record *a, const struct record *b)
{
    for (int i = 0; i < a->k->n_fields; i++)
        if (!str_eq(record_get(a, i), record_get(b, i)))
            fail_msg("%s.%s: saved \"%s\", loaded \"%s\"", a->k->kind->name, a->k->fields[i].f.name,
                     record_get(a, i) ? record_get(a, i) : "–", record_get(b, i) ? record_get(b, i) : "–");
}

static void write_and_compare(struct world *w, const struct record *was, struct record *now)
{
    struct err e = {0};
    struct record *back;
    if (!tx_begin(w->store, &e) || !repo_write(w->c, was, now, NULL, &e) || !tx_commit(w->store, &e))
        fail_msg("%s: %s (%d)", now->k->kind->name, e.text, e.native);
    if (!repo_load(w->c, now->k, now->id, &back, &e))
        fail_msg("%s: %s", now->k->kind->name, e.text);
    assert_same(now, back);
    record_free(back);
}

static int fields_changed(const struct record *a, const struct record *b)
{
    int n = 0;
    for (int i = 0; i < a->k->n_fields; i++) {
        bool common = i >= a->k->n_own && !a->k->fields[i].local;
        n += !common && !str_eq(record_get(a, i), record_get(b, i));
    }
    return n;
}

static void one_kind(struct world *w, const struct kind_model *k)
{
    struct record *first = record_new(k);
    fill_random(w, first, true);
    record_put(first, k->n_own + COMMON_OWNER_AGENCY, "POL");
    record_put(first, k->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(first, k->n_own + COMMON_LOCKED, "0");
    write_and_compare(w, NULL, first);
    struct record *second = record_copy(first);
    fill_random(w, second, true);
    int changed = fields_changed(first, second);
    write_and_compare(w, first, second);
    ARENA a = {0};
    struct history_row *rows;
    int n;
    struct err e = {0};
    assert_true(history_read(w->c, second, &a, &rows, &n, &e));
    assert_int_equal(n, changed + 1); /* and the row of its making */
    for (int i = 0; i < n - 1; i++) {
        int f = model_field(k, rows[i].field);
        if (k->fields[f].f.type == F_SEALED) {
            assert_null(rows[i].new_value); /* encrypted values never enter history */
            continue;
        }
        assert_true(str_eq(rows[i].old_value, record_get(first, f)));
        assert_true(str_eq(rows[i].new_value, record_get(second, f)));
    }
    record_free(first);
    record_free(second);
    core_request_done(w->c);
}

static void every_kind_survives(void **state)
{
    (void)state;
    struct world *w = world_make();
    rng_seed(&rng, 20261122);
    for (int round = 0; round < 8; round++)
        for (int i = 0; i < w->model->n_kinds; i++)
            one_kind(w, &w->model->kinds[i]);
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kind_survives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
