/* demo/rounds.c: sanction rounds of the past. Each followed a shooting or the like by a group that
 * had been warned, but one: that one shows what a manager's reason instead of a warning looks like.
 */
#include "inside.h"

#define PER_CITY 25
#define FIRST_DAYS 90 /* a round younger than that might still run */
#define APART_DAYS 110

static int compare_order(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* For each group the first talk that reached it. */
static int *first_talks(const struct demo *g)
{
    int *first = xcalloc((size_t)g->n_groups + 1, sizeof *first);
    for (int i = 0; i < g->n_groups; i++)
        first[i] = -1;
    for (int i = 0; i < g->n_talks; i++) {
        const struct talk *t = &g->talks[i];
        if (t->group < 0 || t->person < 0 || t->delivered == INSTANT_NONE)
            continue;
        if (first[t->group] < 0 || t->delivered < g->talks[first[t->group]].delivered)
            first[t->group] = i;
    }
    return first;
}

/* The talk by which the group was warned must be with one of its own. */
static bool is_member(const struct demo *g, int person, int group)
{
    const struct group *o = &g->groups[group];
    for (int i = 0; i < o->n_members; i++)
        if (g->members[o->members[i]].person == person)
            return true;
    return false;
}

static bool calls_for_round(const struct demo *g, const struct event *ev)
{
    return ev->gmi == 'J' && ev->acting >= 0 && ev->known < g->now - FIRST_DAYS * DAY &&
           str_list_has("SKJUTNING,SPRANGNING,MORD_DRAP,FORSOK_MORD,HANDGRANAT", ev->type);
}

static void decide_round(struct demo *g, struct tale *t, struct round *r)
{
    const struct worker *other = named_worker(g, odds(g, 65) ? "ingrid.ros" : "jan.friberg"),
                        *police = named_worker(g, "olle.dahl");
    const struct worker *both[2] = {police, other};
    for (int i = 0; i < 2; i++) {
        struct tale a = tale_begin(g, "approval", "POL", "DELAD");
        put(&a, "subject", r->id);
        put(&a, "step", "BESLUTAD");
        put(&a, "agency", agency_id(g, both[i]->agency));
        put(&a, "user", both[i]->id);
        put_time(&a, "at", r->decided - (1 - i) * HOUR);
        put(&a, "answer", "JA");
        tale_once(g, &a, r->decided - (1 - i) * HOUR, both[i]);
    }
    putf(t, "decided_by", "%s,%s", police->id, other->id);
    put_time(t, "decided_at", r->decided);
    put_day(t, "starts", day_of_instant(r->decided));
    put_day(t, "next_decision_due", day_of_instant(r->decided) + 28);
    put(t, "state", "BESLUTAD");
    tale_step(g, t, r->decided, other);
    done_task(g, r->id, "round_decide", "Besluta om sanktionsomgången", "CHEF", "POL", r->proposed,
              r->proposed + 7 * DAY, r->decided);
}

static void tell_group(struct demo *g, struct tale *t, struct round *r)
{
    const struct worker *by = named_worker(g, "hakan.ek");
    struct tale m = tale_begin(g, "group_message", "POL", "DELAD");
    snprintf(r->message, sizeof r->message, "%s", m.r->id);
    r->told = later_by(g, r->decided, 9);
    put(&m, "group", g->groups[r->group].id);
    put(&m, "round", r->id);
    put(&m, "channel", WEIGHTED(g, {"CN", 45}, {"FRIVARD", 20}, {"OMBUD", 20}, {"BREV", 15}));
    put(&m, "message_version", version_at(g, "ATERKOPPLING", r->told));
    put_time(&m, "at", r->told);
    put(&m, "receipt", "Mottaget, inga frågor.");
    tale_once(g, &m, r->told + HOUR, by);
    put(t, "feedback_state", "ATERKOPPLAD");
    tale_step(g, t, r->told + HOUR, by);
    done_task(g, r->id, "c4_feedback", "Återkoppla omgången till gruppen", "KOORD_P", "POL",
              r->decided, r->decided + 14 * DAY, r->told + HOUR);
    if (day_of_instant(r->told) > g->groups[r->group].told)
        g->groups[r->group].told = day_of_instant(r->told);
}

static void run_and_end(struct demo *g, struct tale *t, struct round *r)
{
    const struct worker *by = named_worker(g, "hakan.ek");
    bool broken = odds(g, 7);
    put(t, "state", "PAGAR");
    tale_step(g, t, r->decided + 2 * DAY, NULL);
    tell_group(g, t, r);
    put(t, "next_decision_due", NULL);
    put_time(t, "ended_at", r->ended);
    if (broken) {
        put(t, "end_reason", "AVBRUTEN");
        put(t, "state", "AVBRUTEN");
        tale_step(g, t, r->ended, named_worker(g, "olle.dahl"));
        return;
    }
    put(t, "end_reason",
        WEIGHTED(g, {"EFFEKT", 58}, {"TID", 26}, {"RESURS", 10}, {"PRIORITET", 6}));
    put(t, "state", "UTVARDERAS");
    tale_step(g, t, r->ended, by);
    put(t, "evaluation",
        EITHER(
            g,
            "Åtgärderna kom snabbt och gruppen kopplade dem till skjutningen. Lugnt i sju veckor "
            "efteråt.",
            "Flera åtgärder blev sena. Nästa gång bokas personal innan beslutet fattas.",
            "God samverkan med frivården. Återkopplingen till gruppen kunde ha kommit tidigare."));
    put(t, "state", "AVSLUTAD");
    tale_step(g, t, later_by(g, r->ended, 8), by);
    done_task(g, r->id, "round_close", "Avsluta omgången", "KOORD_P", "POL", r->ended,
              r->ended + 14 * DAY, later_by(g, r->ended, 8));
}

static void answer(struct demo *g, const struct round *r, const char *agency, const char *login,
                   bool measures)
{
    const struct worker *by = named_worker(g, login);
    instant at = later_by(g, r->proposed, 1);
    struct tale t = tale_begin(g, "round_answer", agency, "DELAD");
    put(&t, "round", r->id);
    put(&t, "agency", agency_id(g, agency));
    put(&t, "answer", measures ? "MEASURES" : "NONE");
    put(&t, "answered_by", by->id);
    put_time(&t, "answered_at", at);
    tale_once(g, &t, at, by);
}

static void propose(struct demo *g, struct tale *t, struct round *r, const struct talk *prior)
{
    static const char *const objective =
        "Våldet från gruppen ska sluta. Hela gruppen ska märka att det som hände fick följder.";
    put(t, "target_group", g->groups[r->group].id);
    put(t, "trigger_incidents", g->events[r->event].id);
    put(t, "trigger_rule",
        WEIGHTED(g, {"FORSTA_GRUPP", 55}, {"MEST_VALDSAM", 25}, {"LOFTE_BRUTET", 20}));
    if (prior)
        put(t, "prior_message", prior->id);
    else
        put(t, "override_reason",
            "Gruppen var ny och hade inte nåtts. Risken för nästa skjutning bedömdes som akut.");
    put(t, "objective", objective);
    put(t, "proposed_by", named_worker(g, "hakan.ek")->id);
    put_time(t, "proposed_at", r->proposed);
    tale_step(g, t, r->proposed, named_worker(g, "hakan.ek"));
}

static void make_round(struct demo *g, int event, const struct talk *prior)
{
    struct round *r = &g->rounds[g->n_rounds++];
    struct tale t = tale_begin(g, "sanction_round", "POL", "DELAD");
    *r = (struct round){.event = event, .group = g->events[event].acting};
    snprintf(r->id, sizeof r->id, "%s", t.r->id);
    r->proposed =
        office(g, on_day(g->events[event].reviewed, 16, 30)); /* the morning after the review */
    r->decided = later_by(g, r->proposed, 3);
    r->ended = later_by(g, r->decided, 40);
    bool refused = prior && odds(g, 6);
    propose(g, &t, r, prior);
    answer(g, r, "POL", "hakan.ek", true);
    answer(g, r, "SNC", "asa.lind", true);
    answer(g, r, "FRI", "eva.strand", true);
    if (refused) {
        put(&t, "state", "AVSLAGEN");
        tale_step(g, &t, r->decided, named_worker(g, "olle.dahl"));
    } else {
        put(&t, "state", "BEREDD");
        tale_step(g, &t, later_by(g, r->proposed, 1.5), named_worker(g, "hakan.ek"));
        decide_round(g, &t, r);
        run_and_end(g, &t, r);
        r->carried_out = true;
    }
    tale_end(g, &t);
    make_measures(g, r, refused);
}

/* The talk that warned the acting group of an incident before it; NULL: nobody had. */
static const struct talk *warned_by(const struct demo *g, const int *first, const struct event *ev)
{
    const struct talk *t = first[ev->acting] >= 0 ? &g->talks[first[ev->acting]] : NULL;
    return t && t->delivered < ev->known && is_member(g, t->person, ev->acting) ? t : NULL;
}

/* A group has one round at a time. */
static bool too_near(const struct demo *g, const int *chosen, int n, const struct event *ev)
{
    for (int i = 0; i < n; i++) {
        const struct event *other = &g->events[chosen[i]];
        instant apart =
            other->known > ev->known ? other->known - ev->known : ev->known - other->known;
        if (other->acting == ev->acting && apart < APART_DAYS * DAY)
            return true;
    }
    return false;
}

/* One incident of a group that nobody had warned; -1: there is none. */
static int draw_unwarned(struct demo *g, const int *first)
{
    int start = upto(g, g->n_events);
    for (int k = 0; k < g->n_events; k++) {
        int i = (start + k) % g->n_events;
        if (calls_for_round(g, &g->events[i]) && !warned_by(g, first, &g->events[i]))
            return i;
    }
    return -1;
}

/* Which of the incidents led to a round; in order of time. */
static int draw_rounds(struct demo *g, const int *first, int wanted, int *chosen)
{
    int n = 0, unwarned = draw_unwarned(g, first);
    if (unwarned >= 0)
        chosen[n++] = unwarned;
    for (int tries = 0; n < wanted && tries < g->n_events * 8; tries++) {
        int i = upto(g, g->n_events);
        const struct event *ev = &g->events[i];
        if (calls_for_round(g, ev) && warned_by(g, first, ev) && !too_near(g, chosen, n, ev))
            chosen[n++] = i;
    }
    qsort(chosen, (size_t)n, sizeof *chosen, compare_order);
    return n;
}

void make_rounds(struct demo *g)
{
    begin_part(g, "sanktionsomgångar");
    int wanted = PER_CITY * g->scale;
    int *chosen = xcalloc((size_t)wanted, sizeof *chosen), *first = first_talks(g);
    g->rounds = xcalloc((size_t)wanted, sizeof *g->rounds);
    int n = draw_rounds(g, first, wanted, chosen);
    for (int i = 0; i < n && !g->failed; i++)
        make_round(g, chosen[i], warned_by(g, first, &g->events[chosen[i]]));
    free(chosen);
    free(first);
}

void make_told(struct demo *g)
{
    for (int i = 0; i < g->n_groups && !g->failed; i++) {
        char day[DATE_TEXT];
        if (!g->groups[i].told)
            continue;
        date_text(date_from_days(g->groups[i].told), day);
        amend(g, "group", g->groups[i].id, "last_direct_message", day,
              past(g, on_day(g->groups[i].told, 20, 0)));
    }
}
