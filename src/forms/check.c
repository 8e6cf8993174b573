/* What can only be judged when every file has been read: that nothing is missing and that words
 * mean something. */
#include "inside.h"

#include <string.h>

/* Where a field stands in its form; the form itself when it does not. */
static const struct node *field_entry(const struct node *form, const char *name)
{
    const struct node *list = node_get(form, "fields");
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        const struct node *field = node_get(c, "field");
        if (field && str_eq(field->text, name)) {
            return c;
        }
    }
    return list ? list : form;
}

static void check_labels(struct decode *d, const struct kind_model *k, const struct node *form)
{
    for (int i = 0; i < k->n_own; i++) {
        const char *name = k->fields[i].f.name;
        if (!k->fields[i].label.sv && field_entry(form, name)->type == NODE_LIST) {
            finding_at_key(d->r.found, field_entry(form, name),
                           _("the field \"%s\" has no entry and no label"), name);
        } else if (!k->fields[i].label.sv && !node_get(form, "fields")) {
            finding_at(d->r.found, form, _("the key \"%s\" is missing"), "fields");
            return;
        }
    }
}

static void unknown_list(struct decode *d, const struct kind_model *k, const struct node *form,
                         const struct field *f)
{
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)d->m->n_lists * sizeof *names);
    for (int i = 0; i < d->m->n_lists; i++) {
        names[i] = d->m->lists[i].name;
    }
    AUTOFREE char *what =
        xprintf(_("%s.%s takes its words from the unknown list"), k->kind->name, f->name);
    finding_unknown(d->r.found, field_entry(form, f->name), what, f->of ? f->of : "", names,
                    (size_t)d->m->n_lists);
}

static void check_preset(struct decode *d, const struct kind_model *k, int field,
                         const struct node *entry)
{
    const struct node *n = node_get(entry, "preset");
    const char *preset = k->fields[field].preset;
    if (n && preset && k->fields[field].f.type != F_BOOL && k->fields[field].f.type != F_INT) {
        check_literal(d, k, field, n, preset);
    }
}

void check_kind(struct decode *d, const struct kind_model *k)
{
    const struct node *form = d->form[k - d->m->kinds];
    check_labels(d, k, form);
    for (int i = 0; i < k->n_fields; i++) {
        const struct field *f = &k->fields[i].f;
        bool is_common = i >= k->n_own && !k->fields[i].local && k != d->m->kinds;
        if ((f->type != F_CODE && f->type != F_CODES) || is_common) {
            check_preset(d, k, i, field_entry(form, f->name));
        } else if (str_eq(f->of, "state")) {
            if (k->n_lifecycles == 0) {
                finding_at(d->r.found, field_entry(form, f->name),
                           _("no lifecycle describes the field \"%s\""), f->name);
            }
        } else if (!k->fields[i].codes) {
            unknown_list(d, k, form, f);
        } else {
            check_preset(d, k, i, field_entry(form, f->name));
        }
    }
    if (k->list.n_columns == 0 && !node_get(node_get(form, "list"), "columns")) {
        finding_at(d->r.found, form, _("\"list\" with its \"columns\" is missing"));
    }
}

static bool has_tree(const struct decode *d, const char *name)
{
    for (int i = 0; i < d->trees->n; i++) {
        if (strcmp(d->trees->at[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_files(struct decode *d)
{
    for (int i = 0; i < d->m->n_kinds; i++) {
        AUTOFREE char *name = xprintf("forms/%s.yaml", d->m->kinds[i].kind->name);
        if (!has_tree(d, name)) {
            finding_in(d->r.found, name, 0, 0, _("the file is missing"));
        }
    }
    static const char *const needed[] = {"config/rights.yaml", "config/common.yaml"};
    for (size_t i = 0; i < N_OF(needed); i++) {
        if (!has_tree(d, needed[i])) {
            finding_in(d->r.found, needed[i], 0, 0, _("the file is missing"));
        }
    }
}

static void check_rights(struct decode *d)
{
    const struct node *root = trees_find(d->trees, "config/rights.yaml");
    const struct node *map = node_get(root, "rights");
    for (int i = 0; root && i < d->m->n_kinds; i++) {
        if (!d->right[i]) {
            finding_at(d->r.found, map ? map : root, _("there is no row for the kind \"%s\""),
                       d->m->kinds[i].kind->name);
        }
    }
}

static void check_common(struct decode *d)
{
    const struct node *root = trees_find(d->trees, "config/common.yaml");
    const struct kind_model *k = d->m->n_kinds ? &d->m->kinds[0] : NULL;
    for (int i = 0; root && k && i < COMMON_N; i++) {
        const struct field_model *f = &k->fields[k->n_own + i];
        if (!f->label.sv) {
            finding_at(d->r.found, root, _("the field \"%s\" has no entry and no label"),
                       f->f.name);
        }
    }
}

static void check_agency_word(struct decode *d, const struct node *entry, const char *key,
                              const char *list)
{
    const struct code_list *l = model_list(d->m, list);
    const struct node *n = node_get(entry, key);
    if (!l || !n || !n->text || model_code(l, n->text)) {
        return;
    }
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)l->n_codes * sizeof *names);
    for (int i = 0; i < l->n_codes; i++) {
        names[i] = l->codes[i].code;
    }
    finding_unknown(d->r.found, n, _("unknown code"), n->text, names, (size_t)l->n_codes);
}

static void check_agencies(struct decode *d)
{
    const struct node *list = node_get(trees_find(d->trees, "config/agencies.yaml"), "agencies");
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        check_agency_word(d, c, "kind", "agency_kind");
        check_agency_word(d, c, "regime", "legal_regime");
    }
}

static void check_menu(struct decode *d)
{
    for (int i = 0; i < d->m->n_kinds; i++) {
        for (int j = 0; d->m->kinds[i].menu && j < i; j++) {
            if (str_eq(d->m->kinds[i].menu, d->m->kinds[j].menu)) {
                finding_at(d->r.found, node_get(d->form[i], "menu"),
                           _("the letter \"%s\" belongs to %s already"), d->m->kinds[i].menu,
                           d->m->kinds[j].kind->name);
            }
        }
    }
}

void check_model(struct decode *d)
{
    check_files(d);
    for (int i = 0; i < d->m->n_kinds; i++) {
        if (d->form[i]) {
            check_kind(d, &d->m->kinds[i]);
        }
    }
    check_menu(d);
    check_agencies(d);
    check_common(d);
    check_rights(d);
}
