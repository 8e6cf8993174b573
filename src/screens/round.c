/* The board of a sanction round: why, decided when, and each agency's measures with what is late. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* A line is a measure, or the agency that answers for those below it. */
struct line {
    const json_t *agency, *measure;
    char *key, *state;
    char due[DATE_TEXT]; /* the day alone: the column is narrow */
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
    return ((struct board *)ctx)->lines[row].measure == NULL;
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    static const char *const names[] = {"what", "target"};
    static const char *const heads[] = {"label", "n_text", NULL, NULL};
    const struct line *l = &((struct board *)ctx)->lines[row];
    if (!l->measure)
        return heads[column] ? get_text_or_null(l->agency, heads[column]) : NULL;
    return column == 2 ? l->due : column == 3 ? l->state : get_text_or_null(l->measure, names[column]);
}

/* What is late says so in words, and by how much. */
static void take_measure(struct line *l, const json_t *agency, const json_t *measure)
{
    struct date due;
    const char *text = get_text(measure, "due");
    size_t n = strcspn(text, " ");
    *l = (struct line){.agency = agency, .measure = measure, .key = xstrdup(get_text(measure, "id"))};
    if (n < sizeof l->due)
        memcpy(l->due, text, n);
    int64_t days = date_from_text(l->due, &due) ? date_days(date_today()) - date_days(due) : 0;
    if (!get_bool(measure, "late"))
        l->state = xstrdup(get_text(measure, "state_label"));
    else if (days > 0)
        l->state = xprintf(_("! %d d late"), (int)days);
    else
        l->state = xstrdup(_("! late"));
}

static enum look look(void *ctx, size_t row)
{
    return get_bool(((struct board *)ctx)->lines[row].measure, "late") ? LOOK_ATTENTION : LOOK_NORMAL;
}

static void make_lines(struct board *b)
{
    const json_t *agencies = get_array(b->answer, "agencies"), *agency, *measure;
    size_t i, j, n = 0, room = 1;
    json_array_foreach(agencies, i, agency)
        room += 1 + json_array_size(get_array(agency, "rows"));
    b->lines = xcalloc(room, sizeof *b->lines);
    json_array_foreach(agencies, i, agency) {
        b->lines[n++] = (struct line){.agency = agency, .key = xprintf("a%zu", i)};
        json_array_foreach(get_array(agency, "rows"), j, measure)
            take_measure(&b->lines[n++], agency, measure);
    }
    b->rows.n = n;
}

static bool open_board(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct board *b = PANE(struct board, p);
    if (!session_call(session_of(p->s), "round", json_pack("{s:s}", "id", st->id), &b->answer, e))
        return false;
    struct list_column columns[] = {
        {.name = "what", .label = _("Agency / measure"), .min = 24, .ideal = 36, .grow = true},
        {.name = "target", .label = _("Against"), .min = 12, .ideal = 20, .priority = 1},
        {.name = "due", .label = _("By"), .min = 10, .ideal = 10},
        {.name = "state", .label = _("State"), .min = 10, .ideal = 14},
    };
    b->rows = (struct list_array){.ctx = b, .key = key, .cell = cell, .heading = heading, .look = look,
                                  .n_columns = N_OF(columns)};
    make_lines(b);
    b->list = list_new(columns, N_OF(columns), list_source_array(&b->rows));
    list_set_reverse(b->list, ui_reverse(p->s->ui));
    list_set_empty(b->list, _("No agency has a measure here yet. n writes the first."));
    return true;
}

static void layout(struct pane *p)
{
    struct board *b = PANE(struct board, p);
    struct rect r = {.y = p->area.y + 3, .x = p->area.x, .h = p->area.h - 5, .w = p->area.w};
    struct err e = {0};
    list_set_area(b->list, r);
    if (!list_load(b->list, true, &e))
        tell(p->s->ui, &e);
}

static void draw_fact(const struct pane *p, int row, int x, int w, const char *label, const char *text)
{
    draw_text(p->area.y + row, p->area.x + x, 12, LOOK_NORMAL, label);
    draw_text(p->area.y + row, p->area.x + x + 12, w - 12, LOOK_NORMAL, *text ? text : "–");
}

static void draw(struct pane *p)
{
    struct board *b = PANE(struct board, p);
    int w = p->area.w;
    draw_fact(p, 0, 1, w - 2, _("Why"), get_text(b->answer, "why"));
    draw_fact(p, 1, 1, w - 30, _("Decision"), get_text(b->answer, "decision"));
    draw_format(p->area.y + 1, p->area.x + w - 27, 26, LOOK_NORMAL, _("Next %s"),
                *get_text(b->answer, "next") ? get_text(b->answer, "next") : "–");
    draw_rule(p->area.y + 2, p->area.x, w);
    list_draw(b->list, true);
    draw_text(p->area.y + p->area.h - 1, p->area.x + 1, w - 2, LOOK_BOLD, get_text(b->answer, "sum_text"));
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

static void status(struct pane *p)
{
    const struct line *l = current(PANE(struct board, p));
    if (l && l->measure)
        screen_note(p->s, "%s: %s, %s", get_text(l->agency, "label"), get_text(l->measure, "what"),
                    get_text(l->measure, "state_label"));
}

static bool may_create(const struct pane *p)
{
    return get_bool(session_kind(session_of(p->s), "measure"), "may_create");
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    size_t n = 0;
    if (current(PANE(struct board, p)) && n < max)
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
        if (l && l->measure && !record_open(p->s->ui, get_text(l->measure, "id"), 0, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    }
    if (a == ACT_NEW && may_create(p)) {
        struct edit_preset preset = {.field = "round", .value = st->id, .title = record_title(st)};
        struct edit_arg arg = {.kind = "measure", .presets = &preset, .n_presets = 1};
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
        free(b->lines[i].state);
    }
    free(b->lines);
    json_decref(b->answer);
}

const struct pane_ops round_pane = {
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
