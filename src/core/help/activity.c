/* help/activity.c: what somebody does for a goal: the rows that the case worker looks at each day. */
#include "../rules.h"

enum { GOAL, EXIT_CASE, KIND, TEXT, RESPONSIBLE, FROM, TO, FREQUENCY, STATE, N };

static const struct field fields[N] = {
    [GOAL] = {"goal", F_REF, "goal", REQUIRED | FIXED, 0, 0},
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0}, /* the goal's */
    [KIND] = {"kind", F_CODE, "offer_kind", REQUIRED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, 0, 0, 200},
    [RESPONSIBLE] = {"responsible", F_TEXT, NULL, REQUIRED, 0, 60},
    [FROM] = {"from", F_DATE, NULL, 0, 0, 0},
    [TO] = {"to", F_DATE, NULL, 0, 0, 0},
    [FREQUENCY] = {"frequency", F_TEXT, NULL, 0, 0, 60},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_from_parent(c, "goal", GOAL, EXIT_CASE, "exit_case");
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_span(p, r, FROM, TO);
    if (c->was || !record_has(r, GOAL))
        return;
    struct record *goal = look_id(c->core, "goal", record_get(r, GOAL));
    if (goal && !str_eq(record_get(goal, kind_field(&goal_kind, "exit_case")),
                        record_get(r, EXIT_CASE)))
        problem_add(p, ERR_RULE, named(r, GOAL),
                    _("That goal is of another case: choose one of this case's plan."));
    record_free(goal);
}

const struct kind activity_kind = {
    .name = "activity",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}: {text}",
    .parent = "goal",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
