/* demo/papers.c: notes, tasks done long ago, and the last days of the access log. */
#include "inside.h"
#include "treben/store/log.h"

#define NOTES_PER_CITY 9000 /* those of the last year; older ones are not kept in this city */
#define NOTES_MOST 200000
#define TASKS_PER_CITY 8000
#define TASKS_MOST 150000
#define LOG_ROWS 900

/* --- notes ----------------------------------------------------------------------------------- */

struct paper { /* what a note is about */
    const char *about, *subject, *owner, *kind;
    instant from;
    const struct worker *by;
};

static bool about_person(struct demo *g, struct paper *p, enum partition side)
{
    static const char *const abouts[PARTITIONS] = {"person", "client", "leaver"};
    static const char *const roles[PARTITIONS] = {"OPERATIV_P", "FRIV_INSP", "AVHOPP_HL"};
    const struct people *all = &g->people[side];
    const struct person *who = &all->at[upto(g, all->n)];
    if (side == POLICE && !strchr("MF", who->kind))
        return false;
    *p = (struct paper){abouts[side],   who->id,
                        owner_of(side), side == POLICE ? "OBSERVATION" : "JOURNAL",
                        who->made,      worker(g, roles[side], NULL, g->now)};
    return !who->died;
}

static bool about_event(struct demo *g, struct paper *p)
{
    const struct event *ev = &g->events[g->n_events - 1 - upto(g, 1 + g->n_events / 4)];
    *p = (struct paper){
        "incident",      ev->id,
        "POL",           odds(g, 60) ? "UNDERLAG" : "OBSERVATION",
        ev->known + DAY, worker(g, odds(g, 60) ? "ANALYT_P" : "JOUR_P", NULL, g->now)};
    return true;
}

static bool about_talk(struct demo *g, struct paper *p)
{
    const struct talk *t = &g->talks[g->n_talks - 1 - upto(g, 1 + g->n_talks / 3)];
    if (t->delivered == INSTANT_NONE)
        return false;
    const struct worker *by = odds(g, 50) ? t->talker : t->helper;
    *p = (struct paper){
        "talk", t->id, by->agency, odds(g, 70) ? "MOTE" : "TELEFON", t->delivered + 2 * HOUR, by};
    return true;
}

static bool about_round(struct demo *g, struct paper *p)
{
    const struct round *r = &g->rounds[g->n_rounds - 1 - upto(g, 1 + g->n_rounds / 3)];
    const struct worker *by = named_worker(g, EITHER(g, "hakan.ek", "asa.lind", "eva.strand"));
    *p = (struct paper){"round", r->id, by->agency, "MOTE", r->decided, by};
    return r->carried_out;
}

static bool draw_paper(struct demo *g, struct paper *p)
{
    int lot = upto(g, 100);
    if (lot < 52)
        return about_person(g, p, SOCIAL);
    if (lot < 72)
        return about_person(g, p, PROBATION);
    if (lot < 84)
        return about_event(g, p);
    if (lot < 90)
        return about_person(g, p, POLICE);
    return lot < 97 ? about_talk(g, p) : g->n_rounds > 0 && about_round(g, p);
}

static void make_note(struct demo *g, const struct paper *p)
{
    instant first = p->from > g->now - 365 * DAY ? p->from : g->now - 365 * DAY;
    if (first > g->now - 3 * HOUR)
        return;
    instant event = first + (instant)(rng_unit(&g->rng) * (double)(g->now - 2 * HOUR - first));
    instant written = event + between(g, 10, 110) * 60;
    if (written > g->now)
        written = g->now - 60;
    const struct worker *by = p->by->from <= event
                                  ? p->by
                                  : named_worker(g, strcmp(p->owner, "POL") == 0   ? "mira.holm"
                                                    : strcmp(p->owner, "FRI") == 0 ? "nils.ahl"
                                                                                   : "sara.wik");
    STR text = {0};
    note_text(g, p->about, &text);
    struct tale t =
        tale_begin(g, "note", p->owner, strcmp(p->owner, "SNC") == 0 ? "SEKRETESS" : "INTERN");
    put(&t, "subject", p->subject);
    put_time(&t, "event_at", event);
    put_time(&t, "written_at", written);
    put(&t, "author", by->id);
    put(&t, "kind", p->kind);
    put(&t, "text", text.p);
    put(&t, "state", "SIGNERAD");
    tale_once(g, &t, written, by);
}

void make_notes(struct demo *g)
{
    begin_part(g, "anteckningar");
    int64_t wanted = (int64_t)NOTES_PER_CITY * g->scale;
    wanted = wanted < NOTES_MOST ? wanted : NOTES_MOST;
    for (int64_t i = 0; i < wanted && !g->failed;) {
        struct paper p;
        if (!draw_paper(g, &p) || !p.by)
            continue;
        make_note(g, &p);
        i++;
    }
}

/* --- tasks written by hand, long since done -------------------------------------------------- */

static void make_task(struct demo *g)
{
    static const struct {
        const char *title, *login;
    } todo[] = {
        {"Ring fastighetsvärden om belysningen", "asa.lind"},
        {"Boka lokal till nästa samordningsmöte", "asa.lind"},
        {"Uppdatera kontaktlistan till jouren", "per.nystrom"},
        {"Gå igenom veckans lista med frivården", "eva.strand"},
        {"Skriv underlag till styrgruppen", "hakan.ek"},
        {"Stäm av sommarens bemanning", "ingrid.ros"},
        {"Svara föreningen i området", "asa.lind"},
        {"Kontrollera adressuppgifter inför samtalen", "mira.holm"},
        {"Beställ nya kort med telefonnumret", "tom.berg"},
        {"Förbered genomgången på tisdag", "mira.holm"},
        {"Återkoppla till anstalten om permissionen", "nils.ahl"},
    };
    int i = upto(g, (int)N_OF(todo)), day = between(g, g->day0, g->today - 5);
    const struct worker *by = named_worker(g, todo[i].login);
    instant made = office(g, on_day(day, 8, 0)), due = on_day(day + between(g, 2, 14), 16, 0);
    instant done = past(g, odds(g, 92) ? office(g, due - between(g, 0, 2) * DAY)
                                       : due + between(g, 1, 9) * DAY);
    struct tale t = tale_begin(g, "task", by->agency, "INTERN");
    put(&t, "title", todo[i].title);
    put(&t, "owner", by->id);
    put_time(&t, "due", due);
    put(&t, "priority", WEIGHTED(g, {"1", 15}, {"2", 60}, {"3", 25}));
    tale_step(g, &t, made, by);
    put(&t, "state", WEIGHTED(g, {"KLAR", 94}, {"AVBRUTEN", 4}, {"EJ_UTFORBAR", 2}));
    put_time(&t, "done_at", done > made ? done : made + HOUR);
    tale_step(g, &t, done > made ? done : made + HOUR, by);
    tale_end(g, &t);
}

void make_tasks(struct demo *g)
{
    begin_part(g, "uppgifter");
    int64_t all = (int64_t)TASKS_PER_CITY * g->scale;
    all = all < TASKS_MOST ? all : TASKS_MOST;
    for (int64_t n = all / 5; n > 0 && !g->failed; n--)
        make_task(g);
}

/* Deadlines' tasks are about six thousand in a city; more than the most are not kept. */
double task_share(int scale)
{
    double all = (double)TASKS_PER_CITY * scale;
    return all > TASKS_MOST ? TASKS_MOST / all : 1;
}

/* --- the access log -------------------------------------------------------------------------- */

static bool log_one(struct demo *g, const struct worker *w, const char *session, int i)
{
    static const char *const kinds[] = {"incident", "task", "custom_notification", "sanction_round",
                                        "group"};
    bool list = odds(g, 40), police = strcmp(w->agency, "POL") == 0;
    const char *kind = list                    ? kinds[upto(g, (int)N_OF(kinds))]
                       : police && odds(g, 45) ? "person"
                                               : "incident";
    int last = g->n_events < 60 ? g->n_events : 60;
    const char *record = list ? NULL
                         : strcmp(kind, "person") == 0
                             ? g->people[POLICE].at[upto(g, g->people[POLICE].n)].id
                             : g->events[g->n_events - 1 - upto(g, last)].id;
    struct log_row row = {.session = session,
                          .user = w->id,
                          .agency = w->agency,
                          .roles = w->role,
                          .action = i == 0 ? "LOGGA_IN"
                                    : list ? "LISTA"
                                           : "VISA",
                          .kind = i == 0 ? NULL : kind,
                          .record = i == 0 ? NULL : record,
                          .n = list ? between(g, 3, 40) : 1,
                          .purpose = "HANDLAGGNING",
                          .result = "ok"};
    return log_append(g->c->store, &row, g->e);
}

void make_log(struct demo *g)
{
    begin_part(g, "logg");
    static const char *const logins[] = {"asa.lind",  "hakan.ek",    "eva.strand", "mira.holm",
                                         "lena.falk", "per.nystrom", "nils.ahl"};
    for (int n = 0; n < LOG_ROWS && !g->failed;) {
        const struct worker *w = named_worker(g, ONE_OF(g, logins));
        int rows = between(g, 5, 30);
        instant at =
            office(g, g->now - 9 * DAY + (instant)((double)n / LOG_ROWS * 8.5 * (double)DAY));
        struct id session = id_new();
        for (int i = 0; i < rows && n < LOG_ROWS && !g->failed;
             i++, n++, at += between(g, 5, 240)) {
            act_as(g, w, at < g->now ? at : g->now);
            g->failed = !log_one(g, w, session.text, i);
        }
    }
}
