/* The tabs of a record: its pages, its rows of other kinds, timeline and history. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

static struct tab *add(struct record_screen *st, const struct pane_ops *ops, const char *label, json_int_t n)
{
    if (st->n_tabs == RECORD_TABS)
        return NULL;
    struct tab *t = &st->tabs[st->n_tabs++];
    AUTOFREE char *upper = first_upper(label);
    AUTOFREE char *count = number_text(n, false);
    *t = (struct tab){.ops = ops};
    STR text = {0};
    if (st->n_tabs <= 9)
        str_printf(&text, "%zu ", st->n_tabs);
    str_add(&text, upper);
    if (n > 0)
        str_printf(&text, " %s", count);
    t->label = str_take(&text);
    return t;
}

/* The figure is of the rows that count. A kind without rows that this account cannot make either is no tab. */
static void add_subrows(struct record_screen *st, const struct session *ses)
{
    size_t i;
    const json_t *sub;
    json_array_foreach(get_array(st->shown, "subrows"), i, sub) {
        json_int_t n = get_int(sub, "n");
        if (n == 0 && get_int(sub, "wrong") == 0 &&
            !get_bool(session_kind(ses, get_text(sub, "kind")), "may_create"))
            continue;
        struct tab *t = add(st, &rows_pane, get_text(sub, "label"), n);
        if (t)
            t->sub = sub;
    }
}

static void make(struct record_screen *st, const struct session *ses)
{
    if (strcmp(record_kind(st), "sanction_round") == 0)
        (void)add(st, &round_pane, _("Board"), 0);
    if (strcmp(record_kind(st), "call_in") == 0)
        (void)add(st, &call_in_pane, _("Board"), 0);
    if (strcmp(record_kind(st), "meeting") == 0)
        (void)add(st, &agenda_pane, _("Agenda"), 0);
    (void)add(st, &fields_pane, _("Overview"), 0);
    add_subrows(st, ses);
    /* Something happens around a kind that has a time of its own, and around one that much belongs to. */
    if (get_bool(st->desc, "timeline") || json_array_size(get_array(st->desc, "subrows")) >= 3)
        (void)add(st, &timeline_pane, _("Timeline"), 0);
    (void)add(st, &history_pane, _("History"), 0);
}

void tabs_make(struct screen *s)
{
    make(STATE(struct record_screen, s), session_of(s));
}

void tabs_clear(struct record_screen *st)
{
    for (size_t i = 0; i < st->n_tabs; i++) {
        struct tab *t = &st->tabs[i];
        if (t->pane && t->ops->done)
            t->ops->done(t->pane);
        free(t->pane);
        free(t->label);
    }
    st->n_tabs = 0;
}

struct pane *tabs_pane(struct record_screen *st)
{
    return st->at < st->n_tabs ? st->tabs[st->at].pane : NULL;
}

/* All tabs if they fit; otherwise from the first that lets the shown one be seen whole. */
void tabs_draw(const struct record_screen *st, int y, int x, int w)
{
    size_t from = 0;
    int need = 0;
    for (size_t i = 0; i < st->n_tabs; i++)
        need += text_cols(st->tabs[i].label) + 2;
    if (need > w) {
        int left = w - 2;
        from = st->at;
        left -= text_cols(st->tabs[st->at].label) + 2;
        while (from > 0 && left >= text_cols(st->tabs[from - 1].label) + 2)
            left -= text_cols(st->tabs[--from].label) + 2;
    }
    int at = x, end = x + w;
    if (from > 0) {
        draw_text(y, at, 1, LOOK_NORMAL, "…");
        at++;
    }
    for (size_t i = from; i < st->n_tabs; i++) {
        const char *label = st->tabs[i].label;
        int cols = text_cols(label);
        int room = end - at - (i + 1 < st->n_tabs ? 1 : 0);
        if (cols + 2 > room) {
            draw_text(y, at, end - at, LOOK_NORMAL, "…");
            break;
        }
        bool shown = i == st->at;
        draw_format(y, at, cols + 2, shown ? LOOK_BOLD : LOOK_NORMAL, shown ? "[%s]" : " %s ", label);
        at += cols + 2;
    }
}

bool tabs_show(struct screen *s, size_t at, struct rect area, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, s);
    struct tab *t = &st->tabs[at];
    if (!t->pane) {
        struct pane *p = xcalloc(1, sizeof *p + t->ops->size);
        p->ops = t->ops;
        p->s = s;
        p->tab = t;
        p->area = area;
        if (!p->ops->open(p, e)) {
            free(p);
            return false;
        }
        t->pane = p;
    }
    st->at = at;
    t->pane->area = area;
    if (t->ops->layout)
        t->ops->layout(t->pane);
    return true;
}
