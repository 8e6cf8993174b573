/* A small town for golden screens: the same every time, down to its ids and its clock. */
#ifndef TESTS_SCREENS_TOWN_H
#define TESTS_SCREENS_TOWN_H

#include "../unit/core/world.h"
#include "term.h"

#define TOWN_NOW "2026-11-22T13:32:00Z" /* a Sunday, 14:32 in Stockholm */

struct town {
    struct world *w;
    const char *group, *round, *incident; /* ids */
};

struct town *town_make(void);
void town_end(struct town *t);
/* The program on the town's database at 80 x 24 or any other size. */
struct term *town_open(struct town *t, const char *login, int rows, int cols);
struct term *town_open_list(struct town *t, const char *login, const char *kind);
struct term *town_open_swedish(struct town *t, const char *login, const char *kind); /* kind "": my day */
/* Somebody else saves meanwhile. NAME, VALUE. */
void town_set(struct town *t, const char *login, const char *id, const char *field, const char *value);

#endif
