/* core/history.c: what a record was, read with today's rights on record and field. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/core/repo.h"

#include <string.h>

bool history_read(struct core *c, const struct record *r, struct arena *a, struct history_row **ret, int *ret_n,
                  struct err *e)
{
    STMT st;
    int n = 0, room = 0;
    struct history_row *rows = NULL;
    if (!stmt_get(c->store, DOOR_UPKEEP,
                  "SELECT at, user, field, old_value, new_value, reason, rev, shared_rev, agency FROM history "
                  "WHERE record = ? ORDER BY seq DESC LIMIT 2000",
                  &st, e))
        return false;
    stmt_text(&st, 1, r->id);
    for (;;) {
        bool row;
        if (!stmt_step(&st, &row, e))
            return false;
        if (!row)
            break;
        const char *field = col_text(&st, 2);
        int f = model_field(r->k, field);
        if (*field && (f < 0 || record_hidden(r, f)))
            continue; /* what is hidden now has no past either */
        if (n == room) {
            struct history_row *more = arena_alloc(a, (size_t)(room ? room * 2 : 32) * sizeof *more);
            if (n)
                memcpy(more, rows, (size_t)n * sizeof *more);
            rows = more;
            room = room ? room * 2 : 32;
        }
        const char *user = col_text(&st, 1);
        bool full = r->level >= LEVEL_FULL;
        const char *by = user ? show_title_of(c, user) : _("the system");
        rows[n++] = (struct history_row){
            .at = arena_strdup(a, col_text(&st, 0)), .by = arena_strdup(a, by ? by : _("hidden")),
            .by_id = arena_strdup(a, user), .field = arena_strdup(a, field),
            .old_value = arena_strdup(a, col_text(&st, 3)), .new_value = arena_strdup(a, col_text(&st, 4)),
            .reason = full ? arena_strdup(a, col_text(&st, 5)) : NULL, .rev = col_int(&st, full ? 6 : 7)};
    }
    *ret = rows;
    *ret_n = n;
    return true;
}
