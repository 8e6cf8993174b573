/* Allocation that ends the process when memory is out, and arenas. */
#include "treben/base/mem.h"

#include "treben/base/lang.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_FIRST = 2 * 1024, BLOCK_MAX = 64 * 1024, EXIT_NO_MEMORY = 3 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    max_align_t data[];
};

static void (*death_hook)(void);

void mem_on_death(void (*restore)(void))
{
    death_hook = restore;
}

static _Noreturn void die(void)
{
    void (*hook)(void) = death_hook;
    death_hook = NULL; /* the hook may itself run out of memory */
    if (hook) {
        hook();
    }
    const char *text =
        _("treben: the computer is out of memory; close other programs and try again");
    /* write(), because stdio may want to allocate; nothing can be done if it fails */
    if (write(STDERR_FILENO, text, strlen(text)) < 0 || write(STDERR_FILENO, "\n", 1) < 0) {
        _exit(EXIT_NO_MEMORY);
    }
    _exit(EXIT_NO_MEMORY);
}

void *xmalloc(size_t bytes)
{
    void *p = malloc(bytes ? bytes : 1);
    if (!p) {
        die();
    }
    return p;
}

void *xcalloc(size_t n, size_t bytes)
{
    void *p = calloc(n ? n : 1, bytes ? bytes : 1);
    if (!p) {
        die();
    }
    return p;
}

void *xrealloc(void *p, size_t bytes)
{
    void *q = realloc(p, bytes ? bytes : 1);
    if (!q) {
        die();
    }
    return q;
}

char *xstrdup(const char *s)
{
    return s ? xstrndup(s, strlen(s)) : NULL;
}

char *xstrndup(const char *s, size_t bytes)
{
    size_t n = bytes ? strnlen(s, bytes) : 0;
    char *copy = xmalloc(n + 1);
    if (n) {
        memcpy(copy, s, n);
    }
    copy[n] = '\0';
    return copy;
}

char *xvprintf(const char *fmt, va_list args)
{
    char *text = NULL;
    if (vasprintf(&text, fmt, args) < 0) {
        die();
    }
    return text;
}

char *xprintf(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = xvprintf(fmt, args);
    va_end(args);
    return text;
}

void mem_autofree(void *address_of_pointer)
{
    void *p;
    memcpy(&p, address_of_pointer, sizeof p); /* the pointer's own type is unknown here */
    free(p);
}

static struct arena_block *arena_grow(struct arena *a, size_t bytes)
{
    size_t size = a->head ? a->head->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_MAX) {
        size = BLOCK_MAX;
    }
    if (size < bytes) {
        size = bytes;
    }
    struct arena_block *b = xcalloc(1, sizeof *b + size);
    b->size = size;
    b->next = a->head;
    a->head = b;
    return b;
}

void arena_reserve(struct arena *a, size_t bytes)
{
    arena_grow(a, bytes);
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    const size_t unit = sizeof(max_align_t);
    if (bytes > SIZE_MAX / 2) {
        die();
    }
    bytes = (bytes + unit - 1) / unit * unit;
    if (bytes == 0) {
        bytes = unit;
    }
    struct arena_block *b = a->head;
    if (!b || b->size - b->used < bytes) {
        b = arena_grow(a, bytes);
    }
    void *p = (char *)b->data + b->used;
    b->used += bytes;
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_strndup(struct arena *a, const char *s, size_t bytes)
{
    size_t n = bytes ? strnlen(s, bytes) : 0;
    char *copy = arena_alloc(a, n + 1);
    if (n) {
        memcpy(copy, s, n);
    }
    return copy;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list args)
{
    AUTOFREE char *text = xvprintf(fmt, args);
    return arena_strdup(a, text);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = arena_vprintf(a, fmt, args);
    va_end(args);
    return text;
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->head;
    if (!keep) {
        return;
    }
    struct arena rest = {.head = keep->next};
    arena_done(&rest);
    keep->next = NULL;
    if (keep->size > BLOCK_MAX) { /* one huge value must not stay for the life of the session */
        free(keep);
        a->head = NULL;
        return;
    }
    memset(keep->data, 0, keep->used);
    keep->used = 0;
}

void arena_done(struct arena *a)
{
    struct arena_block *b = a->head;
    while (b) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
    a->head = NULL;
}
