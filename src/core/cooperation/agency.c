/* cooperation/agency.c: an authority, at the level of the board: its own secrecy domain. */
#include "../rules.h"

enum { CODE, NAME_SV, KIND, LEGAL_REGIME, CONTROLLER_CONTACT, DSO_CONTACT, ACTIVE, N };

static const struct field fields[N] = {
    [CODE] = {"code", F_TEXT, NULL, REQUIRED | FIXED | UNIQUE | SHARED | META | SEARCH, 0, 8},
    [NAME_SV] = {"name_sv", F_TEXT, NULL, REQUIRED | SHARED | META | SEARCH | SORT, 0, 80},
    [KIND] = {"kind", F_CODE, "agency_kind", REQUIRED | SHARED | META, 0, 0},
    [LEGAL_REGIME] = {"legal_regime", F_CODE, "legal_regime", REQUIRED | SHARED, 0, 0},
    [CONTROLLER_CONTACT] = {"controller_contact", F_TEXT, NULL, SHARED, 0, 200},
    [DSO_CONTACT] = {"dso_contact", F_TEXT, NULL, SHARED, 0, 200},
    [ACTIVE] = {"active", F_BOOL, NULL, SHARED | META, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_value(c, ACTIVE, "1");
    fill_value(c, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, record_get(c->now, CODE));
}

const struct kind agency_kind = {
    .name = "agency",
    .fields = fields,
    .n_fields = N,
    .title = "{name_sv}",
    .flags = KIND_NO_NEW,
    .fill = fill,
};
