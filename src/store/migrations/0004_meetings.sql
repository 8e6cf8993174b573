-- What holds the legs together: meetings with their agenda, minutes and attendance.

-- Meetings; the minutes are their items, decisions and tasks.
CREATE TABLE "meeting" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "case_no" TEXT NOT NULL UNIQUE,
  "kind" TEXT NOT NULL,
  "starts" TEXT NOT NULL,
  "place" TEXT,
  "heard_by" TEXT NOT NULL,
  "chair" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "secretary" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "adjuster" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "began_at" TEXT,
  "minutes_at" TEXT,
  "adjusted_at" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "meeting_starts" ON "meeting" ("starts", "id");
CREATE INDEX "meeting_state" ON "meeting" ("state", "starts", "id");
CREATE INDEX "meeting_kind" ON "meeting" ("kind", "starts");

-- Who was there.
CREATE TABLE "meeting_participant" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "meeting" TEXT NOT NULL REFERENCES "meeting" DEFERRABLE INITIALLY DEFERRED,
  "user" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "name" TEXT,
  "agency" TEXT,
  "present" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "meeting_participant_meeting" ON "meeting_participant" ("meeting");

-- The agenda: one row a point, with who hears it.
CREATE TABLE "agenda_item" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "meeting" TEXT NOT NULL REFERENCES "meeting" DEFERRABLE INITIALLY DEFERRED,
  "no" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "heard_by" TEXT NOT NULL,
  "subjects" TEXT,
  "text" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "agenda_item_meeting" ON "agenda_item" ("meeting", "no");

-- What a meeting decided.
CREATE TABLE "meeting_decision" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "agenda_item" TEXT NOT NULL REFERENCES "agenda_item" DEFERRABLE INITIALLY DEFERRED,
  "meeting" TEXT NOT NULL REFERENCES "meeting" DEFERRABLE INITIALLY DEFERRED,
  "text" TEXT NOT NULL,
  "decided_by" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT,
  "ref" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "meeting_decision_item" ON "meeting_decision" ("agenda_item");
CREATE INDEX "meeting_decision_meeting" ON "meeting_decision" ("meeting");
CREATE INDEX "meeting_decision_created" ON "meeting_decision" ("created_at", "id");

-- A task may be an agency's, and one from a meeting is known to the agencies that heard it given.
ALTER TABLE "task" ADD COLUMN "agency" TEXT REFERENCES "agency" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "task" ADD COLUMN "heard_by" TEXT;
