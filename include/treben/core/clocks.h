/* Deadlines as tasks: made when their condition begins to hold, ended when it ceases. */
#ifndef TREBEN_CORE_CLOCKS_H
#define TREBEN_CORE_CLOCKS_H

#include "treben/core/core.h"

/* Inside a write transaction, after a record was written: makes, moves and ends its tasks. ERR: DB, FULL. */
MUST_CHECK bool clocks_run(struct core *c, const struct record *r, struct err *e);
/* Clocks of a record that other records' guards decide (a round's, when a measure changes). */
MUST_CHECK bool clocks_run_id(struct core *c, const char *kind, const char *id, struct err *e);

/* The title of a task that a clock made, in the user's language; NULL: made by hand, or its record is not for the
 * reader. Borrowed from c->scratch. */
const char *clocks_title(struct core *c, const char *clock, const char *subject);
/* The role that takes what is asked of an agency as a whole: its coordinator, else its contact
 * person, else its manager. A task that is nobody's is done by nobody. NULL: it has none of them. */
const char *clocks_desk(const struct core *c, const char *agency);

#endif
