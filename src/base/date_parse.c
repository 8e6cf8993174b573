/* Dates and times as people type them, Swedish or English whatever the screen speaks. */
#include "treben/base/date.h"

#include "date_names.h"
#include "treben/base/str.h"
#include <stdio.h>
#include <string.h>

enum { TYPED_MAX = 64, WORDS_MAX = 8 };
/* BAD: it has the form, but there is no such day; the error says so */
enum form { FORM_NO, FORM_YES, FORM_BAD };

struct words {
    char text[TYPED_MAX + 1];
    const char *at[WORDS_MAX];
    size_t n;
};

/* One character of typed text as plain lower-case ASCII; 0 drops it. Bytes taken: *ret_n. */
static char plain(const char *p, size_t *ret_n)
{
    static const struct { /* the last two: the marks of å ä ö typed as two characters */
        const char *from;
        char to;
    } same[] = {
        {"å", 'a'},      {"Å", 'a'},      {"ä", 'a'},      {"Ä", 'a'},      {"ö", 'o'},
        {"Ö", 'o'},      {"\u00A0", ' '}, {"\u2010", '-'}, {"\u2011", '-'}, {"\u2013", '-'},
        {"\u2212", '-'}, {"\u030A", 0},   {"\u0308", 0},
    };
    for (size_t i = 0; i < N_OF(same); i++) {
        if (str_starts(p, same[i].from)) {
            *ret_n = strlen(same[i].from);
            return same[i].to;
        }
    }
    *ret_n = 1;
    return *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p == '\t' ? ' ' : *p;
}

/* Plain copy into ret; false when it does not fit. */
static bool plain_copy(const char *typed, char ret[TYPED_MAX + 1])
{
    size_t n = 0, step;
    for (; *typed; typed += step) {
        char c = plain(typed, &step);
        if (n == TYPED_MAX) {
            return false;
        }
        if (c) {
            ret[n++] = c;
        }
    }
    ret[n] = '\0';
    return true;
}

static bool split(const char *typed, struct words *w)
{
    *w = (struct words){.n = 0};
    if (!typed || !plain_copy(typed, w->text)) {
        return false;
    }
    for (char *p = w->text; *p;) {
        if (*p == ' ') {
            *p++ = '\0';
            continue;
        }
        if (w->n == WORDS_MAX) {
            return false;
        }
        w->at[w->n++] = p;
        p += strcspn(p, " ");
    }
    return w->n > 0;
}

static bool all_digits(const char *s, size_t n)
{
    return strlen(s) == n && strspn(s, "0123456789") == n;
}

static bool number(const char **p, int max_digits, int *ret)
{
    int n = 0, value = 0;
    while (n < max_digits && **p >= '0' && **p <= '9') {
        value = value * 10 + (*(*p)++ - '0');
        n++;
    }
    *ret = value;
    return n > 0;
}

static int fixed(const char *p, int n) /* n digits known to be there */
{
    int value = 0;
    number(&p, n, &value);
    return value;
}

static enum form the_day(int y, int m, int d, struct date *ret, struct err *e)
{
    struct date day = {.y = y, .m = m, .d = d};
    if (date_valid(day)) {
        *ret = day;
        return FORM_YES;
    }
    if (y < 1900 || y > 2100) {
        err_set(e, ERR_INVALID, _("the year must be from 1900 to 2100"));
    } else {
        err_set(e, ERR_INVALID, _("there is no day %04d-%02d-%02d in the calendar"), y, m, d);
    }
    return FORM_BAD;
}

static enum form shifted(struct date today, int64_t days, struct date *ret, struct err *e)
{
    struct date day = date_from_days(date_days(today) + days);
    return the_day(day.y, day.m, day.d, ret, e);
}

/* A two-digit year: at most twenty years ahead, else in the past. */
static int full_year(int yy, struct date today)
{
    int y = today.y - today.y % 100 + yy;
    return y > today.y + 20 ? y - 100 : y <= today.y - 80 ? y + 100 : y;
}

/* 2026-11-22 20261122 261122 22/11 22/11/2026 22/11-26 */
static enum form by_digits(const char *w, struct date today, struct date *ret, struct err *e)
{
    int a, b, c;
    if (all_digits(w, 8)) {
        return the_day(fixed(w, 4), fixed(w + 4, 2), fixed(w + 6, 2), ret, e);
    }
    if (all_digits(w, 6)) {
        return the_day(full_year(fixed(w, 2), today), fixed(w + 2, 2), fixed(w + 4, 2), ret, e);
    }
    const char *p = w;
    if (strspn(w, "0123456789") == 4 && number(&p, 4, &a) && *p++ == '-' && number(&p, 2, &b) &&
        *p++ == '-' && number(&p, 2, &c) && !*p) {
        return the_day(a, b, c, ret, e);
    }
    p = w;
    if (!number(&p, 2, &a) || *p++ != '/' || !number(&p, 2, &b)) {
        return FORM_NO;
    }
    if (!*p) {
        return the_day(today.y, b, a, ret, e);
    }
    if ((*p == '/' || *p == '-') && (all_digits(p + 1, 4) || all_digits(p + 1, 2))) {
        c = fixed(p + 1, 4);
        return the_day(strlen(p + 1) == 2 ? full_year(c, today) : c, b, a, ret, e);
    }
    return FORM_NO;
}

/* Number of the name that the word is or begins (three letters at least); -1: none. */
static int name_of(const char *word, const struct label *names, int n)
{
    size_t len = strlen(word);
    for (int i = 0; len >= 3 && i < n; i++) {
        char sv[TYPED_MAX + 1], en[TYPED_MAX + 1];
        if (plain_copy(names[i].sv, sv) && plain_copy(names[i].en, en) &&
            (strncmp(sv, word, len) == 0 || strncmp(en, word, len) == 0)) {
            return i;
        }
    }
    return -1;
}

static enum form by_word(const char *w, struct date today, struct date *ret, struct err *e)
{
    static const struct {
        const char *word;
        int days;
    } near[] = {
        {"idag", 0},       {"today", 0},    {"igar", -1},     {"yesterday", -1},
        {"imorgon", 1},    {"imorron", 1},  {"tomorrow", 1},  {"iovermorgon", 2},
        {"overmorgon", 2}, {"forrgar", -2}, {"iforrgar", -2},
    };
    for (size_t i = 0; i < N_OF(near); i++) {
        if (str_eq(w, near[i].word)) {
            return shifted(today, near[i].days, ret, e);
        }
    }
    if ((w[0] == '+' || w[0] == '-') && w[1]) {
        const char *p = w + 1;
        int days;
        if (number(&p, 5, &days) && !*p) {
            return shifted(today, w[0] == '-' ? -days : days, ret, e);
        }
    }
    int wday = name_of(w, weekday_names, 7);
    return wday < 0 ? FORM_NO : shifted(today, (wday - date_wday(today) + 7) % 7, ret, e);
}

/* "v48" or "w48": its number. */
static bool is_week(const char *w, int *ret)
{
    const char *p = w + 1;
    return (w[0] == 'v' || w[0] == 'w') && number(&p, 2, ret) && !*p;
}

static enum form by_week(int week, int wday, struct date today, struct date *ret, struct err *e)
{
    int year, now, check_year, check_week;
    date_iso_week(today, &year, &now);
    struct date day = date_add(today, (week - now) * 7 - date_wday(today));
    date_iso_week(day, &check_year, &check_week);
    if (check_year != year || check_week != week) {
        err_set(e, ERR_INVALID, _("the year %d has no week %d"), year, week);
        return FORM_BAD;
    }
    return shifted(day, wday, ret, e);
}

/* 22 nov [2026] and nov 22 [2026] */
static enum form by_month(const char *const *w, size_t n, struct date today, struct date *ret,
                          struct err *e)
{
    int m = name_of(w[1], month_names, 12), day;
    const char *digits = w[0];
    if (m < 0) {
        m = name_of(w[0], month_names, 12);
        digits = w[1];
    }
    if (m < 0 || !number(&digits, 2, &day) || *digits || (n == 3 && !all_digits(w[2], 4))) {
        return FORM_NO;
    }
    return the_day(n == 3 ? fixed(w[2], 4) : today.y, m + 1, day, ret, e);
}

static enum form one_date(const char *const *w, size_t n, struct date today, struct date *ret,
                          struct err *e)
{
    int week;
    if (n == 1) {
        enum form f = by_digits(w[0], today, ret, e);
        if (f == FORM_NO) {
            f = is_week(w[0], &week) ? by_week(week, 0, today, ret, e)
                                     : by_word(w[0], today, ret, e);
        }
        return f;
    }
    if (n == 2 && str_eq(w[0], "i")) { /* "i dag", "i morgon" */
        char joined[TYPED_MAX + 2];
        snprintf(joined, sizeof joined, "i%s", w[1]);
        return by_word(joined, today, ret, e);
    }
    if (n == 2 && strchr(w[0], '/') && all_digits(w[1], 4)) {
        struct date d;
        char joined[TYPED_MAX + 2];
        snprintf(joined, sizeof joined, "%s/%s", w[0], w[1]);
        enum form f = by_digits(joined, today, &d, e);
        if (f == FORM_YES) {
            *ret = d;
        }
        return f;
    }
    if (n == 2 && (is_week(w[0], &week) || is_week(w[1], &week))) {
        int wday = name_of(is_week(w[0], &week) ? w[1] : w[0], weekday_names, 7);
        is_week(is_week(w[0], &week) ? w[0] : w[1], &week);
        return wday < 0 ? FORM_NO : by_week(week, wday, today, ret, e);
    }
    return n == 2 || n == 3 ? by_month(w, n, today, ret, e) : FORM_NO;
}

static bool no_date(struct err *e)
{
    return err_set(e, ERR_INVALID,
                   _("that is not a date; write it as 2026-11-22, 22/11, 22 nov, today, fri, +3 "
                     "or w48 fri"));
}

bool date_parse(const char *typed, struct date today, char ret[DATE_TEXT], struct err *e)
{
    struct words w;
    struct date d;
    enum form f = split(typed, &w) ? one_date(w.at, w.n, today, &d, e) : FORM_NO;
    if (f == FORM_YES) {
        date_text(d, ret);
        return true;
    }
    return f == FORM_NO ? no_date(e) : false;
}

bool pdate_parse(const char *typed, struct date today, char ret[DATE_TEXT], struct err *e)
{
    struct words w;
    struct date d;
    if (split(typed, &w) && w.n == 1) {
        const char *p = w.at[0];
        int y, m = 1;
        bool year = all_digits(p, 4);
        bool month = strspn(p, "0123456789") == 4 && p[4] == '-' && all_digits(p + 5, 2);
        if (year || month) {
            y = fixed(p, 4);
            m = month ? fixed(p + 5, 2) : 1;
            if (m < 1 || m > 12) {
                return err_set(e, ERR_INVALID, _("a month is 01 to 12, as in 2026-03"));
            }
            if (the_day(y, m, 1, &d, e) != FORM_YES) {
                return false;
            }
            date_text(d, ret);
            ret[month ? 7 : 4] = '\0';
            return true;
        }
    }
    return date_parse(typed, today, ret, e);
}

struct hour {
    int hour, min, sec;
};

/* 14:50 14.50 14:50:10 1450; a bare hour only after "kl" */
static bool one_hour(const char *w, bool bare, struct hour *ret)
{
    struct hour t = {0};
    const char *p = w;
    if (all_digits(w, 4)) {
        t = (struct hour){.hour = fixed(w, 2), .min = fixed(w + 2, 2)};
        p = "";
    } else if (!number(&p, 2, &t.hour)) {
        return false;
    } else if (*p == ':' || *p == '.') {
        char mark = *p++;
        if (strspn(p, "0123456789") != 2 || !number(&p, 2, &t.min)) {
            return false;
        }
        if (*p == mark) {
            p++;
            if (strspn(p, "0123456789") != 2 || !number(&p, 2, &t.sec)) {
                return false;
            }
        }
    } else if (!bare) {
        return false;
    }
    if (*p || t.hour > 23 || t.min > 59 || t.sec > 59) {
        return false;
    }
    *ret = t;
    return true;
}

/* The time at the end of the words; returns how many words it takes, 0: none. */
static size_t hour_words(const struct words *w, size_t n, struct hour *ret)
{
    if (n >= 2) {
        const char *before = w->at[n - 2];
        bool said = str_eq(before, "kl") || str_eq(before, "kl.") || str_eq(before, "at");
        if (said && one_hour(w->at[n - 1], true, ret)) {
            return 2;
        }
    }
    return n >= 1 && one_hour(w->at[n - 1], false, ret) ? 1 : 0;
}

static bool wall_time(struct date d, struct hour t, int which, char ret[INSTANT_TEXT],
                      struct err *e)
{
    char day[DATE_TEXT];
    instant at;
    bool twice;
    date_text(d, day);
    if (!moment_to_instant(d, t.hour, t.min, t.sec, &at, &twice)) {
        return err_set(e, ERR_INVALID,
                       _("%02d:%02d did not exist on %s: the clock went from 02:00 to 03:00"),
                       t.hour, t.min, day);
    }
    if (twice && which == 0) {
        return err_set(e, ERR_INVALID,
                       _("%02d:%02d came twice on %s; add \"before\" or \"after\" for before or "
                         "after the clock was set back"),
                       t.hour, t.min, day);
    }
    instant_text(twice && which > 0 ? at + 3600 : at, ret);
    return true;
}

/* With "T" between date and time, or with a zone: ISO 8601, as machines write it. */
static bool machine_time(const char *typed, char ret[INSTANT_TEXT])
{
    instant t;
    size_t n = strlen(typed);
    bool zone = n > 10 && (typed[n - 1] == 'Z' || strpbrk(typed + 10, "+-"));
    if (!zone || !instant_from_text(typed, &t)) {
        return false;
    }
    instant_text(t, ret);
    return true;
}

static int which_hour(const char *word)
{
    if (str_eq(word, "fore") || str_eq(word, "before")) {
        return -1;
    }
    return str_eq(word, "efter") || str_eq(word, "after") ? 1 : 0;
}

static bool no_time(struct err *e)
{
    return err_set(e, ERR_INVALID,
                   _("that is not a time; write it as 2026-11-22 14:50, 22/11 1450, today 14.50, "
                     "14:50 or now"));
}

bool time_parse(const char *typed, struct date today, char ret[INSTANT_TEXT], struct err *e)
{
    struct words w;
    struct hour t;
    if (!split(typed, &w)) {
        return no_time(e);
    }
    if (machine_time(typed, ret)) {
        return true;
    }
    if (w.n == 1 && (str_eq(w.at[0], "nu") || str_eq(w.at[0], "now"))) {
        instant_text(clock_now(), ret);
        return true;
    }
    size_t n = w.n;
    int which = which_hour(w.at[n - 1]);
    n -= which != 0;
    char first[TYPED_MAX + 1];
    if (n == 1 && w.at[0][0] && strlen(w.at[0]) > 11 && w.at[0][10] == 't') { /* 2026-11-22T14:50 */
        snprintf(first, sizeof first, "%s", w.at[0]);
        first[10] = '\0';
        w.at[0] = first;
        w.at[1] = first + 11;
        n = 2;
    }
    size_t used = hour_words(&w, n, &t);
    struct date d = today;
    if (used == 0) { /* a day alone; that it is none is said first */
        enum form day = one_date(w.at, n, today, &d, e);
        return day == FORM_NO || day == FORM_YES ? no_time(e) : false;
    }
    enum form f = n == used ? FORM_YES : one_date(w.at, n - used, today, &d, e);
    if (f != FORM_YES) {
        return f == FORM_NO ? no_time(e) : false;
    }
    return wall_time(d, t, which, ret, e);
}
