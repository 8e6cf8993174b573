/* Lifecycles: states, transitions, who acts. */
#include "inside.h"

#include "treben/core/chain.h"
#include <string.h>

static const char *const transition_keys[] = {
    "from",   "to",        "label",  "who",  "distinct_agencies",
    "guards", "not_actor", "reason", "asks", "sets"};

static bool is_code(const char *s)
{
    return *s && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(s);
}

static void decode_state(struct decode *d, const struct kind_model *k, struct lifecycle_model *l,
                         const struct node *n)
{
    static const char *const keys[] = {"code", "label", "final", "counts", "requires"};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    struct state_model s = {.code = read_need_text(&d->r, n, "code", WORD_LEN_MAX)};
    read_label(&d->r, n, "label", true, LABEL_MAX, &s.label);
    s.final = read_bool(&d->r, n, "final", false);
    s.uncounted = !read_bool(&d->r, n, "counts", true);
    s.requires = decode_field_list(d, k, read_list(&d->r, n, "requires"), &s.n_requires);
    if (!s.code) {
        return;
    }
    if (!is_code(s.code)) {
        finding_at(d->r.found, node_get(n, "code"),
                   _("a code is written with A-Z, 0-9 and _ only"));
    }
    for (int i = 0; i <= k->n_lifecycles; i++) { /* codes are disjoint within a kind */
        const struct lifecycle_model *other = i < k->n_lifecycles ? &k->lifecycles[i] : l;
        for (int j = 0; j < other->n_states; j++) {
            if (strcmp(other->states[j].code, s.code) == 0) {
                finding_at(d->r.found, node_get(n, "code"),
                           _("the kind has the state \"%s\" already"), s.code);
                return;
            }
        }
    }
    l->states[l->n_states++] = s;
}

static const struct state_model *find_state(struct decode *d, const struct lifecycle_model *l,
                                            const struct node *n)
{
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)l->n_states * sizeof *names);
    for (int i = 0; i < l->n_states; i++) {
        names[i] = l->states[i].code;
        if (str_eq(names[i], n->text)) {
            return &l->states[i];
        }
    }
    finding_unknown(d->r.found, n, _("unknown state"), n->text ? n->text : "", names,
                    (size_t)l->n_states);
    return NULL;
}

static void decode_group(struct decode *d, const struct kind_model *k, const struct node *n,
                         struct actor_group *g)
{
    if (n->type != NODE_LIST || n->n == 0) {
        finding_at(d->r.found, n, _("\"who\" is a list of groups: [[ROLE, ROLE], [ROLE]]"));
        return;
    }
    g->any = arena_alloc(d->r.a, (size_t)n->n * sizeof *g->any);
    for (const struct node *c = n->first; c; c = c->next) {
        if (decode_actor(d, k, c, &g->any[g->n])) {
            g->n++;
        }
    }
}

static void decode_who(struct decode *d, const struct kind_model *k, const struct node *n,
                       struct transition_model *t)
{
    const struct node *list = read_list(&d->r, n, "who");
    if (!list || list->n == 0) {
        finding_at(d->r.found, list ? list : n, _("\"who\" says who may do this; it is missing"));
        return;
    }
    t->who = arena_alloc(d->r.a, (size_t)list->n * sizeof *t->who);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_group(d, k, c, &t->who[t->n_who++]);
    }
}

void decode_unknown_guard(struct decode *d, const struct kind *k, const struct node *n)
{
    ARENA scratch = {0};
    size_t count = 0;
    const char **names =
        arena_alloc(&scratch, (size_t)(k->n_guards + n_chain_guards) * sizeof *names);
    for (int i = 0; i < k->n_guards; i++) {
        names[count++] = k->guards[i].name;
    }
    for (int i = 0; i < n_chain_guards; i++) {
        names[count++] = chain_guards[i].name;
    }
    finding_unknown(d->r.found, n, _("unknown guard"), n->text, names, count);
}

static void decode_guards(struct decode *d, const struct kind_model *k, const struct node *n,
                          struct transition_model *t)
{
    const struct node *list = read_list(&d->r, n, "guards");
    t->guards = decode_words(d, list, &t->n_guards);
    for (const struct node *c = list && d->checking ? list->first : NULL; c; c = c->next) {
        if (c->text && !guard_find(k->kind, c->text)) {
            decode_unknown_guard(d, k->kind, c);
        }
    }
}

static void decode_sets(struct decode *d, const struct kind_model *k, const struct node *n,
                        struct transition_model *t)
{
    const struct node *map = read_map(&d->r, n, "sets");
    if (!map) {
        return;
    }
    t->sets = arena_alloc(d->r.a, (size_t)map->n * sizeof *t->sets);
    for (const struct node *c = map->first; c; c = c->next) {
        struct node name = *c;
        name.type = NODE_TEXT;
        name.text = c->key;
        name.line = c->key_line;
        name.column = c->key_column;
        int field = decode_field(d, k, &name);
        if (field < 0) {
            continue;
        }
        bool is_bool = k->fields[field].f.type == F_BOOL;
        const char *value = is_bool ? decode_bool(d, map, c->key)
                                    : read_text(&d->r, c, LABEL_MAX);
        if (value && d->checking && !is_bool) {
            check_literal(d, k, field, c, value);
        }
        if (value) {
            t->sets[t->n_sets++] = (struct preset_value){.field = field, .value = value};
        }
    }
}

static void decode_not_actor(struct decode *d, const struct kind_model *k, const struct node *n,
                             struct transition_model *t)
{
    const struct node *at = node_get(n, "not_actor");
    int field = at ? decode_field(d, k, at) : -1;
    if (field < 0) {
        return;
    }
    const struct field *f = &k->fields[field].f;
    if ((f->type != F_REF && f->type != F_REFS) || !str_eq(f->of, "user")) {
        finding_at(d->r.found, at, _("\"%s\" does not name users"), f->name);
        return;
    }
    t->not_actor = f->name;
}

static void decode_ends(struct decode *d, const struct lifecycle_model *l, const struct node *n,
                        struct transition_model *t)
{
    const struct node *from = read_list(&d->r, n, "from");
    const struct node *to = node_get(n, "to");
    if (!from || from->n == 0) {
        finding_at(d->r.found, from ? from : n, _("the key \"%s\" is missing"), "from");
    }
    t->from = arena_alloc(d->r.a, (size_t)(from ? from->n : 0) * sizeof *t->from);
    for (const struct node *c = from ? from->first : NULL; c; c = c->next) {
        const struct state_model *s = find_state(d, l, c);
        if (s) {
            t->from[t->n_from++] = s->code;
        }
    }
    if (!to) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "to");
        return;
    }
    const struct state_model *s = find_state(d, l, to);
    t->to = s ? s->code : NULL;
}

static void decode_transition(struct decode *d, const struct kind_model *k,
                              struct lifecycle_model *l, const struct node *n)
{
    if (!read_is_map(&d->r, n)) {
        return;
    }
    struct transition_model t = {.to = NULL};
    read_keys(&d->r, n, transition_keys, N_OF(transition_keys));
    decode_ends(d, l, n, &t);
    read_label(&d->r, n, "label", true, LABEL_MAX, &t.label);
    decode_who(d, k, n, &t);
    t.distinct_agencies = read_bool(&d->r, n, "distinct_agencies", false);
    t.needs_reason = read_bool(&d->r, n, "reason", false);
    decode_guards(d, k, n, &t);
    decode_not_actor(d, k, n, &t);
    t.asks = decode_field_list(d, k, read_list(&d->r, n, "asks"), &t.n_asks);
    decode_sets(d, k, n, &t);
    if (t.to) {
        l->transitions[l->n_transitions++] = t;
    }
}

static bool lifecycle_field(struct decode *d, const struct kind_model *k, const struct node *n,
                            int *ret)
{
    const struct node *at = node_get(n, "field");
    if (!at) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "field");
        return false;
    }
    *ret = decode_field(d, k, at);
    if (*ret < 0) {
        return false;
    }
    const struct field *f = &k->fields[*ret].f;
    if (f->type != F_CODE || !str_eq(f->of, "state")) {
        finding_at(d->r.found, at, _("\"%s\" is no field that holds a state"), f->name);
        return false;
    }
    return true;
}

static void decode_lifecycle(struct decode *d, struct kind_model *k, const struct node *n)
{
    static const char *const keys[] = {"field", "initial", "states", "transitions"};
    struct lifecycle_model l = {.field = -1};
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, keys, N_OF(keys));
    if (!lifecycle_field(d, k, n, &l.field)) {
        return;
    }
    const struct node *states = read_list(&d->r, n, "states");
    const struct node *moves = read_list(&d->r, n, "transitions");
    const struct node *initial = node_get(n, "initial");
    l.states = arena_alloc(d->r.a, (size_t)(states ? states->n : 0) * sizeof *l.states);
    for (const struct node *c = states ? states->first : NULL; c; c = c->next) {
        decode_state(d, k, &l, c);
    }
    l.transitions = arena_alloc(d->r.a, (size_t)(moves ? moves->n : 0) * sizeof *l.transitions);
    for (const struct node *c = moves ? moves->first : NULL; c; c = c->next) {
        decode_transition(d, k, &l, c);
    }
    if (!initial) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "initial");
        return;
    }
    const struct state_model *first = find_state(d, &l, initial);
    if (!first) {
        return;
    }
    l.initial = first->code;
    k->lifecycles[k->n_lifecycles++] = l;
    if (d->checking) {
        check_lifecycle(d, k, &l, n);
    }
}

void decode_lifecycles(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *list = form ? read_list(&d->r, form, "lifecycles") : NULL;
    if (!list) {
        return;
    }
    k->lifecycles = arena_alloc(d->r.a, (size_t)list->n * sizeof *k->lifecycles);
    for (const struct node *c = list->first; c; c = c->next) {
        decode_lifecycle(d, k, c);
    }
}
