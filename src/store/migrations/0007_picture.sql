-- The picture: audits of groups, relations between people, duplicates and their merging.

-- Group audits.
CREATE TABLE "audit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "scope" TEXT NOT NULL,
  "scope_key" TEXT,
  "date" TEXT NOT NULL,
  "participants" TEXT,
  "participants_text" TEXT,
  "findings" TEXT,
  "submitted_at" TEXT,
  "adopted_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "adopted_at" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "audit_state" ON "audit" ("state", "date", "id");
CREATE INDEX "audit_date" ON "audit" ("date", "id");
CREATE INDEX "audit_scope" ON "audit" ("scope_key", "id");
CREATE INDEX "audit_fold" ON "audit" ("fold", "id");
CREATE INDEX "audit_adopted_by" ON "audit" ("adopted_by");

-- What was said at one, row by row.
CREATE TABLE "audit_row" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "audit" TEXT NOT NULL REFERENCES "audit" DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT NOT NULL,
  "group" TEXT REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "group_name" TEXT,
  "alias" TEXT,
  "status" TEXT,
  "org_level" INTEGER,
  "violence_level" INTEGER,
  "est_members_low" INTEGER,
  "est_members_high" INTEGER,
  "territory_text" TEXT,
  "person" TEXT REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT,
  "criteria" TEXT,
  "suspicion_basis" TEXT,
  "other_group" TEXT REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "relation_type" TEXT,
  "heat" INTEGER,
  "cause" TEXT,
  "from" TEXT,
  "text" TEXT,
  "source" TEXT,
  "source_grade" TEXT,
  "info_grade" TEXT,
  "handling" TEXT,
  "review_due" TEXT,
  "minor" INTEGER,
  "minor_approved" INTEGER,
  "accepted" INTEGER,
  "proposed_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "result" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "audit_row_person" ON "audit_row" ("person");
CREATE INDEX "audit_row_group" ON "audit_row" ("group");
CREATE INDEX "audit_row_other_group" ON "audit_row" ("other_group");
CREATE INDEX "audit_row_proposed_by" ON "audit_row" ("proposed_by");
CREATE INDEX "audit_row_result" ON "audit_row" ("result");
CREATE INDEX "audit_row_audit" ON "audit_row" ("audit", "created_at", "id");
CREATE INDEX "audit_row_fold" ON "audit_row" ("fold", "id");

-- How people of one register stand to each other.
CREATE TABLE "relation" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person_a" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "person_b" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "type" TEXT NOT NULL,
  "from" TEXT,
  "to" TEXT,
  "source" TEXT NOT NULL,
  "source_grade" TEXT,
  "info_grade" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "relation_a" ON "relation" ("person_a");
CREATE INDEX "relation_b" ON "relation" ("person_b");
CREATE INDEX "relation_fold" ON "relation" ("fold", "id");
CREATE INDEX "relation_type" ON "relation" ("type", "id");

-- Two records that may be one human being.
CREATE TABLE "person_link_candidate" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "person_a" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "person_b" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "similarity" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "person_link_candidate_a" ON "person_link_candidate" ("person_a", "person_b");
CREATE INDEX "person_link_candidate_b" ON "person_link_candidate" ("person_b");
CREATE INDEX "person_link_candidate_state" ON "person_link_candidate" ("state", "created_at", "id");
CREATE INDEX "person_link_candidate_made" ON "person_link_candidate" ("created_at", "id");
CREATE INDEX "person_link_candidate_fold" ON "person_link_candidate" ("fold", "id");

-- Two records became one; the snapshot says what moved.
CREATE TABLE "person_merge" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "survivor" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "merged" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "basis" TEXT NOT NULL,
  "by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT,
  "n_moved" INTEGER,
  "snapshot" TEXT,
  "undone_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "undone_at" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "person_merge_survivor" ON "person_merge" ("survivor");
CREATE INDEX "person_merge_merged" ON "person_merge" ("merged");
CREATE INDEX "person_merge_by" ON "person_merge" ("by");
CREATE INDEX "person_merge_undone_by" ON "person_merge" ("undone_by");
CREATE INDEX "person_merge_at" ON "person_merge" ("at", "id");
CREATE INDEX "person_merge_fold" ON "person_merge" ("fold", "id");

ALTER TABLE "person" ADD COLUMN "merged_into" TEXT REFERENCES "person" DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "person_merged" ON "person" ("merged_into");
CREATE INDEX "person_own_birth" ON "person" ("owner_agency", "birth_date");
ALTER TABLE "group" ADD COLUMN "merged_into" TEXT REFERENCES "group" DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX "group_merged" ON "group" ("merged_into");
