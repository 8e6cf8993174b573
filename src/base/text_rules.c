/* Reading UTF-8 and the verdict on a single character. */
#include "text_rules.h"

#include "treben/base/lang.h"
#include "treben/base/mem.h"
#include "treben/base/text.h"
#include <utf8proc.h>

struct range {
    int32_t from, to;
};

static bool in_ranges(int32_t cp, const struct range *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cp >= at[i].from && cp <= at[i].to) {
            return true;
        }
    }
    return false;
}

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_next(const char *p, size_t n, int32_t *ret_cp)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)p[0];
    if (lead < 0x80) {
        *ret_cp = lead;
        return 1;
    }
    *ret_cp = UTF8_BAD;
    size_t need = lead >= 0xF8 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (need == 0) {
        return 1;
    }
    int32_t cp = lead & (0xFF >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (i >= n || !is_tail(p[i])) { /* in NUL-terminated text the NUL stops us here */
            return 1;
        }
        cp = cp << 6 | ((unsigned char)p[i] & 0x3F);
    }
    if (cp < least[need] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
        return 1;
    }
    *ret_cp = cp;
    return need;
}

size_t utf8_next_z(const char *p, int32_t *ret_cp)
{
    return *p ? utf8_next(p, 4, ret_cp) : 0;
}

size_t utf8_put(int32_t cp, char ret[4])
{
    return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)ret);
}

bool char_is_mark(int32_t cp)
{
    if (cp < 0x300) {
        return false;
    }
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

bool char_is_blank(int32_t cp)
{
    return cp == ' ' || (cp >= 0xA0 && utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS);
}

bool char_is_joiner(int32_t cp)
{
    return cp == 0x200C || cp == 0x200D;
}

bool char_is_selector(int32_t cp)
{
    return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF);
}

/* Characters that draw nothing and so could hide inside a name. */
static bool is_invisible(int32_t cp)
{
    static const struct range hidden[] = {
        {0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200D},
        {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
    };
    return in_ranges(cp, hidden, N_OF(hidden));
}

static bool is_bidi(int32_t cp)
{
    return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

/* Format characters that are visible: signs that span digits in Arabic, Syriac and Kaithi. */
static bool is_visible_format(int32_t cp)
{
    return (cp >= 0x0600 && cp <= 0x0605) || cp == 0x06DD || cp == 0x070F || cp == 0x0890 ||
           cp == 0x0891 || cp == 0x08E2 || cp == 0x110BD || cp == 0x110CD;
}

const char *char_refused(int32_t cp)
{
    if (cp >= 0x20 && cp < 0x7F) {
        return NULL;
    }
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) {
        return N_("it is a control character");
    }
    if (cp == 0xAD) {
        return N_("it is a soft hyphen, which cannot be seen");
    }
    if (cp < 0x300) {
        return NULL;
    }
    if (is_bidi(cp)) {
        return N_("it turns the direction of the text");
    }
    if (is_invisible(cp)) {
        return N_("it cannot be seen");
    }
    if (cp >= 0xE0000 && cp <= 0xE007F) {
        return N_("it is a tag character, which cannot be seen");
    }
    if ((cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF)) {
        return N_("it is not a character");
    }
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return N_("it is a special line separator; use Enter");
    case UTF8PROC_CATEGORY_CO:
        return N_("it is a private character that looks different on each computer");
    case UTF8PROC_CATEGORY_CN:
        return N_("it is not an assigned character");
    case UTF8PROC_CATEGORY_CF:
        return is_visible_format(cp) ? NULL : N_("it cannot be seen");
    default:
        return NULL;
    }
}

/* Letters of scripts in which a joiner changes the shape: Arabic and its kin, Indic, Khmer … */
static bool is_joining(int32_t cp)
{
    static const struct range scripts[] = {
        {0x0620, 0x07FF}, {0x0840, 0x0DFF}, {0x1000, 0x109F}, {0x1780, 0x18AF},
        {0xA840, 0xA8FF}, {0xFB50, 0xFDCF}, {0xFE70, 0xFEFC}, {0x11000, 0x1147F},
    };
    if (!in_ranges(cp, scripts, N_OF(scripts))) {
        return false;
    }
    utf8proc_category_t c = utf8proc_category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

static bool is_picture(int32_t cp)
{
    return cp >= 0 &&
           utf8proc_get_property(cp)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

bool joiner_fits(int32_t before, int32_t joiner, int32_t after, bool pictures)
{
    if (is_joining(before) && is_joining(after)) {
        return true;
    }
    bool skin = before >= 0x1F3FB && before <= 0x1F3FF;
    return pictures && joiner == 0x200D && is_picture(after) && (is_picture(before) || skin);
}

bool text_valid(const char *s)
{
    int32_t cp;
    for (size_t n; (n = utf8_next_z(s, &cp)) > 0; s += n) {
        if (cp == UTF8_BAD) {
            return false;
        }
    }
    return true;
}

size_t text_chars(const char *s)
{
    size_t chars = 0;
    for (; *s; s++) {
        chars += !is_tail(*s);
    }
    return chars;
}
