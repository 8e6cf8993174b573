/* picture/group_alias.c: another name of a group. */
#include "../rules.h"

enum { GROUP, NAME, KIND, FROM, TO, N };

static const struct field fields[N] = {
    [GROUP] = {"group", F_REF, "group", REQUIRED | FIXED, 0, 0},
    [NAME] = {"name", F_TEXT, NULL, REQUIRED | SEARCH | SORT, 0, 60},
    [KIND] = {"kind", F_CODE, "group_alias_kind", REQUIRED, 0, 0},
    [FROM] = {"from", F_PDATE, NULL, 0, 0, 0},
    [TO] = {"to", F_PDATE, NULL, 0, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    check_span(p, c->now, FROM, TO);
}

const struct kind group_alias_kind = {
    .name = "group_alias",
    .fields = fields,
    .n_fields = N,
    .title = "{name}",
    .parent = "group",
    .owner = "parent",
    .check = check,
};
