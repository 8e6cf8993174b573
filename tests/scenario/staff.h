/* The staff of a scenario: one session for each account, opened when first needed, all at the same time of day;
 * and the verbs of the line as a test says them. */
#ifndef TESTS_SCENARIO_STAFF_H
#define TESTS_SCENARIO_STAFF_H

#include "harness.h"

#define STAFF_MAX 12

struct staff {
    struct stage *st;
    const char *now; /* what every clock says */
    struct {
        char login[24];
        struct talk *talk;
    } at[STAFF_MAX];
    int n;
};

struct talk *by(struct staff *s, const char *login);
/* Everybody goes home; the next sessions begin at that time, and what the calendar does follows. */
void day(struct staff *s, const char *now);
void leave(struct staff *s);

/* All steal their values; json NULL: none. */
char *made(struct staff *s, const char *login, const char *kind, json_t *values); /* id. OWN: caller */
void set(struct staff *s, const char *login, const char *id, json_t *values);
void done(struct staff *s, const char *login, const char *id, const char *to, json_t *values);
json_t *step(const char *id, const char *to, json_t *values); /* params of `do`, with a reason */
/* Refused with these words somewhere in the answer, and nothing was stored. */
void no(struct staff *s, const char *login, const char *method, json_t *params, const char *says);
void no_step(struct staff *s, const char *login, const char *id, const char *to, json_t *values,
             const char *says);
void no_set(struct staff *s, const char *login, const char *id, json_t *values, const char *says);
void no_new(struct staff *s, const char *login, const char *kind, json_t *values, const char *says);

/* As this account reads it. */
char *field(struct staff *s, const char *login, const char *id, const char *name); /* OWN: caller */
void assert_field(struct staff *s, const char *login, const char *id, const char *name,
                  const char *value);
const json_t *rows(struct staff *s, const char *login, const char *kind, const char *filter);
size_t count(struct staff *s, const char *login, const char *kind, const char *filter);

#endif
