/* Finding anything by a few letters: persons, groups, incidents, case numbers, in one list. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define FIND_LIMIT 100

struct find {
    struct edit box;
    json_t *answer; /* of find; NULL: nothing asked yet */
    struct list_array rows;
    struct list *list;
    char *search_id;
};

static const json_t *hit(const struct find *f, size_t row)
{
    return json_array_get(get_array(f->answer, "hits"), row);
}

static const char *key(void *ctx, size_t row)
{
    return get_text(hit(ctx, row), "id");
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    static const char *const names[] = {"kind_label", "case_no", "title"};
    return get_text_or_null(hit(ctx, row), names[column]);
}

static bool open_find(struct screen *s, const void *arg, struct err *e)
{
    (void)arg;
    (void)e;
    struct find *f = STATE(struct find, s);
    struct list_column columns[] = {
        {.name = "kind_label", .label = _("Kind"), .min = 10, .ideal = 22, .priority = 1},
        {.name = "case_no", .label = _("Number"), .min = 12, .ideal = 12, .priority = 2},
        {.name = "title", .label = _("Title"), .min = 20, .ideal = 40, .grow = true},
    };
    edit_init(&f->box, false, 80);
    f->rows = (struct list_array){.ctx = f, .key = key, .cell = cell, .n_columns = N_OF(columns)};
    f->list = list_new(columns, N_OF(columns), list_source_array(&f->rows));
    f->search_id = xprintf("f%u", ++session_of(s)->searches);
    list_set_reverse(f->list, ui_reverse(s->ui));
    list_set_empty(f->list, _("Write a name, a place, a number or a case number; two letters are enough to begin."));
    screen_title(s, "%s", _("Find in everything"));
    s->writing = true;
    return true;
}

static void layout(struct screen *s)
{
    struct find *f = STATE(struct find, s);
    struct rect r = {.y = s->area.y + 3, .x = s->area.x, .h = s->area.h - 3, .w = s->area.w};
    struct err e = {0};
    list_set_area(f->list, r);
    if (!list_load(f->list, true, &e))
        tell(s->ui, &e);
}

static void draw_box_row(struct screen *s)
{
    struct find *f = STATE(struct find, s);
    struct rect box = {.y = s->area.y + 1, .x = s->area.x + 9, .h = 1, .w = 42};
    draw_text(box.y, s->area.x + 1, 8, LOOK_NORMAL, _("Find"));
    draw_edit(&f->box, box, s->writing);
    AUTOFREE char *count = number_text((json_int_t)f->rows.n, get_bool(f->answer, "more"));
    draw_right(box.y, box.x + box.w + 1, s->area.w - box.x - box.w - 2, LOOK_NORMAL, f->answer ? count : "");
}

static void draw(struct screen *s)
{
    list_draw(STATE(struct find, s)->list, !s->writing);
    draw_box_row(s);
}

static void draw_move(struct screen *s)
{
    list_draw_move(STATE(struct find, s)->list, !s->writing);
    if (s->writing)
        draw_box_row(s);
}

static void status(struct screen *s)
{
    struct find *f = STATE(struct find, s);
    const struct list_row *row = list_current(f->list);
    AUTOFREE char *place = list_place(f->list);
    screen_note(s, "%s", row && row->cells[2] ? row->cells[2] : "");
    screen_place(s, "%s", row && place ? place : "");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct find *f = STATE(struct find, s);
    size_t n = 0;
    if (list_key(f->list) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN};
    if (s->writing && n < max)
        ret[n++] = (struct hint){.action = ACT_DOWN, .label = _("Choose")};
    if (!s->writing && n < max)
        ret[n++] = (struct hint){.action = ACT_SEARCH};
    static const enum action rest[] = {ACT_PALETTE, ACT_HELP, ACT_BACK};
    for (size_t i = 0; i < N_OF(rest) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)rest[i]};
    return n;
}

static void search(struct screen *s)
{
    struct find *f = STATE(struct find, s);
    struct err e = {0};
    json_t *answer = NULL;
    const char *text = edit_text(&f->box);
    if (text_chars(text) >= 2) {
        json_t *params = json_pack("{s:s, s:i, s:s}", "text", text, "limit", FIND_LIMIT, "search_id", f->search_id);
        if (!session_call(session_of(s), "find", params, &answer, &e)) {
            tell(s->ui, &e);
            return;
        }
        AUTOFREE char *none = xprintf(_("Nothing that you may see fits \"%s\"."), text);
        list_set_empty(f->list, none);
    }
    json_decref(f->answer);
    f->answer = answer;
    f->rows.n = json_array_size(get_array(answer, "hits"));
    if (!list_load(f->list, false, &e))
        tell(s->ui, &e);
}

bool box_key(struct edit *box, enum action a, const char *utf8)
{
    switch (a) {
    case ACT_TEXT:
        (void)edit_insert(box, utf8, strlen(utf8));
        return true;
    case ACT_PASTE:
        (void)edit_paste(box, utf8, strlen(utf8));
        return true;
    case ACT_BACKSPACE:
        (void)edit_backspace(box);
        return true;
    case ACT_DELETE:
        (void)edit_delete(box);
        return true;
    case ACT_UNDO:
        (void)edit_undo(box);
        return true;
    case ACT_REDO:
        (void)edit_redo(box);
        return true;
    case ACT_REVERT:
        (void)edit_replace(box, "");
        return true;
    case ACT_LEFT:
        (void)edit_left(box);
        return true;
    case ACT_RIGHT:
        (void)edit_right(box);
        return true;
    default:
        return false;
    }
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct find *f = STATE(struct find, s);
    struct err e = {0};
    unsigned version = f->box.version;
    if (s->writing && box_key(&f->box, a, utf8)) {
        if (f->box.version != version)
            search(s);
        return UI_DONE;
    }
    const char *id = list_key(f->list);
    if (a == ACT_OPEN) {
        if (id && !record_open(s->ui, id, 0, &e))
            tell(s->ui, &e);
        return UI_DONE;
    }
    if (a == ACT_SEARCH && !s->writing) {
        s->writing = true;
        return UI_DONE;
    }
    if (a == ACT_NEXT_FIELD) {
        s->writing = !s->writing;
        return UI_DONE;
    }
    if (a == ACT_MARK)
        return UI_PASS;
    return list_act(f->list, a);
}

static void resume(struct screen *s, struct screen *closed)
{
    (void)general_resume(s, closed);
}

static void done(struct screen *s)
{
    struct find *f = STATE(struct find, s);
    list_free(f->list);
    edit_done(&f->box);
    json_decref(f->answer);
    free(f->search_id);
}

const struct screen_ops find_ops = {
    .name = "find",
    .purpose = N_("Finds records of every kind that you may see, by name, place, text or case number. "
                  "The list follows as you type; Enter opens the marked row."),
    .size = sizeof(struct find),
    .open = open_find,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
