/* help/follow_up.c: a meeting at which plan and needs are gone through; booked first, then held. */
#include "../rules.h"

enum { EXIT_CASE, DATE, PRESENT, RATINGS, DEVIATION, CHANGES, STATE, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [DATE] = {"date", F_DATE, NULL, REQUIRED, 0, 0},
    [PRESENT] = {"present", F_TEXT, NULL, 0, 0, 200},
    [RATINGS] = {"ratings", F_NOTE, NULL, 0, 0, 1000},
    [DEVIATION] = {"deviation", F_NOTE, NULL, 0, 0, 2000},
    [CHANGES] = {"changes", F_NOTE, NULL, 0, 0, 2000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
}

static bool follow_up_past(struct guard_case *g)
{
    return !in_future(record_get(g->r, DATE)) ||
           guard_no(g, _("The meeting lies ahead: correct the day, or wait until it was held."));
}

static const struct guard guards[] = {{"follow_up_past", follow_up_past}};

const struct kind follow_up_kind = {
    .name = "follow_up",
    .fields = fields,
    .n_fields = N,
    .title = "{date}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
