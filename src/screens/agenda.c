/* The agenda as a tab of a meeting: its points, what waits under each, what was written. Enter goes
 * on in the meeting itself. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

struct agenda {
    json_t *answer;
    char (*found)[24], (*written)[24];
    struct list_array rows;
    struct list *list;
};

static const json_t *item_at(const struct agenda *a, size_t row)
{
    return json_array_get(get_array(a->answer, "items"), row);
}

static const char *key(void *ctx, size_t row)
{
    return get_text(item_at(ctx, row), "id");
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    const struct agenda *a = ctx;
    const json_t *item = item_at(a, row);
    switch (column) {
    case 0:
        return get_text(item, "title");
    case 1:
        return a->found[row];
    case 2:
        return a->written[row];
    default:
        return get_text(item, "heard_by");
    }
}

static void count(char ret[24], size_t n)
{
    if (n)
        snprintf(ret, 24, "%zu", n);
}

static void count_all(struct agenda *a)
{
    size_t i;
    const json_t *item;
    a->rows.n = json_array_size(get_array(a->answer, "items"));
    a->found = xcalloc(a->rows.n + 1, sizeof *a->found);
    a->written = xcalloc(a->rows.n + 1, sizeof *a->written);
    json_array_foreach(get_array(a->answer, "items"), i, item) {
        count(a->found[i], (size_t)get_int(item, "n"));
        count(a->written[i], json_array_size(get_array(item, "written")) + (*get_text(item, "text") != '\0'));
    }
}

static bool open_agenda(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct agenda *a = PANE(struct agenda, p);
    if (!session_call(session_of(p->s), "agenda", json_pack("{s:s}", "id", st->id), &a->answer, e))
        return false;
    struct list_column columns[] = {
        {.name = "title", .label = _("Point"), .min = 30, .ideal = 38, .grow = true},
        {.name = "found", .label = _("To go through"), .min = 13, .ideal = 13, .right = true},
        {.name = "written", .label = _("Written"), .min = 8, .ideal = 8, .right = true},
        {.name = "heard_by", .label = _("Heard by"), .min = 11, .ideal = 16, .priority = 1},
    };
    a->rows = (struct list_array){.ctx = a, .key = key, .cell = cell, .n_columns = N_OF(columns)};
    count_all(a);
    a->list = list_new(columns, N_OF(columns), list_source_array(&a->rows));
    list_set_reverse(a->list, ui_reverse(p->s->ui));
    list_set_empty(a->list, _("No point of this meeting is for your agency."));
    return true;
}

static void layout(struct pane *p)
{
    struct agenda *a = PANE(struct agenda, p);
    struct rect r = p->area;
    struct err e = {0};
    r.h -= *get_text(a->answer, "gaps") ? 1 : 0;
    list_set_area(a->list, r);
    if (!list_load(a->list, true, &e))
        tell(p->s->ui, &e);
}

static void draw(struct pane *p)
{
    struct agenda *a = PANE(struct agenda, p);
    const char *gaps = get_text(a->answer, "gaps");
    list_draw(a->list, true);
    if (*gaps)
        draw_format(p->area.y + p->area.h - 1, p->area.x + 1, p->area.w - 2, LOOK_ATTENTION,
                    _("! Weeks without a coordination meeting: %s"), gaps);
}

static void draw_move(struct pane *p)
{
    list_draw_move(PANE(struct agenda, p)->list, true);
}

static void status(struct pane *p)
{
    const char *id = list_key(PANE(struct agenda, p)->list);
    const json_t *item = id ? find_by(get_array(PANE(struct agenda, p)->answer, "items"), "id", id) : NULL;
    if (item)
        screen_note(p->s, "%s: %s", get_text(item, "title"), get_text(item, "class"));
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    size_t n = 0;
    if (list_key(PANE(struct agenda, p)->list) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN, .label = _("The meeting, point by point")};
    return n;
}

static enum reply act(struct pane *p, enum action a)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct agenda *g = PANE(struct agenda, p);
    struct err e = {0};
    if (a == ACT_OPEN) {
        struct meeting_arg arg = {.id = st->id};
        long at = list_index(g->list);
        arg.at = at > 0 ? (size_t)at : 0;
        if (list_key(g->list) && !meeting_open(p->s->ui, &arg, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    }
    return a == ACT_MARK ? UI_PASS : list_act(g->list, a);
}

static void done(struct pane *p)
{
    struct agenda *a = PANE(struct agenda, p);
    list_free(a->list);
    free(a->found);
    free(a->written);
    json_decref(a->answer);
}

const struct pane_ops agenda_pane = {
    .size = sizeof(struct agenda),
    .open = open_agenda,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .done = done,
};
