/* The timeline of a record: what happened around it, newest first, month by month. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#define TIMELINE_PAGE 100
#define KINDS_MAX 24

/* A line is an event or, before the first of a month, its name. */
struct line {
    const json_t *event;
    bool heading;
    char key[16];
};

struct timeline {
    json_t *events; /* all read so far */
    bool more;
    struct line *lines;
    struct list_array rows;
    struct list *list;
    const char *kinds[KINDS_MAX], *labels[KINDS_MAX]; /* that occur, borrowed from events */
    bool off[KINDS_MAX];
    size_t n_kinds;
};

static const char *key(void *ctx, size_t row)
{
    return ((struct timeline *)ctx)->lines[row].key;
}

static bool heading(void *ctx, size_t row)
{
    return ((struct timeline *)ctx)->lines[row].heading;
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    static const char *const names[] = {"at_text", "kind_label", "what", "who"};
    const struct line *l = &((struct timeline *)ctx)->lines[row];
    if (l->heading)
        return column == 0 ? get_text(l->event, "month") : NULL;
    return get_text_or_null(l->event, names[column]);
}

static size_t kind_index(struct timeline *t, const json_t *event)
{
    const char *kind = get_text(event, "kind");
    for (size_t i = 0; i < t->n_kinds; i++) {
        if (strcmp(t->kinds[i], kind) == 0)
            return i;
    }
    if (t->n_kinds == KINDS_MAX)
        return KINDS_MAX - 1;
    t->kinds[t->n_kinds] = kind;
    t->labels[t->n_kinds] = get_text(event, "kind_label");
    return t->n_kinds++;
}

static void add_line(struct timeline *t, size_t *n, const json_t *event, bool is_heading, size_t number)
{
    struct line *l = &t->lines[(*n)++];
    *l = (struct line){.event = event, .heading = is_heading};
    AUTOFREE char *text = xprintf("%c%zu", is_heading ? 'm' : 'e', number);
    memcpy(l->key, text, strlen(text) < sizeof l->key ? strlen(text) + 1 : sizeof l->key - 1);
}

static void make_lines(struct timeline *t)
{
    size_t i, n = 0;
    const json_t *event;
    const char *month = "";
    free(t->lines);
    t->lines = xcalloc(2 * json_array_size(t->events) + 1, sizeof *t->lines);
    json_array_foreach(t->events, i, event) {
        if (t->off[kind_index(t, event)])
            continue;
        if (strcmp(month, get_text(event, "month")) != 0) {
            month = get_text(event, "month");
            add_line(t, &n, event, true, i);
        }
        add_line(t, &n, event, false, i);
    }
    t->rows.n = n;
}

static bool read_more(struct pane *p, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct timeline *t = PANE(struct timeline, p);
    json_auto_t *answer = NULL;
    json_t *params = json_pack("{s:s, s:i}", "id", st->id, "limit", TIMELINE_PAGE);
    size_t n = json_array_size(t->events);
    if (n)
        json_object_set_new(params, "before", json_string(get_text(json_array_get(t->events, n - 1), "cursor")));
    if (!session_call(session_of(p->s), "timeline", params, &answer, e))
        return false;
    json_array_extend(t->events, json_object_get(answer, "rows"));
    t->more = get_bool(answer, "more");
    make_lines(t);
    return true;
}

static bool open_timeline(struct pane *p, struct err *e)
{
    struct timeline *t = PANE(struct timeline, p);
    static const struct list_column columns[] = {
        {.name = "at", .label = "", .min = 13, .ideal = 13},
        {.name = "kind", .label = "", .min = 12, .ideal = 16},
        {.name = "what", .label = "", .min = 20, .ideal = 40, .grow = true},
        {.name = "who", .label = "", .min = 12, .ideal = 18},
    };
    t->events = json_array();
    if (!read_more(p, e)) {
        json_decref(t->events);
        free(t->lines);
        return false;
    }
    t->rows = (struct list_array){.n = t->rows.n, .ctx = t, .key = key, .cell = cell, .heading = heading,
                                  .n_columns = N_OF(columns)};
    t->list = list_new(columns, N_OF(columns), list_source_array(&t->rows));
    list_set_header(t->list, false);
    list_set_reverse(t->list, ui_reverse(p->s->ui));
    list_set_empty(t->list, _("Nothing has happened here that you may see."));
    return true;
}

static void layout(struct pane *p)
{
    struct timeline *t = PANE(struct timeline, p);
    struct rect r = {.y = p->area.y + 2, .x = p->area.x, .h = p->area.h - 2, .w = p->area.w};
    struct err e = {0};
    list_set_area(t->list, r);
    if (!list_load(t->list, true, &e))
        tell(p->s->ui, &e);
}

static void draw(struct pane *p)
{
    struct timeline *t = PANE(struct timeline, p);
    STR shown = {0};
    str_add(&shown, _("Shows"));
    for (size_t i = 0; i < t->n_kinds; i++)
        str_printf(&shown, "  [%s] %s", t->off[i] ? " " : "x", t->labels[i]);
    if (t->n_kinds)
        draw_text(p->area.y, p->area.x + 1, p->area.w - 2, LOOK_NORMAL, str_text(&shown));
    list_draw(t->list, true);
}

static void draw_move(struct pane *p)
{
    list_draw_move(PANE(struct timeline, p)->list, true);
}

static const json_t *current(const struct timeline *t)
{
    const char *k = list_key(t->list);
    for (size_t i = 0; k && i < t->rows.n; i++) {
        if (strcmp(t->lines[i].key, k) == 0)
            return t->lines[i].event;
    }
    return NULL;
}

static void status(struct pane *p)
{
    struct timeline *t = PANE(struct timeline, p);
    const json_t *event = current(t);
    AUTOFREE char *total = number_text((json_int_t)json_array_size(t->events), t->more);
    if (event)
        screen_note(p->s, "%s  –  %s", get_text(event, "at_text"), get_text(event, "what"));
    screen_place(p->s, _("%s events"), total);
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    struct timeline *t = PANE(struct timeline, p);
    size_t n = 0;
    if (list_key(t->list) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN, .label = _("Read")};
    if (t->n_kinds > 1 && n < max)
        ret[n++] = (struct hint){.action = ACT_FILTER};
    return n;
}

static void ask_kinds(struct pane *p)
{
    struct timeline *t = PANE(struct timeline, p);
    struct pick_item items[KINDS_MAX];
    for (size_t i = 0; i < t->n_kinds; i++)
        items[i] = (struct pick_item){.label = t->labels[i], .marked = !t->off[i]};
    struct dialog_pick q = {.title = _("Show in the timeline"), .items = items, .n = t->n_kinds, .several = true};
    dialog_pick(p->s->ui, &q, RECORD_PANE);
}

static bool answer(struct pane *p, struct screen *closed)
{
    struct timeline *t = PANE(struct timeline, p);
    struct err e = {0};
    if (closed->tag != RECORD_PANE)
        return false;
    if (!closed->answer.yes || !closed->answer.marked)
        return true;
    for (size_t i = 0; i < t->n_kinds; i++)
        t->off[i] = !closed->answer.marked[i];
    make_lines(t);
    if (!list_load(t->list, true, &e))
        tell(p->s->ui, &e);
    return true;
}

/* The next page is read when the marker has come to the end of what was read. */
static enum reply move(struct pane *p, enum action a)
{
    struct timeline *t = PANE(struct timeline, p);
    struct err e = {0};
    AUTOFREE char *was = xstrdup(list_key(t->list));
    enum reply r = list_act(t->list, a);
    bool down = a == ACT_DOWN || a == ACT_PAGE_DOWN || a == ACT_LAST;
    if (!t->more || !down || !str_eq(was, list_key(t->list)))
        return r;
    if (!read_more(p, &e) || !list_load(t->list, true, &e))
        tell(p->s->ui, &e);
    (void)list_act(t->list, a);
    return UI_DONE;
}

static enum reply act(struct pane *p, enum action a)
{
    struct timeline *t = PANE(struct timeline, p);
    struct err e = {0};
    const json_t *event = current(t);
    switch (a) {
    case ACT_OPEN:
        if (event && !record_open(p->s->ui, get_text(event, "id"), 0, &e))
            tell(p->s->ui, &e);
        return UI_DONE;
    case ACT_FILTER:
        if (t->n_kinds < 2)
            return UI_PASS;
        ask_kinds(p);
        return UI_DONE;
    case ACT_MARK:
        return UI_PASS;
    default:
        return move(p, a);
    }
}

static void done(struct pane *p)
{
    struct timeline *t = PANE(struct timeline, p);
    list_free(t->list);
    json_decref(t->events);
    free(t->lines);
}

const struct pane_ops timeline_pane = {
    .size = sizeof(struct timeline),
    .open = open_timeline,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .answer = answer,
    .done = done,
};
