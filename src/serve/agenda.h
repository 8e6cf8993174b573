/* What agenda, minutes and my day share: the figures of the agenda. */
#ifndef TREBEN_SERVE_AGENDA_H
#define TREBEN_SERVE_AGENDA_H

#include "inside.h"

/* Offers of help in three whole months: given, accepted, waiting; never exact, never small. Rows of
 * a point, without records. OWN: caller. */
json_t *help_figures(struct call *c);

/* "v 44, v 46": the weeks before this one, at most `back`, in which no coordination meeting was
 * held, as far as this reader sees meetings; "" none. Weeks before the first meeting do not count.
 * Borrowed from the call. NULL: an error. */
const char *agenda_gaps(struct call *c, int back, struct err *e);
/* Lines of my day about what is missing: weeks without a meeting, nights with nobody on duty. */
MUST_CHECK bool gap_lines(struct call *c, json_t *sections, struct err *e);

#endif
