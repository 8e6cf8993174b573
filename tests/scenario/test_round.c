/* A sanction round through the line: several approve, who is waited for sees it first, the board
 * shows who does what. */
#include "harness.h"

#include "treben/base/mem.h"

struct city {
    struct stage *st;
    struct talk *analyst, *police, *city, *probation;
    char *incident, *round;
};

static char *made(struct talk *t, const char *kind, json_t *values)
{
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static void done(struct talk *t, const char *id, const char *to, json_t *values)
{
    const json_t *r =
        talk_ask(t, "do", json_pack("{s:s, s:s, s:o}", "id", id, "to", to, "values", values));
    assert_true(json_is_true(at(r, "moved")));
}

static void decide_incident(struct city *c)
{
    c->incident = made(c->analyst, "incident",
                       json_pack("{s:s, s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                                 "2026-11-20 23:10", "known_at", "2026-11-20 23:20", "area",
                                 "OKAND", "place_text", "Torget"));
    done(c->analyst, c->incident, "TRIAGERAD", json_pack("{s:s}", "retaliation_risk", "2"));
    free(made(c->analyst, "incident_review",
              json_pack("{s:s, s:s}", "at", "2026-11-21 09:00", "incidents", c->incident)));
    done(c->analyst, c->incident, "GRANSKAD", json_object());
    free(made(c->analyst, "gmi_decision",
              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "incident", c->incident, "value", "JA",
                        "certainty", "2", "role", "GARNING", "motive", "GRUPPKONFLIKT",
                        "basis_text", "Bilen och hylsorna.")));
    done(c->police, c->incident, "GMI_BESLUTAD", json_object());
}

static void prepare_round(struct city *c)
{
    AUTOFREE char *group =
        made(c->analyst, "group", json_pack("{s:s, s:s}", "name", "Kvarnen", "priority", "1"));
    c->round = made(c->police, "sanction_round",
                    json_pack("{s:s, s:s, s:s}", "target_group", group, "trigger_incidents",
                              c->incident, "trigger_rule", "FORSTA_GRUPP"));
    free(made(c->police, "measure",
              json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "round", c->round, "kind",
                        "RIKTAD_KONTROLL", "target_type", "GRUPP", "target", group, "planned_from",
                        "idag", "planned_to", "+7")));
    free(made(c->city, "round_answer",
              json_pack("{s:s, s:s}", "round", c->round, "answer", "NONE")));
    free(made(c->probation, "round_answer",
              json_pack("{s:s, s:s}", "round", c->round, "answer", "NONE")));
    done(c->police, c->round, "BEREDD", json_object());
}

static int make(void **state)
{
    struct city *c = xcalloc(1, sizeof *c);
    c->st = stage_make();
    c->analyst = talk_start(c->st, "mira.holm");
    c->police = talk_start(c->st, "hakan.ek");
    c->city = talk_start(c->st, "asa.lind");
    c->probation = talk_start(c->st, "eva.strand");
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct city *c = *state;
    talk_end(c->analyst);
    talk_end(c->police);
    talk_end(c->city);
    talk_end(c->probation);
    stage_end(c->st);
    free(c->incident);
    free(c->round);
    free(c);
    return 0;
}

static const json_t *approval_section(struct talk *t)
{
    const json_t *day = talk_ask(t, "myday", NULL);
    const json_t *first = json_array_get(at(day, "sections"), 0);
    return first && strcmp(text_at(first, "name"), "approvals") == 0 ? first : NULL;
}

static void two_chiefs_decide(void **state)
{
    struct city *c = *state;
    struct talk *one = talk_start(c->st, "olle.dahl"), *other = talk_start(c->st, "ingrid.ros");
    decide_incident(c);
    prepare_round(c);
    const json_t *no =
        talk_refused(one, "do", json_pack("{s:s, s:s}", "id", c->round, "to", "BESLUTAD"));
    assert_string_equal(text_at(no, "data.code"), "rule");
    const json_t *r =
        talk_ask(one, "do",
                 json_pack("{s:s, s:s, s:{s:s}}", "id", c->round, "to", "BESLUTAD", "values",
                           "override_reason", "Skotten riktades mot en skola."));
    assert_true(json_is_false(at(r, "moved")));
    assert_contains(text_at(r, "message"), "approved 1 of 2, waiting for: ");
    /* who is waited for sees it first; who has approved does not */
    const json_t *section = approval_section(other);
    assert_non_null(section);
    assert_string_equal(text_at(section, "rows.0.id"), c->round);
    AUTOFREE char *filter = xstrdup(text_at(section, "filter"));
    const json_t *rows = talk_ask(
        other, "list", json_pack("{s:s, s:s}", "kind", "sanction_round", "filter", filter));
    assert_int_equal(json_array_size(at(rows, "rows")), 1);
    assert_null(approval_section(one));
    talk_refused(one, "do", json_pack("{s:s, s:s}", "id", c->round, "to", "BESLUTAD"));
    done(other, c->round, "BESLUTAD", json_object());
    assert_null(approval_section(other));
    talk_end(one);
    talk_end(other);
}

static void the_board_shows_each_agency(void **state)
{
    struct city *c = *state;
    const json_t *board = talk_ask(c->police, "round", json_pack("{s:s}", "id", c->round));
    assert_string_equal(text_at(board, "agencies.0.agency"), "POL");
    assert_string_equal(text_at(board, "agencies.0.rows.0.state"), "FORESLAGEN");
    assert_string_equal(text_at(board, "agencies.0.rows.0.target"), "Kvarnen");
    assert_contains(text_at(board, "sum_text"), "1 measure");
    assert_contains(text_at(board, "decision"), "Olle Dahl");
    /* only rounds have one */
    assert_int_equal(
        int_at(talk_refused(c->police, "round", json_pack("{s:s}", "id", c->incident)), "code"),
        -32602);
}

static void the_first_screen_has_the_chain(void **state)
{
    struct city *c = *state;
    const json_t *day = talk_ask(c->police, "myday", NULL);
    assert_int_equal(json_array_size(at(day, "chain")), 1);
    assert_string_equal(text_at(day, "chain.0.id"), c->incident);
    assert_int_equal(strlen(text_at(day, "chain.0.links")), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_chiefs_decide),
        cmocka_unit_test(the_board_shows_each_agency),
        cmocka_unit_test(the_first_screen_has_the_chain),
    };
    return cmocka_run_group_tests_name("round", tests, make, end);
}
