/* A form on the screen. */
#include "form_inner.h"

#include "terminal.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

static int screen_y(const struct form *f, const struct box *b)
{
    return f->area.y + form_tabs_rows(f) + b->y - f->scroll;
}

/* "[Händelse]", " Personer 2 ", " Åtgärder! ". OWN: caller. */
static char *tab_text(const struct form *f, size_t page)
{
    bool wrong = false;
    for (size_t i = 0; i < f->n; i++)
        wrong |= f->fields[i].page == page && f->boxes[i].problem && form_is_visible(f, i);
    const char *note = f->tab_notes[page];
    return xprintf("%s%s%s%s%s%s", page == f->page ? "[" : " ", f->pages[page].label,
                   note ? " " : "", note ? note : "", wrong ? "!" : "",
                   page == f->page ? "]" : " ");
}

static void draw_tabs(const struct form *f)
{
    STR row = {0};
    AUTOFREE char *part = xprintf(_("part %zu of %zu"), f->page + 1, f->n_pages);
    int width = f->area.w - 2 - text_cols(part) - 2;
    for (size_t first = 0; first <= f->page;
         first++) { /* start further on until the current one fits */
        int end = 0;
        str_clear(&row);
        for (size_t i = first; i < f->n_pages; i++) {
            AUTOFREE char *tab = tab_text(f, i);
            str_add(&row, tab);
            end = i == f->page ? text_cols(row.p) : end;
        }
        if (end <= width)
            break;
    }
    draw_text(f->area.y, f->area.x, 1, LOOK_NORMAL, "");
    draw_text(f->area.y, f->area.x + 1, width, LOOK_NORMAL, str_text(&row));
    draw_right(f->area.y, f->area.x + 1 + width, f->area.w - 2 - width, LOOK_NORMAL, part);
    draw_rule(f->area.y + 1, f->area.x, f->area.w);
}

static void draw_label(const struct form *f, size_t field)
{
    const struct box *b = &f->boxes[field];
    bool star = form_shows_star(f, field);
    AUTOFREE char *label = xprintf("%s%s", f->fields[field].label, star ? " *" : "");
    struct rect r = {.y = screen_y(f, b),
                     .x = f->area.x + b->label_x,
                     .h = b->label_rows,
                     .w = b->x == FORM_FIELD_X ? FORM_FIELD_X - FORM_LABEL_X - 2
                                               : b->x - b->label_x};
    draw_wrapped(r, LOOK_NORMAL, label);
    if (!f->reading && f->any_stored && form_changed(f, field))
        draw_text(r.y, f->area.x + b->x - 1, 1, LOOK_NORMAL, "~");
}

static void draw_radio(const struct form *f, size_t field, int y, bool focused)
{
    const struct form_field *fd = &f->fields[field];
    const struct box *b = &f->boxes[field];
    int x = f->area.x + b->x, cursor = x + 1;
    for (size_t i = 0; i < fd->n_options; i++) {
        bool on = str_eq(fd->options[i].code, edit_text(&b->ed));
        int cols = 4 + text_cols(fd->options[i].label);
        cursor = on ? x + 1 : cursor;
        draw_format(y, x, cols, LOOK_NORMAL, "(%s) %s", on ? "•" : " ", fd->options[i].label);
        x += cols + 3;
    }
    if (focused)
        draw_cursor(y, cursor);
}

/* Of several records that do not fit the last ones are shown: they were chosen last. */
static const char *last_ones(const char *titles, int cols)
{
    const char *rest = titles, *next;
    while (text_cols(rest) > cols - (rest > titles ? 2 : 0) && (next = strstr(rest, "; ")))
        rest = next + 2;
    return rest;
}

/* A box whose value is chosen, not typed: "[Skottlossning   ↓]". */
static void draw_chosen(struct form *f, size_t field, int y, bool focused)
{
    const struct form_field *fd = &f->fields[field];
    struct box *b = &f->boxes[field];
    int x = f->area.x + b->x, inner = b->w - 3;
    bool searching = focused && f->popup.open;
    struct edit *query = &f->popup.query;
    if (searching && (fd->type != FORM_MULTI || query->text.len > 0)) {
        draw_edit(query, (struct rect){.y = y, .x = x, .h = 1, .w = b->w - 1}, true);
        draw_text(y, x + b->w - 2, 1, LOOK_NORMAL, "");
    } else {
        draw_text(y, x, 1, LOOK_NORMAL, "[");
        const char *all = b->unchosen ? b->unchosen : form_title(f, field);
        const char *shown = fd->type == FORM_REFERENCES ? last_ones(all, inner) : all;
        draw_format(y, x + 1, inner, LOOK_NORMAL, "%s%s", shown > all ? "… " : "", shown);
        if (focused)
            draw_cursor(y, x + 1);
    }
    draw_text(y, x + b->w - 2, 2, LOOK_NORMAL, fd->type == FORM_REFERENCE || fd->type == FORM_REFERENCES ? "»]" : "↓]");
}

static void draw_value(struct form *f, size_t field, bool focused)
{
    const struct form_field *fd = &f->fields[field];
    struct box *b = &f->boxes[field];
    int y = screen_y(f, b), x = f->area.x + b->x;
    if (f->reading || fd->read_only || b->sealed) {
        const char *text = form_title(f, field);
        draw_wrapped((struct rect){.y = y, .x = x, .h = b->h, .w = b->w}, LOOK_NORMAL,
                     *text ? text : "–");
        if (focused)
            draw_cursor(y, x);
    } else if (fd->type == FORM_BOOL) {
        draw_text(y, x, 3, LOOK_NORMAL, str_eq(edit_text(&b->ed), "true") ? "[x]" : "[ ]");
        if (focused)
            draw_cursor(y, x + 1);
    } else if (form_radio_fits(f, field)) {
        draw_radio(f, field, y, focused);
    } else if (value_is_typed(fd)) {
        draw_edit(&b->ed, (struct rect){.y = y, .x = x, .h = b->h, .w = b->w}, focused);
    } else {
        draw_chosen(f, field, y, focused);
    }
}

/* What stands behind the box: weekday and week, or what the owner of the form knows. */
static void draw_behind(const struct form *f, size_t field)
{
    const struct box *b = &f->boxes[field];
    int y = screen_y(f, b), x = f->area.x + b->x + b->w;
    AUTOFREE char *day = f->reading ? NULL : value_day(&f->fields[field], form_value(f, field));
    if (day)
        draw_text(y, x + 2, text_cols(day), LOOK_NORMAL, day);
    const char *more = f->calls.beside ? f->calls.beside(f->calls.ctx, field) : NULL;
    x += day ? 3 + text_cols(day) : 1;
    int room = f->area.x + f->area.w - 1 - x;
    if (!str_empty(more))
        draw_text(y, x, text_cols(more) < room ? text_cols(more) : room, LOOK_NORMAL, more);
}

static void draw_problem(const struct form *f, size_t field)
{
    const struct box *b = &f->boxes[field];
    if (!b->problem)
        return;
    AUTOFREE char *text = form_problem_text(f, field);
    int y = screen_y(f, b) + b->problem_y - b->y, x = f->area.x + FORM_FIELD_X;
    struct rect r = {.y = y, .x = x + 2, .h = b->problem_rows, .w = f->area.w - FORM_FIELD_X - 4};
    draw_text(y, x, 2, LOOK_ATTENTION, "! ");
    draw_wrapped(r, LOOK_NORMAL, text);
}

static void clip(const struct form *f)
{
    draw_clip(f->area.y + form_tabs_rows(f), f->area.y + f->area.h);
}

void form_draw(struct form *f, bool focused)
{
    if (f->focus < f->n && !form_can_focus(f, f->focus)) { /* a condition took it away */
        popup_close(f);
        form_set_page(f, f->page);
    }
    if (f->focus >= f->n)
        form_set_page(f, f->page);
    form_layout(f);
    form_scroll_to_focus(f);
    draw_blank(f->area);
    if (form_tabs_rows(f) > 0)
        draw_tabs(f);
    clip(f);
    for (size_t i = 0; i < f->n; i++) {
        if (f->boxes[i].h == 0)
            continue;
        draw_label(f, i);
        draw_value(f, i, focused && i == f->focus);
        draw_behind(f, i);
        draw_problem(f, i);
    }
    draw_clip(0, 0);
    if (f->popup.open)
        popup_draw(f);
}

void form_draw_move(struct form *f, bool focused)
{
    if (f->focus >= f->n || f->boxes[f->focus].h == 0 || f->popup.open) {
        form_draw(f, focused);
        return;
    }
    clip(f);
    draw_value(f, f->focus, focused);
    draw_clip(0, 0);
}
