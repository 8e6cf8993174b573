/* The list of one kind: a search box that filters as you type, filters by name or condition, order, columns. */
#include "list_screen.h"

#include <string.h>

static bool open_list(struct screen *s, const void *given, struct err *e)
{
    const struct list_arg *arg = given;
    struct list_screen *st = STATE(struct list_screen, s);
    struct rowfeed_arg feed = {.kind = arg->kind, .filter = arg->filter, .sort = arg->sort};
    if (!rowfeed_open(&st->feed, session_of(s), &feed, &st->list, e))
        return false;
    edit_init(&st->box, false, 80);
    const json_t *named = find_by(get_array(st->feed.desc, "filters"), "name", st->feed.filter);
    if (named)
        set_text(&st->filter_label, get_text(named, "label"));
    else if (!str_empty(arg->filter))
        set_text(&st->filter_label, arg->filter_label ? arg->filter_label : arg->filter);
    st->all = -1;
    AUTOFREE char *many = first_upper(get_text(st->feed.desc, "many"));
    screen_title(s, "%s", many);
    return true;
}

bool list_open(struct ui *ui, const struct list_arg *arg, struct err *e)
{
    return ui_push(ui, &list_ops, arg, TAG_RUN, e);
}

/* What stands where no rows are: why, and what to do about it. */
static void set_empty(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const json_t *kind = session_kind(st->feed.ses, st->feed.kind);
    AUTOFREE char *text = NULL;
    if (!str_empty(st->feed.text))
        text = xprintf(_("Nothing here fits \"%s\". Fewer letters find more; f changes the filter."),
                       st->feed.text);
    else if (!str_empty(st->feed.filter))
        text = xprintf("%s", _("Nothing fits the filter. f changes it."));
    else if (get_bool(kind, "may_create"))
        text = xprintf("%s", _("There is nothing here yet. n writes the first."));
    else
        text = xprintf("%s", _("There is nothing here for you to see."));
    list_set_empty(st->list, text);
}

bool list_screen_load(struct screen *s, bool keep, struct err *e)
{
    struct list_screen *st = STATE(struct list_screen, s);
    set_empty(s);
    if (!list_load(st->list, keep, e))
        return false;
    if (str_empty(st->feed.text)) {
        st->all = st->feed.total;
        st->all_capped = st->feed.capped;
    }
    st->loaded = true;
    return true;
}

static void layout(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct rect r = {.y = s->area.y + 4, .x = s->area.x, .h = s->area.h - 4, .w = s->area.w};
    list_set_area(st->list, r);
    struct err e = {0};
    if (!st->loaded && !list_screen_load(s, false, &e))
        tell(s->ui, &e);
}

static char *count_text(const struct list_screen *st)
{
    AUTOFREE char *shown = number_text(st->feed.total, st->feed.capped);
    if (st->feed.total < 0)
        return xstrdup("");
    if (str_empty(st->feed.text) || st->all < 0)
        return xstrdup(shown);
    AUTOFREE char *all = number_text(st->all, st->all_capped);
    return xprintf(_("%s of %s"), shown, all);
}

static void draw_box_row(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct rect box = {.y = s->area.y + 1, .x = s->area.x + 9, .h = 1, .w = 32};
    draw_text(box.y, s->area.x + 1, 8, LOOK_NORMAL, _("Search"));
    draw_edit(&st->box, box, s->writing);
    AUTOFREE char *count = count_text(st);
    draw_right(box.y, box.x + box.w + 1, s->area.w - box.x - box.w - 2, LOOK_NORMAL, count);
}

static void draw(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    draw_text(s->area.y + 2, s->area.x + 1, 8, LOOK_NORMAL, _("Filter"));
    draw_text(s->area.y + 2, s->area.x + 9, s->area.w - 10, LOOK_NORMAL,
              st->filter_label ? st->filter_label : _("all"));
    list_draw(st->list, !s->writing);
    draw_box_row(s);
}

static void draw_move(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    list_draw_move(st->list, !s->writing);
    if (s->writing)
        draw_box_row(s);
}

/* Row 23 tells what may be cut in the row: its first values, whole. */
static void status(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const struct list_row *row = list_current(st->list);
    const char *problem = list_problem(st->list);
    AUTOFREE char *place = list_place(st->list);
    size_t n = 0, told = 0;
    STR text = {0};
    (void)list_columns(st->list, &n);
    for (size_t i = 0; row && i < n && told < 3; i++) {
        if (!row->cells[i])
            continue;
        if (told++ > 0)
            str_add(&text, "  –  ");
        str_add(&text, row->cells[i]);
    }
    screen_note(s, "%s", problem ? problem : str_text(&text));
    screen_place(s, "%s", row && place ? place : "");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const json_t *kind = session_kind(st->feed.ses, st->feed.kind);
    size_t n = 0;
    struct hint all[10];
    bool any = list_key(st->list) != NULL;
    if (s->writing) {
        all[n++] = (struct hint){.action = ACT_OPEN, .label = _("To the list")};
        all[n++] = (struct hint){.action = ACT_REVERT, .label = _("Empty the box")};
        all[n++] = (struct hint){.action = ACT_PALETTE};
    } else {
        if (any)
            all[n++] = (struct hint){.action = ACT_OPEN};
        if (get_bool(kind, "may_create"))
            all[n++] = (struct hint){.action = ACT_NEW};
        all[n++] = (struct hint){.action = ACT_SEARCH};
        all[n++] = (struct hint){.action = ACT_FILTER};
        all[n++] = (struct hint){.action = ACT_SORT};
        all[n++] = (struct hint){.action = ACT_COLUMNS};
        all[n++] = (struct hint){.action = ACT_REFRESH};
        all[n++] = (struct hint){.action = ACT_PALETTE};
    }
    all[n++] = (struct hint){.action = ACT_HELP};
    all[n++] = (struct hint){.action = ACT_BACK, .label = s->writing ? _("Whole list") : NULL};
    n = n < max ? n : max;
    memcpy(ret, all, n * sizeof *ret);
    return n;
}

static enum reply search_changed(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    set_text(&st->feed.text, edit_text(&st->box));
    rowfeed_again(&st->feed);
    if (!list_screen_load(s, false, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply act_box(struct screen *s, enum action a, const char *utf8)
{
    struct list_screen *st = STATE(struct list_screen, s);
    unsigned version = st->box.version;
    switch (a) {
    case ACT_TEXT:
    case ACT_PASTE:
        (void)edit_insert(&st->box, utf8, strlen(utf8));
        break;
    case ACT_BACKSPACE:
        (void)edit_backspace(&st->box);
        break;
    case ACT_DELETE:
        (void)edit_delete(&st->box);
        break;
    case ACT_UNDO:
        (void)edit_undo(&st->box);
        break;
    case ACT_REDO:
        (void)edit_redo(&st->box);
        break;
    case ACT_REVERT:
        (void)edit_replace(&st->box, "");
        break;
    case ACT_LEFT:
        (void)edit_left(&st->box);
        return UI_DONE;
    case ACT_RIGHT:
        (void)edit_right(&st->box);
        return UI_DONE;
    case ACT_FIRST:
        (void)edit_home(&st->box, 0);
        return UI_DONE;
    case ACT_LAST:
        (void)edit_end(&st->box, 0);
        return UI_DONE;
    case ACT_OPEN:
    case ACT_NEXT_FIELD:
        s->writing = false;
        return UI_DONE;
    case ACT_BACK: /* leaves the search altogether: the whole list is there again */
        s->writing = false;
        (void)edit_replace(&st->box, "");
        break;
    default:
        return list_act(st->list, a);
    }
    return st->box.version == version ? UI_DONE : search_changed(s);
}

static enum reply open_row(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    const char *key = list_key(st->list);
    if (key && !record_open(s->ui, key, 0, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply new_record(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    if (!get_bool(session_kind(st->feed.ses, st->feed.kind), "may_create"))
        return UI_PASS;
    struct edit_arg arg = {.kind = st->feed.kind};
    if (!edit_open(s->ui, &arg, LIST_NEW, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    if (s->writing)
        return act_box(s, a, utf8);
    switch (a) {
    case ACT_OPEN:
        return open_row(s);
    case ACT_NEW:
        return new_record(s);
    case ACT_SEARCH: {
        AUTOFREE char *id = xprintf("s%u", ++st->feed.ses->searches);
        set_text(&st->feed.search_id, id);
        s->writing = true;
        return UI_DONE;
    }
    case ACT_FILTER:
        list_ask_filter(s);
        return UI_DONE;
    case ACT_SORT:
        list_ask_sort(s);
        return UI_DONE;
    case ACT_COLUMNS:
        list_ask_columns(s);
        return UI_DONE;
    case ACT_REFRESH:
        rowfeed_again(&st->feed);
        if (!list_screen_load(s, true, &e))
            tell(s->ui, &e);
        return UI_DONE;
    case ACT_MARK:
        return UI_PASS; /* nothing is done to several records yet, so nothing can be marked */
    default:
        return list_act(st->list, a);
    }
}

static void resume(struct screen *s, struct screen *closed)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    if (general_resume(s, closed) || list_take_answer(s, closed))
        return;
    if (st->feed.changes != st->feed.ses->changes) {
        rowfeed_again(&st->feed);
        if (!list_screen_load(s, true, &e))
            tell(s->ui, &e);
    }
    if (closed->tag == LIST_NEW && closed->answer.yes && closed->answer.text &&
        !record_open(s->ui, closed->answer.text, 0, &e))
        tell(s->ui, &e);
}

static void done(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    list_free(st->list);
    rowfeed_done(&st->feed);
    edit_done(&st->box);
    mem_autofree(&st->filter_label);
}

bool list_step(struct screen *s, int by, char ret_id[ID_LEN + 1])
{
    if (!s || s->ops != &list_ops)
        return false;
    struct list_screen *st = STATE(struct list_screen, s);
    AUTOFREE char *was = xstrdup(list_key(st->list));
    (void)list_act(st->list, by < 0 ? ACT_UP : ACT_DOWN);
    const char *key = list_key(st->list);
    if (!key || str_eq(was, key) || strlen(key) > ID_LEN)
        return false;
    memcpy(ret_id, key, strlen(key) + 1);
    return true;
}

char *list_where(struct screen *s)
{
    if (!s || s->ops != &list_ops)
        return NULL;
    struct list_screen *st = STATE(struct list_screen, s);
    long index = list_index(st->list);
    AUTOFREE char *total = list_total(st->list);
    return index < 0 ? NULL : xprintf(_("record %ld of %s"), index + 1, total);
}

const struct screen_ops list_ops = {
    .name = "list",
    .purpose = N_("Shows the records of one kind that you may see. Type s and some letters to find one; "
                  "f, o and c choose which, in what order and with which columns."),
    .size = sizeof(struct list_screen),
    .open = open_list,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
