/* core/plan.c: the standard plan of a kind (`plan:` in its form) as dated tasks. All of it is laid out when its
 * first conditions hold. A step that somebody moved keeps its distance from the plan when the plan moves, and
 * what counts from it moves along; a step that has ended stays ended. */
#include "clocks_parts.h"
#include "treben/base/lang.h"
#include "treben/core/access.h"
#include "treben/core/clocks.h"
#include "treben/core/plan.h"
#include "treben/core/repo.h"

#include <stdlib.h>
#include <string.h>

struct spot { /* where a step stands */
    const struct clock_model *k;
    const struct record *task; /* the newest made for it; NULL: none yet */
    char planned[INSTANT_TEXT]; /* by the plan; "" cannot be said yet */
    char due[INSTANT_TEXT];     /* moved as its task was */
};

static const char *task_value(const struct record *task, const char *field)
{
    return task ? record_get(task, model_field(task->k, field)) : NULL;
}

static bool is_open(const struct record *task)
{
    const char *state = task_value(task, "state");
    return state && str_list_has("NY,PAGAR,VANTAR", state);
}

static const struct record *task_of(const struct rows *tasks, const char *clock)
{
    const struct record *newest = NULL;
    for (int i = 0; i < tasks->n; i++) {
        const char *made = record_common(tasks->at[i], COMMON_CREATED_AT);
        if (str_eq(task_value(tasks->at[i], "clock"), clock) &&
            (!newest || strcmp(made, record_common(newest, COMMON_CREATED_AT)) > 0))
            newest = tasks->at[i];
    }
    return newest;
}

/* As far from the plan as somebody has moved the task. */
static void put_due(struct spot *s)
{
    instant now, was, due;
    const char *planned = task_value(s->task, "planned");
    snprintf(s->due, sizeof s->due, "%s", s->planned);
    if (!planned || !instant_from_text(s->planned, &now) || !instant_from_text(planned, &was) ||
        !instant_from_text(task_value(s->task, "due"), &due))
        return;
    instant_text(due + (now - was), s->due);
}

/* Every step of the record's plan, in the order of the form. OWN: caller frees; *ret_n. */
static struct spot *spots_find(const struct record *r, const struct rows *tasks, int *ret_n)
{
    const struct kind_model *k = r->k;
    struct spot *all = xcalloc((size_t)k->n_clocks + 1, sizeof *all);
    int first = 0;
    while (first < k->n_clocks && !k->clocks[first].step)
        first++;
    for (int i = first; i < k->n_clocks; i++) {
        struct spot *s = &all[i - first];
        s->k = &k->clocks[i];
        const char *from = s->k->after >= 0 ? all[s->k->after - first].due : record_get(r, s->k->from);
        s->task = task_of(tasks, s->k->name);
        if (!clock_due(from && *from ? from : NULL, s->k, s->planned))
            s->planned[0] = '\0';
        put_due(s);
    }
    *ret_n = k->n_clocks - first;
    return all;
}

static bool has_passed(const char *at)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    return at && strcmp(at, now) < 0;
}

/* What was in time before the plan moved and is not now. */
static void say_late(struct core *c, const struct record *r, const struct spot *s, struct str *late)
{
    if (has_passed(s->due) && !(s->task && has_passed(task_value(s->task, "due"))))
        str_printf(late, "%s%s", late->len ? ", " : "", clock_title(c, r, s->k));
}

static bool task_move(struct core *c, const struct spot *s, struct err *e)
{
    struct record *now = record_copy(s->task);
    record_put(now, model_field(now->k, "due"), s->due);
    record_put(now, model_field(now->k, "planned"), s->planned);
    bool ok = repo_write(c, s->task, now, NULL, e);
    record_free(now);
    return ok;
}

static bool spot_run(struct core *c, const struct record *r, const struct spot *s, struct str *late,
                     struct err *e)
{
    bool wanted = *s->planned && clock_wanted(c, r, s->k);
    if (!wanted)
        return !is_open(s->task) || clock_change(c, s->task, "state", "KLAR",
                                                 _("The reason for the task is gone."), e);
    if (s->task && (!is_open(s->task) || str_eq(task_value(s->task, "planned"), s->planned)))
        return true;
    say_late(c, r, s, late);
    return s->task ? task_move(c, s, e) : clock_make(c, r, s->k, s->due, e);
}

static bool has_plan(const struct kind_model *k)
{
    return k->n_clocks && k->clocks[k->n_clocks - 1].step;
}

static struct rows plan_tasks(struct core *c, const struct record *r)
{
    return look_all(c, "task", "id", "subject == \"%s\" and clock != null", r->id);
}

bool plan_run(struct core *c, const struct record *r, struct err *e)
{
    if (!has_plan(r->k))
        return true;
    ROWS tasks = plan_tasks(c, r);
    STR late = {0};
    int n;
    struct spot *all = spots_find(r, &tasks, &n);
    bool ok = true;
    for (int i = 0; i < n && ok; i++)
        ok = spot_run(c, r, &all[i], &late, e);
    free(all);
    if (late.len)
        c->notice = arena_printf(&c->scratch, _("By these dates it should be done already: %s."), late.p);
    return ok;
}

bool plan_moved(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    const char *clock = task_value(now, "clock"), *subject = task_value(now, "subject");
    if (!was || !now || !clock || !subject || str_eq(task_value(was, "due"), task_value(now, "due")))
        return true;
    for (int i = 0; i < c->model->n_kinds; i++) {
        const struct kind_model *k = &c->model->kinds[i];
        for (int j = 0; j < k->n_clocks; j++)
            if (k->clocks[j].step && strcmp(k->clocks[j].name, clock) == 0)
                return clocks_run_id(c, k->kind->name, subject, e);
    }
    return true;
}

/* --- as people see it */

static bool may_read(const struct core *c, const struct clock_model *k, const struct record *r)
{
    for (int i = 0; i < k->n_reads; i++)
        if (access_actor(c, &k->reads[i], r))
            return true;
    return !k->n_reads;
}

static void step_put(struct core *c, const struct record *r, const struct spot *s, struct plan_step *ret)
{
    bool open = is_open(s->task);
    *ret = (struct plan_step){.name = s->k->name,
                              .title = clock_title(c, r, s->k),
                              .due = arena_strdup(&c->scratch, s->due),
                              .done = s->task && !open,
                              .late = open && has_passed(s->due),
                              .laid = s->task != NULL};
}

bool plan_read(struct core *c, const char *kind, const char *id, struct plan_step *ret, int max, int *ret_n)
{
    struct record *r = look_id(c, kind, id);
    *ret_n = 0;
    if (!r || !has_plan(r->k)) {
        record_free(r);
        return false;
    }
    ROWS tasks = plan_tasks(c, r);
    int n;
    struct spot *all = spots_find(r, &tasks, &n);
    for (int i = 0; i < n && *ret_n < max; i++)
        if (*all[i].planned && may_read(c, all[i].k, r))
            step_put(c, r, &all[i], &ret[(*ret_n)++]);
    free(all);
    record_free(r);
    return true;
}
