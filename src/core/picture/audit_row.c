/* picture/audit_row.c: one thing said at a group audit: about a group, about a person's membership,
 * about how two groups stand. A proposal with its source, until the audit is adopted. */
#include "../rules.h"

#define REVIEW_MONTHS 12
#define REVIEW_MONTHS_MINOR 6
#define RELATION_DAYS 90
#define ADULT 18

enum {
    AUDIT,
    KIND,
    GROUP,
    GROUP_NAME,
    ALIAS,
    STATUS,
    ORG_LEVEL,
    VIOLENCE_LEVEL,
    EST_MEMBERS_LOW,
    EST_MEMBERS_HIGH,
    TERRITORY_TEXT,
    PERSON,
    ROLE,
    CRITERIA,
    SUSPICION_BASIS,
    OTHER_GROUP,
    RELATION_TYPE,
    HEAT,
    CAUSE,
    FROM,
    TEXT,
    SOURCE,
    SOURCE_GRADE,
    INFO_GRADE,
    HANDLING,
    REVIEW_DUE,
    MINOR,
    MINOR_APPROVED,
    ACCEPTED,
    PROPOSED_BY,
    RESULT,
    N
};

static const struct field fields[N] = {
    [AUDIT] = {"audit", F_REF, "audit", REQUIRED | FIXED, 0, 0},
    [KIND] = {"kind", F_CODE, "audit_row_kind", REQUIRED, 0, 0},
    [GROUP] = {"group", F_REF, "group", 0, 0, 0},
    [GROUP_NAME] = {"group_name", F_TEXT, NULL, SEARCH, 0, 60}, /* one not yet registered */
    [ALIAS] = {"alias", F_TEXT, NULL, SEARCH, 0, 60},
    [STATUS] = {"status", F_CODE, "group_status", 0, 0, 0},
    [ORG_LEVEL] = {"org_level", F_INT, NULL, 0, 1, 4},
    [VIOLENCE_LEVEL] = {"violence_level", F_INT, NULL, 0, 0, 4},
    [EST_MEMBERS_LOW] = {"est_members_low", F_INT, NULL, 0, 0, 9999},
    [EST_MEMBERS_HIGH] = {"est_members_high", F_INT, NULL, 0, 0, 9999},
    [TERRITORY_TEXT] = {"territory_text", F_TEXT, NULL, 0, 0, 200},
    [PERSON] = {"person", F_REF, "person", 0, 0, 0},
    [ROLE] = {"role", F_CODE, "member_role", 0, 0, 0},
    [CRITERIA] = {"criteria", F_CODES, "criterion", 0, 0, 0},
    [SUSPICION_BASIS] = {"suspicion_basis", F_CODE, "suspicion_basis", 0, 0, 0},
    [OTHER_GROUP] = {"other_group", F_REF, "group", 0, 0, 0},
    [RELATION_TYPE] = {"relation_type", F_CODE, "group_relation_type", 0, 0, 0},
    [HEAT] = {"heat", F_INT, NULL, 0, 0, 3},
    [CAUSE] = {"cause", F_CODE, "conflict_cause", 0, 0, 0},
    [FROM] = {"from", F_PDATE, NULL, 0, 0, 0},
    [TEXT] = {"text", F_NOTE, NULL, SEARCH, 0, 1000},
    [SOURCE] = {"source", F_TEXT, NULL, 0, 0, 120},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", 0, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", 0, 0, 0},
    [HANDLING] = {"handling", F_CODE, "handling", 0, 0, 0},
    [REVIEW_DUE] = {"review_due", F_DATE, NULL, 0, 0, 0},
    [MINOR] = {"minor", F_BOOL, NULL, AUTO, 0, 0}, /* also when the age is not known */
    [MINOR_APPROVED] = {"minor_approved", F_BOOL, NULL, 0, 0, 0},
    [ACCEPTED] = {"accepted", F_BOOL, NULL, 0, 0, 0}, /* empty: not judged yet */
    [PROPOSED_BY] = {"proposed_by", F_REF, "user", AUTO, 0, 0},
    [RESULT] = {"result", F_REF, "*", AUTO, 0, 0}, /* what it became */
};

static bool is_judgement(int field)
{
    return field == REVIEW_DUE || field == MINOR || field == MINOR_APPROVED || field == ACCEPTED ||
           field == PROPOSED_BY || field == RESULT;
}

static void put_review(struct change *c)
{
    char due[DATE_TEXT];
    struct date day = date_today();
    if (record_is(c->now, KIND, "RELATION"))
        day = date_add(day, RELATION_DAYS);
    else
        day = date_add_months(day, record_int(c->now, MINOR) ? REVIEW_MONTHS_MINOR : REVIEW_MONTHS);
    date_text(day, due);
    record_put(c->now, REVIEW_DUE, due);
}

/* Who changes what is said has said it: another must adopt it, and a minor's approval falls. */
static void put_proposer(struct change *c)
{
    bool said = false;
    for (int i = 0; i < N; i++)
        said |= !is_judgement(i) && change_touches(c, i);
    if (!said || c->core->who.system)
        return;
    record_put(c->now, PROPOSED_BY, c->core->who.user);
    if (c->was && !c->given[MINOR_APPROVED])
        record_put(c->now, MINOR_APPROVED, NULL);
}

static void fill(struct change *c)
{
    struct record *r = c->now;
    bool person = record_is(r, KIND, "KOPPLING") && record_has(r, PERSON);
    struct record *audit =
        record_has(r, AUDIT) ? look_id(c->core, "audit", record_get(r, AUDIT)) : NULL;
    if (audit && !c->was)
        fill_value(c, SOURCE, audit->case_no);
    record_free(audit);
    if (!person)
        record_put(r, MINOR, NULL);
    else if (!c->was || change_touches(c, PERSON) || change_touches(c, FROM))
        record_put(r, MINOR,
                   person_age(c->core, record_get(r, PERSON), record_get(r, FROM)) >= ADULT ? "0"
                                                                                            : "1");
    put_proposer(c);
    if (!record_has(r, REVIEW_DUE))
        put_review(c);
}

static void check_about(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_has(r, GROUP) && !record_has(r, GROUP_NAME))
        problem_add(p, ERR_RULE, named(r, GROUP),
                    _("Choose the group, or write the name of a new one."));
    if (record_has(r, GROUP) && record_has(r, GROUP_NAME))
        problem_add(
            p, ERR_RULE, named(r, GROUP_NAME),
            _("The group is chosen already: clear the new name, or write it as another name."));
    if (record_is(r, KIND, "KOPPLING") && !record_has(r, PERSON))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("Choose the person: add whoever is missing to the register first."));
    if (record_is(r, KIND, "RELATION") && !record_has(r, OTHER_GROUP))
        problem_add(p, ERR_RULE, named(r, OTHER_GROUP), _("Choose the other group."));
    if (record_is(r, KIND, "RELATION") && record_has(r, GROUP) &&
        str_eq(record_get(r, GROUP), record_get(r, OTHER_GROUP)))
        problem_add(p, ERR_RULE, named(r, OTHER_GROUP),
                    _("A group has no relation to itself: choose another group."));
    if (record_has(r, EST_MEMBERS_LOW) && record_has(r, EST_MEMBERS_HIGH) &&
        record_int(r, EST_MEMBERS_LOW) > record_int(r, EST_MEMBERS_HIGH))
        problem_add(p, ERR_RULE, named(r, EST_MEMBERS_HIGH),
                    _("The high estimate is lower than the low one: correct one of the two."));
    if (record_has(r, PERSON) && record_is(r, KIND, "KOPPLING"))
        check_member(c, PERSON, p);
}

/* Rows are said while the audit goes on, judged until it is adopted, and then stand. */
static void check_when(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    struct record *audit =
        record_has(r, AUDIT) ? look_id(c->core, "audit", record_get(r, AUDIT)) : NULL;
    const char *state = audit ? record_get(audit, kind_field(&audit_kind, "state")) : NULL;
    if (c->core->who.system || !audit)
        ;
    else if (!c->was && !str_eq(state, "PAGAR"))
        problem_add(p, ERR_RULE, named(r, AUDIT),
                    _("Rows are captured while the audit is under way: begin it first."));
    else if (!str_eq(state, "PAGAR") && !str_eq(state, "UNDER_GRANSKNING"))
        problem_add(p, ERR_RULE, named(r, AUDIT),
                    _("This audit is over and is not changed: plan a new one."));
    record_free(audit);
}

static void check_approval(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!change_touches(c, MINOR_APPROVED) || !record_int(r, MINOR_APPROVED) || c->core->who.system)
        return;
    if (!subject_is(c->core, "KOORD_P"))
        problem_add(p, ERR_RULE, named(r, MINOR_APPROVED),
                    _("Only the police coordinator approves a row about somebody under 18."));
    else if (str_eq(record_get(r, PROPOSED_BY), c->core->who.user))
        problem_add(p, ERR_RULE, named(r, MINOR_APPROVED),
                    _("You wrote this row: somebody else must approve it."));
}

static void check(const struct change *c, struct problems *p)
{
    check_about(c, p);
    check_when(c, p);
    check_approval(c, p);
    check_past(p, c->now, FROM);
}

const struct kind audit_row_kind = {
    .name = "audit_row",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {group}, {group_name}, {person}, {other_group}",
    .parent = "audit",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
