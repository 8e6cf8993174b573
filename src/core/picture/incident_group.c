/* picture/incident_group.c: a group's part in an incident, how sure that is and how well it is
 * known. A wrong link keeps its row and counts nowhere; whoever saw the link sees that it was
 * wrong. */
#include "../rules.h"

enum { INCIDENT, GROUP, PART, CERTAINTY, SOURCE_GRADE, INFO_GRADE, HANDLING, STATE, N };

static const struct field fields[N] = {
    [INCIDENT] = {"incident", F_REF, "incident", REQUIRED | FIXED | SHARED, 0, 0},
    [GROUP] = {"group", F_REF, "group", REQUIRED | FIXED | SHARED, 0, 0},
    [PART] = {"part", F_CODE, "group_part", REQUIRED | SHARED, 0, 0},
    [CERTAINTY] = {"certainty", F_INT, NULL, REQUIRED, 1, 3},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", REQUIRED, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", REQUIRED, 0, 0},
    [HANDLING] = {"handling", F_CODE, "handling", REQUIRED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!c->was && record_has(r, INCIDENT) && record_has(r, GROUP) &&
        another(c, "incident == \"%s\" and group == \"%s\" and state == \"KOPPLAD\"",
                record_get(r, INCIDENT), record_get(r, GROUP)))
        problem_add(p, ERR_RULE, named(r, GROUP),
                    _("This group stands on the incident already: change that row."));
}

const struct kind incident_group_kind = {
    .name = "incident_group",
    .fields = fields,
    .n_fields = N,
    .title = "{group}, {part}",
    .parent = "incident",
    .owner = "parent",
    .check = check,
};
