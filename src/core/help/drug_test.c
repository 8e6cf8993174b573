/* help/drug_test.c: a drug test that was agreed on, and its answer. */
#include "../rules.h"

enum { EXIT_CASE, AT, KIND, RESULT, N };

static const struct field fields[N] = {
    [EXIT_CASE] = {"exit_case", F_REF, "exit_case", REQUIRED | FIXED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED, 0, 0},
    [KIND] = {"kind", F_CODE, "drug_test_kind", REQUIRED, 0, 0},
    [RESULT] = {"result", F_CODE, "drug_test_result", 0, 0, 0},
};

static void fill(struct change *c)
{
    fill_class(c, "SEKRETESS");
    fill_now(c, AT);
}

static void check(const struct change *c, struct problems *p)
{
    check_past(p, c->now, AT);
}

const struct kind drug_test_kind = {
    .name = "drug_test",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {at}",
    .parent = "exit_case",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
