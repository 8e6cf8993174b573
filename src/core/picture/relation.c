/* picture/relation.c: how two people of one register stand to each other. A relative is not a
 * member for being one. */
#include "../rules.h"

enum { PERSON_A, PERSON_B, TYPE, FROM, TO, SOURCE, SOURCE_GRADE, INFO_GRADE, N };

static const struct field fields[N] = {
    [PERSON_A] = {"person_a", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [PERSON_B] = {"person_b", F_REF, "person", REQUIRED | FIXED, 0, 0}, /* is … of person_a */
    [TYPE] = {"type", F_CODE, "person_relation_type", REQUIRED, 0, 0},
    [FROM] = {"from", F_PDATE, NULL, 0, 0, 0},
    [TO] = {"to", F_PDATE, NULL, 0, 0, 0},
    [SOURCE] = {"source", F_TEXT, NULL, REQUIRED, 0, 120},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", 0, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", 0, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *a = record_get(r, PERSON_A), *b = record_get(r, PERSON_B);
    check_span(p, r, FROM, TO);
    check_past(p, r, FROM);
    if (str_eq(record_common(r, COMMON_OWNER_AGENCY), POLICE) &&
        !(record_has(r, SOURCE_GRADE) && record_has(r, INFO_GRADE)))
        problem_add(
            p, ERR_RULE, named(r, SOURCE_GRADE),
            _("The police grade what they register about people: the source and the information."));
    if (c->was || !a || !b)
        return;
    if (strcmp(a, b) == 0)
        problem_add(p, ERR_RULE, named(r, PERSON_B),
                    _("Nobody is related to themselves: choose another person."));
    else if (!same_register(c->core, a, b))
        problem_add(p, ERR_RULE, named(r, PERSON_B),
                    _("Both people must stand in the same register: choose one of your own."));
    else if (record_has(r, TYPE) &&
             another(c,
                     "person_a == \"%s\" and person_b == \"%s\" and type == \"%s\" and to == null",
                     a, b, record_get(r, TYPE)))
        problem_add(p, ERR_RULE, named(r, TYPE),
                    _("This relation stands there already: change that one."));
}

const struct kind relation_kind = {
    .name = "relation",
    .fields = fields,
    .n_fields = N,
    .title = "{person_b}, {type}",
    .parent = "person_a",
    .owner = "parent",
    .check = check,
};
