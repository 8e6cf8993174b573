/* Transactions and the store lock: between handles, between processes, through kill -9; forced
 * writes. */
#include "help.h"
#include "shim.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

static void test_commit_rollback(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *other = store_again(&p, STORE_USE);
    int64_t before = store_data_version(other);
    assert_good(tx_begin(s, &e), e);
    assert_true(tx_open(s));
    assert_false(tx_begin(s, &e)); /* not nested, and the outer one goes on */
    save_thing(s, "kept");
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), 0);
    assert_good(tx_commit(s, &e), e);
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), 1);
    assert_true(store_data_version(other) != before);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "dropped");
    tx_rollback(s);
    tx_rollback(s); /* harmless */
    assert_false(tx_open(s));
    assert_false(tx_commit(s, &e));
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 1);
    store_close(other);
    store_close(s);
    place_done(&p);
}

static void test_savepoints(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_false(tx_savepoint(s, &e));
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "a");
    assert_good(tx_savepoint(s, &e), e);
    save_thing(s, "b");
    assert_good(tx_savepoint(s, &e), e);
    save_thing(s, "c");
    tx_savepoint_rollback(s);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 2);
    tx_savepoint_release(s);
    assert_good(tx_savepoint(s, &e), e);
    save_thing(s, "d");
    tx_savepoint_rollback(s);
    tx_savepoint_rollback(s); /* none is left: harmless */
    assert_good(tx_commit(s, &e), e);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 2);
    store_close(s);
    place_done(&p);
}

static void test_read_picture(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *other = store_again(&p, STORE_USE);
    assert_good(read_begin(other, &e), e);
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), 0);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "new");
    assert_good(tx_commit(s, &e), e);
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), 0); /* one picture */
    assert_false(tx_begin(other, &e)); /* a save from an old picture could not be right */
    read_end(other);
    read_end(other); /* harmless */
    assert_int_equal(number(other, "SELECT count(*) FROM thing"), 1);
    store_close(other);
    store_close(s);
    place_done(&p);
}

static void test_two_handles_exclude_each_other(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *other = store_again(&p, STORE_USE);
    other->lock_limit_ms = 30;
    assert_good(tx_begin(s, &e), e);
    assert_false(tx_begin(other, &e));
    assert_int_equal(e.code, ERR_BUSY);
    assert_false(store_checkpoint(other, &e)); /* the same lock */
    assert_int_equal(e.code, ERR_BUSY);
    assert_good(tx_commit(s, &e), e);
    assert_good(tx_begin(other, &e), e);
    tx_rollback(other);
    assert_good(store_checkpoint(other, &e), e);
    assert_int_equal(store_wal_bytes(other), 0);
    store_close(other);
    store_close(s);
    place_done(&p);
}

/* --- two processes
 * ------------------------------------------------------------------------------------- */

struct shared {
    volatile int ready, turns, order;
};

static struct shared *shared_new(void)
{
    struct shared *sh =
        mmap(NULL, sizeof *sh, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(sh, MAP_FAILED);
    return sh;
}

static void expect_child_ok(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Adds one to the value of row 1 by reading and writing it: without the lock, additions get lost.
 */
static bool add_one(struct store *s)
{
    struct err e = {0};
    if (!tx_begin(s, &e)) {
        return false;
    }
    int64_t n = number(s, "SELECT hidden FROM thing WHERE id = 1");
    STMT st;
    if (!stmt_get(s, DOOR_WRITE, "UPDATE thing SET hidden = ?1 WHERE id = 1", &st, &e)) {
        return false;
    }
    stmt_int(&st, 1, n + 1);
    return stmt_run(&st, &e) && tx_commit(s, &e);
}

static void add_in_child(const struct place *p, int times)
{
    struct store *s = store_again(p, STORE_USE);
    for (int i = 0; i < times; i++) {
        if (!add_one(s)) {
            _exit(1);
        }
    }
    store_close(s);
    _exit(0);
}

static void test_processes_take_turns(void **state)
{
    (void)state;
    enum { PROCESSES = 4, TIMES = 60 };
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "counter");
    assert_good(tx_commit(s, &e), e);
    store_close(s); /* a connection is never carried over a fork */
    pid_t child[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        child[i] = fork();
        if (child[i] == 0) {
            add_in_child(&p, TIMES);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        expect_child_ok(child[i]);
    }
    assert_int_equal(raw_number(&p, "SELECT hidden FROM thing WHERE id = 1"), PROCESSES * TIMES);
    place_done(&p);
}

static bool somebody_waits(const struct place *p)
{
    AUTOFREE char *name = companion(p, ".lock");
    int fd = open(name, O_RDWR | O_CLOEXEC);
    struct flock next = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 1};
    assert_int_equal(fcntl(fd, F_OFD_GETLK, &next), 0);
    close(fd);
    return next.l_type != F_UNLCK;
}

/* A session that saves without a pause must let the one that waits come first. */
static void test_greedy_lets_others_in(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct shared *sh = shared_new();
    store_close(store_new(&p));
    pid_t child = fork();
    if (child == 0) {
        struct store *s = store_again(&p, STORE_USE);
        sh->ready = 1;
        while (sh->ready != 2) {
            sched_yield();
        }
        if (!tx_begin(s, NULL)) {
            _exit(1);
        }
        sh->order = sh->turns;
        tx_rollback(s);
        store_close(s);
        _exit(0);
    }
    struct store *s = store_again(&p, STORE_USE);
    while (sh->ready != 1) {
        sched_yield();
    }
    assert_good(tx_begin(s, &e), e);
    sh->ready = 2;
    while (!somebody_waits(&p)) {
        sched_yield();
    }
    for (int i = 0; i < 20; i++) {
        tx_rollback(s);
        assert_good(tx_begin(s, &e), e); /* at once again */
        sh->turns++;
    }
    tx_rollback(s);
    expect_child_ok(child);
    assert_int_equal(sh->order, 0); /* it had its turn before the greedy one's next */
    store_close(s);
    munmap(sh, sizeof *sh);
    place_done(&p);
}

/* --- kill -9
 * ------------------------------------------------------------------------------------------- */

/* Saves pairs (thing, remark) for ever and says each number after its commit. */
static void save_for_ever(const struct place *p, int to_parent)
{
    struct store *s = store_again(p, STORE_USE);
    for (;;) {
        struct err e = {0};
        if (!tx_begin(s, &e)) {
            _exit(1);
        }
        save_thing(s, "pair");
        int64_t id = number(s, "SELECT max(id) FROM thing");
        STMT st;
        if (!stmt_get(s, DOOR_WRITE, "INSERT INTO remark(thing) VALUES (?1)", &st, &e)) {
            _exit(1);
        }
        stmt_int(&st, 1, id);
        if (!stmt_run(&st, &e) || !tx_commit(s, &e) ||
            write(to_parent, &id, sizeof id) != sizeof id) {
            _exit(1);
        }
    }
}

static void test_kill_in_the_middle(void **state)
{
    (void)state;
    enum { KILLS = 40 };
    struct place p = place_new();
    store_close(store_new(&p));
    int64_t last = 0;
    for (int i = 0; i < KILLS; i++) {
        int pipes[2];
        assert_int_equal(pipe(pipes), 0);
        pid_t child = fork();
        if (child == 0) {
            close(pipes[0]);
            save_for_ever(&p, pipes[1]);
        }
        close(pipes[1]);
        int64_t id;
        for (int n = 0; n <= i % 5; n++) { /* at another place each time */
            assert_int_equal(read(pipes[0], &id, sizeof id), sizeof id);
            last = id;
        }
        kill(child, SIGKILL);
        while (read(pipes[0], &id, sizeof id) == sizeof id) {
            last = id;
        }
        assert_int_equal(waitpid(child, NULL, 0), child);
        close(pipes[0]);
        assert_true(raw_number(&p, "SELECT max(id) FROM thing") >= last);
        assert_int_equal(raw_number(&p, "SELECT count(*) FROM thing"),
                         raw_number(&p, "SELECT count(*) FROM remark"));
    }
    struct store *s = store_again(&p, STORE_USE); /* nobody holds the lock any more */
    struct err e = {0};
    s->lock_limit_ms = 1000;
    assert_good(tx_begin(s, &e), e);
    tx_rollback(s);
    bool sound;
    assert_good(check_structure(s, &sound, &e), e);
    assert_true(sound);
    store_close(s);
    place_done(&p);
}

/* --- forced writes
 * --------------------------------------------------------------------------------------- */

static void test_one_forced_write_per_save(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    store_close(store_new(&p));
    shim_start();
    struct store *s = store_again(&p, STORE_USE);
    for (int i = 0; i < 20; i++) {
        shim.syncs = 0;
        assert_good(tx_begin(s, &e), e);
        save_thing(s, "x");
        assert_good(tx_commit(s, &e), e);
        assert_int_equal(shim.syncs, 1);
    }
    shim.syncs = 0;
    assert_good(read_begin(s, &e), e);
    number(s, "SELECT count(*) FROM thing");
    read_end(s);
    assert_int_equal(shim.syncs, 0);
    store_close(s);
    shim_stop();
    place_done(&p);
}

static void test_checkpoint_at_close_when_large(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_good(store_checkpoint(s, &e), e);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "small");
    assert_good(tx_commit(s, &e), e);
    store_close(s);
    AUTOFREE char *wal = companion(&p, "-wal");
    assert_int_equal(access(wal, F_OK), 0); /* it stays: reading works on a full disk */
    s = store_again(&p, STORE_USE);
    assert_true(store_wal_bytes(s) > 0); /* not worth a checkpoint at every end of a session */
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s,
                             "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE"
                             " i < 5000) INSERT INTO thing(name) SELECT hex(zeroblob(500)) FROM c",
                             &e),
                e);
    assert_good(tx_commit(s, &e), e);
    assert_true(store_wal_bytes(s) > STORE_WAL_LARGE);
    store_close(s);
    s = store_again(&p, STORE_USE);
    assert_int_equal(store_wal_bytes(s), 0);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 5001);
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commit_rollback),
        cmocka_unit_test(test_savepoints),
        cmocka_unit_test(test_read_picture),
        cmocka_unit_test(test_two_handles_exclude_each_other),
        cmocka_unit_test(test_processes_take_turns),
        cmocka_unit_test(test_greedy_lets_others_in),
        cmocka_unit_test(test_kill_in_the_middle),
        cmocka_unit_test(test_one_forced_write_per_save),
        cmocka_unit_test(test_checkpoint_at_close_when_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
