/* picture/incident_person.c: a person's part in an incident. Everybody but a suspect is labelled as
 * not suspected. A wrong link keeps its row and counts nowhere. */
#include "../rules.h"

enum {
    INCIDENT,
    PERSON,
    PART,
    INJURY,
    NOT_SUSPECTED,
    SOURCE_GRADE,
    INFO_GRADE,
    HANDLING,
    STATE,
    N
};

static const struct field fields[N] = {
    [INCIDENT] = {"incident", F_REF, "incident", REQUIRED | FIXED, 0, 0},
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [PART] = {"part", F_CODE, "incident_part", REQUIRED, 0, 0},
    [INJURY] = {"injury", F_CODE, "injury", 0, 0, 0},
    [NOT_SUSPECTED] = {"not_suspected", F_BOOL, NULL, AUTO, 0, 0},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", 0, 0, 0},
    [INFO_GRADE] = {"info_grade", F_CODE, "info_grade", 0, 0, 0},
    [HANDLING] = {"handling", F_CODE, "handling", 0, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    if (!c->was)
        fill_value(c, INJURY, record_is(c->now, PART, "AVLIDEN") ? "DOD" : "INGEN");
    record_put(c->now, NOT_SUSPECTED, record_is(c->now, PART, "MISSTANKT") ? "0" : "1");
}

/* The incident's figure must already hold everybody who is named. */
static void check_figure(const struct change *c, struct problems *p, const char *injuries,
                         const char *figure, const char *sentence)
{
    const struct record *r = c->now;
    struct record *incident = look_id(c->core, "incident", record_get(r, INCIDENT));
    ROWS rows = look_all(c->core, "incident_person", "id",
                         "incident == \"%s\" and state == \"KOPPLAD\"", record_get(r, INCIDENT));
    int64_t n = 1;
    for (int i = 0; i < rows.n; i++)
        n += strcmp(rows.at[i]->id, r->id) != 0 && state_in(rows.at[i], INJURY, injuries);
    if (incident && record_int(incident, kind_field(&incident_kind, figure)) < n)
        problem_add(p, ERR_RULE, named(r, INJURY), sentence, (int)n);
    record_free(incident);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_is(r, PART, "AVLIDEN") && !record_is(r, INJURY, "DOD"))
        problem_add(p, ERR_RULE, named(r, INJURY), _("Somebody who died has the injury \"dead\"."));
    if (record_is(r, PART, "MISSTANKT") &&
        !(record_has(r, SOURCE_GRADE) && record_has(r, INFO_GRADE) && record_has(r, HANDLING)))
        problem_add(p, ERR_RULE, named(r, SOURCE_GRADE),
                    _("A suspicion must be graded: source, information and handling."));
    if (!record_has(r, INCIDENT) || !record_has(r, PERSON))
        return;
    if (!c->was && another(c, "incident == \"%s\" and person == \"%s\" and state == \"KOPPLAD\"",
                           record_get(r, INCIDENT), record_get(r, PERSON)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("This person stands on the incident already: change that row."));
    if (!change_touches(c, INJURY))
        return;
    if (record_is(r, INJURY, "DOD"))
        check_figure(c, p, "DOD", "n_dead",
                     _("Set the number of dead on the incident to at least %d first."));
    else if (state_in(r, INJURY, "LATT,SVAR,LIVSHOTANDE"))
        check_figure(c, p, "LATT,SVAR,LIVSHOTANDE", "n_injured",
                     _("Set the number of injured on the incident to at least %d first."));
}

const struct kind incident_person_kind = {
    .name = "incident_person",
    .fields = fields,
    .n_fields = N,
    .title = "{person}, {part}",
    .parent = "incident",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
