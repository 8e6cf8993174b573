/* core/chain.c: the questions of the method that look from one leg to another. Each guard answers
 * one of them; when the answer is no, its sentence says what to do. Kinds never look at each other:
 * this file does. */
#include "treben/core/chain.h"
#include "rules.h"

#define WARNED_STATES "GENOMFORD,UPPFOLJD,AVSLUTAD"
#define ATTEMPTS_ENOUGH 3
#define ATTEMPT_DAYS 21
#define CRIMINAL_AGE 15

/* Value of a field by its name; the kinds' own enums stay in their files. */
static const char *value(const struct record *r, const char *field)
{
    int i = r ? model_field(r->k, field) : -1;
    return i < 0 ? NULL : record_get(r, i);
}

static bool value_is(const struct record *r, const char *field, const char *code)
{
    return str_eq(value(r, field), code);
}

static bool value_in(const struct record *r, const char *field, const char *codes)
{
    const char *v = value(r, field);
    return v && str_list_has(codes, v);
}

/* --- incident
 * ------------------------------------------------------------------------------------------------
 */

static bool on_incident_review(struct guard_case *g)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    if (look_count(g->core, "incident_review", "incidents contains \"%s\" and at <= \"%s\"",
                   g->r->id, now))
        return true;
    return guard_no(g, _("The incident has not been taken up at an incident review: put it on one "
                         "and hold it first."));
}

struct record *chain_proposal(struct core *c, const char *incident, bool supersedes)
{
    return look_first(c, "gmi_decision", "-created_at",
                      "incident == \"%s\" and decided_at == null and supersedes %s null and "
                      "(proposed_by == null or proposed_by != \"%s\")",
                      incident, supersedes ? "!=" : "==", c->who.user);
}

static bool proposal_ready(struct guard_case *g, bool supersedes)
{
    struct record *proposal = chain_proposal(g->core, g->r->id, supersedes);
    bool ready = proposal && value(proposal, "basis_text");
    record_free(proposal);
    if (ready)
        return true;
    if (look_count(g->core, "gmi_decision",
                   "incident == \"%s\" and decided_at == null and proposed_by == \"%s\"", g->r->id,
                   g->core->who.user))
        return guard_no(g, _("You proposed this decision yourself: somebody else must decide it."));
    return guard_no(
        g, supersedes ? _("Nobody has proposed a new decision: have the analyst write one first.")
                      : _("Nobody has proposed a decision: have the analyst write one first."));
}

static bool gmi_decided(struct guard_case *g)
{
    return proposal_ready(g, false);
}

static bool new_gmi_decision(struct guard_case *g)
{
    return proposal_ready(g, true);
}

/* Has that to which a response item points really happened? What is not one of these kinds cannot
 * be looked up. */
static bool ref_happened(struct core *c, const char *id)
{
    static const struct {
        const char *kind, *field, *codes; /* codes NULL: the field is set */
    } signs[] = {
        {"custom_notification", "state", WARNED_STATES},
        {"measure", "executed_at", NULL},
        {"sanction_round", "state", "PAGAR,UTVARDERAS,AVSLUTAD,AVBRUTEN"},
        {"help_offer", "given_at", NULL},
    };
    for (size_t i = 0; i < N_OF(signs); i++) {
        struct record *r = look_id(c, signs[i].kind, id);
        if (!r)
            continue;
        bool yes = signs[i].codes ? value_in(r, signs[i].field, signs[i].codes)
                                  : value(r, signs[i].field) != NULL;
        record_free(r);
        return yes;
    }
    return true;
}

static bool response_executed(struct guard_case *g)
{
    ROWS items =
        look_all(g->core, "response_item", "id",
                 "incident == \"%s\" and executed_at != null and kind != \"INGET\"", g->r->id);
    for (int i = 0; i < items.n; i++) {
        const char *ref = value(items.at[i], "ref");
        if (!ref || ref_happened(g->core, ref))
            return true;
    }
    return guard_no(g, _("Nothing has been done yet, only planned: carry out one response and "
                         "record when it was done."));
}

static bool items_done(struct guard_case *g)
{
    if (value(g->r, "no_response_reason"))
        return true;
    if (!look_count(g->core, "response_item", "incident == \"%s\"", g->r->id))
        return guard_no(g, _("There is no response: plan and carry out one, or choose the reason "
                             "for no response."));
    if (!look_count(g->core, "response_item",
                    "incident == \"%s\" and executed_at == null and cancelled_at == null",
                    g->r->id))
        return true;
    return guard_no(g, _("A planned response is still open: carry it out, cancel it with a reason, "
                         "or choose the reason "
                         "for no response."));
}

/* --- custom notification
 * ------------------------------------------------------------------------------------- */

static const char *const parties[] = {"STAD", "POL", "FRI"};

static const char *party_name(const char *party)
{
    if (strcmp(party, "STAD") == 0)
        return _("the city");
    return strcmp(party, "POL") == 0 ? _("the police") : _("probation");
}

static void add_name(struct str *s, const char *name)
{
    str_printf(s, "%s%s", s->len ? ", " : "", name);
}

/* Others may know that an agency is not clear, never why, nor whether it has answered. */
static bool deconfliction_clear(struct guard_case *g)
{
    ROWS answers = look_all(g->core, "deconfliction", "id", "subject == \"%s\"", g->r->id);
    STR waiting = {0};
    for (size_t i = 0; i < N_OF(parties); i++) {
        bool clear = false, blocked = false;
        for (int j = 0; j < answers.n; j++) {
            const char *party =
                agency_party(g->core, agency_code(g->core, value(answers.at[j], "agency")));
            if (!str_eq(party, parties[i]))
                continue;
            clear |= value_is(answers.at[j], "answer", "KLAR");
            blocked |= !value_is(answers.at[j], "answer", "KLAR");
        }
        if (!clear || blocked)
            add_name(&waiting, party_name(parties[i]));
    }
    if (!waiting.len)
        return true;
    return guard_no(
        g, _("Not clear yet: %s. Each of the three must answer that the contact can be made."),
        waiting.p);
}

/* Does the actor keep this person's record, so that the reason may be said? */
static bool may_hear(const struct guard_case *g, const struct record *person)
{
    return g->core->who.system ||
           str_eq(g->core->who.agency, record_common(person, COMMON_OWNER_AGENCY));
}

static bool person_refuses(struct guard_case *g, struct record *person, const char *why)
{
    bool open = may_hear(g, person);
    record_free(person);
    return guard_no(g, "%s",
                    open ? why
                         : _("This talk cannot be held there or now. Ask whoever keeps the "
                             "person's record; choose another "
                             "place or time, or stop it."));
}

static bool custody_place(struct guard_case *g)
{
    struct record *person = look_id(g->core, "person", value(g->r, "person"));
    if (person && value_in(person, "custody_state", "ANHALLEN,HAKTAD,ANSTALT") &&
        !value_in(g->r, "planned_place", "HAKTE,ANSTALT"))
        return person_refuses(
            g, person,
            _("The person is in custody: plan the talk there (remand prison or prison)."));
    record_free(person);
    return true;
}

static bool contact_allowed(struct guard_case *g)
{
    struct record *person = look_id(g->core, "person", value(g->r, "person"));
    const char *until = value(person, "do_not_contact_until");
    if (value(person, "deceased_date"))
        return person_refuses(g, person, _("The person is dead: stop this notification."));
    if (value_is(person, "do_not_contact", "1") && (!until || in_future(until)))
        return person_refuses(
            g, person, _("The person must not be contacted: stop this notification or wait."));
    if (person && !value_is(person, "protection_level", "INGEN") &&
        value_is(g->r, "planned_place", "HEM"))
        return person_refuses(
            g, person, _("The person's address is protected: choose another place than the home."));
    record_free(person);
    return true;
}

static bool message_approved(struct guard_case *g)
{
    struct record *version =
        value(g->r, "message_version")
            ? look_id(g->core, "message_version", value(g->r, "message_version"))
            : NULL;
    bool approved = value_is(version, "state", "GODKAND");
    record_free(version);
    return approved || guard_no(g, _("Choose a message version that all three have approved."));
}

static bool attempt_row(struct guard_case *g)
{
    if (look_count(g->core, "notification_attempt", "custom_notification == \"%s\"", g->r->id))
        return true;
    return guard_no(g, _("Record the attempt first: when, where and what came of it."));
}

static bool guardian_told(struct guard_case *g)
{
    int age = person_age(g->core, value(g->r, "person"), value(g->r, "delivered_at"));
    if (age >= 18 || value_is(g->r, "guardian_informed", "1") || value(g->r, "guardian_reason"))
        return true;
    return guard_no(
        g, _("Say that a guardian was told, or write why not (also when the age is not known)."));
}

static bool gave_up(struct guard_case *g)
{
    ROWS attempts =
        look_all(g->core, "notification_attempt", "at", "custom_notification == \"%s\"", g->r->id);
    if (attempts.n >= ATTEMPTS_ENOUGH)
        return true;
    char last[DATE_TEXT] = "";
    if (attempts.n)
        day_after(value(attempts.at[0], "at"), ATTEMPT_DAYS, last);
    if (*last && !in_future(last))
        return true;
    return guard_no(g, _("Give up only after %d attempts, or %d days after the first: try again."),
                    ATTEMPTS_ENOUGH, ATTEMPT_DAYS);
}

/* --- sanction round
 * ------------------------------------------------------------------------------------------ */

static bool party_has_measure(struct core *c, const char *round, const char *party)
{
    ROWS rows = look_all(c, "measure", "id", "round == \"%s\"", round);
    for (int i = 0; i < rows.n; i++)
        if (str_eq(agency_party(c, record_common(rows.at[i], COMMON_OWNER_AGENCY)), party))
            return true;
    return false;
}

static bool party_has_none(struct core *c, const char *round, const char *party)
{
    ROWS rows = look_all(c, "round_answer", "id", "round == \"%s\" and answer == \"NONE\"", round);
    for (int i = 0; i < rows.n; i++)
        if (str_eq(agency_party(c, agency_code(c, value(rows.at[i], "agency"))), party))
            return true;
    return false;
}

static bool all_agencies_answered(struct guard_case *g)
{
    STR waiting = {0};
    for (size_t i = 0; i < N_OF(parties); i++)
        if (!party_has_measure(g->core, g->r->id, parties[i]) &&
            !party_has_none(g->core, g->r->id, parties[i]))
            add_name(&waiting, party_name(parties[i]));
    if (!waiting.len)
        return true;
    return guard_no(
        g,
        _("Waiting for an answer from %s: each enters its measures, or answers that it has none."),
        waiting.p);
}

/* The decision that stands: the latest that was decided. */
static bool decided_yes(struct core *c, const char *incident)
{
    struct record *d = look_first(c, "gmi_decision", "-decided_at",
                                  "incident == \"%s\" and decided_at != null", incident);
    bool yes = value_is(d, "value", "JA");
    record_free(d);
    return yes;
}

static bool gmi_yes(struct guard_case *g)
{
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value(g->r, "trigger_incidents"), &pos, &item, &n))
        if (decided_yes(g->core, list_item(g->core, item, n)))
            return true;
    return guard_no(
        g, _("No incident of this round is decided as group-member-involved: decide that first."));
}

static bool talk_reached_group(struct core *c, const struct record *talk, const char *group)
{
    return value_in(talk, "state", WARNED_STATES) &&
           look_count(c, "membership",
                      "person == \"%s\" and group == \"%s\" and state != \"BORTTAGEN\"",
                      value(talk, "person"), group) > 0;
}

static bool warned_before(struct guard_case *g)
{
    const char *prior = value(g->r, "prior_message"), *group = value(g->r, "target_group");
    if (value(g->r, "override_reason"))
        return true;
    if (!prior || !group)
        return guard_no(g, _("The group has not been warned: choose the message it got, or have "
                             "the managers write why "
                             "the round is decided all the same."));
    struct record *talk = look_id(g->core, "custom_notification", prior);
    struct record *told = look_id(g->core, "group_message", prior);
    bool warned = (talk && talk_reached_group(g->core, talk, group)) ||
                  (told && value_is(told, "group", group) && !value_is(told, "round", g->r->id));
    record_free(talk);
    record_free(told);
    return warned || guard_no(g, _("That message did not reach this group: choose a notification "
                                   "that was held with one of "
                                   "its members, or a message to the group."));
}

static bool first_measure(struct guard_case *g)
{
    if (look_count(g->core, "measure",
                   "round == \"%s\" and state in (\"PAGAENDE\", \"UTFORD\", \"REDOVISAD\")",
                   g->r->id))
        return true;
    return guard_no(g, _("No measure has begun: the round runs from its first measure."));
}

static bool all_measures_reported(struct guard_case *g)
{
    int64_t open =
        look_count(g->core, "measure", "round == \"%s\" and state != \"REDOVISAD\"", g->r->id);
    return !open ||
           guard_no(
               g,
               _("%d of the round's measures are not reported: each agency reports its own first."),
               (int)open);
}

static bool group_told(struct guard_case *g)
{
    if (look_count(g->core, "group_message", "round == \"%s\"", g->r->id))
        return true;
    return guard_no(g, _("Record the message by which the group was told why the round happened."));
}

/* --- measure
 * -------------------------------------------------------------------------------------------------
 */

static bool age_15(struct guard_case *g)
{
    if (!value_is(g->r, "target_type", "PERSON"))
        return true;
    int age = person_age(g->core, value(g->r, "target"), value(g->r, "planned_from"));
    if (age < 0)
        return guard_no(g, _("The person's age is not known: find the birth date before a measure "
                             "is aimed at them."));
    return age >= CRIMINAL_AGE || guard_no(g, _("No measure may be aimed at somebody under 15."));
}

static bool round_decided(struct guard_case *g)
{
    struct record *round =
        value(g->r, "round") ? look_id(g->core, "sanction_round", value(g->r, "round")) : NULL;
    bool decided = value_in(round, "state", "BESLUTAD,PAGAR");
    record_free(round);
    return decided || guard_no(g, _("The round is not decided, or has ended: measures begin only "
                                    "in a decided round."));
}

/* --- promise
 * -------------------------------------------------------------------------------------------------
 */

static bool round_was_carried_out(struct core *c, const char *round)
{
    return look_count(
               c, "measure",
               "round == \"%s\" and executed_at != null and state in (\"UTFORD\", \"REDOVISAD\")",
               round) > 0;
}

static bool promise_evidence(struct guard_case *g)
{
    const char *evidence = value(g->r, "evidence");
    if (!evidence)
        return guard_no(g, _("Name what shows that the promise was kept."));
    if (!value_is(g->r, "kind", "KONSEKVENS"))
        return true;
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(evidence, &pos, &item, &n))
        if (round_was_carried_out(g->core, list_item(g->core, item, n)))
            return true;
    return guard_no(g, _("A consequence is kept only by a sanction round with a measure that was "
                         "carried out: name that "
                         "round."));
}

/* --- what stops a clock: no sentences, for nobody is told no
 * --------------------------------------------------- */

#define DECIDED_ROUNDS "\"BESLUTAD\", \"PAGAR\", \"UTVARDERAS\", \"AVSLUTAD\", \"AVBRUTEN\""

/* Is there no call for a round: the act is not a group's, or nothing follows from it for a stated
 * reason? */
static bool no_round_needed(struct guard_case *g)
{
    return value(g->r, "no_response_reason") || !decided_yes(g->core, g->r->id);
}

static bool round_refused(struct guard_case *g)
{
    return look_count(g->core, "sanction_round",
                      "trigger_incidents contains \"%s\" and state == \"AVSLAGEN\"", g->r->id) > 0;
}

static struct rows rounds_decided(struct guard_case *g)
{
    return look_all(g->core, "sanction_round", "id",
                    "trigger_incidents contains \"%s\" and state in (" DECIDED_ROUNDS ")",
                    g->r->id);
}

static bool round_settled(struct guard_case *g)
{
    ROWS rounds = rounds_decided(g);
    return rounds.n > 0 || round_refused(g) || no_round_needed(g);
}

static bool first_measure_executed(struct guard_case *g)
{
    ROWS rounds = rounds_decided(g);
    for (int i = 0; i < rounds.n; i++)
        if (look_count(g->core, "measure", "round == \"%s\" and executed_at != null",
                       rounds.at[i]->id))
            return true;
    return (!rounds.n && round_refused(g)) || no_round_needed(g);
}

/* Every agency that has measures in the round has carried one out. */
static bool each_agency_executed(struct guard_case *g)
{
    ROWS rows = look_all(g->core, "measure", "id", "round == \"%s\"", g->r->id);
    for (int i = 0; i < rows.n; i++) {
        const char *agency = record_common(rows.at[i], COMMON_OWNER_AGENCY);
        bool done = false;
        for (int j = 0; j < rows.n; j++)
            done |= str_eq(record_common(rows.at[j], COMMON_OWNER_AGENCY), agency) &&
                    value(rows.at[j], "executed_at");
        if (!done)
            return false;
    }
    return true;
}

const struct guard chain_guards[] = {
    {"round_settled", round_settled},
    {"first_measure_executed", first_measure_executed},
    {"each_agency_executed", each_agency_executed},
    {"on_incident_review", on_incident_review},
    {"gmi_decided", gmi_decided},
    {"new_gmi_decision", new_gmi_decision},
    {"response_executed", response_executed},
    {"items_done", items_done},
    {"deconfliction_clear", deconfliction_clear},
    {"custody_place", custody_place},
    {"contact_allowed", contact_allowed},
    {"message_approved", message_approved},
    {"attempt_row", attempt_row},
    {"guardian_told", guardian_told},
    {"gave_up", gave_up},
    {"all_agencies_answered", all_agencies_answered},
    {"gmi_yes", gmi_yes},
    {"warned_before", warned_before},
    {"first_measure", first_measure},
    {"all_measures_reported", all_measures_reported},
    {"group_told", group_told},
    {"age_15", age_15},
    {"round_decided", round_decided},
    {"promise_evidence", promise_evidence},
};
const int n_chain_guards = (int)N_OF(chain_guards);
