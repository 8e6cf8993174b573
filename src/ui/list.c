/* The list's window: which rows are held, which is selected, and reading on at either end. */
#include "list_inner.h"

#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_UNKNOWN 24 /* a page before the list has a place on the screen */

static struct held *hold(const struct list *l, const struct list_row *r)
{
    size_t bytes = sizeof(struct held) + l->n_columns * sizeof(char *) + strlen(r->key) + 1;
    for (size_t i = 0; i < l->n_columns; i++)
        bytes += r->cells[i] ? strlen(r->cells[i]) + 1 : 0;
    struct held *h = xmalloc(bytes);
    const char **cells = (const char **)(void *)(h + 1);
    char *to = (char *)(cells + l->n_columns);
    h->row = *r;
    h->row.cells = cells;
    h->row.key = to;
    to = stpcpy(to, r->key) + 1;
    for (size_t i = 0; i < l->n_columns; i++) {
        cells[i] = r->cells[i] ? to : NULL;
        if (r->cells[i])
            to = stpcpy(to, r->cells[i]) + 1;
    }
    return h;
}

static void drop_rows(struct list *l, size_t from, size_t n)
{
    if (n == 0)
        return;
    for (size_t i = from; i < from + n; i++)
        free(l->rows[i]);
    memmove(l->rows + from, l->rows + from + n, (l->n - from - n) * sizeof(struct held *));
    l->n -= n;
}

static void insert_rows(struct list *l, size_t at, const struct list_page *p)
{
    if (l->n + p->n > l->cap) {
        l->cap = (l->n + p->n) * 2;
        l->rows = xrealloc(l->rows, l->cap * sizeof *l->rows);
    }
    if (p->n == 0)
        return;
    memmove(l->rows + at + p->n, l->rows + at, (l->n - at) * sizeof(struct held *));
    for (size_t i = 0; i < p->n; i++)
        l->rows[at + i] = hold(l, &p->rows[i]);
    l->n += p->n;
}

struct list *list_new(const struct list_column *columns, size_t n, struct list_source source)
{
    struct list *l = xcalloc(1, sizeof *l);
    l->n_columns = n < LIST_COLUMNS ? n : LIST_COLUMNS;
    memcpy(l->columns, columns, l->n_columns * sizeof *columns);
    for (size_t i = 0; i < l->n_columns; i++)
        l->chosen[i] = true;
    l->source = source;
    l->header = true;
    l->first = l->total = -1;
    return l;
}

void list_free(struct list *l)
{
    if (!l)
        return;
    drop_rows(l, 0, l->n);
    list_unmark_all(l);
    free(l->marked);
    free(l->rows);
    free(l->sort);
    free(l->empty);
    free(l->problem);
    free(l);
}

size_t list_page_rows(const struct list *l)
{
    int rows = l->area.h - (l->header ? 2 : 0);
    return l->area.h == 0 ? ROWS_UNKNOWN : rows > 0 ? (size_t)rows : 1;
}

/* Asks the source; what went wrong is kept for list_problem. */
static bool fetch(struct list *l, enum list_from from, const char *anchor, size_t want,
                  struct list_page *p, struct err *e)
{
    struct err own = {0};
    if (!e)
        e = &own;
    free(l->problem);
    l->problem = NULL;
    p->first = p->total = -1;
    if (l->source.fetch(l->source.ctx, from, anchor, want, p, e))
        return true;
    l->problem = xstrdup(e->text);
    return false;
}

static void take_total(struct list *l, const struct list_page *p)
{
    if (p->total < 0)
        return;
    l->total = p->total;
    l->total_more = p->total_more;
}

/* A wholly new window. */
static bool replace(struct list *l, enum list_from from, const char *anchor, size_t want,
                    struct err *e)
{
    ARENA a = {0};
    struct list_page p = {.arena = &a};
    if (!fetch(l, from, anchor, want, &p, e))
        return false;
    drop_rows(l, 0, l->n);
    insert_rows(l, 0, &p);
    l->more_before = p.more_before;
    l->more_after = p.more_after;
    l->total = -1;
    l->total_more = false;
    take_total(l, &p);
    l->first = p.first;
    if (l->first < 0 && !l->more_before)
        l->first = 0;
    if (l->first < 0 && !l->more_after && l->total >= 0 && !l->total_more)
        l->first = l->total - (long)l->n;
    l->filled_once = true;
    return true;
}

static bool read_after(struct list *l)
{
    ARENA a = {0};
    struct list_page p = {.arena = &a};
    if (!l->more_after || l->n == 0 ||
        !fetch(l, LIST_AFTER, l->rows[l->n - 1]->row.key, list_page_rows(l), &p, NULL))
        return false;
    insert_rows(l, l->n, &p);
    l->more_after = p.n > 0 && p.more_after;
    take_total(l, &p);
    size_t page = list_page_rows(l), far = l->top > 2 * page ? l->top - page : 0;
    if (far > 0 && l->at >= far) {
        drop_rows(l, 0, far);
        l->top -= far;
        l->at -= far;
        l->first += l->first >= 0 ? (long)far : 0;
        l->more_before = true;
        l->drawn_at = SIZE_MAX;
    }
    return p.n > 0;
}

static bool read_before(struct list *l)
{
    ARENA a = {0};
    struct list_page p = {.arena = &a};
    if (!l->more_before || l->n == 0 ||
        !fetch(l, LIST_BEFORE, l->rows[0]->row.key, list_page_rows(l), &p, NULL))
        return false;
    insert_rows(l, 0, &p);
    l->more_before = p.n > 0 && p.more_before;
    l->top += p.n;
    l->at += p.n;
    l->drawn_at = SIZE_MAX;
    if (!l->more_before)
        l->first = 0;
    else if (l->first >= 0)
        l->first -= (long)p.n;
    size_t page = list_page_rows(l), keep = l->top + 3 * page;
    if (l->n > keep && l->at < keep) {
        drop_rows(l, keep, l->n - keep);
        l->more_after = true;
    }
    return p.n > 0;
}

/* The nearest row that can be selected, first in the direction of the move. */
static size_t selectable(struct list *l, size_t at, int direction)
{
    for (size_t i = at; i < l->n; i += (size_t)(long)direction)
        if (!l->rows[i]->row.heading)
            return i;
    for (size_t i = at; i < l->n; i -= (size_t)(long)direction)
        if (!l->rows[i]->row.heading)
            return i;
    return at;
}

void list_fill(struct list *l)
{
    size_t page = list_page_rows(l);
    while (l->n < l->top + page && read_after(l))
        ;
    while (l->n < page && l->more_before && read_before(l))
        ;
    if (l->n < l->top + page)
        l->top = l->n > page ? l->n - page : 0;
    if (l->at >= l->top + page)
        l->top = l->at - page + 1;
}

static bool find_key(const struct list *l, const char *key, size_t *ret)
{
    for (size_t i = 0; key && i < l->n; i++)
        if (str_eq(l->rows[i]->row.key, key)) {
            *ret = i;
            return true;
        }
    return false;
}

bool list_load(struct list *l, bool keep, struct err *e)
{
    AUTOFREE char *key = keep ? xstrdup(list_key(l)) : NULL;
    size_t page = list_page_rows(l), offset = l->at - l->top, at;
    bool start = !key || (!l->more_before && l->at < page);
    if (!replace(l, start ? LIST_HEAD : LIST_AROUND, start ? NULL : key, start ? page : 2 * page,
                 e))
        return false;
    if (start && key && !find_key(l, key, &at) && l->more_after &&
        !replace(l, LIST_AROUND, key, 2 * page, e))
        return false;
    bool found = find_key(l, key, &at);
    l->at = found ? at : 0;
    l->top = found && l->at > offset ? l->at - offset : 0;
    l->at = l->n ? selectable(l, l->at, 1) : 0;
    list_fill(l);
    return true;
}

bool list_select(struct list *l, const char *key, struct err *e)
{
    size_t at, page = list_page_rows(l);
    if (!find_key(l, key, &at)) {
        if (!replace(l, LIST_AROUND, key, 2 * page, e))
            return false;
        if (!find_key(l, key, &at))
            at = 0;
        l->top = at > page / 2 ? at - page / 2 : 0;
    }
    l->at = l->n ? selectable(l, at, 1) : 0;
    if (l->at < l->top)
        l->top = l->at;
    list_fill(l);
    return true;
}

const struct list_row *list_current(const struct list *l)
{
    return l->at < l->n && !l->rows[l->at]->row.heading ? &l->rows[l->at]->row : NULL;
}

const char *list_key(const struct list *l)
{
    const struct list_row *r = list_current(l);
    return r ? r->key : NULL;
}

long list_index(const struct list *l)
{
    return l->n > 0 && l->first >= 0 ? l->first + (long)l->at : -1;
}

size_t list_shown(const struct list *l)
{
    size_t page = list_page_rows(l), left = l->n - l->top;
    return left < page ? left : page;
}

/* Selects at + by, reading on as far as needed. A row that leaves the page turns half a page, so
 * that a walk down a long list repaints seldom. */
static void move_by(struct list *l, long by)
{
    size_t page = list_page_rows(l);
    while (by > 0 && l->at + (size_t)by >= l->n && read_after(l))
        ;
    while (by < 0 && l->at < (size_t)-by && read_before(l))
        ;
    long to = (long)l->at + by, last = (long)l->n - 1;
    to = to < 0 ? 0 : to > last ? last : to;
    l->at = selectable(l, (size_t)to, by > 0 ? 1 : -1);
    if (l->at < l->top) {
        size_t up = l->at + 1 > page / 2 ? l->at + 1 - page / 2 : 0;
        l->top = up < l->at ? up : l->at;
        if (l->at == 0 || selectable(l, 0, 1) == l->at)
            l->top = 0;
    }
    if (l->at >= l->top + page)
        l->top = l->at + 1 - page + page / 2 < l->at ? l->at + 1 - page + page / 2 : l->at;
    list_fill(l);
}

static void page_by(struct list *l, int direction)
{
    size_t page = list_page_rows(l), offset = l->at - l->top;
    if (direction > 0) {
        while (l->top + 2 * page > l->n && read_after(l))
            ;
        size_t end = l->n > page ? l->n - page : 0;
        bool last = l->top >= end;
        l->top = l->top + page < end ? l->top + page : end;
        l->at = last ? l->n - 1 : l->top + offset;
    } else {
        while (l->top < page && read_before(l))
            ;
        bool first = l->top == 0;
        l->top = l->top > page ? l->top - page : 0;
        l->at = first ? 0 : l->top + offset;
    }
    if (l->at >= l->n)
        l->at = l->n - 1;
    l->at = selectable(l, l->at, direction);
    list_fill(l);
}

static void to_end(struct list *l, bool last)
{
    size_t page = list_page_rows(l);
    if (last ? l->more_after : l->more_before)
        if (!replace(l, last ? LIST_TAIL : LIST_HEAD, NULL, page, NULL))
            return;
    l->drawn_at = SIZE_MAX;
    if (l->n == 0)
        return;
    l->at = selectable(l, last ? l->n - 1 : 0, last ? -1 : 1);
    if (!last)
        l->top = 0;
    else if (l->n > page && l->at >= l->top + page)
        l->top = l->n - page;
    list_fill(l);
}

enum reply list_act(struct list *l, enum action a)
{
    AUTOFREE char *top = l->n ? xstrdup(l->rows[l->top]->row.key) : NULL;
    if (l->n == 0)
        return a == ACT_UP || a == ACT_DOWN || a == ACT_PAGE_UP || a == ACT_PAGE_DOWN ? UI_MOVED
                                                                                      : UI_PASS;
    switch (a) {
    case ACT_UP:
        move_by(l, -1);
        break;
    case ACT_DOWN:
        move_by(l, 1);
        break;
    case ACT_PAGE_UP:
        page_by(l, -1);
        break;
    case ACT_PAGE_DOWN:
        page_by(l, 1);
        break;
    case ACT_FIRST:
    case ACT_LAST:
        to_end(l, a == ACT_LAST);
        break;
    case ACT_MARK:
        list_toggle_mark(l);
        move_by(l, 1);
        return UI_DONE;
    default:
        return UI_PASS;
    }
    bool same =
        l->drawn_at != SIZE_MAX && l->n && str_eq(top, l->rows[l->top]->row.key) && !l->problem;
    return same ? UI_MOVED : UI_DONE;
}
