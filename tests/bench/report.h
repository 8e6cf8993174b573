/* The table of design 8, a row at a time: what, floor, ours, ratio, goal; and the same as JSON. */
#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include <stdbool.h>
#include <stdio.h>

struct report {
    FILE *json;
    bool first;
    int above;
};

enum goal {
    GOAL_NONE,  /* shown only */
    GOAL_RATIO, /* at most so many times the floor */
    GOAL_MOST,  /* at most this */
    GOAL_EXACT
};

struct row {
    const char *what, *unit;
    double floor, ours; /* NAN: not measured */
    enum goal goal;
    double limit;
};

void report_start(struct report *r, FILE *json);
void report_head(struct report *r, const char *title);
void report_row(struct report *r, struct row row);
void report_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void report_end(struct report *r);

#endif
