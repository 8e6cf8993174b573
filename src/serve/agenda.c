/* agenda: a meeting's agenda as this reader may know it: under each point what is found for it just
 * now, with the reader's own rights, and what was written there. */
#include "agenda.h"
#include "treben/base/date.h"

#include <stdlib.h>
#include <string.h>

#define POINT_ROWS 20
#define WRITTEN_MAX 300
#define COUNT_CAP 999
#define WEEKS_BACK 12

/* What a point lists. `from`: the field that says since when, for an age in days. */
struct source {
    const char *point, *kind, *filter, *sort, *from;
};
static const struct source sources[] = {
    {"FORSENADE", "task",
     "state in (\"NY\", \"PAGAR\", \"VANTAR\") and heard_by != null and due < today", "due", "due"},
    {"GMI", "incident", "state in (\"GRANSKAD\", \"OMPROVAS\")", "known_at", "known_at"},
    {"OBESVARADE", "incident",
     "state == \"GMI_BESLUTAD\" or (state in (\"REGISTRERAD\", \"TRIAGERAD\") and known_at >= "
     "today-14d)",
     "known_at", "known_at"},
    {"KONFLIKTER", "group_relation", "type == \"KONFLIKT\" and to == null and heat >= 2", "-heat",
     NULL},
    {"SAMTAL", "custom_notification",
     "state in (\"FORESLAGEN\", \"GODKAND\", \"PLANERAD\", \"FORSOKT\")", "proposed_at",
     "proposed_at"},
    {"OMGANGAR", "sanction_round", "state == \"PAGAR\"", "next_decision_due", NULL},
    {"FRIGIVNINGAR", "person",
     "custody_state in (\"ANSTALT\", \"SIS\", \"HAKTAD\") and custody_to >= today and custody_to "
     "<= today+30d",
     "custody_to", NULL},
    {"CALL_IN", "call_in", "not (state in (\"AVSLUTAD\", \"INSTALLD\"))", "starts_at", NULL},
    {"NASTA", "meeting", "state == \"PLANERAD\" and starts >= today", "starts", NULL},
};

/* A field's text, with what its label does not say by itself; "" when there is none. */
static const char *shown(struct call *c, const struct record *r, const char *field)
{
    int f = model_field(r->k, field);
    return f < 0 || record_hidden(r, f) || !record_has(r, f)
               ? ""
               : arena_strdup(&c->arena, show_value(c->core, r, f));
}

static const char *age_text(struct call *c, const struct record *r, const char *field)
{
    int f = field ? model_field(r->k, field) : -1;
    const char *value = f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
    instant at;
    if (!value || !instant_from_text(value, &at)) {
        return "";
    }
    int64_t days = date_days(date_today()) - date_days(moment_of(at).date);
    return days <= 0 ? _("today")
                     : arena_printf(&c->arena, lang_plural("%d day", "%d days", (unsigned long)days),
                                    (int)days);
}

/* Each agency's measures that this reader sees: "POL 3 of 5, FRI 1 of 1". */
static const char *measures_text(struct call *c, const struct record *round, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "measure"),
                      .filter = arena_printf(&c->arena, "round == \"%s\"", round->id),
                      .sort = "id",
                      .limit = WRITTEN_MAX};
    const struct model *m = c->core->model;
    STR s = {0};
    ROWS rows = {0};
    if (!kind_listed(c->core, q.k)) {
        return "";
    }
    if (!query_rows(c->core, &q, &rows, e)) {
        return NULL;
    }
    int state = model_field(q.k, "state");
    for (int a = 0; a < m->n_agencies; a++) {
        int n = 0, done = 0;
        for (int i = 0; i < rows.n; i++) {
            if (str_eq(record_common(rows.at[i], COMMON_OWNER_AGENCY), m->agencies[a].code)) {
                n++;
                done += record_is(rows.at[i], state, "UTFORD") ||
                        record_is(rows.at[i], state, "REDOVISAD");
            }
        }
        if (n) {
            str_printf(&s, s.len ? ", " : "");
            str_printf(&s, _("%s %d of %d done"), m->agencies[a].code, done, n);
        }
    }
    return arena_strdup(&c->arena, str_text(&s));
}

static const char *detail(struct call *c, const struct source *s, const struct record *r,
                          struct err *e)
{
    if (str_eq(s->point, "OMGANGAR")) {
        return measures_text(c, r, e);
    }
    if (str_eq(s->point, "FRIGIVNINGAR")) {
        return shown(c, r, "custody_to");
    }
    if (str_eq(s->point, "KONFLIKTER")) {
        const char *heat = shown(c, r, "heat");
        return *heat ? arena_printf(&c->arena, _("heat %s"), heat) : "";
    }
    const char *state = state_label(r), *age = age_text(c, r, s->from);
    if (str_eq(s->point, "FORSENADE")) {
        const char *who = shown(c, r, "owner");
        state = *who ? who : record_common(r, COMMON_OWNER_AGENCY);
    }
    return arena_printf(&c->arena, "%s%s%s", state ? state : "", state && *age ? ", " : "", age);
}

static bool add_rows(struct call *c, const struct source *s, const char *meeting, json_t *item,
                     struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, s->kind),
                      .filter = s->filter,
                      .also = arena_printf(&c->arena, "id != \"%s\"", meeting),
                      .sort = s->sort,
                      .limit = POINT_ROWS};
    ROWS rows = {0};
    int64_t n = 0;
    bool capped = false;
    json_t *list = json_array();
    json_object_set_new(item, "rows", list);
    if (!q.k || !kind_listed(c->core, q.k)) {
        return true;
    }
    if (!query_rows(c->core, &q, &rows, e) ||
        (rows.more && !query_count(c->core, &q, COUNT_CAP, &n, &capped, e))) {
        return false;
    }
    for (int i = 0; i < rows.n; i++) {
        const struct record *r = rows.at[i];
        const char *text = detail(c, s, r, e);
        if (!text) {
            return false;
        }
        audit_shown(c, r->id);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:b}", "id", r->id, "what",
                                              show_title(c->core, r), "case_no", r->case_no,
                                              "detail", text, "late", record_late(r)));
    }
    json_object_set_new(item, "n", json_integer(rows.more ? n : rows.n));
    return true;
}

/* --- what was written under a point */

static json_t *written_json(struct call *c, const struct record *r, const char *what,
                            const char *who_field)
{
    const char *who = shown(c, r, who_field);
    const char *state = state_label(r);
    if (!*who && str_eq(what, "task")) {
        who = record_common(r, COMMON_OWNER_AGENCY);
    }
    audit_shown(c, r->id);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", r->id, "what", what, "text",
                     show_title(c->core, r), "who", who, "due", shown(c, r, "due"), "state",
                     state ? state : "");
}

static bool add_written(struct call *c, const struct record *r, json_t *item, struct err *e)
{
    static const struct {
        const char *kind, *field, *what, *who;
    } kinds[] = {{"meeting_decision", "agenda_item", "decision", "decided_by"},
                 {"task", "source", "task", "owner"},
                 {"meeting_participant", "meeting", "present", "present"}};
    json_t *list = json_array();
    json_object_set_new(item, "written", list);
    bool attendance = record_is(r, model_field(r->k, "kind"), "NARVARO");
    for (size_t i = 0; i < N_OF(kinds); i++) {
        bool people = i + 1 == N_OF(kinds);
        const char *of = people ? record_get(r, model_field(r->k, "meeting")) : r->id;
        struct query q = {.k = model_kind(c->core->model, kinds[i].kind),
                          .filter = arena_printf(&c->arena, "%s == \"%s\"", kinds[i].field, of),
                          .sort = "created_at",
                          .limit = WRITTEN_MAX};
        ROWS rows = {0};
        if (people != (people && attendance) || !kind_listed(c->core, q.k)) {
            continue;
        }
        if (!query_rows(c->core, &q, &rows, e)) {
            return false;
        }
        for (int j = 0; j < rows.n; j++) {
            json_array_append_new(list,
                                  written_json(c, rows.at[j], kinds[i].what, kinds[i].who));
        }
    }
    return true;
}

/* --- one point */

static json_t *item_json(struct call *c, const struct record *r, struct err *e)
{
    const char *kind = record_get(r, model_field(r->k, "kind"));
    audit_shown(c, r->id);
    json_t *item = json_pack(
        "{s:s, s:i, s:s, s:s, s:s, s:s, s:s}", "id", r->id, "no",
        (int)record_int(r, model_field(r->k, "no")), "kind", kind ? kind : "", "title",
        shown(c, r, "title"), "class", shown(c, r, "info_class"), "heard_by",
        record_get(r, model_field(r->k, "heard_by")) ? record_get(r, model_field(r->k, "heard_by"))
                                                     : "",
        "text", shown(c, r, "text"));
    bool good = true;
    for (size_t i = 0; good && i < N_OF(sources); i++) {
        if (str_eq(sources[i].point, kind)) {
            good = add_rows(c, &sources[i], record_get(r, model_field(r->k, "meeting")), item, e);
        }
    }
    if (good && str_eq(kind, "HJALP")) {
        json_object_set_new(item, "rows", help_figures(c));
    }
    if (good && !add_written(c, r, item, e)) {
        good = false;
    }
    if (!good) {
        json_decref(item);
        return NULL;
    }
    return item;
}

static bool agenda_json(struct call *c, const struct record *m, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "agenda_item"),
                      .filter = arena_printf(&c->arena, "meeting == \"%s\"", m->id),
                      .sort = "no",
                      .limit = 99};
    ROWS items = {0};
    const char *secretary = record_get(m, model_field(m->k, "secretary"));
    const char *state = record_get(m, model_field(m->k, "state"));
    const char *gaps = agenda_gaps(c, WEEKS_BACK, e);
    bool open = state && str_list_has("PLANERAD,PAGAR,PROTOKOLL_UTKAST", state);
    if (!gaps || (kind_listed(c->core, q.k) && !query_rows(c->core, &q, &items, e))) {
        return false;
    }
    json_t *list = json_array();
    c->result = json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "id", m->id, "title",
                          show_title(c->core, m), "state", state ? state : "", "gaps", gaps,
                          "may_write", open && str_eq(secretary, c->core->who.user), "items", list);
    for (int i = 0; i < items.n; i++) {
        json_t *item = items.at[i]->level >= LEVEL_SHARED ? item_json(c, items.at[i], e) : NULL;
        if (!item && e->code != ERR_NONE) {
            return false;
        }
        if (item) {
            json_array_append_new(list, item);
        }
    }
    return true;
}

bool serve_agenda(struct call *c, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    if (!param_record(c, "id", &k, &id, e)) {
        return false;
    }
    if (!str_eq(k->kind->name, "meeting")) {
        return param_bad(c, e, _("Only a meeting has an agenda."));
    }
    if (!repo_load(c->core, k, id.text, &r, e)) {
        return false;
    }
    audit_shown(c, r->id);
    bool good = agenda_json(c, r, e);
    record_free(r);
    return good;
}
