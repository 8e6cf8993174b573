/* help/placement.c: where somebody lives in safety. Seen by those on its list and the manager only;
 * where it is stands encrypted (OSL 26:14 b-c). Nobody is placed near a former rival: the unit's
 * own placements are compared at each save, and the answer never says whose the other one is. */
#include "../rules.h"

enum {
    EXIT_CASE,
    PROVIDER,
    ADDRESS,
    MUNICIPALITY,
    FROM,
    TO,
    COST_DAY,
    COLLISION_RESULT,
    COLLISION_AT,
    COLLISION_BY,
    COLLISION_REASON,
    ACCESS_LIST,
    STATE,
    N
};

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [PROVIDER] = {"provider", F_SEALED, NULL, REQUIRED, 0, 120},
    [ADDRESS] = {"address", F_SEALED, NULL, 0, 0, 200},
    [MUNICIPALITY] = {"municipality", F_TEXT, NULL, REQUIRED, 0, 4},
    [FROM] = {"from", F_DATE, NULL, REQUIRED, 0, 0},
    [TO] = {"to", F_DATE, NULL, 0, 0, 0},
    [COST_DAY] = {"cost_day", F_INT, NULL, 0, 0, 100000}, /* kronor */
    [COLLISION_RESULT] = {"collision_result", F_CODE, "collision_result", AUTO, 0, 0},
    [COLLISION_AT] = {"collision_at", F_TIME, NULL, AUTO, 0, 0},
    [COLLISION_BY] = {"collision_by", F_REF, "user", AUTO, 0, 0},
    [COLLISION_REASON] = {"collision_reason", F_NOTE, NULL, 0, 0, 500},
    [ACCESS_LIST] = {"access_list", F_REFS, "user", REQUIRED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static bool place_changed(const struct change *c)
{
    if (!c->was) /* one of a city that is told comes with its check */
        return !record_has(c->now, COLLISION_AT);
    return change_touches(c, PROVIDER) || change_touches(c, MUNICIPALITY) ||
           change_touches(c, FROM) || change_touches(c, TO) || change_touches(c, STATE);
}

static void fill(struct change *c)
{
    struct record *r = c->now;
    fill_class(c, "SKYDD");
    if (!c->was)
        fill_staff_of_case(c, EXIT_CASE, ACCESS_LIST);
    if (!place_changed(c) || !state_in(r, STATE, "PLANERAD,PAGAR"))
        return;
    record_put(r, COLLISION_RESULT, placement_collides(c->core, r) ? "MOJLIG" : "INGEN");
    record_put(r, COLLISION_AT, NULL);
    record_put(r, COLLISION_BY, NULL);
    fill_now(c, COLLISION_AT);
    fill_me(c, COLLISION_BY);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_span(p, r, FROM, TO);
    check_municipality(p, r, MUNICIPALITY);
    if (change_touches(c, COLLISION_REASON) && record_has(r, COLLISION_REASON) &&
        !c->core->who.system && !subject_is(c->core, "AVHOPP_CHEF"))
        problem_add(p, ERR_DENIED, named(r, COLLISION_REASON),
                    _("Only the unit's manager decides this: talk to them."));
    if (record_is(r, STATE, "PAGAR") && place_changed(c) && c->was &&
        record_is(c->was, STATE, "PAGAR") && record_is(r, COLLISION_RESULT, "MOJLIG") &&
        !change_touches(c, COLLISION_REASON))
        problem_add(p, ERR_RULE, named(r, MUNICIPALITY),
                    _("This place may not be safe. Talk to your manager before anybody goes "
                      "there."));
}

static bool no_collision(struct guard_case *g)
{
    bool decided = record_has(g->r, COLLISION_REASON) && subject_is(g->core, "AVHOPP_CHEF");
    return decided || !placement_collides(g->core, g->r) ||
           guard_no(g, _("This place may not be safe. Talk to your manager before anybody goes "
                         "there."));
}

static const struct guard guards[] = {{"no_collision", no_collision}};

const struct kind placement_kind = {
    .name = "placement",
    .fields = fields,
    .n_fields = N,
    .title = "{from}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
