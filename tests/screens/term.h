/* A terminal for tests: the real program on a pty behind libvterm. Waits for the program's own word that all is
 * drawn (TREBEN_UI_SYNC_FD), never for time to pass. */
#ifndef TESTS_SCREENS_TERM_H
#define TESTS_SCREENS_TERM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TERM_LIMIT_MS 20000 /* after that a test has failed; nothing waits for it otherwise */

struct term;

/* argv ends with NULL. env: "NAME=VALUE" words beside a small fixed environment, ends with NULL; NULL: none. */
struct term *term_open(int rows, int cols, const char *const argv[], const char *const env[]);
/* Hangs up if the program still runs; its exit status, or -1 when a signal ended it. */
int term_close(struct term *t);
int term_exit(struct term *t); /* waits until it has ended by itself */
void term_hang_up(struct term *t); /* the line is gone: SIGHUP and end of file */

int term_child(struct term *t); /* pid of the core that the program has started */

void term_send(struct term *t, const char *keys); /* sends and waits until all is drawn */
void term_type(struct term *t, const char *keys); /* one key after the other, each waited for */
void term_resize(struct term *t, int rows, int cols);
void term_until(struct term *t, const char *text); /* until the screen shows it; fails the test if it never does */
void term_without(struct term *t, const char *text); /* until it is gone */

char *term_row(struct term *t, int y);   /* without trailing blanks. OWN: caller */
char *term_screen(struct term *t);       /* all rows. OWN: caller */
bool term_shows(struct term *t, const char *text);
void term_cursor(struct term *t, int *ret_y, int *ret_x);
size_t term_bytes(struct term *t);       /* received since the last call */

/* Equal to golden/NAME.txt, or it fails and shows both. UPDATE_GOLDEN=1 writes the file instead. */
void assert_golden(struct term *t, const char *name);

#define KEY_ENTER "\r"
#define KEY_ESC "\033"
#define KEY_TAB "\t"
#define KEY_UP "\033OA"
#define KEY_DOWN "\033OB"
#define KEY_PGDN "\033[6~"
#define KEY_PGUP "\033[5~"
#define KEY_SAVE "\023"
#define KEY_PALETTE "\013"

#endif
