/* What a site may change: it may ask for more, never for less. Guards, required fields, secrecy and
 * rights of the shipped files are the floor. */
#include "inside.h"

#include <string.h>

static bool is_list_with(const struct node *list, const char *word)
{
    for (const struct node *c = list && list->type == NODE_LIST ? list->first : NULL; c;
         c = c->next) {
        if (c->text && strcmp(c->text, word) == 0) {
            return true;
        }
    }
    return false;
}

/* All that was there must still be there. */
static bool keeps_all(struct overlay *o, const struct node *was, const struct node *now)
{
    bool good = true;
    for (const struct node *c = was->type == NODE_LIST ? was->first : NULL; c; c = c->next) {
        if (c->text && !is_list_with(now, c->text)) {
            finding_at(o->found, now,
                       _("\"%s\" is missing; a site may add to this list, not take away"), c->text);
            good = false;
        }
    }
    return good;
}

/* A role the shipped files do not know is the city's own business. "ROLE(AGENCY)" means ROLE. */
static bool is_own_role(const struct overlay *o, const char *word)
{
    size_t n = strcspn(word, "(");
    if (strchr(word, '*') || strchr(word, ':') || word[0] < 'A' || word[0] > 'Z') {
        return false;
    }
    for (size_t i = 0; i < o->n_shipped_roles; i++) {
        const char *shipped = o->shipped_roles[i];
        if (strlen(shipped) == n && memcmp(shipped, word, n) == 0) {
            return false;
        }
    }
    return true;
}

static bool adds_nobody(struct overlay *o, const struct node *was, const struct node *now)
{
    bool good = true;
    for (const struct node *c = now->type == NODE_LIST ? now->first : NULL; c; c = c->next) {
        if (c->text && !is_list_with(was, c->text) && !is_own_role(o, c->text)) {
            finding_at(o->found, c, _("a site may take rights away, not give more to \"%s\""),
                       c->text);
            good = false;
        }
    }
    return good;
}

static int level_rank(const struct node *n)
{
    static const char *const levels[] = {"none", "meta", "shared", "full"};
    for (size_t i = 0; n && n->text && i < N_OF(levels); i++) {
        if (strcmp(levels[i], n->text) == 0) {
            return (int)i;
        }
    }
    return 0; /* not said: nothing is seen; a wrong word is reported by the decoder */
}

static bool refuse(struct overlay *o, const struct node *now)
{
    finding_at(o->found, now, _("a site may make \"%s\" stricter, not looser"), now->key);
    return false;
}

static bool sees_nobody_new(struct overlay *o, const struct node *now)
{
    bool good = true;
    for (const struct node *c = now->first; c; c = c->next) {
        good = overlay_allows_new(o, now->key, c) && good;
    }
    return good;
}

static bool allows_right(struct overlay *o, const struct node *was, const struct node *now)
{
    const char *key = now->key;
    if (str_eq(key, "own") || str_eq(key, "other")) {
        return level_rank(now) <= level_rank(was) || refuse(o, now);
    }
    if (str_eq(key, "from")) { /* the least level of the parent that shows the row */
        return level_rank(now) >= level_rank(was) || refuse(o, now);
    }
    if (str_eq(key, "when") || str_eq(key, "follows")) {
        return (was && str_eq(was->text, now->text)) || (!was && str_eq(key, "when")) ||
               refuse(o, now);
    }
    if (str_eq(key, "create") || str_eq(key, "edit") || str_eq(key, "named")) {
        return adds_nobody(o, was, now);
    }
    if (str_eq(key, "see") && (!was || was->n == 0)) {
        return sees_nobody_new(o, now);
    }
    return true;
}

/* Both conditions make the field required: the site's can only add cases. */
static struct node *either(struct overlay *o, const struct node *was, const struct node *now)
{
    struct node *n = arena_alloc(o->a, sizeof *n);
    *n = *now;
    n->next = NULL;
    n->quoted = true;
    n->text =
        arena_printf(o->a, "(%s) or (%s)", was->text ? was->text : "", now->text ? now->text : "");
    return n;
}

static bool same_tree(const struct node *a, const struct node *b)
{
    if (a->type != b->type || a->n != b->n || !str_eq(a->text, b->text)) {
        return false;
    }
    for (const struct node *c = a->first; c; c = c->next) {
        if (a->type == NODE_MAP) {
            const struct node *other = node_get(b, c->key);
            if (!other || !same_tree(c, other)) {
                return false;
            }
        }
    }
    return true;
}

static bool was_true(const struct node *was)
{
    return was && str_eq(was->text, "true");
}

bool overlay_allows(struct overlay *o, const struct node *was, const struct node *now,
                    struct node **ret)
{
    const char *key = now->key;
    if (o->rights) {
        return allows_right(o, was, now);
    }
    if (!was) {
        return true; /* a new guard, requirement or condition is stricter */
    }
    if (str_eq(key, "guards") || str_eq(key, "requires")) {
        return keeps_all(o, was, now);
    }
    if (str_eq(key, "distinct_agencies") || str_eq(key, "reason")) {
        return !was_true(was) || was_true(now) || refuse(o, now);
    }
    if (str_eq(key, "who")) {
        return now->n >= was->n || refuse(o, now);
    }
    if (str_eq(key, "not_actor")) {
        return same_tree(was, now) || refuse(o, now);
    }
    if (str_eq(key, "local") && !same_tree(was, now)) {
        finding_at(o->found, now,
                   _("a local field keeps its type and secrecy; make a new field instead"));
        return false;
    }
    if (str_eq(key, "require_if")) {
        *ret = either(o, was, now);
    }
    return true;
}

bool overlay_allows_new(struct overlay *o, const char *list, const struct node *element)
{
    if (!o->rights || !str_eq(list, "see")) {
        return true;
    }
    const struct node *role = node_get(element, "role");
    if (role && role->text && !is_own_role(o, role->text)) {
        finding_at(o->found, element, _("a site may take rights away, not give more to \"%s\""),
                   role->text);
        return false;
    }
    return true;
}

bool overlay_allows_removal(struct overlay *o, const char *list, const struct node *element)
{
    if (str_eq(list, "fields") && node_get(element, "local")) {
        finding_at(o->found, element,
                   _("a local field may hold data and stays; take it off the pages instead"));
        return false;
    }
    return true;
}
