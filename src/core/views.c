/* core/views.c: a kind's views by name, and which of them are there. */
#include "inside.h"

#include <string.h>

char *view_name(struct arena *a, const struct kind_model *k, enum view which, const struct kind_model *of)
{
    static const char *const endings[VIEWS] = {"", "_seen", "_links"};
    if (of)
        return arena_printf(a, "v_%s_of_%s", k->kind->name, of->kind->name);
    return arena_printf(a, "v_%s%s", k->kind->name, endings[which]);
}

/* A view is made inside the transaction of the request that needs it first, and goes when that is undone. */
static void forget_undone(struct core *c)
{
    if (c->cache->rollbacks == store_rollbacks(c->store))
        return;
    c->cache->rollbacks = store_rollbacks(c->store);
    for (int i = 0; i < c->model->n_kinds; i++) {
        struct view_info *v = &c->cache->views[i];
        memset(v->made, 0, sizeof v->made);
        if (v->made_of)
            memset(v->made_of, 0, (size_t)c->model->n_kinds * sizeof *v->made_of);
    }
}

bool *view_made(struct core *c, const struct kind_model *k, enum view which, const struct kind_model *of)
{
    struct view_info *v = &c->cache->views[kind_index(c, k)];
    forget_undone(c);
    if (!of)
        return &v->made[which];
    if (!v->made_of)
        v->made_of = xcalloc((size_t)c->model->n_kinds, sizeof *v->made_of);
    return &v->made_of[kind_index(c, of)];
}

static void drop(struct core *c, const struct kind_model *k, enum view which, const struct kind_model *of, bool *made)
{
    ARENA a = {0};
    struct err ignored = {0};
    if (*made)
        *made = !store_script(c->store, arena_printf(&a, "DROP VIEW IF EXISTS temp.\"%s\"", view_name(&a, k, which, of)),
                              &ignored);
}

void views_drop(struct core *c)
{
    const struct kind_model *kinds = c->model->kinds;
    for (int i = 0; i < c->model->n_kinds; i++) {
        struct view_info *v = &c->cache->views[i];
        for (int j = 0; j < VIEWS; j++)
            drop(c, &kinds[i], (enum view)j, NULL, &v->made[j]);
        for (int j = 0; v->made_of && j < c->model->n_kinds; j++)
            drop(c, &kinds[i], VIEW_LINKS, &kinds[j], &v->made_of[j]);
    }
}
