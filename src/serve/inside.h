/* What the request families share: the session, one call with its answer and its log row,
 * parameters, JSON. */
#ifndef TREBEN_SERVE_INSIDE_H
#define TREBEN_SERVE_INSIDE_H

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/core/query.h"
#include "treben/core/repo.h"
#include "treben/forms/forms.h"
#include "treben/serve/serve.h"
#include "treben/store/log.h"
#include "treben/wire/conn.h"

#define ROWS_MAX 1000            /* rows in one answer, whatever was asked */
#define ANSWER_ROOM (900 * 1024) /* bytes of rows in one answer; the rest is the envelope */

/* Later answers of one filter box: kept here until the next second, pause or other answer. */
struct search {
    char id[40];        /* "" when no search goes on */
    const char *action; /* static */
    char kind[64];
    struct str terms, shown;
    int64_t n;
    int n_pending;    /* answers not yet in the log */
    int64_t since_ms; /* monotonic time of the oldest of them */
};

struct session {
    const struct serve_opts *opts;
    struct store *store;
    struct model *model;
    struct core *core; /* NULL until the start went well */
    struct conn *conn;
    char *notice; /* the configuration fell back: sentence for SYSADM */
    struct search search;
    bool logged_in;
    bool leaving; /* said bye, or must hang up */
    int exit_code;
};

/* One request on its way to an answer. */
struct call {
    struct session *s;
    struct core *core;
    const json_t *params;
    json_t *result; /* OWN: the dispatcher */
    json_t *data;   /* further members of an error's data; OWN: the dispatcher; NULL: none */
    struct problems problems;
    struct log_row
        log; /* action, kind, record …: filled as far as it is known, refusals included */
    struct str fields, shown;
    char terms[33];
    const char *search_id; /* this answer is one of a filter box */
    struct arena arena;
    bool bad_params;
    bool undo; /* a write that must leave no trace but its log row (dry run) */
};

typedef bool method_fn(struct call *c, struct err *e);
enum method_flag {
    NEEDS_LOGIN = 1, /* an account has been chosen */
    WRITES = 2,      /* runs inside a write transaction that its log row shares */
    SEARCHES = 4,    /* may be one answer of a filter box */
    LONG = 8         /* may take its time */
};
struct method {
    const char *name;
    method_fn *fn;
    int flags;
    const char *action; /* CL-02 */
};

method_fn serve_hello, serve_login, serve_clock, serve_bye;
method_fn serve_describe, serve_list, serve_count, serve_show, serve_history, serve_find,
    serve_lookup;
method_fn serve_new, serve_set, serve_check, serve_do;
method_fn serve_myday, serve_timeline, serve_round, serve_call_in, serve_board, serve_agenda, serve_minute,
    serve_file_put, serve_file_get;
method_fn serve_draft_put, serve_draft_get, serve_draft_list, serve_draft_drop;
method_fn serve_import;

/* start.c: opens the database, the configuration and the identity. ERR: what treben should say. */
MUST_CHECK bool session_start(struct session *s, struct err *e);
MUST_CHECK bool session_login(struct session *s, const char *login, struct err *e);
void session_end(struct session *s);

/* audit.c */
MUST_CHECK bool audit_now(struct call *c, const struct err *why,
                          struct err *e); /* why NULL: it went well */
MUST_CHECK bool audit_in_tx(struct call *c, struct err *e);
/* Before an answer that is not of the same search; and when the pause is over. */
MUST_CHECK bool audit_flush(struct session *s, struct err *e);
bool audit_continues(const struct session *s, const struct call *c);
void audit_keep(struct session *s, const struct call *c); /* later answer of a search */
void audit_search_begins(struct session *s, const struct call *c);
int audit_wait_ms(const struct session *s); /* for poll: -1 nothing waits */
MUST_CHECK bool audit_terms(struct call *c, const char *terms, struct err *e);
void audit_shown(struct call *c, const char *id); /* counts it too */
void audit_field(struct call *c, const char *field);

/* params.c: typed members of params; a wrong type is "bad params". A missing one gives NULL or the
 * default. */
MUST_CHECK bool param_text(struct call *c, const char *name, const char **ret, struct err *e);
MUST_CHECK bool param_need(struct call *c, const char *name, const char **ret, struct err *e);
MUST_CHECK bool param_int(struct call *c, const char *name, int64_t otherwise, int64_t min,
                          int64_t max, int64_t *ret, struct err *e);
MUST_CHECK bool param_bool(struct call *c, const char *name, bool *ret, struct err *e);
MUST_CHECK bool param_kind(struct call *c, const struct kind_model **ret, struct err *e);
/* A record the caller may see, by id, case number, login or code. Notes it for the log. */
MUST_CHECK bool param_record(struct call *c, const char *name, const struct kind_model **ret_k,
                             struct id *ret, struct err *e);
/* {name: text}; NULL when absent. */
MUST_CHECK bool param_values(struct call *c, const char *name, const json_t **ret, struct err *e);
bool param_bad(struct call *c, struct err *e, const char *fmt, ...) PRINTF(3, 4);

/* json_value.c. OWN: caller. */
json_t *json_text(const char *text); /* NULL gives null */
json_t *json_hidden(void);
json_t *json_typed(struct core *c, const struct field_model *f, const char *value);
json_t *json_field(struct core *c, const struct record *r, int field);
/* listed: sealed values stay out. */
json_t *json_record(struct core *c, const struct record *r, bool listed);
/* Fields whose names a record's own head takes (kind), under their own names. */
json_t *json_taken(struct core *c, const struct record *r);
int64_t record_rev(const struct record *r); /* the rev that this reader counts by */
size_t json_weight(const json_t *j);        /* about the bytes it takes on the line */

/* list.c, late.c */
const char *state_label(const struct record *r); /* NULL: none. Borrowed */
bool record_late(const struct record *r);
bool kind_listed(const struct core *c,
                 const struct kind_model *k); /* may this subject see any of it? */

/* describe.c: the kind's description into the result, unless the parameter "have" names it or is absent. */
MUST_CHECK bool describe_along(struct call *c, const struct kind_model *k, struct err *e);
/* Adds "shown", the record as a screen shows it, to the answer of a save that asked for it. */
MUST_CHECK bool show_along(struct call *c, const struct kind_model *k, const char *id, struct err *e);

/* draft.c */
MUST_CHECK bool draft_forget(struct call *c, const char *kind, const char *record, struct err *e);
json_t *draft_lines(struct call *c, struct err *e);
bool draft_exists(struct call *c, const char *kind, const char *record);

#endif
