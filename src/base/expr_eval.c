/* The small language of conditions: what a tree says about a record. */
#include "treben/base/expr.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"
#include <stdlib.h>
#include <string.h>

struct run {
    expr_lookup *lookup;
    void *ctx;
    struct err *e;
};

struct operand {
    const char *text; /* NULL is null */
    enum expr_type type;
    bool loose;          /* a quoted text: takes the type of the other side */
    char day[DATE_TEXT]; /* keeps what "today" is */
};

static bool operand_of(const struct run *r, const struct expr *x, struct operand *ret)
{
    struct expr_value v = {.text = NULL};
    *ret = (struct operand){.text = x->text, .type = EXPR_T_TEXT};
    switch (x->op) {
    case EXPR_NAME:
        if (!r->lookup(r->ctx, x->name, x->step, &v)) {
            return err_set(r->e, ERR_SYNTAX, _("column %d: there is no field called %s%s%s"),
                           x->column, x->name, x->step ? "." : "", x->step ? x->step : "");
        }
        ret->text = v.text;
        ret->type = v.type;
        return true;
    case EXPR_NUMBER:
        ret->type = EXPR_T_NUMBER;
        return true;
    case EXPR_BOOL:
        ret->type = EXPR_T_CODE;
        return true;
    case EXPR_TODAY:
        date_text(date_add(date_today(), x->days), ret->day);
        ret->text = ret->day;
        ret->type = EXPR_T_DATE;
        return true;
    default:
        ret->loose = true;
        return true;
    }
}

/* How two sides compare: the field's type wins over a literal's, the stricter one of two fields. */
static enum expr_type common_type(const struct operand *a, const struct operand *b)
{
    static const enum expr_type strict[] = {EXPR_T_DATE, EXPR_T_NUMBER, EXPR_T_LIST, EXPR_T_CODE};
    if (a->loose || b->loose) {
        return a->loose ? b->type : a->type;
    }
    for (size_t i = 0; i < N_OF(strict); i++) {
        if (a->type == strict[i] || b->type == strict[i]) {
            return strict[i];
        }
    }
    return EXPR_T_TEXT;
}

static bool number_of(const char *text, double *ret)
{
    char plain[40];
    size_t n = strlen(text);
    if (n == 0 || n >= sizeof plain || strspn(text, "0123456789.,-+") != n) {
        return false;
    }
    memcpy(plain, text, n + 1);
    char *comma = strchr(plain, ',');
    if (comma) {
        *comma = '.';
    }
    char *end;
    *ret = strtod(plain, &end);
    return *end == '\0';
}

/* An instant beside a day is the day that Stockholm had then; two instants are points in time. */
static int compare_dates(const char *a, const char *b)
{
    bool a_time = strlen(a) > DATE_TEXT - 1, b_time = strlen(b) > DATE_TEXT - 1;
    instant x, y;
    char day[DATE_TEXT];
    if (a_time && b_time && instant_from_text(a, &x) && instant_from_text(b, &y)) {
        return (x > y) - (x < y);
    }
    if (a_time != b_time && instant_from_text(a_time ? a : b, &x)) {
        date_text(moment_of(x).date, day);
        return a_time ? strcmp(day, b) : strcmp(a, day);
    }
    return strcmp(a, b);
}

static bool same(const char *a, const char *b, enum expr_type type)
{
    double x, y;
    if (!a || !b) {
        return a == b;
    }
    switch (type) {
    case EXPR_T_NUMBER:
        return number_of(a, &x) && number_of(b, &y) && !(x < y) && !(x > y);
    case EXPR_T_DATE:
        return compare_dates(a, b) == 0;
    case EXPR_T_TEXT: {
        AUTOFREE char *fold_a = text_fold(a), *fold_b = text_fold(b);
        return strcmp(fold_a, fold_b) == 0;
    }
    default:
        return strcmp(a, b) == 0;
    }
}

/* Order of two values that are there; false: they cannot be ordered. */
static bool order(const char *a, const char *b, enum expr_type type, int *ret)
{
    double x, y;
    switch (type) {
    case EXPR_T_NUMBER:
        if (!number_of(a, &x) || !number_of(b, &y)) {
            return false;
        }
        *ret = (x > y) - (x < y);
        return true;
    case EXPR_T_DATE:
        *ret = compare_dates(a, b);
        return true;
    case EXPR_T_TEXT: {
        AUTOFREE char *key_a = text_sort_key(a), *key_b = text_sort_key(b);
        *ret = strcmp(key_a, key_b);
        return true;
    }
    default:
        *ret = strcmp(a, b);
        return true;
    }
}

static bool contains(const struct operand *a, const struct operand *b)
{
    if (!a->text || !b->text) {
        return false;
    }
    if (a->type == EXPR_T_LIST) {
        return str_list_has(a->text, b->text);
    }
    AUTOFREE char *whole = text_fold(a->text), *part = text_fold(b->text);
    return strstr(whole, part) != NULL;
}

static bool compare(enum expr_op op, const struct operand *a, const struct operand *b)
{
    enum expr_type type = common_type(a, b);
    int c;
    if (op == EXPR_EQ || op == EXPR_NE) {
        return same(a->text, b->text, type) == (op == EXPR_EQ);
    }
    if (op == EXPR_CONTAINS) {
        return contains(a, b);
    }
    if (!a->text || !b->text || !order(a->text, b->text, type, &c)) {
        return false;
    }
    return op == EXPR_LT ? c < 0 : op == EXPR_LE ? c <= 0 : op == EXPR_GT ? c > 0 : c >= 0;
}

static bool eval_in(const struct run *r, const struct expr *x, bool *ret)
{
    struct operand a, item;
    bool found = false;
    if (!operand_of(r, x->a, &a)) {
        return false;
    }
    for (size_t i = 0; i < x->n_items; i++) {
        if (!operand_of(r, x->items[i], &item)) {
            return false;
        }
        found = found || (a.text && same(a.text, item.text, common_type(&a, &item)));
    }
    *ret = found;
    return true;
}

static bool eval(const struct run *r, const struct expr *x, bool *ret);

/* Always looks at both sides: an unknown name is an error whatever the record holds. */
static bool eval_both(const struct run *r, const struct expr *x, bool *ret)
{
    bool a, b;
    if (!eval(r, x->a, &a) || !eval(r, x->b, &b)) {
        return false;
    }
    *ret = x->op == EXPR_AND ? a && b : a || b;
    return true;
}

static bool eval(const struct run *r, const struct expr *x, bool *ret)
{
    struct operand a, b;
    bool inner;
    switch (x->op) {
    case EXPR_OR:
    case EXPR_AND:
        return eval_both(r, x, ret);
    case EXPR_NOT:
        if (!eval(r, x->a, &inner)) {
            return false;
        }
        *ret = !inner;
        return true;
    case EXPR_IN:
        return eval_in(r, x, ret);
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
    case EXPR_CONTAINS:
        if (!operand_of(r, x->a, &a) || !operand_of(r, x->b, &b)) {
            return false;
        }
        *ret = compare(x->op, &a, &b);
        return true;
    default: /* a field alone: yes, or anything that is there */
        if (!operand_of(r, x, &a)) {
            return false;
        }
        *ret = !str_empty(a.text) && !str_eq(a.text, "false") && !str_eq(a.text, "0");
        return true;
    }
}

bool expr_true(const struct expr *x, expr_lookup *lookup, void *ctx, bool *ret, struct err *e)
{
    struct run r = {.lookup = lookup, .ctx = ctx, .e = e};
    bool result;
    if (!eval(&r, x, &result)) {
        return false;
    }
    *ret = result;
    return true;
}
