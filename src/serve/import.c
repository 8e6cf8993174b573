/* import: a message of a feed's items; one transaction and one log row for each. */
#include "inside.h"
#include "treben/core/access.h"
#include "treben/exchange/police.h"

static json_t *counts_json(const struct police_counts *n)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:O}", "new",
                     (json_int_t)n->added, "changed", (json_int_t)n->changed, "same",
                     (json_int_t)n->same, "left_out", (json_int_t)n->left_out, "elsewhere",
                     (json_int_t)n->elsewhere, "day_before", (json_int_t)n->day_before,
                     "pattern_hits", (json_int_t)n->pattern_hits, "old", (json_int_t)n->old,
                     "unknown_types", n->unknown, "bad", n->bad);
}

/* The mapping is read again for each message: a file that is mended meanwhile counts from the next
 * one on. */
static bool load_mapping(struct call *c, struct police_mapping **ret, struct err *e)
{
    struct forms_dirs dirs = forms_find_dirs(&c->arena, store_path(c->s->store));
    return police_mapping_load(&dirs, c->core->model, ret, NULL, e);
}

bool serve_import(struct call *c, struct err *e)
{
    struct police_options o = {0};
    struct police_mapping *mapping;
    struct police_counts n = {0};
    const char *source;
    int64_t first;
    const json_t *items = json_object_get(c->params, "items");
    if (!param_need(c, "source", &source, e) || !param_text(c, "area", &o.area, e) ||
        !param_bool(c, "strict", &o.strict, e) || !param_bool(c, "dry_run", &o.dry_run, e) ||
        !param_int(c, "first_index", 0, 0, INT32_MAX, &first, e))
        return false;
    if (!str_eq(source, "police-events") || !json_is_array(items) || json_array_size(items) > 500)
        return param_bad(
            c, e,
            _("\"source\" must be police-events and \"items\" a list of at most 500 events."));
    c->log.kind = "incident";
    o.first_index = (int)first;
    if (!access_may_create(c->core, model_kind(c->core->model, "incident")))
        return err_set(e, ERR_DENIED, _("You may not import events; the police's analysts do."));
    if (!load_mapping(c, &mapping, e))
        return false;
    c->undo = o.dry_run;
    bool ok = police_import(c->core, mapping, items, &o, &n, e);
    c->log.n = n.added + n.changed;
    if (ok)
        c->result = counts_json(&n);
    police_mapping_free(mapping);
    police_counts_done(&n);
    return ok;
}
