/* The operator's tool: making, moving, checking and copying a database, reading its log. */
#ifndef TREBEN_OPERATE_OPERATE_H
#define TREBEN_OPERATE_OPERATE_H

#include "treben/base/err.h"

/* Runs `trebenctl …`; gives the exit status. */
int operate_main(int argc, char **argv);

/* The rows that the configuration says there are: agencies and roles. Inside a write transaction, as the system.
 * ERR: INVALID, DB. */
struct core;
MUST_CHECK bool operate_seed(struct core *c, struct err *e);

#endif
