/* core/sql.c: SQL text generated from kinds. Only names of kinds and fields enter it; values are bound. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/store/seal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void sql_name(struct str *s, const char *name)
{
    str_addc(s, '"');
    str_add(s, name);
    str_addc(s, '"');
}

bool field_is_column(const struct field_model *f)
{
    return !f->local;
}

static void add_field(struct str *s, const struct field_model *f, bool from_view, bool with_sealed)
{
    if (f->f.type == F_SEALED && !with_sealed) {
        str_add(s, "NULL");
    } else if (f->local && !from_view) {
        str_printf(s, "json_extract(t.\"extra\", '$.%s')", f->f.name);
    } else {
        str_add(s, "t.");
        sql_name(s, f->f.name);
    }
}

void sql_columns(struct str *s, const struct kind_model *k, bool from_view, bool with_sealed)
{
    str_add(s, "t.\"id\", ");
    str_add(s, k->kind->series ? "t.\"case_no\"" : "NULL");
    for (int i = 0; i < k->n_fields; i++) {
        str_add(s, ", ");
        add_field(s, &k->fields[i], from_view, with_sealed);
    }
    str_add(s, from_view ? ", t.\"_level\"" : ", 3");
}

void sql_select(struct str *s, const struct kind_model *k, bool from_view, bool with_sealed)
{
    str_add(s, "SELECT ");
    sql_columns(s, k, from_view, with_sealed);
    str_printf(s, " FROM \"%s%s\" t", from_view ? "v_" : "", k->kind->name);
}

static bool unseal(struct core *c, const struct field_model *f, struct record *r, int i, const struct stmt *st,
                   struct err *e)
{
    size_t n;
    const void *bytes = col_blob(st, i + 2, &n);
    char *text;
    if (!bytes || n == 0)
        return true;
    if (!seal_open(c->store, r->k->kind->name, f->f.name, r->id, bytes, n, &text, e))
        return false;
    free(r->v[i]);
    r->v[i] = text;
    return true;
}

bool row_read(struct core *c, const struct kind_model *k, const struct stmt *st, bool with_sealed, struct record **ret,
              struct err *e)
{
    struct record *r = record_new(k);
    snprintf(r->id, sizeof r->id, "%s", col_text(st, 0) ? col_text(st, 0) : "");
    if (col_text(st, 1))
        snprintf(r->case_no, sizeof r->case_no, "%s", col_text(st, 1));
    r->level = (enum level)col_int(st, k->n_fields + 2);
    for (int i = 0; i < k->n_fields; i++) {
        const struct field_model *f = &k->fields[i];
        if (col_null(st, i + 2))
            continue;
        if (f->f.type != F_SEALED)
            record_put(r, i, col_text(st, i + 2));
        else if (with_sealed && !unseal(c, f, r, i, st, e)) {
            record_free(r);
            return false;
        }
    }
    *ret = r;
    return true;
}

bool bind_add(struct binds *b, const char *text, struct err *e)
{
    if (b->n >= (int)N_OF(b->text))
        return err_set(e, ERR_SYNTAX, _("The condition is too long; make it shorter."));
    b->text[b->n++] = text;
    return true;
}

void bind_all(struct stmt *st, const struct binds *b)
{
    for (int i = 0; i < b->n; i++)
        stmt_text(st, i + 1, b->text[i]);
}
