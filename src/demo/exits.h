/* demo/exits.h: what the two files of the way out share. */
#ifndef DEMO_EXITS_H
#define DEMO_EXITS_H

#include "inside.h"

struct exit_story { /* one case */
    char id[ID_LEN + 1];
    const struct person *person;
    const struct worker *handler, *backup;
    const char *state;
    bool high; /* the threat */
    instant opened, started, closed; /* 0: not yet */
    int last_seen;
};

/* Consents, threats, plan and all that belongs to a case: exit_rows.c. */
void make_exit_rows(struct demo *g, const struct exit_story *x);

#endif
