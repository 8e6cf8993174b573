/* What follows from the calendar alone: once a day for each database, at the start of a session. */
#ifndef TREBEN_CORE_UPKEEP_H
#define TREBEN_CORE_UPKEEP_H

#include "treben/core/core.h"

#define UPKEEP_MOVES 200 /* records moved a day at most; the rest waits for the next day */

/* What falls due by the calendar (upkeep.c says what), and handovers that nobody has read half an hour into the shift.
 * Costs a look at a setting and one at an index when there is nothing to do.
 * Acts as the system, in a write transaction and with a log row of its own; no transaction may be open.
 * ERR: DB, FULL, BUSY: nothing was done, the next session tries again. */
MUST_CHECK bool upkeep_run(struct core *c, struct err *e);

#endif
