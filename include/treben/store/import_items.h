/* Which outside item became which record, and what it looked like when it was last read. */
#ifndef TREBEN_STORE_IMPORT_ITEMS_H
#define TREBEN_STORE_IMPORT_ITEMS_H

#include "treben/store/store.h"

/* *ret_record: id of the record, "" when the item was never seen; *ret_digest as it was put. ERR: DB. */
MUST_CHECK bool import_item_find(struct store *s, const char *source, const char *item, char ret_record[27],
                                 char ret_digest[65], struct err *e);
/* Inside a write transaction. ERR: DB, FULL. */
MUST_CHECK bool import_item_put(struct store *s, const char *source, const char *item, const char *record,
                                const char *digest, struct err *e);

#endif
