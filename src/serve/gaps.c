/* What is missing, a line each on my day: weeks without a coordination meeting, nights and weekends
 * with nobody on duty. */
#include "agenda.h"
#include "treben/base/date.h"

#include <string.h>

#define WEEKS_BACK 4
#define DAYS_AHEAD 7
#define NIGHT_FROM 16 /* working days end then and begin at NIGHT_TO; Friday's night is the weekend */
#define NIGHT_TO 8
#define FRIDAY 4

static void add_line(json_t *sections, const char *name, const char *label, int n, const char *kind,
                     const char *filter, const char *sort)
{
    json_array_append_new(sections, json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:[]}", "name",
                                              name, "label", label, "count_text", "", "n", n,
                                              "kind", kind, "filter", filter, "sort", sort,
                                              "rows"));
}

static instant at_hour(struct date d, int hour)
{
    instant at = 0;
    bool twice;
    return moment_to_instant(d, hour, 0, 0, &at, &twice) ? at : 0;
}

static bool time_of(const struct record *r, const char *field, instant *ret)
{
    const char *value = record_get(r, model_field(r->k, field));
    return value && instant_from_text(value, ret);
}

/* The first moment from `at` on that no duty covers. Rows are in the order of their beginning. */
static instant uncovered(const struct rows *duties, instant at)
{
    for (int i = 0; i < duties->n; i++) {
        instant from, to;
        if (time_of(duties->at[i], "from", &from) && time_of(duties->at[i], "to", &to) &&
            from <= at && to > at) {
            at = to;
        }
    }
    return at;
}

static const char *nights_open(struct call *c, const struct rows *duties, int *ret_n)
{
    STR s = {0};
    *ret_n = 0;
    for (int i = 0; i < DAYS_AHEAD; i++) {
        struct date d = date_add(date_today(), i);
        int wday = date_wday(d);
        if (wday > FRIDAY) {
            continue;
        }
        instant end = at_hour(date_add(d, wday == FRIDAY ? 3 : 1), NIGHT_TO);
        instant at = uncovered(duties, at_hour(d, NIGHT_FROM));
        if (at < end) {
            struct moment m = moment_of(at);
            str_printf(&s, "%s%s %02d:%02d", s.len ? ", " : "", weekday_short(m.wday), m.hour,
                       m.min);
            (*ret_n)++;
        }
    }
    return arena_strdup(&c->arena, str_text(&s));
}

/* An agency that keeps no roster here has no gaps in it. */
static bool add_roster(struct call *c, json_t *sections, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "duty_roster"),
                      .filter = arena_printf(&c->arena, "owner_agency == \"%s\" and to >= today-7d",
                                             c->core->who.agency),
                      .sort = "from"};
    ROWS duties = {0};
    int n;
    if (!kind_listed(c->core, q.k)) {
        return true;
    }
    if (!query_rows(c->core, &q, &duties, e)) {
        return false;
    }
    const char *gaps = duties.n ? nights_open(c, &duties, &n) : "";
    if (*gaps) {
        add_line(sections, "roster_gap",
                 arena_printf(&c->arena, _("! Nobody on duty from: %s"), gaps), n, "duty_roster",
                 "to >= today", "from");
    }
    return true;
}

bool gap_lines(struct call *c, json_t *sections, struct err *e)
{
    const struct core *core = c->core;
    bool meets = subject_is(core, "KOORD_*") || subject_is(core, "CHEF");
    const char *weeks = meets ? agenda_gaps(c, WEEKS_BACK, e) : "";
    if (!weeks) {
        return false;
    }
    if (*weeks) {
        add_line(sections, "meeting_gap",
                 arena_printf(&c->arena, _("! Weeks without a coordination meeting: %s"), weeks), 1,
                 "meeting", "kind == \"SAMORDNING\"", "-starts");
    }
    return !(meets || subject_is(core, "JOUR_*")) || add_roster(c, sections, e);
}
