/* round: the board of a sanction round: why, decided when, and each agency's measures. */
#include "inside.h"
#include "treben/base/date.h"

#include <stdlib.h>
#include <string.h>

#define MEASURES_MAX 300

static const char *shown(struct call *c, const struct record *r, const char *field)
{
    int f = model_field(r->k, field);
    if (f < 0 || !record_has(r, f)) {
        return "";
    }
    return arena_strdup(&c->arena, show_value(c->core, r, f));
}

static const char *code_of(const struct record *r, const char *field)
{
    int f = model_field(r->k, field);
    const char *value = f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
    return value ? value : "";
}

/* "decided 2026-11-03 by H. Ek and I. Ros", or that it is not decided. */
static const char *decision_text(struct call *c, const struct record *r)
{
    const char *at = shown(c, r, "decided_at"), *by = shown(c, r, "decided_by");
    if (!*at) {
        return _("not decided yet");
    }
    return *by ? arena_printf(&c->arena, "%s, %s", at, by) : at;
}

static const char *why_text(struct call *c, const struct record *r)
{
    STR s = {0};
    const char *rule = shown(c, r, "trigger_rule"), *incidents = shown(c, r, "trigger_incidents");
    str_add(&s, incidents);
    if (*rule) {
        str_printf(&s, "%s%s", s.len ? ". " : "", rule);
    }
    return arena_strdup(&c->arena, str_text(&s));
}

struct sum {
    int n, done, running, late, waiting, not_done;
};

static void count_measure(struct sum *sum, const struct record *m)
{
    const char *state = code_of(m, "state");
    sum->n++;
    if (str_list_has("UTFORD,REDOVISAD", state) && *code_of(m, "executed_at")) {
        sum->done++;
    } else if (str_list_has("EJ_UTFORD,AVBRUTEN,REDOVISAD", state)) {
        sum->not_done++;
    } else if (record_late(m)) {
        sum->late++;
    } else if (str_eq(state, "PAGAENDE")) {
        sum->running++;
    } else {
        sum->waiting++;
    }
}

static const char *n_measures(struct call *c, int n)
{
    return arena_printf(&c->arena, lang_plural("%d measure", "%d measures", (unsigned long)n), n);
}

static void add_part(struct str *s, int n, const char *fmt)
{
    if (n) {
        str_add(s, "   ");
        str_printf(s, fmt, n);
    }
}

static const char *sum_text(struct call *c, const struct sum *sum)
{
    STR s = {0};
    str_add(&s, n_measures(c, sum->n));
    add_part(&s, sum->done, lang_plural("%d done", "%d done", (unsigned long)sum->done));
    add_part(&s, sum->running,
             lang_plural("%d under way", "%d under way", (unsigned long)sum->running));
    add_part(&s, sum->late, lang_plural("%d late", "%d late", (unsigned long)sum->late));
    add_part(&s, sum->waiting,
             lang_plural("%d not begun", "%d not begun", (unsigned long)sum->waiting));
    add_part(&s, sum->not_done,
             lang_plural("%d not carried out", "%d not carried out", (unsigned long)sum->not_done));
    return arena_strdup(&c->arena, str_text(&s));
}

static const char *measure_what(struct call *c, const struct record *m)
{
    const char *what = shown(c, m, "kind"), *text = code_of(m, "shared_text");
    return *text ? arena_printf(&c->arena, "%s, %.80s", what, text) : what;
}

static json_t *measure_json(struct call *c, const struct record *m)
{
    const char *target = shown(c, m, "target"), *place = shown(c, m, "target_text");
    audit_shown(c, m->id);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "id", m->id, "what", measure_what(c, m),
                     "target",
                     *target  ? target
                     : *place ? place
                              : shown(c, m, "target_type"),
                     "due", shown(c, m, "planned_to"), "state", code_of(m, "state"), "state_label",
                     shown(c, m, "state"), "late", record_late(m));
}

static json_t *agency_json(struct call *c, const struct agency_model *agency,
                           const struct rows *measures, struct sum *sum)
{
    json_t *list = json_array();
    for (int i = 0; i < measures->n; i++) {
        if (str_eq(record_common(measures->at[i], COMMON_OWNER_AGENCY), agency->code)) {
            json_array_append_new(list, measure_json(c, measures->at[i]));
            count_measure(sum, measures->at[i]);
        }
    }
    int n = (int)json_array_size(list);
    if (!n) {
        json_decref(list);
        return NULL;
    }
    return json_pack("{s:s, s:s, s:s, s:o}", "agency", agency->code, "label", agency->name_sv,
                     "n_text", n_measures(c, n), "rows", list);
}

static bool board_json(struct call *c, const struct record *r, struct err *e)
{
    const struct model *m = c->core->model;
    struct query q = {.k = model_kind(m, "measure"),
                      .filter = arena_printf(&c->arena, "round == \"%s\"", r->id),
                      .sort = "planned_to",
                      .limit = MEASURES_MAX};
    ROWS measures = {0};
    struct sum sum = {0};
    if (q.k && kind_listed(c->core, q.k) && !query_rows(c->core, &q, &measures, e)) {
        return false;
    }
    json_t *agencies = json_array();
    for (int i = 0; i < m->n_agencies; i++) {
        json_t *agency = agency_json(c, &m->agencies[i], &measures, &sum);
        if (agency) {
            json_array_append_new(agencies, agency);
        }
    }
    const char *objective = shown(c, r, "objective");
    c->result = json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:b}", "id", r->id,
                          "title", show_title(c->core, r), "state_label", json_text(state_label(r)),
                          "why", why_text(c, r), "decision", decision_text(c, r), "next",
                          shown(c, r, "next_decision_due"), "objective", objective, "agencies",
                          agencies, "sum_text", sum_text(c, &sum), "more", measures.more);
    return true;
}

bool serve_round(struct call *c, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    if (!param_record(c, "id", &k, &id, e)) {
        return false;
    }
    if (!str_eq(k->kind->name, "sanction_round")) {
        return param_bad(c, e, _("Only a sanction round has a board."));
    }
    if (!repo_load(c->core, k, id.text, &r, e)) {
        return false;
    }
    audit_shown(c, r->id);
    bool good = board_json(c, r, e);
    record_free(r);
    return good;
}
