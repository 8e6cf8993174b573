/* help/exit_case.c: one person's way out. Seen by who works with it and their manager only, closed
 * by that manager only, and never by a calendar: a relapse does not end it. */
#include "../rules.h"

#include <stdio.h>

enum {
    PERSON,
    CONTACT,
    CLASS,
    OPENED_AT,
    SOURCE,
    URGENCY,
    HANDLER,
    BACKUP,
    POLICE_CONTACT,
    ENV_TYPE,
    FORMER_GROUP_TEXT,
    OWN_WORDS,
    AGE_AT_OPEN,
    MINOR,
    CHILD_PROTECTION_AT,
    REGISTERED_MUNICIPALITY,
    RESPONSIBLE_MUNICIPALITY,
    STATE,
    STATE_SINCE,
    STARTED_AT,
    LAST_FOLLOW_UP,
    FIRST_PERIOD,
    CLOSED_AT,
    CLOSE_REASON,
    OUTCOME,
    AFTER_DATES,
    AFTER_DONE,
    N
};

static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", 0, 0, 0},
    [CONTACT] = {"contact", F_REF, "exit_contact", FIXED, 0, 0},
    [CLASS] = {"class", F_CODE, "exit_class", 0, 0, 0},
    [OPENED_AT] = {"opened_at", F_TIME, NULL, REQUIRED, 0, 0},
    [SOURCE] = {"source", F_CODE, "exit_source", REQUIRED, 0, 0},
    [URGENCY] = {"urgency", F_INT, NULL, 0, 0, 3},
    [HANDLER] = {"handler", F_REF, "user", REQUIRED, 0, 0},
    [BACKUP] = {"backup", F_REF, "user", REQUIRED, 0, 0},
    [POLICE_CONTACT] = {"police_contact", F_TEXT, NULL, 0, 0, 80}, /* a text: no tie to the police */
    [ENV_TYPE] = {"env_type", F_CODE, "exit_environment", REQUIRED, 0, 0},
    [FORMER_GROUP_TEXT] = {"former_group_text", F_TEXT, NULL, 0, 0, 120}, /* nor to their groups */
    [OWN_WORDS] = {"own_words", F_NOTE, NULL, 0, 0, 300},
    [AGE_AT_OPEN] = {"age_at_open", F_INT, NULL, AUTO, 0, 150},
    [MINOR] = {"minor", F_BOOL, NULL, AUTO, 0, 0},
    [CHILD_PROTECTION_AT] = {"child_protection_at", F_DATE, NULL, 0, 0, 0},
    [REGISTERED_MUNICIPALITY] = {"registered_municipality", F_TEXT, NULL, 0, 0, 4},
    [RESPONSIBLE_MUNICIPALITY] = {"responsible_municipality", F_TEXT, NULL, REQUIRED, 0, 4},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
    [STATE_SINCE] = {"state_since", F_TIME, NULL, AUTO, 0, 0},
    [STARTED_AT] = {"started_at", F_DATE, NULL, AUTO, 0, 0},
    [LAST_FOLLOW_UP] = {"last_follow_up", F_DATE, NULL, AUTO, 0, 0}, /* chain_help_after.c */
    [FIRST_PERIOD] = {"first_period", F_BOOL, NULL, AUTO, 0, 0},
    [CLOSED_AT] = {"closed_at", F_DATE, NULL, AUTO, 0, 0},
    [CLOSE_REASON] = {"close_reason", F_CODE, "exit_close_reason", 0, 0, 0},
    [OUTCOME] = {"outcome", F_CODE, "exit_outcome", 0, 0, 0},
    [AFTER_DATES] = {"after_dates", F_TEXT, NULL, AUTO, 0, 80},
    [AFTER_DONE] = {"after_done", F_INT, NULL, AUTO, 0, 20},
};

static void fill_age(struct change *c)
{
    struct record *r = c->now;
    char text[12];
    int age = person_age(c->core, record_get(r, PERSON), record_get(r, OPENED_AT));
    snprintf(text, sizeof text, "%d", age);
    record_put(r, AGE_AT_OPEN, age < 0 ? NULL : text);
    record_put(r, MINOR, age < 0 ? NULL : age < 18 ? "1" : "0");
}

/* The after-follow-ups fall as long after the end as their clocks say. */
static void fill_after_dates(struct change *c)
{
    const struct kind_model *k = c->now->k;
    STR dates = {0};
    for (int i = 0; i < k->n_clocks; i++) {
        char day[DATE_TEXT];
        if (!str_starts(k->clocks[i].name, "exit_after_"))
            continue;
        day_after(record_get(c->now, CLOSED_AT), k->clocks[i].days, day);
        str_printf(&dates, "%s%s", dates.len ? ", " : "", day);
    }
    record_put(c->now, AFTER_DATES, str_text(&dates));
}

static void fill(struct change *c)
{
    struct record *r = c->now;
    fill_class(c, "SEKRETESS");
    fill_now(c, OPENED_AT);
    fill_me(c, HANDLER);
    if (change_touches(c, PERSON) || change_touches(c, OPENED_AT))
        fill_age(c);
    if (c->was && !str_eq(record_get(c->was, STATE), record_get(r, STATE)))
        record_put(r, STATE_SINCE, NULL);
    fill_now(c, STATE_SINCE);
    if (entering(c, STATE, "PAGAR") && !record_has(r, STARTED_AT)) {
        fill_today(c, STARTED_AT);
        fill_today(c, LAST_FOLLOW_UP); /* the first follow-up counts from the start */
        record_put(r, FIRST_PERIOD, "1");
    }
    if (entering(c, STATE, "AVSLUTAD")) {
        fill_today(c, CLOSED_AT);
        record_put(r, AFTER_DONE, "0");
        fill_after_dates(c);
    }
}

static void check_person(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *id = record_get(r, PERSON);
    struct record *person = id && change_touches(c, PERSON) ? look_id(c->core, "person", id) : NULL;
    if (person && !str_eq(record_common(person, COMMON_OWNER_AGENCY),
                          record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("A case is about somebody in the exit unit's own register: choose or add the "
                      "person there."));
    if (person && another(c,
                          "person == \"%s\" and not (state in (\"AVSLUTAD\", \"EFTERUPPF\"))", id))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("This person has an open case already. Ask your manager who has it."));
    if (c->was && record_has(c->was, PERSON) && change_touches(c, PERSON))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("The case stays with the person it was opened for."));
    record_free(person);
}

static void check_staff(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    static const int staff[] = {HANDLER, BACKUP};
    if (record_has(r, HANDLER) && str_eq(record_get(r, HANDLER), record_get(r, BACKUP)))
        problem_add(p, ERR_RULE, named(r, BACKUP),
                    _("The backup is somebody else than the case worker: choose a colleague."));
    for (size_t i = 0; i < N_OF(staff); i++)
        if (!c->core->who.system && change_touches(c, staff[i]) && record_has(r, staff[i]) &&
            !works_as(c->core, record_get(r, staff[i]), "AVHOPP_*"))
            problem_add(p, ERR_RULE, named(r, staff[i]),
                        _("Only somebody of the exit unit works with a case: choose one of them."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_person(c, p);
    check_staff(c, p);
    check_past(p, r, OPENED_AT);
    check_past(p, r, CHILD_PROTECTION_AT);
    check_municipality(p, r, REGISTERED_MUNICIPALITY);
    check_municipality(p, r, RESPONSIBLE_MUNICIPALITY);
    if (record_has(r, CLOSE_REASON) && !state_in(r, STATE, "AVSLUTAD,EFTERUPPF"))
        problem_add(p, ERR_RULE, named(r, CLOSE_REASON),
                    _("The case is not closed: choose why when it is."));
}

const struct kind exit_case_kind = {
    .name = "exit_case",
    .fields = fields,
    .n_fields = N,
    .series = "AVH",
    .series_digits = 4,
    .title = "{person}",
    .owner = "SNC",
    .fill = fill,
    .check = check,
};
