/* picture/person_merge.c: two records of one human being become one, with a snapshot of every
 * reference that moved, so that it can be undone. What is moved and put back stands in
 * chain_merge.c. */
#include "../rules.h"

#define SNAPSHOT_MAX 4000000 /* characters: some fifty thousand references */

enum { SURVIVOR, MERGED, BASIS, BY, AT, N_MOVED, SNAPSHOT, UNDONE_BY, UNDONE_AT, STATE, N };

static const struct field fields[N] = {
    [SURVIVOR] = {"survivor", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [MERGED] = {"merged", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [BASIS] = {"basis", F_NOTE, NULL, REQUIRED | FIXED, 0, 1000},
    [BY] = {"by", F_REF, "user", AUTO, 0, 0},
    [AT] = {"at", F_TIME, NULL, AUTO, 0, 0},
    [N_MOVED] = {"n_moved", F_INT, NULL, AUTO, 0, 0},
    [SNAPSHOT] = {"snapshot", F_NOTE, NULL, AUTO, 0, SNAPSHOT_MAX},
    [UNDONE_BY] = {"undone_by", F_REF, "user", AUTO, 0, 0},
    [UNDONE_AT] = {"undone_at", F_TIME, NULL, AUTO, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_me(c, BY);
    fill_now(c, AT);
}

static bool is_merged(struct core *c, const char *id)
{
    struct record *person = look_id(c, "person", id);
    bool yes = person && record_has(person, kind_field(&person_kind, "merged_into"));
    record_free(person);
    return yes;
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *survivor = record_get(r, SURVIVOR), *merged = record_get(r, MERGED);
    if (c->was || !survivor || !merged)
        return;
    if (strcmp(survivor, merged) == 0)
        problem_add(p, ERR_RULE, named(r, MERGED),
                    _("This is the same record: choose the one that is to go."));
    else if (!same_register(c->core, survivor, merged))
        problem_add(p, ERR_RULE, named(r, MERGED),
                    _("Both people must stand in the same register: choose one of your own."));
    else if (is_merged(c->core, merged))
        problem_add(p, ERR_RULE, named(r, MERGED),
                    _("This record is merged into another already: choose that one."));
    else if (is_merged(c->core, survivor))
        problem_add(p, ERR_RULE, named(r, SURVIVOR),
                    _("This record is merged into another already: choose that one."));
}

const struct kind person_merge_kind = {
    .name = "person_merge",
    .fields = fields,
    .n_fields = N,
    .title = "{merged}, {at}",
    .parent = "survivor",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
