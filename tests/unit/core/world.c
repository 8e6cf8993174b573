/* The small city: see world.h. */
#include "world.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/store/migrate.h"

#include <stdio.h>
#include <unistd.h>

#ifndef TREBEN_ROOT
#error "the build says where the shipped configuration lies"
#endif

static void fine(bool ok, const struct err *e)
{
    if (!ok)
        fail_msg("%s", e->text);
}

static void begin(struct world *w)
{
    struct err e = {0};
    fine(tx_begin(w->store, &e), &e);
}

static void commit(struct world *w)
{
    struct err e = {0};
    fine(tx_commit(w->store, &e), &e);
}

static const char *save_new(struct world *w, const char *kind, va_list pairs, struct err *e)
{
    struct change *ch;
    const char *id = NULL, *field;
    const struct kind_model *k = model_kind(w->model, kind);
    assert_non_null(k);
    begin(w);
    if (change_new(w->c, k, &ch, e)) {
        while ((field = va_arg(pairs, const char *)))
            change_set(ch, field, va_arg(pairs, const char *));
        bool ok = ch->problems.n ? problems_none(&ch->problems, e) : change_save(ch, e);
        if (ok)
            id = arena_strdup(&w->c->scratch, ch->now->id);
        change_free(ch);
    }
    if (id)
        commit(w);
    else
        tx_rollback(w->store);
    return id;
}

const char *world_new(struct world *w, const char *kind, ...)
{
    va_list pairs;
    struct err e = {0};
    va_start(pairs, kind);
    const char *id = save_new(w, kind, pairs, &e);
    va_end(pairs);
    if (!id)
        fail_msg("new %s: %s: %s", kind, e.field, e.text);
    return id;
}

const char *world_try_new(struct world *w, const char *kind, ...)
{
    va_list pairs;
    struct err e = {0};
    va_start(pairs, kind);
    const char *id = save_new(w, kind, pairs, &e);
    va_end(pairs);
    return id ? "" : arena_printf(&w->c->scratch, "%s: %s", e.field, e.text);
}

/* to NULL: a plain change. */
static const char *change_try(struct world *w, const char *id, int64_t rev, const char *to, const char *reason, va_list pairs)
{
    struct change *ch;
    struct err e = {0};
    const char *field;
    bool ok = false;
    struct done done;
    begin(w);
    if (change_open(w->c, id, rev, &ch, &e)) {
        ch->reason = reason;
        if (to)
            ch->transition = lifecycle_find(ch->was, to);
        while ((field = va_arg(pairs, const char *)))
            change_set(ch, field, va_arg(pairs, const char *));
        ok = to                ? lifecycle_do(ch, to, &done, &e)
             : ch->problems.n ? problems_none(&ch->problems, &e)
                               : change_save(ch, &e);
        change_free(ch);
    }
    if (ok)
        commit(w);
    else
        tx_rollback(w->store);
    return ok ? "" : arena_printf(&w->c->scratch, "%s: %s: %s", err_name(e.code), e.field, e.text);
}

const char *world_try_set(struct world *w, const char *id, int64_t rev, ...)
{
    va_list pairs;
    va_start(pairs, rev);
    const char *said = change_try(w, id, rev, NULL, NULL, pairs);
    va_end(pairs);
    return said;
}

const char *world_try_do(struct world *w, const char *id, const char *to, const char *reason, ...)
{
    va_list pairs;
    va_start(pairs, reason);
    const char *said = change_try(w, id, -1, to, reason, pairs);
    va_end(pairs);
    return said;
}

void world_do(struct world *w, const char *id, const char *to, ...)
{
    va_list pairs;
    va_start(pairs, to);
    const char *said = change_try(w, id, -1, to, "ett skäl", pairs);
    va_end(pairs);
    if (*said)
        fail_msg("do %s: %s", to, said);
}

const char *world_get(struct world *w, const char *id, const char *field)
{
    struct subject who = w->c->who;
    w->c->who.system = true;
    const struct kind_model *k;
    struct id found;
    struct record *r = NULL;
    struct err e = {0};
    fine(repo_resolve(w->c, NULL, id, &k, &found, &e) && repo_load_all(w->c, k, found.text, &r, &e), &e);
    int f = model_field(k, field);
    assert_true(f >= 0);
    const char *value = arena_strdup(&w->c->scratch, record_get(r, f));
    record_free(r);
    w->c->who = who;
    return value;
}

/* --- who -------------------------------------------------------------------------------------------------------- */

void world_as_system(struct world *w)
{
    subject_system(w->c);
}

static const char *login_of(struct world *w, const char *role, const char *agency)
{
    char *login = arena_printf(&w->c->scratch, "%s.%s", role, agency);
    for (char *p = login; *p; p++)
        *p = *p == '_' ? '-' : *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    return login;
}

const char *world_user(struct world *w, const char *role, const char *agency)
{
    const char *login = login_of(w, role, agency);
    struct record *have = look_first(w->c, "user", "id", "login == \"%s\"", login);
    if (have) {
        const char *id = arena_strdup(&w->c->scratch, have->id);
        record_free(have);
        return id;
    }
    struct subject who = w->c->who;
    world_as_system(w);
    const char *id = world_new(w, "user", "login", login, "display_name", login, "agency", agency, NULL);
    world_new(w, "user_role", "user", id, "role", role, "from", "2020-01-01", NULL);
    w->c->who = who;
    return id;
}

void world_as(struct world *w, const char *role, const char *agency)
{
    struct err e = {0};
    world_user(w, role, agency);
    fine(subject_by_login(w->c, login_of(w, role, agency), &e), &e);
}

/* --- beginning and end ------------------------------------------------------------------------------------------- */

static void make_organisation(struct world *w)
{
    for (int i = 0; i < w->model->n_agencies; i++) {
        const struct agency_model *a = &w->model->agencies[i];
        world_new(w, "agency", "code", a->code, "name_sv", a->name_sv, "kind", a->kind, "legal_regime", a->legal_regime, NULL);
    }
    for (int i = 0; i < w->model->n_roles; i++) {
        const struct role_model *r = &w->model->roles[i];
        world_new(w, "role", "code", r->code, "name_sv", r->label.sv, NULL);
    }
}

struct world *world_make(void)
{
    struct world *w = xcalloc(1, sizeof *w);
    struct err e = {0};
    int from, to;
    struct forms_dirs dirs = {.forms = TREBEN_ROOT "/forms", .config = TREBEN_ROOT "/config"};
    struct findings found = {0};
    lang_start("");
    lang_use(LANG_EN);
    snprintf(w->dir, sizeof w->dir, "/tmp/treben-core-XXXXXX");
    assert_non_null(mkdtemp(w->dir));
    snprintf(w->path, sizeof w->path, "%s/t.db", w->dir);
    fine(store_open(w->path, STORE_CREATE, &w->store, &e), &e);
    fine(migrate_run(w->store, &from, &to, &e), &e);
    fine(forms_load(&dirs, &w->model, &found, &e), &e);
    findings_done(&found);
    w->c = core_new(w->store, w->model);
    fine(core_check_schema(w->c, &e), &e);
    make_organisation(w);
    return w;
}

void world_end(struct world *w)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock", ".key", ".reserve", ".anchor"};
    core_free(w->c);
    forms_free(w->model);
    store_close(w->store);
    for (size_t i = 0; i < N_OF(ends); i++) {
        char path[100];
        snprintf(path, sizeof path, "%s%s", w->path, ends[i]);
        unlink(path);
    }
    rmdir(w->dir);
    free(w);
}

void assert_says(const char *sentence, const char *part)
{
    if (!strstr(sentence, part))
        fail_msg("expected \"…%s…\", was told \"%s\"", part, sentence);
}

void assert_fine(const char *sentence)
{
    if (*sentence)
        fail_msg("%s", sentence);
}
