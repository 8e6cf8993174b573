/* Reading and writing records of any kind. */
#ifndef TREBEN_CORE_REPO_H
#define TREBEN_CORE_REPO_H

#include "treben/core/core.h"

/* An id, case number, login or agency code becomes an id. For the subject: what may not be seen is not found,
 * with the same sentence. k NULL: any kind. ERR: MISSING. */
MUST_CHECK bool repo_resolve(struct core *c, const struct kind_model *k, const char *given,
                             const struct kind_model **ret_k, struct id *ret, struct err *e);
/* Through the subject's view. OWN: caller frees. ERR: MISSING. */
MUST_CHECK bool repo_load(struct core *c, const struct kind_model *k, const char *id, struct record **ret, struct err *e);
/* Everything, at the upkeep door: for guards, clocks and the save itself, never for an answer. */
MUST_CHECK bool repo_load_all(struct core *c, const struct kind_model *k, const char *id, struct record **ret, struct err *e);
/* Inside a write transaction: writes the row, its keys, its search rows and its history (fields of `was` that
 * differ; was NULL: new). Numbers rev. ERR: CONFLICT (row has another rev than was), INVALID (unique), DB, FULL. */
MUST_CHECK bool repo_write(struct core *c, const struct record *was, struct record *now, const char *reason, struct err *e);
/* Inside a write transaction: takes a record out as if it had never been: its row, history, search texts, drafts and
 * what is written about it (rows whose parent it is). References to it are cleared. The caller logs it. ERR: DB, FULL. */
MUST_CHECK bool repo_erase(struct core *c, const struct record *r, struct err *e);

/* What a person reads: the record's title, a field's value in the user's language, as far as this copy shows it.
 * Borrowed from c->scratch. A hidden reference or field gives the word for hidden. */
const char *show_title(struct core *c, const struct record *r);
const char *show_title_of(struct core *c, const char *id); /* loads through the view; NULL: hidden or gone */
const char *show_value(struct core *c, const struct record *r, int field);

#endif
