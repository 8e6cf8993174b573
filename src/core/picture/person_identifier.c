/* picture/person_identifier.c: a number that names a person. Encrypted; found again only by its
 * keyed hash. */
#include "../rules.h"
#include "treben/base/pnr.h"
#include "treben/core/repo.h"

enum { PERSON, TYPE, VALUE, IDENTITY_GRADE, DORMANT, VALID_FROM, VALID_TO, SOURCE, PRIMARY, N };

static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [TYPE] = {"type", F_CODE, "identifier_type", REQUIRED, 0, 0},
    [VALUE] = {"value", F_SEALED, NULL, REQUIRED | HASHED, 0, 40},
    [IDENTITY_GRADE] = {"identity_grade", F_CODE, "identity_grade", 0, 0, 0},
    [DORMANT] = {"dormant", F_BOOL, NULL, 0, 0, 0},
    [VALID_FROM] = {"valid_from", F_DATE, NULL, 0, 0, 0},
    [VALID_TO] = {"valid_to", F_DATE, NULL, 0, 0, 0},
    [SOURCE] = {"source", F_TEXT, NULL, 0, 0, 80},
    [PRIMARY] = {"primary", F_BOOL, NULL, 0, 0, 0},
};

static bool is_swedish(const struct record *r)
{
    return record_is(r, TYPE, "PNR") || record_is(r, TYPE, "SAMNR");
}

/* A number is kept in one form, so that its hash finds it however it was typed. */
static void fill(struct change *c)
{
    struct pnr number;
    struct err ignored = {0};
    const char *typed = record_get(c->now, VALUE);
    if (is_swedish(c->now) && typed && pnr_parse(typed, date_today(), &number, &ignored))
        record_put(c->now, VALUE, number.digits);
}

static bool agrees(const struct pnr *number, const char *birth)
{
    char day[DATE_TEXT];
    date_text(number->birth, day);
    return strncmp(day, birth, strlen(birth)) ==
           0; /* a partial birth date agrees as far as it goes */
}

static void check_birth(const struct change *c, const struct pnr *number, struct problems *p)
{
    const char *id = record_get(c->now, PERSON);
    struct record *person = id ? look_id(c->core, "person", id) : NULL;
    const char *birth = person ? record_get(person, kind_field(&person_kind, "birth_date")) : NULL;
    bool shifted = person && record_int(person, kind_field(&person_kind, "pnr_date_shifted"));
    if (birth && !shifted && !agrees(number, birth))
        problem_add(p, ERR_RULE, named(c->now, VALUE),
                    _("The number does not fit the person's birth date. Correct one of the two, or "
                      "mark on the person "
                      "that the day in the number is shifted."));
    record_free(person);
}

static void check_number(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *typed = record_get(r, VALUE);
    struct pnr number;
    struct err why = {0};
    if (!typed || !is_swedish(r))
        return;
    if (!pnr_parse(typed, date_today(), &number, &why)) {
        problem_add(p, ERR_INVALID, named(r, VALUE),
                    _("%s. If the right number cannot be had, keep it as type OKAND."), why.text);
        return;
    }
    if (number.coordination && record_is(r, TYPE, "PNR"))
        problem_add(p, ERR_RULE, named(r, TYPE),
                    _("This is a coordination number: choose the type SAMNR."));
    if (!number.coordination && record_is(r, TYPE, "SAMNR"))
        problem_add(p, ERR_RULE, named(r, TYPE),
                    _("This is a personal identity number: choose the type PNR."));
    check_birth(c, &number, p);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_number(c, p);
    if (!record_is(r, TYPE, "SAMNR") && record_has(r, IDENTITY_GRADE))
        problem_add(p, ERR_RULE, named(r, IDENTITY_GRADE),
                    _("Only a coordination number has a grade of identity: clear it."));
    if (!record_is(r, TYPE, "SAMNR") && record_int(r, DORMANT))
        problem_add(p, ERR_RULE, named(r, DORMANT),
                    _("Only a coordination number can be dormant: clear it."));
    if (record_int(r, PRIMARY) && record_has(r, PERSON) &&
        another(c, "person == \"%s\" and primary == true", record_get(r, PERSON)))
        problem_add(p, ERR_RULE, named(r, PRIMARY),
                    _("The person has a main number already: unmark that one first."));
    check_span(p, r, VALID_FROM, VALID_TO);
}

/* Do the numbers of a person agree with a birth date? Opens the sealed values, so only for the one
 * record. */
bool person_numbers_agree(struct core *c, const char *person, const char *birth)
{
    ROWS rows = look_all(c, "person_identifier", "id",
                         "person == \"%s\" and type in (\"PNR\", \"SAMNR\")", person);
    bool agree = true;
    for (int i = 0; i < rows.n && agree; i++) {
        struct record *whole;
        struct pnr number;
        struct err ignored = {0};
        if (!repo_load_all(c, rows.at[i]->k, rows.at[i]->id, &whole, &ignored))
            continue;
        if (record_has(whole, VALUE) &&
            pnr_parse(record_get(whole, VALUE), date_today(), &number, &ignored))
            agree = agrees(&number, birth);
        record_free(whole);
    }
    return agree;
}

const struct kind person_identifier_kind = {
    .name = "person_identifier",
    .fields = fields,
    .n_fields = N,
    .title = "{type}",
    .parent = "person",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
