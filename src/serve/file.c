/* file.put, file.get: the bytes of documents, a piece a message. */
#include "inside.h"
#include "treben/base/base64.h"
#include "treben/base/date.h"
#include "treben/base/id.h"
#include "treben/core/access.h"
#include "treben/store/blob.h"

#include <stdlib.h>

/* Without a name it is the first piece, and the answer names it. */
bool serve_file_put(struct call *c, struct err *e)
{
    const char *blob, *data;
    int64_t no;
    unsigned char *bytes;
    size_t n;
    char at[INSTANT_TEXT];
    if (!param_text(c, "blob", &blob, e) || !param_need(c, "data", &data, e) ||
        !param_int(c, "no", 0, 0, 999, &no, e)) {
        return false;
    }
    if (!access_may_create(c->core, model_kind(c->core->model, "document"))) {
        return err_set(e, ERR_DENIED, _("You may not make documents."));
    }
    if ((blob && !id_valid(blob)) || !base64_decode(data, &bytes, &n)) {
        return param_bad(c, e, _("The request's \"%s\" must be base64."), "data");
    }
    const char *name = blob ? blob : arena_strdup(&c->arena, id_new().text);
    instant_text(clock_now(), at);
    bool good = blob_put(c->s->store, name, (int)no, c->core->who.user, at, bytes, n, e);
    free(bytes);
    if (good) {
        c->log.kind = "document";
        c->result = json_pack("{s:s}", "blob", name);
    }
    return good;
}

/* Who may not read the document's name of its bytes, may not read them. */
bool serve_file_get(struct call *c, struct err *e)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    int64_t no;
    if (!param_record(c, "id", &k, &id, e) || !param_int(c, "no", 0, 0, 999, &no, e)) {
        return false;
    }
    if (!str_eq(k->kind->name, "document")) {
        return param_bad(c, e, _("Only a document has bytes to read."));
    }
    if (!repo_load(c->core, k, id.text, &r, e)) {
        return false;
    }
    int f = model_field(k, "blob");
    char *bytes = NULL;
    size_t n = 0;
    bool more = false;
    bool good = !record_hidden(r, f) && record_has(r, f)
                    ? blob_get(c->s->store, record_get(r, f), (int)no, &bytes, &n, &more, e)
                    : err_set(e, ERR_DENIED, _("You may not read this document."));
    record_free(r);
    if (good) {
        AUTOFREE char *text = base64_encode(bytes, n);
        audit_shown(c, id.text);
        c->result = json_pack("{s:s, s:b}", "data", text, "more", more);
    }
    free(bytes);
    return good;
}
