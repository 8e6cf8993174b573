/* Many sessions: each thinks two seconds on average, then moves, pages, searches or saves. */
#include "many.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THINK_MS 2000.0
#define TYPE_MS 250.0 /* between the keys of one action */
#define START_MS 40.0 /* between two starts */

enum class { START, DOWN, PAGE, SEARCH, SAVE };

struct worker {
    struct drive *d;
    const struct program *p;
    char word[24];           /* what this one looks for, so that not all save the same record */
    const char *plan;        /* the keys of the action that are still to come */
    char plan_room[96];
    enum class doing;
    double next;             /* when the next key comes */
    bool timed, waiting, dead;
    int saves;
};

struct crowd {
    struct drives *all;
    struct worker *at;
    int n;
    unsigned chance;
    struct many *ret;
};

/* The same people in every run. */
static double chance(struct crowd *c)
{
    c->chance = c->chance * 1664525u + 1013904223u;
    return (double)(c->chance >> 8) / (double)(1u << 24);
}

static double think(struct crowd *c, double mean)
{
    return -mean * log(1.0 - chance(c));
}

/* --- actions: a plan is a text of keys; ~ begins the key that is timed ---------------------------------------------------- */

#define TIMED '~'

static void plan_search(struct worker *w)
{
    char *at = w->plan_room;
    *at++ = 's';
    if (!w->p->floor)
        *at++ = *KEY_CLEAR;
    for (size_t i = 0; w->word[i]; i++) {
        if (i < 3)
            *at++ = TIMED;
        *at++ = w->word[i];
    }
    *at++ = *KEY_ENTER;
    *at = '\0';
}

static void plan_save(struct worker *w)
{
    if (w->p->floor)
        snprintf(w->plan_room, sizeof w->plan_room, "~w");
    else
        snprintf(w->plan_room, sizeof w->plan_room, "\re\t\t%s~%sq", w->saves++ % 2 ? "\177" : "x", KEY_SAVE);
}

static void plan_next(struct crowd *c, struct worker *w)
{
    double what = chance(c);
    w->plan = w->plan_room;
    if (what < 0.55) {
        w->doing = DOWN;
        snprintf(w->plan_room, sizeof w->plan_room, "~%s", KEY_DOWN);
    } else if (what < 0.75) {
        w->doing = PAGE;
        snprintf(w->plan_room, sizeof w->plan_room, "~%s", KEY_PAGE);
    } else if (what < 0.88) {
        w->doing = SEARCH;
        plan_search(w);
    } else {
        w->doing = SAVE;
        plan_save(w);
    }
}

static size_t key_length(const char *at)
{
    return *at == '\033' ? (at[1] == 'O' ? 3 : 4) : 1;
}

static void press(struct crowd *c, struct worker *w)
{
    if (!w->plan || !*w->plan)
        plan_next(c, w);
    w->timed = *w->plan == TIMED;
    w->plan += w->timed;
    size_t n = key_length(w->plan);
    drive_send(w->d, w->plan, n);
    w->plan += n;
    w->waiting = true;
}

/* --- answers --------------------------------------------------------------------------------------------------------------- */

static void failed(struct crowd *c, struct worker *w, const char *what)
{
    if (c->ret->errors++ == 0) {
        fprintf(stderr, "bench: %s: %s\n", w->p->name, what);
        drive_print(w->d);
    }
    w->dead = true;
}

static void answered(struct crowd *c, struct worker *w, const struct drive_step *s)
{
    struct samples *kinds[] = {&c->ret->start, &c->ret->down, &c->ret->page, &c->ret->search, &c->ret->save};
    w->waiting = false;
    if (w->timed)
        samples_add(kinds[w->doing], s->last_ms);
    if (w->timed && w->doing == SAVE && !drive_shows(w->d, "Saved "))
        failed(c, w, "a save was not done");
    bool more = w->plan && *w->plan;
    w->next = drive_now_ms() + (more ? TYPE_MS : think(c, THINK_MS));
}

/* What happens until that time; keys are sent to those whose time has come when `at_work`. */
static void live(struct crowd *c, double until, bool at_work)
{
    for (double now; (now = drive_now_ms()) < until;) {
        double wake = until;
        for (int i = 0; i < c->n && at_work; i++) {
            struct worker *w = &c->at[i];
            if (w->dead || w->waiting)
                continue;
            if (drive_over(w->d))
                failed(c, w, "a session ended");
            else if (w->next <= now)
                press(c, w);
            else if (w->next < wake)
                wake = w->next;
        }
        struct drive_step s;
        struct drive *d = drives_next(c->all, wake > now ? (int)ceil(wake - now) : 0, &s);
        if (d)
            answered(c, drive_ctx(d), &s);
    }
}

/* --- the whole --------------------------------------------------------------------------------------------------------------- */

static double machine_busy(double *ret_total)
{
    unsigned long long v[8] = {0};
    FILE *f = fopen("/proc/stat", "r");
    if (f) {
        int n = fscanf(f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6],
                       &v[7]);
        (void)n;
        fclose(f);
    }
    double all = 0;
    for (int i = 0; i < 8; i++)
        all += (double)v[i];
    *ret_total = all;
    return all - (double)v[3] - (double)v[4];
}

static void start_all(struct crowd *c, const struct program *p)
{
    static const char *const names[] = {"ahm", "alm", "axe", "ber", "blo", "dah", "eri", "fal", "for", "gus",
                                        "han", "has", "hol", "ibr", "jan", "joh", "jon", "kar", "lar", "lin"};
    for (int i = 0; i < c->n; i++) {
        struct worker *w = &c->at[i];
        *w = (struct worker){.p = p, .doing = START, .timed = true, .waiting = true};
        snprintf(w->word, sizeof w->word, "%s %c", names[i % 20], "aefhijklmnop"[i / 20 % 12]);
        if (p->floor)
            w->word[3] = '\0';
        w->d = drive_open(c->all, p->argv, p->env, w);
        live(c, drive_now_ms() + START_MS, false);
    }
    live(c, drive_now_ms() + 1500, false);
    for (int i = 0; i < c->n; i++) {
        struct worker *w = &c->at[i];
        w->plan = w->plan_room;
        w->doing = SEARCH;
        w->next = drive_now_ms() + chance(c) * THINK_MS;
        plan_search(w);
        for (char *t; (t = strchr(w->plan_room, TIMED));) /* the first one only brings it to its place */
            memmove(t, t + 1, strlen(t));
    }
}

void measure_many(const struct program *p, int sessions, int seconds, struct many *ret)
{
    struct crowd c = {.all = drives_new(NULL), .n = sessions, .chance = 7, .ret = ret};
    double total, total_then, pss = 0;
    *ret = (struct many){.sessions = sessions};
    c.at = calloc((size_t)sessions, sizeof *c.at);
    if (!c.at)
        abort();
    start_all(&c, p);
    double busy = machine_busy(&total);
    live(&c, drive_now_ms() + seconds * 1000.0, true);
    ret->busy = (machine_busy(&total_then) - busy) / (total_then - total);
    for (int i = 0; i < sessions; i++)
        pss += (double)drive_pss_kb(c.at[i].d);
    ret->pss_mb = pss / 1024.0 / sessions;
    drives_free(c.all);
    free(c.at);
}

void many_done(struct many *m)
{
    samples_done(&m->start);
    samples_done(&m->down);
    samples_done(&m->page);
    samples_done(&m->search);
    samples_done(&m->save);
}
