/* An editor's text on the screen: one line between brackets, or a note in a frame. */
#include "treben/ui/draw.h"

#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

/* Moves the window over the text no more than needed, and then by a third, so that typing on does
 * not shift everything at each key. */
static int scrolled(int scroll, int at, int size)
{
    int jump = size / 3 > 0 ? size / 3 : 1;
    if (at < scroll)
        scroll = at - jump + 1;
    if (at >= scroll + size)
        scroll = at - size + jump;
    return scroll > 0 ? scroll : 0;
}

static void draw_line(struct edit *ed, struct rect r, bool focused)
{
    int inner = r.w - 2, row, col, skipped;
    if (inner < 1)
        return;
    edit_place(ed, 0, &row, &col);
    const char *text = edit_text(ed);
    ed->scroll = text_cols(text) <= inner
                     ? 0
                     : scrolled(ed->scroll, col, inner); /* on the ] at the end of a full box */
    if (!focused)                                        /* a field that is left shows its start */
        ed->scroll = 0;
    text += text_fit(text, ed->scroll, &skipped);
    draw_text(r.y, r.x, 1, LOOK_NORMAL, "[");
    if (focused && text_cols(text) > inner) { /* no mark for the cut where one writes */
        int used;
        AUTOFREE char *part = xstrndup(text, text_fit(text, inner, &used));
        draw_text(r.y, r.x + 1, inner, LOOK_NORMAL, part);
    } else {
        draw_text(r.y, r.x + 1, inner, LOOK_NORMAL, text);
    }
    draw_text(r.y, r.x + r.w - 1, 1, LOOK_NORMAL, "]");
    if (focused)
        draw_cursor(r.y, r.x + 1 + col - skipped);
}

static void draw_count(const struct edit *ed, struct rect r, int row)
{
    size_t chars = edit_chars(ed);
    AUTOFREE char *count =
        ed->max_chars > 0 && chars + ed->max_chars / 5 >= ed->max_chars
            ? xprintf(_(" line %d, %zu of %zu characters"), row + 1, chars, ed->max_chars)
            : xprintf(_(" line %d, %zu characters"), row + 1, chars);
    int cols = text_cols(count);
    if (cols < r.w - 2)
        draw_text(r.y + r.h - 1, r.x + r.w - 1 - cols, cols, LOOK_NORMAL, count);
}

static void draw_note(struct edit *ed, struct rect r, bool focused)
{
    int inner = r.w - 2, height = r.h - 2, row, col;
    size_t n;
    draw_box(r, NULL);
    edit_place(ed, inner, &row, &col);
    const struct edit_row *rows = edit_rows(ed, inner, &n);
    ed->scroll = scrolled(ed->scroll, row, height);
    for (int i = 0; i < height && ed->scroll + i < (int)n; i++) {
        const struct edit_row *line = &rows[ed->scroll + i];
        AUTOFREE char *text = xstrndup(edit_text(ed) + line->start, line->len);
        draw_text(r.y + 1 + i, r.x + 1, inner, LOOK_NORMAL, text);
    }
    draw_count(ed, r, row);
    if (focused)
        draw_cursor(r.y + 1 + row - ed->scroll, r.x + 1 + (col < inner ? col : inner - 1));
}

void draw_edit(struct edit *ed, struct rect r, bool focused)
{
    if (r.h >= 3)
        draw_note(ed, r, focused);
    else
        draw_line(ed, r, focused);
}
