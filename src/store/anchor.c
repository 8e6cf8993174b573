/* Anchors: the log's head noted in a file beside the database (FILE.anchor, "seq head time"), where
 * the operator's log collection picks it up. A chain that was cut or computed anew does not lead to
 * them. */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void head_text(int64_t seq, const unsigned char head[LOG_HASH], char *ret, size_t size)
{
    char hex[2 * LOG_HASH + 1];
    sodium_bin2hex(hex, sizeof hex, head, LOG_HASH);
    snprintf(ret, size, "%lld %s", (long long)seq, hex);
}

bool head_parse(const char *text, int64_t *ret_seq, unsigned char ret[LOG_HASH],
                const char **ret_end)
{
    char *after;
    size_t n = 0;
    errno = 0;
    long long seq = strtoll(text, &after, 10);
    if (errno != 0 || after == text || *after != ' ' || seq < 0 ||
        strlen(after + 1) < 2 * (size_t)LOG_HASH ||
        sodium_hex2bin(ret, LOG_HASH, after + 1, 2 * (size_t)LOG_HASH, NULL, &n, NULL) != 0 ||
        n != LOG_HASH) {
        return false;
    }
    *ret_seq = seq;
    *ret_end = after + 1 + 2 * (size_t)LOG_HASH;
    return true;
}

static bool add_line(const char *db_path, int flags, int64_t seq,
                     const unsigned char head[LOG_HASH])
{
    AUTOFREE char *name = store_companion(db_path, ".anchor");
    char mark[128], at[INSTANT_TEXT], line[192];
    head_text(seq, head, mark, sizeof mark);
    instant_text(clock_now(), at);
    int n = snprintf(line, sizeof line, "%s %s\n", mark, at);
    int fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    if (fd < 0) {
        return false;
    }
    bool good = write(fd, line, (size_t)n) == n; /* in one piece: several sessions append */
    close(fd);
    return good;
}

bool anchor_start(const char *db_path, struct err *e)
{
    unsigned char none[LOG_HASH] = {0};
    return add_line(db_path, O_EXCL, 0, none) ||
           err_native(e, ERR_IO, errno, _("The file %s.anchor cannot be made: %s"), db_path,
                      strerror(errno));
}

/* Not forced to the disk: a save has one forced write, and a line lost with the power is only one
 * anchor fewer. */
void anchor_write(struct store *s, int64_t seq, const unsigned char head[LOG_HASH])
{
    if (add_line(s->path, 0, seq, head)) {
        s->log_written = false;
    }
}

void anchor_at_close(struct store *s)
{
    int64_t seq;
    unsigned char head[LOG_HASH];
    bool good;
    if (s->log_written && log_stored_head(s, &seq, head, &good, NULL) && good) {
        anchor_write(s, seq, head);
    }
}

static int by_seq(const void *a, const void *b)
{
    int64_t x = ((const struct anchor *)a)->seq, y = ((const struct anchor *)b)->seq;
    return (x > y) - (x < y);
}

void anchor_read(const char *db_path, struct anchor **ret, size_t *ret_n, int *ret_bad_line,
                 bool *ret_there)
{
    AUTOFREE char *name = store_companion(db_path, ".anchor");
    FILE *f = fopen(name, "re");
    struct anchor *list = NULL;
    size_t n = 0, room = 0, cap = 0;
    char *line = NULL;
    int bad = 0;
    ssize_t got;
    for (int at = 1; f && (got = getline(&line, &cap, f)) > 0; at++) {
        struct anchor one;
        const char *end;
        if (line[got - 1] != '\n') {
            break; /* cut off by a crash or a full disk */
        }
        if (!head_parse(line, &one.seq, one.head, &end) || *end != ' ') {
            bad = bad ? bad : at;
            continue;
        }
        if (n == room) {
            room = room ? 2 * room : 64;
            list = xrealloc(list, room * sizeof *list);
        }
        list[n++] = one;
    }
    free(line);
    if (n > 1) {
        qsort(list, n, sizeof *list, by_seq);
    }
    *ret = list;
    *ret_n = n;
    *ret_bad_line = bad;
    *ret_there = f != NULL;
    if (f) {
        fclose(f);
    }
}
