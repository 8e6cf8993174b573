/* Text, lines and boxes into curses' standard screen. */
#include "treben/ui/draw.h"

#include "ascii.h"
#include "terminal.h"
#include "treben/base/text.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#define COLS_MAX 512

static struct {
    int top, bottom; /* bottom 0: all rows */
} clipped;

void draw_clip(int top, int bottom)
{
    clipped.top = top;
    clipped.bottom = bottom;
}

static attr_t attributes(enum look look)
{
    return look == LOOK_REVERSE ? A_REVERSE : look == LOOK_NORMAL ? A_NORMAL : A_BOLD;
}

/* One cluster as a cell; what the terminal's width table sees otherwise than ours becomes a
 * question mark. */
static void make_cell(cchar_t *cell, const char *text, size_t n, int cols, enum look look)
{
    wchar_t wide[CCHARW_MAX + 1] = L"?";
    if (n == 1) {
        wide[0] = (wchar_t)(unsigned char)*text;
    } else {
        mbstate_t state = {0};
        AUTOFREE char *one = xstrndup(text, n);
        const char *p = one;
        size_t made = mbsrtowcs(wide, &p, CCHARW_MAX, &state);
        if (made == (size_t)-1 || made == 0 || wcswidth(wide, CCHARW_MAX) != cols)
            wcscpy(wide, L"?");
        wide[CCHARW_MAX] = L'\0';
    }
    setcchar(cell, wide, attributes(look), 0, NULL);
}

/* The first n bytes of clean text; returns the column after them. */
static int put_cells(int y, int x, const char *text, size_t n, enum look look)
{
    cchar_t cells[COLS_MAX];
    int made = 0, from = x;
    for (size_t i = 0; i < n && made < COLS_MAX;) {
        int cols = 1;
        size_t used = (unsigned char)text[i] < 0x80 && (unsigned char)text[i + 1] < 0x80
                          ? 1
                          : text_cluster(text + i, &cols);
        if (used == 0)
            break;
        if (cols == 2) { /* curses must see both halves */
            cchar_t both;
            mvadd_wchnstr(y, from, cells, made);
            make_cell(&both, text + i, used, 2, look);
            mvadd_wch(y, x, &both);
            made = 0;
            from = x + 2;
        } else if (cols == 1) {
            make_cell(&cells[made++], text + i, used, 1, look);
        }
        x += cols;
        i += used;
    }
    if (made > 0)
        mvadd_wchnstr(y, from, cells, made);
    return x;
}

static void put_blanks(int y, int x, int n, enum look look)
{
    cchar_t cells[COLS_MAX];
    if (n <= 0)
        return;
    if (n > COLS_MAX)
        n = COLS_MAX;
    make_cell(&cells[0], " ", 1, 1, look);
    for (int i = 1; i < n; i++)
        cells[i] = cells[0];
    mvadd_wchnstr(y, x, cells, n);
}

static bool is_clean(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
            return false;
    return true;
}

/* What may be drawn of a text: itself, or a copy in *ret_copy. */
static const char *drawable(const char *text, char **ret_copy)
{
    *ret_copy = NULL;
    if (!text)
        return "";
    if (is_clean(text))
        return text;
    *ret_copy = text_clean(text, false);
    if (!term_utf8()) {
        char *ascii = ascii_stand_in(*ret_copy);
        free(*ret_copy);
        *ret_copy = ascii;
    }
    return *ret_copy;
}

static void draw_aligned(int y, int x, int cols, enum look look, const char *text, bool right)
{
    if (cols > COLS - x)
        cols = COLS - x;
    if (y < clipped.top || (clipped.bottom > 0 && y >= clipped.bottom))
        return;
    if (y < 0 || x < 0 || y >= LINES || cols <= 0)
        return;
    AUTOFREE char *copy = NULL;
    const char *s = drawable(text, &copy);
    int used, end = x + cols;
    size_t n = text_fit(s, cols, &used);
    bool cut = s[n] != '\0';
    if (cut)
        n = text_fit(s, cols - 1, &used);
    if (right && !cut) {
        put_blanks(y, x, cols - used, look);
        x += cols - used;
    }
    x = put_cells(y, x, s, n, look);
    if (cut) {
        const char *mark = term_utf8() ? "…" : ".";
        x = put_cells(y, x, mark, strlen(mark), look);
    }
    put_blanks(y, x, end - x, look);
}

void draw_text(int y, int x, int cols, enum look look, const char *text)
{
    draw_aligned(y, x, cols, look, text, false);
}

void draw_right(int y, int x, int cols, enum look look, const char *text)
{
    draw_aligned(y, x, cols, look, text, true);
}

void draw_format(int y, int x, int cols, enum look look, const char *fmt, ...)
{
    ARENA a = {0};
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(&a, fmt, args);
    va_end(args);
    draw_text(y, x, cols, look, text);
}

/* A text laid out once, for drawing or only for counting. */
static int wrapped(struct rect r, enum look look, const char *text, bool draw)
{
    AUTOFREE char *clean = text_clean(text ? text : "", true);
    struct edit ed;
    size_t n;
    edit_init(&ed, true, 0);
    edit_set(&ed, clean);
    const struct edit_row *rows = edit_rows(&ed, r.w > 0 ? r.w : 1, &n);
    for (size_t i = 0; draw && i < n && (int)i < r.h; i++) {
        AUTOFREE char *line = xstrndup(edit_text(&ed) + rows[i].start, rows[i].len);
        draw_text(r.y + (int)i, r.x, r.w, look, line);
    }
    edit_done(&ed);
    return (int)n;
}

int draw_wrapped(struct rect r, enum look look, const char *text)
{
    int n = wrapped(r, look, text, true);
    return n < r.h ? n : r.h;
}

int draw_measure(int cols, const char *text)
{
    return wrapped((struct rect){.w = cols}, LOOK_NORMAL, text, false);
}

void draw_blank(struct rect r)
{
    for (int i = 0; i < r.h; i++)
        draw_text(r.y + i, r.x, r.w, LOOK_NORMAL, "");
}

static void repeat(int y, int x, int n, const char *glyph)
{
    STR s = {0};
    for (int i = 0; i < n; i++)
        str_add(&s, glyph);
    draw_text(y, x, n, LOOK_NORMAL, str_text(&s));
}

void draw_rule(int y, int x, int cols)
{
    repeat(y, x, cols, term_plain() ? " " : "─");
}

void draw_bar(int y, int x, int rows)
{
    for (int i = 0; i < rows; i++)
        draw_text(y + i, x, 1, LOOK_NORMAL, term_plain() ? " " : "│");
}

void draw_blocks(int y, int x, int n)
{
    repeat(y, x, n, term_plain() ? "#" : "█");
}

void draw_box(struct rect r, const char *title)
{
    draw_blank(r);
    if (r.h < 2 || r.w < 2)
        return;
    draw_rule(r.y, r.x, r.w);
    draw_rule(r.y + r.h - 1, r.x, r.w);
    draw_bar(r.y, r.x, r.h);
    draw_bar(r.y, r.x + r.w - 1, r.h);
    if (!term_plain()) {
        draw_text(r.y, r.x, 1, LOOK_NORMAL, "┌");
        draw_text(r.y, r.x + r.w - 1, 1, LOOK_NORMAL, "┐");
        draw_text(r.y + r.h - 1, r.x, 1, LOOK_NORMAL, "└");
        draw_text(r.y + r.h - 1, r.x + r.w - 1, 1, LOOK_NORMAL, "┘");
    }
    if (!title || !*title)
        return;
    AUTOFREE char *framed = xprintf(" %s ", title);
    int cols = text_cols(framed);
    draw_text(r.y, r.x + 1, cols < r.w - 3 ? cols : r.w - 3, LOOK_BOLD, framed);
}

void draw_cursor(int y, int x)
{
    term_cursor_at(y, x);
}
