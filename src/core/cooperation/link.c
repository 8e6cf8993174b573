/* cooperation/link.c: two records that belong together. It stands twice, once for either end, so that
 * it is found from both; whoever does not see both ends sees neither row. */
#include "../rules.h"

enum { SUBJECT, OTHER, TEXT, MIRROR, STATE, N };

static const struct field fields[N] = {
    [SUBJECT] = {"subject", F_REF, "*", REQUIRED | FIXED, 0, 0},
    [OTHER] = {"other", F_REF, "*", REQUIRED | FIXED, 0, 0},
    [TEXT] = {"text", F_TEXT, NULL, 0, 0, 200},
    [MIRROR] = {"mirror", F_REF, "*", AUTO, 0, 0}, /* the row at the other end */
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *a = record_get(r, SUBJECT), *b = record_get(r, OTHER);
    if (c->was || !a || !b || c->core->who.system)
        return;
    if (strcmp(a, b) == 0)
        problem_add(p, ERR_RULE, named(r, OTHER), _("A record is not linked to itself."));
    else if (another(c, "subject == \"%s\" and other == \"%s\" and state == \"KOPPLAD\"", a, b))
        problem_add(p, ERR_RULE, named(r, OTHER), _("These two are linked already."));
    if (chain_of_exit(c->core, a) != chain_of_exit(c->core, b))
        problem_add(p, ERR_RULE, named(r, OTHER),
                    _("Help is linked to help only: nothing ties it to groups, incidents or "
                      "measures."));
}

const struct kind link_kind = {
    .name = "link",
    .fields = fields,
    .n_fields = N,
    .title = "{other}",
    .parent = "subject",
    .check = check,
};
