/* demo/events_rows.c: who and which groups stand on an incident, and what was done because of it.
 */
#include "inside.h"

#define NAMED_MAX 12

struct naming { /* nobody stands twice on an incident */
    struct demo *g;
    const struct event *ev;
    int named[NAMED_MAX], n;
};

struct toll toll_of(struct demo *g, const struct event *ev)
{
    struct toll t = {0};
    bool bullets = strcmp(ev->type, "SKJUTNING") == 0,
         attack = str_list_has("KNIV,FORSOK_MORD", ev->type);
    if (strcmp(ev->type, "MORD_DRAP") == 0)
        t.dead = 1;
    else if (bullets)
        t.dead = odds(g, 11);
    else if (attack)
        t.dead = odds(g, 3);
    if (attack && !t.dead)
        t.injured = 1 + odds(g, 12);
    else if (bullets)
        t.injured = odds(g, 46) + odds(g, 12);
    else if (strcmp(ev->type, "SPRANGNING") == 0 || strcmp(ev->type, "GROVT_RAN") == 0)
        t.injured = odds(g, 12);
    t.unharmed = !t.dead && !t.injured && odds(g, 55);
    t.suspects = ev->acting >= 0 && odds(g, 62) ? between(g, 1, 3) : odds(g, 12);
    t.witnesses = odds(g, 55) + odds(g, 40) + odds(g, 20);
    return t;
}

static bool stands_already(const struct naming *s, int person)
{
    for (int i = 0; i < s->n; i++)
        if (s->named[i] == person)
            return true;
    return s->n == NAMED_MAX;
}

static void add_row(struct naming *s, int person, const char *part, const char *injury)
{
    struct demo *g = s->g;
    if (person < 0 || stands_already(s, person))
        return;
    s->named[s->n++] = person;
    bool suspect = strcmp(part, "MISSTANKT") == 0;
    instant at = past(g, s->ev->known + between(g, 2, 90) * HOUR);
    struct tale t = tale_begin(g, "incident_person", "POL", "SEKRETESS");
    put(&t, "incident", s->ev->id);
    put(&t, "person", g->people[POLICE].at[person].id);
    put(&t, "part", part);
    put(&t, "injury", injury);
    put(&t, "not_suspected", suspect ? "0" : "1");
    if (suspect) {
        put(&t, "source_grade", EITHER(g, "A", "B", "B", "C"));
        put(&t, "info_grade", EITHER(g, "2", "2", "3", "4"));
        put(&t, "handling", "H3");
    }
    instant made = g->people[POLICE].at[person].made;
    tale_once(g, &t, at > made ? at : made + 120, worker(g, "ANALYT_P", NULL, at));
}

/* --- who ------------------------------------------------------------------------------------- */

static int met_before(struct demo *g, const char *marks, instant when)
{
    const struct people *all = &g->people[POLICE];
    for (int tries = 0; tries < 20 && all->n; tries++) {
        int i = upto(g, all->n);
        if (strchr(marks, all->at[i].kind) && !all->at[i].died && all->at[i].made < when)
            return i;
    }
    return -1;
}

static int fresh_person(struct demo *g, const struct event *ev, bool victim)
{
    int *left = victim ? &g->left_victims : &g->left_contacts;
    if (*left <= 0)
        return met_before(g, victim ? "O" : "K", ev->known);
    --*left;
    int day = day_of_instant(ev->known);
    struct human h = human_born(
        g, day - between(g, victim ? 16 * 365 : 15 * 365, victim ? 45 * 365 : 65 * 365) - 40);
    return make_person(g, POLICE, &h,
                       victim        ? "OFFER"
                       : odds(g, 85) ? "KONTAKT"
                                     : "ANHORIG",
                       victim ? 'O' : 'K', past(g, ev->known + 2 * HOUR));
}

static int victim_of(struct demo *g, const struct event *ev)
{
    int member =
        ev->target >= 0 && odds(g, 60) ? member_at(g, ev->target, day_of_instant(ev->known)) : -1;
    if (member >= 0)
        return member;
    return odds(g, 70) ? fresh_person(g, ev, true) : met_before(g, "OK", ev->known);
}

/* Somebody who dies is nobody we meet later. */
static void add_dead(struct naming *s)
{
    struct demo *g = s->g;
    int left = g->left_victims;
    int person = fresh_person(g, s->ev, true);
    if (person < 0)
        return;
    struct person *p = &g->people[POLICE].at[person];
    if (g->left_victims ==
        left) { /* nobody new is left: then it is somebody not named by the police */
        return;
    }
    p->died = day_of_instant(s->ev->at);
    char day[DATE_TEXT];
    date_text(date_from_days(p->died), day);
    amend(g, "person", p->id, "deceased_date", day, p->made + HOUR);
    add_row(s, person, "AVLIDEN", "DOD");
}

static void add_groups(struct demo *g, const struct event *ev)
{
    const int side[2] = {ev->acting, ev->target};
    for (int i = 0; i < 2; i++) {
        if (side[i] < 0)
            continue;
        instant at = past(g, ev->known + between(g, 3, 40) * HOUR);
        struct tale t = tale_begin(g, "incident_group", "POL", "DELAD");
        put(&t, "incident", ev->id);
        put(&t, "group", g->groups[side[i]].id);
        put(&t, "part", i ? "MAL" : ev->gmi == 'J' ? "UTFORANDE" : "OKLAR");
        put_n(&t, "certainty", between(g, 1, 3));
        put(&t, "source_grade", EITHER(g, "A", "B", "B", "C"));
        put(&t, "info_grade", EITHER(g, "1", "2", "2", "3"));
        put(&t, "handling", "H2");
        tale_once(g, &t, at, worker(g, "ANALYT_P", NULL, at));
    }
}

void make_event_rows(struct demo *g, const struct event *ev, const struct toll *toll)
{
    struct naming s = {.g = g, .ev = ev};
    int day = day_of_instant(ev->known);
    for (int i = 0; i < toll->dead; i++)
        add_dead(&s);
    for (int i = 0; i < toll->injured; i++)
        if (odds(g, 88))
            add_row(&s, victim_of(g, ev), "SKADAD",
                    WEIGHTED(g, {"LATT", 45}, {"SVAR", 40}, {"LIVSHOTANDE", 15}));
    for (int i = 0; i < toll->unharmed; i++)
        add_row(&s, victim_of(g, ev), "MALSAGANDE", "INGEN");
    for (int i = 0; i < toll->suspects; i++)
        add_row(&s, ev->acting >= 0 ? member_at(g, ev->acting, day) : met_before(g, "K", ev->known),
                "MISSTANKT", "INGEN");
    for (int i = 0; i < toll->witnesses; i++) {
        int person = odds(g, 42) ? fresh_person(g, ev, false) : met_before(g, "K", ev->known);
        add_row(&s, person, WEIGHTED(g, {"VITTNE", 70}, {"KONTAKT", 20}, {"ANMALARE", 10}),
                "INGEN");
    }
    add_groups(g, ev);
}

/* --- what was done --------------------------------------------------------------------------- */

struct plan {
    const char *kind, *agency, *text;
};

static void add_response(struct demo *g, const struct event *ev, const struct plan *plan,
                         const char *ref, instant done)
{
    instant at = office(g, on_day(ev->reviewed, 14, 0));
    const char *login = strcmp(plan->agency, "POL") == 0   ? "hakan.ek"
                        : strcmp(plan->agency, "FRI") == 0 ? "eva.strand"
                                                           : "asa.lind";
    struct tale t = tale_begin(g, "response_item", plan->agency, "DELAD");
    put(&t, "incident", ev->id);
    put(&t, "kind", plan->kind);
    put(&t, "agency", agency_id(g, plan->agency));
    put(&t, "text", plan->text);
    put_day(&t, "due", ev->reviewed + 7);
    put(&t, "ref", ref);
    tale_step(g, &t, at, named_worker(g, login));
    put_time(&t, "executed_at", done > at ? done : at + 3 * HOUR);
    tale_step(g, &t, past(g, (done > at ? done : at + 3 * HOUR) + HOUR), named_worker(g, login));
    tale_end(g, &t);
}

/* The talks and rounds that came of it count as answers; an incident without them was met in
 * another way. */
void make_responses(struct demo *g)
{
    static const struct plan others[] = {
        {"STOD_OFFER", "SNC", "Stöd till målsäganden och familjen"},
        {"DIALOG", "SNC", "Samtal med föreningar och fastighetsägare i området"},
        {"FRIVARD_KONTAKT", "FRI", "Kontakt med klienter som kan beröras"},
    };
    static const struct plan talk = {"CN", "POL",
                                     "Enskilt samtal om vad nästa händelse leder till"};
    static const struct plan round = {"SANKTION", "POL", "Sanktionsomgång mot gruppen"};
    begin_part(g, "svar på händelser");
    bool *answered = xcalloc((size_t)g->n_events + 1, sizeof *answered);
    for (int i = 0; i < g->n_talks; i++) {
        const struct talk *t = &g->talks[i];
        if (t->event < 0 || t->delivered == INSTANT_NONE || g->events[t->event].gmi != 'J' ||
            answered[t->event] || t->delivered > g->events[t->event].closed)
            continue;
        add_response(g, &g->events[t->event], &talk, t->id, t->delivered);
        answered[t->event] = true;
    }
    for (int i = 0; i < g->n_rounds; i++) {
        const struct round *r = &g->rounds[i];
        if (r->carried_out && r->decided + 2 * DAY < g->events[r->event].closed)
            add_response(g, &g->events[r->event], &round, r->id, r->decided + 2 * DAY);
    }
    for (int i = 0; i < g->n_events && !g->failed; i++)
        if (g->events[i].gmi == 'J' && (!answered[i] || odds(g, 35)))
            add_response(
                g, &g->events[i], &others[upto(g, 3)], NULL,
                past(g, on_day(g->events[i].reviewed + between(g, 1, 5), 13, upto(g, 60))));
    free(answered);
}
