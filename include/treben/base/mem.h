/* Memory: allocate or die (message, exit 3), and arenas for a unit of work. */
#ifndef TREBEN_BASE_MEM_H
#define TREBEN_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define N_OF(array) (sizeof(array) / sizeof *(array))

void *xmalloc(size_t bytes);
void *xcalloc(size_t n, size_t bytes);
void *xrealloc(void *p, size_t bytes);
char *xstrdup(const char *s); /* NULL gives NULL */
char *xstrndup(const char *s, size_t bytes);
char *xprintf(const char *fmt, ...) PRINTF(1, 2);
char *xvprintf(const char *fmt, va_list args) PRINTF(1, 0);

/* Called before the process dies of lack of memory; the front end restores the terminal in it. */
void mem_on_death(void (*restore)(void));

/* Frees on leaving the scope:  AUTOFREE char *p = xprintf(...); */
void mem_autofree(void *address_of_pointer);
#define AUTOFREE __attribute__((cleanup(mem_autofree)))

/* An arena owns everything made in it until arena_reset or arena_done. Zeroed, it is valid and empty. */
struct arena {
    struct arena_block *head;
};
void *arena_alloc(struct arena *a, size_t bytes); /* zeroed, aligned for any type */
/* The next so many bytes come from one block, in the order of their making. */
void arena_reserve(struct arena *a, size_t bytes);
char *arena_strdup(struct arena *a, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t bytes);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list args) PRINTF(2, 0);
void arena_reset(struct arena *a);
void arena_done(struct arena *a);
#define ARENA __attribute__((cleanup(arena_done))) struct arena

#endif
