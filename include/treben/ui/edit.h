/* The text editor's model: one line or a note, by user-perceived character, with undo. No curses.
 */
#ifndef TREBEN_UI_EDIT_H
#define TREBEN_UI_EDIT_H

#include "treben/base/str.h"

struct edit_row { /* one row on the screen: bytes from start, without the newline or wrapped blank
                   */
    size_t start, len;
};

struct edit {
    struct str text;
    size_t cursor;           /* byte, always between clusters */
    size_t max_chars;        /* 0: none */
    bool multi;              /* newlines allowed */
    int goal;                /* column that up and down aim at; -1: none */
    int scroll;              /* first row (note) or column (line) that shows; kept by draw_edit */
    struct edit_step *steps; /* undo and redo */
    size_t n_steps, at_step, cap_steps;
    size_t steps_bytes;
    bool joined;      /* typing goes on in the last step */
    unsigned version; /* counts every change */
    struct edit_row *rows;
    size_t n_rows, cap_rows;
    int rows_cols; /* width the rows were made for, and the text's version */
    unsigned rows_version;
};

enum edit_answer {
    EDIT_NOTHING, /* nothing to do: at the edge, nothing to undo */
    EDIT_MOVED,
    EDIT_CHANGED,
    EDIT_FULL,   /* max_chars reached: nothing, or only a part, went in */
    EDIT_CLEANED /* changed, but characters that cannot be stored were left out */
};

void edit_init(struct edit *ed, bool multi, size_t max_chars);
void edit_done(struct edit *ed);
void edit_set(struct edit *ed,
              const char *text); /* a new text, cursor at its end, nothing to undo */
const char *edit_text(const struct edit *ed);
size_t edit_chars(const struct edit *ed);

/* Typed text: runs of letters are one undo step, a blank begins a new one. Left out: controls, bidi
 * and zero-width characters, broken bytes. CR and CRLF are newlines; in one line newlines and tabs
 * become a space. */
enum edit_answer edit_insert(struct edit *ed, const char *bytes, size_t n);
enum edit_answer edit_paste(struct edit *ed, const char *bytes, size_t n); /* always one step */
enum edit_answer edit_newline(struct edit *ed);                            /* NOTHING in one line */
enum edit_answer edit_replace(struct edit *ed, const char *text); /* the whole text, as one step */
enum edit_answer edit_backspace(struct edit *ed);
enum edit_answer edit_delete(struct edit *ed);
enum edit_answer edit_undo(struct edit *ed);
enum edit_answer edit_redo(struct edit *ed);
size_t edit_undo_depth(const struct edit *ed);

enum edit_answer edit_left(struct edit *ed);
enum edit_answer edit_right(struct edit *ed);
enum edit_answer edit_home(struct edit *ed,
                           int cols); /* of the row as wrapped at cols; 0: of the line */
enum edit_answer edit_end(struct edit *ed, int cols);
enum edit_answer edit_up(struct edit *ed,
                         int cols); /* NOTHING on the first row: the form moves on */
enum edit_answer edit_down(struct edit *ed, int cols);
enum edit_answer edit_page(struct edit *ed, int cols, int rows); /* rows < 0: up */

/* The text as rows of at most cols columns, broken at blanks where possible. Borrowed until the
 * next change. */
const struct edit_row *edit_rows(struct edit *ed, int cols, size_t *ret_n);
void edit_place(struct edit *ed, int cols, int *ret_row, int *ret_col); /* of the cursor */

#endif
