/* The session with the core: calls, what the core said at hello, kinds as described, a core that dies. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

struct session *session_of(const struct screen *s)
{
    return ui_app(s->ui);
}

const char *session_user(const struct session *s, const char *what)
{
    return get_text(get_object(s->hello, "user"), what);
}

/* Tests and tours stop the clock of a demo database; the screens then show the core's time, not the machine's. */
static void take_hello(struct session *s, json_t *hello)
{
    json_decref(s->hello);
    s->hello = hello;
    instant now;
    if (!get_bool(hello, "demo") || !instant_from_text(get_text(hello, "now"), &now))
        return;
    instant apart = now - clock_now();
    if (apart < -60 || apart > 60)
        clock_set(now);
}

bool session_start(const struct screens_options *o, struct session *ret, struct err *e)
{
    *ret = (struct session){.opts = o->core, .described = json_object()};
    return client_begin(&ret->opts, &ret->client, e);
}

bool session_greeted(struct session *s, struct err *e)
{
    json_t *hello = NULL;
    if (!client_greeted(s->client, &hello, e))
        return false;
    take_hello(s, hello);
    ui_set_user(s->ui, session_user(s, "name"));
    return true;
}

void session_end(struct session *s)
{
    if (s->client)
        client_end(s->client);
    commands_free(s->offered);
    json_decref(s->hello);
    json_decref(s->described);
    json_decref(s->shown);
    for (size_t i = 0; i < SESSION_RECENT; i++)
        free(s->recent[i]);
    free(s->as);
    *s = (struct session){0};
}

static bool restart(struct session *s, struct err *e)
{
    if (s->client)
        client_end(s->client);
    s->client = NULL;
    json_t *hello = NULL;
    struct client_opts opts = s->opts;
    if (s->as)
        opts.as = s->as;
    if (!client_start(&opts, &s->client, &hello, e))
        return err_wrap(e, "%s", _("The core has stopped; what you typed is still here"));
    take_hello(s, hello);
    return true;
}

static bool is_question(const char *method)
{
    static const char *const saves[] = {"new", "set", "do", "import"};
    for (size_t i = 0; i < N_OF(saves); i++) {
        if (strcmp(method, saves[i]) == 0)
            return false;
    }
    return true;
}

bool session_call(struct session *s, const char *method, json_t *params, json_t **ret, struct err *e)
{
    json_auto_t *again = json_incref(params);
    json_t *result = NULL;
    json_decref(s->shown); /* from now on it may be old */
    s->shown = NULL;
    if (!s->client && !restart(s, e)) {
        json_decref(params);
        return false;
    }
    if (client_call(s->client, method, params, &result, e)) {
        if (ret)
            *ret = result;
        else
            json_decref(result);
        return true;
    }
    if (e->code != ERR_GONE)
        return false;
    if (!restart(s, e))
        return false;
    if (!is_question(method))
        return err_set(e, ERR_GONE, "%s",
                       _("The core stopped while saving. See whether it was stored, then save again."));
    if (!client_call(s->client, method, json_incref(again), &result, e))
        return e->code != ERR_GONE ? false
                                   : err_set(e, ERR_GONE, "%s",
                                             _("The core stops at this. What you typed is kept; tell your "
                                               "administrator."));
    ui_say_problem(s->ui, "%s", _("The core stopped and was started again; nothing is lost."));
    if (ret)
        *ret = result;
    else
        json_decref(result);
    return true;
}

const json_t *session_error(const struct session *s)
{
    return s->client ? client_error(s->client) : NULL;
}

const json_t *session_kind(const struct session *s, const char *kind)
{
    return find_by(get_array(s->hello, "kinds"), "name", kind);
}

void session_keep_description(struct session *s, const char *kind, const json_t *answer)
{
    json_t *described = json_object_get(answer, "describe");
    if (json_is_object(described) && !json_object_get(s->described, kind))
        json_object_set(s->described, kind, described);
}

bool session_describe(struct session *s, const char *kind, const json_t **ret, struct err *e)
{
    const json_t *known = json_object_get(s->described, kind);
    if (!known) {
        json_t *fresh = NULL;
        if (!session_call(s, "describe", json_pack("{s:s}", "kind", kind), &fresh, e))
            return false;
        json_object_set_new(s->described, kind, fresh);
        known = fresh;
    }
    *ret = known;
    return true;
}

char *session_have(const struct session *s)
{
    STR have = {0};
    const char *kind;
    json_t *v;
    json_object_foreach(s->described, kind, v)
        str_printf(&have, "%s%s", have.len ? "," : "", kind);
    return have.p ? str_take(&have) : xstrdup("");
}

void session_keep_shown(struct session *s, const json_t *answer)
{
    json_decref(s->shown);
    s->shown = json_incref(json_object_get(answer, "shown"));
}

json_t *session_take_shown(struct session *s, const char *id)
{
    json_t *shown = s->shown;
    s->shown = NULL;
    if (shown && str_eq(get_text(get_object(shown, "record"), "id"), id))
        return shown;
    json_decref(shown);
    return NULL;
}

bool session_login(struct session *s, const char *login, struct err *e)
{
    json_t *hello = NULL;
    if (!session_call(s, "login", json_pack("{s:s}", "as", login), &hello, e))
        return false;
    take_hello(s, hello);
    set_text(&s->as, login);
    ui_set_user(s->ui, session_user(s, "name"));
    return true;
}

/* An action's keys come from the site as one text; they hold in the situation where the action has keys. */
bool session_take_keys(struct session *s, struct err *e)
{
    const char *name;
    json_t *keys;
    struct keymap *m = ui_keymap(s->ui);
    json_t *all = json_object_get(s->hello, "keys");
    if (!json_is_object(all))
        return true;
    json_object_foreach(all, name, keys) {
        enum action a = action_find(name);
        bool writing = a != ACT_NONE && keymap_key(m, a, false)[0] == '\0';
        if (json_is_string(keys) && !keymap_set(m, name, writing, json_string_value(keys), e))
            return false;
    }
    return true;
}

void tell(struct ui *ui, const struct err *e)
{
    if (text_cols(e->text) <= term_cols() - 32 || ui_top(ui) == NULL || ui_top(ui)->ops->popup)
        ui_say_err(ui, e);
    else
        dialog_message(ui, _("Not done"), e->text, TAG_NONE);
}
