/* One record of any kind: what it is, its tabs, its next steps. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

const char *record_kind(const struct record_screen *st)
{
    return get_text(get_object(st->shown, "record"), "kind");
}

const char *record_title(const struct record_screen *st)
{
    return get_text(st->shown, "title");
}

/* Reads the record; nothing changes if that fails. */
static bool load(struct screen *s, const char *id, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct session *ses = session_of(s);
    json_t *shown = session_take_shown(ses, id);
    const json_t *desc = NULL;
    AUTOFREE char *have = session_have(ses);
    if (!shown && !session_call(ses, "show", json_pack("{s:s, s:s, s:s}", "id", id, "as", "screen", "have", have),
                                &shown, e))
        return false;
    const json_t *record = get_object(shown, "record");
    session_keep_description(ses, get_text(record, "kind"), shown);
    if (!session_describe(ses, get_text(record, "kind"), &desc, e)) {
        json_decref(shown);
        return false;
    }
    tabs_clear(st);
    json_decref(st->shown);
    json_decref(st->values);
    st->shown = shown;
    st->values = shown_values(shown);
    st->desc = desc;
    st->changes = ses->changes;
    st->drafts = ses->drafts;
    const char *real = get_text(record, "id"); /* it may have been opened by its case number */
    if (strlen(real) <= ID_LEN)
        memcpy(st->id, real, strlen(real) + 1);
    tabs_make(s);
    if (st->at >= st->n_tabs)
        st->at = 0;
    AUTOFREE char *one = first_upper(get_text(desc, "one"));
    screen_title(s, "%s  %s", one, record_title(st));
    return true;
}

static struct rect body(const struct screen *s)
{
    return (struct rect){.y = s->area.y + 4, .x = s->area.x, .h = s->area.h - 4, .w = s->area.w};
}

static void show_tab(struct screen *s, size_t at)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct err e = {0};
    if (at >= st->n_tabs)
        return;
    if (!tabs_show(s, at, body(s), &e))
        tell(s->ui, &e);
}

struct record_arg {
    const char *id;
    int tab;
};

static bool open_record(struct screen *s, const void *given, struct err *e)
{
    const struct record_arg *arg = given;
    struct record_screen *st = STATE(struct record_screen, s);
    if (load(s, arg->id, e)) {
        if (arg->tab > 0 && (size_t)arg->tab < st->n_tabs)
            st->at = (size_t)arg->tab;
        return true;
    }
    return false;
}

bool record_open(struct ui *ui, const char *id, int tab, struct err *e)
{
    struct record_arg arg = {.id = id, .tab = tab};
    return ui_push(ui, &record_ops, &arg, TAG_RUN, e);
}

static void layout(struct screen *s)
{
    show_tab(s, STATE(struct record_screen, s)->at);
}

static void add_fact(struct str *s, const char *fact)
{
    if (str_empty(fact))
        return;
    if (s->len)
        str_add(s, "   ");
    str_add(s, fact);
}

/* The row of facts that hold for every kind: number, state, age, who answers for it. */
static void draw_facts(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    const json_t *record = get_object(st->shown, "record"), *texts = get_object(st->shown, "texts");
    const json_t *age = json_object_get(st->shown, "age");
    STR left = {0};
    STR right = {0};
    add_fact(&left, get_text(record, "case_no"));
    add_fact(&left, get_text(st->shown, "state_label"));
    if (json_is_integer(age)) {
        AUTOFREE char *years = xprintf(_("%lld years"), (long long)json_integer_value(age));
        add_fact(&left, years);
    } else {
        add_fact(&left, json_string_value(age));
    }
    if (get_bool(st->shown, "minor"))
        add_fact(&left, _("! under 18"));
    add_fact(&right, get_text(texts, "owner_agency"));
    add_fact(&right, get_text(texts, "info_class"));
    int wide = text_cols(str_text(&right));
    draw_text(s->area.y, s->area.x + 1, s->area.w - wide - 3, LOOK_NORMAL, str_text(&left));
    draw_right(s->area.y, s->area.x + s->area.w - wide - 1, wide, LOOK_NORMAL, str_text(&right));
}

static void draw(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct pane *p = tabs_pane(st);
    draw_facts(s);
    tabs_draw(st, s->area.y + 2, s->area.x, s->area.w);
    draw_rule(s->area.y + 3, s->area.x, s->area.w);
    if (p)
        p->ops->draw(p);
}

static void draw_move(struct screen *s)
{
    struct pane *p = tabs_pane(STATE(struct record_screen, s));
    if (p)
        p->ops->draw_move(p);
}

static void status(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct pane *p = tabs_pane(st);
    AUTOFREE char *where = list_where(s->below);
    screen_note(s, NULL);
    screen_place(s, NULL);
    if (where)
        screen_place(s, "< >  %s", where);
    if (p && p->ops->status)
        p->ops->status(p);
    else if (get_bool(st->shown, "draft"))
        screen_note(s, "%s", _("You have a draft of this record; e goes on with it."));
}

static const json_t *note_row(const struct record_screen *st)
{
    return find_by(get_array(st->desc, "subrows"), "kind", "note");
}

static bool may_note(struct screen *s)
{
    return note_row(STATE(struct record_screen, s)) &&
           get_bool(session_kind(session_of(s), "note"), "may_create");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct pane *p = tabs_pane(st);
    size_t n = p && p->ops->hints ? p->ops->hints(p, ret, max) : 0;
    struct hint own[10];
    size_t m = 0;
    static const char *const spans[] = {"1", "1", "1-2", "1-3", "1-4", "1-5", "1-6", "1-7", "1-8", "1-9"};
    size_t last = st->n_tabs < 9 ? st->n_tabs : 9;
    if (step_any(st))
        own[m++] = (struct hint){.action = ACT_STEP};
    if (get_bool(st->shown, "may_edit"))
        own[m++] = (struct hint){.action = ACT_EDIT};
    if (may_note(s))
        own[m++] = (struct hint){.action = ACT_NOTE};
    own[m++] = (struct hint){.action = ACT_TAB_1, .label = _("Tab"), .key = spans[last]};
    own[m++] = (struct hint){.action = ACT_PALETTE};
    own[m++] = (struct hint){.action = ACT_HELP};
    own[m++] = (struct hint){.action = ACT_BACK};
    for (size_t i = 0; i < m && n < max; i++)
        ret[n++] = own[i];
    return n;
}

static enum reply edit(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct err e = {0};
    if (!get_bool(st->shown, "may_edit")) {
        ui_say(s->ui, "%s", _("You may read this record, not change it."));
        return UI_DONE;
    }
    struct edit_arg arg = {.kind = record_kind(st), .id = st->id, .shown = st->shown};
    if (!edit_open(s->ui, &arg, RECORD_EDIT, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply note(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct err e = {0};
    if (!may_note(s))
        return UI_PASS;
    struct edit_preset preset = {.field = get_text(note_row(st), "field"), .value = st->id,
                                 .title = record_title(st)};
    struct edit_arg arg = {.kind = "note", .presets = &preset, .n_presets = 1};
    if (!edit_open(s->ui, &arg, RECORD_NEW, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply reload(struct screen *s, const char *id)
{
    struct err e = {0};
    if (!load(s, id, &e))
        tell(s->ui, &e);
    show_tab(s, STATE(struct record_screen, s)->at);
    return UI_DONE;
}

static enum reply go(struct screen *s, int by)
{
    char id[ID_LEN + 1];
    if (s->below->ops != &list_ops)
        return UI_PASS;
    if (list_step(s->below, by, id))
        return reload(s, id);
    ui_say(s->ui, "%s", by < 0 ? _("This is the first record of the list.") : _("This is the last record of the list."));
    return UI_DONE;
}

static enum reply show_last(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    if (st->n_tabs)
        show_tab(s, st->n_tabs - 1); /* history is always the last tab */
    return UI_DONE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct pane *p = tabs_pane(st);
    (void)utf8;
    if (a >= ACT_TAB_1 && a <= ACT_TAB_9) {
        show_tab(s, (size_t)(a - ACT_TAB_1));
        return UI_DONE;
    }
    switch (a) {
    case ACT_NEXT_FIELD:
        show_tab(s, (st->at + 1) % st->n_tabs);
        return UI_DONE;
    case ACT_PREV_FIELD:
        show_tab(s, (st->at + st->n_tabs - 1) % st->n_tabs);
        return UI_DONE;
    case ACT_PREV_RECORD:
        return go(s, -1);
    case ACT_NEXT_RECORD:
        return go(s, 1);
    case ACT_EDIT:
        return edit(s);
    case ACT_NOTE:
        return note(s);
    case ACT_STEP:
        step_ask(s);
        return UI_DONE;
    case ACT_HISTORY:
        return show_last(s);
    case ACT_REFRESH:
        return reload(s, st->id);
    default:
        return p ? p->ops->act(p, a) : UI_PASS;
    }
}

void record_commands(struct screen *s, struct commands *c)
{
    step_commands(s, c);
    commands_action(c, s, ACT_HISTORY, NULL);
    commands_action(c, s, ACT_REFRESH, NULL);
}

static void resume(struct screen *s, struct screen *closed)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct err e = {0};
    struct pane *p = tabs_pane(st);
    if (general_resume(s, closed))
        return;
    if (p && p->ops->answer && p->ops->answer(p, closed))
        return;
    if (closed->tag == RECORD_STEP && closed->answer.yes) {
        struct commands c = {0};
        step_commands(s, &c);
        if ((size_t)closed->answer.index < c.n && !step_run(s, c.at[closed->answer.index].arg, &e))
            tell(s->ui, &e);
        arena_done(&c.arena);
        free(c.at);
        return;
    }
    if (st->changes != session_of(s)->changes || st->drafts != session_of(s)->drafts)
        (void)reload(s, st->id);
}

static void done(struct screen *s)
{
    struct record_screen *st = STATE(struct record_screen, s);
    tabs_clear(st);
    json_decref(st->shown);
    json_decref(st->values);
}

const struct screen_ops record_ops = {
    .name = "record",
    .purpose = N_("Shows one record: what is known, what belongs to it, what has happened. The figures choose "
                  "a tab; t shows the next steps and what each still needs."),
    .size = sizeof(struct record_screen),
    .open = open_record,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
