/* The line: messages whole and in order, limits, malformed input, ends. */
#include "test.h"

#include "treben/base/id.h"
#include "treben/base/str.h"
#include "treben/wire/conn.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

struct line {
    int ours, theirs;
    struct conn *conn; /* on ours */
};

static void open_line(struct line *l)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    *l = (struct line){.ours = ends[0], .theirs = ends[1], .conn = conn_new(ends[0], ends[0])};
}

static void hang_up(struct line *l)
{
    if (l->theirs >= 0) {
        close(l->theirs);
    }
    l->theirs = -1;
}

static void close_line(struct line *l)
{
    hang_up(l);
    conn_free(l->conn);
    close(l->ours);
}

static void put(struct line *l, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(l->theirs, bytes, n);
        assert_true(done > 0);
        bytes += done;
        n -= (size_t)done;
    }
}

/* Another thread writes, because a socket holds less than a message may have. */
struct writer {
    int fd;
    const char *bytes;
    size_t n, step; /* step: bytes a write, 0 all */
};

static void *write_slowly(void *arg)
{
    struct writer *w = arg;
    while (w->n > 0) {
        size_t part = w->step && w->step < w->n ? w->step : w->n;
        ssize_t done = send(w->fd, w->bytes, part, MSG_NOSIGNAL);
        if (done <= 0) {
            break;
        }
        w->bytes += done;
        w->n -= (size_t)done;
    }
    return NULL;
}

static json_int_t number_in(json_t *message)
{
    json_int_t n = json_integer_value(json_object_get(message, "n"));
    json_decref(message);
    return n;
}

static void messages_come_whole_and_in_order(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    json_t *m = NULL;
    open_line(&l);
    put(&l, "{\"n\":1}\n{\"n\":2}\r\n{\"n\":", 22);
    assert_false(conn_has_line(l.conn));
    assert_int_equal(conn_fd(l.conn), l.ours);
    assert_true(conn_recv(l.conn, &m, &e));
    assert_int_equal(number_in(m), 1);
    assert_true(conn_has_line(l.conn));
    assert_true(conn_recv(l.conn, &m, &e));
    assert_int_equal(number_in(m), 2);
    assert_false(conn_has_line(l.conn));
    put(&l, "3}\n", 3);
    assert_true(conn_recv(l.conn, &m, &e));
    assert_int_equal(number_in(m), 3);
    hang_up(&l);
    m = NULL;
    assert_false(conn_recv(l.conn, &m, &e));
    assert_int_equal(e.code, ERR_GONE);
    assert_null(m);
    close_line(&l);
}

static void a_cut_message_is_no_message(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    json_t *m = NULL;
    open_line(&l);
    put(&l, "{\"n\":1}", 7);
    hang_up(&l);
    assert_false(conn_recv(l.conn, &m, &e));
    assert_int_equal(e.code, ERR_GONE);
    assert_null(m);
    close_line(&l);
}

static void malformed_lines_are_syntax_errors(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } bad[] = {
#define LINE(text) {text, sizeof text - 1}
        LINE("\n"),
        LINE("hello\n"),
        LINE("[]\n"),
        LINE("1\n"),
        LINE("\"x\"\n"),
        LINE("null\n"),
        LINE("{\n"),
        LINE("{\"a\":1,\"a\":2}\n"),
        LINE("{\"a\":{\"b\":1,\"b\":1}}\n"),
        LINE("{\"a\":\"x\0y\"}\n"),
        LINE("{\"a\":\"\\u0000\"}\n"),
        LINE("{\"a\":\"\xFF\"}\n"),
        LINE("{\"a\":\"\xED\xA0\x80\"}\n"),
        LINE("{\"a\":\"\\ud800\"}\n"),
        LINE("{} {}\n"),
        LINE("{\"a\":1}x\n"),
        LINE("{\"a\":1e999}\n"),
        LINE("{\"a\":99999999999999999999999}\n"),
        LINE("{'a':1}\n"),
        LINE("\0{}\n"),
    };
    for (size_t i = 0; i < N_OF(bad); i++) {
        struct line l;
        struct err e;
        json_t *m = NULL;
        open_line(&l);
        put(&l, bad[i].bytes, bad[i].n);
        if (conn_recv(l.conn, &m, &e)) {
            fail_msg("accepted: %s", bad[i].bytes);
        }
        assert_int_equal(e.code, ERR_SYNTAX);
        assert_null(m);
        close_line(&l);
    }
}

/* {"a":[[[…]]]} with so many levels in all */
static void nested(struct str *s, int depth, const char *inner)
{
    str_clear(s);
    str_add(s, "{\"a\":");
    for (int i = 1; i < depth; i++) {
        str_addc(s, '[');
    }
    str_add(s, inner);
    for (int i = 1; i < depth; i++) {
        str_addc(s, ']');
    }
    str_add(s, "}\n");
}

static void nesting_is_limited(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    json_t *m = NULL;
    STR s = {0};
    open_line(&l);
    nested(&s, 64, "\"[[[[[[[[ \\\" [[[[ \\\\\"");
    put(&l, s.p, s.len);
    assert_true(conn_recv(l.conn, &m, &e));
    json_decref(m);
    nested(&s, 65, "1");
    put(&l, s.p, s.len);
    assert_false(conn_recv(l.conn, &m, &e));
    assert_int_equal(e.code, ERR_SYNTAX);
    close_line(&l);
}

/* A line of exactly n bytes before its end. */
static char *line_of(size_t n)
{
    char *line = xmalloc(n + 2);
    memset(line, 'x', n);
    memcpy(line, "{\"a\":\"", 6);
    memcpy(line + n - 2, "\"}\n", 4);
    return line;
}

static void the_largest_message_passes_and_one_byte_more_does_not(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct line l;
        struct err e;
        json_t *m = NULL;
        open_line(&l);
        AUTOFREE char *line = line_of(WIRE_MAX + more);
        struct writer w = {.fd = l.theirs, .bytes = line, .n = WIRE_MAX + more + 1, .step = 50000};
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, write_slowly, &w), 0);
        bool ok = conn_recv(l.conn, &m, &e);
        assert_int_equal(ok, more == 0);
        if (ok) {
            assert_int_equal(json_string_length(json_object_get(m, "a")), WIRE_MAX - 8);
            json_decref(m);
        } else {
            assert_int_equal(e.code, ERR_SYNTAX);
            assert_false(conn_recv(l.conn, &m, &e)); /* and stays refused: this is mid-line */
            assert_int_equal(e.code, ERR_SYNTAX);
        }
        shutdown(l.ours, SHUT_RDWR);
        pthread_join(thread, NULL);
        close_line(&l);
    }
}

static void an_endless_line_is_refused_at_the_limit(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    json_t *m = NULL;
    open_line(&l);
    size_t n = 8 * WIRE_MAX;
    AUTOFREE char *bytes = xmalloc(n);
    memset(bytes, '[', n);
    struct writer w = {.fd = l.theirs, .bytes = bytes, .n = n};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, write_slowly, &w), 0);
    assert_false(conn_recv(l.conn, &m, &e));
    assert_int_equal(e.code, ERR_SYNTAX);
    shutdown(l.ours, SHUT_RDWR);
    pthread_join(thread, NULL);
    assert_true(w.n > 5 * WIRE_MAX); /* most of it was never read */
    close_line(&l);
}

static void sends_one_line_in_one_piece(void **state)
{
    (void)state;
    int ends[2];
    struct err e;
    /* a packet socket shows where each write ended */
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    struct conn *c = conn_new(ends[0], ends[0]);
    json_t *m = json_pack("{s:s, s:i}", "text", "å\n\"", "n", 7);
    assert_true(conn_send(c, m, &e));
    char got[200] = "";
    ssize_t n = read(ends[1], got, sizeof got - 1);
    assert_true(n > 0);
    assert_string_equal(got, "{\"text\":\"å\\n\\\"\",\"n\":7}\n");
    json_decref(m);
    conn_free(c);
    close(ends[0]);
    close(ends[1]);
}

static void too_large_a_message_is_not_sent(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    open_line(&l);
    AUTOFREE char *line = line_of(WIRE_MAX);
    json_t *m = json_pack("{s:s}", "a", line);
    assert_false(conn_send(l.conn, m, &e));
    assert_int_equal(e.code, ERR_INVALID);
    json_decref(m);
    assert_int_equal(recv(l.theirs, line, 10, MSG_DONTWAIT), -1);
    assert_int_equal(errno, EAGAIN);
    close_line(&l);
}

static void a_reader_that_left_is_an_error_and_no_signal(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    open_line(&l);
    hang_up(&l);
    json_t *m = json_object();
    assert_false(conn_send(l.conn, m, &e));
    assert_int_equal(e.code, ERR_GONE);
    close_line(&l);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    struct conn *c = conn_new(0, ends[1]);
    assert_false(conn_send(c, m, &e));
    assert_int_equal(e.code, ERR_GONE);
    conn_free(c);
    close(ends[1]);
    json_decref(m);
}

static void *answer_all(void *arg)
{
    struct conn *c = arg;
    json_t *m = NULL;
    struct err e;
    while (conn_recv(c, &m, &e)) {
        bool ok = conn_send(c, m, &e);
        json_decref(m);
        if (!ok) {
            break;
        }
    }
    return NULL;
}

static void random_sizes_come_back_equal_also_without_blocking(void **state)
{
    (void)state;
    struct line l;
    struct err e;
    struct rng r;
    open_line(&l);
    rng_seed(&r, 4);
    struct conn *other = conn_new(l.theirs, l.theirs);
    assert_int_equal(fcntl(l.ours, F_SETFL, O_NONBLOCK), 0);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, answer_all, other), 0);
    for (int i = 0; i < 60; i++) {
        uint32_t n = i % 10 == 0 ? rng_below(&r, 900000) : rng_below(&r, 3000);
        AUTOFREE char *text = xmalloc(n + 1);
        memset(text, 'a' + i % 26, n);
        text[n] = '\0';
        json_t *m = json_pack("{s:s, s:i}", "t", text, "n", i), *back = NULL;
        assert_true(conn_send(l.conn, m, &e));
        assert_true(conn_recv(l.conn, &back, &e));
        assert_true(json_equal(m, back));
        json_decref(m);
        json_decref(back);
    }
    shutdown(l.ours, SHUT_RDWR);
    pthread_join(thread, NULL);
    conn_free(other);
    close_line(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_whole_and_in_order),
        cmocka_unit_test(a_cut_message_is_no_message),
        cmocka_unit_test(malformed_lines_are_syntax_errors),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(the_largest_message_passes_and_one_byte_more_does_not),
        cmocka_unit_test(an_endless_line_is_refused_at_the_limit),
        cmocka_unit_test(sends_one_line_in_one_piece),
        cmocka_unit_test(too_large_a_message_is_not_sent),
        cmocka_unit_test(a_reader_that_left_is_an_error_and_no_signal),
        cmocka_unit_test(random_sizes_come_back_equal_also_without_blocking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
