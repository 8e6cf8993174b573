/* The whole way from the folders to a checked model. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

bool first_finding(const struct findings *found, struct err *e)
{
    if (found->n == 0) {
        return err_set(e, ERR_SYNTAX, _("the configuration cannot be read"));
    }
    AUTOFREE char *text = finding_text(&found->at[0]);
    return err_set(e, ERR_SYNTAX, "%s", text);
}

void forms_free(struct model *m)
{
    if (m && m->image) {
        munmap(m->image, m->image_bytes);
    } else if (m) {
        arena_done(&m->arena);
        free(m);
    }
}

struct model *model_from_trees(const struct trees *t, bool checking, struct findings *found)
{
    struct model *m = xcalloc(1, sizeof *m);
    struct decode d = {
        .r = {.a = &m->arena, .found = found}, .m = m, .trees = t, .checking = checking};
    size_t before = found->n;
    decode_all(&d);
    if (found->n > before) {
        forms_free(m);
        return NULL;
    }
    return m;
}

struct model *model_from_sources(const struct sources *s, char **ret_snapshot,
                                 struct findings *found)
{
    ARENA trees_arena = {0};
    struct trees t;
    size_t before = found->n;
    bool good = trees_make(s, &trees_arena, &t, found);
    struct model *m =
        model_from_trees(&t, true, found); /* even if some file is broken: name all that is wrong */
    if (!good || found->n > before) {
        forms_free(m);
        return NULL;
    }
    digest_sources(s, m->digest);
    if (ret_snapshot) {
        *ret_snapshot = snapshot_write(&t);
    }
    return m;
}

bool forms_load(const struct forms_dirs *d, struct model **ret, struct findings *found,
                struct err *e)
{
    ARENA bytes = {0};
    struct sources s = {0};
    struct findings own = {0};
    struct findings *f = found ? found : &own;
    size_t before = f->n;
    sources_read(d, NULL, &bytes, &s, f);
    struct model *m = model_from_sources(&s, NULL, f);
    bool good = m && f->n == before;
    if (good) {
        *ret = m;
    } else {
        forms_free(m);
        first_finding(f, e);
    }
    findings_done(&own);
    return good;
}

bool forms_read_config(const struct forms_dirs *d, const char *name, struct arena *a,
                       const struct node **ret, struct findings *found, struct err *e)
{
    const char *path = arena_printf(a, "config/%s", name);
    struct sources s = {0};
    struct findings own = {0};
    struct findings *f = found ? found : &own;
    size_t before = f->n;
    struct trees t = {.n = 0};
    sources_read(d, path, a, &s, f);
    bool good = trees_make(&s, a, &t, f) && f->n == before;
    if (good) {
        *ret = trees_find(&t, path);
    } else {
        first_finding(f, e);
    }
    findings_done(&own);
    return good;
}
