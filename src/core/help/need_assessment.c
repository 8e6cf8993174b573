/* help/need_assessment.c: how it stands with one need at a day; the row of them shows the change. */
#include "../rules.h"

enum { EXIT_CASE, DOMAIN, LEVEL, IMPORTANCE, AT, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [DOMAIN] = {"domain", F_CODE, "need_domain", REQUIRED, 0, 0},
    [LEVEL] = {"level", F_INT, NULL, REQUIRED, 0, 4},
    [IMPORTANCE] = {"importance", F_INT, NULL, 0, 1, 3},
    [AT] = {"at", F_DATE, NULL, REQUIRED, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_today(c, AT);
}

static void check(const struct change *c, struct problems *p)
{
    check_past(p, c->now, AT);
}

const struct kind need_assessment_kind = {
    .name = "need_assessment",
    .fields = fields,
    .n_fields = N,
    .title = "{domain}, {at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
