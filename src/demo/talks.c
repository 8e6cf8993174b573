/* demo/talks.c: custom notifications: proposed by one agency, cleared by three, approved by two,
 * held by two people who are not both from the police, and followed up. */
#include "inside.h"

#define PER_CITY 400
#define TRIES 40

struct plan { /* a talk before it is told */
    const char *trigger;
    instant at;
    int person, group, event; /* person of the police; -1: a client of probation's */
    int client;
};
struct telling {
    struct demo *g;
    struct tale t;
    struct talk *talk;
    const struct plan *plan;
    const struct person *person;
    const struct worker *proposer;
    const char *owner;
};

/* --- whom, why, when ------------------------------------------------------------------------- */

static bool in_custody(const struct person *p, int day)
{
    return p->custody_from && day >= p->custody_from && (!p->custody_to || day <= p->custody_to);
}

static bool may_be_met(const struct demo *g, int person, int day)
{
    const struct person *p = person >= 0 ? &g->people[POLICE].at[person] : NULL;
    return p && !p->died && !p->untouchable && day_of_instant(p->made) <= day &&
           age_at_days(p->born, day) >= 15 && strcmp(p->custody, "UTOMLANDS") != 0 &&
           strcmp(p->custody, "EFTERLYST") != 0;
}

static bool plan_incident(struct demo *g, struct plan *p)
{
    const struct event *ev = &g->events[p->event = upto(g, g->n_events)];
    p->group = ev->target >= 0 && odds(g, 45) ? ev->target : ev->acting;
    p->at = office(g, on_day(ev->reviewed, 15, 0) + between(g, 0, 3) * DAY);
    return ev->gmi == 'J' && p->group >= 0;
}

static bool plan_release(struct demo *g, struct plan *p)
{
    int i = upto(g, g->people[POLICE].n);
    const struct person *who = &g->people[POLICE].at[i];
    if (!who->custody_to || who->custody_to >= g->today - 16 || who->custody_to < g->day0 + 30)
        return false;
    p->at = office(g, on_day(who->custody_to + 1, 9, 0));
    p->person = i;
    return true;
}

static bool plan_other(struct demo *g, struct plan *p)
{
    p->at = office(g, on_day(between(g, g->day0 + 20, g->today - 15), 9, 0));
    const struct conflict *c = &g->conflicts[upto(g, g->n_conflicts)];
    int day = day_of_instant(p->at);
    bool quarrel = c->from <= day && c->to >= day;
    p->group = quarrel ? odds(g, 50) ? c->a : c->b : upto(g, g->n_groups);
    p->trigger = quarrel ? WEIGHTED(g, {"KONFLIKT", 55}, {"RYKTE", 45})
                         : WEIGHTED(g, {"RUTIN", 60}, {"UTEBLEV", 40});
    return true;
}

static bool plan_client(struct demo *g, struct plan *p)
{
    p->at = office(g, on_day(between(g, g->day0 + 20, g->today - 15), 9, 0));
    p->client = upto(g, g->people[PROBATION].n);
    p->trigger = WEIGHTED(g, {"RUTIN", 45}, {"FRIGIVNING", 40}, {"UTEBLEV", 15});
    const struct person *who = &g->people[PROBATION].at[p->client];
    return !who->untouchable && who->made < p->at;
}

static bool plan_one(struct demo *g, struct plan *p)
{
    *p = (struct plan){.person = -1, .group = -1, .event = -1, .client = -1};
    if (odds(g, 12))
        return plan_client(g, p);
    p->trigger = WEIGHTED(g, {"HANDELSE", 62}, {"FRIGIVNING", 10}, {"", 28});
    bool good = *p->trigger == 'H'   ? plan_incident(g, p)
                : *p->trigger == 'F' ? plan_release(g, p)
                                     : plan_other(g, p);
    if (!good || p->at > g->now - 14 * DAY)
        return false;
    int day = day_of_instant(p->at);
    if (p->person < 0)
        p->person = member_at(g, p->group, day);
    if (*p->trigger != 'H')
        p->event = -1;
    return may_be_met(g, p->person, day);
}

static int by_time(const void *a, const void *b)
{
    const struct plan *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->person != y->person ? x->person - y->person : x->client - y->client;
}

/* --- the steps ------------------------------------------------------------------------------- */

static void ask(struct telling *s, const char *agency, const char *login, instant asked,
                instant answered)
{
    struct demo *g = s->g;
    const struct worker *by = named_worker(g, login);
    struct tale t = tale_begin(g, "deconfliction", agency, "INTERN");
    put(&t, "subject", s->talk->id);
    put(&t, "agency", agency_id(g, agency));
    put(&t, "clear", "0");
    tale_step(g, &t, asked, s->proposer);
    put(&t, "answer", "KLAR");
    put(&t, "clear", "1");
    put(&t, "answered_by", by->id);
    put_time(&t, "answered_at", answered);
    tale_step(g, &t, answered, by);
    tale_end(g, &t);
}

static void approve(struct telling *s, const char *login, instant at)
{
    struct demo *g = s->g;
    const struct worker *by = named_worker(g, login);
    struct tale t = tale_begin(g, "approval", s->owner, "DELAD");
    put(&t, "subject", s->talk->id);
    put(&t, "step", "GODKAND");
    put(&t, "agency", agency_id(g, by->agency));
    put(&t, "user", by->id);
    put_time(&t, "at", at);
    put(&t, "answer", "JA");
    tale_once(g, &t, at, by);
}

static void propose(struct telling *s)
{
    struct demo *g = s->g;
    s->t = tale_begin(g, "custom_notification", s->owner, "DELAD");
    snprintf(s->talk->id, sizeof s->talk->id, "%s", s->t.r->id);
    put(&s->t, "person", s->person->id);
    put(&s->t, "trigger", s->plan->trigger);
    if (s->plan->event >= 0)
        put(&s->t, "trigger_incident", g->events[s->plan->event].id);
    put(&s->t, "proposed_by", s->proposer->id);
    put_time(&s->t, "proposed_at", s->plan->at);
    tale_step(g, &s->t, s->plan->at, s->proposer);
    s->talk->proposed = s->plan->at;
}

static instant clear_and_approve(struct telling *s)
{
    struct demo *g = s->g;
    instant at = s->plan->at, last = at + between(g, 2, 30) * HOUR;
    bool police_made = strcmp(s->proposer->login, "hakan.ek") == 0;
    ask(s, "POL", "hakan.ek", at + 600, at + HOUR);
    ask(s, "SNC", odds(g, 80) ? "tom.berg" : "sara.wik", at + 660, at + between(g, 1, 2) * HOUR);
    ask(s, "FRI", "eva.strand", at + 720, last);
    approve(s, "asa.lind", last + HOUR);
    approve(s, police_made || odds(g, 25) ? "eva.strand" : "hakan.ek", last + 2 * HOUR);
    put(&s->t, "state", "GODKAND");
    tale_step(g, &s->t, last + 2 * HOUR, named_worker(g, "hakan.ek"));
    done_task(g, s->talk->id, "cn_deconfliction", "Få avstämning och godkännande av samtalet",
              "KOORD_P", "POL", at, at + 4 * HOUR, last + 2 * HOUR);
    return last + 2 * HOUR;
}

static const char *place_for(struct telling *s, int day)
{
    struct demo *g = s->g;
    if (in_custody(s->person, day))
        return strcmp(s->person->custody, "HAKTAD") == 0 ? "HAKTE" : "ANSTALT";
    return s->plan->client >= 0 ? WEIGHTED(g, {"FRIVARD", 80}, {"NEUTRAL", 20})
                                : WEIGHTED(g, {"HEM", 50}, {"FRIVARD", 18}, {"NEUTRAL", 26},
                                           {"SJUKHUS", 3}, {"TELEFON", 3});
}

/* Where they meet when it comes to it: whoever has been locked up or let out since is met there. */
static const char *place_now(struct telling *s, int day, const char *planned)
{
    bool locked_up = str_list_has("HAKTE,ANSTALT", planned);
    return locked_up == in_custody(s->person, day) ? planned
           : locked_up                             ? "NEUTRAL"
                                                   : place_for(s, day);
}

static instant prepare(struct telling *s, instant approved, const char **ret_place)
{
    struct demo *g = s->g;
    struct talk *t = s->talk;
    instant at = office(g, approved + between(g, 1, 20) * HOUR);
    instant meeting = office(g, at + between(g, 6, 60) * HOUR);
    bool young = age_at_days(s->person->born, day_of_instant(at)) < 18;
    t->talker = worker(g, odds(g, 85) ? "OPERATIV_P" : "KOORD_P", NULL, at);
    t->helper = s->plan->client >= 0 || (!young && odds(g, 40)) ? worker(g, "FRIV_INSP", NULL, at)
                                                                : worker(g, "STOD", NULL, at);
    if (!t->helper)
        t->helper = named_worker(g, "nils.ahl");
    putf(&s->t, "deliverers", "%s,%s", t->talker->id, t->helper->id);
    put(&s->t, "message_version", version_at(g, "CN", at));
    *ret_place = place_for(s, day_of_instant(meeting));
    put(&s->t, "planned_place", *ret_place);
    put_time(&s->t, "planned_at", meeting);
    put(&s->t, "state", "PLANERAD");
    tale_step(g, &s->t, at, named_worker(g, "hakan.ek"));
    done_task(g, t->id, "cn_plan", "Planera samtalet", "KOORD_P", "POL", approved,
              s->plan->at + 2 * DAY, at);
    return meeting;
}

static void attempt(struct telling *s, instant at, const char *place, const char *result)
{
    struct tale t = tale_begin(s->g, "notification_attempt", s->owner, "DELAD");
    put(&t, "custom_notification", s->talk->id);
    put_time(&t, "at", at);
    put(&t, "place", place);
    put(&t, "result", result);
    tale_once(s->g, &t, at + HOUR, s->talk->talker);
}

static void hold(struct telling *s, instant at)
{
    struct demo *g = s->g;
    bool young = age_at_days(s->person->born, day_of_instant(at)) < 18;
    s->talk->delivered = at;
    put_time(&s->t, "delivered_at", at);
    put(&s->t, "present_others",
        young ? "VARDNADSHAVARE" : WEIGHTED(g, {"ENSAM", 55}, {"FAMILJ", 35}, {"PERSONAL", 10}));
    put(&s->t, "reaction",
        WEIGHTED(g, {"MOTTAGLIG", 22}, {"NEUTRAL", 34}, {"HJALP", 14}, {"AVVISANDE", 18},
                 {"HOTFULL", 3}, {"SPRIDER", 6}, {"OKLAR", 3}));
    if (young)
        put(&s->t, "guardian_informed", "1");
    put_day(&s->t, "follow_up_due", day_of_instant(at) + 5);
    put(&s->t, "follow_up_by", s->talk->helper->id);
    put(&s->t, "state", "GENOMFORD");
    tale_step(g, &s->t, at + 2 * HOUR, s->talk->talker);
    done_task(g, s->talk->id, "cn_deliver", "Rapportera samtalet", "KOORD_P", "POL", at, at + DAY,
              at + 2 * HOUR);
    if (s->talk->group >= 0 && day_of_instant(at) > g->groups[s->talk->group].told)
        g->groups[s->talk->group].told = day_of_instant(at);
}

/* --- one talk after the other ---------------------------------------------------------------- */

/* false: it is still going on, or it ended without a talk. */
static bool try_to_meet(struct telling *s, instant meeting, const char *place, bool *ret_open)
{
    struct demo *g = s->g;
    for (int i = 0; i < 4; i++) {
        *ret_open = meeting > g->now - 3 * HOUR;
        if (*ret_open)
            return false;
        place = place_now(s, day_of_instant(meeting), place);
        if (odds(g, 62)) {
            attempt(s, meeting, place, "MOTT");
            hold(s, meeting);
            return true;
        }
        attempt(s, meeting, place,
                WEIGHTED(g, {"EJ_HEMMA", 50}, {"ANHORIG", 22}, {"AVBOJDE", 12}, {"FEL_ADRESS", 10},
                         {"AVBRUTET", 6}));
        put(&s->t, "state", "FORSOKT");
        tale_step(g, &s->t, meeting + 2 * HOUR, s->talk->talker);
        meeting = office(g, meeting + between(g, 24, 120) * HOUR);
    }
    put(&s->t, "state", "EJ_NADD");
    tale_step(g, &s->t, past(g, meeting), named_worker(g, "hakan.ek"));
    return false;
}

/* true: it is not at its end yet. */
static bool follow_up(struct telling *s)
{
    struct demo *g = s->g;
    int day = day_of_instant(s->talk->delivered);
    instant done = on_day(day + between(g, 3, 6), between(g, 9, 15), upto(g, 60)),
            closed = office(g, done + 2 * DAY);
    if (done > g->now - HOUR)
        return true;
    put_time(&s->t, "follow_up_done", done);
    put(&s->t, "state", "UPPFOLJD");
    tale_step(g, &s->t, done + HOUR, s->talk->helper);
    done_task(g, s->talk->id, "cn_follow_up", "Följ upp samtalet", s->talk->helper->role,
              s->talk->helper->agency, s->talk->delivered, on_day(day + 5, 16, 0), done + HOUR);
    if (closed > g->now - HOUR)
        return true;
    put(&s->t, "state", "AVSLUTAD");
    tale_step(g, &s->t, closed, named_worker(g, "asa.lind"));
    return false;
}

static void tell(struct demo *g, const struct plan *p)
{
    enum partition side = p->client >= 0 ? PROBATION : POLICE;
    struct telling s = {
        .g = g, .plan = p, .talk = &g->talks[g->n_talks++], .owner = owner_of(side)};
    *s.talk = (struct talk){
        .person = p->person, .group = p->group, .event = p->event, .delivered = INSTANT_NONE};
    s.person = &g->people[side].at[p->client >= 0 ? p->client : p->person];
    s.proposer = p->client >= 0 ? named_worker(g, odds(g, 50) ? "eva.strand" : "nils.ahl")
                 : odds(g, 45)  ? named_worker(g, "hakan.ek")
                                : worker(g, "ANALYT_P", NULL, p->at);
    if (strcmp(s.proposer->login, "eva.strand") == 0)
        s.proposer = named_worker(g, "nils.ahl"); /* whoever proposes does not approve */
    bool open = false;
    propose(&s);
    if (odds(g, 7)) {
        put(&s.t, "stop_reason", EITHER(g, "AVSTAMNING", "AVSTAMNING", "SAKERHET", "HALSA"));
        put(&s.t, "state", "STOPPAD");
        tale_step(g, &s.t, p->at + between(g, 3, 40) * HOUR, named_worker(g, "hakan.ek"));
        tale_end(g, &s.t);
        return;
    }
    instant approved = clear_and_approve(&s);
    const char *place;
    instant meeting = prepare(&s, approved, &place);
    if (try_to_meet(&s, meeting, place, &open))
        open = follow_up(&s);
    if (open)
        tale_end_open(g, &s.t);
    else
        tale_end(g, &s.t);
}

void make_talks(struct demo *g)
{
    begin_part(g, "samtal");
    int n = PER_CITY * g->scale, found = 0;
    struct plan *plans = xcalloc((size_t)n, sizeof *plans);
    for (int tries = 0; found < n && tries < n * TRIES; tries++)
        found += plan_one(g, &plans[found]);
    qsort(plans, (size_t)found, sizeof *plans, by_time);
    g->talks = xcalloc((size_t)n, sizeof *g->talks);
    for (int i = 0; i < found && !g->failed; i++)
        tell(g, &plans[i]);
    free(plans);
}
