/* core/chain_rounds.c: what must be true before a sanction round, its measures and the promises
 * made about them move on; and what stops the clocks of the consequence. */
#include "chain_parts.h"

#define CRIMINAL_AGE 15

/* --- sanction round */

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

bool guard_all_agencies_answered(struct guard_case *g)
{
    STR waiting = {0};
    for (size_t i = 0; i < N_PARTIES; i++)
        if (!party_has_measure(g->core, g->r->id, chain_parties[i]) &&
            !party_has_none(g->core, g->r->id, chain_parties[i]))
            chain_add_name(&waiting, chain_party_name(chain_parties[i]));
    if (!waiting.len)
        return true;
    return guard_no(
        g,
        _("Waiting for an answer from %s: each enters its measures, or answers that it has none."),
        waiting.p);
}

bool guard_gmi_yes(struct guard_case *g)
{
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value(g->r, "trigger_incidents"), &pos, &item, &n))
        if (chain_decided_yes(g->core, list_item(g->core, item, n)))
            return true;
    return guard_no(
        g, _("No incident of this round is decided as group-member-involved: decide that first."));
}

/* Whoever is no longer a member was told while being one; a claim that nobody has reviewed in time
 * does not count. */
static bool talk_reached_group(struct core *c, const struct record *talk, const char *group)
{
    return value_in(talk, "state", WARNED_STATES) &&
           look_count(c, "membership",
                      "person == \"%s\" and group == \"%s\" and state != \"BORTTAGEN\" and "
                      "(state == \"UPPHORD\" or review_due >= \"%s\")",
                      value(talk, "person"), group, lapse_day(c)) > 0;
}

bool guard_warned_before(struct guard_case *g)
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

bool guard_first_measure(struct guard_case *g)
{
    if (look_count(g->core, "measure",
                   "round == \"%s\" and state in (\"PAGAENDE\", \"UTFORD\", \"REDOVISAD\")",
                   g->r->id))
        return true;
    return guard_no(g, _("No measure has begun: the round runs from its first measure."));
}

bool guard_all_measures_reported(struct guard_case *g)
{
    int64_t open =
        look_count(g->core, "measure", "round == \"%s\" and state != \"REDOVISAD\"", g->r->id);
    return !open ||
           guard_no(
               g,
               _("%d of the round's measures are not reported: each agency reports its own first."),
               (int)open);
}

bool guard_group_told(struct guard_case *g)
{
    if (look_count(g->core, "group_message", "round == \"%s\"", g->r->id))
        return true;
    return guard_no(g, _("Record the message by which the group was told why the round happened."));
}

/* --- measure */

bool guard_age_15(struct guard_case *g)
{
    if (!value_is(g->r, "target_type", "PERSON"))
        return true;
    int age = person_age(g->core, value(g->r, "target"), value(g->r, "planned_from"));
    if (age < 0)
        return guard_no(g, _("The person's age is not known: find the birth date before a measure "
                             "is aimed at them."));
    return age >= CRIMINAL_AGE || guard_no(g, _("No measure may be aimed at somebody under 15."));
}

bool guard_round_decided(struct guard_case *g)
{
    struct record *round =
        value(g->r, "round") ? look_id(g->core, "sanction_round", value(g->r, "round")) : NULL;
    bool decided = value_in(round, "state", "BESLUTAD,PAGAR");
    record_free(round);
    return decided || guard_no(g, _("The round is not decided, or has ended: measures begin only "
                                    "in a decided round."));
}

/* --- promise */

static bool round_was_carried_out(struct core *c, const char *round)
{
    return look_count(
               c, "measure",
               "round == \"%s\" and executed_at != null and state in (\"UTFORD\", \"REDOVISAD\")",
               round) > 0;
}

/* A promise is kept by what it promised, not by saying so. */
static const struct proof {
    const char *kind, *to; /* of the promise; whom it was made to (NULL: anybody) */
    const char *by;        /* kinds of records that show it */
    const char *wanted;    /* what is asked for, in English; translated where it is said */
} proofs[] = {
    {"HJALP", NULL, "help_offer,exit_contact,exit_case",
     N_("A promise of help is kept by the help itself: name the offer or the contact.")},
    {"KONTAKT", NULL, "note,notification_attempt",
     N_("Name the note or the attempt that shows that the person was contacted.")},
    {"INFORMATION", "person", "note,document,custom_notification",
     N_("Name the note, the document or the talk by which the person was told.")},
    {"INFORMATION", NULL, "group_message",
     N_("Name the message by which the group was told.")},
};

static bool is_any_of(struct core *c, const char *id, const char *kinds)
{
    const char *pos = NULL, *item;
    size_t n;
    bool found = false;
    while (!found && str_list_next(kinds, &pos, &item, &n)) {
        struct record *r = look_id(c, list_item(c, item, n), id);
        found = r != NULL;
        record_free(r);
    }
    return found;
}

static bool made_to(struct guard_case *g, const char *kind)
{
    return !kind || (value(g->r, "to") && is_any_of(g->core, value(g->r, "to"), kind));
}

static bool shown_by(struct guard_case *g, const struct proof *p)
{
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value(g->r, "evidence"), &pos, &item, &n)) {
        const char *id = list_item(g->core, item, n);
        if (p ? is_any_of(g->core, id, p->by) : round_was_carried_out(g->core, id))
            return true;
    }
    return false;
}

bool guard_promise_evidence(struct guard_case *g)
{
    if (!value(g->r, "evidence"))
        return guard_no(g, _("Name what shows that the promise was kept."));
    if (value_is(g->r, "kind", "KONSEKVENS"))
        return shown_by(g, NULL) ||
               guard_no(g, _("A consequence is kept only by a sanction round with a measure that "
                             "was carried out: name that "
                             "round."));
    for (size_t i = 0; i < N_OF(proofs); i++)
        if (value_is(g->r, "kind", proofs[i].kind) && made_to(g, proofs[i].to))
            return shown_by(g, &proofs[i]) || guard_no(g, "%s", _(proofs[i].wanted));
    return true;
}

/* --- what stops a clock: no sentences, for nobody is told no */

#define DECIDED_ROUNDS "\"BESLUTAD\", \"PAGAR\", \"UTVARDERAS\", \"AVSLUTAD\", \"AVBRUTEN\""

/* Is there no call for a round: the act is not a group's, or nothing follows from it for a stated
 * reason? */
static bool no_round_needed(struct guard_case *g)
{
    return value(g->r, "no_response_reason") || !chain_decided_yes(g->core, g->r->id);
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

bool guard_round_settled(struct guard_case *g)
{
    ROWS rounds = rounds_decided(g);
    return rounds.n > 0 || round_refused(g) || no_round_needed(g);
}

bool guard_first_measure_executed(struct guard_case *g)
{
    ROWS rounds = rounds_decided(g);
    for (int i = 0; i < rounds.n; i++)
        if (look_count(g->core, "measure", "round == \"%s\" and executed_at != null",
                       rounds.at[i]->id))
            return true;
    return (!rounds.n && round_refused(g)) || no_round_needed(g);
}

/* Every agency that has measures in the round has carried one out. */
bool guard_each_agency_executed(struct guard_case *g)
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
