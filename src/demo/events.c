/* demo/events.c: incidents and their way from the first report to the end. */
#include "inside.h"

#define AGAIN_PERCENT 12 /* decided anew */
#define REVIEW_MAX 12    /* incidents at one sitting */

struct telling { /* an incident being told */
    struct demo *g;
    struct event *ev;
    struct tale t;
    struct toll toll;
    char decision[ID_LEN + 1];
    int *where; /* number as drawn > place in order of time */
};

static void put_violence(struct demo *g, struct tale *t, const char *type)
{
    const char *weapon = NULL;
    if (str_list_has("SKJUTNING,FORSOK_MORD,MORD_DRAP,VAPENFYND", type))
        weapon = WEIGHTED(g, {"PISTOL", 60}, {"AUTOMAT", 25}, {"HAGEL", 3}, {"OKANT", 12});
    else if (strcmp(type, "SPRANGNING") == 0)
        weapon = odds(g, 85) ? "SPRANGLADDNING" : "HANDGRANAT";
    else if (strcmp(type, "HANDGRANAT") == 0 || strcmp(type, "KNIV") == 0)
        weapon = type;
    else if (strcmp(type, "MORDBRAND") == 0)
        weapon = "BRAND";
    put(t, "weapon", weapon);
    if (strcmp(type, "SKJUTNING") == 0)
        put_n(t, "n_shots", 1 + (int)waiting(g, 5));
}

static void put_place(struct demo *g, struct tale *t, const struct event *ev)
{
    const char *area = ev->target >= 0 && odds(g, 55) ? g->groups[ev->target].area : area_any(g);
    if (odds(g, 3))
        area = "OKAND";
    put(t, "area", area);
    put(t, "place_text", place_name(g, area));
    put(t, "place_type",
        WEIGHTED(g, {"ALLMAN", 48}, {"BOSTAD", 14}, {"TRAPPHUS", 16}, {"KROG", 7}, {"FORDON", 9},
                 {"SKOLA", 2}, {"ANNAN", 4}));
}

static void register_event(struct telling *s)
{
    struct demo *g = s->g;
    struct event *ev = s->ev;
    bool city = odds(g, 7);
    instant at = ev->known + between(g, 3, 55) * 60;
    const struct worker *by = city ? worker(g, "JOUR_S", NULL, at)
                                   : worker(g, odds(g, 75) ? "JOUR_P" : "ANALYT_P", NULL, at);
    s->t = tale_begin(g, "incident", "POL", "DELAD");
    snprintf(ev->id, sizeof ev->id, "%s", s->t.r->id);
    put(&s->t, "type", ev->type);
    put_time(&s->t, "occurred_at", ev->at);
    put(&s->t, "occurred_precision", WEIGHTED(g, {"EXAKT", 55}, {"TIMME", 33}, {"DYGN", 12}));
    put_time(&s->t, "known_at", ev->known);
    put_time(&s->t, "registered_at", at);
    if (city)
        put(&s->t, "registered_by_agency", agency_id(g, "SNC"));
    put_place(g, &s->t, ev);
    put(&s->t, "confirmed", "EJ_BEKRAFTAD");
    put_n(&s->t, "n_dead", s->toll.dead);
    put_n(&s->t, "n_injured", s->toll.injured);
    put_violence(g, &s->t, ev->type);
    put(&s->t, "summary_shared", what_happened(g, ev->type));
    tale_step(g, &s->t, at, by);
}

static instant triage(struct telling *s)
{
    struct demo *g = s->g;
    const struct event *ev = s->ev;
    instant at = ev->known + between(g, 60, 22 * 60) * 60;
    const struct worker *by = worker(g, odds(g, 70) ? "ANALYT_P" : "JOUR_P", NULL, at);
    putf(&s->t, "police_ref", "5000-K%d-%02d", between(g, 10000, 99999),
         moment_of(ev->known).date.y % 100);
    put(&s->t, "summary_internal", what_police_know(g, ev->type));
    put(&s->t, "confirmed", WEIGHTED(g, {"BEKRAFTAD", 86}, {"EJ_BEKRAFTAD", 10}, {"FELAKTIG", 4}));
    put_n(&s->t, "retaliation_risk",
          ev->gmi != 'J' ? upto(g, 2)
          : s->toll.dead ? 3
                         : between(g, 1, 3));
    put(&s->t, "state", "TRIAGERAD");
    if (ev->parent >= 0)
        put(&s->t, "linked_incident", g->events[s->where[ev->parent]].id);
    tale_step(g, &s->t, at, by);
    done_task(g, ev->id, "triage", "Triagera händelsen", "ANALYT_P", "POL", ev->known,
              ev->known + DAY, at);
    return at;
}

/* --- decisions ------------------------------------------------------------------------------- */

static void put_motive(struct demo *g, struct tale *t, const struct event *ev, char value)
{
    bool both = ev->acting >= 0 && ev->target >= 0;
    put_n(t, "certainty", value == 'J' ? between(g, 1, 2 + odds(g, 40)) : between(g, 1, 3));
    if (value == 'J')
        put(t, "role", both ? "BADA" : ev->acting >= 0 ? "GARNING" : "OFFER");
    put(t, "motive",
        value == 'J'
            ? both ? WEIGHTED(g, {"GRUPPKONFLIKT", 75}, {"NARKOTIKA_SKULD", 20}, {"OKAND", 5})
                   : WEIGHTED(g, {"NARKOTIKA_SKULD", 50}, {"INTERN", 25}, {"OKAND", 25})
        : value == 'N' ? WEIGHTED(g, {"PERSONLIG", 55}, {"PARTNERVALD", 20}, {"RAN", 25})
                       : "OKAND");
    put(t, "group_driven",
        value == 'J'   ? odds(g, 75) ? "JA" : "OKANT"
        : value == 'N' ? "NEJ"
                       : "OKANT");
}

/* Proposed by an analyst, decided by the coordinator, never the same person. */
static void decide(struct telling *s, char value, instant proposed, instant decided,
                   const char *basis)
{
    static const char *const values[] = {"JA", "NEJ", "OKLART"};
    struct demo *g = s->g;
    const struct worker *analyst = worker(g, "ANALYT_P", NULL, proposed),
                        *coordinator = named_worker(g, "hakan.ek");
    struct tale t = tale_begin(g, "gmi_decision", "POL", "DELAD");
    put(&t, "incident", s->ev->id);
    put(&t, "value", values[value == 'J' ? 0 : value == 'N' ? 1 : 2]);
    put_motive(g, &t, s->ev, value);
    put(&t, "basis_text", basis);
    put(&t, "proposed_by", analyst->id);
    put_time(&t, "proposed_at", proposed);
    put(&t, "supersedes", s->decision);
    char id[ID_LEN + 1];
    snprintf(id, sizeof id, "%s", t.r->id);
    tale_step(g, &t, proposed, analyst);
    put(&t, "decided_by", coordinator->id);
    put_time(&t, "decided_at", decided);
    tale_step(g, &t, decided, coordinator);
    tale_end(g, &t);
    snprintf(s->decision, sizeof s->decision, "%s", id);
    put(&s->t, "state", "GMI_BESLUTAD");
    tale_step(g, &s->t, decided, coordinator);
}

static instant review_and_decide(struct telling *s)
{
    struct demo *g = s->g;
    const struct event *ev = s->ev;
    instant held = on_day(ev->reviewed, 9, 0), decided = held + between(g, 5, 7) * HOUR;
    bool again = ev->gmi == 'J' && odds(g, AGAIN_PERCENT * 100 / 62);
    put(&s->t, "state", "GRANSKAD");
    tale_step(g, &s->t, held + 2 * HOUR, worker(g, "ANALYT_P", NULL, held));
    done_task(g, ev->id, "review", "Ta upp händelsen på händelsegenomgången", "ANALYT_P", "POL",
              ev->known, ev->known + 7 * DAY, held + 2 * HOUR);
    decide(s, again ? 'O' : ev->gmi, held + 3 * HOUR, decided,
           again ? "Oklart vid genomgången. Prövas på nytt när svaret från laboratoriet kommit."
           : ev->gmi == 'J'
               ? "Inblandade kända genom gruppkartläggningen. Tillvägagångssätt och plats stämmer."
               : "Inga uppgifter som knyter händelsen till en grupp.");
    done_task(g, ev->id, "gmi_decision", "GMI-bedöm händelsen", "KOORD_P", "POL", held,
              ev->known + 14 * DAY, decided);
    if (!again)
        return decided;
    put(&s->t, "reopen_text",
        "Träff i vapenregistret: samma vapen som vid en tidigare händelse i konflikten.");
    put(&s->t, "state", "OMPROVAS");
    instant anew = later_by(g, decided, 6);
    tale_step(g, &s->t, anew, worker(g, "ANALYT_P", NULL, anew));
    instant second = later_by(g, anew, 2);
    decide(s, 'J', anew + HOUR, second > anew + HOUR ? second : anew + 2 * HOUR,
           "Vapnet knyter händelsen till en känd grupp. Den tidigare bedömningen ersätts.");
    return second > anew + HOUR ? second : anew + 2 * HOUR;
}

/* --- to the end ------------------------------------------------------------------------------ */

static void put_aside(struct telling *s, int place, instant at)
{
    struct demo *g = s->g;
    const struct worker *by = worker(g, "ANALYT_P", NULL, at);
    bool duplicate = place > 0 && odds(g, 34) && g->events[place - 1].gmi != '-';
    if (duplicate)
        put(&s->t, "linked_incident", g->events[place - 1].id);
    put(&s->t, "state", duplicate ? "DUBBLETT" : "EJ_AKTUELL");
    tale_step(g, &s->t, at, by);
    s->ev->closed = at;
}

static void answer_and_close(struct telling *s, instant decided)
{
    struct demo *g = s->g;
    struct event *ev = s->ev;
    const struct worker *by = named_worker(g, odds(g, 60) ? "asa.lind" : "hakan.ek");
    if (ev->gmi == 'J') {
        instant answered = later_by(g, decided, 2.5);
        put(&s->t, "state", "BESVARAD");
        tale_step(g, &s->t, answered, by);
        done_task(g, ev->id, "answer", "Besvara händelsen", "KOORD_S", "SNC", decided,
                  ev->known + 7 * DAY, answered);
        decided = answered;
    } else {
        put(&s->t, "no_response_reason",
            ev->gmi == 'N' ? "EJ_GMI"
            : odds(g, 60)  ? "OKAND_GRUPP"
                           : "UTREDNING");
    }
    ev->closed = later_by(g, decided, ev->gmi == 'J' ? 9 : 1);
    put(&s->t, "state", "AVSLUTAD");
    tale_step(g, &s->t, ev->closed, by);
    if (ev->gmi == 'J')
        done_task(g, ev->id, "close_incident", "Avsluta händelsen när svaret är klart", "KOORD_S",
                  "SNC", decided, ev->known + 28 * DAY, ev->closed);
}

/* The first shooting of each quarter turns out to be something else: figures of the past must be
 * told as of a day. */
static void reclassify(struct telling *s, int *quarter)
{
    struct demo *g = s->g;
    struct date d = moment_of(s->ev->known).date;
    int now = d.y * 4 + (d.m - 1) / 3;
    if (strcmp(s->ev->type, "SKJUTNING") != 0 || now == *quarter || s->toll.dead ||
        s->ev->gmi == '-')
        return;
    *quarter = now;
    instant at = later_by(g, s->ev->closed, 20);
    s->ev->type = "ANNAN";
    put(&s->t, "type", "ANNAN");
    put(&s->t, "confirmed", "FELAKTIG");
    put(&s->t, "n_shots", NULL);
    put(&s->t, "weapon", NULL);
    put(&s->t, "summary_internal",
        "Smällarna var fyrverkerier. Typen ändrad efter teknisk undersökning.");
    tale_step(g, &s->t, at, worker(g, "ANALYT_P", NULL, at));
}

void make_events(struct demo *g)
{
    int quarter = 0;
    begin_part(g, "händelser");
    plan_events(g);
    int *where = xcalloc((size_t)g->n_events + 1, sizeof *where);
    for (int i = 0; i < g->n_events; i++)
        where[g->events[i].no] = i;
    for (int i = 0; i < g->n_events && !g->failed; i++) {
        struct telling s = {
            .g = g, .ev = &g->events[i], .where = where, .toll = toll_of(g, &g->events[i])};
        register_event(&s);
        instant at = triage(&s);
        if (s.ev->gmi == '-')
            put_aside(&s, i, at + between(g, 1, 30) * HOUR);
        else
            answer_and_close(&s, review_and_decide(&s));
        reclassify(&s, &quarter);
        tale_end(g, &s.t);
        make_event_rows(g, s.ev, &s.toll);
    }
    free(where);
}

/* --- the weekly review ----------------------------------------------------------------------- */

static void make_review(struct demo *g, int day, const char *incidents, int part)
{
    instant at = on_day(day, 9, 30 * part % 60);
    const struct worker *by = named_worker(g, "mira.holm");
    struct tale t = tale_begin(g, "incident_review", "POL", "DELAD");
    put_time(&t, "at", at);
    put(&t, "incidents", incidents);
    put(&t, "presenter", by->id);
    put(&t, "findings_shared",
        EITHER(g, "Lugnare än veckan före. Fortsatt uppsikt på kända konflikter.",
               "Två händelser bedöms höra ihop. Samtal föreslås med båda sidor.",
               "Ökad risk för hämnd de närmaste två veckorna. Samordnarna tar kontakt med alla "
               "parter.",
               "Inga nya uppgifter utöver det som står i händelserna."));
    put(&t, "findings_internal", "Spaningsläget genomgånget. Se respektive händelse.");
    put(&t, "actions", "Samordnarna följer upp besluten på nästa möte.");
    tale_once(g, &t, at + 2 * HOUR, by);
}

void make_reviews(struct demo *g)
{
    STR ids = {0};
    int n = 0, part = 0;
    begin_part(g, "genomgångar");
    for (int i = 0; i < g->n_events && !g->failed; i++) {
        if (!g->events[i].reviewed)
            continue;
        str_printf(&ids, "%s%s", n ? "," : "", g->events[i].id);
        n++;
        int next = i + 1;
        while (next < g->n_events && !g->events[next].reviewed)
            next++;
        bool same_day = next < g->n_events && g->events[next].reviewed == g->events[i].reviewed;
        if (same_day && n < REVIEW_MAX)
            continue;
        make_review(g, g->events[i].reviewed, ids.p, part);
        part = same_day ? part + 1 : 0;
        str_clear(&ids);
        n = 0;
    }
}
