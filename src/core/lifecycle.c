/* core/lifecycle.c: a transition as the configuration describes it: the right state, the right people, the guards,
 * the values it sets, and when several must agree, their approvals one by one. */
#include "inside.h"
#include "approvals.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/core/access.h"
#include "treben/core/chain.h"
#include "treben/core/repo.h"

#include <stdarg.h>
#include <string.h>

bool guard_no(struct guard_case *g, const char *fmt, ...)
{
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    str_clear(g->why);
    str_add(g->why, text);
    return false;
}

const struct guard *guard_find(const struct kind *k, const char *name)
{
    for (int i = 0; k && i < k->n_guards; i++)
        if (strcmp(k->guards[i].name, name) == 0)
            return &k->guards[i];
    for (int i = 0; i < n_chain_guards; i++)
        if (strcmp(chain_guards[i].name, name) == 0)
            return &chain_guards[i];
    return NULL;
}

static bool starts_from(const struct transition_model *t, const char *state)
{
    for (int i = 0; i < t->n_from; i++)
        if (str_eq(t->from[i], state))
            return true;
    return false;
}

static const struct lifecycle_model *lifecycle_of(const struct kind_model *k, const char *state)
{
    const struct lifecycle_model *l = NULL;
    return model_state(k, state, &l) ? l : NULL;
}

/* The transition from where the record stands to `to`; *ret_l is its lifecycle. */
static const struct transition_model *transition_find(const struct record *r, const char *to,
                                                      const struct lifecycle_model **ret_l)
{
    const struct lifecycle_model *l = lifecycle_of(r->k, to);
    *ret_l = l;
    for (int i = 0; l && i < l->n_transitions; i++)
        if (str_eq(l->transitions[i].to, to) && starts_from(&l->transitions[i], record_get(r, l->field)))
            return &l->transitions[i];
    return NULL;
}

const struct transition_model *lifecycle_find(const struct record *r, const char *to)
{
    const struct lifecycle_model *l;
    const struct transition_model *t = transition_find(r, to, &l);
    return t && record_hidden(r, l->field) ? NULL : t;
}

static const char *state_label(const struct kind_model *k, const char *state)
{
    const struct state_model *s = model_state(k, state, NULL);
    return s ? label_text(&s->label) : state ? state : "–";
}

/* All there are, and not those that lead on from here: the record's state may be hidden. */
static bool no_such_state(const struct kind_model *k, const char *to, struct err *e)
{
    STR all = {0};
    for (int i = 0; i < k->n_lifecycles; i++)
        for (int j = 0; j < k->lifecycles[i].n_states; j++)
            str_printf(&all, "%s%s", all.len ? ", " : "", k->lifecycles[i].states[j].code);
    if (!all.len)
        return err_set(e, ERR_RULE, _("This kind of record has no states to move between."));
    return err_set(e, ERR_RULE, _("This kind of record has no state \"%.40s\". It has: %s."), to, all.p);
}

/* "… From here: Triagerad (TRIAGERAD), Dubblett (DUBBLETT)." */
static bool wrong_state(struct core *c, const struct record *r, const struct lifecycle_model *l, const char *to, struct err *e)
{
    if (!l)
        return no_such_state(r->k, to, e);
    STR ways = {0};
    const char *state = record_get(r, l->field);
    for (int i = 0; i < l->n_transitions; i++)
        if (starts_from(&l->transitions[i], state))
            str_printf(&ways, "%s%s (%s)", ways.len ? ", " : "", state_label(r->k, l->transitions[i].to),
                       l->transitions[i].to);
    (void)c;
    if (!ways.len)
        return err_set(e, ERR_RULE, _("The record is %s; that is the end of its way."), state_label(r->k, state));
    return err_set(e, ERR_RULE, _("The record is %s and cannot become %s from there. It can become: %s."),
                   state_label(r->k, state), state_label(r->k, to), ways.p);
}

static bool group_has(const struct core *c, const struct actor_group *g, const struct record *r)
{
    for (int i = 0; i < g->n; i++)
        if (access_actor(c, &g->any[i], r))
            return true;
    return false;
}

static bool may_act(const struct core *c, const struct transition_model *t, const struct record *r)
{
    if (t->not_actor) {
        int f = model_field(r->k, t->not_actor);
        if (f >= 0 && c->who.user[0] && str_eq(record_get(r, f), c->who.user))
            return false;
    }
    for (int i = 0; i < t->n_who; i++)
        if (group_has(c, &t->who[i], r))
            return true;
    return t->n_who == 0;
}

/* "KOORD_*" is said by the roles it covers, each without what follows its comma: "GVI-samordnare". */
static void family_words(const struct core *c, const char *family, struct str *s)
{
    size_t len = strlen(family) - 1;
    for (int i = 0; i < c->model->n_roles; i++) {
        const char *label = label_text(&c->model->roles[i].label);
        STR one = {0};
        str_addn(&one, label, strcspn(label, ","));
        if (strncmp(c->model->roles[i].code, family, len) == 0 && !strstr(str_text(s), one.p))
            str_printf(s, "%s%s", s->len ? "/" : "", one.p);
    }
}

static const char *role_label(struct core *c, const char *role)
{
    STR s = {0};
    if (role[strlen(role) - 1] == '*') {
        family_words(c, role, &s);
        return arena_strdup(&c->scratch, str_text(&s));
    }
    for (int i = 0; i < c->model->n_roles; i++)
        if (strcmp(c->model->roles[i].code, role) == 0)
            return label_text(&c->model->roles[i].label);
    return role;
}

const char *actor_group_words(struct core *c, const struct kind_model *k, const struct actor_group *g)
{
    STR s = {0};
    for (int i = 0; i < g->n; i++) {
        const struct actor *a = &g->any[i];
        str_add(&s, !s.len ? "" : i == g->n - 1 ? _(" or ") : ", ");
        if (a->type == ACTOR_ROLE && a->agency)
            str_printf(&s, "%s (%s)", role_label(c, a->role), a->agency);
        else if (a->type == ACTOR_ROLE)
            str_add(&s, role_label(c, a->role));
        else if (a->type == ACTOR_FIELD)
            str_add(&s, label_text(&k->fields[a->field].label));
        else
            str_add(&s, a->type == ACTOR_OWNER_AGENCY ? _("the owning agency")
                        : a->type == ACTOR_AUTHOR     ? _("the author")
                                                      : _("the system itself"));
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static bool denied(struct core *c, const struct transition_model *t, const struct record *r, struct err *e)
{
    STR who = {0};
    for (int i = 0; i < t->n_who; i++)
        str_printf(&who, "%s%s", i ? _("; and ") : "", actor_group_words(c, r->k, &t->who[i]));
    if (t->not_actor && model_field(r->k, t->not_actor) >= 0 &&
        str_eq(record_get(r, model_field(r->k, t->not_actor)), c->who.user))
        return err_set(e, ERR_DENIED, _("Whoever proposed this may not decide it too. Ask a colleague: %s."), who.p);
    return err_set(e, ERR_DENIED, _("You may not do this. It is done by: %s."), str_text(&who));
}

static bool guard_holds(struct core *c, const struct record *r, const struct transition_model *t, int i,
                        const char *reason, struct str *why)
{
    const struct guard *guard = guard_find(r->k->kind, t->guards[i]);
    struct guard_case g = {.core = c, .r = r, .t = t, .reason = reason, .why = why};
    return guard ? guard->holds(&g) : guard_no(&g, _("A rule is missing in this program (%s)."), t->guards[i]);
}

static bool guards_hold(struct core *c, const struct record *r, const struct transition_model *t, const char *reason,
                        struct str *why)
{
    for (int i = 0; i < t->n_guards; i++)
        if (!guard_holds(c, r, t, i, reason, why))
            return false;
    return true;
}

/* Before anything is given with the step: do the guards hold that nothing given with it can change? */
static bool others_allow(struct core *c, const struct record *r, const struct transition_model *t, struct str *why)
{
    for (int i = 0; i < t->n_guards; i++)
        if (chain_of_others(t->guards[i]) && !guard_holds(c, r, t, i, NULL, why))
            return false;
    return true;
}

static void put_sets(struct change *ch, const struct transition_model *t)
{
    char now[INSTANT_TEXT], today[DATE_TEXT];
    instant_text(clock_now(), now);
    date_text(date_today(), today);
    for (int i = 0; i < t->n_sets; i++) {
        const char *v = t->sets[i].value;
        const struct field *f = &ch->now->k->fields[t->sets[i].field].f;
        bool date = f->type == F_DATE || f->type == F_PDATE;
        record_put(ch->now, t->sets[i].field,
                   strcmp(v, "now") == 0 && !date ? now
                   : strcmp(v, "now") == 0 || strcmp(v, "today") == 0 ? today
                   : strcmp(v, "me") == 0                             ? ch->core->who.user
                                                                      : v);
    }
}

static bool move(struct change *ch, const struct lifecycle_model *l, const struct transition_model *t, struct err *e)
{
    STR why = {0};
    put_sets(ch, t);
    if (!guards_hold(ch->core, ch->now, t, ch->reason, &why))
        return err_set(e, ERR_RULE, "%s", why.p);
    record_put(ch->now, l->field, t->to);
    if (strcmp(str_text(&why), "") != 0)
        str_clear(&why);
    return change_save(ch, e);
}

bool lifecycle_do(struct change *ch, const char *to, struct done *ret, struct err *e)
{
    struct core *c = ch->core;
    const struct lifecycle_model *l;
    const struct transition_model *t = transition_find(ch->was, to, &l);
    struct done done = {.moved = true, .approved = 1, .needed = 1};
    if (l && record_hidden(ch->was, l->field)) /* where it stands is not told by what is refused either */
        return err_set(e, ERR_DENIED, _("You may not change this record."));
    if (!t)
        return wrong_state(c, ch->was, l, to, e);
    ch->transition = t;
    if (!c->who.system && !may_act(c, t, ch->was))
        return denied(c, t, ch->was, e);
    if (t->needs_reason && str_empty(ch->reason))
        return err_field(e, ERR_INVALID, "reason", _("Give the reason for this in a few words."));
    if (ch->problems.n)
        return problems_none(&ch->problems, e);
    if (t->n_who > 1 && !c->who.system) {
        STR why = {0};
        put_sets(ch, t);
        if (!guards_hold(c, ch->now, t, ch->reason, &why))
            return err_set(e, ERR_RULE, "%s", why.p);
        if (!approvals_add(ch, t, &done, e))
            return false;
    }
    if (done.moved && !move(ch, l, t, e))
        return false;
    if (!done.moved && !approvals_keep_values(ch, e))
        return false;
    done.rev = record_int(ch->now, ch->now->k->n_own + (ch->was->level < LEVEL_FULL ? COMMON_SHARED_REV : COMMON_REV));
    *ret = done;
    return true;
}

bool lifecycle_system(struct core *c, const struct kind_model *k, const char *id, const char *to, struct err *e)
{
    struct subject who = c->who;
    c->who.system = true; /* the user's name stays on what follows from the user's act */
    struct change *ch;
    bool ok = change_open_all(c, k, id, &ch, e);
    if (ok) {
        const struct lifecycle_model *l;
        const struct transition_model *t = transition_find(ch->was, to, &l);
        STR why = {0};
        if (t && guards_hold(c, ch->now, t, NULL, &why)) {
            ch->transition = t;
            ok = move(ch, l, t, e);
        }
        change_free(ch);
    }
    c->who = who;
    c->cache->n_titles = 0; /* what the system has read is not for this subject */
    return ok;
}

int lifecycle_possible(struct core *c, const struct record *r, struct possible *ret, int max)
{
    struct record *all;
    struct err ignored = {0};
    int n = 0;
    if (r->level < LEVEL_SHARED || !repo_load_all(c, r->k, r->id, &all, &ignored))
        return 0;
    for (int i = 0; i < r->k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &r->k->lifecycles[i];
        if (record_hidden(r, l->field))
            continue; /* where it stands is not for this reader, nor where it could go */
        for (int j = 0; j < l->n_transitions && n < max; j++) {
            const struct transition_model *t = &l->transitions[j];
            if (!starts_from(t, record_get(all, l->field)) || !may_act(c, t, all))
                continue;
            STR why = {0};
            bool free = t->n_asks > 0 ? others_allow(c, all, t, &why) : guards_hold(c, all, t, NULL, &why);
            ret[n++] = (struct possible){.t = t, .may = true,
                                         .blocked = free ? NULL : arena_strdup(&c->scratch, str_text(&why))};
        }
    }
    record_free(all);
    return n;
}
