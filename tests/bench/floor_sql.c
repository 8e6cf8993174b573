/* The floor of a statement: what SQLite alone takes for a page, a search and a save; prints medians in microseconds
 * as one JSON object. floor_sql DB SAVES; floor_sql --make SAVES makes the file that is saved into. */
#include "floor_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TIMES = 200, ROWS = 15 };

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *all)
{
    qsort(all, TIMES, sizeof *all, by_value);
    return all[TIMES / 2];
}

static double time_pages(struct floor_store *s)
{
    double took[TIMES];
    struct floor_page page = {0};
    floor_first(s, ROWS, &page);
    for (int i = 0; i < TIMES && page.n > 0; i++) {
        struct floor_row last = page.at[page.n - 1];
        double from = now_us();
        floor_next(s, &last, ROWS, &page);
        took[i] = now_us() - from;
    }
    return median(took);
}

static double time_find(struct floor_store *s, size_t letters)
{
    static const char *const words[] = {"andersson", "lindberg", "mohamed", "kvarnlund", "sjoberg", "erik"};
    double took[TIMES];
    struct floor_page page;
    for (int i = 0; i < TIMES; i++) {
        char word[16];
        snprintf(word, sizeof word, "%.*s", (int)letters, words[i % 6]);
        double from = now_us();
        floor_find(s, word, ROWS, &page);
        took[i] = now_us() - from;
    }
    return median(took);
}

static double time_saves(struct floor_store *s)
{
    double took[TIMES];
    for (int i = 0; i < TIMES; i++) {
        double from = now_us();
        floor_save(s, i * 37);
        took[i] = now_us() - from;
    }
    return median(took);
}

int main(int argc, char **argv)
{
    struct floor_store s;
    if (argc == 3 && strcmp(argv[1], "--make") == 0) {
        floor_make_saves(argv[2]);
        return 0;
    }
    if (argc != 3)
        return 2;
    floor_open(&s, argv[1], argv[2]);
    printf("{\"page_us\": %.1f, \"find1_us\": %.1f, \"find2_us\": %.1f, \"find3_us\": %.1f, \"find4_us\": %.1f, "
           "\"find8_us\": %.1f, \"save_us\": %.1f}\n",
           time_pages(&s), time_find(&s, 1), time_find(&s, 2), time_find(&s, 3), time_find(&s, 4), time_find(&s, 8),
           time_saves(&s));
    floor_close(&s);
    return 0;
}
