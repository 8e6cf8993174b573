/* The folded form in which search compares: no case, no marks, no punctuation. */
#include "treben/base/text.h"

#include "text_rules.h"
#include "treben/base/str.h"
#include <string.h>
#include <utf8proc.h>

/* Letters whose stroke or shape is part of them: taking marks away does not reach it. */
static const char *plain_letter(int32_t cp)
{
    switch (cp) {
    case 0xE6:
        return "ae";
    case 0xF8:
        return "o";
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
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    case 0x259:
        return "e";
    default:
        return NULL;
    }
}

static bool is_apostrophe(int32_t cp)
{
    switch (cp) {
    case '\'':
    case '`':
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
        return true;
    default:
        return cp >= 0x2B9 && cp <= 0x2BF;
    }
}

static void add_blank(struct str *out)
{
    if (out->len > 0 && out->p[out->len - 1] != ' ') {
        str_addc(out, ' ');
    }
}

static void add_folded(struct str *out, int32_t cp)
{
    char bytes[4];
    const char *letter = plain_letter(cp);
    if (is_apostrophe(cp)) {
        return;
    }
    if (letter) {
        str_add(out, letter);
        return;
    }
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        add_blank(out);
        return;
    default:
        str_addn(out, bytes, utf8_put(cp, bytes));
    }
}

static void fold_char(struct str *out, int32_t cp)
{
    if (is_apostrophe(cp)) {
        return; /* some would come apart into a blank and a mark */
    }
    if (cp < 0x80) {
        if (cp >= 'A' && cp <= 'Z') {
            str_addc(out, (char)(cp - 'A' + 'a'));
        } else if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')) {
            str_addc(out, (char)cp);
        } else {
            add_folded(out, cp);
        }
        return;
    }
    utf8proc_int32_t parts[32]; /* the longest compatibility form in Unicode has 18 */
    int last = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t n =
        utf8proc_decompose_char(cp, parts, (utf8proc_ssize_t)N_OF(parts),
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &last);
    for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)N_OF(parts); i++) {
        add_folded(out, parts[i]);
    }
}

char *text_fold(const char *s)
{
    struct str out = {0};
    int32_t cp;
    for (size_t n; s && (n = utf8_next_z(s, &cp)) > 0; s += n) {
        if (cp == UTF8_BAD) {
            add_blank(&out);
        } else {
            fold_char(&out, cp);
        }
    }
    if (out.len > 0 && out.p[out.len - 1] == ' ') {
        out.p[--out.len] = '\0';
    }
    return str_take(&out);
}
