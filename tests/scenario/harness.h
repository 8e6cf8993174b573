/* A whole Treben in a temporary folder, and conversations with treben-core as a front end has them.
 */
#ifndef TESTS_SCENARIO_HARNESS_H
#define TESTS_SCENARIO_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#define STAGE_NOW "2026-11-22T13:32:00Z" /* what the clock says in every session */

/* A demo database with agencies, roles and the demo's accounts, and nothing else. */
struct stage {
    char dir[64], path[96];
};
struct stage *stage_make(void);
void stage_end(struct stage *st);
/* Rows in the log, as they stand on disk. */
int64_t stage_log_rows(const struct stage *st);
/* Of the newest row that was written; names as in store/log.h. OWN: caller frees. */
char *stage_log_last(const struct stage *st, const char *column);
/* Runs trebenctl; argv ends with NULL. Gives its exit status; *ret_out (may be NULL) what it
 * printed. OWN: caller. */
int stage_ctl(const struct stage *st, char **ret_out, ...);

/* Runs treben's command line on the stage's database; what it printed on either stream. input: the
 * file that stands as its standard input, NULL nothing. OWN: caller. */
int stage_cli(const struct stage *st, const char *login, const char *lang, const char *input,
              char **ret_out, const char *const words[]);
/* The same with nobody reading what it prints; *ret_said: its standard error. */
int stage_cli_unread(const struct stage *st, const char *login, char **ret_said,
                     const char *const words[]);
/* One number for all that stands in the database but log and settings: unchanged, nothing was
 * stored. */
uint64_t stage_digest(const struct stage *st);

/* A session with treben-core. login NULL: nobody yet. Says hello in English. */
struct talk;
struct talk *talk_start(const struct stage *st, const char *login);
struct talk *talk_start_in(const struct stage *st, const char *login, const char *lang);
/* Without hello. */
struct talk *talk_open(const struct stage *st, const char *login);
/* Steals params. The result, borrowed until the next call; a refusal fails the test. */
const json_t *talk_ask(struct talk *t, const char *method, json_t *params);
/* The same, expecting a refusal: the error object. */
const json_t *talk_refused(struct talk *t, const char *method, json_t *params);
/* Whatever it is: the whole answer. */
const json_t *talk_any(struct talk *t, const char *method, json_t *params);
/* Sends bytes as they are (with the newline); the answer, or NULL when the core hung up. */
const json_t *talk_raw(struct talk *t, const char *bytes, size_t n);
int talk_end(struct talk *t); /* hangs up; exit status of the core */

/* "rows.0.title": what stands there; fails the test when nothing does. */
const json_t *at(const json_t *j, const char *path);
const char *text_at(const json_t *j, const char *path);
int64_t int_at(const json_t *j, const char *path);
void assert_contains(const char *text, const char *part);

#endif
