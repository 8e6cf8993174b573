/* Copies of a live database, and the checks that make them worth having. */
#ifndef TREBEN_STORE_BACKUP_H
#define TREBEN_STORE_BACKUP_H

#include "treben/store/store.h"

/* One consistent copy in one step, in one piece; others may go on saving. The copy (0600) is checked (quick_check,
 * log chain) before it gets its name; key and anchor file are copied beside it as TO.key, TO.anchor. Refuses to
 * overwrite. Not inside a transaction. ERR: IO, DB, FULL. */
MUST_CHECK bool backup_make(struct store *s, const char *to, struct err *e);
/* Checks the backup, then puts it at file with its key and anchors. What was there is kept, whole and usable, as
 * FILE.before-restore (refuses when there is one from an earlier restore). Nobody may have the database open.
 * ERR: IO, DB, SCHEMA, FULL, BUSY (in use). */
MUST_CHECK bool backup_restore(const char *backup, const char *file, struct err *e);

/* quick_check, foreign keys, search index integrity, log chain. Each finding is one sentence to say(). */
typedef void check_say(void *ctx, bool good, const char *sentence);
MUST_CHECK bool store_check(struct store *s, check_say *say, void *ctx, bool *ret_sound, struct err *e);

#endif
