/* The city: its numbers, agencies, roles, deadlines and keys. */
#include "inside.h"

#include <string.h>

/* The root of a file of config/; NULL: not there (reported) or broken (reported before). */
static const struct node *config_root(struct decode *d, const char *name, bool need)
{
    for (int i = 0; i < d->trees->n; i++) {
        if (strcmp(d->trees->at[i].name, name) == 0) {
            return d->trees->at[i].root;
        }
    }
    if (need) {
        finding_in(d->r.found, name, 0, 0, _("the file is missing"));
    }
    return NULL;
}

static void decode_numbers(struct decode *d)
{
    static const char *const keys[] = {"city", "min_criteria", "import_clock_days",
                                       "review_overdue_days", "exit_contact_days"};
    struct model *m = d->m;
    m->min_criteria = 2;
    m->import_clock_days = 14;
    m->review_overdue_days = 30;
    m->exit_contact_days = 90;
    const struct node *root = config_root(d, "config/site.yaml", true);
    if (!root) {
        return;
    }
    read_keys(&d->r, root, keys, N_OF(keys));
    const char *city = read_need_text(&d->r, root, "city", LABEL_MAX);
    m->city = city ? city : arena_strdup(d->r.a, "");
    m->min_criteria = read_int(&d->r, root, "min_criteria", 1, 10, m->min_criteria);
    m->import_clock_days =
        read_int(&d->r, root, "import_clock_days", 0, 3650, m->import_clock_days);
    m->review_overdue_days =
        read_int(&d->r, root, "review_overdue_days", 0, 3650, m->review_overdue_days);
    m->exit_contact_days =
        read_int(&d->r, root, "exit_contact_days", 1, 365, m->exit_contact_days);
}

/* The list of a file that holds one list only. */
static const struct node *only_list(struct decode *d, const char *name, const char *key)
{
    const struct node *root = config_root(d, name, true);
    if (!root) {
        return NULL;
    }
    read_keys(&d->r, root, &key, 1);
    if (!node_get(root, key)) {
        finding_at(d->r.found, root, _("the key \"%s\" is missing"), key);
    }
    return read_list(&d->r, root, key);
}

static void decode_agency_entry(struct decode *d, const struct node *n)
{
    static const char *const keys[] = {"code", "name", "kind", "regime", "party"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    struct agency_model a = {.code =
                                 read_need_text(&d->r, n, "code", 7), /* subject.agency holds 7 */
                             .name_sv = read_need_text(&d->r, n, "name", LABEL_MAX),
                             .kind = read_need_text(&d->r, n, "kind", WORD_LEN_MAX),
                             .legal_regime = read_need_text(&d->r, n, "regime", WORD_LEN_MAX),
                             .partner = read_need_text(&d->r, n, "party", WORD_LEN_MAX)};
    if (!a.code || !a.name_sv || !a.kind || !a.legal_regime || !a.partner) {
        return;
    }
    if (model_agency(d->m, a.code)) {
        finding_at(d->r.found, node_get(n, "code"), _("\"%s\" stands in this list twice"), a.code);
        return;
    }
    d->m->agencies[d->m->n_agencies++] = a;
}

static void decode_agencies(struct decode *d)
{
    const struct node *list = only_list(d, "config/agencies.yaml", "agencies");
    if (!list) {
        return;
    }
    d->m->agencies = arena_alloc(d->r.a, (size_t)list->n * sizeof *d->m->agencies);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_agency_entry(d, c);
    }
}

static const char *role_agencies(struct decode *d, const struct node *n)
{
    const struct node *list = read_list(&d->r, n, "agencies");
    STR all = {0};
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        const char *agency = read_text(&d->r, c, WORD_LEN_MAX);
        if (agency && decode_agency(d, c, agency)) {
            str_printf(&all, "%s%s", all.len ? "," : "", agency);
        }
    }
    return all.len ? arena_strdup(d->r.a, all.p) : NULL;
}

static void decode_role_entry(struct decode *d, const struct node *n)
{
    static const char *const keys[] = {"code", "label", "agencies"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    struct role_model r = {.code =
                               read_need_text(&d->r, n, "code", 23)}; /* subject.roles holds 23 */
    read_label(&d->r, n, "label", true, LABEL_MAX, &r.label);
    r.agencies = role_agencies(d, n);
    for (int i = 0; r.code && i < d->m->n_roles; i++) {
        if (strcmp(d->m->roles[i].code, r.code) == 0) {
            finding_at(d->r.found, node_get(n, "code"), _("\"%s\" stands in this list twice"),
                       r.code);
            return;
        }
    }
    if (!r.code) {
        return;
    }
    if (strspn(r.code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != strlen(r.code)) {
        finding_at(d->r.found, node_get(n, "code"),
                   _("a code is written with A-Z, 0-9 and _ only"));
    }
    d->m->roles[d->m->n_roles++] = r;
}

static void decode_roles(struct decode *d)
{
    const struct node *list = only_list(d, "config/roles.yaml", "roles");
    if (!list) {
        return;
    }
    d->m->roles = arena_alloc(d->r.a, (size_t)list->n * sizeof *d->m->roles);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_role_entry(d, c);
    }
}

static void decode_deadline(struct decode *d, const struct node *n)
{
    static const char *const keys[] = {"days", "hours", "workdays"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    if (n->n != 1) {
        finding_at(d->r.found, n,
                   _("a deadline is one of days, hours or workdays, as in {days: 7}"));
    }
    d->deadlines[d->n_deadlines++] = (struct deadline){
        .name = n->key,
        .days = read_int(&d->r, n, "days", -3650, 3650, 0),
        .hours = read_int(&d->r, n, "hours", -87600, 87600, 0),
        .workdays = read_int(&d->r, n, "workdays", 0, 2500, 0),
        .at = n,
    };
}

static void decode_deadlines(struct decode *d)
{
    static const char *const keys[] = {"deadlines"};
    const struct node *root = config_root(d, "config/deadlines.yaml", true);
    if (!root) {
        return;
    }
    read_keys(&d->r, root, keys, N_OF(keys));
    const struct node *map = read_map(&d->r, root, "deadlines");
    if (!map) {
        return;
    }
    d->deadlines = arena_alloc(d->scratch, (size_t)map->n * sizeof *d->deadlines);
    for (const struct node *c = map->first; c; c = c->next) {
        decode_deadline(d, c);
    }
}

static void decode_keys(struct decode *d)
{
    static const char *const keys[] = {"keys"};
    const struct node *root = config_root(d, "config/keys.yaml", false);
    if (!root) {
        return;
    }
    read_keys(&d->r, root, keys, N_OF(keys));
    const struct node *map = read_map(&d->r, root, "keys");
    if (!map) {
        return;
    }
    d->m->keys = arena_alloc(d->r.a, (size_t)map->n * sizeof *d->m->keys);
    for (const struct node *c = map->first; c; c = c->next) {
        const char *key = read_text(&d->r, c, WORD_LEN_MAX);
        if (key) {
            d->m->keys[d->m->n_keys++] =
                (struct key_model){.action = arena_strdup(d->r.a, c->key), .key = key};
        }
    }
}

void decode_site(struct decode *d)
{
    decode_numbers(d);
    decode_agencies(d);
    decode_roles(d);
    decode_deadlines(d);
    decode_keys(d);
}
