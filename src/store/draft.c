/* Drafts: sealed, because what is typed but not saved is as secret as what is saved. */
#include "treben/store/draft.h"
#include "treben/base/str.h"
#include "treben/store/seal.h"

#include <stdlib.h>

/* What a draft's text is bound to: it opens nowhere else. */
static char *place(const char *user, const char *kind, const char *record)
{
    return xprintf("%s/%s/%s", user, kind, record);
}

static bool run_key(struct store *s, const char *sql, const char *user, const char *kind,
                    const char *record, struct stmt *st, struct err *e)
{
    if (!stmt_get(s, DOOR_UPKEEP, sql, st, e)) {
        return false;
    }
    stmt_text(st, 1, user);
    stmt_text(st, 2, kind);
    stmt_text(st, 3, record);
    return true;
}

bool draft_put(struct store *s, const char *user, const char *kind, const char *record,
               const char *at, const char *text, struct err *e)
{
    AUTOFREE char *key = place(user, kind, record);
    AUTOFREE unsigned char *bytes = NULL;
    size_t n;
    if (!seal_close(s, "draft", "body", key, text, &bytes, &n, e)) {
        return false;
    }
    STMT st;
    if (!run_key(
            s,
            "INSERT INTO draft(user, kind, record, at, body) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT(user, kind, record) DO UPDATE SET at = excluded.at, body = excluded.body",
            user, kind, record, &st, e)) {
        return false;
    }
    stmt_text(&st, 4, at);
    stmt_blob(&st, 5, bytes, n);
    return stmt_run(&st, e);
}

bool draft_get(struct store *s, const char *user, const char *kind, const char *record, char **ret,
               char **ret_at, struct err *e)
{
    STMT st;
    bool row;
    if (!run_key(s, "SELECT body, at FROM draft WHERE user = ? AND kind = ? AND record = ?", user,
                 kind, record, &st, e) ||
        !stmt_step(&st, &row, e)) {
        return false;
    }
    if (!row) {
        *ret = NULL;
        *ret_at = NULL;
        return true;
    }
    AUTOFREE char *key = place(user, kind, record);
    size_t n;
    const void *bytes = col_blob(&st, 0, &n);
    char *text;
    if (!seal_open(s, "draft", "body", key, bytes, n, &text, e)) {
        return false;
    }
    *ret = text;
    *ret_at = xstrdup(col_text(&st, 1));
    return true;
}

bool draft_drop(struct store *s, const char *user, const char *kind, const char *record,
                struct err *e)
{
    STMT st;
    return run_key(s, "DELETE FROM draft WHERE user = ? AND kind = ? AND record = ?", user, kind,
                   record, &st, e) &&
           stmt_run(&st, e);
}

bool draft_list(struct store *s, struct arena *a, const char *user, struct draft_line **ret,
                size_t *ret_n, struct err *e)
{
    enum { MOST = 100 };
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "SELECT kind, record, at FROM draft WHERE user = ? ORDER BY at DESC, kind, "
                  "record LIMIT 100",
                  &st, e)) {
        return false;
    }
    stmt_text(&st, 1, user);
    struct draft_line *lines = arena_alloc(a, MOST * sizeof *lines);
    size_t n = 0;
    for (;;) {
        bool row;
        if (!stmt_step(&st, &row, e)) {
            return false;
        }
        if (!row || n == MOST) {
            break;
        }
        lines[n++] = (struct draft_line){.kind = arena_strdup(a, col_text(&st, 0)),
                                         .record = arena_strdup(a, col_text(&st, 1)),
                                         .at = arena_strdup(a, col_text(&st, 2))};
    }
    *ret = lines;
    *ret_n = n;
    return true;
}
