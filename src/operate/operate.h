/* The operator's tool: making, moving, checking and copying a database, reading its log. */
#ifndef TREBEN_OPERATE_OPERATE_H
#define TREBEN_OPERATE_OPERATE_H

#include "treben/base/err.h"

#include <stdint.h>

struct core;
/* Fills a new demo database. The generator is trebenctl's alone; this layer does not know it. */
typedef bool operate_demo(struct core *c, uint64_t seed, int scale, struct err *e);

/* Runs `trebenctl …`; gives the exit status. */
int operate_main(int argc, char **argv, operate_demo *demo_make);

/* The rows that the configuration says there are: agencies and roles. Inside a write transaction,
 * as the system. ERR: INVALID, DB. */
MUST_CHECK bool operate_seed(struct core *c, struct err *e);

#endif
