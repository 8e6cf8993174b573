/* The weekly meeting through the line: the agenda makes itself and tells nobody more than they may
 * know; the minutes are typed line by line, adjusted by another, and locked. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

#include <stdio.h>

struct city {
    struct stage *st;
    struct talk *city, *police, *probation, *analyst;
    char *meeting;
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

static const char *refused_do(struct talk *t, const char *id, const char *to)
{
    return text_at(
        talk_refused(t, "do", json_pack("{s:s, s:s, s:{}}", "id", id, "to", to, "values")),
        "message");
}

static const char *refused_set(struct talk *t, const char *id, const char *field, const char *value)
{
    json_t *p = json_pack("{s:s, s:{s:s}}", "id", id, "values", field, value);
    return text_at(talk_refused(t, "set", p), "message");
}

static int make(void **state)
{
    struct city *c = xcalloc(1, sizeof *c);
    c->st = stage_make();
    c->city = talk_start(c->st, "asa.lind");
    c->police = talk_start(c->st, "hakan.ek");
    c->probation = talk_start(c->st, "eva.strand");
    c->analyst = talk_start(c->st, "mira.holm");
    c->meeting = made(c->city, "meeting",
                      json_pack("{s:s, s:s, s:s}", "kind", "SAMORDNING", "starts",
                                "2026-11-22 13:00", "place", "Stadshuset"));
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct city *c = *state;
    talk_end(c->city);
    talk_end(c->police);
    talk_end(c->probation);
    talk_end(c->analyst);
    stage_end(c->st);
    free(c->meeting);
    free(c);
    return 0;
}

/* The point of that kind as this one reads it; NULL: it is not there. */
static const json_t *point(struct talk *t, const struct city *c, const char *kind)
{
    const json_t *items =
        at(talk_ask(t, "agenda", json_pack("{s:s}", "id", c->meeting)), "items"), *item;
    size_t i;
    json_array_foreach(items, i, item)
    {
        if (str_eq(text_at(item, "kind"), kind)) {
            return item;
        }
    }
    return NULL;
}

static char *point_id(const struct city *c, const char *kind)
{
    const json_t *item = point(c->city, c, kind);
    assert_non_null(item);
    return xstrdup(text_at(item, "id"));
}

static const json_t *typed(struct talk *t, const char *item, const char *line)
{
    return talk_ask(t, "minute", json_pack("{s:s, s:s}", "id", item, "line", line));
}

static const char *mistyped(struct talk *t, const char *item, const char *line)
{
    json_t *p = json_pack("{s:s, s:s}", "id", item, "line", line);
    return text_at(talk_refused(t, "minute", p), "message");
}

static void begin(struct city *c)
{
    done(c->city, c->meeting, "PAGAR", json_object());
}

static void come(struct city *c, bool probation)
{
    AUTOFREE char *who = point_id(c, "NARVARO");
    typed(c->city, who, "@asa.lind");
    typed(c->city, who, "@hakan.ek");
    typed(c->city, who, probation ? "@eva.strand distans" : "@eva.strand frånvarande");
}

static void finish(struct city *c)
{
    done(c->city, c->meeting, "PROTOKOLL_UTKAST", json_pack("{s:s}", "adjuster", "hakan.ek"));
}

/* --- the agenda */

static void in_the_order_of_the_method(void **state)
{
    struct city *c = *state;
    static const char *const order[] = {"NARVARO",    "FORSENADE", "GMI",      "OBESVARADE",
                                        "KONFLIKTER", "SAMTAL",    "OMGANGAR", "FRIGIVNINGAR",
                                        "HJALP",      "CALL_IN",   "BESLUT",   "UPPGIFTER",
                                        "NASTA"};
    const json_t *items =
        at(talk_ask(c->probation, "agenda", json_pack("{s:s}", "id", c->meeting)), "items");
    assert_int_equal(json_array_size(items), N_OF(order));
    for (size_t i = 0; i < N_OF(order); i++) {
        const json_t *item = json_array_get(items, i);
        assert_string_equal(text_at(item, "kind"), order[i]);
        assert_string_equal(text_at(item, "heard_by"), "SNC,POL,FRI");
        assert_string_equal(text_at(item, "class"), "Shared in GVI");
    }
    AUTOFREE char *own = made(c->city, "meeting",
                              json_pack("{s:s, s:s}", "kind", "KARTLAGGNING", "starts", "+1 10:00"));
    items = at(talk_ask(c->city, "agenda", json_pack("{s:s}", "id", own)), "items");
    assert_int_equal(json_array_size(items), 5);
    talk_refused(c->probation, "agenda", json_pack("{s:s}", "id", own));
}

/* Each reader's own rights: what probation knows of a release is not read out to the others. */
static void rows_are_the_readers_own(void **state)
{
    struct city *c = *state;
    free(made(c->probation, "person",
              json_pack("{s:s, s:s, s:s, s:s}", "kind", "KLIENT", "family_name", "Zander",
                        "custody_state", "ANSTALT", "custody_to", "+12")));
    free(made(c->analyst, "incident",
              json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                        "2026-11-20 23:10", "known_at", "2026-11-20 23:20", "area", "OKAND")));
    const json_t *release = point(c->probation, c, "FRIGIVNINGAR");
    assert_int_equal(json_array_size(at(release, "rows")), 1);
    assert_contains(text_at(release, "rows.0.what"), "Zander");
    assert_int_equal(json_array_size(at(point(c->city, c, "FRIGIVNINGAR"), "rows")), 0);
    assert_int_equal(json_array_size(at(point(c->police, c, "FRIGIVNINGAR"), "rows")), 0);
    const json_t *open = point(c->city, c, "OBESVARADE");
    assert_int_equal(json_array_size(at(open, "rows")), 1);
    assert_contains(text_at(open, "rows.0.detail"), "2 days");
}

/* Help is figures, and none that is small enough to be somebody. */
static void help_is_an_aggregate(void **state)
{
    struct city *c = *state;
    AUTOFREE char *person = made(c->probation, "person",
                                 json_pack("{s:s, s:s}", "kind", "KLIENT", "family_name", "Quist"));
    for (int i = 0; i < 7; i++) {
        char given[24];
        snprintf(given, sizeof given, "2026-10-%02d 10:00", i + 1);
        AUTOFREE char *offer = made(c->probation, "help_offer",
                                    json_pack("{s:s, s:s, s:s, s:s}", "person", person, "given_in",
                                              "CN", "given_at", given, "offer_kinds", "BOENDE"));
        if (i < 3) {
            done(c->probation, offer, "INTRESSE", json_pack("{s:s}", "response", "JA"));
        }
    }
    const json_t *help = point(c->city, c, "HJALP");
    assert_string_equal(text_at(help, "rows.0.what"),
                        "Offers of help given, 2026-08-01 to 2026-10-31");
    assert_string_equal(text_at(help, "rows.0.detail"), "about 5");
    assert_string_equal(text_at(help, "rows.1.detail"), "fewer than 5");
    assert_string_equal(text_at(help, "rows.2.detail"), "fewer than 5");
    AUTOFREE char *whole = json_dumps(help, 0);
    assert_null(strstr(whole, "Quist"));
    assert_null(strstr(whole, person));
}

/* --- the minutes */

/* What was written under a point, found by its words: lines of one second have no order. */
static const json_t *line(const json_t *item, const char *text)
{
    const json_t *one;
    size_t i;
    json_array_foreach(at(item, "written"), i, one)
    {
        if (str_eq(text_at(one, "text"), text)) {
            return one;
        }
    }
    fail_msg("nothing says \"%s\"", text);
    return NULL;
}

static void typed_line_by_line(void **state)
{
    struct city *c = *state;
    begin(c);
    AUTOFREE char *item = point_id(c, "OBESVARADE");
    typed(c->city, item, "d Vi träffar gruppen före helgen fre");
    typed(c->city, item, "t @POL +7 Boka två samtal");
    typed(c->city, item, "t Ring skolan @eva.strand");
    typed(c->city, item, "t Följ upp @CHEF idag");
    typed(c->city, item, "Skolan är orolig.");
    typed(c->city, item, "n Fältarna är ute i kväll.");
    const json_t *p = point(c->probation, c, "OBESVARADE"); /* who heard it reads it */
    assert_int_equal(json_array_size(at(p, "written")), 4);
    assert_string_equal(text_at(line(p, "Vi träffar gruppen före helgen"), "due"),
                        "2026-11-27 Fri w48");
    const json_t *task = line(p, "Boka två samtal");
    assert_string_equal(text_at(task, "who"), "POL");
    assert_contains(text_at(task, "due"), "2026-11-29");
    assert_contains(text_at(line(p, "Ring skolan"), "who"), "Eva Strand");
    assert_string_equal(text_at(p, "text"), "Skolan är orolig.\nFältarna är ute i kväll.");
    const json_t *mine = talk_ask(
        c->police, "list",
        json_pack("{s:s, s:s, s:s}", "kind", "task", "filter",
                  "source != null and owner_agency == \"POL\"", "as", "values"));
    assert_string_equal(text_at(mine, "rows.0.owner_role"), "KOORD_P"); /* an agency's own desk */
    assert_string_equal(text_at(mine, "rows.0.owner_agency"), "POL");
}

static void mistakes_are_said_and_store_nothing(void **state)
{
    struct city *c = *state;
    begin(c);
    AUTOFREE char *item = point_id(c, "OBESVARADE");
    assert_contains(mistyped(c->city, item, "t Ring skolan"), "Say who does it");
    assert_contains(mistyped(c->city, item, "t @gunnar Ring skolan"), "nobody called \"gunnar\"");
    assert_contains(mistyped(c->city, item, "t @POL fre"), "must be filled in");
    assert_contains(mistyped(c->city, item, "d Vi söker 19900101-9802"), "identity number");
    assert_contains(mistyped(c->police, item, "d Något annat"), "secretary writes");
    char long_line[1200] = "d ";
    memset(long_line + 2, 'x', 800);
    assert_contains(mistyped(c->city, item, long_line), "too long");
    talk_refused(c->city, "minute", json_pack("{s:s, s:s}", "id", c->meeting, "line", "d Nej"));
    const json_t *p = point(c->city, c, "OBESVARADE");
    assert_int_equal(json_array_size(at(p, "written")), 0);
    assert_string_equal(text_at(p, "text"), "");
}

static void through_its_states(void **state)
{
    struct city *c = *state;
    assert_contains(refused_do(c->police, c->meeting, "PAGAR"), "Secretary");
    assert_contains(refused_do(c->city, c->meeting, "JUSTERAT"), "cannot become");
    begin(c);
    json_t *adjuster = json_pack("{s:s, s:s, s:{s:s}}", "id", c->meeting, "to", "PROTOKOLL_UTKAST",
                                 "values", "adjuster", "hakan.ek");
    assert_contains(text_at(talk_refused(c->city, "do", adjuster), "message"), "whether they came");
    come(c, true);
    assert_contains(refused_do(c->city, c->meeting, "PROTOKOLL_UTKAST"), "who adjusts");
    assert_contains(refused_do(c->police, c->meeting, "PROTOKOLL_UTKAST"), "Secretary");
    adjuster = json_pack("{s:s, s:s, s:{s:s}}", "id", c->meeting, "to", "PROTOKOLL_UTKAST",
                         "values", "adjuster", "asa.lind");
    assert_contains(text_at(talk_refused(c->city, "do", adjuster), "message"), "does not adjust");
    finish(c);
    const json_t *tasks = talk_ask(c->police, "list",
                                   json_pack("{s:s, s:s, s:s}", "kind", "task", "filter",
                                             "clock == \"meeting_adjust\"", "as", "values"));
    assert_contains(text_at(tasks, "rows.0.due"), "2026-11-24"); /* two working days */
    assert_contains(refused_do(c->city, c->meeting, "JUSTERAT"), "Adjuster");
    assert_contains(refused_do(c->probation, c->meeting, "JUSTERAT"), "Adjuster");
    done(c->police, c->meeting, "JUSTERAT", json_object());
    assert_contains(refused_do(c->police, c->meeting, "LAST"), "system");
    AUTOFREE char *item = point_id(c, "BESLUT");
    assert_contains(mistyped(c->city, item, "d Ett till"), "stand as they are");
    assert_contains(mistyped(c->city, item, "t @POL Ett till"), "stand as they are");
    assert_contains(mistyped(c->city, item, "n Ett till"), "stand as they are");
    assert_contains(refused_set(c->city, c->meeting, "place", "Annanstans"), "stand as they are");
}

static void the_calendar_locks(void **state)
{
    struct city *c = *state;
    begin(c);
    come(c, true);
    finish(c);
    done(c->police, c->meeting, "JUSTERAT", json_object());
    talk_ask(c->city, "clock", json_pack("{s:s, s:b}", "now", "2026-11-24T08:00:00Z", "keep", 1));
    struct talk *next = talk_start(c->st, "asa.lind");
    const json_t *r = talk_ask(next, "show", json_pack("{s:s}", "id", c->meeting));
    assert_string_equal(text_at(r, "record.state"), "LAST");
    assert_contains(refused_set(next, c->meeting, "place", "Annanstans"), "locked");
    talk_ask(next, "clock", json_pack("{s:s, s:b}", "now", STAGE_NOW, "keep", 0));
    talk_end(next);
}

/* --- what must never happen */

/* Who was not in the room has not heard it, and does not read it. */
static void absent_is_not_told(void **state)
{
    struct city *c = *state;
    begin(c);
    AUTOFREE char *item = point_id(c, "OBESVARADE");
    typed(c->city, item, "d Vi väntar en vecka");
    come(c, false);
    assert_non_null(point(c->probation, c, "OBESVARADE"));
    finish(c);
    assert_null(point(c->probation, c, "OBESVARADE"));
    assert_non_null(point(c->police, c, "OBESVARADE"));
    talk_refused(c->probation, "show", json_pack("{s:s}", "id", item));
    const json_t *list = talk_ask(c->probation, "list", json_pack("{s:s}", "kind",
                                                                  "meeting_decision"));
    assert_int_equal(json_array_size(at(list, "rows")), 0);
}

/* One agency's secret does not come into what all read, not by a remark, not by opening it later. */
static void a_secret_stays_in_its_agency(void **state)
{
    struct city *c = *state;
    AUTOFREE char *secret =
        made(c->police, "agenda_item",
             json_pack("{s:s, s:s, s:s, s:s, s:s}", "meeting", c->meeting, "title", "Spaning",
                       "info_class", "SEKRETESS", "text", "Källan säger fredag.", "heard_by",
                       "SNC,POL,FRI"));
    assert_contains(refused_set(c->police, secret, "info_class", "DELAD"), "not opened");
    assert_contains(refused_set(c->police, secret, "heard_by", "POL,SNC"), "your own agency");
    begin(c);
    struct talk *others[] = {c->city, c->probation};
    for (size_t i = 0; i < N_OF(others); i++) {
        AUTOFREE char *all = json_dumps(
            talk_ask(others[i], "agenda", json_pack("{s:s}", "id", c->meeting)), 0);
        assert_null(strstr(all, "Spaning"));
        assert_null(strstr(all, secret));
        talk_refused(others[i], "show", json_pack("{s:s}", "id", secret));
        assert_contains(mistyped(others[i], secret, "d Nej"), "There is nothing called");
    }
    assert_non_null(point(c->police, c, "EGEN"));
    typed(c->police, secret, "d Vi avvaktar");
    const json_t *list = talk_ask(c->city, "list", json_pack("{s:s}", "kind", "meeting_decision"));
    assert_int_equal(json_array_size(at(list, "rows")), 0);
    /* nor is an agency let in afterwards to a point that two heard */
    AUTOFREE char *two = made(c->city, "meeting",
                              json_pack("{s:s, s:s, s:s}", "kind", "GENOMGANG", "starts",
                                        "2026-11-22 15:00", "heard_by", "SNC,POL"));
    const json_t *r = talk_ask(c->city, "agenda", json_pack("{s:s}", "id", two));
    AUTOFREE char *point = xstrdup(text_at(r, "items.0.id"));
    assert_contains(refused_set(c->city, point, "heard_by", "SNC,POL,FRI"), "did not hear");
}

/* Nobody who seeks help is taken up where others listen. */
static void exit_clients_are_not_discussed(void **state)
{
    struct city *c = *state;
    struct talk *unit = talk_start(c->st, "tom.berg");
    AUTOFREE char *client =
        made(unit, "person", json_pack("{s:s, s:s}", "kind", "AVHOPPARE", "family_name", "Lind"));
    AUTOFREE char *shared = made(unit, "meeting",
                                 json_pack("{s:s, s:s}", "kind", "SAMORDNING", "starts",
                                           "2026-11-23 13:00"));
    AUTOFREE char *own = made(unit, "meeting",
                              json_pack("{s:s, s:s}", "kind", "AVHOPP", "starts",
                                        "2026-11-23 15:00"));
    const json_t *no =
        talk_refused(unit, "new",
                     json_pack("{s:s, s:{s:s, s:s, s:s}}", "kind", "agenda_item", "values",
                               "meeting", shared, "title", "Ett ärende", "subjects", client));
    assert_contains(text_at(no, "message"), "seeks help");
    free(made(unit, "agenda_item",
              json_pack("{s:s, s:s, s:s}", "meeting", own, "title", "Ett ärende", "subjects",
                        client)));
    talk_refused(c->city, "show", json_pack("{s:s}", "id", own)); /* nor by the city's coordinator */
    talk_end(unit);
}

/* Without attendance there are no minutes, and no sound is kept in their place. */
static void no_minutes_without_attendance(void **state)
{
    struct city *c = *state;
    begin(c);
    AUTOFREE char *who = point_id(c, "NARVARO");
    typed(c->city, who, "@asa.lind");
    json_t *p = json_pack("{s:s, s:s, s:{s:s}}", "id", c->meeting, "to", "PROTOKOLL_UTKAST",
                          "values", "adjuster", "hakan.ek");
    assert_contains(text_at(talk_refused(c->city, "do", p), "message"), "at least two");
    typed(c->city, who, "Gunnar Gäst");
    finish(c);
}

static void a_week_without_a_meeting_is_seen(void **state)
{
    struct city *c = *state;
    static const char *const held[] = {"2026-10-27 13:00", "2026-11-10 13:00"};
    for (size_t i = 0; i < N_OF(held); i++) {
        AUTOFREE char *m = made(c->city, "meeting",
                                json_pack("{s:s, s:s}", "kind", "SAMORDNING", "starts", held[i]));
        done(c->city, m, "PAGAR", json_object());
    }
    free(made(c->city, "meeting", /* planned is not held */
              json_pack("{s:s, s:s}", "kind", "SAMORDNING", "starts", "2026-11-03 13:00")));
    const json_t *r = talk_ask(c->police, "agenda", json_pack("{s:s}", "id", c->meeting));
    assert_string_equal(text_at(r, "gaps"), "w 45");
    AUTOFREE char *day = json_dumps(talk_ask(c->police, "myday", NULL), 0);
    assert_contains(day, "Weeks without a coordination meeting: w 45");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(in_the_order_of_the_method, make, end),
        cmocka_unit_test_setup_teardown(rows_are_the_readers_own, make, end),
        cmocka_unit_test_setup_teardown(help_is_an_aggregate, make, end),
        cmocka_unit_test_setup_teardown(typed_line_by_line, make, end),
        cmocka_unit_test_setup_teardown(mistakes_are_said_and_store_nothing, make, end),
        cmocka_unit_test_setup_teardown(through_its_states, make, end),
        cmocka_unit_test_setup_teardown(the_calendar_locks, make, end),
        cmocka_unit_test_setup_teardown(absent_is_not_told, make, end),
        cmocka_unit_test_setup_teardown(a_secret_stays_in_its_agency, make, end),
        cmocka_unit_test_setup_teardown(exit_clients_are_not_discussed, make, end),
        cmocka_unit_test_setup_teardown(no_minutes_without_attendance, make, end),
        cmocka_unit_test_setup_teardown(a_week_without_a_meeting_is_seen, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
