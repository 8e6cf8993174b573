/* Writing a record: its form, and the promise that nothing typed is lost. */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

bool edit_touched(const struct edit_screen *st)
{
    return st->en.version != st->began;
}

static void set_title(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    if (st->en.id)
        screen_title(s, _("Change  %s"), st->title);
    else
        screen_title(s, _("New: %s"), st->title);
    if (st->kept_at[0])
        screen_title_right(s, _("Draft kept %s"), st->kept_at);
    else
        screen_title_right(s, NULL);
}

static bool open_edit(struct screen *s, const void *given, struct err *e)
{
    const struct edit_arg *arg = given;
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct session *ses = session_of(s);
    const json_t *desc = NULL;
    if (!session_describe(ses, arg->kind, &desc, e) ||
        !entry_open(&st->en, ses, desc, arg->id ? arg->shown : NULL, NULL, false, e))
        return false;
    for (size_t i = 0; i < arg->n_presets; i++)
        entry_preset(&st->en, &arg->presets[i]);
    if (arg->n_presets)
        entry_focus_empty(&st->en);
    for (size_t i = 0; i < st->en.n && arg->n_presets; i++)
        st->in_series |= st->en.sources[i] && get_bool(st->en.sources[i], "again");
    st->began = st->kept = st->en.checked = st->en.version;
    st->kind = xstrdup(arg->kind);
    st->title = xstrdup(arg->id ? get_text(arg->shown, "title") : get_text(desc, "one"));
    s->writing = true;
    set_title(s);
    return true;
}

/* What repeats from row to row (`again` in the form's description) is typed once. */
static json_t *repeated(const struct entry *en)
{
    json_t *kept = json_array();
    for (size_t i = 0; i < en->n; i++) {
        if (en->sources[i] && get_bool(en->sources[i], "again"))
            json_array_append_new(kept, json_pack("{s:s, s:s, s:s}", "field", en->fields[i].name, "value",
                                                  form_value(en->form, i), "title", form_title(en->form, i)));
    }
    return kept;
}

bool edit_next(struct screen *s, struct err *e)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct session *ses = st->en.ses;
    const json_t *desc = st->en.desc, *one;
    json_auto_t *kept = repeated(&st->en);
    size_t i;
    entry_done(&st->en);
    if (!entry_open(&st->en, ses, desc, NULL, NULL, false, e))
        return false;
    json_array_foreach(kept, i, one) {
        entry_preset(&st->en, &(struct edit_preset){.field = get_text(one, "field"), .value = get_text(one, "value"),
                                                    .title = get_text(one, "title")});
    }
    entry_focus_empty(&st->en);
    form_set_area(st->en.form, s->area);
    st->began = st->kept = st->en.checked = st->en.version;
    st->has_draft = false;
    st->kept_at[0] = '\0';
    set_title(s);
    return true;
}

/* An existing record is read here unless the caller has it; a draft is offered, never put in silently. */
bool edit_open(struct ui *ui, const struct edit_arg *given, int tag, struct err *e)
{
    struct session *ses = ui_app(ui);
    struct edit_arg arg = *given;
    json_auto_t *fresh = NULL, *draft = NULL;
    if (arg.id && !arg.shown) {
        if (!session_call(ses, "show", json_pack("{s:s, s:s}", "id", arg.id, "as", "screen"), &fresh, e))
            return false;
        arg.shown = fresh;
    }
    bool may_have = !arg.id || arg.take_draft || get_bool(arg.shown, "draft");
    if (may_have && !draft_look(ses, arg.kind, arg.id, &draft, e))
        return false;
    if (!ui_push(ui, &edit_ops, &arg, tag, e))
        return false;
    const json_t *values = get_object(draft, "values");
    struct screen *s = ui_top(ui);
    struct edit_screen *st = STATE(struct edit_screen, s);
    st->has_draft = values != NULL;
    if (values && arg.take_draft) {
        entry_take(&st->en, values);
        entry_focus_empty(&st->en);
        st->kept = st->en.version;
        ui_say(ui, "%s", _("This is your draft; nothing of it is saved yet."));
    } else if (values) {
        draft_offer(s, get_text(draft, "at"));
    }
    return true;
}

static void layout(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    form_set_area(st->en.form, s->area);
}

static void draw(struct screen *s)
{
    form_draw(STATE(struct edit_screen, s)->en.form, true);
}

static void draw_move(struct screen *s)
{
    form_draw_move(STATE(struct edit_screen, s)->en.form, true);
}

static void status(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    AUTOFREE char *note = form_note(st->en.form);
    screen_note(s, "%s", note ? note : "");
    if (!edit_touched(st))
        screen_place(s, NULL);
    else if (st->kept == st->en.version)
        screen_place(s, "%s", _("Changed, draft kept"));
    else
        screen_place(s, "%s", _("Changed"));
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    static const enum action always[] = {ACT_NEXT_FIELD, ACT_SAVE, ACT_UNDO};
    static const enum action last[] = {ACT_PALETTE, ACT_HELP};
    size_t n = 0;
    for (size_t i = 0; i < N_OF(always) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)always[i]};
    if (form_n_problems(st->en.form) && n < max)
        ret[n++] = (struct hint){.action = ACT_NEXT_PROBLEM};
    size_t now = form_focused(st->en.form);
    enum form_type type = now < st->en.n ? st->en.fields[now].type : FORM_TEXT;
    if ((type == FORM_DATE || type == FORM_TIME || type == FORM_PDATE) && n < max)
        ret[n++] = (struct hint){.action = ACT_TODAY};
    for (size_t i = 0; i < N_OF(last) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)last[i]};
    if (n < max)
        ret[n++] = (struct hint){.action = ACT_BACK, .label = _("Close")};
    return n;
}

/* Closing asks nothing, since nothing is lost: what was written stays as a draft. */
static enum reply leave(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    if (!edit_touched(st))
        return UI_CLOSE;
    if (!draft_keep(s, &e)) {
        tell(s->ui, &e);
        return UI_DONE;
    }
    ui_say(s->ui, "%s", _("Closed. Your draft is kept and offered next time."));
    return UI_CLOSE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    if (a == ACT_SAVE)
        return edit_save(s);
    if (a == ACT_DISCARD) {
        draft_ask_discard(s);
        return UI_DONE;
    }
    if (a == ACT_BACK && !form_popup_open(st->en.form))
        return leave(s);
    enum reply r = form_act(st->en.form, a, utf8);
    if (r != UI_PASS)
        entry_follow(&st->en, s->ui);
    return r;
}

char *edit_field_help(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    size_t now = form_focused(st->en.form);
    const struct form_field *f = now < st->en.n ? &st->en.fields[now] : NULL;
    return f && f->help ? xprintf("%s: %s", f->label, f->help) : NULL;
}

void edit_commands(struct screen *s, struct commands *c)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    commands_action(c, s, ACT_REDO, NULL);
    commands_action(c, s, ACT_REVERT, NULL);
    if (edit_touched(st) || st->has_draft)
        commands_action(c, s, ACT_DISCARD, NULL);
}

static void resume(struct screen *s, struct screen *closed)
{
    if (general_resume(s, closed))
        return;
    if (closed->tag == EDIT_DRAFT)
        draft_answer(s, closed);
    else if (closed->tag == EDIT_DISCARD)
        draft_discard(s, closed->answer.yes);
    else if (closed->tag == EDIT_CONFLICT)
        edit_settle(s, closed);
    set_title(s);
}

static bool may_close(struct screen *s)
{
    struct err e = {0};
    struct edit_screen *st = STATE(struct edit_screen, s);
    if (st->finished || !edit_touched(st) || draft_keep(s, &e))
        return true;
    tell(s->ui, &e);
    return false;
}

static void idle(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    if (st->finished || !edit_touched(st) || st->kept == st->en.version)
        return;
    if (!draft_keep(s, &e)) {
        tell(s->ui, &e);
        return;
    }
    set_title(s);
    ui_repaint(s->ui);
}

/* Nobody reads an answer any more; what was typed goes to the core. */
static void hangup(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err ignored = {0};
    if (!st->finished && edit_touched(st) && st->kept != st->en.version)
        (void)!draft_keep(s, &ignored);
}

static void done(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    entry_done(&st->en);
    free(st->kind);
    free(st->title);
}

const struct screen_ops edit_ops = {
    .name = "form",
    .purpose = N_("Here you write a record. A draft is kept as you type, so nothing is lost if the line breaks; "
                  "Ctrl-S saves it for everybody who may see it."),
    .size = sizeof(struct edit_screen),
    .open = open_edit,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .may_close = may_close,
    .idle = idle,
    .hangup = hangup,
    .done = done,
};
