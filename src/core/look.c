/* core/look.c: the system's own look at records, for guards, clocks and consequences. What they say to people is
 * yes or no and a fixed sentence; the records themselves never leave. */
#include "inside.h"

#include <stdarg.h>
#include <stdlib.h>

static const char *condition(struct core *c, const char *fmt, va_list args)
{
    return arena_vprintf(&c->scratch, fmt, args);
}

int64_t look_count(struct core *c, const char *kind, const char *expr_fmt, ...)
{
    va_list args;
    va_start(args, expr_fmt);
    struct query q = {.k = model_kind(c->model, kind), .filter = condition(c, expr_fmt, args), .upkeep = true};
    va_end(args);
    int64_t n = 0;
    bool capped;
    struct err e = {0};
    return q.k && query_count(c, &q, 100000, &n, &capped, &e) ? n : 0;
}

static struct rows look(struct core *c, const char *kind, const char *sort, const char *filter, int limit)
{
    struct query q = {.k = model_kind(c->model, kind), .filter = filter, .sort = sort, .limit = limit, .upkeep = true};
    struct rows rows = {0};
    struct err e = {0};
    if (!q.k || !query_rows(c, &q, &rows, &e))
        return (struct rows){0};
    return rows;
}

struct record *look_first(struct core *c, const char *kind, const char *sort, const char *expr_fmt, ...)
{
    va_list args;
    va_start(args, expr_fmt);
    struct rows rows = look(c, kind, sort, condition(c, expr_fmt, args), 1);
    va_end(args);
    struct record *first = rows.n ? record_copy(rows.at[0]) : NULL;
    rows_done(&rows);
    return first;
}

struct rows look_all(struct core *c, const char *kind, const char *sort, const char *expr_fmt, ...)
{
    va_list args;
    va_start(args, expr_fmt);
    struct rows rows = look(c, kind, sort, condition(c, expr_fmt, args), 0);
    va_end(args);
    return rows;
}

struct record *look_id(struct core *c, const char *kind, const char *id)
{
    return look_first(c, kind, "id", "id == \"%s\"", id);
}
