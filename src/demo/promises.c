/* demo/promises.c: what was said to people and groups, and whether it was kept. */
#include "inside.h"

#define PER_CITY 300
#define KEPT 84 /* percent */

static const struct {
    const char *kind, *text, *agency, *login;
    int days; /* 0: waits for the next act, it has no day */
} sayings[] = {
    {"KONSEKVENS", "Vid nästa skjutning från gruppen riktas all uppmärksamhet mot hela gruppen.",
     "POL", "hakan.ek", 0},
    {"HJALP", "Möte om boende inom en vecka.", "SNC", "sara.wik", 7},
    {"HJALP", "Hjälp att ordna en praktikplats.", "SNC", "asa.lind", 21},
    {"KONTAKT", "Vi ringer upp på fredag.", "SNC", "asa.lind", 4},
    {"KONTAKT", "Ny tid hos frivården inom tio dagar.", "FRI", "eva.strand", 10},
    {"INFORMATION", "Besked om vad som gäller för permissionen.", "FRI", "nils.ahl", 14},
    {"INFORMATION", "Besked om när ärendet prövas.", "POL", "hakan.ek", 14},
};

struct source {
    const char *id, *to;
    instant at;
    int group;
};

/* A later round against the group keeps the promise of a consequence. */
static const struct round *round_after(const struct demo *g, int group, instant at)
{
    for (int i = 0; i < g->n_rounds; i++)
        if (g->rounds[i].group == group && g->rounds[i].carried_out && g->rounds[i].decided > at)
            return &g->rounds[i];
    return NULL;
}

/* Help is shown by the help: an offer that names nobody, so that nothing joins the registers. */
static void make_help(struct demo *g, const struct worker *by, instant at, char ret[ID_LEN + 1])
{
    struct tale t = tale_begin(g, "help_offer", by->agency, "SEKRETESS");
    snprintf(ret, ID_LEN + 1, "%s", t.r->id);
    put(&t, "anonymous", "1");
    put(&t, "given_in", "CN");
    put_time(&t, "given_at", at);
    put(&t, "by_agency", agency_id(g, by->agency));
    put(&t, "given_by", by->id);
    put(&t, "offer_kinds", EITHER(g, "BOENDE", "SYSSELSATTNING"));
    put(&t, "response", "JA");
    put_time(&t, "response_at", at);
    put(&t, "state", "LOST_UTAN_ARENDE");
    tale_once(g, &t, at, by);
}

static void make_evidence(struct demo *g, const char *promise, const struct worker *by, instant at,
                          char ret[ID_LEN + 1])
{
    struct tale t = tale_begin(g, "note", by->agency, "INTERN");
    snprintf(ret, ID_LEN + 1, "%s", t.r->id);
    put(&t, "subject", promise);
    put_time(&t, "event_at", at);
    put_time(&t, "written_at", at);
    put(&t, "author", by->id);
    put(&t, "kind", EITHER(g, "JOURNAL", "TELEFON", "MOTE"));
    put(&t, "text",
        EITHER(g, "Gjort som lovat. Personen bekräftade på telefon.", "Mötet hölls på utsatt tid.",
               "Beskedet lämnat muntligt och skickat i brev samma dag."));
    put(&t, "state", "SIGNERAD");
    tale_once(g, &t, at, by);
}

static void close_promise(struct demo *g, struct tale *t, size_t i, const struct worker *by,
                          const struct source *s, instant at)
{
    char evidence[ID_LEN + 1] = "";
    bool consequence = sayings[i].days == 0;
    const struct round *round = consequence ? round_after(g, s->group, s->at) : NULL;
    bool kept = consequence ? round != NULL : odds(g, KEPT);
    put(t, "state", "PAGAR");
    put(t, "state_shared", strcmp(sayings[i].kind, "HJALP") == 0 ? "LAMNAT" : "PAGAR");
    tale_step(g, t, s->at + 5 * HOUR, by);
    if (consequence && round) {
        snprintf(evidence, sizeof evidence, "%s", round->id);
        at = round->decided + 3 * DAY;
    } else if (kept && strcmp(sayings[i].kind, "HJALP") == 0) {
        make_help(g, by, at - HOUR, evidence);
    } else if (kept) {
        make_evidence(g, t->r->id, by, at - HOUR, evidence);
    }
    const char *state = kept ? "HALLET" : consequence || odds(g, 30) ? "DRAGET" : "BRUTET";
    put(t, "evidence", evidence);
    put_time(t, "closed_at", at);
    put(t, "state", state);
    put(t, "state_shared", strcmp(sayings[i].kind, "HJALP") == 0 ? "LAMNAT" : state);
    tale_step(g, t, at, by);
}

static void make_promise(struct demo *g, const struct source *s, bool to_group)
{
    size_t i = to_group ? 0 : (size_t)between(g, odds(g, 20) ? 0 : 1, (int)N_OF(sayings) - 1);
    const struct worker *by = named_worker(g, sayings[i].login);
    struct tale t = tale_begin(g, "promise", sayings[i].agency, "DELAD");
    put(&t, "made_in", s->id);
    put(&t, "kind", sayings[i].kind);
    put(&t, "to", s->to);
    put(&t, "text", sayings[i].text);
    put(&t, "made_by_agency", agency_id(g, sayings[i].agency));
    put(&t, "state_shared", "LAMNAT");
    int due = day_of_instant(s->at) + sayings[i].days;
    if (sayings[i].days)
        put_day(&t, "due", due);
    tale_step(g, &t, s->at + 3 * HOUR, by);
    instant done = office(g, on_day(due, 9, 0) - between(g, 0, 2) * DAY);
    bool over = sayings[i].days ? done < g->now - DAY && done > s->at + 6 * HOUR
                                : s->at < g->now - 200 * DAY || round_after(g, s->group, s->at);
    if (sayings[i].days && due < g->today && !over) {
        done = past(g, s->at + 30 * HOUR);
        over = true;
    }
    if (!sayings[i].days)
        done = past(g, s->at + between(g, 150, 210) * DAY);
    if (over) {
        close_promise(g, &t, i, by, s, done);
        tale_end(g, &t);
    } else {
        tale_end_open(g, &t);
    }
}

void make_promises(struct demo *g)
{
    begin_part(g, "löften");
    int wanted = PER_CITY * g->scale, made = 0;
    for (int i = 0; i < g->n_rounds && made < wanted && !g->failed; i++) {
        const struct round *r = &g->rounds[i];
        struct source s = {
            .id = r->message, .to = g->groups[r->group].id, .at = r->told, .group = r->group};
        if (*r->message) {
            make_promise(g, &s, true);
            made++;
        }
    }
    double share = g->n_talks ? (double)(wanted - made) / g->n_talks / 0.86 : 0;
    for (int i = 0; i < g->n_talks && made < wanted && !g->failed; i++) {
        const struct talk *t = &g->talks[i];
        if (t->delivered == INSTANT_NONE || t->person < 0 || !odds_of(g, share))
            continue;
        struct source s = {.id = t->id,
                           .to = g->people[POLICE].at[t->person].id,
                           .at = t->delivered,
                           .group = t->group};
        make_promise(g, &s, false);
        made++;
    }
}
