/* Stand-ins in ASCII, column for column: lines, marks, and the letter under an accent. */
#include "ascii.h"

#include "treben/base/str.h"
#include "treben/base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

static const struct {
    const char *from;
    char to;
} stand_ins[] = {
    {"─", '-'}, {"━", '-'}, {"│", '|'}, {"┌", '+'}, {"┐", '+'}, {"└", '+'},        {"┘", '+'},
    {"├", '+'}, {"┤", '+'}, {"┬", '+'}, {"┴", '+'}, {"┼", '+'}, {"█", '#'},        {"▪", '#'},
    {"•", '*'}, {"·", '.'}, {"…", '.'}, {"↑", '^'}, {"↓", 'v'}, {"→", '>'},        {"←", '<'},
    {"»", '>'}, {"«", '<'}, {"–", '-'}, {"—", '-'}, {"−", '-'}, {"’", '\''},       {"‘", '\''},
    {"”", '"'}, {"“", '"'}, {"„", '"'}, {"×", 'x'}, {"⏎", '/'}, {"\302\240", ' '}, {"°", 'o'},
};

static char stand_in(const char *cluster, size_t n)
{
    for (size_t i = 0; i < N_OF(stand_ins); i++)
        if (strlen(stand_ins[i].from) == n && !memcmp(stand_ins[i].from, cluster, n))
            return stand_ins[i].to;
    AUTOFREE char *one = xstrndup(cluster, n);
    AUTOFREE char *folded = text_fold(one);
    if (!folded[0] || !isalnum((unsigned char)folded[0]))
        return '?';
    wchar_t wide = 0;
    bool capital = mbtowc(&wide, one, n) > 0 && iswupper((wint_t)wide);
    return (char)(capital ? toupper((unsigned char)folded[0]) : folded[0]);
}

char *ascii_stand_in(const char *text)
{
    STR s = {0};
    for (int cols; *text;) {
        size_t n = text_cluster(text, &cols);
        if (n == 0)
            break;
        if (n == 1) {
            str_addc(&s, *text);
        } else {
            str_addc(&s, stand_in(text, n));
            if (cols == 2)
                str_addc(&s, ' ');
        }
        text += n;
    }
    return s.p ? str_take(&s) : xstrdup("");
}
