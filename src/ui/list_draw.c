/* A list on the screen: header, rule, rows; the selection is a marker with the cursor on it. */
#include "list_inner.h"

#include "treben/base/lang.h"

#include <stdint.h>
#include <stdlib.h>

#define TEXT_X 3 /* blank, marker, mark; then the columns */

static int first_row(const struct list *l)
{
    return l->area.y + (l->header ? 2 : 0);
}

static void draw_header(const struct list *l)
{
    int y = l->area.y, x = l->area.x + TEXT_X;
    draw_text(y, l->area.x, l->area.w, LOOK_NORMAL, "");
    for (size_t i = 0; i < l->n_places; i++) {
        const struct list_place *p = &l->places[i];
        const struct list_column *c = &l->columns[p->column];
        bool sorted = l->sort && str_eq(l->sort, c->name);
        AUTOFREE char *label =
            sorted ? xprintf("%s %s", c->label, l->descending ? "↓" : "↑") : NULL;
        (c->right ? draw_right : draw_text)(y, x + p->x, p->w, LOOK_NORMAL,
                                            label ? label : c->label);
    }
    draw_text(y + 1, l->area.x, 1, LOOK_NORMAL, "");
    draw_rule(y + 1, l->area.x + 1, l->area.w - 2);
    draw_text(y + 1, l->area.x + l->area.w - 1, 1, LOOK_NORMAL, "");
}

static void draw_heading(const struct list *l, int y, const struct list_row *r)
{
    const char *right = l->n_columns > 1 ? r->cells[1] : NULL;
    int half = right ? l->area.w / 3 : 0;
    draw_text(y, l->area.x, 1, LOOK_NORMAL, "");
    draw_text(y, l->area.x + 1, l->area.w - 2 - half, LOOK_BOLD, r->cells[0]);
    if (right)
        draw_right(y, l->area.x + l->area.w - 1 - half, half, LOOK_NORMAL, right);
}

static void draw_row(const struct list *l, size_t i, bool focused)
{
    int y = first_row(l) + (int)(i - l->top), x = l->area.x;
    const struct list_row *r = &l->rows[i]->row;
    bool selected = i == l->at && !r->heading;
    draw_text(y, x, l->area.w, LOOK_NORMAL, "");
    if (r->heading) {
        draw_heading(l, y, r);
        return;
    }
    enum look look = selected && l->reverse && focused ? LOOK_REVERSE : r->look;
    if (look == LOOK_REVERSE)
        draw_text(y, x + TEXT_X, l->area.w - TEXT_X, look, "");
    draw_text(y, x + 1, 1, LOOK_NORMAL, selected ? ">" : "");
    draw_text(y, x + 2, 1, LOOK_NORMAL, list_marked(l, r->key) ? "*" : "");
    for (size_t c = 0; c < l->n_places; c++) {
        const struct list_place *p = &l->places[c];
        const char *cell = r->cells[p->column];
        bool right = l->columns[p->column].right;
        (right ? draw_right : draw_text)(y, x + TEXT_X + p->x, p->w, look, cell ? cell : "–");
    }
}

static void set_cursor(const struct list *l, bool focused)
{
    if (focused)
        draw_cursor(first_row(l) + (int)(l->at - l->top), l->area.x + 1);
}

void list_draw(struct list *l, bool focused)
{
    if (l->header)
        draw_header(l);
    if (l->filled_once)
        list_fill(l);
    struct rect body = {
        .y = first_row(l), .x = l->area.x, .h = (int)list_page_rows(l), .w = l->area.w};
    size_t shown = list_shown(l);
    for (size_t i = 0; i < shown; i++)
        draw_row(l, l->top + i, focused);
    draw_blank((struct rect){
        .y = body.y + (int)shown, .x = body.x, .h = body.h - (int)shown, .w = body.w});
    if (l->n == 0) {
        const char *why = l->problem ? l->problem
                          : l->empty ? l->empty
                                     : _("There is nothing here.");
        struct rect text = {
            .y = body.y, .x = body.x + TEXT_X, .h = body.h, .w = body.w - TEXT_X - 1};
        draw_wrapped(text, LOOK_NORMAL, why);
    }
    set_cursor(l, focused);
    l->drawn_at = l->n ? l->at : SIZE_MAX;
}

void list_draw_move(struct list *l, bool focused)
{
    if (l->n == 0)
        return;
    size_t before = l->drawn_at;
    bool shows = before != SIZE_MAX && before >= l->top && before < l->top + list_shown(l);
    if (!shows) {
        list_draw(l, focused);
        return;
    }
    if (l->reverse) {
        draw_row(l, before, focused);
        draw_row(l, l->at, focused);
    } else {
        draw_text(first_row(l) + (int)(before - l->top), l->area.x + 1, 1, LOOK_NORMAL, "");
        draw_text(first_row(l) + (int)(l->at - l->top), l->area.x + 1, 1, LOOK_NORMAL, ">");
    }
    set_cursor(l, focused);
    l->drawn_at = l->at;
}
