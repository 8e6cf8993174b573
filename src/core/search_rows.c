/* core/search_rows.c: the search index: one table per agency for everything of its own, one for what is shared, so
 * that a hit, its order and its cost never tell of a text the reader may not see. */
#include "inside.h"
#include "treben/base/text.h"

#include <string.h>

/* The words of a record under which it is found; only_shared: of the part other agencies see. OWN: caller. */
static char *search_text(const struct record *r, bool only_shared)
{
    STR s = {0};
    for (int i = 0; i < r->k->n_fields; i++) {
        const struct field *f = &r->k->fields[i].f;
        if (!(f->flags & SEARCH) || f->type == F_SEALED || !record_has(r, i))
            continue;
        if (only_shared && !(f->flags & (SHARED | META)))
            continue;
        AUTOFREE char *folded = text_fold(record_get(r, i));
        str_printf(&s, "%s%s", s.len ? " " : "", folded);
    }
    if (r->case_no[0] && s.len) {
        AUTOFREE char *folded = text_fold(r->case_no);
        str_printf(&s, " %s", folded);
    }
    return str_take(&s);
}

static bool doc_find(struct core *c, const char *id, const char *table, int64_t *ret, struct err *e)
{
    STMT st;
    bool row;
    *ret = 0;
    if (!stmt_get(c->store, DOOR_UPKEEP, "SELECT doc FROM search_doc WHERE id = ? AND tab = ?", &st, e))
        return false;
    stmt_text(&st, 1, id);
    stmt_text(&st, 2, table);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret = row ? col_int(&st, 0) : 0;
    return true;
}

static bool doc_run(struct core *c, const char *sql, const struct record *r, const char *table, const char *text, int64_t doc,
                    struct err *e)
{
    STMT st;
    if (!stmt_get(c->store, DOOR_UPKEEP, sql, &st, e))
        return false;
    int i = 1;
    if (text) { /* a new row of the index: kind, id, text */
        stmt_text(&st, i++, r->k->kind->name);
        stmt_text(&st, i++, r->id);
        stmt_text(&st, i++, text);
    } else if (doc) {
        stmt_int(&st, i++, doc);
    } else { /* its place in the map */
        stmt_text(&st, i++, r->id);
        stmt_text(&st, i++, table);
    }
    return stmt_run(&st, e);
}

static bool write_one(struct core *c, const struct record *now, const char *table, const char *before, const char *after,
                      struct err *e)
{
    if (str_eq(before ? before : "", after ? after : ""))
        return true;
    const char *sql;
    int64_t doc = 0;
    if (before && *before && !doc_find(c, now->id, table, &doc, e))
        return false;
    if (doc) {
        sql = arena_printf(&c->scratch, "DELETE FROM \"search_%s\" WHERE rowid = ?", table);
        if (!doc_run(c, sql, now, table, NULL, doc, e) ||
            !doc_run(c, "DELETE FROM search_doc WHERE id = ? AND tab = ?", now, table, NULL, 0, e))
            return false;
    }
    if (str_empty(after))
        return true;
    sql = arena_printf(&c->scratch, "INSERT INTO \"search_%s\"(kind, id, text) VALUES (?, ?, ?)", table);
    return doc_run(c, sql, now, table, after, 0, e) &&
           doc_run(c, "INSERT INTO search_doc(id, tab, doc) VALUES (?, ?, last_insert_rowid())", now, table, NULL, 0, e);
}

bool search_write(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    const char *owner = record_common(now, COMMON_OWNER_AGENCY);
    AUTOFREE char *full_was = was ? search_text(was, false) : NULL;
    AUTOFREE char *full = search_text(now, false);
    AUTOFREE char *shared_was = was ? search_text(was, true) : NULL;
    AUTOFREE char *shared = search_text(now, true);
    return write_one(c, now, owner, full_was, full, e) && write_one(c, now, "shared", shared_was, shared, e);
}

char *record_fold(const struct record *r)
{
    ARENA a = {0};
    const char *title = title_raw(&a, r);
    return str_empty(title) ? NULL : text_fold(title);
}
