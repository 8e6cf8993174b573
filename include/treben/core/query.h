/* Lists: filter, search text, order and one page, always through the subject's view, by key-set. */
#ifndef TREBEN_CORE_QUERY_H
#define TREBEN_CORE_QUERY_H

#include "treben/core/core.h"

struct query {
    const struct kind_model *k;
    const char *filter;      /* expression or the name of a YAML filter; NULL */
    const char *also;        /* a second expression, and-ed (links: parent == id); NULL */
    const char *text;        /* search text as typed; NULL */
    const char *sort;        /* "field", "-field"; NULL: the list's own. Ties by id */
    int limit;               /* rows wanted; 0: all */
    const char *after;       /* id of a row: rows after it in this order */
    const char *before;      /* id of a row: the limit rows before it, in order */
    const char *from;        /* id of a row: that row and what follows */
    bool last;               /* the last limit rows */
    const struct kind_model *tab_of; /* counted as the tab of such a record: conditions name tab_field and states only */
    int tab_field;
    bool upkeep;             /* the system's own look (guards, clocks): everything */
};
struct rows {
    struct record **at;
    int n;
    bool more;               /* there are more in the direction asked */
};
/* OWN: caller frees with rows_done. ERR: SYNTAX (filter, with column), INVALID (unknown sort field), DB. */
MUST_CHECK bool query_rows(struct core *c, const struct query *q, struct rows *ret, struct err *e);
void rows_done(struct rows *r);
#define ROWS __attribute__((cleanup(rows_done))) struct rows
/* Number of rows, counted up to cap (then *ret_capped). */
MUST_CHECK bool query_count(struct core *c, const struct query *q, int64_t cap, int64_t *ret, bool *ret_capped, struct err *e);
/* How many rows stand before this one in this order (its place in the list), counted up to cap. */
MUST_CHECK bool query_place(struct core *c, const struct query *q, const char *id, int64_t cap, int64_t *ret, struct err *e);

/* For guards and clocks: records of a kind for which an expression holds, at the upkeep door. Only ids, codes and
 * dates may be printed into it; a failing database counts as 0 and is reported by the next write.
 *   look_count(c, "measure", "round == \"%s\" and state == \"UTFORD\"", id) */
int64_t look_count(struct core *c, const char *kind, const char *expr_fmt, ...) PRINTF(3, 4);
/* The first such record in the order of `sort`; OWN: caller frees; NULL: none. */
struct record *look_first(struct core *c, const char *kind, const char *sort, const char *expr_fmt, ...) PRINTF(4, 5);
struct record *look_id(struct core *c, const char *kind, const char *id);
/* All such records; OWN: caller, rows_done. */
struct rows look_all(struct core *c, const char *kind, const char *sort, const char *expr_fmt, ...) PRINTF(4, 5);

#endif
