/* core/may.c: who may make, change and move records: the actor terms of rights and lifecycles. */
#include "inside.h"
#include "treben/core/access.h"

#include <string.h>

static bool names_me(const struct core *c, const char *value)
{
    return c->who.user[0] && value && str_list_has(value, c->who.user);
}

bool access_actor(const struct core *c, const struct actor *a, const struct record *r)
{
    switch (a->type) {
    case ACTOR_SYSTEM:
        return c->who.system;
    case ACTOR_ROLE:
        return !c->who.system && subject_is(c, a->role) && (!a->agency || strcmp(a->agency, c->who.agency) == 0);
    case ACTOR_OWNER_AGENCY:
        return !c->who.system && r && str_eq(record_common(r, COMMON_OWNER_AGENCY), c->who.agency);
    case ACTOR_AUTHOR:
        return r && names_me(c, record_common(r, COMMON_CREATED_BY));
    case ACTOR_FIELD: {
        const char *value = r ? record_get(r, a->field) : NULL;
        return names_me(c, value) || (value && !c->who.system && strcmp(value, c->who.agency) == 0);
    }
    }
    return false;
}

static bool any_actor(const struct core *c, const struct actor *a, int n, const struct record *r)
{
    for (int i = 0; i < n; i++)
        if (access_actor(c, &a[i], r))
            return true;
    return false;
}

bool access_may_create(const struct core *c, const struct kind_model *k)
{
    if (c->who.system)
        return true;
    return !(k->kind->flags & KIND_NO_NEW) && any_actor(c, k->rights.create, k->rights.n_create, NULL);
}

bool access_may_edit(const struct core *c, const struct record *r)
{
    if (c->who.system)
        return true;
    const struct kind_model *k = r->k;
    if (k->kind->flags & KIND_APPEND_ONLY || r->level < LEVEL_SHARED)
        return false;
    return any_actor(c, k->rights.edit, k->rights.n_edit, r);
}

/* Seen by the exit unit as it is, and by others only if they made it or are named in it. */
bool access_walled(const struct kind_model *k)
{
    bool unit = false;
    for (int i = 0; i < k->rights.n_see; i++) {
        const struct right *r = &k->rights.see[i];
        bool much = r->own >= LEVEL_SHARED || r->other >= LEVEL_SHARED;
        if (!much || str_eq(r->when, "mine"))
            continue;
        if (!str_starts(r->role, "AVHOPP_"))
            return false;
        unit = true;
    }
    const char *ref = k->rights.n_see ? NULL : k->rights.follows;
    const struct kind_model *parent = ref ? k->fields[model_field(k, ref)].target : NULL;
    return unit || (parent && parent != k && access_walled(parent));
}
