/* migrate, check, backup, restore: the database as a file. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/file.h"
#include "treben/store/backup.h"
#include "treben/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>

static bool migrate_open(struct store *s, const char *path, struct err *e)
{
    int from = store_version(s), to;
    if (from == migrate_newest()) {
        printf(_("%s fits this program already (version %d).\n"), path, from);
        return true;
    }
    if (from < migrate_newest()) {
        char now[INSTANT_TEXT];
        instant_text(clock_now(), now);
        AUTOFREE char *backup = xprintf("%s.version-%d.%s", path, from, now);
        if (!backup_make(s, backup, e)) {
            return err_wrap(e, _("no backup could be made, so nothing was changed"));
        }
        printf(_("Backup: %s\n"), backup);
    }
    if (!migrate_run(s, &from, &to, e)) {
        return false;
    }
    printf(_("%s went from version %d to %d.\n"), path, from, to);
    return true;
}

int operate_migrate(const struct operate_args *a)
{
    struct store *s;
    struct err e = {0};
    if (!store_open(a->words[0], STORE_OPERATE, &s, &e)) {
        return operate_failed(&e);
    }
    bool good = migrate_open(s, a->words[0], &e);
    store_close(s);
    return good ? 0 : operate_failed(&e);
}

/* What was found unsound goes where errors go. */
static void say(void *ctx, bool good, const char *sentence)
{
    (void)ctx;
    fprintf(good ? stdout : stderr, "%s\n", sentence);
}

/* Tables against the kinds of this program: only sensible at its own version. */
static bool check_kinds(struct store *s, bool *sound, struct err *e)
{
    ARENA arena = {0};
    struct model *m;
    AUTOFREE char *fallback = NULL;
    struct err why = {0};
    if (store_version(s) != migrate_newest()) {
        say(NULL, true,
            _("The database is from another version of the program; its tables were not "
              "compared."));
        return true;
    }
    struct forms_dirs dirs = forms_find_dirs(&arena, store_path(s));
    if (!forms_load_kept(&dirs, s, &m, &fallback, e)) {
        return false;
    }
    struct core *c = core_new(s, m);
    bool fits = core_check_schema(c, &why);
    *sound = *sound && fits;
    say(NULL, fits, fits ? _("Every table is as this program expects it.") : why.text);
    if (fallback) {
        say(NULL, false, fallback);
    }
    core_free(c);
    forms_free(m);
    return true;
}

int operate_check(const struct operate_args *a)
{
    struct store *s;
    struct err e = {0};
    bool sound = true;
    if (!store_open(a->words[0], STORE_OPERATE, &s, &e)) {
        return operate_failed(&e);
    }
    bool good = store_check(s, say, NULL, &sound, &e) && check_kinds(s, &sound, &e);
    store_close(s);
    if (!good) {
        return operate_failed(&e);
    }
    if (!sound) {
        fprintf(stderr, "trebenctl: %s\n",
                _("the database is damaged. Restore a backup, and keep this file for whoever looks "
                  "into it."));
        return EXIT_SYSTEM;
    }
    puts(_("The database is sound."));
    return 0;
}

int operate_backup(const struct operate_args *a)
{
    struct store *s;
    struct err e = {0};
    if (!store_open(a->words[0], STORE_OPERATE, &s, &e)) {
        return operate_failed(&e);
    }
    bool good = backup_make(s, a->words[1], &e);
    store_close(s);
    if (!good) {
        return operate_failed(&e);
    }
    printf(_("The copy is made and checked: %s, with its key in %s.key\n"), a->words[1],
           a->words[1]);
    return 0;
}

int operate_restore(const struct operate_args *a)
{
    struct err e = {0};
    bool there = file_exists(a->words[1]);
    if (!backup_restore(a->words[0], a->words[1], &e)) {
        return operate_failed(&e);
    }
    printf(_("%s is restored from %s.\n"), a->words[1], a->words[0]);
    if (there) {
        printf(_("What stood there is kept as %s.before-restore\n"), a->words[1]);
    }
    return 0;
}
