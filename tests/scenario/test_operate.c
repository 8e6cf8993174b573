/* trebenctl: databases made, checked, copied and brought back; a broken configuration named by
 * place. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(void **state)
{
    *state = stage_make();
    return 0;
}

static int end(void **state)
{
    stage_end(*state);
    return 0;
}

static char *in(const struct stage *st, const char *name)
{
    return xprintf("%s/%s", st->dir, name);
}

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void wrong_usage_is_two(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *said = NULL;
    assert_int_equal(stage_ctl(st, NULL, NULL), 2);
    assert_int_equal(stage_ctl(st, &said, "inti", "x.db", NULL), 2);
    assert_contains(said, "did you mean \"init\"");
    assert_int_equal(stage_ctl(st, NULL, "init", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "init", "a", "b", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "check", "--demo", "a", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "init", "a", "--demo", "--scale", "101", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "init", "a", "--seed", "1", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "--help", NULL), 0);
    assert_int_equal(stage_ctl(st, NULL, "help", "restore", NULL), 0);
    assert_int_equal(stage_ctl(st, NULL, "help", "nonsense", NULL), 2);
    assert_int_equal(stage_ctl(st, NULL, "--version", NULL), 0);
}

static void a_new_database_is_sound_and_not_made_twice(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *path = in(st, "new.db");
    AUTOFREE char *said = NULL;
    struct stat info;
    assert_int_equal(stage_ctl(st, NULL, "init", path, NULL), 0);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stage_ctl(st, NULL, "check", path, NULL), 0);
    assert_int_equal(stage_ctl(st, &said, "init", path, NULL), 3);
    assert_contains(said, "exists already");
    assert_int_equal(stage_ctl(st, NULL, "check", path, NULL), 0); /* the refusal left it alone */
    assert_int_equal(stage_ctl(st, NULL, "migrate", path, NULL), 0);
}

static void no_database_is_three(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *none = in(st, "none.db");
    AUTOFREE char *text = in(st, "text.db");
    write_text(text, "this is no database, but long enough to be taken for the header of one, "
                     "perhaps even longer than that\n");
    static const char *const verbs[] = {"check", "migrate", "log", "verify-log"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stage_ctl(st, NULL, verbs[i], none, NULL), 3);
        assert_int_equal(stage_ctl(st, NULL, verbs[i], text, NULL), 3);
    }
}

static void a_backup_comes_back(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *copy = in(st, "copy.db");
    AUTOFREE char *back = in(st, "back.db");
    struct talk *t = talk_start(st, "mira.holm");
    const json_t *made =
        talk_ask(t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "incident", "values", "type",
                           "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                           "2026-11-20 23:50", "area", "OKAND"));
    AUTOFREE char *id = xstrdup(text_at(made, "id"));
    /* while the session is open */
    assert_int_equal(stage_ctl(st, NULL, "backup", st->path, copy, NULL), 0);
    assert_int_equal(stage_ctl(st, NULL, "backup", st->path, copy, NULL),
                     3); /* never over another */
    assert_int_equal(talk_end(t), 0);
    assert_int_equal(stage_ctl(st, NULL, "restore", copy, back, NULL), 0);
    assert_int_equal(stage_ctl(st, NULL, "check", back, NULL), 0);
    struct stage restored = {0};
    snprintf(restored.path, sizeof restored.path, "%s", back);
    t = talk_start(&restored, "mira.holm");
    assert_string_equal(text_at(talk_ask(t, "show", json_pack("{s:s}", "id", id)), "record.type"),
                        "SKJUTNING");
    assert_int_equal(talk_end(t), 0);
}

static void the_shipped_configuration_is_sound(void **state)
{
    AUTOFREE char *said = NULL;
    int status = stage_ctl(*state, &said, "check-config", NULL);
    if (status) {
        fail_msg("%s", said);
    }
}

static void a_mistake_in_a_site_folder_has_its_place(void **state)
{
    const struct stage *st = *state;
    AUTOFREE char *site = in(st, "site");
    AUTOFREE char *config = in(st, "site/config");
    AUTOFREE char *file = in(st, "site/config/site.yaml");
    assert_int_equal(mkdir(site, 0700), 0);
    assert_int_equal(mkdir(config, 0700), 0);
    write_text(file, "city: Västerstad\ncity: Österstad\n");
    AUTOFREE char *said = NULL;
    assert_int_equal(stage_ctl(st, &said, "check-config", site, NULL), 1);
    assert_contains(said, "site.yaml, line 2");
    write_text(file, "cty: Västerstad\n");
    AUTOFREE char *typo = NULL;
    assert_int_equal(stage_ctl(st, &typo, "check-config", site, NULL), 1);
    assert_contains(typo, "did you mean \"city\"");
    write_text(file, "city: Österstad\n");
    assert_int_equal(stage_ctl(st, NULL, "check-config", site, NULL), 0);
    assert_int_equal(stage_ctl(st, NULL, "check-config", "/nowhere/at/all", NULL), 3);
    unlink(file);
    rmdir(config);
    rmdir(site);
}

static const char *const langs[] = {"sv", "en"};

/* ---- databases of other versions ---- */

/* The version stands big-endian at byte 60 of the file. */
static void set_version(const char *path, unsigned version)
{
    FILE *f = fopen(path, "r+e");
    assert_non_null(f);
    assert_int_equal(fseek(f, 60, SEEK_SET), 0);
    for (int shift = 24; shift >= 0; shift -= 8) {
        fputc((int)(version >> shift) & 255, f);
    }
    assert_int_equal(fclose(f), 0);
}

static void a_database_of_another_version_is_refused(void **state)
{
    const struct stage *st = *state;
    static const struct {
        unsigned version;
        const char *sv, *en;
    } versions[] = {
        {9999, "nyare version", "made by a newer version of Treben"},
        {1, "trebenctl migrate", "trebenctl migrate"},
    };
    struct stage other = {0};
    snprintf(other.path, sizeof other.path, "%s/other.db", st->dir);
    assert_int_equal(stage_ctl(st, NULL, "backup", st->path, other.path, NULL), 0);
    for (size_t i = 0; i < N_OF(versions) * 2; i++) {
        const char *lang = langs[i % 2];
        set_version(other.path, versions[i / 2].version);
        AUTOFREE char *said = NULL;
        const char *const words[] = {"list", "incident", NULL};
        assert_int_equal(stage_cli(&other, "mira.holm", lang, NULL, &said, words), 3);
        assert_contains(said, i % 2 ? versions[i / 2].en : versions[i / 2].sv);
        struct talk *t = talk_open(&other, "mira.holm");
        const json_t *no = talk_refused(t, "hello", json_pack("{s:s}", "lang", lang));
        assert_string_equal(text_at(no, "data.code"), "schema");
        assert_contains(said, text_at(no, "message"));
        assert_int_equal(talk_end(t), 3);
    }
}

/* ---- a city's file with a mistake ---- */

static void a_key_given_twice_has_its_place(void **state)
{
    const struct stage *st = *state;
    char home[128], site[160], config[192];
    snprintf(home, sizeof home, "%s/xdg", st->dir);
    snprintf(site, sizeof site, "%s/treben", home);
    snprintf(config, sizeof config, "%s/config", site);
    assert_int_equal(mkdir(home, 0700) | mkdir(site, 0700) | mkdir(config, 0700), 0);
    AUTOFREE char *file = in(st, "xdg/treben/config/site.yaml");
    write_text(file, "city: Ekstad\ncity: Alstad\n");
    setenv("XDG_CONFIG_HOME", home, 1);
    AUTOFREE char *said = NULL;
    assert_int_equal(stage_ctl(st, &said, "check-config", site, NULL), 1);
    assert_contains(said, "site.yaml, line 2, column 1");
    assert_contains(said, "\"city\"");
    /* the core goes on with the last good one, and tells who can mend it */
    for (size_t i = 0; i < 2; i++) {
        struct talk *t = talk_open(st, "greta.moss");
        const json_t *hello = talk_ask(t, "hello", json_pack("{s:s}", "lang", langs[i]));
        assert_contains(text_at(hello, "notice"), "site.yaml");
        assert_contains(text_at(hello, "notice"), i ? "line 2, column 1" : "rad 2, kolumn 1");
        assert_true(strcmp(text_at(hello, "city"), "Ekstad") && strcmp(text_at(hello, "city"), "Alstad"));
        assert_int_equal(talk_end(t), 0);
    }
    unsetenv("XDG_CONFIG_HOME");
    assert_int_equal(unlink(file) | rmdir(config) | rmdir(site) | rmdir(home), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_usage_is_two),
        cmocka_unit_test(a_new_database_is_sound_and_not_made_twice),
        cmocka_unit_test(no_database_is_three),
        cmocka_unit_test(a_backup_comes_back),
        cmocka_unit_test(the_shipped_configuration_is_sound),
        cmocka_unit_test(a_mistake_in_a_site_folder_has_its_place),
        cmocka_unit_test(a_database_of_another_version_is_refused),
        cmocka_unit_test(a_key_given_twice_has_its_place),
    };
    return cmocka_run_group_tests_name("operate", tests, make, end);
}
