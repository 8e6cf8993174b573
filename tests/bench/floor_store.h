/* The bare statements: what SQLite alone costs for a page, a search, a save. Reads the product's own tables, without
 * views, rights or log; saves into a small file of its own, so that the product's log chain stays whole. */
#ifndef TESTS_BENCH_FLOOR_STORE_H
#define TESTS_BENCH_FLOOR_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#define FLOOR_ROWS_MAX 64

struct floor_row {
    char id[27];
    char key[160];  /* its place in the order */
    char text[256]; /* as one line of the list */
};

struct floor_page {
    size_t n;
    struct floor_row at[FLOOR_ROWS_MAX];
};

struct floor_store {
    sqlite3 *db, *saves;
    sqlite3_stmt *first, *next, *prefix, *match;
    sqlite3_stmt *begin, *update, *head, *log, *commit;
};

/* saves: a file made by floor_make_saves; NULL: nothing will be saved. Dies with a sentence on failure. */
void floor_open(struct floor_store *s, const char *db, const char *saves);
void floor_close(struct floor_store *s);
void floor_make_saves(const char *path);

void floor_first(struct floor_store *s, size_t rows, struct floor_page *ret);
void floor_next(struct floor_store *s, const struct floor_row *last, size_t rows, struct floor_page *ret);
/* One or two letters: the beginning of a name, in order. More: any word that begins so, in no order. */
void floor_find(struct floor_store *s, const char *folded, size_t rows, struct floor_page *ret);
/* One row changed, one log row with its hash, durable. */
void floor_save(struct floor_store *s, int i);

#endif
