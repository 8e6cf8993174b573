/* demo/opening_work.c: the running round in its second week, the talks under way, and what lies on
 * the desks. */
#include "stage.h"
#include "treben/store/draft.h"

/* --- the round ------------------------------------------------------------------------------- */

const struct talk *talk_with_group(const struct demo *g, int group)
{
    for (int i = g->n_talks - 1; i >= 0; i--) {
        const struct talk *t = &g->talks[i];
        if (t->group != group || t->person < 0 || t->delivered == INSTANT_NONE ||
            t->delivered > g->now - 30 * DAY)
            continue;
        for (int k = 0; k < g->groups[group].n_members; k++)
            if (g->members[g->groups[group].members[k]].person == t->person)
                return t;
    }
    return NULL;
}

const struct person *reachable_member(struct demo *g, int group, int skip)
{
    const struct group *o = &g->groups[group];
    for (int i = 0; i < o->n_members; i++) {
        const struct member *m = &g->members[o->members[i]];
        const struct person *p = &g->people[POLICE].at[m->person];
        if (!m->to && !p->died && !p->untouchable && strcmp(p->custody, "FRI") == 0 &&
            !p->custody_to && age_at_days(p->born, g->today) >= 18 && skip-- <= 0)
            return p;
    }
    return &g->people[POLICE].at[0];
}

struct deed {
    const char *login, *kind, *basis, *type, *target_text;
    int from, to; /* days from today */
    int state;    /* 0 decided, 1 going on, 2 executed, 3 reported */
    int executed; /* days from today */
    const char *shared;
};

static void decide_measure(struct scene *s, const struct deed *d, const char *id)
{
    struct demo *g = s->g;
    instant at = on_day(g->today - 12, 13, 0);
    stage_do(g, d->login, at, id, "RATTSLIGT_PROVAD", "legal_basis", d->basis, "legal_text",
             strcmp(d->basis, "ANNAT") == 0 ? "Enligt egen lagstiftning, se tjänsteanteckning."
                                            : "",
             NULL);
    stage_do(g, d->login, at + HOUR, id, "BESLUTAD", NULL);
}

static const char *new_measure(struct scene *s, const struct deed *d)
{
    struct demo *g = s->g;
    bool group = strcmp(d->type, "GRUPP") == 0;
    return stage_new(g, d->login, on_day(g->today - 12, 10, 0), "measure", "round", s->round,
                     "kind", d->kind, "target_type", d->type, "target", group ? s->hot[0] : "",
                     "target_text", group ? "" : d->target_text, "executing_party",
                     strcmp(d->kind, "UTMATNING") == 0 ? "KRONOFOGDEN" : "", "planned_from",
                     stage_day(g, g->today + d->from), "planned_to", stage_day(g, g->today + d->to),
                     "shared_text", d->shared, NULL);
}

static void carry_out(struct scene *s, const struct deed *d, const char *id)
{
    struct demo *g = s->g;
    instant done = on_day(g->today + d->executed, 17, 0);
    if (d->state >= 1)
        stage_do(g, d->login, on_day(g->today + (d->state == 1 ? -3 : d->executed), 8, 30), id,
                 "PAGAENDE", NULL);
    if (d->state >= 2)
        stage_do(g, d->login, done + HOUR, id, "UTFORD", "executed_at", stage_time(g, done),
                 "result", "TRAFF", "q_hours", "12", NULL);
    if (d->state >= 3)
        stage_do(g, d->login, done + 20 * HOUR < g->now ? done + 20 * HOUR : g->now - HOUR, id,
                 "REDOVISAD", NULL);
}

void open_round(struct scene *s)
{
    static const struct deed deeds[] = {
        {"hakan.ek", "RIKTAD_KONTROLL", "POLISLAGEN", "GRUPP", "", -9, 4, 1, 0,
         "Riktade kontroller av gruppens fordon."},
        {"hakan.ek", "NARVARO", "POLISLAGEN", "GRUPP", "", -10, -4, 3, -7,
         "Ökad närvaro kring torget kvällar och nätter."},
        {"hakan.ek", "UTMATNING", "UTSOKNINGSBALKEN", "GRUPP", "", -8, -2, 0, 0,
         "Utmätning tillsammans med Kronofogden."},
        {"eva.strand", "TATARE_KONTAKT", "BROTTSBALKEN_26_28", "GRUPP", "", -9, 10, 1, 0,
         "Tätare kontakt med klienter i gruppen."},
        {"eva.strand", "DROGKONTROLL", "BROTTSBALKEN_26_28", "GRUPP", "", -9, -1, 2, -5,
         "Drogkontroller vid besöken."},
        {"asa.lind", "TILLSYN", "ALKOHOLLAGEN", "FORETAG", "Restaurang vid torget i Kvarnby", -5, 8,
         0, 0, "Tillsyn av serveringstillstånd."},
    };
    struct demo *g = s->g;
    const struct talk *prior = talk_with_group(g, s->group[0]);
    const char *ids[N_OF(deeds)];
    s->round =
        stage_new(g, "hakan.ek", on_day(g->today - 13, 9, 0), "sanction_round", "target_group",
                  s->hot[0], "trigger_incidents", s->first, "trigger_rule", "FORSTA_GRUPP",
                  "prior_message", prior ? prior->id : "", "objective",
                  "Skjutningarna från gruppen ska upphöra. Hela gruppen ska märka att det som "
                  "hände fick följder.",
                  NULL);
    for (size_t i = 0; i < N_OF(deeds); i++) {
        ids[i] = new_measure(s, &deeds[i]);
        decide_measure(s, &deeds[i], ids[i]);
    }
    stage_do(g, "hakan.ek", on_day(g->today - 11, 10, 0), s->round, "BEREDD", NULL);
    stage_do(g, "olle.dahl", on_day(g->today - 11, 15, 0), s->round, "BESLUTAD", "override_reason",
             prior ? "" : "Gruppen har inte nåtts och risken bedöms som akut.", NULL);
    stage_do(g, "ingrid.ros", on_day(g->today - 10, 9, 15), s->round, "BESLUTAD", NULL);
    for (size_t i = 0; i < N_OF(deeds); i++)
        carry_out(s, &deeds[i], ids[i]);
}

/* --- talks ----------------------------------------------------------------------------------- */

static const char *propose(struct scene *s, const char *login, instant at, const struct person *p,
                           const char *incident)
{
    return stage_new(s->g, login, at, "custom_notification", "person", p->id, "trigger", "HANDELSE",
                     "trigger_incident", incident, NULL);
}

/* The three are asked at once; those named in clear have answered that it is safe. */
static void ask_all(struct scene *s, const char *talk, instant at, const char *clear)
{
    static const struct {
        const char *agency, *login;
    } asked[] = {{"POL", "hakan.ek"}, {"SNC", "tom.berg"}, {"FRI", "eva.strand"}};
    for (size_t i = 0; i < N_OF(asked); i++) {
        const char *id = stage_new(s->g, "hakan.ek", at + (instant)i * 60, "deconfliction",
                                   "subject", talk, "agency", asked[i].agency, NULL);
        if (str_list_has(clear, asked[i].agency))
            stage_set(s->g, asked[i].login, at + HOUR + (instant)i * 900, id, "answer", "KLAR",
                      NULL);
    }
}

static void plan_talk(struct scene *s, const char *id, instant at, instant meeting,
                      const char *place)
{
    struct demo *g = s->g;
    const struct worker *support = worker(g, "STOD", NULL, at),
                        *officer = worker(g, "OPERATIV_P", NULL, at);
    const char *both = arena_printf(&g->keep, "%s,%s", officer ? officer->login : "hakan.ek",
                                    support ? support->login : "nils.ahl");
    stage_do(g, "asa.lind", at, id, "PLANERAD", "deliverers", both, "message_version",
             version_at(g, "CN", at), "planned_place", place, "planned_at", stage_time(g, meeting),
             NULL);
}

/* Held, promised something, and to be followed up by a probation officer, who is a day late. */
static void open_held_talk(struct scene *s)
{
    struct demo *g = s->g;
    const struct person *p = reachable_member(g, s->group[1], 0);
    int day = g->today - 7;
    const char *id = propose(s, "mira.holm", on_day(day - 3, 10, 0), p, s->first);
    ask_all(s, id, on_day(day - 3, 10, 30), "POL,SNC,FRI");
    stage_do(g, "hakan.ek", on_day(day - 2, 9, 0), id, "GODKAND", NULL);
    stage_do(g, "asa.lind", on_day(day - 2, 10, 0), id, "GODKAND", NULL);
    instant meeting = on_day(day, 18, 30), at = on_day(day - 2, 13, 0);
    stage_do(g, "asa.lind", at, id, "PLANERAD", "deliverers", "hakan.ek,nils.ahl",
             "message_version", version_at(g, "CN", at), "planned_place", "FRIVARD", "planned_at",
             stage_time(g, meeting), NULL);
    stage_new(g, "nils.ahl", meeting + HOUR, "notification_attempt", "custom_notification", id,
              "at", stage_time(g, meeting), "place", "FRIVARD", "result", "MOTT", NULL);
    stage_do(g, "nils.ahl", meeting + HOUR + 600, id, "GENOMFORD", "delivered_at",
             stage_time(g, meeting), "present_others", "ENSAM", "reaction", "NEUTRAL", "questions",
             "Frågade vad som gäller för brodern.", "follow_up_by", "nils.ahl", NULL);
    stage_new(g, "asa.lind", meeting + 15 * HOUR, "promise", "made_in", id, "kind", "KONTAKT",
              "text", "Vi ringer upp om bostadskön före veckans slut.", "due",
              stage_day(g, g->today + 1), NULL);
    stage_new(g, "hakan.ek", meeting + 16 * HOUR, "promise", "made_in", id, "kind", "KONSEKVENS",
              "text", "Vid nästa skjutning från gruppen riktas all uppmärksamhet mot hela gruppen.",
              NULL);
}

void open_talks(struct scene *s)
{
    struct demo *g = s->g;
    open_held_talk(s);
    const char *planned = propose(s, "mira.holm", on_day(g->today - 3, 8, 40),
                                  reachable_member(g, s->group[0], 0), s->late);
    ask_all(s, planned, on_day(g->today - 3, 9, 0), "POL,SNC,FRI");
    stage_do(g, "hakan.ek", on_day(g->today - 3, 14, 0), planned, "GODKAND", NULL);
    stage_do(g, "eva.strand", on_day(g->today - 2, 9, 0), planned, "GODKAND", NULL);
    plan_talk(s, planned, on_day(g->today - 1, 10, 0), on_day(g->today + 1, 15, 0), "NEUTRAL");

    const char *second = propose(s, "mira.holm", g->now - 28 * HOUR,
                                 reachable_member(g, s->group[1], 1), s->unanswered[0]);
    ask_all(s, second, g->now - 27 * HOUR, "POL,SNC,FRI");
    stage_do(g, "hakan.ek", g->now - 20 * HOUR, second, "GODKAND", NULL);

    const char *asked =
        propose(s, "hakan.ek", g->now - 6 * HOUR, reachable_member(g, s->group[0], 1), s->late);
    ask_all(s, asked, g->now - 5 * HOUR, "POL");
}

/* --- on the desks ---------------------------------------------------------------------------- */

static void keep_draft(struct scene *s)
{
    static const char *const text =
        "{\"type\":\"SKJUTNING\",\"place_text\":\"Slussgatan 4, Åsvik\",\"area\":\"ASVIK\","
        "\"summary_shared\":\"Boende ringde och hade hört tre skott vid slussen. Polisen på plats, "
        "ingen skadad vad vi vet. En mamma vill bli uppringd i\"}";
    struct demo *g = s->g;
    char at[INSTANT_TEXT];
    instant_text(g->now - 50 * 60, at);
    if (!g->failed)
        g->failed = !draft_put(g->c->store, named_worker(g, "per.nystrom")->id, "incident", "", at,
                               text, g->e);
}

void open_desk(struct scene *s)
{
    static const struct {
        const char *login, *title, *priority;
        int due; /* days from today */
    } tasks[] = {
        {"asa.lind", "Återkoppla till föreningarna i Kvarnby om lugnet på torget", "2", -2},
        {"asa.lind", "Skicka schemat för stödpersonerna", "3", -1},
        {"hakan.ek", "Stäm av personal till helgens kontroller", "1", -1},
        {"eva.strand", "Lista klienter som berörs av konflikten", "1", -3},
        {"asa.lind", "Ring bostadsbolaget om portkoderna", "2", 0},
        {"hakan.ek", "Förbered underlag till nästa genomgång", "2", 2},
        {"eva.strand", "Boka rum för veckans samtal", "3", 3},
    };
    struct demo *g = s->g;
    for (size_t i = 0; i < N_OF(tasks); i++)
        stage_new(g, tasks[i].login, on_day(g->today - 6, 9, 5 * (int)i), "task", "title",
                  tasks[i].title, "due", stage_time(g, on_day(g->today + tasks[i].due, 16, 0)),
                  "priority", tasks[i].priority, NULL);
    stage_new(g, "lena.falk", on_day(g->today - 1, 6, 30), "note", "subject", s->late, "event_at",
              stage_time(g, on_day(g->today - 1, 5, 50)), "kind", "OBSERVATION", "text",
              "Lugn natt på platsen. Två fordon kontrollerade utan anmärkning.", NULL);
    stage_new(g, "asa.lind", on_day(g->today - 2, 16, 0), "note", "subject", s->first, "event_at",
              stage_time(g, on_day(g->today - 2, 15, 30)), "kind", "MOTE", "text",
              "Möte med fastighetsägaren och föreningen. De vill ha fler vuxna ute på kvällarna.",
              NULL);
    keep_draft(s);
}
