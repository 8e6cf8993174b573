/* Swedish order, folding for search, columns and clusters. */
#include "test.h"

#include "treben/base/id.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

static void names_sort_as_in_a_swedish_register(void **state)
{
    (void)state;
    static const char *const sorted[] = {
        "",          " ",         "1",          "2",      "9 liv",
        "Al Rashid", "Al-Rashid", "Albin",      "Alm",    "ande",
        "Ande",      "Anders",    "André",      "Berg",   "berg-hansson",
        "Bergström", "Dahl",      "Đukić",      "Duva",   "Elg",
        "Élise",     "Eriksson",  "Lind",       "Łukasz", "Lund",
        "Nyberg",    "O'Brien",   "Obrist",     "Strand", "Strasser",
        "Straßmann", "Strauss",   "Taha",       "Þór",    "Tim",
        "Vallin",    "Vikström",  "von Döbeln", "Wallin", "Wikström",
        "Ünal",      "Yvonne",    "Zetterlund", "Åberg",  "Åsa",
        "Ärlig",     "Æsir",      "Äv",         "Öberg",  "Østergård",
        "Öz",        "Жук",       "中文",
    };
    for (size_t i = 1; i < N_OF(sorted); i++) {
        AUTOFREE char *a = text_sort_key(sorted[i - 1]), *b = text_sort_key(sorted[i]);
        if (strcmp(a, b) >= 0) {
            fail_msg("%s (%s) is not before %s (%s)", sorted[i - 1], a, sorted[i], b);
        }
    }
}

static void marks_and_case_only_break_ties(void **state)
{
    (void)state;
    AUTOFREE char *a = text_sort_prefix("Andre"), *b = text_sort_prefix("André"),
                  *c = text_sort_prefix("ANDRE"), *nfd = text_sort_key("A\u030Asa"),
                  *nfc = text_sort_key("\u00C5sa");
    assert_string_equal(a, b);
    assert_string_equal(a, c);
    assert_string_equal(nfd, nfc);
    static const char *const ties[] = {"andre", "Andre", "andré", "André", "andrea"};
    for (size_t i = 1; i < N_OF(ties); i++) {
        AUTOFREE char *x = text_sort_key(ties[i - 1]), *y = text_sort_key(ties[i]);
        assert_true(strcmp(x, y) < 0);
    }
}

static void random_name(struct rng *r, struct str *s, uint32_t most)
{
    static const char *const parts[] = {
        "a", "A", "å", "Ä",       "ö",       "ü",      "w", "v", "é", "ß",  "Æ",
        "ø", "-", " ", "'",       "z",       "1",      "9", ".", "+", "中", "ж",
        "Þ", "ł", "😀", "é\u0323", "a\u030A", "\u00A0", "~", "{", "|",
    };
    for (uint32_t n = rng_below(r, most + 1); n > 0; n--) {
        str_add(s, parts[rng_below(r, N_OF(parts))]);
    }
}

static void prefix_is_a_prefix_of_every_longer_key(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 5);
    for (int i = 0; i < 50000; i++) {
        STR start = {0}, whole = {0}, other = {0};
        random_name(&r, &start, 5);
        str_add(&whole, str_text(&start));
        random_name(&r, &whole, 5);
        random_name(&r, &other, 8);
        AUTOFREE char *prefix = text_sort_prefix(str_text(&start)),
                      *key = text_sort_key(str_text(&whole)),
                      *key2 = text_sort_key(str_text(&other)),
                      *primary = text_sort_prefix(str_text(&whole)),
                      *primary2 = text_sort_prefix(str_text(&other));
        if (!str_starts(key, prefix)) {
            fail_msg("%s: %s is no prefix of %s: %s", str_text(&start), prefix, str_text(&whole),
                     key);
        }
        for (const char *p = key; *p; p++) {
            assert_in_range(*p, 0x20, 0x7E);
        }
        int by_primary = strcmp(primary, primary2), by_key = strcmp(key, key2);
        assert_true(by_primary == 0 || (by_primary < 0) == (by_key < 0));
    }
}

static void folds_for_search(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Åsa Öberg", "asa oberg"},
        {"A\u030Asa", "asa"},
        {"Müller", "muller"},
        {"Şahin", "sahin"},
        {"Đukić", "dukic"},
        {"ŁUKASZ", "lukasz"},
        {"Østergård", "ostergard"},
        {"Yılmaz", "yilmaz"},
        {"İnan", "inan"},
        {"Weiß", "weiss"},
        {"STRAẞE", "strasse"},
        {"O'Brien", "obrien"},
        {"O’Brien", "obrien"},
        {"O´Brien", "obrien"},
        {"Þór Æsir", "thor aesir"},
        {"Al-Rashid", "al rashid"},
        {" a -- b. ", "a b"},
        {"ｆｕｌｌ", "full"},
        {"", ""},
        {"...", ""},
        {"x\xFFy", "x y"},
        {"ЖУК", "жук"},
        {"ﬁn", "fin"},
        {"070-123 45", "070 123 45"},
    };
    for (size_t i = 0; i < N_OF(pairs); i++) {
        AUTOFREE char *fold = text_fold(pairs[i][0]);
        assert_string_equal(fold, pairs[i][1]);
    }
}

static void folding_is_stable(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 6);
    for (int i = 0; i < 20000; i++) {
        STR s = {0};
        random_name(&r, &s, 10);
        AUTOFREE char *once = text_fold(str_text(&s)), *twice = text_fold(once);
        assert_string_equal(once, twice);
    }
    for (int32_t cp = 0xA0; cp < 0x30000; cp++) { /* each character there is */
        char c[5] = {0};
        if (cp >= 0xD800 && cp < 0xE000) {
            continue;
        }
        if (cp < 0x800) {
            c[0] = (char)(0xC0 | cp >> 6);
            c[1] = (char)(0x80 | (cp & 0x3F));
        } else if (cp < 0x10000) {
            c[0] = (char)(0xE0 | cp >> 12);
            c[1] = (char)(0x80 | (cp >> 6 & 0x3F));
            c[2] = (char)(0x80 | (cp & 0x3F));
        } else {
            c[0] = (char)(0xF0 | cp >> 18);
            c[1] = (char)(0x80 | (cp >> 12 & 0x3F));
            c[2] = (char)(0x80 | (cp >> 6 & 0x3F));
            c[3] = (char)(0x80 | (cp & 0x3F));
        }
        AUTOFREE char *once = text_fold(c), *twice = text_fold(once);
        if (strcmp(once, twice) != 0) {
            fail_msg("U+%04X: %s, then %s", (unsigned)cp, once, twice);
        }
    }
}

static void measures_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cols;
        size_t clusters;
    } all[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"åäö", 3, 3},
        {"e\u0301x", 2, 2},
        {"中文", 4, 2},
        {"😀", 2, 1},
        {"👨\u200D👩", 4, 2},
        {"a\xFF"
         "b",
         3, 3},
        {"한", 2, 1},
        {"🇸🇪", 2, 1},
        {"का", 2, 1},
        {"\u1112\u1161\u11AB", 2, 1},
    };
    for (size_t i = 0; i < N_OF(all); i++) {
        size_t clusters = 0;
        for (const char *p = all[i].text; *p; clusters++) {
            int w;
            p += text_cluster(p, &w);
            assert_in_range(w, 0, 2);
        }
        assert_int_equal(text_cols(all[i].text), all[i].cols);
        assert_int_equal(clusters, all[i].clusters);
    }
}

static void fit_never_splits(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 8);
    for (int i = 0; i < 20000; i++) {
        STR s = {0};
        random_name(&r, &s, 12);
        const char *text = str_text(&s);
        int whole = text_cols(text), cols = (int)rng_below(&r, 14), got = -1;
        size_t n = text_fit(text, cols, &got);
        assert_true(n <= s.len && got <= cols);
        AUTOFREE char *head = xstrndup(text, n), *cut = text_cut(text, cols);
        assert_true(n == 0 || text_cols(head) == got);
        assert_int_equal(got + text_cols(text + n), whole);
        size_t at = 0; /* the cut is where a cluster ends */
        while (at < n) {
            at += text_cluster(text + at, NULL);
        }
        assert_int_equal(at, n);
        assert_true(text_cols(cut) <= cols);
        assert_true(text_valid(cut));
        if (whole <= cols) {
            assert_string_equal(cut, text);
        } else if (cols > 0) {
            assert_string_equal(cut + strlen(cut) - strlen("…"), "…");
        }
    }
}

static void walking_back_meets_the_same_clusters(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 9);
    for (int i = 0; i < 20000; i++) {
        STR s = {0};
        random_name(&r, &s, 12);
        const char *text = str_text(&s), *ends[64];
        size_t n = 0;
        ends[n++] = text;
        for (const char *p = text; *p; ends[n++] = p) {
            p += text_cluster(p, NULL);
        }
        for (size_t k = n - 1; k > 0; k--) {
            assert_int_equal(text_cluster_before(text, ends[k]), ends[k] - ends[k - 1]);
        }
        assert_int_equal(text_cluster_before(text, text), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_sort_as_in_a_swedish_register),
        cmocka_unit_test(marks_and_case_only_break_ties),
        cmocka_unit_test(prefix_is_a_prefix_of_every_longer_key),
        cmocka_unit_test(folds_for_search),
        cmocka_unit_test(folding_is_stable),
        cmocka_unit_test(measures_columns),
        cmocka_unit_test(fit_never_splits),
        cmocka_unit_test(walking_back_meets_the_same_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
