/* A full disk: saves are refused with a sentence, nothing acknowledged is lost, reading goes on and
 * is logged with the help of the reserve, and when there is room again everything is as before. The
 * disk is played by a layer under the engine, so that this runs everywhere; the last test uses a
 * real small disk where it may. */
#include "help.h"
#include "shim.h"
#include "treben/store/log.h"
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

/* Adds one row of some size; says whether it was acknowledged. */
static bool save(struct store *s, struct err *e)
{
    static const char text[] = "a sentence that somebody has typed";
    if (!tx_begin(s, e)) {
        return false;
    }
    STMT st;
    if (!stmt_get(s, DOOR_WRITE, "INSERT INTO thing(name) VALUES (?1 || hex(zeroblob(1000)))", &st,
                  e)) {
        tx_rollback(s);
        return false;
    }
    stmt_text(&st, 1, text);
    if (!stmt_run(&st, e)) {
        tx_rollback(s);
        return false;
    }
    stmt_release(&st);
    return tx_commit(s, e);
}

static bool log_a_read(struct store *s, struct err *e)
{
    struct log_row row = {.session = "S", .action = "VISA", .record = "R1", .result = "ok"};
    return log_append_now(s, &row, e);
}

static int64_t log_rows(struct store *s)
{
    struct err e = {0};
    struct log_verdict v;
    assert_good(log_verify(s, &v, &e), e);
    assert_int_equal(v.bad_seq, 0);
    return v.rows;
}

static int fill_up(struct store *s)
{
    struct err e = {0};
    int acknowledged = 0;
    while (save(s, &e)) {
        assert_true(++acknowledged < 200000);
    }
    assert_int_equal(e.code, ERR_FULL);
    assert_non_null(strstr(e.text, "disk is full"));
    assert_false(tx_open(s));
    return acknowledged;
}

static void test_saves_refused_reads_go_on(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    store_close(store_new(&p));
    shim_start();
    struct store *s = store_again(&p, STORE_USE), *other = store_again(&p, STORE_USE);
    shim.room = 300000;
    int acknowledged = fill_up(s);
    assert_true(acknowledged > 0 && shim.refused > 0);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), acknowledged);
    /* the reserve is gone, which is the same as room: the shim gives it */
    assert_false(there(&p, ".reserve"));
    assert_true(store_is_reduced(s) && store_is_reduced(other));
    shim.room = (long)STORE_RESERVE_BYTES;
    assert_false(save(s, &e));
    assert_int_equal(e.code, ERR_FULL);
    assert_false(save(other, &e)); /* all sessions stop saving, or they would eat the reserve */
    assert_int_equal(e.code, ERR_FULL);
    for (int i = 0; i < 100; i++) {
        assert_good(log_a_read(i % 2 ? s : other, &e), e);
    }
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), acknowledged);
    assert_int_equal(log_rows(s), 100);
    store_close(other);
    store_close(s);
    /* a new session with nothing free: it can be opened and read */
    shim.room = 0;
    s = store_again(&p, STORE_USE);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), acknowledged);
    store_close(s);
    shim.room = -1;
    s = store_again(&p, STORE_USE); /* room again */
    assert_false(store_is_reduced(s));
    assert_good(save(s, &e), e);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), acknowledged + 1);
    bool sound;
    assert_good(check_structure(s, &sound, &e), e);
    assert_true(sound);
    store_close(s);
    shim_stop();
    place_done(&p);
}

/* The first to meet the full disk may be the log row of a read: it uses the reserve it has just
 * freed. */
static const struct place *at_place;

static void log_gets_reserve(void)
{
    if (!there(at_place, ".reserve")) {
        shim.room = (long)STORE_RESERVE_BYTES;
    }
}

static void test_log_row_frees_the_reserve(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    store_close(store_new(&p));
    at_place = &p;
    shim_start();
    struct store *s = store_again(&p, STORE_USE);
    shim.room = 0;
    shim.when_asked = log_gets_reserve;
    assert_good(log_a_read(s, &e), e);
    assert_true(shim.refused > 0);
    assert_true(store_is_reduced(s));
    assert_int_equal(log_rows(s), 1);
    store_close(s);
    shim_stop();
    place_done(&p);
}

/* Reserve used up: the log row cannot be written, so the answer may not leave. */
static void test_nothing_left_at_all(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    store_close(store_new(&p));
    shim_start();
    struct store *s = store_again(&p, STORE_USE);
    shim.room = 0;
    assert_false(log_a_read(s, &e));
    assert_int_equal(e.code, ERR_FULL);
    assert_false(tx_open(s));
    assert_int_equal(log_rows(s), 0);
    shim.room = -1;
    assert_good(log_a_read(s, &e), e);
    assert_int_equal(log_rows(s), 1);
    store_close(s);
    shim_stop();
    place_done(&p);
}

/* However far a save comes, it is there wholly or not at all. */
static void test_every_amount_of_room(void **state)
{
    (void)state;
    struct place p = place_new();
    store_close(store_new(&p));
    shim_start();
    int refused = 0, done = 0;
    int64_t before = 0;
    for (long room = 0; room < 40000; room += 500) {
        struct err e = {0};
        shim.room = -1;
        struct store *s = store_again(&p, STORE_USE);
        if (room % 5000 == 0) {
            assert_good(store_checkpoint(s, &e), e); /* so that the log begins at nothing again */
        }
        shim.room = room;
        bool good = save(s, &e);
        int64_t now = number(s, "SELECT count(*) FROM thing");
        assert_int_equal(now, before + good);
        assert_true(good || e.code == ERR_FULL);
        refused += !good;
        done += good;
        before = now;
        shim.room = -1;
        store_close(s);
    }
    assert_true(refused > 3 && done > 3);
    shim_stop();
    place_done(&p);
}

/* --- a real disk of 70 MiB
 * -------------------------------------------------------------------------------- */

static void use_up(const struct place *p, const char *suffix)
{
    AUTOFREE char *name = companion(p, suffix);
    AUTOFREE char *bytes = xcalloc(1, 4096);
    int fd = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_true(fd >= 0);
    while (write(fd, bytes, 4096) == 4096) {
    }
    close(fd);
}

static void test_small_disk(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    /* in a view of the file systems of our own, which ends with the process */
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", p.dir, "tmpfs", 0, "size=70m") != 0) {
        place_done(&p);
        print_message("no small disk may be mounted here\n");
        skip();
    }
    struct store *s = store_new(&p);
    assert_false(store_is_reduced(s));
    int acknowledged = fill_up(s);
    assert_true(acknowledged > 0);
    assert_false(there(&p, ".reserve"));
    for (int i = 0; i < 50; i++) {
        assert_good(log_a_read(s, &e), e);
    }
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), acknowledged);
    assert_int_equal(log_rows(s), 50);
    store_close(s);
    use_up(&p, ".waste"); /* to the last byte */
    s = store_again(&p, STORE_USE);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), acknowledged);
    assert_false(log_a_read(s, &e));
    assert_int_equal(e.code, ERR_FULL);
    store_close(s);
    AUTOFREE char *waste = companion(&p, ".waste");
    unlink(waste);
    s = store_again(&p, STORE_USE);
    assert_good(store_checkpoint(s, &e), e);
    store_close(s);
    assert_int_equal(umount(p.dir), 0);
    rmdir(p.dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_saves_refused_reads_go_on),
        cmocka_unit_test(test_log_row_frees_the_reserve),
        cmocka_unit_test(test_nothing_left_at_all),
        cmocka_unit_test(test_every_amount_of_room),
        cmocka_unit_test(test_small_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
