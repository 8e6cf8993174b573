/* Keys whose byte order is Swedish alphabetical order.
 *
 * A key is  PRIMARY [' ' MARKS [' ' CASE]]  with one weight for each letter in the first part:
 *   '-' blank and hyphen   '.' punctuation   '/' symbols   0-9   a-z   '{' å   '|' ä   '}' ö
 *   '~' and five hexadecimal digits: letters of other scripts, by code point
 * The blank that ends a part is lower than any weight, so a shorter name comes first. Marks and
 * case are written up to the last letter that has any ('0' is none); most keys are the primary part
 * alone. */
#include "treben/base/text.h"

#include "text_rules.h"
#include "treben/base/str.h"
#include <string.h>
#include <utf8proc.h>

/* the mark weight of a letter that only sorts as another: ü, æ, ø, ß … */
enum { HINT_SHAPE = 'z' };

struct sorter {
    struct str primary, marks, upper;
};

static void add_weight(struct sorter *s, const char *weight, char mark, char upper)
{
    for (; *weight; weight++) { /* the three parts stay in step */
        str_addc(&s->primary, *weight);
        str_addc(&s->marks, mark);
        str_addc(&s->upper, upper);
    }
}

/* Letters that no decomposition takes apart; lower case. */
static const char *shape_weight(int32_t cp)
{
    switch (cp) {
    case 0xE6:
        return "|";
    case 0xF8:
    case 0x153:
        return "}";
    case 0xF0:
    case 0x111:
        return "d";
    case 0xFE:
        return "th";
    case 0xDF:
        return "ss";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x14B:
        return "n";
    case 0x167:
        return "t";
    default:
        return NULL;
    }
}

/* What a mark makes of the letter before it: å ä ö are letters, ü sorts as y. 0: only an accent. */
static char letter_with(int32_t base, int32_t mark)
{
    bool dots = mark == 0x308, double_acute = mark == 0x30B;
    if (base == 'a') {
        return mark == 0x30A ? '{' : dots ? '|' : 0;
    }
    if (base == 'o') {
        return dots || double_acute ? '}' : 0;
    }
    return base == 'u' && (dots || double_acute) ? 'y' : 0;
}

/* The last letter gets a mark: it may become another letter, else the accent is noted. */
static void add_mark(struct sorter *s, int32_t last, int32_t mark)
{
    if (s->primary.len == 0) {
        return;
    }
    char *weight = &s->primary.p[s->primary.len - 1], *note = &s->marks.p[s->marks.len - 1];
    char letter = letter_with(last, mark);
    if (letter && *weight == (char)last) {
        *weight = letter;
        bool own = (last == 'a' || last == 'o') && mark != 0x30B;
        *note = own ? '0' : HINT_SHAPE;
    } else if (*note == '0') {
        *note = (char)('1' + mark % 70);
    }
}

static void add_other(struct sorter *s, int32_t cp, char upper)
{
    char mark = (char)('1' + cp % 70);
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        add_weight(s, "-", '0', '0');
        return;
    case UTF8PROC_CATEGORY_PD:
        add_weight(s, "-", cp == '-' ? '1' : '2', '0');
        return;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        add_weight(s, ".", mark, '0');
        return;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
        add_weight(s, "/", mark, '0');
        return;
    case UTF8PROC_CATEGORY_CF:
        return;
    default: {
        AUTOFREE char *weight = xprintf("~%05x", (unsigned)cp);
        add_weight(s, weight, '0', upper);
    }
    }
}

/* One code point of the decomposed text; returns the letter that a following mark belongs to. */
static int32_t add_char(struct sorter *s, int32_t cp, int32_t last)
{
    if (char_is_mark(cp)) {
        add_mark(s, last, cp);
        return last;
    }
    if (cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0x2BC) {
        return 0; /* O'Brien stands with Obrien */
    }
    bool ascii = cp < 0x80;
    int32_t small = !ascii ? utf8proc_tolower(cp) : cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
    char upper = small != cp ? '1' : '0';
    const char *shape = ascii ? NULL : shape_weight(small);
    if (shape) {
        add_weight(s, shape, HINT_SHAPE, upper);
        return 0;
    }
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9')) {
        add_weight(s, (char[]){(char)small, '\0'}, '0', upper);
        return small;
    }
    add_other(s, small, upper);
    return 0;
}

static void weigh(struct sorter *s, const char *text)
{
    int32_t cp, last = 0;
    for (size_t n; text && (n = utf8_next_z(text, &cp)) > 0; text += n) {
        utf8proc_int32_t parts[8]; /* the longest canonical form in Unicode has 4 */
        int boundary = UTF8PROC_BOUNDCLASS_START;
        utf8proc_ssize_t got = 1;
        parts[0] = cp == UTF8_BAD ? 0xFFFD : cp;
        if (cp >= 0x80) {
            got = utf8proc_decompose_char(cp, parts, (utf8proc_ssize_t)N_OF(parts),
                                          UTF8PROC_DECOMPOSE, &boundary);
        }
        for (utf8proc_ssize_t i = 0; i < got && i < (utf8proc_ssize_t)N_OF(parts); i++) {
            last = add_char(s, parts[i], last);
        }
    }
}

static size_t noted(const struct str *part)
{
    size_t n = part->len;
    while (n > 0 && part->p[n - 1] == '0') {
        n--;
    }
    return n;
}

static void sorter_done(struct sorter *s)
{
    str_done(&s->primary);
    str_done(&s->marks);
    str_done(&s->upper);
}

char *text_sort_key(const char *text)
{
    struct sorter s = {0};
    weigh(&s, text);
    size_t marks = noted(&s.marks), upper = noted(&s.upper);
    if (marks || upper) {
        str_addc(&s.primary, ' ');
        str_addn(&s.primary, str_text(&s.marks), marks);
    }
    if (upper) {
        str_addc(&s.primary, ' ');
        str_addn(&s.primary, str_text(&s.upper), upper);
    }
    char *key = str_take(&s.primary);
    sorter_done(&s);
    return key;
}

char *text_sort_prefix(const char *text)
{
    struct sorter s = {0};
    weigh(&s, text);
    char *key = str_take(&s.primary);
    sorter_done(&s);
    return key;
}
