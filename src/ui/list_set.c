/* What can be set on a list, its marks, and what it says of itself. */
#include "list_inner.h"

#include "treben/base/lang.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void set(char **text, const char *value)
{
    char *copy = xstrdup(value);
    free(*text);
    *text = copy;
}

void list_set_area(struct list *l, struct rect r)
{
    l->area = r;
    l->n_places = list_place_columns(l->columns, l->n_columns, l->chosen, r.w - 3, l->places);
    if (l->filled_once)
        list_fill(l);
}

void list_set_header(struct list *l, bool shown)
{
    l->header = shown;
}

void list_set_empty(struct list *l, const char *text)
{
    set(&l->empty, text);
}

void list_set_reverse(struct list *l, bool on)
{
    l->reverse = on;
}

void list_set_sort(struct list *l, const char *column, bool descending)
{
    set(&l->sort, column);
    l->descending = descending;
}

const char *list_sort(const struct list *l, bool *ret_descending)
{
    *ret_descending = l->descending;
    return l->sort;
}

void list_set_chosen(struct list *l, const char *column, bool shown)
{
    for (size_t i = 0; i < l->n_columns; i++)
        if (str_eq(l->columns[i].name, column))
            l->chosen[i] = shown;
    l->n_places = list_place_columns(l->columns, l->n_columns, l->chosen, l->area.w - 3, l->places);
}

bool list_chosen(const struct list *l, size_t column)
{
    return column < l->n_columns && l->chosen[column];
}

const struct list_column *list_columns(const struct list *l, size_t *ret_n)
{
    *ret_n = l->n_columns;
    return l->columns;
}

const char *list_problem(const struct list *l)
{
    return l->problem;
}

/* 31204 as "31 204". */
static void add_number(struct str *s, long n)
{
    if (n >= 1000) {
        add_number(s, n / 1000);
        str_printf(s, " %03ld", n % 1000);
    } else {
        str_printf(s, "%ld", n);
    }
}

char *list_total(const struct list *l)
{
    STR s = {0};
    if (l->total < 0)
        return xstrdup(l->n ? "?" : "0");
    add_number(&s, l->total);
    if (l->total_more)
        str_addc(&s, '+');
    return str_take(&s);
}

char *list_place(const struct list *l)
{
    long index = list_index(l);
    if (l->n == 0)
        return xstrdup("");
    AUTOFREE char *total = list_total(l);
    if (index < 0)
        return l->total < 0 ? xstrdup("") : xprintf(_("of %s"), total);
    STR row = {0};
    add_number(&row, index + 1);
    return l->total < 0 ? xprintf(_("row %s"), row.p) : xprintf(_("row %s of %s"), row.p, total);
}

static size_t mark_of(const struct list *l, const char *key)
{
    for (size_t i = 0; i < l->n_marked; i++)
        if (str_eq(l->marked[i], key))
            return i;
    return SIZE_MAX;
}

void list_toggle_mark(struct list *l)
{
    const char *key = list_key(l);
    if (!key)
        return;
    size_t i = mark_of(l, key);
    if (i != SIZE_MAX) {
        free(l->marked[i]);
        l->n_marked--;
        memmove(l->marked + i, l->marked + i + 1, (l->n_marked - i) * sizeof(char *));
        return;
    }
    l->marked = xrealloc(l->marked, (l->n_marked + 1) * sizeof(char *));
    l->marked[l->n_marked++] = xstrdup(key);
}

bool list_marked(const struct list *l, const char *key)
{
    return mark_of(l, key) != SIZE_MAX;
}

size_t list_n_marked(const struct list *l)
{
    return l->n_marked;
}

const char *list_marked_at(const struct list *l, size_t i)
{
    return i < l->n_marked ? l->marked[i] : NULL;
}

void list_unmark_all(struct list *l)
{
    for (size_t i = 0; i < l->n_marked; i++)
        free(l->marked[i]);
    l->n_marked = 0;
}
