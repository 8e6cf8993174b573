/* store/rows.c: the tables that every kind shares. */
#include "treben/store/rows.h"
#include "treben/base/str.h"

#include <stdio.h>

bool index_add(struct store *s, const char *id, const char *kind, const char *case_no, struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP, "INSERT INTO record_index(id, kind, case_no) VALUES (?, ?, ?)", &st, e))
        return false;
    stmt_text(&st, 1, id);
    stmt_text(&st, 2, kind);
    stmt_text(&st, 3, case_no);
    return stmt_run(&st, e);
}

bool index_find(struct store *s, bool by_case_no, const char *given, bool *ret_found, char ret_id[27], char ret_kind[64],
                struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP,
                  by_case_no ? "SELECT id, kind FROM record_index WHERE case_no = ?"
                             : "SELECT id, kind FROM record_index WHERE id = ?",
                  &st, e))
        return false;
    stmt_text(&st, 1, given);
    if (!stmt_step(&st, ret_found, e))
        return false;
    if (*ret_found) {
        snprintf(ret_id, 27, "%s", col_text(&st, 0));
        snprintf(ret_kind, 64, "%s", col_text(&st, 1));
    }
    return true;
}

bool series_next(struct store *s, const char *series, int year, int64_t *ret, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "INSERT INTO case_series(series, year, last) VALUES (?, ?, 1) "
                  "ON CONFLICT(series, year) DO UPDATE SET last = last + 1 RETURNING last",
                  &st, e))
        return false;
    stmt_text(&st, 1, series);
    stmt_int(&st, 2, year);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret = col_int(&st, 0);
    return stmt_run(&st, e);
}

bool history_add(struct store *s, const struct history_entry *h, struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "INSERT INTO history(kind, record, rev, shared_rev, at, user, agency, field, old_value, new_value, reason) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  &st, e))
        return false;
    stmt_text(&st, 1, h->kind);
    stmt_text(&st, 2, h->record);
    stmt_int(&st, 3, h->rev);
    stmt_int(&st, 4, h->shared_rev);
    stmt_text(&st, 5, h->at);
    stmt_text(&st, 6, h->user);
    stmt_text(&st, 7, h->agency);
    stmt_text(&st, 8, h->field);
    stmt_text(&st, 9, h->old_value);
    stmt_text(&st, 10, h->new_value);
    stmt_text(&st, 11, h->reason);
    return stmt_run(&st, e);
}

bool history_walk(struct store *s, const char *record, int max, history_each *each, void *ctx, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "SELECT at, user, agency, field, old_value, new_value, reason, rev, shared_rev FROM history "
                  "WHERE record = ? ORDER BY seq DESC LIMIT ?",
                  &st, e))
        return false;
    stmt_text(&st, 1, record);
    stmt_int(&st, 2, max);
    while (stmt_step(&st, &row, e)) {
        if (!row)
            return true;
        struct history_entry h = {.record = record,
                                  .at = col_text(&st, 0),
                                  .user = col_text(&st, 1),
                                  .agency = col_text(&st, 2),
                                  .field = col_text(&st, 3),
                                  .old_value = col_text(&st, 4),
                                  .new_value = col_text(&st, 5),
                                  .reason = col_text(&st, 6),
                                  .rev = col_int(&st, 7),
                                  .shared_rev = col_int(&st, 8)};
        each(ctx, &h);
    }
    return false;
}

bool history_since(struct store *s, const char *record, const char *field, int64_t rev, bool shared, bool *ret,
                   struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP,
                  shared ? "SELECT 1 FROM history WHERE record = ? AND field = ? AND shared_rev > ? LIMIT 1"
                         : "SELECT 1 FROM history WHERE record = ? AND field = ? AND rev > ? LIMIT 1",
                  &st, e))
        return false;
    stmt_text(&st, 1, record);
    stmt_text(&st, 2, field);
    stmt_int(&st, 3, rev);
    return stmt_step(&st, ret, e);
}

/* Where the record's text stands in this index; 0: nowhere. */
static bool doc_find(struct store *s, const char *table, const char *id, int64_t *ret, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get(s, DOOR_UPKEEP, "SELECT doc FROM search_doc WHERE id = ? AND tab = ?", &st, e))
        return false;
    stmt_text(&st, 1, id);
    stmt_text(&st, 2, table);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret = row ? col_int(&st, 0) : 0;
    return true;
}

static bool doc_remove(struct store *s, const char *table, const char *id, int64_t doc, struct err *e)
{
    AUTOFREE char *sql = xprintf("DELETE FROM \"search_%s\" WHERE rowid = ?", table);
    STMT text;
    if (!stmt_get(s, DOOR_UPKEEP, sql, &text, e))
        return false;
    stmt_int(&text, 1, doc);
    if (!stmt_run(&text, e))
        return false;
    STMT place;
    if (!stmt_get(s, DOOR_UPKEEP, "DELETE FROM search_doc WHERE id = ? AND tab = ?", &place, e))
        return false;
    stmt_text(&place, 1, id);
    stmt_text(&place, 2, table);
    return stmt_run(&place, e);
}

static bool doc_add(struct store *s, const char *table, const char *kind, const char *id, const char *text, struct err *e)
{
    AUTOFREE char *sql = xprintf("INSERT INTO \"search_%s\"(kind, id, text) VALUES (?, ?, ?)", table);
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP, sql, &st, e))
        return false;
    stmt_text(&st, 1, kind);
    stmt_text(&st, 2, id);
    stmt_text(&st, 3, text);
    if (!stmt_run(&st, e))
        return false;
    STMT place;
    if (!stmt_get(s, DOOR_UPKEEP, "INSERT INTO search_doc(id, tab, doc) VALUES (?, ?, last_insert_rowid())", &place, e))
        return false;
    stmt_text(&place, 1, id);
    stmt_text(&place, 2, table);
    return stmt_run(&place, e);
}

bool search_put(struct store *s, const char *table, const char *kind, const char *id, const char *text, struct err *e)
{
    int64_t doc;
    return doc_find(s, table, id, &doc, e) && (!doc || doc_remove(s, table, id, doc, e)) &&
           (str_empty(text) || doc_add(s, table, kind, id, text, e));
}

static bool erase_from(struct store *s, const char *sql, const char *id, struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP, sql, &st, e))
        return false;
    stmt_text(&st, 1, id);
    return stmt_run(&st, e);
}

bool rows_erase(struct store *s, const char *kind, const char *id, const char *agency, struct err *e)
{
    AUTOFREE char *row = xprintf("DELETE FROM \"%s\" WHERE id = ?", kind);
    return search_put(s, agency, kind, id, NULL, e) && search_put(s, "shared", kind, id, NULL, e) &&
           erase_from(s, "DELETE FROM history WHERE record = ?", id, e) &&
           erase_from(s, "DELETE FROM draft WHERE record = ?", id, e) &&
           erase_from(s, "DELETE FROM record_index WHERE id = ?", id, e) && erase_from(s, row, id, e);
}
