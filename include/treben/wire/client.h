/* The front end's side: starts a core, calls methods, keeps what an error carried. */
#ifndef TREBEN_WIRE_CLIENT_H
#define TREBEN_WIRE_CLIENT_H

#include "treben/wire/conn.h"

struct client_opts {
    bool demo;            /* the demo database in the user's data folder */
    const char *db;       /* or this file */
    const char *as;       /* demo login, or NULL */
    const char *lang;     /* "sv" "en" */
};
struct client;

/* Starts treben-core (beside this program, else in libexecdir, never from PATH) on a socketpair and says
 * hello. *ret_hello (may be NULL) gets hello's result, owned by the caller. ERR: what hello said; GONE. */
MUST_CHECK bool client_start(const struct client_opts *o, struct client **ret, json_t **ret_hello, struct err *e);
/* The same in two halves, with something else to do while the core starts: *ret is to be ended even when the
 * greeting fails. */
MUST_CHECK bool client_begin(const struct client_opts *o, struct client **ret, struct err *e);
MUST_CHECK bool client_greeted(struct client *c, json_t **ret_hello, struct err *e);
void client_end(struct client *c);      /* closes the line and waits for the core to leave */

/* Calls and waits. Steals params (NULL: none). *ret is owned by the caller.
 * On failure e has code, field and sentence as the core gave them. ERR: any. */
MUST_CHECK bool client_call(struct client *c, const char *method, json_t *params, json_t **ret, struct err *e);
/* The "data" of the last error answer: {code, field, problems: [{field, text}], theirs: {...}} or NULL. Borrowed. */
const json_t *client_error(const struct client *c);
/* Milliseconds of the last call, for the trace. */
double client_last_ms(const struct client *c);

#endif
