/* What the tests of the forms layer share. */
#include "help.h"

#include "treben/base/file.h"
#include <ftw.h>
#include <sys/stat.h>

static const char *root;

void help_start(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s CHECKOUT\n", argv[0]);
        exit(2);
    }
    root = argv[1];
    lang_use(LANG_EN);
}

const char *help_root(void)
{
    return root;
}

struct forms_dirs shipped_dirs(struct arena *a)
{
    return (struct forms_dirs){.forms = arena_printf(a, "%s/forms", root),
                               .config = arena_printf(a, "%s/config", root)};
}

struct node *read_one(struct arena *a, const char *name, const char *body, size_t n,
                      struct findings *found)
{
    struct source s = {.name = name, .shown = name, .body = body, .n = n};
    struct node *ret = NULL;
    return yaml_read(&s, a, &ret, found) ? ret : NULL;
}

const char *first_text(const struct findings *found)
{
    static char text[1024];
    AUTOFREE char *t = found->n ? finding_text(&found->at[0]) : xstrdup("");
    snprintf(text, sizeof text, "%s", t);
    return text;
}

bool has_text(const struct findings *found, const char *text)
{
    for (size_t i = 0; i < found->n; i++) {
        AUTOFREE char *t = finding_text(&found->at[i]);
        if (strcmp(t, text) == 0) {
            return true;
        }
    }
    return false;
}

void print_findings(const struct findings *found)
{
    for (size_t i = 0; i < found->n; i++) {
        AUTOFREE char *t = finding_text(&found->at[i]);
        print_message("%s\n", t);
    }
}

struct model *load_with(const char *name, bool site, const char *body, size_t n,
                        struct findings *found)
{
    ARENA a = {0};
    struct forms_dirs d = shipped_dirs(&a);
    struct sources s = {0};
    sources_read(&d, NULL, &a, &s, found);
    struct source one = {.name = name,
                         .shown = site ? arena_printf(&a, "site/%s", name) : name,
                         .site = site,
                         .body = body,
                         .n = n};
    for (int i = 0; !site && i < s.n; i++) {
        if (strcmp(s.at[i].name, name) == 0) {
            s.at[i] = one;
            return model_from_sources(&s, NULL, found);
        }
    }
    sources_add(&s, &a, one);
    return model_from_sources(&s, NULL, found);
}

struct folder folder_new(void)
{
    struct folder f = {.path = "/tmp/treben-forms-XXXXXX"};
    assert_non_null(mkdtemp(f.path));
    char below[96];
    snprintf(below, sizeof below, "%s/forms", f.path);
    assert_int_equal(mkdir(below, 0700), 0);
    snprintf(below, sizeof below, "%s/config", f.path);
    assert_int_equal(mkdir(below, 0700), 0);
    return f;
}

void folder_put(const struct folder *f, const char *name, const char *body)
{
    AUTOFREE char *path = path_join(f->path, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(body, out) >= 0);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(chmod(path, 0600), 0);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void folder_done(const struct folder *f)
{
    nftw(f->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
