/* communication/notification_attempt.c: one visit to deliver a custom notification, whatever came
 * of it. */
#include "../rules.h"

enum { CUSTOM_NOTIFICATION, AT, PLACE, RESULT, NOTE, N };

static const struct field fields[N] = {
    [CUSTOM_NOTIFICATION] = {"custom_notification", F_REF, "custom_notification",
                             REQUIRED | FIXED | SHARED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [PLACE] = {"place", F_CODE, "meeting_place", REQUIRED | SHARED, 0, 0},
    [RESULT] = {"result", F_CODE, "attempt_result", REQUIRED | SHARED, 0, 0},
    [NOTE] = {"note", F_NOTE, NULL, 0, 0, 500},
};

static void fill(struct change *c)
{
    if (!c->was)
        fill_now(c, AT);
}

static void check(const struct change *c, struct problems *p)
{
    const char *talk = record_get(c->now, CUSTOM_NOTIFICATION);
    struct record *r = talk ? look_id(c->core, "custom_notification", talk) : NULL;
    if (r && change_touches(c, PLACE))
        check_home(c, p, record_get(r, kind_field(&custom_notification_kind, "person")), PLACE);
    record_free(r);
    check_past(p, c->now, AT);
}

const struct kind notification_attempt_kind = {
    .name = "notification_attempt",
    .fields = fields,
    .n_fields = N,
    .title = "{at}, {result}",
    .parent = "custom_notification",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
