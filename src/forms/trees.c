/* All files as trees, the site's on top of the shipped ones. */
#include "inside.h"

#include <string.h>

const struct node *trees_find(const struct trees *t, const char *name)
{
    for (int i = 0; i < t->n; i++) {
        if (strcmp(t->at[i].name, name) == 0) {
            return t->at[i].root;
        }
    }
    return NULL;
}

static struct tree *find(const struct trees *t, const char *name)
{
    for (int i = 0; i < t->n; i++) {
        if (strcmp(t->at[i].name, name) == 0) {
            return &t->at[i];
        }
    }
    return NULL;
}

static const char **shipped_roles(const struct trees *t, struct arena *a, size_t *ret_n)
{
    const struct node *list = node_get(trees_find(t, "config/roles.yaml"), "roles");
    if (!list || list->type != NODE_LIST) {
        *ret_n = 0;
        return NULL;
    }
    const char **codes = arena_alloc(a, (size_t)list->n * sizeof *codes);
    size_t n = 0;
    for (const struct node *c = list->first; c; c = c->next) {
        const struct node *code = node_get(c, "code");
        if (code && code->text) {
            codes[n++] = code->text;
        }
    }
    *ret_n = n;
    return codes;
}

static bool read_shipped(const struct sources *s, struct arena *a, struct trees *t,
                         struct findings *found)
{
    bool good = true;
    for (int i = 0; i < s->n; i++) {
        if (!s->at[i].site) {
            struct tree *tree = &t->at[t->n++];
            tree->name = s->at[i].name;
            good = yaml_read(&s->at[i], a, &tree->root, found) && good;
        }
    }
    return good;
}

static bool read_site(const struct sources *s, struct overlay *o, struct trees *t)
{
    bool good = true;
    for (int i = 0; i < s->n; i++) {
        struct node *root;
        if (!s->at[i].site) {
            continue;
        }
        if (!yaml_read(&s->at[i], o->a, &root, o->found)) {
            good = false;
            continue;
        }
        struct tree *base = find(t, s->at[i].name);
        if (!base) {
            t->at[t->n++] = (struct tree){.name = s->at[i].name, .root = root};
        } else if (base->root) {
            o->rights = strcmp(base->name, "config/rights.yaml") == 0;
            overlay_tree(o, base->root, root);
        }
    }
    return good;
}

bool trees_make(const struct sources *s, struct arena *a, struct trees *ret, struct findings *found)
{
    struct trees t = {.at = arena_alloc(a, (size_t)(s->n + 1) * sizeof *t.at)};
    bool good = read_shipped(s, a, &t, found);
    struct overlay o = {.a = a, .found = found};
    o.shipped_roles = shipped_roles(&t, a, &o.n_shipped_roles);
    good = read_site(s, &o, &t) && good;
    *ret = t;
    return good;
}
