/* picture/response_item.c: one thing that will be done because of an incident, by one agency. Only
 * what is done answers an incident; what is planned does not. */
#include "../rules.h"

enum { INCIDENT, KIND, AGENCY, TEXT, DUE, EXECUTED_AT, REF, CANCEL_REASON, CANCELLED_AT, N };

static const struct field fields[N] = {
    [INCIDENT] = {"incident", F_REF, "incident", REQUIRED | FIXED | SHARED, 0, 0},
    [KIND] = {"kind", F_CODE, "response_kind", REQUIRED | SHARED, 0, 0},
    [AGENCY] = {"agency", F_REF, "agency", REQUIRED | FIXED | SHARED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, SHARED | SEARCH, 0, 200},
    [DUE] = {"due", F_DATE, NULL, SHARED, 0, 0},
    [EXECUTED_AT] = {"executed_at", F_TIME, NULL, SHARED, 0, 0},
    [REF] = {"ref", F_REF, "*", SHARED, 0, 0},
    [CANCEL_REASON] = {"cancel_reason", F_TEXT, NULL, SHARED, 0, 200},
    [CANCELLED_AT] = {"cancelled_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    fill_my_agency(c, AGENCY);
    fill_owner(c, AGENCY);
    if (record_has(c->now, CANCEL_REASON))
        fill_now(c, CANCELLED_AT);
    else
        record_put(c->now, CANCELLED_AT, NULL);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, EXECUTED_AT);
    if (record_has(r, EXECUTED_AT) && record_has(r, CANCEL_REASON))
        problem_add(p, ERR_RULE, named(r, CANCEL_REASON),
                    _("It was done, so it is not cancelled: clear one of the two."));
    lint_text(p, r, TEXT);
    lint_text(p, r, CANCEL_REASON);
}

const struct kind response_item_kind = {
    .name = "response_item",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {agency}",
    .parent = "incident",
    .fill = fill,
    .check = check,
};
