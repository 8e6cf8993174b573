-- The help leg: the exit unit's contacts, cases and all that belongs to a case.
ALTER TABLE "person" ADD COLUMN "staff" TEXT;

-- Calls to the exit unit, perhaps without a name.
CREATE TABLE "exit_contact" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "at" TEXT NOT NULL,
  "channel" TEXT NOT NULL,
  "anonymous" INTEGER,
  "caller_role" TEXT NOT NULL,
  "topic" TEXT NOT NULL,
  "urgency" INTEGER,
  "call_back" BLOB,
  "advice_given" TEXT,
  "next_step" TEXT,
  "linked_case" TEXT REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "exit_contact_linked_case" ON "exit_contact" ("linked_case") WHERE "linked_case" IS NOT NULL;
CREATE INDEX "exit_contact_by_at" ON "exit_contact" ("at", "id");
CREATE INDEX "exit_contact_own_at" ON "exit_contact" ("owner_agency", "at", "id");
CREATE INDEX "exit_contact_by_purge_after" ON "exit_contact" ("purge_after", "id");
CREATE INDEX "exit_contact_own_purge_after" ON "exit_contact" ("owner_agency", "purge_after", "id");

-- Ways out, and the rows of each. Nothing here refers to anything of the police.
CREATE TABLE "exit_case" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "person" TEXT REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "contact" TEXT REFERENCES "exit_contact" DEFERRABLE INITIALLY DEFERRED,
  "class" TEXT,
  "opened_at" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "urgency" INTEGER,
  "handler" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "backup" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "police_contact" TEXT,
  "env_type" TEXT NOT NULL,
  "former_group_text" TEXT,
  "own_words" TEXT,
  "age_at_open" INTEGER,
  "minor" INTEGER,
  "child_protection_at" TEXT,
  "registered_municipality" TEXT,
  "responsible_municipality" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "state_since" TEXT,
  "started_at" TEXT,
  "last_follow_up" TEXT,
  "first_period" INTEGER,
  "closed_at" TEXT,
  "close_reason" TEXT,
  "outcome" TEXT,
  "after_dates" TEXT,
  "after_done" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "exit_case_person" ON "exit_case" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "exit_case_contact" ON "exit_case" ("contact") WHERE "contact" IS NOT NULL;
CREATE INDEX "exit_case_handler" ON "exit_case" ("handler");
CREATE INDEX "exit_case_backup" ON "exit_case" ("backup");
CREATE INDEX "exit_case_by_opened_at" ON "exit_case" ("opened_at", "id");
CREATE INDEX "exit_case_own_opened_at" ON "exit_case" ("owner_agency", "opened_at", "id");

CREATE TABLE "consent" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "given_at" TEXT NOT NULL,
  "given_by" TEXT NOT NULL,
  "form_version" TEXT NOT NULL,
  "signed_doc" TEXT,
  "agencies" TEXT NOT NULL,
  "data_kinds" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "valid_to" TEXT NOT NULL,
  "renew_at" TEXT,
  "capacity_note" TEXT,
  "interpreter" INTEGER,
  "withdrawn_at" TEXT,
  "withdrawn_how" TEXT,
  "continued" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "consent_exit_case" ON "consent" ("exit_case");
CREATE INDEX "consent_person" ON "consent" ("person");

CREATE TABLE "agreement" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "text_version" TEXT NOT NULL,
  "conditions" TEXT NOT NULL,
  "signed_at" TEXT,
  "breaches" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "agreement_exit_case" ON "agreement" ("exit_case");

CREATE TABLE "threat_assessment" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "requested_at" TEXT NOT NULL,
  "requested_by" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "answered_at" TEXT,
  "answered_by" TEXT,
  "method" TEXT,
  "level" INTEGER,
  "threat_from" BLOB,
  "against" TEXT,
  "advice" TEXT,
  "valid_until" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "threat_assessment_exit_case" ON "threat_assessment" ("exit_case");
CREATE INDEX "threat_assessment_requested_by" ON "threat_assessment" ("requested_by");

CREATE TABLE "need_assessment" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "domain" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "importance" INTEGER,
  "at" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "need_assessment_exit_case" ON "need_assessment" ("exit_case");

CREATE TABLE "decision" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "entity" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "date" TEXT,
  "content" TEXT,
  "reasons" TEXT,
  "legal_basis" TEXT,
  "rapporteur" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "participants" TEXT,
  "decided_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "appealable" INTEGER,
  "served_at" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "decision_entity" ON "decision" ("entity");
CREATE INDEX "decision_rapporteur" ON "decision" ("rapporteur") WHERE "rapporteur" IS NOT NULL;
CREATE INDEX "decision_decided_by" ON "decision" ("decided_by") WHERE "decided_by" IS NOT NULL;

CREATE TABLE "plan" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "version" INTEGER,
  "from" TEXT NOT NULL,
  "to" TEXT,
  "client_signed" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "plan_exit_case" ON "plan" ("exit_case");

CREATE TABLE "goal" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "plan" TEXT NOT NULL REFERENCES "plan" DEFERRABLE INITIALLY DEFERRED,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "need" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "target_date" TEXT,
  "measure" INTEGER,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "goal_plan" ON "goal" ("plan");
CREATE INDEX "goal_exit_case" ON "goal" ("exit_case");

CREATE TABLE "activity" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "goal" TEXT NOT NULL REFERENCES "goal" DEFERRABLE INITIALLY DEFERRED,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "text" TEXT,
  "responsible" TEXT NOT NULL,
  "from" TEXT,
  "to" TEXT,
  "frequency" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "activity_goal" ON "activity" ("goal");
CREATE INDEX "activity_exit_case" ON "activity" ("exit_case");

CREATE TABLE "follow_up" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT NOT NULL,
  "present" TEXT,
  "ratings" TEXT,
  "deviation" TEXT,
  "changes" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "follow_up_exit_case" ON "follow_up" ("exit_case");
CREATE INDEX "follow_up_by_date" ON "follow_up" ("date", "id");
CREATE INDEX "follow_up_own_date" ON "follow_up" ("owner_agency", "date", "id");

CREATE TABLE "placement" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "provider" BLOB NOT NULL,
  "address" BLOB,
  "municipality" TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT,
  "cost_day" INTEGER,
  "collision_result" TEXT,
  "collision_at" TEXT,
  "collision_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "collision_reason" TEXT,
  "access_list" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "placement_exit_case" ON "placement" ("exit_case");
CREATE INDEX "placement_collision_by" ON "placement" ("collision_by") WHERE "collision_by" IS NOT NULL;
CREATE INDEX "placement_by_from" ON "placement" ("from", "id");
CREATE INDEX "placement_own_from" ON "placement" ("owner_agency", "from", "id");

CREATE TABLE "drug_test" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "result" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "drug_test_exit_case" ON "drug_test" ("exit_case");

CREATE TABLE "setback" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "action" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "setback_exit_case" ON "setback" ("exit_case");

CREATE TABLE "emergency_plan" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "exit_case" TEXT NOT NULL REFERENCES "exit_case" DEFERRABLE INITIALLY DEFERRED,
  "call_name" TEXT NOT NULL,
  "steps" TEXT NOT NULL,
  "phones" BLOB,
  "code_word" BLOB,
  "authorised" TEXT NOT NULL,
  "valid_to" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "emergency_plan_exit_case" ON "emergency_plan" ("exit_case");
CREATE INDEX "emergency_plan_by_fold" ON "emergency_plan" ("fold", "id");
CREATE INDEX "emergency_plan_own_fold" ON "emergency_plan" ("owner_agency", "fold", "id");
