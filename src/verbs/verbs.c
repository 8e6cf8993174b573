/* verbs/verbs.c: the table of verbs, their help, and how a refusal is told. */
#include "inside.h"
#include "treben/base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct verb verbs[] = {
    {.name = "list", .run = verb_list, .least_words = 1, .most_words = 1,
     .takes = OPT_FILTER | OPT_SORT | OPT_LIMIT | OPT_JSON | OPT_CSV,
     .usage = N_("treben list KIND [--filter EXPR] [--sort FIELD|-FIELD] [--limit N] [--json|--csv]"),
     .help = N_("Lists the records of a kind that you may see. EXPR is a condition such as\n"
                "  type == \"SKJUTNING\" and occurred_at >= \"2024-01-01\"\n"
                "or the name of one of the list's own filters. A minus before FIELD turns the order round.\n"
                "On a terminal the columns are aligned; otherwise they are separated by tabs under a heading.")},
    {.name = "show", .run = verb_show, .least_words = 1, .most_words = 1, .takes = OPT_JSON | OPT_HISTORY | OPT_OUT,
     .usage = N_("treben show ID|CASE_NO [--json] [--history]"),
     .help = N_("Shows one record, or with --history what was changed in it, when and by whom.")},
    {.name = "new", .run = verb_new, .least_words = 1, .most_words = 64, .takes = 0,
     .usage = N_("treben new KIND FIELD=VALUE …"),
     .help = N_("Makes a record and prints its id, and its case number where it has one. A list is FIELD=A,B.\n"
                "FIELD=@FILE reads the value from a file, FIELD=@- from standard input. A reference is an id, a case\n"
                "number, a login or an agency's code. Times without a zone are Swedish time.")},
    {.name = "set", .run = verb_set, .least_words = 2, .most_words = 64, .takes = OPT_REV,
     .usage = N_("treben set ID|CASE_NO FIELD=VALUE … [--rev N]"),
     .help = N_("Changes fields of a record; FIELD= clears one. With --rev N the change is refused with exit status 4\n"
                "if somebody else has changed the same field since version N; other fields are merged.")},
    {.name = "do", .run = verb_do, .least_words = 2, .most_words = 64, .takes = OPT_REASON,
     .usage = N_("treben do ID|CASE_NO TRANSITION [FIELD=VALUE …] [--reason TEXT]"),
     .help = N_("Moves a record to the state TRANSITION, with what that step asks for. If several must agree, the first\n"
                "ones' approvals are kept and the last one moves the record.")},
    {.name = "find", .run = verb_find, .least_words = 1, .most_words = 64, .takes = OPT_JSON,
     .usage = N_("treben find TEXT [--json]"),
     .help = N_("Searches everything you may find: names, other names, case numbers, shared summaries.")},
    {.name = "import", .run = verb_import, .least_words = 2, .most_words = 2,
     .takes = OPT_DRY_RUN | OPT_STRICT | OPT_AREA,
     .usage = N_("treben import police-events FILE [--area NAME] [--dry-run] [--strict]"),
     .help = N_("Reads the police's open event feed (a JSON array). Violent events become incidents; what is not violence\n"
                "is counted and left out. Reading a file twice adds nothing; a changed event becomes a change. --area takes\n"
                "only events of one place, --dry-run only counts, --strict stops at the first bad item.")},
};

static const struct verb *verb_get(const char *word)
{
    for (size_t i = 0; word && i < N_OF(verbs); i++)
        if (strcmp(verbs[i].name, word) == 0)
            return &verbs[i];
    return NULL;
}

bool verb_known(const char *word)
{
    return verb_get(word) != NULL;
}

const char *verb_help(const char *topic)
{
    static char text[2048];
    const struct verb *v = verb_get(topic);
    if (!v)
        return NULL;
    snprintf(text, sizeof text, "%s\n\n%s\n", _(v->usage), _(v->help));
    return text;
}

static void print_problem(const char *field, const char *text)
{
    AUTOFREE char *place = text_clean(field ? field : "", false);
    AUTOFREE char *sentence = text_clean(text ? text : "", false);
    fprintf(stderr, "%s%s%s\n", place, *place ? ": " : "", sentence);
}

int verb_failed(const struct client *c, const struct err *e)
{
    const json_t *problems = json_object_get(c ? client_error(c) : NULL, "problems");
    size_t i;
    const json_t *p;
    json_array_foreach(problems, i, p)
        print_problem(json_string_value(json_object_get(p, "field")), json_string_value(json_object_get(p, "text")));
    if (json_array_size(problems) == 0)
        print_problem(e->field, e->text);
    return err_exit(e->code);
}

static bool reader_left; /* "treben list … | head": who read has seen enough */

bool output_flows(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    reader_left = reader_left || errno == EPIPE;
    return false;
}

int verbs_run(const struct client_opts *o, int argc, char **argv)
{
    const struct verb *v = verb_get(argv[0]);
    struct args a;
    struct client *c;
    struct err e = {0};
    if (!v)
        return usage_error(_("\"%s\" is no command. Try: treben --help"), argv[0]);
    if (!args_parse(argc, argv, v->takes, &a))
        return 2;
    if (!args_are_text(argc, argv))
        return 1;
    if (a.n_words < v->least_words || a.n_words > v->most_words)
        return usage_error(_("Usage: %s"), _(v->usage));
    if (!client_start(o, &c, NULL, &e))
        return verb_failed(NULL, &e);
    int status = v->run(c, &a, o->demo);
    client_end(c);
    if (!output_flows() && !reader_left)
        return fprintf(stderr, "%s\n", _("The output could not be written.")), 3;
    return status;
}
