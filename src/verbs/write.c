/* verbs/write.c: new, set, do: FIELD=VALUE words become one request. */
#include "inside.h"
#include "treben/base/file.h"
#include "treben/base/pnr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_WORD "file=@" /* the bytes of a document: sent before it, in pieces */
#define VALUE_MAX (900 * 1024) /* a message holds 1 MiB */

/* OWN: caller. NULL: told on stderr. */
static char *read_stdin(void)
{
    STR s = {0};
    char part[8192];
    ssize_t n;
    while ((n = read(STDIN_FILENO, part, sizeof part)) > 0 && s.len <= VALUE_MAX)
        str_addn(&s, part, (size_t)n);
    return xstrdup(str_text(&s));
}

static char *value_text(const char *field, const char *given, bool demo, int *status)
{
    struct err e = {0};
    char *text;
    size_t n = 0;
    if (given[0] != '@') {
        struct pnr number;
        if (!demo && pnr_parse(given, date_today(), &number, &e)) {
            fprintf(stderr, _("%s: An identity number must not stand on the command line, where the shell keeps it. "
                              "Write %s=@- and give it on standard input.\n"),
                    field, field);
            *status = 1;
            return NULL;
        }
        return xstrdup(given);
    }
    if (strcmp(given, "@-") == 0) {
        text = read_stdin();
        n = strlen(text);
    } else if (!file_read(given + 1, VALUE_MAX, &text, &n, &e)) {
        fprintf(stderr, "%s: %s\n", field, e.text);
        *status = err_exit(e.code);
        return NULL;
    }
    if (n > VALUE_MAX || strlen(text) != n) {
        fprintf(stderr,
                n > VALUE_MAX ? _("%s: The text is longer than any field can hold. Make it shorter.\n")
                              : _("%s: The text holds a zero byte; give plain text.\n"),
                field);
        free(text);
        *status = 1;
        return NULL;
    }
    if (n && text[n - 1] == '\n')
        text[n - 1] = 0;
    return text;
}

json_t *values_from_words(const struct args *a, int from, bool demo, int *status)
{
    json_t *values = json_object();
    for (int i = from; i < a->n_words; i++) {
        const char *eq = strchr(a->words[i], '=');
        if (!eq || eq == a->words[i]) {
            *status = usage_error(_("FIELD=VALUE is expected, not \"%s\"."), a->words[i]);
            json_decref(values);
            return NULL;
        }
        if (strncmp(a->words[i], FILE_WORD, strlen(FILE_WORD)) == 0)
            continue; /* bytes, and no field */
        AUTOFREE char *field = xstrndup(a->words[i], (size_t)(eq - a->words[i]));
        AUTOFREE char *text = value_text(field, eq + 1, demo, status);
        if (!text) {
            json_decref(values);
            return NULL;
        }
        json_t *value = json_string(text); /* NULL: not UTF-8 */
        if (!value || json_object_set_new(values, field, value) != 0) {
            fprintf(stderr, _("%s: The text is not valid UTF-8. Check the terminal's or the file's encoding.\n"), field);
            *status = 1;
            json_decref(values);
            return NULL;
        }
    }
    return values;
}

/* Steals params. */
static int call(struct client *c, const char *method, json_t *params, json_t **ret)
{
    struct err e = {0};
    return client_call(c, method, params, ret, &e) ? 0 : verb_failed(c, &e);
}

/* Something to hear besides that it is saved; not among what a script reads. */
static void print_notice(const json_t *result)
{
    const char *notice = json_string_value(json_object_get(result, "notice"));
    if (!str_empty(notice))
        fprintf(stderr, "%s\n", notice);
}

static int send_files(struct client *c, const struct args *a, json_t *values)
{
    int status = 0;
    for (int i = 1; i < a->n_words && !status; i++) {
        AUTOFREE char *blob = NULL;
        if (strncmp(a->words[i], FILE_WORD, strlen(FILE_WORD)) != 0)
            continue;
        status = file_send(c, a->words[i] + strlen(FILE_WORD), &blob);
        if (!status)
            json_object_set_new(values, "blob", json_string(blob));
    }
    return status;
}

int verb_new(struct client *c, const struct args *a, bool demo)
{
    int status = 0;
    json_t *values = values_from_words(a, 1, demo, &status), *result;
    if (!values)
        return status;
    status = send_files(c, a, values);
    if (status) {
        json_decref(values);
        return status;
    }
    status = call(c, "new", json_pack("{s:s, s:o}", "kind", a->words[0], "values", values), &result);
    if (status)
        return status;
    const char *case_no = json_string_value(json_object_get(result, "case_no"));
    printf("%s%s%s\n", json_string_value(json_object_get(result, "id")), str_empty(case_no) ? "" : " ",
           case_no ? case_no : "");
    print_notice(result);
    json_decref(result);
    return 0;
}

int verb_set(struct client *c, const struct args *a, bool demo)
{
    int status = 0;
    json_t *values = values_from_words(a, 1, demo, &status), *result;
    if (!values)
        return status;
    json_t *params = json_pack("{s:s, s:o}", "id", a->words[0], "values", values);
    if (a->rev >= 0)
        json_object_set_new(params, "rev", json_integer(a->rev));
    status = call(c, "set", params, &result);
    const json_t *theirs = status == 4 ? json_object_get(client_error(c), "theirs") : NULL;
    const char *field;
    json_t *value;
    json_object_foreach((json_t *)(size_t)theirs, field, value)
    {
        AUTOFREE char *text = json_cell(value);
        fprintf(stderr, _("%s is now: %s\n"), field, text);
    }
    if (status)
        return status;
    printf("rev %lld\n", (long long)json_integer_value(json_object_get(result, "rev")));
    print_notice(result);
    json_decref(result);
    return 0;
}

/* Whom to tell that it was wrong. */
static void print_seen_by(const json_t *result)
{
    const json_t *names = json_object_get(result, "seen_by");
    STR all = {0};
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)(size_t)names, i, name)
        str_printf(&all, "%s%s", i ? ", " : "", json_string_value(name));
    if (json_is_true(json_object_get(result, "seen_by_cut")))
        str_add(&all, _(" and perhaps others"));
    if (names)
        printf(_("seen by: %s\n"), all.len ? all.p : _("nobody"));
}

int verb_do(struct client *c, const struct args *a, bool demo)
{
    int status = 0;
    json_t *values = values_from_words(a, 2, demo, &status), *result;
    if (!values)
        return status;
    json_t *params = json_pack("{s:s, s:s, s:o}", "id", a->words[0], "to", a->words[1], "values", values);
    if (a->reason)
        json_object_set_new(params, "reason", json_string(a->reason));
    status = call(c, "do", params, &result);
    if (status)
        return status;
    const char *message = json_string_value(json_object_get(result, "message"));
    if (!str_empty(message))
        printf("%s\n", message);
    printf("rev %lld\n", (long long)json_integer_value(json_object_get(result, "rev")));
    print_seen_by(result);
    json_decref(result);
    return 0;
}
