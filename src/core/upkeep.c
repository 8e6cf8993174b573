/* core/upkeep.c: what nobody does and still must happen: a confirmed membership whose review day
 * has passed goes to review. There is no daemon: the first session of a day does it for all. */
#include "treben/core/upkeep.h"

#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/lifecycle.h"
#include "treben/store/log.h"

#define DAY_KEY "upkeep_day"
#define UPKEEP_LOOK                                                                                \
    1000 /* due records looked at: some may have to wait for somebody to mend them */

static bool done_on(struct core *c, const char *day, bool *ret, struct err *e)
{
    AUTOFREE char *done = NULL;
    if (!meta_get(c->store, DAY_KEY, &done, e))
        return false;
    *ret = str_eq(done, day);
    return true;
}

/* *ret_moved false: the record breaks a rule that came after it; it stays until somebody mends it.
 */
static bool move_one(struct core *c, const struct record *r, const char *to, bool *ret_moved,
                     struct err *e)
{
    struct err why = {0};
    if (!tx_savepoint(c->store, e))
        return false;
    if (lifecycle_system(c, r->k, r->id, to, &why)) {
        tx_savepoint_release(c->store);
        *ret_moved = true;
        return true;
    }
    tx_savepoint_rollback(c->store);
    if (why.code != ERR_RULE && why.code != ERR_INVALID) {
        *e = why;
        return false;
    }
    *ret_moved = false;
    return true;
}

static bool log_moves(struct core *c, const char *kind, const char *ids, int n, struct err *e)
{
    struct log_row row = {.session = c->who.session,
                          .action = "STATUS",
                          .kind = kind,
                          .shown = ids,
                          .n = n,
                          .result = "ok",
                          .detail = "upkeep"};
    return !n || log_append(c->store, &row, e);
}

static bool review_memberships(struct core *c, const char *today, struct err *e)
{
    struct query due = {.k = model_kind(c->model, "membership"),
                        .filter = arena_printf(
                            &c->scratch, "state == \"BEKRAFTAD\" and review_due < \"%s\"", today),
                        .sort = "review_due",
                        .limit = UPKEEP_LOOK,
                        .upkeep = true};
    ROWS rows = {0};
    STR ids = {0};
    int n = 0;
    if (!query_rows(c, &due, &rows, e))
        return false;
    for (int i = 0; i < rows.n && n < UPKEEP_MOVES; i++) {
        bool moved;
        if (!move_one(c, rows.at[i], "FOR_OMPROVNING", &moved, e))
            return false;
        if (moved)
            str_printf(&ids, "%s%s", n++ ? "," : "", rows.at[i]->id);
    }
    return log_moves(c, due.k->kind->name, ids.p, n, e);
}

static bool run(struct core *c, const char *today, struct err *e)
{
    bool done;
    if (!tx_begin(c->store, e))
        return false;
    /* Another session may have been first while this one waited for its turn. */
    bool ok =
        done_on(c, today, &done, e) &&
        (done || (review_memberships(c, today, e) && meta_set(c->store, DAY_KEY, today, e))) &&
        tx_commit(c->store, e);
    tx_rollback(c->store);
    return ok;
}

bool upkeep_run(struct core *c, struct err *e)
{
    char today[DATE_TEXT];
    bool done;
    date_text(date_today(), today);
    if (!done_on(c, today, &done, e))
        return false;
    if (done)
        return true;
    /* Nobody's name stands on what the calendar did, and nothing that the system saw stays for
     * whoever's session this is. */
    struct subject who = c->who;
    subject_system(c);
    bool ok = run(c, today, e);
    subject_system(c);
    c->who = who;
    return ok;
}
