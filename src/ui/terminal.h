/* Inside the ui layer: what the drawing shares with the terminal. */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "treben/ui/term.h"

void term_cursor_at(int y, int x);
void draw_clip(int top, int bottom); /* rows outside are not drawn until the next call */
void term_erase(void);               /* a blank screen to draw on; only what differs is sent */

/* Remembers the terminal's modes before they change; then what gives it back, and the handlers that
 * send it when the process dies. */
void crash_remember(int in, int out);
void crash_arm(const char *restore);
void crash_disarm(void);

/* Says whether the terminal behind in/out counts å as one column: TERM_UTF8, TERM_ASCII, or
 * TERM_ASK if it does not answer in time. The descriptors must be in raw mode. */
enum term_charset probe_charset(int in, int out);
enum term_charset locale_charset(void);

#endif
