/* demo/events_plan.c: when and where violence happens: at night and at weekends, less in July, and
 * in bursts, because the group that was hit hits back within two weeks. */
#include "inside.h"

#define PER_CITY 650
#define ANSWERED_SHARE 22 /* percent that retaliate for another */
#define REVIEW_DAY 1      /* Tuesday */

static instant moment_of_violence(struct demo *g, int day)
{
    int hour = odds(g, 61) ? (18 + upto(g, 9)) % 24 : between(g, 3, 17);
    return on_day(day, hour, upto(g, 60));
}

static int day_of_violence(struct demo *g)
{
    for (;;) {
        int day = between(g, g->day0, g->today - OPEN_DAYS - 2);
        struct date d = date_from_days(day);
        bool weekend = date_wday(d) >= 5;
        if (d.m == 7 && odds(g, 45))
            continue;
        if (weekend || odds(g, 51))
            return day;
    }
}

static const char *type_of_violence(struct demo *g)
{
    return WEIGHTED(g, {"SKJUTNING", 35}, {"SPRANGNING", 9}, {"HANDGRANAT", 3}, {"KNIV", 28},
                    {"FORSOK_MORD", 6}, {"MORD_DRAP", 2}, {"GROVT_HOT", 14}, {"UTPRESSNING", 8},
                    {"VAPENFYND", 9}, {"MORDBRAND", 6}, {"MANNISKOROV", 2}, {"GROVT_RAN", 5},
                    {"STAMPLING", 1}, {"ANNAN", 2});
}

static bool is_group_like(const char *type)
{
    static const char *const types =
        "SKJUTNING,SPRANGNING,HANDGRANAT,FORSOK_MORD,MORDBRAND,STAMPLING";
    return str_list_has(types, type);
}

static char draw_gmi(struct demo *g, const char *type)
{
    if (odds(g, 6))
        return '-';
    return is_group_like(type) ? WEIGHTED(g, {"J", 76}, {"O", 13}, {"N", 11})[0]
                               : WEIGHTED(g, {"J", 48}, {"O", 17}, {"N", 35})[0];
}

static void draw_sides(struct demo *g, struct event *ev)
{
    int day = day_of_instant(ev->at);
    for (int tries = 0; tries < 25 && ev->acting < 0; tries++) {
        const struct conflict *c = &g->conflicts[upto(g, g->n_conflicts)];
        if (c->from > day || c->to < day)
            continue;
        bool turned = odds(g, 50);
        ev->acting = turned ? c->b : c->a;
        ev->target = turned ? c->a : c->b;
    }
    if (ev->acting < 0)
        ev->acting = upto(g, g->n_groups);
    if (odds(g, 20))
        ev->target = -1;
    else if (ev->target >= 0 && odds(g, 10))
        ev->acting = -1;
}

static struct event draw_event(struct demo *g, int no)
{
    struct event ev = {.acting = -1, .target = -1, .parent = -1, .no = no};
    ev.type = type_of_violence(g);
    ev.at = moment_of_violence(g, day_of_violence(g));
    ev.gmi = draw_gmi(g, ev.type);
    if (ev.gmi == 'J')
        draw_sides(g, &ev);
    else if (ev.gmi == 'O' && odds(g, 30))
        ev.acting = upto(g, g->n_groups);
    return ev;
}

/* The one that was hit answers; false: nobody to answer, or too close to today. */
static bool draw_answer(struct demo *g, int no, struct event *ret)
{
    const struct event *first = &g->events[upto(g, no)];
    if (first->gmi != 'J' || first->acting < 0 || first->target < 0 || !is_group_like(first->type))
        return false;
    double days = 0.3 + waiting(g, 4.5);
    *ret = (struct event){.acting = first->target,
                          .target = first->acting,
                          .parent = first->no,
                          .no = no,
                          .gmi = 'J'};
    ret->type = WEIGHTED(g, {"SKJUTNING", 58}, {"SPRANGNING", 18}, {"KNIV", 10}, {"MORDBRAND", 8},
                         {"FORSOK_MORD", 6});
    ret->at = first->at + (instant)(days * (double)DAY);
    return days < 14 && day_of_instant(ret->at) < g->today - OPEN_DAYS - 1;
}

static int by_known(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    return x->known != y->known ? (x->known > y->known) - (x->known < y->known)
                                : (x->no > y->no) - (x->no < y->no);
}

static int review_after(instant known)
{
    int day = day_of_instant(known) + 2;
    while (date_wday(date_from_days(day)) != REVIEW_DAY)
        day++;
    return day;
}

void plan_events(struct demo *g)
{
    int n = PER_CITY * g->scale, own = n * (100 - ANSWERED_SHARE) / 100;
    g->events = xcalloc((size_t)n, sizeof *g->events);
    for (; g->n_events < own; g->n_events++)
        g->events[g->n_events] = draw_event(g, g->n_events);
    while (g->n_events < n)
        if (draw_answer(g, g->n_events, &g->events[g->n_events]))
            g->n_events++;
    for (int i = 0; i < n; i++) {
        struct event *ev = &g->events[i];
        ev->known = ev->at + 60 * (instant)(4 + waiting(g, odds(g, 80) ? 20 : 500));
        ev->reviewed = ev->gmi == '-' ? 0 : review_after(ev->known);
    }
    qsort(g->events, (size_t)n, sizeof *g->events, by_known);
}
