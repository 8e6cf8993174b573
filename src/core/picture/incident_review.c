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
    .check = check,
};
