/* The site's file on top of the shipped one: maps merge by key, lists of named things by name. */
#include "inside.h"

#include <string.h>

enum { NAMES_MAX = 1000 };

/* What the elements of a list are called by. "from" of a transition may be left out when "to" is
 * enough. */
static const struct list_name {
    const char *list, *key, *second;
    bool second_optional;
} list_names[] = {
    {"fields", "field", NULL, false},     {"columns", "field", NULL, false},
    {"filters", "name", NULL, false},     {"subrows", "kind", "field", true},
    {"lifecycles", "field", NULL, false}, {"states", "code", NULL, false},
    {"transitions", "to", "from", true},  {"clocks", "name", NULL, false},
    {"plan", "name", NULL, false},
    {"pages", "label", NULL, false},      {"lists", "name", NULL, false},
    {"codes", "code", NULL, false},       {"roles", "code", NULL, false},
    {"agencies", "code", NULL, false},    {"see", "role", "agency", false},
    {"types", "type", NULL, false},       {"places", "place", NULL, false},
};

static const struct list_name *naming_of(const struct node *list)
{
    for (size_t i = 0; list->key && i < N_OF(list_names); i++) {
        if (strcmp(list_names[i].list, list->key) == 0) {
            return &list_names[i];
        }
    }
    return NULL;
}

static struct node *child(const struct node *map, const char *key)
{
    for (struct node *c = map->type == NODE_MAP ? map->first : NULL; c; c = c->next) {
        if (strcmp(c->key, key) == 0) {
            return c;
        }
    }
    return NULL;
}

/* The text a part of the name consists of: a word, the Swedish of a label, the words of a list. */
static void add_name(struct str *s, const struct node *n)
{
    if (!n) {
        return;
    }
    if (n->type == NODE_TEXT) {
        str_add(s, n->text);
    } else if (n->type == NODE_MAP) {
        add_name(s, node_get(n, "sv"));
    } else {
        for (const struct node *c = n->first; c; c = c->next) {
            str_printf(s, "%s%s", c == n->first ? "" : ",", c->text ? c->text : "");
        }
    }
}

static bool same_part(const struct node *a, const struct node *b)
{
    STR x = {0};
    STR y = {0};
    add_name(&x, a);
    add_name(&y, b);
    return strcmp(str_text(&x), str_text(&y)) == 0;
}

static bool is_called(const struct list_name *by, const struct node *base, const struct node *site)
{
    if (!same_part(node_get(base, by->key), node_get(site, by->key))) {
        return false;
    }
    if (!by->second) {
        return true;
    }
    const struct node *second = node_get(site, by->second);
    return (!second && by->second_optional) || same_part(node_get(base, by->second), second);
}

/* The shipped element the site speaks of; NULL: a new one. */
static struct node *find_called(struct overlay *o, const struct list_name *by,
                                const struct node *list, const struct node *site)
{
    struct node *hit = NULL;
    for (struct node *c = list->first; c; c = c->next) {
        if (c->type != NODE_MAP || !is_called(by, c, site)) {
            continue;
        }
        if (hit) {
            finding_at(o->found, site, _("this fits several entries; say which with \"%s\""),
                       by->second);
            return hit;
        }
        hit = c;
    }
    return hit;
}

static void take_key_out(struct node *map, const char *key)
{
    struct node *last = NULL;
    for (struct node *c = map->first; c; last = c, c = c->next) {
        if (strcmp(c->key, key) != 0) {
            continue;
        }
        if (last) {
            last->next = c->next;
        } else {
            map->first = c->next;
        }
        map->n--;
        return;
    }
}

static void take_out(struct node *list, struct node *element)
{
    struct node **at = &list->first;
    while (*at && *at != element) {
        at = &(*at)->next;
    }
    if (*at) {
        *at = element->next;
        element->next = NULL;
        list->n--;
    }
}

static void put_after(struct node *list, struct node *before, struct node *element)
{
    struct node **at = before ? &before->next : &list->first;
    while (!before && *at) {
        at = &(*at)->next; /* no place said: at the end */
    }
    element->next = *at;
    *at = element;
    list->n++;
}

static struct node *copy(struct overlay *o, const struct node *n)
{
    struct node *c = arena_alloc(o->a, sizeof *c);
    *c = *n;
    c->next = NULL;
    return c;
}

/* The element named by `after`; NULL reported. */
static struct node *find_after(struct overlay *o, const struct list_name *by, struct node *list,
                               const struct node *after)
{
    const char *names[NAMES_MAX];
    size_t n = 0;
    for (struct node *c = list->first; c && n < NAMES_MAX; c = c->next) {
        STR name = {0};
        add_name(&name, node_get(c, by->key));
        if (after->text && strcmp(str_text(&name), after->text) == 0) {
            return c;
        }
        names[n++] = arena_strdup(o->a, str_text(&name));
    }
    finding_unknown(o->found, after, _("unknown name"), after->text ? after->text : "", names, n);
    return NULL;
}

static void merge_map(struct overlay *o, struct node *base, const struct node *site);

/* One entry of the site's list: takes away, changes or adds. */
static void merge_element(struct overlay *o, const struct list_name *by, struct node *list,
                          const struct node *site)
{
    struct node *was = find_called(o, by, list, site);
    struct node_reader r = {.a = o->a, .found = o->found};
    if (read_bool(&r, site, "remove", false)) {
        if (!was) {
            finding_at(o->found, site, _("there is nothing of this name to remove"));
        } else if (overlay_allows_removal(o, list->key, was)) {
            take_out(list, was);
        }
        return;
    }
    const struct node *after = node_get(site, "after");
    struct node *behind = after ? find_after(o, by, list, after) : NULL;
    struct node *new = copy(o, site);
    take_key_out(new, "after");
    take_key_out(new, "remove");
    if (was) {
        merge_map(o, was, new);
        if (behind && behind != was) {
            take_out(list, was);
            put_after(list, behind, was);
        }
    } else if (overlay_allows_new(o, list->key, new)) {
        put_after(list, behind, new);
    }
}

static void merge_list(struct overlay *o, const struct list_name *by, struct node *base,
                       const struct node *site)
{
    for (const struct node *c = site->first; c; c = c->next) {
        if (c->type == NODE_MAP) {
            merge_element(o, by, base, c);
        } else {
            finding_at(o->found, c, _("keys with values are expected here, as in {key: value}"));
        }
    }
}

/* Lists of plain words (fields of a page, columns' names …) are taken from the site as they stand.
 */
static bool is_named_list(const struct node *n)
{
    return n->type == NODE_LIST && n->first && n->first->type == NODE_MAP && naming_of(n);
}

/* {hours: 24} becomes {days: 2} and not both. */
static bool is_one_thing(const struct node *parent)
{
    return str_eq(parent->key, "deadlines");
}

static void replace(struct node *base, const struct node *with)
{
    struct node *next = base->next;
    *base = *with;
    base->next = next;
}

static void merge_map(struct overlay *o, struct node *base, const struct node *site)
{
    for (const struct node *c = site->first; c; c = c->next) {
        struct node *was = child(base, c->key);
        struct node *now = copy(o, c);
        if (!overlay_allows(o, was, c, &now)) {
            continue;
        }
        if (!was) {
            put_after(base, NULL, now);
        } else if (was->type == NODE_MAP && now->type == NODE_MAP && !is_one_thing(base)) {
            merge_map(o, was, now);
        } else if (is_named_list(was) && now->type == NODE_LIST) {
            merge_list(o, naming_of(was), was, now);
        } else {
            replace(was, now);
        }
    }
}

/* take_key_out works on a copy whose children are shared with the site's tree: it only moves
 * `first` and links of that tree, which nobody reads again. */
void overlay_tree(struct overlay *o, struct node *base, const struct node *site)
{
    merge_map(o, base, site);
}
