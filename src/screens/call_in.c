/* The board of a call-in: when and where, who is asked and how far that has come, the countdown, and what blocks
 * the next step. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_ROWS = 6 };

/* A line is an invitation, a step of the plan, or the heading of those below it. */
struct line {
    const json_t *invitation, *step;
    char *key, *label;
};

struct board {
    json_t *answer;
    struct line *lines;
    struct list_array rows;
    struct list *list;
};

static const char *key(void *ctx, size_t row)
{
    return ((struct board *)ctx)->lines[row].key;
}

static bool heading(void *ctx, size_t row)
{
    return ((struct board *)ctx)->lines[row].label != NULL;
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    static const char *const asked[] = {"person", "group", "clear", "seat", "state"};
    static const char *const steps[] = {"title", "due", NULL, NULL, "state"};
    const struct line *l = &((struct board *)ctx)->lines[row];
    if (l->label)
        return column == 0 ? l->label : NULL;
    const char *name = l->step ? steps[column] : asked[column];
    return name ? get_text_or_null(l->step ? l->step : l->invitation, name) : NULL;
}

static enum look look(void *ctx, size_t row)
{
    const struct line *l = &((struct board *)ctx)->lines[row];
    return get_bool(l->step ? l->step : l->invitation, "late") ? LOOK_ATTENTION : LOOK_NORMAL;
}

static void make_lines(struct board *b)
{
    const json_t *invitations = get_array(b->answer, "invitations"), *plan = get_array(b->answer, "plan"), *item;
    size_t i, n = 0;
    b->lines = xcalloc(json_array_size(invitations) + json_array_size(plan) + 2, sizeof *b->lines);
    b->lines[n++] = (struct line){.key = xstrdup("asked"), .label = xstrdup(get_text(b->answer, "sum_text"))};
    json_array_foreach(invitations, i, item)
        b->lines[n++] = (struct line){.invitation = item, .key = xstrdup(get_text(item, "id"))};
    if (json_array_size(plan))
        b->lines[n++] = (struct line){.key = xstrdup("plan"), .label = xstrdup(_("Countdown"))};
    json_array_foreach(plan, i, item)
        b->lines[n++] = (struct line){.step = item, .key = xstrdup(get_text(item, "name"))};
    b->rows.n = n;
}

static bool open_board(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct board *b = PANE(struct board, p);
    if (!session_call(session_of(p->s), "call_in", json_pack("{s:s}", "id", st->id), &b->answer, e))
        return false;
    struct list_column columns[] = {
        {.name = "who", .label = _("Invited / step"), .min = 24, .ideal = 40, .grow = true},
        {.name = "group", .label = _("Group, day"), .min = 12, .ideal = 20, .priority = 1},
        {.name = "clear", .label = _("Clear"), .min = 5, .ideal = 5, .priority = 2},
        {.name = "seat", .label = _("Seat"), .min = 5, .ideal = 5, .priority = 2},
        {.name = "state", .label = _("State"), .min = 14, .ideal = 17},
    };
    b->rows = (struct list_array){.ctx = b, .key = key, .cell = cell, .heading = heading, .look = look,
                                  .n_columns = N_OF(columns)};
    make_lines(b);
    b->list = list_new(columns, N_OF(columns), list_source_array(&b->rows));
    list_set_reverse(b->list, ui_reverse(p->s->ui));
    return true;
}

static void layout(struct pane *p)
{
    struct board *b = PANE(struct board, p);
    struct rect r = {.y = p->area.y + HEAD_ROWS, .x = p->area.x, .h = p->area.h - HEAD_ROWS, .w = p->area.w};
    struct err e = {0};
    list_set_area(b->list, r);
    if (!list_load(b->list, true, &e))
        tell(p->s->ui, &e);
}

static void draw_fact(const struct pane *p, int row, int x, int w, const char *label, const char *text)
{
    draw_text(p->area.y + row, p->area.x + x, 9, LOOK_NORMAL, label);
    draw_text(p->area.y + row, p->area.x + x + 10, w - 10, LOOK_NORMAL, *text ? text : "–");
}

static void draw(struct pane *p)
{
    struct board *b = PANE(struct board, p);
    int w = p->area.w;
    const char *blocked = get_text(b->answer, "blocked");
    draw_fact(p, 0, 1, 38, _("Time"), get_text(b->answer, "when"));
    draw_fact(p, 0, 40, w - 41, _("Place"), get_text(b->answer, "where"));
    draw_fact(p, 1, 1, w - 2, _("State"), get_text(b->answer, "state"));
    draw_fact(p, 2, 1, w - 2, _("To do"), get_text(b->answer, "next"));
    draw_fact(p, 3, 1, w - 2, _("Next"), get_text(b->answer, "way"));
    if (*blocked)
        draw_format(p->area.y + 4, p->area.x + 11, w - 12, LOOK_ATTENTION, "! %s", blocked);
    draw_rule(p->area.y + 5, p->area.x, w);
    list_draw(b->list, true);
}

static void draw_move(struct pane *p)
{
    list_draw_move(PANE(struct board, p)->list, true);
}

static const struct line *current(const struct board *b)
{
    const char *k = list_key(b->list);
    for (size_t i = 0; k && i < b->rows.n; i++) {
        if (strcmp(b->lines[i].key, k) == 0)
            return &b->lines[i];
    }
    return NULL;
}

/* Row 23 has room for what the columns cut. */
static void status(struct pane *p)
{
    const struct line *l = current(PANE(struct board, p));
    if (l && l->invitation)
        screen_note(p->s, "%s, %s: %s", get_text(l->invitation, "person"), get_text(l->invitation, "group"),
                    get_text(l->invitation, "state"));
    else if (l && l->step)
        screen_note(p->s, "%s", get_text(l->step, "title"));
}

static bool may_create(const struct pane *p)
{
    return get_bool(session_kind(session_of(p->s), "invitation"), "may_create");
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    size_t n = 0;
    const struct line *l = current(PANE(struct board, p));
    if (l && l->invitation && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN};
    if (may_create(p) && n < max)
        ret[n++] = (struct hint){.action = ACT_NEW};
    return n;
}

static enum reply act(struct pane *p, enum action a)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    const struct line *l = current(PANE(struct board, p));
    struct err e = {0};
    if (a == ACT_OPEN) {
        if (l && l->invitation && !record_open(p->s->ui, get_text(l->invitation, "id"), 0, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    }
    if (a == ACT_NEW && may_create(p)) {
        struct edit_preset preset = {.field = "call_in", .value = st->id, .title = record_title(st)};
        struct edit_arg arg = {.kind = "invitation", .presets = &preset, .n_presets = 1};
        if (!edit_open(p->s->ui, &arg, RECORD_NEW, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    }
    return a == ACT_MARK ? UI_PASS : list_act(PANE(struct board, p)->list, a);
}

static void done(struct pane *p)
{
    struct board *b = PANE(struct board, p);
    list_free(b->list);
    for (size_t i = 0; i < b->rows.n; i++) {
        free(b->lines[i].key);
        free(b->lines[i].label);
    }
    free(b->lines);
    json_decref(b->answer);
}

const struct pane_ops call_in_pane = {
    .size = sizeof(struct board),
    .open = open_board,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .done = done,
};
