/* Sealed values: back as they were, bound to their place, unreadable when touched. */
#include "help.h"
#include "treben/base/id.h"
#include "treben/store/seal.h"

struct sealed {
    unsigned char *p;
    size_t n;
};

static struct sealed seal(struct store *s, const char *text)
{
    struct err e = {0};
    struct sealed x;
    assert_good(seal_close(s, "person_identifier", "value", "R1", text, &x.p, &x.n, &e), e);
    return x;
}

static bool opens(struct store *s, const char *table, const char *column, const char *id,
                  const struct sealed *x)
{
    char *text = NULL;
    bool good = seal_open(s, table, column, id, x->p, x->n, &text, NULL);
    free(text);
    return good;
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "9", "19900101-9802", "Åsa Öberg 日本"};
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    for (size_t i = 0; i < N_OF(texts); i++) {
        struct sealed x = seal(s, texts[i]), again = seal(s, texts[i]);
        char *text;
        assert_good(seal_open(s, "person_identifier", "value", "R1", x.p, x.n, &text, &e), e);
        assert_string_equal(text, texts[i]);
        assert_memory_not_equal(x.p, again.p, x.n); /* equal values do not look equal */
        assert_true(!*texts[i] || !memmem(x.p, x.n, texts[i], strlen(texts[i])) ||
                    strlen(texts[i]) == 1);
        free(text);
        free(x.p);
        free(again.p);
    }
    store_close(s);
    place_done(&p);
}

static void test_bound_to_its_place(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    struct sealed x = seal(s, "19900101-9802");
    assert_true(opens(s, "person_identifier", "value", "R1", &x));
    assert_false(opens(s, "person_identifier", "value", "R2", &x));
    assert_false(opens(s, "person_identifier", "other", "R1", &x));
    assert_false(opens(s, "person", "value", "R1", &x));
    /* the names are not just glued together */
    assert_false(opens(s, "person_identifierv", "alue", "R1", &x));
    assert_false(opens(s, "person_identifier", "valueR", "1", &x));
    free(x.p);
    store_close(s);
    place_done(&p);
}

static void test_touched_or_cut(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    struct sealed x = seal(s, "19900101-9802");
    for (size_t i = 0; i < x.n; i++) {
        x.p[i] ^= 1;
        assert_false(opens(s, "person_identifier", "value", "R1", &x));
        x.p[i] ^= 1;
        struct sealed cut = {.p = x.p, .n = i};
        assert_false(opens(s, "person_identifier", "value", "R1", &cut));
    }
    assert_true(opens(s, "person_identifier", "value", "R1", &x));
    free(x.p);
    store_close(s);
    place_done(&p);
}

static void test_hash(void **state)
{
    (void)state;
    struct place p = place_new(), q = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *t = store_new(&q);
    char a[65], b[65], c[65], d[65];
    assert_good(seal_hash(s, "199001019802", a, &e) && seal_hash(s, "199001019802", b, &e) &&
                    seal_hash(s, "199001019803", c, &e) && seal_hash(t, "199001019802", d, &e),
                e);
    assert_int_equal(strlen(a), 64);
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
    store_close(s);
    store_close(t);
    place_done(&p);
    place_done(&q);
}

static void test_new_key(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    struct sealed old = seal(s, "old");
    char before[65], after[65];
    assert_good(seal_hash(s, "x", before, &e), e);
    store_close(s);
    AUTOFREE char *name = companion(&p, ".key");
    FILE *f = fopen(name, "a");
    assert_non_null(f);
    fputs("2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", f);
    fclose(f);
    s = store_again(&p, STORE_USE);
    struct sealed fresh = seal(s, "new");
    assert_int_equal(old.p[1], 1);
    assert_int_equal(fresh.p[1], 2);
    assert_true(opens(s, "person_identifier", "value", "R1", &old));
    assert_true(opens(s, "person_identifier", "value", "R1", &fresh));
    assert_good(seal_hash(s, "x", after, &e), e);
    assert_string_equal(before, after);
    free(old.p);
    free(fresh.p);
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),     cmocka_unit_test(test_bound_to_its_place),
        cmocka_unit_test(test_touched_or_cut), cmocka_unit_test(test_hash),
        cmocka_unit_test(test_new_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
