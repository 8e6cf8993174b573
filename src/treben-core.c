/* treben-core: decides and stores. Speaks JSON-RPC lines on its standard input and output; draws
 * nothing. */
#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/base/mem.h"
#include "treben/base/str.h"
#include "treben/serve/serve.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const kept[] = {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"};

/* Of the caller's environment only the folders of its data stay. */
static void environment_clear(void)
{
    char *values[N_OF(kept)];
    for (size_t i = 0; i < N_OF(kept); i++) {
        values[i] = xstrdup(getenv(kept[i]));
    }
    clearenv();
    for (size_t i = 0; i < N_OF(kept); i++) {
        if (values[i]) {
            setenv(kept[i], values[i], 1);
        }
        free(values[i]);
    }
}

/* Nobody reads this process's memory, no child gains rights, no core file holds what people said.
 */
static void harden(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* the leak check of sanitised builds has to look into the process */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    if (isatty(STDIN_FILENO) != 1) {
        /* A terminal that goes away, or Ctrl-C, is the front end's: it may still have a draft to
         * send. The end of the line ends the session. */
        signal(SIGHUP, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        signal(SIGQUIT, SIG_IGN);
        signal(SIGTSTP, SIG_IGN);
    }
}

static void print_help(void)
{
    puts(_("treben-core --stdio (--demo | --db FILE) [--as LOGIN]\n"
           "\n"
           "Answers JSON-RPC 2.0 requests, one a line, from standard input to standard output. "
           "treben starts it by\n"
           "itself; scripts and tests may start it too.\n"
           "\n"
           "  --demo       the demo city in your own data folder\n"
           "  --db FILE    this database\n"
           "  --as LOGIN   as this account; on a demo database only\n"
           "  --version, --help"));
}

static int wrong_usage(const char *sentence)
{
    fprintf(stderr, "treben-core: %s\n", sentence);
    return 2;
}

/* The value of an option that needs one; *i moves onto it. */
static const char *value_of(int argc, char **argv, int *i)
{
    return *i + 1 < argc ? argv[++*i] : NULL;
}

static bool read_option(struct serve_opts *o, bool *stdio, int argc, char **argv, int *i)
{
    if (strcmp(argv[*i], "--stdio") == 0) {
        return *stdio = true;
    }
    if (strcmp(argv[*i], "--demo") == 0) {
        return o->demo = true;
    }
    if (strcmp(argv[*i], "--db") == 0) {
        return (o->db = value_of(argc, argv, i)) != NULL;
    }
    if (strcmp(argv[*i], "--as") == 0) {
        return (o->as = value_of(argc, argv, i)) != NULL;
    }
    return false;
}

int main(int argc, char **argv)
{
    struct serve_opts o = {0};
    bool stdio = false;
    enum lang lang = lang_from_env();
    environment_clear();
    harden();
    lang_start(exe_dir());
    lang_use(lang);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("treben-core " TREBEN_VERSION);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        print_help();
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        if (!read_option(&o, &stdio, argc, argv, &i)) {
            AUTOFREE char *text = xprintf(
                _("\"%s\" is no option here, or its value is missing. Try: treben-core --help"),
                argv[i < argc ? i : argc - 1]);
            return wrong_usage(text);
        }
    }
    if (!stdio) {
        return wrong_usage(_("say --stdio; a socket comes with a later version."));
    }
    if (o.demo == (o.db != NULL)) {
        return wrong_usage(_("say either --demo or --db FILE."));
    }
    return serve_run(&o, STDIN_FILENO, STDOUT_FILENO);
}
