/* core/condition.c: a condition of the configuration, judged on a record in memory. */
#include "inside.h"

#include <string.h>

struct look_ctx {
    struct core *c;
    const struct record *r;
};

static enum expr_type compare_as(enum field_type t)
{
    switch (t) {
    case F_INT:
        return EXPR_T_NUMBER;
    case F_DATE:
    case F_PDATE:
    case F_TIME:
        return EXPR_T_DATE;
    case F_BOOL: /* as "true" and "false" (value_text) */
    case F_CODE:
    case F_REF:
        return EXPR_T_CODE;
    case F_CODES:
    case F_REFS:
        return EXPR_T_LIST;
    default:
        return EXPR_T_TEXT;
    }
}

/* A value as conditions write it. */
static const char *value_text(const struct record *r, int field)
{
    const char *text = record_get(r, field);
    if (text && r->k->fields[field].f.type == F_BOOL)
        return strcmp(text, "1") == 0 ? "true" : "false";
    return text;
}

static bool look_step(struct look_ctx *x, const struct field_model *f, const char *id, const char *step, struct expr_value *ret)
{
    int j = f->target ? model_field(f->target, step) : -1;
    if (j < 0)
        return false;
    ret->type = compare_as(f->target->fields[j].f.type);
    ret->text = NULL;
    struct record *other = id ? look_id(x->c, f->target->kind->name, id) : NULL;
    if (other)
        ret->text = arena_strdup(&x->c->scratch, value_text(other, j));
    record_free(other);
    return true;
}

static bool look_up(void *ctx, const char *name, const char *step, struct expr_value *ret)
{
    struct look_ctx *x = ctx;
    int i = model_field(x->r->k, name);
    if (strcmp(name, "id") == 0 || strcmp(name, "case_no") == 0) {
        *ret = (struct expr_value){.text = *name == 'i' ? x->r->id : x->r->case_no, .type = EXPR_T_CODE};
        return true;
    }
    if (i < 0)
        return false;
    const struct field_model *f = &x->r->k->fields[i];
    if (step)
        return look_step(x, f, record_get(x->r, i), step, ret);
    *ret = (struct expr_value){.text = value_text(x->r, i), .type = compare_as(f->f.type)};
    return true;
}

bool record_true(struct core *c, const struct record *r, const struct expr *x, bool *ret, struct err *e)
{
    struct look_ctx ctx = {.c = c, .r = r};
    return expr_true(x, look_up, &ctx, ret, e);
}
