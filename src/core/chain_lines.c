/* core/chain_lines.c: the open incidents of known groups, the worst first, each with the link that
 * is broken and who can mend it. Every look is bounded: the list costs the same in a small city and
 * a large one. */
#include "approvals.h"
#include "chain_parts.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"

#include <stdlib.h>

#define OPEN_MAX 120 /* oldest incidents somebody works on */
#define NEW_MAX 60   /* newest that nobody has triaged */
#define ROUNDS_MAX 200

enum { REVIEWED, DECIDED, ANSWERED, CONSEQUENCE, TOLD, LINKS };

struct step { /* where a record stands, and what comes next */
    const char *state, *next;
};
static const struct step incident_steps[] = {
    {"REGISTRERAD", "TRIAGERAD"}, {"TRIAGERAD", "GRANSKAD"},    {"GRANSKAD", "GMI_BESLUTAD"},
    {"OMPROVAS", "GMI_BESLUTAD"}, {"GMI_BESLUTAD", "BESVARAD"}, {"BESVARAD", "AVSLUTAD"},
};
static const struct step round_steps[] = {
    {"FORESLAGEN", "BEREDD"}, {"BEREDD", "BESLUTAD"},     {"BESLUTAD", "PAGAR"},
    {"PAGAR", "UTVARDERAS"},  {"UTVARDERAS", "AVSLUTAD"},
};

struct found {                             /* a line under construction */
    const struct record *incident, *round; /* of this reader's copies */
    char links[LINKS + 1];
    bool late;
    int days;
};

static bool state_is(const struct record *r, const char *states)
{
    return value_in(r, "state", states);
}

/* --- what this reader sees
 * ----------------------------------------------------------------------------------- */

static bool seen(struct core *c, const char *kind, const char *filter, const char *sort, int limit,
                 struct rows *ret, struct err *e)
{
    struct query q = {
        .k = model_kind(c->model, kind), .filter = filter, .sort = sort, .limit = limit};
    *ret = (struct rows){0};
    if (!q.k || access_ceiling(c, q.k) < LEVEL_SHARED)
        return true;
    return query_rows(c, &q, ret, e);
}

/* Is the incident one of a known group, as far as this reader may know, and not decided to be none?
 */
static bool of_known_group(struct core *c, const char *incident, bool *ret, struct err *e)
{
    const char *about = arena_printf(&c->scratch, "incident == \"%s\"", incident);
    const char *decided = arena_printf(&c->scratch, "%s and decided_at != null", about);
    const char *linked = arena_printf(&c->scratch, "%s and state == \"KOPPLAD\"", about);
    ROWS decisions = {0};
    ROWS groups = {0};
    if (!seen(c, "gmi_decision", decided, "-decided_at", 1, &decisions, e) ||
        !seen(c, "incident_group", linked, "id", 1, &groups, e))
        return false;
    const char *answer = decisions.n ? value(decisions.at[0], "value") : NULL;
    *ret = str_eq(answer, "JA") || (!str_eq(answer, "NEJ") && groups.n > 0);
    return true;
}

/* --- the links
 * -------------------------------------------------------------------------------------------------
 */

static const struct record *round_of(const struct rows *rounds, const char *incident)
{
    for (int i = 0; i < rounds->n; i++) {
        const char *list = value(rounds->at[i], "trigger_incidents");
        if (list && str_list_has(list, incident))
            return rounds->at[i];
    }
    return NULL;
}

static bool has_late_task(struct core *c, const struct record *r)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    return r && look_count(c, "task",
                           "subject == \"%s\" and clock != null and due < \"%s\" and state in "
                           "(\"NY\", \"PAGAR\", \"VANTAR\")",
                           r->id, now) > 0;
}

static void judge(struct core *c, struct found *f)
{
    const struct record *i = f->incident, *r = f->round;
    f->links[REVIEWED] = state_is(i, "GRANSKAD,GMI_BESLUTAD,BESVARAD,OMPROVAS") ? '+' : '.';
    f->links[DECIDED] = state_is(i, "GMI_BESLUTAD,BESVARAD") ? '+' : '.';
    f->links[ANSWERED] = state_is(i, "BESVARAD") ? '+' : '.';
    f->links[CONSEQUENCE] = !r                                                  ? '-'
                            : state_is(r, "PAGAR,UTVARDERAS,AVSLUTAD,AVBRUTEN") ? '+'
                                                                                : '.';
    f->links[TOLD] = !r ? '-' : str_eq(value(r, "feedback_state"), "ATERKOPPLAD") ? '+' : '.';
    bool incident_late = has_late_task(c, i), round_late = has_late_task(c, r);
    for (int k = REVIEWED; k <= ANSWERED && incident_late; k++)
        if (f->links[k] == '.') {
            f->links[k] = '!';
            break;
        }
    for (int k = CONSEQUENCE; k <= TOLD && round_late; k++)
        if (f->links[k] == '.') {
            f->links[k] = '!';
            break;
        }
    f->late = incident_late || round_late;
    struct date known;
    if (day_of(value(i, "known_at"), &known))
        f->days = (int)(date_days(date_today()) - date_days(known));
}

static int worst_first(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->late != y->late)
        return x->late ? -1 : 1;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return strcmp(x->incident->id, y->incident->id);
}

/* --- what blocks, and who can act
 * --------------------------------------------------------------------------- */

static const struct transition_model *next_step(const struct record *r, const struct step *steps,
                                                size_t n)
{
    const char *to = NULL, *state = value(r, "state");
    for (size_t i = 0; i < n; i++)
        if (str_eq(steps[i].state, state))
            to = steps[i].next;
    const struct lifecycle_model *l = NULL;
    if (!to || !model_state(r->k, to, &l))
        return NULL;
    for (int i = 0; i < l->n_transitions; i++)
        for (int j = 0; j < l->transitions[i].n_from; j++)
            if (strcmp(l->transitions[i].to, to) == 0 && str_eq(l->transitions[i].from[j], state))
                return &l->transitions[i];
    return NULL;
}

/* The sentence of the first guard that says no; NULL: the way is free. */
static const char *what_blocks(struct core *c, const struct record *r,
                               const struct transition_model *t)
{
    struct record *whole = look_id(c, r->k->kind->name, r->id);
    STR why = {0};
    struct guard_case g = {.core = c, .r = whole, .t = t, .why = &why};
    const char *sentence = NULL;
    for (int i = 0; whole && i < t->n_guards && !sentence; i++) {
        const struct guard *guard = guard_find(r->k->kind, t->guards[i]);
        if (guard && !guard->holds(&g))
            sentence = arena_strdup(&c->scratch, str_text(&why));
    }
    record_free(whole);
    return sentence;
}

static const char *who_acts(struct core *c, const struct record *r,
                            const struct transition_model *t)
{
    STR who = {0};
    for (int i = 0; i < t->n_who; i++)
        str_printf(&who, "%s%s", i ? _(" and ") : "", actor_group_words(c, r->k, &t->who[i]));
    return arena_strdup(&c->scratch, str_text(&who));
}

const char *chain_waits(struct core *c, const struct record *r, const char **ret_who,
                        const char **ret_blocked)
{
    const struct lifecycle_model *l = r->k->n_lifecycles ? &r->k->lifecycles[0] : NULL;
    for (int i = 0; l && r->level == LEVEL_FULL && i < l->n_transitions; i++) {
        const struct transition_model *t = &l->transitions[i];
        for (int j = 0; j < t->n_from && !t->needs_reason; j++) {
            if (!str_eq(t->from[j], record_get(r, l->field)))
                continue;
            *ret_who = who_acts(c, r, t);
            *ret_blocked = what_blocks(c, r, t);
            return label_text(&t->label);
        }
    }
    return NULL;
}

static void line_put(struct core *c, const struct found *f, struct chain_line *ret)
{
    const struct record *i = f->incident;
    *ret = (struct chain_line){.case_no = arena_strdup(&c->scratch, i->case_no),
                               .what = show_title(c, i),
                               .links = arena_strdup(&c->scratch, f->links),
                               .days = f->days};
    memcpy(ret->id, i->id, sizeof ret->id);
    /* An answered incident waits for its round, if it has one that goes on. */
    const struct transition_model *t = NULL;
    const struct record *stands = f->round && state_is(i, "BESVARAD") ? f->round : i;
    if (stands == f->round)
        t = next_step(stands, round_steps, N_OF(round_steps));
    if (!t) {
        stands = i;
        t = next_step(stands, incident_steps, N_OF(incident_steps));
    }
    if (!t)
        return;
    ret->blocked = what_blocks(c, stands, t);
    ret->who = who_acts(c, stands, t);
}

static bool collect(struct core *c, const struct rows *incidents, const struct rows *rounds,
                    struct found *all, int *n, struct err *e)
{
    for (int i = 0; i < incidents->n; i++) {
        bool known = false;
        if (!of_known_group(c, incidents->at[i]->id, &known, e))
            return false;
        if (!known)
            continue;
        struct found *f = &all[(*n)++];
        *f = (struct found){.incident = incidents->at[i],
                            .round = round_of(rounds, incidents->at[i]->id)};
        judge(c, f);
    }
    return true;
}

bool chain_lines(struct core *c, struct chain_line *ret, int max, int *ret_n, struct err *e)
{
    static const char worked_on[] =
        "state in (\"TRIAGERAD\", \"GRANSKAD\", \"GMI_BESLUTAD\", \"OMPROVAS\", \"BESVARAD\")";
    const char *fresh =
        arena_printf(&c->scratch, "state == \"REGISTRERAD\" and known_at >= today-%dd",
                     c->model->import_clock_days ? c->model->import_clock_days : 14);
    ROWS open = {0};
    ROWS new = {0};
    ROWS rounds = {0};
    if (!seen(c, "incident", worked_on, "known_at", OPEN_MAX, &open, e) ||
        !seen(c, "incident", fresh, "-known_at", NEW_MAX, &new, e) ||
        !seen(c, "sanction_round", "state != \"AVSLAGEN\"", "-proposed_at", ROUNDS_MAX, &rounds, e))
        return false;
    struct found *all = arena_alloc(&c->scratch, (size_t)(OPEN_MAX + NEW_MAX) * sizeof *all);
    int n = 0;
    if (!collect(c, &open, &rounds, all, &n, e) || !collect(c, &new, &rounds, all, &n, e))
        return false;
    qsort(all, (size_t)n, sizeof *all, worst_first);
    *ret_n = n < max ? n : max;
    for (int i = 0; i < *ret_n; i++)
        line_put(c, &all[i], &ret[i]);
    return true;
}
