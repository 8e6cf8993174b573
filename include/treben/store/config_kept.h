/* The last accepted configuration, kept in the database (table config_file) so that a broken file
 * never stops a night shift. The store knows names, digests and texts only. */
#ifndef TREBEN_STORE_CONFIG_KEPT_H
#define TREBEN_STORE_CONFIG_KEPT_H

#include "treben/store/store.h"

struct kept_file {
    const char *name, *digest, *body;
};

/* One row. OWN: caller frees *ret_digest and *ret_body, which are NULL when there is none. ERR: DB.
 */
MUST_CHECK bool config_kept_get(struct store *s, const char *name, char **ret_digest,
                                char **ret_body, struct err *e);
/* All rows by name, in the arena. ERR: DB. */
MUST_CHECK bool config_kept_all(struct store *s, struct arena *a, struct kept_file **ret,
                                size_t *ret_n, struct err *e);
/* These rows instead of all that were kept. Inside a write transaction. ERR: DB, FULL. */
MUST_CHECK bool config_kept_put(struct store *s, const struct kept_file *files, size_t n,
                                struct err *e);

#endif
