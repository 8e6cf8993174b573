/* Trees to the model: first what others refer to (agencies, roles, code lists, every kind's
 * fields), then the rest of each form, then the rights. */
#include "inside.h"

#include <string.h>

static const char *const form_keys[] = {"kind",     "label",      "hint",  "menu",
                                        "timeline", "fields",     "pages", "list",
                                        "subrows",  "lifecycles", "clocks", "plan", "counts"};
static const char *const config_names[] = {
    "config/site.yaml",      "config/agencies.yaml", "config/roles.yaml", "config/areas.yaml",
    "config/deadlines.yaml", "config/rights.yaml",   "config/keys.yaml",  "config/common.yaml"};

/* Files that nobody reads are typing mistakes in a file's name. */
static void check_name(struct decode *d, const struct tree *t)
{
    if (!str_starts(t->name, "config/") || str_starts(t->name, "config/codes") ||
        str_starts(t->name, "config/import-")) {
        return;
    }
    for (size_t i = 0; i < N_OF(config_names); i++) {
        if (strcmp(config_names[i], t->name) == 0) {
            return;
        }
    }
    const char *near = str_nearest(t->name, config_names, N_OF(config_names));
    const char *shown = t->root ? t->root->file : t->name;
    if (near) {
        finding_in(d->r.found, shown, 0, 0, _("no file of this name is read; did you mean \"%s\"?"),
                   near);
    } else {
        finding_in(d->r.found, shown, 0, 0, _("no file of this name is read"));
    }
}

/* The kind a form belongs to, by its file's name; it says so itself too. */
static void find_form(struct decode *d, const struct tree *t)
{
    const char *base = t->name + strlen("forms/");
    AUTOFREE char *name = xstrndup(base, strlen(base) - strlen(".yaml"));
    struct node at = {.type = NODE_TEXT, .file = t->name, .line = 1, .column = 1};
    const struct kind_model *k = decode_kind(d, t->root ? t->root : &at, name);
    if (!k || !t->root) {
        return;
    }
    const struct node *said = node_get(t->root, "kind");
    if (!said || said->type != NODE_TEXT) {
        finding_at(d->r.found, said ? said : t->root, _("the key \"%s\" is missing"), "kind");
    } else if (strcmp(said->text, name) != 0) {
        finding_at(d->r.found, said, _("the file's name says kind \"%s\""), name);
    }
    d->form[k - d->m->kinds] = t->root;
}

static void start_kinds(struct decode *d)
{
    d->m->kinds = arena_alloc(d->r.a, (size_t)n_all_kinds * sizeof *d->m->kinds);
    d->m->n_kinds = n_all_kinds;
    for (int i = 0; i < n_all_kinds; i++) {
        struct kind_model *k = &d->m->kinds[i];
        k->kind = all_kinds[i];
        k->one = k->many = (struct label){.sv = arena_strdup(d->r.a, k->kind->name)};
        k->timeline_at = -1;
        k->n_own = k->kind->n_fields;
    }
}

static const char *menu_letter(struct decode *d, const struct node *form)
{
    const struct node *n = node_get(form, "menu");
    const char *s = n ? read_text(&d->r, n, 1) : NULL;
    if (s && (s[0] < 'a' || s[0] > 'z')) {
        finding_at(d->r.found, n, _("\"menu\" takes one letter from a to z"));
        return NULL;
    }
    return s;
}

static void decode_head(struct decode *d, struct kind_model *k, const struct node *form)
{
    static const char *const keys[] = {"one", "many"};
    read_keys(&d->r, form, form_keys, N_OF(form_keys));
    const struct node *label = node_get(form, "label");
    if (!label) {
        finding_at(d->r.found, form, _("the key \"%s\" is missing"), "label");
    } else if (read_is_map(&d->r, label)) {
        read_keys(&d->r, label, keys, N_OF(keys));
        read_label(&d->r, label, "one", true, LABEL_MAX, &k->one);
        read_label(&d->r, label, "many", true, LABEL_MAX, &k->many);
    }
    read_label(&d->r, form, "hint", false, HELP_MAX, &k->hint);
    k->menu = menu_letter(d, form);
}

static void decode_timeline(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *n = node_get(form, "timeline");
    int i = n ? decode_field(d, k, n) : -1;
    if (i < 0) {
        return;
    }
    enum field_type t = k->fields[i].f.type;
    if (t != F_TIME && t != F_DATE && t != F_PDATE) {
        finding_at(d->r.found, n, _("\"%s\" is no date or time"), n->text);
        return;
    }
    k->timeline = true;
    k->timeline_at = i;
}

/* Fields' targets and code lists, once every kind has its fields. */
static void link_fields(struct decode *d, struct kind_model *k)
{
    for (int i = 0; i < k->n_fields; i++) {
        struct field_model *f = &k->fields[i];
        if (f->f.type == F_REF || f->f.type == F_REFS) {
            f->target = str_eq(f->f.of, "*") ? NULL : model_kind(d->m, f->f.of);
        } else if (f->f.type == F_CODE || f->f.type == F_CODES) {
            f->codes = str_eq(f->f.of, "state") ? NULL : model_list(d->m, f->f.of);
        }
    }
}

static void decode_form(struct decode *d, struct kind_model *k, const struct node *form)
{
    decode_head(d, k, form);
    decode_timeline(d, k, form);
    k->counts_expr = decode_expr(d, k, form, "counts", &k->counts);
    decode_pages(d, k, form);
    decode_list(d, k, form);
    decode_subrows(d, k, form);
    decode_clocks(d, k, form);
}

void decode_all(struct decode *d)
{
    ARENA scratch = {0};
    d->scratch = &scratch;
    d->form = arena_alloc(&scratch, (size_t)n_all_kinds * sizeof(*d->form));
    d->right = arena_alloc(&scratch, (size_t)n_all_kinds * sizeof(*d->right));
    start_kinds(d);
    for (int i = 0; i < d->trees->n; i++) {
        const struct tree *t = &d->trees->at[i];
        check_name(d, t);
        if (str_starts(t->name, "forms/")) {
            find_form(d, t);
        }
    }
    decode_site(d);
    decode_codes(d);
    for (int i = 0; i < d->m->n_kinds; i++) {
        decode_fields(d, &d->m->kinds[i], d->form[i]);
    }
    for (int i = 0; i < d->m->n_kinds; i++) {
        link_fields(d, &d->m->kinds[i]);
    }
    for (int i = 0; i < d->m->n_kinds;
         i++) { /* before any condition, which may name a state of any kind */
        decode_lifecycles(d, &d->m->kinds[i], d->form[i]);
    }
    for (int i = 0; i < d->m->n_kinds; i++) {
        if (d->form[i]) {
            decode_form(d, &d->m->kinds[i], d->form[i]);
        }
    }
    decode_rights(d);
    if (d->checking) {
        check_model(d);
    }
}
