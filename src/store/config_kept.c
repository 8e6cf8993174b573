/* The last accepted configuration, kept in the database. */
#include "inside.h"

#include "treben/store/config_kept.h"

#include <stdlib.h>
#include <string.h>

bool config_kept_get(struct store *s, const char *name, char **ret_digest, char **ret_body,
                     struct err *e)
{
    STMT st;
    bool row;
    const char *sql = ret_body ? "SELECT digest, body FROM config_file WHERE name = ?1"
                               : "SELECT digest FROM config_file WHERE name = ?1";
    if (!stmt_get_at(s, DOOR_INNER, sql, &st, e)) {
        return false;
    }
    stmt_text(&st, 1, name);
    if (!stmt_step(&st, &row, e)) {
        return false;
    }
    *ret_digest = row ? xstrdup(col_text(&st, 0)) : NULL;
    if (ret_body) {
        *ret_body = row ? xstrdup(col_text(&st, 1)) : NULL;
    }
    return true;
}

bool config_kept_all(struct store *s, struct arena *a, struct kept_file **ret, size_t *ret_n,
                     struct err *e)
{
    STMT st;
    struct kept_file *files = NULL;
    size_t n = 0, room = 0;
    bool row = true;
    if (!stmt_get_at(s, DOOR_INNER, "SELECT name, digest, body FROM config_file ORDER BY name", &st,
                     e)) {
        return false;
    }
    for (;;) {
        if (!stmt_step(&st, &row, e)) {
            free(files);
            return false;
        }
        if (!row) {
            break;
        }
        if (n == room) {
            room = room ? room * 2 : 64;
            files = xrealloc(files, room * sizeof *files);
        }
        files[n++] = (struct kept_file){.name = arena_strdup(a, col_text(&st, 0)),
                                        .digest = arena_strdup(a, col_text(&st, 1)),
                                        .body = arena_strdup(a, col_text(&st, 2))};
    }
    *ret = arena_alloc(a, n * sizeof **ret);
    if (n) {
        memcpy(*ret, files, n * sizeof **ret);
    }
    *ret_n = n;
    free(files);
    return true;
}

static bool put_one(struct store *s, const struct kept_file *f, struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER,
                     "INSERT INTO config_file(name, digest, body) VALUES (?1, ?2, ?3)", &st, e)) {
        return false;
    }
    stmt_text(&st, 1, f->name);
    stmt_text(&st, 2, f->digest);
    stmt_text(&st, 3, f->body);
    return stmt_run(&st, e);
}

bool config_kept_put(struct store *s, const struct kept_file *files, size_t n, struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER, "DELETE FROM config_file", &st, e) || !stmt_run(&st, e)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (!put_one(s, &files[i], e)) {
            return false;
        }
    }
    return true;
}
