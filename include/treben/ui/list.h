/* A list of any length: holds only the rows around what shows and asks its source for more by key.
 * A component: the screen that owns it forwards layout, draw and actions. */
#ifndef TREBEN_UI_LIST_H
#define TREBEN_UI_LIST_H

#include "treben/ui/screen.h"

#define LIST_COLUMNS 32

struct list_column {
    const char *name;  /* stable */
    const char *label; /* in the user's language */
    int min, ideal;    /* columns; a column narrower than min is left out */
    int priority;      /* 0 is shown first; at equal priority the earlier column */
    bool grow;         /* takes what is left over */
    bool right;        /* aligned right */
};

struct list_row {
    const char *key;          /* opaque to the list, unique: paging and selection go by it */
    const char *const *cells; /* one per column, NULL draws – */
    bool heading; /* a heading among the rows: cells[0] left, cells[1] right; never selected */
    enum look look;
};

enum list_from {
    LIST_HEAD,   /* the first rows */
    LIST_TAIL,   /* the last rows */
    LIST_AFTER,  /* those after the row with key anchor */
    LIST_BEFORE, /* those before it, nearest last */
    LIST_AROUND  /* the row itself among them, about in the middle; as LIST_HEAD if it is gone */
};

struct list_page { /* filled by the source; rows and texts live in the arena */
    struct arena *arena;
    struct list_row *rows;
    size_t n;
    bool more_before, more_after;
    long first;      /* index of rows[0] in the whole, -1 unknown */
    long total;      /* how many there are, -1 unknown */
    bool total_more; /* there are more than total: "1 000+" */
};

struct list_source {
    void *ctx;
    /* At most want rows in list order. ERR: shown in row 23 by list_problem. */
    bool (*fetch)(void *ctx, enum list_from from, const char *anchor, size_t want,
                  struct list_page *ret, struct err *e);
};

/* Where each column that shows stands. Pure arithmetic. */
struct list_place {
    int column; /* index into the columns */
    int x, w;
};
/* chosen: which columns may show (NULL: all). Returns how many fit into width; at least one. */
size_t list_place_columns(const struct list_column *c, size_t n, const bool *chosen, int width,
                          struct list_place ret[LIST_COLUMNS]);

struct list;
/* The columns are copied. OWN: list_free. */
struct list *list_new(const struct list_column *columns, size_t n, struct list_source source);
void list_free(struct list *l);

void list_set_area(struct list *l, struct rect r); /* header, rule and rows; the selection stays */
void list_set_header(struct list *l, bool shown);  /* default: shown */
void list_set_empty(struct list *l,
                    const char *text); /* what stands there when there is none, and why */
void list_set_reverse(struct list *l, bool on);
void list_set_sort(struct list *l, const char *column,
                   bool descending); /* only the mark in the header */
const char *list_sort(const struct list *l, bool *ret_descending);
void list_set_chosen(struct list *l, const char *column, bool shown);
bool list_chosen(const struct list *l, size_t column);
const struct list_column *list_columns(const struct list *l, size_t *ret_n);

/* Reads anew. keep: the selected key stays selected at its row if it still exists; else from the
 * start. */
MUST_CHECK bool list_load(struct list *l, bool keep, struct err *e);
MUST_CHECK bool list_select(struct list *l, const char *key, struct err *e); /* moves to that row */
const struct list_row *list_current(const struct list *l);                   /* NULL: empty */
const char *list_key(const struct list *l);     /* of the current row, or NULL */
long list_index(const struct list *l);          /* from 0; -1 unknown */
size_t list_shown(const struct list *l);        /* rows in the page */
char *list_place(const struct list *l);         /* "row 2 of 9", "row 2 of 1 000+". OWN: caller */
char *list_total(const struct list *l);         /* "9", "1 000+". OWN: caller */
const char *list_problem(const struct list *l); /* what the source said last, or NULL */

/* ACT_UP DOWN PAGE_UP PAGE_DOWN FIRST LAST MARK; the rest is UI_PASS. UI_MOVED when only the marker
 * moved. */
enum reply list_act(struct list *l, enum action a);
bool list_marked(const struct list *l, const char *key);
size_t list_n_marked(const struct list *l);
const char *list_marked_at(const struct list *l, size_t i);
void list_unmark_all(struct list *l);

void list_draw(struct list *l, bool focused);      /* focused: sets the cursor on the marker */
void list_draw_move(struct list *l, bool focused); /* after UI_MOVED */

/* A source over rows that are all in memory: cell gives text (borrowed until the next call for the
 * same row). */
struct list_array {
    size_t n;
    void *ctx;
    const char *(*key)(void *ctx, size_t row);
    const char *(*cell)(void *ctx, size_t row, size_t column);
    bool (*heading)(void *ctx, size_t row);   /* NULL: none */
    enum look (*look)(void *ctx, size_t row); /* NULL: normal */
    size_t n_columns;
};
struct list_source list_source_array(struct list_array *a); /* a must outlive the list */

#endif
