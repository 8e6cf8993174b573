/* Who has seen a record, as the access log tells. */
#include "inside.h"
#include "treben/store/log.h"
#include <string.h>

/* Newest first, so that the first row that is too old ends the look; the engine skips the others.
 */
static const char seen_sql[] =
    "SELECT at < ?1, user FROM log WHERE seq > (SELECT max(seq) FROM log) - ?5 AND (at < ?1 OR "
    "(result = 'ok' AND user IS NOT NULL AND (?4 IS NULL OR agency = ?4) AND "
    "(record = ?2 OR record = ?3 OR instr(shown, ?2) > 0))) ORDER BY seq DESC";

static bool is_there(log_user *users, int n, const char *user)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(users[i], user) == 0) {
            return true;
        }
    }
    return false;
}

static bool look_was_cut(struct store *s, const char *since, bool *ret, struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER,
                     "SELECT at >= ?1 FROM log WHERE seq = (SELECT max(seq) FROM log) - ?2", &st,
                     e)) {
        return false;
    }
    stmt_text(&st, 1, since);
    stmt_int(&st, 2, LOG_LOOK_BACK);
    bool row;
    if (!stmt_step(&st, &row, e)) {
        return false;
    }
    *ret = row && col_int(&st, 0);
    return true;
}

bool log_seen_by(struct store *s, const struct log_seen *what, log_user *ret, int max, int *ret_n,
                 bool *ret_cut, struct err *e)
{
    int n = 0;
    bool row, cut = false;
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER, seen_sql, &st, e)) {
        return false;
    }
    stmt_text(&st, 1, what->since);
    stmt_text(&st, 2, what->record);
    stmt_text(&st, 3, what->parent);
    stmt_text(&st, 4, what->agency);
    stmt_int(&st, 5, LOG_LOOK_BACK);
    while (!cut) {
        if (!stmt_step(&st, &row, e)) {
            return false;
        }
        if (!row) { /* the log's beginning, or as far back as is looked */
            if (!look_was_cut(s, what->since, &cut, e)) {
                return false;
            }
            break;
        }
        if (col_int(&st, 0)) {
            break; /* older than asked for */
        }
        const char *user = col_text(&st, 1);
        if (strlen(user) > LOG_USER_LEN || is_there(ret, n, user)) {
            continue;
        }
        cut = n == max;
        if (!cut) {
            memcpy(ret[n++], user, strlen(user) + 1);
        }
    }
    *ret_n = n;
    *ret_cut = cut;
    return true;
}
