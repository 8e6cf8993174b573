/* Whose files are read, and what the core starts from when they are broken. */
#include "help.h"

#include "treben/base/file.h"
#include "treben/store/config_kept.h"
#include "treben/store/migrate.h"
#include <sys/stat.h>

static struct findings read_folder(const struct folder *f, int *ret_n)
{
    ARENA a = {0};
    struct findings found = {0};
    struct sources s = {0};
    struct forms_dirs d = {.forms = arena_printf(&a, "%s/forms", f->path),
                           .config = arena_printf(&a, "%s/config", f->path)};
    sources_read(&d, NULL, &a, &s, &found);
    *ret_n = s.n;
    return found;
}

static void says(const struct folder *f, const char *expected)
{
    int n;
    struct findings found = read_folder(f, &n);
    if (!strstr(first_text(&found), expected)) {
        print_findings(&found);
        fail_msg("not said: %s", expected);
    }
    assert_int_equal(found.n, 1);
    assert_int_equal(n, 0);
    findings_done(&found);
}

static char *path_in(const struct folder *f, const char *name)
{
    return path_join(f->path, name);
}

static void takes_only_own_ordinary_files(void **state)
{
    (void)state;
    struct folder f = folder_new();
    AUTOFREE char *path = path_in(&f, "forms/a.yaml");
    AUTOFREE char *target = path_in(&f, "real");
    int n;
    folder_put(&f, "forms/a.yaml", "kind: a\n");
    assert_int_equal(chmod(path, 0666), 0);
    says(&f, "others may write to the file; take that away with chmod go-w");
    assert_int_equal(chmod(path, 0660), 0); /* own file, the group of a checkout */
    struct findings none = read_folder(&f, &n);
    assert_int_equal(none.n, 0);
    assert_int_equal(n, 1);
    assert_int_equal(unlink(path), 0);
    folder_put(&f, "real", "kind: a\n");
    assert_int_equal(symlink(target, path), 0);
    says(&f, "symbolic links are not followed");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    says(&f, "this is not an ordinary file");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    says(&f, "this is not an ordinary file");
    assert_int_equal(rmdir(path), 0);
    if (geteuid() == 0) { /* only root can give files away */
        folder_put(&f, "forms/a.yaml", "kind: a\n");
        assert_int_equal(chown(path, 12345, 12345), 0);
        says(&f, "the file belongs to somebody else; it must be root's or yours");
    }
    folder_done(&f);
}

static void takes_only_small_files_of_the_right_name(void **state)
{
    (void)state;
    struct folder f = folder_new();
    AUTOFREE char *path = path_in(&f, "forms/a.yaml");
    folder_put(&f, "forms/a.yaml", "kind: a\n");
    assert_int_equal(truncate(path, 64 * 1024 + 1), 0);
    says(&f, "the file is too large; at most 64 KiB are read");
    assert_int_equal(truncate(path, 1LL << 30), 0);
    says(&f, "the file is too large; at most 64 KiB are read");
    assert_int_equal(unlink(path), 0);
    folder_put(&f, "forms/a.yml", "kind: a\n");
    says(&f, "the name must end in .yaml, or the file is not read");
    AUTOFREE char *other = path_in(&f, "forms/a.yml");
    assert_int_equal(unlink(other), 0);
    folder_put(&f, "forms/.hidden.yaml", "kind: a\n");
    folder_put(&f, "forms/a.yaml~", "kind: a\n");
    int n;
    struct findings none = read_folder(&f, &n);
    assert_int_equal(none.n, 0);
    assert_int_equal(n, 0);
    folder_done(&f);
}

/* --- a database that keeps the configuration */

struct kept {
    struct folder site;
    struct store *store;
    struct arena a;
    struct forms_dirs dirs;
};

static void kept_start(struct kept *k)
{
    struct err e = {.code = ERR_NONE};
    int from, to;
    *k = (struct kept){.site = folder_new()};
    AUTOFREE char *path = path_in(&k->site, "treben.db");
    if (!store_open(path, STORE_CREATE, &k->store, &e) || !migrate_run(k->store, &from, &to, &e)) {
        fail_msg("%s", e.text);
    }
    k->dirs = shipped_dirs(&k->a);
    k->dirs.site = arena_strdup(&k->a, k->site.path);
}

static void kept_done(struct kept *k)
{
    store_close(k->store);
    folder_done(&k->site);
    arena_done(&k->a);
}

static struct model *load(struct kept *k, char **ret_fallback)
{
    struct model *m = NULL;
    struct err e = {.code = ERR_NONE};
    if (!forms_load_kept(&k->dirs, k->store, &m, ret_fallback, &e)) {
        fail_msg("%s", e.text);
    }
    return m;
}

static void broken_files_leave_the_last_good_ones_in_use(void **state)
{
    (void)state;
    struct kept k;
    kept_start(&k);
    folder_put(&k.site, "config/site.yaml", "city: Österstad\n");
    AUTOFREE char *none = NULL;
    struct model *m = load(&k, &none);
    assert_null(none);
    assert_string_equal(m->city, "Österstad");
    char digest[65];
    memcpy(digest, m->digest, sizeof digest);
    forms_free(m);

    folder_put(&k.site, "config/site.yaml", "city: Söderstad\nmin_critera: 3\n");
    AUTOFREE char *why = NULL;
    m = load(&k, &why);
    assert_non_null(why);
    assert_non_null(strstr(
        why, "line 2, column 1: unknown key \"min_critera\"; did you mean \"min_criteria\"?"));
    assert_string_equal(m->city, "Österstad");
    assert_string_equal(m->digest, digest);
    forms_free(m);

    folder_put(&k.site, "config/site.yaml", "city: Söderstad\nmin_criteria: 3\n");
    AUTOFREE char *mended = NULL;
    m = load(&k, &mended);
    assert_null(mended);
    assert_string_equal(m->city, "Söderstad");
    assert_int_equal(m->min_criteria, 3);
    assert_string_not_equal(m->digest, digest);
    forms_free(m);
    kept_done(&k);
}

static void unchanged_files_come_from_the_snapshot(void **state)
{
    (void)state;
    struct kept k;
    struct err e;
    kept_start(&k);
    AUTOFREE char *why = NULL;
    struct model *m = load(&k, &why);
    forms_free(m);
    AUTOFREE char *digest = NULL;
    AUTOFREE char *body = NULL;
    assert_true(config_kept_get(k.store, "snapshot", &digest, &body, &e));
    assert_non_null(digest);
    char *city = strstr(body, "\tcity\tVästerstad");
    assert_non_null(city);
    memcpy(city + strlen("\tcity\t"), "Vasterstad ",
           strlen("Västerstad")); /* shows where the model came from */
    struct kept_file row = {.name = "snapshot", .digest = digest, .body = body};
    assert_true(tx_begin(k.store, &e));
    assert_true(config_kept_put(k.store, &row, 1, &e));
    assert_true(tx_commit(k.store, &e));
    m = load(&k, &why);
    assert_null(why);
    assert_string_equal(m->city, "Vasterstad ");
    assert_int_equal(strlen(m->digest), 64);
    forms_free(m);
    folder_put(&k.site, "config/site.yaml", "min_criteria: 3\n"); /* changed: read anew */
    m = load(&k, &why);
    assert_string_equal(m->city, "Västerstad");
    forms_free(m);
    kept_done(&k);
}

static void nothing_kept_and_broken_refuses_to_start(void **state)
{
    (void)state;
    struct kept k;
    struct model *m = NULL;
    struct err e;
    char *why = NULL;
    kept_start(&k);
    folder_put(&k.site, "config/site.yaml", "city: [a\n");
    assert_false(forms_load_kept(&k.dirs, k.store, &m, &why, &e));
    assert_int_equal(e.code, ERR_SYNTAX);
    assert_non_null(strstr(e.text, "config/site.yaml, line 2, column 1: "));
    assert_null(m);
    assert_null(why);
    kept_done(&k);
}

static const char with_camera[] =
    "fields:\n- field: camera\n  local: {type: %s}\n  label: {sv: Kamera}\n";

static void local_fields_keep_their_data(void **state)
{
    (void)state;
    static const struct {
        const char *type, *expected;
    } cases[] = {
        {"int",
         "the local field \"camera\" has another type than before; make a new field instead"},
        {"text, shared: true", "the local field \"camera\" was not shared when it was filled in"},
        {NULL, "the local field \"camera\" is missing; it may hold data, so it stays"},
    };
    struct kept k;
    kept_start(&k);
    AUTOFREE char *good = xprintf(with_camera, "text");
    folder_put(&k.site, "forms/incident.yaml", good);
    AUTOFREE char *none = NULL;
    forms_free(load(&k, &none));
    assert_null(none);
    for (size_t i = 0; i < N_OF(cases); i++) {
        AUTOFREE char *why = NULL;
        AUTOFREE char *body =
            cases[i].type ? xprintf(with_camera, cases[i].type) : xstrdup("menu: h\n");
        folder_put(&k.site, "forms/incident.yaml", body);
        forms_free(load(&k, &why));
        assert_non_null(why);
        assert_non_null(strstr(why, cases[i].expected));
    }
    kept_done(&k);
}

static void other_layers_read_a_file_of_their_own(void **state)
{
    (void)state;
    struct folder site = folder_new();
    ARENA a = {0};
    struct err e;
    struct findings found = {0};
    struct forms_dirs d = shipped_dirs(&a);
    const struct node *root = NULL;
    folder_put(&site, "config/import-test.yaml", "types: {\"Mord/dråp, försök\": FORSOK_MORD}\n");
    d.site = site.path;
    assert_true(forms_read_config(&d, "import-test.yaml", &a, &root, &found, &e));
    assert_string_equal(node_get(node_get(root, "types"), "Mord/dråp, försök")->text,
                        "FORSOK_MORD");
    assert_true(forms_read_config(&d, "import-nothing.yaml", &a, &root, &found, &e));
    assert_null(root);
    folder_put(&site, "config/import-test.yaml", "types: *x\n");
    assert_false(forms_read_config(&d, "import-test.yaml", &a, &root, &found, &e));
    assert_int_equal(found.n, 1);
    findings_done(&found);
    folder_done(&site);
}

/* Nobody's own folder decides who sees what in the city's database. */
static void a_server_reads_the_citys_folder(void **state)
{
    (void)state;
    ARENA a = {0};
    setenv("XDG_CONFIG_HOME", "/home/x/.config", 1);
    assert_string_equal(forms_find_dirs(&a, "/var/lib/treben/city.db").site, "/etc/treben");
    static const char *const own[] = {NULL, "/home/x/city.db", "/home/x/var/lib/treben/city.db",
                                      "/var/lib/treben.db"};
    for (size_t i = 0; i < N_OF(own); i++) {
        assert_string_equal(forms_find_dirs(&a, own[i]).site, "/home/x/.config/treben");
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_only_own_ordinary_files),
        cmocka_unit_test(takes_only_small_files_of_the_right_name),
        cmocka_unit_test(broken_files_leave_the_last_good_ones_in_use),
        cmocka_unit_test(unchanged_files_come_from_the_snapshot),
        cmocka_unit_test(nothing_kept_and_broken_refuses_to_start),
        cmocka_unit_test(local_fields_keep_their_data),
        cmocka_unit_test(a_server_reads_the_citys_folder),
        cmocka_unit_test(other_layers_read_a_file_of_their_own),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
