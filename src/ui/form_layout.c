/* Where each field of the page stands. Pure arithmetic on columns and rows; draws nothing. */
#include "form_inner.h"

#include "treben/base/text.h"

#define LABEL_COLS (FORM_FIELD_X - FORM_LABEL_X - 2) /* then the mark of a change, and a blank */
#define WIDE 60
#define NOTE_ROWS 5
#define GAP 2
#define DAY_COLS 9 /* "  sön v47" behind a date */
#define SECOND_LABEL_X 42
#define SECOND_FIELD_X (SECOND_LABEL_X + FORM_FIELD_X - FORM_LABEL_X)

static int room(const struct form *f)
{
    int cols = f->area.w - FORM_FIELD_X - 2;
    return cols > 10 ? cols : 10;
}

static int inner_cols(const struct form_field *fd)
{
    if (fd->width > 0)
        return fd->width;
    switch (fd->type) {
    case FORM_TEXT:
        return fd->max_chars > 0 && fd->max_chars < WIDE - 2 ? (int)fd->max_chars : WIDE - 2;
    case FORM_NOTE:
    case FORM_REFERENCES:
        return WIDE - 2;
    case FORM_NUMBER:
        return 8;
    case FORM_BOOL:
        return 1;
    case FORM_DATE:
    case FORM_PDATE:
        return 10;
    case FORM_TIME:
        return 16;
    case FORM_CHOICE:
    case FORM_MULTI:
    case FORM_REFERENCE:
        break;
    }
    return 38;
}

static int radio_cols(const struct form_field *fd)
{
    int cols = 0;
    for (size_t i = 0; i < fd->n_options; i++)
        cols += 4 + text_cols(fd->options[i].label) + (i > 0 ? 3 : 0);
    return cols;
}

bool form_radio_fits(const struct form *f, size_t field)
{
    const struct form_field *fd = &f->fields[field];
    return fd->type == FORM_CHOICE && fd->radio && radio_cols(fd) <= room(f);
}

/* Columns of the box with its brackets, or of what stands there without one. */
static int box_cols(const struct form *f, size_t field)
{
    const struct form_field *fd = &f->fields[field];
    int cols = form_radio_fits(f, field) ? radio_cols(fd) : inner_cols(fd) + 2;
    if (f->reading || fd->read_only || f->boxes[field].sealed) {
        cols = text_cols(form_title(f, field));
        if (fd->type == FORM_NOTE || cols > room(f) || !fd->beside)
            cols = room(f);
    }
    return cols < room(f) ? cols : room(f);
}

static int box_rows(const struct form *f, size_t field, int cols)
{
    const struct form_field *fd = &f->fields[field];
    if (f->reading || fd->read_only || f->boxes[field].sealed) {
        int rows = draw_measure(cols, form_title(f, field));
        return rows > 0 ? rows : 1;
    }
    return fd->type == FORM_NOTE ? (fd->rows > 0 ? fd->rows : NOTE_ROWS) + 2 : 1;
}

static int day_cols(const struct form_field *fd)
{
    return fd->type == FORM_DATE || fd->type == FORM_PDATE || fd->type == FORM_TIME ? DAY_COLS : 0;
}

/* Puts a field behind the one before it; false if it does not fit there. */
static bool place_beside(struct form *f, size_t field, const struct box *before, int end)
{
    struct box *b = &f->boxes[field];
    int label = text_cols(f->fields[field].label) + (form_shows_star(f, field) ? 2 : 0);
    int cols = box_cols(f, field);
    if (f->fields[field].type == FORM_NOTE || before->h != 1)
        return false;
    if (end + GAP + label + 1 + cols > f->area.w)
        return false;
    /* Second columns stand under each other wherever they can. */
    bool aligned = end + GAP <= SECOND_LABEL_X && label <= LABEL_COLS && SECOND_FIELD_X + cols <= f->area.w;
    b->label_x = aligned ? SECOND_LABEL_X : end + GAP;
    b->label_rows = 1;
    b->x = aligned ? SECOND_FIELD_X : b->label_x + label + 1;
    b->y = before->y;
    b->w = cols;
    b->h = 1;
    return true;
}

static void place_alone(struct form *f, size_t field, int y)
{
    struct box *b = &f->boxes[field];
    AUTOFREE char *label =
        xprintf("%s%s", f->fields[field].label, form_shows_star(f, field) ? " *" : "");
    b->label_x = FORM_LABEL_X;
    b->label_rows = draw_measure(LABEL_COLS, label);
    b->x = FORM_FIELD_X;
    b->y = y;
    b->w = box_cols(f, field);
    b->h = box_rows(f, field, b->w);
}

/* Under a row with several fields the sentence must say which it means. */
char *form_problem_text(const struct form *f, size_t field)
{
    const char *problem = f->boxes[field].problem;
    return f->fields[field].beside ? xprintf("%s: %s", f->fields[field].label, problem)
                                   : xstrdup(problem);
}

static int problem_rows(const struct form *f, size_t field)
{
    if (!f->boxes[field].problem)
        return 0;
    AUTOFREE char *text = form_problem_text(f, field);
    return draw_measure(room(f) - 2, text);
}

/* The problems of one row's fields stand under it, one after the other; returns the row after them.
 */
static int place_problems(struct form *f, size_t from, size_t to)
{
    int y = 0;
    for (size_t i = from; i < to; i++) {
        const struct box *b = &f->boxes[i];
        int rows = b->h > b->label_rows ? b->h : b->label_rows;
        y = b->h > 0 && b->y + rows > y ? b->y + rows : y;
    }
    for (size_t i = from; i < to; i++)
        if (f->boxes[i].h > 0) {
            f->boxes[i].problem_y = y;
            y += f->boxes[i].problem_rows;
        }
    return y;
}

void form_layout(struct form *f)
{
    int y = 0, end = 0;
    size_t row = 0; /* first field of the present row */
    const struct box *before = NULL;
    for (size_t i = 0; i < f->n; i++) {
        struct box *b = &f->boxes[i];
        b->h = 0;
        if (f->fields[i].page != f->page || !form_is_visible(f, i))
            continue;
        b->problem_rows = problem_rows(f, i);
        if (!(f->fields[i].beside && before && place_beside(f, i, before, end))) {
            y = before ? place_problems(f, row, i) : 0;
            row = i;
            place_alone(f, i, y);
        }
        end = b->x + b->w + (f->reading ? 0 : day_cols(&f->fields[i]));
        before = b;
    }
    f->height = before ? place_problems(f, row, f->n) : 0;
}

int form_tabs_rows(const struct form *f)
{
    return f->n_pages > 1 && !f->tabs_hidden ? 2 : 0;
}

static int view_rows(const struct form *f)
{
    int rows = f->area.h - form_tabs_rows(f);
    return rows > 1 ? rows : 1;
}

void form_scroll_to_focus(struct form *f)
{
    int view = view_rows(f);
    if (f->focus < f->n && f->boxes[f->focus].h > 0) {
        const struct box *b = &f->boxes[f->focus];
        int bottom = b->problem_rows > 0 ? b->problem_y + b->problem_rows : b->y + b->h;
        if (bottom > f->scroll + view)
            f->scroll = bottom - view + (bottom + view / 3 < f->height ? view / 3 : 0);
        if (b->y < f->scroll)
            f->scroll = b->y > view / 3 ? b->y - view / 3 : 0;
        if (bottom > f->scroll + view) /* taller than the view: its start counts */
            f->scroll = b->h > view ? b->y : bottom - view;
    }
    if (f->scroll > f->height - view)
        f->scroll = f->height - view;
    if (f->scroll < 0)
        f->scroll = 0;
}

void form_set_area(struct form *f, struct rect r)
{
    f->area = r;
    form_layout(f);
    form_scroll_to_focus(f);
}

void form_set_reading(struct form *f, bool reading)
{
    f->reading = reading;
    form_set_page(f, f->page);
}

void form_set_tabs(struct form *f, bool shown)
{
    f->tabs_hidden = !shown;
}
