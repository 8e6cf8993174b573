/* Typed text that is not saved yet: one per account, kind and record, encrypted at rest. */
#ifndef TREBEN_STORE_DRAFT_H
#define TREBEN_STORE_DRAFT_H

#include "treben/store/store.h"

/* Inside a write transaction; replaces an older one. record "": a new record of that kind. ERR: DB,
 * FULL. */
MUST_CHECK bool draft_put(struct store *s, const char *user, const char *kind, const char *record,
                          const char *at, const char *text, struct err *e);
/* *ret is NULL when there is none. OWN: caller frees both. */
MUST_CHECK bool draft_get(struct store *s, const char *user, const char *kind, const char *record,
                          char **ret, char **ret_at, struct err *e);
MUST_CHECK bool draft_drop(struct store *s, const char *user, const char *kind, const char *record,
                           struct err *e);

struct draft_line {
    const char *kind, *record, *at;
};
/* Newest first, without their texts; all in the arena. */
MUST_CHECK bool draft_list(struct store *s, struct arena *a, const char *user,
                           struct draft_line **ret, size_t *ret_n, struct err *e);

#endif
