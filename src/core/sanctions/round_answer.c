/* sanctions/round_answer.c: an agency's word on a proposed round: it brings measures, or it has
 * none. */
#include "../rules.h"

enum { ROUND, AGENCY, ANSWER, TEXT, ANSWERED_BY, ANSWERED_AT, N };

static const struct field fields[N] = {
    [ROUND] = {"round", F_REF, "sanction_round", REQUIRED | FIXED | SHARED, 0, 0},
    [AGENCY] = {"agency", F_REF, "agency", REQUIRED | FIXED | SHARED, 0, 0},
    [ANSWER] = {"answer", F_CODE, "round_answer", REQUIRED | SHARED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, SHARED, 0, 200},
    [ANSWERED_BY] = {"answered_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [ANSWERED_AT] = {"answered_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    fill_my_agency(c, AGENCY);
    if (!change_touches(c, ANSWER) || (!c->was && record_has(c->now, ANSWERED_AT)))
        return;
    record_put(c->now, ANSWERED_BY, NULL);
    record_put(c->now, ANSWERED_AT, NULL);
    fill_me(c, ANSWERED_BY);
    fill_now(c, ANSWERED_AT);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, TEXT);
    if (c->was || !record_has(r, ROUND) || !record_has(r, AGENCY))
        return;
    if (!c->core->who.system &&
        !str_eq(agency_code(c->core, record_get(r, AGENCY)), record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, AGENCY), _("Answer only for your own agency."));
    if (another(c, "round == \"%s\" and agency == \"%s\"", record_get(r, ROUND),
                record_get(r, AGENCY)))
        problem_add(p, ERR_RULE, named(r, AGENCY),
                    _("This agency has answered already: change that answer."));
}

const struct kind round_answer_kind = {
    .name = "round_answer",
    .fields = fields,
    .n_fields = N,
    .title = "{agency}, {answer}",
    .parent = "round",
    .fill = fill,
    .check = check,
};
