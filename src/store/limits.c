/* How much one session may take of the machine: the processor's time for a request, the engine's
 * memory. A search that somebody typed must not hold up everybody else. */
#include "inside.h"
#include <time.h>

enum { OPS_BETWEEN_LOOKS = 10000 };

/* Time that this process worked, not time that passed: a busy machine stops nobody's request. */
static int64_t worked_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int look(void *store)
{
    struct store *s = store;
    if (s->limit_ms < 0) {
        return 0;
    }
    if (s->limit_from < 0) { /* most requests are over before the first look: they pay no clock */
        s->limit_from = worked_ms();
        return 0;
    }
    return worked_ms() - s->limit_from >= s->limit_ms;
}

void store_time_limit(struct store *s, int ms)
{
    s->limit_ms = ms;
    s->limit_from = -1;
}

void store_limits(struct store *s)
{
    store_time_limit(s, -1);
    sqlite3_progress_handler(s->db, OPS_BETWEEN_LOOKS, look, s);
    if (s->mode == STORE_USE) { /* what an operator runs may take what it needs */
        sqlite3_hard_heap_limit64(STORE_HEAP_BYTES);
    }
}
