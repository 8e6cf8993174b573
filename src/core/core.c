/* core/core.c: one session's core, and the start-up check of tables against kinds. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/store/migrate.h"

#include <stdlib.h>
#include <string.h>

struct core *core_new(struct store *s, const struct model *m)
{
    struct core *c = xcalloc(1, sizeof *c);
    c->store = s;
    c->model = m;
    c->cache = xcalloc(1, sizeof *c->cache);
    c->cache->views = xcalloc((size_t)m->n_kinds, sizeof *c->cache->views);
    c->cache->select_list = xcalloc((size_t)m->n_kinds * 4, sizeof *c->cache->select_list);
    subject_system(c);
    return c;
}

void core_free(struct core *c)
{
    if (!c)
        return;
    for (int i = 0; i < c->model->n_kinds * 4; i++)
        free(c->cache->select_list[i]);
    free(c->cache->select_list);
    for (int i = 0; i < c->model->n_kinds; i++)
        free(c->cache->views[i].made_of);
    free(c->cache->views);
    free(c->cache);
    arena_done(&c->scratch);
    free(c);
}

void core_request_done(struct core *c)
{
    c->cache->n_titles = 0;
    c->notice = NULL;
    arena_reset(&c->scratch);
}

int kind_index(const struct core *c, const struct kind_model *k)
{
    return (int)(k - c->model->kinds);
}

static const char *column_type(enum field_type t)
{
    switch (t) {
    case F_INT:
    case F_BOOL:
        return "INTEGER";
    case F_SEALED:
        return "BLOB";
    default:
        return "TEXT";
    }
}

static const struct column_info *column_find(const struct column_info *columns, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(columns[i].name, name) == 0)
            return &columns[i];
    return NULL;
}

static void check_column(const struct column_info *columns, size_t n, const char *table, const char *name,
                         const char *type, struct str *wrong)
{
    const struct column_info *found = column_find(columns, n, name);
    if (!found)
        str_printf(wrong, "%s.%s is missing; ", table, name);
    else if (strcmp(found->type, type) != 0)
        str_printf(wrong, "%s.%s is %s, not %s; ", table, name, found->type, type);
}

static bool check_kind(struct core *c, const struct kind_model *k, struct str *wrong, struct err *e)
{
    ARENA a = {0};
    struct column_info *columns;
    size_t n;
    if (!table_columns(c->store, &a, k->kind->name, &columns, &n, e))
        return false;
    size_t expected = 3; /* id, fold, extra */
    check_column(columns, n, k->kind->name, "id", "TEXT", wrong);
    check_column(columns, n, k->kind->name, "fold", "TEXT", wrong);
    check_column(columns, n, k->kind->name, "extra", "TEXT", wrong);
    if (k->kind->series) {
        check_column(columns, n, k->kind->name, "case_no", "TEXT", wrong);
        expected++;
    }
    for (int i = 0; i < k->n_fields; i++) {
        const struct field *f = &k->fields[i].f;
        if (k->fields[i].local)
            continue;
        check_column(columns, n, k->kind->name, f->name, column_type(f->type), wrong);
        expected++;
        if (f->flags & (SORT | HASHED)) {
            char derived[80];
            snprintf(derived, sizeof derived, "%s_%s", f->name, f->flags & SORT ? "key" : "hash");
            check_column(columns, n, k->kind->name, derived, "TEXT", wrong);
            expected++;
        }
    }
    if (n != expected)
        str_printf(wrong, "%s has %zu columns, not %zu; ", k->kind->name, n, expected);
    return true;
}

bool core_check_schema(struct core *c, struct err *e)
{
    STR wrong = {0};
    for (int i = 0; i < c->model->n_kinds; i++)
        if (!check_kind(c, &c->model->kinds[i], &wrong, e))
            return false;
    if (wrong.len)
        return err_set(e, ERR_SCHEMA, _("The database does not fit this program: %s"), wrong.p);
    return true;
}
