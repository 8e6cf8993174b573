/* Brings a file to this program's schema version, one migration at a time. */
#include "treben/store/migrate.h"
#include "inside.h"
#include <stdio.h>

int migrate_newest(void)
{
    return store_migrations[store_migrations_n - 1].version;
}

/* Foreign keys are off while tables are rebuilt; whatever points nowhere at the end stops the step.
 */
static bool keys_sound(struct store *s, int version, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get_at(s, DOOR_INNER, "PRAGMA foreign_key_check", &st, e) ||
        !stmt_step(&st, &row, e)) {
        return false;
    }
    return !row || err_set(e, ERR_DB,
                           _("Step %d of the database change would leave records that refer to "
                             "nothing. The database is as it was."),
                           version);
}

static bool step_inside(struct store *s, const struct migration *m, struct err *e)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d", m->version);
    return store_script_at(s, DOOR_UPKEEP, (const char *)m->sql, e) &&
           keys_sound(s, m->version, e) && log_prepare(s, e) &&
           store_script_at(s, DOOR_INNER, sql, e);
}

static bool step(struct store *s, const struct migration *m, struct err *e)
{
    if (!tx_begin(s, e)) {
        return false;
    }
    if (!step_inside(s, m, e)) {
        tx_rollback(s);
        return false;
    }
    if (!tx_commit(s, e)) {
        return false;
    }
    s->version = m->version;
    return true;
}

static bool steps(struct store *s, struct err *e)
{
    for (size_t i = 0; i < store_migrations_n; i++) {
        if (store_migrations[i].version > s->version && !step(s, &store_migrations[i], e)) {
            return false;
        }
    }
    return true;
}

bool migrate_run(struct store *s, int *ret_from, int *ret_to, struct err *e)
{
    int from = s->version;
    if (from > migrate_newest()) {
        return err_set(e, ERR_SCHEMA,
                       _("The database was made by a newer version of Treben. Install that "
                         "version."));
    }
    store_forget_statements(s);
    /* Inside a transaction this setting cannot change. */
    if (!store_script_at(s, DOOR_INNER, "PRAGMA foreign_keys=OFF", e)) {
        return false;
    }
    bool good = steps(s, e);
    store_forget_statements(s);
    if (!store_script_at(s, DOOR_INNER, "PRAGMA foreign_keys=ON", good ? e : NULL) || !good) {
        return false;
    }
    *ret_from = from;
    *ret_to = s->version;
    return true;
}

static bool column_targets(struct store *s, struct arena *a, const char *table,
                           struct column_info *columns, size_t n, struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER, "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)",
                     &st, e)) {
        return false;
    }
    stmt_text(&st, 1, table);
    bool row;
    while (stmt_step(&st, &row, e)) {
        if (!row) {
            return true;
        }
        for (size_t i = 0; i < n; i++) {
            if (str_eq(columns[i].name, col_text(&st, 0))) {
                columns[i].references = arena_strdup(a, col_text(&st, 1));
            }
        }
    }
    return false;
}

static const char *upper(struct arena *a, const char *text)
{
    char *copy = arena_strdup(a, text);
    for (char *p = copy; *p; p++) {
        *p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
    }
    return copy;
}

bool table_columns(struct store *s, struct arena *a, const char *table, struct column_info **ret,
                   size_t *ret_n, struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER,
                     "SELECT name, type, \"notnull\", count(*) OVER () FROM pragma_table_info(?1)",
                     &st, e)) {
        return false;
    }
    stmt_text(&st, 1, table);
    struct column_info *columns = NULL;
    size_t n = 0;
    bool row;
    while (stmt_step(&st, &row, e)) {
        if (!row) {
            if (!column_targets(s, a, table, columns, n, e)) {
                return false;
            }
            *ret = columns;
            *ret_n = n;
            return true;
        }
        if (!columns) {
            columns = arena_alloc(a, (size_t)col_int(&st, 3) * sizeof *columns);
        }
        columns[n++] = (struct column_info){.name = arena_strdup(a, col_text(&st, 0)),
                                            .type = upper(a, col_text(&st, 1)),
                                            .not_null = col_int(&st, 2) != 0};
    }
    return false;
}
