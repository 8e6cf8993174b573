/* demo/measures.c: what each agency did in a round, by its own right. */
#include "inside.h"

#define PER_ROUND 60

struct doing {
    const char *kind, *basis, *result; /* result: the figure that counts it */
    bool person;
};
static const struct doing police[] = {
    {"RIKTAD_KONTROLL", "POLISLAGEN", "q_checks", true},
    {"TRAFIKKONTROLL", "POLISLAGEN", "q_checks", true},
    {"HUSRANNSAKAN", "RB", "q_drugs_g", true},
    {"KROPPSVISITATION", "RB", "q_weapons", true},
    {"RAPPORT", "RB", "q_reports", true},
    {"BESLAG", "RB", "q_money_ore", true},
    {"NARVARO", "POLISLAGEN", "q_hours", false},
    {"KORKORT", "ANNAT", "q_reports", true},
    {"GRIPANDE", "RB", "q_arrests", true},
    {"VISTELSEFORBUD", "VISTELSEFORBUD", "q_reports", true},
};
static const struct doing probation[] = {
    {"TATARE_KONTAKT", "BROTTSBALKEN_26_28", "q_hours", true},
    {"DROGKONTROLL", "BROTTSBALKEN_26_28", "q_checks", true},
    {"FORESKRIFT", "BROTTSBALKEN_26_28", "q_reports", true},
    {"VARNING", "BROTTSBALKEN_26_28", "q_reports", true},
};
static const struct doing city[] = {
    {"TILLSYN", "ALKOHOLLAGEN", "q_checks", false},
    {"FORDONSFLYTT", "ANNAT", "q_vehicles", false},
    {"HYRESRATT", "JORDABALKEN", "q_reports", false},
};
static const struct {
    struct doing doing;
    const char *by;
} partners[] = {
    {{"UTMATNING", "UTSOKNINGSBALKEN", "q_money_ore", true}, "KRONOFOGDEN"},
    {{"SKATTEKONTROLL", "ANNAT", "q_reports", false}, "SKATTEVERKET"},
    {{"TILLSTAND", "ALKOHOLLAGEN", "q_reports", false}, "TILLSTANDSMYNDIGHET"},
};

struct telling {
    struct demo *g;
    const struct round *r;
    struct tale t;
    struct doing doing;
    const char *owner, *party;
    const struct worker *by;
    struct str *named; /* who stands in the round already */
};

/* A client of probation is one of the agency's own; whether the police know him too is nowhere
 * said. */
static const char *client_of_group(struct demo *g, int group, int day)
{
    const struct people *all = &g->people[PROBATION];
    for (int tries = 0; tries < 30 && all->n; tries++) {
        const struct person *p = &all->at[upto(g, all->n)];
        if (p->kind != 'A' || p->twin < 0 || day_of_instant(p->made) > day)
            continue;
        int any = member_at(g, group, day);
        if (any == p->twin || tries > 20)
            return p->id;
    }
    return NULL;
}

/* Each agency's people stand once in its round, the youngest as left alone. */
static void name_person(struct telling *s, const char *person, bool exempt)
{
    struct demo *g = s->g;
    if (str_list_has(str_text(s->named), person))
        return;
    str_printf(s->named, "%s%s", s->named->len ? "," : "", person);
    struct tale t = tale_begin(g, "round_person", s->owner, "SEKRETESS");
    put(&t, "round", s->r->id);
    put(&t, "person", person);
    put(&t, "reason",
        exempt ? "Under 15 år. Lämnas till socialtjänsten."
               : EITHER(g, "Rör sig med gruppen och var varnad.", "Drivande i konflikten.",
                        "Bekräftad tillhörighet, setts med gruppen efter skjutningen."));
    put(&t, "exempt", exempt ? "1" : "0");
    tale_once(g, &t, later_by(g, s->r->proposed, 0.6), s->by);
}

static const char *person_target(struct telling *s, int day)
{
    struct demo *g = s->g;
    if (strcmp(s->owner, "FRI") == 0)
        return client_of_group(g, s->r->group, day);
    int i = strcmp(s->owner, "POL") == 0 ? member_at(g, s->r->group, day) : -1;
    if (i < 0)
        return NULL;
    const struct person *p = &g->people[POLICE].at[i];
    bool child = age_at_days(p->born, day) < 15;
    if (child)
        name_person(s, p->id, true);
    return child ? NULL : p->id;
}

static void put_target(struct telling *s, int day)
{
    struct demo *g = s->g;
    const char *person = s->doing.person && !odds(g, 15) ? person_target(s, day) : NULL;
    if (person) {
        put(&s->t, "target_type", "PERSON");
        put(&s->t, "target", person);
        name_person(s, person, false);
        put(&s->t, "proportionality_text",
            EITHER(g,
                   "Personen är drivande i gruppen och mildare åtgärder har prövats utan verkan.",
                   "Åtgärden är begränsad i tid och påverkar inte boende, arbete eller familj."));
    } else if (strcmp(s->owner, "POL") == 0 || strcmp(s->owner, "FRI") == 0) {
        put(&s->t, "target_type", "GRUPP");
        put(&s->t, "target", g->groups[s->r->group].id);
    } else {
        bool shop = odds(g, 60);
        put(&s->t, "target_type", shop ? "FORETAG" : "PLATS");
        put(&s->t, "target_text",
            shop ? EITHER(g, "Restaurang vid torget", "Cykelverkstad", "Biltvätt", "Spelbutik")
                 : place_name(g, g->groups[s->r->group].area));
    }
}

static void put_result(struct telling *s)
{
    struct demo *g = s->g;
    bool hit = odds(g, 58);
    put(&s->t, "result", hit ? "TRAFF" : "INGEN_TRAFF");
    if (hit) {
        bool money = strcmp(s->doing.result, "q_money_ore") == 0,
             grams = strcmp(s->doing.result, "q_drugs_g") == 0;
        put_n(&s->t, s->doing.result,
              money   ? between(g, 5, 900) * 10000
              : grams ? between(g, 2, 400)
                      : between(g, 1, 12));
    }
    put_n(&s->t, "q_hours", between(g, 1, 30));
}

static void propose(struct telling *s, instant at)
{
    struct demo *g = s->g;
    bool before = odds(g, 4); /* began before the round, so it does not count as planned in it */
    int from = before ? day_of_instant(s->r->proposed) - between(g, 2, 20)
                      : day_of_instant(s->r->decided) + between(g, 1, 12);
    put(&s->t, "round", s->r->id);
    put(&s->t, "kind", s->doing.kind);
    put_target(s, from);
    put_day(&s->t, "planned_from", from);
    put_day(&s->t, "planned_to", day_of_instant(s->r->decided) + between(g, 14, 30));
    put(&s->t, "executing_party", s->party);
    put(&s->t, "planned_in_round", before ? "0" : "1");
    put(&s->t, "legal_basis", s->doing.basis);
    if (strcmp(s->doing.basis, "ANNAT") == 0)
        put(&s->t, "legal_text", "Enligt myndighetens egen lagstiftning, se tjänsteanteckning.");
    tale_step(g, &s->t, at, s->by);
    put(&s->t, "state", "RATTSLIGT_PROVAD");
    tale_step(g, &s->t, at + 3 * HOUR, s->by);
}

/* Four of five are carried out; what was not says why. All were reported in the end. */
static void carry_out(struct telling *s, instant decided)
{
    struct demo *g = s->g;
    bool never = strcmp(s->r->message, "") == 0;
    instant at = office(g, s->r->decided + between(g, 1, 30) * DAY);
    if (at > s->r->ended)
        at = office(g, s->r->decided + 2 * DAY);
    if (!never && odds(g, 85)) {
        put(&s->t, "decided_by", s->by->id);
        put_time(&s->t, "decided_at", decided);
        put(&s->t, "state", "BESLUTAD");
        tale_step(g, &s->t, decided, s->by);
    }
    if (!never && odds(g, 94) && record_is(s->t.r, model_field(s->t.r->k, "state"), "BESLUTAD")) {
        put(&s->t, "state", "PAGAENDE");
        tale_step(g, &s->t, at - HOUR, s->by);
        put_time(&s->t, "executed_at", at);
        put_result(s);
        put(&s->t, "state", "UTFORD");
    } else {
        put(&s->t, "not_done_reason",
            never ? "INAKTUELL"
                  : WEIGHTED(g, {"RESURS", 45}, {"PERSON_EJ_NADD", 25}, {"INAKTUELL", 18},
                             {"RATTSLIGT_HINDER", 12}));
        put(&s->t, "state", "AVBRUTEN");
    }
    tale_step(g, &s->t, at + HOUR, s->by);
    done_task(g, s->t.r->id, "measure_due", "Utför åtgärden", s->by->role, s->owner, decided,
              at + 5 * DAY, at + HOUR);
    put(&s->t, "state", "REDOVISAD");
    tale_step(g, &s->t, later_by(g, at + HOUR, 4), s->by);
}

static void make_measure(struct demo *g, const struct round *r, struct str *named)
{
    struct telling s = {
        .g = g, .r = r, .named = named, .owner = "POL", .doing = police[upto(g, (int)N_OF(police))]};
    instant at = later_by(g, r->proposed, 0.7);
    switch (WEIGHTED(g, {"p", 68}, {"f", 17}, {"c", 8}, {"x", 7})[0]) {
    case 'f':
        s.owner = "FRI";
        s.doing = probation[upto(g, (int)N_OF(probation))];
        break;
    case 'c':
        s.owner = odds(g, 60) ? "KS" : "SNC";
        s.doing = city[upto(g, (int)N_OF(city))];
        break;
    case 'x': {
        int i = upto(g, (int)N_OF(partners));
        s.doing = partners[i].doing;
        s.party = partners[i].by;
        break;
    }
    default:
        break;
    }
    s.by = strcmp(s.owner, "POL") == 0   ? worker(g, "OPERATIV_P", NULL, at)
           : strcmp(s.owner, "FRI") == 0 ? worker(g, "FRIV_INSP", NULL, at)
           : strcmp(s.owner, "KS") == 0  ? worker(g, "CHEF", "KS", at)
                                         : NULL;
    if (!s.by)
        s.by = named_worker(g, strcmp(s.owner, "POL") == 0   ? "hakan.ek"
                               : strcmp(s.owner, "FRI") == 0 ? "eva.strand"
                                                             : "asa.lind");
    if (strcmp(s.owner, "KS") == 0 && strcmp(s.by->agency, "KS") != 0)
        s.owner = "SNC";
    s.t = tale_begin(g, "measure", s.owner, "DELAD");
    propose(&s, at);
    carry_out(&s, at + 5 * HOUR < r->decided ? at + 5 * HOUR : r->decided - HOUR);
    tale_end(g, &s.t);
}

void make_measures(struct demo *g, const struct round *r, bool refused)
{
    STR named = {0};
    int n = refused ? 6 : between(g, PER_ROUND - 14, PER_ROUND + 18);
    for (int i = 0; i < n && !g->failed; i++)
        make_measure(g, r, &named);
}
