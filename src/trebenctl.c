/* trebenctl: the operator's tool. */
#include "operate.h"
#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/demo/demo.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void say_progress(void *ctx, const char *what, int64_t done, int64_t of)
{
    (void)ctx;
    if (of > 0) {
        fprintf(stderr, "\r%-30s %3d %%", what, (int)(done * 100 / of));
    } else {
        fprintf(stderr, "\r%-30s %lld", what, (long long)done);
    }
}

/* How far it is goes to whoever watches, never into a file. */
static bool make_demo(struct core *c, uint64_t seed, int scale, struct err *e)
{
    bool watched = isatty(STDERR_FILENO) == 1;
    bool made = demo_make_watched(c, seed, scale, watched ? say_progress : NULL, NULL, e);
    if (watched) {
        fputs("\r\033[K", stderr);
    }
    return made;
}

int main(int argc, char **argv)
{
    const struct rlimit none = {0, 0};
    enum lang lang = lang_from_env();
    setrlimit(RLIMIT_CORE, &none); /* no core file with what the database holds */
    umask(077);
    lang_start(exe_dir());
    lang_use(lang);
    const char *note = lang_fallback();
    if (note) {
        fprintf(stderr, "trebenctl: %s\n", note);
    }
    return operate_main(argc, argv, make_demo);
}
