/* Reading files within limits, and the folders of program and user. */
#include "treben/base/file.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, const char *path, char *buf, size_t room, size_t *ret_n, struct err *e)
{
    size_t n = 0;
    while (n < room) {
        ssize_t got = read(fd, buf + n, room - n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return err_native(e, ERR_IO, errno, _("cannot read %s: %s"), path, strerror(errno));
        }
        if (got == 0) {
            break;
        }
        n += (size_t)got;
    }
    *ret_n = n;
    return true;
}

static bool too_large(const char *path, size_t max, struct err *e)
{
    return err_set(e, ERR_IO, _("%s is too large; at most %zu bytes are read"), path, max);
}

static bool read_fd(int fd, const char *path, size_t max, char **ret, size_t *ret_n, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) < 0) {
        return err_native(e, ERR_IO, errno, _("cannot read %s: %s"), path, strerror(errno));
    }
    if (!S_ISREG(st.st_mode)) {
        return err_set(e, ERR_IO, _("%s is not an ordinary file"), path);
    }
    if (st.st_size > 0 && (unsigned long long)st.st_size > max) {
        return too_large(path, max, e);
    }
    size_t room = (size_t)st.st_size + 1, n = 0; /* one more shows that the file grew meanwhile */
    AUTOFREE char *buf = xmalloc(room + 1);
    for (;;) {
        size_t got = 0;
        if (!read_all(fd, path, buf + n, room - n, &got, e)) {
            return false;
        }
        n += got;
        if (n > max) {
            return too_large(path, max, e);
        }
        if (n < room) {
            break;
        }
        room = room > max / 2 ? max + 1 : room * 2;
        buf = xrealloc(buf, room + 1);
    }
    buf[n] = '\0';
    *ret = buf;
    buf = NULL;
    if (ret_n) {
        *ret_n = n;
    }
    return true;
}

bool file_read(const char *path, size_t max, char **ret, size_t *ret_n, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a FIFO must not hang us */
    if (fd < 0) {
        return err_native(e, ERR_IO, errno, _("cannot open %s: %s"), path, strerror(errno));
    }
    bool ok = read_fd(fd, path, max, ret, ret_n, e);
    close(fd);
    return ok;
}

bool file_exists(const char *path)
{
    struct stat st;
    return path && stat(path, &st) == 0;
}

char *path_join(const char *dir, const char *name)
{
    if (str_empty(dir) || name[0] == '/') {
        return xstrdup(name);
    }
    size_t n = strlen(dir);
    return xprintf("%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

const char *exe_dir(void)
{
    static char dir[PATH_MAX];
    if (!dir[0]) {
        ssize_t n = readlink("/proc/self/exe", dir, sizeof dir - 1);
        if (n <= 0) {
            return ".";
        }
        dir[n] = '\0';
        char *slash = strrchr(dir, '/');
        if (slash) {
            slash[slash == dir ? 1 : 0] = '\0';
        }
    }
    return dir;
}

static char *xdg_home(const char *variable, const char *below_home)
{
    const char *set = getenv(variable);
    if (set && set[0] == '/') { /* the XDG rules: a relative path is to be ignored */
        return path_join(set, "treben");
    }
    const char *home = getenv("HOME");
    if (!home || home[0] != '/') {
        const struct passwd *pw = getpwuid(getuid());
        home = pw && pw->pw_dir ? pw->pw_dir : "/";
    }
    AUTOFREE char *base = path_join(home, below_home);
    return path_join(base, "treben");
}

char *xdg_data_home(void)
{
    return xdg_home("XDG_DATA_HOME", ".local/share");
}

char *xdg_config_home(void)
{
    return xdg_home("XDG_CONFIG_HOME", ".config");
}

static bool make_dir(const char *path, struct err *e)
{
    struct stat st;
    if (mkdir(path, 0700) == 0) {
        return true;
    }
    int why = errno;
    if (why == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return true;
    }
    enum err_code code = why == ENOSPC ? ERR_FULL : ERR_IO;
    return err_native(e, code, why, _("cannot make the folder %s: %s"), path, strerror(why));
}

bool make_dirs(const char *path, struct err *e)
{
    AUTOFREE char *part = xstrdup(path);
    for (char *p = part; *p; p++) {
        if (*p != '/' || p == part) {
            continue;
        }
        *p = '\0';
        bool there = file_exists(part); /* a parent may exist and not be writable */
        if (!there && !make_dir(part, e)) {
            return false;
        }
        *p = '/';
    }
    return make_dir(part, e);
}
