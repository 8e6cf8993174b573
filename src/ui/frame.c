/* The frame of every screen: title and clock, message, hints. */
#include "treben/ui/draw.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/ui/action.h"
#include "treben/ui/term.h"

#include <stdlib.h>
#include <string.h>

#define HINTS_MAX 24

char *draw_clock(const char *user)
{
    struct moment m = moment_of(clock_now());
    char date[DATE_TEXT];
    date_text(m.date, date);
    return xprintf("%s%s%s %s %c%d  %02d:%02d", user ? user : "", user && *user ? "  " : "",
                   weekday_short(m.wday), date, lang_now() == LANG_EN ? 'w' : 'v', m.week, m.hour,
                   m.min);
}

/* Left and right in one row with a blank column at each end; the right side is kept whole, the left
 * is cut. */
static void draw_sides(int y, const char *left, enum look look, const char *right)
{
    int width = term_cols() - 2, used = right ? text_cols(right) : 0;
    if (used > width / 2 && left && *left && text_cols(left) + used + 2 > width)
        used = used > width * 2 / 3 ? width * 2 / 3 : used;
    draw_text(y, 0, 1, LOOK_NORMAL, "");
    draw_text(y, 1, used > 0 ? width - used - 2 : width, look, left);
    draw_text(y, 1 + width, 1, LOOK_NORMAL, "");
    if (used == 0)
        return;
    draw_text(y, 1 + width - used - 2, 2, LOOK_NORMAL, "");
    draw_right(y, 1 + width - used, used, LOOK_NORMAL, right);
}

void draw_title(const char *left, const char *right)
{
    AUTOFREE char *clock = right ? NULL : draw_clock(NULL);
    draw_sides(0, left, LOOK_BOLD, right ? right : clock);
    draw_rule(1, 0, term_cols());
}

void draw_message(const char *left, enum look look, const char *right)
{
    draw_rule(term_rows() - 3, 0, term_cols());
    draw_sides(term_rows() - 2, left, look, right);
}

static char *hint_text(const struct keymap *m, bool writing, const struct hint *h)
{
    const char *label = h->label ? h->label : action_info((enum action)h->action)->label;
    const char *key = h->key ? h->key : keymap_key(m, (enum action)h->action, writing);
    if (!*key || !label)
        return NULL;
    return xprintf("%s %s", key_label(key), h->label ? h->label : _(label));
}

static int total(const int *cols, const bool *kept, size_t n, int gap)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        if (kept[i])
            sum += cols[i] + (sum > 0 ? gap : 0);
    return sum;
}

/* Drops hints from the middle until the rest fits; the way back and help stand last and stay. */
static int fit(const int *cols, bool *kept, size_t n, int width)
{
    for (int gap = 3; gap >= 2; gap--)
        if (total(cols, kept, n, gap) <= width)
            return gap;
    for (size_t i = n > 2 ? n - 2 : 0; i > 1; i--) {
        kept[i - 1] = false;
        if (total(cols, kept, n, 2) <= width)
            return total(cols, kept, n, 3) <= width ? 3 : 2;
    }
    kept[0] = n <= 2;
    return 2;
}

void draw_hints(const struct keymap *m, bool writing, const struct hint *h, size_t n)
{
    char *texts[HINTS_MAX] = {0};
    int cols[HINTS_MAX] = {0}, width = term_cols() - 2;
    bool kept[HINTS_MAX] = {false};
    size_t have = 0;
    for (size_t i = 0; i < n && have < HINTS_MAX; i++) {
        texts[have] = hint_text(m, writing, &h[i]);
        if (!texts[have])
            continue;
        cols[have] = text_cols(texts[have]);
        kept[have++] = true;
    }
    STR row = {0};
    int gap = fit(cols, kept, have, width);
    for (size_t i = 0; i < have; i++) {
        if (kept[i])
            str_printf(&row, "%*s%s", row.len > 0 ? gap : 0, "", texts[i]);
        free(texts[i]);
    }
    draw_text(term_rows() - 1, 0, 1, LOOK_NORMAL, "");
    draw_text(term_rows() - 1, 1, width, LOOK_NORMAL, str_text(&row));
    draw_text(term_rows() - 1, 1 + width, 1, LOOK_NORMAL, "");
}
