/* Every file in bad/ is laid over the shipped ones (or stands in for one of them) and must be
 * refused with exactly the sentences it announces itself: # as: site forms/incident.yaml laid over;
 * without "site": instead of the shipped file # expect: site/forms/incident.yaml, line 4, column 5:
 * unknown key …     one line a finding */
#include "help.h"

#include "treben/base/file.h"
#include <dirent.h>

enum { BAD_MAX = 200 };

/* The rest of a header line; NULL when the line is another. */
static char *header(const char *line, const char *key)
{
    if (!str_starts(line, key)) {
        return NULL;
    }
    line += strlen(key);
    return xstrndup(line, strcspn(line, "\r\n"));
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

static void check_said(const char *file, const char *body, const struct findings *found)
{
    size_t expected = 0;
    for (const char *line = body; *line == '#'; line = next_line(line)) {
        AUTOFREE char *text = header(line, "# expect: ");
        if (!text) {
            continue;
        }
        expected++;
        if (!has_text(found, text)) {
            print_findings(found);
            fail_msg("%s: not said: %s", file, text);
        }
    }
    if (expected == 0 || expected != found->n) {
        print_findings(found);
        fail_msg("%s: announces %zu findings, not %zu", file, expected, found->n);
    }
}

static void check_file(const char *path)
{
    AUTOFREE char *body = NULL;
    size_t n;
    struct err e;
    struct findings found = {0};
    assert_true(file_read(path, 64 * 1024, &body, &n, &e));
    AUTOFREE char *as = header(body, "# as: ");
    assert_non_null(as);
    bool site = str_starts(as, "site ");
    struct model *m = load_with(as + (site ? strlen("site ") : 0), site, body, n, &found);
    if (m) {
        forms_free(m);
        fail_msg("%s was accepted", path);
    }
    check_said(path, body, &found);
    findings_done(&found);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void each_bad_file_is_refused(void **state)
{
    (void)state;
    ARENA a = {0};
    const char *names[BAD_MAX];
    size_t n = 0;
    const char *dir = arena_printf(&a, "%s/tests/unit/forms/bad", help_root());
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *entry = readdir(d); entry; entry = readdir(d)) {
        if (strstr(entry->d_name, ".yaml")) {
            assert_true(n < BAD_MAX);
            names[n++] = arena_printf(&a, "%s/%s", dir, entry->d_name);
        }
    }
    closedir(d);
    assert_true(n >= 60);
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        check_file(names[i]);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_bad_file_is_refused)};
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
