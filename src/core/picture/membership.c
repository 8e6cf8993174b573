/* picture/membership.c: the claim that a person belongs to a group. It has criteria, grades and a
 * day when it must be looked at again; unconfirmed, it stops counting. */
#include "../rules.h"

#define REVIEW_MONTHS 12
#define REVIEW_MONTHS_MINOR 6
#define ADULT 18
#define YOUNGEST 10 /* below it the birth date or the claim is wrong */

enum {
    PERSON,
    GROUP,
    ROLE,
    FROM,
    TO,
    END_REASON,
    SOURCE_GRADE,
    INFO_GRADE,
    HANDLING,
    CRITERIA,
    STATE,
    CONFIRMED_AT,
    CONFIRMED_BY,
    REVIEW_DUE,
    SUSPICION_BASIS,
    MINOR_AT_ENTRY,
    N
};

static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [GROUP] = {"group", F_REF, "group", REQUIRED | FIXED, 0, 0},
    [ROLE] = {"role", F_CODE, "member_role", REQUIRED, 0, 0},
    [FROM] = {"from", F_PDATE, NULL, REQUIRED, 0, 0},
    [TO] = {"to", F_PDATE, NULL, 0, 0, 0},
    [END_REASON] = {"end_reason", F_CODE, "membership_end", 0, 0, 0},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", REQUIRED, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", REQUIRED, 0, 0},
    [HANDLING] = {"handling", F_CODE, "handling", REQUIRED, 0, 0},
    [CRITERIA] = {"criteria", F_CODES, "criterion", REQUIRED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
    [CONFIRMED_AT] = {"confirmed_at", F_DATE, NULL, AUTO, 0, 0},
    [CONFIRMED_BY] = {"confirmed_by", F_REF, "user", AUTO, 0, 0},
    [REVIEW_DUE] = {"review_due", F_DATE, NULL, REQUIRED, 0, 0},
    [SUSPICION_BASIS] = {"suspicion_basis", F_CODE, "suspicion_basis", REQUIRED, 0, 0},
    [MINOR_AT_ENTRY] = {"minor_at_entry", F_BOOL, NULL, AUTO, 0, 0}, /* empty: age not known */
};

static void put_review(struct change *c)
{
    int age = person_age(c->core, record_get(c->now, PERSON), NULL);
    char due[DATE_TEXT];
    date_text(date_add_months(date_today(), age >= ADULT ? REVIEW_MONTHS : REVIEW_MONTHS_MINOR),
              due);
    record_put(c->now, REVIEW_DUE, due);
}

static void fill(struct change *c)
{
    if (!c->was && record_has(c->now, PERSON) && record_has(c->now, FROM)) {
        int age = person_age(c->core, record_get(c->now, PERSON), record_get(c->now, FROM));
        record_put(c->now, MINOR_AT_ENTRY, age < 0 ? NULL : age < ADULT ? "1" : "0");
    }
    if (!record_has(c->now, REVIEW_DUE))
        put_review(c);
    if (entering(c, STATE, "BEKRAFTAD")) {
        if (c->was) { /* confirmed anew, by whoever does it now */
            record_put(c->now, CONFIRMED_AT, NULL);
            record_put(c->now, CONFIRMED_BY, NULL);
        }
        fill_today(c, CONFIRMED_AT);
        fill_me(c, CONFIRMED_BY);
        if (!in_future(record_get(c->now, REVIEW_DUE)))
            put_review(c);
    }
}

static bool is_over(const struct record *r)
{
    return state_in(r, STATE, "UPPHORD,BORTTAGEN");
}

static void check_person(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (c->was || !record_has(r, PERSON))
        return;
    check_member(c, PERSON, p);
    int age = person_age(c->core, record_get(r, PERSON), record_get(r, FROM));
    if (age >= 0 && age < YOUNGEST)
        problem_add(
            p, ERR_RULE, named(r, FROM),
            _("The person was %d years old then: check the birth date and when this began."), age);
    if (record_has(r, GROUP) && another(c,
                                        "person == \"%s\" and group == \"%s\" and to == null and "
                                        "not (state in (\"UPPHORD\", \"BORTTAGEN\"))",
                                        record_get(r, PERSON), record_get(r, GROUP)))
        problem_add(p, ERR_RULE, named(r, GROUP),
                    _("The person has an open membership of this group already: change that one."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    int needed = c->core->model->min_criteria;
    int have = (int)str_list_count(record_get(r, CRITERIA));
    if (!is_over(r) && have > 0 && have < needed)
        problem_add(p, ERR_RULE, named(r, CRITERIA),
                    _("A membership needs at least %d criteria, and this has %d: add what supports "
                      "it, or wait."),
                    needed, have);
    if (record_has(r, TO) && !record_has(r, END_REASON))
        problem_add(p, ERR_RULE, named(r, END_REASON), _("Say why the membership ended."));
    if (!record_has(r, TO) && record_has(r, END_REASON))
        problem_add(p, ERR_RULE, named(r, TO),
                    _("Say when the membership ended, or clear the reason."));
    check_span(p, r, FROM, TO);
    check_past(p, r, FROM);
    check_past(p, r, TO);
    check_person(c, p);
}

static bool criteria_enough(struct guard_case *g)
{
    int needed = g->core->model->min_criteria;
    if ((int)str_list_count(record_get(g->r, CRITERIA)) >= needed)
        return true;
    return guard_no(g, _("At least %d criteria must support a membership: add them first."),
                    needed);
}

static bool graded(struct guard_case *g)
{
    if (record_has(g->r, SOURCE_GRADE) && record_has(g->r, INFO_GRADE) &&
        record_has(g->r, HANDLING))
        return true;
    return guard_no(g, _("Grade the source and the information, and say how it may be handled."));
}

static bool minor_approved(struct guard_case *g)
{
    if (record_is(g->r, MINOR_AT_ENTRY, "0") || g->core->who.system ||
        subject_is(g->core, "KOORD_P"))
        return true;
    return guard_no(g, _("The person was under 18, or the age is not known: the police coordinator "
                         "must confirm this."));
}

static bool review_ahead(struct guard_case *g)
{
    if (in_future(record_get(g->r, REVIEW_DUE)))
        return true;
    return guard_no(g, _("Set the day of the next review: it must lie ahead."));
}

static bool end_set(struct guard_case *g)
{
    if (record_has(g->r, TO) && record_has(g->r, END_REASON))
        return true;
    return guard_no(g, _("Say when and why the membership ended."));
}

static const struct guard guards[] = {
    {"criteria_enough", criteria_enough}, {"graded", graded},   {"minor_approved", minor_approved},
    {"review_ahead", review_ahead},       {"end_set", end_set},
};

const struct kind membership_kind = {
    .name = "membership",
    .fields = fields,
    .n_fields = N,
    .title = "{person}, {group}",
    .parent = "person",
    .owner = POLICE,
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
