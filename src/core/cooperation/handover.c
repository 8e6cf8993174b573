/* cooperation/handover.c: what one shift tells the next. Each agency writes its own; the shared part
 * is for the on-call of all, and holds no address and no identity number. */
#include "../rules.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"

#include <stdio.h>

#define LISTED 8
#define FRIDAY 4
#define FRIDAY_HOUR 15 /* on Fridays the handover is ready by then, whenever the shift begins */

enum {
    FROM,
    TO,
    SHARED_TEXT,
    HOT_CONFLICTS,
    AT_RISK,
    CN_RUNNING,
    EXIT_ACUTE,
    ON_DUTY,
    WHAT_IF,
    WHO_DECIDES,
    REPORT,
    AUTHOR,
    DUE,
    LEFT_AT,
    ESCALATED_AT,
    STATE,
    N
};

static const struct field fields[N] = {
    [FROM] = {"from", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [TO] = {"to", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [SHARED_TEXT] = {"shared_text", F_NOTE, NULL, SHARED, 0, 4000},
    [HOT_CONFLICTS] = {"hot_conflicts", F_NOTE, NULL, 0, 0, 4000},
    [AT_RISK] = {"at_risk", F_NOTE, NULL, 0, 0, 4000},
    [CN_RUNNING] = {"cn_running", F_NOTE, NULL, 0, 0, 4000},
    [EXIT_ACUTE] = {"exit_acute", F_NOTE, NULL, 0, 0, 4000}, /* of the exit unit's agency only */
    [ON_DUTY] = {"on_duty", F_NOTE, NULL, 0, 0, 2000},
    [WHAT_IF] = {"what_if", F_NOTE, NULL, 0, 0, 2000},
    [WHO_DECIDES] = {"who_decides", F_NOTE, NULL, 0, 0, 1000},
    [REPORT] = {"report", F_NOTE, NULL, 0, 0, 4000},
    [AUTHOR] = {"author", F_REF, "user", AUTO | SHARED, 0, 0},
    [DUE] = {"due", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [LEFT_AT] = {"left_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [ESCALATED_AT] = {"escalated_at", F_TIME, NULL, AUTO, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

static void put_due(struct change *c)
{
    instant from, friday;
    bool twice;
    char text[INSTANT_TEXT];
    const char *value = record_get(c->now, FROM);
    if (!value || !instant_from_text(value, &from))
        return;
    struct moment m = moment_of(from);
    if (m.wday == FRIDAY && m.hour >= FRIDAY_HOUR &&
        moment_to_instant(m.date, FRIDAY_HOUR, 0, 0, &friday, &twice))
        from = friday;
    instant_text(from, text);
    record_put(c->now, DUE, text);
}

/* What the author sees of such records, a line each: a proposal, to be read and changed. */
static void propose(struct change *c, int field, const char *kind, const char *filter,
                    const char *sort)
{
    struct query q = {
        .k = model_kind(c->core->model, kind), .filter = filter, .sort = sort, .limit = LISTED};
    ROWS rows = {0};
    STR text = {0};
    struct err ignored = {0};
    if (record_has(c->now, field) || c->core->who.system || !q.k ||
        access_ceiling(c->core, q.k) < LEVEL_SHARED || !query_rows(c->core, &q, &rows, &ignored))
        return;
    for (int i = 0; i < rows.n; i++)
        str_printf(&text, "%s%s", i ? "\n" : "", show_title(c->core, rows.at[i]));
    if (text.len)
        record_put(c->now, field, text.p);
}

#define HOT "type == \"KONFLIKT\" and to == null and heat >= 2"

static void propose_all(struct change *c)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    propose(c, HOT_CONFLICTS, "group_relation", HOT, "-heat");
    propose(c, SHARED_TEXT, "group_relation", HOT, "-heat");
    propose(c, AT_RISK, "incident", "retaliation_risk >= 2 and known_at >= today-7d", "-known_at");
    propose(c, CN_RUNNING, "custom_notification", "state in (\"PLANERAD\", \"FORSOKT\")",
            "proposed_at");
    propose(c, ON_DUTY, "duty_roster",
            arena_printf(&c->core->scratch, "to > \"%s\" and from < \"%s\"", now,
                         record_has(c->now, TO) ? record_get(c->now, TO) : now),
            "from");
}

static void fill(struct change *c)
{
    if (!c->was) {
        fill_me(c, AUTHOR);
        propose_all(c);
    }
    put_due(c);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_span(p, r, FROM, TO);
    lint_text(p, r, SHARED_TEXT);
    lint_address(p, r, SHARED_TEXT);
    if (record_has(r, EXIT_ACUTE) && !str_eq(record_common(r, COMMON_OWNER_AGENCY), EXIT_AGENCY))
        problem_add(p, ERR_RULE, named(r, EXIT_ACUTE),
                    _("Only the exit unit hands over its clients, and only to its own on-call."));
    if (!c->was || c->transition || c->core->who.system || record_is(c->was, STATE, "UTKAST"))
        return;
    for (int i = 0; i < N; i++)
        if (change_touches(c, i))
            problem_add(p, ERR_RULE, named(r, i),
                        _("This is handed over and may have been read. Write a new handover with "
                          "what has changed."));
}

static bool handover_written(struct guard_case *g)
{
    static const int texts[] = {SHARED_TEXT, HOT_CONFLICTS, AT_RISK, CN_RUNNING, EXIT_ACUTE,
                                WHAT_IF};
    for (size_t i = 0; i < N_OF(texts); i++)
        if (record_has(g->r, texts[i]))
            return true;
    return guard_no(g, _("There is nothing to hand over: write what the on-call must know."));
}

static bool own_on_call(struct guard_case *g)
{
    return str_eq(g->core->who.agency, record_common(g->r, COMMON_OWNER_AGENCY)) ||
           guard_no(g, _("The agency's own on-call does this; yours has its own handover."));
}

static const struct guard guards[] = {{"handover_written", handover_written},
                                      {"own_on_call", own_on_call}};

const struct kind handover_kind = {
    .name = "handover",
    .fields = fields,
    .n_fields = N,
    .title = "{owner_agency}, {from}",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
