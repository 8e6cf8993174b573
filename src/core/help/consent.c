/* help/consent.c: what somebody agreed to in writing: to which agencies, which facts, what for,
 * how long (OSL 10:1, 12:2). Withdrawn, it stops at once; that it existed is kept. */
#include "../rules.h"

enum {
    EXIT_CASE,
    PERSON,
    GIVEN_AT,
    GIVEN_BY,
    FORM_VERSION,
    SIGNED_DOC,
    AGENCIES,
    DATA_KINDS,
    PURPOSE,
    VALID_TO,
    RENEW_AT,
    CAPACITY_NOTE,
    INTERPRETER,
    WITHDRAWN_AT,
    WITHDRAWN_HOW,
    CONTINUED,
    STATE,
    N
};

#define CONSENT_DAYS 365 /* unless another end was agreed */
#define RENEW_DAYS 30    /* before its end somebody is reminded */

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [PERSON] = {"person", F_REF, "person", REQUIRED | AUTO, 0, 0}, /* the case's: never another's */
    [GIVEN_AT] = {"given_at", F_DATE, NULL, REQUIRED, 0, 0},
    [GIVEN_BY] = {"given_by", F_CODE, "consent_giver", REQUIRED, 0, 0},
    [FORM_VERSION] = {"form_version", F_TEXT, NULL, REQUIRED, 0, 40},
    [SIGNED_DOC] = {"signed_doc", F_TEXT, NULL, 0, 0, 120}, /* where the signed original is kept */
    [AGENCIES] = {"agencies", F_REFS, "agency", REQUIRED, 0, 0},
    [DATA_KINDS] = {"data_kinds", F_CODES, "consent_data", REQUIRED, 0, 0},
    [PURPOSE] = {"purpose", F_CODE, "consent_purpose", REQUIRED, 0, 0},
    [VALID_TO] = {"valid_to", F_DATE, NULL, REQUIRED, 0, 0},
    [RENEW_AT] = {"renew_at", F_DATE, NULL, AUTO, 0, 0},
    [CAPACITY_NOTE] = {"capacity_note", F_TEXT, NULL, 0, 0, 200},
    [INTERPRETER] = {"interpreter", F_BOOL, NULL, 0, 0, 0},
    [WITHDRAWN_AT] = {"withdrawn_at", F_TIME, NULL, 0, 0, 0},
    [WITHDRAWN_HOW] = {"withdrawn_how", F_TEXT, NULL, 0, 0, 200},
    [CONTINUED] = {"continued", F_NOTE, NULL, 0, 0, 1000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    char day[DATE_TEXT];
    fill_class(c, "SEKRETESS");
    fill_from_parent(c, "exit_case", EXIT_CASE, PERSON, "person");
    fill_today(c, GIVEN_AT);
    day_after(record_get(c->now, GIVEN_AT), CONSENT_DAYS, day);
    fill_value(c, VALID_TO, *day ? day : NULL);
    day_after(record_get(c->now, VALID_TO), -RENEW_DAYS, day);
    record_put(c->now, RENEW_AT, *day ? day : NULL);
    if (entering(c, STATE, "ATERKALLAT"))
        fill_now(c, WITHDRAWN_AT);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, GIVEN_AT);
    check_past(p, r, WITHDRAWN_AT);
    check_span(p, r, GIVEN_AT, VALID_TO);
    if (!record_has(r, PERSON))
        problem_add(p, ERR_RULE, named(r, EXIT_CASE),
                    _("Nobody stands on the case yet: name the person there first."));
    if (!c->was || record_is(c->was, STATE, "UTKAST"))
        return;
    static const int signed_text[] = {GIVEN_AT,   GIVEN_BY, FORM_VERSION, SIGNED_DOC,
                                      AGENCIES,   PURPOSE,  DATA_KINDS,   VALID_TO,
                                      INTERPRETER};
    for (size_t i = 0; i < N_OF(signed_text); i++)
        if (change_touches(c, signed_text[i]))
            problem_add(p, ERR_RULE, named(r, signed_text[i]),
                        _("What was signed is not changed: write a new consent."));
}

static bool consent_signed(struct guard_case *g)
{
    if (!record_has(g->r, SIGNED_DOC))
        return guard_no(g, _("Consent is given in writing: say where the signed form is kept."));
    int age = person_age(g->core, record_get(g->r, PERSON), record_get(g->r, GIVEN_AT));
    if (age < 0)
        return guard_no(g, _("Age decides who signs: write the person's birth date first."));
    if (age < 18 && record_is(g->r, GIVEN_BY, "SELF"))
        return guard_no(g, _("The person is under 18: a guardian signs too, with a consent of "
                             "their own."));
    char today[DATE_TEXT];
    date_text(date_today(), today);
    return !later(today, record_get(g->r, VALID_TO)) ||
           guard_no(g, _("This consent has run out already: correct the date, or get a new one."));
}

static bool consent_over(struct guard_case *g)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    return later(today, record_get(g->r, VALID_TO)) || guard_no(g, _("It has not run out yet."));
}

static const struct guard guards[] = {
    {"consent_signed", consent_signed},
    {"consent_over", consent_over},
};

const struct kind consent_kind = {
    .name = "consent",
    .fields = fields,
    .n_fields = N,
    .title = "{purpose}, {given_at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
