/* The first session of a day does what the calendar asks, however it begins; the later ones do not.
 */
#include "harness.h"

#include "treben/base/mem.h"

struct city {
    struct stage *st;
    char *membership;
};

static char *made(struct talk *t, const char *kind, json_t *values)
{
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static int make(void **state)
{
    struct city *c = xcalloc(1, sizeof *c);
    c->st = stage_make();
    struct talk *t = talk_start(c->st, "mira.holm");
    AUTOFREE char *group = made(t, "group", json_pack("{s:s}", "name", "Kvarnen"));
    AUTOFREE char *person = made(t, "person",
                                 json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name",
                                           "Zander", "birth_date", "1998-02-03"));
    c->membership = made(t, "membership",
                         json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "person",
                                   person, "group", group, "role", "MEDLEM", "from", "2024",
                                   "source_grade", "A", "info_grade", "1", "handling", "H3",
                                   "criteria", "EGEN_UPPGIFT,DOM", "suspicion_basis", "P1A"));
    assert_int_equal(talk_end(t), 0);
    t = talk_start(c->st, "hakan.ek");
    talk_ask(t, "do",
             json_pack("{s:s, s:s, s:{}}", "id", c->membership, "to", "BEKRAFTAD", "values"));
    assert_int_equal(talk_end(t), 0);
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct city *c = *state;
    stage_end(c->st);
    free(c->membership);
    free(c);
    return 0;
}

static void today_is(const struct city *c, const char *now)
{
    struct talk *t = talk_start(c->st, "mira.holm");
    talk_ask(t, "clock", json_pack("{s:s, s:b}", "now", now, "keep", 1));
    assert_int_equal(talk_end(t), 0);
}

static void assert_state(struct talk *t, const struct city *c, const char *state)
{
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", c->membership));
    assert_string_equal(text_at(r, "record.state"), state);
}

static void an_account_of_the_system(void **state)
{
    const struct city *c = *state;
    today_is(c, "2027-12-01T09:00:00Z");
    struct talk *t = talk_start(c->st, "asa.lind"); /* who may not even see it */
    assert_int_equal(talk_end(t), 0);
    int64_t rows = stage_log_rows(c->st);
    t = talk_start(c->st, "mira.holm");
    assert_state(t, c, "FOR_OMPROVNING");
    const json_t *r = talk_ask(t, "history", json_pack("{s:s}", "id", c->membership));
    assert_string_equal(text_at(r, "history.0.by"), "the system");
    assert_int_equal(talk_end(t), 0);
    assert_int_equal(stage_log_rows(c->st), rows + 3); /* hello, show, history: no more upkeep */
}

static void an_account_chosen_at_the_start(void **state)
{
    const struct city *c = *state;
    today_is(c, "2027-12-01T09:00:00Z");
    struct talk *t = talk_start(c->st, NULL);
    const json_t *r = talk_ask(t, "login", json_pack("{s:s}", "as", "hakan.ek"));
    assert_string_equal(text_at(r, "user.login"), "hakan.ek");
    assert_state(t, c, "FOR_OMPROVNING");
    assert_int_equal(talk_end(t), 0);
}

/* Nobody reviews it: thirty days after the day it counts no longer, in the list that opens. */
static void it_stops_counting(void **state)
{
    const struct city *c = *state;
    static const struct {
        const char *now;
        int64_t current, lapsed;
    } days[] = {{"2027-12-22T09:00:00Z", 1, 0}, {"2027-12-23T09:00:00Z", 0, 1}};
    for (size_t i = 0; i < 2; i++) {
        today_is(c, days[i].now);
        struct talk *t = talk_start(c->st, "mira.holm");
        const json_t *r = talk_ask(
            t, "list", json_pack("{s:s, s:b, s:i}", "kind", "membership", "start", 1, "cap", 9));
        assert_int_equal(int_at(r, "n"), days[i].current);
        r = talk_ask(t, "count", json_pack("{s:s, s:s}", "kind", "membership", "filter", "lapsed"));
        assert_int_equal(int_at(r, "n"), days[i].lapsed);
        assert_int_equal(talk_end(t), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_account_of_the_system, make, end),
        cmocka_unit_test_setup_teardown(an_account_chosen_at_the_start, make, end),
        cmocka_unit_test_setup_teardown(it_stops_counting, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
