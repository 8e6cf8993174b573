/* The police's feed, damaged: every file is read to its end or refused with a sentence, whatever
 * stands in it. (What the core makes of damaged events is tried with the requests.) */
#include "damage.h"
#include "inside.h"

#include "treben/base/file.h"
#include "treben/base/mem.h"
#include "treben/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FILES = 3000, ROOM = 16 * 1024, ELEMENTS_MAX = 10000 };

static void read_through(const char *path)
{
    struct err e = {0};
    struct feed *f = feed_open(path, &e);
    assert_non_null(f);
    int got = 1;
    for (int i = 0; got != 0 && got != -2; i++) {
        json_t *item = NULL;
        e = (struct err){0};
        got = feed_next(f, &item, &e);
        assert_true(i < ELEMENTS_MAX); /* it comes to an end */
        assert_true((got == 1) == (item != NULL));
        AUTOFREE char *clean = text_clean(e.text, false);
        assert_true((got < 0) == (e.text[0] != '\0'));
        assert_string_equal(clean, e.text);
        json_decref(item);
    }
    feed_close(f);
}

static void damaged_files_are_read_to_their_end(void **state)
{
    char *text, path[] = "/tmp/treben-feed-XXXXXX", body[ROOM];
    size_t n;
    struct err e = {0};
    struct rng r;
    (void)state;
    assert_true(file_read(TREBEN_ROOT "/tests/fuzz/corpus/events.json", ROOM, &text, &n, &e));
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    rng_seed(&r, 20261122);
    for (int i = 0; i < FILES; i++) {
        size_t m = n;
        memcpy(body, text, n);
        for (uint32_t times = rng_below(&r, 4); times; times--) {
            m = damage_bytes(&r, body, m, ROOM);
        }
        assert_int_equal(ftruncate(fd, 0), 0);
        assert_int_equal(pwrite(fd, body, m, 0), (ssize_t)m);
        read_through(path);
    }
    close(fd);
    unlink(path);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_files_are_read_to_their_end)};
    return cmocka_run_group_tests_name("damaged feed", tests, NULL, NULL);
}
