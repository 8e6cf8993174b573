/* The overview of a record: all its pages, labels and values, short ones two in a row; a reference opens with Enter. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#define WIDEST 132 /* wider, label and value stand too far apart to be read as one row */

struct item {
    const char *label, *text;
    const char *target; /* id that Enter opens, or NULL */
    bool heading;       /* name of a page; never has the marker */
    bool brief;         /* fits half a row */
    int label_w;
    int y, x, w, h;     /* rows from the top of the page; set by layout */
};

struct fields {
    struct item *items;
    size_t n, at;
    int top, rows;
};

static const char *record_value(void *ctx, const char *field)
{
    return get_text_or_null(ctx, field);
}

static const char *shown_text(const struct record_screen *st, const char *name)
{
    const json_t *hidden = get_array(st->shown, "hidden");
    const char *text = get_text(get_object(st->shown, "texts"), name);
    size_t i;
    const json_t *h;
    json_array_foreach(hidden, i, h) {
        if (str_eq(json_string_value(h), name))
            return str_empty(text) ? _("hidden") : text;
    }
    return str_empty(text) ? "–" : text;
}

static void add_field(struct pane *p, const json_t *field)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct fields *f = PANE(struct fields, p);
    const char *name = get_text(field, "name");
    if (!field ||
        !condition_holds(get_text(field, "show_if"), record_value, st->values, get_array(st->desc, "fields"), true))
        return;
    struct item *it = &f->items[f->n++];
    it->label = get_text(field, "label");
    it->text = shown_text(st, name);
    if (strcmp(get_text(field, "type"), "ref") == 0)
        it->target = get_text_or_null(st->values, name);
}

/* The first page needs no heading: the tab names it. */
static bool open_fields(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct fields *f = PANE(struct fields, p);
    const json_t *fields = get_array(st->desc, "fields"), *pages = get_array(st->desc, "pages"), *page, *name;
    size_t i, j, room = 1;
    (void)e;
    json_array_foreach(pages, i, page)
        room += 1 + json_array_size(get_array(page, "fields"));
    f->items = xcalloc(room, sizeof *f->items);
    json_array_foreach(pages, i, page) {
        size_t head = f->n;
        if (i > 0)
            f->items[f->n++] = (struct item){.heading = true, .label = get_text(page, "label")};
        size_t before = f->n;
        json_array_foreach(get_array(page, "fields"), j, name)
            add_field(p, find_by(fields, "name", json_string_value(name)));
        if (f->n == before)
            f->n = head;
    }
    return true;
}

static void place_pair(struct item *left, struct item *right, int y, int w)
{
    left->y = right->y = y;
    left->h = right->h = 1;
    left->x = 1;
    right->x = 1 + w / 2;
    left->w = w / 2 - left->label_w - 4;
    right->w = w - right->x - right->label_w - 3;
}

/* The labels of one page stand in a column as wide as its widest. */
static int group_width(const struct fields *f, size_t from, size_t to)
{
    int widest = 12;
    for (size_t i = from; i < to; i++) {
        int cols = text_cols(f->items[i].label);
        widest = cols > widest ? cols : widest;
    }
    return widest < 24 ? widest : 24;
}

static void measure(struct fields *f, int w)
{
    for (size_t from = 0; from < f->n;) {
        size_t first = from + f->items[from].heading, to = first;
        while (to < f->n && !f->items[to].heading)
            to++;
        int label_w = group_width(f, first, to), half = w / 2 - label_w - 4;
        for (size_t i = from; i < to; i++) {
            struct item *it = &f->items[i];
            it->label_w = label_w;
            it->brief = !it->heading && !strchr(it->text, '\n') && text_cols(it->text) <= half;
        }
        from = to;
    }
}

/* Two short values share a row; long ones take the rows that they need. */
static int place(struct fields *f, int w, int gap)
{
    int y = 0;
    for (size_t i = 0; i < f->n; i++) {
        struct item *it = &f->items[i];
        if (it->brief && i + 1 < f->n && f->items[i + 1].brief) {
            place_pair(it, &f->items[i + 1], y++, w);
            i++;
            continue;
        }
        y += it->heading ? gap : 0;
        it->x = 1;
        it->y = y;
        it->w = w - it->label_w - 5;
        it->h = it->heading ? 1 : draw_measure(it->w, it->text);
        it->h = it->h > 0 ? it->h : 1;
        y += it->h;
    }
    return y;
}

static void layout(struct pane *p)
{
    struct fields *f = PANE(struct fields, p);
    int w = p->area.w < WIDEST ? p->area.w : WIDEST;
    measure(f, w);
    f->rows = place(f, w, 1);
    if (f->rows > p->area.h)
        f->rows = place(f, w, 0);
}

/* The focused value is in sight; of one that is taller than the page, its beginning. */
static bool scroll(struct pane *p)
{
    struct fields *f = PANE(struct fields, p);
    int was = f->top;
    const struct item *it = f->n ? &f->items[f->at] : NULL;
    if (!it)
        return false;
    if (it->y + it->h > f->top + p->area.h)
        f->top = it->y + it->h - p->area.h;
    if (it->y < f->top)
        f->top = it->y;
    return f->top != was;
}

static void draw_item(const struct pane *p, const struct fields *f, const struct item *it)
{
    int y = it->y - f->top;
    if (y < 0 || y >= p->area.h)
        return;
    struct rect r = {.y = p->area.y + y, .x = p->area.x + it->x + it->label_w + 3, .w = it->w};
    r.h = it->h < p->area.h - y ? it->h : p->area.h - y;
    if (it->heading) {
        draw_text(r.y, p->area.x + 1, p->area.w - 2, LOOK_BOLD, it->label);
        return;
    }
    draw_text(r.y, p->area.x + it->x + 1, it->label_w, LOOK_NORMAL, it->label);
    if (it->h == 1)
        draw_text(r.y, r.x, r.w, it->target ? LOOK_BOLD : LOOK_NORMAL, it->text);
    else
        (void)draw_wrapped(r, LOOK_NORMAL, it->text);
}

static void draw_marker(const struct pane *p, const struct fields *f, const char *mark)
{
    if (f->n == 0)
        return;
    const struct item *it = &f->items[f->at];
    int y = p->area.y + it->y - f->top;
    if (it->y < f->top || y >= p->area.y + p->area.h)
        return;
    draw_text(y, p->area.x + it->x - 1, 1, LOOK_NORMAL, mark);
    draw_cursor(y, p->area.x + it->x - 1);
}

static void draw(struct pane *p)
{
    struct fields *f = PANE(struct fields, p);
    (void)scroll(p);
    for (size_t i = 0; i < f->n; i++)
        draw_item(p, f, &f->items[i]);
    draw_marker(p, f, ">");
}

static void draw_move(struct pane *p)
{
    draw_marker(p, PANE(struct fields, p), ">");
}

static enum reply move(struct pane *p, size_t to)
{
    struct fields *f = PANE(struct fields, p);
    if (to < f->n && f->items[to].heading)
        to += to < f->at ? (size_t)-1 : 1; /* a heading always has fields on both sides */
    if (f->n == 0 || to == f->at || to >= f->n)
        return UI_DONE;
    draw_marker(p, f, " ");
    f->at = to;
    return scroll(p) ? UI_DONE : UI_MOVED;
}

static size_t page_from(const struct pane *p, const struct fields *f, int by)
{
    size_t at = f->at;
    int goal = f->items[at].y + by * (p->area.h > 1 ? p->area.h - 1 : 1);
    while (by > 0 && at + 1 < f->n && f->items[at].y < goal)
        at++;
    while (by < 0 && at > 0 && f->items[at].y > goal)
        at--;
    return at;
}

static enum reply act(struct pane *p, enum action a)
{
    struct fields *f = PANE(struct fields, p);
    struct err e = {0};
    if (f->n == 0)
        return UI_PASS;
    switch (a) {
    case ACT_UP:
        return move(p, f->at > 0 ? f->at - 1 : 0);
    case ACT_DOWN:
        return move(p, f->at + 1 < f->n ? f->at + 1 : f->at);
    case ACT_PAGE_UP:
        return move(p, page_from(p, f, -1));
    case ACT_PAGE_DOWN:
        return move(p, page_from(p, f, 1));
    case ACT_FIRST:
        return move(p, 0);
    case ACT_LAST:
        return move(p, f->n - 1);
    case ACT_OPEN:
        if (f->items[f->at].target && !record_open(p->s->ui, f->items[f->at].target, 0, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    default:
        return UI_PASS;
    }
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    struct fields *f = PANE(struct fields, p);
    bool any = false;
    for (size_t i = 0; i < f->n; i++)
        any = any || f->items[i].target;
    if (!any || max == 0)
        return 0;
    ret[0] = (struct hint){.action = ACT_OPEN};
    return 1;
}

static void done(struct pane *p)
{
    free(PANE(struct fields, p)->items);
}

const struct pane_ops fields_pane = {
    .size = sizeof(struct fields),
    .open = open_fields,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .hints = hints,
    .act = act,
    .done = done,
};
