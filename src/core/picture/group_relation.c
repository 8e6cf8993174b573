/* picture/group_relation.c: how two groups stand to each other; a hot conflict is where the next
 * shooting comes from. */
#include "../rules.h"

#define REVIEW_DAYS 90

enum {
    GROUP_A,
    GROUP_B,
    TYPE,
    HEAT,
    FROM,
    TO,
    CAUSE,
    TRIGGER_INCIDENT,
    SOURCE_GRADE,
    INFO_GRADE,
    CONFIRMED_AT,
    REVIEW_DUE,
    N
};

static const struct field fields[N] = {
    [GROUP_A] = {"group_a", F_REF, "group", REQUIRED | FIXED | SHARED, 0, 0},
    [GROUP_B] = {"group_b", F_REF, "group", REQUIRED | FIXED | SHARED, 0, 0},
    [TYPE] = {"type", F_CODE, "group_relation_type", REQUIRED | SHARED, 0, 0},
    [HEAT] = {"heat", F_INT, NULL, SHARED, 0, 3},
    [FROM] = {"from", F_PDATE, NULL, REQUIRED | SHARED, 0, 0},
    [TO] = {"to", F_PDATE, NULL, SHARED, 0, 0},
    [CAUSE] = {"cause", F_CODE, "conflict_cause", 0, 0, 0},
    [TRIGGER_INCIDENT] = {"trigger_incident", F_REF, "incident", 0, 0, 0},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", REQUIRED, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", REQUIRED, 0, 0},
    [CONFIRMED_AT] = {"confirmed_at", F_DATE, NULL, 0, 0, 0},
    [REVIEW_DUE] = {"review_due", F_DATE, NULL, 0, 0, 0},
};

/* A pair is stored one way round only, so that the same relation cannot stand twice. */
static void order_pair(struct change *c)
{
    const char *a = record_get(c->now, GROUP_A), *b = record_get(c->now, GROUP_B);
    if (!a || !b || strcmp(a, b) <= 0)
        return;
    AUTOFREE char *first = xstrdup(b);
    record_put(c->now, GROUP_B, a);
    record_put(c->now, GROUP_A, first);
}

static void fill(struct change *c)
{
    order_pair(c);
    /* Confirmed anew, it is good for another while, unless somebody says how long. */
    bool anew = c->was && change_touches(c, CONFIRMED_AT) && !change_touches(c, REVIEW_DUE);
    if (record_has(c->now, REVIEW_DUE) && !anew)
        return;
    char today[DATE_TEXT], due[DATE_TEXT];
    date_text(date_today(), today);
    const char *from = record_get(c->now, CONFIRMED_AT);
    day_after(from ? from : today, REVIEW_DAYS, due);
    record_put(c->now, REVIEW_DUE, due);
}

static void check_pair(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *a = record_get(r, GROUP_A), *b = record_get(r, GROUP_B),
               *type = record_get(r, TYPE);
    if (!a || !b || !type)
        return;
    if (strcmp(a, b) == 0) {
        problem_add(p, ERR_RULE, named(r, GROUP_B),
                    _("A group has no relation to itself: choose another group."));
        return;
    }
    if (record_has(r, TO))
        return;
    if (another(c, "group_a == \"%s\" and group_b == \"%s\" and type == \"%s\" and to == null", a,
                b, type))
        problem_add(p, ERR_RULE, named(r, TYPE),
                    _("The two groups have such an open relation already: change that one, or end "
                      "it first."));
    /* A new conflict is never held up: only the alliance beside a hot conflict is refused. */
    if (strcmp(type, "ALLIANS") == 0 && another(c,
                                                "group_a == \"%s\" and group_b == \"%s\" and type "
                                                "== \"KONFLIKT\" and heat >= 2 and to == null",
                                                a, b))
        problem_add(
            p, ERR_RULE, named(r, TYPE),
            _("The two groups have an open conflict with heat 2 or more: end or cool that first."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_pair(c, p);
    if (record_is(r, TYPE, "KONFLIKT") && !record_has(r, HEAT))
        problem_add(p, ERR_RULE, named(r, HEAT),
                    _("A conflict needs its heat, from 0 (cold) to 3 (burning)."));
    check_span(p, r, FROM, TO);
    check_past(p, r, FROM);
    check_past(p, r, CONFIRMED_AT);
}

const struct kind group_relation_kind = {
    .name = "group_relation",
    .fields = fields,
    .n_fields = N,
    .title = "{group_a}, {group_b}, {type}",
    .owner = POLICE,
    .fill = fill,
    .check = check,
};
