/* Writing: saving, problems, drafts that outlive the terminal, two people at once, steps, a core that dies. */
#include "town.h"

#include <signal.h>

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

/* The newest incident: the shooting at the square. */
static struct term *open_incident(const char *login)
{
    struct term *t = town_open_list(town, login, "incident");
    term_send(t, KEY_ENTER);
    term_until(t, "Kvarnby torg");
    term_until(t, "[1 Overview]");
    return t;
}

static void to_field(struct term *t, int tabs)
{
    for (int i = 0; i < tabs; i++)
        term_send(t, KEY_TAB);
}

static void a_form(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "lena.falk", "incident");
    term_type(t, "n");
    term_until(t, "New:");
    assert_golden(t, "incident-form");
    term_resize(t, 43, 132);
    assert_golden(t, "incident-form-132");
    term_resize(t, 24, 80);
    assert_golden(t, "incident-form");
    term_send(t, KEY_ESC);
    term_without(t, "New:");
    term_close(t);
}

/* All problems at once, each at its field; what was typed stays. */
static void problems_stand_at_their_fields(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "lena.falk", "incident");
    term_type(t, "n");
    term_until(t, "New:");
    term_send(t, KEY_TAB);
    term_send(t, "\001"); /* to the start of the line, then over what stands there */
    term_type(t, "32/13 ");
    term_send(t, KEY_SAVE);
    term_until(t, "Not saved");
    assert_golden(t, "incident-form-problems");
    term_send(t, KEY_ESC);
    term_until(t, "Your draft is kept");
    term_close(t);
}

static void a_save_shows_at_once(void **state)
{
    (void)state;
    struct term *t = open_incident("lena.falk");
    term_type(t, "e");
    term_until(t, "Change");
    to_field(t, 4);
    term_type(t, " norra");
    term_send(t, KEY_SAVE);
    term_until(t, "Saved 14:32");
    term_until(t, "Kvarnby torg norra");
    term_close(t);
    assert_string_equal(world_get(town->w, town->incident, "place_text"), "Kvarnby torg norra");
}

static void a_draft_outlives_the_terminal(void **state)
{
    (void)state;
    struct term *t = open_incident("mira.holm");
    term_type(t, "a");
    term_until(t, "New:");
    term_type(t, "Bilen sågs på Hamngatan");
    term_hang_up(t);
    term_close(t);
    t = town_open(town, "mira.holm", 24, 80);
    term_until(t, "Draft");
    term_send(t, "\033[F"); /* End: drafts stand last */
    term_send(t, KEY_ENTER);
    term_until(t, "Bilen sågs på Hamngatan");
    term_send(t, KEY_SAVE);
    term_until(t, "Saved 14:32");
    term_until(t, "Bilen sågs på Hamngatan");
    term_send(t, "q");
    term_until(t, "My day");
    assert_false(term_shows(t, "Draft  "));
    term_close(t);
}

static void a_draft_is_offered_not_forced(void **state)
{
    (void)state;
    struct term *t = open_incident("hakan.ek");
    term_type(t, "e");
    term_until(t, "Change");
    to_field(t, 4);
    term_type(t, " södra");
    term_send(t, KEY_ESC);
    term_until(t, "Your draft is kept");
    term_type(t, "e");
    term_until(t, "There is a draft");
    assert_golden(t, "draft-offered");
    term_send(t, KEY_ENTER);
    term_until(t, "södra");
    term_send(t, KEY_PALETTE);
    term_type(t, "throw");
    term_until(t, "Throw draft away");
    term_send(t, KEY_ENTER);
    term_until(t, "THROW");
    term_type(t, "THROW");
    term_send(t, KEY_ENTER);
    term_until(t, "The draft was thrown away");
    assert_false(term_shows(t, "södra"));
    term_close(t);
}

static void two_people_at_once(void **state)
{
    (void)state;
    struct term *t = open_incident("lena.falk");
    term_type(t, "e");
    term_until(t, "Change");
    to_field(t, 4);
    term_type(t, " väster");
    town_set(town, "mira.holm", town->incident, "place_text", "Kvarnby torg, kiosken");
    town_set(town, "mira.holm", town->incident, "n_injured", "1");
    term_send(t, KEY_SAVE);
    term_until(t, "Somebody saved before you");
    assert_golden(t, "conflict");
    term_send(t, KEY_SAVE);
    term_until(t, "Choose 1 or 2");
    term_type(t, "1");
    term_send(t, KEY_SAVE);
    term_until(t, "Saved 14:32");
    term_close(t);
    const char *place = world_get(town->w, town->incident, "place_text");
    assert_non_null(strstr(place, "väster"));
    assert_string_equal(world_get(town->w, town->incident, "n_injured"), "1");
}

/* Different fields are merged without a question, and said. */
static void different_fields_merge(void **state)
{
    (void)state;
    struct term *t = open_incident("lena.falk");
    term_type(t, "e");
    term_until(t, "Change");
    to_field(t, 4);
    term_type(t, " igen");
    town_set(town, "mira.holm", town->incident, "n_injured", "2");
    term_send(t, KEY_SAVE);
    term_until(t, "somebody else changed: Injured");
    term_close(t);
    assert_string_equal(world_get(town->w, town->incident, "n_injured"), "2");
}

static void steps_ask_and_confirm(void **state)
{
    (void)state;
    struct term *t = town_open_list(town, "mira.holm", "incident");
    term_send(t, "\033[F"); /* the last of the list: the stabbing */
    term_send(t, KEY_ENTER);
    term_until(t, "Stationsplatsen");
    term_type(t, "t");
    term_until(t, "Next step");
    assert_golden(t, "steps");
    term_send(t, KEY_ENTER);
    term_until(t, "Nothing is done before you press");
    term_send(t, KEY_SAVE);
    term_until(t, "Set the risk of retaliation");
    term_send(t, KEY_ENTER); /* it has been read */
    term_without(t, "Not done");
    term_type(t, "3");
    term_send(t, KEY_SAVE);
    term_until(t, ": Triaged");
    term_type(t, "t");
    term_type(t, "aside");
    term_send(t, KEY_ENTER);
    term_until(t, "There is no step back");
    term_send(t, KEY_SAVE);
    term_until(t, "something is missing");
    term_type(t, "Inget våld");
    term_send(t, KEY_SAVE);
    term_until(t, "EJ_AKTUELL");
    assert_golden(t, "step-confirm");
    term_send(t, KEY_ENTER); /* Enter alone ends nothing */
    term_until(t, "EJ_AKTUELL");
    term_type(t, "EJ_AKTUELL");
    term_send(t, KEY_ENTER);
    term_until(t, ": Not relevant");
    term_close(t);
}

static void a_core_that_dies_loses_nothing(void **state)
{
    (void)state;
    struct term *t = open_incident("mira.holm");
    term_type(t, "a");
    term_until(t, "New:");
    term_type(t, "Grannen hörde två smällar");
    int core = term_child(t);
    assert_int_equal(kill(core, SIGKILL), 0);
    term_send(t, KEY_TAB); /* the field is left, and the core asked */
    term_until(t, "The core stopped and was started again");
    term_until(t, "Grannen hörde två smällar");
    assert_int_not_equal(term_child(t), core);
    term_send(t, KEY_SAVE);
    term_until(t, "Saved 14:32");
    term_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form),
        cmocka_unit_test(problems_stand_at_their_fields),
        cmocka_unit_test(a_save_shows_at_once),
        cmocka_unit_test(a_draft_outlives_the_terminal),
        cmocka_unit_test(a_draft_is_offered_not_forced),
        cmocka_unit_test(two_people_at_once),
        cmocka_unit_test(different_fields_merge),
        cmocka_unit_test(steps_ask_and_confirm),
        cmocka_unit_test(a_core_that_dies_loses_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
