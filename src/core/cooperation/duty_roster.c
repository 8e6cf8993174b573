/* cooperation/duty_roster.c: who is on duty, from when to when, at which number; one at a time in
 * each agency. */
#include "../rules.h"

enum { USER, FROM, TO, PHONE, BACKUP_USER, N };

static const struct field fields[N] = {
    [USER] = {"user", F_REF, "user", REQUIRED | SHARED, 0, 0},
    [FROM] = {"from", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [TO] = {"to", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [PHONE] = {"phone", F_SEALED, NULL, 0, 0, 40},
    [BACKUP_USER] = {"backup_user", F_REF, "user", SHARED, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *own = record_common(r, COMMON_OWNER_AGENCY);
    const char *from = record_get(r, FROM), *to = record_get(r, TO);
    const char *agency = user_agency(c->core, record_get(r, USER));
    check_span(p, r, FROM, TO);
    if (agency && !str_eq(agency, own))
        problem_add(p, ERR_RULE, named(r, USER),
                    _("Choose somebody of your own agency: the others keep their own roster."));
    if (record_has(r, USER) && str_eq(record_get(r, USER), record_get(r, BACKUP_USER)))
        problem_add(p, ERR_RULE, named(r, BACKUP_USER),
                    _("The backup is somebody else than the one on duty."));
    if (from && to && another(c, "owner_agency == \"%s\" and from < \"%s\" and to > \"%s\"", own, to,
                              from))
        problem_add(p, ERR_RULE, named(r, FROM),
                    _("Somebody of your agency is on duty then already: change one of the two."));
}

const struct kind duty_roster_kind = {
    .name = "duty_roster",
    .fields = fields,
    .n_fields = N,
    .title = "{owner_agency}, {user}",
    .check = check,
};
