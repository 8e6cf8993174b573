/* cooperation/meeting_participant.c: who was asked to a meeting, and who came. What was said there
 * was told to their agencies. */
#include "../rules.h"

enum { MEETING, USER, NAME, AGENCY, PRESENT, N };

static const struct field fields[N] = {
    [MEETING] = {"meeting", F_REF, "meeting", REQUIRED | FIXED | SHARED, 0, 0},
    [USER] = {"user", F_REF, "user", FIXED | SHARED, 0, 0},
    [NAME] = {"name", F_TEXT, NULL, SHARED, 0, 80}, /* of somebody without an account */
    [AGENCY] = {"agency", F_CODE, "agency", SHARED, 0, 0},
    [PRESENT] = {"present", F_CODE, "attendance", SHARED, 0, 0},
};

static void fill(struct change *c)
{
    const char *agency = user_agency(c->core, record_get(c->now, USER));
    if (agency)
        record_put(c->now, AGENCY, agency);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    chain_minutes_open(c, record_get(r, MEETING), named(r, MEETING), p);
    if (!record_has(r, USER) && !record_has(r, NAME))
        problem_add(p, ERR_RULE, named(r, USER),
                    _("Say who it is: an account, or the name of a guest."));
    if (!c->was && record_has(r, USER) &&
        another(c, "meeting == \"%s\" and user == \"%s\"", record_get(r, MEETING),
                record_get(r, USER)))
        problem_add(p, ERR_RULE, named(r, USER),
                    _("This person is on the list already: change that row."));
}

const struct kind meeting_participant_kind = {
    .name = "meeting_participant",
    .fields = fields,
    .n_fields = N,
    .title = "{user}{name}",
    .parent = "meeting",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
