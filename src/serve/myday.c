/* myday: what waits for this person today. Every figure comes with the condition that lists exactly
 * what it counts. */
#include "agenda.h"
#include "treben/base/date.h"
#include "treben/core/chain.h"
#include "treben/core/lifecycle.h"

#include <stdlib.h>
#include <string.h>

#define SECTION_ROWS 6
#define COUNT_CAP 999
#define LATER_CAP 199 /* what is not due yet is told to here: more is "many" */
#define CHAIN_ROWS 12
#define APPROVALS_MAX 20  /* shown and counted */
#define APPROVALS_LOOK 60 /* records looked at per kind */
#define STEPS_MAX 32

/* One block of the first screen. */
struct section {
    const char *name, *label, *kind, *filter, *sort;
    const char *when; /* field that says when, of the rows */
};

static const char *field_of(const struct record *r, const char *name)
{
    int f = model_field(r->k, name);
    return f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
}

/* ---- words ---- */

/* "2 d late", "today 16:00", "Fri 27", "2026-12-04": as near as it matters. */
static const char *when_text(struct arena *a, const char *value, bool *ret_late)
{
    instant at;
    struct date day, today = date_today();
    char clock[16] = "";
    *ret_late = false;
    if (!value) {
        return "";
    }
    if (strlen(value) > 10 && instant_from_text(value, &at)) {
        struct moment m = moment_of(at);
        day = m.date;
        snprintf(clock, sizeof clock, " %02d:%02d", m.hour, m.min);
        *ret_late = at < clock_now();
    } else if (date_from_text(value, &day)) {
        *ret_late = date_days(day) < date_days(today);
    } else {
        return arena_strdup(a, value);
    }
    int64_t days = date_days(day) - date_days(today);
    if (days < 0) {
        return arena_printf(a, lang_plural("%d d late", "%d d late", (unsigned long)-days),
                            (int)-days);
    }
    if (days == 0) {
        return arena_printf(a, "%s%s", _("today"), clock);
    }
    return days < 7 ? arena_printf(a, "%s %02d%s", weekday_short(date_wday(day)), day.d, clock)
                    : arena_printf(a, "%04d-%02d-%02d", day.y, day.m, day.d);
}

static const char *past_text(struct arena *a, const char *value)
{
    instant at;
    if (!value || !instant_from_text(value, &at)) {
        return value ? value : "";
    }
    struct moment m = moment_of(at);
    int64_t days = date_days(date_today()) - date_days(m.date);
    return days < 7 ? arena_printf(a, "%s %02d:%02d", weekday_short(m.wday), m.hour, m.min)
                    : arena_printf(a, "%04d-%02d-%02d", m.date.y, m.date.m, m.date.d);
}

static const char *count_text(struct arena *a, int64_t n, bool capped)
{
    return capped ? arena_printf(a, _("more than %d"), (int)n) : arena_printf(a, "%d", (int)n);
}

/* ---- rows ---- */

static json_t *row_json(struct call *c, const struct section *s, const struct record *r)
{
    struct arena *a = &c->arena;
    const char *subject_id = field_of(r, "subject");
    const char *subject = subject_id ? show_title_of(c->core, subject_id) : NULL;
    const char *value = field_of(r, s->when);
    bool future = str_eq(s->when, "due") || str_eq(s->when, "next_decision_due");
    bool late = false;
    const char *when = future ? when_text(a, value, &late) : past_text(a, value);
    const char *what = state_label(r);
    if (str_eq(r->k->kind->name, "task")) {
        what = label_text(&r->k->one);
    }
    if (subject_id) {
        const struct kind_model *k;
        struct id id;
        struct err ignored = {0};
        what =
            repo_resolve(c->core, NULL, subject_id, &k, &id, &ignored) ? label_text(&k->one) : "";
    }
    const char *title = show_title(c->core, r);
    subject = subject ? subject : subject_id ? "" : r->case_no;
    audit_shown(c, r->id);
    return json_pack("{s:s, s:s, s:s, s:o, s:s, s:b, s:s, s:s}", "id", r->id, "kind",
                     r->k->kind->name, "subject", str_eq(subject, title) ? "" : subject, "subject_id",
                     json_text(*subject ? subject_id : NULL), "when", when, "late",
                     late || (!future && record_late(r)), "what", what ? what : "", "title", title);
}

/* *ret_n: how many the section counts. A kind that this person never sees makes no section. */
static bool add_section(struct call *c, json_t *sections, const struct section *s,
                        int cap, int64_t *ret_n, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, s->kind),
                      .filter = s->filter,
                      .sort = s->sort,
                      .limit = SECTION_ROWS};
    int64_t n;
    bool capped;
    ROWS rows = {0};
    *ret_n = 0;
    if (!q.k || !kind_listed(c->core, q.k)) {
        return true;
    }
    if (!query_count(c->core, &q, cap, &n, &capped, e) ||
        !query_rows(c->core, &q, &rows, e)) {
        return false;
    }
    *ret_n = n;
    json_t *list = json_array();
    for (int i = 0; i < rows.n; i++) {
        json_array_append_new(list, row_json(c, s, rows.at[i]));
    }
    const char *text = count_text(&c->arena, n, capped);
    json_array_append_new(sections, json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:o}", "name",
                                              s->name, "label", s->label, "count_text", text, "n",
                                              (json_int_t)n, "kind", s->kind, "filter", s->filter,
                                              "sort", s->sort, "rows", list));
    return true;
}

/* ---- tasks ---- */

/* Mine: named, or nobody is named and the role is mine in my agency. */
static const char *mine(struct call *c)
{
    const struct subject *who = &c->core->who;
    STR s = {0};
    str_printf(&s, "state in (\"NY\", \"PAGAR\", \"VANTAR\") and (owner == \"%s\"", who->user);
    if (who->n_roles) {
        str_printf(&s, " or (owner == null and owner_agency == \"%s\" and owner_role in (",
                   who->agency);
        for (int i = 0; i < who->n_roles; i++) {
            str_printf(&s, "%s\"%s\"", i ? ", " : "", who->roles[i]);
        }
        str_add(&s, "))");
    }
    str_addc(&s, ')');
    return arena_strdup(&c->arena, str_text(&s));
}

static bool add_tasks(struct call *c, json_t *sections, const char *my_tasks, struct err *e)
{
    int64_t n;
    struct section s = {.name = "tasks",
                        .label = _("To do today"),
                        .kind = "task",
                        .sort = "due",
                        .when = "due",
                        .filter = arena_printf(&c->arena, "due <= today and %s", my_tasks)};
    return add_section(c, sections, &s, COUNT_CAP, &n, e);
}

static bool add_later(struct call *c, json_t *sections, const char *my_tasks, struct err *e)
{
    int64_t n;
    struct section s = {
        .name = "later",
        .label = _("To do later"),
        .kind = "task",
        .sort = "due",
        .when = "due",
        .filter = arena_printf(&c->arena, "due > today and %s", my_tasks)};
    return add_section(c, sections, &s, LATER_CAP, &n, e);
}

/* ---- approvals ---- */

static bool has_approved(struct call *c, const char *id, const char *to)
{
    const struct subject *who = &c->core->who;
    return look_count(
               c->core, "approval",
               "subject == \"%s\" and step == \"%s\" and answer == \"JA\" and user == \"%s\"", id,
               to, who->user) > 0;
}

static bool waits_for_me(struct call *c, const struct record *r)
{
    struct possible steps[STEPS_MAX];
    int n = lifecycle_possible(c->core, r, steps, STEPS_MAX);
    for (int i = 0; i < n; i++) {
        if (steps[i].t->n_who > 1 && steps[i].may && !steps[i].blocked &&
            !has_approved(c, r->id, steps[i].t->to)) {
            return true;
        }
    }
    return false;
}

/* The states from which a step needs several people, as a condition; NULL: the kind has no such
 * step. */
static const char *several_states(struct call *c, const struct kind_model *k)
{
    STR s = {0};
    for (int i = 0; i < k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &k->lifecycles[i];
        for (int j = 0; j < l->n_transitions; j++) {
            for (int f = 0; l->transitions[j].n_who > 1 && f < l->transitions[j].n_from; f++) {
                str_printf(&s, "%s%s == \"%s\"", s.len ? " or " : "", k->fields[l->field].f.name,
                           l->transitions[j].from[f]);
            }
        }
    }
    return s.len ? arena_strdup(&c->arena, s.p) : NULL;
}

static bool approvals_of(struct call *c, json_t *sections, const struct kind_model *k,
                         const char *states, struct err *e)
{
    struct query q = {.k = k, .filter = states, .sort = "-id", .limit = APPROVALS_LOOK};
    ROWS rows = {0};
    STR ids = {0};
    int n = 0;
    if (!query_rows(c->core, &q, &rows, e)) {
        return false;
    }
    for (int i = 0; i < rows.n && n < APPROVALS_MAX; i++) {
        if (waits_for_me(c, rows.at[i])) {
            str_printf(&ids, "%s\"%s\"", n++ ? ", " : "", rows.at[i]->id);
        }
    }
    if (!n) {
        return true;
    }
    int64_t counted;
    struct section s = {
        .name = "approvals",
        .label = arena_printf(&c->arena, _("Waits for your approval: %s"), label_text(&k->many)),
        .kind = k->kind->name,
        .filter = arena_printf(&c->arena, "id in (%s)", ids.p),
        .sort = "id",
        .when = "created_at"};
    return add_section(c, sections, &s, COUNT_CAP, &counted, e);
}

static bool add_approvals(struct call *c, json_t *sections, struct err *e)
{
    for (int i = 0; i < c->core->model->n_kinds; i++) {
        const struct kind_model *k = &c->core->model->kinds[i];
        const char *states = kind_listed(c->core, k) ? several_states(c, k) : NULL;
        if (states && !approvals_of(c, sections, k, states, e)) {
            return false;
        }
    }
    return true;
}

/* ---- the week ---- */

static bool count_of(struct call *c, const char *kind, const char *filter, int64_t *ret,
                     struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, kind), .filter = filter};
    bool capped;
    *ret = 0;
    return !q.k || !kind_listed(c->core, q.k) ||
           query_count(c->core, &q, COUNT_CAP, ret, &capped, e);
}

/* A round whose next decision falls on that day is worth its name in the strip. */
static const char *decision_on(struct call *c, const char *day, struct err *e, bool *ret_good)
{
    struct query q = {.k = model_kind(c->core->model, "sanction_round"),
                      .limit = 1,
                      .sort = "id",
                      .filter = arena_printf(
                          &c->arena, "next_decision_due == \"%s\" and state == \"PAGAR\"", day)};
    ROWS rows = {0};
    *ret_good = true;
    if (!q.k || !kind_listed(c->core, q.k) || model_field(q.k, "next_decision_due") < 0) {
        return NULL;
    }
    *ret_good = query_rows(c->core, &q, &rows, e);
    if (!rows.n) {
        return NULL;
    }
    audit_shown(c, rows.at[0]->id);
    return arena_printf(&c->arena, _("Decision %s"), rows.at[0]->case_no);
}

static json_t *day_json(struct call *c, struct date d, const char *my_tasks, struct err *e)
{
    char day[DATE_TEXT];
    int64_t n;
    bool good;
    date_text(d, day);
    const char *filter =
        arena_printf(&c->arena, "due >= \"%s\" and due <= \"%s\" and %s", day, day, my_tasks);
    if (!count_of(c, "task", filter, &n, e)) {
        return NULL;
    }
    const char *decision = decision_on(c, day, e, &good);
    if (!good) {
        return NULL;
    }
    const char *text =
        decision ? decision
        : n ? arena_printf(&c->arena, lang_plural("%d task", "%d tasks", (unsigned long)n), (int)n)
            : "";
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:s}", "date", day, "label",
                     arena_printf(&c->arena, "%s %d", weekday_short(date_wday(d)), d.d), "n",
                     (json_int_t)n, "text", text, "kind", "task", "filter", filter);
}

/* Monday to Friday of this week, from Friday on of the next. */
static bool add_week(struct call *c, json_t *o, const char *my_tasks, struct err *e)
{
    struct date near = date_add(date_today(), 3);
    struct date monday = date_add(near, -date_wday(near));
    int year, week;
    json_t *days = json_array();
    json_object_set_new(o, "week", days);
    date_iso_week(monday, &year, &week);
    json_object_set_new(o, "week_no", json_integer(week));
    for (int i = 0; i < 5; i++) {
        json_t *day = day_json(c, date_add(monday, i), my_tasks, e);
        if (!day) {
            return false;
        }
        json_array_append_new(days, day);
    }
    return true;
}

/* ---- the chain ---- */

static bool add_chain(struct call *c, json_t *o, struct err *e)
{
    struct chain_line lines[CHAIN_ROWS];
    int n = 0;
    json_t *list = json_array();
    json_object_set_new(o, "chain", list);
    if (!chain_lines(c->core, lines, CHAIN_ROWS, &n, e)) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        audit_shown(c, lines[i].id);
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:i}", "id", lines[i].id,
                                        "case_no", lines[i].case_no ? lines[i].case_no : "", "what",
                                        lines[i].what ? lines[i].what : "", "links",
                                        lines[i].links ? lines[i].links : "", "blocked",
                                        json_text(lines[i].blocked), "who", json_text(lines[i].who),
                                        "days", lines[i].days));
    }
    json_object_set_new(o, "chain_n", json_integer(n));
    return true;
}

/* ---- the whole ---- */

#define UNANSWERED                                                                                 \
    "state in (\"REGISTRERAD\", \"TRIAGERAD\", \"GRANSKAD\", \"GMI_BESLUTAD\", \"OMPROVAS\")"

static bool add_sections(struct call *c, json_t *o, const char *my_tasks, struct err *e)
{
    int days = c->core->model->import_clock_days > 0 ? c->core->model->import_clock_days : 14;
    json_t *sections = json_array();
    int64_t n, old;
    json_object_set_new(o, "sections", sections);
    const struct section incidents = {
        .name = "incidents",
        .label = _("Unanswered incidents"),
        .kind = "incident",
        .sort = "-known_at",
        .when = "known_at",
        .filter = arena_printf(&c->arena, UNANSWERED " and known_at >= today-%dd", days)};
    const struct section rounds = {
        .name = "rounds",
        .label = _("Sanction rounds"),
        .kind = "sanction_round",
        .sort = "next_decision_due",
        .when = "next_decision_due",
        .filter = "state in (\"FORESLAGEN\", \"BEREDD\", \"BESLUTAD\", \"PAGAR\", \"UTVARDERAS\")"};
    /* Imported long after: no clock runs for them; one line says how many wait. */
    const struct section older = {
        .name = "old_import",
        .label = _("Older incidents, registered only"),
        .kind = "incident",
        .sort = "-known_at",
        .when = "known_at",
        .filter =
            arena_printf(&c->arena, "state == \"REGISTRERAD\" and known_at < today-%dd", days)};
    if (!add_approvals(c, sections, e) || !add_tasks(c, sections, my_tasks, e) ||
        !add_section(c, sections, &incidents, COUNT_CAP, &n, e) ||
        !add_section(c, sections, &rounds, COUNT_CAP, &n, e) ||
        !add_section(c, sections, &older, COUNT_CAP, &old, e) ||
        !gap_lines(c, sections, e) ||
        !add_later(c, sections, my_tasks, e)) {
        return false;
    }
    json_object_set_new(o, "old_import_n", json_integer(old));
    return true;
}

bool serve_myday(struct call *c, struct err *e)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    const char *my_tasks = mine(c);
    c->result = json_pack("{s:s}", "today", today);
    if (!add_sections(c, c->result, my_tasks, e) || !add_chain(c, c->result, e) ||
        !add_week(c, c->result, my_tasks, e)) {
        return false;
    }
    json_t *drafts = draft_lines(c, e);
    if (!drafts) {
        return false;
    }
    json_object_set_new(c->result, "drafts", drafts);
    return true;
}
