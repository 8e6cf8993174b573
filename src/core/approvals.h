/* core/approvals.h: when several must agree: each one's approval is a record of its own. */
#ifndef CORE_APPROVALS_H
#define CORE_APPROVALS_H

#include "treben/core/lifecycle.h"

/* Stores the subject's approval of this step and counts: done->moved tells whether everybody needed has agreed.
 * ERR: RULE (has approved already, same agency twice), DB. */
MUST_CHECK bool approvals_add(struct change *ch, const struct transition_model *t, struct done *done, struct err *e);
/* The values the first approver gave stay on the record, so that the next one approves the same thing. */
MUST_CHECK bool approvals_keep_values(struct change *ch, struct err *e);
const char *actor_group_words(struct core *c, const struct kind_model *k, const struct actor_group *g);

#endif
