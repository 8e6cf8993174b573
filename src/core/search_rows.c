/* core/search_rows.c: the search index: one table per agency for everything of its own, one for what is shared, so
 * that a hit, its order and its cost never tell of a text the reader may not see. */
#include "inside.h"
#include "treben/base/text.h"
#include "treben/store/rows.h"

#include <string.h>

/* A code is found by what it is called, in either language. OWN: caller. */
static char *words_of(const struct field_model *f, const char *value)
{
    const struct code *code = f->f.type == F_CODE ? model_code(f->codes, value) : NULL;
    return code ? xprintf("%s %s", code->label.sv, code->label.en) : xstrdup(value);
}

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
        AUTOFREE char *words = words_of(&r->k->fields[i], record_get(r, i));
        AUTOFREE char *folded = text_fold(words);
        str_printf(&s, "%s%s", s.len ? " " : "", folded);
    }
    if (r->case_no[0] && s.len) {
        AUTOFREE char *folded = text_fold(r->case_no);
        str_printf(&s, " %s", folded);
    }
    return str_take(&s);
}

/* New and old text the same: nothing to do. */
static bool write_one(struct core *c, const struct record *now, const char *table, const char *before, const char *after,
                      struct err *e)
{
    return str_eq(before ? before : "", after ? after : "") ||
           search_put(c->store, table, now->k->kind->name, now->id, after, e);
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
