/* core/model.c: look-ups in what the configuration says. */
#include "treben/core/model.h"
#include "treben/base/str.h"

#include <string.h>

const struct kind_model *model_kind(const struct model *m, const char *name)
{
    for (int i = 0; name && i < m->n_kinds; i++)
        if (strcmp(m->kinds[i].kind->name, name) == 0)
            return &m->kinds[i];
    return NULL;
}

const struct kind_model *model_of(const struct model *m, const struct kind *k)
{
    for (int i = 0; i < m->n_kinds; i++)
        if (m->kinds[i].kind == k)
            return &m->kinds[i];
    return NULL;
}

int model_field(const struct kind_model *k, const char *name)
{
    for (int i = 0; name && i < k->n_fields; i++)
        if (strcmp(k->fields[i].f.name, name) == 0)
            return i;
    return -1;
}

const struct code_list *model_list(const struct model *m, const char *name)
{
    for (int i = 0; name && i < m->n_lists; i++)
        if (strcmp(m->lists[i].name, name) == 0)
            return &m->lists[i];
    return NULL;
}

const struct code *model_code(const struct code_list *l, const char *code)
{
    for (int i = 0; l && code && i < l->n_codes; i++)
        if (strcmp(l->codes[i].code, code) == 0)
            return &l->codes[i];
    return NULL;
}

const char *code_label(const struct code_list *l, const char *code)
{
    const struct code *found = model_code(l, code);
    return found ? label_text(&found->label) : code;
}

const struct state_model *model_state(const struct kind_model *k, const char *state,
                                      const struct lifecycle_model **ret_of)
{
    for (int i = 0; state && i < k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &k->lifecycles[i];
        for (int j = 0; j < l->n_states; j++) {
            if (strcmp(l->states[j].code, state) != 0)
                continue;
            if (ret_of)
                *ret_of = l;
            return &l->states[j];
        }
    }
    return NULL;
}

const char *model_counted(struct arena *a, const struct kind_model *k)
{
    STR s = {0};
    if (k->counts)
        str_printf(&s, "(%s)", k->counts);
    for (int i = 0; i < k->n_lifecycles; i++) {
        const struct lifecycle_model *l = &k->lifecycles[i];
        for (int j = 0; j < l->n_states; j++)
            if (l->states[j].uncounted)
                str_printf(&s, "%snot (%s == \"%s\")", s.len ? " and " : "",
                           k->fields[l->field].f.name, l->states[j].code);
    }
    return s.len ? arena_strdup(a, s.p) : NULL;
}

const struct agency_model *model_agency(const struct model *m, const char *code)
{
    for (int i = 0; code && i < m->n_agencies; i++)
        if (strcmp(m->agencies[i].code, code) == 0)
            return &m->agencies[i];
    return NULL;
}
