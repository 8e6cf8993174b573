/* help/decision.c: a decision in a case, with what the law asks of it: day, content, who decided,
 * who presented it and who else took part (FL 31), the reasons (FL 32), and how to appeal (FL 33).
 * Made, it stands; only that it was served is added. */
#include "../rules.h"

enum {
    ENTITY,
    KIND,
    DATE,
    CONTENT,
    REASONS,
    LEGAL_BASIS,
    RAPPORTEUR,
    PARTICIPANTS,
    DECIDED_BY,
    APPEALABLE,
    SERVED_AT,
    STATE,
    N
};

static const struct field fields[N] = {
    [ENTITY] = {"entity", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [KIND] = {"kind", F_CODE, "exit_decision_kind", REQUIRED, 0, 0},
    [DATE] = {"date", F_DATE, NULL, AUTO, 0, 0},
    [CONTENT] = {"content", F_NOTE, NULL, 0, 0, 4000},
    [REASONS] = {"reasons", F_NOTE, NULL, 0, 0, 4000},
    [LEGAL_BASIS] = {"legal_basis", F_TEXT, NULL, 0, 0, 120},
    [RAPPORTEUR] = {"rapporteur", F_REF, "user", 0, 0, 0},
    [PARTICIPANTS] = {"participants", F_TEXT, NULL, 0, 0, 200},
    [DECIDED_BY] = {"decided_by", F_REF, "user", AUTO, 0, 0},
    [APPEALABLE] = {"appealable", F_BOOL, NULL, 0, 0, 0},
    [SERVED_AT] = {"served_at", F_DATE, NULL, 0, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    if (!c->was)
        fill_me(c, RAPPORTEUR);
    if (entering(c, STATE, "FATTAT")) {
        fill_today(c, DATE);
        fill_me(c, DECIDED_BY);
    }
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, SERVED_AT);
    check_span(p, r, DATE, SERVED_AT);
    if (record_has(r, SERVED_AT) && !record_is(r, STATE, "FATTAT"))
        problem_add(p, ERR_RULE, named(r, SERVED_AT),
                    _("A decision is served once it is made: clear the day."));
    for (int i = 0; c->was && record_is(c->was, STATE, "FATTAT") && i < N; i++)
        if (i != SERVED_AT && change_touches(c, i))
            problem_add(p, ERR_RULE, named(r, i),
                        _("A decision that was made is not changed: make a new one."));
}

static bool decision_complete(struct guard_case *g)
{
    if (!record_has(g->r, CONTENT))
        return guard_no(g, _("Write what is decided."));
    if (!record_has(g->r, REASONS))
        return guard_no(g, _("A decision gives its reasons: write them."));
    if (!record_has(g->r, LEGAL_BASIS))
        return guard_no(g, _("Name the law the decision rests on."));
    if (!record_has(g->r, RAPPORTEUR))
        return guard_no(g, _("Name who presented the matter."));
    return !record_is(g->r, KIND, "AVSLAG") || record_int(g->r, APPEALABLE) ||
           guard_no(g, _("A refusal can be appealed: mark it so, and say how when it is served."));
}

static const struct guard guards[] = {{"decision_complete", decision_complete}};

const struct kind decision_kind = {
    .name = "decision",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {date}",
    .parent = "entity",
    .owner = "parent",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
