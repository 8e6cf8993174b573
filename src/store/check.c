/* Is the database sound? The file's structure, references, the text indexes, the access log. */
#include "inside.h"
#include "treben/store/backup.h"
#include "treben/store/log.h"
#include <string.h>

struct report {
    check_say *say;
    void *ctx;
    bool sound;
};

static void tell(struct report *r, bool good, const char *good_text, const char *bad_text)
{
    r->sound = r->sound && good;
    r->say(r->ctx, good, good ? good_text : bad_text);
}

bool check_structure(struct store *s, bool *ret_good, struct err *e)
{
    struct err inner = {0};
    STMT st;
    bool row = false;
    if (!stmt_get_at(s, DOOR_INNER, "PRAGMA quick_check(1)", &st, &inner) ||
        !stmt_step(&st, &row, &inner)) {
        if ((inner.native & 0xff) != SQLITE_CORRUPT) {
            *e = inner;
            return false;
        }
        *ret_good = false; /* so damaged that not even the check runs */
        return true;
    }
    *ret_good = row && str_eq(col_text(&st, 0), "ok");
    return true;
}

static bool check_references(struct store *s, struct report *r, struct err *e)
{
    STMT st;
    bool row = true;
    int64_t n = 0;
    if (!stmt_get_at(s, DOOR_INNER, "PRAGMA foreign_key_check", &st, e)) {
        return false;
    }
    while (row) {
        if (!stmt_step(&st, &row, e)) {
            return false;
        }
        n += row;
    }
    AUTOFREE char *bad = xprintf(_("References to records that do not exist: %lld."), (long long)n);
    tell(r, n == 0, _("Every reference leads to a record."), bad);
    return true;
}

/* The index tells it by failing. A transaction for each, so that nobody waits for all of them. */
static bool index_sound(struct store *s, const char *table, bool *ret_good, struct err *e)
{
    struct err inner = {0};
    char *sql =
        sqlite3_mprintf("INSERT INTO \"%w\"(\"%w\") VALUES ('integrity-check')", table, table);
    if (!sql) {
        return store_fail_program(e, SQLITE_NOMEM);
    }
    bool good = tx_begin_for_log(s, &inner) && /* also when the reserve is gone: nothing is kept */
                store_script_at(s, DOOR_INNER, sql, &inner);
    tx_rollback(s);
    sqlite3_free(sql);
    if (!good && (inner.native & 0xff) != SQLITE_CORRUPT) {
        *e = inner;
        return false;
    }
    *ret_good = good;
    return true;
}

static bool index_names(struct store *s, struct str *names, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get_at(s, DOOR_INNER,
                     "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                     "sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name",
                     &st, e)) {
        return false;
    }
    while (stmt_step(&st, &row, e)) {
        if (!row) {
            return true;
        }
        const char *name = col_text(&st, 0);
        str_addn(names, name, strlen(name) + 1);
    }
    return false;
}

static bool check_search(struct store *s, struct report *r, struct err *e)
{
    STR names = {0};
    bool all = true;
    if (!index_names(s, &names, e)) {
        return false;
    }
    for (const char *p = names.p; p && p < names.p + names.len; p += strlen(p) + 1) {
        bool good;
        if (!index_sound(s, p, &good, e)) {
            return false;
        }
        all = all && good;
    }
    tell(r, all, _("The search index is sound."),
         _("The search index is damaged: searches may miss records."));
    return true;
}

static bool check_log(struct store *s, struct report *r, struct err *e)
{
    struct log_verdict v;
    if (!log_verify(s, &v, e)) {
        return false;
    }
    AUTOFREE char *good = xprintf(_("The access log is whole: %lld rows."), (long long)v.rows);
    AUTOFREE char *bad = xprintf(_("The access log does not fit: %s"), v.reason);
    tell(r, v.bad_seq == 0, good, bad);
    return true;
}

bool store_check(struct store *s, check_say *say, void *ctx, bool *ret_sound, struct err *e)
{
    struct err none = {0};
    struct report r = {.say = say, .ctx = ctx, .sound = true};
    bool good;
    e = e ? e : &none;
    if (!check_structure(s, &good, e)) {
        return false;
    }
    tell(&r, good, _("The database file is sound."),
         _("The database file is damaged. Restore a backup."));
    if (!good) { /* what else would be said about a damaged file is not to be trusted */
        *ret_sound = false;
        return true;
    }
    if (!check_references(s, &r, e) || !check_search(s, &r, e) || !check_log(s, &r, e)) {
        return false;
    }
    *ret_sound = r.sound;
    return true;
}
