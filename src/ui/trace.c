/* The trace: for each key when it was read, what its action and its paint took, bytes and writes
 * sent. */
#include "loop.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct trace {
    FILE *out;
    long long read_us, act_us, paint_us;
    unsigned long bytes, writes;
    char key[16];
    bool open; /* a key whose line is not yet written */
};

static long long now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct trace *trace_open(void)
{
    const char *name = getenv("TREBEN_TRACE");
    if (!name || !*name)
        return NULL;
    int fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *out = fd >= 0 ? fdopen(fd, "a") : NULL;
    if (!out)
        return NULL;
    struct trace *t = xcalloc(1, sizeof *t);
    t->out = out;
    return t;
}

static void write_line(struct trace *t, long long paint_us, unsigned long bytes,
                       unsigned long writes)
{
    if (!t->open)
        return;
    fprintf(t->out, "{\"key\":\"");
    for (const char *p = t->key; *p; p++)
        fprintf(t->out, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    fprintf(t->out,
            "\",\"read_us\":%lld,\"act_us\":%lld,\"paint_us\":%lld,\"bytes\":%lu,\"writes\":%lu}\n",
            t->read_us, t->act_us, paint_us, bytes, writes);
    t->open = false;
}

void trace_close(struct trace *t)
{
    if (!t)
        return;
    write_line(t, 0, 0, 0);
    fclose(t->out);
    free(t);
}

void trace_key(struct trace *t, const struct key *k, bool writing)
{
    if (!t)
        return;
    write_line(t, 0, 0, 0); /* the key before was painted together with this one */
    if (k->code == K_TEXT && writing)
        snprintf(t->key, sizeof t->key, "text"); /* what people write stays out of files */
    else
        key_name(k, t->key);
    t->open = true;
    t->act_us = 0;
    t->read_us = now_us();
}

void trace_acted(struct trace *t)
{
    if (t)
        t->act_us = now_us() - t->read_us;
}

void trace_paint(struct trace *t)
{
    if (!t)
        return;
    term_written(&t->bytes, &t->writes);
    t->paint_us = now_us();
}

void trace_painted(struct trace *t)
{
    if (!t)
        return;
    long long took = now_us() - t->paint_us;
    unsigned long bytes, writes;
    term_written(&bytes, &writes);
    write_line(t, took, bytes - t->bytes, writes - t->writes);
    fflush(t->out);
}
