/* What is measured of one program, floor or product. */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include "drive.h"
#include "samples.h"

#define KEY_DOWN "\033OB"
#define KEY_UP "\033OA"
#define KEY_PAGE "\033[6~"
#define KEY_ENTER "\r"
#define KEY_CLEAR "\022" /* empties the search box */
#define KEY_SAVE "\023"

/* Where everything lies. */
struct place {
    const char *programs; /* folder of treben */
    const char *bench;    /* folder of the floors and the counting library */
    const char *db, *large, *saves;
    const char *login, *narrow; /* the account, and one that sees a few rows of its own only */
    const char *kind;           /* of the list */
};

struct program {
    const char *name;
    bool floor;
    const char *argv[10];
    const char *env[4];
};
struct program program_list(const struct place *at);                    /* floor: rows in memory */
struct program program_pair(const struct place *at, const char *db);    /* floor: two processes */
struct program program_ours(const struct place *at, const char *db, const char *login);

/* Times in milliseconds; of floors what they have. */
struct times {
    struct samples start, start_large, arrow, page, filter, filter_narrow, record_first, record, save;
};

struct exact { /* medians of a counting run */
    double arrow_bytes, arrow_writes, arrow_late_bytes;
    double page_bytes, page_writes, page_fsyncs;
    double queue_bytes, queue_writes, queue_late_bytes;
    double first_bytes, first_queries;
    double filter_fsyncs, record_fsyncs, save_fsyncs;
    double idle_wakes, idle_bytes; /* a second; in ten seconds */
};

/* One run of each; a program that fails ends the benchmark with its screen. */
void measure_start(const struct program *p, struct samples *ret);
void measure_keys(const struct program *p, struct times *ret);         /* arrow, page */
void measure_filter(const struct program *p, struct samples *ret);
void measure_record(const struct program *p, struct times *ret);       /* the first row: 500 linked rows */
void measure_save(const struct program *p, struct samples *ret);
void count_keys(const struct program *p, const char *library, struct exact *ret);
void count_idle(const struct program *p, struct exact *ret);

#endif
