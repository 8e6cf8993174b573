/* core/subject.c: who asks: an account, its agency and the roles it has today. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

static void put(char *to, size_t room, const char *text)
{
    snprintf(to, room, "%s", text ? text : "");
}

/* Views are made for one subject: another one must never see through them. */
static void forget_views(struct core *c)
{
    store_forget_statements(c->store);
    views_drop(c);
    c->cache->n_titles = 0;
}

void subject_system(struct core *c)
{
    if (c->cache)
        forget_views(c);
    memset(&c->who, 0, sizeof c->who);
    c->who.system = true;
    put(c->who.session, sizeof c->who.session, id_new().text);
    put(c->who.login, sizeof c->who.login, "system");
}

void subject_load_roles(struct core *c, struct subject *who)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    ROWS grants = look_all(c, "user_role", "id",
                           "user == \"%s\" and (from == null or from <= \"%s\") and (to == null or to >= \"%s\")",
                           who->user, today, today);
    for (int i = 0; i < grants.n && who->n_roles < MAX_ROLES; i++) {
        int f = model_field(grants.at[i]->k, "role");
        const char *value = record_get(grants.at[i], f);
        struct record *role = value && id_valid(value) ? look_id(c, "role", value) : NULL;
        const char *code = role ? record_get(role, model_field(role->k, "code")) : value;
        if (code)
            put(who->roles[who->n_roles++], sizeof who->roles[0], code);
        record_free(role);
    }
}

static bool become(struct core *c, struct record *user, struct err *e)
{
    if (!user)
        return err_set(e, ERR_DENIED, _("There is no such account here, or it has ended. Ask the system operator."));
    struct subject who = {0};
    const struct kind_model *k = user->k;
    char today[DATE_TEXT];
    date_text(date_today(), today);
    const char *from = record_get(user, model_field(k, "active_from"));
    const char *to = record_get(user, model_field(k, "active_to"));
    bool active = (!from || strncmp(from, today, 10) <= 0) && (!to || strncmp(to, today, 10) >= 0);
    const char *agency = record_get(user, model_field(k, "agency"));
    struct record *a = agency ? look_id(c, "agency", agency) : NULL;
    put(who.agency, sizeof who.agency, a ? record_get(a, model_field(a->k, "code")) : agency);
    record_free(a);
    put(who.user, sizeof who.user, user->id);
    put(who.login, sizeof who.login, record_get(user, model_field(k, "login")));
    put(who.name, sizeof who.name, record_get(user, model_field(k, "display_name")));
    put(who.session, sizeof who.session, id_new().text);
    record_free(user);
    if (!active || !who.agency[0])
        return err_set(e, ERR_DENIED, _("There is no such account here, or it has ended. Ask the system operator."));
    subject_load_roles(c, &who);
    forget_views(c);
    c->who = who;
    return true;
}

bool subject_by_login(struct core *c, const char *login, struct err *e)
{
    for (const char *p = login; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("._-", *p))
            return err_set(e, ERR_DENIED,
                           _("There is no such account here, or it has ended. Ask the system operator."));
    return become(c, look_first(c, "user", "id", "login == \"%.60s\"", login), e);
}

bool subject_by_uid(struct core *c, int64_t uid, struct err *e)
{
    return become(c, look_first(c, "user", "id", "uid == %" PRId64, uid), e);
}

/* "KOORD_*" fits every role that begins with KOORD_. */
static bool role_fits(const char *have, const char *wanted)
{
    size_t n = strlen(wanted);
    if (n && wanted[n - 1] == '*')
        return strncmp(have, wanted, n - 1) == 0;
    return strcmp(have, wanted) == 0;
}

bool subject_is(const struct core *c, const char *role)
{
    if (strcmp(role, "*") == 0)
        return !c->who.system;
    for (int i = 0; i < c->who.n_roles; i++)
        if (role_fits(c->who.roles[i], role))
            return true;
    return false;
}

const char *subject_roles(const struct core *c)
{
    STR s = {0};
    for (int i = 0; i < c->who.n_roles; i++)
        str_printf(&s, "%s%s", i ? "," : "", c->who.roles[i]);
    return arena_strdup((struct arena *)&c->scratch, str_text(&s));
}
