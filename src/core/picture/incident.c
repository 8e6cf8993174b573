/* picture/incident.c: a violent event. The moment it became known starts every clock of the method.
 */
#include "../rules.h"

enum {
    TYPE,
    OCCURRED_AT,
    OCCURRED_PRECISION,
    KNOWN_AT,
    REGISTERED_AT,
    REGISTERED_BY_AGENCY,
    PLACE_TEXT,
    AREA,
    PLACE_TYPE,
    CONFIRMED,
    N_DEAD,
    N_INJURED,
    N_SHOTS,
    WEAPON,
    POLICE_REF,
    RETALIATION_RISK,
    SUMMARY_SHARED,
    SUMMARY_INTERNAL,
    LINKED_INCIDENT,
    NO_RESPONSE_REASON,
    REOPEN_TEXT,
    STATE,
    N
};

static const struct field fields[N] = {
    [TYPE] = {"type", F_CODE, "incident_type", REQUIRED | SHARED | SEARCH, 0, 0},
    [OCCURRED_AT] = {"occurred_at", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [OCCURRED_PRECISION] = {"occurred_precision", F_CODE, "precision", REQUIRED | SHARED, 0, 0},
    [KNOWN_AT] = {"known_at", F_TIME, NULL, REQUIRED | SHARED, 0, 0},
    [REGISTERED_AT] = {"registered_at", F_TIME, NULL, REQUIRED | AUTO | SHARED, 0, 0},
    [REGISTERED_BY_AGENCY] = {"registered_by_agency", F_REF, "agency", AUTO | SHARED, 0, 0},
    [PLACE_TEXT] = {"place_text", F_TEXT, NULL, SHARED | SEARCH, 0, 120},
    [AREA] = {"area", F_CODE, "area", REQUIRED | SHARED, 0, 0},
    [PLACE_TYPE] = {"place_type", F_CODE, "place_type", SHARED, 0, 0},
    [CONFIRMED] = {"confirmed", F_CODE, "confirmed", SHARED, 0, 0},
    [N_DEAD] = {"n_dead", F_INT, NULL, REQUIRED | SHARED, 0, 999},
    [N_INJURED] = {"n_injured", F_INT, NULL, REQUIRED | SHARED, 0, 999},
    [N_SHOTS] = {"n_shots", F_INT, NULL, SHARED, 0, 9999},
    [WEAPON] = {"weapon", F_CODE, "weapon", SHARED, 0, 0},
    [POLICE_REF] = {"police_ref", F_TEXT, NULL, 0, 0, 24},
    [RETALIATION_RISK] = {"retaliation_risk", F_INT, NULL, SHARED, 0, 3},
    [SUMMARY_SHARED] = {"summary_shared", F_NOTE, NULL, SHARED | SEARCH, 0, 500},
    [SUMMARY_INTERNAL] = {"summary_internal", F_NOTE, NULL, SEARCH, 0, 4000},
    [LINKED_INCIDENT] = {"linked_incident", F_REF, "incident", 0, 0, 0},
    [NO_RESPONSE_REASON] = {"no_response_reason", F_CODE, "no_response_reason", SHARED, 0, 0},
    [REOPEN_TEXT] = {"reopen_text", F_NOTE, NULL, 0, 0, 2000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_value(c, N_DEAD, "0");
    fill_value(c, N_INJURED, "0");
    fill_value(c, CONFIRMED, "EJ_BEKRAFTAD");
    fill_now(c, REGISTERED_AT);
    if (!str_eq(c->core->who.agency, POLICE))
        fill_my_agency(c, REGISTERED_BY_AGENCY);
    /* When nobody knows when it happened, it happened no later than it became known. */
    if (!record_has(c->now, OCCURRED_AT) && record_is(c->now, OCCURRED_PRECISION, "OKAND"))
        fill_value(c, OCCURRED_AT, record_get(c->now, KNOWN_AT));
    fill_value(c, OCCURRED_PRECISION, "EXAKT");
}

/* The figures may count people nobody has named, never fewer than those who are. */
static void check_figures(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!c->was || (!change_touches(c, N_DEAD) && !change_touches(c, N_INJURED)))
        return;
    int64_t dead =
        look_count(c->core, "incident_person",
                   "incident == \"%s\" and state == \"KOPPLAD\" and injury == \"DOD\"", r->id);
    int64_t injured = look_count(c->core, "incident_person",
                                 "incident == \"%s\" and state == \"KOPPLAD\" and "
                                 "injury in (\"LATT\", \"SVAR\", \"LIVSHOTANDE\")",
                                 r->id);
    if (record_int(r, N_DEAD) < dead)
        problem_add(p, ERR_RULE, named(r, N_DEAD),
                    _("More people are registered as dead than this number: raise it, or correct "
                      "the people."));
    if (record_int(r, N_INJURED) < injured)
        problem_add(p, ERR_RULE, named(r, N_INJURED),
                    _("More people are registered as injured than this number: raise it, or "
                      "correct the people."));
}

static void check_writer(const struct change *c, struct problems *p)
{
    if (c->core->who.system || str_eq(c->core->who.agency, POLICE))
        return;
    if (change_touches(c, POLICE_REF))
        problem_add(p, ERR_RULE, named(c->now, POLICE_REF),
                    _("Only the police write their reference: leave it empty."));
    if (change_touches(c, SUMMARY_INTERNAL))
        problem_add(p, ERR_RULE, named(c->now, SUMMARY_INTERNAL),
                    _("Only the police write here: use the shared summary."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (later(record_get(r, OCCURRED_AT), record_get(r, KNOWN_AT)))
        problem_add(
            p, ERR_RULE, named(r, OCCURRED_AT),
            _("It cannot have happened after it became known: correct one of the two times."));
    check_past(p, r, OCCURRED_AT);
    check_past(p, r, KNOWN_AT);
    check_figures(c, p);
    check_writer(c, p);
    if (record_has(r, LINKED_INCIDENT) && strcmp(record_get(r, LINKED_INCIDENT), r->id) == 0)
        problem_add(p, ERR_RULE, named(r, LINKED_INCIDENT),
                    _("An incident is not linked to itself: choose another."));
    lint_text(p, r, SUMMARY_SHARED);
    lint_text(p, r, PLACE_TEXT);
}

static bool triage_set(struct guard_case *g)
{
    if (!record_has(g->r, RETALIATION_RISK))
        return guard_no(g, _("Set the risk of retaliation, from 0 to 3, before triage is done."));
    if (!record_has(g->r, CONFIRMED))
        return guard_no(g, _("Say whether the incident is confirmed before triage is done."));
    return true;
}

static bool duplicate_linked(struct guard_case *g)
{
    const char *other = record_get(g->r, LINKED_INCIDENT);
    if (!other || strcmp(other, g->r->id) == 0)
        return guard_no(g, _("Say which incident this is a duplicate of (the linked incident)."));
    struct record *kept = look_id(g->core, "incident", other);
    bool living = kept && !state_in(kept, STATE, "DUBBLETT,EJ_AKTUELL");
    record_free(kept);
    return living ||
           guard_no(g, _("The linked incident is itself put aside: link the one that is kept."));
}

static bool new_information(struct guard_case *g)
{
    const char *text = record_get(g->r, REOPEN_TEXT);
    if (!text)
        return guard_no(g, _("Write what the new information is before the incident is reopened."));
    struct record *was = look_id(g->core, "incident", g->r->id);
    bool told_before =
        was && record_is(was, STATE, "OMPROVAS") && record_is(was, REOPEN_TEXT, text);
    record_free(was);
    return !told_before ||
           guard_no(g, _("Write what is new since last time before the incident is reopened."));
}

static const struct guard guards[] = {
    {"triage_set", triage_set},
    {"duplicate_linked", duplicate_linked},
    {"new_information", new_information},
};

const struct kind incident_kind = {
    .name = "incident",
    .fields = fields,
    .n_fields = N,
    .series = "H",
    .series_digits = 4,
    .title = "{type}, {place_text}",
    .owner = POLICE,
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
