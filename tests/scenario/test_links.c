/* A wrong person or group is unlinked from an incident: it stays to be seen, counts nowhere, and
 * who saw it is told. */
#include "harness.h"

#include "treben/base/mem.h"

struct city {
    struct stage *st;
    char *incident, *person, *link, *part;
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
    c->incident =
        made(t, "incident",
             json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                       "2026-11-20 23:41", "known_at", "2026-11-20 23:50", "area", "OKAND"));
    c->person = made(t, "person",
                     json_pack("{s:s, s:s, s:s}", "kind", "MEDLEM", "family_name", "Zander",
                               "birth_date", "1998-02-03"));
    AUTOFREE char *group = made(t, "group", json_pack("{s:s}", "name", "Kvarnen"));
    c->link = made(t, "incident_person",
                   json_pack("{s:s, s:s, s:s}", "incident", c->incident, "person", c->person,
                             "part", "VITTNE"));
    c->part = made(t, "incident_group",
                   json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "incident", c->incident,
                             "group", group, "part", "UTFORANDE", "certainty", "1", "source_grade",
                             "A", "info_grade", "1", "handling", "H0"));
    assert_int_equal(talk_end(t), 0);
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct city *c = *state;
    stage_end(c->st);
    free(c->incident);
    free(c->person);
    free(c->link);
    free(c->part);
    free(c);
    return 0;
}

static void look(const struct city *c, const char *login, const char *id)
{
    struct talk *t = talk_start(c->st, login);
    talk_ask(t, "show", json_pack("{s:s, s:s}", "id", id, "as", "screen"));
    assert_int_equal(talk_end(t), 0);
}

/* The tab of this kind on a record. */
static const json_t *tab(struct talk *t, const char *id, const char *kind)
{
    const json_t *r = talk_ask(t, "show", json_pack("{s:s, s:s}", "id", id, "as", "screen"));
    const json_t *tabs = at(r, "subrows");
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)(size_t)tabs, i, one)
    {
        if (strcmp(text_at(one, "kind"), kind) == 0) {
            return one;
        }
    }
    fail_msg("no tab of %s", kind);
    return NULL;
}

static int64_t listed(struct talk *t, const char *kind, const char *filter)
{
    const json_t *r = talk_ask(t, "list", json_pack("{s:s, s:s}", "kind", kind, "filter", filter));
    return (int64_t)json_array_size(at(r, "rows"));
}

static int64_t events(struct talk *t, const char *id)
{
    const json_t *r = talk_ask(t, "timeline", json_pack("{s:s}", "id", id));
    return (int64_t)json_array_size(at(r, "rows"));
}

static bool names(const json_t *done, const char *name)
{
    const json_t *list = at(done, "seen_by");
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)(size_t)list, i, one)
    {
        if (strcmp(json_string_value(one), name) == 0) {
            return true;
        }
    }
    return false;
}

/* Who opened the row or the incident is named; who looked elsewhere is not, and nobody of an agency
 * to which persons of an incident are never shown. */
static void who_saw_a_person_is_told(void **state)
{
    const struct city *c = *state;
    look(c, "olle.dahl", c->link);
    look(c, "asa.lind", c->incident);
    look(c, "hakan.ek", c->person);
    struct talk *t = talk_start(c->st, "mira.holm");
    assert_int_equal(int_at(tab(t, c->incident, "incident_person"), "n"), 1);
    int64_t before = events(t, c->person);
    const json_t *no = talk_refused(
        t, "do", json_pack("{s:s, s:s, s:{}}", "id", c->link, "to", "FELKOPPLAD", "values"));
    assert_string_equal(text_at(no, "data.field"), "reason");
    const json_t *done =
        talk_ask(t, "do",
                 json_pack("{s:s, s:s, s:{}, s:s}", "id", c->link, "to", "FELKOPPLAD", "values",
                           "reason", "Förväxlad med en namne."));
    assert_true(names(done, "Olle Dahl"));
    assert_true(names(done, "Mira Holm")); /* who made it, and asked for the incident */
    assert_false(names(done, "Åsa Lind"));
    assert_false(names(done, "Håkan Ek"));
    assert_true(json_is_false(at(done, "seen_by_cut")));
    /* it stands there still, and counts nowhere */
    const json_t *people = tab(t, c->incident, "incident_person");
    assert_int_equal(int_at(people, "n"), 0);
    assert_int_equal(int_at(people, "wrong"), 1);
    assert_int_equal(listed(t, "incident_person", "wrong"), 1);
    assert_int_equal(events(t, c->person), before - 1);
    const json_t *r = talk_ask(t, "show", json_pack("{s:s, s:b}", "id", c->link, "history", 1));
    assert_string_equal(text_at(r, "record.state"), "FELKOPPLAD");
    r = talk_ask(t, "history", json_pack("{s:s}", "id", c->link));
    assert_string_equal(text_at(r, "history.0.reason"), "Förväxlad med en namne.");
    assert_int_equal(talk_end(t), 0);
}

/* A group's link is shown to other agencies: theirs who saw it are told too, and see that it was
 * wrong, not why. */
static void who_saw_a_group_is_told(void **state)
{
    const struct city *c = *state;
    look(c, "asa.lind", c->incident);
    struct talk *t = talk_start(c->st, "hakan.ek");
    const json_t *done =
        talk_ask(t, "do",
                 json_pack("{s:s, s:s, s:{}, s:s}", "id", c->part, "to", "FELKOPPLAD", "values",
                           "reason", "Zebrakällan tog fel."));
    assert_true(names(done, "Åsa Lind"));
    assert_int_equal(talk_end(t), 0);
    t = talk_start(c->st, "asa.lind");
    const json_t *groups = tab(t, c->incident, "incident_group");
    assert_int_equal(int_at(groups, "n"), 0);
    assert_int_equal(int_at(groups, "wrong"), 1);
    const json_t *r = talk_ask(t, "show", json_pack("{s:s, s:b}", "id", c->part, "history", 1));
    assert_string_equal(text_at(r, "record.state"), "FELKOPPLAD");
    r = talk_ask(t, "history", json_pack("{s:s}", "id", c->part));
    AUTOFREE char *all = json_dumps(r, 0);
    assert_null(strstr(all, "Zebra"));
    assert_int_equal(talk_end(t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_saw_a_person_is_told, make, end),
        cmocka_unit_test_setup_teardown(who_saw_a_group_is_told, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
