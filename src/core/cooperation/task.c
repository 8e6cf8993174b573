/* cooperation/task.c: something to do: for a user, or for a role of an agency; by hand or by a
 * clock. */
#include "../rules.h"
#include "treben/core/clocks.h"

enum {
    TITLE,
    TEXT,
    OWNER,
    OWNER_ROLE,
    AGENCY,
    DUE,
    PRIORITY,
    SUBJECT,
    SOURCE,
    HEARD_BY,
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
    [OWNER_ROLE] = {"owner_role", F_TEXT, "role", SHARED, 0, 24}, /* code of a role; of owner_agency */
    [AGENCY] = {"agency", F_REF, "agency", SHARED, 0, 0}, /* when its own desk says who does it */
    [DUE] = {"due", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [PRIORITY] = {"priority", F_CODE, "task_priority", REQUIRED | SHARED, 0, 0},
    [SUBJECT] = {"subject", F_REF, "*", FIXED | SHARED, 0, 0},
    [SOURCE] = {"source", F_REF, "*", FIXED | SHARED, 0, 0},
    [HEARD_BY] = {"heard_by", F_CODES, "agency", AUTO | SHARED, 0, 0}, /* of the point it was given at */
    [CLOCK] = {"clock", F_TEXT, NULL, AUTO | SHARED, 0, 40}, /* name of the deadline that made it */
    [PLANNED] = {"planned", F_TIME, NULL, AUTO, 0, 0}, /* when the plan wants it: due, until moved */
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
    [DONE_AT] = {"done_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [ESCALATIONS] = {"escalations", F_INT, NULL, AUTO, 0, 99},
};

/* Of which agency is a role that the maker's own does not have? NULL: of the maker's. */
static const char *role_agency(struct core *c, const char *role)
{
    for (int i = 0; role && i < c->model->n_roles; i++) {
        const struct role_model *m = &c->model->roles[i];
        if (strcmp(m->code, role) == 0 && m->agencies && !str_list_has(m->agencies, c->who.agency))
            return list_item(c, m->agencies, strcspn(m->agencies, ","));
    }
    return NULL;
}

/* A task belongs to the agency of who has to do it; one for a whole agency goes to its desk. */
static void put_agency(struct change *c)
{
    struct core *core = c->core;
    const char *agency = user_agency(core, record_get(c->now, OWNER));
    if (!agency)
        agency = agency_code(core, record_get(c->now, AGENCY));
    if (!agency)
        agency = role_agency(core, record_get(c->now, OWNER_ROLE));
    if (agency)
        record_put(c->now, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, agency);
    if (!record_has(c->now, OWNER) && !record_has(c->now, OWNER_ROLE) && agency)
        record_put(c->now, OWNER_ROLE, clocks_desk(core, agency));
}

/* Whoever heard a task given at a meeting knows of it and sees whether it was done. */
static void put_hearers(struct change *c)
{
    struct record *item = look_id(c->core, "agenda_item", record_get(c->now, SOURCE));
    if (item) {
        int class = (int)COMMON_INFO_CLASS;
        record_put(c->now, HEARD_BY, record_get(item, kind_field(&agenda_item_kind, "heard_by")));
        record_put(c->now, c->now->k->n_own + class, record_common(item, COMMON_INFO_CLASS));
    }
    record_free(item);
}

static void fill(struct change *c)
{
    bool new = !c->was;
    if (new) {
        fill_value(c, PRIORITY, "2");
        bool others = record_has(c->now, OWNER_ROLE) || record_has(c->now, AGENCY);
        if (others && !c->given[OWNER] && !c->core->who.system)
            record_put(c->now, OWNER, NULL); /* the form's own proposal, which nobody chose */
        if (!others)
            fill_me(c, OWNER);
        put_hearers(c);
    }
    if (new || change_touches(c, OWNER) || change_touches(c, OWNER_ROLE) ||
        change_touches(c, AGENCY))
        put_agency(c);
    if (state_in(c->now, STATE, "KLAR,EJ_UTFORBAR,AVBRUTEN"))
        fill_now(c, DONE_AT);
    else
        record_put(c->now, DONE_AT, NULL);
}

static bool role_known(const struct core *c, const char *role)
{
    for (int i = 0; i < c->model->n_roles; i++)
        if (strcmp(c->model->roles[i].code, role) == 0)
            return true;
    return false;
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, TITLE);
    if (!record_has(r, OWNER) && !record_has(r, OWNER_ROLE))
        problem_add(p, ERR_RULE, named(r, OWNER),
                    _("Say who is to do this: a person, a role or an agency."));
    if (change_touches(c, OWNER_ROLE) && record_has(r, OWNER_ROLE) &&
        !role_known(c->core, record_get(r, OWNER_ROLE)))
        problem_add(p, ERR_INVALID, named(r, OWNER_ROLE),
                    _("There is no such role. Write its code, such as KOORD_S."));
    struct record *item =
        c->was ? NULL : look_id(c->core, "agenda_item", record_get(r, SOURCE));
    if (item)
        chain_minutes_open(c, record_get(item, kind_field(&agenda_item_kind, "meeting")),
                           named(r, SOURCE), p);
    record_free(item);
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
