/* communication/message.c: a message of the programme, whatever its wording and language. */
#include "../rules.h"

enum { CODE, PURPOSE, AUDIENCE, N };

static const struct field fields[N] = {
    [CODE] = {"code", F_TEXT, NULL, REQUIRED | FIXED | UNIQUE | SHARED | META | SEARCH | SORT, 0,
              24},
    [PURPOSE] = {"purpose", F_CODE, "message_purpose", REQUIRED | SHARED, 0, 0},
    [AUDIENCE] = {"audience", F_TEXT, NULL, SHARED | SEARCH, 0, 120},
};

const struct kind message_kind = {
    .name = "message",
    .fields = fields,
    .n_fields = N,
    .title = "{code}",
};
