/* The editor: random edits keep its promises and can all be taken back. */
#include "test.h"

#include "treben/ui/edit.h"

static void type(struct edit *ed, const char *text)
{
    for (int cols; *text;) {
        size_t n = text_cluster(text, &cols);
        edit_insert(ed, text, n);
        text += n;
    }
}

static void writes_and_rubs_out(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, false, 0);
    type(&ed, "Amélie Öberg");
    assert_string_equal(edit_text(&ed), "Amélie Öberg");
    assert_int_equal(edit_left(&ed), EDIT_MOVED);
    assert_int_equal(edit_backspace(&ed), EDIT_CHANGED);
    assert_string_equal(edit_text(&ed), "Amélie Öbeg");
    edit_home(&ed, 0);
    assert_int_equal(edit_backspace(&ed), EDIT_NOTHING);
    assert_int_equal(edit_delete(&ed), EDIT_CHANGED);
    assert_string_equal(edit_text(&ed), "mélie Öbeg");
    assert_int_equal(edit_newline(&ed), EDIT_NOTHING);
    edit_done(&ed);
}

static void mark_joins_its_letter(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, false, 0);
    edit_set(&ed, "Amelie");
    edit_home(&ed, 0);
    for (int i = 0; i < 3; i++)
        edit_right(&ed);
    edit_insert(&ed, "\u0301", 2); /* an acute, typed behind the e */
    assert_string_equal(edit_text(&ed), "Ame\u0301lie");
    assert_int_equal(edit_backspace(&ed), EDIT_CHANGED);
    assert_string_equal(edit_text(&ed), "Amlie");
    edit_done(&ed);
}

static void undoes_by_word(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, true, 0);
    type(&ed, "ett två tre");
    assert_int_equal(edit_undo_depth(&ed), 3);
    edit_undo(&ed);
    assert_string_equal(edit_text(&ed), "ett två");
    edit_undo(&ed);
    edit_undo(&ed);
    assert_string_equal(edit_text(&ed), "");
    assert_int_equal(edit_undo(&ed), EDIT_NOTHING);
    edit_redo(&ed);
    edit_redo(&ed);
    assert_string_equal(edit_text(&ed), "ett två");
    type(&ed, "!");
    assert_int_equal(edit_redo(&ed), EDIT_NOTHING);
    edit_done(&ed);
}

static void paste_is_one_step(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, true, 0);
    type(&ed, "a");
    const char *text = "rad ett\r\nrad två\rrad tre\n";
    assert_int_equal(edit_paste(&ed, text, strlen(text)), EDIT_CHANGED);
    assert_string_equal(edit_text(&ed), "arad ett\nrad två\nrad tre\n");
    type(&ed, "b");
    edit_undo(&ed);
    assert_string_equal(edit_text(&ed), "arad ett\nrad två\nrad tre\n");
    edit_undo(&ed);
    assert_string_equal(edit_text(&ed), "a");
    edit_done(&ed);
}

static void leaves_out_what_cannot_be_stored(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, false, 0);
    const char bad[] = "a\033[31mb\x07\xc3"
                       "c\u202e\u200b\u00ad\xc2\x85"
                       "d\xff\n\te";
    assert_int_equal(edit_paste(&ed, bad, sizeof bad - 1), EDIT_CLEANED);
    assert_string_equal(edit_text(&ed), "a[31mbcd  e");
    assert_true(text_valid(edit_text(&ed)));
    edit_done(&ed);
}

static void stops_at_its_limit(void **state)
{
    (void)state;
    struct edit ed;
    edit_init(&ed, false, 5);
    assert_int_equal(edit_paste(&ed, "åäöÅÄÖ", strlen("åäöÅÄÖ")), EDIT_FULL);
    assert_string_equal(edit_text(&ed), "åäöÅÄ");
    assert_int_equal(edit_insert(&ed, "x", 1), EDIT_FULL);
    edit_backspace(&ed);
    assert_int_equal(edit_insert(&ed, "x", 1), EDIT_CHANGED);
    assert_int_equal(edit_chars(&ed), 5);
    edit_done(&ed);
}

static char *row_text(struct edit *ed, int cols, size_t row)
{
    size_t n;
    const struct edit_row *rows = edit_rows(ed, cols, &n);
    assert_true(row < n);
    return xstrndup(edit_text(ed) + rows[row].start, rows[row].len);
}

static void wraps_at_blanks(void **state)
{
    (void)state;
    struct edit ed;
    size_t n;
    edit_init(&ed, true, 0);
    edit_set(&ed, "Två personer sågs\n\nabcdefghijklmnop x");
    edit_rows(&ed, 8, &n);
    const char *wanted[] = {"Två", "personer", "sågs", "", "abcdefgh", "ijklmnop", "x"};
    assert_int_equal(n, N_OF(wanted));
    for (size_t i = 0; i < n; i++) {
        AUTOFREE char *row = row_text(&ed, 8, i);
        assert_string_equal(row, wanted[i]);
    }
    edit_done(&ed);
}

static void up_and_down_keep_their_column(void **state)
{
    (void)state;
    struct edit ed;
    int row, col;
    edit_init(&ed, true, 0);
    edit_set(&ed, "lång rad här\nab\nännu en lång");
    assert_int_equal(edit_down(&ed, 40), EDIT_NOTHING);
    assert_int_equal(edit_up(&ed, 40), EDIT_MOVED);
    edit_place(&ed, 40, &row, &col);
    assert_int_equal(row, 1);
    assert_int_equal(col, 2);
    edit_up(&ed, 40);
    edit_place(&ed, 40, &row, &col);
    assert_int_equal(row, 0);
    assert_int_equal(col, 12);
    assert_int_equal(edit_up(&ed, 40), EDIT_NOTHING);
    edit_done(&ed);
}

/* The cursor is on a boundary, the rows hold the whole text, none is wider than asked. */
static void check(struct edit *ed, int cols)
{
    const char *text = edit_text(ed);
    size_t p = 0, n, end = 0;
    int wide, row, col;
    assert_true(text_valid(text));
    assert_int_equal(strlen(text), ed->text.len);
    while (p < ed->cursor) {
        size_t used = text_cluster(text + p, &wide);
        p += used ? used : 1;
    }
    assert_int_equal(p, ed->cursor);
    const struct edit_row *rows = edit_rows(ed, cols, &n);
    for (size_t i = 0; i < n; i++) {
        for (; end < rows[i].start; end++)
            assert_true(text[end] == ' ' || text[end] == '\n');
        AUTOFREE char *line = xstrndup(text + rows[i].start, rows[i].len);
        size_t blanks = 0;
        while (blanks < rows[i].len && line[rows[i].len - 1 - blanks] == ' ')
            blanks++;
        assert_true(text_cols(line) - (int)blanks <= cols);
        end = rows[i].start + rows[i].len;
    }
    assert_int_equal(end, ed->text.len);
    edit_place(ed, cols, &row, &col);
    assert_true(row >= 0 && (size_t)row < n && col >= 0 && col <= cols);
}

static void one_edit(struct edit *ed, struct rng *r, int cols)
{
    static const char *const bits[] = {"a",    "Ö", " ",  "e\u0301",           "\u0301",
                                       "日本", "👨", "\n", "lång text med ord", "\t",
                                       "\xc3", "ß", "  "};
    const char *bit = bits[rng_below(r, N_OF(bits))];
    switch (rng_below(r, 14)) {
    case 0:
    case 1:
    case 2:
    case 3:
        edit_insert(ed, bit, strlen(bit));
        break;
    case 4:
        edit_paste(ed, bit, strlen(bit));
        break;
    case 5:
        edit_newline(ed);
        break;
    case 6:
        edit_backspace(ed);
        break;
    case 7:
        edit_delete(ed);
        break;
    case 8:
        (rng_below(r, 2) ? edit_left : edit_right)(ed);
        break;
    case 9:
        (rng_below(r, 2) ? edit_up : edit_down)(ed, cols);
        break;
    case 10:
        (rng_below(r, 2) ? edit_home : edit_end)(ed, cols);
        break;
    case 11:
        edit_undo(ed);
        break;
    case 12:
        edit_redo(ed);
        break;
    default:
        edit_page(ed, cols, rng_below(r, 2) ? 5 : -5);
    }
}

static void random_edits_can_be_undone(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122);
    for (int round = 0; round < 60; round++) {
        struct edit ed;
        int cols = 2 + (int)rng_below(&r, 20);
        edit_init(&ed, round % 3 != 0, 0);
        edit_set(&ed, "Början är här");
        for (int i = 0; i < 200; i++) {
            one_edit(&ed, &r, cols);
            check(&ed, cols);
        }
        while (edit_redo(&ed) == EDIT_CHANGED)
            check(&ed, cols);
        AUTOFREE char *end = xstrdup(edit_text(&ed));
        while (edit_undo(&ed) == EDIT_CHANGED)
            check(&ed, cols);
        assert_string_equal(edit_text(&ed), "Början är här");
        while (edit_redo(&ed) == EDIT_CHANGED)
            ;
        assert_string_equal(edit_text(&ed), end);
        edit_done(&ed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_rubs_out),
        cmocka_unit_test(mark_joins_its_letter),
        cmocka_unit_test(undoes_by_word),
        cmocka_unit_test(paste_is_one_step),
        cmocka_unit_test(leaves_out_what_cannot_be_stored),
        cmocka_unit_test(stops_at_its_limit),
        cmocka_unit_test(wraps_at_blanks),
        cmocka_unit_test(up_and_down_keep_their_column),
        cmocka_unit_test(random_edits_can_be_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
