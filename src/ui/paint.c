/* From the models to the terminal: one paint is one write. */
#include "loop.h"

#include "terminal.h"
#include "treben/base/lang.h"

#include <stdlib.h>

#define HINTS_MAX 24

/* Rows 23 and 24 and the title. The title is that of the screen under the pop-ups. */
static void draw_status(struct ui *ui)
{
    struct screen *top = ui->top;
    if (top->ops->status)
        top->ops->status(top);
    const char *left = ui->message ? ui->message : top->texts->note;
    draw_message(left, ui->message ? ui->message_look : LOOK_NORMAL, top->texts->place);
}

static void draw_head(struct ui *ui, const struct screen *base)
{
    AUTOFREE char *clock = base->texts->title_right ? NULL : draw_clock(ui->user);
    draw_title(base->texts->title, clock ? clock : base->texts->title_right);
}

static void draw_foot(struct ui *ui)
{
    struct hint hints[HINTS_MAX];
    size_t n = ui->top->ops->hints ? ui->top->ops->hints(ui->top, hints, HINTS_MAX) : 0;
    draw_hints(ui->keymap, ui->top->writing, hints, n);
}

static void draw_body(struct screen *s)
{
    if (s->ops->popup && s->below)
        draw_body(s->below);
    if (s->ops->draw)
        s->ops->draw(s);
    s->texts->painted = true;
}

static void draw_too_small(void)
{
    struct rect all = {.h = term_rows(), .w = term_cols()};
    AUTOFREE char *text =
        xprintf(_("This window has %d x %d characters. Treben needs at least %d x %d: make it "
                  "larger. What you have written is kept."),
                term_cols(), term_rows(), TERM_MIN_COLS, TERM_MIN_ROWS);
    draw_wrapped(all, LOOK_NORMAL, text);
    draw_cursor(0, 0);
}

static void draw_all(struct ui *ui)
{
    term_erase();
    if (term_too_small()) {
        draw_too_small();
        return;
    }
    const struct screen *base = ui->top;
    while (base->ops->popup && base->below)
        base = base->below;
    draw_cursor(term_rows() - 1, 0);
    draw_body(ui->top);
    draw_head(ui, base);
    draw_status(ui);
    draw_foot(ui);
}

void paint(struct ui *ui)
{
    if (ui->due == DUE_NOTHING || !ui->top)
        return;
    struct screen *top = ui->top;
    bool moved = ui->due == DUE_MOVE && top->ops->draw_move && !term_too_small();
    trace_paint(ui->trace);
    if (moved) {
        top->ops->draw_move(top);
        if (ui->message)
            draw_message(ui->message, ui->message_look, top->texts->place);
        ui->late_at = now_ms() + 50;
    } else {
        draw_all(ui);
        ui->late_at = 0;
    }
    ui->due = DUE_NOTHING;
    term_flush();
    trace_painted(ui->trace);
}
