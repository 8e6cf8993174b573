/* Dates and times as people read them. */
#include "treben/base/date.h"

#include "date_names.h"
#include "treben/base/str.h"

const struct label weekday_names[7] = {
    {"måndag", "Monday"}, {"tisdag", "Tuesday"},  {"onsdag", "Wednesday"}, {"torsdag", "Thursday"},
    {"fredag", "Friday"}, {"lördag", "Saturday"}, {"söndag", "Sunday"},
};

const struct label month_names[12] = {
    {"januari", "January"}, {"februari", "February"}, {"mars", "March"},
    {"april", "April"},     {"maj", "May"},           {"juni", "June"},
    {"juli", "July"},       {"augusti", "August"},    {"september", "September"},
    {"oktober", "October"}, {"november", "November"}, {"december", "December"},
};

const char *weekday_short(int wday)
{
    static const struct label names[7] = {
        {"mån", "Mon"}, {"tis", "Tue"}, {"ons", "Wed"}, {"tor", "Thu"},
        {"fre", "Fri"}, {"lör", "Sat"}, {"sön", "Sun"},
    };
    return wday >= 0 && wday < 7 ? label_text(&names[wday]) : "";
}

const char *month_name(int month)
{
    return month >= 1 && month <= 12 ? label_text(&month_names[month - 1]) : "";
}

char *date_show(const char *iso)
{
    struct date d;
    if (!date_from_text(iso, &d)) {
        return xstrdup(iso ? iso : ""); /* "2026-03" is shown as it is */
    }
    int year, week;
    date_iso_week(d, &year, &week);
    return xprintf("%s %s %c%d", iso, weekday_short(date_wday(d)),
                   lang_now() == LANG_EN ? 'w' : 'v', week);
}

char *instant_show(const char *iso_utc)
{
    instant t, first;
    if (!instant_from_text(iso_utc, &t)) {
        return xstrdup(iso_utc ? iso_utc : "");
    }
    struct moment m = moment_of(t);
    char day[DATE_TEXT];
    date_text(m.date, day);
    bool twice = false;
    const char *which = "";
    if (moment_to_instant(m.date, m.hour, m.min, m.sec, &first, &twice) && twice) {
        static const struct label before = {" före", " before"}, after = {" efter", " after"};
        which = label_text(t == first ? &before : &after); /* can be typed back as it stands */
    }
    return xprintf("%s %02d:%02d%s", day, m.hour, m.min, which);
}
