/* The access log: append-only, hash-chained (BLAKE2b-256 over the former hash and the row). Ids, never names. */
#ifndef TREBEN_STORE_LOG_H
#define TREBEN_STORE_LOG_H

#include "treben/store/store.h"

struct log_row {
    int64_t seq;            /* set by log_append */
    const char *at;         /* instant text; set by log_append from the clock */
    const char *session;    /* id of the session */
    const char *user, *agency, *roles; /* user id, agency code, "KOORD_S,STYR" */
    const char *action;     /* CL-02: VISA SOK LISTA SKAPA ANDRA STATUS EXPORT NEKAD LOGGA_IN LOGGA_UT … */
    const char *kind, *record; /* kind name; id or NULL */
    const char *fields;     /* names only, comma-separated, or NULL */
    const char *terms_hash; /* hex hash of search terms and filter, or NULL */
    const char *shown;      /* ids shown in a list, comma-separated, or NULL */
    int64_t n;              /* rows shown */
    const char *purpose;    /* CL-03 or NULL */
    const char *result;     /* "ok" or err_name() */
    const char *detail;     /* transition, request id, …: codes only; or NULL */
};

/* Inside the caller's write transaction. ERR: DB, FULL. */
MUST_CHECK bool log_append(struct store *s, struct log_row *row, struct err *e);
/* Opens its own transaction (one fsync) when none is open. On a full disk it frees the reserve and tries again, and
 * in reduced mode it goes on while the reserve lasts: ERR_FULL means that the answer may not leave. */
MUST_CHECK bool log_append_now(struct store *s, struct log_row *row, struct err *e);
/* Keyed-free hash of a search text, hex, for terms_hash. Salted with a per-database secret from meta. */
MUST_CHECK bool log_hash_terms(struct store *s, const char *terms, char ret[33], struct err *e);

/* Walks rows from an instant ("" from the start). Return false from each to stop. */
typedef bool log_each(void *ctx, const struct log_row *row);
MUST_CHECK bool log_read(struct store *s, const char *since, log_each *each, void *ctx, struct err *e);

/* Who was shown a record, or that which it is a row of, since an instant: the users of rows that went well and name
 * either, or that had the record in a list. The latest first, each once. Looks back over LOG_LOOK_BACK rows at most;
 * *ret_cut: there may be more than were found. ERR: DB. */
struct log_seen {
    const char *record, *parent; /* parent: NULL none */
    const char *since;           /* instant text */
    const char *agency;          /* only its people; NULL: everybody */
};
#define LOG_LOOK_BACK 1000000
#define LOG_USER_LEN 26
typedef char log_user[LOG_USER_LEN + 1];
MUST_CHECK bool log_seen_by(struct store *s, const struct log_seen *what, log_user *ret, int max, int *ret_n,
                            bool *ret_cut, struct err *e);

struct log_verdict {
    int64_t rows;       /* verified */
    int64_t bad_seq;    /* first row that does not fit, 0: none */
    char reason[160];   /* in plain words */
    char head[65];      /* hex of the last good hash */
};
/* Checks the chain, the numbering, and the head kept in meta (a cut tail) and in the anchor file beside the
 * database (FILE.anchor: lines "seq head time", appended at least every 1,000 rows and at close).
 * ERR: DB. A broken chain is not an error but a verdict. 1,000,000 rows in <= 2 s. */
MUST_CHECK bool log_verify(struct store *s, struct log_verdict *ret, struct err *e);

#endif
