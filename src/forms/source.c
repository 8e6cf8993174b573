/* The bytes of the configuration: which files, whose they are, read whole before anything is
 * judged. */
#include "inside.h"

#include "treben/base/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 300 };

void sources_add(struct sources *s, struct arena *a, struct source one)
{
    if (s->n == s->room) {
        int room = s->room ? s->room * 2 : 64;
        struct source *at = arena_alloc(a, (size_t)room * sizeof *at);
        if (s->n) {
            memcpy(at, s->at, (size_t)s->n * sizeof *at);
        }
        s->at = at;
        s->room = room;
    }
    s->at[s->n++] = one;
}

const struct source *sources_find(const struct sources *s, const char *name, bool site)
{
    for (int i = 0; i < s->n; i++) {
        if (s->at[i].site == site && strcmp(s->at[i].name, name) == 0) {
            return &s->at[i];
        }
    }
    return NULL;
}

/* Whoever can write the file decides who may see what: only root and the account the core runs as.
 */
static bool is_trusted(const struct stat *st, const char *shown, struct findings *found)
{
    if (!S_ISREG(st->st_mode)) {
        finding_in(found, shown, 0, 0, _("this is not an ordinary file"));
        return false;
    }
    if (st->st_uid != 0 && st->st_uid != geteuid()) {
        finding_in(found, shown, 0, 0,
                   _("the file belongs to somebody else; it must be root's or yours"));
        return false;
    }
    bool group_may_write = (st->st_mode & S_IWGRP) != 0 && st->st_uid != geteuid();
    if ((st->st_mode & S_IWOTH) != 0 || group_may_write) {
        finding_in(found, shown, 0, 0,
                   _("others may write to the file; take that away with chmod go-w"));
        return false;
    }
    if (st->st_size > FILE_BYTES_MAX) {
        finding_in(found, shown, 0, 0, _("the file is too large; at most 64 KiB are read"));
        return false;
    }
    return true;
}

/* Room for one byte more than allowed, so that a file that grew meanwhile shows. */
static bool read_body(int fd, struct source *s, struct arena *a, struct findings *found)
{
    struct stat st;
    if (fstat(fd, &st) < 0) {
        finding_in(found, s->shown, 0, 0, _("the file cannot be read: %s"), strerror(errno));
        return false;
    }
    if (!is_trusted(&st, s->shown, found)) {
        return false;
    }
    size_t room = (size_t)st.st_size + 1;
    char *body = arena_alloc(a, room + 1);
    while (s->n < room) {
        ssize_t got = read(fd, body + s->n, room - s->n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            finding_in(found, s->shown, 0, 0, _("the file cannot be read: %s"), strerror(errno));
            return false;
        }
        if (got == 0) {
            s->body = body;
            return true;
        }
        s->n += (size_t)got;
    }
    finding_in(found, s->shown, 0, 0, _("the file was changed while it was read; try again"));
    return false;
}

static void read_file(const char *path, struct source s, struct arena *a, struct sources *ret,
                      struct findings *found)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        const char *why = errno == ELOOP
                              ? _("symbolic links are not followed; put the file itself here")
                              : strerror(errno);
        finding_in(found, s.shown, 0, 0, _("the file cannot be opened: %s"), why);
        return;
    }
    if (read_body(fd, &s, a, found)) {
        sources_add(ret, a, s);
    }
    close(fd);
}

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of the YAML files of a folder in a fixed order; hidden files and others are none of ours.
 */
static int list_folder(const char *dir, struct arena *a, const char **names, struct findings *found)
{
    DIR *d = opendir(dir);
    if (!d) {
        if (errno != ENOENT) {
            finding_in(found, dir, 0, 0, _("the folder cannot be read: %s"), strerror(errno));
        }
        return 0;
    }
    int n = 0;
    for (struct dirent *entry = readdir(d); entry && n < FILES_MAX; entry = readdir(d)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (ends_in(entry->d_name, ".yml")) {
            AUTOFREE char *path = path_join(dir, entry->d_name);
            finding_in(found, path, 0, 0, _("the name must end in .yaml, or the file is not read"));
        } else if (ends_in(entry->d_name, ".yaml")) {
            names[n++] = arena_strdup(a, entry->d_name);
        }
    }
    closedir(d);
    qsort(names, (size_t)n, sizeof *names, by_name);
    return n;
}

/* dir: the folder; as: "forms" or "config"; only: one file's name or NULL */
static void read_folder(const char *dir, const char *as, bool site, const char *only,
                        struct arena *a, struct sources *ret, struct findings *found)
{
    const char **names = arena_alloc(a, FILES_MAX * sizeof *names);
    int n = list_folder(dir, a, names, found);
    for (int i = 0; i < n; i++) {
        struct source s = {.name = arena_printf(a, "%s/%s", as, names[i]), .site = site};
        if (only && strcmp(only, s.name) != 0) {
            continue;
        }
        AUTOFREE char *path = path_join(dir, names[i]);
        s.shown = site ? arena_strdup(a, path) : s.name;
        read_file(path, s, a, ret, found);
    }
}

void sources_read(const struct forms_dirs *d, const char *only, struct arena *a,
                  struct sources *ret, struct findings *found)
{
    read_folder(d->forms, "forms", false, only, a, ret, found);
    read_folder(d->config, "config", false, only, a, ret, found);
    if (d->site) {
        AUTOFREE char *forms = path_join(d->site, "forms");
        AUTOFREE char *config = path_join(d->site, "config");
        read_folder(forms, "forms", true, only, a, ret, found);
        read_folder(config, "config", true, only, a, ret, found);
    }
}
