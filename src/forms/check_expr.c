/* Conditions: names that exist, and words that the field can hold. */
#include "inside.h"

#include "treben/base/date.h"
#include <string.h>

static bool unknown_code(struct decode *d, const struct node *at, const struct code_list *l,
                         const char *code)
{
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)l->n_codes * sizeof *names);
    for (int i = 0; i < l->n_codes; i++) {
        names[i] = l->codes[i].code;
    }
    AUTOFREE char *what = xprintf(_("the list %s has no code"), l->name);
    return finding_unknown(d->r.found, at, what, code, names, (size_t)l->n_codes);
}

/* A field with a lifecycle holds its states; another (a copy of the state for others to see) any of
 * the kind's. */
static bool holds_states(const struct kind_model *k, int field, const struct lifecycle_model *l)
{
    for (int i = 0; i < k->n_lifecycles; i++) {
        if (k->lifecycles[i].field == field) {
            return l->field == field;
        }
    }
    return true;
}

static bool check_state(struct decode *d, const struct kind_model *k, int field,
                        const struct node *at, const char *code)
{
    ARENA scratch = {0};
    size_t n = 0, room = 0;
    for (int i = 0; i < k->n_lifecycles; i++) {
        room += (size_t)k->lifecycles[i].n_states;
    }
    const char **names = arena_alloc(&scratch, room * sizeof *names);
    for (int i = 0; i < k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &k->lifecycles[i];
        for (int j = 0; holds_states(k, field, l) && j < l->n_states; j++) {
            names[n++] = l->states[j].code;
            if (strcmp(names[n - 1], code) == 0) {
                return true;
            }
        }
    }
    /* without any state: said where the form is checked */
    return n == 0 || finding_unknown(d->r.found, at, _("unknown state"), code, names, n);
}

static bool is_one_of(const char *value, const char *a, const char *b)
{
    return strcmp(value, a) == 0 || strcmp(value, b) == 0;
}

static bool not_taken(struct decode *d, const struct node *at, const struct field *f,
                      const char *value)
{
    finding_at(d->r.found, at, _("\"%s\" does not take the value \"%s\""), f->name, value);
    return false;
}

bool check_literal(struct decode *d, const struct kind_model *k, int field, const struct node *at,
                   const char *value)
{
    const struct field_model *f = &k->fields[field];
    struct date day;
    instant when;
    switch (f->f.type) {
    case F_CODE:
        if (str_eq(f->f.of, "state")) {
            return check_state(d, k, field, at, value);
        }
        if (strcmp(value, "my_agency") == 0 && str_eq(f->f.of, "agency")) {
            return true;
        }
        return !f->codes || model_code(f->codes, value) || unknown_code(d, at, f->codes, value);
    case F_CODES:
        return !f->codes || strchr(value, ',') || model_code(f->codes, value) ||
               unknown_code(d, at, f->codes, value);
    case F_DATE:
    case F_PDATE:
        return strcmp(value, "today") == 0 || date_from_text(value, &day) ||
               not_taken(d, at, &f->f, value);
    case F_TIME:
        return is_one_of(value, "now", "today") || instant_from_text(value, &when) ||
               not_taken(d, at, &f->f, value);
    case F_REF:
    case F_REFS:
        return is_one_of(value, "me", "my_agency") || not_taken(d, at, &f->f, value);
    case F_TEXT:
    case F_NOTE:
    case F_INT:
    case F_BOOL:
        return true;
    case F_SEALED:
        return not_taken(d, at, &f->f, value);
    }
    return true;
}

struct name { /* what a name in a condition means */
    const struct kind_model *k;
    int field; /* -1: id or case_no */
};

static bool find_name(struct decode *d, const struct kind_model *k, const struct node *at,
                      const struct expr *x, struct name *ret)
{
    int field, step;
    AUTOFREE char *path = x->step ? xprintf("%s.%s", x->name, x->step) : xstrdup(x->name);
    if (!decode_path(d, k, at, path, &field, &step)) {
        return false;
    }
    *ret = (struct name){.k = step >= 0 ? k->fields[field].target : k,
                         .field = step >= 0 ? step : field};
    if (strcmp(x->name, "title") == 0 && field < 0) {
        finding_at(d->r.found, at, _("\"title\" cannot be used in a condition"));
        return false;
    }
    if (x->step && step < 0) {
        finding_at(d->r.found, at, _("\"%s\" cannot be used in a condition"), path);
        return false;
    }
    if (ret->field >= 0 && ret->k->fields[ret->field].f.type == F_SEALED) {
        finding_at(d->r.found, at, _("\"%s\" is sealed and cannot be used in a condition"), path);
        return false;
    }
    return true;
}

static void check_word(struct decode *d, const struct node *at, const struct name *n,
                       const struct expr *literal)
{
    if (n->field < 0 || literal->op == EXPR_NULL) {
        return;
    }
    const struct field *f = &n->k->fields[n->field].f;
    bool is_code = f->type == F_CODE || f->type == F_CODES;
    if (literal->op == EXPR_TEXT &&
        (is_code || f->type == F_DATE || f->type == F_PDATE || f->type == F_TIME)) {
        check_literal(d, n->k, n->field, at, literal->text);
    } else if (is_code && literal->op != EXPR_TEXT && literal->op != EXPR_NAME) {
        finding_at(d->r.found, at, _("\"%s\" holds a code; write it in quotes"), f->name);
    } else if (f->type == F_BOOL && literal->op != EXPR_BOOL && literal->op != EXPR_NAME) {
        finding_at(d->r.found, at, _("\"%s\" is compared with true or false"), f->name);
    } else if (f->type == F_INT && literal->op != EXPR_NUMBER && literal->op != EXPR_NAME) {
        finding_at(d->r.found, at, _("\"%s\" is compared with a number"), f->name);
    }
}

static void check_compare(struct decode *d, const struct kind_model *k, const struct node *at,
                          const struct expr *x)
{
    const struct expr *name = x->a && x->a->op == EXPR_NAME ? x->a : x->b;
    const struct expr *other = name == x->a ? x->b : x->a;
    struct name n;
    if (!name || name->op != EXPR_NAME || !find_name(d, k, at, name, &n)) {
        return;
    }
    if (other && other->op == EXPR_NAME) {
        struct name m;
        (void)find_name(d, k, at, other, &m);
    } else if (other && x->op != EXPR_CONTAINS) {
        check_word(d, at, &n, other);
    } else if (other && n.field >= 0 && n.k->fields[n.field].f.type == F_CODES) {
        check_word(d, at, &n, other);
    }
    for (size_t i = 0; i < x->n_items; i++) {
        check_word(d, at, &n, x->items[i]);
    }
}

void check_expr(struct decode *d, const struct kind_model *k, const struct node *at,
                const struct expr *x)
{
    if (!x) {
        return;
    }
    if (x->op >= EXPR_EQ && x->op <= EXPR_CONTAINS) {
        check_compare(d, k, at, x);
    } else if (x->op == EXPR_NAME) {
        struct name n;
        (void)find_name(d, k, at, x, &n);
    } else {
        check_expr(d, k, at, x->a);
        check_expr(d, k, at, x->b);
    }
}
