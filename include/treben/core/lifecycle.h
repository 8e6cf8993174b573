/* States and transitions as the YAML says, guards as C says, approvals by several. */
#ifndef TREBEN_CORE_LIFECYCLE_H
#define TREBEN_CORE_LIFECYCLE_H

#include "treben/core/change.h"

struct guard_case {
    struct core *core;
    const struct record *r;  /* everything, as it would be after the transition's values are set */
    const struct transition_model *t;
    const char *reason;
    struct str *why;
};
/* The sentence of a guard that does not hold; yields false. Placeholders only of what the actor can see. */
bool guard_no(struct guard_case *g, const char *fmt, ...) PRINTF(2, 3);
/* Guards that belong to no single kind (the table of src/core/chain.c); looked up after the kind's own. */
const struct guard *guard_find(const struct kind *k, const char *name);

struct done {
    bool moved;          /* false: approval stored, waiting for others */
    int approved, needed;
    char waiting[256];   /* for whom, in words; "" when moved */
    int64_t rev;
};
/* The transition from where the record stands; NULL: there is none. Before change_set, ch->transition takes it, so that
 * what the step asks for may be given even where it is otherwise kept by the system. */
const struct transition_model *lifecycle_find(const struct record *r, const char *to);
/* Inside a write transaction. ch holds the values given with the transition (change_open, change_set).
 * ERR: RULE (wrong state: says which are possible; a guard's sentence), DENIED (who may, in words), INVALID. */
MUST_CHECK bool lifecycle_do(struct change *ch, const char *to, struct done *ret, struct err *e);
/* Moves by the system when a consequence asks for it; quietly nothing if not possible. */
MUST_CHECK bool lifecycle_system(struct core *c, const struct kind_model *k, const char *id, const char *to, struct err *e);

/* For the screens: what could be done with this record by this subject, and what blocks it. */
struct possible {
    const struct transition_model *t;
    bool may;            /* the subject is one of those who act */
    const char *blocked; /* first guard's sentence, scratch; NULL: free */
};
int lifecycle_possible(struct core *c, const struct record *r, struct possible *ret, int max);

#endif
