/* communication/invitation.c: one person asked to a call-in. Whoever sees one invitation does not see
 * who else is asked; that this person wants help is passed on to those who help, and kept nowhere here. */
#include "../rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLLOW_UP_DAYS 3
#define SLOT_MINUTES 10 /* between arrivals from groups in conflict */
#define SLOT_HOURS 3    /* nobody waits longer for the beginning */
#define OPEN_CALL_INS "BESLUTAD,PLANERAS,KALLAD,REPETERAD"
#define GONE "\"AVFORD\", \"TACKAT_NEJ\""

enum {
    CALL_IN,
    PERSON,
    REPRESENTS_GROUP,
    COMPULSION,
    CONDITION_REF,
    STATE,
    REMOVED_REASON,
    CALL_AT,
    TOLD_AT,
    CUSTODY_AT,
    SERVED_AT,
    SERVED_HOW,
    ACCOMPANIED_BY,
    ARRIVAL_SLOT,
    SEAT,
    OUTCOME,
    REACTION,
    HELP_WISH,
    FOLLOW_UP_DUE,
    FOLLOW_UP_BY,
    FOLLOW_UP_DONE,
    NO_CN_REASON,
    N
};

/* call_at is the call-in's time, told_at the time that the person was told, custody_at when custody became
 * known: the system keeps them. help_wish is never stored (see fill). */
static const struct field fields[N] = {
    [CALL_IN] = {"call_in", F_REF, "call_in", REQUIRED | FIXED | SHARED, 0, 0},
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED | SHARED, 0, 0},
    [REPRESENTS_GROUP] = {"represents_group", F_REF, "group", REQUIRED | SHARED, 0, 0},
    [COMPULSION] = {"compulsion", F_CODE, "summons_ground", REQUIRED | SHARED, 0, 0},
    [CONDITION_REF] = {"condition_ref", F_TEXT, NULL, 0, 0, 120},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
    [REMOVED_REASON] = {"removed_reason", F_CODE, "stop_reason", 0, 0, 0},
    [CALL_AT] = {"call_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [TOLD_AT] = {"told_at", F_TIME, NULL, AUTO | SHARED, 0, 0},
    [CUSTODY_AT] = {"custody_at", F_TIME, NULL, AUTO, 0, 0},
    [SERVED_AT] = {"served_at", F_TIME, NULL, SHARED, 0, 0},
    [SERVED_HOW] = {"served_how", F_CODE, "served_how", SHARED, 0, 0},
    [ACCOMPANIED_BY] = {"accompanied_by", F_REF, "user", SHARED, 0, 0},
    [ARRIVAL_SLOT] = {"arrival_slot", F_TIME, NULL, SHARED, 0, 0},
    [SEAT] = {"seat", F_TEXT, NULL, SHARED, 0, 4},
    [OUTCOME] = {"outcome", F_CODE, "call_in_outcome", SHARED, 0, 0},
    [REACTION] = {"reaction", F_CODE, "reaction", 0, 0, 0},
    [HELP_WISH] = {"help_wish", F_BOOL, NULL, 0, 0, 0},
    [FOLLOW_UP_DUE] = {"follow_up_due", F_DATE, NULL, SHARED, 0, 0},
    [FOLLOW_UP_BY] = {"follow_up_by", F_REF, "user", SHARED, 0, 0},
    [FOLLOW_UP_DONE] = {"follow_up_done", F_DATE, NULL, SHARED, 0, 0},
    [NO_CN_REASON] = {"no_cn_reason", F_TEXT, NULL, SHARED, 0, 200},
};

/* --- what the system keeps */

static void take_call_in(struct change *c)
{
    struct record *call = record_has(c->now, CALL_IN)
                              ? look_id(c->core, "call_in", record_get(c->now, CALL_IN))
                              : NULL;
    if (call)
        record_put(c->now, CALL_AT, record_get(call, kind_field(&call_in_kind, "starts_at")));
    record_free(call);
    char due[DATE_TEXT];
    day_after(record_get(c->now, CALL_AT), FOLLOW_UP_DAYS, due);
    fill_value(c, FOLLOW_UP_DUE, due);
}

/* "a3" is A3. */
static void put_seat(struct change *c)
{
    char seat[8];
    const char *typed = record_get(c->now, SEAT);
    if (!typed || strlen(typed) >= sizeof seat)
        return;
    snprintf(seat, sizeof seat, "%s", typed);
    if (seat[0] >= 'a' && seat[0] <= 'z')
        seat[0] = (char)toupper((unsigned char)seat[0]);
    record_put(c->now, SEAT, seat);
}

static const char *outcome_of(const struct record *r)
{
    return state_in(r, STATE, "STANNADE,GICK,UTEBLEV,AVFORD") ? record_get(r, STATE) : NULL;
}

/* A wish for help is not kept where the police and others read: given[] alone carries it to what follows
 * from this save (help_wished), the row stays without. */
static void pass_on_wish(struct change *c)
{
    if (record_has(c->now, HELP_WISH))
        c->given[HELP_WISH] = record_int(c->now, HELP_WISH) == 1;
    record_put(c->now, HELP_WISH, NULL);
}

bool invitation_help_wished(const struct change *c)
{
    return c->given[HELP_WISH];
}

static void fill(struct change *c)
{
    if (!c->was) {
        take_call_in(c);
        if (subject_is(c->core, "FRIV_INSP"))
            fill_me(c, ACCOMPANIED_BY);
    }
    put_seat(c);
    pass_on_wish(c);
    if (change_touches(c, SERVED_AT))
        record_put(c->now, TOLD_AT, record_has(c->now, SERVED_AT) ? record_get(c->now, CALL_AT) : NULL);
    if (outcome_of(c->now) && (!c->was || change_touches(c, STATE)))
        record_put(c->now, OUTCOME, outcome_of(c->now));
    if (entering(c, STATE, "FORHINDRAD"))
        fill_value(c, OUTCOME, "FORHINDRAD");
    if (entering(c, STATE, "UPPFOLJD"))
        fill_today(c, FOLLOW_UP_DONE);
}

/* --- checks */

static void check_call_in(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (c->was || !record_is(r, STATE, "FORESLAGEN") || !record_has(r, CALL_IN))
        return;
    struct record *call = look_id(c->core, "call_in", record_get(r, CALL_IN));
    if (call && !state_in(call, kind_field(&call_in_kind, "state"), OPEN_CALL_INS))
        problem_add(p, ERR_RULE, named(r, CALL_IN),
                    _("People are invited once the managers have decided on the call-in, and until "
                      "it is held."));
    int64_t room = call ? record_int(call, kind_field(&call_in_kind, "capacity")) : 0;
    if (room && look_count(c->core, "invitation", "call_in == \"%s\" and not (state in (" GONE "))",
                           record_get(r, CALL_IN)) >= room)
        problem_add(p, ERR_RULE, named(r, CALL_IN),
                    _("The call-in is full: remove somebody, or plan for more people."));
    record_free(call);
    if (record_has(r, PERSON) && another(c, "call_in == \"%s\" and person == \"%s\"", record_get(r, CALL_IN),
                record_get(r, PERSON)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("This person is invited to this call-in already: open that invitation."));
}

/* An invitation speaks of a person in its own agency's register. Whoever is leaving a group is not used to
 * carry messages to it. */
static void check_person(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    struct record *person =
        !c->was && record_has(r, PERSON) ? look_id(c->core, "person", record_get(r, PERSON)) : NULL;
    if (!person)
        return;
    if (!str_eq(record_common(person, COMMON_OWNER_AGENCY), record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("An invitation names a person of your own agency's register: choose or add "
                      "the person there."));
    else if (state_in(person, kind_field(&person_kind, "kind"), "AVHOPPARE") ||
             record_has(person, kind_field(&person_kind, "deceased_date")))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("This person cannot be invited: choose somebody else."));
    record_free(person);
}

/* Only somebody under supervision can be summoned, and by probation (BrB 26 and 28 ch.); others are asked. */
static void check_ground(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_is(r, COMPULSION, "FORESKRIFT"))
        return;
    if (!str_eq(record_common(r, COMMON_OWNER_AGENCY), "FRI"))
        problem_add(p, ERR_RULE, named(r, COMPULSION),
                    _("Only probation summons, and only its own clients: choose voluntary."));
    else if (!record_has(r, CONDITION_REF))
        problem_add(p, ERR_RULE, named(r, CONDITION_REF),
                    _("Write which condition of the supervision the summons rests on."));
}

static bool in_conflict(struct core *c, const char *a, const char *b)
{
    if (str_empty(a) || str_empty(b) || strcmp(a, b) == 0)
        return false;
    bool swap = strcmp(a, b) > 0;
    return look_count(c, "group_relation",
                      "group_a == \"%s\" and group_b == \"%s\" and type == \"KONFLIKT\" and "
                      "to == null",
                      swap ? b : a, swap ? a : b) > 0;
}

static bool seat_sound(const char *seat)
{
    size_t n = seat ? strlen(seat) : 0;
    return n >= 2 && seat[0] >= 'A' && seat[0] <= 'Z' && strspn(seat + 1, "0123456789") == n - 1 &&
           seat[1] != '0';
}

/* A3 and A4; rows are apart. */
static bool side_by_side(const char *a, const char *b)
{
    return seat_sound(a) && seat_sound(b) && a[0] == b[0] && labs(atol(a + 1) - atol(b + 1)) == 1;
}

static bool close_in_time(const char *a, const char *b)
{
    instant x, y;
    return a && b && instant_from_text(a, &x) && instant_from_text(b, &y) &&
           llabs(x - y) < (long long)SLOT_MINUTES * 60;
}

enum apart invitation_apart(struct core *c, const struct record *r, const struct record *other)
{
    const char *seat = record_get(r, SEAT), *theirs = record_get(other, SEAT);
    if (seat && theirs && strcmp(seat, theirs) == 0)
        return SAME_SEAT;
    bool beside = side_by_side(seat, theirs);
    bool together = close_in_time(record_get(r, ARRIVAL_SLOT), record_get(other, ARRIVAL_SLOT));
    if ((!beside && !together) ||
        !in_conflict(c, record_get(r, REPRESENTS_GROUP), record_get(other, REPRESENTS_GROUP)))
        return APART;
    return beside ? SIDE_BY_SIDE : SAME_TIME;
}

static void check_slot(const struct record *r, struct problems *p)
{
    instant slot, begins;
    if (!record_has(r, ARRIVAL_SLOT) || !record_has(r, CALL_AT) ||
        !instant_from_text(record_get(r, ARRIVAL_SLOT), &slot) ||
        !instant_from_text(record_get(r, CALL_AT), &begins))
        return;
    if (slot > begins || slot < begins - (instant)SLOT_HOURS * 3600)
        problem_add(p, ERR_RULE, named(r, ARRIVAL_SLOT),
                    _("The arrival lies in the %d hours before the call-in begins: choose another "
                      "time."),
                    SLOT_HOURS);
}

static void check_room(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    bool touched = change_touches(c, SEAT) || change_touches(c, ARRIVAL_SLOT) ||
                   change_touches(c, REPRESENTS_GROUP);
    if (!touched || !record_has(r, CALL_IN))
        return;
    check_slot(r, p);
    if (record_has(r, SEAT) && !seat_sound(record_get(r, SEAT)))
        problem_add(p, ERR_INVALID, named(r, SEAT),
                    _("A seat is a row and a number, for example A3."));
    ROWS others = look_all(c->core, "invitation", "id",
                           "call_in == \"%s\" and not (state in (" GONE "))", record_get(r, CALL_IN));
    for (int i = 0; i < others.n; i++) {
        enum apart how =
            strcmp(others.at[i]->id, r->id) == 0 ? APART : invitation_apart(c->core, r, others.at[i]);
        if (how == SAME_SEAT && !problems_have(p, named(r, SEAT)))
            problem_add(p, ERR_RULE, named(r, SEAT), _("That seat is taken: choose another."));
        else if (how == SIDE_BY_SIDE && !problems_have(p, named(r, SEAT)))
            problem_add(p, ERR_RULE, named(r, SEAT),
                        _("Groups in conflict do not sit side by side: choose a seat further "
                          "away."));
        else if (how == SAME_TIME && !problems_have(p, named(r, ARRIVAL_SLOT)))
            problem_add(p, ERR_RULE, named(r, ARRIVAL_SLOT),
                        _("Groups in conflict do not arrive together: leave %d minutes between "
                          "them."),
                        SLOT_MINUTES);
    }
}

static void check_outcome(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_is(r, REACTION, "HJALP"))
        problem_add(p, ERR_RULE, named(r, REACTION),
                    _("Say instead that the person wants help: that reaches those who help, and "
                      "nobody else. Then choose how the person took the message."));
    if (record_is(r, STATE, "FORHINDRAD") && record_has(r, OUTCOME) &&
        !state_in(r, OUTCOME, "FORHINDRAD,FRIHETSBEROVAD"))
        problem_add(p, ERR_RULE, named(r, OUTCOME),
                    _("Choose what kept the person from coming: prevented, or in custody."));
    if (c->was && change_touches(c, OUTCOME) && !c->transition && record_has(c->was, OUTCOME) &&
        !record_is(r, STATE, "FORHINDRAD"))
        problem_add(p, ERR_RULE, named(r, OUTCOME),
                    _("The outcome follows from the step that was taken."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_call_in(c, p);
    check_person(c, p);
    check_ground(c, p);
    check_room(c, p);
    check_outcome(c, p);
    lint_text(p, r, NO_CN_REASON);
    check_past(p, r, SERVED_AT);
    check_past(p, r, FOLLOW_UP_DONE);
    if (later(record_get(r, SERVED_AT), record_get(r, CALL_AT)))
        problem_add(p, ERR_RULE, named(r, SERVED_AT),
                    _("The summons is served before the call-in, not after it."));
}

static bool served(struct guard_case *g)
{
    return (record_has(g->r, SERVED_AT) && record_has(g->r, SERVED_HOW)) ||
           guard_no(g, _("Write when and how the summons was served."));
}

static bool removed_reason_set(struct guard_case *g)
{
    return record_has(g->r, REMOVED_REASON) ||
           guard_no(g, _("Choose why the person is removed. Only your own agency reads it."));
}

static bool was_there(struct guard_case *g)
{
    if (record_has(g->r, CUSTODY_AT))
        return guard_no(g, _("That does not fit what is known of the person: ask whoever keeps the "
                             "person's record, or choose prevented."));
    return record_has(g->r, REACTION) || guard_no(g, _("Choose how the person took the message."));
}

static const struct guard guards[] = {
    {"served", served},
    {"removed_reason_set", removed_reason_set},
    {"was_there", was_there},
};

const struct kind invitation_kind = {
    .name = "invitation",
    .fields = fields,
    .n_fields = N,
    .title = "{person}, {represents_group}",
    .parent = "call_in",
    .fill = fill,
    .check = check,
    .saved = chain_invitation_saved,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
