/* find and lookup: free search over all kinds, and the matches for a reference. */
#include "treben/core/find.h"
#include "inside.h"

#define FIND_MAX 200
#define LOOKUP_MAX 8

static bool whole_text(struct call *c, const char **ret, struct err *e)
{
    if (!param_text(c, "text", ret, e)) {
        return false;
    }
    if (!*ret) {
        *ret = "";
    }
    return audit_terms(c, *ret, e);
}

bool serve_find(struct call *c, struct err *e)
{
    const char *text;
    int64_t limit;
    int n;
    bool more;
    if (!whole_text(c, &text, e) || !param_int(c, "limit", 50, 1, INT32_MAX, &limit, e)) {
        return false;
    }
    int max = limit > FIND_MAX ? FIND_MAX : (int)limit;
    struct hit *hits = arena_alloc(&c->arena, sizeof *hits * (size_t)max);
    if (!find_text(c->core, text, hits, max, &n, &more, e)) {
        return false;
    }
    json_t *list = json_array();
    for (int i = 0; i < n; i++) {
        audit_shown(c, hits[i].id);
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:s, s:o, s:s}", "id", hits[i].id, "kind", hits[i].k->kind->name,
                      "kind_label", label_text(&hits[i].k->one), "case_no",
                      str_empty(hits[i].case_no) ? json_null() : json_string(hits[i].case_no),
                      "title", hits[i].title ? hits[i].title : ""));
    }
    c->result = json_pack("{s:o, s:b}", "hits", list, "more", more);
    return true;
}

bool serve_lookup(struct call *c, struct err *e)
{
    const struct kind_model *k;
    const char *field, *text;
    struct hit hits[LOOKUP_MAX];
    int n;
    if (!param_kind(c, &k, e) || !param_need(c, "field", &field, e) || !whole_text(c, &text, e)) {
        return false;
    }
    int f = model_field(k, field);
    enum field_type type = f >= 0 ? k->fields[f].f.type : F_TEXT;
    if (type != F_REF && type != F_REFS) {
        return param_bad(c, e, _("\"%s\" does not refer to other records."), field);
    }
    audit_field(c, field);
    if (!find_lookup(c->core, &k->fields[f], text, hits, LOOKUP_MAX, &n, e)) {
        return false;
    }
    json_t *list = json_array();
    for (int i = 0; i < n; i++) {
        audit_shown(c, hits[i].id);
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:s}", "id", hits[i].id, "title",
                            hits[i].title ? hits[i].title : "", "case_no",
                            str_empty(hits[i].case_no) ? json_null() : json_string(hits[i].case_no),
                            "detail", *hits[i].detail ? hits[i].detail : label_text(&hits[i].k->one)));
    }
    c->result = json_pack("{s:o}", "hits", list);
    return true;
}
