/* cooperation/note.c: what somebody saw, heard or did. Signed, it never changes: a correction is a
 * note of its own. */
#include "../rules.h"

enum { SUBJECT, EVENT_AT, WRITTEN_AT, AUTHOR, KIND, TEXT, CORRECTS, STATE, N };

static const struct field fields[N] = {
    [SUBJECT] = {"subject", F_REF, "*", REQUIRED | FIXED, 0, 0},
    [EVENT_AT] = {"event_at", F_TIME, NULL, REQUIRED, 0, 0},
    [WRITTEN_AT] = {"written_at", F_TIME, NULL, REQUIRED | AUTO, 0, 0},
    [AUTHOR] = {"author", F_REF, "user", AUTO, 0, 0},
    [KIND] = {"kind", F_CODE, "note_kind", REQUIRED, 0, 0},
    [TEXT] = {"text", F_NOTE, NULL, REQUIRED | SEARCH, 0, 8000},
    [CORRECTS] = {"corrects", F_REF, "note", FIXED, 0, 0},
    [STATE] = {"state", F_CODE, "state", REQUIRED | AUTO, 0, 0},
};

static void fill(struct change *c)
{
    if (c->was)
        return;
    fill_now(c, EVENT_AT);
    fill_now(c, WRITTEN_AT);
    fill_me(c, AUTHOR);
}

static void check_correction(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    if (!record_is(r, KIND, "RATTELSE"))
        return;
    struct record *old =
        record_has(r, CORRECTS) ? look_id(c->core, "note", record_get(r, CORRECTS)) : NULL;
    if (!old)
        problem_add(p, ERR_RULE, named(r, CORRECTS), _("Say which signed note this corrects."));
    else if (!record_is(old, STATE, "SIGNERAD"))
        problem_add(p, ERR_RULE, named(r, CORRECTS),
                    _("That note is not signed yet: change it instead."));
    else if (!str_eq(record_get(old, SUBJECT), record_get(r, SUBJECT)))
        problem_add(p, ERR_RULE, named(r, CORRECTS),
                    _("That note is about something else: choose one of this record."));
    record_free(old);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, EVENT_AT);
    if (c->was && record_is(c->was, STATE, "SIGNERAD"))
        for (int i = 0; i < N; i++)
            if (change_touches(c, i))
                problem_add(p, ERR_RULE, named(r, i),
                            _("A signed note is not changed: write a correction as a new note."));
    if (!c->was)
        check_correction(c, p);
}

static bool note_ready(struct guard_case *g)
{
    if (!record_has(g->r, TEXT))
        return guard_no(g, _("There is nothing to sign: write the text first."));
    if (in_future(record_get(g->r, EVENT_AT)))
        return guard_no(
            g, _("What the note is about lies in the future: correct the time before signing."));
    return true;
}

static const struct guard guards[] = {{"note_ready", note_ready}};

const struct kind note_kind = {
    .name = "note",
    .fields = fields,
    .n_fields = N,
    .title = "{kind}, {event_at}",
    .parent = "subject",
    .fill = fill,
    .check = check,
    .guards = guards,
    .n_guards = (int)N_OF(guards),
};
