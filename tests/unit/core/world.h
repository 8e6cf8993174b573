/* A small city for tests: a fresh database with the shipped configuration, agencies, roles and one account for
 * each role that a test acts as. */
#ifndef TESTS_CORE_WORLD_H
#define TESTS_CORE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "treben/core/change.h"
#include "treben/core/lifecycle.h"
#include "treben/core/query.h"
#include "treben/core/repo.h"
#include "treben/forms/forms.h"

struct world {
    char dir[64];
    char path[80];
    struct store *store;
    struct model *model;
    struct core *c;
};

struct world *world_make(void);
void world_end(struct world *w);

/* Acts as ROLE(AGENCY); the account "kalle.ROLE…" is made when first asked for. */
void world_as(struct world *w, const char *role, const char *agency);
void world_as_system(struct world *w);
/* The id of such an account. */
const char *world_user(struct world *w, const char *role, const char *agency);

/* NAME, VALUE, …, NULL. Makes a record as the present subject; fails the test when refused. The id is in scratch of w. */
const char *world_new(struct world *w, const char *kind, ...);
/* The same, giving the sentence of the refusal ("" when it was not refused). */
const char *world_try_new(struct world *w, const char *kind, ...);
const char *world_try_set(struct world *w, const char *id, int64_t rev, ...);
const char *world_try_do(struct world *w, const char *id, const char *to, const char *reason, ...);
void world_do(struct world *w, const char *id, const char *to, ...); /* fails the test when refused */
const char *world_get(struct world *w, const char *id, const char *field); /* as the system; NULL absent */

void assert_says(const char *sentence, const char *part); /* sentence contains part */
void assert_fine(const char *sentence);                   /* "" */

#endif
