/* picture/person.c: a person as one agency knows them. Never joined across agencies by itself. */
#include "../rules.h"

enum {
    KIND,
    GIVEN_NAMES,
    FAMILY_NAME,
    NAME_QUALITY,
    BIRTH_DATE,
    PNR_DATE_SHIFTED,
    SEX,
    LANGUAGE,
    INTERPRETER_NEEDED,
    DECEASED_DATE,
    PHOTO_DOC,
    PROTECTION_LEVEL,
    PROTECTION_UNTIL,
    NOT_SUSPECTED_LABEL,
    CUSTODY_STATE,
    CUSTODY_FROM,
    CUSTODY_TO,
    SUPERVISION_STATE,
    RESIDENCE_MUNICIPALITY,
    DO_NOT_CONTACT,
    DO_NOT_CONTACT_REASON,
    DO_NOT_CONTACT_UNTIL,
    STAFF,
    MERGED_INTO,
    N
};

static const struct field fields[N] = {
    [KIND] = {"kind", F_CODE, "person_kind", REQUIRED, 0, 0},
    [GIVEN_NAMES] = {"given_names", F_TEXT, NULL, SEARCH | SORT, 0, 80},
    [FAMILY_NAME] = {"family_name", F_TEXT, NULL, SEARCH | SORT, 0, 80},
    [NAME_QUALITY] = {"name_quality", F_CODE, "name_quality", 0, 0, 0},
    [BIRTH_DATE] = {"birth_date", F_PDATE, NULL, 0, 0, 0},
    [PNR_DATE_SHIFTED] = {"pnr_date_shifted", F_BOOL, NULL, 0, 0, 0},
    [SEX] = {"sex", F_CODE, "sex", 0, 0, 0},
    [LANGUAGE] = {"language", F_TEXT, NULL, 0, 0, 3}, /* ISO 639-3 */
    [INTERPRETER_NEEDED] = {"interpreter_needed", F_BOOL, NULL, 0, 0, 0},
    [DECEASED_DATE] = {"deceased_date", F_PDATE, NULL, 0, 0, 0},
    [PHOTO_DOC] = {"photo_doc", F_REF, "*", 0, 0, 0},
    [PROTECTION_LEVEL] = {"protection_level", F_CODE, "protection_level", REQUIRED, 0, 0},
    [PROTECTION_UNTIL] = {"protection_until", F_DATE, NULL, 0, 0, 0},
    [NOT_SUSPECTED_LABEL] = {"not_suspected_label", F_BOOL, NULL, 0, 0, 0},
    [CUSTODY_STATE] = {"custody_state", F_CODE, "custody_state", 0, 0, 0},
    [CUSTODY_FROM] = {"custody_from", F_DATE, NULL, 0, 0, 0},
    [CUSTODY_TO] = {"custody_to", F_DATE, NULL, 0, 0, 0},
    [SUPERVISION_STATE] = {"supervision_state", F_CODE, "supervision_state", 0, 0, 0},
    [RESIDENCE_MUNICIPALITY] = {"residence_municipality", F_TEXT, NULL, 0, 0, 4},
    [DO_NOT_CONTACT] = {"do_not_contact", F_BOOL, NULL, 0, 0, 0},
    [DO_NOT_CONTACT_REASON] = {"do_not_contact_reason", F_TEXT, NULL, 0, 0, 200},
    [DO_NOT_CONTACT_UNTIL] = {"do_not_contact_until", F_DATE, NULL, 0, 0, 0},
    [STAFF] = {"staff", F_REFS, "user", 0, 0, 0}, /* whose client it is: they see "their own" */
    [MERGED_INTO] = {"merged_into", F_REF, "person", AUTO, 0, 0}, /* by a person_merge */
};

static bool is_suspected(const struct record *r)
{
    return state_in(r, KIND, "MEDLEM,MISSTANKT_KOPPLING");
}

static bool owned_by(const struct record *r, const char *agency)
{
    return str_eq(record_common(r, COMMON_OWNER_AGENCY), agency);
}

static void fill(struct change *c)
{
    if (!c->was) {
        fill_value(c, PROTECTION_LEVEL, "INGEN");
        fill_value(c, NAME_QUALITY,
                   record_has(c->now, FAMILY_NAME) || record_has(c->now, GIVEN_NAMES) ? "UPPGIVEN"
                                                                                      : "OKAND");
    }
    /* The label follows the kind unless somebody sets it. */
    if (owned_by(c->now, POLICE) && record_has(c->now, KIND) && !c->given[NOT_SUSPECTED_LABEL] &&
        (!record_has(c->now, NOT_SUSPECTED_LABEL) || (c->was && change_touches(c, KIND))))
        record_put(c->now, NOT_SUSPECTED_LABEL, is_suspected(c->now) ? "0" : "1");
}

static void check_agency(const struct record *r, struct problems *p)
{
    if (owned_by(r, POLICE) && record_is(r, KIND, "AVHOPPARE"))
        problem_add(
            p, ERR_RULE, named(r, KIND),
            _("The police do not register anybody as leaving a group: choose another kind."));
    if (owned_by(r, "SNC") && record_is(r, KIND, "MEDLEM"))
        problem_add(p, ERR_RULE, named(r, KIND),
                    _("Social services do not register anybody as a member of a group: choose "
                      "another kind."));
    if (owned_by(r, POLICE) && record_has(r, KIND) && !is_suspected(r) &&
        !record_int(r, NOT_SUSPECTED_LABEL))
        problem_add(
            p, ERR_RULE, named(r, NOT_SUSPECTED_LABEL),
            _("Somebody of this kind is not suspected: the label \"not suspected\" must be set."));
    if (!owned_by(r, POLICE) && record_has(r, PHOTO_DOC))
        problem_add(p, ERR_RULE, named(r, PHOTO_DOC),
                    _("Only the police keep photographs: leave this empty."));
    if (!owned_by(r, "FRI") && record_has(r, SUPERVISION_STATE) &&
        !record_is(r, SUPERVISION_STATE, "INGEN"))
        problem_add(p, ERR_RULE, named(r, SUPERVISION_STATE),
                    _("Only probation keeps supervision: leave this empty."));
}

static void check_protection(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (record_has(r, PROTECTION_UNTIL) && record_is(r, PROTECTION_LEVEL, "INGEN"))
        problem_add(
            p, ERR_RULE, named(r, PROTECTION_UNTIL),
            _("There is no protection that could end: choose its level, or clear the date."));
    if (record_int(r, DO_NOT_CONTACT) && !record_has(r, DO_NOT_CONTACT_REASON))
        problem_add(p, ERR_RULE, named(r, DO_NOT_CONTACT_REASON),
                    _("Write why this person must not be contacted."));
    check_municipality(p, r, RESIDENCE_MUNICIPALITY);
    const char *language = record_get(r, LANGUAGE);
    if (language && (strlen(language) != 3 || strspn(language, "abcdefghijklmnopqrstuvwxyz") != 3))
        problem_add(
            p, ERR_INVALID, named(r, LANGUAGE),
            _("A language is written as its code of three small letters, for example swe."));
}

/* The number says when somebody was born; the day may be shifted when a day's numbers have run out.
 */
static void check_numbers(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!c->was || !record_has(r, BIRTH_DATE) || record_int(r, PNR_DATE_SHIFTED) ||
        (!change_touches(c, BIRTH_DATE) && !change_touches(c, PNR_DATE_SHIFTED)))
        return;
    if (!person_numbers_agree(c->core, r->id, record_get(r, BIRTH_DATE)))
        problem_add(p, ERR_RULE, named(r, BIRTH_DATE),
                    _("The identity number of this person says another day. Correct one of the "
                      "two, or mark that the "
                      "day in the number is shifted."));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_agency(r, p);
    check_protection(c, p);
    check_numbers(c, p);
    check_past(p, r, BIRTH_DATE);
    check_past(p, r, DECEASED_DATE);
    check_span(p, r, BIRTH_DATE, DECEASED_DATE);
    check_span(p, r, CUSTODY_FROM, CUSTODY_TO);
}

const struct kind person_kind = {
    .name = "person",
    .fields = fields,
    .n_fields = N,
    .title = "{family_name}, {given_names}",
    .fill = fill,
    .check = check,
};
