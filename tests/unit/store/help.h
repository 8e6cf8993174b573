/* What the tests of the store share: a folder of their own, a fresh database, raw access beside the
 * store. */
#ifndef TEST_STORE_HELP_H
#define TEST_STORE_HELP_H

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
#include "treben/store/migrate.h"

struct place {
    char dir[64], file[96];
};

#define assert_good(call, err)                                                                     \
    do {                                                                                           \
        if (!(call)) {                                                                             \
            fail_msg("%s: %s (%d)", #call, (err).text, (err).native);                              \
        }                                                                                          \
    } while (0)

struct place place_new(void);
void place_done(const struct place *p); /* removes everything in it */
/* A database at the newest version, with the tables thing and remark, the view v_thing and a text
 * index. */
struct store *store_new(const struct place *p);
struct store *store_again(const struct place *p, enum store_mode mode);
void make_views(struct store *s);
/* Through a connection of its own, behind the store's back. */
int64_t raw_number(const struct place *p, const char *sql);
void raw_run(const struct place *p, const char *sql);
int64_t number(struct store *s, const char *sql);
void save_thing(struct store *s, const char *name);
bool refused(struct store *s, enum door door, const char *sql);
char *companion(const struct place *p, const char *suffix); /* OWN: caller */
bool there(const struct place *p, const char *suffix);

#endif
