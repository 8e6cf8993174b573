/* A row for every answer, durable before it; a filter box as one; a changed byte is found at its
 * row. */
#include "harness.h"

#include "treben/base/mem.h"

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

static void every_answer_has_its_row(void **state)
{
    const struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    static const struct {
        const char *method, *action;
        bool good;
    } asked[] = {
        {"describe", "VISA", true},   {"list", "LISTA", true},     {"count", "LISTA", true},
        {"myday", "LISTA", true},     {"nosuch", "NEKAD", false},  {"show", "VISA", false},
        {"draft.put", "ANDRA", true}, {"draft.get", "VISA", true}, {"new", "SKAPA", false},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        int64_t before = stage_log_rows(st);
        json_t *params = json_pack("{s:s}", "kind", "incident");
        if (asked[i].good) {
            talk_ask(t, asked[i].method, params);
        } else {
            talk_refused(t, asked[i].method, params);
        }
        assert_int_equal(stage_log_rows(st), before + 1);
        AUTOFREE char *action = stage_log_last(st, "action");
        assert_string_equal(action, asked[i].action);
    }
    assert_int_equal(talk_end(t), 0);
}

static void a_save_and_its_row_stand_together(void **state)
{
    const struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    const json_t *made =
        talk_ask(t, "new",
                 json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "incident", "values", "type",
                           "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                           "2026-11-20 23:50", "area", "OKAND"));
    AUTOFREE char *id = xstrdup(text_at(made, "id"));
    AUTOFREE char *record = stage_log_last(st, "record");
    AUTOFREE char *fields = stage_log_last(st, "fields");
    assert_string_equal(record, id);
    assert_string_equal(fields, "type,occurred_at,known_at,area");
    assert_int_equal(talk_end(t), 0);
}

static void a_filter_box_is_one_search(void **state)
{
    const struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    int64_t before = stage_log_rows(st);
    static const char *const typed[] = {"s", "sk", "sko", "skot"};
    for (size_t i = 0; i < 4; i++) {
        talk_ask(t, "list",
                 json_pack("{s:s, s:s, s:s}", "kind", "incident", "text", typed[i], "search_id",
                           "box1"));
        if (i == 0) {
            assert_int_equal(stage_log_rows(st),
                             before + 1); /* the first stands before its answer */
        }
    }
    talk_ask(t, "describe", json_pack("{s:s}", "kind", "incident"));
    assert_int_equal(stage_log_rows(st), before + 3); /* first, the other three, describe */
    talk_ask(t, "list",
             json_pack("{s:s, s:s, s:s}", "kind", "incident", "text", "a", "search_id", "box2"));
    talk_ask(t, "list",
             json_pack("{s:s, s:s, s:s}", "kind", "incident", "text", "ab", "search_id", "box2"));
    assert_int_equal(talk_end(t), 0);
    /* box2's first, its second (at the end), nothing lost on hanging up */
    AUTOFREE char *detail = stage_log_last(st, "detail");
    assert_string_equal(detail, "search");
    assert_int_equal(stage_log_rows(st), before + 5);
}

/* Finds the text in the file and flips a bit of its first byte. */
static void flip(const char *path, const char *text)
{
    struct stat info;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &info), 0);
    AUTOFREE char *bytes = xmalloc((size_t)info.st_size);
    assert_int_equal(pread(fd, bytes, (size_t)info.st_size, 0), info.st_size);
    char *found = memmem(bytes, (size_t)info.st_size, text, strlen(text));
    assert_non_null(found);
    char changed = (char)(*found ^ 1);
    assert_int_equal(pwrite(fd, &changed, 1, found - bytes), 1);
    close(fd);
}

static void one_flipped_byte_is_found(void **state)
{
    const struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    talk_ask(t, "timeline", json_pack("{s:s}", "id", "mira.holm"));
    int64_t row = stage_log_rows(st);
    talk_ask(t, "list", json_pack("{s:s}", "kind", "incident"));
    assert_int_equal(talk_end(t), 0);
    AUTOFREE char *copy = xprintf("%s/copy.db", st->dir);
    assert_int_equal(stage_ctl(st, NULL, "backup", st->path, copy, NULL), 0);
    AUTOFREE char *good = NULL;
    assert_int_equal(stage_ctl(st, &good, "verify-log", copy, NULL), 0);
    flip(copy, "timeline");
    AUTOFREE char *bad = NULL;
    AUTOFREE char *place = xprintf("Row %lld:", (long long)row);
    assert_int_equal(stage_ctl(st, &bad, "verify-log", copy, NULL), 3);
    assert_contains(bad, place);
}

static void the_log_is_printed_without_contents(void **state)
{
    const struct stage *st = *state;
    struct talk *t = talk_start(st, "mira.holm");
    talk_ask(t, "find", json_pack("{s:s}", "text", "zebedeus"));
    assert_int_equal(talk_end(t), 0);
    AUTOFREE char *out = NULL;
    assert_int_equal(stage_ctl(st, &out, "log", st->path, NULL), 0);
    assert_contains(out, "\tSOK\t");
    assert_null(strstr(out, "zebedeus"));
    AUTOFREE char *none = NULL;
    assert_int_equal(stage_ctl(st, &none, "log", st->path, "--since", "2027-01-01", NULL), 0);
    assert_null(strstr(none, "SOK"));
    AUTOFREE char *wrong = NULL;
    assert_int_equal(stage_ctl(st, &wrong, "log", st->path, "--since", "whenever", NULL), 1);
}

/* The disk was full once: the reserve is gone. Reading goes on, saving does not, and both are
 * logged. */
static void a_full_disk_refuses_saves_and_lets_read(void **state)
{
    struct stage *st = stage_make();
    (void)state;
    struct talk *t = talk_start(st, "mira.holm");
    AUTOFREE char *reserve = xprintf("%s.reserve", st->path);
    json_t *incident = json_pack("{s:s, s:{s:s, s:s, s:s, s:s}}", "kind", "incident", "values",
                                 "type", "SKJUTNING", "occurred_at", "2026-11-20 23:41", "known_at",
                                 "2026-11-20 23:50", "area", "OKAND");
    talk_ask(t, "new", json_incref(incident));
    assert_int_equal(unlink(reserve), 0);
    int64_t before = stage_log_rows(st);
    /* looking at the log opens the file anew, which makes the reserve again */
    assert_int_equal(unlink(reserve), 0);
    assert_string_equal(text_at(talk_refused(t, "new", json_incref(incident)), "data.code"),
                        "full");
    assert_string_equal(
        text_at(
            talk_refused(t, "draft.put", json_pack("{s:s, s:{}}", "kind", "incident", "values")),
            "data.code"),
        "full");
    assert_int_equal(
        json_array_size(at(talk_ask(t, "list", json_pack("{s:s}", "kind", "incident")), "rows")),
        1);
    assert_int_equal(stage_log_rows(st), before + 3);
    talk_ask(t, "new", incident); /* room was made */
    assert_int_equal(talk_end(t), 0);
    stage_end(st);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_its_row),
        cmocka_unit_test(a_save_and_its_row_stand_together),
        cmocka_unit_test(a_filter_box_is_one_search),
        cmocka_unit_test(one_flipped_byte_is_found),
        cmocka_unit_test(the_log_is_printed_without_contents),
        cmocka_unit_test(a_full_disk_refuses_saves_and_lets_read),
    };
    return cmocka_run_group_tests_name("log", tests, make, end);
}
