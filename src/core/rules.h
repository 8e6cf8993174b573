/* core/rules.h: what the kinds' own rules share: defaults, ages, agencies of people, lint of shared
 * texts. */
#ifndef CORE_RULES_H
#define CORE_RULES_H

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/core/change.h"
#include "treben/core/lifecycle.h"
#include "treben/core/query.h"

#include <inttypes.h>
#include <string.h>

/* Every kind: fields and functions stand in its own file, the registry in kinds.c. */
extern const struct kind agency_kind, role_kind, user_kind, user_role_kind, approval_kind,
    deconfliction_kind, task_kind, note_kind, meeting_kind, meeting_participant_kind,
    agenda_item_kind, meeting_decision_kind, handover_kind, handover_receipt_kind,
    duty_roster_kind, document_kind, link_kind;
extern const struct kind group_kind, group_alias_kind, group_relation_kind, person_kind,
    person_identifier_kind, alias_kind, membership_kind, incident_kind, incident_group_kind,
    incident_person_kind, gmi_decision_kind, response_item_kind, incident_review_kind, audit_kind,
    audit_row_kind, relation_kind, person_link_candidate_kind, person_merge_kind;
extern const struct kind message_kind, message_version_kind, custom_notification_kind,
    notification_attempt_kind, group_message_kind, promise_kind;
extern const struct kind call_in_kind, call_in_speech_kind, invitation_kind;
extern const struct kind help_offer_kind, exit_contact_kind, exit_case_kind, consent_kind,
    agreement_kind, threat_assessment_kind, need_assessment_kind, decision_kind, plan_kind, goal_kind,
    activity_kind, follow_up_kind, placement_kind, drug_test_kind, setback_kind, emergency_plan_kind;
extern const struct kind sanction_round_kind, round_answer_kind, round_person_kind, measure_kind;

#define POLICE "POL"
#define EXIT_AGENCY "SNC" /* whose exit unit helps people out */
#define DAY_SECONDS (INT64_C(24) * 60 * 60)

/* The column's name of a field, for problems. */
const char *named(const struct record *r, int field);

/* Defaults: only where nothing stands yet. */
void fill_value(struct change *c, int field, const char *value);
void fill_now(struct change *c, int field);   /* an instant */
void fill_today(struct change *c, int field); /* a day */
void fill_me(struct change *c, int field);
void fill_my_agency(struct change *c, int field); /* reference to agency */
/* The record belongs to the agency named in this field; only for new ones. */
void fill_owner(struct change *c, int agency_field);

/* The least secrecy class of the kind: "SEKRETESS" or "SKYDD". */
void fill_class(struct change *c, const char *least);
/* A copy of the parent's field; the parent is of `kind` and named in `ref`. Only for new records. */
void fill_from_parent(struct change *c, const char *kind, int ref, int field, const char *from);
/* Adds the case's worker, backup and whoever makes this to a list of users. */
void fill_staff_of_case(struct change *c, int exit_case, int list);

/* Does this change bring the record into that state? Not yet while approvals are being gathered. */
bool entering(const struct change *c, int state_field, const char *state);
bool state_in(const struct record *r, int state_field, const char *states); /* "A,B" */

/* The day of a date or instant; a partial date gives its first day. false: none. */
bool day_of(const char *value, struct date *ret);
void day_after(const char *value, int days, char ret[DATE_TEXT]); /* "" when there is no such day */
/* Is a certainly after b? Partial dates are compared as far as both are known. */
bool later(const char *a, const char *b);
bool in_future(const char *instant_or_date);

/* Codes of agencies: scratch; NULL unknown. */
const char *agency_code(struct core *c, const char *agency_id);
const char *user_agency(struct core *c, const char *user_id);
const char *agency_party(const struct core *c, const char *code); /* STAD, POL, FRI; NULL */
/* An item of "ID,ID" as a text of its own. */
const char *list_item(struct core *c, const char *item, size_t n);

/* Age of a person of the database at a day; -1: not known. */
int person_age(struct core *c, const char *person_id, const char *day);

/* May the person in this field stand as somebody's member? A relative, or one of another register, may not. */
void check_member(const struct change *c, int person_field, struct problems *p);
/* Do two people stand in the same agency's register? */
bool same_register(struct core *c, const char *person, const char *other);
/* Nobody goes to the home of somebody whose address is protected (2.4). */
void check_home(const struct change *c, struct problems *p, const char *person, int place_field);

/* Do the identity numbers of a person agree with a birth date? */
bool person_numbers_agree(struct core *c, const char *person, const char *birth);

/* A membership that nobody has reviewed counts no longer when its review was due before this day. Scratch. */
const char *lapse_day(struct core *c);

/* A text as it may stand between the quotes of a condition. Scratch. */
const char *quoted(struct core *c, const char *text);
/* The same words, however they are written (case, marks, blanks)? */
bool same_words(const char *a, const char *b);

/* Is there another record of this one's kind for which the expression holds? */
bool another(const struct change *c, const char *expr_fmt, ...) PRINTF(2, 3);

/* The decision on an incident that waits for this subject's word: the newest that somebody else
 * proposed; one that replaces an earlier decision, or a first one. In chain.c. OWN: caller; NULL:
 * none. */
struct record *chain_proposal(struct core *c, const char *incident, bool supersedes);

/* Call-ins. May everybody who sees it know the place by now? It begins the day before. */
bool call_in_venue_open(const char *starts_at);
/* Did this save say that the person wants help? The row itself never does. */
bool invitation_help_wished(const struct change *c);
/* How two invitees to the same call-in would meet: groups in an open conflict are kept apart. */
enum apart { APART, SAME_SEAT, SIDE_BY_SIDE, SAME_TIME };
enum apart invitation_apart(struct core *c, const struct record *r, const struct record *other);
/* Whom a deconfliction is about, in the words of the agency that keeps the person's record and asks; NULL:
 * this actor does not, and has nothing to hand over. In chain_after_call_in.c. Scratch. */
const char *chain_question(struct core *c, const char *subject);
/* What follows from an invitation being saved: in chain_after_call_in.c, since it is help's. */
MUST_CHECK bool chain_invitation_saved(struct change *c, struct err *e);
/* Has that account such a role today? "AVHOPP_*" matches by prefix. */
bool works_as(struct core *c, const char *user_id, const char *role);
/* A municipality is a code of four digits. */
void check_municipality(struct problems *p, const struct record *r, int field);

/* Is another of the exit unit's placements too near for safety: in the same house, or in the same
 * town with somebody who may be a rival? Yes or no and never who. r: everything of a placement, with
 * what is encrypted. In chain_help.c. */
bool placement_collides(struct core *c, const struct record *r);

/* Refuses a row of minutes that are adjusted, or that somebody else than the secretary writes while
 * the meeting goes on. In chain_meeting.c. */
void chain_minutes_open(const struct change *c, const char *meeting, const char *field,
                        struct problems *p);
/* Is this record behind the help wall, or a person of the agency that helps? In chain_meeting.c. */
bool chain_of_exit(struct core *c, const char *id);
/* Refuses references to people who seek help where other agencies hear (dossier 2.7: named exit
 * clients are not discussed). In chain_meeting.c. */
void chain_not_of_exit(const struct change *c, const char *refs, const char *heard_by,
                       const char *field, struct problems *p);

/* Handovers that nobody has read half an hour after the shift began (dossier 2.8): are there any; and tell
 * the manager. The latter inside a write transaction. In chain_on_call.c. */
bool chain_unread(struct core *c);
MUST_CHECK bool chain_tell_unread(struct core *c, struct err *e);
/* Open tasks of people who have left, or of roles that nobody has any longer, go to those who can see and do
 * them. Inside a write transaction. In hand_on.c. */
MUST_CHECK bool hand_on_tasks(struct core *c, struct err *e);

/* Refuses identity numbers in texts that other agencies read. */
void lint_text(struct problems *p, const struct record *r, int field);
/* Refuses street addresses and postal codes. */
void lint_address(struct problems *p, const struct record *r, int field);
/* `to` must not lie before `from`. */
void check_span(struct problems *p, const struct record *r, int from, int to);
void check_past(struct problems *p, const struct record *r, int field);

#endif
