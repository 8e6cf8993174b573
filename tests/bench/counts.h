/* What count.c counts, in memory shared by the programs and the driver. */
#ifndef TESTS_BENCH_COUNTS_H
#define TESTS_BENCH_COUNTS_H

#include <stdatomic.h>

struct counts {
    atomic_ulong writes; /* calls of write() on a terminal */
    atomic_ulong fsyncs; /* fsync and fdatasync of anybody */
};

#endif
