/* A layer between the engine and the file system for tests. The engine's own methods are kept; a
 * file's table of methods is replaced by a copy with a few of them exchanged. */
#include "shim.h"
#include <stddef.h>

enum { TABLES = 8 };
struct shim shim = {.room = -1};

static struct table {
    const sqlite3_io_methods *real;
    sqlite3_io_methods ours;
} tables[TABLES]; /* the engine has one for the database and others for its companions */

static int (*real_open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);

static const sqlite3_io_methods *real_of(const sqlite3_file *f)
{
    const struct table *t =
        (const struct table *)((const char *)f->pMethods - offsetof(struct table, ours));
    return t->real;
}

static int sync_file(sqlite3_file *f, int flags)
{
    shim.syncs++;
    return real_of(f)->xSync(f, flags);
}

static int write_file(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
    sqlite3_int64 size = 0;
    real_of(f)->xFileSize(f, &size);
    if (shim.when_asked) {
        shim.when_asked();
    }
    if (shim.room >= 0 && at + n > size) {
        if (at + n - size > shim.room) {
            shim.refused++;
            return SQLITE_FULL;
        }
        shim.room -= (long)(at + n - size);
    }
    return real_of(f)->xWrite(f, bytes, n, at);
}

/* A checkpoint gives back what it had mapped, right after it has read the header of the log. */
static int unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
    void (*moment)(void) = shim.moment;
    if (moment && !p) {
        shim.moment = NULL;
        moment();
    }
    return real_of(f)->xUnfetch(f, at, p);
}

static const sqlite3_io_methods *ours_for(const sqlite3_io_methods *real)
{
    for (int i = 0; i < TABLES; i++) {
        struct table *t = &tables[i];
        if (!t->real) {
            t->real = real;
            t->ours = *real;
            t->ours.xSync = sync_file;
            t->ours.xWrite = write_file;
            if (real->iVersion >= 3 && real->xUnfetch) {
                t->ours.xUnfetch = unfetch;
            }
        }
        if (t->real == real) {
            return &t->ours;
        }
    }
    return real;
}

static int open_file(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    int rc = real_open(v, name, f, flags, out);
    if (rc == SQLITE_OK && f->pMethods) {
        f->pMethods = ours_for(f->pMethods);
    }
    return rc;
}

void shim_start(void)
{
    sqlite3_vfs *v = sqlite3_vfs_find(NULL);
    shim = (struct shim){.room = -1};
    real_open = v->xOpen;
    v->xOpen = open_file;
}

void shim_stop(void)
{
    sqlite3_vfs_find(NULL)->xOpen = real_open;
    shim = (struct shim){.room = -1};
}
