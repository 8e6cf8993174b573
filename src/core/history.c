/* core/history.c: what a record was, read with today's rights on record and field. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/core/repo.h"
#include "treben/store/rows.h"

#include <string.h>

#define HISTORY_MAX 2000

struct reading {
    struct core *c;
    const struct record *r;
    struct arena *a;
    struct history_row *rows;
    int n, room;
};

static void take_row(void *ctx, const struct history_entry *h)
{
    struct reading *x = ctx;
    int f = model_field(x->r->k, h->field);
    if (*h->field && (f < 0 || record_hidden(x->r, f)))
        return; /* what is hidden now has no past either */
    if (x->n == x->room) {
        struct history_row *more = arena_alloc(x->a, (size_t)(x->room ? x->room * 2 : 32) * sizeof *more);
        if (x->n)
            memcpy(more, x->rows, (size_t)x->n * sizeof *more);
        x->rows = more;
        x->room = x->room ? x->room * 2 : 32;
    }
    bool full = x->r->level >= LEVEL_FULL;
    const char *by = h->user ? show_title_of(x->c, h->user) : _("the system");
    x->rows[x->n++] = (struct history_row){.at = arena_strdup(x->a, h->at),
                                           .by = arena_strdup(x->a, by ? by : _("hidden")),
                                           .by_id = arena_strdup(x->a, h->user),
                                           .field = arena_strdup(x->a, h->field),
                                           .old_value = arena_strdup(x->a, h->old_value),
                                           .new_value = arena_strdup(x->a, h->new_value),
                                           .reason = full ? arena_strdup(x->a, h->reason) : NULL,
                                           .rev = full ? h->rev : h->shared_rev};
}

bool history_read(struct core *c, const struct record *r, struct arena *a, struct history_row **ret, int *ret_n,
                  struct err *e)
{
    struct reading x = {.c = c, .r = r, .a = a};
    if (!history_walk(c->store, r->id, HISTORY_MAX, take_row, &x, e))
        return false;
    *ret = x.rows;
    *ret_n = x.n;
    return true;
}
