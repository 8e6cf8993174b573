/* Encryption of single values at rest (XChaCha20-Poly1305) and a keyed hash to find them again.
 * The keys live in FILE.key beside the database, 0600, made by store_open(STORE_CREATE), never inside it. */
#ifndef TREBEN_STORE_SEAL_H
#define TREBEN_STORE_SEAL_H

#include "treben/store/store.h"

/* Bound to its place (table, column, record id): moved elsewhere it does not open. OWN: caller frees *ret. */
MUST_CHECK bool seal_close(struct store *s, const char *table, const char *column, const char *id,
                           const char *text, unsigned char **ret, size_t *ret_n, struct err *e);
MUST_CHECK bool seal_open(struct store *s, const char *table, const char *column, const char *id,
                          const unsigned char *bytes, size_t n, char **ret, struct err *e);
/* The same for bytes that are no text; what is opened has a NUL behind it all the same. */
MUST_CHECK bool seal_close_bytes(struct store *s, const char *table, const char *column, const char *id,
                                 const void *bytes, size_t n, unsigned char **ret, size_t *ret_n, struct err *e);
MUST_CHECK bool seal_open_bytes(struct store *s, const char *table, const char *column, const char *id,
                                const unsigned char *bytes, size_t n, char **ret, size_t *ret_n, struct err *e);
/* Keyed BLAKE2b of a text, hex; equal texts give equal hashes only under the same key. */
MUST_CHECK bool seal_hash(struct store *s, const char *text, char ret[65], struct err *e);

#endif
