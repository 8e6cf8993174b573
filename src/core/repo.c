/* core/repo.c: from what people write (id, case number, login, agency code) to a record they may see. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"
#include "treben/store/rows.h"

#include <string.h>

/* The same sentence whether there is nothing or nothing for you. */
static bool missing(struct err *e, const char *given)
{
    return err_set(e, ERR_MISSING, _("There is nothing called \"%.60s\" here. Check how it is written, or search for it."),
                   given);
}

static bool load(struct core *c, const struct kind_model *k, const char *id, bool from_view, struct record **ret,
                 struct err *e)
{
    if (from_view && !access_view(c, k, e))
        return false;
    STR sql = {0};
    sql_select(&sql, k, from_view, true);
    str_add(&sql, " WHERE t.\"id\" = ?");
    STMT st;
    bool row;
    if (!stmt_get(c->store, from_view ? DOOR_READ : DOOR_UPKEEP, sql.p, &st, e))
        return false;
    stmt_text(&st, 1, id);
    if (!stmt_step(&st, &row, e))
        return false;
    return row ? row_read(c, k, &st, true, ret, e) : missing(e, id);
}

bool repo_load(struct core *c, const struct kind_model *k, const char *id, struct record **ret, struct err *e)
{
    return load(c, k, id, true, ret, e);
}

bool repo_load_all(struct core *c, const struct kind_model *k, const char *id, struct record **ret, struct err *e)
{
    return load(c, k, id, false, ret, e);
}

/* Which kind an id or case number belongs to; nothing is said about it until a view shows it. */
static bool kind_find_of(struct core *c, const char *given, const struct kind_model **ret_k, struct id *ret, struct err *e)
{
    char kind[64];
    bool found;
    if (!index_find(c->store, !id_valid(given), given, &found, ret->text, kind, e))
        return false;
    *ret_k = found ? model_kind(c->model, kind) : NULL;
    return *ret_k != NULL || missing(e, given);
}

/* Logins and codes name users, roles, agencies: kinds everybody may name. */
static bool by_name(struct core *c, const char *kind, const char *field, const char *given, const struct kind_model **ret_k,
                    struct id *ret)
{
    const struct kind_model *k = model_kind(c->model, kind);
    int f = k ? model_field(k, field) : -1;
    if (f < 0)
        return false;
    STR sql = {0};
    str_printf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = ?", kind, field);
    STMT st;
    struct err e = {0};
    bool row = false;
    if (!stmt_get(c->store, DOOR_UPKEEP, sql.p, &st, &e))
        return false;
    stmt_text(&st, 1, given);
    if (!stmt_step(&st, &row, &e) || !row)
        return false;
    snprintf(ret->text, sizeof ret->text, "%s", col_text(&st, 0));
    *ret_k = k;
    return true;
}

static bool visible(struct core *c, const struct kind_model *k, const char *id, struct err *e)
{
    if (c->who.system)
        return true;
    if (!access_view(c, k, e))
        return false;
    STR sql = {0};
    str_printf(&sql, "SELECT 1 FROM \"v_%s\" t WHERE t.\"id\" = ?", k->kind->name);
    STMT st;
    bool row;
    if (!stmt_get(c->store, DOOR_READ, sql.p, &st, e))
        return false;
    stmt_text(&st, 1, id);
    return stmt_step(&st, &row, e) && row;
}

bool repo_resolve(struct core *c, const struct kind_model *k, const char *given, const struct kind_model **ret_k,
                  struct id *ret, struct err *e)
{
    const struct kind_model *found;
    struct id id;
    struct err ignored = {0};
    bool have = kind_find_of(c, given, &found, &id, &ignored);
    if (!have && !id_valid(given))
        have = by_name(c, "user", "login", given, &found, &id) || by_name(c, "agency", "code", given, &found, &id) ||
               by_name(c, "role", "code", given, &found, &id);
    if (!have || (k && found != k) || !visible(c, found, id.text, &ignored)) {
        if (ignored.code == ERR_DB || ignored.code == ERR_IO) {
            *e = ignored;
            return false;
        }
        return missing(e, given);
    }
    *ret_k = found;
    *ret = id;
    return true;
}
