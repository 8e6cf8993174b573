/* picture/incident_review.c: the weekly sitting that goes through the incidents. A missed week must
 * be seen. */
#include "../rules.h"

enum { AT, MEETING, INCIDENTS, PRESENTER, FINDINGS_SHARED, FINDINGS_INTERNAL, ACTIONS, N };

static const struct field fields[N] = {
    [AT] = {"at", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [MEETING] = {"meeting", F_REF, "*", SHARED, 0, 0},
    [INCIDENTS] = {"incidents", F_REFS, "incident", REQUIRED | SHARED, 0,
                   0}, /* in the order they are taken */
    [PRESENTER] = {"presenter", F_REF, "user", SHARED, 0, 0},
    [FINDINGS_SHARED] = {"findings_shared", F_NOTE, NULL, SHARED | SEARCH, 0, 2000},
    [FINDINGS_INTERNAL] = {"findings_internal", F_NOTE, NULL, SEARCH, 0, 4000},
    [ACTIONS] = {"actions", F_NOTE, NULL, 0, 0, 2000},
};

#define AGENDA_MAX 60

/* Who may be shot next comes first: the dead and an acute risk, then the higher risk, then what has
 * waited longest. */
static int weight(const struct record *r)
{
    int risk = (int)record_int(r, kind_field(&incident_kind, "retaliation_risk"));
    return record_int(r, kind_field(&incident_kind, "n_dead")) > 0 ? 3 : risk;
}

/* Named nothing, a review takes all that waits for one, in that order. */
static void fill(struct change *c)
{
    if (c->was || record_has(c->now, INCIDENTS))
        return;
    ROWS waiting =
        look_all(c->core, "incident", "known_at", "state in (\"TRIAGERAD\", \"OMPROVAS\")");
    STR agenda = {0};
    int n = 0;
    for (int want = 3; want >= 0; want--)
        for (int i = 0; i < waiting.n && n < AGENDA_MAX; i++)
            if (weight(waiting.at[i]) == want)
                str_printf(&agenda, "%s%s", n++ ? "," : "", waiting.at[i]->id);
    if (n)
        record_put(c->now, INCIDENTS, str_text(&agenda));
}

static void check(const struct change *c, struct problems *p)
{
    lint_text(p, c->now, FINDINGS_SHARED);
}

const struct kind incident_review_kind = {
    .name = "incident_review",
    .fields = fields,
    .n_fields = N,
    .title = "{at}",
    .owner = POLICE,
    .fill = fill,
    .check = check,
};
