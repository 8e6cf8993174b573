/* core/chain.c: the questions of the method that look from one leg to another, all in one table. A
 * guard answers one of them; when the answer is no, its sentence says what to do. Kinds never look
 * at each other: the files of the chain do. */
#include "chain_parts.h"

const struct guard chain_guards[] = {
    /* incident: chain_guards.c */
    {"on_incident_review", guard_on_incident_review}, /* was it taken up at a review held? */
    {"gmi_decided", guard_gmi_decided},               /* has somebody else proposed a decision? */
    {"new_gmi_decision", guard_new_gmi_decision},     /* and one that replaces the former? */
    {"response_executed", guard_response_executed},   /* was something done, not only planned? */
    {"items_done", guard_items_done},                 /* is every response done, or given up? */
    /* group audit: chain_audit.c */
    {"rows_have_source", guard_rows_have_source},   /* does each row say where it comes from? */
    {"rows_graded", guard_rows_graded},             /* is each graded, with a day to look again? */
    {"rows_judged", guard_rows_judged},             /* is each taken or left, and complete? */
    {"minors_approved", guard_minors_approved},     /* has the coordinator seen those under 18? */
    {"audit_four_eyes", guard_audit_four_eyes},     /* did others say what is adopted? */
    {"duplicates_merged", guard_duplicates_merged}, /* is nothing and nobody in it twice? */
    {"newer_audit", guard_newer_audit},             /* is there a newer one of the same scope? */
    /* merging: chain_merge.c */
    {"merge_undoable", guard_merge_undoable}, /* does nothing later rest on it? */
    {"group_settled", guard_group_settled},   /* does nothing hang on a merged group any more? */
    {"no_open_round", guard_no_open_round},   /* nor a sanction round? */
    /* custom notification: chain_guards.c */
    {"deconfliction_clear", guard_deconfliction_clear}, /* do all three say: clear? */
    {"custody_place", guard_custody_place},             /* in custody: is the talk held there? */
    {"contact_allowed", guard_contact_allowed},         /* may the person be met, there and now? */
    {"message_approved", guard_message_approved},       /* have all three approved the words? */
    {"mourners_spared", guard_mourners_spared},         /* is a family that mourns not warned? */
    {"attempt_row", guard_attempt_row},                 /* is the attempt recorded? */
    {"guardian_told", guard_guardian_told},             /* under 18: was a guardian told? */
    {"gave_up", guard_gave_up},                         /* was it tried often or long enough? */
    /* call-in: chain_call_in.c */
    {"texts_approved", guard_texts_approved},         /* have all three approved every text? */
    {"risk_assessed", guard_risk_assessed},           /* is there an assessment of the risks? */
    {"list_approved", guard_list_approved},           /* is every invitation approved or gone? */
    {"seats_apart", guard_seats_apart},               /* do groups in conflict sit apart? */
    {"outcomes_known", guard_outcomes_known},         /* does each invitation say who came? */
    {"attendees_followed", guard_attendees_followed}, /* was each who came followed up? */
    {"absentees_met", guard_absentees_met},           /* is each who did not come met, or why not? */
    {"invitees_informed", guard_invitees_informed},   /* called off: do those asked know? */
    /* invitation: chain_call_in.c */
    {"right_approver", guard_right_approver},   /* is it the agency whose person it is? */
    {"invitee_free", guard_invitee_free},       /* can and may the person come? */
    {"call_in_ready", guard_call_in_ready},     /* are the summonses of the call-in out? */
    {"call_in_begun", guard_call_in_begun},     /* has the call-in's hour come? */
    {"call_in_coming", guard_call_in_coming},   /* or is it still ahead? */
    {"follow_up_row", guard_follow_up_row},     /* is the follow-up written down? */
    /* sanction round: chain_rounds.c */
    {"all_agencies_answered", guard_all_agencies_answered}, /* measures, or none, of all three? */
    {"gmi_yes", guard_gmi_yes},                             /* was a member of a group involved? */
    {"warned_before", guard_warned_before},                 /* was the group warned before? */
    {"first_measure", guard_first_measure},                 /* has a measure begun? */
    {"all_measures_reported", guard_all_measures_reported}, /* has each agency reported its own? */
    {"group_told", guard_group_told},                       /* was the group told why? */
    /* measure and promise: chain_rounds.c */
    {"age_15", guard_age_15},               /* is who it is aimed at known to be 15 or more? */
    {"round_decided", guard_round_decided}, /* is its round decided and not over? */
    {"promise_evidence", guard_promise_evidence}, /* what shows that it was kept? */
    /* a way out: chain_help.c */
    {"identity_marked", guard_identity_marked},         /* is it said how sure the name is? */
    {"consent_active", guard_consent_active},           /* does a consent of this case hold? */
    {"consent_missing", guard_consent_missing},         /* or is there none to go by? */
    {"police_may_be_asked", guard_police_may_be_asked}, /* does it cover the question? */
    {"threat_requested", guard_threat_requested},       /* was the question put? */
    {"decision_made", guard_decision_made},             /* is it decided, as the law asks? */
    {"decision_granted", guard_decision_granted},       /* and was help granted? */
    {"refusal_served", guard_refusal_served},           /* or refused, and how to appeal told? */
    {"plan_drawn", guard_plan_drawn},                   /* is there a plan with a goal? */
    {"plan_signed", guard_plan_signed},                 /* has the client signed it? */
    {"follow_up_booked", guard_follow_up_booked},       /* is the first meeting booked? */
    {"stable", guard_stable},                           /* half a year without serious setback? */
    {"follow_up_consent", guard_follow_up_consent},     /* may one ask after the end? */
    {"offer_case_named", guard_offer_case_named},       /* which case did the offer lead to? */
    {"no_follow_up_consent", guard_no_follow_up_consent}, /* stops a clock */
    {"threat_renewed", guard_threat_renewed},             /* stops a clock */
    /* what stops a clock: chain_call_in.c, chain_rounds.c */
    {"asked_for_call_in", guard_asked_for_call_in},           /* is an invitation asked about? */
    {"asked_for_talk", guard_asked_for_talk},                 /* or a talk? */
    {"list_begun", guard_list_begun},                         /* is anybody proposed? */
    {"talks_done", guard_talks_done},                         /* is each who came talked with? */
    {"absentees_done", guard_absentees_done},                 /* has each absentee a talk? */
    {"round_settled", guard_round_settled},                   /* C1: is a round decided? */
    {"first_measure_executed", guard_first_measure_executed}, /* C2: was a measure carried out? */
    {"each_agency_executed", guard_each_agency_executed},     /* C3: by each agency in it? */
    /* meeting: chain_meeting.c */
    {"attendance_taken", guard_attendance_taken}, /* is it noted who came? */
};
const int n_chain_guards = (int)N_OF(chain_guards);

bool chain_of_others(const char *guard)
{
    return str_list_has("on_incident_review,gmi_decided,new_gmi_decision,response_executed,deconfliction_clear,"
                        "attempt_row,all_agencies_answered,gmi_yes,first_measure,all_measures_reported,group_told,"
                        "age_15,round_decided",
                        guard);
}

/* --- what several of them ask */

struct record *chain_proposal(struct core *c, const char *incident, bool supersedes)
{
    return look_first(c, "gmi_decision", "-created_at",
                      "incident == \"%s\" and decided_at == null and supersedes %s null and "
                      "(proposed_by == null or proposed_by != \"%s\")",
                      incident, supersedes ? "!=" : "==", c->who.user);
}

bool chain_decided_yes(struct core *c, const char *incident)
{
    struct record *d = look_first(c, "gmi_decision", "-decided_at",
                                  "incident == \"%s\" and decided_at != null", incident);
    bool yes = value_is(d, "value", "JA");
    record_free(d);
    return yes;
}

const char *const chain_parties[N_PARTIES] = {"STAD", "POL", "FRI"};

const char *chain_party_name(const char *party)
{
    if (strcmp(party, "STAD") == 0)
        return _("the city");
    return strcmp(party, "POL") == 0 ? _("the police") : _("probation");
}

void chain_add_name(struct str *names, const char *name)
{
    str_printf(names, "%s%s", names->len ? ", " : "", name);
}
