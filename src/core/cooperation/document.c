/* cooperation/document.c: a document: what it is, which way it went, and its bytes, which lie
 * encrypted in pieces that were sent before. Minutes are never replaced by a recording. */
#include "../rules.h"
#include "treben/store/blob.h"

#include <stdio.h>

enum { SUBJECT, TITLE, KIND, DIRECTION, AT, BLOB, SHA256, MIME, SIZE, DIARY_NO, N };

static const struct field fields[N] = {
    [SUBJECT] = {"subject", F_REF, "*", FIXED, 0, 0},
    [TITLE] = {"title", F_TEXT, NULL, REQUIRED | SEARCH, 0, 120},
    [KIND] = {"kind", F_CODE, "document_kind", REQUIRED, 0, 0},
    [DIRECTION] = {"direction", F_CODE, "document_direction", REQUIRED, 0, 0},
    [AT] = {"at", F_TIME, NULL, REQUIRED, 0, 0},
    [BLOB] = {"blob", F_TEXT, NULL, REQUIRED | FIXED, 0, 26}, /* what file.put has taken */
    [SHA256] = {"sha256", F_TEXT, NULL, REQUIRED | AUTO, 0, 64},
    [MIME] = {"mime", F_TEXT, NULL, REQUIRED | AUTO, 0, 60},
    [SIZE] = {"size", F_INT, NULL, REQUIRED | AUTO, 0, 0},
    [DIARY_NO] = {"diary_no", F_TEXT, NULL, SEARCH, 0, 40},
};

/* The bytes say what they are, not the file's name. */
static void fill(struct change *c)
{
    struct blob_facts facts;
    struct err ignored = {0};
    char size[24];
    fill_now(c, AT);
    fill_value(c, DIRECTION, "UPPRATTAD");
    if (c->was || !record_has(c->now, BLOB) ||
        !blob_facts(c->core->store, record_get(c->now, BLOB), c->core->who.user, &facts, &ignored))
        return;
    snprintf(size, sizeof size, "%lld", (long long)facts.size);
    record_put(c->now, SIZE, size);
    record_put(c->now, SHA256, facts.sha256);
    record_put(c->now, MIME, facts.mime);
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    check_past(p, r, AT);
    if (c->was || !record_has(r, BLOB))
        return;
    if (!record_has(r, SHA256) || another(c, "blob == \"%s\"", record_get(r, BLOB)))
        problem_add(p, ERR_INVALID, named(r, BLOB),
                    _("The file did not arrive: send it with the document, file=@PATH."));
    struct record *meeting = look_id(c->core, "meeting", record_get(r, SUBJECT));
    const char *mime = record_get(r, MIME);
    if (meeting && mime && (str_starts(mime, "audio/") || str_starts(mime, "video/")))
        problem_add(p, ERR_RULE, named(r, BLOB),
                    _("A meeting is not recorded: its minutes are decisions and tasks."));
    record_free(meeting);
}

const struct kind document_kind = {
    .name = "document",
    .fields = fields,
    .n_fields = N,
    .title = "{title}",
    .parent = "subject",
    .fill = fill,
    .check = check,
};
