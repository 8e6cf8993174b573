/* picture/group.c: a group as the police know it. Other agencies read name, status, priority and
 * the shared text. */
#include "../rules.h"

enum {
    NAME,
    STATUS,
    PRIORITY,
    ORG_LEVEL,
    VIOLENCE_LEVEL,
    EST_MEMBERS_LOW,
    EST_MEMBERS_HIGH,
    TERRITORY_TEXT,
    AREAS,
    DESCRIPTION,
    SHARED_TEXT,
    FORMED,
    DISSOLVED,
    LAST_AUDIT,
    LAST_DIRECT_MESSAGE,
    MERGED_INTO,
    N
};

/* last_direct_message is the police's alone: it would tell who of the people met belongs to the
 * group. */
static const struct field fields[N] = {
    [NAME] = {"name", F_TEXT, NULL, REQUIRED | SHARED | SEARCH | SORT, 0, 60},
    [STATUS] = {"status", F_CODE, "group_status", REQUIRED | SHARED, 0, 0},
    [PRIORITY] = {"priority", F_INT, NULL, REQUIRED | SHARED, 0, 3},
    [ORG_LEVEL] = {"org_level", F_INT, NULL, 0, 1, 4},
    [VIOLENCE_LEVEL] = {"violence_level", F_INT, NULL, REQUIRED, 0, 4},
    [EST_MEMBERS_LOW] = {"est_members_low", F_INT, NULL, 0, 0, 9999},
    [EST_MEMBERS_HIGH] = {"est_members_high", F_INT, NULL, 0, 0, 9999},
    [TERRITORY_TEXT] = {"territory_text", F_TEXT, NULL, 0, 0, 200},
    [AREAS] = {"areas", F_CODES, "area", 0, 0, 0},
    [DESCRIPTION] = {"description", F_NOTE, NULL, SEARCH, 0, 4000},
    [SHARED_TEXT] = {"shared_text", F_NOTE, NULL, SHARED | SEARCH, 0, 500},
    [FORMED] = {"formed", F_PDATE, NULL, 0, 0, 0},
    [DISSOLVED] = {"dissolved", F_PDATE, NULL, 0, 0, 0},
    [LAST_AUDIT] = {"last_audit", F_DATE, NULL, AUTO, 0, 0}, /* day of the last one adopted */
    [LAST_DIRECT_MESSAGE] = {"last_direct_message", F_DATE, NULL, AUTO, 0, 0},
    [MERGED_INTO] = {"merged_into", F_REF, "group", SHARED, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_value(c, STATUS, "AKTIV");
    fill_value(c, PRIORITY, "0");
    fill_value(c, VIOLENCE_LEVEL, "0");
}

/* One working name, one group: two would be taken for each other. */
static void check_name(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_has(r, NAME) || !change_touches(c, NAME) ||
        state_in(r, STATUS, "UPPLOST,SAMMANSLAGEN"))
        return;
    if (another(c, "name == \"%s\" and not (status in (\"UPPLOST\", \"SAMMANSLAGEN\"))",
                quoted(c->core, record_get(r, NAME))))
        problem_add(p, ERR_RULE, named(r, NAME),
                    _("Another group is called so already: choose a name of its own."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_has(r, EST_MEMBERS_LOW) && record_has(r, EST_MEMBERS_HIGH) &&
        record_int(r, EST_MEMBERS_LOW) > record_int(r, EST_MEMBERS_HIGH))
        problem_add(p, ERR_RULE, named(r, EST_MEMBERS_HIGH),
                    _("The high estimate is lower than the low one: correct one of the two."));
    if (record_has(r, MERGED_INTO) && strcmp(record_get(r, MERGED_INTO), r->id) == 0)
        problem_add(p, ERR_RULE, named(r, MERGED_INTO),
                    _("A group does not go into itself: choose another group."));
    if (record_has(r, MERGED_INTO) && !record_is(r, STATUS, "SAMMANSLAGEN"))
        problem_add(
            p, ERR_RULE, named(r, MERGED_INTO),
            _("Only a merged group has gone into another: change the status, or clear this."));
    check_name(c, p);
    check_span(p, r, FORMED, DISSOLVED);
    check_past(p, r, LAST_AUDIT);
    check_past(p, r, DISSOLVED);
    lint_text(p, r, NAME);
    lint_text(p, r, SHARED_TEXT);
}

/* A picture older than a year is marked wherever it is read. */
static const char *show(struct core *c, const struct record *r, int field)
{
    char limit[DATE_TEXT];
    const char *last = field == LAST_AUDIT ? record_get(r, LAST_AUDIT) : NULL;
    date_text(date_add_months(date_today(), -12), limit);
    return last && strcmp(last, limit) < 0 ? arena_printf(&c->scratch, "! %s", last) : NULL;
}

const struct kind group_kind = {
    .name = "group",
    .fields = fields,
    .n_fields = N,
    .title = "{name}",
    .owner = POLICE,
    .fill = fill,
    .check = check,
    .show = show,
};
