/* Inside the list: its window of rows, shared by its files. */
#ifndef UI_LIST_INNER_H
#define UI_LIST_INNER_H

#include "treben/base/str.h"
#include "treben/ui/list.h"

struct held { /* a row of the window, one block of memory */
    struct list_row row;
};

struct list {
    struct list_column columns[LIST_COLUMNS];
    size_t n_columns;
    bool chosen[LIST_COLUMNS];
    struct list_source source;
    struct rect area;
    bool header, reverse, descending;
    char *sort, *empty, *problem;

    struct held **rows; /* the window: a run of neighbours around what shows */
    size_t n, cap;
    bool more_before, more_after;
    long first, total; /* of rows[0] in the whole; -1 unknown */
    bool total_more;
    size_t top, at; /* first row that shows, and the selected one */
    bool filled_once;

    char **marked;
    size_t n_marked;

    struct list_place places[LIST_COLUMNS];
    size_t n_places;
    size_t drawn_at; /* where the marker was drawn last */
};

size_t list_page_rows(const struct list *l);
void list_fill(struct list *l); /* reads on if the page could show more */
void list_toggle_mark(struct list *l);

#endif
