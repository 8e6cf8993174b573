/* check-config: every mistake in the configuration, without a database. */
#include "inside.h"
#include "treben/base/file.h"
#include "treben/exchange/police.h"

#include <stdio.h>

/* A folder with all of it stands for the shipped files; any other is a site's, laid over them. */
static bool is_whole(const char *dir)
{
    static const char *const needed[] = {"config/rights.yaml", "config/roles.yaml",
                                         "config/agencies.yaml", "forms/incident.yaml"};
    for (size_t i = 0; i < N_OF(needed); i++) {
        AUTOFREE char *name = path_join(dir, needed[i]);
        if (!file_exists(name)) {
            return false;
        }
    }
    return true;
}

static bool find_dirs(struct arena *a, const char *dir, struct forms_dirs *ret, struct err *e)
{
    *ret = forms_find_dirs(a, NULL);
    if (!dir) {
        return true;
    }
    if (!file_exists(dir)) {
        return err_set(e, ERR_IO, _("There is no folder %s."), dir);
    }
    ret->site = dir;
    if (is_whole(dir)) {
        ret->forms = arena_printf(a, "%s/forms", dir);
        ret->config = arena_printf(a, "%s/config", dir);
        ret->site = NULL;
    }
    return true;
}

static bool load_all(const struct forms_dirs *dirs, struct findings *found, struct err *e)
{
    struct model *m;
    struct police_mapping *mapping;
    if (!forms_load(dirs, &m, found, e)) {
        return false;
    }
    bool good = police_mapping_load(dirs, m, &mapping, found, e);
    if (good) {
        police_mapping_free(mapping);
        printf(_("The configuration is sound: %d kinds of records, %d code lists, %d roles.\n"),
               m->n_kinds, m->n_lists, m->n_roles);
    }
    forms_free(m);
    return good;
}

int operate_check_config(const struct operate_args *a)
{
    ARENA arena = {0};
    struct forms_dirs dirs;
    struct findings found = {0};
    struct err e = {0};
    if (!find_dirs(&arena, a->n_words ? a->words[0] : NULL, &dirs, &e)) {
        return operate_failed(&e);
    }
    bool good = load_all(&dirs, &found, &e);
    operate_say_findings(&found);
    if (!good && !found.n) {
        fprintf(stderr, "trebenctl: %s\n", e.text);
    }
    findings_done(&found);
    return good ? 0 : e.code == ERR_IO ? EXIT_SYSTEM : EXIT_REFUSED;
}
