/* Making and changing a record: typed values in, all problems out, one save. */
#ifndef TREBEN_CORE_CHANGE_H
#define TREBEN_CORE_CHANGE_H

#include "treben/core/core.h"

struct change {
    struct core *core;
    struct record *was;   /* as stored; NULL: new */
    struct record *now;   /* as it will be; kinds' fill() writes here with record_put */
    bool *given;          /* per field: set by the user in this change */
    const char *reason;
    const struct transition_model *transition; /* when this is part of one */
    struct problems problems;  /* of the values given */
    /* When rev was old: fields that others changed since, for merging. */
    int64_t seen_rev;          /* -1: not said */
};

/* OWN: caller frees with change_free. ERR: DENIED, MISSING. */
MUST_CHECK bool change_new(struct core *c, const struct kind_model *k, struct change **ret, struct err *e);
MUST_CHECK bool change_open(struct core *c, const char *id, int64_t seen_rev, struct change **ret, struct err *e);
/* For what follows from somebody's act (the system's own look, no rev). OWN: change_free. ERR: MISSING, DB. */
MUST_CHECK bool change_open_all(struct core *c, const struct kind_model *k, const char *id, struct change **ret, struct err *e);
void change_free(struct change *ch);
/* A value as typed or as the protocol carries it (see base/date for dates; lists "A,B"; references as id, case
 * number, login, agency code). "" clears. What is wrong goes to ch->problems. */
void change_set(struct change *ch, const char *field, const char *typed);
/* Adds nothing to the database: fill, field rules, require_if, state requires, the kind's check. True: sound. */
bool change_check(struct change *ch);
/* Inside a write transaction: checks, writes, history, clocks, consequences. *ret_conflicts (may be NULL): names of
 * fields that somebody else changed meanwhile too, with their values in ch->was.
 * ERR: INVALID (see ch->problems), RULE, DENIED, CONFLICT, DB, FULL. */
MUST_CHECK bool change_save(struct change *ch, struct err *e);

/* For kinds: did this field get another value in this change? */
bool change_touches(const struct change *ch, int field);

#endif
