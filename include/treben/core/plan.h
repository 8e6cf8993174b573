/* The standard plan of a record: steps with their days, as tasks for those who take them. */
#ifndef TREBEN_CORE_PLAN_H
#define TREBEN_CORE_PLAN_H

#include "treben/core/core.h"

struct plan_step {
    const char *name, *title; /* in the reader's language; scratch */
    const char *due;          /* instant, scratch */
    bool laid;                /* there is a task for it; else it waits for the plan to begin */
    bool done, late;
};
/* The plan of a record that the caller has seen, as far as it says who reads it; shared facts only. The order is
 * the form's. false: its kind has none. */
MUST_CHECK bool plan_read(struct core *c, const char *kind, const char *id, struct plan_step *ret, int max, int *ret_n);
/* Inside a write transaction, after a task was saved: what counts from a step that was moved moves along. ERR: DB. */
MUST_CHECK bool plan_moved(struct core *c, const struct record *was, const struct record *now, struct err *e);

#endif
