/* help/goal.c: what a plan is to reach for one need, and how near it is, 0-10. */
#include "../rules.h"

enum { PLAN, EXIT_CASE, NEED, TEXT, TARGET_DATE, MEASURE, STATE, N };

static const struct field fields[N] = {
    [PLAN] = {"plan", F_REF, "plan", REQUIRED | FIXED, 0, 0},
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | AUTO, 0, 0}, /* the plan's */
    [NEED] = {"need", F_CODE, "need_domain", REQUIRED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, REQUIRED, 0, 200},
    [TARGET_DATE] = {"target_date", F_DATE, NULL, 0, 0, 0},
    [MEASURE] = {"measure", F_INT, NULL, 0, 0, 10},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_from_parent(c, "plan", PLAN, EXIT_CASE, "exit_case");
}

const struct kind goal_kind = {
    .name = "goal",
    .fields = fields,
    .n_fields = N,
    .title = "{need}: {text}",
    .parent = "plan",
    .owner = "parent",
    .fill = fill,
};
