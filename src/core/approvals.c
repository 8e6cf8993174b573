/* core/approvals.c: who has agreed to a step, who is still waited for. Nobody counts twice, and where the rule asks
 * for different agencies, neither does an agency. */
#include "approvals.h"
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"

#include <string.h>

#define MAX_APPROVERS 8

struct approver {
    struct subject who; /* only user, agency and roles are filled */
};

/* An approver's roles as they are today: a role that ended approves nothing any more. */
static bool approver_load(struct core *c, const struct record *approval, struct approver *ret)
{
    const char *user = record_get(approval, model_field(approval->k, "user"));
    struct record *u = user ? look_id(c, "user", user) : NULL;
    if (!u)
        return false;
    const char *agency = record_get(u, model_field(u->k, "agency"));
    struct record *a = agency ? look_id(c, "agency", agency) : NULL;
    *ret = (struct approver){0};
    snprintf(ret->who.user, sizeof ret->who.user, "%s", user);
    snprintf(ret->who.agency, sizeof ret->who.agency, "%s", a ? record_get(a, model_field(a->k, "code")) : "");
    subject_load_roles(c, &ret->who);
    record_free(a);
    record_free(u);
    return true;
}

static bool fits(struct core *c, const struct approver *p, const struct actor_group *g, const struct record *r)
{
    struct subject me = c->who;
    c->who = p->who;
    bool ok = false;
    for (int i = 0; i < g->n && !ok; i++)
        ok = access_actor(c, &g->any[i], r);
    c->who = me;
    return ok;
}

struct matching {
    struct core *c;
    const struct transition_model *t;
    const struct record *r;
    const struct approver *people;
    int n;
    bool used[MAX_APPROVERS];
    bool filled[MAX_APPROVERS]; /* per group */
    bool best[MAX_APPROVERS];
    int best_n;
};

/* Gives as many groups as possible a person of their own (there are few of both: try all ways). */
static void match(struct matching *m, int group, int filled)
{
    if (filled > m->best_n) {
        m->best_n = filled;
        memcpy(m->best, m->filled, sizeof m->best);
    }
    if (group == m->t->n_who)
        return;
    for (int i = 0; i < m->n; i++) {
        if (m->used[i] || !fits(m->c, &m->people[i], &m->t->who[group], m->r))
            continue;
        m->used[i] = m->filled[group] = true;
        match(m, group + 1, filled + 1);
        m->used[i] = m->filled[group] = false;
    }
    match(m, group + 1, filled);
}

static bool same_agency_twice(const struct transition_model *t, const struct approver *people, int n)
{
    for (int i = 0; t->distinct_agencies && i < n - 1; i++)
        if (strcmp(people[i].who.agency, people[n - 1].who.agency) == 0)
            return true;
    return false;
}

static bool approval_write(struct change *ch, const struct transition_model *t, struct err *e)
{
    struct core *c = ch->core;
    const struct kind_model *k = model_kind(c->model, "approval");
    struct record *a = record_new(k);
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    struct record *agency = look_first(c, "agency", "id", "code == \"%s\"", c->who.agency);
    record_put(a, model_field(k, "subject"), ch->was->id);
    record_put(a, model_field(k, "step"), t->to);
    record_put(a, model_field(k, "agency"), agency ? agency->id : NULL);
    record_put(a, model_field(k, "user"), c->who.user);
    record_put(a, model_field(k, "at"), now);
    record_put(a, model_field(k, "answer"), "JA");
    record_put(a, k->n_own + COMMON_OWNER_AGENCY, record_common(ch->was, COMMON_OWNER_AGENCY));
    record_put(a, k->n_own + COMMON_INFO_CLASS, "DELAD");
    record_put(a, k->n_own + COMMON_LOCKED, "0");
    bool ok = repo_write(c, NULL, a, ch->reason, e);
    record_free(agency);
    record_free(a);
    return ok;
}

bool approvals_add(struct change *ch, const struct transition_model *t, struct done *done, struct err *e)
{
    struct core *c = ch->core;
    struct approver people[MAX_APPROVERS];
    int n = 0;
    ROWS given = look_all(c, "approval", "at", "subject == \"%s\" and step == \"%s\" and answer == \"JA\"", ch->was->id, t->to);
    for (int i = 0; i < given.n && n < MAX_APPROVERS - 1; i++)
        n += approver_load(c, given.at[i], &people[n]);
    for (int i = 0; i < n; i++)
        if (strcmp(people[i].who.user, c->who.user) == 0)
            return err_set(e, ERR_RULE, _("You have approved this already. It waits for somebody else."));
    people[n++] = (struct approver){.who = c->who};
    if (same_agency_twice(t, people, n))
        return err_set(e, ERR_RULE, _("Your agency has approved this already. It waits for another agency."));
    struct matching m = {.c = c, .t = t, .r = ch->was, .people = people, .n = n};
    match(&m, 0, 0);
    if (m.best_n < n)
        return err_set(e, ERR_RULE, _("Somebody in your role has approved this already. It waits for the others."));
    if (!approval_write(ch, t, e))
        return false;
    *done = (struct done){.moved = m.best_n == t->n_who, .approved = m.best_n, .needed = t->n_who};
    STR waiting = {0};
    for (int i = 0; i < t->n_who; i++)
        if (!m.best[i])
            str_printf(&waiting, "%s%s", waiting.len ? "; " : "", actor_group_words(c, ch->was->k, &t->who[i]));
    snprintf(done->waiting, sizeof done->waiting, "%s", str_text(&waiting));
    return true;
}

bool approvals_keep_values(struct change *ch, struct err *e)
{
    return change_check(ch) ? repo_write(ch->core, ch->was, ch->now, ch->reason, e) : problems_none(&ch->problems, e);
}
