/* Code lists: config/codes*.yaml, areas.yaml, and the agencies as a list of their own. */
#include "inside.h"

#include "treben/base/date.h"
#include <string.h>

static bool is_code(const char *s)
{
    return *s && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(s);
}

static const char *decode_day(struct decode *d, const struct node *n, const char *key)
{
    const char *text = read_key_text(&d->r, n, key, DATE_TEXT);
    struct date day;
    if (text && !date_from_text(text, &day)) {
        finding_at(d->r.found, node_get(n, key), _("a date is written 2026-01-31"));
        return NULL;
    }
    return text;
}

static void decode_code(struct decode *d, struct code_list *l, const struct node *n)
{
    static const char *const keys[] = {"code", "label", "from", "to", "group"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    struct code c = {.code = read_need_text(&d->r, n, "code", WORD_LEN_MAX)};
    read_label(&d->r, n, "label", true, LABEL_MAX, &c.label);
    c.from = decode_day(d, n, "from");
    c.to = decode_day(d, n, "to");
    c.group = read_key_text(&d->r, n, "group", WORD_LEN_MAX);
    if (c.from && c.to && strcmp(c.from, c.to) > 0) {
        finding_at(d->r.found, node_get(n, "to"), _("\"to\" is before \"from\""));
    }
    if (!c.code) {
        return;
    }
    if (d->checking && !is_code(c.code)) {
        finding_at(d->r.found, node_get(n, "code"),
                   _("a code is written with A-Z, 0-9 and _ only"));
    }
    if (d->checking && model_code(l, c.code)) {
        finding_at(d->r.found, node_get(n, "code"), _("\"%s\" stands in this list twice"), c.code);
        return;
    }
    l->codes[l->n_codes++] = c;
}

static void decode_code_list(struct decode *d, const struct node *n)
{
    static const char *const keys[] = {"name", "ref", "label", "codes"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    struct code_list l = {.name = read_need_text(&d->r, n, "name", WORD_LEN_MAX)};
    l.ref = read_key_text(&d->r, n, "ref", WORD_LEN_MAX);
    read_label(&d->r, n, "label", true, LABEL_MAX, &l.label);
    const struct node *codes = read_list(&d->r, n, "codes");
    if (!codes || codes->n == 0) {
        finding_at(d->r.found, codes ? codes : n, _("the list has no codes"));
    }
    l.codes = arena_alloc(d->r.a, (size_t)(codes ? codes->n : 0) * sizeof *l.codes);
    for (const struct node *c = codes ? codes->first : NULL; c; c = c->next) {
        decode_code(d, &l, c);
    }
    if (l.name && (model_list(d->m, l.name) || strcmp(l.name, "state") == 0)) {
        finding_at(d->r.found, node_get(n, "name"), _("there is a list \"%s\" already"), l.name);
    } else if (l.name) {
        d->m->lists[d->m->n_lists++] = l;
    }
}

static bool holds_lists(const char *name)
{
    return str_starts(name, "config/codes") || strcmp(name, "config/areas.yaml") == 0;
}

/* Fields that hold an agency's code take their words from agencies.yaml. */
static void agencies_as_list(struct decode *d)
{
    struct model *m = d->m;
    struct code_list l = {.name = arena_strdup(d->r.a, "agency")};
    l.label.sv = arena_strdup(d->r.a, "Myndighet");
    l.label.en = arena_strdup(d->r.a, "Agency");
    l.codes = arena_alloc(d->r.a, (size_t)m->n_agencies * sizeof *l.codes);
    for (int i = 0; i < m->n_agencies; i++) {
        const struct agency_model *a = &m->agencies[i];
        l.codes[l.n_codes++] =
            (struct code){.code = a->code, .label = {.sv = a->name_sv}, .group = a->partner};
    }
    m->lists[m->n_lists++] = l;
}

void decode_codes(struct decode *d)
{
    static const char *const keys[] = {"lists"};
    int room = 1;
    for (int i = 0; i < d->trees->n; i++) {
        const struct tree *t = &d->trees->at[i];
        const struct node *list =
            t->root && holds_lists(t->name) ? node_get(t->root, "lists") : NULL;
        room += list ? list->n : 0;
    }
    d->m->lists = arena_alloc(d->r.a, (size_t)room * sizeof *d->m->lists);
    agencies_as_list(d);
    for (int i = 0; i < d->trees->n; i++) {
        const struct tree *t = &d->trees->at[i];
        if (!t->root || !holds_lists(t->name)) {
            continue;
        }
        read_keys(&d->r, t->root, keys, N_OF(keys));
        const struct node *list = read_list(&d->r, t->root, "lists");
        for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
            decode_code_list(d, c);
        }
    }
}
