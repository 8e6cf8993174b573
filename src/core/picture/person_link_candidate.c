/* picture/person_link_candidate.c: two records of one register that may be one human being. Found
 * by the system, judged by people. */
#include "../rules.h"

enum { PERSON_A, PERSON_B, SIMILARITY, STATE, N };

static const struct field fields[N] = {
    [PERSON_A] = {"person_a", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [PERSON_B] = {"person_b", F_REF, "person", REQUIRED | FIXED, 0, 0},
    [SIMILARITY] = {"similarity", F_CODE, "person_similarity", REQUIRED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

const struct kind person_link_candidate_kind = {
    .name = "person_link_candidate",
    .fields = fields,
    .n_fields = N,
    .title = "{person_a}, {person_b}",
    .parent = "person_a",
    .owner = "parent",
    .flags = KIND_NO_NEW,
};
