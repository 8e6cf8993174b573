/* Samples of one figure: see samples.h. */
#include "samples.h"

#include <math.h>
#include <stdlib.h>

void samples_add(struct samples *s, double v)
{
    if (s->n == s->room) {
        s->room = s->room ? s->room * 2 : 64;
        s->at = realloc(s->at, s->room * sizeof *s->at);
        if (!s->at)
            abort();
    }
    s->at[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double samples_part(struct samples *s, double part)
{
    if (s->n == 0)
        return NAN;
    qsort(s->at, s->n, sizeof *s->at, by_value);
    size_t i = (size_t)ceil(part * (double)s->n);
    return s->at[i > 0 ? i - 1 : 0];
}

void samples_done(struct samples *s)
{
    free(s->at);
    *s = (struct samples){0};
}
