/* Which columns of a list fit, and where. */
#include "treben/ui/list.h"

#include <string.h>

#define GAP 2

/* Takes columns in the order of their priority while their least widths fit. */
static size_t take_columns(const struct list_column *c, size_t n, const bool *chosen, int width,
                           bool *taken)
{
    size_t n_taken = 0;
    int used = 0;
    for (;;) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            bool open = !taken[i] && (!chosen || chosen[i]);
            if (open && (best == n || c[i].priority < c[best].priority))
                best = i;
        }
        if (best == n)
            return n_taken;
        int cost = c[best].min + (n_taken > 0 ? GAP : 0);
        if (n_taken > 0 && used + cost > width)
            return n_taken; /* a less important column does not pass a more important one */
        taken[best] = true;
        used += cost;
        n_taken++;
    }
}

/* Gives what is left first up to the ideal widths, most important first, then to those that grow.
 */
static void widen(const struct list_column *c, struct list_place *p, size_t n, int left)
{
    bool done[LIST_COLUMNS] = {false};
    for (size_t round = 0; round < n && left > 0; round++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++)
            if (!done[i] && (best == n || c[p[i].column].priority < c[p[best].column].priority))
                best = i;
        done[best] = true;
        int wish = c[p[best].column].ideal - p[best].w;
        int given = wish < 0 ? 0 : wish < left ? wish : left;
        p[best].w += given;
        left -= given;
    }
    int growing = 0;
    for (size_t i = 0; i < n; i++)
        growing += c[p[i].column].grow;
    for (size_t i = 0; i < n && growing > 0; i++)
        if (c[p[i].column].grow) {
            int share = left / growing--;
            p[i].w += share;
            left -= share;
        }
}

size_t list_place_columns(const struct list_column *c, size_t n, const bool *chosen, int width,
                          struct list_place ret[LIST_COLUMNS])
{
    bool taken[LIST_COLUMNS] = {false};
    if (n > LIST_COLUMNS)
        n = LIST_COLUMNS;
    if (n == 0)
        return 0;
    size_t n_taken = take_columns(c, n, chosen, width, taken), made = 0;
    if (n_taken == 0) { /* nothing chosen at all: the most important one */
        n_taken = take_columns(c, n, NULL, 0, taken);
    }
    int used = 0;
    for (size_t i = 0; i < n; i++)
        if (taken[i]) {
            int w = c[i].min < width ? c[i].min : width;
            ret[made++] = (struct list_place){.column = (int)i, .w = w};
            used += w + (made > 1 ? GAP : 0);
        }
    widen(c, ret, made, width - used);
    int x = 0;
    for (size_t i = 0; i < made; i++) {
        ret[i].x = x;
        x += ret[i].w + GAP;
    }
    return n_taken;
}
