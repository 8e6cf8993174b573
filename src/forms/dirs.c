/* Where the configuration lies. */
#include "treben/base/file.h"
#include "treben/base/str.h"
#include "treben/forms/forms.h"

#define SERVER_DATA "/var/lib/treben/"
#define SERVER_SITE "/etc/treben"

static bool beside(struct arena *a, const char *base, struct forms_dirs *ret)
{
    AUTOFREE char *forms = path_join(base, "forms");
    AUTOFREE char *config = path_join(base, "config");
    AUTOFREE char *rights = path_join(config, "rights.yaml");
    if (!file_exists(forms) || !file_exists(rights)) {
        return false;
    }
    ret->forms = arena_strdup(a, forms);
    ret->config = arena_strdup(a, config);
    return true;
}

/* By where the database lies, not by who asks: what a user's own folder says must never decide who sees what in the
 * city's database. */
static bool is_server(const char *db_path)
{
    return db_path && str_starts(db_path, SERVER_DATA);
}

struct forms_dirs forms_find_dirs(struct arena *a, const char *db_path)
{
    struct forms_dirs d = {.forms = TREBEN_DATADIR "/forms", .config = TREBEN_DATADIR "/config"};
    AUTOFREE char *up = path_join(exe_dir(), "..");
    if (!beside(a, up, &d)) {
        (void)beside(a, TREBEN_DATADIR, &d);
    }
    if (is_server(db_path)) {
        d.site = SERVER_SITE;
    } else {
        AUTOFREE char *site = xdg_config_home();
        d.site = arena_strdup(a, site);
    }
    return d;
}
