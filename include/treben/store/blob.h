/* The bytes of documents: pieces that fit into one message each, encrypted, under a name of their own. They
 * come before the document that names them; what no document names goes after a day. */
#ifndef TREBEN_STORE_BLOB_H
#define TREBEN_STORE_BLOB_H

#include "treben/store/store.h"

#define BLOB_PIECE ((size_t)512 * 1024)      /* bytes of a piece at most */
#define BLOB_MOST ((int64_t)10 * 1024 * 1024) /* bytes of a document at most */

struct blob_facts {
    int64_t size;
    char sha256[65];
    char mime[40]; /* by the first bytes: "application/pdf", …, "application/octet-stream" */
};

/* Inside a write transaction: piece no (from 0) of a blob that this user sends. ERR: RULE (too large, another's
 * blob, a piece too many), DB, FULL. */
MUST_CHECK bool blob_put(struct store *s, const char *blob, int no, const char *user, const char *at,
                         const void *bytes, size_t n, struct err *e);
/* What the pieces that this user has sent make together. ERR: MISSING, DB. */
MUST_CHECK bool blob_facts(struct store *s, const char *blob, const char *user, struct blob_facts *ret,
                           struct err *e);
/* One piece, opened. OWN: caller frees *ret. *ret_more: there is another. ERR: MISSING, DB. */
MUST_CHECK bool blob_get(struct store *s, const char *blob, int no, char **ret, size_t *ret_n, bool *ret_more,
                         struct err *e);
/* Inside a write transaction: forgets pieces sent before this instant that no document names. ERR: DB. */
MUST_CHECK bool blob_sweep(struct store *s, const char *before, struct err *e);

#endif
