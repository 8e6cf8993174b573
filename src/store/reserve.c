/* The reserve: 64 MiB of disk that nobody uses until the disk is full. Then the file is removed, so
 * that what must still be written (the access log of reads) has room; as long as it is missing,
 * saves are refused. All sessions see the same file, so all of them stop saving together. */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Some file systems cannot set room aside in one call: there it is written. */
static bool fill(int fd)
{
    if (fallocate(fd, 0, 0, STORE_RESERVE_BYTES) == 0) {
        return true;
    }
    if (errno != EOPNOTSUPP) {
        return false;
    }
    AUTOFREE char *zeros = xcalloc(1, 1 << 20);
    for (int64_t done = 0; done < STORE_RESERVE_BYTES; done += 1 << 20) {
        if (write(fd, zeros, 1 << 20) != 1 << 20) {
            return false;
        }
    }
    return true;
}

static void make_whole(const char *part, const char *name)
{
    int fd = open(part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return;
    }
    /* Whoever has the file locked is making it; one left by a process that died is filled again. */
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && access(name, F_OK) != 0 &&
        (!fill(fd) || rename(part, name) != 0)) {
        unlink(part);
    }
    close(fd);
}

void store_reserve_make(struct store *s)
{
    AUTOFREE char *name = store_companion(s->path, ".reserve");
    AUTOFREE char *part = store_companion(s->path, ".reserve.partial");
    if (access(name, F_OK) != 0) {
        /* Under its name only when whole: other sessions take its presence for room on the disk. */
        make_whole(part, name);
    }
}

void store_reserve_free(struct store *s)
{
    AUTOFREE char *name = store_companion(s->path, ".reserve");
    unlink(name);
}

bool store_is_reduced(const struct store *s)
{
    AUTOFREE char *name = store_companion(s->path, ".reserve");
    return access(name, F_OK) != 0;
}
