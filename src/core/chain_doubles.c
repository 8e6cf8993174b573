/* core/chain_doubles.c: records of one register that may be one human being: the same number, or
 * the same name and day of birth. Never beyond one agency's register: that somebody stands in
 * another is that agency's secret. */
#include "chain_parts.h"
#include "treben/base/text.h"
#include "treben/core/repo.h"

static bool known(struct core *c, const char *a, const char *b)
{
    return look_count(c, "person_link_candidate",
                      "(person_a == \"%s\" and person_b == \"%s\") or (person_a == \"%s\" and "
                      "person_b == \"%s\")",
                      a, b, b, a) > 0;
}

static bool stands(const struct record *person)
{
    return person && !value(person, "merged_into");
}

/* Once for each pair: whoever was told "no" is not asked again. */
static bool propose(struct core *c, const char *a, const char *b, const char *agency,
                    const char *similarity, struct err *e)
{
    if (strcmp(a, b) == 0 || known(c, a, b))
        return true;
    const struct kind_model *k = model_kind(c->model, "person_link_candidate");
    struct record *r = record_new(k);
    bool first = strcmp(a, b) < 0;
    record_put(r, model_field(k, "person_a"), first ? a : b);
    record_put(r, model_field(k, "person_b"), first ? b : a);
    record_put(r, model_field(k, "similarity"), similarity);
    record_put(r, model_field(k, "state"), "FORESLAGEN");
    record_put(r, k->n_own + COMMON_OWNER_AGENCY, agency);
    record_put(r, k->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(r, k->n_own + COMMON_LOCKED, "0");
    bool ok = repo_write(c, NULL, r, NULL, e);
    record_free(r);
    return ok;
}

static bool same_name(const struct record *a, const struct record *b)
{
    static const char *const names[] = {"family_name", "given_names"};
    for (size_t i = 0; i < N_OF(names); i++)
        if (!same_words(value(a, names[i]), value(b, names[i])))
            return false;
    return true;
}

static bool by_name(struct core *c, const struct record *person, struct err *e)
{
    const char *birth = value(person, "birth_date"),
               *agency = record_common(person, COMMON_OWNER_AGENCY);
    if (!birth || strlen(birth) < 10)
        return true;
    ROWS same_day = look_all(
        c, "person", "id",
        "owner_agency == \"%s\" and birth_date == \"%s\" and merged_into == null", agency, birth);
    for (int i = 0; i < same_day.n; i++)
        if (same_name(person, same_day.at[i]) &&
            !propose(c, person->id, same_day.at[i]->id, agency, "NAMN_FODD", e))
            return false;
    return true;
}

static bool by_number(struct core *c, const char *person, const char *agency, const char *number,
                      struct err *e)
{
    if (!number)
        return true;
    ROWS same = look_all(c, "person_identifier", "id", "value == \"%s\"", quoted(c, number));
    for (int i = 0; i < same.n; i++) {
        struct record *other = look_id(c, "person", value(same.at[i], "person"));
        bool ours = stands(other) && str_eq(record_common(other, COMMON_OWNER_AGENCY), agency);
        bool ok = !ours || propose(c, person, other->id, agency, "NUMMER", e);
        record_free(other);
        if (!ok)
            return false;
    }
    return true;
}

bool chain_doubles_by_number(struct core *c, const struct record *identifier, struct err *e)
{
    return by_number(c, value(identifier, "person"), record_common(identifier, COMMON_OWNER_AGENCY),
                     value(identifier, "value"), e);
}

bool chain_doubles(struct core *c, const struct record *person, struct err *e)
{
    if (!stands(person))
        return true;
    ROWS numbers = look_all(c, "person_identifier", "id", "person == \"%s\"", person->id);
    for (int i = 0; i < numbers.n; i++) {
        struct record *whole; /* with the sealed value */
        if (!repo_load_all(c, numbers.at[i]->k, numbers.at[i]->id, &whole, e))
            return false;
        bool ok = chain_doubles_by_number(c, whole, e);
        record_free(whole);
        if (!ok)
            return false;
    }
    return by_name(c, person, e);
}
