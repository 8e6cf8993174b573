/* The kinds and fields there are, beside the committed list that a reviewer can read:
 * tests/fields.txt. */
#include "world.h"

#include "treben/base/file.h"
#include "treben/base/str.h"

static const char *const type_names[] = {"text", "note", "int",   "bool", "date", "pdate",
                                         "time", "code", "codes", "ref",  "refs", "sealed"};
static const char *const flag_names[] = {"REQUIRED", "SHARED", "SEARCH", "SORT",  "AUTO",
                                         "FIXED",    "HASHED", "META",   "UNIQUE"};

static void add_flags(struct str *s, unsigned flags)
{
    bool first = true;
    for (unsigned i = 0; i < N_OF(flag_names); i++)
        if (flags & (1u << i)) {
            str_printf(s, "%s%s", first ? "" : "|", flag_names[i]);
            first = false;
        }
    if (first)
        str_addc(s, '-');
}

static void add_field(struct str *s, const char *kind, const struct field *f)
{
    str_printf(s, "%s.%s %s%s%s ", kind, f->name, type_names[f->type], f->of ? ":" : "",
               f->of ? f->of : "");
    add_flags(s, f->flags);
    str_addc(s, '\n');
}

static void the_list_is_the_kinds(void **state)
{
    (void)state;
    STR now = {0};
    struct err e = {0};
    AUTOFREE char *committed = NULL;
    size_t n;
    for (int i = 0; i < n_all_kinds; i++)
        for (int j = 0; j < all_kinds[i]->n_fields; j++)
            add_field(&now, all_kinds[i]->name, &all_kinds[i]->fields[j]);
    for (int i = 0; i < COMMON_N; i++)
        add_field(&now, "common", &common_fields[i]);
    assert_true(file_read(TREBEN_ROOT "/tests/fields.txt", 1 << 20, &committed, &n, &e));
    const char *a = committed, *b = now.p;
    while (*a || *b) {
        size_t na = strcspn(a, "\n"), nb = strcspn(b, "\n");
        if (na != nb || memcmp(a, b, na) != 0)
            fail_msg("tests/fields.txt says \"%.*s\", the kinds say \"%.*s\"", (int)na, a, (int)nb,
                     b);
        a += na + (a[na] != 0);
        b += nb + (b[nb] != 0);
    }
}

/* What no field table may say. */
static void fields_make_sense(void **state)
{
    (void)state;
    for (int i = 0; i < n_all_kinds; i++) {
        const struct kind *k = all_kinds[i];
        assert_ptr_equal(kind_find(k->name), k);
        if (k->parent && kind_field(k, k->parent) < 0)
            fail_msg("%s has no field %s", k->name, k->parent);
        for (int j = 0; j < k->n_fields; j++) {
            const struct field *f = &k->fields[j];
            if (!f->name)
                fail_msg("%s: field %d has no name", k->name, j);
            assert_int_equal(kind_field(k, f->name), j);
            bool ref = f->type == F_REF || f->type == F_REFS,
                 code = f->type == F_CODE || f->type == F_CODES;
            if ((ref || code) != (f->of != NULL) && f->type != F_TEXT) /* a text may hold words of one */
                fail_msg("%s.%s: a list or a kind, and only then", k->name, f->name);
            if (ref && strcmp(f->of, "*") != 0 && !kind_find(f->of))
                fail_msg("%s.%s refers to no kind %s", k->name, f->name, f->of);
            if (f->type == F_SEALED && f->flags & (SHARED | SEARCH | SORT | META))
                fail_msg("%s.%s is encrypted and must not be shown, found or sorted", k->name,
                         f->name);
            if (strstr(f->name, "internal") && f->flags & (SHARED | META))
                fail_msg("%s.%s is internal and shared", k->name, f->name);
        }
    }
    assert_null(kind_find("no_such_kind"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_list_is_the_kinds),
                                       cmocka_unit_test(fields_make_sense)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
