/* cooperation/user_role.c: a role given to an account for a time, by somebody else. */
#include "../rules.h"

enum { USER, ROLE, FROM, TO, GRANTED_BY, REASON, N };

static const struct field fields[N] = {
    [USER] = {"user", F_REF, "user", REQUIRED | FIXED | SHARED | META, 0, 0},
    [ROLE] = {"role", F_REF, "role", REQUIRED | FIXED | SHARED | META, 0, 0},
    [FROM] = {"from", F_DATE, NULL, SHARED, 0, 0},
    [TO] = {"to", F_DATE, NULL, SHARED, 0, 0},
    [GRANTED_BY] = {"granted_by", F_REF, "user", AUTO, 0, 0},
    [REASON] = {"reason", F_TEXT, NULL, 0, 0, 200},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_today(c, FROM);
    fill_me(c, GRANTED_BY);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_has(r, USER) && str_eq(record_get(r, USER), record_get(r, GRANTED_BY)))
        problem_add(p, ERR_RULE, named(r, USER),
                    _("Nobody gives a role to themselves: ask another operator."));
    check_span(p, r, FROM, TO);
    if (record_has(r, USER) && record_has(r, ROLE) && !record_has(r, TO) &&
        another(c, "user == \"%s\" and role == \"%s\" and to == null", record_get(r, USER),
                record_get(r, ROLE)))
        problem_add(p, ERR_RULE, named(r, ROLE), _("The account has this role already."));
}

const struct kind user_role_kind = {
    .name = "user_role",
    .fields = fields,
    .n_fields = N,
    .title = "{user}, {role}",
    .parent = "user",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
