/* The tables that every kind shares: which record an id is, case numbers, history, the search index. Called inside the
 * write transaction of the save they belong to. */
#ifndef TREBEN_STORE_ROWS_H
#define TREBEN_STORE_ROWS_H

#include "treben/store/store.h"

/* Takes a record's row out, with its history, search texts, drafts and its place in the index. ERR: DB, FULL. */
MUST_CHECK bool rows_erase(struct store *s, const char *kind, const char *id, const char *agency, struct err *e);

/* --- which kind an id or case number belongs to; nothing is said of it until a view shows the record */
MUST_CHECK bool index_add(struct store *s, const char *id, const char *kind, const char *case_no, struct err *e);
/* *ret_found false: nobody has it. ret_id and ret_kind have room for 27 and 64 bytes. */
MUST_CHECK bool index_find(struct store *s, bool by_case_no, const char *given, bool *ret_found, char ret_id[27],
                           char ret_kind[64], struct err *e);
/* Case numbers count up per series and year. */
MUST_CHECK bool series_next(struct store *s, const char *series, int year, int64_t *ret, struct err *e);

/* --- history: old and new value of one field of one save; field "" is the record's making */
struct history_entry {
    const char *kind, *record, *at, *user, *agency, *field, *old_value, *new_value, *reason;
    int64_t rev, shared_rev;
};
MUST_CHECK bool history_add(struct store *s, const struct history_entry *h, struct err *e);
typedef void history_each(void *ctx, const struct history_entry *h); /* texts borrowed for the call */
MUST_CHECK bool history_walk(struct store *s, const char *record, int max, history_each *each, void *ctx, struct err *e);
/* Was this field changed after that revision (of the shared part)? */
MUST_CHECK bool history_since(struct store *s, const char *record, const char *field, int64_t rev, bool shared, bool *ret,
                              struct err *e);

/* --- the search index: table "POL", "SNC", … or "shared"; text is folded already; "" or NULL takes the record out */
MUST_CHECK bool search_put(struct store *s, const char *table, const char *kind, const char *id, const char *text,
                           struct err *e);

#endif
