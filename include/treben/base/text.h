/* UTF-8 text: the one door that all typed, pasted, imported and configured text passes, and what
 * search, sorting and drawing need. Nothing here depends on the machine's locale. */
#ifndef TREBEN_BASE_TEXT_H
#define TREBEN_BASE_TEXT_H

#include "treben/base/err.h"

enum text_rule {
    TEXT_LINE, /* one line: newline and tab become a space */
    TEXT_NOTE  /* newlines kept, CR and CRLF become LF, tab becomes a space */
};

/* Accepts bytes or says where and why not. Output: NFC, outer blanks gone, runs of blanks in a line
 * made one. Refused: bad UTF-8 (overlong, surrogate, cut), C0/C1/DEL controls, bidi controls,
 * zero-width characters (ZWJ/ZWNJ only between letters that join), soft hyphen, tag characters,
 * U+2028/9, noncharacters, private use, unassigned, more than 4 marks in a row, a leading mark,
 * more than max_chars characters (0: no limit) or 4*max_chars bytes.
 * *ret is malloc'd, owned by the caller; "" when only blanks were given.
 * The error names position (character number from 1), code point and reason in the user's language.
 * ERR: INVALID. */
MUST_CHECK bool text_accept(const char *bytes, size_t n, enum text_rule rule, size_t max_chars,
                            char **ret, struct err *e);

bool text_valid(const char *s);          /* valid UTF-8 at all */
size_t text_chars(const char *s);        /* code points */

/* Folded for search: case, marks and å ä ö removed, ø→o æ→ae đ ð→d ł→l ı→i ß→ss þ→th, apostrophes
 * dropped, hyphens and punctuation become one space. OWN: caller. */
char *text_fold(const char *s);
/* Key whose byte order is Swedish alphabetical order (a–z å ä ö, ü as y, w after v, case and marks
 * only as tie-breakers), pure ASCII so that it can be stored and compared as text. OWN: caller. */
char *text_sort_key(const char *s);
/* The primary level of text_sort_key for the start of a name: a prefix of the key of every text that
 * begins so. OWN: caller. */
char *text_sort_prefix(const char *s);

/* For drawing. One user-perceived character from p: its bytes and columns (0, 1 or 2). 0 at the end. */
size_t text_cluster(const char *p, int *ret_cols);
size_t text_cluster_before(const char *start, const char *p); /* bytes of the cluster that ends at p */
int text_cols(const char *s);
/* Bytes of s that fit into cols columns, never inside a cluster; *ret_cols gets what they take. */
size_t text_fit(const char *s, int cols, int *ret_cols);
/* s in at most cols columns; a cut ends in "…". OWN: caller. */
char *text_cut(const char *s, int cols);
/* What may reach a terminal, a log line or a CSV cell: controls, bidi and zero-width characters and
 * broken bytes become visible marks (U+FFFD; newline becomes "⏎" unless keep_newlines). OWN: caller. */
char *text_clean(const char *bytes, bool keep_newlines);

#endif
