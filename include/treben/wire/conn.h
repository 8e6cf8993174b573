/* A line of JSON each way: at most 1 MiB a message, one message a line. */
#ifndef TREBEN_WIRE_CONN_H
#define TREBEN_WIRE_CONN_H

#include "treben/base/err.h"
#include <jansson.h>

#define WIRE_MAX (1024 * 1024)

struct conn;
struct conn *conn_new(int read_fd, int write_fd);   /* the fds stay the caller's */
void conn_free(struct conn *c);
int conn_fd(const struct conn *c);                  /* to poll for reading */
bool conn_has_line(const struct conn *c);           /* a whole message is buffered already */
/* Sends one message in one write. ERR: GONE, INVALID (larger than WIRE_MAX). */
MUST_CHECK bool conn_send(struct conn *c, const json_t *message, struct err *e);
/* Waits for the next message. Duplicate keys, NUL, bad UTF-8, depth > 64, not an object: SYNTAX.
 * ERR: GONE at end of file; SYNTAX malformed or oversize (hang up then). */
MUST_CHECK bool conn_recv(struct conn *c, json_t **ret, struct err *e);

#endif
