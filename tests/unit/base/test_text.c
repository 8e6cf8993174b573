/* The text door, and what may be drawn. */
#include "test.h"

#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

/* What the door makes of a text; NULL if it refuses. */
static char *through(const char *in, enum text_rule rule, size_t max)
{
    char *out = NULL;
    struct err e = {.code = ERR_NONE};
    if (!text_accept(in, strlen(in), rule, max, &out, &e)) {
        assert_int_equal(e.code, ERR_INVALID);
        assert_true(strlen(e.text) > 0);
        assert_null(out);
        return NULL;
    }
    assert_non_null(out);
    return out;
}

static void becomes(const char *in, enum text_rule rule, const char *want)
{
    AUTOFREE char *out = through(in, rule, 0);
    if (!out) {
        fail_msg("refused: %s", in);
        return;
    }
    assert_string_equal(out, want);
}

static void refused(const char *in, enum text_rule rule)
{
    AUTOFREE char *out = through(in, rule, 0);
    if (out) {
        fail_msg("accepted as: %s", out);
    }
}

static void refused_with(const char *bytes, size_t n, const char *said)
{
    char *out = NULL;
    struct err e;
    if (text_accept(bytes, n, TEXT_LINE, 0, &out, &e)) {
        free(out);
        fail_msg("accepted; should say %s", said);
    }
    if (!strstr(e.text, said)) {
        fail_msg("says: %s; should contain %s", e.text, said);
    }
}

static void cleans_blanks(void **state)
{
    (void)state;
    becomes("", TEXT_LINE, "");
    becomes("  \t\r\n ", TEXT_LINE, "");
    becomes("\u00A0\u2003\u3000", TEXT_LINE, "");
    becomes("  Anna   Berg ", TEXT_LINE, "Anna Berg");
    becomes("Anna\u00A0\u00A0Berg", TEXT_LINE, "Anna Berg");
    becomes("a\tb\nc\r\nd\re", TEXT_LINE, "a b c d e");
    becomes("a\r\nb\rc\n\nd", TEXT_NOTE, "a\nb\nc\n\nd");
    becomes("\n\n a  b \t\n  c\n \n", TEXT_NOTE, "a b\n c");
    becomes(" \n ", TEXT_NOTE, "");
}

static void makes_nfc(void **state)
{
    (void)state;
    becomes("A\u030Asa", TEXT_LINE, "\u00C5sa");
    becomes("\u212Bngstro\u0308m", TEXT_LINE, "Ångström");
    becomes("\u1112\u1161\u11AB", TEXT_LINE, "\uD55C");
    becomes("Nguye\u0302\u0303n", TEXT_LINE, "Nguy\u1EC5n");
}

static void keeps_what_people_write(void **state)
{
    (void)state;
    static const char *const same[] = {
        "O'Brien",
        "O’Brien",
        "Ång-Öst",
        "Łukasz Đukić",
        "中文",
        "محمد",
        "X Æ A-12",
        "'; DROP TABLE person;--",
        "%s%n%p",
        "$(id) `id` ../../etc/passwd |sh",
        "=HYPERLINK(\"x\")",
        "50 % – 1 000 €",
        "Å",
        "😀",
        "👍🏽",
        "❤\uFE0F",
        "۱۲۳",
        "q\u0323\u0331\u0332",
    };
    for (size_t i = 0; i < N_OF(same); i++) {
        becomes(same[i], TEXT_LINE, same[i]);
    }
}

static void refuses_with_place_and_reason(void **state)
{
    (void)state;
    lang_use(LANG_EN);
    refused_with("ab\0c", 4, "character 3 (U+0000)");
    refused_with("å\x1B[31m", 7, "character 2 (U+001B)");
    refused_with("\xC2\x9B"
                 "31m",
                 5, "U+009B");
    refused_with("x\xFFy", 3, "character 2 (byte FF)");
    refused_with("\xC0\xAF", 2, "byte C0");
    refused_with("\xED\xA0\x80", 3, "byte ED");
    refused_with("\xF4\x90\x80\x80", 4, "byte F4");
    refused_with("abc\xC3", 4, "character 4 (byte C3)");
    refused_with("G\xE5", 2, "UTF-8");
    refused_with("e\u0301\u0302\u0303\u0304\u0305", 11, "four marks");
    refused_with("a \u0301", 4, "character 3 (U+0301)");
    refused_with("Anna\u202Eexe.txt", 14, "direction");
    lang_use(LANG_SV);
}

static void refuses_hidden_and_strange_characters(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "a\x7F",    "a\x08",       "a\x0B",    "a\x0C",       "a\xC2\x85",   "a\xC2\x8D",
        "a\u00ADb", "a\u200Bb",    "a\u2060b", "\uFEFFa",     "a\u200E",     "a\u061C",
        "a\u2066b", "a\u2069",     "a\u2028b", "a\u2029b",    "a\U000E0041", "a\uFFFE",
        "a\uFDD0",  "a\U0001FFFF", "a\uE000",  "a\U000F0000", "a\u0378",     "a\u034Fb",
        "a\u3164b", "a\u115Fb",    "a\u180Eb", "a\u2061b",    "\u0301a",     "a\u200Db",
        "a\u200Cb", "\u200Da",     "a\u200D",
    };
    for (size_t i = 0; i < N_OF(bad); i++) {
        refused(bad[i], TEXT_LINE);
        refused(bad[i], TEXT_NOTE);
    }
}

static void joiners_only_where_they_join(void **state)
{
    (void)state;
    becomes("می\u200Cخواهم", TEXT_LINE, "می\u200Cخواهم");
    becomes("क्\u200Dष", TEXT_LINE, "क्\u200Dष");
    refused("می\u200C", TEXT_LINE);
    refused("می \u200Cخ", TEXT_LINE);
    refused("ن\u200D\u200Dن", TEXT_LINE);
    refused("👨\u200D👩", TEXT_LINE);
    becomes("👨\u200D👩", TEXT_NOTE, "👨\u200D👩");
}

static void holds_the_limit(void **state)
{
    (void)state;
    lang_use(LANG_EN);
    AUTOFREE char *fits = through(" ååååå ", TEXT_LINE, 5);
    assert_string_equal(fits, "ååååå");
    AUTOFREE char *nfd = through("a\u030Aa\u030Aa\u030A", TEXT_LINE, 3);
    assert_string_equal(nfd, "ååå");
    AUTOFREE char *four_bytes = through("😀😀😀", TEXT_LINE, 3);
    assert_non_null(four_bytes);
    assert_null(through("abcdef", TEXT_LINE, 5));
    size_t n = 3000000;
    AUTOFREE char *paste = xmalloc(n + 1);
    memset(paste, 'x', n);
    paste[n] = '\0';
    char *out = NULL;
    struct err e;
    assert_false(text_accept(paste, n, TEXT_LINE, 80, &out, &e));
    assert_non_null(strstr(e.text, "3000000"));
    assert_non_null(strstr(e.text, "80"));
    lang_use(LANG_SV);
}

/* A random text from characters that stress the rules. */
static void random_text(struct rng *r, struct str *s)
{
    static const char *const parts[] = {
        "a",      "B",      "å",      "é",      " ",      "  ",     "\n",     "\r\n",   "\t",
        "\u0301", "\u030A", "-",      "'",      "中",     "😀",      "\u200D", "\u200C", "ن",
        "\u0915", "\u093C", "\u0958", "\x1B",   "\xFF",   "\xC3",   "\u202E", "\u00A0", "\u1100",
        "\u1161", "\u11A7", "\u11A8", "\uAC00", "\u0344", "\uFE0F", "👩",      "🇸",      "🇪",
    };
    for (uint32_t n = rng_below(r, 12); n > 0; n--) {
        str_add(s, parts[rng_below(r, N_OF(parts))]);
    }
}

static void what_is_accepted_is_accepted_again_unchanged(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122);
    int accepted = 0;
    for (int i = 0; i < 60000; i++) {
        STR s = {0};
        random_text(&r, &s);
        enum text_rule rule = i % 2 ? TEXT_LINE : TEXT_NOTE;
        AUTOFREE char *once = through(str_text(&s), rule, 0);
        if (!once) {
            continue;
        }
        accepted++;
        AUTOFREE char *twice = through(once, rule, 0);
        if (!twice || strcmp(once, twice) != 0) {
            fail_msg("not stable: \"%s\" then \"%s\"", once, twice ? twice : "refused");
        }
        AUTOFREE char *clean = text_clean(once, true);
        assert_string_equal(clean, once); /* what may be stored may be drawn */
        assert_null(strchr(rule == TEXT_LINE ? once : "", '\n'));
    }
    assert_true(accepted > 1000);
}

static void clean_lets_nothing_dangerous_out(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Anna", "Anna"},
        {"a\x1B[31mb", "a\uFFFD[31mb"},
        {"a\xC2\x9B", "a\uFFFD"},
        {"a\xFF"
         "b",
         "a\uFFFDb"},
        {"a\nb", "a⏎b"},
        {"a\tb", "a b"},
        {"a\u202Eb", "a\uFFFDb"},
        {"a\u200Bb", "a\uFFFDb"},
        {"\u0301x", "◌\u0301x"},
        {"e\u0301\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301\uFFFDx"},
        {"a\u200Db", "a\uFFFDb"},
    };
    for (size_t i = 0; i < N_OF(pairs); i++) {
        AUTOFREE char *clean = text_clean(pairs[i][0], false);
        assert_string_equal(clean, pairs[i][1]);
    }
    AUTOFREE char *lines = text_clean("a\nb\r\n", true);
    assert_string_equal(lines, "a\nb\uFFFD\n");
}

static void clean_makes_any_bytes_drawable(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 99);
    for (int i = 0; i < 20000; i++) {
        char bytes[40];
        uint32_t n = rng_below(&r, sizeof bytes);
        for (uint32_t k = 0; k < n; k++) {
            bytes[k] =
                (char)(rng_below(&r, 3) ? 0x20 + rng_below(&r, 0xE0) : 1 + rng_below(&r, 255));
        }
        bytes[n] = '\0';
        AUTOFREE char *clean = text_clean(bytes, false), *again = text_clean(clean, false);
        assert_true(text_valid(clean));
        assert_string_equal(clean, again);
        for (const char *p = clean; *p; p++) {
            assert_true((unsigned char)*p >= 0x20 && *p != 0x7F);
        }
    }
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(text_chars(""), 0);
    assert_int_equal(text_chars("åäö"), 3);
    assert_int_equal(text_chars("e\u0301"), 2);
    assert_true(text_valid("åäö😀"));
    assert_false(text_valid("G\xE5"));
    assert_false(text_valid("\xF8\x88\x80\x80\x80"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleans_blanks),
        cmocka_unit_test(makes_nfc),
        cmocka_unit_test(keeps_what_people_write),
        cmocka_unit_test(refuses_with_place_and_reason),
        cmocka_unit_test(refuses_hidden_and_strange_characters),
        cmocka_unit_test(joiners_only_where_they_join),
        cmocka_unit_test(holds_the_limit),
        cmocka_unit_test(what_is_accepted_is_accepted_again_unchanged),
        cmocka_unit_test(clean_lets_nothing_dangerous_out),
        cmocka_unit_test(clean_makes_any_bytes_drawable),
        cmocka_unit_test(counts_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
