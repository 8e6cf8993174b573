/* The rows that every database needs before anybody can log in: agencies, roles, the first
 * operator. */
#include "inside.h"
#include "treben/core/change.h"

#include <ctype.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct value {
    const char *field, *text;
};

/* OWN: *ret_id is filled. */
static bool make(struct core *c, const char *kind, const char *owner, const struct value *values,
                 size_t n, char ret_id[ID_LEN + 1], struct err *e)
{
    struct change *ch;
    const struct kind_model *k = model_kind(c->model, kind);
    if (!k) {
        return err_set(e, ERR_SCHEMA, _("This program has no kind of record called \"%s\"."), kind);
    }
    if (!change_new(c, k, &ch, e)) {
        return false;
    }
    record_put(ch->now, k->n_own + COMMON_OWNER_AGENCY, owner);
    for (size_t i = 0; i < n; i++) {
        if (values[i].text) {
            change_set(ch, values[i].field, values[i].text);
        }
    }
    bool good = change_save(ch, e);
    if (good && ret_id) {
        memcpy(ret_id, ch->now->id, ID_LEN + 1);
    }
    change_free(ch);
    return good;
}

/* Kinds of the agencies where a role exists: "KOMMUN_NAMND,STAT_POLIS". */
static char *agency_kinds(const struct model *m, const char *agencies)
{
    STR kinds = {0};
    for (int i = 0; i < m->n_agencies; i++) {
        const char *kind = m->agencies[i].kind;
        if (agencies && kind && str_list_has(agencies, m->agencies[i].code) &&
            !str_list_has(str_text(&kinds), kind)) {
            str_printf(&kinds, "%s%s", kinds.len ? "," : "", kind);
        }
    }
    return str_take(&kinds);
}

/* The board that owns what belongs to nobody in particular. */
static const struct agency_model *home_agency(const struct model *m)
{
    for (int i = 0; i < m->n_agencies; i++) {
        if (str_eq(m->agencies[i].kind, "KOMMUN_STYRELSE")) {
            return &m->agencies[i];
        }
    }
    return m->n_agencies ? &m->agencies[0] : NULL;
}

bool operate_seed(struct core *c, struct err *e)
{
    const struct model *m = c->model;
    const struct agency_model *home = home_agency(m);
    if (!home) {
        return err_set(e, ERR_SYNTAX, _("config/agencies.yaml names no agency."));
    }
    for (int i = 0; i < m->n_agencies; i++) {
        const struct agency_model *a = &m->agencies[i];
        const struct value values[] = {{"code", a->code},
                                       {"name_sv", a->name_sv},
                                       {"kind", a->kind},
                                       {"legal_regime", a->legal_regime}};
        if (!make(c, "agency", a->code, values, N_OF(values), NULL, e)) {
            return false;
        }
    }
    for (int i = 0; i < m->n_roles; i++) {
        const struct role_model *r = &m->roles[i];
        AUTOFREE char *kinds = agency_kinds(m, r->agencies);
        const struct value values[] = {
            {"code", r->code}, {"name_sv", r->label.sv}, {"agency_kind", kinds}};
        if (!make(c, "role", home->code, values, N_OF(values), NULL, e)) {
            return false;
        }
    }
    return true;
}

/* A login as Treben takes it: small letters, digits, full stop, hyphen, underscore. */
static char *own_login(void)
{
    const struct passwd *pw = getpwuid(getuid());
    STR login = {0};
    for (const char *p = pw ? pw->pw_name : ""; *p && login.len < 32; p++) {
        char ch = (char)tolower((unsigned char)*p);
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", ch)) {
            str_addc(&login, ch);
        }
    }
    return login.len ? str_take(&login) : xprintf("uid%lu", (unsigned long)getuid());
}

bool seed_operator(struct core *c, char **ret_login, struct err *e)
{
    const struct agency_model *home = home_agency(c->model);
    char user[ID_LEN + 1];
    AUTOFREE char *login = own_login();
    AUTOFREE char *uid = xprintf("%lu", (unsigned long)getuid());
    const struct value account[] = {{"login", login},
                                    {"uid", uid},
                                    {"display_name", login},
                                    {"agency", home ? home->code : NULL}};
    if (!make(c, "user", home ? home->code : NULL, account, N_OF(account), user, e)) {
        return false;
    }
    const struct value grant[] = {
        {"user", user}, {"role", "SYSADM"}, {"reason", _("Made with the database.")}};
    if (!make(c, "user_role", home->code, grant, N_OF(grant), NULL, e)) {
        return false;
    }
    *ret_login = login;
    login = NULL;
    return true;
}
