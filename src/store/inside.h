/* What the files of the store share with each other and nobody else: the handle, the statement
 * slots, the paths of the companion files. The only header that includes sqlite3.h. */
#ifndef TREBEN_STORE_INSIDE_H
#define TREBEN_STORE_INSIDE_H

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/store/store.h"
#include <sqlite3.h>

/* Doors that callers cannot name: CLOSED refuses everything (it stands between two statements, so a
 * stray prepare fails), INNER is for the store's own fixed statements (BEGIN, COMMIT, pragmas, the
 * log). */
enum { DOOR_INNER = DOOR_UPKEEP + 1, DOOR_CLOSED };

enum { STORE_BUCKETS = 128, STORE_SLOTS_MAX = 256, LOG_HASH = 32, LOG_ANCHOR_EVERY = 1000 };
#define STORE_WAL_LARGE ((int64_t)4 << 20)
#define STORE_RESERVE_BYTES ((int64_t)64 << 20)
#define STORE_LOCK_LIMIT_MS 10000
#define STORE_BUSY_MS 5000
#define STORE_HEAP_BYTES ((int64_t)32 << 20) /* of a session's engine */

struct stmt_slot {
    struct stmt_slot *next; /* in its bucket */
    char *sql;
    uint64_t hash, used; /* used: tick of the last use, the oldest leaves first */
    int door;
    sqlite3_stmt *st;
    bool busy;   /* handed out */
    bool cached; /* false: finalized on release */
    bool writes; /* changes the file, so a write transaction must be open */
    int bind_rc; /* first failure of a bind, reported by the next step */
    int64_t changes;
};

enum tx_state { TX_NONE, TX_READING, TX_WRITING };

struct seal_key {
    int number;
    unsigned char *seal, *hash; /* 32 bytes each, in locked memory */
};

struct store {
    sqlite3 *db;
    char *path; /* real path */
    enum store_mode mode;
    int version;

    int lock_fd;
    bool locked;
    int lock_limit_ms;

    enum tx_state tx;
    int savepoints;
    int64_t rollbacks;

    int door; /* read by the authorizer */
    bool saw_write;
    struct stmt_slot *bucket[STORE_BUCKETS];
    size_t n_slots;
    uint64_t tick;
    int64_t vm_steps;

    int limit_ms;       /* of work for what runs now; -1: none */
    int64_t limit_from; /* when the work was first looked at; -1: not yet */

    bool log_known; /* log_seq and log_head are those of the open transaction */
    int64_t log_seq;
    unsigned char log_head[LOG_HASH];
    char log_at[INSTANT_TEXT];
    bool log_in_tx;      /* the open transaction has added rows … */
    bool log_crossed;    /* … among them a multiple of LOG_ANCHOR_EVERY */
    bool log_written;    /* this handle has committed rows since its last anchor line */
    unsigned char *salt; /* for log_hash_terms, 32 bytes in locked memory, NULL until needed */

    struct seal_key *keys; /* ascending numbers */
    size_t n_keys;
};

/* Companion files: FILE-wal, FILE.lock, FILE.reserve, FILE.key, FILE.anchor. OWN: caller frees. */
char *store_companion(const char *path, const char *suffix);
/* open.c: the folder's real path and the name as given; NULL fills *e. OWN: caller frees. */
char *store_real_place(const char *path, struct err *e);
/* Reads application id and version. ERR: SCHEMA, DB. */
MUST_CHECK bool store_is_treben(struct store *s, struct err *e);
/* check.c */
MUST_CHECK bool check_structure(struct store *s, bool *ret_good, struct err *e);

/* limits.c */
void store_limits(struct store *s); /* at opening, once s->db is there */

/* fail.c: turns what the engine just said into a sentence. A full disk rolls back, frees the
 * reserve. Always yields false. */
bool store_fail(struct store *s, struct err *e);
bool store_fail_code(struct store *s, int rc, struct err *e);
bool store_fail_program(struct err *e, int number); /* a caller's mistake, found by the store */
bool store_fail_full(struct err *e, int native);

/* lock.c */
MUST_CHECK bool store_lock_open(struct store *s, struct err *e);
MUST_CHECK bool store_lock(struct store *s, struct err *e);
void store_unlock(struct store *s);
/* Every open handle marks its presence; a restore wants to be alone. Neither waits. */
MUST_CHECK bool store_presence(int lock_fd, bool alone);

/* reserve.c */
void store_reserve_make(struct store *s); /* if there is none and there is room */
void store_reserve_free(struct store *s);

/* tx.c */
MUST_CHECK bool tx_begin_for_log(struct store *s, struct err *e); /* also in reduced mode */
int64_t store_wal_bytes(const struct store *s);

/* stmt.c */
MUST_CHECK bool stmt_get_at(struct store *s, int door, const char *sql, struct stmt *ret,
                            struct err *e);
MUST_CHECK bool store_run(struct store *s, const char *sql, struct err *e); /* INNER, cached */
/* INNER, cached: the first column of the first row; 0 when there is none. */
MUST_CHECK bool store_number(struct store *s, const char *sql, int64_t *ret, struct err *e);
MUST_CHECK bool store_script_at(struct store *s, int door, const char *sql, struct err *e);

/* authorize.c, functions.c */
int store_authorize(void *store, int op, const char *a, const char *b, const char *db,
                    const char *via);
/* The authorizer believes the name of the view it is told; a WITH clause could borrow such a name.
 */
bool sql_borrows_view_name(const char *sql);
int store_functions(sqlite3 *db);

/* log.c */
enum { LOG_TEXTS = 14 };
struct log_text {
    const char *p; /* NULL is null */
    size_t n;
};
/* The columns in the order of the canonical row, after seq, n and h. */
extern const char log_select[];
/* BLAKE2b-256 over the former hash and the canonical row: seq, n, then each text with its length in
 * front. */
void log_row_hash(struct str *room, const unsigned char former[LOG_HASH], int64_t seq, int64_t n,
                  const struct log_text text[LOG_TEXTS], unsigned char ret[LOG_HASH]);
MUST_CHECK bool log_prepare(struct store *s, struct err *e); /* head and salt of a new database */
/* false in *ret_good: there is none, or it is not one */
MUST_CHECK bool log_stored_head(struct store *s, int64_t *ret_seq, unsigned char ret[LOG_HASH],
                                bool *ret_good, struct err *e);
void log_forget(struct store *s); /* at the end of a transaction or of a part that was undone */
void log_committed(struct store *s);
void log_forget_salt(struct store *s);

/* anchor.c: the log's head, noted outside the database. */
struct anchor {
    int64_t seq;
    unsigned char head[LOG_HASH];
};
MUST_CHECK bool anchor_start(const char *db_path, struct err *e);
void anchor_write(struct store *s, int64_t seq, const unsigned char head[LOG_HASH]);
void anchor_at_close(struct store *s);
/* "seq hex": also what the setting log_head holds. */
void head_text(int64_t seq, const unsigned char head[LOG_HASH], char *ret, size_t size);
bool head_parse(const char *text, int64_t *ret_seq, unsigned char ret[LOG_HASH],
                const char **ret_end);
/* Ascending by seq. *ret_bad_line: first line that is none, 0: none. *ret_there: the file exists.
 */
void anchor_read(const char *db_path, struct anchor **ret, size_t *ret_n, int *ret_bad_line,
                 bool *ret_there);

/* seal.c */
MUST_CHECK bool seal_make_key_file(const char *db_path, struct err *e);
MUST_CHECK bool seal_load_keys(struct store *s, struct err *e);
void seal_forget_keys(struct store *s);

/* migrate.c: the embedded files, ascending. */
struct migration {
    int version;
    const char *name;
    const unsigned char *sql; /* NUL-terminated */
};
extern const struct migration store_migrations[];
extern const size_t store_migrations_n;

#endif
