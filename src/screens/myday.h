/* My day's model: what stands where, and what each place opens. */
#ifndef TREBEN_SCREENS_MYDAY_H
#define TREBEN_SCREENS_MYDAY_H

#include "inside.h"

#define MYDAY_PLACES 96

enum place_type { PLACE_HEAD, PLACE_ROW, PLACE_MORE, PLACE_CHAIN, PLACE_DAY, PLACE_DRAFT };

struct place {
    enum place_type type;
    int y, x;             /* of the marker, from the area's corner */
    const json_t *o;      /* the row, day or draft; of a head the section */
    const json_t *section;
    json_int_t rest;      /* PLACE_MORE: how many are not shown */
    int last;             /* PLACE_ROW: columns of the last column, the same in all of a part */
};

struct myday {
    json_t *day; /* answer of myday */
    struct place places[MYDAY_PLACES];
    size_t n, at;
    int week_y, chain_y; /* rows without a marker of their own; -1: none */
    unsigned changes, drafts;
};

void myday_lay(struct myday *d, int height, int width);
void myday_draw(const struct screen *s, const struct myday *d);
void myday_mark(const struct screen *s, const struct myday *d, const char *mark);

#endif
