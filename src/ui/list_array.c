/* A list's source over rows that are all in memory. */
#include "treben/base/str.h"
#include "treben/ui/list.h"

static bool find(const struct list_array *a, const char *key, size_t *ret)
{
    for (size_t i = 0; key && i < a->n; i++)
        if (str_eq(a->key(a->ctx, i), key)) {
            *ret = i;
            return true;
        }
    return false;
}

static void take(const struct list_array *a, struct arena *arena, size_t row, struct list_row *ret)
{
    const char **cells = arena_alloc(arena, (a->n_columns + 1) * sizeof *cells);
    for (size_t c = 0; c < a->n_columns; c++)
        cells[c] = arena_strdup(arena, a->cell(a->ctx, row, c));
    *ret = (struct list_row){.key = arena_strdup(arena, a->key(a->ctx, row)),
                             .cells = cells,
                             .heading = a->heading && a->heading(a->ctx, row),
                             .look = a->look ? a->look(a->ctx, row) : LOOK_NORMAL};
}

static bool fetch_array(void *ctx, enum list_from from, const char *anchor, size_t want,
                        struct list_page *ret, struct err *e)
{
    const struct list_array *a = ctx;
    size_t at = 0, start = 0, end = a->n;
    bool found = find(a, anchor, &at);
    (void)e;
    if (from == LIST_TAIL)
        start = end > want ? end - want : 0;
    else if (from == LIST_AFTER && found)
        start = at + 1;
    else if (from == LIST_BEFORE && found)
        end = at;
    else if (from == LIST_AROUND && found)
        start = at > want / 2 ? at - want / 2 : 0;
    if (from == LIST_BEFORE)
        start = end > want ? end - want : 0;
    else if (end - start > want)
        end = start + want;
    ret->n = end - start;
    ret->rows = arena_alloc(ret->arena, (ret->n + 1) * sizeof *ret->rows);
    for (size_t i = 0; i < ret->n; i++)
        take(a, ret->arena, start + i, &ret->rows[i]);
    ret->first = (long)start;
    ret->total = (long)a->n;
    ret->more_before = start > 0;
    ret->more_after = end < a->n;
    return true;
}

struct list_source list_source_array(struct list_array *a)
{
    return (struct list_source){.ctx = a, .fetch = fetch_array};
}
