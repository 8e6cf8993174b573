/* communication/group_message.c: a group is told: the message itself, or that a round happened and
 * why. */
#include "../rules.h"

enum { GROUP, ROUND, CHANNEL, MESSAGE_VERSION, AT, VIA_PERSON, RECEIPT, N };

static const struct field fields[N] = {
    [GROUP] = {"group", F_REF, "group", REQUIRED | FIXED | SHARED, 0, 0},
    [ROUND] = {"round", F_REF, "sanction_round", FIXED | SHARED, 0, 0},
    [CHANNEL] = {"channel", F_CODE, "channel", REQUIRED | SHARED, 0, 0},
    [MESSAGE_VERSION] = {"message_version", F_REF, "message_version", REQUIRED | SHARED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [VIA_PERSON] = {"via_person", F_REF, "person", 0, 0, 0},
    [RECEIPT] = {"receipt", F_TEXT, NULL, 0, 0, 200},
};

static const char *round_group(struct core *c, const char *round)
{
    struct record *r = round ? look_id(c, "sanction_round", round) : NULL;
    int field = r ? model_field(r->k, "target_group") : -1;
    const char *group = field >= 0 ? arena_strdup(&c->scratch, record_get(r, field)) : NULL;
    record_free(r);
    return group;
}

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_now(c, AT);
    const char *group = round_group(c->core, record_get(c->now, ROUND));
    if (group)
        fill_value(c, GROUP, group);
}

/* A group never learns from us whom we reach in another one. */
static void check_via(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *via = record_get(r, VIA_PERSON), *group = record_get(r, GROUP);
    if (!via || !group || !change_touches(c, VIA_PERSON))
        return;
    static const char standing[] = "person == \"%s\" and group %s \"%s\" and to == null and not (state in (\"UPPHORD\", "
                                   "\"BORTTAGEN\"))";
    if (look_count(c->core, "membership", standing, via, "!=", group) &&
        !look_count(c->core, "membership", standing, via, "==", group))
        problem_add(p, ERR_RULE, named(r, VIA_PERSON),
                    _("This person belongs to another group: choose somebody else to carry the message."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, AT);
    check_via(c, p);
    const char *group = round_group(c->core, record_get(r, ROUND));
    if (group && record_has(r, GROUP) && strcmp(group, record_get(r, GROUP)) != 0)
        problem_add(p, ERR_RULE, named(r, GROUP),
                    _("The round is about another group: choose that group, or clear the round."));
    if (!record_has(r, MESSAGE_VERSION) || !change_touches(c, MESSAGE_VERSION))
        return;
    struct record *v = look_id(c->core, "message_version", record_get(r, MESSAGE_VERSION));
    if (v && !state_in(v, kind_field(&message_version_kind, "state"), "GODKAND,ERSATT"))
        problem_add(p, ERR_RULE, named(r, MESSAGE_VERSION),
                    _("This text is not approved: choose an approved version."));
    record_free(v);
}

const struct kind group_message_kind = {
    .name = "group_message",
    .fields = fields,
    .n_fields = N,
    .title = "{group}, {at}",
    .fill = fill,
    .check = check,
};
