/* Rows of one kind for the list component: filter, search, order and pages are asked of the core. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

static void put(json_t *o, const char *key, const char *value)
{
    if (!str_empty(value))
        json_object_set_new(o, key, json_string(value));
}

json_t *rowfeed_query(const struct rowfeed *f)
{
    json_t *q = json_object();
    put(q, "kind", f->kind);
    put(q, "filter", f->filter);
    put(q, "also", f->also);
    put(q, "text", f->text);
    return q;
}

void rowfeed_again(struct rowfeed *f)
{
    f->counted = false;
    f->total = -1;
}

static void put_columns(const struct rowfeed *f, json_t *q)
{
    json_t *columns = json_array();
    size_t i;
    const json_t *c;
    json_array_foreach(get_array(f->desc, "columns"), i, c)
        json_array_append_new(columns, json_string(get_text(c, "path")));
    json_object_set_new(q, "columns", columns);
}

static json_t *page_query(const struct rowfeed *f, enum list_from from, const char *anchor, size_t want)
{
    json_t *q = rowfeed_query(f);
    put(q, "sort", f->sort);
    put(q, "search_id", f->search_id);
    json_object_set_new(q, "as", json_string("cells"));
    json_object_set_new(q, "limit", json_integer((json_int_t)want));
    if (f->desc)
        put_columns(f, q);
    if (!f->counted)
        json_object_set_new(q, "cap", json_integer(COUNT_CAP));
    if (from == LIST_TAIL)
        json_object_set_new(q, "last", json_true());
    else if (from == LIST_AFTER)
        put(q, "after", anchor);
    else if (from == LIST_BEFORE)
        put(q, "before", anchor);
    else if (from == LIST_AROUND)
        put(q, "from", anchor);
    return q;
}

static void take_row(struct arena *a, const json_t *row, size_t n_columns, struct list_row *ret)
{
    const json_t *cells = get_array(row, "cells");
    const char **texts = arena_alloc(a, (n_columns ? n_columns : 1) * sizeof *texts);
    for (size_t i = 0; i < n_columns; i++) {
        const char *text = json_string_value(json_array_get(cells, i));
        texts[i] = str_empty(text) || strcmp(text, "–") == 0 ? NULL : arena_strdup(a, text);
    }
    ret->key = arena_strdup(a, get_text(row, "id"));
    ret->cells = texts;
    ret->look = get_bool(row, "late") ? LOOK_BOLD : LOOK_NORMAL;
}

/* Appends the rows of an answer to the page. */
static void take_rows(const struct rowfeed *f, const json_t *answer, struct list_page *page)
{
    const json_t *rows = get_array(answer, "rows");
    size_t n = json_array_size(rows), i;
    size_t n_columns = json_array_size(get_array(f->desc, "columns"));
    struct list_row *all = arena_alloc(page->arena, (page->n + n + 1) * sizeof *all);
    if (page->n)
        memcpy(all, page->rows, page->n * sizeof *all);
    const json_t *row;
    json_array_foreach(rows, i, row)
        take_row(page->arena, row, n_columns, &all[page->n + i]);
    page->rows = all;
    page->n += n;
}

static void take_count(struct rowfeed *f, const json_t *answer)
{
    if (!json_is_integer(json_object_get(answer, "n")))
        return;
    f->total = (long)get_int(answer, "n");
    f->capped = get_bool(answer, "capped");
    f->counted = true;
}

static bool fetch_around(struct rowfeed *f, const char *anchor, size_t want, struct list_page *page, struct err *e)
{
    json_auto_t *before = NULL, *from = NULL;
    size_t above = want / 2;
    if (!session_call(f->ses, "list", page_query(f, LIST_AROUND, anchor, want - above), &from, e))
        return false;
    const json_t *first = json_array_get(get_array(from, "rows"), 0);
    if (!first || strcmp(get_text(first, "id"), anchor) != 0)
        return true; /* it is gone: the caller begins at the head */
    take_count(f, from);
    if (!session_call(f->ses, "list", page_query(f, LIST_BEFORE, anchor, above), &before, e))
        return false;
    take_rows(f, before, page);
    take_rows(f, from, page);
    page->more_before = get_bool(before, "more");
    page->more_after = get_bool(from, "more");
    if (!page->more_before)
        page->first = 0;
    return true;
}

/* The page that came with the description, if it is as long as what is wanted now. */
static json_t *prefetched(struct rowfeed *f, size_t want)
{
    json_t *first = f->first;
    f->first = NULL;
    if (!first || json_array_size(get_array(first, "rows")) == want || !get_bool(first, "more"))
        return first;
    json_decref(first);
    f->counted = false;
    return NULL;
}

static bool fetch(void *ctx, enum list_from from, const char *anchor, size_t want, struct list_page *page,
                  struct err *e)
{
    struct rowfeed *f = ctx;
    page->first = -1;
    page->total = -1;
    if (from == LIST_AROUND) {
        if (!fetch_around(f, anchor, want, page, e))
            return false;
        if (page->n == 0)
            from = LIST_HEAD;
    }
    if (from != LIST_AROUND) {
        json_auto_t *answer = from == LIST_HEAD ? prefetched(f, want) : NULL;
        if (!answer && !session_call(f->ses, "list", page_query(f, from, anchor, want), &answer, e))
            return false;
        take_count(f, answer);
        take_rows(f, answer, page);
        bool more = get_bool(answer, "more");
        page->more_before = from == LIST_AFTER || ((from == LIST_BEFORE || from == LIST_TAIL) && more);
        page->more_after = from == LIST_BEFORE || ((from == LIST_HEAD || from == LIST_AFTER) && more);
        if (from == LIST_HEAD || (from != LIST_AFTER && !page->more_before))
            page->first = 0;
    }
    f->changes = f->ses->changes;
    page->total = f->total;
    page->total_more = f->capped;
    if (from == LIST_TAIL && !f->capped)
        page->first = f->total - (long)page->n;
    return true;
}

/* The kind's columns; what cannot grow keeps its ideal width. */
static size_t columns_of(const json_t *desc, const char *drop, struct list_column ret[LIST_COLUMNS])
{
    size_t i, n = 0;
    const json_t *c;
    json_array_foreach(get_array(desc, "columns"), i, c) {
        if (n == LIST_COLUMNS)
            break;
        bool off = drop && strcmp(get_text(c, "path"), drop) == 0;
        ret[n++] = (struct list_column){
            .name = get_text(c, "path"), .label = get_text(c, "label"),
            .min = off ? 10000 : (int)get_int(c, "min"), .ideal = off ? 10000 : (int)get_int(c, "ideal"),
            .priority = off ? 10000 : (int)get_int(c, "priority"), .grow = !off && get_bool(c, "grow"),
            .right = strcmp(get_text(c, "align"), "r") == 0};
    }
    return n;
}

/* A kind that is not known yet is described together with its first page. */
static bool first_page(struct rowfeed *f, bool start, struct err *e)
{
    int rows = term_rows() - 11; /* what a list shows below title, tabs and headings */
    AUTOFREE char *have = session_have(f->ses);
    json_t *q = page_query(f, LIST_HEAD, NULL, rows > 10 ? (size_t)rows : 10);
    json_object_set_new(q, "have", json_string(have));
    if (start)
        json_object_set_new(q, "start", json_true());
    if (!session_call(f->ses, "list", q, &f->first, e))
        return false;
    session_keep_description(f->ses, f->kind, f->first);
    return true;
}

static bool describe(struct rowfeed *f, const struct rowfeed_arg *arg, struct err *e)
{
    bool known = json_object_get(f->ses->described, arg->kind) != NULL;
    return (known || first_page(f, !arg->filter, e)) && session_describe(f->ses, arg->kind, &f->desc, e);
}

bool rowfeed_open(struct rowfeed *f, struct session *ses, const struct rowfeed_arg *arg, struct list **ret,
                  struct err *e)
{
    struct list_column columns[LIST_COLUMNS];
    *f = (struct rowfeed){.ses = ses, .total = -1, .kind = xstrdup(arg->kind), .filter = xstrdup(arg->filter),
                          .also = xstrdup(arg->also), .sort = xstrdup(arg->sort)};
    if (!describe(f, arg, e)) {
        rowfeed_done(f);
        return false;
    }
    if (!f->filter)
        set_text(&f->filter, get_text(f->desc, "start_filter"));
    if (!f->sort)
        set_text(&f->sort, get_text(f->desc, "sort"));
    size_t n = columns_of(f->desc, arg->drop, columns);
    if (n == 0) {
        AUTOFREE char *many = first_upper(get_text(f->desc, "many"));
        rowfeed_done(f);
        return err_set(e, ERR_RULE, _("%s have no list."), many);
    }
    struct list *l = list_new(columns, n, (struct list_source){.ctx = f, .fetch = fetch});
    list_set_reverse(l, ui_reverse(ses->ui));
    list_set_sort(l, f->sort[0] == '-' ? f->sort + 1 : f->sort, f->sort[0] == '-');
    *ret = l;
    return true;
}

void rowfeed_done(struct rowfeed *f)
{
    free(f->kind);
    free(f->filter);
    free(f->also);
    free(f->text);
    free(f->sort);
    free(f->search_id);
    json_decref(f->first);
}
