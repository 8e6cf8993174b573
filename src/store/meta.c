/* Small settings kept in the database. */
#include "inside.h"

bool meta_get(struct store *s, const char *key, char **ret, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get_at(s, DOOR_INNER, "SELECT value FROM meta WHERE key = ?1", &st, e)) {
        return false;
    }
    stmt_text(&st, 1, key);
    if (!stmt_step(&st, &row, e)) {
        return false;
    }
    *ret = row ? xstrdup(col_text(&st, 0)) : NULL;
    return true;
}

bool meta_set(struct store *s, const char *key, const char *value, struct err *e)
{
    if (!tx_open(s)) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER,
                     "INSERT INTO meta(key, value) VALUES (?1, ?2) "
                     "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                     &st, e)) {
        return false;
    }
    stmt_text(&st, 1, key);
    stmt_text(&st, 2, value);
    return stmt_run(&st, e);
}
