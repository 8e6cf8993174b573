/* Many sessions at once, each like a person at work. */
#ifndef TESTS_BENCH_MANY_H
#define TESTS_BENCH_MANY_H

#include "measure.h"

struct many {
    int sessions, errors;
    double pss_mb; /* of one session, both programs; 0: not readable */
    double busy;   /* share of the machine, 0 to 1, the driver's own work included */
    struct samples start, down, page, search, save;
};

void measure_many(const struct program *p, int sessions, int seconds, struct many *ret);
void many_done(struct many *m);

#endif
