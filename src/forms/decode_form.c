/* Fields with their labels, local fields, pages. */
#include "inside.h"

#include <string.h>

enum { LOCAL_MAX = 60, ROWS_MAX = 20 };

static const char *const field_keys[] = {"field", "label",  "help",   "show_if", "require_if",
                                         "rows",  "preset", "lookup", "local",   "again"};
static const char *const local_keys[] = {"type", "of", "shared", "search", "max"};

static const struct {
    const char *name;
    enum field_type type;
} local_types[] = {
    {"text", F_TEXT},   {"note", F_NOTE}, {"int", F_INT},   {"bool", F_BOOL},   {"date", F_DATE},
    {"pdate", F_PDATE}, {"time", F_TIME}, {"code", F_CODE}, {"codes", F_CODES}, {"ref", F_REF},
};

static bool local_type(struct decode *d, const struct node *map, enum field_type *ret)
{
    const char *names[N_OF(local_types)];
    const char *text = read_need_text(&d->r, map, "type", WORD_LEN_MAX);
    for (size_t i = 0; text && i < N_OF(local_types); i++) {
        names[i] = local_types[i].name;
        if (strcmp(text, names[i]) == 0) {
            *ret = local_types[i].type;
            return true;
        }
    }
    return text && finding_unknown(d->r.found, node_get(map, "type"), _("unknown field type"), text,
                                   names, N_OF(local_types));
}

/* Names that are the record's own, the store's or the protocol's. */
static bool name_is_free(struct decode *d, const struct kind_model *k, const struct node *n)
{
    static const char *const taken[] = {"id",    "case_no", "rev",   "kind",  "title",
                                        "extra", "level",   "cells", "rowid", "state"};
    size_t len = strlen(n->text);
    if (len < 2 || len > 40 || n->text[0] < 'a' || n->text[0] > 'z' ||
        strspn(n->text, "abcdefghijklmnopqrstuvwxyz0123456789_") != len) {
        finding_at(d->r.found, n, _("a field's name is 2 to 40 small letters a-z, digits and _"));
        return false;
    }
    bool is_taken = model_field(k, n->text) >= 0;
    for (size_t i = 0; i < N_OF(taken); i++) {
        is_taken = is_taken || strcmp(taken[i], n->text) == 0;
    }
    if (is_taken) {
        finding_at(d->r.found, n, _("the name \"%s\" is taken; a local field needs one of its own"),
                   n->text);
    }
    return !is_taken;
}

static bool local_target(struct decode *d, const struct node *map, struct field *f)
{
    bool needs = f->type == F_CODE || f->type == F_CODES || f->type == F_REF;
    const struct node *of = node_get(map, "of");
    if (!needs) {
        if (of) {
            finding_at(d->r.found, of,
                       _("\"of\" belongs to fields of type code, codes or ref only"));
        }
        return !of;
    }
    f->of = read_need_text(&d->r, map, "of", WORD_LEN_MAX);
    if (!f->of) {
        return false;
    }
    return f->type != F_REF || strcmp(f->of, "*") == 0 || decode_kind(d, of, f->of);
}

/* A field of the city's own: described here only, stored in the row's extra values. */
static bool decode_local(struct decode *d, struct kind_model *k, const struct node *entry,
                         const struct node *name)
{
    const struct node *map = read_map(&d->r, entry, "local");
    struct field f = {.name = arena_strdup(d->r.a, name->text)};
    if (!map || !name_is_free(d, k, name)) {
        return false;
    }
    read_keys(&d->r, map, local_keys, N_OF(local_keys));
    if (!local_type(d, map, &f.type) || !local_target(d, map, &f)) {
        return false;
    }
    f.flags = (read_bool(&d->r, map, "shared", false) ? SHARED : 0) |
              (read_bool(&d->r, map, "search", false) ? SEARCH : 0);
    f.max = read_int(&d->r, map, "max", 0, f.type == F_INT ? 999999999 : 4000, 0);
    if (f.flags & SEARCH && f.type != F_TEXT && f.type != F_NOTE) {
        finding_at(d->r.found, node_get(map, "search"),
                   _("only fields of type text and note can be searched"));
    }
    k->fields[k->n_fields++] = (struct field_model){.f = f, .local = true};
    return true;
}

static bool is_number(const char *s)
{
    s += *s == '-';
    return *s && strspn(s, "0123456789") == strlen(s);
}

static const char *decode_preset(struct decode *d, const struct field_model *f,
                                 const struct node *entry)
{
    const struct node *n = node_get(entry, "preset");
    if (n && f->f.type == F_BOOL) { /* true and false are stored as 1 and 0 */
        return decode_bool(d, entry, "preset");
    }
    const char *text = n ? read_text(&d->r, n, LABEL_MAX) : NULL;
    if (text && f->f.type == F_INT && !is_number(text)) {
        finding_at(d->r.found, n, _("a whole number is expected"));
        return NULL;
    }
    return text;
}

static void decode_field_entry(struct decode *d, struct kind_model *k, const struct node *entry)
{
    if (!read_is_map(&d->r, entry)) {
        return;
    }
    read_keys(&d->r, entry, field_keys, N_OF(field_keys));
    const struct node *name = node_get(entry, "field");
    if (!name || name->type != NODE_TEXT) {
        finding_at(d->r.found, entry, _("the key \"%s\" is missing"), "field");
        return;
    }
    if (node_get(entry, "local") && !decode_local(d, k, entry, name)) {
        return;
    }
    int i = decode_field(d, k, name);
    if (i < 0) {
        return;
    }
    struct field_model *f = &k->fields[i];
    if (f->label.sv && (i < k->n_own || f->local)) {
        finding_at(d->r.found, name, _("\"%s\" stands in this list twice"), name->text);
    }
    read_label(&d->r, entry, "label", true, LABEL_MAX, &f->label);
    read_label(&d->r, entry, "help", false, HELP_MAX, &f->help);
    f->rows = read_int(&d->r, entry, "rows", 1, ROWS_MAX, 0);
    f->preset = decode_preset(d, f, entry);
    f->again = read_bool(&d->r, entry, "again", false);
}

static int count_locals(struct decode *d, const struct node *list)
{
    int n = 0;
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        n += node_get(c, "local") != NULL;
    }
    if (n > LOCAL_MAX) {
        finding_at(d->r.found, list, _("too many local fields; a kind has at most %d"),
                   (int)LOCAL_MAX);
    }
    return n;
}

/* Labels of the fields that every record has. */
static void label_common(struct decode *d, struct kind_model *k)
{
    static const char *const keys[] = {"field", "label", "help"};
    const struct node *root = trees_find(d->trees, "config/common.yaml");
    const struct node *list = root ? read_list(&d->r, root, "fields") : NULL;
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        const struct node *name = node_get(c, "field");
        int i = name && name->type == NODE_TEXT ? model_field(k, name->text) : -1;
        if (i < k->n_own) {
            finding_at(d->r.found, c, _("this is not one of the fields that every record has"));
            continue;
        }
        read_keys(&d->r, c, keys, N_OF(keys));
        read_label(&d->r, c, "label", true, LABEL_MAX, &k->fields[i].label);
        read_label(&d->r, c, "help", false, HELP_MAX, &k->fields[i].help);
    }
}

/* Read once, for the first kind; the others share the texts. */
static void share_common(struct decode *d, struct kind_model *k)
{
    const struct kind_model *first = &d->m->kinds[0];
    if (k == first) {
        label_common(d, k);
        return;
    }
    for (int i = 0; i < COMMON_N; i++) {
        k->fields[k->n_own + i].label = first->fields[first->n_own + i].label;
        k->fields[k->n_own + i].help = first->fields[first->n_own + i].help;
    }
}

/* With its texts in the model, so that an image of it holds them too. */
static struct field own_copy(struct decode *d, const struct field *f)
{
    struct field copy = *f;
    copy.name = arena_strdup(d->r.a, f->name);
    copy.of = arena_strdup(d->r.a, f->of);
    return copy;
}

void decode_fields(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *list = form ? read_list(&d->r, form, "fields") : NULL;
    int room = k->n_own + COMMON_N + count_locals(d, list);
    k->fields = arena_alloc(d->r.a, (size_t)room * sizeof *k->fields);
    for (int i = 0; i < k->n_own; i++) {
        k->fields[i].f = own_copy(d, &k->kind->fields[i]);
    }
    for (int i = 0; i < COMMON_N; i++) {
        k->fields[k->n_own + i].f = own_copy(d, &common_fields[i]);
    }
    k->n_fields = k->n_own + COMMON_N;
    share_common(d, k);
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        decode_field_entry(d, k, c);
    }
}

static void decode_page(struct decode *d, struct kind_model *k, const struct node *n)
{
    static const char *const keys[] = {"label", "fields"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    struct page_model *p = &k->pages[k->n_pages++];
    read_keys(&d->r, n, keys, N_OF(keys));
    read_label(&d->r, n, "label", true, LABEL_MAX, &p->label);
    const struct node *list = read_list(&d->r, n, "fields");
    if (!node_get(n, "fields")) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "fields");
    }
    p->fields = decode_field_list(d, k, list, &p->n_fields);
}

/* Conditions come with the pages, because they may name every field of every kind. */
static void decode_conditions(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *list = node_get(form, "fields");
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        const struct node *name = node_get(c, "field");
        int i = name && name->text ? model_field(k, name->text) : -1;
        if (i < 0) {
            continue;
        }
        struct field_model *f = &k->fields[i];
        f->show_if = decode_expr(d, k, c, "show_if", &f->show_if_text);
        f->require_if = decode_expr(d, k, c, "require_if", &f->require_if_text);
        if (!node_get(c, "lookup")) {
            continue;
        }
        if (f->f.type != F_REF && f->f.type != F_REFS) {
            finding_at(d->r.found, node_get(c, "lookup"),
                       _("\"lookup\" belongs to references only"));
        } else if (f->target) {
            decode_expr(d, f->target, c, "lookup", &f->lookup_filter);
        } else {
            finding_at(d->r.found, node_get(c, "lookup"),
                       _("\"lookup\" needs a reference to one kind"));
        }
    }
}

void decode_pages(struct decode *d, struct kind_model *k, const struct node *form)
{
    decode_conditions(d, k, form);
    const struct node *list = read_list(&d->r, form, "pages");
    if (!list) {
        return;
    }
    k->pages = arena_alloc(d->r.a, (size_t)list->n * sizeof *k->pages);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_page(d, k, c);
    }
}
