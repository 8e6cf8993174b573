/* Loaded into floors and product alike for the counting runs, never for the timed ones: counts what goes to the
 * terminal and how often something is made durable. The counters lie in the file BENCH_COUNTS names. */
#include "counts.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct counts *counts;
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

/* Before main: the core empties its environment there. */
__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("BENCH_COUNTS");
    int fd = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    *(void **)&real_write = dlsym(RTLD_NEXT, "write");
    *(void **)&real_fsync = dlsym(RTLD_NEXT, "fsync");
    *(void **)&real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    if (fd < 0)
        return;
    void *at = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    counts = at == MAP_FAILED ? NULL : at;
    close(fd);
}

static int is_terminal(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && isatty(fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (counts && is_terminal(fd))
        atomic_fetch_add(&counts->writes, 1);
    return real_write(fd, bytes, n);
}

int fsync(int fd)
{
    if (counts)
        atomic_fetch_add(&counts->fsyncs, 1);
    return real_fsync(fd);
}

int fdatasync(int fd)
{
    if (counts)
        atomic_fetch_add(&counts->fsyncs, 1);
    return real_fdatasync(fd);
}
