/* cooperation/user.c: an account: one person, exactly one agency, never shared. Other agencies see
 * the alias. */
#include "../rules.h"

enum {
    LOGIN,
    UID,
    DISPLAY_NAME,
    DISPLAY_ALIAS,
    AGENCY,
    UNIT,
    EMPLOYMENT_REF,
    AUTH_METHOD,
    ACTIVE_FROM,
    ACTIVE_TO,
    LAST_ATTESTED_AT,
    TRAINING_OK_UNTIL,
    N
};

/* The login is how anybody names an account; an agency that hides names gives neutral logins. Names
 * are found by the alias alone, which is the name itself unless the agency says otherwise: a search
 * must not tell the hidden one. */
static const struct field fields[N] = {
    [LOGIN] = {"login", F_TEXT, NULL, REQUIRED | FIXED | UNIQUE | SHARED | META | SEARCH, 0, 32},
    [UID] = {"uid", F_INT, NULL, UNIQUE, 0, INT32_MAX},
    [DISPLAY_NAME] = {"display_name", F_TEXT, NULL, REQUIRED | SHARED | SORT, 0, 80},
    [DISPLAY_ALIAS] = {"display_alias", F_TEXT, NULL, SHARED | META | SEARCH | SORT, 0, 80},
    [AGENCY] = {"agency", F_REF, "agency", REQUIRED | FIXED | SHARED | META, 0, 0},
    [UNIT] = {"unit", F_TEXT, NULL, 0, 0, 80},
    [EMPLOYMENT_REF] = {"employment_ref", F_SEALED, NULL, 0, 0, 40},
    [AUTH_METHOD] = {"auth_method", F_TEXT, NULL, 0, 0, 40},
    [ACTIVE_FROM] = {"active_from", F_DATE, NULL, 0, 0, 0},
    [ACTIVE_TO] = {"active_to", F_DATE, NULL, 0, 0, 0},
    [LAST_ATTESTED_AT] = {"last_attested_at", F_TIME, NULL, 0, 0, 0},
    [TRAINING_OK_UNTIL] = {"training_ok_until", F_DATE, NULL, 0, 0, 0},
};

static void fill(struct change *c)
{
    fill_owner(c, AGENCY);
    if (!c->was)
        fill_today(c, ACTIVE_FROM);
    fill_value(c, DISPLAY_ALIAS, record_get(c->now, DISPLAY_NAME));
}

static void check(const struct change *c, struct problems *p)
{
    const char *login = record_get(c->now, LOGIN);
    if (login && login[strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-")])
        problem_add(
            p, ERR_INVALID, named(c->now, LOGIN),
            _("A login has only small letters a-z, digits, full stop, hyphen and underscore."));
    check_span(p, c->now, ACTIVE_FROM, ACTIVE_TO);
}

const struct kind user_kind = {
    .name = "user",
    .fields = fields,
    .n_fields = N,
    .title = "{display_name}",
    .fill = fill,
    .check = check,
};
