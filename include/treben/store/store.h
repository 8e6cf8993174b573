/* The database file: the only layer that knows SQLite. Everything above speaks of doors, statements and
 * transactions. Statements come as text generated from kinds or fixed in store; values are always bound. */
#ifndef TREBEN_STORE_STORE_H
#define TREBEN_STORE_STORE_H

#include "treben/base/err.h"
#include <stddef.h>
#include <stdint.h>

/* Which wall a statement is stepped behind; the authorizer, installed once, reads it (at prepare time).
 * READ:   only views named v_…, search_… tables and json_each; no writes at all. A WITH name may not begin with v_;
 *         inside a view's text it must (the engine names it as the innermost view).
 * WRITE:  statements generated per kind: INSERT/UPDATE/DELETE and the reads they need; not the log, not meta.
 * UPKEEP: everything but ATTACH, extensions, BEGIN/COMMIT and settings: migration, checks, clocks, guards,
 *         generator, creating views (CREATE TEMP VIEW v_…).
 * Whatever writes the file needs tx_begin first, behind every door. */
enum door { DOOR_READ, DOOR_WRITE, DOOR_UPKEEP };

enum store_mode {
    STORE_USE,     /* an existing database of exactly this program's schema version */
    STORE_OPERATE, /* trebenctl: any known version, no schema check (migrate, check, backup) */
    STORE_CREATE   /* makes the file (0600); fails if it exists */
};

struct store;
/* Opens by the folder's real path (SQLITE_OPEN_NOFOLLOW), runs the opening sequence (defensive, WAL, FULL, no
 * automatic checkpoint, persistent WAL …), checks application id and version. Makes the 64 MiB reserve file
 * if there is none. ERR: IO (no file, not regular, rights), SCHEMA (older: says to run trebenctl migrate;
 * newer: says so; not a Treben database), DB. */
MUST_CHECK bool store_open(const char *path, enum store_mode mode, struct store **ret, struct err *e);
void store_close(struct store *s);
const char *store_path(const struct store *s);
int store_version(const struct store *s);      /* schema version of the file */
bool store_is_reduced(const struct store *s);  /* the reserve was used: reads go on, writes are refused */
/* What runs from now on is stopped after so many milliseconds of work (not of waiting) with ERR RULE and a
 * sentence; a write transaction it stood in is undone. -1: no limit, as after opening. */
void store_time_limit(struct store *s, int ms);
/* Changes whenever another connection has committed. */
int64_t store_data_version(struct store *s);

/* Write transactions: take the store lock (a lock file beside the database, fair, blocking up to 10 s),
 * BEGIN IMMEDIATE. Not nested. On a full disk everything is rolled back, the reserve is freed and ERR_FULL
 * says so in a sentence. ERR: BUSY, FULL, DB. */
MUST_CHECK bool tx_begin(struct store *s, struct err *e);
MUST_CHECK bool tx_commit(struct store *s, struct err *e);
void tx_rollback(struct store *s);              /* harmless when there is none */
bool tx_open(const struct store *s);
/* How often something was undone, wholly or in part: what a transaction made beside data (views) is gone then. */
int64_t store_rollbacks(const struct store *s);
/* Within a write transaction: undo a part. */
MUST_CHECK bool tx_savepoint(struct store *s, struct err *e);
void tx_savepoint_release(struct store *s);
void tx_savepoint_rollback(struct store *s);
/* One consistent picture for several reads of one request (BEGIN … COMMIT without lock). End it before a write
 * transaction or log_append_now: from an old picture nothing can be saved. */
MUST_CHECK bool read_begin(struct store *s, struct err *e);
void read_end(struct store *s);
/* Copies the WAL into the database, under the store lock; called by upkeep and at close when the WAL is
 * larger than 4 MiB, never inside a user's save. */
MUST_CHECK bool store_checkpoint(struct store *s, struct err *e);
bool store_wal_is_large(const struct store *s); /* larger than 4 MiB: worth a checkpoint in a quiet moment */

/* A prepared statement, cached by its text and door. Always released by STMT's cleanup: declare it right before
 * stmt_get, or with = {0}, so that no return lies between. */
struct stmt {
    struct store *store;
    struct stmt_slot *slot;
};
void stmt_release(struct stmt *st);
#define STMT __attribute__((cleanup(stmt_release))) struct stmt

/* Zeroes *ret first. A refusal by the authorizer or bad SQL is a programming error: ERR DB with a number,
 * never with table names. */
MUST_CHECK bool stmt_get(struct store *s, enum door door, const char *sql, struct stmt *ret, struct err *e);
void stmt_text(struct stmt *st, int i, const char *utf8); /* i from 1; NULL binds null; OWN: borrowed until release */
void stmt_int(struct stmt *st, int i, int64_t v);
void stmt_blob(struct stmt *st, int i, const void *bytes, size_t n);
MUST_CHECK bool stmt_step(struct stmt *st, bool *ret_row, struct err *e);
MUST_CHECK bool stmt_run(struct stmt *st, struct err *e); /* to the end, rows ignored */
int64_t stmt_changes(const struct stmt *st);              /* rows changed by the last run */
const char *col_text(const struct stmt *st, int i);       /* i from 0; NULL is null; borrowed until the next step */
int64_t col_int(const struct stmt *st, int i);            /* null is 0 */
bool col_null(const struct stmt *st, int i);
const void *col_blob(const struct stmt *st, int i, size_t *ret_n);
int stmt_columns(const struct stmt *st);

/* Several statements without values (migrations, view definitions); upkeep door. */
MUST_CHECK bool store_script(struct store *s, const char *sql, struct err *e);
/* Drops cached statements, e.g. after views changed. */
void store_forget_statements(struct store *s);
/* SQLite virtual machine steps since the last call, for the cost tests. */
int64_t store_vm_steps(struct store *s);

/* Small settings kept in the database (table meta): "demo", "config_digest", … ERR: DB. OWN: caller frees *ret,
 * which is NULL when there is none. */
MUST_CHECK bool meta_get(struct store *s, const char *key, char **ret, struct err *e);
MUST_CHECK bool meta_set(struct store *s, const char *key, const char *value, struct err *e); /* inside a transaction */

/* SQL functions registered on every connection, deterministic: treben_fold(x), treben_key(x) (base/text). */

#endif
