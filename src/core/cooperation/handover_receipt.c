/* cooperation/handover_receipt.c: somebody on call has read a handover. Made once, never changed. */
#include "../rules.h"

enum { HANDOVER, USER, AT, N };

static const struct field fields[N] = {
    [HANDOVER] = {"handover", F_REF, "handover", REQUIRED | FIXED | SHARED, 0, 0},
    [USER] = {"user", F_REF, "user", AUTO | SHARED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED | AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    fill_me(c, USER);
    fill_now(c, AT);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    struct record *h = look_id(c->core, "handover", record_get(r, HANDOVER));
    if (h && record_is(h, kind_field(&handover_kind, "state"), "UTKAST"))
        problem_add(p, ERR_RULE, named(r, HANDOVER),
                    _("This is not handed over yet: there is nothing to acknowledge."));
    if (record_has(r, HANDOVER) && another(c, "handover == \"%s\" and user == \"%s\"",
                                           record_get(r, HANDOVER), record_get(r, USER)))
        problem_add(p, ERR_RULE, named(r, HANDOVER), _("You have acknowledged this already."));
    record_free(h);
}

const struct kind handover_receipt_kind = {
    .name = "handover_receipt",
    .fields = fields,
    .n_fields = N,
    .title = "{user}, {at}",
    .parent = "handover",
    .owner = "parent",
    .flags = KIND_APPEND_ONLY,
    .fill = fill,
    .check = check,
};
