-- Whom a sanction round concerns, as each agency's own register has them.
CREATE TABLE "round_person" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "round" TEXT NOT NULL REFERENCES "sanction_round" DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT NOT NULL REFERENCES "person" DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT NOT NULL,
  "exempt" INTEGER NOT NULL,
  "owner_agency" TEXT NOT NULL, "info_class" TEXT NOT NULL,
  "rev" INTEGER NOT NULL, "shared_rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL, "created_by" TEXT, "updated_at" TEXT NOT NULL, "updated_by" TEXT, "shared_updated_at" TEXT,
  "purge_after" TEXT, "purge_rule" TEXT, "locked" INTEGER NOT NULL DEFAULT 0, "source_disclosure" TEXT,
  "fold" TEXT, "extra" TEXT NOT NULL DEFAULT '{}' CHECK ("extra" GLOB '{*}')
) STRICT;
CREATE INDEX "round_person_round" ON "round_person" ("round");
CREATE INDEX "round_person_person" ON "round_person" ("person");
CREATE INDEX "round_person_by_created_at" ON "round_person" ("created_at", "id");
CREATE INDEX "round_person_own_created_at" ON "round_person" ("owner_agency", "created_at", "id");
