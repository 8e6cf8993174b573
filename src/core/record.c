/* core/record.c: a record in memory, one text per field. */
#include "treben/core/record.h"
#include "treben/base/str.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct record *record_new(const struct kind_model *k)
{
    struct record *r = xcalloc(1, sizeof *r);
    r->k = k;
    r->level = LEVEL_FULL;
    r->v = xcalloc((size_t)k->n_fields, sizeof *r->v);
    return r;
}

struct record *record_copy(const struct record *r)
{
    struct record *copy = record_new(r->k);
    memcpy(copy->id, r->id, sizeof copy->id);
    memcpy(copy->case_no, r->case_no, sizeof copy->case_no);
    copy->level = r->level;
    for (int i = 0; i < r->k->n_fields; i++)
        copy->v[i] = xstrdup(r->v[i]);
    return copy;
}

void record_free(struct record *r)
{
    if (!r)
        return;
    for (int i = 0; i < r->k->n_fields; i++)
        free(r->v[i]);
    free(r->v);
    free(r);
}

void record_put(struct record *r, int field, const char *value)
{
    assert(field >= 0 && field < r->k->n_fields);
    char *copy = str_empty(value) ? NULL : xstrdup(value); /* value may be the old text itself */
    free(r->v[field]);
    r->v[field] = copy;
}

const char *record_get(const struct record *r, int field)
{
    assert(field >= 0 && field < r->k->n_fields);
    return r->v[field];
}

int64_t record_int(const struct record *r, int field)
{
    const char *text = record_get(r, field);
    return text ? strtoll(text, NULL, 10) : 0;
}

bool record_is(const struct record *r, int field, const char *code)
{
    return str_eq(record_get(r, field), code);
}

bool record_has(const struct record *r, int field)
{
    return record_get(r, field) != NULL;
}

const char *record_common(const struct record *r, enum common_field f)
{
    return record_get(r, r->k->n_own + (int)f);
}

bool record_hidden(const struct record *r, int field)
{
    if (r->level >= LEVEL_FULL)
        return false;
    unsigned flags = r->k->fields[field].f.flags;
    return r->level == LEVEL_SHARED ? !(flags & (SHARED | META)) : !(flags & META);
}
