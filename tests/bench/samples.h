/* Samples of one figure. Zeroed, it is valid and empty. */
#ifndef TESTS_BENCH_SAMPLES_H
#define TESTS_BENCH_SAMPLES_H

#include <stddef.h>

struct samples {
    double *at;
    size_t n, room;
};

void samples_add(struct samples *s, double v);
double samples_part(struct samples *s, double part); /* 0.5: the median; NaN when there is none */
void samples_done(struct samples *s);

#endif
