/* new, set, check, do: what people type becomes a change, with every problem said at once. */
#include "inside.h"
#include "treben/core/access.h"
#include "treben/core/change.h"
#include "treben/core/history.h"
#include "treben/core/lifecycle.h"

#include <stdlib.h>

#define SEEN_MAX 100 /* names said of those who saw what was wrong */

/* Fields first that others are judged by (a person before the date of birth's check) need no order
 * here: the change looks at the whole. */
static void put_values(struct call *c, struct change *ch, const json_t *values)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)values, name, value)
    {
        const char *typed = json_string_value(value);
        audit_field(c, model_field(ch->now->k, name) >= 0 ? name : "?");
        change_set(ch, name, typed ? typed : "");
    }
}

/* The change's own list replaces what the error alone could say. */
static void take_problems(struct call *c, struct change *ch)
{
    problems_done(&c->problems);
    c->problems = ch->problems;
    ch->problems = (struct problems){0};
}

static const char *since_by(struct call *c, struct change *ch, const char *field)
{
    struct history_row *rows;
    int n;
    struct err ignored = {0};
    if (!history_read(c->core, ch->was, &c->arena, &rows, &n, &ignored)) {
        return NULL;
    }
    for (int i = 0; i < n; i++) {
        if (!field || str_eq(rows[i].field, field)) {
            return rows[i].by;
        }
    }
    return NULL;
}

/* What the other one saved, as far as this caller may see it. */
static void add_theirs(struct call *c, struct change *ch)
{
    json_t *theirs = json_object(), *texts = json_object();
    const char *by = NULL;
    for (size_t i = 0; i < ch->problems.n; i++) {
        int f = model_field(ch->was->k, ch->problems.at[i].field);
        if (ch->problems.at[i].code != ERR_CONFLICT || f < 0) {
            continue;
        }
        const char *name = ch->was->k->fields[f].f.name;
        by = by ? by : since_by(c, ch, name);
        json_object_set_new(theirs, name, json_field(c->core, ch->was, f));
        json_object_set_new(texts, name, json_string(show_value(c->core, ch->was, f)));
    }
    json_decref(c->data);
    c->data = json_pack("{s:o, s:o, s:o, s:I}", "theirs", theirs, "theirs_text", texts, "by",
                        json_text(by), "rev", (json_int_t)record_rev(ch->was));
}

/* Called when a save was refused. */
static bool refused(struct call *c, struct change *ch, const struct err *e)
{
    if (e->code == ERR_CONFLICT) {
        add_theirs(c, ch);
    }
    take_problems(c, ch);
    change_free(ch);
    return false;
}

/* What whoever saved should hear: a plan that has steps in the past by now. */
static void add_notice(struct call *c)
{
    if (c->core->notice)
        json_object_set_new(c->result, "notice", json_string(c->core->notice));
}

bool serve_new(struct call *c, struct err *e)
{
    const struct kind_model *k;
    const json_t *values;
    struct change *ch;
    bool draft;
    if (!param_kind(c, &k, e) || !param_values(c, "values", &values, e) ||
        !param_bool(c, "draft", &draft, e) || !change_new(c->core, k, &ch, e)) {
        return false;
    }
    put_values(c, ch, values);
    if (!change_save(ch, e)) {
        return refused(c, ch, e);
    }
    c->log.record = arena_strdup(&c->arena, ch->now->id);
    c->log.n = 1;
    c->result = json_pack("{s:s, s:o, s:I}", "id", ch->now->id, "case_no",
                          ch->now->case_no[0] ? json_string(ch->now->case_no) : json_null(), "rev",
                          (json_int_t)record_rev(ch->now));
    add_notice(c);
    change_free(ch);
    return draft_forget(c, k->kind->name, "", e);
}

/* Fields that others changed after seen_rev and that this save left as they made them. */
static json_t *merged_json(struct call *c, struct change *ch)
{
    json_t *names = json_object(), *list = json_array();
    struct history_row *rows;
    int n;
    struct err ignored = {0};
    if (ch->seen_rev >= 0 && ch->seen_rev < record_rev(ch->was) &&
        history_read(c->core, ch->was, &c->arena, &rows, &n, &ignored)) {
        for (int i = 0; i < n; i++) {
            int f = rows[i].field ? model_field(ch->was->k, rows[i].field) : -1;
            if (f >= 0 && rows[i].rev > ch->seen_rev && rows[i].rev <= record_rev(ch->was) &&
                !ch->given[f] && !json_object_get(names, rows[i].field)) {
                json_object_set_new(names, rows[i].field, json_true());
                json_array_append_new(list, json_string(rows[i].field));
            }
        }
    }
    json_decref(names);
    return list;
}

static bool open_change(struct call *c, struct change **ret, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    int64_t rev;
    return param_record(c, "id", &k, &id, e) && param_int(c, "rev", -1, 0, INT64_MAX, &rev, e) &&
           change_open(c->core, id.text, rev, ret, e);
}

bool serve_set(struct call *c, struct err *e)
{
    const json_t *values;
    struct change *ch;
    if (!param_values(c, "values", &values, e) || !open_change(c, &ch, e)) {
        return false;
    }
    put_values(c, ch, values);
    if (!param_text(c, "reason", &ch->reason, e) || !change_save(ch, e)) {
        return refused(c, ch, e);
    }
    ch->now->level = ch->was->level;
    c->result = json_pack("{s:I, s:o}", "rev", (json_int_t)record_rev(ch->now), "merged",
                          merged_json(c, ch));
    add_notice(c);
    bool good = draft_forget(c, ch->now->k->kind->name, ch->now->id, e) &&
                show_along(c, ch->now->k, ch->now->id, e);
    change_free(ch);
    return good;
}

static bool was_left(const json_t *left, const char *field)
{
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)left, i, name)
    {
        if (str_eq(json_string_value(name), field)) {
            return true;
        }
    }
    return false;
}

/* The same checks as a save, for the fields that somebody has already left. */
bool serve_check(struct call *c, struct err *e)
{
    const struct kind_model *k;
    const json_t *values, *left = json_object_get(c->params, "left");
    struct change *ch = NULL;
    bool known = json_is_string(json_object_get(c->params, "id"));
    if (!param_values(c, "values", &values, e) ||
        !(known ? open_change(c, &ch, e)
                : param_kind(c, &k, e) && change_new(c->core, k, &ch, e))) {
        return false;
    }
    if (ch->was && !access_may_edit(c->core, ch->was)) {
        change_free(
            ch); /* what does not fit together would tell of fields that this reader does not see */
        return err_set(e, ERR_DENIED, _("You may not change this record."));
    }
    put_values(c, ch, values);
    change_check(ch);
    json_t *list = json_array();
    for (size_t i = 0; i < ch->problems.n; i++) {
        const struct problem *p = &ch->problems.at[i];
        if (!json_is_array(left) || was_left(left, p->field)) {
            json_array_append_new(list,
                                  json_pack("{s:s, s:s}", "field", p->field, "text", p->text));
        }
    }
    change_free(ch);
    c->result = json_pack("{s:o}", "problems", list);
    return true;
}

static json_t *done_json(struct call *c, const struct change *ch, const struct done *done)
{
    struct record *now;
    struct err ignored = {0};
    int64_t rev = done->rev;
    if (repo_load(c->core, ch->now->k, ch->now->id, &now, &ignored)) {
        rev = record_rev(now); /* as this reader counts */
        record_free(now);
    }
    const char *message = done->moved
                              ? c->core->notice ? c->core->notice : ""
                              : arena_printf(&c->arena, _("approved %d of %d, waiting for: %s"),
                                             done->approved, done->needed, done->waiting);
    return json_pack("{s:I, s:b, s:s}", "rev", (json_int_t)rev, "moved", done->moved, "message",
                     message);
}

/* Is there anything of this kind that those see who see only the shared part? */
static bool is_shared(const struct kind_model *k)
{
    for (int i = 0; i < k->n_own; i++) {
        if (k->fields[i].f.flags & (SHARED | META)) {
            return true;
        }
    }
    return false;
}

/* Whoever acts on what turns out to be wrong must know whom to tell: the accounts that saw the row,
 * or the record it stands on, while it counted. A kind that no other agency sees was seen by none
 * of theirs. */
static bool add_seen_by(struct call *c, const struct change *ch, struct err *e)
{
    const struct record *r = ch->was;
    const char *parent = r->k->kind->parent;
    struct log_seen what = {
        .record = r->id,
        .parent = parent ? record_get(r, model_field(r->k, parent)) : NULL,
        .since = record_common(r, COMMON_CREATED_AT),
        .agency = is_shared(r->k) ? NULL : record_common(r, COMMON_OWNER_AGENCY),
    };
    log_user users[SEEN_MAX];
    int n;
    bool cut;
    if (!log_seen_by(c->s->store, &what, users, SEEN_MAX, &n, &cut, e)) {
        return false;
    }
    json_t *names = json_array();
    for (int i = 0; i < n; i++) {
        const char *name = show_title_of(c->core, users[i]);
        json_array_append_new(names, json_string(name ? name : _("hidden")));
    }
    json_object_set_new(c->result, "seen_by", names);
    json_object_set_new(c->result, "seen_by_cut", json_boolean(cut));
    return true;
}

bool serve_do(struct call *c, struct err *e)
{
    const char *to;
    const json_t *values;
    struct change *ch;
    struct done done;
    if (!param_need(c, "to", &to, e) || !param_values(c, "values", &values, e) ||
        !open_change(c, &ch, e)) {
        return false;
    }
    if (model_state(ch->now->k, to, NULL)) {
        c->log.detail = arena_printf(&c->arena, "do %s", to);
    }
    if (!param_text(c, "reason", &ch->reason, e)) {
        return refused(c, ch, e);
    }
    ch->transition =
        lifecycle_find(ch->was, to); /* so that fields it asks for may be given with it */
    put_values(c, ch, values);
    if (!lifecycle_do(ch, to, &done, e)) {
        return refused(c, ch, e);
    }
    c->result = done_json(c, ch, &done);
    const struct state_model *state = model_state(ch->now->k, to, NULL);
    bool good = !done.moved || !state->uncounted || add_seen_by(c, ch, e);
    change_free(ch);
    return good;
}
