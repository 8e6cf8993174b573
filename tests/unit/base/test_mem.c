/* Arenas, helpers, and dying of lack of memory in good order. */
#include "test.h"

#include "treben/base/id.h"
#include "treben/base/mem.h"
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    ARENA a = {0};
    struct rng r;
    rng_seed(&r, 7);
    for (int i = 0; i < 2000; i++) {
        size_t n = rng_below(&r, i % 100 == 0 ? 200000 : 300);
        unsigned char *p = arena_alloc(&a, n);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(p[k], 0);
        }
        memset(p, 0xAA, n);
        if (i % 500 == 499) {
            arena_reset(&a);
        }
    }
}

static void arena_pieces_do_not_overlap(void **state)
{
    (void)state;
    ARENA a = {0};
    char *all[500];
    for (int i = 0; i < 500; i++) {
        all[i] = arena_printf(&a, "%d-%0*d", i, i % 50 + 1, i);
    }
    for (int i = 0; i < 500; i++) {
        AUTOFREE char *want = xprintf("%d-%0*d", i, i % 50 + 1, i);
        assert_string_equal(all[i], want);
    }
    assert_null(arena_strdup(&a, NULL));
    assert_string_equal(arena_strndup(&a, "Jansson", 3), "Jan");
}

static void copies(void **state)
{
    (void)state;
    assert_null(xstrdup(NULL));
    AUTOFREE char *a = xstrndup("abc", 10), *b = xstrndup("abc", 2), *c = xstrndup("", 0);
    assert_string_equal(a, "abc");
    assert_string_equal(b, "ab");
    assert_string_equal(c, "");
}

static void restore_terminal(void)
{
    if (write(STDOUT_FILENO, "restored", 8) != 8) {
        _exit(99);
    }
}

static void death_restores_the_terminal_and_exits_3(void **state)
{
    (void)state;
    int out[2], status = 0;
    char said[16] = "";
    assert_int_equal(pipe(out), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        if (!freopen("/dev/null", "w", stderr)) {
            _exit(98);
        }
        mem_on_death(restore_terminal);
        ARENA a = {0};
        arena_alloc(&a, SIZE_MAX - 100);
        _exit(97);
    }
    close(out[1]);
    assert_int_equal(read(out[0], said, sizeof said - 1), 8);
    close(out[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
    assert_string_equal(said, "restored");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_pieces_do_not_overlap),
        cmocka_unit_test(copies),
        cmocka_unit_test(death_restores_the_terminal_and_exits_3),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
