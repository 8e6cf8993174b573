/* core/kinds.c: every kind of record there is, and the fields they all have. */
#include "rules.h"

const struct kind *const all_kinds[] = {
    /* who works here */
    &agency_kind,
    &role_kind,
    &user_kind,
    &user_role_kind,
    /* picture */
    &group_kind,
    &group_alias_kind,
    &person_kind,
    &person_identifier_kind,
    &alias_kind,
    &membership_kind,
    &incident_kind,
    &group_relation_kind,
    &incident_group_kind,
    &incident_person_kind,
    &gmi_decision_kind,
    &response_item_kind,
    &incident_review_kind,
    &relation_kind,
    &person_link_candidate_kind,
    &person_merge_kind,
    &audit_kind,
    &audit_row_kind,
    /* communication and help */
    &message_kind,
    &message_version_kind,
    &exit_contact_kind,
    &exit_case_kind,
    &consent_kind,
    &agreement_kind,
    &threat_assessment_kind,
    &need_assessment_kind,
    &decision_kind,
    &plan_kind,
    &goal_kind,
    &activity_kind,
    &follow_up_kind,
    &placement_kind,
    &drug_test_kind,
    &setback_kind,
    &emergency_plan_kind,
    &help_offer_kind,
    &custom_notification_kind,
    &notification_attempt_kind,
    &call_in_kind,
    &call_in_speech_kind,
    &invitation_kind,
    /* sanctions */
    &sanction_round_kind,
    &round_answer_kind,
    &measure_kind,
    &round_person_kind,
    &group_message_kind,
    &promise_kind,
    /* cooperation */
    &approval_kind,
    &deconfliction_kind,
    &meeting_kind,
    &meeting_participant_kind,
    &agenda_item_kind,
    &meeting_decision_kind,
    &handover_kind,
    &handover_receipt_kind,
    &duty_roster_kind,
    &task_kind,
    &note_kind,
    &document_kind,
    &link_kind,
};
const int n_all_kinds = (int)N_OF(all_kinds);

/* Those who see only the shared part see the shared counter and time in place of the real ones (see
 * access.c). */
const struct field common_fields[COMMON_N] = {
    [COMMON_OWNER_AGENCY] = {"owner_agency", F_CODE, "agency", REQUIRED | AUTO | SHARED | META, 0,
                             0},
    [COMMON_INFO_CLASS] = {"info_class", F_CODE, "info_class", REQUIRED | SHARED | META, 0, 0},
    [COMMON_REV] = {"rev", F_INT, NULL, REQUIRED | AUTO | SHARED | META, 0, 0},
    [COMMON_SHARED_REV] = {"shared_rev", F_INT, NULL, REQUIRED | AUTO | SHARED | META, 0, 0},
    [COMMON_CREATED_AT] = {"created_at", F_TIME, NULL, REQUIRED | AUTO | SHARED | META, 0, 0},
    [COMMON_CREATED_BY] = {"created_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [COMMON_UPDATED_AT] = {"updated_at", F_TIME, NULL, REQUIRED | AUTO | SHARED | META, 0, 0},
    [COMMON_UPDATED_BY] = {"updated_by", F_REF, "user", AUTO, 0, 0},
    [COMMON_SHARED_UPDATED_AT] = {"shared_updated_at", F_TIME, NULL, AUTO | SHARED | META, 0, 0},
    [COMMON_PURGE_AFTER] = {"purge_after", F_DATE, NULL, AUTO, 0, 0},
    [COMMON_PURGE_RULE] = {"purge_rule", F_TEXT, NULL, AUTO, 0, 40},
    [COMMON_LOCKED] = {"locked", F_BOOL, NULL, REQUIRED | AUTO, 0, 0},
    [COMMON_SOURCE_DISCLOSURE] = {"source_disclosure", F_REF, "*", AUTO, 0, 0},
};

const struct kind *kind_find(const char *name)
{
    for (int i = 0; name && i < n_all_kinds; i++)
        if (strcmp(all_kinds[i]->name, name) == 0)
            return all_kinds[i];
    return NULL;
}

int kind_field(const struct kind *k, const char *name)
{
    for (int i = 0; name && i < k->n_fields; i++)
        if (strcmp(k->fields[i].name, name) == 0)
            return i;
    return -1;
}
