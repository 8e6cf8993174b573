/* Growable text and small helpers for texts and comma lists. */
#include "treben/base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64 }; /* longer words have no "did you mean" */

static void str_room(struct str *s, size_t more)
{
    size_t need = s->len + more + 1;
    if (need <= s->cap) {
        return;
    }
    size_t cap = s->cap ? s->cap : 32;
    while (cap < need) {
        cap = cap > SIZE_MAX / 2 ? need
                                 : cap * 2; /* doubled: a text grown byte by byte costs no more */
    }
    s->p = xrealloc(s->p, cap);
    s->cap = cap;
}

void str_add(struct str *s, const char *text)
{
    if (text) {
        str_addn(s, text, strlen(text));
    }
}

void str_addn(struct str *s, const char *bytes, size_t n)
{
    str_room(s, n);
    if (n) {
        memcpy(s->p + s->len, bytes, n);
    }
    s->len += n;
    s->p[s->len] = '\0';
}

void str_addc(struct str *s, char c)
{
    str_room(s, 1);
    s->p[s->len++] = c;
    s->p[s->len] = '\0';
}

void str_printf(struct str *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    AUTOFREE char *text = xvprintf(fmt, args);
    va_end(args);
    str_add(s, text);
}

void str_clear(struct str *s)
{
    s->len = 0;
    if (s->p) {
        s->p[0] = '\0';
    }
}

const char *str_text(const struct str *s)
{
    return s->p ? s->p : "";
}

char *str_take(struct str *s)
{
    char *p = s->p ? s->p : xstrdup("");
    *s = (struct str){0};
    return p;
}

void str_done(struct str *s)
{
    free(s->p);
    *s = (struct str){0};
}

bool str_eq(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool str_empty(const char *s)
{
    return !s || !*s;
}

bool str_starts(const char *s, const char *prefix)
{
    return s && prefix && strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_list_next(const char *list, const char **pos, const char **item, size_t *n)
{
    if (str_empty(list) || (*pos && !**pos)) {
        return false;
    }
    const char *start = *pos ? *pos + 1 : list; /* *pos rests on the comma behind the last item */
    size_t len = strcspn(start, ",");
    *item = start;
    *n = len;
    *pos = start + len;
    return true;
}

bool str_list_has(const char *list, const char *item)
{
    const char *pos = NULL, *at;
    size_t n, want = item ? strlen(item) : 0;
    while (item && str_list_next(list, &pos, &at, &n)) {
        if (n == want && memcmp(at, item, n) == 0) {
            return true;
        }
    }
    return false;
}

size_t str_list_count(const char *list)
{
    const char *pos = NULL, *item;
    size_t n, count = 0;
    while (str_list_next(list, &pos, &item, &n)) {
        count++;
    }
    return count;
}

static size_t min2(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap of neighbours) that turn a into b. */
static size_t edits(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *old = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= nb; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t cost = last[j - 1] + (a[i - 1] != b[j - 1]);
            cost = min2(cost, min2(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost = min2(cost, old[j - 2] + 1);
            }
            now[j] = cost;
        }
        size_t *spare = old;
        old = last;
        last = now;
        now = spare;
    }
    return last[nb];
}

const char *str_nearest(const char *word, const char *const *words, size_t n)
{
    size_t len = word ? strlen(word) : 0;
    if (len == 0 || len > WORD_MAX) {
        return NULL;
    }
    const char *best = NULL;
    size_t limit = len < 6 ? 1 : len / 3; /* more than a third wrong is another word */
    for (size_t i = 0; i < n; i++) {
        size_t m = words[i] ? strlen(words[i]) : 0;
        if (m == 0 || m > WORD_MAX) {
            continue;
        }
        size_t d = edits(word, len, words[i], m);
        if (d <= limit && d < len && (!best || d < limit)) {
            best = words[i];
            limit = d;
        }
    }
    return best;
}
