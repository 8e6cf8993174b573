/* Copies of a live database. A copy is three files: the database in one piece (no write-ahead log),
 * its key file and its anchors. It is made under the name TO.partial and gets its name when it was
 * checked.
 *
 * No lock is held: the engine copies one consistent picture in one step while others go on saving.
 * (In several steps it would begin anew at each foreign save and never end.) */
#include "treben/store/backup.h"
#include "inside.h"
#include "treben/store/log.h"
#include "treben/store/migrate.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The database last: what is complete is what has its name. */
static const char *const pieces[] = {".key", ".anchor", ""};

static bool io_failed(struct err *e, const char *path)
{
    return errno == ENOSPC || errno == EDQUOT
               ? err_native(e, ERR_FULL, errno, _("The disk is full. %s could not be written."),
                            path)
               : err_native(e, ERR_IO, errno, _("%s cannot be written: %s"), path, strerror(errno));
}

/* --- one file of three
 * ------------------------------------------------------------------------------- */

static bool copy_bytes(int from, int to)
{
    char bytes[65536];
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) > 0) {
        ssize_t put = write(to, bytes, (size_t)n);
        if (put != n) {
            errno = put < 0 ? errno : ENOSPC; /* a short write means the disk is full */
            return false;
        }
    }
    return n == 0 && fsync(to) == 0;
}

static bool copy_side_file(const char *from_db, const char *to_db, const char *suffix,
                           struct err *e)
{
    AUTOFREE char *from = store_companion(from_db, suffix);
    AUTOFREE char *to = store_companion(to_db, suffix);
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in < 0) {
        return err_native(e, ERR_IO, errno, _("%s is missing. It belongs to the database."), from);
    }
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = (out >= 0 && copy_bytes(in, out)) || io_failed(e, to);
    close(in);
    if (out >= 0) {
        close(out);
    }
    return good;
}

static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool good = fsync(fd) == 0;
    close(fd);
    return good;
}

static bool sync_folder_of(const char *path)
{
    AUTOFREE char *dir = xstrndup(path, (size_t)(strrchr(path, '/') - path) + 1);
    return sync_path(dir);
}

static void remove_pieces(const char *path)
{
    for (size_t i = 0; i < N_OF(pieces); i++) {
        AUTOFREE char *name = store_companion(path, pieces[i]);
        unlink(name);
    }
}

/* --- a database opened only to be looked at or copied into
 * -------------------------------------------- */

static bool bare_open(struct store *s, const char *path, int flags, struct err *e)
{
    *s = (struct store){
        .path = xstrdup(path), .mode = STORE_OPERATE, .lock_fd = -1, .door = DOOR_CLOSED};
    if (sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOFOLLOW, NULL) != SQLITE_OK) {
        return s->db ? store_fail(s, e) : store_fail_program(e, SQLITE_NOMEM);
    }
    sqlite3_extended_result_codes(s->db, 1);
    return true;
}

static void bare_close(struct store *s)
{
    if (s->db) {
        store_forget_statements(s);
        sqlite3_close(s->db);
    }
    free(s->path);
    *s = (struct store){0};
}

static bool copy_pages(sqlite3 *from, struct store *to, struct err *e)
{
    sqlite3_backup *work = sqlite3_backup_init(to->db, "main", from, "main");
    if (work) {
        sqlite3_backup_step(work, -1);
        sqlite3_backup_finish(work);
    }
    return sqlite3_errcode(to->db) == SQLITE_OK || store_fail(to, e);
}

/* Into a new file, which stays without a write-ahead log. */
static bool copy_database(sqlite3 *from, const char *to, struct err *e)
{
    int fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return io_failed(e, to);
    }
    close(fd);
    struct store copy;
    bool good = bare_open(&copy, to, SQLITE_OPEN_READWRITE, e) &&
                store_script_at(&copy, DOOR_INNER, "PRAGMA synchronous=OFF", e) &&
                copy_pages(from, &copy, e) &&
                store_script_at(&copy, DOOR_INNER, "PRAGMA journal_mode=DELETE", e);
    bare_close(&copy);
    return good && (sync_path(to) || io_failed(e, to));
}

static bool looks_sound(struct store *s, struct err *e)
{
    bool good;
    struct log_verdict v = {0};
    if (!store_is_treben(s, e) || !check_structure(s, &good, e) ||
        (good && s->version > 0 && !log_verify(s, &v, e))) {
        return false;
    }
    if (!good) {
        return err_set(e, ERR_DB, _("%s is damaged."), s->path);
    }
    return v.bad_seq == 0 ||
           err_set(e, ERR_DB, _("The access log in %s does not fit: %s"), s->path, v.reason);
}

static bool copy_is_sound(const char *path, struct err *e)
{
    struct store copy;
    bool good = bare_open(&copy, path, SQLITE_OPEN_READONLY, e) && looks_sound(&copy, e);
    bare_close(&copy);
    return good;
}

/* --- backup
 * ------------------------------------------------------------------------------------------- */

/* The anchors first: the picture copied after them holds every row they speak of. */
static bool copy_all(const char *from_path, sqlite3 *from, const char *to, struct err *e)
{
    remove_pieces(to); /* left by a copy that was broken off */
    if (copy_side_file(from_path, to, ".anchor", e) && copy_side_file(from_path, to, ".key", e) &&
        copy_database(from, to, e) && copy_is_sound(to, e)) {
        return true;
    }
    remove_pieces(to);
    return false;
}

static bool name_is_free(const char *path, struct err *e)
{
    for (size_t i = 0; i < N_OF(pieces); i++) {
        AUTOFREE char *name = store_companion(path, pieces[i]);
        if (access(name, F_OK) == 0) {
            return err_native(e, ERR_IO, EEXIST, _("%s exists already. Choose another name."),
                              name);
        }
    }
    return true;
}

static bool give_name(const char *part, const char *path, struct err *e)
{
    for (size_t i = 0; i < N_OF(pieces); i++) {
        AUTOFREE char *from = store_companion(part, pieces[i]);
        AUTOFREE char *to = store_companion(path, pieces[i]);
        if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0) {
            return io_failed(e, to);
        }
    }
    return sync_folder_of(path) || io_failed(e, path);
}

bool backup_make(struct store *s, const char *to, struct err *e)
{
    struct err none = {0};
    e = e ? e : &none;
    if (s->tx != TX_NONE) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    AUTOFREE char *path = store_real_place(to, e);
    if (!path || !name_is_free(path, e)) {
        return false;
    }
    AUTOFREE char *part = store_companion(path, ".partial");
    return copy_all(s->path, s->db, part, e) && give_name(part, path, e);
}

/* --- restore
 * ------------------------------------------------------------------------------------------ */

static bool move_piece(const char *path, const char *aside, const char *suffix, struct err *e)
{
    AUTOFREE char *from = store_companion(path, suffix);
    AUTOFREE char *to = store_companion(aside, suffix);
    return rename(from, to) == 0 || errno == ENOENT || io_failed(e, to);
}

/* The write-ahead log goes first: beside the restored file it would be taken for its own. */
static bool move_old_aside(const char *path, struct err *e)
{
    AUTOFREE char *aside = store_companion(path, ".before-restore");
    AUTOFREE char *index = store_companion(path, "-shm");
    if (!name_is_free(aside, e) || !move_piece(path, aside, "-wal", e)) {
        return false;
    }
    unlink(index);
    return move_piece(path, aside, "", e) && move_piece(path, aside, ".key", e) &&
           move_piece(path, aside, ".anchor", e);
}

static bool restore_alone(const char *from, const char *path, struct err *e)
{
    AUTOFREE char *part = store_companion(path, ".partial");
    struct store source;
    bool good = bare_open(&source, from, SQLITE_OPEN_READONLY, e) && looks_sound(&source, e);
    if (good && source.version > migrate_newest()) {
        good = err_set(e, ERR_SCHEMA,
                       _("The database %s was made by a newer version of Treben. Install that "
                         "version."),
                       from);
    }
    good = good && copy_all(from, source.db, part, e);
    bare_close(&source);
    if (!good) {
        return false;
    }
    if (!move_old_aside(path, e)) {
        remove_pieces(part);
        return false;
    }
    return give_name(part, path, e);
}

bool backup_restore(const char *backup, const char *file, struct err *e)
{
    struct err none = {0};
    e = e ? e : &none;
    AUTOFREE char *from = store_real_place(backup, e);
    AUTOFREE char *path = from ? store_real_place(file, e) : NULL;
    if (!path) {
        return false;
    }
    if (access(from, F_OK) != 0) {
        return err_native(e, ERR_IO, errno, _("There is no backup %s."), from);
    }
    AUTOFREE char *lock = store_companion(path, ".lock");
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return io_failed(e, lock);
    }
    bool good = store_presence(fd, true)
                    ? restore_alone(from, path, e)
                    : err_set(e, ERR_BUSY,
                              _("The database %s is in use. Let everybody leave Treben, then try "
                                "again."),
                              path);
    close(fd);
    return good;
}
