-- What is open is counted on everybody's first screen and is little beside what is done: it has indexes of its own. The
-- condition is that of the filter "open" in forms/incident.yaml, word for word.
CREATE INDEX "task_role" ON "task" ("owner_agency", "owner_role", "state", "due", "id");
CREATE INDEX "incident_own_open" ON "incident" ("owner_agency", "occurred_at", "id")
  WHERE "state" IN ('REGISTRERAD', 'TRIAGERAD', 'GRANSKAD', 'GMI_BESLUTAD', 'BESVARAD', 'OMPROVAS');
