/* Reading files within limits; folders. */
#include "test.h"

#include "treben/base/file.h"
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static char *place(const char *name)
{
    return path_join(folder, name);
}

static void write_file(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void reads_up_to_the_limit(void **state)
{
    (void)state;
    AUTOFREE char *path = place("data");
    write_file(path, "ab\0cd", 5);
    struct err e;
    char *got = NULL;
    size_t n = 0;
    assert_true(file_read(path, 5, &got, &n, &e));
    assert_int_equal(n, 5);
    assert_memory_equal(got, "ab\0cd", 6);
    free(got);
    got = NULL;
    assert_false(file_read(path, 4, &got, &n, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_non_null(strstr(e.text, "4"));
    assert_null(got);
    write_file(path, "", 0);
    assert_true(file_read(path, 0, &got, &n, &e));
    assert_string_equal(got, "");
    free(got);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    struct err e;
    char *got = NULL;
    AUTOFREE char *missing = place("missing"), *fifo = place("fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_false(file_read(missing, 10, &got, NULL, &e));
    assert_int_equal(e.native, 2);
    assert_non_null(strstr(e.text, missing));
    assert_false(file_read(fifo, 10, &got, NULL, &e)); /* and does not wait for a writer */
    assert_false(file_read(folder, 10, &got, NULL, &e));
    assert_false(file_read("/dev/zero", 10, &got, NULL, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_null(got);
    unlink(fifo);
}

static void endless_file_of_size_zero_is_bounded(void **state)
{
    (void)state;
    struct err e;
    char *got = NULL;
    size_t n = 0;
    /* files under /proc say that their size is 0 */
    assert_true(file_read("/proc/self/status", 100000, &got, &n, &e));
    assert_true(n > 100);
    assert_int_equal(strlen(got), n);
    free(got);
    got = NULL;
    assert_false(file_read("/proc/self/status", 20, &got, &n, &e));
    assert_null(got);
}

static void joins_paths(void **state)
{
    (void)state;
    AUTOFREE char *a = path_join("/a", "b"), *b = path_join("/a/", "b"), *c = path_join("", "b"),
                  *d = path_join("/a", "/b");
    assert_string_equal(a, "/a/b");
    assert_string_equal(b, "/a/b");
    assert_string_equal(c, "b");
    assert_string_equal(d, "/b");
}

static void knows_its_own_folder(void **state)
{
    (void)state;
    AUTOFREE char *self = path_join(exe_dir(), "test_file");
    assert_true(file_exists(self));
    assert_false(file_exists(NULL));
}

static void follows_xdg(void **state)
{
    (void)state;
    setenv("XDG_DATA_HOME", "/x/data", 1);
    setenv("XDG_CONFIG_HOME", "relative/is/ignored", 1);
    setenv("HOME", "/h", 1);
    AUTOFREE char *data = xdg_data_home(), *config = xdg_config_home();
    assert_string_equal(data, "/x/data/treben");
    assert_string_equal(config, "/h/.config/treben");
    unsetenv("XDG_DATA_HOME");
    AUTOFREE char *home = xdg_data_home();
    assert_string_equal(home, "/h/.local/share/treben");
}

static void makes_folders(void **state)
{
    (void)state;
    struct err e;
    struct stat st;
    AUTOFREE char *deep = place("one/two/three"), *file = place("data"), *below = place("data/x");
    assert_true(make_dirs(deep, &e));
    assert_true(make_dirs(deep, &e));
    assert_int_equal(stat(deep, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    write_file(file, "", 0);
    assert_false(make_dirs(below, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_false(make_dirs(file, &e));
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/treben-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const parts[] = {"data", "one/two/three", "one/two", "one", ""};
    for (size_t i = 0; i < N_OF(parts); i++) {
        AUTOFREE char *path = place(parts[i]);
        remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_up_to_the_limit),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(endless_file_of_size_zero_is_bounded),
        cmocka_unit_test(joins_paths),
        cmocka_unit_test(knows_its_own_folder),
        cmocka_unit_test(follows_xdg),
        cmocka_unit_test(makes_folders),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
