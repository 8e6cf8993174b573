/* A list to pick from, narrowed by typing. */
#include "treben/ui/dialog.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct item {
    char *label, *key, *detail;
    char *folded, *folded_label; /* all it can be found by; its label */
    bool dead;
    char letter;
};

struct pick {
    char *title, *count, *empty;
    struct item *items;
    size_t n;
    size_t *shown; /* indices of those that fit the filter */
    size_t n_shown, at, top;
    bool several, by_letter, has_details;
    struct edit query;
    struct rect box;
    int rows;    /* of items */
    bool on_row; /* the cursor stands on the marked row, not in the filter */
};

static struct pick *self(struct screen *s)
{
    return STATE(struct pick, s);
}

/* Every word of the query somewhere in the item. */
static bool fits(const struct item *it, const char *query)
{
    for (const char *p = query; *p;) {
        size_t n = strcspn(p, " ");
        AUTOFREE char *word = xstrndup(p, n);
        if (n > 0 && !strstr(it->folded, word))
            return false;
        p += n + (p[n] == ' ');
    }
    return true;
}

static bool begins(const struct item *it, const char *query)
{
    return str_starts(it->folded_label, query);
}

static void narrow(struct pick *p)
{
    AUTOFREE char *query = text_fold(edit_text(&p->query));
    p->n_shown = p->at = p->top = 0;
    for (int round = 0; round < 2; round++) /* those whose label begins so stand first */
        for (size_t i = 0; i < p->n; i++)
            if (fits(&p->items[i], query) && begins(&p->items[i], query) == (round == 0))
                p->shown[p->n_shown++] = i;
    p->on_row = false;
}

static void copy_item(struct pick *p, size_t i, const struct pick_item *from)
{
    struct item *it = &p->items[i];
    it->label = xstrdup(from->label);
    it->key = xstrdup(from->key);
    it->detail = xstrdup(from->detail);
    it->dead = from->dead;
    it->letter = from->letter;
    AUTOFREE char *all = xprintf("%s %s %s", from->label, from->words ? from->words : "",
                                 from->detail ? from->detail : "");
    it->folded = text_fold(all);
    it->folded_label = text_fold(from->label);
    p->has_details |= !str_empty(from->detail);
}

static void make_visible(struct pick *p)
{
    size_t rows = p->rows > 0 ? (size_t)p->rows : 1;
    if (p->at < p->top)
        p->top = p->at;
    if (p->at >= p->top + rows)
        p->top = p->at - rows + 1;
}

static bool pick_open(struct screen *s, const void *arg, struct err *e)
{
    const struct dialog_pick *q = arg;
    struct pick *p = self(s);
    (void)e;
    p->title = xstrdup(q->title);
    p->count = xstrdup(q->count);
    p->empty = xstrdup(q->empty);
    p->n = q->n;
    p->items = xcalloc(q->n ? q->n : 1, sizeof *p->items);
    p->shown = xcalloc(q->n ? q->n : 1, sizeof *p->shown);
    p->several = q->several;
    p->by_letter = q->by_letter;
    s->answer.marked = q->several ? xcalloc(q->n ? q->n : 1, sizeof(bool)) : NULL;
    for (size_t i = 0; i < q->n; i++) {
        copy_item(p, i, &q->items[i]);
        if (q->several)
            s->answer.marked[i] = q->items[i].marked;
    }
    edit_init(&p->query, false, 100);
    narrow(p);
    p->at = q->at < p->n_shown ? q->at : 0;
    s->writing = !q->by_letter;
    return true;
}

static void pick_done(struct screen *s)
{
    struct pick *p = self(s);
    for (size_t i = 0; i < p->n; i++) {
        free(p->items[i].label);
        free(p->items[i].key);
        free(p->items[i].detail);
        free(p->items[i].folded);
        free(p->items[i].folded_label);
    }
    free(p->items);
    free(p->shown);
    free(p->title);
    free(p->count);
    free(p->empty);
    edit_done(&p->query);
}

static void pick_layout(struct screen *s)
{
    struct pick *p = self(s);
    int w = s->area.w > 80 ? 73 : s->area.w - 11;
    int around = 3 + (p->by_letter ? 0 : 2) + (p->count ? 2 : 0) + (p->has_details ? 3 : 0);
    int room = s->area.h - 1 - around, wish = p->n > 0 ? (int)p->n : 1;
    p->rows = wish < room ? wish : room;
    p->box = (struct rect){
        .y = s->area.y + 1, .x = s->area.x + (s->area.w - w) / 2, .h = p->rows + around, .w = w};
    make_visible(p);
}

static void draw_item(struct screen *s, size_t i, int y, int x, int w)
{
    const struct pick *p = self(s);
    size_t which = p->shown[i];
    const struct item *it = &p->items[which];
    const char *box = !p->several ? "" : s->answer.marked[which] ? "[x] " : "[ ] ";
    char letter[4] = {it->letter, ' ', ' ', '\0'};
    AUTOFREE char *label =
        xprintf("%s%s%s", box, p->by_letter && it->letter ? letter : "", it->label);
    int key = it->key ? text_cols(it->key) : 0;
    draw_text(y, x, 2, LOOK_NORMAL, i == p->at ? "> " : "");
    draw_text(y, x + 2, w - 2 - (key ? key + 2 : 0), LOOK_NORMAL, label);
    if (key)
        draw_right(y, x + w - key - 2, key + 2, LOOK_NORMAL, it->key);
}

static void draw_below(const struct pick *p, int y, int x, int w)
{
    if (p->count) {
        AUTOFREE char *count = xprintf(_("%zu of %zu %s"), p->n_shown, p->n, p->count);
        draw_text(y + 1, x, w, LOOK_NORMAL, count);
        y += 2;
    }
    if (p->has_details && p->n_shown > 0 && p->items[p->shown[p->at]].detail)
        draw_wrapped((struct rect){.y = y + 1, .x = x, .h = 2, .w = w}, LOOK_NORMAL,
                     p->items[p->shown[p->at]].detail);
}

static void pick_draw(struct screen *s)
{
    struct pick *p = self(s);
    int x = p->box.x + 2, y = p->box.y + 1, w = p->box.w - 4;
    draw_blank((struct rect){.y = p->box.y, .x = s->area.x, .h = p->box.h, .w = s->area.w});
    draw_box(p->box, p->title);
    if (!p->by_letter) {
        draw_edit(&p->query, (struct rect){.y = y, .x = x, .h = 1, .w = w}, true);
        y += 2;
    }
    if (p->n_shown == 0)
        draw_text(y, x, w, LOOK_NORMAL, p->empty ? p->empty : _("Nothing fits. Write less of it."));
    for (int i = 0; i < p->rows && p->top + (size_t)i < p->n_shown; i++)
        draw_item(s, p->top + (size_t)i, y + i, x, w);
    if (p->n_shown > 0 && (p->on_row || p->by_letter))
        draw_cursor(y + (int)(p->at - p->top), x);
    draw_below(p, y + p->rows, x, w);
}

static size_t pick_hints(struct screen *s, struct hint *ret, size_t max)
{
    const struct pick *p = self(s);
    size_t n = 0;
    if (max < 4)
        return 0;
    ret[n++] = (struct hint){.action = ACT_OPEN, .label = p->several ? _("Done") : _("Choose")};
    if (p->several)
        ret[n++] = (struct hint){.action = ACT_MARK, .key = "Space", .label = _("Mark")};
    ret[n++] = (struct hint){.action = ACT_DOWN, .key = _("Up/Down"), .label = _("Select")};
    ret[n++] = (struct hint){.action = ACT_BACK, .label = _("Close")};
    return n;
}

static enum reply take(struct screen *s)
{
    const struct pick *p = self(s);
    if (p->n_shown == 0 && !p->several)
        return UI_DONE;
    const struct item *it = p->n_shown > 0 ? &p->items[p->shown[p->at]] : NULL;
    if (!p->several && it->dead) {
        screen_note(s, "%s", it->detail ? it->detail : _("This cannot be chosen now."));
        return UI_DONE;
    }
    s->answer.yes = true;
    s->answer.index = it ? (int)p->shown[p->at] : -1;
    return UI_CLOSE;
}

static enum reply move(struct pick *p, long by)
{
    if (p->n_shown == 0)
        return UI_DONE;
    long to = (long)p->at + by, last = (long)p->n_shown - 1;
    p->at = (size_t)(to < 0 ? 0 : to > last ? last : to);
    p->on_row = true;
    make_visible(p);
    return UI_DONE;
}

static enum reply take_letter(struct screen *s, const char *utf8)
{
    struct pick *p = self(s);
    for (size_t i = 0; utf8 && utf8[0] && !utf8[1] && i < p->n_shown; i++)
        if (p->items[p->shown[i]].letter == utf8[0]) {
            p->at = i;
            return take(s);
        }
    return UI_PASS;
}

static enum reply write_on(struct screen *s, enum action a, const char *utf8)
{
    struct pick *p = self(s);
    if (a == ACT_TEXT && p->several && str_eq(utf8, " ") && p->n_shown > 0) {
        bool *marked = &s->answer.marked[p->shown[p->at]];
        *marked = !*marked;
        return UI_DONE;
    }
    switch (a) {
    case ACT_TEXT:
    case ACT_PASTE:
        edit_insert(&p->query, utf8, strlen(utf8));
        break;
    case ACT_BACKSPACE:
        edit_backspace(&p->query);
        break;
    case ACT_DELETE:
        edit_delete(&p->query);
        break;
    case ACT_LEFT:
        edit_left(&p->query);
        p->on_row = false;
        return UI_DONE;
    case ACT_RIGHT:
        edit_right(&p->query);
        p->on_row = false;
        return UI_DONE;
    default:
        return UI_PASS;
    }
    narrow(p);
    return UI_DONE;
}

static enum reply pick_act(struct screen *s, enum action a, const char *utf8)
{
    struct pick *p = self(s);
    screen_note(s, NULL);
    if (p->by_letter) {
        enum reply r = take_letter(s, utf8);
        if (r != UI_PASS)
            return r;
    }
    switch (a) {
    case ACT_OPEN:
        return take(s);
    case ACT_UP:
        return move(p, -1);
    case ACT_DOWN:
        return move(p, 1);
    case ACT_PAGE_UP:
        return move(p, -p->rows);
    case ACT_PAGE_DOWN:
        return move(p, p->rows);
    default:
        return p->by_letter ? UI_PASS : write_on(s, a, utf8);
    }
}

static const struct screen_ops pick_ops = {.name = "pick",
                                           .purpose =
                                               N_("A list to choose from. Write a few letters of "
                                                  "what you look for; Enter takes the marked row."),
                                           .size = sizeof(struct pick),
                                           .popup = true,
                                           .open = pick_open,
                                           .layout = pick_layout,
                                           .draw = pick_draw,
                                           .hints = pick_hints,
                                           .act = pick_act,
                                           .done = pick_done};

void dialog_pick(struct ui *ui, const struct dialog_pick *q, int tag)
{
    struct err e = {0};
    if (!ui_push(ui, &pick_ops, q, tag, &e))
        ui_say_err(ui, &e);
}
