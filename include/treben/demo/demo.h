/* The demo city Västerstad: wholly invented, seedable, in the proportions of a real city of 600,000
 * with five years of work behind it. Only trebenctl links this. */
#ifndef TREBEN_DEMO_DEMO_H
#define TREBEN_DEMO_DEMO_H

#include "treben/core/core.h"

/* Told now and then how far it is; `of` 0: not known. */
typedef void demo_watch(void *ctx, const char *what, int64_t done, int64_t of);

/* Fills a migrated database that holds no records yet, or only agencies and roles (they are made
 * when missing), and marks it as a demo. The same seed, scale and clock give the same city. scale 1
 * is one city; 10 and 100 are for measuring (100: 180,000 people in a few minutes). Writes in
 * transactions of its own; none may be open. Acts as the system afterwards, and the clock stands as
 * before. watch may be NULL. ERR: DB, FULL, INVALID (scale). */
MUST_CHECK bool demo_make_watched(struct core *c, uint64_t seed, int scale, demo_watch *watch,
                                  void *ctx, struct err *e);
MUST_CHECK bool demo_make(struct core *c, uint64_t seed, int scale, struct err *e);

#endif
