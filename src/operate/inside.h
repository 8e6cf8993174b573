/* What the operator's verbs share. */
#ifndef TREBEN_OPERATE_INSIDE_H
#define TREBEN_OPERATE_INSIDE_H

#include "operate.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/core/core.h"
#include "treben/forms/forms.h"

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

struct operate_args {
    const char *words[4]; /* FILE, TO … */
    int n_words;
    bool demo;
    const char *since; /* NULL: not given */
    uint64_t seed;
    int scale;
    operate_demo *demo_make;
};

struct operate_verb {
    const char *name;
    int least_words, most_words;
    bool takes_demo, takes_since;
    int (*run)(const struct operate_args *a);
    const char *usage, *help; /* N_() texts */
};

int operate_init(const struct operate_args *a);
int operate_migrate(const struct operate_args *a);
int operate_check(const struct operate_args *a);
int operate_backup(const struct operate_args *a);
int operate_restore(const struct operate_args *a);
int operate_log(const struct operate_args *a);
int operate_verify_log(const struct operate_args *a);
int operate_check_config(const struct operate_args *a);

/* Prints the sentence to stderr; gives the exit status that belongs to it. */
int operate_failed(const struct err *e);
/* What a file's mistakes are, one a line, on stderr. */
void operate_say_findings(const struct findings *f);

/* seed.c: the caller's Unix account becomes an account that may make others. *ret_login: its name.
 * OWN: caller. */
MUST_CHECK bool seed_operator(struct core *c, char **ret_login, struct err *e);

#endif
