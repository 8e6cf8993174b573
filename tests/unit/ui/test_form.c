/* The form: values, conditions, problems, undo in time order, lookups, what is drawn. */
#include "terminal.h"

#include "treben/base/date.h"
#include "treben/ui/form.h"

enum {
    DAY,
    WHEN,
    TYPE,
    PLACE,
    HURT,
    CHILDREN,
    MINOR,
    SOURCE,
    TAGS,
    NOTE,
    SECRET,
    MADE,
    OTHER,
    SEVERAL,
    N_FIELDS
};

static const struct form_option types[] = {
    {"SKJ", "Skottlossning"}, {"SPR", "Sprängning"}, {"RAN", "Rån"}};
static const struct form_option sources[] = {{"P", "Polis"}, {"K", "Kommun"}};
static const struct form_page pages[] = {{"event", "Händelse"}, {"people", "Personer"}};
static const struct form_field fields[] = {
    [DAY] = {.name = "day",
             .label = "Datum",
             .type = FORM_DATE,
             .required = true,
             .help = "The day it happened."},
    [WHEN] = {.name = "when", .label = "Tidpunkt", .type = FORM_TIME, .beside = true},
    [TYPE] =
        {.name = "type", .label = "Typ", .type = FORM_CHOICE, .options = types, .n_options = 3},
    [PLACE] = {.name = "place", .label = "Plats", .type = FORM_REFERENCE, .required = true},
    [HURT] = {.name = "hurt", .label = "Skadade", .type = FORM_NUMBER, .width = 3},
    [CHILDREN] = {.name = "children",
                  .label = "varav barn",
                  .type = FORM_NUMBER,
                  .width = 3,
                  .beside = true},
    [MINOR] = {.name = "minor", .label = "Minderårig", .type = FORM_BOOL},
    [SOURCE] = {.name = "source",
                .label = "Källa",
                .type = FORM_CHOICE,
                .radio = true,
                .options = sources,
                .n_options = 2},
    [TAGS] =
        {.name = "tags", .label = "Märken", .type = FORM_MULTI, .options = types, .n_options = 3},
    [NOTE] = {.name = "note", .label = "Vad hände?", .type = FORM_NOTE, .rows = 3, .max_chars = 40},
    [SECRET] = {.name = "secret", .label = "Hemligt", .type = FORM_TEXT, .required = true},
    [MADE] = {.name = "made", .label = "Skapad", .type = FORM_TEXT, .read_only = true},
    [OTHER] = {.name = "other", .label = "Annat", .type = FORM_TEXT, .page = 1, .max_chars = 20},
    [SEVERAL] = {.name = "several", .label = "Platser", .type = FORM_REFERENCES, .page = 1},
};

struct fixture {
    struct form *f;
    int changes;
    size_t last;
};

static void changed(void *ctx, size_t field)
{
    struct fixture *x = ctx;
    x->changes++;
    x->last = field;
}

static bool visible(void *ctx, size_t field)
{
    const struct fixture *x = ctx;
    return field != CHILDREN || (x->f && !str_empty(form_value(x->f, HURT)));
}

static bool lookup(void *ctx, size_t field, const char *text, struct arena *a,
                   struct form_match ret[FORM_MATCHES], size_t *ret_n, struct err *e)
{
    (void)ctx;
    assert_true(field == PLACE || field == SEVERAL);
    if (str_eq(text, "fel"))
        return err_set(e, ERR_GONE, "the line is gone");
    size_t n = strlen(text) > 4 ? 0 : 3;
    for (size_t i = 0; i < n; i++)
        ret[i] = (struct form_match){.id = arena_printf(a, "ID%zu", i),
                                     .title = arena_printf(a, "Torget %zu", i)};
    *ret_n = n;
    return true;
}

static int setup(void **state)
{
    struct fixture *x = xcalloc(1, sizeof *x);
    clock_set(1795354320); /* Sunday 2026-11-22 13:32 UTC */
    x->f = form_new(
        pages, 2, fields, N_FIELDS,
        (struct form_calls){.ctx = x, .changed = changed, .visible = visible, .lookup = lookup});
    form_set_area(x->f, (struct rect){.y = 2, .x = 0, .h = 19, .w = 80});
    form_seal(x->f, SECRET, "hidden");
    form_focus(x->f, DAY);
    *state = x;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *x = *state;
    form_free(x->f);
    free(x);
    clock_set(INSTANT_NONE);
    return 0;
}

static void type(struct form *f, const char *text)
{
    for (int cols; *text;) {
        size_t n = text_cluster(text, &cols);
        AUTOFREE char *one = xstrndup(text, n);
        assert_int_not_equal(form_act(f, ACT_TEXT, one), UI_PASS);
        text += n;
    }
}

static void assert_value(const struct form *f, size_t field, const char *wanted)
{
    assert_string_equal(form_value(f, field), wanted);
}

static void dates_become_dates_when_left(void **state)
{
    struct fixture *x = *state;
    type(x->f, "+3");
    assert_value(x->f, DAY, "2026-11-25");
    assert_null(form_problem(x->f, DAY));
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_int_equal(form_focused(x->f), WHEN);
    assert_value(x->f, DAY, "2026-11-25");
    assert_string_equal(form_title(x->f, DAY), "2026-11-25  Wed w48");
    type(x->f, "14.50");
    form_leave(x->f);
    assert_value(x->f, WHEN, "2026-11-22T13:50:00Z");
    form_act(x->f, ACT_PREV_FIELD, "");
    form_act(x->f, ACT_TODAY, "");
    assert_value(x->f, DAY, "2026-11-22");
}

static void doubled_hour_keeps_its_word(void **state)
{
    struct fixture *x = *state;
    form_store(x->f, WHEN, "2026-10-25T01:30:00Z", NULL); /* the second 02:30 of that night */
    form_focus(x->f, WHEN);
    form_leave(x->f);
    assert_value(x->f, WHEN, "2026-10-25T01:30:00Z");
    assert_false(form_changed(x->f, WHEN));
}

static void unreadable_stays_with_its_problem(void **state)
{
    struct fixture *x = *state;
    type(x->f, "i morgonbitti");
    assert_null(form_problem(x->f, DAY)); /* nothing is checked before the field was left */
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_non_null(form_problem(x->f, DAY));
    assert_value(x->f, DAY, "i morgonbitti");
    assert_int_equal(form_n_problems(x->f), 1);
    form_act(x->f, ACT_NEXT_PROBLEM, "");
    assert_int_equal(form_focused(x->f), DAY);
    form_act(x->f, ACT_BACKSPACE, "");
    assert_null(form_problem(x->f, DAY));
    AUTOFREE char *note = form_note(x->f);
    assert_string_equal(note, "The day it happened.");
}

static void numbers(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, HURT);
    assert_false(form_is_visible(x->f, CHILDREN));
    type(x->f, " 1 2");
    assert_value(x->f, HURT, "12");
    assert_true(form_is_visible(x->f, CHILDREN));
    assert_int_equal(x->last, HURT);
    form_leave(x->f);
    type(x->f, "x");
    form_leave(x->f);
    assert_non_null(form_problem(x->f, HURT));
}

static void choice_filters_as_one_types(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, TYPE);
    type(x->f, "spr");
    assert_true(form_popup_open(x->f));
    assert_value(x->f, TYPE, "");
    form_act(x->f, ACT_OPEN, "");
    assert_false(form_popup_open(x->f));
    assert_value(x->f, TYPE, "SPR");
    assert_string_equal(form_title(x->f, TYPE), "Sprängning");
    assert_int_equal(form_focused(x->f), PLACE);
    form_focus(x->f, TYPE);
    form_act(x->f, ACT_OPEN, "");
    form_act(x->f, ACT_DOWN, "");
    form_act(x->f, ACT_OPEN, "");
    assert_value(x->f, TYPE, "RAN");
    form_focus(x->f, TYPE);
    form_act(x->f, ACT_OPEN, "");
    assert_int_equal(form_act(x->f, ACT_BACK, ""), UI_DONE);
    assert_int_equal(form_act(x->f, ACT_BACK, ""), UI_PASS);
    assert_value(x->f, TYPE, "RAN");
    form_act(x->f, ACT_DELETE, "");
    assert_value(x->f, TYPE, "");
    type(x->f, "sk"); /* one fits: Tab takes it */
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_value(x->f, TYPE, "SKJ");
}

static void reference_is_never_guessed(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, PLACE);
    type(x->f, "tor");
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_value(x->f, PLACE, "tor");
    assert_non_null(strstr(form_problem(x->f, PLACE), "tor"));
    assert_true(form_check(x->f) >= 1); /* what was typed and not chosen stops the save */
    assert_non_null(strstr(form_problem(x->f, PLACE), "tor"));
    form_focus(x->f, PLACE);
    form_act(x->f, ACT_OPEN, ""); /* goes on with what was typed */
    form_act(x->f, ACT_DOWN, "");
    form_act(x->f, ACT_OPEN, "");
    assert_value(x->f, PLACE, "ID1");
    assert_string_equal(form_title(x->f, PLACE), "Torget 1");
    assert_null(form_problem(x->f, PLACE));
    form_focus(x->f, PLACE);
    type(x->f, "okänt ställe");
    form_act(x->f, ACT_OPEN, "");
    assert_true(form_popup_open(x->f));
    assert_value(x->f, PLACE, "ID1");
    form_act(x->f, ACT_BACK, "");
    assert_null(form_problem(x->f, PLACE));
}

static void several_records_in_one_field(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, SEVERAL);
    type(x->f, "tor");
    form_act(x->f, ACT_OPEN, "");
    type(x->f, "tor");
    form_act(x->f, ACT_DOWN, "");
    form_act(x->f, ACT_OPEN, ""); /* stays: the next may be typed at once */
    assert_value(x->f, SEVERAL, "ID0,ID1");
    assert_string_equal(form_title(x->f, SEVERAL), "Torget 0; Torget 1");
    type(x->f, "H-2026-0142");
    form_act(x->f, ACT_NEXT_FIELD, ""); /* a case number may be typed as it is */
    assert_value(x->f, SEVERAL, "ID0,ID1,H-2026-0142");
    form_focus(x->f, SEVERAL);
    form_act(x->f, ACT_BACKSPACE, "");
    assert_value(x->f, SEVERAL, "ID0,ID1");
    type(x->f, "tor");
    form_act(x->f, ACT_OPEN, ""); /* chosen again: taken away */
    assert_value(x->f, SEVERAL, "ID1");
}

static void a_code_may_be_typed(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, TYPE);
    type(x->f, "ran");
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_value(x->f, TYPE, "RAN");
}

static void box_radio_and_several(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, MINOR);
    type(x->f, " ");
    assert_value(x->f, MINOR, "true");
    type(x->f, " ");
    assert_value(x->f, MINOR, "false");
    form_focus(x->f, SOURCE);
    type(x->f, "k");
    assert_value(x->f, SOURCE, "K");
    form_act(x->f, ACT_RIGHT, "");
    assert_value(x->f, SOURCE, "P");
    form_focus(x->f, TAGS);
    form_act(x->f, ACT_OPEN, "");
    type(x->f, " ");
    form_act(x->f, ACT_DOWN, "");
    form_act(x->f, ACT_DOWN, "");
    type(x->f, " ");
    assert_value(x->f, TAGS, "SKJ,RAN");
    form_act(x->f, ACT_UP, "");
    form_act(x->f, ACT_UP, "");
    type(x->f, " ");
    form_act(x->f, ACT_OPEN, "");
    assert_value(x->f, TAGS, "RAN");
    assert_string_equal(form_title(x->f, TAGS), "Rån");
}

static void note_takes_enter_and_tab_leaves(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, NOTE);
    type(x->f, "rad ett");
    form_act(x->f, ACT_OPEN, "");
    form_act(x->f, ACT_PASTE, "rad två\r\nrad tre");
    assert_value(x->f, NOTE, "rad ett\nrad två\nrad tre");
    form_act(x->f, ACT_UP, "");
    assert_int_equal(form_focused(x->f), NOTE);
    form_act(x->f, ACT_PASTE, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    AUTOFREE char *said = form_note(x->f);
    assert_non_null(strstr(said, "40"));
    assert_int_equal(text_chars(form_value(x->f, NOTE)), 40);
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_int_equal(form_focused(x->f), OTHER); /* sealed and read-only fields are passed over */
    assert_int_equal(form_page_now(x->f), 1);
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_int_equal(form_focused(x->f), SEVERAL);
    form_act(x->f, ACT_NEXT_FIELD, "");
    assert_int_equal(form_focused(x->f), DAY);
}

static void undo_goes_back_in_time(void **state)
{
    struct fixture *x = *state;
    struct form *f = x->f;
    type(f, "2026-11-20");
    form_focus(f, TYPE);
    type(f, "spr");
    form_act(f, ACT_OPEN, "");
    form_focus(f, MINOR);
    type(f, " ");
    form_focus(f, DAY);
    form_act(f, ACT_TODAY, "");
    form_act(f, ACT_UNDO, "");
    assert_value(f, DAY, "2026-11-20");
    form_act(f, ACT_UNDO, "");
    assert_value(f, MINOR, "");
    assert_int_equal(form_focused(f), MINOR);
    form_act(f, ACT_UNDO, "");
    assert_value(f, TYPE, "");
    form_act(f, ACT_REDO, "");
    form_act(f, ACT_REDO, "");
    assert_value(f, TYPE, "SPR");
    assert_value(f, MINOR, "true");
    form_act(f, ACT_UNDO, "");
    form_act(f, ACT_UNDO, "");
    form_act(f, ACT_UNDO, "");
    assert_value(f, DAY, "");
    assert_int_equal(form_n_changed(f), 0);
    form_act(f, ACT_UNDO, "");
    AUTOFREE char *note = form_note(f);
    assert_non_null(note);
}

static void revert_and_stored_values(void **state)
{
    struct fixture *x = *state;
    form_store(x->f, PLACE, "ID7", "Gamla torget");
    form_store(x->f, OTHER, "före", NULL);
    assert_string_equal(form_title(x->f, PLACE), "Gamla torget");
    form_put(x->f, OTHER, "utkast", NULL);
    assert_true(form_changed(x->f, OTHER));
    assert_int_equal(form_n_changed(x->f), 1);
    form_focus(x->f, OTHER);
    form_act(x->f, ACT_REVERT, "");
    assert_value(x->f, OTHER, "före");
    assert_int_equal(form_n_changed(x->f), 0);
    form_act(x->f, ACT_UNDO, "");
    assert_value(x->f, OTHER, "utkast");
}

static void check_finds_all_and_goes_to_the_first(void **state)
{
    struct fixture *x = *state;
    form_focus(x->f, OTHER);
    assert_int_equal(form_check(x->f), 2); /* day and place; the sealed field is not asked for */
    assert_int_equal(form_focused(x->f), DAY);
    PROBLEMS p = {0};
    problem_add(&p, ERR_INVALID, "other", "too short");
    problem_add(&p, ERR_RULE, "", "not now");
    problem_add(&p, ERR_RULE, "unknown_field", "no");
    assert_int_equal(form_take_problems(x->f, &p), 2);
    assert_string_equal(form_problem(x->f, OTHER), "too short");
    assert_int_equal(form_n_problems(x->f), 3);
    form_act(x->f, ACT_NEXT_PROBLEM, "");
    assert_int_equal(form_focused(x->f), PLACE);
    form_act(x->f, ACT_NEXT_PROBLEM, "");
    assert_int_equal(form_focused(x->f), OTHER);
    form_act(x->f, ACT_NEXT_PROBLEM, "");
    assert_int_equal(form_focused(x->f), DAY);
}

static void draws_labels_boxes_and_problems(void **state)
{
    struct fixture *x = *state;
    int y, cx;
    form_store(x->f, DAY, "2026-11-22", NULL);
    form_store(x->f, MADE, "idag av Åsa", NULL);
    form_focus(x->f, HURT);
    type(x->f, "x");
    form_act(x->f, ACT_NEXT_FIELD, "");
    form_draw(x->f, true);
    assert_row(2,
               " [Händelse!] Personer                                               part 1 of 2");
    assert_row(4, " Datum *          [2026-11-22]  Sun w47   Tidpunkt         [                ]");
    assert_row(5, " Typ              [                                     ↓]");
    assert_row(7, " Skadade         ~[x  ]                   varav barn       [   ]");
    assert_row(8, "                  ! Write a whole number, in digits.");
    assert_row(10, " Källa            ( ) Polis   ( ) Kommun");
    assert_row(17, " Hemligt          hidden");
    assert_row(18, " Skapad           idag av Åsa");
    form_focus(x->f, TYPE);
    form_act(x->f, ACT_OPEN, "");
    form_draw(x->f, true);
    assert_row(7, " Skadade         ~│ > Skottlossning                          │ ]");
    term_cursor(&y, &cx);
    assert_int_equal(y, 5);
}

static void reading_shows_values_without_boxes(void **state)
{
    struct fixture *x = *state;
    form_store(x->f, DAY, "2026-11-22", NULL);
    form_store(x->f, MINOR, "true", NULL);
    form_store(x->f, NOTE, "rad ett\nrad två", NULL);
    form_set_reading(x->f, true);
    form_draw(x->f, true);
    assert_row(4, " Datum            2026-11-22  Sun w47");
    AUTOFREE char *row = NULL;
    bool found = false;
    for (int i = 5; i < 20; i++) {
        free(row);
        row = term_row(i);
        found |= str_eq(row, " Vad hände?       rad ett");
    }
    assert_true(found);
    assert_int_equal(form_act(x->f, ACT_OPEN, ""), UI_PASS);
    assert_int_equal(form_act(x->f, ACT_TEXT, "a"), UI_PASS);
    assert_value(x->f, DAY, "2026-11-22");
}

/* On every size and with every field in turn, the cursor stands inside the form's area. */
static void focus_is_always_in_view(void **state)
{
    struct fixture *x = *state;
    static const int heights[] = {19, 12, 8, 30};
    for (size_t h = 0; h < N_OF(heights); h++) {
        struct rect area = {.y = 2, .x = 0, .h = heights[h] > 19 ? 19 : heights[h], .w = 80};
        form_set_area(x->f, area);
        for (int i = 0; i < 40; i++) {
            int y, cx;
            form_act(x->f, i % 3 == 2 ? ACT_PAGE_DOWN : ACT_NEXT_FIELD, "");
            form_draw(x->f, true);
            term_cursor(&y, &cx);
            assert_true(y >= area.y + 2 && y < area.y + area.h);
            assert_true(cx > 0 && cx < 80);
        }
    }
}

int main(void)
{
#define FORM_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        FORM_TEST(dates_become_dates_when_left),
        FORM_TEST(doubled_hour_keeps_its_word),
        FORM_TEST(unreadable_stays_with_its_problem),
        FORM_TEST(numbers),
        FORM_TEST(choice_filters_as_one_types),
        FORM_TEST(reference_is_never_guessed),
        FORM_TEST(several_records_in_one_field),
        FORM_TEST(a_code_may_be_typed),
        FORM_TEST(box_radio_and_several),
        FORM_TEST(note_takes_enter_and_tab_leaves),
        FORM_TEST(undo_goes_back_in_time),
        FORM_TEST(revert_and_stored_values),
        FORM_TEST(check_finds_all_and_goes_to_the_first),
        FORM_TEST(draws_labels_boxes_and_problems),
        FORM_TEST(reading_shows_values_without_boxes),
        FORM_TEST(focus_is_always_in_view),
    };
    return cmocka_run_group_tests(tests, terminal_start, terminal_stop);
}
