/* demo/make.c: writing records as if they had been saved one after the other by the people who work
 * there. */
#include "inside.h"
#include "treben/core/clocks.h"

#define BATCH 3000    /* records in a transaction */
#define CHECKPOINT 10 /* transactions between two checkpoints */
#define FORGET 200    /* records after which the request's memory is given back */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Half of it grows, half of it is chance. */
static void next_id(struct demo *g, char ret[ID_LEN + 1])
{
    g->seq += 1 + (uint64_t)upto(g, 4000);
    uint64_t growing = g->seq, random = rng_next(&g->rng), more = rng_next(&g->rng);
    for (int i = 9; i >= 0; i--, growing >>= 5)
        ret[i] = crockford[growing & 31];
    for (int i = 10; i < ID_LEN; i++) {
        uint64_t *from = i < 18 ? &random : &more;
        ret[i] = crockford[*from & 31];
        *from >>= 5;
    }
    ret[ID_LEN] = '\0';
}

struct tale tale_begin(struct demo *g, const char *kind, const char *owner, const char *info_class)
{
    const struct kind_model *k = model_kind(g->c->model, kind);
    struct record *r = record_new(k);
    g->telling++;
    next_id(g, r->id);
    record_put(r, k->n_own + COMMON_OWNER_AGENCY, owner);
    record_put(r, k->n_own + COMMON_INFO_CLASS, info_class);
    record_put(r, k->n_own + COMMON_LOCKED, "0");
    for (int i = 0; i < k->n_lifecycles; i++)
        record_put(r, k->lifecycles[i].field, k->lifecycles[i].initial);
    return (struct tale){.r = r};
}

void put(struct tale *t, const char *field, const char *value)
{
    record_put(t->r, model_field(t->r->k, field), value);
}

void putf(struct tale *t, const char *field, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    AUTOFREE char *value = xvprintf(fmt, args);
    va_end(args);
    put(t, field, value);
}

void put_n(struct tale *t, const char *field, int64_t n)
{
    putf(t, field, "%" PRId64, n);
}

void put_time(struct tale *t, const char *field, instant at)
{
    char text[INSTANT_TEXT];
    instant_text(at, text);
    put(t, field, text);
}

void put_day(struct tale *t, const char *field, int day)
{
    char text[DATE_TEXT];
    date_text(date_from_days(day), text);
    put(t, field, text);
}

/* --- writing --------------------------------------------------------------------------------- */

void act_as(struct demo *g, const struct worker *by, instant at)
{
    struct subject *who = &g->c->who;
    clock_set(at);
    who->system = true;
    snprintf(who->user, sizeof who->user, "%s", by ? by->id : "");
    snprintf(who->agency, sizeof who->agency, "%s", by ? by->agency : "");
}

static void fail_at(struct demo *g, bool ok)
{
    g->failed = g->failed || !ok;
}

/* What was written so far is kept; the next batch begins. Not while a record is being told: what
 * points to it may be there before it is. */
static void turn_page(struct demo *g)
{
    if (g->failed || g->telling || g->written - g->kept < BATCH)
        return;
    core_request_done(g->c);
    fail_at(g, tx_commit(g->c->store, g->e));
    if (!g->failed && ++g->batches % CHECKPOINT == 0)
        fail_at(g, store_checkpoint(g->c->store, g->e));
    if (!g->failed)
        fail_at(g, tx_begin(g->c->store, g->e));
    g->kept = g->written;
    if (g->watch)
        g->watch(g->watch_ctx, g->what, g->written, 0);
}

static void write_now(struct demo *g, struct record *was, struct record *now, instant at,
                      const struct worker *by)
{
    if (g->failed)
        return;
    act_as(g, by, at);
    fail_at(g, repo_write(g->c, was, now, NULL, g->e));
    if (!was && ++g->written % FORGET == 0)
        core_request_done(g->c);
}

void tale_step(struct demo *g, struct tale *t, instant at, const struct worker *by)
{
    if (!t->told) {
        t->made = at;
        t->by = by;
        t->told = true;
    }
    t->last = at;
    if (!g->steps)
        return;
    write_now(g, t->was, t->r, at, by);
    record_free(t->was);
    t->was = record_copy(t->r);
}

static void put_made(struct tale *t)
{
    char at[INSTANT_TEXT];
    instant_text(t->made, at);
    record_put(t->r, t->r->k->n_own + COMMON_CREATED_AT, at);
}

/* Writes it whole when it was not written step by step, lets its deadlines run, and frees it. */
static void write_tale(struct demo *g, struct tale *t)
{
    if (!g->steps && t->open) /* deadlines count from its last change */
        put_made(t);
    if (!g->steps)
        write_now(g, NULL, t->r, t->open ? t->last : t->made, t->by);
    if (t->open && !g->failed) {
        act_as(g, NULL, t->last);
        fail_at(g, clocks_run(g->c, t->r, g->e));
    }
    record_free(t->was);
    record_free(t->r);
    t->was = t->r = NULL;
}

/* What points to a record comes after it: a row that refers to one not yet there makes the store
 * look through all. */
static void put_off(struct demo *g, const struct tale *t)
{
    if (g->n_later == g->room_later) {
        g->room_later = g->room_later ? g->room_later * 2 : 64;
        g->later = xrealloc(g->later, (size_t)g->room_later * sizeof *g->later);
    }
    g->later[g->n_later++] = *t;
}

static void tale_finish(struct demo *g, struct tale *t, bool open)
{
    t->open = open;
    if (--g->telling > 0 && !g->steps) {
        put_off(g, t);
        t->was = t->r = NULL;
        return;
    }
    write_tale(g, t);
    for (int i = 0; i < g->n_later && g->telling == 0; i++)
        write_tale(g, &g->later[i]);
    g->n_later = g->telling == 0 ? 0 : g->n_later;
    turn_page(g);
}

void tale_end(struct demo *g, struct tale *t)
{
    tale_finish(g, t, false);
}

void tale_once(struct demo *g, struct tale *t, instant at, const struct worker *by)
{
    tale_step(g, t, at, by);
    tale_finish(g, t, false);
}

void tale_end_open(struct demo *g, struct tale *t)
{
    tale_finish(g, t, true);
}

void amend(struct demo *g, const char *kind, const char *id, const char *field, const char *value,
           instant at)
{
    struct record *was;
    if (g->failed)
        return;
    if (!repo_load_all(g->c, model_kind(g->c->model, kind), id, &was, g->e)) {
        g->failed = true;
        return;
    }
    struct record *now = record_copy(was);
    record_put(now, model_field(now->k, field), value);
    write_now(g, was, now, at, NULL);
    record_free(was);
    record_free(now);
}

void begin_part(struct demo *g, const char *what)
{
    g->what = what;
    if (g->watch && !g->failed)
        g->watch(g->watch_ctx, what, g->written, 0);
}

/* One segment instead of many: what a night's upkeep does for a city that works. */
static bool merge_index(struct demo *g, const char *table)
{
    STR sql = {0};
    STMT st;
    str_printf(&sql, "INSERT INTO \"search_%s\"(\"search_%s\") VALUES ('optimize')", table, table);
    return stmt_get(g->c->store, DOOR_UPKEEP, sql.p, &st, g->e) && stmt_run(&st, g->e);
}

bool tidy_up(struct demo *g)
{
    const struct model *m = g->c->model;
    bool ok = !g->failed && merge_index(g, "shared");
    for (int i = 0; i < m->n_agencies && ok; i++)
        ok = merge_index(g, m->agencies[i].code);
    return ok;
}

/* --- what several parts use ------------------------------------------------------------------ */

void done_task(struct demo *g, const char *subject, const char *clock, const char *title,
               const char *role, const char *agency, instant from, instant due, instant done)
{
    if (!odds_of(g, g->share_of_tasks) || done > g->now)
        return;
    struct tale t = tale_begin(g, "task", agency, "INTERN");
    put(&t, "title", title);
    put(&t, "owner_role", role);
    put_time(&t, "due", due);
    put(&t, "priority", "2");
    put(&t, "subject", subject);
    put(&t, "source", subject);
    put(&t, "clock", clock);
    tale_step(g, &t, from, NULL);
    put(&t, "state", "KLAR");
    put_time(&t, "done_at", done);
    tale_step(g, &t, done, NULL);
    tale_end(g, &t);
}

const char *area_any(struct demo *g)
{
    const struct code_list *l = model_list(g->c->model, "area");
    for (;;) {
        const char *code = l->codes[upto(g, l->n_codes)].code;
        if (strcmp(code, "OKAND") != 0)
            return code;
    }
}

const char *area_label(struct demo *g, const char *code)
{
    const struct code *c = model_code(model_list(g->c->model, "area"), code);
    return c && strcmp(code, "OKAND") != 0 ? c->label.sv : "Västerstad";
}
