/* picture/audit.c: a group audit: those who know the street sit down, and what they say is captured
 * row by row. It changes the picture only when somebody else has adopted it. */
#include "../rules.h"

enum {
    SCOPE,
    DATE,
    PARTICIPANTS,
    PARTICIPANTS_TEXT,
    FINDINGS,
    SUBMITTED_AT,
    ADOPTED_BY,
    ADOPTED_AT,
    STATE,
    N
};

static const struct field fields[N] = {
    [SCOPE] = {"scope", F_TEXT, NULL, REQUIRED | SEARCH | SORT, 0, 80},
    [DATE] = {"date", F_DATE, NULL, REQUIRED, 0, 0},
    [PARTICIPANTS] = {"participants", F_REFS, "user", 0, 0, 0},
    [PARTICIPANTS_TEXT] = {"participants_text", F_TEXT, NULL, 0, 0, 300}, /* without an account */
    [FINDINGS] = {"findings", F_NOTE, NULL, SEARCH, 0, 4000},
    [SUBMITTED_AT] = {"submitted_at", F_TIME, NULL, AUTO, 0, 0},
    [ADOPTED_BY] = {"adopted_by", F_REF, "user", AUTO, 0, 0},
    [ADOPTED_AT] = {"adopted_at", F_TIME, NULL, AUTO, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, SCOPE);
    if (c->was && state_in(c->was, STATE, "FASTSTALLD,ERSATT,AVBRUTEN") && !c->transition)
        problem_add(p, ERR_RULE, named(r, FINDINGS),
                    _("This audit is over and is not changed: plan a new one."));
}

static bool has_participants(struct guard_case *g)
{
    return record_has(g->r, PARTICIPANTS) || record_has(g->r, PARTICIPANTS_TEXT) ||
           guard_no(g, _("Say who takes part before the audit begins."));
}

static const struct guard guards[] = {{"has_participants", has_participants}};

const struct kind audit_kind = {
    .name = "audit",
    .fields = fields,
    .n_fields = N,
    .series = "GK",
    .series_digits = 2,
    .title = "{scope}, {date}",
    .owner = POLICE,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
