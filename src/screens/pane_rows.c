/* A tab of rows of another kind that belong to the record. */
#include "record.h"

struct rows {
    struct rowfeed feed;
    struct list *list;
    bool loaded;
};

static bool open_rows(struct pane *p, struct err *e)
{
    struct rows *r = PANE(struct rows, p);
    const char *field = get_text(p->tab->sub, "field");
    struct rowfeed_arg feed = {.kind = get_text(p->tab->sub, "kind"), .filter = "", .drop = field,
                               .also = get_text(p->tab->sub, "also")};
    if (!rowfeed_open(&r->feed, session_of(p->s), &feed, &r->list, e))
        return false;
    AUTOFREE char *many = first_upper(p->tab->label + (p->tab->label[0] >= '1' && p->tab->label[0] <= '9' ? 2 : 0));
    AUTOFREE char *none = xprintf(_("%s: none."), many);
    list_set_empty(r->list, none);
    return true;
}

static void layout(struct pane *p)
{
    struct rows *r = PANE(struct rows, p);
    struct err e = {0};
    list_set_area(r->list, p->area);
    if (!r->loaded && !list_load(r->list, false, &e))
        tell(p->s->ui, &e);
    r->loaded = true;
}

static void draw(struct pane *p)
{
    list_draw(PANE(struct rows, p)->list, true);
}

static void draw_move(struct pane *p)
{
    list_draw_move(PANE(struct rows, p)->list, true);
}

static void status(struct pane *p)
{
    struct rows *r = PANE(struct rows, p);
    const struct list_row *row = list_current(r->list);
    const char *problem = list_problem(r->list);
    AUTOFREE char *place = list_place(r->list);
    STR text = {0};
    size_t n = 0;
    (void)list_columns(r->list, &n);
    for (size_t i = 0; row && i < n && i < 4; i++) {
        if (row->cells[i])
            str_printf(&text, "%s%s", text.len ? "  –  " : "", row->cells[i]);
    }
    screen_note(p->s, "%s", problem ? problem : str_text(&text));
    if (row)
        screen_place(p->s, "%s", place ? place : "");
}

static bool may_create(const struct pane *p)
{
    return get_bool(session_kind(session_of(p->s), get_text(p->tab->sub, "kind")), "may_create");
}

static size_t hints(struct pane *p, struct hint *ret, size_t max)
{
    size_t n = 0;
    if (list_key(PANE(struct rows, p)->list) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN};
    if (may_create(p) && n < max)
        ret[n++] = (struct hint){.action = ACT_NEW};
    return n;
}

static enum reply new_row(struct pane *p)
{
    struct record_screen *st = STATE(struct record_screen, p->s);
    struct err e = {0};
    if (!may_create(p))
        return UI_PASS;
    struct edit_preset preset = {.field = get_text(p->tab->sub, "field"), .value = st->id,
                                 .title = record_title(st)};
    struct edit_arg arg = {.kind = get_text(p->tab->sub, "kind"), .presets = &preset, .n_presets = 1};
    if (!edit_open(p->s->ui, &arg, RECORD_NEW, &e))
        tell(p->s->ui, &e);
    return UI_DONE;
}

static enum reply act(struct pane *p, enum action a)
{
    struct rows *r = PANE(struct rows, p);
    struct err e = {0};
    const char *key = list_key(r->list);
    if (a == ACT_NEW)
        return new_row(p);
    if (a == ACT_MARK)
        return UI_PASS;
    if (a != ACT_OPEN)
        return list_act(r->list, a);
    if (key && !record_open(p->s->ui, key, 0, &e))
        tell(p->s->ui, &e);
    return UI_DONE;
}

static void done(struct pane *p)
{
    struct rows *r = PANE(struct rows, p);
    list_free(r->list);
    rowfeed_done(&r->feed);
}

const struct pane_ops rows_pane = {
    .size = sizeof(struct rows),
    .open = open_rows,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .done = done,
};
