/* sanctions/round_person.c: whom a round concerns, in the register of the agency that names them; and
 * who is to be left alone. No other agency reads a word of it. */
#include "../rules.h"

#define CRIMINAL_AGE 15 /* BrB 1:6 */

enum { ROUND, PERSON, REASON, EXEMPT, N };

static const struct field fields[N] = {
    [ROUND] = {"round", F_REF, "sanction_round", REQUIRED | FIXED, 0, 0},
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [REASON] = {"reason", F_NOTE, NULL, REQUIRED, 0, 1000},
    [EXEMPT] = {"exempt", F_BOOL, NULL, REQUIRED, 0, 0},
};

static void fill(struct change *c)
{
    if (!c->was)
        fill_value(c, EXEMPT, "0");
    fill_class(c, "SEKRETESS");
}

/* Only who keeps a register of suspects or clients names people, and only those of its own register:
 * nobody is here because of what social services know. */
static void check_register(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *owner = record_common(r, COMMON_OWNER_AGENCY);
    struct record *person = look_id(c->core, "person", record_get(r, PERSON));
    if (!str_list_has("POL,FRI", owner ? owner : "") ||
        (person && !str_eq(record_common(person, COMMON_OWNER_AGENCY), owner)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("Only the police and probation name people in a round, each in its own "
                      "register: choose somebody there."));
    record_free(person);
}

/* A measure that has not ended is aimed at them in this round. */
static bool is_targeted(const struct change *c)
{
    return look_count(c->core, "measure",
                      "round == \"%s\" and target == \"%s\" and state in (\"FORESLAGEN\", "
                      "\"RATTSLIGT_PROVAD\", \"BESLUTAD\", \"PAGAENDE\")",
                      record_get(c->now, ROUND), record_get(c->now, PERSON)) > 0;
}

static void check_exempt(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_int(r, EXEMPT)) {
        if (change_touches(c, EXEMPT) && is_targeted(c))
            problem_add(p, ERR_RULE, named(r, EXEMPT),
                        _("A measure in this round is aimed at the person: break it off first."));
        return;
    }
    int age = person_age(c->core, record_get(r, PERSON), NULL);
    if (age < 0)
        problem_add(p, ERR_RULE, named(r, EXEMPT),
                    _("The person's age is not known: find the birth date, or answer that they are "
                      "exempt."));
    else if (age < CRIMINAL_AGE)
        problem_add(p, ERR_RULE, named(r, EXEMPT),
                    _("Somebody under 15 can only stand here as exempt."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_has(r, ROUND) || !record_has(r, PERSON))
        return;
    check_register(c, p);
    check_exempt(c, p);
    if (!c->was &&
        another(c, "round == \"%s\" and person == \"%s\"", record_get(r, ROUND), record_get(r, PERSON)))
        problem_add(p, ERR_RULE, named(r, PERSON),
                    _("This person stands in the round already: change that row."));
}

const struct kind round_person_kind = {
    .name = "round_person",
    .fields = fields,
    .n_fields = N,
    .title = "{person}",
    .parent = "round",
    .fill = fill,
    .check = check,
};
