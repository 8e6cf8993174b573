/* Where the configuration lies. */
#include "treben/base/file.h"
#include "treben/base/str.h"
#include "treben/forms/forms.h"

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

struct forms_dirs forms_find_dirs(struct arena *a, bool server)
{
    struct forms_dirs d = {.forms = TREBEN_DATADIR "/forms", .config = TREBEN_DATADIR "/config"};
    AUTOFREE char *up = path_join(exe_dir(), "..");
    if (!beside(a, up, &d)) {
        (void)beside(a, TREBEN_DATADIR, &d);
    }
    if (server) {
        d.site = "/etc/treben";
    } else {
        AUTOFREE char *site = xdg_config_home();
        d.site = arena_strdup(a, site);
    }
    return d;
}
