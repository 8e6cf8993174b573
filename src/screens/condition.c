/* Conditions of forms (show_if, require_if) over the values on the screen. The core judges again on save. */
#include "record.h"

#include "treben/base/expr.h"

#include <string.h>

struct scene {
    condition_value *value;
    void *ctx;
    const json_t *fields;
};

static enum expr_type type_of(const char *type)
{
    static const struct {
        const char *name;
        enum expr_type type;
    } types[] = {{"int", EXPR_T_NUMBER},  {"code", EXPR_T_CODE},  {"codes", EXPR_T_LIST}, {"refs", EXPR_T_LIST},
                 {"ref", EXPR_T_CODE},    {"bool", EXPR_T_CODE},  {"date", EXPR_T_DATE},  {"pdate", EXPR_T_DATE},
                 {"time", EXPR_T_DATE}};
    for (size_t i = 0; i < N_OF(types); i++) {
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    }
    return EXPR_T_TEXT;
}

static bool lookup(void *ctx, const char *name, const char *step, struct expr_value *ret)
{
    const struct scene *scene = ctx;
    const json_t *field = find_by(scene->fields, "name", name);
    const char *text = step ? NULL : scene->value(scene->ctx, name);
    *ret = (struct expr_value){.text = str_empty(text) ? NULL : text, .type = type_of(get_text(field, "type"))};
    return true;
}

bool condition_holds(const char *source, condition_value *value, void *ctx, const json_t *fields, bool otherwise)
{
    ARENA a = {0};
    struct scene scene = {.value = value, .ctx = ctx, .fields = fields};
    const struct expr *x = NULL;
    bool yes = otherwise;
    struct err e = {0};
    if (str_empty(source))
        return otherwise;
    if (!expr_parse(&a, source, &x, &e) || !expr_true(x, lookup, &scene, &yes, &e))
        return otherwise;
    return yes;
}
