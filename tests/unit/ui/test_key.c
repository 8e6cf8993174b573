/* The key reader: every sequence, cut at every byte, between garbage. */
#include "test.h"

#include "treben/ui/key.h"

#include <unistd.h>

/* The names of all keys that come out, each followed by a blank. */
static void tell(struct key_reader *r, struct str *ret)
{
    struct key k;
    while (key_next(r, &k)) {
        char name[16];
        key_name(&k, name);
        if (k.code == K_PASTE)
            str_printf(ret, "Paste(%.*s) ", (int)k.n_paste, k.paste);
        else
            str_printf(ret, "%s ", name);
    }
}

static void expect_cut(const char *bytes, size_t n, const char *wanted)
{
    for (size_t cut = 0; cut <= n; cut++) {
        struct key_reader *r = key_reader_new();
        STR got = {0};
        key_feed(r, bytes, cut);
        tell(r, &got);
        key_feed(r, bytes + cut, n - cut);
        tell(r, &got);
        if (!str_eq(str_text(&got), wanted))
            fail_msg("cut at %zu: wanted \"%s\", got \"%s\"", cut, wanted, str_text(&got));
        assert_false(key_pending(r));
        key_reader_free(r);
    }
}

static void expect(const char *bytes, const char *wanted)
{
    expect_cut(bytes, strlen(bytes), wanted);
}

static void knows_the_keys(void **state)
{
    (void)state;
    expect("\033[A\033[B\033[C\033[D", "Up Down Right Left ");
    expect("\033OA\033OB\033OC\033OD", "Up Down Right Left ");
    expect("\033[1~\033[4~\033[7~\033[8~\033OH\033OF", "Home End Home End Home End ");
    expect("\033[2~\033[3~\033[5~\033[6~", "Insert Delete PgUp PgDn ");
    expect("\033[11~\033[24~\033OP\033[[A\033[[E\033[15~", "F1 F12 F1 F1 F5 F5 ");
    expect("\033[Z\033\t\t", "Shift-Tab Shift-Tab Tab ");
    expect("\r\n\x7f\x08", "Enter Enter Backspace Backspace ");
    expect("\x13\x1a\x06", "Ctrl-S Ctrl-Z Ctrl-F ");
    expect("\033Op\033Oq\033Oy\033Om\033OM", "0 1 9 - Enter ");
    expect("\033[1;5A\033[3;2~\033[1;2H", "Up Delete Home ");
}

static void swallows_the_unknown(void **state)
{
    (void)state;
    expect("a\033[999~b", "a b ");
    expect("a\033[?1;2cb\033[24;80Rc", "a b c ");
    expect("a\033[1;2Rb", "a b ");
    expect("a\033]0;title q d x\007b", "a b ");
    expect("a\033]52;c;cXVpdA==\033\\b", "a b ");
    expect("a\033P1$r0m\033\\b\033_x\033\\c\033^y\033\\d", "a b c d ");
    expect("a\033[<0;10;10Mb\033[Ic", "a b c ");
    expect("\033OZx\033O5Ay", "x y ");
    expect("a\033[12\033[Bb", "a Down b ");
    expect("a\033[\xc3\xa5", "a å ");
    expect_cut("a\0b", 3, "a b ");
    expect("a\x1c\x1d\x1e\x1f"
           "b",
           "a b ");
}

static void decodes_text(void **state)
{
    (void)state;
    expect("å€😀Ö", "å € 😀 Ö ");
    expect("a\xff"
           "b\xc3"
           "c",
           "a b c ");
    expect("\xe2\x82"
           "x",
           "x ");
    expect("\xc3\xc3\xa5", "å ");
    expect("\xed\xa0\x80z\xf4\x90\x80\x80y\xc0\xafw", "z y w ");
    expect("\xf0\x9f\033[A", "Up ");
    expect("\xc2\x85q", "q ");
}

static void paste_is_one_key(void **state)
{
    (void)state;
    expect("\033[200~rad 1\rå \033[A q\033[201~z", "Paste(rad 1\rå \033[A q) z ");
    expect("\033[200~\033[201~", "Paste() ");
    expect("\033[200~a\033[201\033[201~", "Paste(a\033[201) ");
    expect("\033[201~x", "x ");
}

static void long_paste_is_bounded(void **state)
{
    (void)state;
    struct key_reader *r = key_reader_new();
    static char block[65536];
    struct key k;
    memset(block, 'x', sizeof block);
    key_feed(r, "\033[200~", 6);
    for (int i = 0; i < 20; i++) {
        key_feed(r, block, sizeof block);
        assert_false(key_next(r, &k));
    }
    key_feed(r, "\033[201~q", 7);
    assert_true(key_next(r, &k));
    assert_int_equal(k.code, K_PASTE);
    assert_int_equal(k.n_paste, KEY_PASTE_MAX);
    assert_true(k.cut);
    assert_true(key_next(r, &k));
    assert_string_equal(k.text, "q");
    key_reader_free(r);
}

static void time_decides_what_is_unfinished(void **state)
{
    (void)state;
    struct key_reader *r = key_reader_new();
    STR got = {0};
    key_feed(r, "\033", 1);
    tell(r, &got);
    assert_int_equal(got.len, 0);
    assert_true(key_pending(r));
    key_expire(r);
    tell(r, &got);
    assert_string_equal(got.p, "Esc ");
    key_feed(r, "[A", 2); /* the rest came late: still no letter A */
    tell(r, &got);
    assert_string_equal(got.p, "Esc Up ");
    key_feed(r, "[A", 2);
    tell(r, &got);
    assert_string_equal(got.p, "Esc Up [ A ");
    str_clear(&got);
    key_feed(r, "\033[12;", 5);
    tell(r, &got);
    key_expire(r);
    tell(r, &got);
    assert_int_equal(got.len, 0);
    assert_false(key_pending(r));
    key_feed(r, "\033[200~halv", 10);
    tell(r, &got);
    key_expire(r);
    tell(r, &got);
    assert_string_equal(got.p, "Paste(halv) ");
    key_reader_free(r);
}

static void esc_before_a_key_is_esc(void **state)
{
    (void)state;
    expect("\033q\033\033[A", "Esc q Esc Up ");
}

static void eight_bit_terminals(void **state)
{
    (void)state;
    struct key_reader *r = key_reader_new();
    STR got = {0};
    key_reader_latin1(r, true);
    key_feed(r, "\xe5\xd6\033[200~\xe4\033[201~", 15);
    tell(r, &got);
    assert_string_equal(got.p, "å Ö Paste(ä) ");
    key_reader_free(r);
}

static void learned_sequences_win(void **state)
{
    (void)state;
    struct key_reader *r = key_reader_new();
    STR got = {0};
    key_reader_add(r, "\033[1~", K_F1);
    key_feed(r, "\033[1~\033[4~", 8);
    tell(r, &got);
    assert_string_equal(got.p, "F1 End ");
    key_reader_free(r);
}

/* Whatever comes, nothing crashes, and after the garbage keys are keys again. */
static void survives_garbage(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 7);
    static const char likely[] = "\033\033[]OP;0123456789~ABRu\\\x07\r\x80\xc3\xa5\xe2\xff";
    for (int round = 0; round < 500; round++) {
        struct key_reader *r = key_reader_new();
        STR got = {0};
        for (int i = 0; i < 60; i++) {
            char c = rng_below(&rng, 4) ? likely[rng_below(&rng, sizeof likely - 1)]
                                        : (char)rng_below(&rng, 256);
            key_feed(r, &c, 1);
            tell(r, &got);
            if (rng_below(&rng, 20) == 0)
                key_expire(r);
        }
        key_feed(r, "\033[201~", 6); /* if the garbage began a paste */
        tell(r, &got);
        key_expire(r);
        tell(r, &got);
        str_clear(&got);
        key_feed(r, "ok", 2);
        tell(r, &got);
        assert_string_equal(str_text(&got), "o k ");
        key_reader_free(r);
    }
}

static void end_of_file_is_a_key(void **state)
{
    (void)state;
    int ends[2];
    STR got = {0};
    struct key_reader *r = key_reader_new();
    assert_int_equal(pipe(ends), 0);
    assert_true(key_read_fd(r, ends[0])); /* nothing there: does not block */
    assert_int_equal(write(ends[1], "ab\033[", 4), 4);
    close(ends[1]);
    while (key_read_fd(r, ends[0]))
        ;
    tell(r, &got);
    assert_string_equal(got.p, "a b EOF ");
    close(ends[0]);
    key_reader_free(r);
}

static void names_go_both_ways(void **state)
{
    (void)state;
    static const char *const names[] = {"Ctrl-S", "F1", "F12", "PgDn",      "Space",
                                        "a",      "å",  "?",   "Shift-Tab", "Enter"};
    for (size_t i = 0; i < N_OF(names); i++) {
        struct key k;
        char name[16];
        assert_true(key_parse(names[i], &k));
        key_name(&k, name);
        assert_string_equal(name, names[i]);
    }
    static const char *const wrong[] = {"",   "Ctrl-M", "Ctrl-[", "F13", "F0",
                                        "ab", "Alt-x",  "\xff",   "\t"};
    for (size_t i = 0; i < N_OF(wrong); i++) {
        struct key k;
        assert_false(key_parse(wrong[i], &k));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_keys),
        cmocka_unit_test(swallows_the_unknown),
        cmocka_unit_test(decodes_text),
        cmocka_unit_test(paste_is_one_key),
        cmocka_unit_test(long_paste_is_bounded),
        cmocka_unit_test(time_decides_what_is_unfinished),
        cmocka_unit_test(esc_before_a_key_is_esc),
        cmocka_unit_test(eight_bit_terminals),
        cmocka_unit_test(learned_sequences_win),
        cmocka_unit_test(survives_garbage),
        cmocka_unit_test(end_of_file_is_a_key),
        cmocka_unit_test(names_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
