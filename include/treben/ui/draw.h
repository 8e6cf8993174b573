/* Drawing by rows and columns. All text passes text_clean and is cut to its columns; on a terminal
 * without UTF-8 every character has an ASCII stand-in. Nothing reaches the terminal before
 * term_flush. */
#ifndef TREBEN_UI_DRAW_H
#define TREBEN_UI_DRAW_H

#include "treben/ui/edit.h"

struct rect {
    int y, x, h, w;
};

enum look {
    LOOK_NORMAL,
    LOOK_BOLD,
    LOOK_REVERSE,
    LOOK_ATTENTION /* bold; no colour is used anywhere, the words must say it */
};

/* Exactly cols columns: cut with … or filled with blanks. */
void draw_text(int y, int x, int cols, enum look look, const char *text);
void draw_right(int y, int x, int cols, enum look look, const char *text); /* aligned right */
void draw_format(int y, int x, int cols, enum look look, const char *fmt, ...) PRINTF(5, 6);
/* Whole words wrapped into the rectangle from its first row; returns the rows used. draw_measure
 * only counts. */
int draw_wrapped(struct rect r, enum look look, const char *text);
int draw_measure(int cols, const char *text);
void draw_blank(struct rect r);
void draw_rule(int y, int x, int cols);          /* a horizontal line; blank in plain mode */
void draw_bar(int y, int x, int rows);           /* a vertical line */
void draw_box(struct rect r, const char *title); /* blank inside; title may be NULL */
void draw_blocks(int y, int x, int n);           /* a bar of a chart: █ or # */
void draw_cursor(int y, int x); /* where the hardware cursor stands after the paint */

/* The text of an editor: one line "[text   ]" with r.h 1 (scrolled sideways so that the cursor
 * shows), a framed note "┌──┐" with r.h >= 3 and the count in its lower right corner. focused: sets
 * the cursor. */
void draw_edit(struct edit *ed, struct rect r, bool focused);

/* One hint of row 24. label NULL: the action's own. key NULL: the action's key; else "1-7". */
struct hint {
    int action;
    const char *label, *key;
};

/* Rows 1-2, 22-24. right NULL: the clock, without a user. */
void draw_title(const char *left, const char *right);
void draw_message(const char *left, enum look look, const char *right);
/* Fits what it can: the first and the last two stay, the middle is dropped. */
struct keymap;
void draw_hints(const struct keymap *m, bool writing, const struct hint *h, size_t n);
/* "Åsa Lind  sön 2026-11-22 v47  14:32" for the clock of now. OWN: caller. */
char *draw_clock(const char *user);

#endif
