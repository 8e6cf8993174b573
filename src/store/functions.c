/* SQL functions that every connection has: the search fold and the Swedish sort key of base/text.
 */
#include "inside.h"
#include "treben/base/text.h"
#include <stdlib.h>

static void with_text(sqlite3_context *ctx, sqlite3_value *value, char *make(const char *))
{
    const char *text = (const char *)sqlite3_value_text(value);
    if (text) {
        sqlite3_result_text(ctx, make(text), -1, free);
    }
}

static void fold(sqlite3_context *ctx, int n, sqlite3_value **values)
{
    (void)n;
    with_text(ctx, values[0], text_fold);
}

static void key(sqlite3_context *ctx, int n, sqlite3_value **values)
{
    (void)n;
    with_text(ctx, values[0], text_sort_key);
}

int store_functions(sqlite3 *db)
{
    int how = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int rc = sqlite3_create_function_v2(db, "treben_fold", 1, how, NULL, fold, NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(db, "treben_key", 1, how, NULL, key, NULL, NULL, NULL);
    }
    return rc;
}
