/* What is done to good input to make bad input of it; the same for the same seed. */
#ifndef TESTS_FUZZ_DAMAGE_H
#define TESTS_FUZZ_DAMAGE_H

#include "treben/base/id.h"

#include <jansson.h>
#include <stddef.h>

/* One change of a few bytes: cut out, overwritten, put in, said twice. n of at most room bytes stand
 * at text; what stands there afterwards. */
size_t damage_bytes(struct rng *r, char *text, size_t n, size_t room);
/* One value somewhere in the tree becomes another, is left out, or gets a neighbour: still JSON. */
void damage_tree(struct rng *r, json_t *tree);

#endif
