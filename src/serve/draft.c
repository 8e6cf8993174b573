/* Drafts: what was typed but not saved, kept for its author alone. */
#include "treben/store/draft.h"
#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/access.h"

#include <stdlib.h>

struct draft_key {
    const struct kind_model *k;
    const char *record; /* "" for a new one */
};

/* A draft of a record belongs to a record the author may see. */
static bool read_key(struct call *c, struct draft_key *ret, struct err *e)
{
    const char *given;
    if (!param_kind(c, &ret->k, e) || !param_text(c, "id", &given, e)) {
        return false;
    }
    if (str_empty(given)) {
        ret->record = "";
        return true;
    }
    const struct kind_model *k;
    struct id id;
    if (!param_record(c, "id", &k, &id, e)) {
        return false;
    }
    ret->record = c->log.record;
    return k == ret->k || param_bad(c, e, _("That record is of another kind."));
}

bool serve_draft_put(struct call *c, struct err *e)
{
    struct draft_key key;
    const json_t *values;
    char at[INSTANT_TEXT];
    if (!read_key(c, &key, e) || !param_values(c, "values", &values, e)) {
        return false;
    }
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)values, name, value)
    {
        if (model_field(key.k, name) < 0) {
            return err_field(e, ERR_INVALID, name, _("There is no such field."));
        }
        audit_field(c, name);
    }
    AUTOFREE char *text = values ? json_dumps(values, JSON_COMPACT) : xstrdup("{}");
    instant_text(clock_now(), at);
    if (!draft_put(c->s->store, c->core->who.user, key.k->kind->name, key.record, at, text, e)) {
        return false;
    }
    c->result = json_pack("{s:s}", "at", at);
    return true;
}

bool serve_draft_get(struct call *c, struct err *e)
{
    struct draft_key key;
    char *text, *at;
    if (!read_key(c, &key, e) ||
        !draft_get(c->s->store, c->core->who.user, key.k->kind->name, key.record, &text, &at, e)) {
        return false;
    }
    json_t *values = text ? json_loads(text, 0, NULL) : NULL;
    c->result =
        json_pack("{s:o, s:o}", "values", values ? values : json_null(), "at", json_text(at));
    free(text);
    free(at);
    return true;
}

/* A new one goes by its kind, and by what it is a row of: "Measure, SR-2026-05". */
static const char *title_of_new(struct call *c, const struct kind_model *k)
{
    char *text = NULL, *at = NULL;
    struct err ignored = {0};
    if (!k->kind->parent || !draft_get(c->s->store, c->core->who.user, k->kind->name, "", &text, &at, &ignored)) {
        return label_text(&k->one);
    }
    json_auto_t *values = text ? json_loads(text, 0, NULL) : NULL;
    const char *id = json_string_value(json_object_get(values, k->kind->parent));
    const char *parent = id ? show_title_of(c->core, id) : NULL;
    free(text);
    free(at);
    return parent ? arena_printf(&c->arena, "%s, %s", label_text(&k->one), parent) : label_text(&k->one);
}

/* A record that its author no longer sees has no title, and no line. */
static json_t *line_json(struct call *c, const struct draft_line *d)
{
    const struct kind_model *k = model_kind(c->core->model, d->kind);
    const char *title = d->record[0] ? show_title_of(c->core, d->record)
                        : k          ? title_of_new(c, k)
                                     : NULL;
    if (!k || !title) {
        return NULL;
    }
    AUTOFREE char *shown = instant_show(d->at);
    return json_pack("{s:s, s:s, s:o, s:s, s:s, s:s}", "kind", d->kind, "kind_label",
                     label_text(&k->one), "id", d->record[0] ? json_string(d->record) : json_null(),
                     "title", title, "at", d->at, "at_text", shown);
}

json_t *draft_lines(struct call *c, struct err *e)
{
    struct draft_line *lines;
    size_t n;
    if (!draft_list(c->s->store, &c->arena, c->core->who.user, &lines, &n, e)) {
        return NULL;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *line = line_json(c, &lines[i]);
        if (line) {
            json_array_append_new(list, line);
        }
    }
    return list;
}

bool serve_draft_list(struct call *c, struct err *e)
{
    json_t *list = draft_lines(c, e);
    if (!list) {
        return false;
    }
    c->log.n = (int64_t)json_array_size(list);
    c->result = json_pack("{s:o}", "drafts", list);
    return true;
}

bool serve_draft_drop(struct call *c, struct err *e)
{
    struct draft_key key;
    if (!read_key(c, &key, e) ||
        !draft_drop(c->s->store, c->core->who.user, key.k->kind->name, key.record, e)) {
        return false;
    }
    c->result = json_object();
    return true;
}

bool draft_forget(struct call *c, const char *kind, const char *record, struct err *e)
{
    return !c->core->who.user[0] || draft_drop(c->s->store, c->core->who.user, kind, record, e);
}

bool draft_exists(struct call *c, const char *kind, const char *record)
{
    char *text = NULL, *at = NULL;
    struct err ignored = {0};
    if (!draft_get(c->s->store, c->core->who.user, kind, record, &text, &at, &ignored)) {
        return false;
    }
    bool there = text != NULL;
    free(text);
    free(at);
    return there;
}
