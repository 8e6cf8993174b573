/* config/rights.yaml: who sees, makes and changes what. */
#include "inside.h"

#include <string.h>

static const char *const right_keys[] = {"see", "follows", "too", "from", "named", "create", "edit"};
static const char *const see_keys[] = {"role", "agency", "own", "other", "when"};

static enum level decode_level(struct decode *d, const struct node *map, const char *key,
                               enum level otherwise)
{
    static const char *const levels[] = {"none", "meta", "shared", "full"};
    const struct node *n = node_get(map, key);
    const char *text = n ? read_text(&d->r, n, WORD_LEN_MAX) : NULL;
    for (size_t i = 0; text && i < N_OF(levels); i++) {
        if (strcmp(levels[i], text) == 0) {
            return (enum level)i;
        }
    }
    if (text) {
        finding_unknown(d->r.found, n, _("unknown level"), text, levels, N_OF(levels));
    }
    return otherwise;
}

/* "heard" asks the field heard_by: the agencies that heard it. */
static const char *decode_when(struct decode *d, const struct kind_model *k, const struct node *map)
{
    static const char *const words[] = {"mine", "owner", "open", "heard"};
    const struct node *n = node_get(map, "when");
    const char *text = n ? read_text(&d->r, n, WORD_LEN_MAX) : NULL;
    for (size_t i = 0; text && i < N_OF(words); i++) {
        if (strcmp(words[i], text) == 0 &&
            (strcmp(text, "heard") != 0 || model_field(k, "heard_by") >= 0)) {
            return text;
        }
    }
    if (text) {
        finding_unknown(d->r.found, n, _("unknown condition"), text, words, N_OF(words));
    }
    return NULL;
}

/* An entry that cannot be understood gives nothing to anybody. */
static void decode_see(struct decode *d, struct kind_model *k, const struct node *n)
{
    struct kind_rights *rights = &k->rights;
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, see_keys, N_OF(see_keys));
    struct right r = {.role = read_need_text(&d->r, n, "role", WORD_LEN_MAX)};
    if (!r.role || (strcmp(r.role, "*") != 0 && !decode_role(d, node_get(n, "role"), r.role))) {
        return;
    }
    r.agency = read_key_text(&d->r, n, "agency", WORD_LEN_MAX);
    if (r.agency && !decode_agency(d, node_get(n, "agency"), r.agency)) {
        return;
    }
    r.own = decode_level(d, n, "own", LEVEL_NONE);
    r.other = decode_level(d, n, "other", LEVEL_NONE);
    if (!node_get(n, "own") && !node_get(n, "other")) {
        finding_at(d->r.found, n, _("\"own\" or \"other\" is missing: how much this role sees"));
    }
    bool limited = node_get(n, "when") != NULL;
    r.when = decode_when(d, k, n);
    if (!limited || r.when) {
        rights->see[rights->n_see++] = r;
    }
}

static void decode_follows(struct decode *d, struct kind_model *k, const struct node *n)
{
    const struct node *at = node_get(n, "follows");
    if (!at) {
        if (node_get(n, "from")) {
            finding_at(d->r.found, node_get(n, "from"), _("\"from\" belongs to \"follows\""));
        }
        return;
    }
    int field = decode_field(d, k, at);
    if (field < 0) {
        return;
    }
    const struct field *f = &k->fields[field].f;
    if (f->type != F_REF && f->type != F_REFS) {
        finding_at(d->r.found, at,
                   _("\"%s\" is no reference; a record follows the one it refers to"), f->name);
        return;
    }
    k->rights.follows = f->name;
    const struct node *too = node_get(n, "too");
    int second = too ? decode_field(d, k, too) : -1;
    k->rights.follows_too = second >= 0 ? k->fields[second].f.name : NULL;
    k->rights.follows_from = decode_level(d, n, "from", LEVEL_META);
}

static void decode_named(struct decode *d, struct kind_model *k, const struct node *n)
{
    const struct node *list = read_list(&d->r, n, "named");
    if (!list) {
        return;
    }
    k->rights.named = arena_alloc(d->r.a, (size_t)list->n * sizeof *k->rights.named);
    for (const struct node *c = list->first; c; c = c->next) {
        int field = decode_field(d, k, c);
        if (field < 0) {
            continue;
        }
        const struct field *f = &k->fields[field].f;
        if ((f->type != F_REF && f->type != F_REFS) || !str_eq(f->of, "user")) {
            finding_at(d->r.found, c, _("\"%s\" does not name users"), f->name);
            continue;
        }
        k->rights.named[k->rights.n_named++] = f->name;
    }
}

static void decode_kind_rights(struct decode *d, struct kind_model *k, const struct node *n)
{
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, right_keys, N_OF(right_keys));
    const struct node *see = read_list(&d->r, n, "see");
    k->rights.see = arena_alloc(d->r.a, (size_t)(see ? see->n : 0) * sizeof *k->rights.see);
    for (const struct node *c = see ? see->first : NULL; c; c = c->next) {
        decode_see(d, k, c);
    }
    decode_follows(d, k, n);
    decode_named(d, k, n);
    k->rights.create = decode_actors(d, k, n, "create", &k->rights.n_create);
    k->rights.edit = decode_actors(d, k, n, "edit", &k->rights.n_edit);
}

void decode_rights(struct decode *d)
{
    static const char *const keys[] = {"rights"};
    const struct node *root = trees_find(d->trees, "config/rights.yaml");
    if (!root) {
        return; /* check_model says that it is missing */
    }
    read_keys(&d->r, root, keys, N_OF(keys));
    const struct node *map = read_map(&d->r, root, "rights");
    for (const struct node *c = map ? map->first : NULL; c; c = c->next) {
        struct node at = *c;
        at.line = c->key_line;
        at.column = c->key_column;
        const struct kind_model *k = decode_kind(d, &at, c->key);
        if (k) {
            d->right[k - d->m->kinds] = c;
            decode_kind_rights(d, &d->m->kinds[k - d->m->kinds], c);
        }
    }
}
