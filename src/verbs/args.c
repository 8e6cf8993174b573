/* verbs/args.c: options and words after a verb. */
#include "inside.h"
#include "treben/base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int usage_error(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    return 2;
}

static bool number(const char *text, long long *ret)
{
    char *end;
    errno = 0;
    *ret = strtoll(text, &end, 10);
    return !errno && end != text && !*end && *ret >= 0;
}

bool args_are_text(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (text_valid(argv[i]))
            continue;
        AUTOFREE char *field = xstrndup(argv[i], strspn(argv[i], "abcdefghijklmnopqrstuvwxyz0123456789_"));
        if (*field && argv[i][strlen(field)] == '=')
            fprintf(stderr, _("%s: The text is not valid UTF-8. Check the terminal's or the file's encoding.\n"), field);
        else
            fprintf(stderr, _("Word %d after \"%s\" is not valid UTF-8. Check the terminal's encoding.\n"), i, argv[0]);
        return false;
    }
    return true;
}

struct option {
    const char *name;
    unsigned bit;
    bool takes_value;
};
static const struct option options[] = {
    {.name = "--filter", .bit = OPT_FILTER, .takes_value = true}, {.name = "--sort", .bit = OPT_SORT, .takes_value = true},
    {.name = "--limit", .bit = OPT_LIMIT, .takes_value = true},   {.name = "--rev", .bit = OPT_REV, .takes_value = true},
    {.name = "--reason", .bit = OPT_REASON, .takes_value = true}, {.name = "--area", .bit = OPT_AREA, .takes_value = true},
    {.name = "--json", .bit = OPT_JSON},                          {.name = "--csv", .bit = OPT_CSV},
    {.name = "--history", .bit = OPT_HISTORY},                    {.name = "--dry-run", .bit = OPT_DRY_RUN},
    {.name = "--strict", .bit = OPT_STRICT},                      {.name = "--out", .bit = OPT_OUT, .takes_value = true},
};

static const struct option *option_find(const char *word)
{
    for (size_t i = 0; i < N_OF(options); i++)
        if (strcmp(options[i].name, word) == 0)
            return &options[i];
    return NULL;
}

static bool option_put(struct args *a, const struct option *o, const char *value)
{
    switch (o->bit) {
    case OPT_FILTER:
        a->filter = value;
        return true;
    case OPT_SORT:
        a->sort = value;
        return true;
    case OPT_REASON:
        a->reason = value;
        return true;
    case OPT_AREA:
        a->area = value;
        return true;
    case OPT_OUT:
        a->out = value;
        return true;
    case OPT_LIMIT:
        return number(value, &a->limit);
    case OPT_REV:
        return number(value, &a->rev);
    case OPT_JSON:
        a->format = FORMAT_JSON;
        return true;
    case OPT_CSV:
        a->format = FORMAT_CSV;
        return true;
    case OPT_HISTORY:
        return a->history = true;
    case OPT_DRY_RUN:
        return a->dry_run = true;
    default:
        return a->strict = true;
    }
}

bool args_parse(int argc, char **argv, unsigned takes, struct args *ret)
{
    struct args a = {.limit = -1, .rev = -1};
    bool words_only = false;
    for (int i = 1; i < argc; i++) {
        bool is_option = !words_only && strncmp(argv[i], "--", 2) == 0;
        if (is_option && !argv[i][2]) {
            words_only = true;
            continue;
        }
        if (!is_option) {
            if (a.n_words == (int)N_OF(a.words))
                return usage_error(_("Too many words after \"%s\"."), argv[0]), false;
            a.words[a.n_words++] = argv[i];
            continue;
        }
        const struct option *o = option_find(argv[i]);
        if (!o || !(takes & o->bit))
            return usage_error(_("\"%s\" is no option of \"%s\". Try: treben help %s"), argv[i], argv[0], argv[0]), false;
        if (o->takes_value && i + 1 == argc)
            return usage_error(_("A value is missing after %s."), o->name), false;
        if (!option_put(&a, o, o->takes_value ? argv[++i] : NULL))
            return usage_error(_("%s takes a whole number, not \"%s\"."), o->name, argv[i]), false;
    }
    *ret = a;
    return true;
}
