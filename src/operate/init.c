/* init: a new database, empty or with the demo city. Whatever goes wrong, nothing half-made stays
 * behind. */
#include "inside.h"
#include "treben/base/file.h"
#include "treben/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const companions[] = {"",         "-wal", "-shm",   ".lock",
                                         ".reserve", ".key", ".anchor"};

static void remove_half_made(const char *path)
{
    for (size_t i = 0; i < N_OF(companions); i++) {
        AUTOFREE char *name = xprintf("%s%s", path, companions[i]);
        unlink(name);
    }
}

/* A file that would become part of the new database, left by another one, is not touched. */
static bool place_is_free(const char *path, struct err *e)
{
    for (size_t i = 0; i < N_OF(companions); i++) {
        AUTOFREE char *name = xprintf("%s%s", path, companions[i]);
        if (file_exists(name)) {
            return err_set(e, ERR_IO, _("%s exists already. Choose another name, or move it away."),
                           name);
        }
    }
    return true;
}

static bool make_folder(const char *path, struct err *e)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) {
        return true;
    }
    AUTOFREE char *dir = xstrndup(path, (size_t)(slash - path));
    return make_dirs(dir, e);
}

static bool first_rows(struct core *c, bool demo, char **ret_login, struct err *e)
{
    struct store *s = c->store;
    if (!tx_begin(s, e)) {
        return false;
    }
    bool good = operate_seed(c, e) &&
                (demo ? meta_set(s, "demo", "1", e) : seed_operator(c, ret_login, e)) &&
                tx_commit(s, e);
    if (!good) {
        tx_rollback(s);
    }
    core_request_done(c);
    return good;
}

static bool fill(struct store *s, struct model *m, const struct operate_args *a, char **ret_login,
                 struct err *e)
{
    struct core *c = core_new(s, m);
    c->demo = a->demo;
    bool good = core_check_schema(c, e) && first_rows(c, a->demo, ret_login, e) &&
                (!a->demo || a->demo_make(c, a->seed, a->scale, e)) && store_checkpoint(s, e);
    core_free(c);
    return good;
}

static bool make_database(const struct operate_args *a, char **ret_login, struct err *e)
{
    ARENA arena = {0};
    struct store *s;
    struct model *m = NULL;
    int from, to;
    AUTOFREE char *fallback = NULL;
    if (!store_open(a->words[0], STORE_CREATE, &s, e)) {
        return false;
    }
    struct forms_dirs dirs = forms_find_dirs(&arena, store_path(s));
    bool good = migrate_run(s, &from, &to, e) && forms_load_kept(&dirs, s, &m, &fallback, e) &&
                fill(s, m, a, ret_login, e);
    forms_free(m);
    store_close(s);
    if (!good) {
        remove_half_made(a->words[0]);
    }
    return good;
}

int operate_init(const struct operate_args *a)
{
    struct err e = {0};
    AUTOFREE char *login = NULL;
    if (!make_folder(a->words[0], &e) || !place_is_free(a->words[0], &e) ||
        !make_database(a, &login, &e)) {
        return operate_failed(&e);
    }
    if (a->demo) {
        printf(_("The demo city stands in %s. Open it with: treben --db %s\n"), a->words[0],
               a->words[0]);
    } else {
        printf(_("%s is made. You are its operator, %s. Make the first accounts with: treben --db "
                 "%s new user login=…\n"),
               a->words[0], login, a->words[0]);
    }
    return 0;
}
