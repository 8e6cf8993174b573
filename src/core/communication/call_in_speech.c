/* communication/call_in_speech.c: a speech at a call-in: who says what, in which order, with which
 * approved words. */
#include "../rules.h"

enum { CALL_IN, ORDER, SPEAKER, SPEAKER_TEXT, THEME, MINUTES, MESSAGE_VERSION, CONFIRMED, N };

static const struct field fields[N] = {
    [CALL_IN] = {"call_in", F_REF, "call_in", REQUIRED | FIXED | SHARED, 0, 0},
    [ORDER] = {"order", F_INT, NULL, REQUIRED | SHARED, 1, 40},
    [SPEAKER] = {"speaker", F_REF, "user", SHARED, 0, 0},
    [SPEAKER_TEXT] = {"speaker_text", F_TEXT, NULL, SHARED, 0, 80},
    [THEME] = {"theme", F_CODE, "speech_theme", REQUIRED | SHARED, 0, 0},
    [MINUTES] = {"minutes", F_INT, NULL, SHARED, 1, 60},
    [MESSAGE_VERSION] = {"message_version", F_REF, "message_version", SHARED, 0, 0},
    [CONFIRMED] = {"confirmed", F_BOOL, NULL, SHARED, 0, 0},
};

static void fill(struct change *c)
{
    if (record_has(c->now, ORDER) || !record_has(c->now, CALL_IN))
        return;
    struct record *last = look_first(c->core, "call_in_speech", "-order", "call_in == \"%s\"",
                                     record_get(c->now, CALL_IN));
    AUTOFREE char *order = xprintf("%" PRId64, last ? record_int(last, ORDER) + 1 : 1);
    record_put(c->now, ORDER, order);
    record_free(last);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    lint_text(p, r, SPEAKER_TEXT);
    if (!record_has(r, SPEAKER) && !record_has(r, SPEAKER_TEXT))
        problem_add(p, ERR_RULE, named(r, SPEAKER),
                    _("Say who speaks: a colleague, or in words somebody from outside."));
    if (record_has(r, CALL_IN) && record_has(r, ORDER) &&
        another(c, "call_in == \"%s\" and order == %" PRId64, record_get(r, CALL_IN),
                record_int(r, ORDER)))
        problem_add(p, ERR_RULE, named(r, ORDER),
                    _("Another speech has this place in the order: choose another number."));
}

const struct kind call_in_speech_kind = {
    .name = "call_in_speech",
    .fields = fields,
    .n_fields = N,
    .title = "{order}, {theme}",
    .parent = "call_in",
    .owner = "parent",
    .fill = fill,
    .check = check,
};
