/* treben: the screens of the case tool, and everything a user can do without a screen. */
#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"
#include "treben/screens/screens.h"
#include "treben/verbs/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(const char *sentence, const char *word)
{
    fprintf(stderr, sentence, word);
    fprintf(stderr, "\n%s\n", _("treben --help tells how it is called."));
    return err_exit(ERR_USAGE);
}

static void print_help(void)
{
    static const char *const verbs[] = {"list", "show", "new", "set", "do", "find", "import"};
    static const struct {
        const char *usage, *help;
    } options[] = {
        {N_("--demo"), N_("the demo city in your own data folder")},
        {N_("--db FILE"), N_("this database")},
        {N_("--as LOGIN"), N_("as this account; only on a demo database")},
        {N_("--lang sv|en"), N_("the language of screens and messages")},
        {N_("--version"), N_("the program's version")},
        {N_("help TOPIC"), N_("help on a command, a screen or a topic; without TOPIC it lists them")},
    };
    printf("%s\n\n%s\n\n", _("Treben: shared case work of a city's Group Violence Intervention."),
           _("treben [--demo | --db FILE] [--as LOGIN] [--lang sv|en]      opens the screens"));
    for (size_t i = 0; i < N_OF(verbs); i++) {
        const char *text = verb_help(verbs[i]);
        if (text)
            printf("%.*s\n", (int)strcspn(text, "\n"), text);
    }
    putchar('\n');
    for (size_t i = 0; i < N_OF(options); i++)
        printf("  %s%*s%s\n", _(options[i].usage), 14 - text_cols(_(options[i].usage)), "", _(options[i].help));
}

static int help(const char *topic)
{
    const char *text = topic ? verb_help(topic) : NULL;
    if (text) /* "list" and "find" are a command and a screen */
        printf("%s\n", text);
    if (screens_print_help(topic) || text)
        return 0;
    return usage(_("There is no help on \"%s\". treben help lists the topics."), topic);
}

/* What was said before the verb. n: words taken. Returns -1 to go on, else the exit status. */
static int read_options(int argc, char **argv, struct screens_options *o, int *ret_n)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        const char *word = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        const char **takes = strcmp(word, "--db") == 0     ? &o->core.db
                             : strcmp(word, "--as") == 0   ? &o->core.as
                             : strcmp(word, "--lang") == 0 ? &o->core.lang
                                                           : NULL;
        if (takes && !value)
            return usage(_("\"%s\" needs a word after it."), word);
        if (takes) {
            *takes = value;
            i++;
        } else if (strcmp(word, "--demo") == 0) {
            o->core.demo = true;
        } else if (strcmp(word, "--exit-after-paint") == 0) {
            o->exit_after_paint = true;
        } else if (strcmp(word, "--version") == 0) {
            printf("treben %s\n", TREBEN_VERSION);
            return 0;
        } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            print_help();
            return 0;
        } else {
            return usage(_("\"%s\" is no option of treben."), word);
        }
    }
    *ret_n = i;
    return -1;
}

/* Half a language is worse than the other one: without its catalogue Swedish is not spoken at all. */
static void note_fallback(void)
{
    const char *note = lang_fallback();
    if (note)
        fprintf(stderr, "treben: %s\n", note);
}

static int use_lang(struct screens_options *o)
{
    if (o->core.lang && strcmp(o->core.lang, "sv") != 0 && strcmp(o->core.lang, "en") != 0)
        return usage(_("The language is sv or en, not \"%s\"."), o->core.lang);
    if (o->core.lang)
        lang_use(strcmp(o->core.lang, "en") == 0 ? LANG_EN : LANG_SV);
    note_fallback();
    o->core.lang = lang_code(lang_now());
    return -1;
}

int main(int argc, char **argv)
{
    struct screens_options o = {.open = getenv("TREBEN_OPEN")};
    int at = 1;
    lang_start(exe_dir());
    lang_use(lang_from_env());
    /* The language first: help and complaints are in it wherever --lang stands. */
    for (int i = 1; i + 1 < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--lang") == 0)
            lang_use(strcmp(argv[i + 1], "en") == 0 ? LANG_EN : LANG_SV);
    }
    int status = read_options(argc, argv, &o, &at);
    if (status < 0)
        status = use_lang(&o);
    if (status >= 0)
        return status;
    const char *word = at < argc ? argv[at] : NULL;
    if (word && strcmp(word, "help") == 0)
        return help(at + 1 < argc ? argv[at + 1] : NULL);
    if (word && !verb_known(word))
        return usage(_("\"%s\" is no command. Try: treben --help"), word);
    if (o.core.demo && o.core.db)
        return usage(_("Give --demo or --db, not both.%s"), "");
    if (!o.core.demo && !o.core.db)
        return usage(_("Which database? Give --demo or --db FILE.%s"), "");
    if (word && o.core.demo && !o.core.as)
        return usage(_("On the demo database say as whom: --as LOGIN before \"%s\"."), word);
    return word ? verbs_run(&o.core, argc - at, argv + at) : screens_run(&o);
}
