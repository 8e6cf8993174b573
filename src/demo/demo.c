/* demo/demo.c: the demo city from the first account to this morning's draft. People, incidents and
 * all that follows from them grow with the scale, groups and accounts more slowly, messages not at
 * all. Notes are those of the last year only; of notes and finished tasks a large city keeps a
 * share, so that it stays below two million records. */
#include "inside.h"
#include "treben/base/lang.h"

#define SCALE_MOST 100
#define STEPS_UP_TO                                                                                \
    10 /* larger cities keep the last state of what is over, not every step to it                  \
        */
#define CONTACTS 260
#define VICTIMS 160
#define NUMBER_BITS ((size_t)40000 * 20 * 2)

static void story(struct demo *g)
{
    static void (*const parts[])(struct demo * g) = {
        make_staff,      make_groups,    make_members,  make_events,   make_reviews,
        make_bystanders, make_doubles,   make_audits,   make_clients,    make_leavers,  make_messages, make_talks,
        make_call_ins,   make_rounds,     make_responses, make_promises, make_offers, make_exits,   make_notes,
        make_tasks,      make_told,      make_meetings, make_log,          make_opening,
    };
    for (size_t i = 0; i < N_OF(parts) && !g->failed; i++)
        parts[i](g);
}

static void begin(struct demo *g, uint64_t seed)
{
    uint64_t mixed =
        seed * 0x9E3779B97F4A7C15u + (uint64_t)g->scale; /* two scales have no chance in common */
    rng_seed(&g->rng, mixed);
    id_seed(mixed | 1); /* 0 would be the system's own randomness */
    g->seq = (uint64_t)1 << 44 | rng_next(&g->rng) >> 24;
    g->today = day_of_instant(g->now);
    g->day0 = g->today - YEARS * 365;
    g->steps = g->scale <= STEPS_UP_TO;
    g->share_of_tasks = task_share(g->scale);
    g->left_contacts = CONTACTS * g->scale;
    g->left_victims = VICTIMS * g->scale;
    for (int p = 0; p < PARTITIONS; p++)
        g->taken[p] = xcalloc(NUMBER_BITS / 8, 1);
}

static void end(struct demo *g)
{
    id_seed(0);
    for (int i = 0; i < g->n_later; i++)
        record_free(g->later[i].r);
    for (int p = 0; p < PARTITIONS; p++) {
        free(g->people[p].at);
        free(g->taken[p]);
    }
    for (int i = 0; i < g->n_groups; i++)
        free(g->groups[i].members);
    free(g->later);
    free(g->groups);
    free(g->members);
    free(g->conflicts);
    free(g->events);
    free(g->versions);
    free(g->talks);
    free(g->rounds);
    free(g->workers);
    arena_done(&g->keep);
}

bool demo_make_watched(struct core *c, uint64_t seed, int scale, demo_watch *watch, void *ctx,
                       struct err *e)
{
    if (scale < 1 || scale > SCALE_MOST)
        return err_set(e, ERR_INVALID,
                       _("The scale of the demo city is a whole number from 1 to %d."), SCALE_MOST);
    struct demo g = {
        .c = c, .e = e, .now = clock_now(), .scale = scale, .watch = watch, .watch_ctx = ctx};
    instant clock_before = clock_given();
    subject_system(c);
    begin(&g, seed);
    g.failed = !tx_begin(c->store, e);
    if (!g.failed)
        story(&g);
    bool ok =
        !g.failed && meta_set(c->store, "demo", "1", e) && tidy_up(&g) && tx_commit(c->store, e);
    if (!ok)
        tx_rollback(c->store);
    clock_set(clock_before);
    end(&g);
    subject_system(c);
    core_request_done(c);
    return ok && store_checkpoint(c->store, e);
}

bool demo_make(struct core *c, uint64_t seed, int scale, struct err *e)
{
    return demo_make_watched(c, seed, scale, NULL, NULL, e);
}
