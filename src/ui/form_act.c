/* What each action does in a form. */
#include "form_inner.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

/* An editor's answer as the loop's, with a word where something did not go in. */
static enum reply answer(struct form *f, enum edit_answer said, size_t depth)
{
    size_t max = f->fields[f->focus].max_chars;
    bool had_problem = f->boxes[f->focus].problem;
    switch (said) {
    case EDIT_NOTHING:
    case EDIT_MOVED:
        return UI_MOVED;
    case EDIT_FULL:
        form_note_set(f, _("This field takes at most %zu characters. The rest was left out."), max);
        break;
    case EDIT_CLEANED:
        form_note_set(f, "%s",
                      _("Characters that cannot be stored (such as control signs) were left out."));
        break;
    case EDIT_CHANGED:
        break;
    }
    form_edited(f, f->focus, depth);
    return said == EDIT_CHANGED && !had_problem ? UI_MOVED : UI_DONE;
}

/* Another field has the focus: only a cursor that moves, unless leaving changed something. */
static enum reply moved(struct form *f, unsigned version, int scroll, size_t page, bool had_problem,
                        size_t from)
{
    const struct box *b = from < f->n ? &f->boxes[from] : NULL;
    bool same = scroll == f->scroll && page == f->page && !f->note && b &&
                b->ed.version == version && had_problem == (b->problem != NULL) &&
                f->fields[from].type != FORM_NOTE && b->ed.scroll == 0;
    return same ? UI_MOVED : UI_DONE;
}

static enum reply go(struct form *f, enum action a)
{
    size_t from = f->focus, page = f->page;
    const struct box *b = from < f->n ? &f->boxes[from] : NULL;
    unsigned version = b ? b->ed.version : 0;
    bool had_problem = b && b->problem;
    int scroll = f->scroll;
    form_note_set(f, NULL);
    if (a == ACT_NEXT_PROBLEM)
        form_next_problem(f);
    else if (a == ACT_PAGE_DOWN || a == ACT_PAGE_UP)
        form_turn(f, a == ACT_PAGE_DOWN ? 1 : -1);
    else
        form_step(f, a == ACT_NEXT_FIELD || a == ACT_DOWN || a == ACT_OPEN ? 1 : -1);
    return moved(f, version, scroll, page, had_problem, from);
}

static int text_cols_of(const struct form *f)
{
    return f->fields[f->focus].type == FORM_NOTE ? f->boxes[f->focus].w - 2 : 0;
}

static enum reply act_typed(struct form *f, enum action a, const char *utf8)
{
    struct edit *ed = &f->boxes[f->focus].ed;
    size_t depth = edit_undo_depth(ed);
    bool note = f->fields[f->focus].type == FORM_NOTE;
    int cols = text_cols_of(f);
    enum edit_answer said;
    switch (a) {
    case ACT_TEXT:
        return answer(f, edit_insert(ed, utf8, strlen(utf8)), depth);
    case ACT_PASTE:
        return answer(f, edit_paste(ed, utf8, strlen(utf8)), depth);
    case ACT_BACKSPACE:
        return answer(f, edit_backspace(ed), depth);
    case ACT_DELETE:
        return answer(f, edit_delete(ed), depth);
    case ACT_OPEN:
        return note ? answer(f, edit_newline(ed), depth) : go(f, a);
    case ACT_LEFT:
        return answer(f, edit_left(ed), depth);
    case ACT_RIGHT:
        return answer(f, edit_right(ed), depth);
    case ACT_FIRST:
        return answer(f, edit_home(ed, cols), depth);
    case ACT_LAST:
        return answer(f, edit_end(ed, cols), depth);
    case ACT_UP:
    case ACT_DOWN:
        said = !note ? EDIT_NOTHING : a == ACT_UP ? edit_up(ed, cols) : edit_down(ed, cols);
        return said == EDIT_NOTHING ? go(f, a) : answer(f, said, depth);
    default:
        return UI_PASS;
    }
}

static void toggle_bool(struct form *f)
{
    bool on = str_eq(edit_text(&f->boxes[f->focus].ed), "true");
    form_set_text(f, f->focus, on ? "false" : "true");
}

static enum reply act_bool(struct form *f, enum action a, const char *utf8)
{
    switch (a) {
    case ACT_TEXT:
        if (str_eq(utf8, " "))
            toggle_bool(f);
        else if (str_eq(utf8, "x") || str_eq(utf8, "X"))
            form_set_text(f, f->focus, "true");
        return UI_DONE;
    case ACT_BACKSPACE:
    case ACT_DELETE:
        form_set_text(f, f->focus, "");
        return UI_DONE;
    case ACT_OPEN:
    case ACT_UP:
    case ACT_DOWN:
        return go(f, a);
    default:
        return UI_PASS;
    }
}

/* Steps through the options; letters go to the next that begins so. */
static void radio_step(struct form *f, int direction, const char *letter)
{
    const struct form_field *fd = &f->fields[f->focus];
    const struct form_option *now = value_option(fd, edit_text(&f->boxes[f->focus].ed));
    size_t n = fd->n_options, at = now ? (size_t)(now - fd->options) : direction > 0 ? n - 1 : 0;
    for (size_t tried = 0; n > 0 && tried < n; tried++) {
        at = (at + (direction > 0 ? 1 : n - 1)) % n;
        AUTOFREE char *label = text_fold(fd->options[at].label);
        AUTOFREE char *wanted = letter ? text_fold(letter) : NULL;
        if (wanted && (str_empty(wanted) || !str_starts(label, wanted)))
            continue;
        form_set_text(f, f->focus, fd->options[at].code);
        return;
    }
}

static enum reply act_radio(struct form *f, enum action a, const char *utf8)
{
    switch (a) {
    case ACT_TEXT:
        radio_step(f, 1, str_eq(utf8, " ") ? NULL : utf8);
        return UI_DONE;
    case ACT_LEFT:
    case ACT_RIGHT:
        radio_step(f, a == ACT_RIGHT ? 1 : -1, NULL);
        return UI_DONE;
    case ACT_BACKSPACE:
    case ACT_DELETE:
        form_set_text(f, f->focus, "");
        return UI_DONE;
    case ACT_OPEN:
    case ACT_UP:
    case ACT_DOWN:
        return go(f, a);
    default:
        return UI_PASS;
    }
}

/* Of several records the last one goes; true: there is another before it. */
static bool without_last(struct form *f)
{
    const char *value = edit_text(&f->boxes[f->focus].ed), *comma = strrchr(value, ',');
    if (f->fields[f->focus].type != FORM_REFERENCES || !comma)
        return false;
    AUTOFREE char *rest = xstrndup(value, (size_t)(comma - value));
    form_set_text(f, f->focus, rest);
    return true;
}

static enum reply act_choice(struct form *f, enum action a, const char *utf8)
{
    switch (a) {
    case ACT_TEXT:
    case ACT_PASTE:
        popup_open(f, str_eq(utf8, " ") ? "" : utf8);
        return UI_DONE;
    case ACT_OPEN:
        popup_open(f, "");
        return UI_DONE;
    case ACT_BACKSPACE:
    case ACT_DELETE:
        form_set_unchosen(f, f->focus, NULL);
        if (a == ACT_DELETE || !without_last(f))
            form_set_text(f, f->focus, "");
        return UI_DONE;
    case ACT_UP:
    case ACT_DOWN:
        return go(f, a);
    default:
        return UI_PASS;
    }
}

static enum reply today(struct form *f)
{
    enum form_type t = f->fields[f->focus].type;
    char text[INSTANT_TEXT];
    if (t == FORM_TIME) {
        instant now = clock_now();
        instant_text(now - now % 60, text);
    } else if (t == FORM_DATE || t == FORM_PDATE) {
        date_text(date_today(), text);
    } else {
        form_note_set(f, "%s", _("Ctrl-T writes today in a field for a date."));
        return UI_DONE;
    }
    form_put(f, f->focus, text, NULL);
    return UI_DONE;
}

/* Back or forth in the order in which things were done, whatever field they were done in. */
static enum reply travel(struct form *f, bool back)
{
    while (back ? f->at_journal > 0 : f->at_journal < f->n_journal) {
        size_t field = back ? f->journal[--f->at_journal] : f->journal[f->at_journal++];
        struct edit *ed = &f->boxes[field].ed;
        if ((back ? edit_undo(ed) : edit_redo(ed)) != EDIT_CHANGED)
            continue;
        form_edited(f, field, SIZE_MAX);
        if (form_can_focus(f, field) && field != f->focus) {
            f->focus = field; /* not by form_focus: leaving would make a step of its own */
            f->page = f->fields[field].page;
        }
        form_layout(f);
        form_scroll_to_focus(f);
        return UI_DONE;
    }
    form_note_set(f, "%s",
                  back ? _("There is nothing more to undo.") : _("There is nothing to redo."));
    return UI_DONE;
}

static enum reply revert(struct form *f)
{
    struct box *b = &f->boxes[f->focus];
    AUTOFREE char *text = value_to_text(&f->fields[f->focus], b->stored);
    form_set_unchosen(f, f->focus, NULL);
    form_set_text(f, f->focus, text);
    form_set_problem(f, f->focus, NULL);
    return UI_DONE;
}

static enum reply act_reading(struct form *f, enum action a)
{
    switch (a) {
    case ACT_UP:
    case ACT_DOWN:
    case ACT_NEXT_FIELD:
    case ACT_PREV_FIELD:
    case ACT_PAGE_UP:
    case ACT_PAGE_DOWN:
        return go(f, a);
    default:
        return UI_PASS;
    }
}

static enum reply act_field(struct form *f, enum action a, const char *utf8)
{
    const struct form_field *fd = &f->fields[f->focus];
    if (value_is_typed(fd))
        return act_typed(f, a, utf8);
    if (fd->type == FORM_BOOL)
        return act_bool(f, a, utf8);
    return form_radio_fits(f, f->focus) ? act_radio(f, a, utf8) : act_choice(f, a, utf8);
}

enum reply form_act(struct form *f, enum action a, const char *utf8)
{
    if (f->focus >= f->n || f->reading)
        return act_reading(f, a);
    if (f->popup.open) {
        enum reply r = popup_act(f, a, utf8);
        if (r != UI_PASS)
            return r;
    }
    bool had_note = f->note;
    if (a != ACT_BACK && a != ACT_SAVE)
        form_note_set(f, NULL);
    switch (a) {
    case ACT_NEXT_FIELD:
    case ACT_PREV_FIELD:
    case ACT_PAGE_UP:
    case ACT_PAGE_DOWN:
    case ACT_NEXT_PROBLEM:
        return go(f, a);
    case ACT_UNDO:
    case ACT_REDO:
        return travel(f, a == ACT_UNDO);
    case ACT_REVERT:
        return revert(f);
    case ACT_TODAY:
        return today(f);
    default:
        break;
    }
    enum reply r = act_field(f, a, utf8);
    return r == UI_MOVED && had_note ? UI_DONE : r;
}
