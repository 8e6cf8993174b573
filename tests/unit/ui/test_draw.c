/* Drawing: columns, cuts, what data may not do to the terminal, the frame. */
#include "terminal.h"

#include "treben/base/date.h"
#include "treben/ui/action.h"
#include "treben/ui/draw.h"

static void cuts_and_aligns(void **state)
{
    (void)state;
    draw_text(0, 2, 10, LOOK_NORMAL, "Öberg, Adnan");
    draw_right(0, 20, 6, LOOK_BOLD, "å9");
    assert_row(0, "  Öberg, Ad…            å9");
    draw_text(0, 2, 10, LOOK_NORMAL, "日本語日本語");
    assert_row(0, "  日本語日…             å9");
    draw_text(0, 0, 80, LOOK_NORMAL, "e\u0301tt");
    assert_row(0, "e\u0301tt");
    draw_text(0, 75, 20, LOOK_NORMAL, "outside the edge");
    draw_text(-1, 0, 5, LOOK_NORMAL, "no");
    draw_text(99, 0, 5, LOOK_NORMAL, "no");
    draw_text(0, 0, 0, LOOK_NORMAL, "no");
    AUTOFREE char *row = term_row(0);
    assert_int_equal(text_cols(row), 80);
}

static void lets_no_control_through(void **state)
{
    (void)state;
    draw_text(1, 0, 40, LOOK_NORMAL,
              "a\033[2Jb\x07\u202e\u200b\xff"
              "c\nd");
    AUTOFREE char *row = term_row(1);
    assert_true(text_valid(row));
    for (const char *p = row; *p; p++)
        assert_true((unsigned char)*p >= 0x20 && *p != 0x7f);
    assert_null(strstr(row, "\u202e"));
    assert_null(strstr(row, "\u200b"));
    assert_non_null(strchr(row, 'd'));
}

static void wraps_into_a_rectangle(void **state)
{
    (void)state;
    struct rect r = {.y = 3, .x = 4, .h = 2, .w = 11};
    draw_blank((struct rect){.y = 3, .x = 0, .h = 4, .w = 80});
    assert_int_equal(draw_measure(11, "ett två tre fyra fem sex"), 3);
    assert_int_equal(draw_wrapped(r, LOOK_NORMAL, "ett två tre fyra fem sex"), 2);
    assert_row(3, "    ett två tre");
    assert_row(4, "    fyra fem");
    assert_row(5, "");
}

static void frame_has_its_rows(void **state)
{
    (void)state;
    clock_set(1795354320); /* 2026-11-22 13:32 UTC */
    lang_use(LANG_SV);
    AUTOFREE char *clock = draw_clock("Åsa Lind");
    draw_title("Personer", clock);
    draw_message("Sparat 14:32:08", LOOK_NORMAL, "rad 2 av 9");
    lang_use(LANG_EN);
    clock_set(INSTANT_NONE);
    assert_row(0,
               " Personer                                   Åsa Lind  sön 2026-11-22 v47  14:32");
    assert_row(22,
               " Sparat 14:32:08                                                     rad 2 av 9");
    AUTOFREE char *rule = term_row(21);
    assert_int_equal(text_cols(rule), 80);
    draw_message("A message that is much longer than the room it has because it goes on and on",
                 LOOK_NORMAL, "row 2 of 9");
    AUTOFREE char *row = term_row(22);
    assert_non_null(strstr(row, "…  row 2 of 9"));
}

static void hints_drop_from_the_middle(void **state)
{
    (void)state;
    struct keymap *m = keymap_new();
    const struct hint few[] = {
        {.action = ACT_OPEN}, {.action = ACT_NEW}, {.action = ACT_HELP}, {.action = ACT_BACK}};
    draw_hints(m, false, few, N_OF(few));
    assert_row(23, " Enter Open   n New   ? Help   q Back");
    draw_hints(m, true, few, N_OF(few)); /* while writing, "new" has no key */
    assert_row(23, " Enter Open   Ctrl-G Help   Esc Back");
    const struct hint many[] = {
        {.action = ACT_OPEN},
        {.action = ACT_TAB_1, .key = "1-7", .label = "A tab with a long name"},
        {.action = ACT_NEW, .label = "Something new"},
        {.action = ACT_SEARCH},
        {.action = ACT_FILTER, .label = "A filter with a long name"},
        {.action = ACT_SORT},
        {.action = ACT_HELP},
        {.action = ACT_BACK}};
    draw_hints(m, false, many, N_OF(many));
    AUTOFREE char *row = term_row(23);
    assert_non_null(strstr(row, " Enter Open "));
    assert_non_null(strstr(row, "1-7 A tab"));
    assert_non_null(strstr(row, "? Help"));
    assert_non_null(strstr(row, "q Back"));
    assert_null(strstr(row, "Order"));
    assert_null(strstr(row, "…"));
    keymap_free(m);
}

static void long_lines_scroll_with_the_cursor(void **state)
{
    (void)state;
    struct edit ed;
    int y, x;
    edit_init(&ed, false, 0);
    edit_set(&ed, "0123456789");
    draw_blank((struct rect){.y = 6, .x = 0, .h = 1, .w = 80});
    draw_edit(&ed, (struct rect){.y = 6, .x = 2, .h = 1, .w = 12}, true);
    assert_row(6, "  [0123456789]"); /* a full box does not shift */
    term_cursor(&y, &x);
    assert_int_equal(x, 13);
    edit_insert(&ed, "å", 2);
    for (int i = 0; i < 12; i++) {
        draw_edit(&ed, (struct rect){.y = 6, .x = 2, .h = 1, .w = 12}, true);
        term_cursor(&y, &x);
        assert_true(x > 2 && x < 13);
        edit_left(&ed);
    }
    draw_edit(&ed, (struct rect){.y = 6, .x = 2, .h = 1, .w = 12}, false);
    assert_row(6, "  [012345678…]");
    edit_done(&ed);
}

static void note_has_a_frame_and_a_count(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, true, 0);
    edit_set(&ed, "Två personer sågs\nspringa");
    draw_edit(&ed, (struct rect){.y = 8, .x = 0, .h = 4, .w = 40}, true);
    assert_row(8, "┌──────────────────────────────────────┐");
    assert_row(9, "│Två personer sågs                     │");
    assert_row(11, "└──────────────── line 2, 25 characters┘");
    edit_done(&ed);
}

static void ascii_has_a_stand_in_for_all(void **state)
{
    (void)state;
    term_stop();
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    terminal_start_at(fd, fd, 24, 80, TERM_ASCII);
    close(fd);
    draw_text(0, 0, 40, LOOK_NORMAL, "Åsa Đorđe – «é» ↓ » • Łukasz Öberg-Šarić");
    draw_box((struct rect){.y = 1, .x = 0, .h = 2, .w = 6}, NULL);
    assert_row(0, "Asa Dorde - <e> v > * Lukasz Oberg-Saric");
    assert_row(1, "+----+");
    draw_text(0, 0, 40, LOOK_NORMAL, "日本x");
    assert_row(0, "? ? x");
    term_stop();
    terminal_start(state);
}

static void keys_can_be_changed(void **state)
{
    (void)state;
    struct keymap *m = keymap_new();
    struct err e = {0};
    struct key k;
    assert_true(keymap_set(m, "new", false, "z F11", &e));
    assert_true(key_parse("z", &k));
    assert_int_equal(keymap_find(m, false, &k), ACT_NEW);
    assert_int_equal(keymap_find(m, true, &k), ACT_TEXT);
    assert_string_equal(keymap_key(m, ACT_NEW, false), "z");
    assert_true(key_parse("n", &k));
    assert_int_equal(keymap_find(m, false, &k), ACT_KEY);
    assert_false(keymap_set(m, "edit", false, "z", &e));
    assert_non_null(strstr(e.text, "new"));
    assert_false(keymap_set(m, "edit", false, "Ctrl-M", &e));
    assert_false(keymap_set(m, "save", true, "s", &e));
    assert_false(keymap_set(m, "nothing", true, "s", &e));
    assert_true(keymap_set(m, "export", false, "", &e));
    assert_string_equal(keymap_key(m, ACT_EXPORT, false), "");
    keymap_letters_off(m);
    assert_true(key_parse("z", &k));
    assert_int_equal(keymap_find(m, false, &k), ACT_NONE);
    assert_true(key_parse("?", &k));
    assert_int_equal(keymap_find(m, false, &k), ACT_HELP);
    keymap_free(m);
}

static void no_key_has_two_actions(void **state)
{
    (void)state;
    struct keymap *m = keymap_new();
    for (int a = 1; a < ACT_TEXT; a++)
        for (int w = 0; w < 2; w++) {
            struct err e = {0};
            AUTOFREE char *keys = keymap_keys(m, (enum action)a, w);
            STR names = {0};
            for (const char *p = keys; *p; p++) /* "n, +" back to "n +" */
                if (*p != ',' || (p[1] && p[1] != ' '))
                    str_addc(&names, *p);
            if (!keymap_set(m, action_info((enum action)a)->name, w, str_text(&names), &e))
                fail_msg("%s: %s", action_info((enum action)a)->name, e.text);
            assert_int_equal(action_find(action_info((enum action)a)->name), a);
        }
    keymap_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_and_aligns),
        cmocka_unit_test(lets_no_control_through),
        cmocka_unit_test(wraps_into_a_rectangle),
        cmocka_unit_test(frame_has_its_rows),
        cmocka_unit_test(hints_drop_from_the_middle),
        cmocka_unit_test(long_lines_scroll_with_the_cursor),
        cmocka_unit_test(note_has_a_frame_and_a_count),
        cmocka_unit_test(ascii_has_a_stand_in_for_all),
        cmocka_unit_test(keys_can_be_changed),
        cmocka_unit_test(no_key_has_two_actions),
    };
    return cmocka_run_group_tests(tests, terminal_start, terminal_stop);
}
