/* cooperation/meeting_decision.c: what a meeting decided, under the point where it did. Whoever
 * heard the point reads the decision. */
#include "../rules.h"

enum { AGENDA_ITEM, MEETING, TEXT, DECIDED_BY, DUE, REF, N };

static const struct field fields[N] = {
    [AGENDA_ITEM] = {"agenda_item", F_REF, "agenda_item", REQUIRED | FIXED | SHARED, 0, 0},
    [MEETING] = {"meeting", F_REF, "meeting", REQUIRED | AUTO | SHARED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, REQUIRED | SHARED, 0, 400},
    [DECIDED_BY] = {"decided_by", F_REF, "user", SHARED, 0, 0},
    [DUE] = {"due", F_DATE, NULL, SHARED, 0, 0},
    [REF] = {"ref", F_REF, "*", SHARED, 0, 0},
};

static void fill(struct change *c)
{
    struct record *item = look_id(c->core, "agenda_item", record_get(c->now, AGENDA_ITEM));
    if (c->was || !item) {
        record_free(item);
        return;
    }
    const char *id = record_get(item, kind_field(&agenda_item_kind, "meeting"));
    struct record *meeting = look_id(c->core, "meeting", id);
    record_put(c->now, MEETING, id);
    fill_value(c, DECIDED_BY,
               meeting ? record_get(meeting, kind_field(&meeting_kind, "chair")) : NULL);
    int class = c->now->k->n_own + (int)COMMON_INFO_CLASS;
    record_put(c->now, class, record_common(item, COMMON_INFO_CLASS));
    record_free(meeting);
    record_free(item);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    struct record *item = look_id(c->core, "agenda_item", record_get(r, AGENDA_ITEM));
    const char *heard = item ? record_get(item, kind_field(&agenda_item_kind, "heard_by")) : NULL;
    chain_minutes_open(c, record_get(r, MEETING), named(r, AGENDA_ITEM), p);
    lint_text(p, r, TEXT);
    chain_not_of_exit(c, record_get(r, REF), heard, named(r, REF), p);
    record_free(item);
}

const struct kind meeting_decision_kind = {
    .name = "meeting_decision",
    .fields = fields,
    .n_fields = N,
    .title = "{text}",
    .parent = "agenda_item",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
