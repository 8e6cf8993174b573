/* communication/custom_notification.c: the message told to one person, by at least two people of
 * whom one is not a police officer. Every agency sees the shell; what was said stays where it
 * belongs. */
#include "../rules.h"

#define FOLLOW_UP_DAYS 5 /* the follow-up lies 3 to 7 days after the talk */
#define FOLLOW_UP_MIN 3
#define FOLLOW_UP_MAX 7

enum {
    PERSON,
    TRIGGER,
    TRIGGER_INCIDENT,
    PROPOSED_BY,
    PROPOSED_AT,
    MESSAGE_VERSION,
    INDIVIDUAL_LEGAL_PAGE,
    DELIVERERS,
    PLANNED_PLACE,
    PLANNED_AT,
    DELIVERED_AT,
    PRESENT_OTHERS,
    REACTION,
    QUESTIONS,
    GUARDIAN_INFORMED,
    GUARDIAN_REASON,
    HELP_OFFER,
    FOLLOW_UP_DUE,
    FOLLOW_UP_BY,
    FOLLOW_UP_DONE,
    STOP_REASON,
    TEXT_INTERNAL,
    STATE,
    N
};

/* Reaction, questions and the help offer are not shared: they would tell who wants help. */
static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED | SHARED, 0, 0},
    [TRIGGER] = {"trigger", F_CODE, "cn_trigger", REQUIRED | SHARED, 0, 0},
    [TRIGGER_INCIDENT] = {"trigger_incident", F_REF, "incident", SHARED, 0, 0},
    [PROPOSED_BY] = {"proposed_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [PROPOSED_AT] = {"proposed_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [MESSAGE_VERSION] = {"message_version", F_REF, "message_version", SHARED, 0, 0},
    [INDIVIDUAL_LEGAL_PAGE] = {"individual_legal_page", F_REF, "*", 0, 0, 0},
    [DELIVERERS] = {"deliverers", F_REFS, "user", SHARED, 0, 0},
    [PLANNED_PLACE] = {"planned_place", F_CODE, "meeting_place", SHARED, 0, 0},
    [PLANNED_AT] = {"planned_at", F_TIME, NULL, SHARED, 0, 0},
    [DELIVERED_AT] = {"delivered_at", F_TIME, NULL, SHARED, 0, 0},
    [PRESENT_OTHERS] = {"present_others", F_CODE, "present_others", SHARED, 0, 0},
    [REACTION] = {"reaction", F_CODE, "reaction", 0, 0, 0},
    [QUESTIONS] = {"questions", F_NOTE, NULL, 0, 0, 500},
    [GUARDIAN_INFORMED] = {"guardian_informed", F_BOOL, NULL, 0, 0, 0},
    [GUARDIAN_REASON] = {"guardian_reason", F_TEXT, NULL, 0, 0, 200},
    [HELP_OFFER] = {"help_offer", F_REF, "help_offer", 0, 0, 0},
    [FOLLOW_UP_DUE] = {"follow_up_due", F_DATE, NULL, SHARED, 0, 0},
    [FOLLOW_UP_BY] = {"follow_up_by", F_REF, "user", SHARED, 0, 0},
    [FOLLOW_UP_DONE] = {"follow_up_done", F_TIME, NULL, SHARED, 0, 0},
    [STOP_REASON] = {"stop_reason", F_CODE, "stop_reason", 0, 0, 0},
    [TEXT_INTERNAL] = {"text_internal", F_NOTE, NULL, SEARCH, 0, 4000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

static bool follow_up_fits(const struct record *r)
{
    char first[DATE_TEXT], last[DATE_TEXT];
    const char *due = record_get(r, FOLLOW_UP_DUE);
    day_after(record_get(r, DELIVERED_AT), FOLLOW_UP_MIN, first);
    day_after(record_get(r, DELIVERED_AT), FOLLOW_UP_MAX, last);
    return due && strcmp(due, first) >= 0 && strcmp(due, last) <= 0;
}

static void fill(struct change *c)
{
    if (!c->was) {
        fill_me(c, PROPOSED_BY);
        fill_now(c, PROPOSED_AT);
    }
    if (!record_has(c->now, DELIVERED_AT) || c->given[FOLLOW_UP_DUE] || follow_up_fits(c->now))
        return;
    char due[DATE_TEXT];
    day_after(record_get(c->now, DELIVERED_AT), FOLLOW_UP_DAYS, due);
    record_put(c->now, FOLLOW_UP_DUE, due);
}

static bool is_planned(const struct record *r)
{
    return state_in(r, STATE, "PLANERAD,FORSOKT,GENOMFORD,UPPFOLJD,AVSLUTAD");
}

static bool is_delivered(const struct record *r)
{
    return state_in(r, STATE, "GENOMFORD,UPPFOLJD,AVSLUTAD");
}

/* NULL: enough deliverers, and not the police alone. */
static const char *deliverers_wrong(struct core *core, const struct record *r)
{
    const char *pos = NULL, *item;
    size_t n;
    int all = 0, others = 0;
    while (str_list_next(record_get(r, DELIVERERS), &pos, &item, &n)) {
        const char *agency = user_agency(core, list_item(core, item, n));
        all++;
        others += agency && strcmp(agency, POLICE) != 0;
    }
    if (all < 2)
        return _("Name at least two people who deliver it: nobody goes alone.");
    return others ? NULL
                  : _("Name at least one person who is not from the police among those who deliver "
                      "it.");
}

static void check_people(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *wrong = is_planned(r) ? deliverers_wrong(c->core, r) : NULL;
    if (wrong && change_touches(c, DELIVERERS))
        problem_add(p, ERR_RULE, named(r, DELIVERERS), "%s", wrong);
    if (is_delivered(r) && record_has(r, DELIVERED_AT) && change_touches(c, DELIVERED_AT) &&
        !record_int(r, GUARDIAN_INFORMED) && !record_has(r, GUARDIAN_REASON)) {
        int age = person_age(c->core, record_get(r, PERSON), record_get(r, DELIVERED_AT));
        if (age < 18)
            problem_add(p, ERR_RULE, named(r, GUARDIAN_INFORMED),
                        _("Say that a guardian was told, or write why not (also when the age is "
                          "not known)."));
    }
}

/* The page on what this person risks is the police's, and is about this person (2.4). */
static void check_legal_page(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_has(r, INDIVIDUAL_LEGAL_PAGE) || !change_touches(c, INDIVIDUAL_LEGAL_PAGE))
        return;
    if (!str_eq(record_common(r, COMMON_OWNER_AGENCY), POLICE)) {
        problem_add(p, ERR_RULE, named(r, INDIVIDUAL_LEGAL_PAGE),
                    _("Only the police keep the individual legal page: leave this empty."));
        return;
    }
    static const char *const kinds[] = {"document", "note"};
    for (size_t i = 0; i < N_OF(kinds); i++) {
        struct record *page = look_id(c->core, kinds[i], record_get(r, INDIVIDUAL_LEGAL_PAGE));
        int about = page ? model_field(page->k, "subject") : -1;
        const char *subject = about >= 0 ? record_get(page, about) : NULL;
        if (subject && !str_eq(subject, record_get(r, PERSON)) && !str_eq(subject, r->id))
            problem_add(p, ERR_RULE, named(r, INDIVIDUAL_LEGAL_PAGE),
                        _("That page is about somebody else: choose the one about this person."));
        record_free(page);
    }
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_legal_page(c, p);
    if (change_touches(c, PLANNED_PLACE))
        check_home(c, p, record_get(r, PERSON), PLANNED_PLACE);
    if (record_is(r, TRIGGER, "HANDELSE") && !record_has(r, TRIGGER_INCIDENT))
        problem_add(p, ERR_RULE, named(r, TRIGGER_INCIDENT),
                    _("Say which incident this follows from."));
    check_past(p, r, DELIVERED_AT);
    check_past(p, r, FOLLOW_UP_DONE);
    check_people(c, p);
    if (record_has(r, DELIVERED_AT) && record_has(r, FOLLOW_UP_DUE) && !follow_up_fits(r))
        problem_add(
            p, ERR_RULE, named(r, FOLLOW_UP_DUE),
            _("The follow-up must come %d to %d days after the talk: choose a day between them."),
            FOLLOW_UP_MIN, FOLLOW_UP_MAX);
    if (later(record_get(r, DELIVERED_AT), record_get(r, FOLLOW_UP_DONE)))
        problem_add(p, ERR_RULE, named(r, FOLLOW_UP_DONE),
                    _("The follow-up cannot come before the talk."));
}

static bool deliverers_ok(struct guard_case *g)
{
    const char *wrong = deliverers_wrong(g->core, g->r);
    return !wrong || guard_no(g, "%s", wrong);
}

static bool delivered(struct guard_case *g)
{
    const struct record *r = g->r;
    if (!record_has(r, DELIVERED_AT) || in_future(record_get(r, DELIVERED_AT)))
        return guard_no(g, _("Write when the talk took place."));
    if (!record_has(r, PRESENT_OTHERS) || !record_has(r, REACTION))
        return guard_no(g, _("Write who else was present and how the person reacted."));
    if (record_is(r, PRESENT_OTHERS, "VANNER"))
        return guard_no(g, _("The message is not delivered in front of friends: record the visit "
                             "as an attempt that was "
                             "broken off, and meet the person alone."));
    return true;
}

static bool stop_reason_set(struct guard_case *g)
{
    return record_has(g->r, STOP_REASON) ||
           guard_no(g, _("Choose why it is stopped. Only your own agency reads it."));
}

static bool followed_up(struct guard_case *g)
{
    return record_has(g->r, FOLLOW_UP_DONE) ||
           guard_no(g, _("Write when the person was followed up."));
}

static const struct guard guards[] = {
    {"deliverers_ok", deliverers_ok},
    {"delivered", delivered},
    {"stop_reason_set", stop_reason_set},
    {"followed_up", followed_up},
};

const struct kind custom_notification_kind = {
    .name = "custom_notification",
    .fields = fields,
    .n_fields = N,
    .series = "CN",
    .series_digits = 4,
    .title = "{person}",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
