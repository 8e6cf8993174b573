/* cooperation/deconfliction.c: each agency's word on whether a planned contact is safe. What it
 * answered and why is its own; others see only clear or not clear. The question says whom it is about:
 * whoever keeps the person's record hands it to the agency that is asked, which sees nothing else of it. */
#include "../rules.h"

enum { SUBJECT, AGENCY, QUESTION, ANSWER, CLEAR, ANSWERED_BY, ANSWERED_AT, REASON_INTERNAL, LEGAL_GROUND, N };

static const struct field fields[N] = {
    [SUBJECT] = {"subject", F_REF, "*", REQUIRED | FIXED | SHARED | META, 0, 0},
    [AGENCY] = {"agency", F_REF, "agency", REQUIRED | FIXED | SHARED | META, 0, 0},
    [QUESTION] = {"question", F_TEXT, NULL, AUTO, 0, 200},
    [ANSWER] = {"answer", F_CODE, "deconfliction_answer", 0, 0, 0},
    [CLEAR] = {"clear", F_BOOL, NULL, AUTO | SHARED | META, 0, 0},
    [ANSWERED_BY] = {"answered_by", F_REF, "user", AUTO, 0, 0},
    [ANSWERED_AT] = {"answered_at", F_TIME, NULL, AUTO, 0, 0},
    [REASON_INTERNAL] = {"reason_internal", F_NOTE, NULL, 0, 0, 1000},
    [LEGAL_GROUND] = {"legal_ground", F_TEXT, NULL, 0, 0, 200},
};

static void fill(struct change *c)
{
    fill_my_agency(c, AGENCY);
    fill_owner(c, AGENCY);
    if (!c->was && !record_has(c->now, QUESTION))
        record_put(c->now, QUESTION, chain_question(c->core, record_get(c->now, SUBJECT)));
    record_put(c->now, CLEAR, record_is(c->now, ANSWER, "KLAR") ? "1" : "0");
    if (!change_touches(c, ANSWER) || (!c->was && record_has(c->now, ANSWERED_AT)))
        return;
    record_put(c->now, ANSWERED_BY, NULL);
    record_put(c->now, ANSWERED_AT, NULL);
    if (record_has(c->now, ANSWER)) {
        fill_me(c, ANSWERED_BY);
        fill_now(c, ANSWERED_AT);
    }
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const struct subject *who = &c->core->who;
    if (change_touches(c, ANSWER) && record_has(r, ANSWER) && !who->system &&
        !str_eq(who->agency, record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, ANSWER),
                    _("Only the agency that was asked answers: leave this empty."));
    if (!c->was && record_has(r, SUBJECT) && record_has(r, AGENCY) &&
        another(c, "subject == \"%s\" and agency == \"%s\"", record_get(r, SUBJECT),
                record_get(r, AGENCY)))
        problem_add(p, ERR_RULE, named(r, AGENCY),
                    _("This agency has been asked already: change the answer that is there."));
    if (record_is(r, ANSWER, "STOPP") && !record_has(r, REASON_INTERNAL))
        problem_add(p, ERR_RULE, named(r, REASON_INTERNAL),
                    _("Write why it must not happen. Only your own agency reads it."));
}

const struct kind deconfliction_kind = {
    .name = "deconfliction",
    .fields = fields,
    .n_fields = N,
    .title = "{agency}",
    .parent = "subject",
    .fill = fill,
    .check = check,
};
