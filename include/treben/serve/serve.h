/* treben-core: one session, one line of JSON each way, every answer in the log before it leaves. */
#ifndef TREBEN_SERVE_SERVE_H
#define TREBEN_SERVE_SERVE_H

#include "treben/base/err.h"

struct serve_opts {
    bool demo;      /* the demo database in the user's data folder */
    const char *db; /* or this file */
    const char *as; /* login, demo database only; NULL: the Unix user, or a choice at hello */
};

/* Serves until the other end hangs up. Gives the process's exit status. A database that cannot be
 * opened is the answer to the first request, so that the front end can say it. */
int serve_run(const struct serve_opts *o, int read_fd, int write_fd);

#endif
