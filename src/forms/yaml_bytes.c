/* Characters no configuration file may hold, found before the YAML reader sees them. */
#include "inside.h"

#include <stdint.h>
#include <string.h>

struct place {
    int line, column;
};

/* One character; 0 when the bytes are not UTF-8. */
static size_t character(const unsigned char *p, size_t left, uint32_t *ret)
{
    if (p[0] < 0x80) {
        *ret = p[0];
        return 1;
    }
    size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || n > left) {
        return 0;
    }
    uint32_t c = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
        c = (c << 6) | (p[i] & 0x3Fu);
    }
    if ((n == 3 && c < 0x800) || (n == 4 && (c < 0x10000 || c > 0x10FFFF)) ||
        (c >= 0xD800 && c <= 0xDFFF)) {
        return 0;
    }
    *ret = c;
    return n;
}

/* Bidi controls reorder what a reviewer sees; line separators are lines to some programs only. */
static bool is_hidden(uint32_t c)
{
    return (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200B || c == 0x200E || c == 0x200F ||
           c == 0x061C || c == 0x00AD || c == 0x2060 || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

static bool refuse(const struct source *s, struct findings *found, struct place at, uint32_t c)
{
    if (c == '\t') {
        finding_in(found, s->shown, at.line, at.column, _("tabs are not allowed; use spaces"));
    } else {
        finding_in(found, s->shown, at.line, at.column,
                   _("the invisible character U+%04X is not allowed; delete it"), (unsigned)c);
    }
    return false;
}

static bool has_wrong_encoding(const struct source *s)
{
    const unsigned char *b = (const unsigned char *)s->body;
    return s->n >= 2 &&
           ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF) || !b[0] || !b[1]);
}

bool yaml_bytes(const struct source *s, struct findings *found)
{
    const unsigned char *b = (const unsigned char *)s->body;
    struct place at = {.line = 1, .column = 1};
    if (has_wrong_encoding(s)) {
        finding_in(found, s->shown, 1, 1,
                   _("the file is not UTF-8; save it as UTF-8 without a mark (BOM)"));
        return false;
    }
    for (size_t i = 0; i < s->n;) {
        if (b[i] >= 0x20 && b[i] < 0x7F) { /* nearly all of it */
            i++;
            at.column++;
            continue;
        }
        if (b[i] == '\n' || (b[i] == '\r' && i + 1 < s->n && b[i + 1] == '\n')) {
            i += b[i] == '\r' ? 2 : 1;
            at = (struct place){.line = at.line + 1, .column = 1};
            continue;
        }
        uint32_t c;
        size_t n = character(b + i, s->n - i, &c);
        if (n == 0) {
            finding_in(found, s->shown, at.line, at.column,
                       _("the file is not UTF-8 here; save it as UTF-8"));
            return false;
        }
        if (c < 0x20 || is_hidden(c)) {
            return refuse(s, found, at, c);
        }
        i += n;
        at.column++;
    }
    return true;
}
