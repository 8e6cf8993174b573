/* call_in: the board of a call-in: when and where, who is asked and how far that has come, the countdown, and
 * what blocks the next step. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/chain.h"
#include "treben/core/plan.h"

#include <string.h>

#define INVITED_MAX 100
#define STEPS_MAX 40

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

static int days_until(const char *at)
{
    struct date day;
    instant t;
    if (!instant_from_text(at, &t)) {
        return 0;
    }
    day = moment_of(t).date;
    return (int)(date_days(day) - date_days(date_today()));
}

/* "16 days left", "today", "3 days ago" */
static const char *days_text(struct call *c, const char *at)
{
    int n = days_until(at);
    unsigned long days = (unsigned long)(n < 0 ? -n : n);
    if (!n) {
        return _("today");
    }
    return arena_printf(&c->arena,
                        n > 0 ? lang_plural("%d day left", "%d days left", days)
                              : lang_plural("%d day ago", "%d days ago", days),
                        (int)days);
}

/* --- who is asked */

struct sum {
    int invited, served, came, absent;
};

static void count(struct sum *sum, const struct record *r)
{
    const char *state = code_of(r, "state"), *outcome = code_of(r, "outcome");
    if (str_eq(state, "AVFORD")) {
        return;
    }
    sum->invited++;
    sum->served += *code_of(r, "served_at") != '\0';
    sum->came += str_eq(outcome, "STANNADE") || str_eq(outcome, "GICK");
    sum->absent += str_eq(outcome, "UTEBLEV") || str_eq(state, "TACKAT_NEJ");
}

/* "2/3": how many of the agencies asked have said clear, as far as the reader sees their rows. */
static bool clear_text(struct call *c, const struct record *r, const char **ret, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "deconfliction"),
                      .filter = arena_printf(&c->arena, "subject == \"%s\"", r->id),
                      .sort = "id",
                      .limit = INVITED_MAX};
    ROWS rows = {0};
    int clear = 0;
    *ret = "";
    if (!kind_listed(c->core, q.k)) {
        return true;
    }
    if (!query_rows(c->core, &q, &rows, e)) {
        return false;
    }
    for (int i = 0; i < rows.n; i++) {
        clear += str_eq(code_of(rows.at[i], "clear"), "1");
    }
    *ret = rows.n ? arena_printf(&c->arena, "%d/%d", clear, rows.n) : "";
    return true;
}

/* The call-in has another time than the person was told. */
static bool told_wrong(const struct record *r)
{
    const char *told = code_of(r, "told_at");
    const char *state = code_of(r, "state");
    return *told && !str_eq(told, code_of(r, "call_at")) &&
           (str_eq(state, "DELGIVEN") || str_eq(state, "BEKRAFTAD"));
}

static json_t *invitation_json(struct call *c, const struct record *r, const char *clear)
{
    bool held = *code_of(r, "custody_at") != '\0' && !*code_of(r, "outcome");
    audit_shown(c, r->id);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "id", r->id, "person",
                     shown(c, r, "person"), "group", shown(c, r, "represents_group"), "clear", clear,
                     "seat", shown(c, r, "seat"), "state",
                     held            ? _("In custody")
                     : told_wrong(r) ? _("New time")
                                     : shown(c, r, "state"),
                     "late", held || told_wrong(r));
}

static bool add_invitations(struct call *c, const struct record *r, struct sum *sum, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "invitation"),
                      .filter = arena_printf(&c->arena, "call_in == \"%s\"", r->id),
                      .sort = "seat",
                      .limit = INVITED_MAX};
    ROWS rows = {0};
    json_t *list = json_array();
    json_object_set_new(c->result, "invitations", list);
    if (!kind_listed(c->core, q.k)) {
        return true;
    }
    if (!query_rows(c->core, &q, &rows, e)) {
        return false;
    }
    for (int i = 0; i < rows.n; i++) {
        const char *clear;
        if (!clear_text(c, rows.at[i], &clear, e)) {
            return false;
        }
        json_array_append_new(list, invitation_json(c, rows.at[i], clear));
        count(sum, rows.at[i]);
    }
    return true;
}

static const char *sum_text(struct call *c, const struct sum *sum)
{
    STR s = {0};
    str_printf(&s, lang_plural("%d invited", "%d invited", (unsigned long)sum->invited), sum->invited);
    if (sum->served) {
        str_printf(&s, _(", %d served"), sum->served);
    }
    if (sum->came) {
        str_printf(&s, _(", %d came"), sum->came);
    }
    if (sum->absent) {
        str_printf(&s, _(", %d did not come"), sum->absent);
    }
    return arena_strdup(&c->arena, str_text(&s));
}

/* --- the countdown */

static json_t *step_json(struct call *c, const struct plan_step *s)
{
    const char *state = s->done ? _("done") : s->late ? _("! late") : days_text(c, s->due);
    char day[DATE_TEXT] = "";
    instant at;
    if (instant_from_text(s->due, &at)) {
        date_text(moment_of(at).date, day);
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:b, s:b}", "name", s->name, "title", s->title, "due", day,
                     "state", state, "late", s->late, "done", s->done);
}

/* The steps, and the first that is not done. */
static void add_plan(struct call *c, const struct record *r)
{
    struct plan_step steps[STEPS_MAX];
    int n;
    json_t *list = json_array();
    const char *next = "";
    if (plan_read(c->core, r->k->kind->name, r->id, steps, STEPS_MAX, &n)) {
        for (int i = 0; i < n; i++) {
            json_array_append_new(list, step_json(c, &steps[i]));
            if (!*next && steps[i].laid && !steps[i].done) {
                next = arena_printf(&c->arena, "%s, %s", steps[i].title,
                                    steps[i].late ? _("late") : days_text(c, steps[i].due));
            }
        }
    }
    json_object_set_new(c->result, "plan", list);
    json_object_set_new(c->result, "next", json_string(next));
}

/* --- the whole */

/* The next step of the call-in, whose it is, and what stands in its way. */
static void add_way(struct call *c, const struct record *r)
{
    const char *who, *blocked, *step = chain_waits(c->core, r, &who, &blocked);
    const char *text = !step ? "" : arena_printf(&c->arena, "%s (%s)", step, who);
    json_object_set_new(c->result, "way", json_string(text));
    json_object_set_new(c->result, "blocked", json_string(step && blocked ? blocked : ""));
}

static bool board_json(struct call *c, const struct record *r, struct err *e)
{
    struct sum sum = {0};
    const char *venue = record_hidden(r, model_field(r->k, "venue")) ? _("hidden")
                                                                     : shown(c, r, "venue");
    const char *known = shown(c, r, "venue_shared");
    const char *state = arena_printf(&c->arena, "%s, %s", state_label(r),
                                     days_text(c, code_of(r, "starts_at")));
    c->result = json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", r->id, "title", show_title(c->core, r),
                          "when", shown(c, r, "starts_at"), "where", *known ? known : venue, "state",
                          state);
    if (!add_invitations(c, r, &sum, e)) {
        return false;
    }
    add_plan(c, r);
    add_way(c, r);
    json_object_set_new(c->result, "sum_text", json_string(sum_text(c, &sum)));
    return true;
}

bool serve_call_in(struct call *c, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    if (!param_record(c, "id", &k, &id, e)) {
        return false;
    }
    if (!str_eq(k->kind->name, "call_in")) {
        return param_bad(c, e, _("Only a call-in has this board."));
    }
    if (!repo_load(c->core, k, id.text, &r, e)) {
        return false;
    }
    audit_shown(c, r->id);
    bool good = board_json(c, r, e);
    record_free(r);
    return good;
}
