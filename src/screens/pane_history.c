/* Who changed what and when, newest first, as far as this reader sees the fields. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

struct history {
    json_t *answer;
    struct list_array rows;
    struct list *list;
    char **texts; /* one per cell that is made here: time and change */
};

static const json_t *entry(const struct history *h, size_t row)
{
    return json_array_get(get_array(h->answer, "history"), row);
}

static const char *key(void *ctx, size_t row)
{
    return ((struct history *)ctx)->texts[3 * row];
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    const struct history *h = ctx;
    if (column == 0)
        return h->texts[3 * row + 1];
    if (column == 3)
        return str_empty(h->texts[3 * row + 2]) ? NULL : h->texts[3 * row + 2];
    const char *text = get_text_or_null(entry(h, row), column == 1 ? "by" : "field_label");
    return column == 2 && str_empty(text) ? _("Made") : text;
}

static char *change_text(const json_t *o)
{
    const char *was = get_text(o, "old_text"), *now = get_text(o, "new_text"), *why = get_text(o, "reason");
    STR s = {0};
    if (*was)
        str_add(&s, was);
    if (*was || *now)
        str_printf(&s, "%s→ %s", *was ? " " : "", *now ? now : "–");
    if (*why)
        str_printf(&s, "%s(%s)", s.len ? "  " : "", why);
    return str_take(&s);
}

static bool open_history(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct history *h = PANE(struct history, p);
    if (!session_call(session_of(p->s), "history", json_pack("{s:s}", "id", st->id), &h->answer, e))
        return false;
    struct list_column columns[] = {
        {.name = "at", .label = _("When"), .min = 16, .ideal = 16},
        {.name = "by", .label = _("Who"), .min = 14, .ideal = 18, .priority = 1},
        {.name = "field", .label = _("What"), .min = 12, .ideal = 22},
        {.name = "change", .label = _("Before → after"), .min = 20, .ideal = 40, .grow = true},
    };
    size_t n = json_array_size(get_array(h->answer, "history"));
    h->texts = xcalloc(3 * n + 1, sizeof *h->texts);
    for (size_t i = 0; i < n; i++) {
        h->texts[3 * i] = xprintf("h%zu", i);
        h->texts[3 * i + 1] = instant_show(get_text(entry(h, i), "at"));
        h->texts[3 * i + 2] = change_text(entry(h, i));
    }
    h->rows = (struct list_array){.n = n, .ctx = h, .key = key, .cell = cell, .n_columns = N_OF(columns)};
    h->list = list_new(columns, N_OF(columns), list_source_array(&h->rows));
    list_set_reverse(h->list, ui_reverse(p->s->ui));
    list_set_empty(h->list, _("Nothing has been changed."));
    return true;
}

static void layout(struct pane *p)
{
    struct history *h = PANE(struct history, p);
    struct err e = {0};
    list_set_area(h->list, p->area);
    if (!list_load(h->list, true, &e))
        tell(p->s->ui, &e);
}

static void draw(struct pane *p)
{
    list_draw(PANE(struct history, p)->list, true);
}

static void draw_move(struct pane *p)
{
    list_draw_move(PANE(struct history, p)->list, true);
}

static void status(struct pane *p)
{
    struct history *h = PANE(struct history, p);
    const struct list_row *row = list_current(h->list);
    AUTOFREE char *place = list_place(h->list);
    if (row)
        screen_note(p->s, "%s%s%s", row->cells[2] ? row->cells[2] : "", row->cells[3] ? ": " : "",
                    row->cells[3] ? row->cells[3] : "");
    screen_place(p->s, "%s", row && place ? place : "");
}

/* Enter shows a long change whole. */
static enum reply act(struct pane *p, enum action a)
{
    struct history *h = PANE(struct history, p);
    const struct list_row *row = list_current(h->list);
    if (a == ACT_MARK)
        return UI_PASS;
    if (a != ACT_OPEN || !row)
        return list_act(h->list, a);
    AUTOFREE char *text = xprintf("%s  %s\n\n%s", row->cells[0] ? row->cells[0] : "", row->cells[1] ? row->cells[1] : "",
                                  row->cells[3] ? row->cells[3] : "");
    dialog_message(p->s->ui, row->cells[2] ? row->cells[2] : _("History"), text, RECORD_PANE);
    return UI_DONE;
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    if (!list_key(PANE(struct history, p)->list) || max == 0)
        return 0;
    ret[0] = (struct hint){.action = ACT_OPEN, .label = _("Read whole")};
    return 1;
}

static void done(struct pane *p)
{
    struct history *h = PANE(struct history, p);
    for (size_t i = 0; i < 3 * h->rows.n; i++)
        free(h->texts[i]);
    free(h->texts);
    list_free(h->list);
    json_decref(h->answer);
}

const struct pane_ops history_pane = {
    .size = sizeof(struct history),
    .open = open_history,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .done = done,
};
