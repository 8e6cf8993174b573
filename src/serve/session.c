/* hello, login, clock, bye: the beginning and the end of a session. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/core/access.h"

#define ACCOUNTS_MAX 100

static const char *role_label(const struct model *m, const char *code)
{
    for (int i = 0; i < m->n_roles; i++) {
        if (str_eq(m->roles[i].code, code)) {
            return label_text(&m->roles[i].label);
        }
    }
    return code;
}

static json_t *user_json(struct core *c)
{
    const struct subject *who = &c->who;
    const struct agency_model *agency = model_agency(c->model, who->agency);
    json_t *roles = json_array();
    for (int i = 0; i < who->n_roles; i++) {
        json_array_append_new(roles, json_pack("{s:s, s:s}", "code", who->roles[i], "label",
                                               role_label(c->model, who->roles[i])));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id", who->user, "login", who->login, "name",
                     who->name, "agency", who->agency, "agency_name",
                     agency ? agency->name_sv : who->agency, "roles", roles);
}

static const char *field_of(const struct record *r, const char *name)
{
    int f = model_field(r->k, name);
    return f >= 0 ? record_get(r, f) : NULL;
}

static void add_role(struct core *c, struct str *text, const struct record *grant)
{
    const char *value = field_of(grant, "role");
    struct record *role = value && id_valid(value) ? look_id(c, "role", value) : NULL;
    const char *code = role ? field_of(role, "code") : value;
    if (code) {
        str_printf(text, "%s%s", text->len ? ", " : "", role_label(c->model, code));
    }
    record_free(role);
}

/* The demo's accounts with what they are: the choice at the start. */
static json_t *accounts_json(struct core *c)
{
    json_t *list = json_array();
    ROWS users = look_all(c, "user", "login", "login != null");
    for (int i = 0; i < users.n && json_array_size(list) < ACCOUNTS_MAX; i++) {
        STR roles = {0};
        ROWS grants = look_all(c, "user_role", "id", "user == \"%s\"", users.at[i]->id);
        for (int j = 0; j < grants.n; j++) {
            add_role(c, &roles, grants.at[j]);
        }
        if (roles.len) {
            const char *name = field_of(users.at[i], "display_name");
            const char *login = field_of(users.at[i], "login");
            json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "login", login, "name",
                                                  name ? name : login, "roles", roles.p));
        }
    }
    return list;
}

static json_t *kinds_json(struct core *c)
{
    json_t *list = json_array();
    for (int i = 0; i < c->model->n_kinds; i++) {
        const struct kind_model *k = &c->model->kinds[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:o, s:b, s:b, s:b}", "name", k->kind->name, "one",
                            label_text(&k->one), "many", label_text(&k->many), "menu",
                            json_text(k->menu), "may_create", access_may_create(c, k), "may_list",
                            kind_listed(c, k), "subrow", k->kind->parent != NULL));
    }
    return list;
}

static json_t *keys_json(const struct model *m)
{
    json_t *keys = json_object();
    for (int i = 0; i < m->n_keys; i++) {
        json_object_set_new(keys, m->keys[i].action, json_string(m->keys[i].key));
    }
    return keys;
}

static json_t *greeting(struct session *s)
{
    struct core *c = s->core;
    char now[INSTANT_TEXT], today[DATE_TEXT];
    instant_text(clock_now(), now);
    date_text(date_today(), today);
    bool tells = s->notice && subject_is(c, "SYSADM");
    json_t *o =
        json_pack("{s:o, s:b, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:s}", "user",
                  s->logged_in ? user_json(c) : json_null(), "demo", c->demo, "city",
                  c->model->city ? c->model->city : "", "now", now, "today", today, "accounts",
                  c->demo && !s->logged_in ? accounts_json(c) : json_array(), "kinds",
                  s->logged_in ? kinds_json(c) : json_array(), "keys", keys_json(c->model),
                  "notice", tells ? json_string(s->notice) : json_null(), "reduced",
                  store_is_reduced(s->store), "version", TREBEN_VERSION);
    return o;
}

bool serve_hello(struct call *c, struct err *e)
{
    const char *lang;
    if (!param_text(c, "lang", &lang, e)) {
        return false;
    }
    if (lang && !str_eq(lang, "sv") && !str_eq(lang, "en")) {
        return param_bad(c, e, _("The language must be \"sv\" or \"en\"."));
    }
    c->result = greeting(c->s);
    return true;
}

bool serve_login(struct call *c, struct err *e)
{
    const char *as;
    if (!param_need(c, "as", &as, e) || !session_login(c->s, as, e)) {
        return false;
    }
    c->result = greeting(c->s);
    return true;
}

/* For tests and tours: the demo's clock stands where it is put; "" lets it go again. With keep it
 * stands there for later sessions too. */
bool serve_clock(struct call *c, struct err *e)
{
    const char *now;
    bool keep;
    instant at = INSTANT_NONE;
    if (!c->core->demo) {
        return err_set(e, ERR_DENIED, _("The clock can be set only in a demo database."));
    }
    if (!param_text(c, "now", &now, e) || !param_bool(c, "keep", &keep, e)) {
        return false;
    }
    if (!str_empty(now) && !instant_from_text(now, &at)) {
        return err_field(e, ERR_INVALID, "now", _("Give the time as 2026-11-22T13:32:00Z."));
    }
    char text[INSTANT_TEXT] = "";
    if (at != INSTANT_NONE) {
        instant_text(at, text);
    }
    if (keep && !meta_set(c->s->store, "clock", text, e)) {
        return false;
    }
    clock_set(at);
    char shown[INSTANT_TEXT], today[DATE_TEXT];
    instant_text(clock_now(), shown);
    date_text(date_today(), today);
    c->result = json_pack("{s:s, s:s}", "now", shown, "today", today);
    return true;
}

bool serve_bye(struct call *c, struct err *e)
{
    (void)e;
    c->s->leaving = true;
    c->result = json_object();
    return true;
}
