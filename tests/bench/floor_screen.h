/* The bare list screen in ncursesw: the least that shows rows with a marker. */
#ifndef TESTS_BENCH_FLOOR_SCREEN_H
#define TESTS_BENCH_FLOOR_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

enum { FLOOR_TOP = 8 }; /* the first row of the list, as in the product */

enum floor_key { FLOOR_NONE, FLOOR_DOWN, FLOOR_UP, FLOOR_PAGE, FLOOR_LETTER, FLOOR_ENTER, FLOOR_END };

void floor_screen_start(void);
void floor_screen_end(void);
size_t floor_screen_rows(void);
void floor_screen_page(const char *(*row)(void *ctx, size_t i), void *ctx, size_t n);
void floor_screen_mark(size_t from, size_t to);
void floor_screen_say(const char *text, const char *typed);
/* The next key; paints first unless more keys wait already. *ret_letter: of FLOOR_LETTER. */
enum floor_key floor_screen_key(char *ret_letter);

#endif
