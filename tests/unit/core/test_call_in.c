/* Call-ins, talks and promises: what must never happen (dossier 2.3 and 2.4), tried. The whole way is walked in
 * tests/scenario/test_walk_call_in.c, every step by every role in tests/rights/test_transitions.c. */
#include "world.h"

#include "treben/base/date.h"
#include "treben/base/mem.h"

#define NOW "2026-11-22T13:32:00Z"

struct room {
    char *group, *rival, *call, *client, *officer, *invitation;
};
static struct room room;

static char *keep(const char *id)
{
    return xstrdup(id);
}

static char *new_client(struct world *w, const char *kind, const char *protection)
{
    world_as(w, "KOORD_F", "FRI");
    return keep(world_new(w, "person", "kind", kind, "family_name", "Öberg", "birth_date", "1999",
                          "protection_level", protection, NULL));
}

static char *invite(struct world *w, const char *person, const char *group)
{
    world_as(w, "KOORD_F", "FRI");
    return keep(world_new(w, "invitation", "call_in", room.call, "person", person, "represents_group",
                          group, "compulsion", "FRIVILLIG", NULL));
}

static void clear(struct world *w, const char *subject)
{
    ROWS rows = look_all(w->c, "deconfliction", "id", "subject == \"%s\"", subject);
    for (int i = 0; i < rows.n; i++) {
        AUTOFREE char *id = xstrdup(rows.at[i]->id);
        AUTOFREE char *agency = xstrdup(record_common(rows.at[i], COMMON_OWNER_AGENCY));
        world_as(w, strcmp(agency, "SNC") == 0 ? "AVHOPP_HL" : *agency == 'P' ? "KOORD_P" : "KOORD_F",
                 agency);
        assert_fine(world_try_set(w, id, -1, "answer", "KLAR", NULL));
    }
}

static int begin(void **state)
{
    struct world *w = *state = world_make();
    instant now;
    assert_true(instant_from_text(NOW, &now));
    clock_set(now);
    world_as(w, "ANALYT_P", "POL");
    room.group = keep(world_new(w, "group", "name", "Kvarnen", NULL));
    room.rival = keep(world_new(w, "group", "name", "Norra kvarn", NULL));
    world_as(w, "KOORD_S", "SNC");
    room.call = keep(world_new(w, "call_in", "starts_at", "2027-01-19 18:00", "purpose", "Sluta.",
                               "window_from", "2027-01-11", "window_to", "2027-01-29", NULL));
    world_as(w, "CHEF", "POL");
    world_do(w, room.call, "BESLUTAD", NULL);
    world_as(w, "CHEF", "FRI");
    world_do(w, room.call, "BESLUTAD", NULL);
    room.officer = keep(world_user(w, "FRIV_INSP", "FRI"));
    room.client = new_client(w, "KLIENT", "INGEN");
    room.invitation = invite(w, room.client, room.group);
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    clock_set(INSTANT_NONE);
    free(room.group);
    free(room.rival);
    free(room.call);
    free(room.client);
    free(room.officer);
    free(room.invitation);
    return 0;
}

static int64_t tasks(struct world *w, const char *subject, const char *clock)
{
    return look_count(w->c, "task", "subject == \"%s\" and clock == \"%s\" and state == \"NY\"", subject,
                      clock);
}

static void whoever_leaves_a_group_carries_no_messages_to_it(void **state)
{
    struct world *w = *state;
    AUTOFREE char *leaver = new_client(w, "AVHOPPARE", "INGEN");
    assert_says(world_try_new(w, "invitation", "call_in", room.call, "person", leaver,
                              "represents_group", room.group, "compulsion", "FRIVILLIG", NULL),
                "cannot be invited");
}

/* Somebody else's person is not invited, and not everybody invites. */
static void each_agency_invites_its_own(void **state)
{
    struct world *w = *state;
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_new(w, "invitation", "call_in", room.call, "person", room.client,
                              "represents_group", room.group, "compulsion", "FRIVILLIG", NULL),
                "to refer to here");
    world_as(w, "KOORD_S", "SNC");
    assert_says(world_try_new(w, "invitation", "call_in", room.call, NULL), "may not make");
}

/* An invitee turns out to be in custody: who must act gets a task that says why, and it goes with the reason. */
static void custody_is_somebodys_task(void **state)
{
    struct world *w = *state;
    clear(w, room.invitation);
    assert_string_equal(world_get(w, room.invitation, "state"), "GRANSKAD");
    world_as(w, "KOORD_F", "FRI");
    assert_fine(world_try_set(w, room.client, -1, "custody_state", "HAKTAD", NULL));
    assert_int_equal(tasks(w, room.invitation, "inv_custody_f"), 1);
    assert_says(world_try_do(w, room.invitation, "GODKAND", NULL, "accompanied_by", room.officer,
                             NULL),
                "in custody");
    assert_fine(world_try_set(w, room.client, -1, "custody_state", "FRI", NULL));
    assert_int_equal(tasks(w, room.invitation, "inv_custody_f"), 0);
    /* known from the start, too */
    AUTOFREE char *held = keep(world_new(w, "person", "kind", "KLIENT", "family_name", "Ek",
                                         "custody_state", "ANSTALT", NULL));
    AUTOFREE char *invitation = invite(w, held, room.group);
    assert_int_equal(tasks(w, invitation, "inv_custody_f"), 1);
    world_as(w, "KOORD_F", "FRI");
    assert_says(world_try_do(w, invitation, "AVFORD", NULL, NULL), "why the person is removed");
    world_do(w, invitation, "AVFORD", "removed_reason", "FRIHETSBEROVAD", NULL);
    assert_int_equal(tasks(w, invitation, "inv_custody_f"), 0);
}

/* A stop, or an answer that is taken back, holds the invitation up wherever it stands. */
static void a_stop_holds(void **state)
{
    struct world *w = *state;
    AUTOFREE char *person = new_client(w, "KLIENT", "INGEN");
    AUTOFREE char *invitation = invite(w, person, room.rival);
    struct record *asked = look_first(w->c, "deconfliction", "id",
                                      "subject == \"%s\" and owner_agency == \"POL\"", invitation);
    AUTOFREE char *id = xstrdup(asked->id);
    record_free(asked);
    clear(w, invitation);
    world_as(w, "KOORD_P", "POL");
    assert_fine(world_try_set(w, id, -1, "answer", "STOPP", "reason_internal", "Hot.", NULL));
    world_as(w, "KOORD_F", "FRI");
    const char *says = world_try_do(w, invitation, "GODKAND", NULL, "accompanied_by",
                                    room.officer, NULL);
    assert_says(says, "Not clear yet: the police");
    assert_null(strstr(says, "Hot"));
}

/* Called off: those asked are told first, and nobody stays asked. */
static void called_off(void **state)
{
    struct world *w = *state;
    world_as(w, "KOORD_S", "SNC");
    AUTOFREE char *call = keep(world_new(w, "call_in", "starts_at", "2027-01-20 18:00", "purpose",
                                         "Igen.", "window_from", "2027-01-11", "window_to",
                                         "2027-01-29", NULL));
    world_as(w, "CHEF", "POL");
    world_do(w, call, "BESLUTAD", NULL);
    world_as(w, "CHEF", "FRI");
    world_do(w, call, "BESLUTAD", NULL);
    world_as(w, "KOORD_F", "FRI");
    AUTOFREE char *invitation =
        keep(world_new(w, "invitation", "call_in", call, "person", room.client, "represents_group",
                       room.group, "compulsion", "FRIVILLIG", NULL));
    world_as_system(w);
    struct record *was = look_id(w->c, "invitation", invitation), *now = record_copy(was);
    struct err e = {0};
    record_put(now, model_field(now->k, "state"), "KALLAD");
    assert_true(tx_begin(w->store, &e) && repo_write(w->c, was, now, NULL, &e) &&
                tx_commit(w->store, &e));
    record_free(was);
    record_free(now);
    world_as(w, "CHEF", "POL");
    assert_says(world_try_do(w, call, "INSTALLD", "Hotbild.", NULL), "tell them that it is called off");
    assert_says(world_try_do(w, call, "INSTALLD", NULL, "invitees_told", "1", NULL), "reason");
    assert_fine(world_try_do(w, call, "INSTALLD", "Hotbild.", "invitees_told", "1", NULL));
    assert_string_equal(world_get(w, invitation, "state"), "AVFORD");
    assert_int_equal(look_count(w->c, "task", "subject == \"%s\" and state == \"NY\"", call), 0);
}

/* --- 2.4: talks */

static char *new_talk(struct world *w, const char *person)
{
    world_as(w, "KOORD_F", "FRI");
    return keep(world_new(w, "custom_notification", "person", person, "trigger", "RUTIN", NULL));
}

static void nobody_goes_to_a_protected_home(void **state)
{
    struct world *w = *state;
    AUTOFREE char *hidden = new_client(w, "KLIENT", "SEKRETESSMARKERING");
    AUTOFREE char *talk = new_talk(w, hidden);
    assert_says(world_try_set(w, talk, -1, "planned_place", "HEM", NULL), "address is protected");
    assert_says(world_try_new(w, "notification_attempt", "custom_notification", talk, "place", "HEM",
                              "result", "EJ_HEMMA", NULL),
                "address is protected");
    /* whoever does not keep the person's record hears no reason */
    world_as(w, "KOORD_P", "POL");
    assert_says(world_try_set(w, talk, -1, "planned_place", "HEM", NULL), "cannot be held there");
    assert_fine(world_try_set(w, talk, -1, "planned_place", "FRIVARD", NULL));
}

static void the_legal_page_is_the_polices_and_about_this_person(void **state)
{
    struct world *w = *state;
    AUTOFREE char *talk = new_talk(w, room.client);
    AUTOFREE char *page =
        keep(world_new(w, "note", "subject", room.client, "kind", "UNDERLAG", "text", "Risk.", NULL));
    assert_says(world_try_set(w, talk, -1, "individual_legal_page", page, NULL), "Only the police");
    world_as(w, "KOORD_P", "POL");
    AUTOFREE char *one = keep(world_new(w, "person", "kind", "MEDLEM", "family_name", "Ceder", NULL));
    AUTOFREE char *other = keep(world_new(w, "person", "kind", "MEDLEM", "family_name", "Ek", NULL));
    AUTOFREE char *his =
        keep(world_new(w, "note", "subject", one, "kind", "UNDERLAG", "text", "Risk.", NULL));
    AUTOFREE char *theirs =
        keep(world_new(w, "note", "subject", other, "kind", "UNDERLAG", "text", "Risk.", NULL));
    AUTOFREE char *told =
        keep(world_new(w, "custom_notification", "person", one, "trigger", "RUTIN", NULL));
    assert_says(world_try_set(w, told, -1, "individual_legal_page", theirs, NULL), "somebody else");
    assert_fine(world_try_set(w, told, -1, "individual_legal_page", his, NULL));
}

/* --- the ledger: kept by what was promised */

static const char *try_keep(struct world *w, const char *kind, const char *made_in, const char *evidence)
{
    world_as(w, "KOORD_F", "FRI");
    AUTOFREE char *promise = keep(world_new(w, "promise", "made_in", made_in, "kind", kind, "text",
                                            "Vi hör av oss.", "due", "2026-12-01", NULL));
    world_do(w, promise, "PAGAR", NULL);
    return world_try_do(w, promise, "HALLET", NULL, "evidence", evidence, NULL);
}

static void a_promise_is_kept_by_what_was_promised(void **state)
{
    struct world *w = *state;
    AUTOFREE char *talk = new_talk(w, room.client);
    AUTOFREE char *note = keep(
        world_new(w, "note", "subject", room.client, "kind", "TELEFON", "text", "Ringde upp.", NULL));
    AUTOFREE char *offer = keep(world_new(w, "help_offer", "person", room.client, "given_in", "CN",
                                          "offer_kinds", "BOENDE", NULL));
    AUTOFREE char *attempt = keep(world_new(w, "notification_attempt", "custom_notification", talk,
                                            "place", "FRIVARD", "result", "MOTT", NULL));
    assert_says(try_keep(w, "HJALP", talk, ""), "what shows");
    assert_says(try_keep(w, "HJALP", talk, note), "by the help itself");
    assert_fine(try_keep(w, "HJALP", talk, offer));
    assert_says(try_keep(w, "KONTAKT", talk, offer), "the note or the attempt");
    assert_fine(try_keep(w, "KONTAKT", talk, note));
    assert_fine(try_keep(w, "KONTAKT", talk, attempt));
    assert_says(try_keep(w, "INFORMATION", talk, offer), "the person was told");
    assert_fine(try_keep(w, "INFORMATION", talk, note));
    assert_says(try_keep(w, "INFORMATION", room.call, note), "the group was told");
    assert_says(try_keep(w, "KONSEKVENS", talk, note), "only by a sanction round");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_leaves_a_group_carries_no_messages_to_it),
        cmocka_unit_test(each_agency_invites_its_own),
        cmocka_unit_test(custody_is_somebodys_task),
        cmocka_unit_test(a_stop_holds),
        cmocka_unit_test(called_off),
        cmocka_unit_test(nobody_goes_to_a_protected_home),
        cmocka_unit_test(the_legal_page_is_the_polices_and_about_this_person),
        cmocka_unit_test(a_promise_is_kept_by_what_was_promised),
    };
    return cmocka_run_group_tests_name("call-in", tests, begin, end);
}
