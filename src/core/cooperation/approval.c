/* cooperation/approval.c: one of the several yeses that a step needs; made and voided by the
 * lifecycle itself. */
#include "../rules.h"

enum { SUBJECT, STEP, AGENCY, USER, AT, ANSWER, N };

static const struct field fields[N] = {
    [SUBJECT] = {"subject", F_REF, "*", REQUIRED | FIXED | SHARED, 0, 0},
    [STEP] = {"step", F_TEXT, NULL, REQUIRED | FIXED | SHARED, 0,
              24}, /* code of the state it is about */
    [AGENCY] = {"agency", F_REF, "agency", FIXED | SHARED, 0, 0},
    [USER] = {"user", F_REF, "user", REQUIRED | FIXED | SHARED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED | FIXED | SHARED, 0, 0},
    [ANSWER] = {"answer", F_CODE, "approval_answer", REQUIRED | SHARED, 0, 0},
};

const struct kind approval_kind = {
    .name = "approval",
    .fields = fields,
    .n_fields = N,
    .title = "{step}, {user}",
    .parent = "subject",
    .owner = "parent",
    .flags = KIND_NO_NEW,
};
