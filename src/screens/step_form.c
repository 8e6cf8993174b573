/* Taking a step: the fields it asks for, its reason, and a written word where there is no way back. */
#include "entry.h"
#include "step.h"

#include <stdlib.h>
#include <string.h>

struct step {
    struct entry en;   /* form NULL: the step asks nothing */
    char *id, *to, *label, *state, *title;
    json_int_t rev;
    bool final;
    bool reason;
};

enum { STEP_CONFIRMED = 1 };

static bool open_step(struct screen *s, const void *given, struct err *e)
{
    const struct step_arg *arg = given;
    struct step *st = STATE(struct step, s);
    const json_t *asks = get_array(arg->step, "asks");
    const char *to = get_text(arg->step, "to");
    st->reason = get_bool(arg->step, "reason");
    if ((json_array_size(asks) || st->reason) &&
        !entry_open(&st->en, session_of(s), arg->desc, arg->shown, asks ? asks : json_object_get(arg->step, "asks"),
                    st->reason, e))
        return false;
    const json_t *record = get_object(arg->shown, "record");
    st->id = xstrdup(get_text(record, "id"));
    st->rev = get_int(record, "rev");
    st->to = xstrdup(to);
    st->label = xstrdup(get_text(arg->step, "label"));
    st->state = xstrdup(get_text(find_by(get_array(arg->desc, "states"), "code", to), "label"));
    st->title = xstrdup(get_text(arg->shown, "title"));
    st->final = step_is_final(arg->desc, to);
    s->writing = true;
    screen_title(s, "%s  –  %s", st->label, st->title);
    return true;
}

static void layout(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    struct rect r = {.y = s->area.y + 3, .x = s->area.x, .h = s->area.h - 3, .w = s->area.w};
    if (st->en.form)
        form_set_area(st->en.form, r);
}

static void draw(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    struct rect r = {.y = s->area.y + 1, .x = s->area.x + 1, .h = 2, .w = s->area.w - 2};
    AUTOFREE char *text = st->final ? xprintf(_("This becomes: %s. There is no step back from it."), st->state)
                                    : xprintf(_("This becomes: %s."), st->state);
    AUTOFREE char *whole = xprintf("%s %s", text, _("Nothing is done before you press Ctrl-S."));
    (void)draw_wrapped(r, LOOK_NORMAL, st->en.form && !st->final ? whole : text);
    if (st->en.form)
        form_draw(st->en.form, true);
    else
        draw_text(s->area.y + 4, s->area.x + 1, s->area.w - 2, LOOK_NORMAL,
                  _("Nothing needs to be filled in. Ctrl-S takes the step; Esc goes back."));
}

static void draw_move(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    if (st->en.form)
        form_draw_move(st->en.form, true);
}

static void status(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    AUTOFREE char *note = st->en.form ? form_note(st->en.form) : NULL;
    screen_note(s, "%s", note ? note : "");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct step *st = STATE(struct step, s);
    size_t n = 0;
    if (st->en.form && st->en.n > 1 && n < max)
        ret[n++] = (struct hint){.action = ACT_NEXT_FIELD};
    static const enum action rest[] = {ACT_SAVE, ACT_PALETTE, ACT_HELP, ACT_BACK};
    for (size_t i = 0; i < N_OF(rest) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)rest[i], .label = rest[i] == ACT_SAVE ? st->label : NULL};
    return n;
}

static const char *reason_text(const struct step *st)
{
    size_t i = st->reason ? form_find(st->en.form, ENTRY_REASON) : SIZE_MAX;
    return i == SIZE_MAX ? "" : form_value(st->en.form, i);
}

/* What was done, and after a wrong link was corrected, whom to tell. */
static void say_done(struct screen *s, const json_t *answer)
{
    const char *message = get_text(answer, "message"), *state = STATE(struct step, s)->state;
    char now[9];
    clock_text(now);
    STR names = {0};
    size_t i;
    const json_t *name;
    json_array_foreach(get_array(answer, "seen_by"), i, name)
        str_printf(&names, "%s%s", i ? ", " : "", json_string_value(name));
    if (*message)
        ui_say(s->ui, "%s", message);
    else if (names.len)
        ui_say(s->ui, _("%s. Seen by: %s"), state, names.p);
    else
        ui_say(s->ui, _("Saved %s: %s"), now, state);
}

static bool take(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    struct session *ses = session_of(s);
    struct err e = {0};
    json_auto_t *answer = NULL;
    json_t *params = json_pack("{s:s, s:s, s:I}", "id", st->id, "to", st->to, "rev", st->rev);
    if (st->en.form)
        json_object_set_new(params, "values", entry_values(&st->en, false));
    const char *reason = reason_text(st);
    if (*reason)
        json_object_set_new(params, "reason", json_string(reason));
    if (!session_call(ses, "do", params, &answer, &e)) {
        if (st->en.form)
            entry_refused(&st->en, s->ui, &e);
        else
            tell(s->ui, &e);
        return false;
    }
    ses->changes++;
    say_done(s, answer);
    s->answer.yes = true;
    return true;
}

static enum reply save(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    if (st->en.form) {
        form_leave(st->en.form);
        if (form_check(st->en.form) > 0) {
            ui_say_problem(s->ui, "%s", _("Not done yet: something is missing above."));
            return UI_DONE;
        }
    }
    if (!st->final)
        return take(s) ? UI_CLOSE : UI_DONE;
    AUTOFREE char *text = xprintf(_("%s becomes: %s. There is no step back from it."), st->title, st->state);
    dialog_confirm(s->ui, st->label, text, st->to, STEP_CONFIRMED);
    return UI_DONE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct step *st = STATE(struct step, s);
    if (a == ACT_SAVE)
        return save(s);
    if (!st->en.form)
        return UI_PASS;
    if (a == ACT_BACK && !form_popup_open(st->en.form))
        return UI_PASS;
    enum reply r = form_act(st->en.form, a, utf8);
    if (r != UI_PASS)
        st->en.focused = form_focused(st->en.form);
    return r;
}

static void resume(struct screen *s, struct screen *closed)
{
    if (general_resume(s, closed))
        return;
    if (closed->tag == STEP_CONFIRMED && closed->answer.yes && take(s))
        (void)ui_back_to(s->ui, s->below);
}

static void done(struct screen *s)
{
    struct step *st = STATE(struct step, s);
    entry_done(&st->en);
    free(st->id);
    free(st->to);
    free(st->label);
    free(st->state);
    free(st->title);
}

const struct screen_ops step_ops = {
    .name = "step",
    .purpose = N_("A step changes the state of a record. What it asks for is kept with the record, and its reason "
                  "in the history."),
    .size = sizeof(struct step),
    .open = open_step,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
