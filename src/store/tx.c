/* Transactions: the store lock first, then BEGIN IMMEDIATE, so that two saves never meet inside the
 * engine. */
#include "inside.h"
#include <sys/stat.h>

static bool begin(struct store *s, struct err *e)
{
    if (s->tx != TX_NONE) {
        return store_fail_program(e, SQLITE_MISUSE); /* nested, or inside a read picture */
    }
    if (!store_lock(s, e)) {
        return false;
    }
    if (!store_run(s, "BEGIN IMMEDIATE", e)) {
        store_unlock(s);
        return false;
    }
    s->tx = TX_WRITING;
    s->savepoints = 0;
    log_forget(s);
    return true;
}

bool tx_begin(struct store *s, struct err *e)
{
    if (store_is_reduced(s)) {
        return store_fail_full(e, SQLITE_FULL);
    }
    return begin(s, e);
}

bool tx_begin_for_log(struct store *s, struct err *e)
{
    return begin(s, e);
}

bool tx_commit(struct store *s, struct err *e)
{
    if (s->tx != TX_WRITING) { /* a full disk has ended it on the way */
        return store_is_reduced(s) ? store_fail_full(e, SQLITE_FULL)
                                   : store_fail_program(e, SQLITE_MISUSE);
    }
    if (!store_run(s, "COMMIT", e)) {
        tx_rollback(s);
        return false;
    }
    s->tx = TX_NONE;
    log_committed(s);
    store_unlock(s);
    return true;
}

void tx_rollback(struct store *s)
{
    if (s->tx != TX_WRITING) {
        return;
    }
    s->tx = TX_NONE; /* first: a failure below comes back here */
    s->rollbacks++;
    if (!sqlite3_get_autocommit(s->db)) {
        (void)!store_run(s, "ROLLBACK", NULL);
    }
    log_forget(s);
    store_unlock(s);
}

bool tx_open(const struct store *s)
{
    return s->tx == TX_WRITING;
}

int64_t store_rollbacks(const struct store *s)
{
    return s->rollbacks;
}

/* Equal names nest: the engine takes the innermost. */
bool tx_savepoint(struct store *s, struct err *e)
{
    if (s->tx != TX_WRITING) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    if (!store_run(s, "SAVEPOINT part", e)) {
        return false;
    }
    s->savepoints++;
    return true;
}

void tx_savepoint_release(struct store *s)
{
    if (s->tx == TX_WRITING && s->savepoints > 0) {
        s->savepoints--;
        (void)!store_run(s, "RELEASE part", NULL);
    }
}

void tx_savepoint_rollback(struct store *s)
{
    if (s->tx == TX_WRITING && s->savepoints > 0) {
        s->savepoints--;
        s->rollbacks++;
        log_forget(s);
        (void)!(store_run(s, "ROLLBACK TO part", NULL) && store_run(s, "RELEASE part", NULL));
    }
}

bool read_begin(struct store *s, struct err *e)
{
    if (s->tx != TX_NONE) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    if (!store_run(s, "BEGIN", e)) {
        return false;
    }
    s->tx = TX_READING;
    return true;
}

void read_end(struct store *s)
{
    if (s->tx == TX_READING) {
        s->tx = TX_NONE;
        if (!sqlite3_get_autocommit(s->db)) {
            /* Nothing was written; but views made meanwhile are to stay. */
            s->rollbacks += !store_run(s, "COMMIT", NULL);
        }
    }
}

int64_t store_wal_bytes(const struct store *s)
{
    AUTOFREE char *name = store_companion(s->path, "-wal");
    struct stat st;
    return stat(name, &st) == 0 ? (int64_t)st.st_size : 0;
}

bool store_wal_is_large(const struct store *s)
{
    return store_wal_bytes(s) > STORE_WAL_LARGE;
}

/* With the lock held nobody writes, so copying is safe whatever the engine's version. Readers may
 * keep some pages in the log: then it is emptied another time, nobody waits for them. */
bool store_checkpoint(struct store *s, struct err *e)
{
    if (s->tx != TX_NONE) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    if (!store_lock(s, e)) {
        return false;
    }
    sqlite3_busy_timeout(s->db, 0);
    int rc = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
    bool good = rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || store_fail_code(s, rc, e);
    store_unlock(s);
    return good;
}
