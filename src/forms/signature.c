/* Which files lie there and which program runs, told from the folders alone: what a model was made
 * from is the same as long as no file's place, size, owner or times have changed. */
#include "inside.h"

#include "treben/base/file.h"
#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OLD_ENOUGH_S = 2 }; /* times of files are no finer than some milliseconds; with room to spare */

struct signature {
    crypto_generichash_state h;
    time_t newest;
};

static void add(struct signature *s, const void *bytes, size_t n)
{
    crypto_generichash_update(&s->h, bytes, n);
}

static void add_file(struct signature *s, const char *name, const struct stat *st)
{
    const int64_t what[] = {(int64_t)st->st_dev,         (int64_t)st->st_ino,
                            (int64_t)st->st_mode,        (int64_t)st->st_uid,
                            (int64_t)st->st_size,        (int64_t)st->st_mtim.tv_sec,
                            (int64_t)st->st_mtim.tv_nsec, (int64_t)st->st_ctim.tv_sec,
                            (int64_t)st->st_ctim.tv_nsec};
    add(s, name, strlen(name) + 1);
    add(s, what, sizeof what);
    if (st->st_ctim.tv_sec > s->newest) {
        s->newest = st->st_ctim.tv_sec;
    }
}

static void add_folder(struct signature *s, const char *path)
{
    struct stat st;
    DIR *d = opendir(path);
    add(s, path, strlen(path) + 1);
    if (!d) {
        return;
    }
    for (struct dirent *f = readdir(d); f; f = readdir(d)) {
        if (f->d_name[0] != '.' &&
            fstatat(dirfd(d), f->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
            add_file(s, f->d_name, &st);
        }
    }
    closedir(d);
}

static bool add_program(struct signature *s)
{
    struct stat st;
    if (stat("/proc/self/exe", &st) != 0) {
        return false;
    }
    add_file(s, TREBEN_VERSION, &st);
    s->newest = 0; /* a program is not written while it runs */
    return true;
}

bool files_signature(const struct forms_dirs *d, char ret[65])
{
    struct signature s = {.newest = 0};
    unsigned char sum[32];
    const uid_t me = geteuid();
    ret[0] = '\0';
    if (sodium_init() < 0 || crypto_generichash_init(&s.h, NULL, 0, sizeof sum) != 0 ||
        !add_program(&s)) {
        return false;
    }
    add(&s, &me, sizeof me); /* whose files are trusted depends on it */
    add_folder(&s, d->forms);
    add_folder(&s, d->config);
    if (d->site) {
        AUTOFREE char *forms = path_join(d->site, "forms");
        AUTOFREE char *config = path_join(d->site, "config");
        add_folder(&s, forms);
        add_folder(&s, config);
    }
    crypto_generichash_final(&s.h, sum, sizeof sum);
    sodium_bin2hex(ret, 65, sum, sizeof sum);
    return s.newest < time(NULL) - OLD_ENOUGH_S;
}
