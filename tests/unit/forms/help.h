/* What the tests of the forms layer share: the shipped files, findings in English, folders that go
 * away. */
#ifndef TEST_FORMS_HELP_H
#define TEST_FORMS_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* after the four that it wants */
#include <cmocka.h>

#include "inside.h"

/* Call first in main: English sentences, and where the checkout is (the test's only argument). */
void help_start(int argc, char **argv);
const char *help_root(void);
struct forms_dirs shipped_dirs(struct arena *a);

/* One text read as a file of that name; NULL when it was refused. */
struct node *read_one(struct arena *a, const char *name, const char *body, size_t n,
                      struct findings *found);
/* The first finding as people read it; "" when there is none. Static until the next call. */
const char *first_text(const struct findings *found);
bool has_text(const struct findings *found, const char *text);
void print_findings(const struct findings *found);

/* The shipped files with other bytes for one of them (site: laid over it). NULL: the findings say
 * why. */
struct model *load_with(const char *name, bool site, const char *body, size_t n,
                        struct findings *found);

/* A folder with forms/ and config/ below it. */
struct folder {
    char path[64];
};
struct folder folder_new(void);
void folder_put(const struct folder *f, const char *name, const char *body);
void folder_done(const struct folder *f);

#endif
