/* timeline: what happened around one record, newest first, from every kind that this reader sees. A
 * person's incidents are found through the rows that link them. */
#include "inside.h"
#include "treben/base/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LINKS_MAX 200
#define TIES 50 /* rows read beyond the page for those at the very same time */

struct event {
    char id[ID_LEN + 1];
    const struct kind_model *k;
    const char *at, *what, *who; /* call arena */
};
struct timeline {
    struct call *c;
    const char *before_at, *before_id; /* NULL: from the newest */
    int limit;
    struct event *at;
    int n, room;
};

static const char *who_made(struct core *c, const struct record *r)
{
    const char *by = r->level >= LEVEL_FULL ? record_common(r, COMMON_CREATED_BY) : NULL;
    const char *name = by ? show_title_of(c, by) : NULL;
    const char *owner = record_common(r, COMMON_OWNER_AGENCY);
    const struct agency_model *agency = owner ? model_agency(c->model, owner) : NULL;
    return name ? name : agency ? agency->name_sv : owner ? owner : "";
}

static bool is_before(const struct timeline *t, const char *at, const char *id)
{
    if (!t->before_at) {
        return true;
    }
    int order = strcmp(at, t->before_at);
    return order < 0 || (order == 0 && strcmp(id, t->before_id) < 0);
}

static bool has_event(const struct timeline *t, const char *id)
{
    for (int i = 0; i < t->n; i++) {
        if (strcmp(t->at[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_event(struct timeline *t, const struct record *r)
{
    const char *at = record_get(r, r->k->timeline_at);
    if (!at || record_hidden(r, r->k->timeline_at) || !is_before(t, at, r->id) ||
        has_event(t, r->id)) {
        return;
    }
    if (t->n == t->room) {
        t->room = t->room ? t->room * 2 : 64;
        t->at = xrealloc(t->at, (size_t)t->room * sizeof *t->at);
    }
    struct event *ev = &t->at[t->n++];
    *ev = (struct event){.k = r->k};
    snprintf(ev->id, sizeof ev->id, "%s", r->id);
    ev->at = arena_strdup(&t->c->arena, at);
    ev->what = arena_strdup(&t->c->arena, show_title(t->c->core, r));
    ev->who = arena_strdup(&t->c->arena, who_made(t->c->core, r));
}

/* ---- sources ---- */

/* A reference to any kind counts when others may see it; papers and evidence are no events around
 * what they are about. */
static bool refers_to(const struct field_model *f, const struct kind_model *k)
{
    if (f->f.type != F_REF && f->f.type != F_REFS) {
        return false;
    }
    bool any = str_eq(f->f.of, "*") && f->f.type == F_REF && f->f.flags & (SHARED | REQUIRED);
    return f->target == k || any;
}

static const char *is_condition(struct arena *a, const struct field_model *f, const char *id)
{
    return arena_printf(a, f->f.type == F_REFS ? "%s contains \"%s\"" : "%s == \"%s\"", f->f.name,
                        id);
}

/* Rows of a kind that point here by this field. */
static bool add_direct(struct timeline *t, const struct kind_model *k, const struct field_model *f,
                       const char *id, struct err *e)
{
    struct arena *a = &t->c->arena;
    const struct field *at = &k->fields[k->timeline_at].f;
    struct query q = {.k = k,
                      .filter = is_condition(a, f, id),
                      .sort = arena_printf(a, "-%s", at->name),
                      .limit = t->limit + 1 + TIES};
    if (t->before_at) {
        int most = at->type == F_TIME ? INSTANT_TEXT : DATE_TEXT - 1;
        q.also = arena_printf(a, "%s <= \"%.*s\"", at->name, most, t->before_at);
    }
    ROWS rows = {0};
    if (!query_rows(t->c->core, &q, &rows, e)) {
        return false;
    }
    for (int i = 0; i < rows.n; i++) {
        add_event(t, rows.at[i]);
    }
    return true;
}

/* Through a row that links this record with one that has a time; a wrong link leads nowhere. */
static bool add_linked(struct timeline *t, const struct kind_model *link,
                       const struct field_model *from, const char *id, struct err *e)
{
    struct query q = {.k = link,
                      .filter = is_condition(&t->c->arena, from, id),
                      .also = model_counted(&t->c->arena, link),
                      .sort = "-id",
                      .limit = LINKS_MAX};
    ROWS rows = {0};
    if (!query_rows(t->c->core, &q, &rows, e)) {
        return false;
    }
    for (int i = 0; i < rows.n; i++) {
        for (int f = 0; f < link->n_fields; f++) {
            const struct kind_model *target =
                link->fields[f].f.type == F_REF ? link->fields[f].target : NULL;
            const char *other = record_get(rows.at[i], f);
            struct record *r;
            struct err ignored = {0};
            if (!target || !target->timeline || !other || str_eq(other, id) ||
                !repo_load(t->c->core, target, other, &r, &ignored)) {
                continue;
            }
            add_event(t, r);
            record_free(r);
        }
    }
    return true;
}

static bool links_two(const struct kind_model *k)
{
    for (int i = 0; i < k->n_own; i++) {
        if (k->fields[i].f.type == F_REF && k->fields[i].target && k->fields[i].target->timeline) {
            return true;
        }
    }
    return false;
}

/* No screen shows help and sanctions of one person together: who sees measures finds no offers
 * among them. */
static bool stays_apart(const struct core *c, const struct kind_model *of, const struct kind_model *k)
{
    const struct kind_model *measure = model_kind(c->model, "measure");
    return str_eq(of->kind->name, "person") && str_eq(k->kind->name, "help_offer") && measure &&
           kind_listed(c, measure);
}

static bool gather(struct timeline *t, const struct kind_model *k, const char *id, struct err *e)
{
    const struct model *m = t->c->core->model;
    for (int i = 0; i < m->n_kinds; i++) {
        const struct kind_model *other = &m->kinds[i];
        if (!kind_listed(t->c->core, other) || !(other->timeline || links_two(other)) ||
            stays_apart(t->c->core, k, other)) {
            continue;
        }
        for (int f = 0; f < other->n_own; f++) {
            const struct field_model *field = &other->fields[f];
            if (!refers_to(field, k)) {
                continue;
            }
            if (other->timeline ? !add_direct(t, other, field, id, e)
                                : field->target == k && !add_linked(t, other, field, id, e)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- answer ---- */

static int newest_first(const void *x, const void *y)
{
    const struct event *a = x, *b = y;
    int order = strcmp(b->at, a->at);
    return order ? order : strcmp(b->id, a->id);
}

/* "sön 22  12:04"; a day alone without a time, an imprecise date as it is. */
static char *time_text(struct arena *a, const char *at, char month[40])
{
    struct date day;
    instant when;
    if (strlen(at) > 10 && instant_from_text(at, &when)) {
        struct moment m = moment_of(when);
        snprintf(month, 40, "%04d-%02d", m.date.y, m.date.m);
        return arena_printf(a, "%s %02d  %02d:%02d", weekday_short(m.wday), m.date.d, m.hour,
                            m.min);
    }
    snprintf(month, 40, "%.7s", at);
    return date_from_text(at, &day)
               ? arena_printf(a, "%s %02d", weekday_short(date_wday(day)), day.d)
               : arena_strdup(a, at);
}

/* "November", and the year when it is not this one. */
static const char *month_text(struct arena *a, const char *month)
{
    int year = 0, number = 0;
    if (sscanf(month, "%4d-%2d", &year, &number) != 2 || number < 1 || number > 12) {
        return arena_strdup(a, month);
    }
    char *name = arena_strdup(a, month_name(number));
    if (islower((unsigned char)name[0])) {
        name[0] = (char)toupper((unsigned char)name[0]);
    }
    return year == date_today().y ? name : arena_printf(a, "%s %d", name, year);
}

static json_t *event_json(struct call *c, const struct event *ev)
{
    char month[40];
    const char *at_text = time_text(&c->arena, ev->at, month);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", ev->id, "kind",
                     ev->k->kind->name, "kind_label", label_text(&ev->k->one), "at", ev->at,
                     "at_text", at_text, "what", ev->what, "who", ev->who, "month",
                     month_text(&c->arena, month), "cursor",
                     arena_printf(&c->arena, "%s|%s", ev->at, ev->id));
}

static bool read_before(struct timeline *t, struct err *e)
{
    const char *before;
    if (!param_text(t->c, "before", &before, e)) {
        return false;
    }
    if (str_empty(before)) {
        return true;
    }
    const char *bar = strchr(before, '|');
    if (!bar || !id_valid(bar + 1) || strpbrk(before, "\"\\")) {
        return param_bad(t->c, e, _("\"before\" must be the cursor of a row."));
    }
    t->before_at = arena_strndup(&t->c->arena, before, (size_t)(bar - before));
    t->before_id = bar + 1;
    return true;
}

static void answer(struct timeline *t)
{
    json_t *list = json_array();
    if (t->n) {
        qsort(t->at, (size_t)t->n, sizeof *t->at, newest_first);
    }
    for (int i = 0; i < t->n && i < t->limit; i++) {
        audit_shown(t->c, t->at[i].id);
        json_array_append_new(list, event_json(t->c, &t->at[i]));
    }
    t->c->result = json_pack("{s:o, s:b}", "rows", list, "more", t->n > t->limit);
}

bool serve_timeline(struct call *c, struct err *e)
{
    struct timeline t = {.c = c};
    const struct kind_model *k;
    struct id id;
    struct record *self;
    int64_t limit;
    if (!param_record(c, "id", &k, &id, e) || !param_int(c, "limit", 50, 1, ROWS_MAX, &limit, e) ||
        !read_before(&t, e) || !repo_load(c->core, k, id.text, &self, e)) {
        return false;
    }
    t.limit = (int)limit;
    if (k->timeline) {
        add_event(&t, self);
    }
    record_free(self);
    bool good = gather(&t, k, id.text, e);
    if (good) {
        answer(&t);
    }
    free(t.at);
    return good;
}
