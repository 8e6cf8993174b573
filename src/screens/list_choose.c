/* The questions of the list screen: which filter, which order, which columns. */
#include "list_screen.h"

#include <stdlib.h>
#include <string.h>

void list_ask_filter(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const json_t *filters = get_array(st->feed.desc, "filters");
    size_t n = json_array_size(filters), i;
    const json_t *f;
    struct pick_item *items = xcalloc(n + 2, sizeof *items);
    size_t at = 0;
    items[0] = (struct pick_item){.label = _("All"), .words = "alla all inget filter none"};
    json_array_foreach(filters, i, f) {
        items[i + 1] = (struct pick_item){.label = get_text(f, "label"), .words = get_text(f, "name")};
        if (str_eq(get_text(f, "name"), st->feed.filter))
            at = i + 1;
    }
    items[n + 1] = (struct pick_item){
        .label = _("A condition of your own …"),
        .words = "condition villkor uttryck",
        .detail = _("Such as: changed this year and not closed. The next page shows how it is written.")};
    struct dialog_pick q = {.title = _("Filter"), .items = items, .n = n + 2, .at = at};
    dialog_pick(s->ui, &q, LIST_FILTER);
    free(items);
}

static void ask_condition(struct screen *s, const char *initial)
{
    struct dialog_ask q = {
        .title = _("A condition of your own"),
        .text = _("Which records should the list show? Fields by their names, texts in quotes:\n"
                  "  state == \"NY\" and not (area in (\"NORD\", \"CENTRUM\"))\n"
                  "  occurred_at >= today-30d      title contains \"torg\""),
        .label = _("Condition"),
        .initial = initial,
        .max_chars = 500,
    };
    dialog_ask(s->ui, &q, LIST_CONDITION);
}

/* Takes a filter over if the core can read it; otherwise the list stays as it was. */
static bool try_filter(struct screen *s, const char *filter, const char *label)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct err e = {0};
    AUTOFREE char *was = xstrdup(st->feed.filter);
    set_text(&st->feed.filter, filter);
    rowfeed_again(&st->feed);
    if (list_screen_load(s, true, &e)) {
        set_text(&st->filter_label, label);
        return true;
    }
    tell(s->ui, &e);
    set_text(&st->feed.filter, was);
    rowfeed_again(&st->feed);
    if (!list_screen_load(s, true, &e))
        tell(s->ui, &e);
    return false;
}

static void take_filter(struct screen *s, int index)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const json_t *filters = get_array(st->feed.desc, "filters");
    size_t n = json_array_size(filters), i = (size_t)index;
    if (i == 0) {
        (void)try_filter(s, NULL, NULL);
    } else if (i <= n) {
        const json_t *f = json_array_get(filters, i - 1);
        (void)try_filter(s, get_text(f, "name"), get_text(f, "label"));
    } else {
        bool named = find_by(get_array(st->feed.desc, "filters"), "name", st->feed.filter) != NULL;
        ask_condition(s, named ? "" : st->feed.filter);
    }
}

static size_t sortable(const json_t *desc, const char *ret[LIST_COLUMNS], const char *labels[LIST_COLUMNS])
{
    size_t i, n = 0;
    const json_t *c;
    json_array_foreach(get_array(desc, "columns"), i, c) {
        if (get_bool(c, "sort") && n < LIST_COLUMNS) {
            ret[n] = get_text(c, "path");
            labels[n++] = get_text(c, "label");
        }
    }
    return n;
}

void list_ask_sort(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const char *paths[LIST_COLUMNS], *labels[LIST_COLUMNS];
    struct pick_item items[LIST_COLUMNS];
    bool down = false;
    const char *now = list_sort(st->list, &down);
    size_t n = sortable(st->feed.desc, paths, labels), at = 0;
    for (size_t i = 0; i < n; i++) {
        bool this = str_eq(now, paths[i]);
        items[i] = (struct pick_item){.label = labels[i]};
        if (this) {
            at = i;
            items[i].detail = down ? _("The list has this order, last first. Choosing it again turns it.")
                                   : _("The list has this order. Choosing it again turns it.");
            items[i].key = down ? "↓" : "↑";
        }
    }
    if (n == 0) {
        ui_say(s->ui, "%s", _("This list has one order only."));
        return;
    }
    struct dialog_pick q = {.title = _("Order by"), .items = items, .n = n, .at = at};
    dialog_pick(s->ui, &q, LIST_SORT);
}

static void take_sort(struct screen *s, int index)
{
    struct list_screen *st = STATE(struct list_screen, s);
    const char *paths[LIST_COLUMNS], *labels[LIST_COLUMNS];
    struct err e = {0};
    bool down = false;
    bool same = false;
    size_t n = sortable(st->feed.desc, paths, labels);
    if ((size_t)index >= n)
        return;
    same = str_eq(list_sort(st->list, &down), paths[index]);
    bool turned = same && !down;
    AUTOFREE char *sort = xprintf("%s%s", turned ? "-" : "", paths[index]);
    set_text(&st->feed.sort, sort);
    list_set_sort(st->list, paths[index], turned);
    if (!list_screen_load(s, true, &e))
        tell(s->ui, &e);
}

void list_ask_columns(struct screen *s)
{
    struct list_screen *st = STATE(struct list_screen, s);
    struct pick_item items[LIST_COLUMNS];
    size_t n = 0;
    const struct list_column *c = list_columns(st->list, &n);
    for (size_t i = 0; i < n; i++)
        items[i] = (struct pick_item){.label = c[i].label, .marked = list_chosen(st->list, i)};
    struct dialog_pick q = {.title = _("Columns"), .items = items, .n = n, .several = true};
    dialog_pick(s->ui, &q, LIST_CHOOSE);
}

static void take_columns(struct screen *s, const bool *marked)
{
    struct list_screen *st = STATE(struct list_screen, s);
    size_t n = 0, shown = 0;
    const struct list_column *c = list_columns(st->list, &n);
    for (size_t i = 0; i < n; i++)
        shown += marked[i];
    if (shown == 0) {
        ui_say_problem(s->ui, "%s", _("A list needs at least one column; nothing was changed."));
        return;
    }
    for (size_t i = 0; i < n; i++)
        list_set_chosen(st->list, c[i].name, marked[i]);
}

bool list_take_answer(struct screen *s, struct screen *closed)
{
    const struct answer *a = &closed->answer;
    if (closed->tag < LIST_FILTER || closed->tag > LIST_CHOOSE)
        return false;
    if (!a->yes)
        return true;
    switch (closed->tag) {
    case LIST_FILTER:
        take_filter(s, a->index);
        break;
    case LIST_CONDITION:
        if (!try_filter(s, a->text, a->text))
            ask_condition(s, a->text);
        break;
    case LIST_SORT:
        take_sort(s, a->index);
        break;
    default:
        if (a->marked)
            take_columns(s, a->marked);
        break;
    }
    return true;
}
