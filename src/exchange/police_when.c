/* exchange/police_when.c: the event's own time stands only in its name, without a year. */
#include "police.h"
#include "treben/base/date.h"

#include <stdio.h>
#include <string.h>

#define HOUR 3600

static int month_number(const char *word)
{
    static const char *const months[] = {"januari", "februari", "mars",      "april",   "maj",      "juni",
                                         "juli",    "augusti",  "september", "oktober", "november", "december"};
    for (int i = 0; i < (int)N_OF(months); i++)
        if (strcmp(word, months[i]) == 0)
            return i + 1;
    return 0;
}

/* The day in this year as an instant; 29 February of a common year is nobody's day. */
static bool at_year(int year, int month, int day, int hour, int min, instant *ret)
{
    bool twice;
    struct date d = {year, month, day};
    if (!date_valid(d))
        return false;
    if (moment_to_instant(d, hour, min, 0, ret, &twice))
        return true;
    return moment_to_instant(d, hour + 1, min, 0, ret, &twice); /* an hour that does not exist in the spring night */
}

bool police_when(const char *name, const char *published, char ret[INSTANT_TEXT], const char **ret_precision,
                 bool *ret_day_before)
{
    int day, hour, min;
    char month[16];
    instant pub, at;
    if (!instant_from_text(published, &pub))
        return false;
    if (sscanf(name, "%2d %15[a-z] %2d%*[.:]%2d", &day, month, &hour, &min) != 4 || !month_number(month) || hour > 23 ||
        hour < 0 || min < 0 || min > 59)
        return false;
    int year = moment_of(pub).date.y;
    *ret_precision = "EXAKT";
    *ret_day_before = false;
    bool known = at_year(year, month_number(month), day, hour, min, &at);
    if (!known || at > pub + 25 * HOUR)
        known = at_year(year - 1, month_number(month), day, hour, min, &at);
    if (!known)
        return false;
    if (at > pub + HOUR) { /* told before it happened: the clock is right, the day is not */
        at -= 24 * HOUR;
        *ret_precision = "DYGN";
        *ret_day_before = true;
    } else if (at > pub) {
        at = pub;
        *ret_precision = "TIMME";
    }
    instant_text(at, ret);
    return true;
}
