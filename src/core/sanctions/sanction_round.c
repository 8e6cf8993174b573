/* sanctions/sanction_round.c: swift consequences for a group that was warned, decided by more than
 * one agency, with an end and with the group told why. */
#include "../rules.h"

#define DECIDE_AGAIN_DAYS 28

enum {
    TARGET_GROUP,
    TRIGGER_INCIDENTS,
    TRIGGER_RULE,
    PRIOR_MESSAGE,
    OVERRIDE_REASON,
    OBJECTIVE,
    PROPOSED_BY,
    PROPOSED_AT,
    DECIDED_BY,
    DECIDED_AT,
    STARTS,
    NEXT_DECISION_DUE,
    ENDED_AT,
    END_REASON,
    FEEDBACK_STATE,
    EVALUATION,
    STATE,
    N
};

static const struct field fields[N] = {
    [TARGET_GROUP] = {"target_group", F_REF, "group", REQUIRED | FIXED | SHARED, 0, 0},
    [TRIGGER_INCIDENTS] = {"trigger_incidents", F_REFS, "incident", REQUIRED | SHARED, 0, 0},
    [TRIGGER_RULE] = {"trigger_rule", F_CODE, "trigger_rule", REQUIRED | SHARED, 0, 0},
    [PRIOR_MESSAGE] = {"prior_message", F_REF, "*", SHARED, 0, 0},
    [OVERRIDE_REASON] = {"override_reason", F_NOTE, NULL, SHARED, 0, 500},
    [OBJECTIVE] = {"objective", F_NOTE, NULL, SHARED | SEARCH, 0, 1000},
    [PROPOSED_BY] = {"proposed_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [PROPOSED_AT] = {"proposed_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [DECIDED_BY] = {"decided_by", F_REFS, "user", AUTO | SHARED, 0, 0},
    [DECIDED_AT] = {"decided_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [STARTS] = {"starts", F_DATE, NULL, SHARED, 0, 0},
    [NEXT_DECISION_DUE] = {"next_decision_due", F_DATE, NULL, AUTO | SHARED, 0, 0},
    [ENDED_AT] = {"ended_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [END_REASON] = {"end_reason", F_CODE, "round_end_reason", SHARED, 0, 0},
    [FEEDBACK_STATE] = {"feedback_state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
    [EVALUATION] = {"evaluation", F_NOTE, NULL, SHARED | SEARCH, 0, 4000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

/* Those who approved before, and the one who acts now. */
static void put_deciders(struct change *c)
{
    STR who = {0};
    ROWS given =
        look_all(c->core, "approval", "at",
                 "subject == \"%s\" and step == \"BESLUTAD\" and answer == \"JA\"", c->now->id);
    for (int i = 0; i < given.n; i++) {
        const char *user = record_get(given.at[i], kind_field(&approval_kind, "user"));
        if (user && !str_list_has(str_text(&who), user))
            str_printf(&who, "%s%s", who.len ? "," : "", user);
    }
    const char *me = c->core->who.user;
    if (*me && !str_list_has(str_text(&who), me))
        str_printf(&who, "%s%s", who.len ? "," : "", me);
    record_put(c->now, DECIDED_BY, str_text(&who));
}

static void put_next_decision(struct change *c)
{
    char due[DATE_TEXT];
    date_text(date_add(date_today(), DECIDE_AGAIN_DAYS), due);
    record_put(c->now, NEXT_DECISION_DUE, due);
}

static void fill(struct change *c)
{
    if (!c->was) {
        fill_me(c, PROPOSED_BY);
        fill_now(c, PROPOSED_AT);
    }
    if (entering(c, STATE, "BESLUTAD")) {
        if (!record_has(c->now, DECIDED_BY))
            put_deciders(c);
        fill_now(c, DECIDED_AT);
        fill_today(c, STARTS);
        if (!record_has(c->now, NEXT_DECISION_DUE))
            put_next_decision(c);
    }
    if (c->was && c->transition && strcmp(c->transition->to, "PAGAR") == 0 &&
        record_is(c->was, STATE, "PAGAR"))
        put_next_decision(c);
    if (entering(c, STATE, "UTVARDERAS") || entering(c, STATE, "AVBRUTEN"))
        fill_now(c, ENDED_AT);
    if (state_in(c->now, STATE, "UTVARDERAS,AVSLUTAD,AVBRUTEN,AVSLAGEN"))
        record_put(c->now, NEXT_DECISION_DUE, NULL);
}

/* A group that was only the target of what happened is not met with sanctions for it. */
static void check_group(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *group = record_get(r, TARGET_GROUP), *incidents = record_get(r, TRIGGER_INCIDENTS);
    if (!group || !incidents || !change_touches(c, TRIGGER_INCIDENTS))
        return;
    int named_groups = 0, fits = 0;
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(incidents, &pos, &item, &n)) {
        ROWS rows =
            look_all(c->core, "incident_group", "id", "incident == \"%s\" and state == \"KOPPLAD\"",
                     list_item(c->core, item, n));
        for (int i = 0; i < rows.n; i++) {
            named_groups++;
            fits += record_is(rows.at[i], model_field(rows.at[i]->k, "group"), group) &&
                    !record_is(rows.at[i], model_field(rows.at[i]->k, "part"), "MAL");
        }
    }
    if (named_groups && !fits)
        problem_add(p, ERR_RULE, named(r, TRIGGER_INCIDENTS),
                    _("None of these incidents is put down to this group: choose the incident or "
                      "the group anew."));
}

/* The warning is a talk with one of the group or a message to it, and nothing that was said in help. */
static void check_warning(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *prior = record_get(r, PRIOR_MESSAGE);
    if (prior && change_touches(c, PRIOR_MESSAGE)) {
        struct record *talk = look_id(c->core, "custom_notification", prior);
        struct record *told = look_id(c->core, "group_message", prior);
        if (!talk && !told)
            problem_add(p, ERR_RULE, named(r, PRIOR_MESSAGE),
                        _("Choose a custom notification or a message to the group."));
        record_free(talk);
        record_free(told);
    }
    if (record_has(r, OVERRIDE_REASON) && change_touches(c, OVERRIDE_REASON) &&
        !c->core->who.system && !subject_is(c->core, "CHEF"))
        problem_add(p, ERR_RULE, named(r, OVERRIDE_REASON),
                    _("Only a manager writes why the round is decided without a warning."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_group(c, p);
    check_warning(c, p);
    lint_text(p, r, OVERRIDE_REASON);
    lint_text(p, r, OBJECTIVE);
    lint_text(p, r, EVALUATION);
}

static bool end_reason_set(struct guard_case *g)
{
    return record_has(g->r, END_REASON) || guard_no(g, _("Choose why the round ends."));
}

static bool fed_back(struct guard_case *g)
{
    return record_is(g->r, FEEDBACK_STATE, "ATERKOPPLAD") ||
           guard_no(g, _("The group has not been told why the round happened: tell it and record "
                         "the message to the group."));
}

static const struct guard guards[] = {
    {"end_reason_set", end_reason_set},
    {"fed_back", fed_back},
};

const struct kind sanction_round_kind = {
    .name = "sanction_round",
    .fields = fields,
    .n_fields = N,
    .series = "SR",
    .series_digits = 2,
    .title = "{target_group}",
    .owner = POLICE,
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
