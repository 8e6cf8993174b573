/* My day on the screen: heads with their figures, rows in common columns, the week, the drafts. */
#include "myday.h"

#include <string.h>

#define WHEN_X 3
#define WHAT_X 17
#define TITLE_X 33

/* A title too long for its column takes the last one's place: row 23 tells both. */
static void draw_row(const struct screen *s, int y, const struct place *p)
{
    int w = s->area.w, x = s->area.x, room = w - TITLE_X - 1, last = p->last;
    const char *title = get_text(p->o, "title");
    bool whole = text_cols(title) > room - last - 1 && strcmp(get_text(p->section, "kind"), "task") == 0;
    draw_text(y, x + WHEN_X, WHAT_X - WHEN_X - 1, get_bool(p->o, "late") ? LOOK_ATTENTION : LOOK_NORMAL,
              get_text(p->o, "when"));
    draw_text(y, x + WHAT_X, TITLE_X - WHAT_X - 1, LOOK_NORMAL, get_text(p->o, "what"));
    draw_text(y, x + TITLE_X, whole || !last ? room : room - last - 1, LOOK_NORMAL, title);
    if (!whole && last)
        draw_text(y, x + w - last - 1, last, LOOK_NORMAL, get_text(p->o, "subject"));
}

static void draw_head(const struct screen *s, int y, const char *label, const char *count)
{
    int w = s->area.w, cols = text_cols(count);
    draw_text(y, s->area.x + 1, w - cols - 3, LOOK_BOLD, label);
    draw_right(y, s->area.x + w - cols - 1, cols, LOOK_NORMAL, count);
}

/* "+" done, "." waits, "!" late, "-" not needed; apart, so that a screen reader says them one by one. */
static void spread(const char *links, char ret[16])
{
    size_t n = 0;
    for (size_t i = 0; links[i] && n + 2 < 16; i++) {
        ret[n++] = links[i];
        ret[n++] = ' ';
    }
    ret[n ? n - 1 : 0] = '\0';
}

/* Who can mend it, and what blocks it, stand in the row: it is what the first screen is for. */
static void draw_chain_row(const struct screen *s, int y, const json_t *row)
{
    char links[16];
    int x = s->area.x, w = s->area.w;
    const char *blocked = get_text(row, "blocked"), *who = get_text(row, "who");
    bool known = *blocked && *who;
    spread(get_text(row, "links"), links);
    draw_text(y, x + WHEN_X, WHAT_X - WHEN_X - 1, LOOK_NORMAL, get_text(row, "case_no"));
    draw_text(y, x + WHAT_X, 10, LOOK_NORMAL, links);
    draw_format(y, x + WHAT_X + 10, TITLE_X - WHAT_X - 11, LOOK_NORMAL, _("%lld d"), (long long)get_int(row, "days"));
    draw_format(y, x + TITLE_X, w - TITLE_X - 1, LOOK_NORMAL, "%s%s%s", known ? who : get_text(row, "what"),
                known ? ": " : "", known ? blocked : "");
}

static void draw_place(const struct screen *s, const struct place *p)
{
    int y = s->area.y + p->y;
    const json_t *o = p->o;
    if (p->type == PLACE_HEAD) {
        draw_head(s, y, get_text(o, "label"), get_text(o, "count_text"));
    } else if (p->type == PLACE_MORE) {
        AUTOFREE char *rest = number_text(p->rest, false);
        draw_format(y, s->area.x + WHEN_X, s->area.w - WHEN_X - 1, LOOK_NORMAL, _("… %s more"), rest);
    } else if (p->type == PLACE_ROW) {
        draw_row(s, y, p);
    } else if (p->type == PLACE_CHAIN) {
        draw_chain_row(s, y, o);
    } else if (p->type == PLACE_DRAFT) {
        const char *at = get_text(o, "at_text");
        AUTOFREE char *kept = xprintf(_("kept %s"), *at ? at : get_text(o, "at"));
        draw_text(y, s->area.x + WHEN_X, WHAT_X - WHEN_X - 1, LOOK_NORMAL, _("Draft"));
        AUTOFREE char *what = first_upper(get_text(o, "title"));
        int cols = text_cols(kept);
        draw_text(y, s->area.x + WHAT_X, s->area.w - WHAT_X - cols - 2, LOOK_NORMAL, what);
        draw_right(y, s->area.x + s->area.w - cols - 1, cols, LOOK_NORMAL, kept);
    }
}

static void draw_week(const struct screen *s, const struct myday *d)
{
    const json_t *week = get_array(d->day, "week"), *day;
    int n = (int)json_array_size(week);
    size_t i;
    if (d->week_y < 0 || n == 0)
        return;
    int y = s->area.y + d->week_y, step = (s->area.w - 8) / n;
    draw_format(y, s->area.x + 1, 6, LOOK_BOLD, _("w%lld"), (long long)get_int(d->day, "week_no"));
    json_array_foreach(week, i, day) {
        int x = s->area.x + 8 + (int)i * step;
        bool today = strcmp(get_text(day, "date"), get_text(d->day, "today")) == 0;
        draw_text(y, x, step - 2, today ? LOOK_BOLD : LOOK_NORMAL, get_text(day, "label"));
        draw_text(y + 1, x, step - 2, LOOK_NORMAL, get_text(day, "text"));
    }
}

void myday_draw(const struct screen *s, const struct myday *d)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->places[i].y < s->area.h)
            draw_place(s, &d->places[i]);
    }
    if (d->chain_y >= 0) {
        AUTOFREE char *n = number_text(get_int(d->day, "chain_n"), false);
        draw_head(s, s->area.y + d->chain_y, _("Chain: reviewed, decided, answered, consequence, told"), n);
    }
    draw_week(s, d);
    myday_mark(s, d, ">");
}

void myday_mark(const struct screen *s, const struct myday *d, const char *mark)
{
    if (d->n == 0 || d->places[d->at].y >= s->area.h)
        return;
    const struct place *p = &d->places[d->at];
    draw_text(s->area.y + p->y, s->area.x + p->x, 1, LOOK_NORMAL, mark);
    draw_cursor(s->area.y + p->y, s->area.x + p->x);
}
