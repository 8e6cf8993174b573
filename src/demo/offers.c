/* demo/offers.c: help that was offered, and what came of it, behind the wall: an offer names
 * somebody of its own agency's register only, or nobody. */
#include "inside.h"

#define PER_CITY 950

struct offer {
    instant given, answered;
    const char *response;
    const struct worker *by;
    enum partition side;
};

static void put_person(struct demo *g, struct tale *t, enum partition side, instant given)
{
    const struct people *all = &g->people[side];
    for (int tries = 0; tries < 12 && all->n && !odds(g, 5); tries++) {
        const struct person *p = &all->at[upto(g, all->n)];
        if (p->made > given || p->died || (side == POLICE && !strchr("MF", p->kind)))
            continue;
        put(t, "person", p->id);
        return;
    }
    put(t, "anonymous", "1");
}

static void put_kinds(struct demo *g, struct tale *t)
{
    static const char *const kinds[] = {
        "SAMTALSSTOD", "KONTAKTPERSON", "BOENDE",        "SYSSELSATTNING", "UTBILDNING",
        "AKUTBOENDE",  "FLYTT",         "MISSBRUKSVARD", "SKULDSANERING",  "FAMILJESTOD"};
    STR s = {0};
    for (int i = between(g, 1, 3), at = upto(g, (int)N_OF(kinds)); i > 0;
         i--, at = (at + 3) % (int)N_OF(kinds))
        str_printf(&s, "%s%s", s.len ? "," : "", kinds[at]);
    put(t, "offer_kinds", s.p);
}

static void answer(struct demo *g, struct tale *t, const struct offer *o)
{
    static const char *const words[][2] = {
        {"JA", "INTRESSE"}, {"TANKA", "INTRESSE"}, {"NEJ", "AVBOJT"}, {"INGET", "INGET_SVAR"}};
    put(t, "response", o->response);
    put_time(t, "response_at", o->answered);
    for (size_t i = 0; i < N_OF(words); i++)
        if (strcmp(words[i][0], o->response) == 0)
            put(t, "state", words[i][1]);
    if (strcmp(o->response, "NEJ") == 0)
        put(t, "decline_reason",
            WEIGHTED(g, {"EJ_MOTIVERAD", 30}, {"MISSTRO", 22}, {"KVAR", 18}, {"RADSLA", 16},
                     {"SAMTYCKE", 6}, {"OKANT", 8}));
    tale_step(g, t, o->answered + 600, o->by);
}

/* true: it is not at its end yet. */
static bool go_on(struct demo *g, struct tale *t, const struct offer *o)
{
    const struct worker *by = worker(g, "AVHOPP_HL", NULL, o->answered);
    instant contact = office(g, o->answered + between(g, 10, 60) * HOUR);
    instant outcome = office(g, contact + between(g, 3, 13) * DAY);
    if (contact > g->now - HOUR)
        return true;
    put(t, "state", "KONTAKT_TAGEN");
    tale_step(g, t, contact, by);
    if (outcome > g->now - HOUR)
        return true;
    put(t, "state",
        WEIGHTED(g, {"LEDDE_TILL_ARENDE", 52}, {"LOST_UTAN_ARENDE", 26}, {"FORFALLET", 22}));
    tale_step(g, t, outcome, by);
    return false;
}

static void make_offer(struct demo *g, int day)
{
    static const char *const roles[PARTITIONS] = {"OPERATIV_P", "FRIV_INSP", "STOD"};
    struct offer o = {.given = on_day(day, between(g, 9, 19), upto(g, 60))};
    o.side = WEIGHTED(g, {"s", 70}, {"f", 22}, {"p", 8})[0] == 's' ? SOCIAL
             : odds(g, 73)                                         ? PROBATION
                                                                   : POLICE;
    const char *role = o.side == SOCIAL && odds(g, 55) ? "AVHOPP_HL" : roles[o.side];
    o.by = worker(g, role, NULL, o.given);
    if (!o.by)
        o.by = named_worker(g, o.side == SOCIAL      ? "sara.wik"
                               : o.side == PROBATION ? "nils.ahl"
                                                     : "hakan.ek");
    o.response = WEIGHTED(g, {"JA", 34}, {"TANKA", 21}, {"NEJ", 27}, {"INGET", 18});
    o.answered = office(g, o.given + between(g, 1, 11 * 24) * HOUR);
    struct tale t = tale_begin(g, "help_offer", owner_of(o.side), "SEKRETESS");
    put_person(g, &t, o.side, o.given);
    put(&t, "given_in",
        o.side == PROBATION ? WEIGHTED(g, {"FRIVARD", 80}, {"ANSTALT", 20})
                            : WEIGHTED(g, {"CN", 40}, {"TELEFON", 34}, {"GATA", 10}, {"CALL_IN", 8},
                                       {"ANSTALT", 8}));
    put_time(&t, "given_at", o.given);
    put(&t, "by_agency", agency_id(g, o.by->agency));
    put(&t, "given_by", o.by->id);
    put_kinds(g, &t);
    tale_step(g, &t, o.given + 1200, o.by);
    bool open = o.answered > g->now - HOUR;
    if (!open) {
        answer(g, &t, &o);
        open = str_list_has("JA,TANKA", o.response) && go_on(g, &t, &o);
    }
    if (open)
        tale_end_open(g, &t);
    else
        tale_end(g, &t);
}

void make_offers(struct demo *g)
{
    begin_part(g, "erbjudanden om hjälp");
    int n = PER_CITY * g->scale;
    for (int i = 0; i < n && !g->failed; i++)
        make_offer(g, g->day0 + (int)((int64_t)(g->today - 1 - g->day0) * i / n));
}
