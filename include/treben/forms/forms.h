/* YAML in, a checked model out. */
#ifndef TREBEN_FORMS_FORMS_H
#define TREBEN_FORMS_FORMS_H

#include "treben/core/model.h"
#include "treben/store/store.h"

/* One finding: where, what was expected, the nearest valid word. */
struct finding {
    char file[128];
    int line, column;
    char text[400];
};
struct findings {
    struct finding *at;
    size_t n;
};
void findings_done(struct findings *f);

struct forms_dirs {
    const char *forms;  /* the shipped forms/ */
    const char *config; /* the shipped config/ */
    const char *site;   /* overlay folder with forms/ and config/ or NULL */
};
/* Where the program's own files are: beside the build (exe_dir/../forms), else TREBEN_DATADIR; the site folder is
 * the user's XDG config for an own database, and /etc/treben for a server's, which lies below /var/lib/treben (real
 * path; NULL: an own one). Strings live in the arena. */
struct forms_dirs forms_find_dirs(struct arena *a, const char *db_path);

/* Reads, overlays and checks everything. OWN: caller, forms_free. ERR: SYNTAX with the first finding's sentence
 * ("forms/incident.yaml, line 12, column 5: unknown field "typ"; did you mean "type"?"); all are in *found. */
MUST_CHECK bool forms_load(const struct forms_dirs *d, struct model **ret, struct findings *found, struct err *e);
/* As forms_load, but keeps the last accepted files in the database (config_file) and falls back on them when
 * the files fail the check: *ret_fallback then holds the sentence for SYSADM (OWN: caller). */
MUST_CHECK bool forms_load_kept(const struct forms_dirs *d, struct store *s, struct model **ret, char **ret_fallback, struct err *e);
/* As forms_load_kept, from an image of the accepted model beside the database when there is one that fits
 * (forms/image.c); makes it otherwise. */
MUST_CHECK bool forms_load_session(const struct forms_dirs *d, struct store *s, struct model **ret, char **ret_fallback,
                                   struct err *e);
void forms_free(struct model *m);

#endif
