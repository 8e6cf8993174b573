/* communication/message_version.c: one wording of a message, approved by all three parties before
 * anybody hears it. */
#include "../rules.h"

enum { MESSAGE, NO, LANGUAGE, TEXT, VALID_FROM, VALID_TO, STATE, N };

static const struct field fields[N] = {
    [MESSAGE] = {"message", F_REF, "message", REQUIRED | FIXED | SHARED, 0, 0},
    [NO] = {"no", F_INT, NULL, REQUIRED | AUTO | SHARED, 0, 9999},
    [LANGUAGE] = {"language", F_CODE, "message_language", REQUIRED | SHARED, 0, 0},
    [TEXT] = {"text", F_NOTE, NULL, REQUIRED | SHARED | SEARCH, 0, 8000},
    [VALID_FROM] = {"valid_from", F_DATE, NULL, SHARED, 0, 0},
    [VALID_TO] = {"valid_to", F_DATE, NULL, SHARED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO | SHARED, 0, 0},
};

static void fill(struct change *c)
{
    if (!record_has(c->now, NO) && record_has(c->now, MESSAGE)) {
        struct record *last = look_first(c->core, "message_version", "-no", "message == \"%s\"",
                                         record_get(c->now, MESSAGE));
        AUTOFREE char *no = xprintf("%" PRId64, last ? record_int(last, NO) + 1 : 1);
        record_put(c->now, NO, no);
        record_free(last);
    }
    if (entering(c, STATE, "GODKAND"))
        fill_today(c, VALID_FROM);
    if (entering(c, STATE, "ERSATT"))
        fill_today(c, VALID_TO);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, TEXT);
    check_span(p, r, VALID_FROM, VALID_TO);
    if (c->was && state_in(c->was, STATE, "GODKAND,ERSATT") &&
        (change_touches(c, TEXT) || change_touches(c, LANGUAGE)))
        problem_add(p, ERR_RULE, named(r, TEXT),
                    _("An approved text is not changed: make a new version and have it approved."));
}

/* The newly approved wording takes the place of the older one in the same language. */
static bool saved(struct change *c, struct err *e)
{
    const struct record *r = c->now;
    if (!entering(c, STATE, "GODKAND") || !record_is(r, STATE, "GODKAND"))
        return true;
    ROWS older = look_all(c->core, "message_version", "no",
                          "message == \"%s\" and language == \"%s\" and state == \"GODKAND\"",
                          record_get(r, MESSAGE), record_get(r, LANGUAGE));
    for (int i = 0; i < older.n; i++)
        if (strcmp(older.at[i]->id, r->id) != 0 &&
            !lifecycle_system(c->core, r->k, older.at[i]->id, "ERSATT", e))
            return false;
    return true;
}

static bool text_clean(struct guard_case *g)
{
    PROBLEMS found = {0};
    lint_text(&found, g->r, TEXT);
    return !found.n || guard_no(g, _("Take the identity number out of the text first."));
}

static bool newer_approved(struct guard_case *g)
{
    if (look_count(
            g->core, "message_version",
            "message == \"%s\" and language == \"%s\" and state == \"GODKAND\" and no > %" PRId64,
            record_get(g->r, MESSAGE), record_get(g->r, LANGUAGE), record_int(g->r, NO)))
        return true;
    return guard_no(
        g, _("There is no newer approved version to take its place: have one approved first."));
}

static const struct guard guards[] = {
    {"text_clean", text_clean},
    {"newer_approved", newer_approved},
};

const struct kind message_version_kind = {
    .name = "message_version",
    .fields = fields,
    .n_fields = N,
    .title = "{message}, {language}, {no}",
    .parent = "message",
    .owner = "parent",
    .fill = fill,
    .check = check,
    .saved = saved,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
