/* Figures of the agenda: help as an aggregate that tells of nobody, and the weeks without a
 * meeting. */
#include "agenda.h"
#include "treben/base/date.h"

#include <string.h>

#define SMALLEST 5 /* of persons in a published figure (dossier 4.3) */

/* --- help */

/* Rounded to five, and silent below it: two weeks' figures side by side must not tell what one
 * person answered. */
static const char *coarse(struct call *c, int64_t n)
{
    if (n < SMALLEST) {
        return arena_printf(&c->arena, _("fewer than %d"), SMALLEST);
    }
    return arena_printf(&c->arena, _("about %d"), (int)((n + 2) / SMALLEST * SMALLEST));
}

static json_t *figure(struct call *c, const char *what, int64_t n)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:b}", "id", "", "what", what, "case_no", "", "detail",
                     coarse(c, n), "late", 0);
}

/* The months of the figures are over, so that nothing done this week moves them. */
json_t *help_figures(struct call *c)
{
    struct date first = date_today();
    char from[DATE_TEXT], to[DATE_TEXT];
    first.d = 1;
    date_text(date_add_months(first, -3), from);
    date_text(first, to);
    const char *given =
        arena_printf(&c->arena, "given_at >= \"%s\" and given_at < \"%s\"", from, to);
    int64_t n = look_count(c->core, "help_offer", "%s", given);
    int64_t yes = look_count(c->core, "help_offer", "%s and response == \"JA\"", given);
    int64_t waiting = look_count(c->core, "help_offer", "%s and state == \"INTRESSE\"", given);
    date_text(date_add(first, -1), to);
    return json_pack(
        "[o, o, o]",
        figure(c, arena_printf(&c->arena, _("Offers of help given, %s to %s"), from, to), n),
        figure(c, _("of them accepted"), yes), figure(c, _("of those, not yet contacted"), waiting));
}

/* --- weeks */

static int64_t monday_of(struct date d)
{
    return date_days(d) - date_wday(d);
}

static bool held_meetings(struct call *c, const char *also, const char *sort, int limit,
                          struct rows *ret, struct err *e)
{
    struct query q = {.k = model_kind(c->core->model, "meeting"),
                      .filter = "kind == \"SAMORDNING\" and not (state == \"PLANERAD\")",
                      .also = also,
                      .sort = sort,
                      .limit = limit};
    *ret = (struct rows){0};
    return !kind_listed(c->core, q.k) || query_rows(c->core, &q, ret, e);
}

/* The Monday of the week in which a meeting was held. */
static int64_t week_of(const struct record *meeting)
{
    instant at;
    const char *starts = record_get(meeting, model_field(meeting->k, "starts"));
    return starts && instant_from_text(starts, &at) ? monday_of(moment_of(at).date) : 0;
}

const char *agenda_gaps(struct call *c, int back, struct err *e)
{
    int64_t this_week = monday_of(date_today()), monday = this_week - 7 * (int64_t)back;
    char day[DATE_TEXT];
    STR s = {0};
    ROWS first = {0};
    ROWS held = {0};
    date_text(date_from_days(monday), day);
    if (!held_meetings(c, NULL, "starts", 1, &first, e) ||
        !held_meetings(c, arena_printf(&c->arena, "starts >= \"%s\"", day), "starts", 0, &held,
                       e)) {
        return NULL;
    }
    if (!first.n) {
        return "";
    }
    if (week_of(first.at[0]) > monday) {
        monday = week_of(first.at[0]);
    }
    for (; monday < this_week; monday += 7) {
        bool met = false;
        for (int i = 0; i < held.n; i++) {
            met |= week_of(held.at[i]) == monday;
        }
        if (!met) {
            int year, week;
            date_iso_week(date_from_days(monday), &year, &week);
            str_printf(&s, s.len ? _(", w %d") : _("w %d"), week);
        }
    }
    return arena_strdup(&c->arena, str_text(&s));
}
