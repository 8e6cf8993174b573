/* Calendar, the two nights of the year, what people type, what they see. */
#include "test.h"

#include "treben/base/date.h"
#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/mem.h"
#include <time.h>

static const struct date sunday = {.y = 2026, .m = 11, .d = 22}; /* today in these tests, week 47 */

static void days_round_trip_over_two_centuries(void **state)
{
    (void)state;
    int64_t first = date_days((struct date){.y = 1900, .m = 1, .d = 1});
    int64_t last = date_days((struct date){.y = 2100, .m = 12, .d = 31});
    assert_int_equal(first, -25567);
    for (int64_t n = first; n <= last; n++) {
        struct date d = date_from_days(n), again;
        char text[DATE_TEXT];
        time_t seconds = n * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        assert_true(date_valid(d));
        assert_int_equal(date_days(d), n);
        assert_int_equal(d.y, tm.tm_year + 1900);
        assert_int_equal(d.m, tm.tm_mon + 1);
        assert_int_equal(d.d, tm.tm_mday);
        assert_int_equal(date_wday(d), (tm.tm_wday + 6) % 7);
        date_text(d, text);
        assert_true(date_from_text(text, &again));
        assert_int_equal(date_days(again), n);
        if (n % 3 == 0) {
            char want[16];
            int year, week;
            strftime(want, sizeof want, "%G-%V", &tm);
            date_iso_week(d, &year, &week);
            snprintf(text, sizeof text, "%04d-%02d", year % 10000, week % 100);
            assert_string_equal(text, want);
        }
    }
}

static void days_that_do_not_exist(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "1900-02-29",  "2026-02-30", "2026-13-01", "2026-00-01", "2026-01-00",
        "2026-04-31",  "0001-01-01", "1899-12-31", "2101-01-01", "2026-1-1",
        "2026-01-01 ", "20260101",   "",           "2026-01",    "2026/01/01",
    };
    struct date d;
    for (size_t i = 0; i < N_OF(bad); i++) {
        assert_false(date_from_text(bad[i], &d));
    }
    assert_false(date_from_text(NULL, &d));
    assert_true(date_from_text("2000-02-29", &d));
}

static void weeks(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int year, week;
    } all[] = {
        {"2026-12-31", 2026, 53}, {"2027-01-01", 2026, 53}, {"2024-12-30", 2025, 1},
        {"2026-11-22", 2026, 47}, {"2023-01-01", 2022, 52}, {"2021-01-03", 2020, 53},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        struct date d;
        int year, week;
        assert_true(date_from_text(all[i].day, &d));
        date_iso_week(d, &year, &week);
        assert_int_equal(year, all[i].year);
        assert_int_equal(week, all[i].week);
    }
}

static void adds_months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } all[] = {
        {"2026-01-31", 1, "2026-02-28"},  {"2024-01-31", 1, "2024-02-29"},
        {"2026-11-30", 3, "2027-02-28"},  {"2026-03-31", -1, "2026-02-28"},
        {"2026-01-15", -1, "2025-12-15"}, {"2026-05-31", 12, "2027-05-31"},
        {"2026-12-01", 1, "2027-01-01"},  {"2024-02-29", -48, "2020-02-29"},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        struct date d;
        char text[DATE_TEXT];
        assert_true(date_from_text(all[i].from, &d));
        date_text(date_add_months(d, all[i].months), text);
        assert_string_equal(text, all[i].to);
    }
}

static void ages(void **state)
{
    (void)state;
    struct date eve = {.y = 2026, .m = 2, .d = 28}, first = {.y = 2026, .m = 3, .d = 1};
    assert_int_equal(age_at("2008-02-29", eve), 17);
    assert_int_equal(age_at("2008-02-29", first), 18);
    assert_int_equal(age_at("2008-02-28", eve), 18);
    assert_int_equal(age_at("2008-03-01", eve), 17);
    assert_int_equal(age_at("2008", sunday), 17); /* may be born in December */
    assert_int_equal(age_at("2008-11", sunday), 17);
    assert_int_equal(age_at("2008-10", sunday), 18);
    assert_int_equal(age_at("2026", sunday), 0);
    assert_int_equal(age_at("2027", sunday), -1);
    assert_int_equal(age_at("", sunday), -1);
    assert_int_equal(age_at(NULL, sunday), -1);
    assert_int_equal(age_at("2008-13", sunday), -1);
}

static void the_night_that_does_not_exist(void **state)
{
    (void)state;
    struct date spring = {.y = 2026, .m = 3, .d = 29};
    instant t = 0;
    bool twice = true;
    char text[INSTANT_TEXT];
    assert_false(moment_to_instant(spring, 2, 0, 0, &t, &twice));
    assert_false(moment_to_instant(spring, 2, 30, 0, &t, &twice));
    assert_false(moment_to_instant(spring, 2, 59, 59, &t, &twice));
    assert_true(moment_to_instant(spring, 1, 59, 59, &t, &twice));
    assert_false(twice);
    instant_text(t, text);
    assert_string_equal(text, "2026-03-29T00:59:59Z");
    struct moment m = moment_of(t + 1);
    assert_int_equal(m.hour, 3);
    assert_int_equal(m.min, 0);
    assert_true(moment_to_instant(spring, 3, 0, 0, &t, &twice));
    instant_text(t, text);
    assert_string_equal(text, "2026-03-29T01:00:00Z");
}

static void the_hour_that_comes_twice(void **state)
{
    (void)state;
    struct date autumn = {.y = 2026, .m = 10, .d = 25};
    instant t = 0;
    bool twice = false;
    char text[INSTANT_TEXT];
    assert_true(moment_to_instant(autumn, 2, 30, 0, &t, &twice));
    assert_true(twice);
    instant_text(t, text);
    assert_string_equal(text, "2026-10-25T00:30:00Z");
    assert_int_equal(moment_of(t + 3600).hour, 2);
    assert_int_equal(moment_of(t + 3600).min, 30);
    assert_true(moment_to_instant(autumn, 1, 59, 59, &t, &twice));
    assert_false(twice);
    assert_true(moment_to_instant(autumn, 3, 0, 0, &t, &twice));
    assert_false(twice);
}

static void moments_round_trip(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 3);
    for (int i = 0; i < 100000; i++) {
        instant t = -2200000000 + (instant)(rng_next(&r) % 6300000000u), back = 0;
        struct moment m = moment_of(t);
        bool twice;
        char text[INSTANT_TEXT];
        if (!date_valid(m.date)) {
            continue;
        }
        assert_true(moment_to_instant(m.date, m.hour, m.min, m.sec, &back, &twice));
        assert_true(back == t || (twice && back + 3600 == t));
        instant_text(t, text);
        assert_true(instant_from_text(text, &back));
        assert_int_equal(back, t);
    }
    instant_text(INSTANT_NONE, (char[INSTANT_TEXT]){0});
    moment_of(INSTANT_NONE);
    moment_of(INT64_MAX);
}

static void reads_iso(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } all[] = {
        {"2026-11-22T13:32:00Z", "2026-11-22T13:32:00Z"},
        {"2026-11-22T13:32:00.250Z", "2026-11-22T13:32:00Z"},
        {"2023-03-20 9:06:14 +01:00", "2023-03-20T08:06:14Z"},
        {"2023-03-20 09:06:14 +0100", "2023-03-20T08:06:14Z"},
        {"2026-07-01T00:30+02", "2026-06-30T22:30:00Z"},
        {"2026-07-01T00:30-03:30", "2026-07-01T04:00:00Z"},
        {"2026-07-01 14:50", "2026-07-01T12:50:00Z"},
        {"2026-11-22", "2026-11-21T23:00:00Z"},
        {"2026-03-29 02:30", NULL},
        {"2026-11-22T25:00:00Z", NULL},
        {"2026-11-22T13:32:00Zx", NULL},
        {"2026-11-22T13", NULL},
        {"2026-11-22X13:00", NULL},
        {"2026-02-30T13:00:00Z", NULL},
        {"10000-01-01T00:00:00Z", NULL},
        {"2026-07-01T00:30+99:00", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        instant t;
        char text[INSTANT_TEXT] = "";
        bool ok = instant_from_text(all[i].in, &t);
        if (ok != (all[i].out != NULL)) {
            fail_msg("%s", all[i].in);
        }
        if (ok) {
            instant_text(t, text);
            assert_string_equal(text, all[i].out);
        }
    }
}

static void the_clock_can_be_set(void **state)
{
    (void)state;
    instant t;
    assert_true(instant_from_text("2026-11-22T23:30:00Z", &t));
    clock_set(t);
    assert_int_equal(clock_now(), t);
    char text[DATE_TEXT];
    date_text(date_today(), text);
    assert_string_equal(text, "2026-11-23"); /* half past midnight in Stockholm */
    clock_set(INSTANT_NONE);
    assert_true(clock_now() > 1600000000);
}

static void shows_for_people(void **state)
{
    (void)state;
    lang_use(LANG_SV);
    AUTOFREE char *day = date_show("2026-11-22"), *part = date_show("2026-03"),
                  *none = date_show(NULL), *time = instant_show("2026-11-22T13:32:00Z"),
                  *first = instant_show("2026-10-25T00:30:00Z"),
                  *second = instant_show("2026-10-25T01:30:00Z");
    assert_string_equal(day, "2026-11-22 sön v47");
    assert_string_equal(part, "2026-03");
    assert_string_equal(none, "");
    assert_string_equal(time, "2026-11-22 14:32");
    assert_string_equal(first, "2026-10-25 02:30 före");
    assert_string_equal(second, "2026-10-25 02:30 efter");
    assert_string_equal(month_name(5), "maj");
    lang_use(LANG_EN);
    AUTOFREE char *english = date_show("2026-11-22");
    assert_string_equal(english, "2026-11-22 Sun w47");
    assert_string_equal(month_name(5), "May");
    assert_string_equal(month_name(13), "");
    assert_string_equal(weekday_short(7), "");
    lang_use(LANG_SV);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_round_trip_over_two_centuries),
        cmocka_unit_test(days_that_do_not_exist),
        cmocka_unit_test(weeks),
        cmocka_unit_test(adds_months),
        cmocka_unit_test(ages),
        cmocka_unit_test(the_night_that_does_not_exist),
        cmocka_unit_test(the_hour_that_comes_twice),
        cmocka_unit_test(moments_round_trip),
        cmocka_unit_test(reads_iso),
        cmocka_unit_test(the_clock_can_be_set),
        cmocka_unit_test(shows_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
