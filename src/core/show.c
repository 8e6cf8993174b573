/* core/show.c: values and titles as a person reads them, only as far as this reader's copy shows them. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/pnr.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Fills "{family_name}, {given_names}": a null field takes the separator before it away with it. */
typedef const char *field_text(void *ctx, const struct record *r, int field);

static const char *fill_template(struct arena *a, const struct record *r, field_text *text, void *ctx)
{
    STR out = {0};
    STR sep = {0};
    for (const char *p = r->k->kind->title; p && *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (!end) {
            str_addc(&sep, *p++);
            continue;
        }
        AUTOFREE char *name = xstrndup(p + 1, (size_t)(end - p - 1));
        const char *value = strcmp(name, "case_no") == 0 ? (r->case_no[0] ? r->case_no : NULL) : NULL;
        int f = model_field(r->k, name);
        if (f >= 0)
            value = text(ctx, r, f);
        if (!str_empty(value)) {
            if (out.len)
                str_add(&out, str_text(&sep));
            str_add(&out, value);
        }
        str_clear(&sep);
        p = end + 1;
    }
    return arena_strdup(a, str_text(&out));
}

static const char *raw_text(void *ctx, const struct record *r, int field)
{
    (void)ctx;
    enum field_type t = r->k->fields[field].f.type;
    return t == F_REF || t == F_REFS || t == F_SEALED ? NULL : record_get(r, field);
}

const char *title_raw(struct arena *a, const struct record *r)
{
    return fill_template(a, r, raw_text, NULL);
}

static const char *shown_text(void *ctx, const struct record *r, int field)
{
    if (!record_has(r, field))
        return NULL;
    /* A title of nothing but "hidden" names nothing: such a record goes by its case number. */
    if (r->k->fields[field].f.type == F_REF)
        return record_hidden(r, field) ? NULL : show_title_of(ctx, record_get(r, field));
    return show_value(ctx, r, field);
}

const char *show_title(struct core *c, const struct record *r)
{
    const char *title = fill_template(&c->scratch, r, shown_text, c);
    if (*title)
        return title;
    return r->case_no[0] ? arena_strdup(&c->scratch, r->case_no) : label_text(&r->k->one);
}

/* Outside their own agency, people of the police appear under the name they were given for it. */
static const char *user_name(struct core *c, const struct record *r)
{
    const char *agency = record_get(r, model_field(r->k, "agency"));
    const char *alias = record_get(r, model_field(r->k, "display_alias"));
    const char *name = record_get(r, model_field(r->k, "display_name"));
    struct record *a = agency && id_valid(agency) ? look_id(c, "agency", agency) : NULL;
    bool own = c->who.system || str_eq(a ? record_get(a, model_field(a->k, "code")) : agency, c->who.agency);
    record_free(a);
    return arena_strdup(&c->scratch, !own && alias ? alias : name ? name : record_get(r, model_field(r->k, "login")));
}

static const char *load_title(struct core *c, const char *id)
{
    const struct kind_model *k;
    struct id found;
    struct record *r;
    struct err e = {0};
    if (!repo_resolve(c, NULL, id, &k, &found, &e))
        return NULL;
    bool user = strcmp(k->kind->name, "user") == 0;
    /* The system makes no view: it would stay for whoever's session this is, and show everything. */
    bool all = user || c->who.system;
    if (all ? !repo_load_all(c, k, found.text, &r, &e) : !repo_load(c, k, found.text, &r, &e))
        return NULL;
    const char *title = user ? user_name(c, r) : show_title(c, r);
    record_free(r);
    return title;
}

const char *show_title_of(struct core *c, const char *id)
{
    struct core_cache *cache = c->cache;
    for (int i = 0; i < cache->n_titles; i++)
        if (strcmp(cache->titles[i].id, id) == 0)
            return cache->titles[i].title;
    const char *title = load_title(c, id);
    if (cache->n_titles < TITLE_CACHE) {
        snprintf(cache->titles[cache->n_titles].id, sizeof cache->titles[0].id, "%s", id);
        cache->titles[cache->n_titles++].title = title;
    }
    return title;
}

static const char *list_text(struct core *c, const struct field_model *f, const char *value)
{
    STR s = {0};
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(value, &pos, &item, &n)) {
        char *one = arena_strndup(&c->scratch, item, n);
        const char *text = f->f.type == F_CODES ? code_label(f->codes, one) : show_title_of(c, one);
        /* a name may hold a comma of its own: "Öberg, Adnan; Rašić, Joel" */
        str_printf(&s, "%s%s", !s.len ? "" : f->f.type == F_CODES ? ", " : "; ", text ? text : _("hidden"));
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static const char *keep(struct core *c, char *owned)
{
    const char *kept = arena_strdup(&c->scratch, owned);
    free(owned);
    return kept;
}

const char *show_value(struct core *c, const struct record *r, int field)
{
    const struct field_model *f = &r->k->fields[field];
    const char *value = record_get(r, field);
    if (record_hidden(r, field))
        return _("hidden");
    if (!value)
        return "–";
    const struct kind *kind = r->k->kind;
    const char *other = kind->show && field < r->k->n_own ? kind->show(c, r, field) : NULL;
    if (other)
        return other;
    switch (f->f.type) {
    case F_BOOL:
        return strcmp(value, "1") == 0 ? _("yes") : _("no");
    case F_DATE:
        return keep(c, date_show(value));
    case F_TIME:
        return keep(c, instant_show(value));
    case F_CODE:
        if (str_eq(f->f.of, "state")) {
            const struct state_model *s = model_state(r->k, value, NULL);
            return s ? label_text(&s->label) : value;
        }
        return code_label(f->codes, value);
    case F_REF: {
        const char *title = show_title_of(c, value);
        return title ? title : _("hidden");
    }
    case F_CODES:
    case F_REFS:
        return list_text(c, f, value);
    case F_SEALED:
        if (strlen(value) == 12 && strspn(value, "0123456789") == 12) {
            char shown[14];
            pnr_show(value, shown);
            return arena_strdup(&c->scratch, shown);
        }
        return value;
    default:
        return value;
    }
}
