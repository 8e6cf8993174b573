/* core/clocks_parts.h: what deadlines (clocks.c) and plans (plan.c) share. */
#ifndef CORE_CLOCKS_PARTS_H
#define CORE_CLOCKS_PARTS_H

#include "inside.h"
#include "treben/base/date.h"

/* Does its condition hold, and is there something to count from? */
bool clock_wanted(struct core *c, const struct record *r, const struct clock_model *k);
/* The end of its length from a day or an instant; false: from NULL, or no such time. */
bool clock_due(const char *from, const struct clock_model *k, char ret[INSTANT_TEXT]);
/* Its title as every owner of the task may read it; scratch. */
const char *clock_title(struct core *c, const struct record *r, const struct clock_model *k);
MUST_CHECK bool clock_make(struct core *c, const struct record *r, const struct clock_model *k, const char *due,
                           struct err *e);
MUST_CHECK bool clock_change(struct core *c, const struct record *task, const char *field, const char *value,
                             const char *reason, struct err *e);
/* The steps of a record's plan as tasks. */
MUST_CHECK bool plan_run(struct core *c, const struct record *r, struct err *e);

#endif
