-- On call: what is handed over, who has read it, who is on duty; documents, and links between records.

-- What one shift tells the next.
CREATE TABLE "handover" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "shared_text" TEXT,
  "hot_conflicts" TEXT,
  "at_risk" TEXT,
  "cn_running" TEXT,
  "exit_acute" TEXT,
  "on_duty" TEXT,
  "what_if" TEXT,
  "who_decides" TEXT,
  "report" TEXT,
  "author" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT,
  "left_at" TEXT,
  "escalated_at" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "handover_from" ON "handover" ("from", "id");
CREATE INDEX "handover_state" ON "handover" ("state", "from");

-- Who has read it.
CREATE TABLE "handover_receipt" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "handover" TEXT NOT NULL REFERENCES "handover" DEFERRABLE INITIALLY DEFERRED,
  "user" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "at" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "handover_receipt_handover" ON "handover_receipt" ("handover");

-- Who is on duty.
CREATE TABLE "duty_roster" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "user" TEXT NOT NULL REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  "phone" BLOB,
  "backup_user" TEXT REFERENCES "user" DEFERRABLE INITIALLY DEFERRED,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "duty_roster_from" ON "duty_roster" ("from", "id");
CREATE INDEX "duty_roster_own" ON "duty_roster" ("owner_agency", "to");

-- Documents; their bytes lie in pieces of their own, encrypted.
CREATE TABLE "document" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "subject" TEXT,
  "title" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "direction" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "blob" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "mime" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "diary_no" TEXT,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "document_subject" ON "document" ("subject");
CREATE INDEX "document_at" ON "document" ("at", "id");
CREATE INDEX "document_own_at" ON "document" ("owner_agency", "at", "id");
CREATE INDEX "document_blob" ON "document" ("blob");

-- Two records that belong together; each stands twice, once for either end.
CREATE TABLE "link" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "subject" TEXT NOT NULL,
  "other" TEXT NOT NULL,
  "text" TEXT,
  "mirror" TEXT,
  "state" TEXT NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "link_subject" ON "link" ("subject");
CREATE INDEX "link_other" ON "link" ("other");
CREATE INDEX "link_created" ON "link" ("created_at", "id");

CREATE TABLE "blob_piece" (
  "blob" TEXT NOT NULL,
  "no" INTEGER NOT NULL,
  "user" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "bytes" BLOB NOT NULL,
  PRIMARY KEY ("blob", "no")
) STRICT, WITHOUT ROWID;
CREATE INDEX "blob_piece_at" ON "blob_piece" ("at");
