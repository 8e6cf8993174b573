/* Dates and times as people type them, in both languages. */
#include "test.h"

#include "treben/base/date.h"
#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"

static const struct date sunday = {.y = 2026, .m = 11, .d = 22}; /* today in these tests, week 47 */

typedef bool parser(const char *typed, struct date today, char *ret, struct err *e);

static bool parse_date(const char *typed, struct date today, char *ret, struct err *e)
{
    return date_parse(typed, today, ret, e);
}

static bool parse_pdate(const char *typed, struct date today, char *ret, struct err *e)
{
    return pdate_parse(typed, today, ret, e);
}

static bool parse_time(const char *typed, struct date today, char *ret, struct err *e)
{
    return time_parse(typed, today, ret, e);
}

static void check(parser *parse, const char *typed, const char *want)
{
    char got[INSTANT_TEXT] = "untouched";
    struct err e = {.code = ERR_NONE};
    if (parse(typed, sunday, got, &e) != (want != NULL)) {
        fail_msg("%s: %s %s", typed, got, e.text);
    }
    if (want) {
        assert_string_equal(got, want);
    } else {
        assert_int_equal(e.code, ERR_INVALID);
        assert_true(strlen(e.text) > 10);
        assert_string_equal(got, "untouched");
    }
}

static void dates(void **state)
{
    (void)state;
    static const char *const all[][2] = {
        {"2026-11-22", "2026-11-22"},
        {" 2026-11-22 ", "2026-11-22"},
        {"2026-1-2", "2026-01-02"},
        {"20261122", "2026-11-22"},
        {"261122", "2026-11-22"},
        {"851231", "1985-12-31"},
        {"460101", "2046-01-01"},
        {"470101", "1947-01-01"},
        {"22/11", "2026-11-22"},
        {"1/2", "2026-02-01"},
        {"22/11 2025", "2025-11-22"},
        {"22/11/2025", "2025-11-22"},
        {"22/11-25", "2025-11-22"},
        {"22 nov", "2026-11-22"},
        {"22 november 2025", "2025-11-22"},
        {"3 maj", "2026-05-03"},
        {"3 May", "2026-05-03"},
        {"3 okt", "2026-10-03"},
        {"Oct 3", "2026-10-03"},
        {"1 mars", "2026-03-01"},
        {"idag", "2026-11-22"},
        {"i dag", "2026-11-22"},
        {"IDAG", "2026-11-22"},
        {"today", "2026-11-22"},
        {"igår", "2026-11-21"},
        {"i går", "2026-11-21"},
        {"IGÅR", "2026-11-21"},
        {"iga\u030Ar", "2026-11-21"},
        {"igar", "2026-11-21"},
        {"yesterday", "2026-11-21"},
        {"imorgon", "2026-11-23"},
        {"i morgon", "2026-11-23"},
        {"tomorrow", "2026-11-23"},
        {"+3", "2026-11-25"},
        {"-1", "2026-11-21"},
        {"\u22121", "2026-11-21"},
        {"+0", "2026-11-22"},
        {"sön", "2026-11-22"},
        {"son", "2026-11-22"},
        {"mån", "2026-11-23"},
        {"måndag", "2026-11-23"},
        {"Monday", "2026-11-23"},
        {"lör", "2026-11-28"},
        {"sat", "2026-11-28"},
        {"tors", "2026-11-26"},
        {"v48", "2026-11-23"},
        {"V48", "2026-11-23"},
        {"w48", "2026-11-23"},
        {"v48 fre", "2026-11-27"},
        {"fri w48", "2026-11-27"},
        {"v53", "2026-12-28"},
        {"v1", "2025-12-29"},
        {"29/2 2024", "2024-02-29"},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        check(parse_date, all[i][0], all[i][1]);
    }
}

static void no_dates(void **state)
{
    (void)state;
    static const char *const all[] = {
        "",
        " ",
        "2026-02-30",
        "2026-13-01",
        "20260230",
        "31/4",
        "29/2",
        "0/1",
        "v54",
        "v0",
        "1899-12-31",
        "2101-01-01",
        "0001-01-01",
        "2026",
        "2026-03",
        "x",
        "to",
        "blah blah",
        "22 nov 2026 extra",
        "22/11 26x",
        "+",
        "-",
        "+1x",
        "+999999",
        "+99999",
        "v48 xyz",
        "2026-11-22T10:00",
        "22//11",
        "1234567",
        "99999999999999",
        "i",
        "i i",
        "nov",
        "22 2026",
        "a b c d e f g h i j k",
        "\xFF\xFE",
        "22,11",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        check(parse_date, all[i], NULL);
    }
    check(parse_date, NULL, NULL);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    struct err e;
    char got[DATE_TEXT];
    lang_use(LANG_EN);
    assert_false(date_parse("2026-02-30", sunday, got, &e));
    assert_non_null(strstr(e.text, "2026-02-30"));
    assert_false(date_parse("bla", sunday, got, &e));
    assert_non_null(strstr(e.text, "22/11")); /* shows the forms */
    assert_false(date_parse("v54", sunday, got, &e));
    assert_non_null(strstr(e.text, "54"));
    lang_use(LANG_SV);
}

static void partial_dates(void **state)
{
    (void)state;
    check(parse_pdate, "2026", "2026");
    check(parse_pdate, "2026-03", "2026-03");
    check(parse_pdate, "2026-03-09", "2026-03-09");
    check(parse_pdate, "igår", "2026-11-21");
    check(parse_pdate, "2026-13", NULL);
    check(parse_pdate, "1850", NULL);
    check(parse_pdate, "2026-", NULL);
    check(parse_pdate, "202", NULL);
}

static void times(void **state)
{
    (void)state;
    static const char *const all[][2] = {
        {"2026-11-22 14:50", "2026-11-22T13:50:00Z"},
        {"2026-11-22T14:50", "2026-11-22T13:50:00Z"},
        {"2026-11-22T14:50:10Z", "2026-11-22T14:50:10Z"},
        {"2026-11-22 14:50 +00:00", "2026-11-22T14:50:00Z"},
        {"2026-07-01 14.50", "2026-07-01T12:50:00Z"},
        {"22/11 1450", "2026-11-22T13:50:00Z"},
        {"22/11 2025 14:50", "2025-11-22T13:50:00Z"},
        {"22/11 2015", "2026-11-22T19:15:00Z"},
        {"22 nov kl 14", "2026-11-22T13:00:00Z"},
        {"22 nov 2025 kl. 14.30", "2025-11-22T13:30:00Z"},
        {"igår 14:50", "2026-11-21T13:50:00Z"},
        {"i går 1450", "2026-11-21T13:50:00Z"},
        {"-1 0:05", "2026-11-20T23:05:00Z"},
        {"14:50", "2026-11-22T13:50:00Z"},
        {"1450", "2026-11-22T13:50:00Z"},
        {"kl 14", "2026-11-22T13:00:00Z"},
        {"at 9", "2026-11-22T08:00:00Z"},
        {"14:50:30", "2026-11-22T13:50:30Z"},
        {"v48 fre 8:00", "2026-11-27T07:00:00Z"},
        {"261122 0000", "2026-11-21T23:00:00Z"},
        {"2026-10-25 02:30 före", "2026-10-25T00:30:00Z"},
        {"2026-10-25 02:30 after", "2026-10-25T01:30:00Z"},
        {"2026-10-25T02:30 efter", "2026-10-25T01:30:00Z"},
        {"2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        check(parse_time, all[i][0], all[i][1]);
    }
    static const char *const bad[] = {
        "",
        "2026-11-22",
        "24:00",
        "14:60",
        "14:5",
        "14",
        "2560",
        "2026-03-29 02:30",
        "2026-03-29T02:30",
        "2026-10-25 02:30",
        "30/2 14:00",
        "x 14:00",
        "före",
        "14:50 x",
        "kl",
        "2026-11-22T",
        "14:50.30",
    };
    for (size_t i = 0; i < N_OF(bad); i++) {
        check(parse_time, bad[i], NULL);
    }
    clock_set(1795354320);
    check(parse_time, "nu", "2026-11-22T13:32:00Z");
    check(parse_time, "now", "2026-11-22T13:32:00Z");
    clock_set(INSTANT_NONE);
}

static void what_is_shown_can_be_typed_back(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 12);
    for (int i = 0; i < 20000; i++) {
        instant t = rng_below(&r, 4000000000u) / 60 * 60;
        t = i % 10 ? t : 1792886400 + (instant)rng_below(&r, 300) * 60; /* the long night of 2026 */
        char iso[INSTANT_TEXT], back[INSTANT_TEXT];
        struct err e;
        lang_use(i % 2 ? LANG_SV : LANG_EN);
        instant_text(t, iso);
        AUTOFREE char *shown = instant_show(iso);
        if (!time_parse(shown, sunday, back, &e)) {
            fail_msg("%s: %s", shown, e.text);
        }
        assert_string_equal(back, iso);
    }
    lang_use(LANG_SV);
}

static void garbage_is_answered_with_a_sentence(void **state)
{
    (void)state;
    static const char *const parts[] = {"2026", "-",   "11",   "22",     "/",   " ", "nov",  "v",
                                        "48",   "kl",  ":",    ".",      "T",   "Z", "+",    "i",
                                        "dag",  "mån", "\xC3", "999999", "fre", "0", "efter"};
    struct rng r;
    rng_seed(&r, 13);
    for (int i = 0; i < 50000; i++) {
        STR s = {0};
        for (uint32_t n = rng_below(&r, 9); n > 0; n--) {
            str_add(&s, parts[rng_below(&r, N_OF(parts))]);
        }
        char got[INSTANT_TEXT] = "";
        struct err e = {.code = ERR_NONE};
        struct date d;
        if (date_parse(str_text(&s), sunday, got, &e)) {
            assert_true(date_from_text(got, &d));
        } else {
            assert_int_equal(e.code, ERR_INVALID);
        }
        e.code = ERR_NONE;
        instant t;
        if (time_parse(str_text(&s), sunday, got, &e)) {
            assert_true(instant_from_text(got, &t));
        } else {
            assert_int_equal(e.code, ERR_INVALID);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(no_dates),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(partial_dates),
        cmocka_unit_test(times),
        cmocka_unit_test(what_is_shown_can_be_typed_back),
        cmocka_unit_test(garbage_is_answered_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
