/* core/upkeep.c: what nobody does and still must happen: a confirmed membership whose review day
 * has passed goes to review, a consent runs out, adjusted minutes are locked, a contact that led to
 * nothing is erased, the place of tomorrow's call-in is told, new records are looked through for
 * doubles. There is no daemon: the first session of a day does it for all, and any session what
 * cannot wait for a day: an unread handover. */
#include "treben/core/upkeep.h"

#include "chain_parts.h"
#include "treben/base/date.h"
#include "treben/core/lifecycle.h"
#include "treben/core/repo.h"
#include "treben/store/blob.h"
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

static bool log_done(struct core *c, const char *action, const char *kind, const char *ids, int n,
                     const char *detail, struct err *e)
{
    struct log_row row = {.session = c->who.session,
                          .action = action,
                          .kind = kind,
                          .shown = ids,
                          .n = n,
                          .result = "ok",
                          .detail = detail};
    return !n || log_append(c->store, &row, e);
}

/* What the calendar moves, and where to. */
struct due {
    const char *kind, *filter, *sort, *to;
};

static bool move_due(struct core *c, const struct due *d, struct err *e)
{
    struct query due = {.k = model_kind(c->model, d->kind),
                        .filter = d->filter,
                        .sort = d->sort,
                        .limit = UPKEEP_LOOK,
                        .upkeep = true};
    ROWS rows = {0};
    STR ids = {0};
    int n = 0;
    if (!query_rows(c, &due, &rows, e))
        return false;
    for (int i = 0; i < rows.n && n < UPKEEP_MOVES; i++) {
        bool moved;
        if (!move_one(c, rows.at[i], d->to, &moved, e))
            return false;
        if (moved)
            str_printf(&ids, "%s%s", n++ ? "," : "", rows.at[i]->id);
    }
    return log_done(c, "STATUS", d->kind, ids.p, n, "upkeep", e);
}

static bool move_all(struct core *c, struct err *e)
{
    static const struct due moves[] = {
        {"membership", "state == \"BEKRAFTAD\" and review_due < today", "review_due",
         "FOR_OMPROVNING"},
        {"meeting", "state == \"JUSTERAT\" and adjusted_at < today", "starts", "LAST"},
        {"consent", "state == \"AKTIVT\" and valid_to < today", "valid_to", "UTGANGET"},
    };
    for (size_t i = 0; i < N_OF(moves); i++)
        if (!move_due(c, &moves[i], e))
            return false;
    return true;
}

/* Contacts that led to nothing go when their day has passed. The log keeps that they went, by which
 * rule and when, and nothing of what they said. */
static bool erase_contacts(struct core *c, struct err *e)
{
    struct query due = {
        .k = model_kind(c->model, "exit_contact"),
        .filter = "linked_case == null and purge_after < today",
        .sort = "at",
        .limit = UPKEEP_MOVES,
        .upkeep = true};
    ROWS rows = {0};
    STR ids = {0};
    if (!query_rows(c, &due, &rows, e))
        return false;
    for (int i = 0; i < rows.n; i++) {
        str_printf(&ids, "%s%s", i ? "," : "", rows.at[i]->id);
        if (!repo_erase(c, rows.at[i], e))
            return false;
    }
    return log_done(c, "GALLRA", "exit_contact", ids.p, rows.n, "CONTACT_90D", e);
}

/* What was not saved by people (an import, a copy put back) is looked at once a day, as far as it is new. */
static bool find_doubles(struct core *c, struct err *e)
{
    struct query fresh = {.k = model_kind(c->model, "person"),
                          .filter = "updated_at >= today-2d and merged_into == null",
                          .sort = "-updated_at",
                          .limit = UPKEEP_LOOK,
                          .upkeep = true};
    ROWS rows = {0};
    if (!query_rows(c, &fresh, &rows, e))
        return false;
    for (int i = 0; i < rows.n; i++)
        if (!chain_doubles(c, rows.at[i], e))
            return false;
    return true;
}

/* The sealed place is opened for those who come along. */
static bool open_venue(struct core *c, const struct record *call, struct err *e)
{
    struct record *was;
    if (!repo_load_all(c, call->k, call->id, &was, e))
        return false;
    struct record *now = record_copy(was);
    record_put(now, kind_field(&call_in_kind, "venue_shared"),
               record_get(was, kind_field(&call_in_kind, "venue")));
    bool ok = repo_write(c, was, now, NULL, e);
    record_free(was);
    record_free(now);
    return ok;
}

static bool open_venues(struct core *c, struct err *e)
{
    ROWS rows = look_all(c, "call_in", "starts_at",
                         "starts_at >= today and starts_at <= today+1d and venue_shared == null and "
                         "not (state == \"INSTALLD\")");
    STR ids = {0};
    for (int i = 0; i < rows.n; i++) {
        if (!open_venue(c, rows.at[i], e))
            return false;
        str_printf(&ids, "%s%s", i ? "," : "", rows.at[i]->id);
    }
    return log_done(c, "STATUS", "call_in", ids.p, rows.n, "upkeep", e);
}

/* Files that were sent and never became a document. */
static bool sweep_files(struct core *c, struct err *e)
{
    char yesterday[INSTANT_TEXT];
    instant_text(clock_now() - DAY_SECONDS, yesterday);
    return blob_sweep(c->store, yesterday, e);
}

static bool run(struct core *c, const char *today, struct err *e)
{
    bool done;
    if (!tx_begin(c->store, e))
        return false;
    /* Another session may have been first while this one waited for its turn. */
    bool ok =
        done_on(c, today, &done, e) &&
        (done || (move_all(c, e) && erase_contacts(c, e) && open_venues(c, e) &&
                  hand_on_tasks(c, e) && sweep_files(c, e) && find_doubles(c, e) &&
                  meta_set(c->store, DAY_KEY, today, e))) &&
        chain_tell_unread(c, e) &&
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
    if (done && !chain_unread(c))
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
