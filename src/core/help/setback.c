/* help/setback.c: something went wrong on the way out. It asks for an answer, never for an end. */
#include "../rules.h"

enum { EXIT_CASE, AT, KIND, ACTION, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED, 0, 0},
    [KIND] = {"kind", F_CODE, "setback_kind", REQUIRED, 0, 0},
    [ACTION] = {"action", F_NOTE, NULL, 0, 0, 2000},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_now(c, AT);
}

static void check(const struct change *c, struct problems *p)
{
    check_past(p, c->now, AT);
}

const struct kind setback_kind = {
    .name = "setback",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
