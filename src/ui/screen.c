/* The stack of screens, their texts, and the messages of row 23. */
#include "loop.h"

#include "terminal.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"

#include <stdlib.h>
#include <string.h>

static void set_text(char **text, const char *fmt, va_list args)
{
    free(*text);
    *text = NULL;
    if (!fmt)
        return;
    ARENA a = {0};
    *text = xstrdup(arena_vprintf(&a, fmt, args));
}

#define SET_TEXT(text)                                                                             \
    va_list args;                                                                                  \
    va_start(args, fmt);                                                                           \
    set_text(&(text), fmt, args);                                                                  \
    va_end(args)

void screen_title(struct screen *s, const char *fmt, ...)
{
    SET_TEXT(s->texts->title);
}

void screen_title_right(struct screen *s, const char *fmt, ...)
{
    SET_TEXT(s->texts->title_right);
}

void screen_note(struct screen *s, const char *fmt, ...)
{
    SET_TEXT(s->texts->note);
}

void screen_place(struct screen *s, const char *fmt, ...)
{
    SET_TEXT(s->texts->place);
}

void screen_after(struct screen *s, int ms)
{
    s->texts->timer_at = ms < 0 ? 0 : now_ms() + ms;
}

void screen_close(struct screen *s)
{
    s->texts->closing = true;
}

static void layout_one(struct screen *s)
{
    if (term_too_small())
        return;
    s->area = (struct rect){.y = 2, .x = 0, .h = term_rows() - 5, .w = term_cols()};
    if (s->ops->layout)
        s->ops->layout(s);
}

static void layout_from(struct screen *s)
{
    if (!s)
        return;
    layout_from(s->below);
    layout_one(s);
}

void stack_layout(struct ui *ui)
{
    layout_from(ui->top);
    ui->due = DUE_ALL;
}

static void free_screen(struct screen *s)
{
    if (s->ops->done)
        s->ops->done(s);
    free(s->answer.text);
    free(s->answer.marked);
    free(s->texts->title);
    free(s->texts->title_right);
    free(s->texts->note);
    free(s->texts->place);
    free(s->texts);
    free(s);
}

void stack_remove(struct ui *ui, struct screen *s, bool resume)
{
    struct screen **link = &ui->top;
    while (*link && *link != s)
        link = &(*link)->below;
    if (!*link)
        return;
    bool was_top = ui->top == s;
    *link = s->below;
    s->below = ui->closed;
    ui->closed = s;
    ui->due = DUE_ALL;
    if (resume && was_top && ui->top && ui->top->ops->resume)
        ui->top->ops->resume(ui->top, s);
}

void stack_pop(struct ui *ui)
{
    if (ui->top)
        stack_remove(ui, ui->top, true);
}

void stack_bury(struct ui *ui)
{
    for (struct screen *s = ui->top, *below; s; s = below) {
        below = s->below;
        if (s->texts->closing)
            stack_remove(ui, s, true);
    }
    while (ui->closed) {
        struct screen *s = ui->closed;
        ui->closed = s->below;
        free_screen(s);
    }
}

bool stack_may_close(struct screen *s)
{
    return !s->ops->may_close || s->ops->may_close(s);
}

bool ui_push(struct ui *ui, const struct screen_ops *ops, const void *arg, int tag, struct err *e)
{
    struct screen *s = xcalloc(1, sizeof *s + ops->size);
    s->texts = xcalloc(1, sizeof *s->texts);
    s->ops = ops;
    s->ui = ui;
    s->tag = tag;
    if (ops->open && !ops->open(s, arg, e)) {
        free(s->texts->title);
        free(s->texts->title_right);
        free(s->texts->note);
        free(s->texts->place);
        free(s->texts);
        free(s);
        return false;
    }
    s->below = ui->top;
    ui->top = s;
    layout_one(s);
    ui->due = DUE_ALL;
    return true;
}

bool ui_replace(struct ui *ui, const struct screen_ops *ops, const void *arg, int tag,
                struct err *e)
{
    struct screen *old = ui->top;
    if (!ui_push(ui, ops, arg, tag, e))
        return false;
    if (old)
        stack_remove(ui, old, false);
    return true;
}

struct screen *ui_top(struct ui *ui)
{
    return ui->top;
}

bool ui_back_to(struct ui *ui, struct screen *s)
{
    struct screen *on_stack = ui->top;
    while (on_stack && on_stack != s)
        on_stack = on_stack->below;
    if (!on_stack)
        return false;
    while (ui->top != s) {
        if (!stack_may_close(ui->top))
            return false;
        stack_remove(ui, ui->top, ui->top->below == s);
    }
    return true;
}

void ui_quit(struct ui *ui)
{
    for (struct screen *s = ui->top; s; s = s->below)
        if (!stack_may_close(s))
            return;
    ui->quit = true;
}

static void say(struct ui *ui, enum look look, const char *fmt, va_list args)
{
    set_text(&ui->message, fmt, args);
    ui->message_look = look;
    ui->n_said++;
    free(ui->last_said);
    ui->last_said = xstrdup(ui->message);
    if (ui->due == DUE_NOTHING)
        ui->due = DUE_MOVE;
}

void ui_say(struct ui *ui, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(ui, LOOK_NORMAL, fmt, args);
    va_end(args);
}

void ui_say_problem(struct ui *ui, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(ui, LOOK_ATTENTION, fmt, args);
    va_end(args);
}

void ui_say_err(struct ui *ui, const struct err *e)
{
    ui_say_problem(ui, "%s", e->text);
}

void ui_busy(struct ui *ui, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say(ui, LOOK_NORMAL, fmt, args);
    va_end(args);
    if (ui->top && !term_too_small()) {
        draw_message(ui->message, LOOK_NORMAL, ui->top->texts->place);
        term_flush();
    }
}

void ui_repaint(struct ui *ui)
{
    ui->due = DUE_ALL;
}
