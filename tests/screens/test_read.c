/* The reading screens, whole, on a town that is the same every time. */
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

static void accounts_to_choose_from(void **state)
{
    (void)state;
    struct term *t = town_open(town, NULL, 24, 80);
    assert_golden(t, "accounts");
    term_send(t, "q");
    assert_int_equal(term_exit(t), 0);
    term_close(t);
}

static void my_day(void **state)
{
    (void)state;
    struct term *t = town_open(town, "hakan.ek", 24, 80);
    assert_golden(t, "my-day");
    term_resize(t, 43, 132);
    assert_golden(t, "my-day-132");
    term_resize(t, 20, 60);
    term_until(t, "Treben needs at least");
    term_resize(t, 24, 80);
    assert_golden(t, "my-day");
    term_send(t, KEY_ESC); /* once too often: nothing ends */
    term_until(t, "q ends the program");
    term_send(t, "q");
    assert_int_equal(term_exit(t), 0);
    term_close(t);
}

/* A figure opens exactly the rows that it counts. */
static void a_figure_opens_its_rows(void **state)
{
    (void)state;
    struct term *t = town_open(town, "hakan.ek", 24, 80);
    term_until(t, "To do later");
    term_send(t, "\033[H"); /* Home: the first figure */
    term_send(t, KEY_ENTER);
    term_until(t, "row 1 of 6");
    term_send(t, "\033[F"); /* End */
    term_until(t, "row 6 of 6");
    term_until(t, "Ring frivården om listan");
    assert_false(term_shows(t, "Skriv underlag"));
    term_close(t);
}

static void a_list_that_filters(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "mira.holm", "person");
    assert_golden(t, "persons");
    term_type(t, "sober");
    term_until(t, "5 of 8");
    assert_golden(t, "persons-oberg");
    int y, x;
    term_cursor(t, &y, &x);
    assert_int_equal(y, 3);
    assert_int_equal(x, 9 + 1 + 4); /* behind what was typed */
    term_send(t, KEY_ENTER);
    term_type(t, "jj");
    term_until(t, "row 3 of 5");
    term_send(t, KEY_ENTER);
    term_until(t, "< >  record 3 of 5");
    term_type(t, ">");
    term_until(t, "< >  record 4 of 5");
    term_type(t, "q");
    term_until(t, "row 4 of 5");
    term_type(t, "sx");
    term_until(t, "Nothing here fits \"oberx\"");
    term_close(t);
}

static void an_arrow_is_cheap(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "mira.holm", "person");
    term_until(t, "row 1 of 8");
    term_bytes(t);
    term_send(t, "j");
    term_until(t, "row 2 of 8");
    size_t bytes = term_bytes(t);
    if (bytes > 16 + 80)
        fail_msg("one row down cost %zu bytes", bytes);
    term_close(t);
}

static void a_record_and_its_tabs(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "mira.holm", "incident");
    term_send(t, KEY_ENTER);
    term_until(t, "Kvarnby torg");
    assert_golden(t, "incident");
    term_type(t, "3");
    assert_golden(t, "incident-groups");
    term_type(t, "h");
    assert_golden(t, "incident-history");
    term_send(t, "\033[Z");
    assert_golden(t, "incident-timeline");
    term_resize(t, 43, 132);
    assert_golden(t, "incident-timeline-132");
    term_close(t);
}

static void a_sanction_round(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "hakan.ek", "sanction_round");
    term_send(t, KEY_ENTER);
    term_until(t, "Agency / measure");
    assert_golden(t, "round");
    term_close(t);
}

static void the_board_of_all_rounds(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "hakan.ek", "sanction_round");
    term_type(t, ":board of");
    term_send(t, KEY_ENTER);
    term_until(t, "Round / agency");
    assert_golden(t, "board");
    term_send(t, KEY_ENTER);
    term_until(t, "Agency / measure");
    term_close(t);
}

static void commands_and_help(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "mira.holm", "incident");
    term_send(t, KEY_ENTER);
    term_until(t, "Kvarnby torg");
    term_type(t, ":ste");
    assert_golden(t, "commands");
    term_send(t, KEY_ESC);
    term_without(t, "Commands ─");
    term_type(t, "?");
    assert_golden(t, "help");
    term_close(t);
}

static void find_in_everything(void **state)
{
    (void)state;
    struct term *t = town_open(town, "mira.holm", 24, 80);
    term_type(t, "skvarn");
    assert_golden(t, "find");
    term_close(t);
}

/* What the role may not do is not offered by any key. */
static void keys_follow_the_role(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "asa.lind", "group");
    term_until(t, "Kvarnen");
    assert_false(term_shows(t, "n New"));
    term_type(t, "n");
    assert_false(term_shows(t, "New:"));
    term_close(t);
    t = town_open_list(town, "hakan.ek", "group");
    term_until(t, "n New");
    term_close(t);
}

/* As most people see it; the longer words must fit. */
static void in_swedish(void **state)
{
    (void)state;
    struct term *t = town_open_swedish(town, "hakan.ek", "");
    assert_golden(t, "sv-min-dag");
    term_close(t);
    t = town_open_swedish(town, "mira.holm", "incident");
    assert_golden(t, "sv-handelser");
    term_send(t, KEY_ENTER);
    term_until(t, "[1 Översikt]");
    assert_golden(t, "sv-handelse");
    term_type(t, "e");
    term_until(t, "Ändra");
    assert_golden(t, "sv-handelse-formular");
    term_close(t);
    t = town_open_swedish(town, "hakan.ek", "sanction_round");
    term_send(t, KEY_ENTER);
    term_until(t, "Kvarnen");
    assert_golden(t, "sv-sanktionsomgang");
    term_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_to_choose_from), cmocka_unit_test(my_day),
        cmocka_unit_test(a_figure_opens_its_rows), cmocka_unit_test(a_list_that_filters),
        cmocka_unit_test(an_arrow_is_cheap),       cmocka_unit_test(a_record_and_its_tabs),
        cmocka_unit_test(a_sanction_round),        cmocka_unit_test(commands_and_help),
        cmocka_unit_test(find_in_everything),      cmocka_unit_test(keys_follow_the_role),
        cmocka_unit_test(the_board_of_all_rounds), cmocka_unit_test(in_swedish),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
