/* The configuration of a database: unchanged files are taken from what was accepted before; broken
 * ones never stop the core, which then goes on with the last good ones and says so. */
#include "inside.h"

#include "treben/store/config_kept.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char snapshot_name[] = "snapshot"; /* no file is called so: theirs contain a slash */

/* Accepted before, by a program with the same kinds. */
static struct model *from_snapshot(struct store *s, const char *files)
{
    AUTOFREE char *digest = NULL;
    AUTOFREE char *body = NULL;
    char key[65];
    struct err e;
    ARENA a = {0};
    struct trees t;
    struct findings none = {0};
    digest_snapshot(files, key);
    if (!config_kept_get(s, snapshot_name, &digest, &body, &e) || !digest ||
        strcmp(digest, key) != 0 || !snapshot_read(body, &a, &t)) {
        return NULL;
    }
    struct model *m = model_from_trees(&t, false, &none);
    findings_done(&none);
    if (m) {
        memcpy(m->digest, files, sizeof m->digest);
    }
    return m;
}

static const char site_prefix[] = "site/";

/* The kept files as if they had just been read. */
static struct model *from_kept_files(struct store *s)
{
    ARENA a = {0};
    struct kept_file *files;
    size_t n;
    struct err e;
    struct sources src = {0};
    struct findings none = {0};
    if (!config_kept_all(s, &a, &files, &n, &e)) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        bool site = str_starts(files[i].name, site_prefix);
        const char *name = files[i].name + (site ? strlen(site_prefix) : 0);
        if (strcmp(files[i].name, snapshot_name) != 0) {
            sources_add(&src, &a,
                        (struct source){.name = name,
                                        .shown = files[i].name,
                                        .site = site,
                                        .body = files[i].body,
                                        .n = strlen(files[i].body)});
        }
    }
    struct model *m = src.n ? model_from_sources(&src, NULL, &none) : NULL;
    findings_done(&none);
    if (m) { /* of the files as they were read then, in their order */
        snprintf(m->digest, sizeof m->digest, "%s", files[0].digest);
    }
    return m;
}

/* A full or locked database is no reason not to start: the files are good, they are kept next time.
 */
static void keep(struct store *s, const struct sources *src, const char *files,
                 const char *snapshot)
{
    ARENA a = {0};
    struct err e;
    char key[65];
    size_t n = 0;
    struct kept_file *rows = arena_alloc(&a, ((size_t)src->n + 1) * sizeof *rows);
    digest_snapshot(files, key);
    for (int i = 0; i < src->n; i++) {
        const struct source *f = &src->at[i];
        const char *name = f->site ? arena_printf(&a, "%s%s", site_prefix, f->name) : f->name;
        rows[n++] = (struct kept_file){.name = name, .digest = files, .body = f->body};
    }
    rows[n++] = (struct kept_file){.name = snapshot_name, .digest = key, .body = snapshot};
    if (tx_open(s) || store_is_reduced(s) || !tx_begin(s, &e)) {
        return;
    }
    if (!config_kept_put(s, rows, n, &e) || !tx_commit(s, &e)) {
        tx_rollback(s);
    }
}

static void compare_field(const struct kind_model *k, const struct field_model *was,
                          const struct field_model *now, struct findings *found)
{
    AUTOFREE char *file = xprintf("forms/%s.yaml", k->kind->name);
    if (!now || !now->local) {
        finding_in(found, file, 0, 0,
                   _("the local field \"%s\" is missing; it may hold data, so it stays (it need "
                     "not stand on a page)"),
                   was->f.name);
    } else if (now->f.type != was->f.type || !str_eq(now->f.of, was->f.of)) {
        finding_in(
            found, file, 0, 0,
            _("the local field \"%s\" has another type than before; make a new field instead"),
            was->f.name);
    } else if ((now->f.flags & SHARED) && !(was->f.flags & SHARED)) {
        finding_in(found, file, 0, 0,
                   _("the local field \"%s\" was not shared when it was filled in; make a new "
                     "field instead"),
                   was->f.name);
    }
}

/* Local fields may hold data: they keep name, type and secrecy. */
static void compare_locals(const struct model *was, const struct model *now, struct findings *found)
{
    for (int i = 0; i < was->n_kinds; i++) {
        const struct kind_model *k = &was->kinds[i];
        const struct kind_model *new = model_kind(now, k->kind->name);
        for (int j = k->n_own + COMMON_N; new &&j < k->n_fields; j++) {
            int at = model_field(new, k->fields[j].f.name);
            compare_field(k, &k->fields[j], at >= 0 ? &new->fields[at] : NULL, found);
        }
    }
}

/* New or changed files: judged, compared with the last accepted, and then kept. */
static struct model *from_files(struct store *s, const struct sources *src, struct findings *found)
{
    AUTOFREE char *snapshot = NULL;
    size_t before = found->n;
    struct model *m = model_from_sources(src, &snapshot, found);
    if (!m || before) {
        forms_free(m);
        return NULL;
    }
    struct model *was = from_kept_files(s);
    if (was) {
        compare_locals(was, m, found);
        forms_free(was);
    }
    if (found->n > before) {
        forms_free(m);
        return NULL;
    }
    keep(s, src, m->digest, snapshot);
    return m;
}

static bool fall_back(struct store *s, const struct findings *found, struct model **ret,
                      char **ret_fallback, struct err *e)
{
    struct model *m = from_kept_files(s);
    if (!m) {
        return first_finding(found, e);
    }
    AUTOFREE char *why = found->n ? finding_text(&found->at[0]) : xstrdup("");
    *ret_fallback =
        xprintf(_("The configuration has an error and the last good one is in use. %s"), why);
    *ret = m;
    return true;
}

bool forms_load_kept(const struct forms_dirs *d, struct store *s, struct model **ret,
                     char **ret_fallback, struct err *e)
{
    ARENA bytes = {0};
    struct sources src = {0};
    struct findings found = {0};
    char files[65];
    *ret_fallback = NULL;
    sources_read(d, NULL, &bytes, &src, &found);
    digest_sources(&src, files);
    struct model *m = found.n == 0 ? from_snapshot(s, files) : NULL;
    if (!m) {
        m = from_files(s, &src, &found);
    }
    bool good = true;
    if (m) {
        *ret = m;
    } else {
        good = fall_back(s, &found, ret, ret_fallback, e);
    }
    findings_done(&found);
    return good;
}

static void image_key(const char *signature, const char *digest, char ret[130])
{
    snprintf(ret, 130, "%s %s", signature, digest);
}

/* After the slow way: what it was made from is in the database by now. A database that is older
 * than its files (their last good ones are in use) or cannot be written gets none. */
static void keep_image(struct store *s, const char *path, const char *signature,
                       const struct model *m)
{
    AUTOFREE char *digest = NULL;
    AUTOFREE char *body = NULL;
    char key[130], fits[65];
    struct err e;
    digest_snapshot(m->digest, fits);
    if (!store_is_reduced(s) && config_kept_get(s, snapshot_name, &digest, &body, &e) &&
        str_eq(digest, fits)) {
        image_key(signature, digest, key);
        (void)image_make(path, key, body, m->digest);
    }
}

bool forms_load_session(const struct forms_dirs *d, struct store *s, struct model **ret,
                        char **ret_fallback, struct err *e)
{
    AUTOFREE char *path = xprintf("%s.image", store_path(s));
    AUTOFREE char *digest = NULL;
    char signature[65], key[130];
    bool lasting = files_signature(d, signature); /* before the files are read */
    *ret_fallback = NULL;
    if (lasting && config_kept_get(s, snapshot_name, &digest, NULL, e) && digest) {
        image_key(signature, digest, key);
        *ret = image_load(path, key);
        if (*ret) {
            return true;
        }
    }
    if (!forms_load_kept(d, s, ret, ret_fallback, e)) {
        return false;
    }
    if (lasting && !*ret_fallback) {
        keep_image(s, path, signature, *ret);
    }
    return true;
}
