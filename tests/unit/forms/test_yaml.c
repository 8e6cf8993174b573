/* The YAML reader: what it takes, and that everything else stops it at once with its place. */
#include "help.h"

static struct findings refused(const char *body, size_t n)
{
    ARENA a = {0};
    struct findings f = {0};
    assert_null(read_one(&a, "x.yaml", body, n, &f));
    assert_int_equal(f.n, 1); /* the first violation stops the reading */
    return f;
}

static void refuses_bytes(const char *body, size_t n, const char *expected)
{
    struct findings f = refused(body, n);
    assert_string_equal(first_text(&f), expected);
    findings_done(&f);
}

static void refuses(const char *body, const char *expected)
{
    refuses_bytes(body, strlen(body), expected);
}

static void reads_with_places(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const char *body = "# a comment\n"
                       "label: {sv: Händelse, en: \"Incident\"}\n"
                       "fields:\n"
                       "  - {field: type}\n"
                       "  - field: occurred_at\n";
    const struct node *root = read_one(&a, "x.yaml", body, strlen(body), &f);
    assert_non_null(root);
    const struct node *label = node_get(root, "label");
    assert_int_equal(label->type, NODE_MAP);
    assert_string_equal(node_get(label, "sv")->text, "Händelse");
    assert_false(node_get(label, "sv")->quoted);
    assert_true(node_get(label, "en")->quoted);
    assert_int_equal(node_get(label, "en")->line, 2);
    assert_int_equal(node_get(label, "en")->column, 27); /* characters, not bytes */
    assert_int_equal(node_get(label, "en")->key_column, 23);
    const struct node *fields = node_get(root, "fields");
    assert_int_equal(fields->type, NODE_LIST);
    assert_int_equal(fields->n, 2);
    assert_string_equal(node_get(fields->first->next, "field")->text, "occurred_at");
    assert_int_equal(fields->first->next->line, 5);
    assert_null(node_get(root, "labels"));
    assert_int_equal(f.n, 0);
}

static void takes_decomposed_text_as_composed(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    const char *body = "x: A\xCC\x8Asa  \r\ny: two\r\n";
    const struct node *root = read_one(&a, "x.yaml", body, strlen(body), &f);
    assert_non_null(root);
    assert_string_equal(node_get(root, "x")->text, "Åsa");
    assert_string_equal(node_get(root, "y")->text, "two");
}

static void refuses_depth(void **state)
{
    (void)state;
    static const char *const part[] = {"[", "{a: ", "- "};
    static const size_t times[] = {9, 1000, 15000};
    for (size_t p = 0; p < N_OF(part); p++) {
        for (size_t t = 0; t < N_OF(times); t++) {
            STR body = {0};
            str_add(&body, "k:\n  ");
            for (size_t i = 0; i < times[t]; i++) {
                str_add(&body, part[p]);
            }
            struct findings f = refused(body.p, body.len);
            assert_non_null(
                strstr(first_text(&f), "nested too deep; at most 8 levels are allowed"));
            findings_done(&f);
        }
    }
}

static void refuses_amounts(void **state)
{
    (void)state;
    STR longer = {0};
    str_add(&longer, "a: ");
    for (int i = 0; i < 4097; i++) {
        str_addc(&longer, 'x');
    }
    refuses_bytes(longer.p, longer.len,
                  "x.yaml, line 1, column 4: the text is too long; at most 4096 bytes fit");
    STR list = {0};
    str_add(&list, "a:\n");
    for (int i = 0; i < 1001; i++) {
        str_add(&list, "- b\n");
    }
    refuses_bytes(list.p, list.len,
                  "x.yaml, line 1002, column 3: too long; a list or map has at most 1000 entries");
    STR many = {0};
    for (int i = 0; i < 30; i++) {
        str_printf(&many, "k%d: [", i);
        for (int j = 0; j < 800; j++) {
            str_add(&many, "a,");
        }
        str_add(&many, "b]\n");
    }
    struct findings f = refused(many.p, many.len);
    assert_non_null(strstr(first_text(&f), "too much in one file; split it or shorten it"));
    findings_done(&f);
}

static void refuses_marks(void **state)
{
    (void)state;
    refuses("a: &x b\n",
            "x.yaml, line 1, column 4: anchors (&) and aliases (*) are not allowed; write it out");
    refuses("a: &x [*x]\n",
            "x.yaml, line 1, column 4: anchors (&) and aliases (*) are not allowed; write it out");
    refuses("a: *x\n",
            "x.yaml, line 1, column 4: anchors (&) and aliases (*) are not allowed; write it out");
    refuses("a: !!python/object b\n", "x.yaml, line 1, column 4: marks with ! are not allowed");
    refuses("a: !local [b]\n", "x.yaml, line 1, column 4: marks with ! are not allowed");
    refuses("%TAG ! tag:x,2000:\n---\na: b\n",
            "x.yaml, line 1, column 1: lines that begin with % are not allowed");
    refuses("%YAML 1.1\n---\na: b\n",
            "x.yaml, line 1, column 1: lines that begin with % are not allowed");
    refuses("a: b\n---\nc: d\n",
            "x.yaml, line 2, column 1: a second document begins here; a file holds one");
}

static void refuses_structure(void **state)
{
    (void)state;
    refuses("a: b\nc: d\na: e\n", "x.yaml, line 3, column 1: the key \"a\" stands here a second "
                                  "time; the first is in line 1");
    refuses("? [a]\n: b\n", "x.yaml, line 1, column 3: a key is a word, not a list or a map");
    refuses("", "x.yaml, line 1, column 1: the file is empty");
    refuses("# only words\n", "x.yaml, line 1, column 1: the file is empty");
    refuses("- a\n",
            "x.yaml, line 1, column 1: keys with values are expected here, as in {key: value}");
    refuses("a: {b: c\nd: e\n",
            "x.yaml, line 2, column 2: a comma or the closing } is missing before this");
    refuses("a: 'b\n", "x.yaml, line 1, column 4: a quote is opened here and never closed");
    refuses("a: b: c\n",
            "x.yaml, line 1, column 5: a colon stands where none can; check the indentation, and "
            "put texts with a colon in quotes");
    refuses("a: @b\n", "x.yaml, line 1, column 4: a text cannot begin with this character; put the "
                       "text in quotes");
}

static void refuses_characters(void **state)
{
    (void)state;
    refuses("a:\n\tb: c\n", "x.yaml, line 2, column 1: tabs are not allowed; use spaces");
    refuses("\xEF\xBB\xBF"
            "a: b\n",
            "x.yaml, line 1, column 1: the invisible character U+FEFF is not allowed; delete it");
    refuses_bytes(
        "\xFF\xFE"
        "a\0:\0",
        6,
        "x.yaml, line 1, column 1: the file is not UTF-8; save it as UTF-8 without a mark (BOM)");
    refuses_bytes(
        "a: b\0c\n", 7,
        "x.yaml, line 1, column 5: the invisible character U+0000 is not allowed; delete it");
    refuses("a: \xC5ngstr\n",
            "x.yaml, line 1, column 4: the file is not UTF-8 here; save it as UTF-8");
    refuses("a: \xC0\xAF\n",
            "x.yaml, line 1, column 4: the file is not UTF-8 here; save it as UTF-8");
    refuses("a: \xED\xA0\x80\n",
            "x.yaml, line 1, column 4: the file is not UTF-8 here; save it as UTF-8");
    refuses("a: \x1B[31m\n",
            "x.yaml, line 1, column 4: the invisible character U+001B is not allowed; delete it");
    refuses("a: åä\xE2\x80\xAEx\n",
            "x.yaml, line 1, column 6: the invisible character U+202E is not allowed; delete it");
    struct findings f =
        refused("a: \"b\\x1B[31m\"\n", 15); /* an escape comes back through the text door */
    assert_non_null(strstr(first_text(&f), "x.yaml, line 1, column 4: "));
    assert_non_null(strstr(first_text(&f), "U+001B"));
    findings_done(&f);
}

static void refuses_unclear_words(void **state)
{
    (void)state;
    static const char *const unclear[] = {"no",   "off",   "Yes", "ON",   "true",
                                          "012",  "1:30",  "~",   "null", "1.50",
                                          "0x1F", "1_000", "1e3", "+1",   "False"};
    static const char *const clear[] = {"nej", "1", "0",   "-3",   "2020-01-01",
                                        "SNC", "h", "24h", "'no'", "\"012\""};
    for (size_t i = 0; i < N_OF(unclear) + N_OF(clear); i++) {
        bool is_clear = i >= N_OF(unclear);
        ARENA a = {0};
        struct findings f = {0};
        struct node_reader r = {.a = &a, .found = &f};
        char body[64];
        snprintf(body, sizeof body, "a: %s\n", is_clear ? clear[i - N_OF(unclear)] : unclear[i]);
        const struct node *root = read_one(&a, "x.yaml", body, strlen(body), &f);
        assert_non_null(root);
        const char *text = read_key_text(&r, root, "a", 0);
        if (is_clear ? !text || f.n != 0 : text || f.n != 1) {
            fail_msg("%s", body);
        }
        findings_done(&f);
    }
}

static void reads_values(void **state)
{
    (void)state;
    ARENA a = {0};
    struct findings f = {0};
    struct node_reader r = {.a = &a, .found = &f};
    const char *body =
        "yes_: true\nno_: \"true\"\nn: 12\nbig: 99999999999\nneg: -1\nl: {en: A}\nempty:\n";
    const struct node *root = read_one(&a, "x.yaml", body, strlen(body), &f);
    struct label l = {0};
    assert_non_null(root);
    assert_true(read_bool(&r, root, "yes_", false));
    assert_true(read_bool(&r, root, "absent", true));
    assert_int_equal(read_int(&r, root, "n", 0, 20, 7), 12);
    assert_int_equal(f.n, 0);
    read_bool(&r, root, "no_", false);
    read_int(&r, root, "big", 0, 20, 7);
    read_int(&r, root, "neg", 0, 20, 7);
    read_label(&r, root, "l", true, 10, &l);
    read_key_text(&r, root, "empty", 0);
    read_need_text(&r, root, "lable", 0);
    assert_int_equal(f.n, 6);
    assert_true(
        has_text(&f, "x.yaml, line 2, column 6: \"no_\" takes true or false, without quotes"));
    assert_true(
        has_text(&f, "x.yaml, line 4, column 6: \"big\" takes a whole number from 0 to 20"));
    assert_true(has_text(&f, "x.yaml, line 6, column 4: the key \"sv\" is missing"));
    assert_true(has_text(&f, "x.yaml, line 7, column 7: a value is missing"));
    assert_true(has_text(&f, "x.yaml, line 1, column 1: the key \"lable\" is missing"));
    findings_done(&f);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_with_places),  cmocka_unit_test(takes_decomposed_text_as_composed),
        cmocka_unit_test(refuses_depth),      cmocka_unit_test(refuses_amounts),
        cmocka_unit_test(refuses_marks),      cmocka_unit_test(refuses_structure),
        cmocka_unit_test(refuses_characters), cmocka_unit_test(refuses_unclear_words),
        cmocka_unit_test(reads_values),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
