/* On call, and what holds together: handovers and their receipts, the roster, documents in pieces,
 * links from both ends, tasks of somebody who leaves. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

#include <stdio.h>

struct city {
    struct stage *st;
    struct talk *city, *police, *night, *night_p;
};

static char *made(struct talk *t, const char *kind, json_t *values)
{
    const json_t *r = talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

static const char *refused_new(struct talk *t, const char *kind, json_t *values)
{
    return text_at(talk_refused(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values)),
                   "message");
}

static void done(struct talk *t, const char *id, const char *to, json_t *values)
{
    talk_ask(t, "do", json_pack("{s:s, s:s, s:o}", "id", id, "to", to, "values", values));
}

static const char *refused_do(struct talk *t, const char *id, const char *to)
{
    return text_at(
        talk_refused(t, "do", json_pack("{s:s, s:s, s:{}}", "id", id, "to", to, "values")),
        "message");
}

static const char *field(struct talk *t, const char *id, const char *name)
{
    const json_t *r = talk_ask(t, "show", json_pack("{s:s}", "id", id));
    return json_string_value(json_object_get(at(r, "record"), name));
}

static size_t count(struct talk *t, const char *kind, const char *filter)
{
    const json_t *r = talk_ask(t, "list", json_pack("{s:s, s:s}", "kind", kind, "filter", filter));
    return json_array_size(at(r, "rows"));
}

static int make(void **state)
{
    struct city *c = xcalloc(1, sizeof *c);
    c->st = stage_make();
    c->city = talk_start(c->st, "asa.lind");
    c->police = talk_start(c->st, "hakan.ek");
    c->night = talk_start(c->st, "per.nystrom");
    c->night_p = talk_start(c->st, "lena.falk");
    *state = c;
    return 0;
}

static int end(void **state)
{
    struct city *c = *state;
    talk_end(c->city);
    talk_end(c->police);
    talk_end(c->night);
    talk_end(c->night_p);
    stage_end(c->st);
    free(c);
    return 0;
}

static json_t *shift(const char *text)
{
    return json_pack("{s:s, s:s, s:s}", "from", "2026-11-27 16:00", "to", "2026-11-30 08:00",
                     "shared_text", text);
}

static void handed_over_and_back(void **state)
{
    struct city *c = *state;
    AUTOFREE char *h = made(c->police, "handover", shift("Oroligt i Kvarnby efter fredagen."));
    assert_string_equal(field(c->police, h, "due"), "2026-11-27T14:00:00Z"); /* Friday 15:00 */
    assert_contains(refused_do(c->city, h, "LAMNAD"), "author");
    assert_contains(refused_do(c->night_p, h, "KVITTERAD"), "cannot become");
    talk_refused(c->night_p, "new",
                 json_pack("{s:s, s:{s:s}}", "kind", "handover_receipt", "values", "handover", h));
    done(c->police, h, "LAMNAD", json_object());
    assert_contains(text_at(talk_refused(c->police, "set",
                                         json_pack("{s:s, s:{s:s}}", "id", h, "values",
                                                   "shared_text", "Något annat")),
                            "message"),
                    "handed over");
    free(made(c->night, "handover_receipt", json_pack("{s:s}", "handover", h)));
    assert_string_equal(field(c->police, h, "state"), "LAMNAD"); /* the city's read its part */
    assert_contains(refused_do(c->night, h, "KVITTERAD"), "own on-call");
    assert_contains(refused_do(c->police, h, "KVITTERAD"), "You may not");
    done(c->night_p, h, "KVITTERAD", json_object());
    assert_int_equal(count(c->police, "handover_receipt", "user != null"), 2);
    assert_contains(refused_do(c->night_p, h, "ATERRAPPORTERAD"), "must be filled in");
    done(c->night_p, h, "ATERRAPPORTERAD", json_pack("{s:s}", "report", "Lugnt hela natten."));
    assert_contains(refused_do(c->night_p, h, "STANGD"), "author");
    done(c->police, h, "STANGD", json_object());
}

/* Must never: an address in the shared part; one agency's own part with another; sent by e-mail. */
static void the_shared_part_is_clean(void **state)
{
    struct city *c = *state;
    static const char *const bad[] = {"Han bor på Hamngatan 4 nu.", "Placerad 412 55 Storstad.",
                                      "Gäller 19900101-9802."};
    for (size_t i = 0; i < N_OF(bad); i++) {
        const char *said = refused_new(c->city, "handover", shift(bad[i]));
        assert_contains(said, "Other agencies read this text");
    }
    free(made(c->city, "handover", shift("Ring 031-390 06 00, vid Kvarnby torg, före 22.")));
    assert_contains(refused_new(c->police, "handover",
                                json_pack("{s:s, s:s, s:s}", "from", "+1 16:00", "to", "+2 08:00",
                                          "exit_acute", "En klient")),
                    "Only the exit unit");
    struct talk *unit = talk_start(c->st, "tom.berg");
    AUTOFREE char *h = made(unit, "handover",
                            json_pack("{s:s, s:s, s:s}", "from", "+1 16:00", "to", "+2 08:00",
                                      "exit_acute", "Akutplan för klienten"));
    talk_end(unit);
    assert_non_null(field(c->night, h, "exit_acute"));
    struct talk *others[] = {c->city, c->police, c->night_p};
    for (size_t i = 0; i < N_OF(others); i++) {
        const json_t *r = talk_ask(others[i], "show", json_pack("{s:s}", "id", h));
        AUTOFREE char *all = json_dumps(r, 0);
        assert_null(strstr(all, "Akutplan"));
    }
    const json_t *no = talk_refused(c->police, "mail", json_pack("{s:s}", "id", h));
    assert_int_equal(int_at(no, "code"), -32601);
}

static void nobody_read_it(void **state)
{
    struct city *c = *state;
    AUTOFREE char *h = made(c->police, "handover",
                            json_pack("{s:s, s:s, s:s}", "from", "2026-11-22 16:00", "to",
                                      "2026-11-23 08:00", "shared_text", "Oroligt i Kvarnby."));
    done(c->police, h, "LAMNAD", json_object());
    talk_ask(c->police, "clock", json_pack("{s:s, s:b}", "now", "2026-11-22T15:29:00Z", "keep", 1));
    struct talk *chief = talk_start(c->st, "olle.dahl");
    assert_int_equal(count(chief, "task", "clock == \"handover_unread\""), 0);
    talk_ask(chief, "clock", json_pack("{s:s, s:b}", "now", "2026-11-22T15:31:00Z", "keep", 1));
    talk_end(chief);
    chief = talk_start(c->st, "olle.dahl");
    assert_int_equal(
        count(chief, "task", "clock == \"handover_unread\" and state == \"NY\""), 1);
    done(c->night_p, h, "KVITTERAD", json_object());
    assert_int_equal(count(chief, "task", "clock == \"handover_unread\" and state == \"NY\""), 0);
    talk_ask(chief, "clock", json_pack("{s:s, s:b}", "now", STAGE_NOW, "keep", 0));
    talk_end(chief);
}

static void one_on_duty_at_a_time(void **state)
{
    struct city *c = *state;
    AUTOFREE char *d = made(c->night, "duty_roster",
                            json_pack("{s:s, s:s, s:s, s:s}", "user", "per.nystrom", "from",
                                      "2026-11-27 16:00", "to", "2026-11-28 08:00", "phone",
                                      "031-390 06 01"));
    assert_string_equal(field(c->night_p, d, "phone"), "031-390 06 01"); /* they call each other */
    const json_t *list = talk_ask(c->night_p, "list", json_pack("{s:s}", "kind", "duty_roster"));
    AUTOFREE char *all = json_dumps(list, 0);
    assert_null(strstr(all, "390 06")); /* sealed: never in a list */
    assert_contains(refused_new(c->night, "duty_roster",
                                json_pack("{s:s, s:s, s:s}", "user", "asa.lind", "from",
                                          "2026-11-28 07:00", "to", "2026-11-28 16:00")),
                    "on duty then already");
    assert_contains(refused_new(c->night, "duty_roster",
                                json_pack("{s:s, s:s, s:s}", "user", "lena.falk", "from",
                                          "2026-11-29 07:00", "to", "2026-11-29 16:00")),
                    "own agency");
    AUTOFREE char *day = json_dumps(talk_ask(c->night, "myday", NULL), 0);
    assert_contains(day, "Nobody on duty from: Mon 16:00, Tue 16:00, Wed 16:00, Thu 16:00, Sat 08:00");
    AUTOFREE char *other = json_dumps(talk_ask(c->night_p, "myday", NULL), 0);
    assert_null(strstr(other, "Nobody on duty")); /* the police keep none here */
}

/* --- documents */

static char *sent(struct talk *t, const char *base64)
{
    return xstrdup(text_at(talk_ask(t, "file.put", json_pack("{s:s}", "data", base64)), "blob"));
}

static void a_document_in_pieces(void **state)
{
    struct city *c = *state;
    AUTOFREE char *blob = sent(c->police, "JVBERi0x"); /* %PDF-1 */
    talk_ask(c->police, "file.put",
             json_pack("{s:s, s:s, s:i}", "data", "LjcK", "blob", blob, "no", 1));
    talk_refused(c->police, "file.put", /* a piece twice */
                 json_pack("{s:s, s:s, s:i}", "data", "LjcK", "blob", blob, "no", 1));
    talk_refused(c->city, "file.put",
                 json_pack("{s:s, s:s, s:i}", "data", "LjcK", "blob", blob, "no", 2));
    assert_contains(refused_new(c->city, "document",
                                json_pack("{s:s, s:s, s:s}", "title", "Lånad", "kind", "RAPPORT",
                                          "blob", blob)),
                    "must be filled in");
    AUTOFREE char *d = made(c->police, "document",
                            json_pack("{s:s, s:s, s:s}", "title", "Rapport", "kind", "RAPPORT",
                                      "blob", blob));
    assert_string_equal(field(c->police, d, "mime"), "application/pdf");
    assert_int_equal(
        int_at(talk_ask(c->police, "show", json_pack("{s:s}", "id", d)), "record.size"), 9);
    const json_t *r = talk_ask(c->police, "file.get", json_pack("{s:s, s:i}", "id", d, "no", 1));
    assert_string_equal(text_at(r, "data"), "LjcK");
    assert_true(json_is_false(at(r, "more")));
    talk_refused(c->city, "file.get", json_pack("{s:s}", "id", d));
    AUTOFREE char *m = made(c->police, "meeting",
                            json_pack("{s:s, s:s}", "kind", "SAMORDNING", "starts", "+1 13:00"));
    AUTOFREE char *sound = sent(c->police, "T2dnUwAC"); /* OggS */
    assert_contains(refused_new(c->police, "document",
                                json_pack("{s:s, s:s, s:s, s:s}", "subject", m, "title", "Ljud",
                                          "kind", "PROTOKOLL", "blob", sound)),
                    "not recorded");
}

/* --- links */

static void found_from_both_ends(void **state)
{
    struct city *c = *state;
    struct talk *analyst = talk_start(c->st, "mira.holm"), *unit = talk_start(c->st, "tom.berg");
    AUTOFREE char *group = made(analyst, "group", json_pack("{s:s}", "name", "Kvarnen"));
    AUTOFREE char *person =
        made(analyst, "person", json_pack("{s:s, s:s}", "kind", "KONTAKT", "family_name", "Zander"));
    AUTOFREE char *l = made(analyst, "link",
                            json_pack("{s:s, s:s, s:s}", "subject", group, "other", person, "text",
                                      "Bor granne"));
    char filter[80];
    snprintf(filter, sizeof filter, "subject == \"%s\"", person);
    assert_int_equal(count(analyst, "link", filter), 1);
    assert_int_equal(count(c->city, "link", "text != null"), 0); /* sees the group alone */
    assert_contains(refused_new(analyst, "link",
                                json_pack("{s:s, s:s}", "subject", group, "other", person)),
                    "already");
    talk_ask(analyst, "do",
             json_pack("{s:s, s:s, s:{}, s:s}", "id", l, "to", "FELKOPPLAD", "values", "reason",
                       "Fel person"));
    assert_int_equal(count(analyst, "link", "state == \"KOPPLAD\""), 0); /* undone at both ends */
    AUTOFREE char *client =
        made(unit, "person", json_pack("{s:s, s:s}", "kind", "AVHOPPARE", "family_name", "Lind"));
    AUTOFREE char *incident = made(analyst, "incident",
                                   json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING",
                                             "occurred_at", "2026-11-20 23:10", "known_at",
                                             "2026-11-20 23:20", "area", "OKAND"));
    assert_contains(refused_new(unit, "link",
                                json_pack("{s:s, s:s}", "subject", client, "other", incident)),
                    "Help is linked to help only");
    talk_end(analyst);
    talk_end(unit);
}

/* --- a case worker who leaves */

static void nothing_is_orphaned(void **state)
{
    struct city *c = *state;
    struct talk *admin = talk_start(c->st, "greta.moss"), *worker = talk_start(c->st, "sara.wik");
    struct talk *unit = talk_start(c->st, "tom.berg");
    AUTOFREE char *offer = made(worker, "help_offer",
                                json_pack("{s:s, s:s, s:s, s:s}", "anonymous", "ja", "given_in",
                                          "TELEFON", "given_at", "idag 10:00", "offer_kinds",
                                          "BOENDE"));
    AUTOFREE char *task = made(worker, "task",
                               json_pack("{s:s, s:s, s:s}", "title", "Ring tillbaka", "due", "+2 16:00",
                                         "subject", offer));
    talk_ask(admin, "set",
             json_pack("{s:s, s:{s:s, s:s}}", "id", "sara.wik", "values", "active_from", "2026-01-01",
                       "active_to", "igår"));
    assert_string_equal(field(unit, task, "owner_role"), "AVHOPP_CHEF");
    assert_null(field(unit, task, "owner"));
    assert_int_equal(count(unit, "task", "clock == \"handed_on\""), 1);
    struct talk *chief = talk_start(c->st, "ingrid.ros"); /* not of the unit: knows nothing of it */
    talk_refused(chief, "show", json_pack("{s:s}", "id", task));
    talk_end(chief);
    talk_end(admin);
    talk_end(worker);
    talk_end(unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(handed_over_and_back, make, end),
        cmocka_unit_test_setup_teardown(the_shared_part_is_clean, make, end),
        cmocka_unit_test_setup_teardown(nobody_read_it, make, end),
        cmocka_unit_test_setup_teardown(one_on_duty_at_a_time, make, end),
        cmocka_unit_test_setup_teardown(a_document_in_pieces, make, end),
        cmocka_unit_test_setup_teardown(found_from_both_ends, make, end),
        cmocka_unit_test_setup_teardown(nothing_is_orphaned, make, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
