/* demo/exits.c: the exit unit's contacts and cases. A contact that led to nothing is ninety days old
 * at most; sixty cases or so are open at a time. */
#include "exits.h"

#define CONTACTS_A_YEAR 250

static const struct worker *colleague(struct demo *g, const struct worker *than, instant when)
{
    const struct worker *w = NULL;
    for (int tries = 0; tries < 6 && (!w || w == than); tries++)
        w = worker(g, "AVHOPP_HL", NULL, when);
    return !w || w == than ? named_worker(g, "tom.berg") : w;
}

static void put_contact(struct demo *g, struct tale *t, instant at, const char *linked)
{
    put_time(t, "at", at);
    put(t, "channel", WEIGHTED(g, {"TELEFON", 78}, {"BESOK", 12}, {"EPOST", 6}, {"CHATT", 4}));
    put(t, "anonymous", odds(g, linked ? 15 : 38) ? "1" : "0");
    put(t, "caller_role", WEIGHTED(g, {"SJALV", 58}, {"ANHORIG", 22}, {"YRKES", 20}));
    put(t, "topic",
        linked ? WEIGHTED(g, {"AVHOPP", 80}, {"AKUT_HOT", 20})
               : WEIGHTED(g, {"RAD", 34}, {"ANHORIGORO", 24}, {"AVHOPP", 18}, {"REKRYTERING", 12},
                          {"SKULD", 7}, {"AKUT_HOT", 5}));
    put_n(t, "urgency", linked ? between(g, 1, 3) : between(g, 0, 2));
    put(t, "advice_given",
        EITHER(g, "Lyssnade. Berättade vad vi kan göra och att det är frivilligt.",
               "Gav numret till dagtelefonen och sade att vi ringer upp.",
               "Talade om hur man skyddar barnet och vem som kan hjälpa."));
    put(t, "next_step", linked ? "Möte bokat" : EITHER(g, "Hör av sig igen", "Vi ringer på måndag", "–"));
    put(t, "linked_case", linked);
    if (!linked)
        put_day(t, "purge_after", day_of_instant(at) + 90);
    put(t, "purge_rule", linked ? NULL : "CONTACT_90D");
}

static void make_contact(struct demo *g, instant at)
{
    const struct worker *by = worker(g, odds(g, 30) ? "JOUR_S" : "AVHOPP_HL", NULL, at);
    struct tale t = tale_begin(g, "exit_contact", "SNC", "SEKRETESS");
    put_contact(g, &t, at, NULL);
    tale_once(g, &t, at + 240, by ? by : named_worker(g, "per.nystrom"));
}

static void put_opened(struct demo *g, struct tale *t, const struct exit_story *x)
{
    int age = age_at_days(x->person->born, day_of_instant(x->opened));
    put(t, "person", x->person->id);
    put(t, "class", x->high ? "SARSKILD" : odds(g, 80) ? "ORDINARIE" : "RADGIVNING");
    put_time(t, "opened_at", x->opened);
    put(t, "source", WEIGHTED(g, {"SJALV", 42}, {"SOCIALTJANST", 16}, {"CN", 12}, {"FRIVARD", 12},
                              {"ANSTALT", 8}, {"ANHORIG", 6}, {"CALL_IN", 4}));
    put_n(t, "urgency", x->high ? between(g, 2, 3) : between(g, 0, 2));
    put(t, "handler", x->handler->id);
    put(t, "backup", x->backup->id);
    put(t, "env_type", WEIGHTED(g, {"KRIM", 94}, {"VBE", 3}, {"HEDER", 3}));
    put(t, "former_group_text", group_name(g, upto(g, 14)));
    put(t, "own_words",
        EITHER(g, "Jag vill bara kunna gå till jobbet utan att titta bakåt.",
               "Jag vill att mina syskon slipper det här.", "Jag orkar inte mer.",
               "Jag vill bo någonstans där ingen vet vem jag är."));
    put(t, "responsible_municipality", odds(g, 92) ? "1499" : "1498");
    put_n(t, "age_at_open", age);
    put(t, "minor", age < 18 ? "1" : "0");
    if (age < 18)
        put_day(t, "child_protection_at", day_of_instant(x->opened));
}

static void go_to(struct demo *g, struct tale *t, const char *state, instant at,
                  const struct worker *by)
{
    put(t, "state", state);
    put_time(t, "state_since", at);
    tale_step(g, t, at, by);
}

static void close_case(struct demo *g, struct tale *t, const struct exit_story *x)
{
    static const int after[] = {182, 365, 730, 1826};
    int day = day_of_instant(x->closed);
    STR dates = {0};
    for (size_t i = 0; i < N_OF(after); i++) {
        char text[DATE_TEXT];
        date_text(date_from_days(day + after[i]), text);
        str_printf(&dates, "%s%s", i ? ", " : "", text);
    }
    put(t, "close_reason",
        WEIGHTED(g, {"FULLFOLJT", 55}, {"AVBRUTET_SJALV", 16}, {"FANGELSE", 9},
                 {"ATERFALL_BROTT", 6}, {"ATER_GRUPP", 5}, {"FLYTTAT_ANSVAR", 5},
                 {"PERSONSAKERHET", 3}, {"OKANT", 1}));
    put(t, "outcome", WEIGHTED(g, {"UTE_EJ_BROTT", 58}, {"UTE_BROTT", 16}, {"KVAR", 16}, {"OKANT", 10}));
    put_day(t, "closed_at", day);
    put(t, "after_dates", dates.p);
    put(t, "after_done", "0");
    go_to(g, t, "AVSLUTAD", x->closed, named_worker(g, "tom.berg"));
}

/* The states on the way, as far as the case has come. */
static void walk_case(struct demo *g, struct tale *t, struct exit_story *x)
{
    static const struct {
        const char *state;
        int days;
    } way[] = {{"AKTUALISERAD", 0}, {"FORSTA_BEDOMNING", 1}, {"SAMTYCKE", 3}, {"HOTBEDOMNING", 5},
               {"UTREDNING", 10},   {"BESLUT", 28},          {"PLAN", 36},    {"PAGAR", 40}};
    for (size_t i = 0; i < N_OF(way); i++) {
        instant at = office(g, x->opened + way[i].days * DAY);
        if (at > g->now - HOUR)
            return;
        x->state = way[i].state;
        if (strcmp(way[i].state, "PAGAR") == 0) {
            x->started = at;
            put_day(t, "started_at", day_of_instant(at));
            put_day(t, "last_follow_up", x->last_seen = day_of_instant(x->closed ? x->closed : g->now) -
                                                        between(g, 1, x->closed ? 9 : 16));
            if (x->last_seen < day_of_instant(at))
                put_day(t, "last_follow_up", x->last_seen = day_of_instant(at));
            put(t, "first_period", x->last_seen < day_of_instant(at) + 91 ? "1" : "0");
        }
        go_to(g, t, x->state, at,
              strcmp(x->state, "BESLUT") == 0 ? named_worker(g, "tom.berg") : x->handler);
    }
    if (x->closed)
        close_case(g, t, x);
}

static void make_case(struct demo *g, struct exit_story *x)
{
    struct tale contact = {0};
    bool called = odds(g, 70);
    if (called)
        contact = tale_begin(g, "exit_contact", "SNC", "SEKRETESS");
    struct tale t = tale_begin(g, "exit_case", "SNC", "SEKRETESS");
    snprintf(x->id, sizeof x->id, "%s", t.r->id);
    if (called) {
        put_contact(g, &contact, x->opened - between(g, 2, 20) * HOUR, t.r->id);
        put(&t, "contact", contact.r->id);
        tale_step(g, &contact, x->opened - HOUR, x->handler);
        tale_end(g, &contact);
    }
    put_opened(g, &t, x);
    put(&t, "state", "KONTAKT");
    put_time(&t, "state_since", x->opened);
    tale_step(g, &t, x->opened, x->handler);
    walk_case(g, &t, x);
    if (x->closed)
        tale_end(g, &t);
    else
        tale_end_open(g, &t);
    char staff[2 * ID_LEN + 2];
    snprintf(staff, sizeof staff, "%s,%s", x->handler->id, x->backup->id);
    amend(g, "person", x->person->id, "staff", staff, x->opened);
}

static struct exit_story story(struct demo *g, const struct person *p)
{
    struct exit_story x = {.person = p, .state = "KONTAKT", .high = odds(g, 50)};
    x.opened = office(g, p->made + between(g, 1, 30) * HOUR);
    if (x.opened > g->now - 30 * HOUR)
        x.opened = office(g, g->now - between(g, 40, 90) * HOUR);
    instant end = office(g, x.opened + (instant)between(g, 60, 600) * DAY);
    x.closed = end < g->now - 3 * DAY ? end : 0;
    x.handler = worker(g, "AVHOPP_HL", NULL, x.opened);
    if (!x.handler || (!x.closed && odds(g, 12)))
        x.handler = named_worker(g, "sara.wik");
    x.backup = colleague(g, x.handler, x.opened);
    return x;
}

void make_exits(struct demo *g)
{
    begin_part(g, "avhopparverksamheten");
    const struct people *all = &g->people[SOCIAL];
    for (int i = 0; i < all->n && !g->failed; i++) {
        struct exit_story x = story(g, &all->at[i]);
        if (x.opened < x.person->made)
            continue;
        make_case(g, &x);
        if (!x.closed || odds_of(g, g->share_of_tasks))
            make_exit_rows(g, &x);
    }
    int lost = CONTACTS_A_YEAR * g->scale * 90 / 365 * 2 / 3;
    for (int i = 0; i < lost && !g->failed; i++)
        make_contact(g, past(g, on_day(g->today - 1 - 88 * i / lost, between(g, 0, 23), upto(g, 60))));
}
