/* help/agreement.c: what the client and the exit unit promise each other, and what was not kept. */
#include "../rules.h"

enum { EXIT_CASE, TEXT_VERSION, CONDITIONS, SIGNED_AT, BREACHES, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [TEXT_VERSION] = {"text_version", F_TEXT, NULL, REQUIRED, 0, 40},
    [CONDITIONS] = {"conditions", F_CODES, "exit_condition", REQUIRED, 0, 0},
    [SIGNED_AT] = {"signed_at", F_DATE, NULL, 0, 0, 0},
    [BREACHES] = {"breaches", F_NOTE, NULL, 0, 0, 2000},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, SIGNED_AT);
    if (c->was && record_has(c->was, SIGNED_AT) &&
        (change_touches(c, TEXT_VERSION) || change_touches(c, CONDITIONS)))
        problem_add(p, ERR_RULE, named(r, CONDITIONS),
                    _("What was signed is not changed: write a new agreement."));
}

const struct kind agreement_kind = {
    .name = "agreement",
    .fields = fields,
    .n_fields = N,
    .title = "{text_version}, {signed_at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
