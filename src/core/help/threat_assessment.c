/* help/threat_assessment.c: how great the threat is, asked for and answered; from whom is encrypted
 * and stands in no list (OSL 21:3). */
#include "../rules.h"

enum {
    EXIT_CASE,
    REQUESTED_AT,
    REQUESTED_BY,
    ANSWERED_AT,
    ANSWERED_BY,
    METHOD,
    LEVEL,
    THREAT_FROM,
    AGAINST,
    ADVICE,
    VALID_UNTIL,
    N
};

#define THREAT_DAYS 90 /* an assessment holds so long */

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [REQUESTED_AT] = {"requested_at", F_TIME, NULL, REQUIRED, 0, 0},
    [REQUESTED_BY] = {"requested_by", F_REF, "user", REQUIRED, 0, 0},
    [ANSWERED_AT] = {"answered_at", F_TIME, NULL, 0, 0, 0},
    [ANSWERED_BY] = {"answered_by", F_TEXT, NULL, 0, 0, 80}, /* a text: no tie to the police */
    [METHOD] = {"method", F_CODE, "threat_method", 0, 0, 0},
    [LEVEL] = {"level", F_INT, NULL, 0, 0, 4},
    [THREAT_FROM] = {"threat_from", F_SEALED, NULL, 0, 0, 400},
    [AGAINST] = {"against", F_CODES, "threat_against", 0, 0, 0},
    [ADVICE] = {"advice", F_CODES, "threat_advice", 0, 0, 0},
    [VALID_UNTIL] = {"valid_until", F_DATE, NULL, 0, 0, 0},
};

static void fill(struct change *c)
{
    char day[DATE_TEXT];
    fill_class(c, "SKYDD");
    if (!c->was) {
        fill_now(c, REQUESTED_AT);
        fill_me(c, REQUESTED_BY);
    }
    if (change_touches(c, LEVEL) && record_has(c->now, LEVEL))
        fill_now(c, ANSWERED_AT);
    day_after(record_get(c->now, ANSWERED_AT), THREAT_DAYS, day);
    fill_value(c, VALID_UNTIL, *day ? day : NULL);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, REQUESTED_AT);
    check_past(p, r, ANSWERED_AT);
    check_span(p, r, REQUESTED_AT, ANSWERED_AT);
    if (record_has(r, ANSWERED_AT) && !record_has(r, LEVEL))
        problem_add(p, ERR_RULE, named(r, LEVEL), _("An answer says how high the threat is, 0-4."));
    if (record_has(r, ANSWERED_AT) && !record_has(r, METHOD))
        problem_add(p, ERR_RULE, named(r, METHOD), _("Say how the threat was judged."));
}

const struct kind threat_assessment_kind = {
    .name = "threat_assessment",
    .fields = fields,
    .n_fields = N,
    .title = "{requested_at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
