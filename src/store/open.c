/* Opening and closing: the sequence that makes the engine strict, and the checks that file and
 * program fit. */
#include "inside.h"
#include "treben/store/migrate.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *store_companion(const char *path, const char *suffix)
{
    return xprintf("%s%s", path, suffix);
}

/* Folder by its real path (the engine refuses a path with a symlink in it), name as given. OWN:
 * caller. */
char *store_real_place(const char *path, struct err *e)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    AUTOFREE char *dir =
        slash ? xstrndup(path, slash == path ? 1 : (size_t)(slash - path)) : xstrdup(".");
    char *real = realpath(dir, NULL);
    if (!real || !*name) {
        err_native(e, ERR_IO, errno, _("There is no folder for the database %s."), path);
        free(real);
        return NULL;
    }
    char *full = str_eq(real, "/") ? xprintf("/%s", name) : xprintf("%s/%s", real, name);
    free(real);
    return full;
}

/* By name only: closing a descriptor of the file would drop the engine's locks on it. */
static bool file_fits(const char *path, struct err *e)
{
    struct stat st;
    if (lstat(path, &st) != 0) {
        return errno == ENOENT
                   ? err_native(e, ERR_IO, errno,
                                _("There is no database %s. Make one with: trebenctl init %s"),
                                path, path)
                   : err_native(e, ERR_IO, errno, _("The database %s cannot be reached: %s"), path,
                                strerror(errno));
    }
    if (!S_ISREG(st.st_mode)) {
        return err_set(e, ERR_IO, _("%s is not an ordinary file."), path);
    }
    if (access(path, R_OK | W_OK) != 0) {
        return err_native(e, ERR_IO, errno, _("You may not read and write the database %s."), path);
    }
    return true;
}

static bool file_make(const char *path, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return errno == EEXIST
                   ? err_native(e, ERR_IO, errno, _("%s exists already. Choose another name."),
                                path)
                   : err_native(e, ERR_IO, errno, _("The database %s cannot be made: %s"), path,
                                strerror(errno));
    }
    close(fd);
    return true;
}

static bool configure(struct store *s)
{
    static const struct {
        int what, value;
    } switches[] =
        {
            {SQLITE_DBCONFIG_DEFENSIVE, 1},
            {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
            {SQLITE_DBCONFIG_DQS_DML, 0},
            {SQLITE_DBCONFIG_DQS_DDL, 0},
            {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
            {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
            {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
             1}, /* only under the store lock, and only when worth it */
            {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        },
      limits[] = {
          {SQLITE_LIMIT_LENGTH, 16 << 20},
          {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
          {SQLITE_LIMIT_COLUMN, 200},
          {SQLITE_LIMIT_EXPR_DEPTH, 100},
          {SQLITE_LIMIT_COMPOUND_SELECT, 50},
          {SQLITE_LIMIT_VDBE_OP, 100000},
          {SQLITE_LIMIT_FUNCTION_ARG, 64},
          {SQLITE_LIMIT_ATTACHED, 0},
          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500},
          {SQLITE_LIMIT_VARIABLE_NUMBER, 250},
          {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
      };
    for (size_t i = 0; i < N_OF(switches); i++) {
        if (sqlite3_db_config(s->db, switches[i].what, switches[i].value, NULL) != SQLITE_OK) {
            return false;
        }
    }
    for (size_t i = 0; i < N_OF(limits); i++) {
        sqlite3_limit(s->db, limits[i].what, limits[i].value);
    }
    store_limits(s);
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
    return store_functions(s->db) == SQLITE_OK &&
           sqlite3_set_authorizer(s->db, store_authorize, s) == SQLITE_OK;
}

static bool set_up(struct store *s, struct err *e)
{
    if (!store_script_at(s, DOOR_INNER,
                         "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
                         "PRAGMA journal_size_limit=16777216; PRAGMA temp_store=MEMORY;"
                         "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA mmap_size=0;"
                         "PRAGMA recursive_triggers=ON",
                         e)) {
        return false;
    }
    int keep = 1; /* the log's file stays, so that reading works on a full disk */
    return sqlite3_file_control(s->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep) == SQLITE_OK ||
           store_fail(s, e);
}

/* A new file, or one that came from a backup, is not in write-ahead mode yet. */
static bool ensure_wal(struct store *s, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get_at(s, DOOR_INNER, "PRAGMA journal_mode", &st, e) || !stmt_step(&st, &row, e)) {
        return false;
    }
    bool is_wal = row && str_eq(col_text(&st, 0), "wal");
    stmt_release(&st);
    if (is_wal) {
        return true;
    }
    if (!store_lock(s, e)) {
        return false;
    }
    bool good = store_script_at(s, DOOR_INNER, "PRAGMA journal_mode=WAL", e);
    store_unlock(s);
    return good;
}

static bool name_file(struct store *s, struct err *e)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d", STORE_APPLICATION_ID);
    return store_lock(s, e) && store_script_at(s, DOOR_INNER, sql, e) && (store_unlock(s), true);
}

bool store_is_treben(struct store *s, struct err *e)
{
    struct err inner = {0};
    int64_t id = 0, version = 0;
    bool read = store_number(s, "PRAGMA application_id", &id, &inner) &&
                store_number(s, "PRAGMA user_version", &version, &inner);
    if (!read && (inner.native & 0xff) != SQLITE_NOTADB) {
        *e = inner;
        return false;
    }
    if (!read || id != STORE_APPLICATION_ID) {
        return err_set(e, ERR_SCHEMA, _("%s is not a Treben database."), s->path);
    }
    s->version = (int)version;
    return true;
}

static bool version_fits(const struct store *s, struct err *e)
{
    if (s->version > migrate_newest()) {
        return err_set(e, ERR_SCHEMA,
                       _("The database %s was made by a newer version of Treben. Install that "
                         "version."),
                       s->path);
    }
    if (s->mode == STORE_USE && s->version < migrate_newest()) {
        return err_set(e, ERR_SCHEMA,
                       _("The database is older than this program. The system operator must run: "
                         "trebenctl migrate %s"),
                       s->path);
    }
    return true;
}

static bool open_inside(struct store *s, struct err *e)
{
    bool make = s->mode == STORE_CREATE;
    struct err none = {0};
    e = e ? e : &none;
    if (!store_lock_open(s, e)) {
        return false;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE |
                SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK || !configure(s)) {
        return s->db ? store_fail(s, e) : store_fail_program(e, SQLITE_NOMEM);
    }
    if ((make && !name_file(s, e)) || !store_is_treben(s, e) || !version_fits(s, e) ||
        !ensure_wal(s, e) || !set_up(s, e) || !seal_load_keys(s, e)) {
        return false;
    }
    store_reserve_make(s);
    return true;
}

static void unmake(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", ".lock", ".key", ".anchor", ".reserve"};
    for (size_t i = 0; i < N_OF(parts); i++) {
        AUTOFREE char *name = store_companion(path, parts[i]);
        unlink(name);
    }
}

bool store_open(const char *path, enum store_mode mode, struct store **ret, struct err *e)
{
    if (sodium_init() < 0) {
        return err_set(e, ERR_IO, _("This machine gives no random numbers. Nothing was opened."));
    }
    /* One thread a process: the engine's own locks only cost. Its counts stay on, for without them
     * its memory has no limit. Taken before its first use, refused and not needed later. */
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    AUTOFREE char *full = store_real_place(path, e);
    if (!full) {
        return false;
    }
    if (mode == STORE_CREATE) {
        if (!file_make(full, e)) {
            return false; /* and nothing of what is there is touched */
        }
    } else if (!file_fits(full, e)) {
        return false;
    }
    struct store *s = xcalloc(1, sizeof *s);
    s->path = xstrdup(full);
    s->mode = mode;
    s->lock_fd = -1;
    s->lock_limit_ms = STORE_LOCK_LIMIT_MS;
    s->door = DOOR_CLOSED;
    if ((mode == STORE_CREATE && !(seal_make_key_file(full, e) && anchor_start(full, e))) ||
        !open_inside(s, e)) {
        s->mode = STORE_OPERATE; /* nothing is written at close */
        store_close(s);
        if (mode == STORE_CREATE) {
            unmake(full);
        }
        return false;
    }
    *ret = s;
    return true;
}

void store_close(struct store *s)
{
    if (!s) {
        return;
    }
    if (s->db) {
        read_end(s);
        tx_rollback(s);
        anchor_at_close(s);
        if (store_wal_bytes(s) > STORE_WAL_LARGE) {
            (void)!store_checkpoint(s, NULL); /* the next one will do it */
        }
        store_forget_statements(s);
        sqlite3_close_v2(s->db);
    }
    if (s->lock_fd >= 0) {
        close(s->lock_fd);
    }
    seal_forget_keys(s);
    log_forget_salt(s);
    free(s->path);
    free(s);
}

const char *store_path(const struct store *s)
{
    return s->path;
}

int store_version(const struct store *s)
{
    return s->version;
}

int64_t store_data_version(struct store *s)
{
    int64_t version = 0;
    (void)!store_number(s, "PRAGMA data_version", &version, NULL);
    return version;
}
