/* core/chain_parts.h: what the files of the chain share. The table of its guards is in chain.c;
 * those of incidents and talks stand in chain_guards.c, those of rounds, measures and promises in
 * chain_rounds.c, those of a way out in chain_help.c, what follows from a save in chain_after.c, the lines of my day in chain_lines.c.
 */
#ifndef CORE_CHAIN_PARTS_H
#define CORE_CHAIN_PARTS_H

#include "rules.h"
#include "treben/core/chain.h"

/* A notification in one of these was held: its person was warned. */
#define WARNED_STATES "GENOMFORD,UPPFOLJD,AVSLUTAD"

/* Nobody in one of these comes or goes freely. */
#define HELD_STATES "ANHALLEN,HAKTAD,ANSTALT,RATTSPSYK,SIS"

/* Values by their names; the kinds' own enums stay in their files. */
static inline const char *value(const struct record *r, const char *field)
{
    int i = r ? model_field(r->k, field) : -1;
    return i < 0 ? NULL : record_get(r, i);
}

static inline bool value_is(const struct record *r, const char *field, const char *code)
{
    return str_eq(value(r, field), code);
}

static inline bool value_in(const struct record *r, const char *field, const char *codes)
{
    const char *v = value(r, field);
    return v && str_list_has(codes, v);
}

/* The three who act together, and their names for a sentence. */
#define N_PARTIES 3
extern const char *const chain_parties[N_PARTIES];
const char *chain_party_name(const char *party);
void chain_add_name(struct str *names, const char *name); /* "the city, the police" */

/* Does the decision that stands, the latest that was decided, say that a group's member took part?
 */
bool chain_decided_yes(struct core *c, const char *incident);

/* What adopting an audit writes; what merging two people moves, and what undoing it puts back. ERR: RULE, DB, FULL. */
MUST_CHECK bool chain_adopt(struct core *c, const struct record *audit, struct err *e);
MUST_CHECK bool chain_merge(struct core *c, const struct record *merge, struct err *e);
MUST_CHECK bool chain_unmerge(struct core *c, const struct record *merge, struct err *e);
/* Looks for records of the same register that may be the same human being as this one; by all of its numbers, or by
 * one that was just saved (a person_identifier). */
MUST_CHECK bool chain_doubles(struct core *c, const struct record *person, struct err *e);
MUST_CHECK bool chain_doubles_by_number(struct core *c, const struct record *identifier, struct err *e);

typedef bool guard_fn(struct guard_case *g);
guard_fn guard_on_incident_review, guard_gmi_decided, guard_new_gmi_decision,
    guard_response_executed, guard_items_done;
guard_fn guard_rows_have_source, guard_rows_graded, guard_rows_judged, guard_minors_approved,
    guard_audit_four_eyes, guard_duplicates_merged, guard_newer_audit;
guard_fn guard_mourners_spared;
guard_fn guard_merge_undoable, guard_group_settled, guard_no_open_round;
guard_fn guard_deconfliction_clear, guard_custody_place, guard_contact_allowed,
    guard_message_approved, guard_attempt_row, guard_guardian_told, guard_gave_up;
guard_fn guard_texts_approved, guard_risk_assessed, guard_list_approved, guard_seats_apart,
    guard_outcomes_known, guard_attendees_followed, guard_absentees_met, guard_invitees_informed;
guard_fn guard_right_approver, guard_invitee_free, guard_call_in_ready, guard_call_in_begun,
    guard_call_in_coming, guard_follow_up_row, guard_asked_for_call_in, guard_asked_for_talk,
    guard_list_begun, guard_talks_done, guard_absentees_done;
guard_fn guard_all_agencies_answered, guard_gmi_yes, guard_warned_before, guard_first_measure,
    guard_all_measures_reported, guard_group_told;
guard_fn guard_age_15, guard_round_decided, guard_promise_evidence;
guard_fn guard_round_settled, guard_first_measure_executed, guard_each_agency_executed;
guard_fn guard_attendance_taken;
guard_fn guard_consent_active, guard_consent_missing, guard_police_may_be_asked,
    guard_follow_up_consent, guard_no_follow_up_consent, guard_identity_marked,
    guard_threat_requested, guard_decision_made, guard_decision_granted, guard_refusal_served,
    guard_plan_drawn, guard_plan_signed, guard_follow_up_booked, guard_stable, guard_threat_renewed,
    guard_offer_case_named;

/* --- what follows from a save (chain_after.c; of call-ins: chain_after_call_in.c; of meetings: chain_meeting.c) */

bool chain_became(const struct record *was, const struct record *now, const char *states);
/* Writes fields of another record, as the system; nothing happens when they stand so already. */
struct put {
    const char *field, *value;
};
bool chain_put(struct core *c, const char *kind, const char *id, const struct put *puts, int n,
               struct err *e);
/* A new record as the system makes it, with its clocks. */
bool chain_make(struct core *c, const char *kind, const char *agency, const char *info_class,
                const struct put *puts, int n, const char **ret_id, struct err *e);
bool chain_lock_version(struct core *c, const char *version, struct err *e);
bool chain_last_message(struct core *c, const char *group, const char *at, struct err *e);

typedef bool after_fn(struct core *c, const struct record *was, const struct record *now,
                      struct err *e);
after_fn after_call_in, after_invitation, after_person, after_meeting, after_handover,
    after_receipt, after_account, after_link;
/* of a way out: chain_help_after.c */
after_fn chain_after_exit_case, chain_after_follow_up, chain_after_consent, chain_after_threat;
/* A talk with somebody who did not come stops what waits for it. */
bool after_talk_of_absentee(struct core *c, const struct record *talk, struct err *e);
bool after_invitation_answer(struct core *c, const char *invitation, struct err *e);

#endif
