/* A group audit through the line: planned, captured and put up by one, adopted by another; of the
 * other agencies nobody can tell that there was one. */
#include "harness.h"

#include "treben/base/mem.h"

static char *made(struct talk *t, const char *kind, json_t *values)
{
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static void moved(struct talk *t, const char *id, const char *to, json_t *values)
{
    talk_ask(t, "do", json_pack("{s:s, s:s, s:o}", "id", id, "to", to, "values", values));
}

static void an_audit_changes_the_picture(void **state)
{
    struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    AUTOFREE char *group = made(t, "group", json_pack("{s:s}", "name", "Kvarnen"));
    AUTOFREE char *person = made(t, "person",
                                 json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name",
                                           "Zander", "birth_date", "1998-02-03"));
    AUTOFREE char *audit = made(
        t, "audit", json_pack("{s:s, s:s}", "scope", "Hela staden", "participants", "mira.holm"));
    moved(t, audit, "PAGAR", json_object());
    AUTOFREE char *row =
        made(t, "audit_row",
             json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "audit", audit,
                       "kind", "KOPPLING", "group", group, "person", person, "role", "MEDLEM",
                       "from", "2025", "criteria", "KARTLAGGNING,DOM", "suspicion_basis", "P1A",
                       "source_grade", "A", "info_grade", "1", "handling", "H3"));
    moved(t, audit, "UNDER_GRANSKNING", json_object());
    const json_t *no = talk_refused(
        t, "do", json_pack("{s:s, s:s, s:{}}", "id", audit, "to", "FASTSTALLD", "values"));
    assert_string_equal(text_at(no, "data.code"), "denied");
    assert_int_equal(talk_end(t), 0);
    t = talk_start(st, "hakan.ek");
    talk_ask(t, "set", json_pack("{s:s, s:{s:s}}", "id", row, "values", "accepted", "ja"));
    moved(t, audit, "FASTSTALLD", json_object());
    const json_t *r = talk_ask(
        t, "list",
        json_pack("{s:s, s:s, s:s}", "kind", "membership", "filter", "confirmed", "as", "values"));
    assert_string_equal(text_at(r, "rows.0.person"), person);
    r = talk_ask(t, "history", json_pack("{s:s}", "id", group));
    assert_contains(text_at(r, "history.0.reason"), "GK-2026-01");
    assert_int_equal(talk_end(t), 0);
    t = talk_start(st, "asa.lind");
    no = talk_refused(t, "show", json_pack("{s:s}", "id", "GK-2026-01"));
    assert_string_equal(text_at(no, "data.code"), "missing");
    r = talk_ask(t, "count", json_pack("{s:s}", "kind", "audit_row"));
    assert_int_equal(int_at(r, "n"), 0);
    assert_int_equal(talk_end(t), 0);
}

/* The list of a register is no list to take along: each time it is shown, the log says to whom and
 * how much. */
static void who_reads_the_list_is_logged(void **state)
{
    struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    int64_t before = stage_log_rows(st);
    talk_ask(t, "list", json_pack("{s:s}", "kind", "membership"));
    assert_int_equal(stage_log_rows(st), before + 1);
    AUTOFREE char *action = stage_log_last(st, "action");
    assert_string_equal(action, "LISTA");
    assert_int_equal(talk_end(t), 0);
}

static int make(void **state)
{
    *state = stage_make();
    return 0;
}

static int end(void **state)
{
    stage_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_audit_changes_the_picture, make, end),
        cmocka_unit_test_setup_teardown(who_reads_the_list_is_logged, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
