/* The calendar, the clock, and the wall time of Stockholm. */
#include "treben/base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400, HOUR = 3600, YEAR_FIRST = 1900, YEAR_LAST = 2100 };

static instant clock_fixed = INSTANT_NONE;

instant clock_now(void)
{
    return clock_fixed == INSTANT_NONE ? (instant)time(NULL) : clock_fixed;
}

void clock_set(instant t)
{
    clock_fixed = t;
}

instant clock_given(void)
{
    return clock_fixed;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int month_days(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m == 2 && leap(y) ? 29 : days[m - 1];
}

/* Years are counted from March here, so that the leap day is the last of the year. */
int64_t date_days(struct date d)
{
    int64_t y = (int64_t)d.y - (d.m <= 2);
    int64_t era = floor_div(y, 400), year = y - era * 400;
    int64_t month = (d.m + 9) % 12;
    int64_t day = (153 * month + 2) / 5 + d.d - 1;
    return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

struct date date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = floor_div(days, 146097), rest = days - era * 146097;
    int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t day = rest - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day + 2) / 153;
    int m = (int)(month < 10 ? month + 3 : month - 9);
    return (struct date){.y = (int)(year + era * 400 + (m <= 2)),
                         .m = m,
                         .d = (int)(day - (153 * month + 2) / 5 + 1)};
}

bool date_valid(struct date d)
{
    return d.y >= YEAR_FIRST && d.y <= YEAR_LAST && d.m >= 1 && d.m <= 12 && d.d >= 1 &&
           d.d <= month_days(d.y, d.m);
}

struct date date_today(void)
{
    return moment_of(clock_now()).date;
}

struct date date_add(struct date d, int days)
{
    return date_from_days(date_days(d) + days);
}

struct date date_add_months(struct date d, int months)
{
    int64_t all = (int64_t)d.y * 12 + d.m - 1 + months;
    struct date r = {.y = (int)floor_div(all, 12), .d = d.d};
    r.m = (int)(all - (int64_t)r.y * 12) + 1;
    int last = month_days(r.y, r.m);
    if (r.d > last) {
        r.d = last;
    }
    return r;
}

int date_wday(struct date d)
{
    int64_t n = date_days(d) + 3; /* 1970-01-01 was a Thursday */
    return (int)(n - floor_div(n, 7) * 7);
}

void date_iso_week(struct date d, int *ret_year, int *ret_week)
{
    /* a week belongs to its Thursday's year */
    struct date thursday = date_add(d, 3 - date_wday(d));
    int64_t first = date_days((struct date){.y = thursday.y, .m = 1, .d = 1});
    *ret_year = thursday.y;
    *ret_week = (int)((date_days(thursday) - first) / 7) + 1;
}

void date_text(struct date d, char ret[DATE_TEXT])
{
    ret[0] = '\0';
    if (d.y >= 0 && d.y <= 9999 && d.m >= 1 && d.m <= 12 && d.d >= 1 && d.d <= 31) {
        snprintf(ret, DATE_TEXT, "%04u-%02u-%02u", (unsigned)d.y % 10000, (unsigned)d.m % 100,
                 (unsigned)d.d % 100);
    }
}

/* Reads min to max digits; leaves *p behind them. */
static bool digits(const char **p, int min, int max, int *ret)
{
    int n = 0, value = 0;
    while (n < max && **p >= '0' && **p <= '9') {
        value = value * 10 + (**p - '0');
        ++*p;
        n++;
    }
    *ret = value;
    return n >= min;
}

static bool skip(const char **p, char c)
{
    bool there = **p == c;
    *p += there;
    return there;
}

bool date_from_text(const char *iso, struct date *ret)
{
    struct date d;
    if (!iso || strlen(iso) != DATE_TEXT - 1) {
        return false;
    }
    const char *p = iso;
    if (!digits(&p, 4, 4, &d.y) || !skip(&p, '-') || !digits(&p, 2, 2, &d.m) || !skip(&p, '-') ||
        !digits(&p, 2, 2, &d.d) || !date_valid(d)) {
        return false;
    }
    *ret = d;
    return true;
}

/* The earliest and the latest day that "2026", "2026-03" or "2026-03-09" can mean. */
static bool pdate_span(const char *pdate, struct date *ret_first, struct date *ret_last)
{
    size_t n = pdate ? strlen(pdate) : 0;
    struct date first = {.m = 1, .d = 1}, last = {.m = 12, .d = 31};
    const char *p = pdate;
    if (n == DATE_TEXT - 1) {
        if (!date_from_text(pdate, &first)) {
            return false;
        }
        last = first;
    } else if (n == 4 || n == 7) {
        if (!digits(&p, 4, 4, &first.y) ||
            (n == 7 && (!skip(&p, '-') || !digits(&p, 2, 2, &first.m))) || !date_valid(first)) {
            return false;
        }
        last.y = first.y;
        last.m = n == 7 ? first.m : 12;
        last.d = month_days(last.y, last.m);
    } else {
        return false;
    }
    *ret_first = first;
    *ret_last = last;
    return true;
}

int age_at(const char *birth_pdate, struct date day)
{
    struct date first, last;
    if (!pdate_span(birth_pdate, &first, &last) || date_days(first) > date_days(day)) {
        return -1;
    }
    int age = day.y - last.y;
    if (day.m < last.m || (day.m == last.m && day.d < last.d)) {
        age--; /* who was born on 29 February waits until 1 March */
    }
    return age < 0 ? 0 : age;
}

/* 01:00 UTC on the last Sunday of a month with 31 (or, before 1996, 30) days. */
static instant last_sunday(int y, int m)
{
    struct date d = {.y = y, .m = m, .d = month_days(y, m)};
    d.d -= (date_wday(d) + 1) % 7;
    return date_days(d) * DAY + HOUR;
}

/* Seconds that Stockholm is ahead of UTC. Summer time as in the EU rule; until 1995 it ended in
 * September, before 1981 it is not reckoned with. */
static int64_t ahead(instant t)
{
    int y = date_from_days(floor_div(t, DAY)).y;
    bool summer = y >= 1981 && t >= last_sunday(y, 3) && t < last_sunday(y, y < 1996 ? 9 : 10);
    return summer ? 2 * HOUR : HOUR;
}

struct moment moment_of(instant t)
{
    const instant far = (instant)DAY * 365 * 9000; /* INSTANT_NONE and rubbish must not overflow */
    t = t < -far ? -far : t > far ? far : t;
    int64_t local = t + ahead(t), days = floor_div(local, DAY);
    int second = (int)(local - days * DAY);
    struct moment m = {.date = date_from_days(days),
                       .hour = second / HOUR,
                       .min = second / 60 % 60,
                       .sec = second % 60};
    m.wday = date_wday(m.date);
    date_iso_week(m.date, &m.iso_year, &m.week);
    return m;
}

bool moment_to_instant(struct date d, int hour, int min, int sec, instant *ret, bool *ret_twice)
{
    if (!date_valid(d) || hour < 0 || hour > 23 || min < 0 || min > 59 || sec < 0 || sec > 59) {
        return false;
    }
    instant local = date_days(d) * DAY + hour * HOUR + min * 60 + sec;
    instant summer = local - 2 * HOUR, winter = local - HOUR;
    bool in_summer = ahead(summer) == 2 * HOUR, in_winter = ahead(winter) == HOUR;
    if (!in_summer && !in_winter) {
        return false;
    }
    *ret = in_summer ? summer : winter;
    if (ret_twice) {
        *ret_twice = in_summer && in_winter;
    }
    return true;
}

void instant_text(instant t, char ret[INSTANT_TEXT])
{
    char day[DATE_TEXT];
    ret[0] = '\0';
    if (t == INSTANT_NONE) {
        return;
    }
    int64_t days = floor_div(t, DAY);
    if (days < -719528 || days > 2932896) { /* years 0 to 9999 */
        return;
    }
    unsigned second = (unsigned)(t - days * DAY);
    date_text(date_from_days(days), day);
    snprintf(ret, INSTANT_TEXT, "%.10sT%02u:%02u:%02uZ", day, second / HOUR % 24, second / 60 % 60,
             second % 60);
}

/* Z, +01:00, +0100, +01 or nothing. */
static bool zone(const char **p, bool *ret_given, int64_t *ret_ahead)
{
    while (skip(p, ' ')) {
    }
    *ret_given = **p != '\0';
    *ret_ahead = 0;
    if (!*ret_given || skip(p, 'Z') || skip(p, 'z')) {
        return **p == '\0';
    }
    int hour, min = 0;
    bool west = **p == '-';
    if ((!skip(p, '-') && !skip(p, '+')) || !digits(p, 2, 2, &hour)) {
        return false;
    }
    skip(p, ':');
    if (**p && !digits(p, 2, 2, &min)) {
        return false;
    }
    int64_t size = hour * HOUR + min * 60;
    *ret_ahead = west ? -size : size;
    return **p == '\0' && hour <= 14 && min <= 59;
}

static bool clock_time(const char **p, int *ret_hour, int *ret_min, int *ret_sec)
{
    if (!digits(p, 1, 2, ret_hour) || !skip(p, ':') || !digits(p, 2, 2, ret_min)) {
        return false;
    }
    if (skip(p, ':')) {
        if (!digits(p, 1, 2, ret_sec)) {
            return false;
        }
        if (skip(p, '.') || skip(p, ',')) {
            int fraction;
            return digits(p, 1, 9, &fraction); /* parts of a second are dropped */
        }
    }
    return true;
}

bool instant_from_text(const char *iso, instant *ret)
{
    struct date d;
    int hour = 0, min = 0, sec = 0;
    bool given = false;
    int64_t east = 0;
    const char *p = iso;
    if (!p || !digits(&p, 4, 4, &d.y) || !skip(&p, '-') || !digits(&p, 1, 2, &d.m) ||
        !skip(&p, '-') || !digits(&p, 1, 2, &d.d) || !date_valid(d)) {
        return false;
    }
    if (*p) {
        if (!skip(&p, 'T') && !skip(&p, 't') && !skip(&p, ' ')) {
            return false;
        }
        while (skip(&p, ' ')) {
        }
        if (!clock_time(&p, &hour, &min, &sec) || !zone(&p, &given, &east)) {
            return false;
        }
    }
    if (hour > 23 || min > 59 || sec > 59) {
        return false;
    }
    if (!given) {
        return moment_to_instant(d, hour, min, sec, ret, NULL);
    }
    *ret = date_days(d) * DAY + hour * HOUR + min * 60 + sec - east;
    return true;
}
