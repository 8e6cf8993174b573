/* The list screen's state, shared by its two files. */
#ifndef TREBEN_SCREENS_LIST_SCREEN_H
#define TREBEN_SCREENS_LIST_SCREEN_H

#include "inside.h"

struct list_screen {
    struct rowfeed feed;
    struct list *list;
    struct edit box;
    char *filter_label; /* NULL: no filter */
    long all;           /* how many without the search text, -1 unknown */
    bool all_capped;
    bool loaded;
};

enum { LIST_FILTER = 1, LIST_CONDITION, LIST_SORT, LIST_CHOOSE, LIST_NEW };

MUST_CHECK bool list_screen_load(struct screen *s, bool keep, struct err *e);
void list_ask_filter(struct screen *s);
void list_ask_sort(struct screen *s);
void list_ask_columns(struct screen *s);
/* True: it was the answer to one of those. */
bool list_take_answer(struct screen *s, struct screen *closed);

#endif
