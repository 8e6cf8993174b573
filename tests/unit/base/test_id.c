/* Keys: form, uniqueness, seeds; the small generator. */
#include "test.h"

#include "treben/base/id.h"

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ids_are_valid_and_differ(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct id *ids = calloc(N, sizeof *ids);
    for (int i = 0; i < N; i++) {
        ids[i] = id_new();
        assert_int_equal(strlen(ids[i].text), ID_LEN);
        assert_true(id_valid(ids[i].text));
    }
    qsort(ids, N, sizeof *ids, by_text);
    for (int i = 1; i < N; i++) {
        assert_string_not_equal(ids[i - 1].text, ids[i].text);
    }
    free(ids);
}

static void every_bit_counts(void **state)
{
    (void)state;
    bool seen[ID_LEN][128] = {{false}};
    for (int i = 0; i < 3000; i++) {
        struct id id = id_new();
        for (int k = 0; k < ID_LEN; k++) {
            seen[k][(unsigned char)id.text[k] & 127] = true;
        }
    }
    for (int k = 0; k < ID_LEN; k++) {
        int kinds = 0;
        for (int c = 0; c < 128; c++) {
            kinds += seen[k][c];
        }
        assert_int_equal(kinds, k == 0 ? 8 : 32);
    }
}

static void rejects_what_is_no_id(void **state)
{
    (void)state;
    assert_true(id_valid("0123456789ABCDEFGHJKMNPQRS"));
    assert_false(id_valid("8123456789ABCDEFGHJKMNPQRS")); /* more than 128 bits */
    assert_false(id_valid("0123456789abcdefghjkmnpqrs"));
    assert_false(id_valid("0123456789ABCDEFGHIKMNPQRS"));
    assert_false(id_valid("0123456789ABCDEFGHJKMNPQR"));
    assert_false(id_valid("0123456789ABCDEFGHJKMNPQRST"));
    assert_false(id_valid(""));
    assert_false(id_valid(NULL));
}

static void a_seed_repeats(void **state)
{
    (void)state;
    id_seed(42);
    struct id first = id_new(), second = id_new();
    id_seed(42);
    assert_string_equal(id_new().text, first.text);
    assert_string_equal(id_new().text, second.text);
    assert_string_not_equal(first.text, second.text);
    id_seed(0);
    assert_string_not_equal(id_new().text, first.text);
}

static void numbers_stay_in_range_and_spread(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 1);
    int count[10] = {0};
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        uint32_t v = rng_below(&r, 10);
        assert_true(v < 10);
        count[v]++;
        double u = rng_unit(&r);
        assert_true(u >= 0 && u < 1);
        sum += u;
    }
    for (int i = 0; i < 10; i++) {
        assert_in_range(count[i], 9500, 10500);
    }
    assert_true(sum > 49000 && sum < 51000);
    assert_int_equal(rng_below(&r, 0), 0);
    assert_int_equal(rng_below(&r, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_valid_and_differ),
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(rejects_what_is_no_id),
        cmocka_unit_test(a_seed_repeats),
        cmocka_unit_test(numbers_stay_in_range_and_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
