/* Dialogs with a text: to read, to confirm by a word, to answer with a line or a note. */
#include "treben/ui/dialog.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

enum kind { KIND_MESSAGE, KIND_CONFIRM, KIND_ASK };

struct dialog_arg {
    enum kind kind;
    const char *title, *text, *label, *word, *initial;
    size_t max_chars;
    bool required, note, secret;
};

struct dialog {
    enum kind kind;
    char *title, *text, *label, *word;
    bool required, note, secret;
    struct edit ed;
    struct rect box;
    int text_rows, scroll;
};

static struct dialog *self(struct screen *s)
{
    return STATE(struct dialog, s);
}

static bool dialog_open(struct screen *s, const void *arg, struct err *e)
{
    const struct dialog_arg *a = arg;
    struct dialog *d = self(s);
    (void)e;
    d->kind = a->kind;
    d->title = xstrdup(a->title);
    d->text = xstrdup(a->text ? a->text : "");
    d->label = xstrdup(a->label);
    d->word = xstrdup(a->word);
    d->required = a->required;
    d->note = a->note;
    d->secret = a->secret;
    edit_init(&d->ed, a->note, a->max_chars);
    edit_set(&d->ed, a->initial ? a->initial : "");
    s->writing = a->kind != KIND_MESSAGE;
    return true;
}

static void dialog_done(struct screen *s)
{
    struct dialog *d = self(s);
    free(d->title);
    free(d->text);
    free(d->label);
    free(d->word);
    edit_done(&d->ed);
}

static int input_rows(const struct dialog *d)
{
    return d->kind == KIND_MESSAGE
               ? 0
               : (d->label || d->kind == KIND_CONFIRM ? 2 : 1) + (d->note ? 8 : 1);
}

static void dialog_layout(struct screen *s)
{
    struct dialog *d = self(s);
    int w = s->area.w > 80 ? 73 : s->area.w - 11, extra = 4 + input_rows(d), max = s->area.h - 1;
    d->text_rows = d->text[0] ? draw_measure(w - 4, d->text) : 0;
    int h = d->text_rows + extra;
    d->box = (struct rect){
        .y = s->area.y + 1, .x = s->area.x + (s->area.w - w) / 2, .h = h < max ? h : max, .w = w};
}

static int shown_rows(const struct dialog *d)
{
    int rows = d->box.h - 4 - input_rows(d);
    return rows > 0 ? rows : 0;
}

/* As many dots as there are characters. */
static void draw_secret(const struct dialog *d, struct rect r)
{
    STR dots = {0};
    struct edit shown;
    int before = 0, n = 0;
    for (const char *p = edit_text(&d->ed); *p; n++) {
        before += p < edit_text(&d->ed) + d->ed.cursor;
        p += text_cluster(p, &(int){0});
        str_add(&dots, "*");
    }
    edit_init(&shown, false, 0);
    edit_set(&shown, str_text(&dots));
    shown.cursor = (size_t)before;
    draw_edit(&shown, r, true);
    edit_done(&shown);
}

static void draw_input(struct dialog *d, int y)
{
    int x = d->box.x + 2, w = d->box.w - 4;
    AUTOFREE char *ask = d->kind == KIND_CONFIRM
                             ? xprintf(_("Write %s to go on, or Esc to leave it:"), d->word)
                             : NULL;
    if (ask || d->label)
        draw_text(y++, x, w, LOOK_NORMAL, ask ? ask : d->label);
    struct rect r = {.y = y, .x = x, .h = d->note ? 8 : 1, .w = d->kind == KIND_CONFIRM ? 26 : w};
    if (d->secret)
        draw_secret(d, r);
    else
        draw_edit(&d->ed, r, true);
}

static void dialog_draw(struct screen *s)
{
    struct dialog *d = self(s);
    struct rect b = d->box;
    int rows = shown_rows(d), x = b.x + 2;
    draw_blank((struct rect){
        .y = b.y, .x = s->area.x, .h = b.h, .w = s->area.w}); /* nothing beside it to read */
    draw_box(b, d->title);
    /* the text from its scrolled row on: wrapped whole, its first rows out of sight */
    AUTOFREE char *clean = text_clean(d->text, true);
    struct edit text;
    size_t n;
    edit_init(&text, true, 0);
    edit_set(&text, clean);
    const struct edit_row *lines = edit_rows(&text, b.w - 4, &n);
    for (int i = 0; i < rows && d->scroll + i < (int)n; i++) {
        const struct edit_row *l = &lines[d->scroll + i];
        AUTOFREE char *line = xstrndup(edit_text(&text) + l->start, l->len);
        draw_text(b.y + 2 + i, x, b.w - 4, LOOK_NORMAL, line);
    }
    edit_done(&text);
    if (d->kind == KIND_MESSAGE)
        draw_cursor(b.y + 2, x);
    else
        draw_input(d, b.y + 2 + rows + (rows > 0));
}

static void dialog_draw_move(struct screen *s)
{
    struct dialog *d = self(s);
    if (d->kind == KIND_MESSAGE)
        dialog_draw(s);
    else
        draw_input(d, d->box.y + 2 + shown_rows(d) + (shown_rows(d) > 0));
}

static size_t dialog_hints(struct screen *s, struct hint *ret, size_t max)
{
    const struct dialog *d = self(s);
    size_t n = 0;
    if (max < 3)
        return 0;
    if (d->note)
        ret[n++] = (struct hint){.action = ACT_SAVE, .label = _("Go on")};
    else
        ret[n++] = (struct hint){.action = ACT_OPEN,
                                 .label = d->kind == KIND_MESSAGE ? _("Close") : _("Go on")};
    if (d->kind == KIND_MESSAGE && d->text_rows > shown_rows(d))
        ret[n++] = (struct hint){.action = ACT_PAGE_DOWN};
    ret[n++] = (struct hint){.action = ACT_BACK,
                             .label = d->kind == KIND_MESSAGE ? _("Close") : _("Leave it")};
    return n;
}

static enum reply read_on(struct dialog *d, enum action a)
{
    int rows = shown_rows(d), last = d->text_rows - rows, by = 0;
    by = a == ACT_DOWN        ? 1
         : a == ACT_UP        ? -1
         : a == ACT_PAGE_DOWN ? rows
         : a == ACT_PAGE_UP   ? -rows
                              : 0;
    if (a == ACT_OPEN)
        return UI_CLOSE;
    if (by == 0)
        return UI_PASS;
    d->scroll += by;
    d->scroll = d->scroll > last ? last : d->scroll;
    d->scroll = d->scroll < 0 ? 0 : d->scroll;
    return UI_DONE;
}

static enum reply finish(struct screen *s)
{
    struct dialog *d = self(s);
    AUTOFREE char *typed = text_fold(edit_text(&d->ed));
    AUTOFREE char *word = text_fold(d->word ? d->word : "");
    if (d->kind == KIND_CONFIRM && !str_eq(typed, word)) {
        screen_note(s, _("Write the whole word %s, or Esc to leave everything as it is."), d->word);
        return UI_DONE;
    }
    if (d->kind == KIND_ASK && d->required && str_empty(typed)) {
        screen_note(s, "%s", _("This is needed. Write it, or Esc to leave it."));
        return UI_DONE;
    }
    s->answer.yes = true;
    s->answer.text = xstrdup(edit_text(&d->ed));
    return UI_CLOSE;
}

static enum reply said(struct screen *s, enum edit_answer e)
{
    if (e == EDIT_FULL)
        screen_note(s, _("At most %zu characters. The rest was left out."), self(s)->ed.max_chars);
    else if (e == EDIT_CLEANED)
        screen_note(s, "%s",
                    _("Characters that cannot be stored (such as control signs) were left out."));
    return e == EDIT_FULL || e == EDIT_CLEANED ? UI_DONE : UI_MOVED;
}

static enum reply write_on(struct screen *s, enum action a, const char *utf8)
{
    struct dialog *d = self(s);
    struct edit *ed = &d->ed;
    int cols = d->note ? d->box.w - 6 : 0;
    switch (a) {
    case ACT_TEXT:
        return said(s, edit_insert(ed, utf8, strlen(utf8)));
    case ACT_PASTE:
        return said(s, edit_paste(ed, utf8, strlen(utf8)));
    case ACT_BACKSPACE:
        return said(s, edit_backspace(ed));
    case ACT_DELETE:
        return said(s, edit_delete(ed));
    case ACT_LEFT:
        return said(s, edit_left(ed));
    case ACT_RIGHT:
        return said(s, edit_right(ed));
    case ACT_UP:
        return said(s, edit_up(ed, cols));
    case ACT_DOWN:
        return said(s, edit_down(ed, cols));
    case ACT_FIRST:
        return said(s, edit_home(ed, cols));
    case ACT_LAST:
        return said(s, edit_end(ed, cols));
    case ACT_UNDO:
        return said(s, edit_undo(ed));
    case ACT_REDO:
        return said(s, edit_redo(ed));
    case ACT_SAVE:
        return finish(s);
    case ACT_OPEN:
        return d->note ? said(s, edit_newline(ed)) : finish(s);
    default:
        return UI_PASS;
    }
}

static enum reply dialog_act(struct screen *s, enum action a, const char *utf8)
{
    screen_note(s, NULL);
    return self(s)->kind == KIND_MESSAGE ? read_on(self(s), a) : write_on(s, a, utf8);
}

#define DIALOG                                                                                     \
    .size = sizeof(struct dialog), .popup = true, .open = dialog_open, .layout = dialog_layout,    \
    .draw = dialog_draw, .draw_move = dialog_draw_move, .hints = dialog_hints, .act = dialog_act,  \
    .done = dialog_done

static const struct screen_ops message_ops = {
    .name = "message", .purpose = N_("Something to read. Enter closes it."), DIALOG};
static const struct screen_ops confirm_ops = {
    .name = "confirm",
    .purpose = N_("Something that cannot be taken back in a moment. Nothing happens until the word "
                  "is written."),
    .careful = true,
    DIALOG};
static const struct screen_ops ask_ops = {
    .name = "ask", .purpose = N_("A question that needs a few words from you."), DIALOG};

static void push(struct ui *ui, const struct screen_ops *ops, const struct dialog_arg *a, int tag)
{
    struct err e = {0};
    if (!ui_push(ui, ops, a, tag, &e))
        ui_say_err(ui, &e);
}

void dialog_message(struct ui *ui, const char *title, const char *text, int tag)
{
    push(ui, &message_ops, &(struct dialog_arg){.kind = KIND_MESSAGE, .title = title, .text = text},
         tag);
}

void dialog_confirm(struct ui *ui, const char *title, const char *text, const char *word, int tag)
{
    const struct dialog_arg a = {
        .kind = KIND_CONFIRM, .title = title, .text = text, .word = word, .max_chars = 40};
    push(ui, &confirm_ops, &a, tag);
}

void dialog_ask(struct ui *ui, const struct dialog_ask *q, int tag)
{
    const struct dialog_arg a = {.kind = KIND_ASK,
                                 .title = q->title,
                                 .text = q->text,
                                 .label = q->label,
                                 .initial = q->initial,
                                 .max_chars = q->max_chars,
                                 .required = q->required,
                                 .note = q->note,
                                 .secret = q->secret};
    push(ui, &ask_ops, &a, tag);
}
