/* One session at a time: start, keys, filter, record, save; timed without, counted with the counting library. */
#include "measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ARROWS = 10, PAGES = 12, SAVES = 8, RECORDS = 5, IDLE_S = 10 };

/* Names as people begin to type them; the letters are what the list follows. */
static const char *const words[] = {"andersso", "lindber", "moham", "kvarnlu", "ali", "sjob"};

/* --- programs ------------------------------------------------------------------------------------------------------- */

static const char *join(const char *folder, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        abort();
    return path; /* lives as long as the benchmark */
}

struct program program_list(const struct place *at)
{
    return (struct program){.name = "floor_list", .floor = true, .argv = {join(at->bench, "floor_list")}};
}

struct program program_pair(const struct place *at, const char *db)
{
    return (struct program){.name = "floor_pair", .floor = true, .argv = {join(at->bench, "floor_pair"), db, at->saves}};
}

struct program program_ours(const struct place *at, const char *db, const char *login)
{
    char *open;
    if (asprintf(&open, "TREBEN_OPEN=%s", at->kind) < 0)
        abort();
    return (struct program){.name = "treben",
                            .argv = {join(at->programs, "treben"), "--db", db, "--as", login, "--lang", "en"},
                            .env = {open, "HOME=/nonexistent"}};
}

/* --- one session ---------------------------------------------------------------------------------------------------- */

struct run {
    const struct program *p;
    struct drives *all;
    struct drive *d;
};

static void give_up(const struct run *r, const char *what)
{
    fprintf(stderr, "bench: %s: %s\n", r->p->name, what);
    drive_print(r->d);
    exit(1);
}

static struct drive_step key(struct run *r, const char *keys)
{
    struct drive_step s = {0};
    if (!drive_key(r->d, keys, &s))
        give_up(r, "no answer to a key");
    return s;
}

static struct run open_run(const struct program *p, const char *library, struct drive_step *ret)
{
    struct run r = {.p = p, .all = drives_new(library)};
    r.d = drive_open(r.all, p->argv, p->env, NULL);
    if (!drive_wait(r.d, ret))
        give_up(&r, "it did not start");
    return r;
}

static void close_run(struct run *r)
{
    drives_free(r->all);
}

void measure_start(const struct program *p, struct samples *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    samples_add(ret, s.last_ms);
    close_run(&r);
}

void measure_keys(const struct program *p, struct times *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    for (int i = 0; i < 2 * ARROWS; i++)
        samples_add(&ret->arrow, key(&r, i < ARROWS ? KEY_DOWN : KEY_UP).last_ms);
    for (int i = 0; i < PAGES; i++)
        samples_add(&ret->page, key(&r, KEY_PAGE).last_ms);
    close_run(&r);
}

static void leave_search(struct run *r)
{
    if (!r->p->floor)
        key(r, KEY_CLEAR);
    key(r, KEY_ENTER);
}

void measure_filter(const struct program *p, struct samples *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        key(&r, "s");
        for (const char *c = words[i]; *c; c++)
            samples_add(ret, key(&r, (const char[]){*c, 0}).last_ms);
        leave_search(&r);
    }
    close_run(&r);
}

void measure_record(const struct program *p, struct times *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    for (int i = 0; i < RECORDS; i++) {
        samples_add(i ? &ret->record : &ret->record_first, key(&r, KEY_ENTER).last_ms);
        if (i == 0 && !drive_shows(r.d, "[1 "))
            give_up(&r, "no record was opened");
        key(&r, "q");
    }
    close_run(&r);
}

/* Opens the second row for writing; its given names end with one letter more or less each time. */
static void write_something(struct run *r, int i)
{
    key(r, "e");
    key(r, "\t\t");
    key(r, i % 2 ? "\177" : "x");
}

static struct drive_step save_once(struct run *r, int i)
{
    if (r->p->floor)
        return key(r, "w");
    write_something(r, i);
    struct drive_step s = key(r, KEY_SAVE);
    if (drive_shows(r->d, "Saved "))
        return s;
    drives_rest(r->all, 2000); /* on a busy machine the mark may have been that of an earlier key's second paint */
    if (!drive_shows(r->d, "Saved "))
        give_up(r, "it was not saved");
    s.last_ms = NAN;
    return s;
}

static void open_second(struct run *r)
{
    key(r, KEY_DOWN);
    if (!r->p->floor)
        key(r, KEY_ENTER);
}

void measure_save(const struct program *p, struct samples *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    open_second(&r);
    for (int i = 0; i < SAVES; i++) {
        double ms = save_once(&r, i).last_ms;
        if (i > 0 && !isnan(ms)) /* the first one pays for what is made once */
            samples_add(ret, ms);
    }
    close_run(&r);
}

/* --- counting ------------------------------------------------------------------------------------------------------- */

static void count_moves(struct run *r, struct exact *ret)
{
    struct samples bytes = {0}, writes = {0}, late = {0};
    for (int i = 0; i < ARROWS; i++) {
        struct drive_step s = key(r, KEY_DOWN);
        samples_add(&bytes, (double)s.bytes);
        samples_add(&writes, (double)s.writes);
        samples_add(&late, (double)s.late_bytes);
    }
    ret->arrow_bytes = samples_part(&bytes, 0.5);
    ret->arrow_writes = samples_part(&writes, 0.5);
    ret->arrow_late_bytes = samples_part(&late, 0.5);
    samples_done(&bytes);
    samples_done(&writes);
    samples_done(&late);
    for (int i = 0; i < ARROWS; i++)
        key(r, KEY_UP);
}

/* Twelve down and eight up in one go: a held key on a slow line. */
static void count_queue(struct run *r, struct exact *ret)
{
    char keys[128] = "";
    for (size_t i = 0; i < 20; i++)
        memcpy(keys + 3 * i, i < 12 ? KEY_DOWN : KEY_UP, 4);
    struct drive_step s = key(r, keys);
    ret->queue_bytes = (double)s.bytes;
    ret->queue_writes = (double)s.writes;
    ret->queue_late_bytes = (double)s.late_bytes;
}

static void count_pages(struct run *r, struct exact *ret)
{
    struct samples bytes = {0}, writes = {0}, fsyncs = {0};
    for (int i = 0; i < PAGES; i++) {
        struct drive_step s = key(r, KEY_PAGE);
        samples_add(&bytes, (double)s.bytes);
        samples_add(&writes, (double)s.writes);
        samples_add(&fsyncs, (double)s.fsyncs);
    }
    ret->page_bytes = samples_part(&bytes, 0.5);
    ret->page_writes = samples_part(&writes, 0.5);
    ret->page_fsyncs = samples_part(&fsyncs, 0.5);
    samples_done(&bytes);
    samples_done(&writes);
    samples_done(&fsyncs);
}

static void count_saves(struct run *r, struct exact *ret)
{
    struct samples fsyncs = {0};
    open_second(r);
    for (int i = 0; i < SAVES; i++)
        samples_add(&fsyncs, (double)save_once(r, i).fsyncs);
    ret->save_fsyncs = samples_part(&fsyncs, 0.5);
    samples_done(&fsyncs);
}

void count_keys(const struct program *p, const char *library, struct exact *ret)
{
    struct drive_step s;
    struct run r = open_run(p, library, &s);
    ret->first_bytes = (double)s.bytes;
    ret->first_queries = (double)s.queries;
    count_moves(&r, ret);
    count_queue(&r, ret);
    count_pages(&r, ret);
    close_run(&r);
    if (strcmp(p->name, "floor_list") == 0)
        return;
    r = open_run(p, library, &s);
    if (!p->floor) {
        ret->record_fsyncs = (double)key(&r, KEY_ENTER).fsyncs;
        key(&r, "q");
        key(&r, "s");
        key(&r, "a");
        ret->filter_fsyncs = (double)key(&r, "n").fsyncs;
        leave_search(&r);
    }
    count_saves(&r, ret);
    close_run(&r);
}

/* Ten seconds of the quiet part of a minute, after what a pause is used for has been done. */
void count_idle(const struct program *p, struct exact *ret)
{
    struct drive_step s;
    struct run r = open_run(p, NULL, &s);
    key(&r, KEY_DOWN);
    drives_rest(r.all, 6000);
    while (time(NULL) % 60 > 60 - IDLE_S - 2)
        drives_rest(r.all, 200);
    long sleeps = drive_sleeps(r.d);
    ret->idle_bytes = (double)drives_rest(r.all, IDLE_S * 1000);
    ret->idle_wakes = (double)(drive_sleeps(r.d) - sleeps) / IDLE_S;
    close_run(&r);
}
