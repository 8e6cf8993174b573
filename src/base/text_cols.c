/* Clusters, columns and what may be drawn. */
#include "treben/base/text.h"

#include "text_rules.h"
#include "treben/base/str.h"
#include <string.h>
#include <utf8proc.h>

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

/* utf8proc's widths, except where the C library (and so curses and most terminals) sees it
 * otherwise. */
static int char_cols(int32_t cp)
{
    if (cp < 0x300) {
        return cp == UTF8_BAD ? 1 : utf8proc_charwidth(cp);
    }
    if ((cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FF)) {
        return 0; /* vowels and tails that are drawn into the syllable */
    }
    if ((cp >= 0x3248 && cp <= 0x324F) || (cp >= 0x4DC0 && cp <= 0x4DFF)) {
        return 2;
    }
    utf8proc_category_t c = utf8proc_category(cp);
    bool visible_format = c == UTF8PROC_CATEGORY_CF && !char_refused(cp);
    int w = c == UTF8PROC_CATEGORY_MC || visible_format ? 1 : utf8proc_charwidth(cp);
    return w > 2 ? 2 : w;
}

/* Terminals and curses add up the columns of each code point, so a "cluster" that would take more
 * than two (a joined family, a skin tone) is walked in parts: what we count is what is drawn. */
size_t text_cluster(const char *p, int *ret_cols)
{
    int32_t cp, next, state = 0;
    size_t len = utf8_next_z(p, &cp);
    int cols = 0;
    if (len > 0) {
        cols = char_cols(cp);
        bool alone = is_ascii(p[0]) && is_ascii(p[len]) && p[0] != '\r';
        while (!alone && cp != UTF8_BAD) {
            size_t n = utf8_next_z(p + len, &next);
            if (n == 0 || next == UTF8_BAD || utf8proc_grapheme_break_stateful(cp, next, &state)) {
                break;
            }
            int more = char_cols(next);
            if (cols + more > 2) {
                break;
            }
            cols += more;
            len += n;
            cp = next;
        }
    }
    if (ret_cols) {
        *ret_cols = cols;
    }
    return len;
}

size_t text_cluster_before(const char *start, const char *p)
{
    if (p <= start) {
        return 0;
    }
    /* Two plain characters side by side: a cluster surely begins at the second. */
    const char *from = p - 1;
    while (from > start && !(is_ascii(from[0]) && is_ascii(from[-1]) && from[0] != '\n')) {
        from--;
    }
    for (;;) {
        size_t n = text_cluster(from, NULL);
        if (n == 0 || from + n >= p) {
            return (size_t)(p - from);
        }
        from += n;
    }
}

int text_cols(const char *s)
{
    int cols = 0, w;
    for (size_t n; (n = text_cluster(s, &w)) > 0; s += n) {
        cols += w;
    }
    return cols;
}

size_t text_fit(const char *s, int cols, int *ret_cols)
{
    size_t len = 0, n;
    int used = 0, w;
    while ((n = text_cluster(s + len, &w)) > 0 && used + w <= cols) {
        len += n;
        used += w;
    }
    if (ret_cols) {
        *ret_cols = used;
    }
    return len;
}

char *text_cut(const char *s, int cols)
{
    if (cols <= 0) {
        return xstrdup("");
    }
    size_t whole = text_fit(s, cols, NULL);
    if (!s[whole]) {
        return xstrdup(s);
    }
    size_t len = text_fit(s, cols - 1, NULL);
    return xprintf("%.*s…", (int)len, s);
}

struct cleaner {
    struct str out;
    bool begun;     /* this line has something to carry a mark */
    int32_t letter; /* the last character that is no mark */
    size_t marks;
};

static void clean_mark(struct cleaner *c, const char *p, size_t n)
{
    if (!c->begun) {
        str_add(&c->out, "◌"); /* else it would sit on whatever is drawn to the left */
    }
    if (++c->marks <= MARKS_MAX) {
        str_addn(&c->out, p, n);
    } else if (c->marks == MARKS_MAX + 1) {
        str_add(&c->out, "\xEF\xBF\xBD");
    }
}

static int32_t letter_after(const char *p)
{
    int32_t cp;
    size_t n;
    while ((n = utf8_next_z(p, &cp)) > 0 && cp != UTF8_BAD && char_is_mark(cp)) {
        p += n;
    }
    return n > 0 ? cp : 0;
}

static void clean_char(struct cleaner *c, const char *p, size_t n, int32_t cp)
{
    bool joins = char_is_joiner(cp) && joiner_fits(c->letter, cp, letter_after(p + n), true);
    bool mark = cp != UTF8_BAD && char_is_mark(cp) && !char_refused(cp);
    if (mark) {
        clean_mark(c, p, n);
    } else if (cp == '\t') {
        str_addc(&c->out, ' ');
    } else if (joins || (cp != UTF8_BAD && !char_refused(cp))) {
        str_addn(&c->out, p, n);
    } else {
        str_add(&c->out, "\xEF\xBF\xBD");
    }
    if (!mark) {
        c->marks = 0;
        c->letter = joins ? 0 : cp;
    }
    c->begun = true;
}

char *text_clean(const char *bytes, bool keep_newlines)
{
    struct cleaner c = {.letter = 0};
    int32_t cp;
    for (size_t n; (n = utf8_next_z(bytes, &cp)) > 0; bytes += n) {
        if (cp != '\n') {
            clean_char(&c, bytes, n, cp);
            continue;
        }
        str_add(&c.out, keep_newlines ? "\n" : "⏎");
        c.begun = !keep_newlines;
        c.letter = 0;
        c.marks = 0;
    }
    return str_take(&c.out);
}
