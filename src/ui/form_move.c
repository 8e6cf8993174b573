/* Moving through a form: leaving a field, the next, the next page, the next problem. */
#include "form_inner.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

/* What was typed becomes what it means: "+3" a date. What cannot be read stays, with the reason
 * under it. */
void form_leave(struct form *f)
{
    if (f->focus >= f->n || f->reading)
        return;
    popup_close(f);
    const struct form_field *fd = &f->fields[f->focus];
    struct box *b = &f->boxes[f->focus];
    b->ed.joined = false;
    if (!value_is_typed(fd) || !form_can_focus(f, f->focus))
        return;
    char *value;
    struct err e;
    if (!value_from_text(fd, edit_text(&b->ed), &value, &e)) {
        form_set_problem(f, f->focus, e.text);
        return;
    }
    AUTOFREE char *text = value_to_text(fd, value);
    if (fd->type != FORM_TEXT && fd->type != FORM_NOTE)
        form_set_text(f, f->focus, text);
    free(value);
}

void form_focus(struct form *f, size_t field)
{
    if (field >= f->n || !form_can_focus(f, field))
        return;
    if (field != f->focus) {
        form_leave(f);
        form_note_set(f, NULL);
    }
    f->focus = field;
    f->page = f->fields[field].page;
    f->boxes[field].ed.scroll = f->fields[field].type == FORM_NOTE ? f->boxes[field].ed.scroll : 0;
    form_layout(f);
    form_scroll_to_focus(f);
}

static bool first_of_page(const struct form *f, size_t page, size_t *ret)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->fields[i].page == page && form_can_focus(f, i)) {
            *ret = i;
            return true;
        }
    return false;
}

void form_set_page(struct form *f, size_t page)
{
    size_t field;
    if (page != f->page)
        form_leave(f);
    f->page = page;
    f->scroll = 0;
    if (f->focus >= f->n || f->fields[f->focus].page != page || !form_can_focus(f, f->focus))
        f->focus = first_of_page(f, page, &field) ? field : NO_FIELD;
    form_layout(f);
    form_scroll_to_focus(f);
}

static size_t order(const struct form *f, size_t field)
{
    return f->fields[field].page * (f->n + 1) + field + 1;
}

/* The next field in the order of pages, round the end; by problem only if asked for. */
static size_t neighbour(const struct form *f, int direction, bool problems_only)
{
    size_t now = f->focus < f->n ? order(f, f->focus) : f->page * (f->n + 1), best = NO_FIELD,
           end = NO_FIELD;
    for (size_t i = 0; i < f->n; i++) {
        if (!form_can_focus(f, i) || (problems_only && !f->boxes[i].problem))
            continue;
        size_t at = order(f, i);
        bool ahead = direction > 0 ? at > now : at < now;
        if (ahead &&
            (best == NO_FIELD || (direction > 0 ? at < order(f, best) : at > order(f, best))))
            best = i;
        if (end == NO_FIELD || (direction > 0 ? at < order(f, end) : at > order(f, end)))
            end = i;
    }
    return best != NO_FIELD ? best : end;
}

void form_step(struct form *f, int direction)
{
    size_t to = neighbour(f, direction, false);
    if (to != NO_FIELD)
        form_focus(f, to);
}

void form_next_problem(struct form *f)
{
    size_t to = neighbour(f, 1, true);
    if (to == NO_FIELD) {
        form_note_set(f, "%s", _("There is no problem in this form."));
        return;
    }
    form_focus(f, to);
    form_note_set(f, NULL);
}

/* A page down is a view down within the page, then the next page. */
void form_turn(struct form *f, int direction)
{
    int view = f->area.h - form_tabs_rows(f), y = f->focus < f->n ? f->boxes[f->focus].y : 0;
    size_t to = NO_FIELD;
    for (size_t i = 0; i < f->n; i++) {
        const struct box *b = &f->boxes[i];
        if (b->h == 0 || !form_can_focus(f, i) || (direction > 0 ? b->y <= y : b->y >= y))
            continue;
        bool within = direction > 0 ? b->y <= y + view : b->y >= y - view;
        bool better =
            to == NO_FIELD || (direction > 0 ? b->y > f->boxes[to].y : b->y < f->boxes[to].y);
        if (within && better)
            to = i;
    }
    bool fits = f->height <= view;
    if (to != NO_FIELD && !fits) {
        form_focus(f, to);
        return;
    }
    size_t page = f->page;
    if (direction > 0 && page + 1 < f->n_pages)
        form_set_page(f, page + 1);
    else if (direction < 0 && page > 0)
        form_set_page(f, page - 1);
    else if (to != NO_FIELD)
        form_focus(f, to);
}
