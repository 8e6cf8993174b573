/* A record in memory: one text per field, indexed by the kind's enum; NULL is absent. Canonical text: ints in
 * decimal, bools "0"/"1", dates ISO, instants "…Z", code lists "A,B", references ids. */
#ifndef TREBEN_CORE_RECORD_H
#define TREBEN_CORE_RECORD_H

#include "treben/base/id.h"
#include "treben/core/model.h"

struct record {
    const struct kind_model *k;
    char id[ID_LEN + 1];
    char case_no[24];  /* "" when the kind has none */
    enum level level;  /* how much of it the reader sees; LEVEL_FULL for the system */
    char **v;          /* k->n_fields texts */
};

struct record *record_new(const struct kind_model *k);
struct record *record_copy(const struct record *r);
void record_free(struct record *r);
void record_put(struct record *r, int field, const char *value); /* copies; NULL clears */
const char *record_get(const struct record *r, int field);       /* borrowed, NULL absent */
int64_t record_int(const struct record *r, int field);           /* absent: 0 */
bool record_is(const struct record *r, int field, const char *code);
bool record_has(const struct record *r, int field);
const char *record_common(const struct record *r, enum common_field f);
bool record_hidden(const struct record *r, int field);           /* may the reader of this copy not see it? */

#endif
