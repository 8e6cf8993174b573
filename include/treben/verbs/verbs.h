/* The command line: everything a user can do without a screen. */
#ifndef TREBEN_VERBS_VERBS_H
#define TREBEN_VERBS_VERBS_H

#include "treben/wire/client.h"

/* Is this word a verb (list show new set do find import)? */
bool verb_known(const char *word);
/* Runs argv[0] = verb with its arguments; starts the core itself. Returns the exit status: 0 done, 1 refused,
 * 2 wrong usage, 3 the system, 4 somebody else saved first. */
int verbs_run(const struct client_opts *o, int argc, char **argv);
/* The text of `treben help TOPIC`; NULL: no such topic. Borrowed. */
const char *verb_help(const char *topic);
/* Prints an error of the core to stderr, a sentence a problem, each naming its field; returns the exit status. */
int verb_failed(const struct client *c, const struct err *e);

#endif
