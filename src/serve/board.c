/* board: all sanction rounds that have not ended, and how far each agency has come with its measures. */
#include "inside.h"
#include <string.h>

#define ROUNDS_MAX 60
#define MEASURES_MAX 3000

/* Measures of one agency in one round, by how far they have come. */
struct tally {
    int n, waiting, running, done, not_done, late;
    const char *late_since; /* the earliest day that has passed; NULL none. Borrowed */
};

static const char *own(const struct record *r, const char *field)
{
    int f = model_field(r->k, field);
    const char *value = f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
    return value ? value : "";
}

static const char *shown(struct call *c, const struct record *r, const char *field)
{
    int f = model_field(r->k, field);
    return *own(r, field) ? arena_strdup(&c->arena, show_value(c->core, r, f)) : "";
}

/* What is late has not begun or goes on, and is counted there too. */
static void count(struct tally *t, const struct record *m)
{
    const char *state = own(m, "state"), *due = own(m, "planned_to");
    t->n++;
    if (str_list_has("UTFORD,REDOVISAD", state) && *own(m, "executed_at"))
        t->done++;
    else if (str_list_has("EJ_UTFORD,AVBRUTEN,REDOVISAD", state))
        t->not_done++;
    else if (str_eq(state, "PAGAENDE"))
        t->running++;
    else
        t->waiting++;
    if (!record_late(m))
        return;
    t->late++;
    if (!t->late_since || strcmp(due, t->late_since) < 0)
        t->late_since = due;
}

static json_t *agency_json(const struct agency_model *a, const struct tally *t)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:o}", "agency", a->code, "label",
                     a->name_sv, "n", t->n, "waiting", t->waiting, "running", t->running, "done",
                     t->done, "not_done", t->not_done, "late", t->late, "late_since",
                     json_text(t->late_since));
}

static json_t *agencies_json(struct call *c, const struct record *round, const struct rows *measures)
{
    const struct model *m = c->core->model;
    json_t *list = json_array();
    for (int a = 0; a < m->n_agencies; a++) {
        struct tally t = {0};
        for (int i = 0; i < measures->n; i++)
            if (str_eq(own(measures->at[i], "round"), round->id) &&
                str_eq(record_common(measures->at[i], COMMON_OWNER_AGENCY), m->agencies[a].code))
                count(&t, measures->at[i]);
        if (t.n)
            json_array_append_new(list, agency_json(&m->agencies[a], &t));
    }
    return list;
}

static json_t *round_json(struct call *c, const struct record *r, const struct rows *measures)
{
    audit_shown(c, r->id);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:o}", "id", r->id, "case_no",
                     r->case_no, "title", show_title(c->core, r), "state",
                     own(r, "state"), "state_label", shown(c, r, "state"),
                     "next", own(r, "next_decision_due"), "late", record_late(r), "feedback_label",
                     shown(c, r, "feedback_state"), "agencies", agencies_json(c, r, measures));
}

static bool fill_board(struct call *c, const struct rows *rounds, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "measure"),
                      .filter = "round.state in (\"FORESLAGEN\", \"BEREDD\", \"BESLUTAD\", "
                                "\"PAGAR\", \"UTVARDERAS\")",
                      .sort = "planned_to",
                      .limit = MEASURES_MAX};
    ROWS measures = {0};
    if (rounds->n && kind_listed(c->core, q.k) && !query_rows(c->core, &q, &measures, e))
        return false;
    json_t *list = json_array();
    for (int i = 0; i < rounds->n; i++)
        json_array_append_new(list, round_json(c, rounds->at[i], &measures));
    for (int i = 0; i < measures.n; i++)
        audit_shown(c, measures.at[i]->id);
    c->result = json_pack("{s:o, s:b}", "rounds", list, "more", rounds->more || measures.more);
    return true;
}

bool serve_board(struct call *c, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "sanction_round"),
                      .filter = "open",
                      .sort = "next_decision_due",
                      .limit = ROUNDS_MAX};
    ROWS rounds = {0};
    if (kind_listed(c->core, q.k) && !query_rows(c->core, &q, &rounds, e))
        return false;
    return fill_board(c, &rounds, e);
}
