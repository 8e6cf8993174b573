/* Who may see and do what: one view per kind, made for this session's subject from config/rights.yaml. */
#ifndef TREBEN_CORE_ACCESS_H
#define TREBEN_CORE_ACCESS_H

#include "treben/core/core.h"

/* Makes v_<kind> (and the views it follows) for this subject if need be. The view has every column of the
 * table, NULL where the subject may not see, and _level. ERR: DB. */
MUST_CHECK bool access_view(struct core *c, const struct kind_model *k, struct err *e);
/* Where rows of a tab are counted: those of k whose field leads to a record of the kind `of`. The view has only such
 * fields, states and the level. *ret in scratch. */
MUST_CHECK bool access_tab(struct core *c, const struct kind_model *k, int field, const struct kind_model *of,
                           const char **ret, struct err *e);
/* The most this subject can ever see of a kind: whether to show lists, tabs and menu rows at all. */
enum level access_ceiling(const struct core *c, const struct kind_model *k);
bool access_may_create(const struct core *c, const struct kind_model *k);
bool access_may_edit(const struct core *c, const struct record *r);
/* Does an actor term fit this subject on this record (read at the upkeep door)? */
bool access_actor(const struct core *c, const struct actor *a, const struct record *r);
/* Does the kind stand behind the help wall: of nobody's sight but the exit unit's and the giver's? */
bool access_walled(const struct kind_model *k);

#endif
