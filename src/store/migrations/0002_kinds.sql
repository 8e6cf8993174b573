-- The records of every kind: one table each. Own columns first, then what every record has. `fold` is the folded
-- title, `…_key` a text's place in Swedish order, `…_hash` the keyed hash of an encrypted value; `extra` holds the
-- site's local fields as JSON (json_valid may not stand here: a schema of ours is trusted with no such function).
-- Which fields there are, and what they mean, is said by the kinds in the program.

-- Authorities, at the level of the board: each its own secrecy domain.
CREATE TABLE "agency" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "code" TEXT NOT NULL,
  "name_sv" TEXT NOT NULL,
  "name_sv_key" TEXT,
  "kind" TEXT NOT NULL,
  "legal_regime" TEXT NOT NULL,
  "controller_contact" TEXT,
  "dso_contact" TEXT,
  "active" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE UNIQUE INDEX "agency_code" ON "agency" ("code");

-- Roles, made from config/roles.yaml.
CREATE TABLE "role" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "code" TEXT NOT NULL,
  "name_sv" TEXT NOT NULL,
  "name_sv_key" TEXT,
  "agency_kind" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE UNIQUE INDEX "role_code" ON "role" ("code");

-- Accounts: one person, one agency.
CREATE TABLE "user" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "login" TEXT NOT NULL,
  "uid" INTEGER,
  "display_name" TEXT NOT NULL,
  "display_name_key" TEXT,
  "display_alias" TEXT,
  "display_alias_key" TEXT,
  "agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "unit" TEXT,
  "employment_ref" BLOB,
  "auth_method" TEXT,
  "active_from" TEXT,
  "active_to" TEXT,
  "last_attested_at" TEXT,
  "training_ok_until" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE UNIQUE INDEX "user_login" ON "user" ("login");
CREATE UNIQUE INDEX "user_uid" ON "user" ("uid");
CREATE INDEX "user_name" ON "user" ("display_name_key", "id");

-- Which account has which role, from when to when.
CREATE TABLE "user_role" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "user" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT NOT NULL REFERENCES "role" DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT,
  "to" TEXT,
  "granted_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "user_role_user" ON "user_role" ("user");

-- Groups, the police's picture of them; open names are unique.
CREATE TABLE "group" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "name" TEXT NOT NULL,
  "name_key" TEXT,
  "status" TEXT NOT NULL,
  "priority" INTEGER NOT NULL,
  "org_level" INTEGER,
  "violence_level" INTEGER NOT NULL,
  "est_members_low" INTEGER,
  "est_members_high" INTEGER,
  "territory_text" TEXT,
  "areas" TEXT,
  "description" TEXT,
  "shared_text" TEXT,
  "formed" TEXT,
  "dissolved" TEXT,
  "last_audit" TEXT,
  "last_direct_message" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "group_name" ON "group" ("name_key", "id");
CREATE UNIQUE INDEX "group_open_name" ON "group" ("name_key") WHERE "status" IN ('AKTIV', 'VILANDE', 'OKAND');
CREATE INDEX "group_fold" ON "group" ("fold", "id");

-- Other names of groups.
CREATE TABLE "group_alias" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "name" TEXT NOT NULL,
  "name_key" TEXT,
  "kind" TEXT NOT NULL,
  "from" TEXT,
  "to" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "group_alias_group" ON "group_alias" ("group");
CREATE INDEX "group_alias_name" ON "group_alias" ("name_key", "id");

-- People, one row per agency that knows them; never joined across agencies.
CREATE TABLE "person" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "kind" TEXT NOT NULL,
  "given_names" TEXT,
  "given_names_key" TEXT,
  "family_name" TEXT,
  "family_name_key" TEXT,
  "name_quality" TEXT,
  "birth_date" TEXT,
  "pnr_date_shifted" INTEGER,
  "sex" TEXT,
  "language" TEXT,
  "interpreter_needed" INTEGER,
  "deceased_date" TEXT,
  "photo_doc" TEXT,
  "protection_level" TEXT NOT NULL,
  "protection_until" TEXT,
  "not_suspected_label" INTEGER,
  "custody_state" TEXT,
  "custody_from" TEXT,
  "custody_to" TEXT,
  "supervision_state" TEXT,
  "residence_municipality" TEXT,
  "do_not_contact" INTEGER,
  "do_not_contact_reason" TEXT,
  "do_not_contact_until" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "person_name" ON "person" ("family_name_key", "id");
CREATE INDEX "person_own_name" ON "person" ("owner_agency", "family_name_key", "id");
CREATE INDEX "person_own_given" ON "person" ("owner_agency", "given_names_key", "id");
CREATE INDEX "person_fold" ON "person" ("fold", "id");
CREATE INDEX "person_own_fold" ON "person" ("owner_agency", "fold", "id");

-- Identity numbers: the value encrypted, found by its keyed hash.
CREATE TABLE "person_identifier" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL,
  "value" BLOB NOT NULL,
  "value_hash" TEXT,
  "identity_grade" TEXT,
  "dormant" INTEGER,
  "valid_from" TEXT,
  "valid_to" TEXT,
  "source" TEXT,
  "primary" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "person_identifier_person" ON "person_identifier" ("person");
CREATE INDEX "person_identifier_hash" ON "person_identifier" ("value_hash");

-- Other names of people.
CREATE TABLE "alias" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "name" TEXT NOT NULL,
  "name_key" TEXT,
  "kind" TEXT NOT NULL,
  "source_grade" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "alias_person" ON "alias" ("person");
CREATE INDEX "alias_name" ON "alias" ("name_key", "id");
CREATE INDEX "alias_own_fold" ON "alias" ("owner_agency", "fold", "id");

-- Claims that a person belongs to a group.
CREATE TABLE "membership" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT,
  "end_reason" TEXT,
  "source_grade" TEXT NOT NULL,
  "info_grade" TEXT NOT NULL,
  "handling" TEXT NOT NULL,
  "criteria" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "confirmed_at" TEXT,
  "confirmed_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "review_due" TEXT NOT NULL,
  "suspicion_basis" TEXT NOT NULL,
  "minor_at_entry" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "membership_person" ON "membership" ("person");
CREATE INDEX "membership_group" ON "membership" ("group", "state");
CREATE INDEX "membership_review" ON "membership" ("review_due", "id");
CREATE INDEX "membership_due" ON "membership" ("state", "review_due", "id");

-- Violent events.
CREATE TABLE "incident" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "type" TEXT NOT NULL,
  "occurred_at" TEXT NOT NULL,
  "occurred_precision" TEXT NOT NULL,
  "known_at" TEXT NOT NULL,
  "registered_at" TEXT NOT NULL,
  "registered_by_agency" TEXT REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "place_text" TEXT,
  "area" TEXT NOT NULL,
  "place_type" TEXT,
  "confirmed" TEXT,
  "n_dead" INTEGER NOT NULL,
  "n_injured" INTEGER NOT NULL,
  "n_shots" INTEGER,
  "weapon" TEXT,
  "police_ref" TEXT,
  "retaliation_risk" INTEGER,
  "summary_shared" TEXT,
  "summary_internal" TEXT,
  "linked_incident" TEXT REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "no_response_reason" TEXT,
  "reopen_text" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "incident_occurred" ON "incident" ("occurred_at", "id");
CREATE INDEX "incident_own_occurred" ON "incident" ("owner_agency", "occurred_at", "id");
CREATE INDEX "incident_state" ON "incident" ("state", "known_at", "id");
CREATE INDEX "incident_state_occurred" ON "incident" ("state", "occurred_at", "id");
CREATE INDEX "incident_own_state" ON "incident" ("owner_agency", "state", "known_at", "id");
CREATE INDEX "incident_known" ON "incident" ("known_at", "id");
CREATE INDEX "incident_linked" ON "incident" ("linked_incident", "owner_agency", "occurred_at", "id")
  WHERE "linked_incident" IS NOT NULL;

-- Alliances and conflicts between two groups; the pair is stored one way round.
CREATE TABLE "group_relation" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "group_a" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "group_b" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL,
  "heat" INTEGER,
  "from" TEXT NOT NULL,
  "to" TEXT,
  "cause" TEXT,
  "trigger_incident" TEXT REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "source_grade" TEXT NOT NULL,
  "info_grade" TEXT NOT NULL,
  "confirmed_at" TEXT,
  "review_due" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "group_relation_a" ON "group_relation" ("group_a");
CREATE INDEX "group_relation_b" ON "group_relation" ("group_b");
CREATE INDEX "group_relation_trigger" ON "group_relation" ("trigger_incident") WHERE "trigger_incident" IS NOT NULL;
CREATE INDEX "group_relation_heat" ON "group_relation" ("heat", "id");

-- Groups' parts in incidents; a wrong link stays as a row of that state.
CREATE TABLE "incident_group" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "incident" TEXT NOT NULL REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "part" TEXT NOT NULL,
  "certainty" INTEGER NOT NULL,
  "source_grade" TEXT NOT NULL,
  "info_grade" TEXT NOT NULL,
  "handling" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "incident_group_incident" ON "incident_group" ("incident");
CREATE INDEX "incident_group_group" ON "incident_group" ("group");

-- People's parts in incidents; a wrong link likewise.
CREATE TABLE "incident_person" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "incident" TEXT NOT NULL REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "part" TEXT NOT NULL,
  "injury" TEXT,
  "not_suspected" INTEGER,
  "source_grade" TEXT,
  "info_grade" TEXT,
  "handling" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "incident_person_incident" ON "incident_person" ("incident");
CREATE INDEX "incident_person_person" ON "incident_person" ("person");

-- Is a group member involved? Proposals and decisions; never changed, only superseded.
CREATE TABLE "gmi_decision" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "incident" TEXT NOT NULL REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "value" TEXT NOT NULL,
  "certainty" INTEGER NOT NULL,
  "role" TEXT,
  "motive" TEXT,
  "group_driven" TEXT,
  "basis_text" TEXT NOT NULL,
  "proposed_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "proposed_at" TEXT,
  "decided_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "decided_at" TEXT,
  "supersedes" TEXT REFERENCES "gmi_decision" DEFERRABLE INITIALLY DEFERRED,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "gmi_decision_incident" ON "gmi_decision" ("incident", "decided_at");
CREATE INDEX "gmi_decision_created" ON "gmi_decision" ("created_at", "id");

-- What will be done because of an incident, and when it was.
CREATE TABLE "response_item" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "incident" TEXT NOT NULL REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "text" TEXT,
  "due" TEXT,
  "executed_at" TEXT,
  "ref" TEXT,
  "cancel_reason" TEXT,
  "cancelled_at" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "response_item_incident" ON "response_item" ("incident");
CREATE INDEX "response_item_ref" ON "response_item" ("ref") WHERE "ref" IS NOT NULL;
CREATE INDEX "response_item_due" ON "response_item" ("due", "id");

-- The weekly sittings over incidents.
CREATE TABLE "incident_review" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "at" TEXT NOT NULL,
  "meeting" TEXT,
  "incidents" TEXT NOT NULL,
  "presenter" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "findings_shared" TEXT,
  "findings_internal" TEXT,
  "actions" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "incident_review_at" ON "incident_review" ("at", "id");

-- Messages of the programme.
CREATE TABLE "message" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "code" TEXT NOT NULL,
  "code_key" TEXT,
  "purpose" TEXT NOT NULL,
  "audience" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE UNIQUE INDEX "message_code" ON "message" ("code");
CREATE INDEX "message_name" ON "message" ("code_key", "id");

-- Their wordings, approved one by one.
CREATE TABLE "message_version" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "message" TEXT NOT NULL REFERENCES "message" DEFERRABLE INITIALLY DEFERRED,
  "no" INTEGER NOT NULL,
  "language" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "valid_from" TEXT,
  "valid_to" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "message_version_message" ON "message_version" ("message", "no");
CREATE INDEX "message_version_created" ON "message_version" ("created_at", "id");

-- Offers of help.
CREATE TABLE "help_offer" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person" TEXT REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "anonymous" INTEGER,
  "given_in" TEXT NOT NULL,
  "given_at" TEXT NOT NULL,
  "by_agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "given_by" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "offer_kinds" TEXT NOT NULL,
  "response" TEXT,
  "response_at" TEXT,
  "decline_reason" TEXT,
  "exit_contact" TEXT,
  "exit_case" TEXT,
  "text_internal" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "help_offer_person" ON "help_offer" ("person");
CREATE INDEX "help_offer_given" ON "help_offer" ("given_at", "id");
CREATE INDEX "help_offer_own_given" ON "help_offer" ("owner_agency", "given_at", "id");

-- Talks with one person.
CREATE TABLE "custom_notification" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "trigger" TEXT NOT NULL,
  "trigger_incident" TEXT REFERENCES "incident" DEFERRABLE INITIALLY DEFERRED,
  "proposed_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "proposed_at" TEXT,
  "message_version" TEXT REFERENCES "message_version" DEFERRABLE INITIALLY DEFERRED,
  "individual_legal_page" TEXT,
  "deliverers" TEXT,
  "planned_place" TEXT,
  "planned_at" TEXT,
  "delivered_at" TEXT,
  "present_others" TEXT,
  "reaction" TEXT,
  "questions" TEXT,
  "guardian_informed" INTEGER,
  "guardian_reason" TEXT,
  "help_offer" TEXT REFERENCES "help_offer" DEFERRABLE INITIALLY DEFERRED,
  "follow_up_due" TEXT,
  "follow_up_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "follow_up_done" TEXT,
  "stop_reason" TEXT,
  "text_internal" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "custom_notification_person" ON "custom_notification" ("person");
CREATE INDEX "custom_notification_incident" ON "custom_notification" ("trigger_incident");
CREATE INDEX "custom_notification_proposed" ON "custom_notification" ("proposed_at", "id");
CREATE INDEX "custom_notification_state" ON "custom_notification" ("state", "proposed_at", "id");

-- Visits to hold such a talk.
CREATE TABLE "notification_attempt" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "custom_notification" TEXT NOT NULL REFERENCES "custom_notification" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "result" TEXT NOT NULL,
  "note" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "notification_attempt_custom_notification" ON "notification_attempt" ("custom_notification", "at");

-- Rounds of increased focus on a group.
CREATE TABLE "sanction_round" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "target_group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "trigger_incidents" TEXT NOT NULL,
  "trigger_rule" TEXT NOT NULL,
  "prior_message" TEXT,
  "override_reason" TEXT,
  "objective" TEXT,
  "proposed_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "proposed_at" TEXT,
  "decided_by" TEXT,
  "decided_at" TEXT,
  "starts" TEXT,
  "next_decision_due" TEXT,
  "ended_at" TEXT,
  "end_reason" TEXT,
  "feedback_state" TEXT NOT NULL,
  "evaluation" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "sanction_round_group" ON "sanction_round" ("target_group");
CREATE INDEX "sanction_round_proposed" ON "sanction_round" ("proposed_at", "id");
CREATE INDEX "sanction_round_state" ON "sanction_round" ("state", "proposed_at", "id");

-- Agencies' answers to a proposed round.
CREATE TABLE "round_answer" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "round" TEXT NOT NULL REFERENCES "sanction_round" DEFERRABLE INITIALLY DEFERRED,
  "agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "answer" TEXT NOT NULL,
  "text" TEXT,
  "answered_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "answered_at" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "round_answer_round" ON "round_answer" ("round");

-- Concrete consequences within a round.
CREATE TABLE "measure" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "round" TEXT NOT NULL REFERENCES "sanction_round" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "target_type" TEXT NOT NULL,
  "target" TEXT,
  "target_text" TEXT,
  "legal_basis" TEXT,
  "legal_text" TEXT,
  "proportionality_text" TEXT,
  "planned_from" TEXT NOT NULL,
  "planned_to" TEXT NOT NULL,
  "executing_party" TEXT,
  "decided_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "decided_at" TEXT,
  "executed_at" TEXT,
  "result" TEXT,
  "not_done_reason" TEXT,
  "q_checks" INTEGER,
  "q_reports" INTEGER,
  "q_arrests" INTEGER,
  "q_remands" INTEGER,
  "q_weapons" INTEGER,
  "q_drugs_g" INTEGER,
  "q_money_ore" INTEGER,
  "q_vehicles" INTEGER,
  "q_hours" INTEGER,
  "planned_in_round" INTEGER NOT NULL,
  "shared_text" TEXT,
  "internal_text" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "measure_round" ON "measure" ("round", "state");
CREATE INDEX "measure_target" ON "measure" ("target") WHERE "target" IS NOT NULL;
CREATE INDEX "measure_planned" ON "measure" ("planned_to", "id");

-- What a group was told, and how.
CREATE TABLE "group_message" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "round" TEXT REFERENCES "sanction_round" DEFERRABLE INITIALLY DEFERRED,
  "channel" TEXT NOT NULL,
  "message_version" TEXT NOT NULL REFERENCES "message_version" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "via_person" TEXT REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "receipt" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "group_message_round" ON "group_message" ("round");
CREATE INDEX "group_message_group" ON "group_message" ("group", "at");
CREATE INDEX "group_message_at" ON "group_message" ("at", "id");

-- What was promised to a person or a group.
CREATE TABLE "promise" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "made_in" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "to" TEXT,
  "text" TEXT NOT NULL,
  "made_by_agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT,
  "evidence" TEXT,
  "closed_at" TEXT,
  "state" TEXT NOT NULL,
  "state_shared" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "promise_made_in" ON "promise" ("made_in");
CREATE INDEX "promise_to" ON "promise" ("to");
CREATE INDEX "promise_due" ON "promise" ("due", "id");
CREATE INDEX "promise_state" ON "promise" ("state", "due", "id");

-- Yeses of several people to one step.
CREATE TABLE "approval" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "subject" TEXT NOT NULL,
  "step" TEXT NOT NULL,
  "agency" TEXT REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "user" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "answer" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "approval_subject" ON "approval" ("subject", "step");

-- Agencies' answers on whether a contact is safe.
CREATE TABLE "deconfliction" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "subject" TEXT NOT NULL,
  "agency" TEXT NOT NULL REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED,
  "answer" TEXT,
  "clear" INTEGER,
  "answered_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "answered_at" TEXT,
  "reason_internal" TEXT,
  "legal_ground" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "deconfliction_subject" ON "deconfliction" ("subject");
CREATE INDEX "deconfliction_created" ON "deconfliction" ("created_at", "id");

-- Things to do, by hand or by a clock.
CREATE TABLE "task" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "title" TEXT NOT NULL,
  "text" TEXT,
  "owner" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "owner_role" TEXT,
  "due" TEXT NOT NULL,
  "priority" TEXT NOT NULL,
  "subject" TEXT,
  "source" TEXT,
  "clock" TEXT,
  "state" TEXT NOT NULL,
  "done_at" TEXT,
  "escalations" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "task_subject" ON "task" ("subject");
CREATE INDEX "task_source" ON "task" ("source");
CREATE INDEX "task_due" ON "task" ("due", "id");
CREATE INDEX "task_owner" ON "task" ("owner", "state", "due");
CREATE INDEX "task_agency" ON "task" ("owner_agency", "state", "due", "id");

-- Notes; a signed one never changes.
CREATE TABLE "note" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "subject" TEXT NOT NULL,
  "event_at" TEXT NOT NULL,
  "written_at" TEXT NOT NULL,
  "author" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "corrects" TEXT REFERENCES "note" DEFERRABLE INITIALLY DEFERRED,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "note_subject" ON "note" ("subject", "event_at");
CREATE INDEX "note_event" ON "note" ("event_at", "id");
CREATE INDEX "note_corrects" ON "note" ("corrects") WHERE "corrects" IS NOT NULL;
CREATE INDEX "note_own_event" ON "note" ("owner_agency", "event_at", "id");

-- Free text, already folded: everything of its own for each agency, what is shared for all. One table each, so that a
-- hit and its cost never tell of what another agency keeps. Merging is upkeep, never part of a save.
CREATE VIRTUAL TABLE "search_shared" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_shared"("search_shared", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_SNC" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_SNC"("search_SNC", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_SNH" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_SNH"("search_SNH", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_SNN" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_SNN"("search_SNN", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_SNS" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_SNS"("search_SNS", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_KS" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_KS"("search_KS", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_POL" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_POL"("search_POL", rank) VALUES ('automerge', 0);
CREATE VIRTUAL TABLE "search_FRI" USING fts5(kind UNINDEXED, id UNINDEXED, text, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0');
INSERT INTO "search_FRI"("search_FRI", rank) VALUES ('automerge', 0);

-- Where a record's text stands in which of them, so that it can be replaced.
CREATE TABLE search_doc (
  id  TEXT NOT NULL,
  tab TEXT NOT NULL,
  doc INTEGER NOT NULL,
  PRIMARY KEY (id, tab)
) STRICT, WITHOUT ROWID;
