/* picture/alias.c: another name of a person: nickname, account, former or false name. */
#include "../rules.h"

enum { PERSON, NAME, KIND, SOURCE_GRADE, N };

static const struct field fields[N] = {
    [PERSON] = {"person", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [NAME] = {"name", F_TEXT, NULL, REQUIRED | SEARCH | SORT, 0, 80},
    [KIND] = {"kind", F_CODE, "alias_kind", REQUIRED, 0, 0},
    [SOURCE_GRADE] = {"source_grade", F_CODE, "source_grade", 0, 0, 0},
};

const struct kind alias_kind = {
    .name = "alias",
    .fields = fields,
    .n_fields = N,
    .title = "{name}",
    .parent = "person",
    .owner = "parent",
};
