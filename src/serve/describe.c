/* describe: what the configuration says about one kind, as the front end needs it to draw lists and
 * forms. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/access.h"

#include <string.h>

static const char *type_word(enum field_type t)
{
    static const char *const words[] = {
        [F_TEXT] = "text",   [F_NOTE] = "note",   [F_INT] = "int",   [F_BOOL] = "bool",
        [F_DATE] = "date",   [F_PDATE] = "pdate", [F_TIME] = "time", [F_CODE] = "code",
        [F_CODES] = "codes", [F_REF] = "ref",     [F_REFS] = "refs", [F_SEALED] = "sealed",
    };
    return words[t];
}

static bool in_force(const struct code *code, const char *today)
{
    return (!code->from || strcmp(code->from, today) <= 0) &&
           (!code->to || strcmp(code->to, today) >= 0);
}

/* Codes out of force stay readable in old records but are not offered. */
static json_t *codes_json(const struct code_list *l)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    json_t *list = json_array();
    for (int i = 0; l && i < l->n_codes; i++) {
        const struct code *code = &l->codes[i];
        json_t *o = json_pack("{s:s, s:s}", "code", code->code, "label", label_text(&code->label));
        if (code->group) {
            json_object_set_new(o, "group", json_string(code->group));
        }
        if (!in_force(code, today)) {
            json_object_set_new(o, "ended", json_true());
        }
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *states_json(const struct kind_model *k, int field)
{
    json_t *list = json_array();
    for (int i = 0; i < k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &k->lifecycles[i];
        for (int j = 0; (field < 0 || l->field == field) && j < l->n_states; j++) {
            json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", l->states[j].code,
                                                  "label", label_text(&l->states[j].label), "final",
                                                  l->states[j].final));
        }
    }
    return list;
}

/* "me" and "my_agency" as something that may stand in a form; days and times stay words. */
static const char *preset_text(const struct core *c, const struct field_model *f)
{
    const char *preset = f->preset;
    if (f->f.type == F_BOOL && preset) {
        return str_eq(preset, "1") ? "true" : "false";
    }
    if (str_eq(preset, "me")) {
        return c->who.login;
    }
    return str_eq(preset, "my_agency") ? c->who.agency : preset;
}

static void set_optional(json_t *o, const char *name, const char *text)
{
    if (!str_empty(text)) {
        json_object_set_new(o, name, json_string(text));
    }
}

static bool never_mine(const struct core *c, const struct kind_model *k, const struct field *f)
{
    enum level most = access_ceiling(c, k);
    return most < LEVEL_FULL && !(f->flags & (most == LEVEL_SHARED ? SHARED | META : META));
}

static json_t *field_json(struct core *c, const struct kind_model *k, int i)
{
    const struct field_model *m = &k->fields[i];
    const struct field *f = &m->f;
    bool common = i >= k->n_own && !m->local;
    json_t *o = json_pack("{s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:I, s:I, s:i}", "name", f->name,
                          "label", label_text(&m->label), "type", type_word(f->type), "required",
                          (f->flags & REQUIRED) != 0, "auto",
                          (f->flags & AUTO) != 0 || (common && i >= k->n_own + COMMON_REV), "fixed",
                          (f->flags & FIXED) != 0, "hidden_for_me", never_mine(c, k, f), "min",
                          (json_int_t)f->min, "max", (json_int_t)f->max, "rows", m->rows);
    set_optional(o, "help", label_text(&m->help));
    set_optional(o, "show_if", m->show_if_text);
    set_optional(o, "require_if", m->require_if_text);
    if (m->again) {
        json_object_set_new(o, "again", json_true());
    }
    if (m->preset) {
        set_optional(o, "preset", preset_text(c, m));
    }
    if (f->type == F_CODE || f->type == F_CODES) {
        json_object_set_new(o, "codes",
                            str_eq(f->of, "state") ? states_json(k, i) : codes_json(m->codes));
    }
    if (f->type == F_REF || f->type == F_REFS) {
        json_object_set_new(o, "target", json_string(m->target ? m->target->kind->name : "*"));
    }
    return o;
}

static json_t *pages_json(const struct kind_model *k)
{
    json_t *pages = json_array();
    for (int i = 0; i < k->n_pages; i++) {
        json_t *names = json_array();
        for (int j = 0; j < k->pages[i].n_fields; j++) {
            json_array_append_new(names, json_string(k->fields[k->pages[i].fields[j]].f.name));
        }
        json_array_append_new(pages, json_pack("{s:s, s:o}", "label",
                                               label_text(&k->pages[i].label), "fields", names));
    }
    return pages;
}

static const struct field_model *column_field(const struct kind_model *k,
                                              const struct column_model *col)
{
    if (col->field < 0) {
        return NULL;
    }
    const struct field_model *first = &k->fields[col->field];
    return col->step >= 0 && first->target ? &first->target->fields[col->step] : first;
}

static json_t *columns_json(const struct kind_model *k)
{
    json_t *list = json_array();
    for (int i = 0; i < k->list.n_columns; i++) {
        const struct column_model *col = &k->list.columns[i];
        const struct field_model *f = column_field(k, col);
        bool number = f && f->f.type == F_INT;
        bool sort = col->step < 0 &&
                    (!f || (f->f.type != F_SEALED && f->f.type != F_REFS && f->f.type != F_CODES));
        json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:i, s:i, s:b, s:s, s:b}", "path",
                                              col->path, "label", label_text(&col->label), "min",
                                              col->min, "ideal", col->ideal, "priority",
                                              col->priority, "grow", col->grow, "align",
                                              number ? "r" : "l", "sort", sort));
    }
    return list;
}

static json_t *filters_json(const struct kind_model *k)
{
    json_t *list = json_array();
    for (int i = 0; i < k->list.n_filters; i++) {
        json_array_append_new(list, json_pack("{s:s, s:s}", "name", k->list.filters[i].name,
                                              "label", label_text(&k->list.filters[i].label)));
    }
    return list;
}

static json_t *subrows_json(struct core *c, const struct kind_model *k)
{
    json_t *list = json_array();
    for (int i = 0; i < k->n_subrows; i++) {
        const struct subrow_model *s = &k->subrows[i];
        if (kind_listed(c, s->kind)) {
            json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "kind", s->kind->kind->name,
                                                  "field", s->kind->fields[s->field].f.name,
                                                  "label", label_text(&s->label)));
        }
    }
    return list;
}

static json_t *kind_json(struct call *c, const struct kind_model *k)
{
    json_t *fields = json_array();
    for (int i = 0; i < k->n_fields; i++) {
        json_array_append_new(fields, field_json(c->core, k, i));
    }
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b}", "kind",
        k->kind->name, "one", label_text(&k->one), "many", label_text(&k->many), "hint",
        label_text(&k->hint), "series", k->kind->series != NULL, "fields", fields, "pages",
        pages_json(k), "columns", columns_json(k), "sort", json_text(k->list.sort), "filters",
        filters_json(k), "start_filter", json_text(k->list.start_filter), "subrows",
        subrows_json(c->core, k), "states", states_json(k, -1), "may_create",
        access_may_create(c->core, k), "timeline", k->timeline);
}

bool serve_describe(struct call *c, struct err *e)
{
    const struct kind_model *k;
    if (!param_kind(c, &k, e)) {
        return false;
    }
    c->result = kind_json(c, k);
    return true;
}

/* The front end names the kinds it knows; the answer brings what it lacks, so that it need not ask twice. */
bool describe_along(struct call *c, const struct kind_model *k, struct err *e)
{
    const char *have;
    if (!param_text(c, "have", &have, e)) {
        return false;
    }
    if (have && !str_list_has(have, k->kind->name)) {
        json_object_set_new(c->result, "describe", kind_json(c, k));
    }
    return true;
}
