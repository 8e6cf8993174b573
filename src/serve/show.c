/* show: one record, as values for scripts or as everything its screen needs. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/access.h"
#include "treben/core/history.h"
#include "treben/core/lifecycle.h"

#include <string.h>

#define SUBROWS_CAP 999
#define STEPS_MAX 32

/* ---- age ---- */

/* The day whose age counts: the event's, else today. */
static struct date day_of(const char *value)
{
    struct date day;
    char text[DATE_TEXT] = "";
    if (value && strlen(value) > 10) {
        instant at;
        return instant_from_text(value, &at) ? moment_of(at).date : date_today();
    }
    snprintf(text, sizeof text, "%s", value ? value : "");
    return date_from_text(text, &day) ? day : date_today();
}

static const char *field_named(const struct record *r, const char *name)
{
    int f = model_field(r->k, name);
    return f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
}

/* A record that this one refers to, through the reader's view; NULL: none, or not for this reader.
 * OWN: caller. */
static struct record *referred(struct core *c, const struct record *r, const char *name)
{
    int f = model_field(r->k, name);
    struct record *target;
    struct err ignored = {0};
    const char *id = f >= 0 ? field_named(r, name) : NULL;
    if (!id || !r->k->fields[f].target ||
        !repo_load(c, r->k->fields[f].target, id, &target, &ignored)) {
        return NULL;
    }
    return target;
}

static int age_of(struct core *c, const struct record *r)
{
    const char *kind = r->k->kind->name;
    int age = -1;
    if (str_eq(kind, "person")) {
        const char *birth = field_named(r, "birth_date");
        return birth ? age_at(birth, date_today()) : -1;
    }
    bool at_event = str_eq(kind, "incident_person");
    if (!at_event && !str_eq(kind, "membership")) {
        return -1;
    }
    struct record *person = referred(c, r, "person");
    struct record *incident = at_event ? referred(c, r, "incident") : NULL;
    const char *birth = person ? field_named(person, "birth_date") : NULL;
    const char *at = at_event ? (incident ? field_named(incident, "occurred_at") : NULL)
                              : field_named(r, "from");
    if (birth) {
        age = age_at(birth, day_of(at));
    }
    record_free(person);
    record_free(incident);
    return age;
}

/* ---- the screen's parts ---- */

/* Several records in one field: each by its name, so that a form can take one away and keep the others. */
static void add_names(struct call *c, const struct record *r, int field, json_t *names)
{
    const char *value = record_hidden(r, field) ? NULL : record_get(r, field), *pos = NULL, *item;
    size_t n;
    while (str_list_next(value, &pos, &item, &n)) {
        const char *id = arena_strndup(&c->arena, item, n), *title = show_title_of(c->core, id);
        json_object_set_new(names, id, json_string(title ? title : _("hidden")));
    }
}

static void add_texts(struct call *c, const struct record *r, json_t *o)
{
    json_t *texts = json_object(), *labels = json_object(), *hidden = json_array();
    json_t *names = json_object();
    for (int i = 0; i < r->k->n_fields; i++) {
        const char *name = r->k->fields[i].f.name;
        json_object_set_new(labels, name, json_string(label_text(&r->k->fields[i].label)));
        json_object_set_new(texts, name, json_string(show_value(c->core, r, i)));
        if (record_hidden(r, i)) {
            json_array_append_new(hidden, json_string(name));
        } else if (r->k->fields[i].f.type == F_REFS) {
            add_names(c, r, i, names);
        }
    }
    json_object_set_new(o, "names", names);
    json_object_set_new(o, "texts", texts);
    json_object_set_new(o, "labels", labels);
    json_object_set_new(o, "hidden", hidden);
}

static json_t *asks_json(const struct kind_model *k, const struct transition_model *t)
{
    json_t *asks = json_array();
    for (int i = 0; i < t->n_asks; i++) {
        json_array_append_new(asks, json_string(k->fields[t->asks[i]].f.name));
    }
    return asks;
}

static json_t *transitions_json(struct call *c, const struct record *r)
{
    struct possible steps[STEPS_MAX];
    int n = lifecycle_possible(c->core, r, steps, STEPS_MAX);
    json_t *list = json_array();
    for (int i = 0; i < n; i++) {
        const struct transition_model *t = steps[i].t;
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o, s:b, s:o}", "to", t->to,
                                              "label", label_text(&t->label), "may", steps[i].may,
                                              "blocked", json_text(steps[i].blocked), "reason",
                                              t->needs_reason, "asks", asks_json(r->k, t)));
    }
    return list;
}

/* How many rows count, and how many only stand there (wrong links). */
static bool count_subrows(struct call *c, struct query q, int64_t *ret, int64_t *ret_wrong,
                          bool *ret_capped, struct err *e)
{
    bool capped;
    *ret_wrong = 0;
    if (!query_count(c->core, &q, SUBROWS_CAP, ret, ret_capped, e)) {
        return false;
    }
    q.filter = model_counted(&c->arena, q.k);
    int64_t all = *ret;
    if (!q.filter || !all) {
        return true;
    }
    if (!query_count(c->core, &q, SUBROWS_CAP, ret, &capped, e)) {
        return false;
    }
    *ret_capped = capped;
    *ret_wrong = all - *ret;
    return true;
}

/* All views before the first question: each new one makes the engine prepare every statement again. */
static bool make_views(struct call *c, const struct record *r, struct err *e)
{
    const struct kind_model *k = r->k;
    const char *name;
    for (int i = 0; i < k->n_subrows; i++) {
        const struct subrow_model *s = &k->subrows[i];
        if (kind_listed(c->core, s->kind) &&
            !access_tab(c->core, s->kind, s->field, k, &name, e)) {
            return false;
        }
    }
    for (int i = 0; i < k->n_fields; i++) { /* the titles of what it names */
        if (k->fields[i].target && record_has(r, i) &&
            !access_view(c->core, k->fields[i].target, e)) {
            return false;
        }
    }
    return true;
}

static bool subrows_json(struct call *c, const struct record *r, json_t **ret, struct err *e)
{
    if (!make_views(c, r, e)) {
        return false;
    }
    json_t *list = json_array();
    const char *also = arena_printf(&c->arena, "== \"%s\"", r->id);
    for (int i = 0; i < r->k->n_subrows; i++) {
        const struct subrow_model *s = &r->k->subrows[i];
        const char *field = s->kind->fields[s->field].f.name;
        if (!kind_listed(c->core, s->kind)) {
            continue;
        }
        bool several = s->kind->fields[s->field].f.type == F_REFS;
        struct query q = {.k = s->kind,
                          .tab_of = r->k,
                          .tab_field = s->field,
                          .also = several
                                      ? arena_printf(&c->arena, "%s contains \"%s\"", field, r->id)
                                      : arena_printf(&c->arena, "%s %s", field, also)};
        int64_t n, wrong;
        bool capped;
        if (!count_subrows(c, q, &n, &wrong, &capped, e)) {
            json_decref(list);
            return false;
        }
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I, s:I, s:b, s:s}", "kind",
                                              s->kind->kind->name, "field", field, "label",
                                              label_text(&s->label), "n", (json_int_t)n, "wrong",
                                              (json_int_t)wrong, "capped", capped, "also", q.also));
    }
    *ret = list;
    return true;
}

static bool screen_json(struct call *c, const struct record *r, struct err *e)
{
    json_t *subrows;
    if (!subrows_json(c, r, &subrows, e)) {
        return false;
    }
    int age = age_of(c->core, r);
    json_t *o = json_pack(
        "{s:o, s:s, s:o, s:b, s:o, s:o, s:o, s:b, s:b}", "record", json_record(c->core, r, false),
        "title", show_title(c->core, r), "state_label", json_text(state_label(r)), "may_edit",
        access_may_edit(c->core, r), "transitions", transitions_json(c, r), "subrows", subrows,
        "age", age < 0 ? json_null() : json_integer(age), "minor", age >= 0 && age < 18, "draft",
        draft_exists(c, r->k->kind->name, r->id));
    json_object_set_new(o, "late", json_boolean(record_late(r)));
    json_object_set_new(o, "own", json_taken(c->core, r));
    add_texts(c, r, o);
    c->result = o;
    return describe_along(c, r->k, e);
}

/* ---- history ---- */

/* A former value in words: as if the record still had it. */
static const char *old_text(struct call *c, const struct record *r, int field, const char *value)
{
    struct record *then = record_new(r->k);
    then->level = r->level;
    record_put(then, field, value);
    const char *text = arena_strdup(&c->arena, show_value(c->core, then, field));
    record_free(then);
    return text;
}

static json_t *history_entry(struct call *c, const struct record *r, const struct history_row *h,
                             bool texts)
{
    int f = h->field && h->field[0] ? model_field(r->k, h->field) : -1;
    const struct field_model *m = f >= 0 ? &r->k->fields[f] : NULL;
    json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o}", "at", h->at, "by", json_text(h->by), "field",
                          str_empty(h->field) ? json_null() : json_string(h->field), "old",
                          m ? json_typed(c->core, m, h->old_value) : json_text(h->old_value), "new",
                          m ? json_typed(c->core, m, h->new_value) : json_text(h->new_value));
    if (!texts) {
        return o;
    }
    json_object_set_new(o, "field_label",
                        json_string(m          ? label_text(&m->label)
                                    : h->field ? h->field
                                               : ""));
    json_object_set_new(o, "old_text",
                        m ? json_string(old_text(c, r, f, h->old_value)) : json_text(h->old_value));
    json_object_set_new(o, "new_text",
                        m ? json_string(old_text(c, r, f, h->new_value)) : json_text(h->new_value));
    json_object_set_new(o, "reason", json_text(h->reason));
    return o;
}

/* As much of it as one message holds, newest first. */
static bool history_json(struct call *c, const struct record *r, bool texts, json_t **ret,
                         struct err *e)
{
    struct history_row *rows;
    int n;
    if (!history_read(c->core, r, &c->arena, &rows, &n, e)) {
        return false;
    }
    json_t *list = json_array();
    size_t room = ANSWER_ROOM / 2;
    for (int i = 0; i < n; i++) {
        json_t *entry = history_entry(c, r, &rows[i], texts);
        size_t weight = json_weight(entry);
        if (weight > room) {
            json_decref(entry);
            break;
        }
        room -= weight;
        json_array_append_new(list, entry);
    }
    *ret = list;
    return true;
}

/* ---- the requests ---- */

static bool load_asked(struct call *c, struct record **ret, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    return param_record(c, "id", &k, &id, e) && repo_load(c->core, k, id.text, ret, e);
}

static bool values_json(struct call *c, const struct record *r, bool with_history, struct err *e)
{
    json_t *history = NULL;
    if (with_history && !history_json(c, r, false, &history, e)) {
        return false;
    }
    c->result = json_pack("{s:o}", "record", json_record(c->core, r, false));
    if (history) {
        json_object_set_new(c->result, "history", history);
    }
    return true;
}

bool serve_show(struct call *c, struct err *e)
{
    const char *as;
    bool with_history;
    struct record *r;
    if (!param_text(c, "as", &as, e) || !param_bool(c, "history", &with_history, e)) {
        return false;
    }
    if (as && !str_eq(as, "values") && !str_eq(as, "screen")) {
        return param_bad(c, e, _("\"as\" must be \"values\" or \"screen\"."));
    }
    if (!load_asked(c, &r, e)) {
        return false;
    }
    c->log.n = 1;
    bool good = str_eq(as, "screen") ? screen_json(c, r, e) : values_json(c, r, with_history, e);
    record_free(r);
    return good;
}

/* Beside what a save answers: whoever saved looks at the record again at once, and that is no second request. */
bool show_along(struct call *c, const struct kind_model *k, const char *id, struct err *e)
{
    const char *as;
    struct record *r;
    struct err gone = {0};
    if (!param_text(c, "as", &as, e)) {
        return false;
    }
    if (!str_eq(as, "screen") || !repo_load(c->core, k, id, &r, &gone)) {
        return true; /* saved it is; if it has left the reader's sight, the next question says so */
    }
    json_t *answer = c->result;
    c->result = NULL;
    bool good = screen_json(c, r, e);
    json_object_set_new(answer, "shown", c->result);
    c->result = answer;
    record_free(r);
    return good;
}

bool serve_history(struct call *c, struct err *e)
{
    struct record *r;
    json_t *history;
    if (!load_asked(c, &r, e)) {
        return false;
    }
    bool good = history_json(c, r, true, &history, e);
    record_free(r);
    if (good) {
        c->log.n = (int64_t)json_array_size(history);
        c->result = json_pack("{s:o}", "history", history);
    }
    return good;
}
