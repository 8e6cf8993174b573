/* The help page of a screen: what it is for, its keys with a sentence each, then all keys. */
#include "help.h"

#include <stdlib.h>
#include <string.h>

#define KEY_W 23

struct entry {
    char *key; /* NULL: text over the whole width */
    char *text;
    bool bold;
    int y, h;
};

struct help {
    struct entry *at;
    size_t n, cap;
    int top, rows;
};

static void add(struct help *h, const char *key, const char *text, bool bold)
{
    if (h->n == h->cap) {
        h->cap = h->cap ? h->cap * 2 : 64;
        h->at = xrealloc(h->at, h->cap * sizeof *h->at);
    }
    h->at[h->n++] = (struct entry){.key = xstrdup(key), .text = xstrdup(text), .bold = bold};
}

static void add_action(struct help *h, const struct keymap *m, bool writing, enum action a, const char *label)
{
    const struct action_info *info = action_info(a);
    AUTOFREE char *keys = keymap_keys(m, a, writing);
    if (!*keys || !info->help)
        return;
    AUTOFREE char *text = xprintf("%s: %s", label ? label : _(info->label ? info->label : info->name), _(info->help));
    add(h, keys, text, false);
}

static void add_here(struct help *h, struct screen *s)
{
    struct hint hints[24];
    size_t n = s->ops->hints ? s->ops->hints(s, hints, N_OF(hints)) : 0;
    const struct keymap *m = ui_keymap(s->ui);
    add(h, NULL, _("Keys here"), true);
    for (size_t i = 0; i < n; i++) {
        if (hints[i].key) {
            const char *help = action_info((enum action)hints[i].action)->help;
            add(h, hints[i].key, help ? _(help) : hints[i].label, false);
        } else {
            add_action(h, m, s->writing, (enum action)hints[i].action, hints[i].label);
        }
    }
}

static void add_all(struct help *h, struct screen *s)
{
    const struct keymap *m = ui_keymap(s->ui);
    for (int writing = 0; writing < 2; writing++) {
        for (int g = GROUP_MOVE; g <= GROUP_PROGRAM; g++) {
            bool head = false;
            for (int a = ACT_NONE + 1; a < ACT_TEXT; a++) {
                const struct action_info *info = action_info((enum action)a);
                AUTOFREE char *keys = keymap_keys(m, (enum action)a, writing);
                if ((int)info->group != g || !help_has((enum action)a, writing) || !*keys)
                    continue;
                if (!head) {
                    AUTOFREE char *title = xprintf("%s – %s", writing ? _("All keys while writing") : _("All keys while reading"),
                                                   action_group_name((enum action_group)g));
                    add(h, NULL, "", false);
                    add(h, NULL, title, true);
                    head = true;
                }
                add(h, keys, _(info->help), false);
            }
        }
    }
}

struct help_arg {
    struct screen *about;
};

static bool open_help(struct screen *s, const void *given, struct err *e)
{
    const struct help_arg *arg = given;
    struct screen *about = arg->about;
    struct help *h = STATE(struct help, s);
    (void)e;
    AUTOFREE char *field = about->ops == &edit_ops ? edit_field_help(about) : NULL;
    if (field) {
        add(h, NULL, field, false);
        add(h, NULL, "", false);
    }
    if (about->ops->purpose)
        add(h, NULL, _(about->ops->purpose), false);
    if (help_more(about->ops->name)) {
        add(h, NULL, "", false);
        add(h, NULL, help_more(about->ops->name), false);
    }
    add(h, NULL, "", false);
    add_here(h, about);
    add_all(h, about);
    screen_title(s, "%s", _("Help"));
    return true;
}

void help_open(struct screen *s)
{
    struct err e = {0};
    struct help_arg arg = {.about = s};
    if (s->ops != &help_ops && !ui_push(s->ui, &help_ops, &arg, TAG_RUN, &e))
        tell(s->ui, &e);
}

static void layout(struct screen *s)
{
    struct help *h = STATE(struct help, s);
    int y = 0;
    for (size_t i = 0; i < h->n; i++) {
        int w = s->area.w - 2 - (h->at[i].key ? KEY_W + 1 : 0);
        h->at[i].y = y;
        h->at[i].h = draw_measure(w, h->at[i].text);
        if (h->at[i].h < 1)
            h->at[i].h = 1;
        y += h->at[i].h;
    }
    h->rows = y;
    if (h->top > h->rows - s->area.h)
        h->top = h->rows > s->area.h ? h->rows - s->area.h : 0;
}

static void draw(struct screen *s)
{
    struct help *h = STATE(struct help, s);
    for (size_t i = 0; i < h->n; i++) {
        const struct entry *en = &h->at[i];
        int y = en->y - h->top;
        if (y < 0 || y + en->h > s->area.h)
            continue;
        int x = 1 + (en->key ? KEY_W + 1 : 0);
        struct rect r = {.y = s->area.y + y, .x = s->area.x + x, .h = en->h, .w = s->area.w - 1 - x};
        if (en->key)
            draw_text(r.y, s->area.x + 1, KEY_W, LOOK_NORMAL, en->key);
        (void)draw_wrapped(r, en->bold ? LOOK_BOLD : LOOK_NORMAL, en->text);
    }
    draw_cursor(s->area.y, s->area.x);
}

static void status(struct screen *s)
{
    struct help *h = STATE(struct help, s);
    int last = h->top + s->area.h < h->rows ? h->top + s->area.h : h->rows;
    screen_place(s, _("rows %d–%d of %d"), h->top + 1, last, h->rows);
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    (void)s;
    static const enum action all[] = {ACT_DOWN, ACT_PAGE_DOWN, ACT_BACK};
    size_t n = 0;
    for (; n < N_OF(all) && n < max; n++)
        ret[n] = (struct hint){.action = (int)all[n]};
    return n;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct help *h = STATE(struct help, s);
    int most = h->rows > s->area.h ? h->rows - s->area.h : 0, top = h->top;
    (void)utf8;
    switch (a) {
    case ACT_UP:
        top--;
        break;
    case ACT_DOWN:
        top++;
        break;
    case ACT_PAGE_UP:
        top -= s->area.h - 1;
        break;
    case ACT_PAGE_DOWN:
        top += s->area.h - 1;
        break;
    case ACT_FIRST:
        top = 0;
        break;
    case ACT_LAST:
        top = most;
        break;
    case ACT_HELP:
        return UI_CLOSE;
    default:
        return a == ACT_PALETTE || a == ACT_GOTO ? UI_DONE : UI_PASS;
    }
    h->top = top < 0 ? 0 : top > most ? most : top;
    return UI_DONE;
}

static void done(struct screen *s)
{
    struct help *h = STATE(struct help, s);
    for (size_t i = 0; i < h->n; i++) {
        free(h->at[i].key);
        free(h->at[i].text);
    }
    free(h->at);
}

const struct screen_ops help_ops = {
    .name = "help",
    .purpose = N_("Explains the screen you came from."),
    .size = sizeof(struct help),
    .open = open_help,
    .layout = layout,
    .draw = draw,
    .status = status,
    .hints = hints,
    .act = act,
    .done = done,
};
