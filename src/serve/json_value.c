/* Values on the line: codes as codes, references as ids, lists as arrays, what may not be seen as
 * hidden. */
#include "inside.h"

#include <stdlib.h>

json_t *json_text(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *json_hidden(void)
{
    return json_pack("{s:s}", "state", "hidden");
}

/* People and authorities are known to everybody; for the rest the view decides, once per request
 * and id. */
static bool ref_visible(struct core *c, const struct field_model *f, const char *id)
{
    if (f->target &&
        (str_eq(f->target->kind->name, "user") || str_eq(f->target->kind->name, "agency"))) {
        return true;
    }
    return show_title_of(c, id) != NULL;
}

static json_t *json_ref(struct core *c, const struct field_model *f, const char *id)
{
    return ref_visible(c, f, id) ? json_string(id) : json_hidden();
}

static json_t *json_list(struct core *c, const struct field_model *f, const char *value)
{
    json_t *list = json_array();
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value, &pos, &item, &n)) {
        AUTOFREE char *one = xstrndup(item, n);
        json_array_append_new(list, f->f.type == F_REFS ? json_ref(c, f, one) : json_string(one));
    }
    return list;
}

json_t *json_typed(struct core *c, const struct field_model *f, const char *value)
{
    if (!value) {
        return json_null();
    }
    switch (f->f.type) {
    case F_INT:
        return json_integer(strtoll(value, NULL, 10));
    case F_BOOL:
        return json_boolean(str_eq(value, "1"));
    case F_CODES:
    case F_REFS:
        return json_list(c, f, value);
    case F_REF:
        return json_ref(c, f, value);
    default:
        return json_string(value);
    }
}

json_t *json_field(struct core *c, const struct record *r, int field)
{
    return record_hidden(r, field) ? json_hidden()
                                   : json_typed(c, &r->k->fields[field], record_get(r, field));
}

/* Who sees only the shared part counts by its rev and its time. */
static const char *common_of_reader(const struct record *r, enum common_field full,
                                    enum common_field shared)
{
    return record_common(r, r->level >= LEVEL_FULL ? full : shared);
}

int64_t record_rev(const struct record *r)
{
    const char *rev = common_of_reader(r, COMMON_REV, COMMON_SHARED_REV);
    return rev ? strtoll(rev, NULL, 10) : 0;
}

/* Two revs and two times of change are kept; a reader knows of one. */
static bool is_twin(const struct record *r, int field)
{
    int common = field - r->k->n_own;
    return common == COMMON_REV || common == COMMON_SHARED_REV || common == COMMON_UPDATED_AT ||
           common == COMMON_SHARED_UPDATED_AT;
}

/* Every record says its kind; a field that is called so too ("kind" of a person) is named after the
 * record's. */
static bool is_taken(const char *name)
{
    return str_eq(name, "id") || str_eq(name, "kind") || str_eq(name, "case_no") ||
           str_eq(name, "rev");
}

static void set_field(json_t *o, const struct record *r, const char *name, json_t *value)
{
    if (is_taken(name)) {
        AUTOFREE char *other = xprintf("%s_%s", r->k->kind->name, name);
        json_object_set_new(o, other, value);
    } else {
        json_object_set_new(o, name, value);
    }
}

json_t *json_taken(struct core *c, const struct record *r)
{
    json_t *o = json_object();
    for (int i = 0; i < r->k->n_fields; i++) {
        if (is_taken(r->k->fields[i].f.name) && !is_twin(r, i)) {
            json_object_set_new(o, r->k->fields[i].f.name, json_field(c, r, i));
        }
    }
    return o;
}

json_t *json_record(struct core *c, const struct record *r, bool listed)
{
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(r->id));
    json_object_set_new(o, "kind", json_string(r->k->kind->name));
    json_object_set_new(o, "case_no", r->case_no[0] ? json_string(r->case_no) : json_null());
    json_object_set_new(o, "rev", json_integer(record_rev(r)));
    for (int i = 0; i < r->k->n_fields; i++) {
        const struct field *f = &r->k->fields[i].f;
        if (is_twin(r, i)) {
            continue;
        }
        bool sealed_away = listed && f->type == F_SEALED;
        set_field(o, r, f->name, sealed_away ? json_hidden() : json_field(c, r, i));
    }
    json_object_set_new(
        o, "updated_at",
        json_text(common_of_reader(r, COMMON_UPDATED_AT, COMMON_SHARED_UPDATED_AT)));
    return o;
}

static size_t text_weight(const char *s)
{
    size_t n = 4;
    for (; *s; s++) {
        n += (unsigned char)*s < 0x20 ? 6 : *s == '"' || *s == '\\' ? 2 : 1;
    }
    return n;
}

size_t json_weight(const json_t *j)
{
    size_t n = 8;
    const char *key;
    json_t *value;
    size_t i;
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        json_object_foreach((json_t *)j, key, value)
        {
            n += text_weight(key) + json_weight(value);
        }
        return n;
    case JSON_ARRAY:
        json_array_foreach(j, i, value)
        {
            n += json_weight(value);
        }
        return n;
    case JSON_STRING:
        return text_weight(json_string_value(j));
    case JSON_INTEGER:
    case JSON_REAL:
        return 24;
    default:
        return n;
    }
}
