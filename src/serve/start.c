/* The start of a session: database, configuration, identity. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/file.h"
#include "treben/core/upkeep.h"

#include <stdlib.h>
#include <unistd.h>

static char *database_path(const struct serve_opts *o)
{
    if (!o->demo) {
        return xstrdup(o->db);
    }
    AUTOFREE char *home = xdg_data_home();
    return path_join(home, "demo.db");
}

static bool open_database(struct session *s, struct err *e)
{
    AUTOFREE char *path = database_path(s->opts);
    if (s->opts->demo && !file_exists(path)) {
        return err_set(e, ERR_IO,
                       _("There is no demo city yet. Make it with: trebenctl init %s --demo"),
                       path);
    }
    return store_open(path, STORE_USE, &s->store, e);
}

/* Tables and kinds are compared when either may have changed since they last fitted, not at each
 * start. */
static bool check_once(struct session *s, struct err *e)
{
    AUTOFREE char *known = NULL;
    AUTOFREE char *current =
        xprintf("%s %d %s", s->model->digest, store_version(s->store), TREBEN_VERSION);
    if (!meta_get(s->store, "schema_checked", &known, e)) {
        return false;
    }
    if (str_eq(known, current)) {
        return true;
    }
    if (!core_check_schema(s->core, e)) {
        return false;
    }
    struct err ignored = {0}; /* not kept: checked again next time, no reason not to start */
    if (tx_begin(s->store, &ignored)) {
        if (!meta_set(s->store, "schema_checked", current, &ignored) ||
            !tx_commit(s->store, &ignored)) {
            tx_rollback(s->store);
        }
    }
    return true;
}

static bool read_demo_mark(struct session *s, struct err *e)
{
    AUTOFREE char *demo = NULL;
    if (!meta_get(s->store, "demo", &demo, e)) {
        return false;
    }
    s->core->demo = str_eq(demo, "1");
    if (!s->core->demo) {
        return true;
    }
    AUTOFREE char *clock = NULL;
    instant at;
    if (!meta_get(s->store, "clock", &clock, e)) {
        return false;
    }
    if (clock && instant_from_text(clock, &at)) {
        clock_set(at);
    }
    return true;
}

/* Who was refused is unknown; that somebody was is not. */
static bool log_refused(struct session *s, struct err *why)
{
    struct call c = {.s = s, .core = s->core, .log = {.action = "NEKAD", .detail = "start"}};
    struct err e = {0};
    if (!audit_now(&c, why, &e)) {
        *why = e;
    }
    return false;
}

static bool identify(struct session *s, struct err *e)
{
    if (s->opts->as && !s->core->demo) {
        err_set(e, ERR_USAGE,
                _("--as works only on a demo database; here you are who you are logged in as."));
        return log_refused(s, e);
    }
    if (s->core->demo && !s->opts->as) {
        return true; /* hello offers the accounts */
    }
    bool known = s->opts->as ? subject_by_login(s->core, s->opts->as, e)
                             : subject_by_uid(s->core, (int64_t)getuid(), e);
    s->logged_in = known;
    return known || log_refused(s, e);
}

/* What the calendar does, by the first session of a day. A failure is no reason not to start: the
 * next session tries again. */
static void keep_up(struct session *s)
{
    struct err ignored = {0};
    bool done = upkeep_run(s->core, &ignored);
    (void)done;
    core_request_done(s->core);
}

bool session_login(struct session *s, const char *login, struct err *e)
{
    if (!s->core->demo) {
        return err_set(e, ERR_DENIED, _("Accounts can be chosen only in a demo database."));
    }
    if (!subject_by_login(s->core, login, e)) {
        return false;
    }
    s->logged_in = true;
    read_end(s->store); /* from an old picture nothing can be saved */
    keep_up(s);
    return read_begin(s->store, e);
}

bool session_start(struct session *s, struct err *e)
{
    ARENA a = {0};
    if (!open_database(s, e)) {
        return false;
    }
    struct forms_dirs dirs = forms_find_dirs(&a, store_path(s->store));
    bool good = forms_load_session(&dirs, s->store, &s->model, &s->notice, e);
    if (good) {
        s->core = core_new(s->store, s->model);
        good = read_demo_mark(s, e) && check_once(s, e) && identify(s, e);
    }
    if (!good) {
        session_end(s);
    } else if (s->logged_in) {
        keep_up(s);
    }
    return good;
}

void session_end(struct session *s)
{
    struct err e = {0};
    if (s->core && !audit_flush(s, &e)) {
        s->exit_code = s->exit_code ? s->exit_code : err_exit(e.code);
    }
    str_done(&s->search.terms);
    str_done(&s->search.shown);
    core_free(s->core);
    forms_free(s->model);
    store_close(s->store);
    free(s->notice);
    s->core = NULL;
    s->model = NULL;
    s->store = NULL;
    s->notice = NULL;
}
