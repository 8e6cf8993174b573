/* trebenctl: the operator's tool. */
#include "operate.h"
#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/demo/demo.h"

#include <sys/resource.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
    const struct rlimit none = {0, 0};
    enum lang lang = lang_from_env();
    setrlimit(RLIMIT_CORE, &none); /* no core file with what the database holds */
    umask(077);
    lang_start(exe_dir());
    lang_use(lang);
    return operate_main(argc, argv, demo_make);
}
