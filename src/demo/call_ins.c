/* demo/call_ins.c: call-ins of the past years: two a year, thirteen people asked to each, two thirds of them came
 * and stayed; who did not come was met afterwards or it is said why not. */
#include "inside.h"

#define PER_CITY 10
#define INVITED 13

static const char *const places[] = {"Medborgarhuset, sal 2", "Folkets hus, stora salen",
                                     "Kulturhuset, hörsalen", "Biblioteket, våning 3"};

struct meeting {
    struct demo *g;
    char id[ID_LEN + 1];
    instant at;
    const char *version;
    int *client_of; /* index of the client of probation's that a person of the police is, -1; never stored */
    int groups[INVITED], n_groups;
    bool came[INVITED];
};

static int *find_clients(const struct demo *g)
{
    int n = g->people[POLICE].n;
    int *of = xcalloc((size_t)n + 1, sizeof *of);
    for (int i = 0; i < n; i++)
        of[i] = -1;
    for (int i = 0; i < g->people[PROBATION].n; i++)
        if (g->people[PROBATION].at[i].twin >= 0)
            of[g->people[PROBATION].at[i].twin] = i;
    return of;
}

static void ask(struct demo *g, const char *invitation, const struct person *p, const char *group,
                instant at)
{
    static const struct {
        const char *agency, *login;
    } asked[] = {{"POL", "hakan.ek"}, {"FRI", "eva.strand"}, {"SNC", "tom.berg"}};
    for (size_t i = 0; i < N_OF(asked); i++) {
        const struct worker *by = named_worker(g, asked[i].login);
        struct tale t = tale_begin(g, "deconfliction", asked[i].agency, "INTERN");
        instant answered = at + (instant)between(g, 4, 70) * HOUR;
        put(&t, "subject", invitation);
        put(&t, "agency", agency_id(g, asked[i].agency));
        putf(&t, "question", "%s, %s, %s", p->family, p->given, group);
        put(&t, "answer", "KLAR");
        put(&t, "clear", "1");
        put(&t, "answered_by", by->id);
        put_time(&t, "answered_at", answered);
        tale_once(g, &t, answered, by);
    }
}

static void follow_up(struct demo *g, const char *invitation, instant at)
{
    const struct worker *by = named_worker(g, "nils.ahl");
    struct tale t = tale_begin(g, "note", by->agency, "INTERN");
    put(&t, "subject", invitation);
    put_time(&t, "event_at", at);
    put_time(&t, "written_at", at);
    put(&t, "author", by->id);
    put(&t, "kind", "MOTE");
    put(&t, "text", EITHER(g, "Samtal efter kvällen. Hade pratat med kompisarna om det som sades.",
                           "Kort samtal. Tyckte att det var bra att alla sa samma sak.",
                           "Ville mest prata om jobb och boende."));
    put(&t, "state", "SIGNERAD");
    tale_once(g, &t, at, by);
}

static void attend(struct meeting *m, struct tale *t, int i)
{
    struct demo *g = m->g;
    const char *outcome = WEIGHTED(g, {"STANNADE", 66}, {"GICK", 8}, {"UTEBLEV", 17}, {"FORHINDRAD", 9});
    bool came = *outcome == 'S' || *outcome == 'G';
    instant after = office(g, m->at + between(g, 1, 3) * DAY);
    m->came[i] = came;
    put(t, "outcome", outcome);
    if (came)
        put(t, "reaction", WEIGHTED(g, {"MOTTAGLIG", 40}, {"NEUTRAL", 35}, {"AVVISANDE", 15}, {"SPRIDER", 10}));
    if (*outcome == 'U')
        put(t, "no_cn_reason", "Nåddes av sin handläggare veckan efter.");
    put(t, "state", outcome);
    tale_step(g, t, m->at + 2 * HOUR, named_worker(g, "asa.lind"));
    if (!came)
        return;
    follow_up(g, t->r->id, after);
    put(t, "follow_up_done", "");
    put_day(t, "follow_up_done", day_of_instant(after));
    put(t, "state", "UPPFOLJD");
    tale_step(g, t, after + 600, named_worker(g, "nils.ahl"));
}

static void invite(struct meeting *m, int i, int person, int group)
{
    struct demo *g = m->g;
    int client = m->client_of[person];
    const struct person *p = client >= 0 ? &g->people[PROBATION].at[client] : &g->people[POLICE].at[person];
    const struct worker *by = named_worker(g, client >= 0 ? "eva.strand" : "hakan.ek");
    const struct worker *officer = named_worker(g, "nils.ahl");
    instant asked = office(g, m->at - 33 * DAY), served = office(g, m->at - between(g, 8, 19) * DAY);
    struct tale t = tale_begin(g, "invitation", by->agency, "DELAD");
    put(&t, "call_in", m->id);
    put(&t, "person", p->id);
    put(&t, "represents_group", g->groups[group].id);
    put(&t, "compulsion", client >= 0 ? "FORESKRIFT" : "FRIVILLIG");
    if (client >= 0)
        put(&t, "condition_ref", "Anvisad kontakt med frivården");
    put_time(&t, "call_at", m->at);
    put_day(&t, "follow_up_due", day_of_instant(m->at) + 3);
    put(&t, "accompanied_by", officer->id);
    tale_step(g, &t, asked, by);
    ask(g, t.r->id, p, g->groups[group].name, asked + HOUR);
    put(&t, "state", "GODKAND");
    tale_step(g, &t, office(g, m->at - 27 * DAY), by);
    put_time(&t, "served_at", served);
    put_time(&t, "told_at", m->at);
    put(&t, "served_how", EITHER(g, "PERSONLIGT", "BREV", "MUNTLIGT"));
    putf(&t, "seat", "%c%d", 'A' + i / 5, 1 + 2 * (i % 5));
    put_time(&t, "arrival_slot", m->at - (instant)(20 + 10 * i) * 60);
    put(&t, "state", "DELGIVEN");
    tale_step(g, &t, served + 600, officer);
    attend(m, &t, i);
    tale_end(g, &t);
    m->groups[i] = group;
}

static bool taken(const int *people, int n, int person)
{
    for (int i = 0; i < n; i++)
        if (people[i] == person)
            return true;
    return false;
}

static void invite_all(struct meeting *m)
{
    struct demo *g = m->g;
    int people[INVITED], day = day_of_instant(m->at);
    m->n_groups = 0;
    for (int tries = 0; tries < 200 && m->n_groups < INVITED && !g->failed; tries++) {
        int group = upto(g, g->n_groups), person = member_at(g, group, day - 40);
        if (person < 0 || taken(people, m->n_groups, person) ||
            g->people[POLICE].at[person].untouchable || g->people[POLICE].at[person].died ||
            (m->client_of[person] >= 0 &&
             (g->people[PROBATION].at[m->client_of[person]].made > m->at - 40 * DAY ||
              g->people[PROBATION].at[m->client_of[person]].died)))
            continue;
        people[m->n_groups] = person;
        invite(m, m->n_groups, person, group);
        m->n_groups++;
    }
}

static void tell_groups(struct meeting *m, struct str *ids)
{
    struct demo *g = m->g;
    for (int i = 0; i < m->n_groups; i++) {
        const char *id = g->groups[m->groups[i]].id;
        if (!m->came[i] || str_list_has(str_text(ids), id))
            continue;
        str_printf(ids, "%s%s", ids->len ? "," : "", id);
        struct tale t = tale_begin(g, "group_message", "SNC", "DELAD");
        put(&t, "group", id);
        put(&t, "channel", "CALL_IN");
        put(&t, "message_version", m->version);
        put_time(&t, "at", m->at);
        tale_once(g, &t, m->at + 3 * HOUR, named_worker(g, "asa.lind"));
        int day = day_of_instant(m->at), *told = &g->groups[m->groups[i]].told;
        *told = *told > day ? *told : day;
    }
}

static void speak(struct meeting *m)
{
    static const struct {
        const char *theme, *login, *outside;
    } speeches[] = {{"KOMMUN", NULL, "Kommunstyrelsens ordförande"}, {"POLIS", "olle.dahl", NULL},
                    {"AKLAGARE", NULL, "Chefsåklagaren"},            {"SORG", NULL, "En mamma"},
                    {"ANGER", NULL, "En man som lämnat"},            {"HJALP", "asa.lind", NULL}};
    for (size_t i = 0; i < N_OF(speeches); i++) {
        struct tale t = tale_begin(m->g, "call_in_speech", "SNC", "DELAD");
        put(&t, "call_in", m->id);
        put_n(&t, "order", (int64_t)i + 1);
        put(&t, "theme", speeches[i].theme);
        put(&t, "speaker", speeches[i].login ? named_worker(m->g, speeches[i].login)->id : "");
        put(&t, "speaker_text", speeches[i].outside ? speeches[i].outside : "");
        put_n(&t, "minutes", 6);
        put(&t, "message_version", m->version);
        put(&t, "confirmed", "1");
        tale_once(m->g, &t, office(m->g, m->at - 20 * DAY), named_worker(m->g, "asa.lind"));
    }
}

static void hold(struct meeting *m)
{
    struct demo *g = m->g;
    const struct worker *by = named_worker(g, "asa.lind");
    int day = day_of_instant(m->at);
    const char *place = ONE_OF(g, places);
    struct tale t = tale_begin(g, "call_in", "SNC", "DELAD");
    snprintf(m->id, sizeof m->id, "%s", t.r->id);
    m->version = version_at(g, "CALL_IN", m->at - 30 * DAY);
    put_time(&t, "starts_at", m->at);
    put(&t, "minutes", "60");
    put(&t, "purpose", "Grupperna ska höra samma budskap av alla, och veta att hjälpen finns.");
    put_day(&t, "window_from", day - 7);
    put_day(&t, "window_to", day + 7);
    put(&t, "capacity", "15");
    tale_step(g, &t, office(g, m->at - 58 * DAY), by);
    put(&t, "state", "BESLUTAD");
    tale_step(g, &t, office(g, m->at - 56 * DAY), named_worker(g, "ingrid.ros"));
    put(&t, "message_versions", m->version);
    put(&t, "venue", place);
    put(&t, "venue_shared", place);
    put(&t, "venue_neutral_ok", "1");
    put(&t, "house_rules", "INGEN_FILM,LISTOR_IN,HJALP_FINNS");
    put_time(&t, "rehearsal_at", on_day(day - 1, 15, 0));
    put(&t, "rehearsal_no_clients", "1");
    invite_all(m);
    speak(m);
    STR groups = {0};
    tell_groups(m, &groups);
    put(&t, "groups_represented", str_text(&groups));
    put(&t, "state", "UPPFOLJS");
    tale_step(g, &t, m->at + 3 * HOUR, by);
    put(&t, "evaluation_text",
        EITHER(g, "De flesta stannade hela tiden. Talen höll sig till texten. Fler kunde ha kallats.",
               "Lugn kväll. Mammans tal gick in. Transporterna behöver planeras bättre.",
               "Två gick under åklagarens tal. Hjälpen presenterades för sent."));
    put(&t, "state", "AVSLUTAD");
    tale_step(g, &t, office(g, m->at + between(g, 24, 30) * DAY), by);
    tale_end(g, &t);
}

void make_call_ins(struct demo *g)
{
    begin_part(g, "call-in");
    struct meeting m = {.g = g, .client_of = find_clients(g)};
    int wanted = PER_CITY * g->scale, first = g->day0 + 120, last = g->today - 75;
    for (int i = 0; i < wanted && !g->failed; i++) {
        int day = first + (int)((int64_t)(last - first) * i / (wanted > 1 ? wanted - 1 : 1));
        day += between(g, -6, 6);
        m.at = on_day(day, 18, 0);
        hold(&m);
    }
    free(m.client_of);
}
