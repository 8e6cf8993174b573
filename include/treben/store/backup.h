/* Copies of a live database, and the checks that make them worth having. */
#ifndef TREBEN_STORE_BACKUP_H
#define TREBEN_STORE_BACKUP_H

#include "treben/store/store.h"

/* One consistent copy in one step; the copy (0600) is checked (quick_check, log chain) before it gets its
 * name; key file copied beside it as TO.key. Refuses to overwrite. ERR: IO, DB, FULL. */
MUST_CHECK bool backup_make(struct store *s, const char *to, struct err *e);
/* Checks the backup, then puts it at file (which must not exist, or be replaced with replace = true; the old one
 * is kept as FILE.before-restore). ERR: IO, DB, SCHEMA. */
MUST_CHECK bool backup_restore(const char *backup, const char *file, struct err *e);

/* quick_check, foreign keys, search index integrity, log chain. Each finding is one sentence to say(). */
typedef void check_say(void *ctx, bool good, const char *sentence);
MUST_CHECK bool store_check(struct store *s, check_say *say, void *ctx, bool *ret_sound, struct err *e);

#endif
