/* Free search over every kind the subject may find, and the lookups of references. */
#ifndef TREBEN_CORE_FIND_H
#define TREBEN_CORE_FIND_H

#include "treben/core/query.h"

struct hit {
    const struct kind_model *k;
    char id[ID_LEN + 1];
    const char *title;  /* scratch */
    const char *case_no;
    const char *detail; /* what tells two of the same title apart: a birth date, a state; "" */
};
/* At most max hits, grouped by kind; *ret_more: there were more. ERR: INVALID (text empty or too long), DB. */
MUST_CHECK bool find_text(struct core *c, const char *text, struct hit *ret, int max, int *ret_n, bool *ret_more, struct err *e);
/* Matches for a reference field: by case number, id, login, code, or text; narrowed by the field's filter. */
MUST_CHECK bool find_lookup(struct core *c, const struct field_model *f, const char *text, struct hit *ret, int max, int *ret_n, struct err *e);

#endif
