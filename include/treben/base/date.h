/* Time: stored as UTC, shown as Europe/Stockholm, typed as people type. No tz database needed: the EU
 * rule (last Sundays of March and October, 01:00 UTC) is computed. */
#ifndef TREBEN_BASE_DATE_H
#define TREBEN_BASE_DATE_H

#include "treben/base/err.h"
#include <stdint.h>

typedef int64_t instant; /* seconds since 1970 UTC */
#define INSTANT_NONE INT64_MIN
#define INSTANT_TEXT 21 /* "2026-11-22T13:32:00Z" and NUL */
#define DATE_TEXT 11    /* "2026-11-22" and NUL */

struct date {
    int y, m, d;
};
struct moment { /* an instant as the wall in Stockholm shows it */
    struct date date;
    int hour, min, sec;
    int wday;          /* 0 Monday … 6 Sunday */
    int iso_year, week; /* ISO 8601 */
};

instant clock_now(void);             /* the machine's, or what clock_set said (demo, tests) */
void clock_set(instant t);           /* INSTANT_NONE goes back to the machine's clock */
instant clock_given(void);           /* what clock_set said last, INSTANT_NONE: nothing */

int64_t date_days(struct date d);    /* days since 1970-01-01, proleptic Gregorian */
struct date date_from_days(int64_t days);
bool date_valid(struct date d);      /* exists and 1900 <= y <= 2100 */
struct date date_today(void);        /* in Stockholm */
struct date date_add(struct date d, int days);
struct date date_add_months(struct date d, int months); /* 31 Jan + 1 month = last of Feb */
int date_wday(struct date d);        /* 0 Monday */
void date_iso_week(struct date d, int *ret_year, int *ret_week);
void date_text(struct date d, char ret[DATE_TEXT]);
bool date_from_text(const char *iso, struct date *ret); /* exactly YYYY-MM-DD and valid */
/* Whole years of age at a day; birth 29 Feb comes of age on 1 March. -1: not known. */
int age_at(const char *birth_pdate, struct date day); /* partial birth dates give the lowest possible age */

struct moment moment_of(instant t);
/* false: that time does not exist (spring night). *ret_twice: it exists twice (autumn), first one given. */
bool moment_to_instant(struct date d, int hour, int min, int sec, instant *ret, bool *ret_twice);
void instant_text(instant t, char ret[INSTANT_TEXT]);
/* ISO with Z or offset, also "2023-03-20 9:06:14 +01:00" (blank, missing zeros); without a zone it is
 * Europe/Stockholm. Date alone is midnight local. */
bool instant_from_text(const char *iso, instant *ret);

/* What people type. Dates: 2026-11-22, 20261122, 261122, 22/11, 22/11 2026, 22 nov, idag/today,
 * igår/yesterday, imorgon/tomorrow, +3 -1 (days), mån…sön/mon…sun (the next such day, today counts),
 * v48 (Monday of that week), v48 fre. ret is ISO. ERR: INVALID with a sentence that shows the forms. */
MUST_CHECK bool date_parse(const char *typed, struct date today, char ret[DATE_TEXT], struct err *e);
/* As date_parse, and also 2026 and 2026-03. */
MUST_CHECK bool pdate_parse(const char *typed, struct date today, char ret[DATE_TEXT], struct err *e);
/* A date as above followed by a time (14:50, 14.50, 1450, kl 14, nu/now alone), or an ISO instant. A time
 * alone is today. Refuses the night that does not exist; the doubled hour needs "före"/"efter" (before/after). */
MUST_CHECK bool time_parse(const char *typed, struct date today, char ret[INSTANT_TEXT], struct err *e);

/* For people: "2026-11-22 sön v47", "2026-11-22 14:32", "14:32", "sön 22 nov" in lang_now(). OWN: caller. */
char *date_show(const char *iso);
char *instant_show(const char *iso_utc);
const char *weekday_short(int wday); /* "mån" / "Mon" */
const char *month_name(int month);   /* 1-12: "november" */

#endif
