/* The third wall: what a statement may touch, by its door. Asked by the engine while it prepares.
 *
 * Reading goes through views named v_…: for a column read inside a view the engine names the
 * innermost view
 * (`via`), so a base table may be read exactly there. */
#include "inside.h"
#include <string.h>

static bool in_list(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; word && i < n; i++) {
        if (sqlite3_stricmp(word, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool function_denied(const char *name)
{
    static const char *const never[] = {"load_extension", "readfile", "writefile", "edit",
                                        "fts3_tokenizer"};
    return in_list(name, never, N_OF(never));
}

/* The text indexes and what they ask inside themselves; search_doc, where a record's text stands,
 * is no index but a table of ours. */
static bool is_search(const char *table)
{
    return str_starts(table, "search_") && !str_eq(table, "search_doc");
}

/* Connecting a virtual table (the text index, json_each) for the first time parses its declaration,
 * and that asks for these two. A real UPDATE of the schema is refused by the engine's defensive
 * mode, whatever the answer here; the row numbers of the schema tell nothing. */
static bool is_declaration(int op, const char *a, const char *b)
{
    return str_eq(a, "sqlite_master") &&
           (op == SQLITE_UPDATE || (op == SQLITE_READ && str_eq(b, "ROWID")));
}

static int read_door(int op, const char *a, const char *b, const char *via)
{
    static const char *const harmless[] = {"json_each", "json_tree"}; /* read only their argument */
    switch (op) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return function_denied(b) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_READ:
        return str_starts(a, "v_") || (via && str_starts(via, "v_")) || is_search(a) ||
                       in_list(a, harmless, N_OF(harmless))
                   ? SQLITE_OK
                   : SQLITE_DENY;
    case SQLITE_PRAGMA: /* asked by the text index to see whether its cache is fresh */
        return str_eq(a, "data_version") ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int write_door(int op, const char *a, const char *b)
{
    /* The log and the settings have functions of their own. */
    static const char *const own[] = {"log", "meta"};
    switch (op) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return str_starts(a, "sqlite_") || str_starts(a, "pragma_") ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_FUNCTION:
        return function_denied(b) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return str_starts(a, "sqlite_") || in_list(a, own, N_OF(own)) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return str_eq(a, "data_version") ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int upkeep_door(int op, const char *a, const char *b)
{
    static const char *const asking[] = {
        "table_info",  "table_xinfo",      "table_list",        "index_list",  "index_info",
        "index_xinfo", "foreign_key_list", "foreign_key_check", "quick_check", "integrity_check"};
    switch (op) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_TRANSACTION: /* tx_begin and its kin, which hold the lock */
    case SQLITE_SAVEPOINT:
        return SQLITE_DENY;
    case SQLITE_FUNCTION:
        return function_denied(b) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return !b || in_list(a, asking, N_OF(asking)) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_OK;
    }
}

static bool is_write(int op)
{
    switch (op) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_PRAGMA:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return false;
    default:
        return true;
    }
}

int store_authorize(void *store, int op, const char *a, const char *b, const char *db,
                    const char *via)
{
    struct store *s = store;
    if (is_declaration(op, a, b) && s->door != DOOR_CLOSED) {
        return SQLITE_OK;
    }
    if (is_write(op) && !str_eq(db, "temp")) {
        s->saw_write = true;
    }
    switch (s->door) {
    case DOOR_READ:
        return read_door(op, a ? a : "", b, via);
    case DOOR_WRITE:
        return write_door(op, a ? a : "", b);
    case DOOR_UPKEEP:
        return upkeep_door(op, a, b);
    case DOOR_INNER:
        return op == SQLITE_ATTACH || op == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

/* One word of a statement: p to its end; blanks and comments are stepped over. */
struct word {
    const char *at;
    size_t n;
    bool name; /* an identifier, quoted or not; then at and n are without the quotes */
};

static const char *past_blanks(const char *p)
{
    for (;;) {
        p += strspn(p, " \t\r\n\f");
        if (p[0] == '-' && p[1] == '-') {
            p += strcspn(p, "\n");
        } else if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            p = end ? end + 2 : p + strlen(p);
        } else {
            return p;
        }
    }
}

static bool word_next(const char **pos, struct word *w)
{
    const char *p = past_blanks(*pos);
    if (!*p) {
        return false;
    }
    size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");
    if (strchr("\"'`[", *p)) {
        char close = *p == '[' ? ']' : *p;
        const char *end = strchr(p + 1, close);
        end = end ? end : p + strlen(p);
        *w = (struct word){.at = p + 1, .n = (size_t)(end - p - 1), .name = true};
        *pos = *end ? end + 1 : end;
    } else {
        *w = (struct word){.at = p, .n = n ? n : 1, .name = n > 0};
        *pos = p + w->n;
    }
    return true;
}

static bool word_is(const struct word *w, const char *text)
{
    return w->n == strlen(text) && sqlite3_strnicmp(w->at, text, (int)w->n) == 0;
}

/* Does "[(columns)] AS [[NOT] MATERIALIZED] (" follow? Only a WITH clause (or a window) looks so.
 */
static bool defines_name(const char *p)
{
    struct word w;
    if (!word_next(&p, &w)) {
        return false;
    }
    if (word_is(&w, "(")) {
        while (word_next(&p, &w) && !word_is(&w, ")")) {
        }
        if (!word_next(&p, &w)) {
            return false;
        }
    }
    if (!word_is(&w, "as")) {
        return false;
    }
    while (word_next(&p, &w) && (word_is(&w, "not") || word_is(&w, "materialized"))) {
    }
    return word_is(&w, "(");
}

bool sql_borrows_view_name(const char *sql)
{
    struct word w;
    while (word_next(&sql, &w)) {
        if (w.name && w.n >= 2 && strncmp(w.at, "v_", 2) == 0 && defines_name(sql)) {
            return true;
        }
    }
    return false;
}
