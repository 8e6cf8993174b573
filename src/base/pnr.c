/* Swedish personal identity numbers and coordination numbers. */
#include "treben/base/pnr.h"

#include "treben/base/lang.h"
#include <string.h>

/* What was typed, taken apart: digits, and the sign before the last four (0: none). */
struct typed {
    char digits[13];
    size_t n;
    char sign;
};

static bool bad_form(struct err *e)
{
    return err_set(e, ERR_INVALID,
                   _("a personal number has 10 or 12 digits, as YYYYMMDD-NNNN or YYMMDD-NNNN"));
}

/* Bytes of a blank or hyphen at p, also the typographic ones that a paste brings; else 0. */
static size_t separator(const char *p, char *ret)
{
    static const struct {
        const char *text;
        char as;
    } known[] = {
        {" ", ' '},      {"\u00A0", ' '}, {"-", '-'},      {"+", '+'},      {"\u2010", '-'},
        {"\u2011", '-'}, {"\u2012", '-'}, {"\u2013", '-'}, {"\u2212", '-'},
    };
    for (size_t i = 0; i < N_OF(known); i++) {
        size_t n = strlen(known[i].text);
        if (strncmp(p, known[i].text, n) == 0) {
            *ret = known[i].as;
            return n;
        }
    }
    return 0;
}

static bool take_apart(const char *s, struct typed *t, struct err *e)
{
    size_t sign_at = 0;
    *t = (struct typed){.n = 0};
    while (s && *s) {
        char as;
        if (*s >= '0' && *s <= '9') {
            if (t->n == sizeof t->digits - 1) {
                return bad_form(e);
            }
            t->digits[t->n++] = *s++;
            continue;
        }
        size_t n = separator(s, &as);
        if (n == 0 || (as != ' ' && t->sign)) {
            return bad_form(e);
        }
        if (as != ' ') {
            t->sign = as;
            sign_at = t->n;
        }
        s += n;
    }
    bool whole = t->n == 10 || t->n == 12;
    if (!whole || (t->sign && sign_at != t->n - 4)) {
        return bad_form(e);
    }
    return true;
}

static int value(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

/* The digit that makes nine digits right (Luhn, weights 2 1 2 …). */
static char check_digit(const char nine[])
{
    int sum = 0;
    for (int i = 0; i < 9; i++) {
        int v = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += v / 10 + v % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

/* The day in the number, coordination numbers have 60 more. */
static struct date birth_of(const char digits[], bool *ret_coordination)
{
    int day = value(digits + 6, 2);
    *ret_coordination = day > 60;
    return (struct date){
        .y = value(digits, 4), .m = value(digits + 4, 2), .d = day > 60 ? day - 60 : day};
}

static void set_century(char digits[13], int century)
{
    digits[0] = (char)('0' + century / 10 % 10);
    digits[1] = (char)('0' + century % 10);
}

/* Ten digits leave the century open: "-" or nothing is the latest that is not in the future. "+" is
 * written from 1 January of the year one turns 100, so only years up to then come into question. */
static void find_century(const struct typed *t, struct date today, char digits[13])
{
    memcpy(digits + 2, t->digits, 11);
    int century = today.y / 100;
    for (; century > 18; century--) {
        bool coordination;
        set_century(digits, century);
        struct date d = birth_of(digits, &coordination);
        bool born = t->sign == '+' ? d.y <= today.y - 100 : date_days(d) <= date_days(today);
        if (born) {
            break;
        }
    }
    set_century(digits, century);
}

static bool check(const char digits[13], struct date today, struct pnr *ret, struct err *e)
{
    struct pnr p = {.coordination = false};
    memcpy(p.digits, digits, sizeof p.digits);
    p.birth = birth_of(digits, &p.coordination);
    if (!date_valid(p.birth)) {
        return err_set(e, ERR_INVALID,
                       _("the personal number has a birth date that does not exist"));
    }
    if (value(digits + 8, 3) == 0) {
        return err_set(e, ERR_INVALID,
                       _("the birth number, the three digits after the date, is "
                         "never 000"));
    }
    char right = check_digit(digits + 2);
    if (digits[11] != right) {
        return err_set(e, ERR_INVALID,
                       _("the last digit does not fit the others: with these it would be %c; "
                         "compare with the source"),
                       right);
    }
    if (date_days(p.birth) > date_days(today)) {
        return err_set(e, ERR_INVALID, _("the birth date in the personal number is in the future"));
    }
    p.sex = (digits[10] - '0') % 2 ? 'M' : 'K';
    *ret = p;
    return true;
}

bool pnr_parse(const char *typed, struct date today, struct pnr *ret, struct err *e)
{
    struct typed t;
    char digits[13] = "";
    if (!take_apart(typed, &t, e)) {
        return false;
    }
    if (t.n == 12) {
        memcpy(digits, t.digits, sizeof digits);
    } else {
        find_century(&t, today, digits);
    }
    return check(digits, today, ret, e);
}

void pnr_show(const char digits[13], char ret[14])
{
    size_t n = strnlen(digits, 12);
    if (n < 12) {
        memcpy(ret, digits, n);
        ret[n] = '\0';
        return;
    }
    memcpy(ret, digits, 8);
    ret[8] = '-';
    memcpy(ret + 9, digits + 8, 4);
    ret[13] = '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Six digits of a day of some year (60 more for coordination), then four that fit. */
static bool looks_real(const char ten[])
{
    int m = value(ten + 2, 2), d = value(ten + 4, 2);
    d = d > 60 ? d - 60 : d;
    return m >= 1 && m <= 12 && d >= 1 && d <= 31 && check_digit(ten) == ten[9];
}

/* Reads the digits that begin at p, with one separator before the last four allowed, and tries
 * them. */
static bool number_at(const char *p, size_t date_digits)
{
    char digits[13];
    size_t n = 0;
    bool parted = false;
    while (n < date_digits + 4) {
        char as;
        size_t skip = n == date_digits && !parted ? separator(p, &as) : 0;
        if (skip) {
            parted = true;
            p += skip;
        } else if (is_digit(*p)) {
            digits[n++] = *p++;
        } else {
            return false;
        }
    }
    if (is_digit(*p)) {
        return false;
    }
    if (date_digits == 8) {
        int century = value(digits, 2);
        return century >= 18 && century <= 20 && looks_real(digits + 2);
    }
    return looks_real(digits);
}

bool pnr_inside(const char *text)
{
    for (const char *p = text; p && *p; p++) {
        bool begins = is_digit(*p) && (p == text || !is_digit(p[-1]));
        if (begins && (number_at(p, 8) || number_at(p, 6))) {
            return true;
        }
    }
    return false;
}
