/* Languages: a catalogue beside the program, switching, plurals, the environment. */
#include "test.h"

#include "treben/base/file.h"
#include "treben/base/lang.h"
#include <langinfo.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

/* Writes a catalogue file as gettext reads it: sorted pairs behind two tables. */
static void write_catalogue(const char *path)
{
    static const struct {
        const char *id, *text;
        size_t id_len, text_len;
    } pairs[] = {
#define PAIR(a, b) {a, b, sizeof a - 1, sizeof b - 1}
        PAIR("",
             "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n"),
        PAIR("%d case\0%d cases", "%d ärende\0%d ärenden"),
        PAIR("Save", "Spara"),
    };
    uint32_t n = N_OF(pairs), at = 28 + n * 16;
    uint32_t head[7] = {0x950412deu, 0, n, 28, 28 + n * 8, 0, 0};
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fwrite(head, sizeof head, 1, f);
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            uint32_t len = (uint32_t)(side ? pairs[i].text_len : pairs[i].id_len);
            uint32_t entry[2] = {len, at};
            fwrite(entry, sizeof entry, 1, f);
            at += len + 1;
        }
    }
    for (size_t i = 0; i < n; i++) {
        fwrite(pairs[i].id, 1, pairs[i].id_len + 1, f);
    }
    for (size_t i = 0; i < n; i++) {
        fwrite(pairs[i].text, 1, pairs[i].text_len + 1, f);
    }
    assert_int_equal(fclose(f), 0);
}

static void finds_the_catalogue_and_switches(void **state)
{
    (void)state;
    setenv("LC_ALL", "nb_NO.UTF-8", 1); /* not installed: must not matter */
    lang_start(folder);
    assert_string_equal(nl_langinfo(CODESET), "UTF-8");
    for (int i = 0; i < 3; i++) {
        lang_use(LANG_SV);
        assert_string_equal(_("Save"), "Spara");
        assert_string_equal(lang_plural("%d case", "%d cases", 1), "%d ärende");
        assert_string_equal(lang_plural("%d case", "%d cases", 0), "%d ärenden");
        lang_use(LANG_EN);
        assert_string_equal(_("Save"), "Save");
        assert_string_equal(lang_plural("%d case", "%d cases", 1), "%d case");
        assert_string_equal(lang_plural("%d case", "%d cases", 2), "%d cases");
    }
    lang_use(LANG_SV);
    assert_string_equal(_("Not in the catalogue"), "Not in the catalogue");
    assert_string_equal(lang_text(""), ""); /* and not the catalogue's header */
    assert_int_equal(lang_now(), LANG_SV);
    assert_string_equal(lang_code(lang_now()), "sv");
}

static void reads_the_environment(void **state)
{
    (void)state;
    unsetenv("LANGUAGE");
    unsetenv("LC_ALL");
    unsetenv("LC_MESSAGES");
    setenv("LANG", "en_GB.UTF-8", 1);
    assert_int_equal(lang_from_env(), LANG_EN);
    setenv("LC_ALL", "sv_SE.UTF-8", 1);
    assert_int_equal(lang_from_env(), LANG_SV);
    setenv("LANGUAGE", "en:sv", 1);
    assert_int_equal(lang_from_env(), LANG_EN);
    unsetenv("LANGUAGE");
    unsetenv("LC_ALL");
    setenv("LANG", "C", 1);
    assert_int_equal(lang_from_env(), LANG_SV);
}

static void labels_fall_back(void **state)
{
    (void)state;
    struct label both = {"grupp", "group"}, swedish = {"grupp", NULL}, none = {NULL, NULL};
    lang_use(LANG_EN);
    assert_string_equal(label_text(&both), "group");
    assert_string_equal(label_text(&swedish), "grupp");
    assert_string_equal(label_text(&none), "");
    lang_use(LANG_SV);
    assert_string_equal(label_text(&both), "grupp");
    assert_string_equal(label_text(NULL), "");
}

static int make_folder(void **state)
{
    (void)state;
    struct err e;
    snprintf(folder, sizeof folder, "/tmp/treben-lang-XXXXXX");
    if (!mkdtemp(folder)) {
        return -1;
    }
    AUTOFREE char *dir = path_join(folder, "src/po/sv/LC_MESSAGES");
    AUTOFREE char *file = path_join(dir, "treben.mo");
    if (!make_dirs(dir, &e)) {
        return -1;
    }
    write_catalogue(file);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const parts[] = {"src/po/sv/LC_MESSAGES/treben.mo",
                                        "src/po/sv/LC_MESSAGES",
                                        "src/po/sv",
                                        "src/po",
                                        "src",
                                        ""};
    for (size_t i = 0; i < N_OF(parts); i++) {
        AUTOFREE char *path = path_join(folder, parts[i]);
        remove(path);
    }
    return 0;
}

static void without_a_catalogue_it_is_english_and_said(void **state)
{
    (void)state;
    char empty[] = "/tmp/treben-lang-XXXXXX";
    assert_non_null(mkdtemp(empty));
    AUTOFREE char *po = path_join(empty, "po");
    assert_int_equal(mkdir(po, 0700), 0);
    lang_use(LANG_SV);
    lang_start(folder);
    assert_null(lang_fallback());
    assert_int_equal(lang_now(), LANG_SV);
    lang_start(empty);
    const char *note = lang_fallback();
    assert_non_null(note);
    assert_non_null(strstr(note, "in English"));
    assert_int_equal(lang_now(), LANG_EN);
    assert_null(lang_fallback());
    lang_start(folder);
    assert_int_equal(rmdir(po) | rmdir(empty), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_catalogue_and_switches),
        cmocka_unit_test(without_a_catalogue_it_is_english_and_said),
        cmocka_unit_test(reads_the_environment),
        cmocka_unit_test(labels_fall_back),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
