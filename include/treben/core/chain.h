/* What ties the three legs together: who was warned, who has answered, what blocks the next step. The questions of
 * the method in one place, so that somebody who knows GVI can review them. */
#ifndef TREBEN_CORE_CHAIN_H
#define TREBEN_CORE_CHAIN_H

#include "treben/core/lifecycle.h"

/* Guards of the method that look across kinds; found by guard_find. */
extern const struct guard chain_guards[];
extern const int n_chain_guards;
/* Does this guard hang on other records alone, so that no value given with the step changes its answer? */
bool chain_of_others(const char *guard);

/* Consequences across kinds after a record was written (a round starts with its first executed measure; a clock
 * elsewhere stops). Called by change_save for every kind. ERR: DB, FULL. */
MUST_CHECK bool chain_after(struct core *c, const struct record *was, const struct record *now, struct err *e);

/* One line per open incident of known groups, the worst first: which link is broken and who can mend it. */
struct chain_line {
    char id[ID_LEN + 1];
    const char *case_no, *what;      /* scratch */
    const char *links;               /* five letters, one per link: '+' done, '.' waiting, '!' late, '-' not needed */
    const char *blocked, *who;       /* sentence and role, scratch; NULL none */
    int days;                        /* age since known */
};
/* The step that a record waits for: its name, who takes it, and the sentence of what stands in its way (NULL: the way
 * is free). For readers of the whole record only: the sentence is judged on everything. NULL: none. Scratch. */
const char *chain_waits(struct core *c, const struct record *r, const char **ret_who, const char **ret_blocked);
MUST_CHECK bool chain_lines(struct core *c, struct chain_line *ret, int max, int *ret_n, struct err *e);

#endif
