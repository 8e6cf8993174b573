/* Growable text, comma lists, the nearest word. */
#include "test.h"

#include "treben/base/str.h"

static void grows(void **state)
{
    (void)state;
    STR s = {0};
    assert_string_equal(str_text(&s), "");
    str_add(&s, NULL);
    str_add(&s, "Alm");
    str_addc(&s, ',');
    str_addn(&s, "Bergström", 4);
    str_printf(&s, " %d%s", 7, "!");
    assert_string_equal(s.p, "Alm,Berg 7!");
    assert_int_equal(s.len, strlen(s.p));
    for (int i = 0; i < 10000; i++) {
        str_addc(&s, 'x');
    }
    assert_int_equal(strlen(s.p), 10011);
    assert_true(s.cap > s.len);
    str_clear(&s);
    assert_string_equal(str_text(&s), "");
    str_add(&s, "again");
    AUTOFREE char *taken = str_take(&s);
    assert_string_equal(taken, "again");
    assert_null(s.p);
    AUTOFREE char *empty = str_take(&s);
    assert_string_equal(empty, "");
}

static void compares(void **state)
{
    (void)state;
    assert_true(str_eq(NULL, NULL));
    assert_true(str_eq("a", "a"));
    assert_false(str_eq(NULL, ""));
    assert_false(str_eq("a", "b"));
    assert_true(str_empty(NULL));
    assert_true(str_empty(""));
    assert_false(str_empty(" "));
    assert_true(str_starts("form", "for"));
    assert_true(str_starts("form", ""));
    assert_false(str_starts("fo", "form"));
    assert_false(str_starts(NULL, "form"));
}

static void walks_lists(void **state)
{
    (void)state;
    static const char list[] = "NORD,,SYD";
    const char *pos = NULL, *item;
    size_t n;
    assert_true(str_list_next(list, &pos, &item, &n));
    assert_int_equal(n, 4);
    assert_memory_equal(item, "NORD", 4);
    assert_true(str_list_next(list, &pos, &item, &n));
    assert_int_equal(n, 0);
    assert_true(str_list_next(list, &pos, &item, &n));
    assert_memory_equal(item, "SYD", 3);
    assert_false(str_list_next(list, &pos, &item, &n));
    assert_int_equal(str_list_count("A,B,C"), 3);
    assert_int_equal(str_list_count(""), 0);
    assert_int_equal(str_list_count(NULL), 0);
    assert_true(str_list_has("NORD,SYD", "SYD"));
    assert_false(str_list_has("NORD,SYD", "SY"));
    assert_false(str_list_has("NORD,SYD", "NORD,SYD"));
    assert_false(str_list_has(NULL, "SYD"));
    assert_false(str_list_has("NORD", NULL));
}

static void finds_the_nearest_word(void **state)
{
    (void)state;
    static const char *const words[] = {"occurred_at", "area", "type", "place_text", "age"};
    assert_string_equal(str_nearest("occured_at", words, N_OF(words)), "occurred_at");
    assert_string_equal(str_nearest("tpye", words, N_OF(words)), "type");
    assert_string_equal(str_nearest("area", words, N_OF(words)), "area");
    assert_string_equal(str_nearest("place", (const char *const[]){"plaec", "places"}, 2), "plaec");
    assert_null(str_nearest("xyz", words, N_OF(words)));
    assert_null(str_nearest("weapon", words, N_OF(words)));
    assert_null(str_nearest("", words, N_OF(words)));
    assert_null(str_nearest("a", (const char *const[]){"b", "c"}, 2));
    char very_long[200];
    memset(very_long, 'a', sizeof very_long - 1);
    very_long[sizeof very_long - 1] = '\0';
    assert_null(str_nearest(very_long, words, N_OF(words)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(compares),
        cmocka_unit_test(walks_lists),
        cmocka_unit_test(finds_the_nearest_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
