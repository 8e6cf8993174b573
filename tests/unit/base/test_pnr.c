/* Personal numbers: forms, century, checks. */
#include "test.h"

#include "treben/base/lang.h"
#include "treben/base/pnr.h"

static const struct date today = {.y = 2026, .m = 11, .d = 22};

static void check_on(struct date day, const char *typed, const char *want)
{
    struct pnr p = {.digits = ""};
    struct err e = {.code = ERR_NONE};
    bool ok = pnr_parse(typed, day, &p, &e);
    if (ok != (want != NULL)) {
        fail_msg("%s: %s %s", typed, p.digits, e.text);
    }
    if (ok) {
        assert_string_equal(p.digits, want);
    } else {
        assert_int_equal(e.code, ERR_INVALID);
    }
}

static void accepts_the_published_numbers(void **state)
{
    (void)state;
    static const char *const valid[] = {
        "19640823-3234", "19900602-2397", "20000105-2380", "19121212-1212",
        "20040229-9812", "20010315-9851", "19640883-3231", "20040289-9819",
    };
    for (size_t i = 0; i < N_OF(valid); i++) {
        struct pnr p;
        struct err e;
        char shown[14];
        assert_true(pnr_parse(valid[i], today, &p, &e));
        pnr_show(p.digits, shown);
        assert_string_equal(shown, valid[i]);
        assert_int_equal(p.coordination, i >= 6);
    }
    check_on(today, "19701063-2391", "197010632391");
}

static void takes_all_ways_of_writing(void **state)
{
    (void)state;
    static const char *const same[] = {
        "19640823-3234",   "196408233234",     "640823-3234",      "6408233234",
        " 640823 - 3234 ", "640823 3234",      "640823\u20103234", "640823\u20133234",
        "19640823 3234",   "640823\u22123234", "64 08 23 32 34",   "640823\u00A03234",
    };
    for (size_t i = 0; i < N_OF(same); i++) {
        check_on(today, same[i], "196408233234");
    }
}

static void century_follows_sign_and_today(void **state)
{
    (void)state;
    check_on(today, "121212-1212", "201212121212");
    check_on(today, "121212+1212", "191212121212");
    struct date before = {.y = 2012, .m = 12, .d = 11};
    check_on(before, "121212-1212", "191212121212"); /* tomorrow's child cannot be meant */
    check_on((struct date){.y = 2012, .m = 12, .d = 12}, "121212-1212", "201212121212");
    /* plus begins on 1 January of the year of the hundredth birthday */
    check_on((struct date){.y = 2012, .m = 1, .d = 1}, "121212+1212", "191212121212");
    check_on((struct date){.y = 2011, .m = 12, .d = 31}, "121212+1212", NULL);
}

static void knows_sex_and_birth(void **state)
{
    (void)state;
    struct pnr p;
    struct err e;
    assert_true(pnr_parse("20040289-9819", today, &p, &e));
    assert_true(p.coordination);
    assert_int_equal(p.birth.d, 29);
    assert_int_equal(p.birth.m, 2);
    assert_int_equal(p.sex, 'M');
    assert_true(pnr_parse("20000105-2380", today, &p, &e));
    assert_int_equal(p.sex, 'K');
    assert_false(p.coordination);
}

static void refuses_and_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *said;
    } all[] = {
        {"19640823-3235", "would be 4"},     {"20030229-9812", "does not exist"},
        {"20040260-9812", "does not exist"}, {"20040292-9812", "does not exist"},
        {"20041301-9812", "does not exist"}, {"000000-0000", "does not exist"},
        {"000000000000", "does not exist"},  {"1234567890123", "10 or 12 digits"},
        {"640823", "10 or 12 digits"},       {"6408-233234", "10 or 12 digits"},
        {"640823--3234", "10 or 12 digits"}, {"640823-323A", "10 or 12 digits"},
        {"T640823-3234", "10 or 12 digits"}, {"", "10 or 12 digits"},
        {"18640823-3234", "does not exist"}, {"19640823-0006", "000"},
    };
    lang_use(LANG_EN);
    for (size_t i = 0; i < N_OF(all); i++) {
        struct pnr p;
        struct err e = {.code = ERR_NONE};
        if (pnr_parse(all[i].typed, today, &p, &e) || !strstr(e.text, all[i].said)) {
            fail_msg("%s: %s", all[i].typed, e.text);
        }
    }
    struct pnr p;
    struct err e;
    assert_false(pnr_parse("20121212-1212", (struct date){.y = 2012, .m = 1, .d = 1}, &p, &e));
    assert_non_null(strstr(e.text, "future"));
    assert_false(pnr_parse(NULL, today, &p, &e));
    lang_use(LANG_SV);
}

static void finds_numbers_in_text(void **state)
{
    (void)state;
    assert_true(pnr_inside("Ring 640823-3234 i dag"));
    assert_true(pnr_inside("(19640823-3234)"));
    assert_true(pnr_inside("x196408233234."));
    assert_true(pnr_inside("121212+1212"));
    assert_true(pnr_inside("samordning 640883-3231"));
    assert_true(pnr_inside("640823 3234"));
    assert_false(pnr_inside("640823-3235"));
    assert_false(pnr_inside("mål B 1234-26, tel 070-123 45 67"));
    assert_false(pnr_inside("9919640823-3234999"));
    assert_false(pnr_inside("641323-3231"));
    assert_false(pnr_inside(""));
    assert_false(pnr_inside(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_the_published_numbers),
        cmocka_unit_test(takes_all_ways_of_writing),
        cmocka_unit_test(century_follows_sign_and_today),
        cmocka_unit_test(knows_sex_and_birth),
        cmocka_unit_test(refuses_and_says_why),
        cmocka_unit_test(finds_numbers_in_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
