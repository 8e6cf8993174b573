/* The small language of conditions in YAML and of --filter:
 *   type == "SKJUTNING" and occurred_at >= "2024-01-01" and not (area in ("NORD", "CENTRUM"))
 * or and not ( ) == != < <= > >= in contains null true false numbers "text" today today-7d today+3d
 * and names: field, or one reference step (person.family_name). */
#ifndef TREBEN_BASE_EXPR_H
#define TREBEN_BASE_EXPR_H

#include "treben/base/err.h"

enum expr_op {
    EXPR_OR, EXPR_AND, EXPR_NOT,
    EXPR_EQ, EXPR_NE, EXPR_LT, EXPR_LE, EXPR_GT, EXPR_GE,
    EXPR_IN,       /* a: value, items: list */
    EXPR_CONTAINS, /* text contains text (folded), list contains code */
    EXPR_NAME,     /* name[, step] */
    EXPR_TEXT,     /* text: literal, number and true/false also come as text with their op */
    EXPR_NUMBER, EXPR_BOOL, EXPR_NULL,
    EXPR_TODAY     /* days: offset */
};
struct expr {
    enum expr_op op;
    struct expr *a, *b;   /* operands; EXPR_NOT uses a */
    struct expr **items;  /* EXPR_IN */
    size_t n_items;
    const char *name, *step; /* EXPR_NAME; step NULL unless "ref.field" */
    const char *text;        /* literal as written, unquoted */
    int days;
    int column;              /* 1-based place in the source, for messages */
};

/* Parses into the arena. ERR: SYNTAX with column and what was expected. Limits: 2,000 bytes, depth 30. */
MUST_CHECK bool expr_parse(struct arena *a, const char *source, const struct expr **ret, struct err *e);

enum expr_type { EXPR_T_TEXT, EXPR_T_NUMBER, EXPR_T_CODE, EXPR_T_LIST, EXPR_T_DATE };
struct expr_value {
    const char *text;     /* NULL is null */
    enum expr_type type;  /* how to compare: text folded for ==, by Swedish key for <; code and date bytewise;
                             an instant compared with a day means that day in Stockholm */
};
/* Looks a name up; false: unknown name (then the whole is an error naming it). */
typedef bool expr_lookup(void *ctx, const char *name, const char *step, struct expr_value *ret);
/* Evaluates; null in a comparison other than ==/!= null is false. ERR: SYNTAX for unknown names. */
MUST_CHECK bool expr_true(const struct expr *x, expr_lookup *lookup, void *ctx, bool *ret, struct err *e);

#endif
