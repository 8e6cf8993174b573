/* store/import_items.c: the memory of imports, so that the same feed read twice adds nothing. */
#include "treben/store/import_items.h"

#include <stdio.h>

bool import_item_find(struct store *s, const char *source, const char *item, char ret_record[27],
                      char ret_digest[65], struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "SELECT record, digest FROM import_item WHERE source = ? AND item = ?", &st, e))
        return false;
    stmt_text(&st, 1, source);
    stmt_text(&st, 2, item);
    if (!stmt_step(&st, &row, e))
        return false;
    snprintf(ret_record, 27, "%s", row ? col_text(&st, 0) : "");
    snprintf(ret_digest, 65, "%s", row ? col_text(&st, 1) : "");
    return true;
}

bool import_item_put(struct store *s, const char *source, const char *item, const char *record,
                     const char *digest, struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "INSERT INTO import_item(source, item, record, digest) VALUES (?, ?, ?, ?) "
                  "ON CONFLICT(source, item) DO UPDATE SET digest = excluded.digest",
                  &st, e))
        return false;
    stmt_text(&st, 1, source);
    stmt_text(&st, 2, item);
    stmt_text(&st, 3, record);
    stmt_text(&st, 4, digest);
    return stmt_run(&st, e);
}
