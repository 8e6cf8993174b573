/* core/repo_erase.c: taking a record out as if it had never been, with all that was written about it. */
#include "inside.h"
#include "treben/core/repo.h"
#include "treben/store/rows.h"

/* References that may lead to any kind count where they make a row of the record; looking through all
 * the others would cost a morning. */
static bool leads_to(const struct kind_model *from, const struct field_model *f,
                     const struct kind_model *k)
{
    return f->f.type == F_REF &&
           (f->target == k || (!f->target && str_eq(from->kind->parent, f->f.name)));
}

static struct rows that_name(struct core *c, const struct kind_model *k, int field, const char *id)
{
    return look_all(c, k->kind->name, "id", "%s == \"%s\"", k->fields[field].f.name, id);
}

static bool clear_one(struct core *c, const struct record *was, int field, struct err *e)
{
    struct record *now = record_copy(was);
    record_put(now, field, NULL);
    bool ok = repo_write(c, was, now, NULL, e);
    record_free(now);
    return ok;
}

/* Rows of the record go with it; what only mentions it does not name it any more. */
static bool let_go(struct core *c, const struct kind_model *k, int field, const char *id, struct err *e)
{
    bool row_of = str_eq(k->kind->parent, k->fields[field].f.name);
    ROWS rows = that_name(c, k, field, id);
    for (int i = 0; i < rows.n; i++)
        if (row_of ? !repo_erase(c, rows.at[i], e) : !clear_one(c, rows.at[i], field, e))
            return false;
    return true;
}

bool repo_erase(struct core *c, const struct record *r, struct err *e)
{
    for (int i = 0; i < c->model->n_kinds; i++) {
        const struct kind_model *k = &c->model->kinds[i];
        for (int f = 0; f < k->n_own; f++)
            if (leads_to(k, &k->fields[f], r->k) && !let_go(c, k, f, r->id, e))
                return false;
    }
    return rows_erase(c->store, r->k->kind->name, r->id, record_common(r, COMMON_OWNER_AGENCY), e);
}
