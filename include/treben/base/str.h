/* Growable text. Zeroed, it is valid and empty; s.p is NULL until something was added. */
#ifndef TREBEN_BASE_STR_H
#define TREBEN_BASE_STR_H

#include "treben/base/mem.h"
#include <stdbool.h>

struct str {
    char *p;
    size_t len, cap; /* bytes; p[len] is always NUL */
};

void str_add(struct str *s, const char *text); /* NULL adds nothing */
void str_addn(struct str *s, const char *bytes, size_t n);
void str_addc(struct str *s, char c);
void str_printf(struct str *s, const char *fmt, ...) PRINTF(2, 3);
void str_clear(struct str *s);      /* keeps the memory */
const char *str_text(const struct str *s); /* never NULL; borrowed */
char *str_take(struct str *s);      /* OWN: caller; s is empty afterwards */
void str_done(struct str *s);
#define STR __attribute__((cleanup(str_done))) struct str

bool str_eq(const char *a, const char *b); /* both NULL are equal, NULL differs from "" */
bool str_empty(const char *s);             /* NULL or "" */
bool str_starts(const char *s, const char *prefix);

/* Walks "A,B,C": sets *item (not NUL-terminated) and *n; false at the end. *pos starts NULL. */
bool str_list_next(const char *list, const char **pos, const char **item, size_t *n);
bool str_list_has(const char *list, const char *item);
size_t str_list_count(const char *list);

/* Edit distance for "did you mean"; returns the nearest of n words or NULL if none is near. */
const char *str_nearest(const char *word, const char *const *words, size_t n);

#endif
