/* help/plan.c: the plan made together with the client; signed by them, it is followed by a new
 * version and never changed. */
#include "../rules.h"

#include <stdio.h>

enum { EXIT_CASE, VERSION, FROM, TO, CLIENT_SIGNED, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [VERSION] = {"version", F_INT, NULL, AUTO, 0, 999},
    [FROM] = {"from", F_DATE, NULL, REQUIRED, 0, 0},
    [TO] = {"to", F_DATE, NULL, 0, 0, 0},
    [CLIENT_SIGNED] = {"client_signed", F_DATE, NULL, 0, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_today(c, FROM);
    if (c->was || !record_has(c->now, EXIT_CASE) || record_has(c->now, VERSION))
        return;
    char no[12];
    snprintf(no, sizeof no, "%" PRId64,
             look_count(c->core, "plan", "exit_case == \"%s\"", record_get(c->now, EXIT_CASE)) + 1);
    record_put(c->now, VERSION, no);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_span(p, r, FROM, TO);
    check_past(p, r, CLIENT_SIGNED);
    if (c->was && record_has(c->was, CLIENT_SIGNED) &&
        (change_touches(c, FROM) || change_touches(c, CLIENT_SIGNED)))
        problem_add(p, ERR_RULE, named(r, FROM),
                    _("A signed plan is not changed: make a new version."));
}

const struct kind plan_kind = {
    .name = "plan",
    .fields = fields,
    .n_fields = N,
    .title = "{version}, {from}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
