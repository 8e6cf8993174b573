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
