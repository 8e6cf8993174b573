/* What the text modules share: reading UTF-8 and the verdict on a single character. */
#ifndef TREBEN_SRC_BASE_TEXT_RULES_H
#define TREBEN_SRC_BASE_TEXT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = -1, MARKS_MAX = 4 };

/* Reads one character of the n bytes at p (n > 0). Returns its bytes. Anything that is not UTF-8 is
 * one byte with *ret_cp UTF8_BAD. */
size_t utf8_next(const char *p, size_t n, int32_t *ret_cp);
/* As utf8_next in NUL-terminated text; 0 at the end. */
size_t utf8_next_z(const char *p, int32_t *ret_cp);
size_t utf8_put(int32_t cp, char ret[4]);

/* NULL: may be stored. Otherwise the English reason, to be translated. Joiners, line ends and tab
 * have their own rules and are not judged here. */
const char *char_refused(int32_t cp);
bool char_is_mark(int32_t cp);
bool char_is_blank(int32_t cp);    /* space, no-break space and their kin; not tab or line ends */
bool char_is_joiner(int32_t cp);   /* ZWJ, ZWNJ */
bool char_is_selector(int32_t cp); /* variation selector */
/* May the joiner stand between these two (marks not counted)? Letters that join always; pictures
 * (with ZWJ) in notes. */
bool joiner_fits(int32_t before, int32_t joiner, int32_t after, bool pictures);

#endif
