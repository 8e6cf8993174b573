/* Copies: whole, checked, never over something else; back into place with the old one kept; the
 * check. */
#include "help.h"
#include "treben/store/backup.h"
#include "treben/store/log.h"
#include <fcntl.h>
#include <sys/stat.h>

static struct store *with_rows(const struct place *p)
{
    struct err e = {0};
    struct store *s = store_new(p);
    for (int i = 0; i < 5; i++) {
        struct log_row row = {.session = "S", .action = "SKAPA", .result = "ok"};
        assert_good(tx_begin(s, &e), e);
        save_thing(s, "before");
        assert_good(log_append(s, &row, &e), e);
        assert_good(tx_commit(s, &e), e);
    }
    return s;
}

static char *beside(const struct place *p, const char *name)
{
    return xprintf("%s/%s", p->dir, name);
}

static void test_backup_and_restore(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p), *reader = store_again(&p, STORE_USE);
    AUTOFREE char *copy = beside(&p, "copy.db");
    assert_good(backup_make(s, copy, &e), e);
    struct stat st;
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_false(there(&p, ".partial"));
    AUTOFREE char *wal = beside(&p, "copy.db-wal"), *part = beside(&p, "copy.db.partial");
    assert_int_not_equal(access(wal, F_OK), 0); /* one piece */
    assert_int_not_equal(access(part, F_OK), 0);
    assert_false(backup_make(s, copy, &e)); /* never over something */
    assert_int_equal(e.code, ERR_IO);
    assert_good(tx_begin(s, &e), e);
    save_thing(s, "after");
    assert_good(tx_commit(s, &e), e);
    assert_false(backup_restore(copy, p.file, &e)); /* in use */
    assert_int_equal(e.code, ERR_BUSY);
    store_close(reader);
    store_close(s);
    assert_good(backup_restore(copy, p.file, &e), e);
    s = store_again(&p, STORE_USE);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 5);
    struct log_verdict v;
    assert_good(log_verify(s, &v, &e), e);
    assert_int_equal(v.bad_seq, 0);
    assert_int_equal(v.rows, 5);
    store_close(s);
    /* what was there is whole under its other name, with what was saved last */
    AUTOFREE char *old = companion(&p, ".before-restore");
    assert_good(store_open(old, STORE_USE, &s, &e), e);
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 6);
    store_close(s);
    assert_false(backup_restore(copy, p.file, &e)); /* a second time would lose that */
    assert_non_null(strstr(e.text, "before-restore"));
    s = store_again(&p, STORE_USE);
    store_close(s);
    place_done(&p);
}

static void test_restore_to_a_new_place(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p);
    AUTOFREE char *copy = beside(&p, "copy.db"), *fresh = beside(&p, "fresh.db");
    assert_good(backup_make(s, copy, &e), e);
    assert_good(backup_restore(copy, fresh, &e), e);
    struct store *t;
    assert_good(store_open(fresh, STORE_USE, &t, &e), e);
    assert_int_equal(number(t, "SELECT count(*) FROM thing"), 5);
    store_close(t);
    store_close(s);
    place_done(&p);
}

static void test_bad_backups_are_refused(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p);
    AUTOFREE char *copy = beside(&p, "copy.db"), *key = beside(&p, "copy.db.key");
    AUTOFREE char *away = beside(&p, "away");
    assert_good(backup_make(s, copy, &e), e);
    store_close(s);
    assert_false(backup_restore("/nowhere/x", p.file, &e));
    assert_int_equal(e.code, ERR_IO);
    assert_int_equal(rename(key, away), 0);
    assert_false(backup_restore(copy, p.file, &e)); /* without its key it would be unreadable */
    assert_non_null(strstr(e.text, "copy.db.key"));
    assert_int_equal(rename(away, key), 0);
    int fd = open(copy, O_RDWR);
    assert_true(fd >= 0);
    char trash[4096];
    memset(trash, 0xa5, sizeof trash);
    assert_int_equal(pwrite(fd, trash, sizeof trash, 4096), sizeof trash); /* the second page */
    close(fd);
    assert_false(backup_restore(copy, p.file, &e));
    assert_int_equal(e.code, ERR_DB);
    fd = open(copy, O_WRONLY | O_TRUNC);
    close(fd);
    assert_false(backup_restore(copy, p.file, &e));
    assert_int_equal(e.code, ERR_SCHEMA);
    s = store_again(&p, STORE_USE); /* the live one was never touched */
    assert_int_equal(number(s, "SELECT count(*) FROM thing"), 5);
    assert_false(there(&p, ".before-restore"));
    store_close(s);
    place_done(&p);
}

static void test_tampered_log_gives_no_backup(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p);
    store_close(s);
    raw_run(&p, "DROP TRIGGER log_no_update; UPDATE log SET user = 'U9' WHERE seq = 3");
    s = store_again(&p, STORE_OPERATE);
    AUTOFREE char *copy = beside(&p, "copy.db"), *key = beside(&p, "copy.db.key");
    assert_false(backup_make(s, copy, &e));
    assert_non_null(strstr(e.text, "Row 3"));
    assert_int_not_equal(access(copy, F_OK), 0); /* nothing is left */
    assert_int_not_equal(access(key, F_OK), 0);
    store_close(s);
    place_done(&p);
}

static void count_bad(void *ctx, bool good, const char *sentence)
{
    int *bad = ctx;
    assert_true(*sentence);
    *bad += !good;
}

static int findings(struct store *s)
{
    struct err e = {0};
    int bad = 0;
    bool sound;
    assert_good(store_check(s, count_bad, &bad, &sound, &e), e);
    assert_int_equal(sound, bad == 0);
    assert_false(tx_open(s));
    return bad;
}

static void test_check(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = with_rows(&p);
    assert_good(tx_begin(s, &e), e);
    assert_good(store_script(s, "INSERT INTO search_test(rowid, text) VALUES (1, 'word')", &e), e);
    assert_good(tx_commit(s, &e), e);
    assert_int_equal(findings(s), 0);
    raw_run(&p, "PRAGMA foreign_keys=OFF; INSERT INTO remark(thing) VALUES (4711)");
    assert_int_equal(findings(s), 1);
    raw_run(&p, "UPDATE search_test_content SET c0 = 'other' WHERE id = 1");
    assert_int_equal(findings(s), 2);
    raw_run(&p, "DROP TRIGGER log_no_update; UPDATE log SET user = 'U9' WHERE seq = 3");
    assert_int_equal(findings(s), 3);
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_backup_and_restore),
        cmocka_unit_test(test_restore_to_a_new_place),
        cmocka_unit_test(test_bad_backups_are_refused),
        cmocka_unit_test(test_tampered_log_gives_no_backup),
        cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
