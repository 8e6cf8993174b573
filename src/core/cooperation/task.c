/* cooperation/task.c: something to do: for a user, or for a role of an agency; by hand or by a
 * clock. */
#include "../rules.h"
#include "treben/core/clocks.h"

enum {
    TITLE,
    TEXT,
    OWNER,
    OWNER_ROLE,
    DUE,
    PRIORITY,
    SUBJECT,
    SOURCE,
    CLOCK,
    PLANNED,
    STATE,
    DONE_AT,
    ESCALATIONS,
    N
};

static const struct field fields[N] = {
    [TITLE] = {"title", F_TEXT, NULL, REQUIRED | SHARED | SEARCH, 0, 120},
    [TEXT] = {"text", F_NOTE, NULL, 0, 0, 1000},
    [OWNER] = {"owner", F_REF, "user", SHARED, 0, 0},
    [OWNER_ROLE] = {"owner_role", F_TEXT, NULL, SHARED, 0,
                    24}, /* code of a role; of owner_agency */
    [DUE] = {"due", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [PRIORITY] = {"priority", F_CODE, "task_priority", REQUIRED | SHARED, 0, 0},
    [SUBJECT] = {"subject", F_REF, "*", FIXED | SHARED, 0, 0},
    [SOURCE] = {"source", F_REF, "*", FIXED | SHARED, 0, 0},
    [CLOCK] = {"clock", F_TEXT, NULL, AUTO | SHARED, 0, 40}, /* name of the deadline that made it */
    [PLANNED] = {"planned", F_TIME, NULL, AUTO, 0, 0}, /* when the plan wants it: due, until moved */
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
    [DONE_AT] = {"done_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [ESCALATIONS] = {"escalations", F_INT, NULL, AUTO, 0, 99},
};

static void fill(struct change *c)
{
    if (!c->was) {
        fill_value(c, PRIORITY, "2");
        if (!record_has(c->now, OWNER_ROLE))
            fill_me(c, OWNER);
        const char *agency = user_agency(c->core, record_get(c->now, OWNER));
        if (agency) /* a task belongs to the agency of who has to do it */
            record_put(c->now, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, agency);
    }
    if (state_in(c->now, STATE, "KLAR,EJ_UTFORBAR,AVBRUTEN"))
        fill_now(c, DONE_AT);
    else
        record_put(c->now, DONE_AT, NULL);
}

static void check(const struct change *c, struct problems *p)
{
    lint_text(p, c->now, TITLE);
    if (!record_has(c->now, OWNER) && !record_has(c->now, OWNER_ROLE))
        problem_add(p, ERR_RULE, named(c->now, OWNER),
                    _("Say who is to do this: a person or a role."));
}

/* What a clock made is called as its clock is, in whatever language it is read. */
static const char *show(struct core *c, const struct record *r, int field)
{
    return field == TITLE ? clocks_title(c, record_get(r, CLOCK), record_get(r, SUBJECT)) : NULL;
}

const struct kind task_kind = {
    .name = "task",
    .fields = fields,
    .n_fields = N,
    .title = "{title}",
    .parent = "subject",
    .fill = fill,
    .check = check,
    .show = show,
};
