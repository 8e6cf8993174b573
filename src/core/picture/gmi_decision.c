/* picture/gmi_decision.c: is a group member involved? Proposed by one, decided by another when the
 * incident is moved on; never changed, only superseded, so that figures can be told as of any day.
 */
#include "../rules.h"

enum {
    INCIDENT,
    VALUE,
    CERTAINTY,
    ROLE,
    MOTIVE,
    GROUP_DRIVEN,
    BASIS_TEXT,
    PROPOSED_BY,
    PROPOSED_AT,
    DECIDED_BY,
    DECIDED_AT,
    SUPERSEDES,
    N
};

static const struct field fields[N] = {
    [INCIDENT] = {"incident", F_REF, "incident", REQUIRED | FIXED | SHARED, 0, 0},
    [VALUE] = {"value", F_CODE, "gmi_value", REQUIRED | SHARED, 0, 0},
    [CERTAINTY] = {"certainty", F_INT, NULL, REQUIRED | SHARED, 1, 3},
    [ROLE] = {"role", F_CODE, "gmi_role", SHARED, 0, 0},
    [MOTIVE] = {"motive", F_CODE, "motive", SHARED, 0, 0},
    [GROUP_DRIVEN] = {"group_driven", F_CODE, "yes_no_unknown", SHARED, 0, 0},
    [BASIS_TEXT] = {"basis_text", F_NOTE, NULL, REQUIRED | SEARCH, 0, 4000},
    [PROPOSED_BY] = {"proposed_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [PROPOSED_AT] = {"proposed_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [DECIDED_BY] = {"decided_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [DECIDED_AT] = {"decided_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [SUPERSEDES] = {"supersedes", F_REF, "gmi_decision", AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_me(c, PROPOSED_BY);
    fill_now(c, PROPOSED_AT);
    if (record_has(c->now, SUPERSEDES) || !record_has(c->now, INCIDENT))
        return;
    struct record *old =
        look_first(c->core, "gmi_decision", "-decided_at",
                   "incident == \"%s\" and decided_at != null", record_get(c->now, INCIDENT));
    if (old)
        record_put(c->now, SUPERSEDES, old->id);
    record_free(old);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_is(r, VALUE, "JA") && !record_has(r, ROLE))
        problem_add(p, ERR_RULE, named(r, ROLE),
                    _("Say whether the group member did it, was the target, or both."));
}

const struct kind gmi_decision_kind = {
    .name = "gmi_decision",
    .fields = fields,
    .n_fields = N,
    .title = "{value}, {decided_at}",
    .parent = "incident",
    .owner = POLICE,
    .flags = KIND_APPEND_ONLY,
    .fill = fill,
    .check = check,
};
