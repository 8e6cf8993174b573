/* The list of a kind: columns, filters, order; and the tabs of its records. */
#include "inside.h"

#include <string.h>

enum { COLUMN_MAX = 200, COLUMNS_DEFAULT_MIN = 8 };

static const char *const column_keys[] = {"field", "label", "min", "ideal", "priority", "grow"};
static const char *const filter_keys[] = {"name", "label", "expr"};

/* A column without a label of its own is called as its field is. */
static struct label column_label(struct decode *d, const struct kind_model *k,
                                 const struct column_model *c)
{
    const char *last = strrchr(c->path, '.');
    last = last ? last + 1 : c->path;
    if (c->step >= 0) {
        return k->fields[c->field].target->fields[c->step].label;
    }
    if (strcmp(last, "case_no") == 0) {
        return (struct label){.sv = arena_strdup(d->r.a, "Nummer"),
                              .en = arena_strdup(d->r.a, "Number")};
    }
    return c->field >= 0 ? k->fields[c->field].label : k->one;
}

/* Sealed text never reaches a list. */
static bool is_sealed(const struct kind_model *k, int field, int step)
{
    if (field < 0) {
        return false;
    }
    const struct field_model *f = &k->fields[field];
    return step >= 0 ? f->target->fields[step].f.type == F_SEALED : f->f.type == F_SEALED;
}

static void decode_column(struct decode *d, struct kind_model *k, const struct node *n)
{
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, column_keys, N_OF(column_keys));
    const struct node *at = node_get(n, "field");
    struct column_model c = {.path = read_need_text(&d->r, n, "field", WORD_LEN_MAX * 2)};
    if (!c.path || !decode_path(d, k, at, c.path, &c.field, &c.step)) {
        return;
    }
    if (is_sealed(k, c.field, c.step)) {
        finding_at(d->r.found, at, _("\"%s\" is sealed and never stands in a list"), c.path);
        return;
    }
    if (!read_label(&d->r, n, "label", false, LABEL_MAX, &c.label)) {
        c.label = column_label(d, k, &c);
    }
    c.min = read_int(&d->r, n, "min", 1, COLUMN_MAX, COLUMNS_DEFAULT_MIN);
    c.ideal = read_int(&d->r, n, "ideal", 1, COLUMN_MAX, c.min);
    c.priority = read_int(&d->r, n, "priority", 1, 9, 1);
    c.grow = read_bool(&d->r, n, "grow", false);
    if (c.ideal < c.min) {
        finding_at(d->r.found, node_get(n, "ideal"), _("\"ideal\" is less than \"min\""));
    }
    k->list.columns[k->list.n_columns++] = c;
}

static void decode_filter(struct decode *d, struct kind_model *k, const struct node *n)
{
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, filter_keys, N_OF(filter_keys));
    struct filter_model f = {.name = read_need_text(&d->r, n, "name", WORD_LEN_MAX)};
    read_label(&d->r, n, "label", true, LABEL_MAX, &f.label);
    f.expr = decode_expr(d, k, n, "expr", &f.text);
    if (!node_get(n, "expr")) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "expr");
    }
    for (int i = 0; f.name && i < k->list.n_filters; i++) {
        if (strcmp(k->list.filters[i].name, f.name) == 0) {
            finding_at(d->r.found, node_get(n, "name"), _("\"%s\" stands in this list twice"),
                       f.name);
            return;
        }
    }
    if (f.name && f.expr) {
        k->list.filters[k->list.n_filters++] = f;
    }
}

static void decode_sort(struct decode *d, struct kind_model *k, const struct node *list)
{
    const struct node *n = node_get(list, "sort");
    const char *text = n ? read_text(&d->r, n, WORD_LEN_MAX) : NULL;
    int field, step;
    if (!text) {
        return;
    }
    const char *path = text + (*text == '-');
    if (strchr(path, '.')) {
        finding_at(d->r.found, n, _("a list is sorted by a field of its own"));
    } else if (decode_path(d, k, n, path, &field, &step)) {
        if (field >= 0 && (k->fields[field].local || k->fields[field].f.type == F_SEALED)) {
            finding_at(d->r.found, n, _("a list cannot be sorted by \"%s\""), path);
        }
        k->list.sort = text;
    }
}

static void decode_start(struct decode *d, struct kind_model *k, const struct node *list)
{
    const struct node *n = node_get(list, "start");
    const char *text = n ? read_text(&d->r, n, WORD_LEN_MAX) : NULL;
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)k->list.n_filters * sizeof *names);
    for (int i = 0; text && i < k->list.n_filters; i++) {
        names[i] = k->list.filters[i].name;
        if (strcmp(names[i], text) == 0) {
            k->list.start_filter = names[i];
            return;
        }
    }
    if (text) {
        finding_unknown(d->r.found, n, _("unknown filter"), text, names, (size_t)k->list.n_filters);
    }
}

void decode_list(struct decode *d, struct kind_model *k, const struct node *form)
{
    static const char *const keys[] = {"columns", "sort", "start", "filters"};
    const struct node *map = read_map(&d->r, form, "list");
    if (!map) {
        return;
    }
    read_keys(&d->r, map, keys, N_OF(keys));
    const struct node *columns = read_list(&d->r, map, "columns");
    const struct node *filters = read_list(&d->r, map, "filters");
    if (columns) {
        k->list.columns = arena_alloc(d->r.a, (size_t)columns->n * sizeof *k->list.columns);
    }
    for (const struct node *c = columns ? columns->first : NULL; c; c = c->next) {
        decode_column(d, k, c);
    }
    if (filters) {
        k->list.filters = arena_alloc(d->r.a, (size_t)filters->n * sizeof *k->list.filters);
    }
    for (const struct node *c = filters ? filters->first : NULL; c; c = c->next) {
        decode_filter(d, k, c);
    }
    decode_sort(d, k, map);
    decode_start(d, k, map);
}

static void decode_subrow(struct decode *d, struct kind_model *k, const struct node *n)
{
    static const char *const keys[] = {"kind", "field", "label"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    const char *name = read_need_text(&d->r, n, "kind", WORD_LEN_MAX);
    const struct node *at = node_get(n, "field");
    struct subrow_model s = {.kind = name ? decode_kind(d, node_get(n, "kind"), name) : NULL};
    read_label(&d->r, n, "label", true, LABEL_MAX, &s.label);
    if (!at) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "field");
    }
    s.field = s.kind && at ? decode_field(d, s.kind, at) : -1;
    if (s.field < 0) {
        return;
    }
    const struct field *f = &s.kind->fields[s.field].f;
    if ((f->type != F_REF && f->type != F_REFS) ||
        (!str_eq(f->of, "*") && !str_eq(f->of, k->kind->name))) {
        finding_at(d->r.found, at, _("\"%s\" does not refer to %s"), f->name, k->kind->name);
        return;
    }
    k->subrows[k->n_subrows++] = s;
}

void decode_subrows(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *list = read_list(&d->r, form, "subrows");
    if (!list) {
        return;
    }
    k->subrows = arena_alloc(d->r.a, (size_t)list->n * sizeof *k->subrows);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_subrow(d, k, c);
    }
}
