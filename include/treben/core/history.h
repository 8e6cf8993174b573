/* Old and new values, read with today's rights on record and field. */
#ifndef TREBEN_CORE_HISTORY_H
#define TREBEN_CORE_HISTORY_H

#include "treben/core/core.h"

struct history_row {
    const char *at, *by /* name or alias to show */, *by_id, *field, *old_value, *new_value, *reason;
    int64_t rev;
};
/* Newest first. All in the arena. ERR: MISSING. */
MUST_CHECK bool history_read(struct core *c, const struct record *r, struct arena *a, struct history_row **ret, int *ret_n, struct err *e);

#endif
