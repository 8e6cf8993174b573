/* cooperation/role.c: what an account may do, as config/roles.yaml and rights.yaml say; rows are
 * made from them. */
#include "../rules.h"

enum { CODE, NAME_SV, AGENCY_KIND, N };

static const struct field fields[N] = {
    [CODE] = {"code", F_TEXT, NULL, REQUIRED | FIXED | UNIQUE | SHARED | META | SEARCH, 0, 24},
    [NAME_SV] = {"name_sv", F_TEXT, NULL, REQUIRED | SHARED | META | SEARCH | SORT, 0, 80},
    [AGENCY_KIND] = {"agency_kind", F_CODES, "agency_kind", SHARED, 0,
                     0}, /* empty: every kind of agency */
};

/* Roles are made by the system for all; the city's office stands as their owner. */
static void fill(struct change *c)
{
    fill_value(c, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, "KS");
}

const struct kind role_kind = {
    .name = "role",
    .fields = fields,
    .n_fields = N,
    .title = "{name_sv}",
    .flags = KIND_NO_NEW,
    .fill = fill,
};
