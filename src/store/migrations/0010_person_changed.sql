-- The day's look for doubles takes the people written lately, however many there are.
CREATE INDEX "person_changed" ON "person" ("updated_at");
