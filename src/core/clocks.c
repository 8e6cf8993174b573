/* core/clocks.c: deadlines as tasks. A task exists exactly as long as its clock's condition holds; nobody has to
 * remember to make it or to take it away. Steps of a plan are in plan.c. */
#include "clocks_parts.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/core/clocks.h"
#include "treben/core/lifecycle.h"
#include "treben/core/repo.h"

#include <string.h>

/* An event that was old news when it was registered, as an import's may be by years, starts no deadline that counts
 * from the day it became known: it would be late before anybody could act. */
static bool was_old_news(const struct core *c, const struct record *r, const struct clock_model *k)
{
    instant known, registered;
    int at = model_field(r->k, "registered_at");
    int days = c->model->import_clock_days;
    return at >= 0 && str_eq(r->k->fields[k->from].f.name, "known_at") && record_has(r, at) &&
           instant_from_text(record_get(r, k->from), &known) && instant_from_text(record_get(r, at), &registered) &&
           known < registered - (instant)days * 24 * 3600;
}

bool clock_wanted(struct core *c, const struct record *r, const struct clock_model *k)
{
    bool holds = false;
    struct err ignored = {0};
    if ((k->from >= 0 && (!record_has(r, k->from) || was_old_news(c, r, k))) || !record_true(c, r, k->while_, &holds, &ignored) || !holds)
        return false;
    const struct guard *unless = k->unless ? guard_find(r->k->kind, k->unless) : NULL;
    STR why = {0};
    struct guard_case g = {.core = c, .r = r, .why = &why};
    return !unless || !unless->holds(&g);
}

static struct date add_workdays(struct date d, int n)
{
    while (n > 0) {
        d = date_add(d, 1);
        n -= date_wday(d) < 5;
    }
    return d;
}

/* From an instant a deadline keeps the hour; from a day it is the end of the working day. */
bool clock_due(const char *from, const struct clock_model *k, char ret[INSTANT_TEXT])
{
    struct date day;
    instant at;
    bool twice;
    if (!from)
        return false;
    if (date_from_text(from, &day)) {
        day = add_workdays(date_add(day, k->days), k->workdays);
        if (!moment_to_instant(day, 16, 0, 0, &at, &twice))
            return false;
        at += (instant)k->hours * 3600;
    } else if (instant_from_text(from, &at)) {
        at += ((instant)k->days * 24 + k->hours) * 3600;
        if (k->workdays) {
            struct moment m = moment_of(at);
            if (!moment_to_instant(add_workdays(m.date, k->workdays), m.hour, m.min, m.sec, &at, &twice))
                return false;
        }
    } else {
        return false;
    }
    instant_text(at, ret);
    return true;
}

/* A title that every owner of the task may read: its template names shared fields only (checked with the forms). */
const char *clock_title(struct core *c, const struct record *r, const struct clock_model *k)
{
    STR s = {0};
    for (const char *p = label_text(&k->title); *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (!end) {
            str_addc(&s, *p++);
            continue;
        }
        AUTOFREE char *name = xstrndup(p + 1, (size_t)(end - p - 1));
        int f = model_field(r->k, name);
        if (strcmp(name, "case_no") == 0)
            str_add(&s, r->case_no);
        else if (f >= 0 && r->k->fields[f].f.flags & (SHARED | META))
            str_add(&s, show_value(c, r, f));
        p = end + 1;
    }
    AUTOFREE char *cut = xstrndup(str_text(&s), s.len > 118 ? 118 : s.len);
    return arena_strdup(&c->scratch, s.len > 118 ? cut : str_text(&s));
}

const char *clocks_title(struct core *c, const char *clock, const char *subject)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    struct err ignored = {0};
    const char *title = NULL;
    if (!clock || !subject || !repo_resolve(c, NULL, subject, &k, &id, &ignored) || !repo_load(c, k, id.text, &r, &ignored))
        return NULL;
    for (int i = 0; i < k->n_clocks; i++)
        if (strcmp(k->clocks[i].name, clock) == 0)
            title = clock_title(c, r, &k->clocks[i]);
    record_free(r);
    return title;
}

static const char *role_agency(const struct core *c, const struct clock_model *k)
{
    if (k->owner_agency)
        return k->owner_agency;
    for (int i = 0; k->owner_role && i < c->model->n_roles; i++) {
        const struct role_model *m = &c->model->roles[i];
        if (strcmp(m->code, k->owner_role) == 0 && m->agencies)
            return arena_strndup((struct arena *)&c->scratch, m->agencies, strcspn(m->agencies, ","));
    }
    return NULL;
}

const char *clocks_desk(const struct core *c, const char *agency)
{
    static const char *const desks[] = {"KOORD_", "LIAISON_", "CHEF"};
    for (size_t d = 0; d < N_OF(desks); d++)
        for (int i = 0; i < c->model->n_roles; i++) {
            const struct role_model *m = &c->model->roles[i];
            if (str_starts(m->code, desks[d]) && (!m->agencies || str_list_has(m->agencies, agency)))
                return m->code;
        }
    return NULL;
}

static void put_owner(struct core *c, const struct record *r, const struct clock_model *k, struct record *task)
{
    const struct kind_model *tk = task->k;
    const char *agency = role_agency(c, k);
    if (k->owner_role)
        record_put(task, model_field(tk, "owner_role"), k->owner_role);
    if (k->owner_field >= 0 && k->owner_field < r->k->n_own) {
        const char *value = record_get(r, k->owner_field);
        const char *of = r->k->fields[k->owner_field].f.of;
        if (value && str_eq(of, "user")) {
            struct record *u = look_id(c, "user", value);
            struct record *a = u ? look_id(c, "agency", record_get(u, model_field(u->k, "agency"))) : NULL;
            record_put(task, model_field(tk, "owner"), value);
            if (a)
                agency = arena_strdup(&c->scratch, record_get(a, model_field(a->k, "code")));
            record_free(a);
            record_free(u);
        } else if (value && str_eq(of, "agency")) {
            struct record *a = look_id(c, "agency", value);
            if (a)
                agency = arena_strdup(&c->scratch, record_get(a, model_field(a->k, "code")));
            record_free(a);
        }
    }
    if (!agency)
        agency = record_common(r, COMMON_OWNER_AGENCY);
    record_put(task, tk->n_own + COMMON_OWNER_AGENCY, agency);
    if (!record_has(task, model_field(tk, "owner")) && !record_has(task, model_field(tk, "owner_role")))
        record_put(task, model_field(tk, "owner_role"), clocks_desk(c, agency));
}

bool clock_make(struct core *c, const struct record *r, const struct clock_model *k, const char *due, struct err *e)
{
    const struct kind_model *tk = model_kind(c->model, "task");
    struct record *task = record_new(tk);
    char priority[12];
    snprintf(priority, sizeof priority, "%d", k->priority ? k->priority : 2);
    record_put(task, model_field(tk, "title"), clock_title(c, r, k));
    record_put(task, model_field(tk, "due"), due);
    record_put(task, model_field(tk, "planned"), k->step ? due : NULL);
    record_put(task, model_field(tk, "priority"), priority);
    record_put(task, model_field(tk, "source"), r->id);
    record_put(task, model_field(tk, "clock"), k->name);
    record_put(task, model_field(tk, "subject"), r->id);
    record_put(task, model_field(tk, "state"), "NY");
    record_put(task, tk->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(task, tk->n_own + COMMON_LOCKED, "0");
    put_owner(c, r, k, task);
    bool ok = repo_write(c, NULL, task, NULL, e);
    record_free(task);
    return ok;
}

bool clock_change(struct core *c, const struct record *task, const char *field, const char *value, const char *reason,
                  struct err *e)
{
    struct record *now = record_copy(task);
    record_put(now, model_field(now->k, field), value);
    if (strcmp(field, "state") == 0) {
        char at[INSTANT_TEXT];
        instant_text(clock_now(), at);
        record_put(now, model_field(now->k, "done_at"), at);
    }
    bool ok = repo_write(c, task, now, reason, e);
    record_free(now);
    return ok;
}

static bool clock_run(struct core *c, const struct record *r, const struct clock_model *k, struct err *e)
{
    char due[INSTANT_TEXT];
    struct record *open =
        look_first(c, "task", "id", "subject == \"%s\" and clock == \"%s\" and state in (\"NY\", \"PAGAR\", \"VANTAR\")", r->id,
                   k->name);
    bool wanted = clock_wanted(c, r, k) && clock_due(record_get(r, k->from), k, due);
    bool ok = true;
    if (wanted && !open)
        ok = clock_make(c, r, k, due, e);
    else if (wanted && !str_eq(record_get(open, model_field(open->k, "due")), due))
        ok = clock_change(c, open, "due", due, NULL, e);
    else if (!wanted && open)
        ok = clock_change(c, open, "state", "KLAR", _("The reason for the task is gone."), e);
    record_free(open);
    return ok;
}

bool clocks_run(struct core *c, const struct record *r, struct err *e)
{
    for (int i = 0; i < r->k->n_clocks; i++)
        if (!r->k->clocks[i].step && !clock_run(c, r, &r->k->clocks[i], e))
            return false;
    return plan_run(c, r, e);
}

bool clocks_run_id(struct core *c, const char *kind, const char *id, struct err *e)
{
    struct record *r = look_id(c, kind, id);
    bool ok = !r || clocks_run(c, r, e);
    record_free(r);
    return ok;
}
