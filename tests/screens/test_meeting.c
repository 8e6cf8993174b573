/* Meeting mode: lines are saved as they are typed, what is wrong is said under the line, and a
 * broken line is there again. */
#include "town.h"

static struct town *town;

static int begin(void **state)
{
    (void)state;
    town = town_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    if (town)
        town_end(town);
    return 0;
}

/* Point 4 of the agenda: incidents that nobody has answered. */
static struct term *open_point(const char *login)
{
    struct term *t = town_open_list(town, login, "meeting");
    term_send(t, KEY_ENTER);
    term_until(t, "[1 Agenda]");
    term_type(t, "jjj");
    term_send(t, KEY_ENTER);
    term_until(t, "4 of 13");
    return t;
}

static void typed_while_people_talk(void **state)
{
    (void)state;
    struct term *t = open_point("asa.lind");
    term_type(t, "d We meet the group before the weekend fri");
    term_send(t, KEY_ENTER);
    term_until(t, "Saved: Decision");
    term_type(t, "t @POL +7 Call the school");
    term_send(t, KEY_ENTER);
    term_until(t, "Saved: To do");
    term_type(t, "n The school is worried.");
    term_send(t, KEY_ENTER);
    term_until(t, "The school is worried.");
    term_type(t, "t Call somebody");
    term_send(t, KEY_ENTER);
    term_until(t, "Say who does it");
    assert_golden(t, "meeting");
    term_resize(t, 43, 132);
    term_resize(t, 24, 80);
    assert_golden(t, "meeting"); /* nothing of it is lost by a resize */
    term_send(t, KEY_TAB);
    term_until(t, "5 of 13");
    term_send(t, "\022"); /* Ctrl-R: the line is empty again */
    term_send(t, KEY_ESC);
    term_until(t, "[1 Agenda]");
    term_close(t);
}

static void an_unsaved_line_outlives_the_terminal(void **state)
{
    (void)state;
    struct term *t = open_point("asa.lind");
    term_type(t, "d Half a sent");
    term_hang_up(t);
    term_close(t);
    t = town_open_list(town, "asa.lind", "meeting");
    term_send(t, KEY_ENTER);
    term_until(t, "[1 Agenda]");
    term_send(t, KEY_ENTER); /* at another point: the line leads back to its own */
    term_until(t, "d Half a sent");
    assert_true(term_shows(t, "of 13"));
    term_close(t);
}

static void others_read(void **state)
{
    (void)state;
    struct term *t = open_point("eva.strand");
    term_until(t, "The secretary writes");
    term_until(t, "We meet the group before the weekend");
    term_type(t, "x");
    assert_false(term_shows(t, "[x"));
    term_close(t);
}

static void in_swedish(void **state)
{
    (void)state;
    struct term *t = town_open_swedish(town, "asa.lind", "meeting");
    term_send(t, KEY_ENTER);
    term_until(t, "[1 Dagordning]");
    assert_golden(t, "sv-dagordning");
    term_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_while_people_talk),
        cmocka_unit_test(an_unsaved_line_outlives_the_terminal),
        cmocka_unit_test(others_read),
        cmocka_unit_test(in_swedish),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
