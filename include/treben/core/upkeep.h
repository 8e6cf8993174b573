/* What follows from the calendar alone: once a day for each database, at the start of a session. */
#ifndef TREBEN_CORE_UPKEEP_H
#define TREBEN_CORE_UPKEEP_H

#include "treben/core/core.h"

#define UPKEEP_MOVES 200 /* records moved a day at most; the rest waits for the next day */

/* Confirmed memberships whose review day has passed go to review, consents run out, and contacts with the exit unit that
 * led to no case are erased (their purge_after, from config/site.yaml). Costs one look at a setting when today's was done.
 * Acts as the system, in a write transaction and with a log row of its own; no transaction may be open.
 * ERR: DB, FULL, BUSY: nothing was done, the next session tries again. */
MUST_CHECK bool upkeep_run(struct core *c, struct err *e);

#endif
