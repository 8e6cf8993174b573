/* verbs/import.c: sends a feed to the core in messages of at most 500 items and tells what became of it. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH_ITEMS 500
#define BATCH_BYTES (600 * 1024)

static const char *const sums[] = {"new",          "changed",      "same", "left_out", "elsewhere",
                                   "pattern_hits", "day_before", "old"};
struct totals {
    long long n[N_OF(sums)];
    json_t *unknown, *bad;
    long long read;
};

static void add_result(struct totals *t, const json_t *result)
{
    const char *type;
    json_t *value;
    for (size_t i = 0; i < N_OF(sums); i++)
        t->n[i] += json_integer_value(json_object_get(result, sums[i]));
    json_object_foreach(json_object_get(result, "unknown_types"), type, value)
    {
        long long sofar = json_integer_value(json_object_get(t->unknown, type));
        json_object_set_new(t->unknown, type, json_integer(sofar + json_integer_value(value)));
    }
    json_array_extend(t->bad, json_object_get(result, "bad"));
}

static void add_bad(struct totals *t, long long number, const char *text)
{
    json_array_append_new(t->bad, json_pack("{s:I, s:s}", "index", (json_int_t)number, "text", text));
}

static void progress(const struct totals *t)
{
    if (isatty(STDERR_FILENO) == 1) {
        fputc('\r', stderr);
        fprintf(stderr, _("%lld events read, %lld new"), t->read, t->n[0]);
    }
}

/* Steals items. */
static int send_batch(struct client *c, const struct args *a, json_t *items, long long first, bool last, struct totals *t)
{
    struct err e = {0};
    json_t *result;
    const char *slash = strrchr(a->words[1], '/');
    json_t *params = json_pack("{s:s, s:s, s:b, s:b, s:o, s:b, s:I}", "source", "police-events", "file",
                               slash ? slash + 1 : a->words[1], "strict", a->strict, "dry_run", a->dry_run, "items", items,
                               "last", last, "first_index", (json_int_t)first);
    if (a->area)
        json_object_set_new(params, "area", json_string(a->area));
    if (!client_call(c, "import", params, &result, &e))
        return verb_failed(c, &e);
    add_result(t, result);
    json_decref(result);
    progress(t);
    return 0;
}

static size_t json_bytes(const json_t *value)
{
    return json_dumpb(value, NULL, 0, JSON_COMPACT);
}

static int read_all(struct client *c, const struct args *a, struct feed *f, struct totals *t)
{
    json_t *items = json_array();
    size_t bytes = 0;
    long long first = 0;
    for (;;) {
        json_t *item = NULL;
        struct err e = {0};
        int got = feed_next(f, &item, &e);
        if (got == -2 || (got == -1 && a->strict)) {
            json_decref(items);
            fprintf(stderr, _("%s, event %lld: %s\n"), a->words[1], t->read + 1, e.text);
            return 1;
        }
        if (got == -1) {
            add_bad(t, t->read + 1, e.text);
            item = json_null(); /* keeps the numbers of the others right */
        }
        t->read += got != 0;
        if (got == 1)
            bytes += json_bytes(item);
        bool full = json_array_size(items) == BATCH_ITEMS || bytes > BATCH_BYTES;
        if ((full || got == 0) && (json_array_size(items) > 0 || got == 0)) {
            int status = send_batch(c, a, items, first, got == 0, t);
            if (status) {
                json_decref(item);
                return status;
            }
            items = json_array();
            first = t->read - (got != 0);
            bytes = got == 1 ? json_bytes(item) : 0;
        }
        if (got == 0) {
            json_decref(items);
            return 0;
        }
        json_array_append_new(items, item);
    }
}

static void print_summary(const struct args *a, const struct totals *t)
{
    if (isatty(STDERR_FILENO) == 1)
        fprintf(stderr, "\r\033[K");
    printf(a->dry_run ? _("%lld events read; nothing was stored, this was a trial run.\n") : _("%lld events read.\n"), t->read);
    static const char *const labels[] = {
        N_("new incidents"),
        N_("changed"),
        N_("unchanged since last time"),
        N_("left out, not violence"),
        N_("left out, another place"),
        N_("of the new: found by words in the text, unconfirmed"),
        N_("of the new: time after publication, taken as the day before"),
        N_("of the new: too old to start deadlines"),
    };
    for (size_t i = 0; i < N_OF(sums); i++)
        if (t->n[i] || i < 4)
            printf("%8lld  %s\n", t->n[i], _(labels[i]));
    const char *type;
    json_t *value;
    json_object_foreach(t->unknown, type, value)
        printf(_("%8lld  of the unknown type \"%s\"; add it to config/import-police.yaml\n"),
               (long long)json_integer_value(value), type);
    size_t i;
    const json_t *bad;
    json_array_foreach(t->bad, i, bad) fprintf(stderr, _("event %lld: %s\n"),
                                               (long long)json_integer_value(json_object_get(bad, "index")),
                                               json_string_value(json_object_get(bad, "text")));
    if (json_array_size(t->bad))
        printf(_("%8zu  bad items left out, see above\n"), json_array_size(t->bad));
}

int verb_import(struct client *c, const struct args *a, bool demo)
{
    struct err e = {0};
    (void)demo;
    if (strcmp(a->words[0], "police-events") != 0)
        return usage_error(_("\"%s\" cannot be imported. What can: police-events"), a->words[0]);
    struct feed *f = feed_open(a->words[1], &e);
    if (!f)
        return verb_failed(NULL, &e);
    struct totals t = {.unknown = json_object(), .bad = json_array()};
    int status = read_all(c, a, f, &t);
    if (status == 0)
        print_summary(a, &t);
    json_decref(t.unknown);
    json_decref(t.bad);
    feed_close(f);
    return status;
}
