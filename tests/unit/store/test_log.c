/* The access log: order, content, and that every kind of tampering is found at its row. */
#include "help.h"
#include "treben/base/id.h"
#include "treben/store/backup.h"
#include "treben/store/log.h"

static struct log_row some_row(int i)
{
    static const char *const actions[] = {"VISA", "SOK", "LISTA", "ANDRA"};
    return (struct log_row){.session = "S1",
                            .user = i % 7 ? "U1" : NULL,
                            .agency = "POL",
                            .roles = "KOORD_P",
                            .action = actions[i % 4],
                            .kind = "person",
                            .record = i % 3 ? "R1" : NULL,
                            .fields = i % 5 ? NULL : "given_name,family_name",
                            .shown = i % 2 ? "" : "R1,R2",
                            .n = i,
                            .purpose = NULL,
                            .result = "ok"};
}

/* In one transaction, because one each would be a forced write each. */
static void append(struct store *s, int n)
{
    struct err e = {0};
    assert_good(tx_begin(s, &e), e);
    for (int i = 0; i < n; i++) {
        struct log_row row = some_row(i);
        assert_good(log_append(s, &row, &e), e);
    }
    assert_good(tx_commit(s, &e), e);
}

static struct log_verdict verdict(struct store *s)
{
    struct err e = {0};
    struct log_verdict v;
    assert_good(log_verify(s, &v, &e), e);
    return v;
}

static struct log_verdict verdict_of(const struct place *p)
{
    struct store *s = store_again(p, STORE_OPERATE);
    struct log_verdict v = verdict(s);
    store_close(s);
    return v;
}

#define UNLOCK "DROP TRIGGER IF EXISTS log_no_update; DROP TRIGGER IF EXISTS log_no_delete;"

struct seen {
    int n;
    int64_t last;
    char since[INSTANT_TEXT];
};

static bool see(void *ctx, const struct log_row *row)
{
    struct seen *seen = ctx;
    struct log_row want = some_row((int)row->n);
    assert_true(str_eq(row->user, want.user) && str_eq(row->record, want.record) &&
                str_eq(row->fields, want.fields) && str_eq(row->shown, want.shown) &&
                str_eq(row->action, want.action) && str_eq(row->purpose, NULL));
    seen->n++;
    seen->last = row->seq;
    return seen->n < 8;
}

static void test_append_and_read(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    struct log_row row = some_row(1);
    assert_false(log_append(s, &row, &e)); /* only inside a transaction */
    clock_set(1800000000);
    append(s, 5);
    clock_set(1800000100);
    assert_good(log_append_now(s, &row, &e), e);
    assert_int_equal(row.seq, 6);
    assert_string_equal(row.at, "2027-01-15T08:01:40Z");
    assert_false(tx_open(s));
    append(s, 5);
    clock_set(INSTANT_NONE);
    struct seen all = {0}, late = {0};
    assert_good(log_read(s, "", see, &all, &e), e);
    assert_int_equal(all.n, 8); /* stopped where asked */
    assert_good(log_read(s, "2027-01-15T08:01:40Z", see, &late, &e), e);
    assert_int_equal(late.n, 6);
    assert_int_equal(late.last, 11);
    assert_int_equal(verdict(s).rows, 11);
    assert_int_equal(verdict(s).bad_seq, 0);
    store_close(s);
    place_done(&p);
}

static void test_chain_over_handles_and_rollback(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *other = store_again(&p, STORE_USE);
    for (int i = 0; i < 6; i++) {
        struct log_row row = some_row(i);
        assert_good(log_append_now(i % 2 ? s : other, &row, &e), e);
        assert_int_equal(row.seq, i + 1);
    }
    struct log_row row = some_row(6);
    assert_good(tx_begin(s, &e), e);
    assert_good(log_append_now(s, &row, &e), e); /* inside: belongs to the transaction */
    assert_good(tx_savepoint(s, &e), e);
    assert_good(log_append(s, &row, &e), e);
    tx_savepoint_rollback(s);
    assert_good(log_append(s, &row, &e), e);
    assert_int_equal(row.seq, 8);
    tx_rollback(s);
    assert_good(log_append_now(s, &row, &e), e);
    assert_int_equal(row.seq, 7);
    assert_int_equal(verdict(s).bad_seq, 0);
    assert_int_equal(verdict(s).rows, 7);
    store_close(other);
    store_close(s);
    place_done(&p);
}

static void test_append_only(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    append(s, 3);
    assert_good(tx_begin(s, &e), e);
    assert_false(store_script(s, "UPDATE log SET user = 'U9' WHERE seq = 2", NULL));
    assert_false(store_script(s, "DELETE FROM log WHERE seq = 3", NULL));
    tx_rollback(s);
    assert_int_equal(verdict(s).bad_seq, 0);
    store_close(s);
    place_done(&p);
}

/* Some hundreds of single changes, each put back afterwards. */
static void test_every_flip_is_found(void **state)
{
    (void)state;
    static const char *const columns[] = {"at",     "session", "user",   "agency", "roles",
                                          "action", "kind",    "record", "fields", "terms_hash",
                                          "shown",  "purpose", "result", "detail", "h"};
    enum { ROWS = 120, FLIPS = 400 };
    struct place p = place_new();
    struct store *s = store_new(&p);
    append(s, ROWS);
    store_close(s);
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(p.file, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, UNLOCK, NULL, NULL, NULL), SQLITE_OK);
    s = store_again(&p, STORE_OPERATE);
    struct rng rng;
    rng_seed(&rng, 20261122);
    int changed = 0;
    for (int i = 0; i < FLIPS; i++) {
        int seq = 1 + (int)rng_below(&rng, ROWS);
        const char *column = columns[rng_below(&rng, N_OF(columns))];
        const char *how = rng_below(&rng, 2) ? "substr(%s, 1, length(%s) - 1)" : "%s || '.'";
        AUTOFREE char *value =
            str_eq(column, "h") ? xstrdup("zeroblob(32)") : xprintf(how, column, column);
        AUTOFREE char *flip = xprintf(
            "SAVEPOINT x; UPDATE log SET %s = CASE WHEN %s IS NULL THEN '' ELSE %s END WHERE seq ="
            " %d; RELEASE x",
            column, column, value, seq);
        AUTOFREE char *keep = xprintf("CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM log;"
                                      "SELECT count(*) FROM kept");
        AUTOFREE char *back =
            xprintf("UPDATE log SET %s = (SELECT k.%s FROM kept k WHERE k.seq = %d) WHERE seq = %d",
                    column, column, seq, seq);
        AUTOFREE char *same = xprintf("SELECT 1 FROM log l JOIN kept k USING (seq) WHERE seq = %d"
                                      " AND l.%s IS k.%s",
                                      seq, column, column);
        assert_int_equal(sqlite3_exec(raw, keep, NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(raw, flip, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_stmt *st;
        assert_int_equal(sqlite3_prepare_v2(raw, same, -1, &st, NULL), SQLITE_OK);
        bool is_same = sqlite3_step(st) == SQLITE_ROW; /* an empty text cut is empty */
        sqlite3_finalize(st);
        struct log_verdict v = verdict(s);
        assert_int_equal(v.bad_seq, is_same ? 0 : seq);
        changed += !is_same;
        assert_int_equal(sqlite3_exec(raw, back, NULL, NULL, NULL), SQLITE_OK);
    }
    assert_true(changed > FLIPS / 2);
    assert_int_equal(verdict(s).bad_seq, 0);
    sqlite3_close(raw);
    store_close(s);
    place_done(&p);
}

static void test_tampering(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        int64_t bad;
    } cases[] = {
        {"DELETE FROM log WHERE seq = 7", 7},
        {"UPDATE log SET n = n + 1 WHERE seq = 1", 1},
        {"DELETE FROM log WHERE seq = 1", 1},
        {"DELETE FROM log WHERE seq > 15", 16},
        {"DELETE FROM log", 1},
        {"UPDATE log SET seq = -1 WHERE seq = 8; UPDATE log SET seq = 8 WHERE seq = 9;"
         "UPDATE log SET seq = 9 WHERE seq = -1",
         8},
        {"UPDATE log SET h = (SELECT h FROM log WHERE seq = 4) WHERE seq = 5", 5},
        {"INSERT INTO log SELECT 21, at, session, user, agency, roles, action, kind, record, "
         "fields,"
         " terms_hash, shown, n, purpose, result, detail, h FROM log WHERE seq = 20",
         21},
        {"INSERT INTO log SELECT 0, at, session, user, agency, roles, action, kind, record, fields,"
         " terms_hash, shown, n, purpose, result, detail, h FROM log WHERE seq = 20",
         1},
        {"DELETE FROM meta WHERE key = 'log_head'", 21},
        {"UPDATE meta SET value = 'x' WHERE key = 'log_head'", 21},
    };
    for (size_t i = 0; i < N_OF(cases); i++) {
        struct place p = place_new();
        struct store *s = store_new(&p);
        append(s, 20);
        s->log_written = false; /* no anchor: the chain alone must tell */
        store_close(s);
        AUTOFREE char *sql = xprintf(UNLOCK "%s", cases[i].sql);
        raw_run(&p, sql);
        struct log_verdict v = verdict_of(&p);
        if (v.bad_seq != cases[i].bad || !*v.reason) {
            fail_msg("%s: row %lld, %s", cases[i].sql, (long long)v.bad_seq, v.reason);
        }
        place_done(&p);
    }
}

/* Whoever can write the file computes the rest of the chain, and the head, anew. */
static void forge(const struct place *p, int64_t from, int64_t to)
{
    raw_run(p, UNLOCK);
    sqlite3 *db;
    sqlite3_stmt *st, *put;
    assert_int_equal(sqlite3_open(p->file, &db), SQLITE_OK);
    int on = 1;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
    AUTOFREE char *cut = xprintf("UPDATE log SET user = 'U9' WHERE seq = %lld;"
                                 "DELETE FROM log WHERE seq > %lld",
                                 (long long)from, (long long)to);
    assert_int_equal(sqlite3_exec(db, cut, NULL, NULL, NULL), SQLITE_OK);
    AUTOFREE char *sql = xprintf("%s ORDER BY seq", log_select);
    unsigned char h[LOG_HASH] = {0};
    struct str room = {0};
    char head[128] = "";
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE log SET h = ?1 WHERE seq = ?2", -1, &put, NULL),
                     SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct log_text text[LOG_TEXTS];
        for (int i = 0; i < LOG_TEXTS; i++) {
            text[i].p = (const char *)sqlite3_column_text(st, 3 + i);
            text[i].n = (size_t)sqlite3_column_bytes(st, 3 + i);
        }
        int64_t seq = sqlite3_column_int64(st, 0);
        log_row_hash(&room, h, seq, sqlite3_column_int64(st, 1), text, h);
        sqlite3_bind_blob(put, 1, h, LOG_HASH, SQLITE_TRANSIENT);
        sqlite3_bind_int64(put, 2, seq);
        assert_int_equal(sqlite3_step(put), SQLITE_DONE);
        sqlite3_reset(put);
        head_text(seq, h, head, sizeof head);
    }
    sqlite3_finalize(st);
    sqlite3_finalize(put);
    str_done(&room);
    AUTOFREE char *last = xprintf("UPDATE meta SET value = '%s' WHERE key = 'log_head'", head);
    assert_int_equal(sqlite3_exec(db, last, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void test_anchors_find_a_forged_chain(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    append(s, 10);
    store_close(s); /* anchor at 10 */
    s = store_again(&p, STORE_USE);
    append(s, 10);
    s->log_written = false; /* killed: no anchor at 20 */
    store_close(s);
    forge(&p, 15, 20);
    assert_int_equal(verdict_of(&p).bad_seq, 0); /* past the last anchor nothing can tell … */
    forge(&p, 5, 20);
    struct log_verdict v = verdict_of(&p);
    assert_int_equal(v.bad_seq, 10); /* … before it the anchor does */
    assert_non_null(strstr(v.reason, "anew"));
    place_done(&p);
}

static void test_anchors_find_a_cut_tail(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    append(s, 30);
    store_close(s);
    forge(&p, 31, 12); /* changes nothing but the end, and makes the head fit */
    struct log_verdict v = verdict_of(&p);
    assert_int_equal(v.bad_seq, 13);
    assert_non_null(strstr(v.reason, "30"));
    place_done(&p);
}

static int anchor_lines(const struct place *p)
{
    AUTOFREE char *name = companion(p, ".anchor");
    FILE *f = fopen(name, "r");
    int n = 0;
    for (int c; f && (c = fgetc(f)) != EOF;) {
        n += c == '\n';
    }
    if (f) {
        fclose(f);
    }
    return n;
}

static void test_anchor_lines(void **state)
{
    (void)state;
    struct place p = place_new();
    struct store *s = store_new(&p);
    assert_int_equal(anchor_lines(&p), 1);
    append(s, 999);
    assert_int_equal(anchor_lines(&p), 1);
    append(s, 1);
    assert_int_equal(anchor_lines(&p), 2);
    append(s, 1200);
    assert_int_equal(anchor_lines(&p), 3);
    append(s, 1);
    store_close(s);
    assert_int_equal(anchor_lines(&p), 4);
    store_close(store_again(&p, STORE_USE)); /* nothing logged, nothing noted */
    assert_int_equal(anchor_lines(&p), 4);
    assert_int_equal(verdict_of(&p).bad_seq, 0);
    AUTOFREE char *name = companion(&p, ".anchor");
    FILE *f = fopen(name, "a");
    assert_non_null(f);
    fputs("2201 ab", f); /* broken off in the middle: that line never counted */
    fclose(f);
    assert_int_equal(verdict_of(&p).bad_seq, 0);
    f = fopen(name, "a");
    assert_non_null(f);
    fputs("\n", f);
    fclose(f);
    assert_true(verdict_of(&p).bad_seq != 0); /* a whole line that is none */
    unlink(name);
    assert_non_null(strstr(verdict_of(&p).reason, "anchor file is missing"));
    place_done(&p);
}

static void test_terms_hash(void **state)
{
    (void)state;
    struct place p = place_new(), q = place_new();
    struct err e = {0};
    struct store *s = store_new(&p), *t = store_new(&q);
    char a[33], b[33], c[33], d[33];
    assert_good(log_hash_terms(s, "anders", a, &e) && log_hash_terms(s, "anders", b, &e) &&
                    log_hash_terms(s, "andersson", c, &e) && log_hash_terms(t, "anders", d, &e),
                e);
    assert_int_equal(strlen(a), 32);
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d); /* another city's secret */
    store_close(s);
    store_close(t);
    place_done(&p);
    place_done(&q);
}

static void note(struct store *s, struct log_row row)
{
    struct err e = {0};
    row.session = "S1";
    row.action = "VISA";
    row.result = row.result ? row.result : "ok";
    assert_good(log_append(s, &row, &e), e);
}

static void assert_seen(struct store *s, struct log_seen what, int max, const char *users,
                        bool want_cut)
{
    struct err e = {0};
    log_user found[8];
    int n = -1;
    bool cut = !want_cut;
    STR all = {0};
    assert_good(log_seen_by(s, &what, found, max, &n, &cut, &e), e);
    for (int i = 0; i < n; i++) {
        str_printf(&all, "%s%s", i ? " " : "", found[i]);
    }
    assert_string_equal(str_text(&all), users);
    assert_int_equal(cut, want_cut);
}

static void test_seen_by(void **state)
{
    (void)state;
    struct place p = place_new();
    struct err e = {0};
    struct store *s = store_new(&p);
    assert_seen(s, (struct log_seen){.record = "R1", .since = ""}, 8, "", false);
    assert_good(tx_begin(s, &e), e);
    clock_set(1800000000);
    note(s, (struct log_row){.user = "EARLY", .agency = "POL", .record = "R1"});
    clock_set(1800000100);
    note(s, (struct log_row){.user = "ROW", .agency = "POL", .record = "R1"});
    note(s, (struct log_row){.user = "PARENT", .agency = "SNC", .record = "P1"});
    note(s, (struct log_row){.user = "LIST", .agency = "POL", .shown = "R0,R1"});
    note(s, (struct log_row){.user = "REFUSED", .agency = "SNC", .record = "R1", .result = "denied"});
    note(s, (struct log_row){.user = "OTHER", .agency = "POL", .record = "R2", .shown = "R3"});
    note(s, (struct log_row){.record = "R1"}); /* nobody yet */
    note(s, (struct log_row){.user = "ROW", .agency = "POL", .record = "R1"});
    assert_good(tx_commit(s, &e), e);
    struct log_seen what = {.record = "R1", .parent = "P1", .since = "2027-01-15T08:01:40Z"};
    assert_seen(s, what, 8, "ROW LIST PARENT", false);
    assert_seen(s, what, 2, "ROW LIST", true);
    what.agency = "POL";
    assert_seen(s, what, 8, "ROW LIST", false);
    what.parent = what.agency = NULL;
    what.since = "2027-01-15T08:00:00Z";
    assert_seen(s, what, 8, "ROW LIST EARLY", false);
    clock_set(INSTANT_NONE);
    store_close(s);
    place_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append_and_read),
        cmocka_unit_test(test_chain_over_handles_and_rollback),
        cmocka_unit_test(test_append_only),
        cmocka_unit_test(test_every_flip_is_found),
        cmocka_unit_test(test_tampering),
        cmocka_unit_test(test_anchors_find_a_forged_chain),
        cmocka_unit_test(test_anchors_find_a_cut_tail),
        cmocka_unit_test(test_anchor_lines),
        cmocka_unit_test(test_terms_hash),
        cmocka_unit_test(test_seen_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
