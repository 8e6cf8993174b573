/* demo/chance.c: drawing lots, and times of day at which people work. */
#include "inside.h"

#include <math.h>

int upto(struct demo *g, int n)
{
    return n > 0 ? (int)rng_below(&g->rng, (uint32_t)n) : 0;
}

int between(struct demo *g, int lo, int hi)
{
    return hi > lo ? lo + upto(g, hi - lo + 1) : lo;
}

bool odds(struct demo *g, int percent)
{
    return upto(g, 100) < percent;
}

bool odds_of(struct demo *g, double p)
{
    return rng_unit(&g->rng) < p;
}

double bell(struct demo *g)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += rng_unit(&g->rng);
    return sum - 6;
}

double waiting(struct demo *g, double mean)
{
    return -mean * log(1 - rng_unit(&g->rng));
}

const char *weighted(struct demo *g, const struct weight *w, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += w[i].weight;
    int at = upto(g, sum);
    for (size_t i = 0; i < n; i++) {
        if (at < w[i].weight)
            return w[i].value;
        at -= w[i].weight;
    }
    return w[0].value;
}

const char *one_of(struct demo *g, const char *const *list, size_t n)
{
    return list[upto(g, (int)n)];
}

instant on_day(int day, int hour, int minute)
{
    instant at;
    bool twice;
    if (!moment_to_instant(date_from_days(day), hour, minute, 0, &at, &twice))
        (void)moment_to_instant(date_from_days(day), hour + 1, minute, 0, &at,
                                &twice); /* the hour that spring skips */
    return at;
}

int day_of_instant(instant t)
{
    return (int)date_days(moment_of(t).date);
}

instant past(struct demo *g, instant t)
{
    instant latest = g->now - HOUR - upto(g, 5 * (int)HOUR);
    return t < latest ? t : latest;
}

instant office(struct demo *g, instant t)
{
    struct moment m = moment_of(t);
    int day = (int)date_days(m.date);
    if (m.wday < 5 && m.hour >= 8 && m.hour < 16)
        return t + upto(g, 20) * 60;
    if (m.wday >= 5 || m.hour >= 16)
        day++;
    while (date_wday(date_from_days(day)) >= 5)
        day++;
    return on_day(day, between(g, 8, 10), upto(g, 60));
}

instant later_by(struct demo *g, instant t, double days)
{
    instant at = office(g, t + (instant)(days * (0.6 + 0.8 * rng_unit(&g->rng)) * (double)DAY));
    return at < g->now - HOUR ? at : past(g, g->now) > t ? past(g, g->now) : t;
}

int times_scale(const struct demo *g, int n, double power)
{
    return (int)lround(n * pow(g->scale, power));
}
