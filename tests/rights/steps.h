/* Every step there may be, as tests/transitions.txt says. */
#ifndef TESTS_RIGHTS_STEPS_H
#define TESTS_RIGHTS_STEPS_H

#include "treben/base/str.h"
#include "treben/core/model.h"

#define WHO_MAX 4
#define GUARDS_MAX 8

struct step_guard {
    char name[40];
    bool empty_passes; /* "~" */
};
/* from one state to one other */
struct step {
    char kind[40], from[32], to[32]; /* from "-": made */
    char who[WHO_MAX][240];          /* comma lists of terms, one per person needed */
    int n_who;
    char not_actor[40]; /* "": none */
    bool other_agencies, reason;
    struct step_guard guards[GUARDS_MAX];
    int n_guards;
    bool found; /* in the configuration too */
};
struct steps {
    struct step *at;
    int n;
};

struct steps *steps_read(void);
void steps_free(struct steps *s);
struct step *steps_find(struct steps *s, const char *kind, const char *from, const char *to);
/* Adds a sentence for each difference between the file and the model. */
void steps_compare(struct steps *s, const struct model *m, struct str *wrong);

#endif
