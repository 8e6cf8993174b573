/* help/emergency_plan.c: what to do when somebody calls at night and is in danger. On-call staff
 * see the plans they are named in, and nothing else of the case. */
#include "../rules.h"

enum { EXIT_CASE, CALL_NAME, STEPS, PHONES, CODE_WORD, AUTHORISED, VALID_TO, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [CALL_NAME] = {"call_name", F_TEXT, NULL, REQUIRED, 0, 40}, /* said on the phone */
    [STEPS] = {"steps", F_NOTE, NULL, REQUIRED, 0, 4000},
    [PHONES] = {"phones", F_SEALED, NULL, 0, 0, 300},
    [CODE_WORD] = {"code_word", F_SEALED, NULL, 0, 0, 60},
    [AUTHORISED] = {"authorised", F_REFS, "user", REQUIRED, 0, 0},
    [VALID_TO] = {"valid_to", F_DATE, NULL, 0, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SKYDD");
    if (!c->was)
        fill_staff_of_case(c, EXIT_CASE, AUTHORISED);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *pos = NULL, *item;
    size_t n;
    while (!c->core->who.system && change_touches(c, AUTHORISED) &&
           str_list_next(record_get(r, AUTHORISED), &pos, &item, &n)) {
        const char *user = list_item(c->core, item, n);
        if (!works_as(c->core, user, "AVHOPP_*") && !works_as(c->core, user, "JOUR_S"))
            problem_add(p, ERR_RULE, named(r, AUTHORISED),
                        _("An emergency plan is for the exit unit and the city's on-call staff: "
                          "take the others out."));
    }
}

const struct kind emergency_plan_kind = {
    .name = "emergency_plan",
    .fields = fields,
    .n_fields = N,
    .title = "{call_name}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
