-- Call-ins: people are asked to come, hear the message from all agencies, and are offered help.
CREATE TABLE "call_in" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT UNIQUE,
  "starts_at" TEXT NOT NULL,
  "minutes" INTEGER NOT NULL,
  "purpose" TEXT,
  "window_from" TEXT,
  "window_to" TEXT,
  "venue" BLOB,
  "venue_shared" TEXT,
  "venue_neutral_ok" INTEGER,
  "message_versions" TEXT,
  "capacity" INTEGER,
  "risk_assessment" TEXT,
  "house_rules" TEXT,
  "rehearsal_at" TEXT,
  "rehearsal_no_clients" INTEGER,
  "invitees_told" INTEGER,
  "groups_represented" TEXT,
  "evaluation_text" TEXT,
  "officers" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "call_in_starts" ON "call_in" ("starts_at", "id");
CREATE INDEX "call_in_state" ON "call_in" ("state", "starts_at", "id");

-- What is said there, by whom.
CREATE TABLE "call_in_speech" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "call_in" TEXT NOT NULL REFERENCES "call_in" DEFERRABLE INITIALLY DEFERRED,
  "order" INTEGER NOT NULL,
  "speaker" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "speaker_text" TEXT,
  "theme" TEXT NOT NULL,
  "minutes" INTEGER,
  "message_version" TEXT REFERENCES "message_version" DEFERRABLE INITIALLY DEFERRED,
  "confirmed" INTEGER,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "call_in_speech_call_in" ON "call_in_speech" ("call_in", "order");

-- Who is asked to come, and what became of it.
CREATE TABLE "invitation" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "call_in" TEXT NOT NULL REFERENCES "call_in" DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "represents_group" TEXT NOT NULL REFERENCES "group" DEFERRABLE INITIALLY DEFERRED,
  "compulsion" TEXT NOT NULL,
  "condition_ref" TEXT,
  "state" TEXT NOT NULL,
  "removed_reason" TEXT,
  "call_at" TEXT,
  "told_at" TEXT,
  "custody_at" TEXT,
  "served_at" TEXT,
  "served_how" TEXT,
  "accompanied_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "arrival_slot" TEXT,
  "seat" TEXT,
  "outcome" TEXT,
  "reaction" TEXT,
  "help_wish" INTEGER,
  "follow_up_due" TEXT,
  "follow_up_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "follow_up_done" TEXT,
  "no_cn_reason" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "invitation_call_in" ON "invitation" ("call_in", "person");
CREATE INDEX "invitation_person" ON "invitation" ("person");
CREATE INDEX "invitation_group" ON "invitation" ("represents_group");
CREATE INDEX "invitation_call_at" ON "invitation" ("call_at", "id");
CREATE INDEX "invitation_state" ON "invitation" ("state", "call_at", "id");

-- What the plan of a call-in (or of another case) says of a step; a step that somebody moved keeps its distance.
ALTER TABLE "task" ADD COLUMN "planned" TEXT;

-- Whom an agency is asked about, as the asking agency handed it over.
ALTER TABLE "deconfliction" ADD COLUMN "question" TEXT;
