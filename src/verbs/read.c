/* verbs/read.c: list, show, find: what comes back, as text, JSON or CSV. */
#include "inside.h"
#include "treben/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE 200

char *json_cell(const json_t *value)
{
    STR s = {0};
    size_t i;
    const json_t *item;
    switch (json_typeof(value)) {
    case JSON_STRING:
        return xstrdup(json_string_value(value));
    case JSON_INTEGER:
        return xprintf("%lld", (long long)json_integer_value(value));
    case JSON_TRUE:
        return xstrdup("true");
    case JSON_FALSE:
        return xstrdup("false");
    case JSON_OBJECT:
        return xstrdup(_("hidden"));
    case JSON_ARRAY:
        json_array_foreach(value, i, item) str_printf(&s, "%s%s", i ? "," : "", json_string_value(item));
        return s.len ? str_take(&s) : xstrdup("");
    default:
        return xstrdup("");
    }
}

void csv_cell(struct str *line, const char *text, bool first)
{
    if (!first)
        str_addc(line, ';');
    bool formula = *text && strchr("=+-@\t\r", *text);
    if (!formula && !strpbrk(text, ";\"\n\r")) {
        str_add(line, text);
        return;
    }
    str_add(line, formula ? "\"'" : "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            str_addc(line, '"');
        str_addc(line, *p);
    }
    str_addc(line, '"');
}

static void print_json(const json_t *value, bool first)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER);
    printf("%s%s", first ? "[" : ",\n", text);
    free(text);
}

static void csv_header(const json_t *record)
{
    STR line = {0};
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(size_t)record, key, value) csv_cell(&line, key, line.len == 0);
    printf("\xef\xbb\xbf%s\r\n", str_text(&line));
}

static void csv_row(const json_t *record)
{
    STR line = {0};
    const char *key;
    json_t *value;
    bool first = true;
    json_object_foreach((json_t *)(size_t)record, key, value)
    {
        AUTOFREE char *text = json_cell(value);
        csv_cell(&line, text, first);
        first = false;
    }
    printf("%s\r\n", str_text(&line));
}

/* --- aligned or tab-separated text ------------------------------------------------------------------------------ */

static void print_padded(const char *text, int cols, bool last)
{
    AUTOFREE char *clean = text_clean(text, false);
    AUTOFREE char *cut = text_cut(clean, cols);
    printf("%s%*s", cut, last ? 0 : cols - text_cols(cut) + 2, "");
}

static void print_cells(const json_t *cells, const json_t *columns, bool aligned)
{
    size_t n = json_array_size(cells);
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(cells, i));
        int cols = (int)json_integer_value(json_object_get(json_array_get(columns, i), "ideal"));
        if (aligned) {
            print_padded(text ? text : "", cols, i + 1 == n);
        } else {
            AUTOFREE char *clean = text_clean(text ? text : "", false);
            printf("%s%s", i ? "\t" : "", clean);
        }
    }
    putchar('\n');
}

static json_t *column_texts(const json_t *columns, const char *key)
{
    json_t *texts = json_array();
    size_t i;
    const json_t *column;
    json_array_foreach(columns, i, column) json_array_append(texts, json_object_get(column, key));
    return texts;
}

struct listing {
    enum format format;
    bool aligned;
    const json_t *columns;
    bool begun, any; /* the heading, a row */
};

static void print_heads(const struct listing *l)
{
    json_t *heads = column_texts(l->columns, "label");
    print_cells(heads, l->columns, l->aligned);
    json_decref(heads);
}

static void print_row(struct listing *l, const json_t *row)
{
    switch (l->format) {
    case FORMAT_JSON:
        print_json(row, !l->any);
        break;
    case FORMAT_CSV:
        if (!l->any)
            csv_header(row);
        csv_row(row);
        break;
    case FORMAT_TEXT:
        print_cells(json_object_get(row, "cells"), l->columns, l->aligned);
        break;
    }
    l->any = true;
}

static json_t *list_params(const struct args *a, const json_t *columns, long long want)
{
    json_t *p = json_pack("{s:s, s:I, s:s}", "kind", a->words[0], "limit", (json_int_t)want, "as",
                          a->format == FORMAT_TEXT ? "cells" : "values");
    if (a->filter)
        json_object_set_new(p, "filter", json_string(a->filter));
    if (a->sort)
        json_object_set_new(p, "sort", json_string(a->sort));
    if (columns)
        json_object_set_new(p, "columns", column_texts(columns, "path"));
    return p;
}

static int list_pages(struct client *c, const struct args *a, struct listing *l)
{
    char after[40] = "";
    long long left = a->limit;
    while (left != 0) {
        struct err e = {0};
        long long want = left < 0 || left > PAGE ? PAGE : left;
        json_t *params = list_params(a, l->columns, want), *result;
        if (after[0])
            json_object_set_new(params, "after", json_string(after));
        if (!client_call(c, "list", params, &result, &e))
            return verb_failed(c, &e);
        const json_t *rows = json_object_get(result, "rows"), *row;
        size_t i;
        if (!l->begun && l->format == FORMAT_TEXT)
            print_heads(l);
        l->begun = true;
        json_array_foreach(rows, i, row)
        {
            print_row(l, row);
            snprintf(after, sizeof after, "%s", json_string_value(json_object_get(row, "id")));
        }
        left = left < 0 ? left : left - (long long)json_array_size(rows);
        bool more = json_is_true(json_object_get(result, "more")) && json_array_size(rows) > 0;
        json_decref(result);
        if (!more || !output_flows())
            break;
    }
    return 0;
}

int verb_list(struct client *c, const struct args *a, bool demo)
{
    struct listing l = {.format = a->format, .aligned = isatty(STDOUT_FILENO) == 1};
    struct err e = {0};
    json_t *kind = NULL;
    (void)demo;
    if (a->format == FORMAT_TEXT) {
        if (!client_call(c, "describe", json_pack("{s:s}", "kind", a->words[0]), &kind, &e))
            return verb_failed(c, &e);
        l.columns = json_object_get(kind, "columns");
    }
    int status = list_pages(c, a, &l);
    if (status == 0 && a->format == FORMAT_JSON)
        printf("%s]\n", l.any ? "" : "[");
    json_decref(kind);
    return status;
}

int verb_find(struct client *c, const struct args *a, bool demo)
{
    STR text = {0};
    struct err e = {0};
    json_t *result;
    (void)demo;
    for (int i = 0; i < a->n_words; i++)
        str_printf(&text, "%s%s", i ? " " : "", a->words[i]);
    json_t *params = json_pack("{s:s, s:i}", "text", text.p, "limit", 100);
    if (!client_call(c, "find", params, &result, &e))
        return verb_failed(c, &e);
    const json_t *hits = json_object_get(result, "hits"), *hit;
    size_t i;
    if (a->format == FORMAT_JSON) {
        json_array_foreach(hits, i, hit) print_json(hit, i == 0);
        printf("%s]\n", json_array_size(hits) ? "" : "[");
    } else {
        json_array_foreach(hits, i, hit)
        {
            const char *case_no = json_string_value(json_object_get(hit, "case_no"));
            AUTOFREE char *title = text_clean(json_string_value(json_object_get(hit, "title")), false);
            printf("%s\t%s\t%s\n", str_empty(case_no) ? json_string_value(json_object_get(hit, "id")) : case_no,
                   json_string_value(json_object_get(hit, "kind_label")), title);
        }
        if (json_array_size(hits) == 0)
            fprintf(stderr, "%s\n", _("No hits."));
        else if (json_is_true(json_object_get(result, "more")))
            fprintf(stderr, "%s\n", _("There are more hits; search for more words."));
    }
    json_decref(result);
    return 0;
}

/* --- show ---------------------------------------------------------------------------------------------------------- */

static void show_text(const json_t *result)
{
    const json_t *texts = json_object_get(result, "texts"), *labels = json_object_get(result, "labels");
    const char *field;
    json_t *value;
    AUTOFREE char *title = text_clean(json_string_value(json_object_get(result, "title")), false);
    printf("%s\n", title);
    json_object_foreach((json_t *)(size_t)texts, field, value)
    {
        const char *label = json_string_value(json_object_get(labels, field));
        AUTOFREE char *clean = text_clean(json_string_value(value), true);
        if (strcmp(clean, "–") == 0)
            continue;
        AUTOFREE char *head = text_cut(label ? label : field, 28);
        printf("  %s%*s  ", head, 28 - text_cols(head), "");
        for (const char *p = clean; *p; p++) {
            putchar(*p);
            if (*p == '\n')
                printf("%32s", "");
        }
        putchar('\n');
    }
}

static int show_history(struct client *c, const struct args *a)
{
    struct err e = {0};
    json_t *result;
    if (!client_call(c, "history", json_pack("{s:s}", "id", a->words[0]), &result, &e))
        return verb_failed(c, &e);
    const json_t *rows = json_object_get(result, "history"), *row;
    size_t i;
    bool json = a->format == FORMAT_JSON;
    json_array_foreach(rows, i, row)
    {
        static const char *const keys[] = {"at", "by", "field", "old", "new"};
        json_t *plain = json_object();
        for (size_t k = 0; k < N_OF(keys); k++)
            json_object_set(plain, keys[k], json_object_get(row, keys[k]));
        if (json)
            print_json(plain, i == 0);
        for (size_t k = 0; !json && k < N_OF(keys); k++) {
            AUTOFREE char *cell = json_cell(json_object_get(plain, keys[k]));
            AUTOFREE char *clean = text_clean(cell, false);
            printf("%s%s", clean, k + 1 < N_OF(keys) ? "\t" : "\n");
        }
        json_decref(plain);
    }
    if (json)
        printf("%s]\n", json_array_size(rows) ? "" : "[");
    json_decref(result);
    return 0;
}

int verb_show(struct client *c, const struct args *a, bool demo)
{
    struct err e = {0};
    json_t *result;
    (void)demo;
    if (a->out)
        return file_fetch(c, a->words[0], a->out);
    if (a->history)
        return show_history(c, a);
    const char *as = a->format == FORMAT_JSON ? "values" : "screen";
    if (!client_call(c, "show", json_pack("{s:s, s:s}", "id", a->words[0], "as", as), &result, &e))
        return verb_failed(c, &e);
    if (a->format == FORMAT_JSON) {
        print_json(json_object_get(result, "record"), true);
        printf("]\n");
    } else {
        show_text(result);
    }
    json_decref(result);
    return 0;
}
