/* Parameters of a request, each asked for with the type it must have. */
#include "inside.h"
#include "treben/core/repo.h"

bool param_bad(struct call *c, struct err *e, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = arena_vprintf(&c->arena, fmt, args);
    va_end(args);
    c->bad_params = true;
    return err_set(e, ERR_USAGE, "%s", text);
}

bool param_text(struct call *c, const char *name, const char **ret, struct err *e)
{
    const json_t *v = json_object_get(c->params, name);
    if (v && !json_is_null(v) && !json_is_string(v)) {
        return param_bad(c, e, _("The request's \"%s\" must be a text."), name);
    }
    *ret = json_string_value(v);
    return true;
}

bool param_need(struct call *c, const char *name, const char **ret, struct err *e)
{
    const char *text;
    if (!param_text(c, name, &text, e)) {
        return false;
    }
    if (str_empty(text)) {
        return param_bad(c, e, _("The request lacks \"%s\"."), name);
    }
    *ret = text;
    return true;
}

bool param_int(struct call *c, const char *name, int64_t otherwise, int64_t min, int64_t max,
               int64_t *ret, struct err *e)
{
    const json_t *v = json_object_get(c->params, name);
    if (!v || json_is_null(v)) {
        *ret = otherwise;
        return true;
    }
    if (!json_is_integer(v) || json_integer_value(v) < min || json_integer_value(v) > max) {
        return param_bad(c, e, _("The request's \"%s\" must be a whole number from %lld to %lld."),
                         name, (long long)min, (long long)max);
    }
    *ret = json_integer_value(v);
    return true;
}

bool param_bool(struct call *c, const char *name, bool *ret, struct err *e)
{
    const json_t *v = json_object_get(c->params, name);
    if (v && !json_is_null(v) && !json_is_boolean(v)) {
        return param_bad(c, e, _("The request's \"%s\" must be true or false."), name);
    }
    *ret = json_is_true(v);
    return true;
}

bool param_kind(struct call *c, const struct kind_model **ret, struct err *e)
{
    const char *name;
    if (!param_need(c, "kind", &name, e)) {
        return false;
    }
    const struct kind_model *k = model_kind(c->core->model, name);
    if (!k) {
        const char **names =
            arena_alloc(&c->arena, sizeof *names * (size_t)c->core->model->n_kinds);
        for (int i = 0; i < c->core->model->n_kinds; i++) {
            names[i] = c->core->model->kinds[i].kind->name;
        }
        const char *near = str_nearest(name, names, (size_t)c->core->model->n_kinds);
        c->bad_params = true;
        return near ? err_set(e, ERR_USAGE,
                              _("There is no kind of record called \"%s\"; did you mean \"%s\"?"),
                              name, near)
                    : err_set(e, ERR_USAGE, _("There is no kind of record called \"%s\"."), name);
    }
    c->log.kind = k->kind->name;
    *ret = k;
    return true;
}

bool param_record(struct call *c, const char *name, const struct kind_model **ret_k, struct id *ret,
                  struct err *e)
{
    const char *given;
    if (!param_need(c, name, &given, e)) {
        return false;
    }
    const struct kind_model *k;
    struct id id;
    if (!repo_resolve(c->core, NULL, given, &k, &id, e)) {
        /* What was asked for may be a name or a number of somebody: only its hash is kept. */
        struct err unhashed = {0}; /* then the log takes nothing at all, and says so itself */
        bool hashed = audit_terms(c, given, &unhashed);
        (void)hashed;
        return false;
    }
    c->log.kind = k->kind->name;
    c->log.record = arena_strdup(&c->arena, id.text);
    *ret_k = k;
    *ret = id;
    return true;
}

bool param_values(struct call *c, const char *name, const json_t **ret, struct err *e)
{
    const json_t *v = json_object_get(c->params, name);
    if (!v || json_is_null(v)) {
        *ret = NULL;
        return true;
    }
    if (!json_is_object(v)) {
        return param_bad(c, e, _("The request's \"%s\" must be an object of texts."), name);
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)v, key, value)
    {
        if (!json_is_string(value) && !json_is_null(value)) {
            return param_bad(c, e, _("The value of \"%s\" must be a text, as it was typed."), key);
        }
    }
    *ret = v;
    return true;
}
