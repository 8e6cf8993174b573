/* help/help_offer.c: help was offered. Outside those who help, it shows that it was given, when and
 * by whom; the answer and everything after it do not exist there. */
#include "../rules.h"

enum {
    PERSON,
    ANONYMOUS,
    GIVEN_IN,
    GIVEN_AT,
    BY_AGENCY,
    GIVEN_BY,
    OFFER_KINDS,
    RESPONSE,
    RESPONSE_AT,
    DECLINE_REASON,
    EXIT_CONTACT,
    EXIT_CASE,
    TEXT_INTERNAL,
    STATE,
    N
};

static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", 0, 0, 0}, /* of the offer's own agency */
    [ANONYMOUS] = {"anonymous", F_BOOL, NULL, 0, 0, 0},
    [GIVEN_IN] = {"given_in", F_CODE, "offer_given_in", REQUIRED | SHARED | META, 0, 0},
    [GIVEN_AT] = {"given_at", F_TIME, NULL, REQUIRED | SHARED | META, 0, 0},
    [BY_AGENCY] = {"by_agency", F_REF, "agency", REQUIRED | FIXED | SHARED | META, 0, 0},
    [GIVEN_BY] = {"given_by", F_REF, "user", REQUIRED | SHARED | META, 0, 0},
    [OFFER_KINDS] = {"offer_kinds", F_CODES, "offer_kind", REQUIRED, 0, 0},
    [RESPONSE] = {"response", F_CODE, "offer_response", 0, 0, 0},
    [RESPONSE_AT] = {"response_at", F_TIME, NULL, 0, 0, 0},
    [DECLINE_REASON] = {"decline_reason", F_CODE, "decline_reason", 0, 0, 0},
    [EXIT_CONTACT] = {"exit_contact", F_REF, "exit_contact", 0, 0, 0},
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", 0, 0, 0},
    [TEXT_INTERNAL] = {"text_internal", F_NOTE, NULL, 0, 0, 4000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    fill_my_agency(c, BY_AGENCY);
    if (!c->was) {
        fill_now(c, GIVEN_AT);
        fill_me(c, GIVEN_BY);
    }
    if (entering(c, STATE, "INGET_SVAR"))
        fill_value(c, RESPONSE, "INGET");
    if (!change_touches(c, RESPONSE) || c->given[RESPONSE_AT] ||
        (!c->was && record_has(c->now, RESPONSE_AT)))
        return;
    record_put(c->now, RESPONSE_AT, NULL);
    if (record_has(c->now, RESPONSE))
        fill_now(c, RESPONSE_AT);
}

static void check_person(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_has(r, PERSON) && !record_int(r, ANONYMOUS))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("Say who the offer was given to, or mark it as anonymous."));
    if (record_has(r, PERSON) && record_int(r, ANONYMOUS))
        problem_add(p, ERR_RULE, named(r, ANONYMOUS),
                    _("An anonymous offer names nobody: clear one of the two."));
    if (!record_has(r, PERSON) || !change_touches(c, PERSON))
        return;
    struct record *person = look_id(c->core, "person", record_get(r, PERSON));
    if (person &&
        !str_eq(record_common(person, COMMON_OWNER_AGENCY), record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("An offer names a person of your own agency's register: choose or add the "
                      "person there."));
    record_free(person);
}

/* No tie ever leads from another agency's offer, and so from its person, to a case. */
static void check_case(const struct change *c, struct problems *p)
{
    static const int links[] = {EXIT_CONTACT, EXIT_CASE};
    for (size_t i = 0; i < N_OF(links); i++)
        if (record_has(c->now, links[i]) &&
            !str_eq(record_common(c->now, COMMON_OWNER_AGENCY), exit_case_kind.owner))
            problem_add(p, ERR_RULE, named(c->now, links[i]),
                        _("Only the exit unit's own offers are tied to a contact or a case: leave "
                          "this empty."));
}

static const char *answer_of_state(const struct record *r)
{
    if (record_is(r, STATE, "INTRESSE"))
        return "JA,TANKA";
    if (record_is(r, STATE, "AVBOJT"))
        return "NEJ";
    return record_is(r, STATE, "INGET_SVAR") ? "INGET" : NULL;
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_person(c, p);
    check_case(c, p);
    check_past(p, r, GIVEN_AT);
    check_past(p, r, RESPONSE_AT);
    if (!c->core->who.system && record_has(r, BY_AGENCY) && !c->was &&
        !str_eq(agency_code(c->core, record_get(r, BY_AGENCY)),
                record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, BY_AGENCY),
                    _("Register only offers that your own agency gave."));
    if (record_has(r, DECLINE_REASON) && !record_is(r, RESPONSE, "NEJ"))
        problem_add(p, ERR_RULE, named(r, DECLINE_REASON),
                    _("Only a no has a reason for declining: clear it."));
    if (record_has(r, RESPONSE_AT) && !record_has(r, RESPONSE))
        problem_add(p, ERR_RULE, named(r, RESPONSE_AT),
                    _("There is no answer yet: choose it, or clear the time."));
    if (later(record_get(r, GIVEN_AT), record_get(r, RESPONSE_AT)))
        problem_add(p, ERR_RULE, named(r, RESPONSE_AT),
                    _("The answer cannot come before the offer."));
    const char *answers = answer_of_state(r);
    if (answers && record_has(r, RESPONSE) && !state_in(r, RESPONSE, answers))
        problem_add(p, ERR_RULE, named(r, RESPONSE),
                    _("This answer does not fit where the offer stands: correct one."));
}

static bool response_yes(struct guard_case *g)
{
    return state_in(g->r, RESPONSE, "JA,TANKA") ||
           guard_no(g, _("Interest needs the answer yes or thinking about it: set the answer."));
}

static bool response_no(struct guard_case *g)
{
    return record_is(g->r, RESPONSE, "NEJ") ||
           guard_no(g, _("Declined needs the answer no: set the answer."));
}

static bool no_answer(struct guard_case *g)
{
    return !record_has(g->r, RESPONSE) || record_is(g->r, RESPONSE, "INGET") ||
           guard_no(g, _("There is an answer: choose interest or declined instead."));
}

static const struct guard guards[] = {
    {"response_yes", response_yes},
    {"response_no", response_no},
    {"no_answer", no_answer},
};

const struct kind help_offer_kind = {
    .name = "help_offer",
    .fields = fields,
    .n_fields = N,
    .title = "{given_in}, {given_at}",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
