/* communication/promise.c: what was said to a group or a person, with an owner and a day, until it
 * is kept or broken. */
#include "../rules.h"

enum { MADE_IN, KIND, TO, TEXT, MADE_BY_AGENCY, DUE, EVIDENCE, CLOSED_AT, STATE, STATE_SHARED, N };

/* Whether help came is nobody's business outside: of a promise of help others see that it was made,
 * no more. */
static const struct field fields[N] = {
    [MADE_IN] = {"made_in", F_REF, "*", REQUIRED | FIXED | SHARED, 0, 0},
    [KIND] = {"kind", F_CODE, "promise_kind", REQUIRED | FIXED | SHARED, 0, 0},
    [TO] = {"to", F_REF, "*", FIXED | SHARED, 0, 0}, /* a person or a group */
    [TEXT] = {"text", F_NOTE, NULL, REQUIRED | SHARED | SEARCH, 0, 500},
    [MADE_BY_AGENCY] = {"made_by_agency", F_REF, "agency", REQUIRED | FIXED | SHARED, 0, 0},
    [DUE] = {"due", F_DATE, NULL, SHARED, 0,
             0}, /* a consequence waits for the next act, it has no day */
    [EVIDENCE] = {"evidence", F_REFS, "*", 0, 0, 0},
    [CLOSED_AT] = {"closed_at", F_TIME, NULL, AUTO, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
    [STATE_SHARED] = {"state_shared", F_CODE, "promise_state", AUTO | SHARED, 0, 0},
};

/* What is said in a talk is said to its person, what is said in a message to a group to that group.
 */
static void put_hearer(struct change *c)
{
    static const struct {
        const char *kind, *field;
    } sources[] = {{"custom_notification", "person"}, {"group_message", "group"}};
    for (size_t i = 0; i < N_OF(sources) && !record_has(c->now, TO) && record_has(c->now, MADE_IN);
         i++) {
        struct record *source = look_id(c->core, sources[i].kind, record_get(c->now, MADE_IN));
        if (source)
            record_put(c->now, TO, record_get(source, model_field(source->k, sources[i].field)));
        record_free(source);
    }
}

static void fill(struct change *c)
{
    if (!c->was)
        put_hearer(c);
    fill_my_agency(c, MADE_BY_AGENCY);
    fill_owner(c, MADE_BY_AGENCY);
    if (state_in(c->now, STATE, "HALLET,BRUTET,DRAGET"))
        fill_now(c, CLOSED_AT);
    record_put(c->now, STATE_SHARED,
               record_is(c->now, KIND, "HJALP") ? "LAMNAT" : record_get(c->now, STATE));
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, TEXT);
    if (record_is(r, KIND, "HJALP") || record_is(r, KIND, "KONTAKT"))
        if (!record_has(r, DUE))
            problem_add(p, ERR_RULE, named(r, DUE),
                        _("Help and contact are promised for a day: set it."));
    if (c->was || !record_has(r, TO))
        return;
    struct record *person = look_id(c->core, "person", record_get(r, TO));
    struct record *group = look_id(c->core, "group", record_get(r, TO));
    if (!person && !group)
        problem_add(p, ERR_RULE, named(r, TO),
                    _("A promise is made to a person or a group: choose one."));
    record_free(person);
    record_free(group);
}

const struct kind promise_kind = {
    .name = "promise",
    .fields = fields,
    .n_fields = N,
    .title = "{text}",
    .parent = "made_in",
    .fill = fill,
    .check = check,
};
