/* sanctions/measure.c: one concrete consequence, by the agency that may lawfully do it, with its
 * own legal ground. There is no field by which help could become its cause. */
#include "../rules.h"
#include "treben/base/text.h"

#define PROPORTIONALITY_CHARS 30

enum {
    ROUND,
    KIND,
    TARGET_TYPE,
    TARGET,
    TARGET_TEXT,
    LEGAL_BASIS,
    LEGAL_TEXT,
    PROPORTIONALITY_TEXT,
    PLANNED_FROM,
    PLANNED_TO,
    EXECUTING_PARTY,
    DECIDED_BY,
    DECIDED_AT,
    EXECUTED_AT,
    RESULT,
    NOT_DONE_REASON,
    Q_CHECKS,
    Q_REPORTS,
    Q_ARRESTS,
    Q_REMANDS,
    Q_WEAPONS,
    Q_DRUGS_G,
    Q_MONEY_ORE,
    Q_VEHICLES,
    Q_HOURS,
    PLANNED_IN_ROUND,
    SHARED_TEXT,
    INTERNAL_TEXT,
    STATE,
    N
};

static const struct field fields[N] = {
    [ROUND] = {"round", F_REF, "sanction_round", REQUIRED | FIXED | SHARED, 0, 0},
    [KIND] = {"kind", F_CODE, "measure_kind", REQUIRED | SHARED | SEARCH, 0, 0},
    [TARGET_TYPE] = {"target_type", F_CODE, "measure_target_type", REQUIRED | SHARED, 0, 0},
    [TARGET] = {"target", F_REF, "*", SHARED, 0, 0},
    [TARGET_TEXT] = {"target_text", F_TEXT, NULL, SEARCH, 0, 120}, /* a place or a company */
    [LEGAL_BASIS] = {"legal_basis", F_CODE, "legal_basis", SHARED, 0, 0},
    [LEGAL_TEXT] = {"legal_text", F_TEXT, NULL, 0, 0, 200},
    [PROPORTIONALITY_TEXT] = {"proportionality_text", F_NOTE, NULL, 0, 0, 2000},
    [PLANNED_FROM] = {"planned_from", F_DATE, NULL, REQUIRED | SHARED, 0, 0},
    [PLANNED_TO] = {"planned_to", F_DATE, NULL, REQUIRED | SHARED, 0, 0},
    [EXECUTING_PARTY] = {"executing_party", F_CODE, "executing_party", SHARED, 0, 0},
    [DECIDED_BY] = {"decided_by", F_REF, "user", AUTO | SHARED, 0, 0},
    [DECIDED_AT] = {"decided_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [EXECUTED_AT] = {"executed_at", F_TIME, NULL, SHARED, 0, 0},
    [RESULT] = {"result", F_CODE, "measure_result", SHARED, 0, 0},
    [NOT_DONE_REASON] = {"not_done_reason", F_CODE, "not_done_reason", SHARED, 0, 0},
    [Q_CHECKS] = {"q_checks", F_INT, NULL, 0, 0, 0},
    [Q_REPORTS] = {"q_reports", F_INT, NULL, 0, 0, 0},
    [Q_ARRESTS] = {"q_arrests", F_INT, NULL, 0, 0, 0},
    [Q_REMANDS] = {"q_remands", F_INT, NULL, 0, 0, 0},
    [Q_WEAPONS] = {"q_weapons", F_INT, NULL, 0, 0, 0},
    [Q_DRUGS_G] = {"q_drugs_g", F_INT, NULL, 0, 0, 0},
    [Q_MONEY_ORE] = {"q_money_ore", F_INT, NULL, 0, 0, 0},
    [Q_VEHICLES] = {"q_vehicles", F_INT, NULL, 0, 0, 0},
    [Q_HOURS] = {"q_hours", F_INT, NULL, 0, 0, 0},
    [PLANNED_IN_ROUND] = {"planned_in_round", F_BOOL, NULL, REQUIRED | SHARED, 0, 0},
    [SHARED_TEXT] = {"shared_text", F_NOTE, NULL, SHARED | SEARCH, 0, 500},
    [INTERNAL_TEXT] = {"internal_text", F_NOTE, NULL, SEARCH, 0, 4000},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

/* The day the round was proposed: what began before it was not planned in it. "" when not known. */
static void round_day(const struct change *c, char ret[DATE_TEXT])
{
    const char *id = record_get(c->now, ROUND);
    struct record *round = id ? look_id(c->core, "sanction_round", id) : NULL;
    ret[0] = '\0';
    if (round)
        day_after(record_get(round, kind_field(&sanction_round_kind, "proposed_at")), 0, ret);
    record_free(round);
}

static bool began_before_round(const struct change *c)
{
    char day[DATE_TEXT];
    round_day(c, day);
    return *day && record_has(c->now, PLANNED_FROM) &&
           strcmp(record_get(c->now, PLANNED_FROM), day) < 0;
}

/* A measure against the whole group is against the group of its round. */
static void fill_target(struct change *c)
{
    const char *id = record_get(c->now, ROUND);
    if (state_in(c->now, TARGET_TYPE, "PLATS,FORETAG") && !change_touches(c, TARGET))
        record_put(c->now, TARGET, NULL); /* of what it was aimed at before */
    if (record_has(c->now, TARGET) || !str_eq(record_get(c->now, TARGET_TYPE), "GRUPP") || !id)
        return;
    struct record *round = look_id(c->core, "sanction_round", id);
    if (round)
        record_put(c->now, TARGET, record_get(round, kind_field(&sanction_round_kind, "target_group")));
    record_free(round);
}

static void fill(struct change *c)
{
    fill_target(c);
    if (!c->was && !record_has(c->now, PLANNED_IN_ROUND))
        record_put(c->now, PLANNED_IN_ROUND, began_before_round(c) ? "0" : "1");
    if (entering(c, STATE, "BESLUTAD")) {
        fill_me(c, DECIDED_BY);
        fill_now(c, DECIDED_AT);
    }
}

static void check_kind(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const struct code *kind =
        model_code(model_list(c->core->model, "measure_kind"), record_get(r, KIND));
    const char *party = agency_party(c->core, record_common(r, COMMON_OWNER_AGENCY));
    if (!kind || !kind->group)
        return;
    if (strcmp(kind->group, "PARTNER") == 0) {
        if (!record_has(r, EXECUTING_PARTY))
            problem_add(p, ERR_RULE, named(r, EXECUTING_PARTY),
                        _("Say which authority outside the programme does this."));
    } else if (party && strcmp(kind->group, party) != 0) {
        problem_add(p, ERR_RULE, named(r, KIND),
                    _("Your agency has no such measure: choose one of its own, or let the other "
                      "agency enter it."));
    }
}

static void check_target(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *id = record_get(r, TARGET);
    if (state_in(r, TARGET_TYPE, "PERSON,GRUPP") && !id)
        problem_add(p, ERR_RULE, named(r, TARGET),
                    _("Say whom or which group the measure is aimed at."));
    if (state_in(r, TARGET_TYPE, "PLATS,FORETAG") && !record_has(r, TARGET_TEXT))
        problem_add(p, ERR_RULE, named(r, TARGET_TEXT),
                    _("Say which place or company the measure is aimed at."));
    if (state_in(r, TARGET_TYPE, "PLATS,FORETAG") && id)
        problem_add(p, ERR_RULE, named(r, TARGET),
                    _("A place or a company is written in words: leave this empty."));
    if (!id || (!change_touches(c, TARGET) && !change_touches(c, TARGET_TYPE)))
        return;
    const char *kind = record_is(r, TARGET_TYPE, "PERSON")  ? "person"
                       : record_is(r, TARGET_TYPE, "GRUPP") ? "group"
                                                            : NULL;
    struct record *target = kind ? look_id(c->core, kind, id) : NULL;
    if (kind && !target)
        problem_add(p, ERR_RULE, named(r, TARGET),
                    _("The target is of another kind than said: correct one of the two."));
    record_free(target);
    int age = record_is(r, TARGET_TYPE, "PERSON")
                  ? person_age(c->core, id, record_get(r, PLANNED_FROM))
                  : -1;
    if (age >= 0 && age < 15)
        problem_add(p, ERR_RULE, named(r, TARGET),
                    _("No measure may be aimed at somebody under 15."));
}

/* Who was left out of the round is left alone by it. */
static void check_exempt(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_is(r, TARGET_TYPE, "PERSON") || !record_has(r, TARGET) ||
        (!change_touches(c, TARGET) && !change_touches(c, TARGET_TYPE)))
        return;
    if (look_count(c->core, "round_person", "round == \"%s\" and person == \"%s\" and exempt == true",
                   record_get(r, ROUND), record_get(r, TARGET)))
        problem_add(p, ERR_RULE, named(r, TARGET),
                    _("The person is exempt from this round: aim the measure at somebody else."));
}

static bool is_proportional(const struct record *r)
{
    return !record_is(r, TARGET_TYPE, "PERSON") ||
           (record_has(r, PROPORTIONALITY_TEXT) &&
            text_chars(record_get(r, PROPORTIONALITY_TEXT)) >= PROPORTIONALITY_CHARS);
}

/* From when on the reasons must stand. What was broken off before that never had any. */
static bool was_examined(const struct record *r)
{
    return state_in(r, STATE, "RATTSLIGT_PROVAD,BESLUTAD,PAGAENDE,UTFORD,EJ_UTFORD") ||
           record_has(r, DECIDED_AT);
}

static bool is_executed(const struct record *r)
{
    return record_has(r, EXECUTED_AT) && !in_future(record_get(r, EXECUTED_AT)) &&
           !later(record_get(r, DECIDED_AT), record_get(r, EXECUTED_AT));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_kind(c, p);
    check_target(c, p);
    check_exempt(c, p);
    if (!is_proportional(r) &&
        (record_has(r, PROPORTIONALITY_TEXT) || was_examined(r)))
        problem_add(
            p, ERR_RULE, named(r, PROPORTIONALITY_TEXT),
            _("Write in at least %d characters why this is proportionate against this person."),
            PROPORTIONALITY_CHARS);
    check_span(p, r, PLANNED_FROM, PLANNED_TO);
    check_past(p, r, EXECUTED_AT);
    if (record_has(r, EXECUTED_AT) && !record_has(r, DECIDED_AT))
        problem_add(p, ERR_RULE, named(r, EXECUTED_AT),
                    _("It is not decided yet: decide the measure before it is done."));
    if (later(record_get(r, DECIDED_AT), record_get(r, EXECUTED_AT)))
        problem_add(p, ERR_RULE, named(r, EXECUTED_AT),
                    _("It cannot have been done before it was decided."));
    if (record_int(r, PLANNED_IN_ROUND) && (!c->was || change_touches(c, PLANNED_IN_ROUND)) &&
        began_before_round(c))
        problem_add(
            p, ERR_RULE, named(r, PLANNED_IN_ROUND),
            _("This began before the round was proposed, so it was not planned in it: answer no."));
    if (c->was && record_int(r, PLANNED_IN_ROUND) && change_touches(c, PLANNED_IN_ROUND) &&
        record_has(c->was, DECIDED_AT))
        problem_add(p, ERR_RULE, named(r, PLANNED_IN_ROUND),
                    _("It was decided as work outside the round, and is not made part of it "
                      "afterwards."));
    lint_text(p, r, SHARED_TEXT);
}

static bool legal_basis_set(struct guard_case *g)
{
    if (!record_has(g->r, LEGAL_BASIS))
        return guard_no(g, _("Choose the legal basis of this measure."));
    if (!is_proportional(g->r))
        return guard_no(
            g, _("Write in at least %d characters why this is proportionate against this person."),
            PROPORTIONALITY_CHARS);
    return true;
}

static bool executed(struct guard_case *g)
{
    if (!is_executed(g->r))
        return guard_no(g, _("Write when it was done: after the decision, and not in the future."));
    return record_has(g->r, RESULT) || guard_no(g, _("Choose the result."));
}

static bool not_done(struct guard_case *g)
{
    return record_has(g->r, NOT_DONE_REASON) || guard_no(g, _("Choose why it was not done."));
}

static bool result_reported(struct guard_case *g)
{
    if (!record_has(g->r, EXECUTED_AT))
        return not_done(g);
    return state_in(g->r, RESULT, "TRAFF,INGEN_TRAFF") ||
           guard_no(g, _("Report the result: with or without result. \"Ongoing\" is not an end."));
}

static const struct guard guards[] = {
    {"legal_basis_set", legal_basis_set},
    {"executed", executed},
    {"not_done", not_done},
    {"result_reported", result_reported},
};

const struct kind measure_kind = {
    .name = "measure",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {target}",
    .parent = "round",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
