/* The editor's memory: what each step removed and added, so that all can be taken back and done
 * again. */
#include "edit_inner.h"

#include <stdlib.h>
#include <string.h>

#define MEMORY_MAX ((size_t)8 * 1024 * 1024) /* then the oldest steps are forgotten */

struct edit_step {
    size_t at;
    struct str removed, added;
    size_t cursor; /* before the step */
};

static void step_done(struct edit *ed, struct edit_step *s)
{
    ed->steps_bytes -= s->removed.len + s->added.len;
    str_done(&s->removed);
    str_done(&s->added);
}

void edit_forget_steps(struct edit *ed)
{
    for (size_t i = 0; i < ed->n_steps; i++)
        step_done(ed, &ed->steps[i]);
    ed->n_steps = ed->at_step = 0;
    ed->joined = false;
}

static void forget_redo(struct edit *ed)
{
    while (ed->n_steps > ed->at_step)
        step_done(ed, &ed->steps[--ed->n_steps]);
}

static void forget_oldest(struct edit *ed)
{
    while (ed->steps_bytes > MEMORY_MAX && ed->n_steps > 1) {
        step_done(ed, &ed->steps[0]);
        memmove(ed->steps, ed->steps + 1, --ed->n_steps * sizeof *ed->steps);
        ed->at_step--;
    }
}

/* Typing on, or rubbing out on: the last step grows. */
static bool grow_last(struct edit *ed, size_t at, size_t n_removed, const char *added,
                      size_t n_added)
{
    if (!ed->joined || ed->at_step == 0 || ed->at_step != ed->n_steps)
        return false;
    struct edit_step *s = &ed->steps[ed->at_step - 1];
    const char *gone = str_text(&ed->text) + at;
    if (n_removed == 0 && s->removed.len == 0 && at == s->at + s->added.len) {
        str_addn(&s->added, added, n_added);
    } else if (n_added == 0 && s->added.len == 0 && at + n_removed == s->at) {
        STR whole = {0};
        str_addn(&whole, gone, n_removed);
        str_addn(&whole, str_text(&s->removed), s->removed.len);
        str_clear(&s->removed);
        str_addn(&s->removed, whole.p, whole.len);
        s->at = at;
    } else if (n_added == 0 && s->added.len == 0 && at == s->at) {
        str_addn(&s->removed, gone, n_removed);
    } else {
        return false;
    }
    ed->steps_bytes += n_added + n_removed;
    return true;
}

void edit_remember(struct edit *ed, size_t at, size_t n_removed, const char *added, size_t n_added,
                   bool join)
{
    forget_redo(ed);
    if (join && grow_last(ed, at, n_removed, added, n_added))
        return;
    if (ed->n_steps == ed->cap_steps) {
        ed->cap_steps = ed->cap_steps ? ed->cap_steps * 2 : 8;
        ed->steps = xrealloc(ed->steps, ed->cap_steps * sizeof *ed->steps);
    }
    struct edit_step s = {.at = at, .cursor = ed->cursor};
    str_addn(&s.removed, str_text(&ed->text) + at, n_removed);
    str_addn(&s.added, added, n_added);
    ed->steps[ed->n_steps++] = s;
    ed->at_step = ed->n_steps;
    ed->steps_bytes += n_removed + n_added;
    ed->joined = true;
    forget_oldest(ed);
}

enum edit_answer edit_undo(struct edit *ed)
{
    if (ed->at_step == 0)
        return EDIT_NOTHING;
    const struct edit_step *s = &ed->steps[--ed->at_step];
    edit_splice(ed, s->at, s->added.len, str_text(&s->removed), s->removed.len);
    ed->cursor = s->cursor;
    ed->joined = false;
    return EDIT_CHANGED;
}

enum edit_answer edit_redo(struct edit *ed)
{
    if (ed->at_step == ed->n_steps)
        return EDIT_NOTHING;
    const struct edit_step *s = &ed->steps[ed->at_step++];
    edit_splice(ed, s->at, s->removed.len, str_text(&s->added), s->added.len);
    ed->cursor = edit_boundary(ed, s->at + s->added.len);
    ed->joined = false;
    return EDIT_CHANGED;
}

size_t edit_undo_depth(const struct edit *ed)
{
    return ed->at_step;
}
