/* Messages on a line: one JSON object each, never more than WIRE_MAX bytes held. */
#include "treben/wire/conn.h"

#include "treben/base/lang.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, HELD_MAX = WIRE_MAX + 1, DEPTH_MAX = 64 };

struct conn {
    int read_fd, write_fd;
    char *buf;
    size_t cap, from, to; /* what is held and not yet read: buf[from … to) */
    size_t seen;          /* up to here there is no line end */
    bool oversize;
};

struct conn *conn_new(int read_fd, int write_fd)
{
    /* A reader that left must be an error of write(), not the end of this process. */
    struct sigaction now;
    if (sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
        signal(SIGPIPE, SIG_IGN);
    }
    struct conn *c = xcalloc(1, sizeof *c);
    c->read_fd = read_fd;
    c->write_fd = write_fd;
    return c;
}

void conn_free(struct conn *c)
{
    if (c) {
        free(c->buf);
        free(c);
    }
}

int conn_fd(const struct conn *c)
{
    return c->read_fd;
}

bool conn_has_line(const struct conn *c)
{
    return c->to > c->from && memchr(c->buf + c->from, '\n', c->to - c->from);
}

/* Waits until the descriptor is ready, should it be a non-blocking one. */
static bool wait_ready(int fd, short events)
{
    struct pollfd p = {.fd = fd, .events = events};
    return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

static bool gone(struct err *e, int native)
{
    return err_native(e, ERR_GONE, native, _("the connection to the other program has ended"));
}

static bool write_all(int fd, const char *p, size_t n, struct err *e)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done >= 0) {
            p += done;
            n -= (size_t)done;
        } else if (errno == EAGAIN && wait_ready(fd, POLLOUT)) {
            continue;
        } else if (errno != EINTR) {
            return gone(e, errno);
        }
    }
    return true;
}

bool conn_send(struct conn *c, const json_t *message, struct err *e)
{
    AUTOFREE char *text = json_dumps(message, JSON_COMPACT);
    if (!text) {
        return err_set(e, ERR_INVALID, _("the message cannot be written"));
    }
    size_t n = strlen(text);
    if (n > WIRE_MAX) {
        return err_set(e, ERR_INVALID,
                       _("this is too much at once (%zu bytes); at most %d bytes can be sent, make it shorter"), n,
                       WIRE_MAX);
    }
    text = xrealloc(text, n + 2);
    text[n] = '\n'; /* in the same write: a reader never sees a message without its end */
    return write_all(c->write_fd, text, n + 1, e);
}

/* Makes room for more at the end; never holds more than the longest line. */
static size_t make_room(struct conn *c)
{
    if (c->from > 0) {
        memmove(c->buf, c->buf + c->from, c->to - c->from);
        c->to -= c->from;
        c->seen -= c->from;
        c->from = 0;
    }
    size_t want = c->to + CHUNK < HELD_MAX ? c->to + CHUNK : HELD_MAX;
    if (want > c->cap) {
        size_t cap = c->cap * 2 > want ? c->cap * 2 : want;
        c->cap = cap < HELD_MAX ? cap : HELD_MAX;
        c->buf = xrealloc(c->buf, c->cap);
    }
    size_t room = c->cap - c->to;
    return room < CHUNK ? room : CHUNK;
}

static bool fill(struct conn *c, struct err *e)
{
    size_t room = make_room(c);
    for (;;) {
        ssize_t n = read(c->read_fd, c->buf + c->to, room);
        if (n > 0) {
            c->to += (size_t)n;
            return true;
        }
        if (n == 0) {
            return gone(e, 0);
        }
        bool again = errno == EINTR || (errno == EAGAIN && wait_ready(c->read_fd, POLLIN));
        if (!again) {
            return gone(e, errno);
        }
    }
}

static bool too_long(struct conn *c, struct err *e)
{
    c->oversize = true; /* what follows is the middle of a line: nothing can be read any more */
    return err_set(e, ERR_SYNTAX, _("a message is longer than %d bytes; send less at once"), WIRE_MAX);
}

/* Nesting is judged before jansson builds anything. */
static bool too_deep(const char *p, size_t n)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        if (quoted && p[i] == '\\') {
            i++; /* whatever it is, it does not end the text */
        } else if (quoted) {
            quoted = p[i] != '"';
        } else if (p[i] == '"') {
            quoted = true;
        } else if (p[i] == '{' || p[i] == '[') {
            if (++depth > DEPTH_MAX) {
                return true;
            }
        } else if (p[i] == '}' || p[i] == ']') {
            depth--;
        }
    }
    return false;
}

static bool parse(const char *p, size_t n, json_t **ret, struct err *e)
{
    if (too_deep(p, n)) {
        return err_set(e, ERR_SYNTAX, _("a message is nested more than %d deep; send it flatter"), DEPTH_MAX);
    }
    json_error_t why;
    json_t *message = json_loadb(p, n, JSON_REJECT_DUPLICATES, &why);
    if (!message) {
        return err_set(e, ERR_SYNTAX, _("a message is not JSON (column %d); send one object a line"), why.column);
    }
    if (!json_is_object(message)) {
        json_decref(message);
        return err_set(e, ERR_SYNTAX, _("a message is not a JSON object; send one object a line"));
    }
    *ret = message;
    return true;
}

/* A message of a megabyte must not cost this session a megabyte for the rest of the day. */
static void give_back(struct conn *c)
{
    if (c->from == c->to) {
        c->from = c->to = c->seen = 0;
        if (c->cap > 2 * CHUNK) {
            free(c->buf);
            c->buf = NULL;
            c->cap = 0;
        }
    }
}

bool conn_recv(struct conn *c, json_t **ret, struct err *e)
{
    if (c->oversize) {
        return too_long(c, e);
    }
    for (;;) {
        const char *end = NULL;
        if (c->to > c->seen) {
            end = memchr(c->buf + c->seen, '\n', c->to - c->seen);
        }
        if (end) {
            const char *line = c->buf + c->from;
            size_t n = (size_t)(end - line);
            c->from += n + 1;
            c->seen = c->from;
            bool ok = parse(line, n, ret, e);
            give_back(c);
            return ok;
        }
        c->seen = c->to;
        if (c->to - c->from >= HELD_MAX) {
            return too_long(c, e);
        }
        if (!fill(c, e)) {
            return false;
        }
    }
}
