/* core/chain_guards.c: what must be true before an incident moves on, and before a talk is held:
 * the guards of incidents and custom notifications that look at other kinds. */
#include "chain_parts.h"

#define ATTEMPTS_ENOUGH 3
#define ATTEMPT_DAYS 21

/* --- incident */

bool guard_on_incident_review(struct guard_case *g)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    if (look_count(g->core, "incident_review", "incidents contains \"%s\" and at <= \"%s\"",
                   g->r->id, now))
        return true;
    return guard_no(g, _("The incident has not been taken up at an incident review: put it on one "
                         "and hold it first."));
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

bool guard_gmi_decided(struct guard_case *g)
{
    return proposal_ready(g, false);
}

bool guard_new_gmi_decision(struct guard_case *g)
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

bool guard_response_executed(struct guard_case *g)
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

bool guard_items_done(struct guard_case *g)
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

/* --- custom notification */

/* Others may know that an agency is not clear, never why, nor whether it has answered. */
bool guard_deconfliction_clear(struct guard_case *g)
{
    ROWS answers = look_all(g->core, "deconfliction", "id", "subject == \"%s\"", g->r->id);
    STR waiting = {0};
    for (size_t i = 0; i < N_PARTIES; i++) {
        bool clear = false, blocked = false;
        for (int j = 0; j < answers.n; j++) {
            const char *party =
                agency_party(g->core, agency_code(g->core, value(answers.at[j], "agency")));
            if (!str_eq(party, chain_parties[i]))
                continue;
            clear |= value_is(answers.at[j], "answer", "KLAR");
            blocked |= !value_is(answers.at[j], "answer", "KLAR");
        }
        if (!clear || blocked)
            chain_add_name(&waiting, chain_party_name(chain_parties[i]));
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

bool guard_custody_place(struct guard_case *g)
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

bool guard_contact_allowed(struct guard_case *g)
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

bool guard_message_approved(struct guard_case *g)
{
    struct record *version =
        value(g->r, "message_version")
            ? look_id(g->core, "message_version", value(g->r, "message_version"))
            : NULL;
    bool approved = value_is(version, "state", "GODKAND");
    record_free(version);
    return approved || guard_no(g, _("Choose a message version that all three have approved."));
}

/* Has somebody near to this person died in an incident? */
static bool has_lost_somebody(struct core *c, const char *person)
{
    ROWS near = look_all(c, "relation", "id", "person_a == \"%s\" or person_b == \"%s\"", person, person);
    for (int i = 0; i < near.n; i++) {
        const char *a = value(near.at[i], "person_a");
        const char *other = strcmp(a, person) == 0 ? value(near.at[i], "person_b") : a;
        if (look_count(c, "incident_person", "person == \"%s\" and part == \"AVLIDEN\" and state == \"KOPPLAD\"", other))
            return true;
    }
    return false;
}

/* The family is supported, not warned: a threat to those who mourn is never brought to their door. */
bool guard_mourners_spared(struct guard_case *g)
{
    struct record *person = look_id(g->core, "person", value(g->r, "person"));
    struct record *version = look_id(g->core, "message_version", value(g->r, "message_version"));
    struct record *message = version ? look_id(g->core, "message", value(version, "message")) : NULL;
    bool family = person && !value_in(person, "kind", "MEDLEM,MISSTANKT_KOPPLING") &&
                  (value_is(person, "kind", "ANHORIG") || has_lost_somebody(g->core, person->id));
    bool spared = !family || value_is(message, "purpose", "ANHORIG");
    record_free(person);
    record_free(version);
    record_free(message);
    return spared || guard_no(g, _("These words cannot be brought to this person: choose a message whose purpose is to relatives."));
}

bool guard_attempt_row(struct guard_case *g)
{
    if (look_count(g->core, "notification_attempt", "custom_notification == \"%s\"", g->r->id))
        return true;
    return guard_no(g, _("Record the attempt first: when, where and what came of it."));
}

bool guard_guardian_told(struct guard_case *g)
{
    int age = person_age(g->core, value(g->r, "person"), value(g->r, "delivered_at"));
    if (age >= 18 || value_is(g->r, "guardian_informed", "1") || value(g->r, "guardian_reason"))
        return true;
    return guard_no(
        g, _("Say that a guardian was told, or write why not (also when the age is not known)."));
}

bool guard_gave_up(struct guard_case *g)
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
