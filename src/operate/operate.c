/* The verbs of trebenctl: their table, their help, reading what was typed. */
#include "inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct operate_verb verbs[] = {
    {.name = "init",
     .least_words = 1,
     .most_words = 1,
     .takes_demo = true,
     .run = operate_init,
     .usage = N_("trebenctl init FILE [--demo [--seed N] [--scale N]]"),
     .help = N_("Makes a new database. Your own login becomes the account that may make others. "
                "With --demo it is\n"
                "filled with the invented city of Västerstad: the same --seed gives the same city, "
                "--scale 10 one ten\n"
                "times as large.")},
    {.name = "migrate",
     .least_words = 1,
     .most_words = 1,
     .run = operate_migrate,
     .usage = N_("trebenctl migrate FILE"),
     .help = N_("Brings a database from an older version of the program to this one. A backup is "
                "made beside it first.")},
    {.name = "check",
     .least_words = 1,
     .most_words = 1,
     .run = operate_check,
     .usage = N_("trebenctl check FILE"),
     .help = N_("Looks whether the database is sound: its structure, its references, its search "
                "index, its log.")},
    {.name = "backup",
     .least_words = 2,
     .most_words = 2,
     .run = operate_backup,
     .usage = N_("trebenctl backup FILE TO"),
     .help = N_("Copies a database that may be in use, checks the copy, and puts its key beside it "
                "as TO.key. Keep the\n"
                "two in different places.")},
    {.name = "restore",
     .least_words = 2,
     .most_words = 2,
     .run = operate_restore,
     .usage = N_("trebenctl restore BACKUP FILE"),
     .help = N_("Checks a backup and puts it in FILE's place. A database that stood there stays as "
                "FILE.before-restore.")},
    {.name = "log",
     .least_words = 1,
     .most_words = 1,
     .takes_since = true,
     .run = operate_log,
     .usage = N_("trebenctl log FILE [--since TIME]"),
     .help = N_("Prints who did what and when, a line for each answer, separated by tabs. It holds "
                "no contents of\n"
                "records. TIME is a day or a time, such as 2026-11-22 or idag 08:00.")},
    {.name = "verify-log",
     .least_words = 1,
     .most_words = 1,
     .run = operate_verify_log,
     .usage = N_("trebenctl verify-log FILE"),
     .help = N_(
         "Checks that no row of the log was changed, taken out or put in since it was written.")},
    {.name = "check-config",
     .least_words = 0,
     .most_words = 1,
     .run = operate_check_config,
     .usage = N_("trebenctl check-config [DIR]"),
     .help = N_("Reads the configuration and says every mistake with its place. DIR is a site's "
                "own folder, whose forms/\n"
                "and config/ are laid over the shipped ones; without it your own site folder is "
                "taken. No database is\n"
                "needed.")},
};

static const struct operate_verb *verb_find(const char *name)
{
    for (size_t i = 0; i < N_OF(verbs); i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

int operate_failed(const struct err *e)
{
    fprintf(stderr, "trebenctl: %s\n", e->text);
    return err_exit(e->code);
}

void operate_say_findings(const struct findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct finding *one = &f->at[i];
        if (one->line > 0) {
            fprintf(stderr, _("%s, line %d, column %d: %s\n"), one->file, one->line, one->column,
                    one->text);
        } else {
            fprintf(stderr, "%s: %s\n", one->file, one->text);
        }
    }
}

static int wrong_usage(const char *fmt, ...) PRINTF(1, 2);
static int wrong_usage(const char *fmt, ...)
{
    va_list args;
    fputs("trebenctl: ", stderr);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

static int print_help(void)
{
    puts(_("trebenctl looks after Treben's database.\n"));
    for (size_t i = 0; i < N_OF(verbs); i++) {
        printf("  %s\n", _(verbs[i].usage));
    }
    puts(_("\n  trebenctl help TOPIC     more about one of them\n"
           "  trebenctl --version, --help"));
    return 0;
}

static int print_topic(const char *topic)
{
    const struct operate_verb *v = verb_find(topic);
    if (!v) {
        return wrong_usage(_("there is no help on \"%s\". Try: trebenctl --help"), topic);
    }
    printf("%s\n\n%s\n", _(v->usage), _(v->help));
    return 0;
}

/* ---- reading what was typed ---- */

static bool read_number(const char *text, long long min, long long max, long long *ret)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno || end == text || *end || n < min || n > max) {
        return false;
    }
    *ret = n;
    return true;
}

/* 0: read; else the exit status. */
static int read_option(const struct operate_verb *v, struct operate_args *a, int argc, char **argv,
                       int *i)
{
    const char *name = argv[*i];
    long long n;
    if (v->takes_demo && strcmp(name, "--demo") == 0) {
        a->demo = true;
        return 0;
    }
    bool seed = v->takes_demo && strcmp(name, "--seed") == 0,
         scale = v->takes_demo && strcmp(name, "--scale") == 0;
    bool since = v->takes_since && strcmp(name, "--since") == 0;
    if (!seed && !scale && !since) {
        return wrong_usage(_("\"%s\" is no option of \"%s\". Usage: %s"), name, v->name,
                           _(v->usage));
    }
    if (*i + 1 >= argc) {
        return wrong_usage(_("\"%s\" needs a value. Usage: %s"), name, _(v->usage));
    }
    const char *value = argv[++*i];
    if (since) {
        a->since = value;
        return 0;
    }
    if (!read_number(value, seed ? 0 : 1, seed ? INT64_MAX : 100, &n)) {
        return wrong_usage(seed ? _("--seed takes a whole number, not \"%s\".")
                                : _("--scale takes a whole number from 1 to 100, not \"%s\"."),
                           value);
    }
    a->seed = seed ? (uint64_t)n : a->seed;
    a->scale = scale ? (int)n : a->scale;
    return 0;
}

static int run_verb(const struct operate_verb *v, int argc, char **argv, operate_demo *demo_make)
{
    struct operate_args a = {.seed = 1, .scale = 1, .demo_make = demo_make};
    bool only_words = false, tuned = false;
    for (int i = 2; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
            tuned = tuned || strcmp(argv[i], "--demo") != 0;
            int status = read_option(v, &a, argc, argv, &i);
            if (status) {
                return status;
            }
        } else if (a.n_words == v->most_words) {
            return wrong_usage(_("\"%s\" is too much. Usage: %s"), argv[i], _(v->usage));
        } else {
            a.words[a.n_words++] = argv[i];
        }
    }
    if (a.n_words < v->least_words || (v->takes_demo && tuned && !a.demo)) {
        return wrong_usage(_("something is missing. Usage: %s"), _(v->usage));
    }
    return v->run(&a);
}

int operate_main(int argc, char **argv, operate_demo *demo_make)
{
    if (argc < 2) {
        return wrong_usage(_("say what to do. Try: trebenctl --help"));
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("trebenctl " TREBEN_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || (strcmp(argv[1], "help") == 0 && argc == 2)) {
        return print_help();
    }
    if (strcmp(argv[1], "help") == 0) {
        return print_topic(argv[2]);
    }
    const struct operate_verb *v = verb_find(argv[1]);
    if (!v) {
        const char *names[N_OF(verbs)];
        for (size_t i = 0; i < N_OF(verbs); i++) {
            names[i] = verbs[i].name;
        }
        const char *near = str_nearest(argv[1], names, N_OF(verbs));
        return near ? wrong_usage(_("\"%s\" is no command; did you mean \"%s\"?"), argv[1], near)
                    : wrong_usage(_("\"%s\" is no command. Try: trebenctl --help"), argv[1]);
    }
    int status = run_verb(v, argc, argv, demo_make);
    if (fflush(stdout) != 0 && status == 0) {
        fprintf(stderr, "trebenctl: %s\n", _("the output could not be written."));
        return EXIT_SYSTEM;
    }
    return status;
}
