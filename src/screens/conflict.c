/* Somebody saved first: mine and theirs, field by field; nothing is lost and nothing decided by itself. */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

struct difference {
    char *name, *label, *mine, *theirs;
    bool take_mine, chosen;
};

struct conflict {
    struct difference *at;
    size_t n, row;
    char *title, *by;
    json_t *theirs, *texts; /* values and shown texts */
    json_int_t rev;
};

static bool open_conflict(struct screen *s, const void *given, struct err *e)
{
    const struct conflict_arg *arg = given;
    struct conflict *c = STATE(struct conflict, s);
    const json_t *theirs = get_object(arg->data, "theirs"), *texts = get_object(arg->data, "theirs_text");
    const char *name;
    json_t *value;
    if (json_object_size(theirs) == 0)
        return err_set(e, ERR_CONFLICT, "%s", _("Somebody else saved first. Open the record anew and write again."));
    c->theirs = value_texts(theirs);
    c->texts = json_deep_copy(texts);
    c->rev = get_int(arg->data, "rev");
    c->by = xstrdup(get_text(arg->data, "by"));
    c->title = xstrdup(arg->title);
    c->at = xcalloc(json_object_size(theirs), sizeof *c->at);
    json_object_foreach((json_t *)theirs, name, value) {
        size_t field = form_find(arg->en->form, name);
        if (field == SIZE_MAX)
            continue;
        struct difference *d = &c->at[c->n++];
        d->name = xstrdup(name);
        d->label = xstrdup(arg->en->fields[field].label);
        d->mine = xstrdup(form_title(arg->en->form, field));
        d->theirs = xstrdup(get_text(texts, name));
    }
    s->writing = true; /* Ctrl-S saves here too; the figures choose */
    screen_title(s, "%s", _("Somebody saved before you"));
    screen_title_right(s, "%s", c->title);
    return true;
}

static int half(const struct screen *s)
{
    return (s->area.w - 18) / 2;
}

static void draw_row(struct screen *s, size_t i)
{
    struct conflict *c = STATE(struct conflict, s);
    const struct difference *d = &c->at[i];
    int y = s->area.y + 6 + (int)i, w = half(s);
    if (y >= s->area.y + s->area.h - 4)
        return;
    draw_text(y, s->area.x + 1, 1, LOOK_NORMAL, c->row == i ? ">" : " ");
    draw_text(y, s->area.x + 3, 13, LOOK_NORMAL, d->label);
    draw_format(y, s->area.x + 17, w - 1, LOOK_NORMAL, "(%s) %s", d->chosen && d->take_mine ? "•" : " ",
                *d->mine ? d->mine : "–");
    draw_format(y, s->area.x + 17 + w, w, LOOK_NORMAL, "(%s) %s", d->chosen && !d->take_mine ? "•" : " ",
                *d->theirs ? d->theirs : "–");
    if (c->row == i)
        draw_cursor(y, s->area.x + 1);
}

static void draw_whole(struct screen *s)
{
    struct conflict *c = STATE(struct conflict, s);
    int y = s->area.y + 7 + (int)c->n, end = s->area.y + s->area.h;
    if (y + 3 > end || c->n == 0)
        return;
    const struct difference *d = &c->at[c->row];
    draw_format(y, s->area.x + 1, s->area.w - 2, LOOK_BOLD, _("%s, the whole text"), d->label);
    struct rect r = {.y = y + 1, .x = s->area.x + 10, .w = s->area.w - 11};
    r.h = (end - r.y) / 2;
    draw_text(r.y, s->area.x + 3, 7, LOOK_NORMAL, _("Yours"));
    r.y += draw_wrapped(r, LOOK_NORMAL, *d->mine ? d->mine : "–");
    r.h = end - r.y;
    if (r.h < 1)
        return;
    draw_text(r.y, s->area.x + 3, 7, LOOK_NORMAL, _("Theirs"));
    (void)draw_wrapped(r, LOOK_NORMAL, *d->theirs ? d->theirs : "–");
}

static void draw(struct screen *s)
{
    struct conflict *c = STATE(struct conflict, s);
    int w = half(s);
    struct rect r = {.y = s->area.y + 1, .x = s->area.x + 1, .h = 2, .w = s->area.w - 2};
    AUTOFREE char *text = xprintf(
        _("%s saved this record while you were writing. Nothing is lost: choose for each field which shall hold."),
        *c->by ? c->by : _("Somebody else"));
    (void)draw_wrapped(r, LOOK_NORMAL, text);
    draw_text(s->area.y + 4, s->area.x + 17, w, LOOK_NORMAL, _("Your version"));
    draw_text(s->area.y + 4, s->area.x + 17 + w, w, LOOK_NORMAL, _("Their version"));
    draw_rule(s->area.y + 5, s->area.x + 1, s->area.w - 2);
    for (size_t i = 0; i < c->n; i++)
        draw_row(s, i);
    draw_whole(s);
}

static size_t n_open(const struct conflict *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += !c->at[i].chosen;
    return n;
}

static void status(struct screen *s)
{
    struct conflict *c = STATE(struct conflict, s);
    size_t left = n_open(c);
    AUTOFREE char *total = xprintf(lang_plural("%zu difference", "%zu differences", c->n), c->n);
    if (left)
        screen_note(s, _("%s, %zu without a choice"), total, left);
    else
        screen_note(s, _("%s, all have a choice"), total);
    screen_place(s, "%s", _("Nothing is saved before Ctrl-S"));
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    (void)s;
    struct hint all[] = {
        {.action = ACT_TEXT, .label = _("Yours"), .key = "1"},
        {.action = ACT_TEXT, .label = _("Theirs"), .key = "2"},
        {.action = ACT_SAVE},
        {.action = ACT_HELP},
        {.action = ACT_BACK, .label = _("Back to the form")},
    };
    size_t n = N_OF(all) < max ? N_OF(all) : max;
    memcpy(ret, all, n * sizeof *ret);
    return n;
}

static enum reply choose(struct conflict *c, bool mine)
{
    c->at[c->row].take_mine = mine;
    c->at[c->row].chosen = true;
    if (c->row + 1 < c->n)
        c->row++;
    return UI_DONE;
}

static enum reply save(struct screen *s)
{
    struct conflict *c = STATE(struct conflict, s);
    if (n_open(c) > 0) {
        ui_say_problem(s->ui, "%s", _("Choose 1 or 2 for every field first."));
        return UI_DONE;
    }
    json_auto_t *theirs = json_object();
    for (size_t i = 0; i < c->n; i++) {
        if (!c->at[i].take_mine)
            json_object_set_new(theirs, c->at[i].name, json_string(get_text(c->theirs, c->at[i].name)));
    }
    json_auto_t *answer = json_pack("{s:O, s:O, s:I}", "theirs", theirs, "texts", c->texts, "rev", c->rev);
    s->answer.yes = true;
    s->answer.text = json_dumps(answer, JSON_COMPACT);
    return UI_CLOSE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct conflict *c = STATE(struct conflict, s);
    switch (a) {
    case ACT_UP:
        c->row -= c->row > 0;
        return UI_DONE;
    case ACT_DOWN:
    case ACT_NEXT_FIELD:
        c->row += c->row + 1 < c->n;
        return UI_DONE;
    case ACT_SAVE:
        return save(s);
    case ACT_TEXT:
        if (str_eq(utf8, "1") || str_eq(utf8, "2"))
            return choose(c, utf8[0] == '1');
        return UI_DONE;
    default:
        return UI_PASS;
    }
}

static void resume(struct screen *s, struct screen *closed)
{
    (void)general_resume(s, closed);
}

static void done(struct screen *s)
{
    struct conflict *c = STATE(struct conflict, s);
    for (size_t i = 0; i < c->n; i++) {
        free(c->at[i].name);
        free(c->at[i].label);
        free(c->at[i].mine);
        free(c->at[i].theirs);
    }
    free(c->at);
    free(c->title);
    free(c->by);
    json_decref(c->theirs);
    json_decref(c->texts);
}

const struct screen_ops conflict_ops = {
    .name = "conflict",
    .purpose = N_("Somebody saved the same fields while you were writing. Choose for each field whose value shall "
                  "hold; fields that only one of you changed are merged by themselves."),
    .size = sizeof(struct conflict),
    .open = open_conflict,
    .draw = draw,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
