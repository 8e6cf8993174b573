/* The text as rows of a given width: broken at blanks, inside a word only when it is longer than a
 * row. */
#include "edit_inner.h"

#include "treben/base/text.h"

#include <string.h>

static void add_row(struct edit *ed, size_t start, size_t len)
{
    if (ed->n_rows == ed->cap_rows) {
        ed->cap_rows = ed->cap_rows ? ed->cap_rows * 2 : 8;
        ed->rows = xrealloc(ed->rows, ed->cap_rows * sizeof *ed->rows);
    }
    ed->rows[ed->n_rows++] = (struct edit_row){.start = start, .len = len};
}

/* One line of the text, end exclusive; at least one row. */
static void wrap_line(struct edit *ed, size_t start, size_t end, int cols)
{
    const char *text = edit_text(ed);
    size_t row = start, blank = 0; /* blank: one behind the last blank of the row, 0 none */
    int used = 0;
    for (size_t p = start; p < end;) {
        int wide;
        size_t n = text_cluster(text + p, &wide);
        if (n == 0)
            break;
        bool is_blank = n == 1 && text[p] == ' '; /* a blank with a mark on it is not one */
        if (used + wide > cols && p > row && !is_blank) {
            size_t stop = blank > row ? blank : p;
            size_t shown = stop;
            while (blank > row && shown > row && text[shown - 1] == ' ')
                shown--;
            add_row(ed, row, shown - row);
            row = stop;
            blank = 0;
            p = row;
            used = 0;
            continue;
        }
        used += wide;
        p += n;
        if (is_blank)
            blank = p;
    }
    add_row(ed, row, end - row);
}

const struct edit_row *edit_rows(struct edit *ed, int cols, size_t *ret_n)
{
    if (ed->rows_cols == cols && ed->rows_version == ed->version && ed->n_rows > 0) {
        *ret_n = ed->n_rows;
        return ed->rows;
    }
    const char *text = edit_text(ed);
    ed->n_rows = 0;
    for (size_t start = 0;;) {
        const char *end = memchr(text + start, '\n', ed->text.len - start);
        size_t stop = end ? (size_t)(end - text) : ed->text.len;
        if (cols > 0)
            wrap_line(ed, start, stop, cols);
        else
            add_row(ed, start, stop - start);
        if (!end)
            break;
        start = stop + 1;
    }
    ed->rows_cols = cols;
    ed->rows_version = ed->version;
    *ret_n = ed->n_rows;
    return ed->rows;
}

size_t edit_row_of(struct edit *ed, int cols)
{
    size_t n, low = 0;
    const struct edit_row *rows = edit_rows(ed, cols, &n);
    for (size_t high = n; high - low > 1;) {
        size_t middle = (low + high) / 2;
        if (rows[middle].start <= ed->cursor)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void edit_place(struct edit *ed, int cols, int *ret_row, int *ret_col)
{
    size_t n, row = edit_row_of(ed, cols), start = edit_rows(ed, cols, &n)[row].start;
    AUTOFREE char *before = xstrndup(edit_text(ed) + start, ed->cursor - start);
    int col = text_cols(before);
    *ret_row = (int)row;
    *ret_col = cols > 0 && col > cols ? cols : col;
}
