/* cooperation/meeting.c: the meeting in which the agencies agree on what to do. Its minutes are
 * decisions and tasks, adjusted by somebody else than who wrote them. */
#include "../rules.h"

enum {
    KIND,
    STARTS,
    PLACE,
    HEARD_BY,
    CHAIR,
    SECRETARY,
    ADJUSTER,
    BEGAN_AT,
    MINUTES_AT,
    ADJUSTED_AT,
    STATE,
    N
};

/* Those between the agencies; the others are one agency's own. */
#define COMMON_KINDS "SAMORDNING,GENOMGANG,STYRGRUPP,CALL_IN,NATIONELLT"

static const struct field fields[N] = {
    [KIND] = {"kind", F_CODE, "meeting_kind", REQUIRED | FIXED | SHARED | META, 0, 0},
    [STARTS] = {"starts", F_TIME, NULL, REQUIRED | SHARED | META, 0, 0},
    [PLACE] = {"place", F_TEXT, NULL, SHARED, 0, 120},
    [HEARD_BY] = {"heard_by", F_CODES, "agency", REQUIRED | SHARED, 0, 0},
    [CHAIR] = {"chair", F_REF, "user", SHARED, 0, 0},
    [SECRETARY] = {"secretary", F_REF, "user", REQUIRED | SHARED, 0, 0},
    [ADJUSTER] = {"adjuster", F_REF, "user", SHARED, 0, 0},
    [BEGAN_AT] = {"began_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [MINUTES_AT] = {"minutes_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [ADJUSTED_AT] = {"adjusted_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED | META, 0, 0},
};

/* One agency of each party; a meeting of one agency's own is heard there alone. */
static const char *usual_agencies(struct change *c)
{
    const struct model *m = c->core->model;
    STR codes = {0};
    STR parties = {0};
    if (!state_in(c->now, KIND, COMMON_KINDS))
        return c->core->who.agency;
    for (int i = 0; i < m->n_agencies; i++) {
        if (str_list_has(str_text(&parties), m->agencies[i].partner))
            continue;
        str_printf(&parties, "%s%s", parties.len ? "," : "", m->agencies[i].partner);
        str_printf(&codes, "%s%s", codes.len ? "," : "", m->agencies[i].code);
    }
    return arena_strdup(&c->core->scratch, str_text(&codes));
}

static void fill(struct change *c)
{
    int class = c->now->k->n_own + (int)COMMON_INFO_CLASS;
    if (c->was)
        return;
    fill_me(c, SECRETARY);
    fill_value(c, HEARD_BY, usual_agencies(c));
    if (!c->given[class] && state_in(c->now, KIND, COMMON_KINDS))
        record_put(c->now, class, "DELAD");
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *agency = user_agency(c->core, record_get(r, SECRETARY));
    if (record_has(r, ADJUSTER) && str_eq(record_get(r, ADJUSTER), record_get(r, SECRETARY)))
        problem_add(p, ERR_RULE, named(r, ADJUSTER),
                    _("Who writes the minutes does not adjust them too: choose somebody else."));
    if (agency && record_has(r, HEARD_BY) && !str_list_has(record_get(r, HEARD_BY), agency))
        problem_add(p, ERR_RULE, named(r, HEARD_BY),
                    _("The secretary's own agency must be among those that take part."));
    if (!c->was || c->core->who.system || !state_in(c->was, STATE, "JUSTERAT,LAST"))
        return;
    for (int i = 0; i < N; i++)
        if (change_touches(c, i))
            problem_add(p, ERR_RULE, named(r, i),
                        _("The minutes are adjusted and stand as they are. Take up what is wrong "
                          "at the next meeting."));
}

static bool has_adjuster(struct guard_case *g)
{
    return record_has(g->r, ADJUSTER) ||
           guard_no(g, _("Say who adjusts the minutes: somebody else than the secretary."));
}

static const struct guard guards[] = {{"has_adjuster", has_adjuster}};

const struct kind meeting_kind = {
    .name = "meeting",
    .fields = fields,
    .n_fields = N,
    .series = "M",
    .series_digits = 4,
    .title = "{kind}, {starts}",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
