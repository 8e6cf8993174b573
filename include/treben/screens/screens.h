/* The screens of Treben: one call opens them and comes back when the person is done. */
#ifndef TREBEN_SCREENS_SCREENS_H
#define TREBEN_SCREENS_SCREENS_H

#include "treben/wire/client.h"

struct screens_options {
    struct client_opts core;
    bool exit_after_paint; /* leave after the first whole paint; for measuring */
    const char *open;      /* a kind whose list is opened at once instead of my day; NULL: my day */
};

/* Starts core and terminal and runs until the person quits. The exit status of the process. */
int screens_run(const struct screens_options *o);

/* Help on a topic for "treben help": a screen's name, "keys", "conditions" or "dates"; NULL lists the topics.
 * False: no such topic, nothing printed. */
bool screens_print_help(const char *topic);

#endif
