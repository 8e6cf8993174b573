/* core/find.c: free search over every kind the subject may find, and the look-ups of reference fields. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/access.h"
#include "treben/core/find.h"
#include "treben/core/repo.h"

#include <string.h>

#define TITLES_LOOK 100

/* The first two columns of the kind's list that its title does not hold. */
static const char *detail_of(struct core *c, const struct record *r)
{
    STR s = {0};
    for (int i = 0, n = 0; i < r->k->list.n_columns && n < 2; i++) {
        int f = model_field(r->k, r->k->list.columns[i].path);
        AUTOFREE char *place = xprintf("{%s}", r->k->list.columns[i].path);
        if (f < 0 || strstr(r->k->kind->title, place) || !record_has(r, f) || record_hidden(r, f))
            continue;
        str_printf(&s, "%s%s", n++ ? ", " : "", show_value(c, r, f));
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static void hit_put(struct core *c, struct hit *h, const struct record *r)
{
    *h = (struct hit){.k = r->k, .title = show_title(c, r), .case_no = arena_strdup(&c->scratch, r->case_no),
                      .detail = detail_of(c, r)};
    memcpy(h->id, r->id, sizeof h->id);
}

static bool has(const struct hit *hits, int n, const char *id)
{
    for (int i = 0; i < n; i++)
        if (strcmp(hits[i].id, id) == 0)
            return true;
    return false;
}

/* A row of a record (an alias, an identifier) leads to the record it is a row of. */
static struct record *lift(struct core *c, struct record *r)
{
    const struct kind *kind = r->k->kind;
    const struct kind_model *k;
    struct id id;
    struct record *parent;
    struct err ignored = {0};
    const char *ref = kind->parent ? record_get(r, kind_field(kind, kind->parent)) : NULL;
    if (!ref || !repo_resolve(c, NULL, ref, &k, &id, &ignored) || !repo_load(c, k, id.text, &parent, &ignored))
        return r;
    record_free(r);
    return parent;
}

static bool find_kind(struct core *c, const struct kind_model *k, const char *text, struct hit *ret, int max, int *n,
                      bool *more, struct err *e)
{
    if (access_ceiling(c, k) < LEVEL_SHARED)
        return true;
    struct query q = {.k = k, .text = text, .limit = max};
    ROWS rows = {0};
    if (!query_rows(c, &q, &rows, e))
        return false;
    for (int i = 0; i < rows.n; i++) {
        rows.at[i] = lift(c, rows.at[i]);
        if (has(ret, *n, rows.at[i]->id))
            continue;
        if (*n == max) {
            *more = true;
            return true;
        }
        hit_put(c, &ret[(*n)++], rows.at[i]);
    }
    *more |= rows.more;
    return true;
}

static bool searchable(const struct kind_model *k)
{
    for (int i = 0; i < k->n_fields; i++)
        if (k->fields[i].f.flags & SEARCH)
            return true;
    return false;
}

static bool direct(struct core *c, const struct kind_model *only, const char *text, struct hit *ret)
{
    const struct kind_model *k;
    struct id id;
    struct record *r;
    struct err ignored = {0};
    if (!repo_resolve(c, only, text, &k, &id, &ignored) || !repo_load(c, k, id.text, &r, &ignored))
        return false;
    hit_put(c, ret, r);
    record_free(r);
    return true;
}

bool find_text(struct core *c, const char *text, struct hit *ret, int max, int *ret_n, bool *ret_more, struct err *e)
{
    int n = 0;
    bool more = false;
    AUTOFREE char *accepted = NULL;
    if (!text_accept(text, strlen(text), TEXT_LINE, 200, &accepted, e))
        return false;
    if (!*accepted)
        return err_set(e, ERR_INVALID, _("Write what to search for."));
    if (direct(c, NULL, accepted, &ret[0]))
        n = 1;
    for (int i = 0; i < c->model->n_kinds && n < max; i++)
        if (searchable(&c->model->kinds[i]) &&
            !find_kind(c, &c->model->kinds[i], accepted, ret, max, &n, &more, e))
            return false;
    *ret_n = n;
    *ret_more = more;
    return true;
}

/* For a reference to any kind: those a person would name. */
static bool lookup_any(struct core *c, const char *text, struct hit *ret, int max, int *n, struct err *e)
{
    bool more = false;
    for (int i = 0; i < c->model->n_kinds && *n < max; i++) {
        const struct kind_model *k = &c->model->kinds[i];
        if (!k->kind->parent && searchable(k) && !find_kind(c, k, text, ret, max, n, &more, e))
            return false;
    }
    return true;
}

static bool named_by_others(const struct kind_model *k)
{
    for (int i = 0; i < k->kind->n_fields; i++) {
        AUTOFREE char *place = xprintf("{%s}", k->kind->fields[i].name);
        if (k->kind->fields[i].type == F_REF && strstr(k->kind->title, place))
            return true;
    }
    return false;
}

/* A title that names other records ("CN-GRUND, Swedish, 7") stands in no index: the first rows are looked through. */
static bool lookup_titles(struct core *c, const struct field_model *f, const char *text, struct hit *ret, int max,
                          int *n, struct err *e)
{
    struct query q = {.k = f->target, .filter = f->lookup_filter, .limit = TITLES_LOOK};
    ROWS rows = {0};
    AUTOFREE char *wanted = text_fold(text);
    if (!query_rows(c, &q, &rows, e))
        return false;
    for (int i = 0; i < rows.n && *n < max; i++) {
        AUTOFREE char *title = text_fold(show_title(c, rows.at[i]));
        if (strstr(title, wanted) && !has(ret, *n, rows.at[i]->id))
            hit_put(c, &ret[(*n)++], rows.at[i]);
    }
    return true;
}

bool find_lookup(struct core *c, const struct field_model *f, const char *text, struct hit *ret, int max, int *ret_n,
                 struct err *e)
{
    int n = 0;
    AUTOFREE char *accepted = NULL;
    if (!text_accept(text, strlen(text), TEXT_LINE, 200, &accepted, e))
        return false;
    if (*accepted && direct(c, f->target, accepted, &ret[0]))
        n = 1;
    if (!f->target) {
        if (*accepted && !lookup_any(c, accepted, ret, max, &n, e))
            return false;
        *ret_n = n;
        return true;
    }
    if (*accepted && named_by_others(f->target) && !lookup_titles(c, f, accepted, ret, max, &n, e))
        return false;
    struct query q = {.k = f->target, .text = accepted, .filter = f->lookup_filter, .limit = max,
                      .also = model_counted(&c->scratch, f->target)};
    ROWS rows = {0};
    if (!query_rows(c, &q, &rows, e))
        return false;
    for (int i = 0; i < rows.n && n < max; i++)
        if (!has(ret, n, rows.at[i]->id))
            hit_put(c, &ret[n++], rows.at[i]);
    *ret_n = n;
    return true;
}
