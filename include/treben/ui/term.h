/* The terminal: start, stop, size and what it can show. The only owner of curses and of termios.
 * Process-wide, since a process has one terminal. */
#ifndef TREBEN_UI_TERM_H
#define TREBEN_UI_TERM_H

#include "treben/base/err.h"

#define TERM_MIN_ROWS 24
#define TERM_MIN_COLS 80

enum term_charset {
    TERM_ASK, /* settle it: the locale's name first, the terminal itself only if that says nothing
               */
    TERM_UTF8,
    TERM_ASCII /* also 8-bit terminals: lines become + - |, letters their nearest ASCII */
};

struct term_options {
    int in, out;      /* file descriptors; 0 and 1 as a rule */
    const char *type; /* NULL: $TERM; an unknown type falls back to its nearest known kin */
    enum term_charset charset;
    bool plain;     /* for screen readers: no lines or boxes */
    int rows, cols; /* 0: ask the descriptor (tests give a size) */
};

/* Raw mode, keypad digits as digits, bracketed paste, a screen where one page is one write. Nothing
 * is asked of the terminal unless charset is TERM_ASK and the locale does not name one. Restores
 * the terminal when memory runs out or the process crashes. ERR: IO when there is no terminal or no
 * description of its type fits. */
MUST_CHECK bool term_start(const struct term_options *o, struct err *e);
void term_stop(void); /* clears, turns paste mode off, gives the terminal back; harmless twice */
bool term_running(void);

int term_rows(void);
int term_cols(void);
bool term_too_small(void); /* below 80x24: the loop then shows a sentence instead of the screens */
bool term_utf8(void);
bool term_plain(void);
bool term_resized(void); /* the window has a new size: takes it over and says true once */
int term_in(void);       /* descriptor to poll for keys */
int term_signals(void);  /* readable when SIGWINCH, SIGHUP, SIGTERM or SIGINT came */
bool term_hung_up(void); /* SIGHUP, SIGTERM or SIGINT has come */

/* One paint: everything drawn since the last goes out in one write; the cursor ends where
 * draw_cursor put it. Returns false when the terminal is gone. */
bool term_flush(void);
void term_redraw(void); /* the next flush paints every cell anew (Ctrl-L) */
void term_written(unsigned long *ret_bytes,
                  unsigned long *ret_writes); /* of this process so far; 0 if unknown */

/* The row as drawn, without attributes and trailing blanks. For tests. OWN: caller. */
char *term_row(int y);
void term_cursor(int *ret_y, int *ret_x);

/* The escape sequence this terminal type sends for a terminfo capability ("kcuu1"), or NULL. */
const char *term_key_string(const char *capability);

#endif
