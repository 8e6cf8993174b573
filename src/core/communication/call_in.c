/* communication/call_in.c: a call-in: people who can carry a message back to their groups are asked to
 * come, hear it from all agencies at once, and are offered help. */
#include "../rules.h"

#define MINUTES_DEFAULT "60"
#define VENUE_DAYS 1 /* before the day, only the planners know the place */

enum {
    STARTS_AT,
    MINUTES,
    PURPOSE,
    WINDOW_FROM,
    WINDOW_TO,
    VENUE,
    VENUE_SHARED,
    VENUE_NEUTRAL_OK,
    MESSAGE_VERSIONS,
    CAPACITY,
    RISK_ASSESSMENT,
    HOUSE_RULES,
    REHEARSAL_AT,
    REHEARSAL_NO_CLIENTS,
    INVITEES_TOLD,
    GROUPS_REPRESENTED,
    EVALUATION_TEXT,
    OFFICERS,
    STATE,
    N
};

/* venue_shared is the venue for everybody who sees the call-in, from the day before it, and empty until then. officers are those
 * who accompany somebody: it opens the call-in to them, and names them to nobody. */
static const struct field fields[N] = {
    [STARTS_AT] = {"starts_at", F_TIME, NULL, REQUIRED | SHARED | META, 0, 0},
    [MINUTES] = {"minutes", F_INT, NULL, REQUIRED | SHARED, 15, 480},
    [PURPOSE] = {"purpose", F_NOTE, NULL, SHARED | SEARCH, 0, 1000},
    [WINDOW_FROM] = {"window_from", F_DATE, NULL, SHARED, 0, 0},
    [WINDOW_TO] = {"window_to", F_DATE, NULL, SHARED, 0, 0},
    [VENUE] = {"venue", F_SEALED, NULL, 0, 0, 120},
    [VENUE_SHARED] = {"venue_shared", F_TEXT, NULL, AUTO | SHARED, 0, 120},
    [VENUE_NEUTRAL_OK] = {"venue_neutral_ok", F_BOOL, NULL, SHARED, 0, 0},
    [MESSAGE_VERSIONS] = {"message_versions", F_REFS, "message_version", SHARED, 0, 0},
    [CAPACITY] = {"capacity", F_INT, NULL, SHARED, 1, 60},
    [RISK_ASSESSMENT] = {"risk_assessment", F_REF, "*", 0, 0, 0},
    [HOUSE_RULES] = {"house_rules", F_CODES, "call_in_rule", SHARED, 0, 0},
    [REHEARSAL_AT] = {"rehearsal_at", F_TIME, NULL, SHARED, 0, 0},
    [REHEARSAL_NO_CLIENTS] = {"rehearsal_no_clients", F_BOOL, NULL, SHARED, 0, 0},
    [INVITEES_TOLD] = {"invitees_told", F_BOOL, NULL, SHARED, 0, 0},
    [GROUPS_REPRESENTED] = {"groups_represented", F_REFS, "group", AUTO | SHARED, 0, 0},
    [EVALUATION_TEXT] = {"evaluation_text", F_NOTE, NULL, SHARED | SEARCH, 0, 4000},
    [OFFICERS] = {"officers", F_REFS, "user", AUTO, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED | META, 0, 0},
};

bool call_in_venue_open(const char *starts_at)
{
    char opens[DATE_TEXT], today[DATE_TEXT];
    day_after(starts_at, -VENUE_DAYS, opens);
    date_text(date_today(), today);
    return *opens && strcmp(today, opens) >= 0;
}

static void fill(struct change *c)
{
    if (!c->was)
        fill_value(c, MINUTES, MINUTES_DEFAULT);
    record_put(c->now, VENUE_SHARED,
               call_in_venue_open(record_get(c->now, STARTS_AT)) ? record_get(c->now, VENUE) : NULL);
}

static bool is_planned(const struct record *r)
{
    return state_in(r, STATE, "BESLUTAD,PLANERAS,KALLAD,REPETERAD");
}

static bool in_window(const struct record *r)
{
    char day[DATE_TEXT];
    day_after(record_get(r, STARTS_AT), 0, day);
    return record_has(r, WINDOW_FROM) && record_has(r, WINDOW_TO) &&
           strcmp(day, record_get(r, WINDOW_FROM)) >= 0 &&
           strcmp(day, record_get(r, WINDOW_TO)) <= 0;
}

/* What the managers decided stands: the day may move within it. */
static void check_moved(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!c->was || record_is(c->was, STATE, "IDE"))
        return;
    if (change_touches(c, WINDOW_FROM) || change_touches(c, WINDOW_TO))
        problem_add(p, ERR_RULE, named(r, change_touches(c, WINDOW_TO) ? WINDOW_TO : WINDOW_FROM),
                    _("The managers decided these days: for other days, call this one off and "
                      "begin a new one."));
    if (!change_touches(c, STARTS_AT))
        return;
    if (!is_planned(c->was))
        problem_add(p, ERR_RULE, named(r, STARTS_AT),
                    _("The call-in is over: its time is not changed any more."));
    else if (in_future(record_get(c->was, STARTS_AT)) && !in_future(record_get(r, STARTS_AT)))
        problem_add(p, ERR_RULE, named(r, STARTS_AT),
                    _("That time has passed: choose a coming day, or call the call-in off."));
    else if (!in_window(r))
        problem_add(p, ERR_RULE, named(r, STARTS_AT),
                    _("The managers decided %s to %s: choose a day between them, or call this one "
                      "off and begin a new one."),
                    record_get(r, WINDOW_FROM), record_get(r, WINDOW_TO));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, PURPOSE);
    lint_text(p, r, EVALUATION_TEXT);
    check_span(p, r, WINDOW_FROM, WINDOW_TO);
    check_moved(c, p);
    if (later(record_get(r, REHEARSAL_AT), record_get(r, STARTS_AT)))
        problem_add(p, ERR_RULE, named(r, REHEARSAL_AT),
                    _("The rehearsal comes before the call-in: choose an earlier time."));
}

static bool window_and_purpose(struct guard_case *g)
{
    const struct record *r = g->r;
    if (!record_has(r, PURPOSE) || !record_has(r, WINDOW_FROM) || !record_has(r, WINDOW_TO))
        return guard_no(g, _("Write what the call-in is for, and between which days it is held."));
    return in_window(r) ||
           guard_no(g, _("The time lies outside the days that are decided: correct one of the two."));
}

static bool rehearsed(struct guard_case *g)
{
    if (!record_has(g->r, REHEARSAL_AT) || in_future(record_get(g->r, REHEARSAL_AT)))
        return guard_no(g, _("Write when the rehearsal was held."));
    return record_int(g->r, REHEARSAL_NO_CLIENTS) ||
           guard_no(g, _("A rehearsal is held without anybody who is invited: say that nobody "
                         "was there."));
}

/* What must never happen in the room is agreed before anybody is asked to come. */
static bool house_rules_agreed(struct guard_case *g)
{
    const struct code_list *rules = g->r->k->fields[HOUSE_RULES].codes;
    const char *agreed = record_get(g->r, HOUSE_RULES);
    for (int i = 0; i < rules->n_codes; i++)
        if (!agreed || !str_list_has(agreed, rules->codes[i].code))
            return guard_no(g, _("Not agreed yet: %s. Agree on every rule of the house first."),
                            label_text(&rules->codes[i].label));
    return record_int(g->r, VENUE_NEUTRAL_OK) ||
           guard_no(g, _("The place must be neutral ground: choose another, or say that it is."));
}

static bool has_begun(struct guard_case *g)
{
    return !in_future(record_get(g->r, STARTS_AT)) ||
           guard_no(g, _("The call-in has not been held yet."));
}

static bool evaluated(struct guard_case *g)
{
    return record_has(g->r, EVALUATION_TEXT) ||
           guard_no(g, _("Write the evaluation: how it went, what is to be done differently."));
}

static const struct guard guards[] = {
    {"window_and_purpose", window_and_purpose},
    {"rehearsed", rehearsed},
    {"house_rules_agreed", house_rules_agreed},
    {"has_begun", has_begun},
    {"evaluated", evaluated},
};

const struct kind call_in_kind = {
    .name = "call_in",
    .fields = fields,
    .n_fields = N,
    .series = "CI",
    .series_digits = 2,
    .title = "{case_no}, {starts_at}",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
