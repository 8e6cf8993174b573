/* demo/opening_call_in.c: the call-in that lies sixteen days ahead: decided, its texts approved, the summonses
 * going out; made by the accounts themselves. */
#include "stage.h"

#define AHEAD 16 /* days */
#define CLIENTS 4
#define OTHERS 3

struct coming {
    struct demo *g;
    const char *call;
    instant at;
    int n;
    struct {
        const char *id;
        bool client;
        int far; /* 0 asked lately, 1 approved, 2 served, 3 said yes */
    } asked[CLIENTS + OTHERS];
};

static int group_of(const struct demo *g, int person)
{
    for (int i = 0; i < g->n_members; i++)
        if (g->members[i].person == person && !g->members[i].to)
            return g->members[i].group;
    return -1;
}

static void clear(struct coming *o, const char *invitation, instant at, bool all)
{
    static const struct {
        const char *agency, *login;
    } asked[] = {{"POL", "hakan.ek"}, {"FRI", "eva.strand"}, {"SNC", "tom.berg"}};
    for (size_t i = 0; i < N_OF(asked) - (all ? 0 : 1); i++) {
        struct record *r = look_first(o->g->c, "deconfliction", "id",
                                      "subject == \"%s\" and owner_agency == \"%s\"", invitation,
                                      asked[i].agency);
        if (!r)
            continue;
        const char *id = arena_strdup(&o->g->keep, r->id);
        record_free(r);
        stage_set(o->g, asked[i].login, at + (instant)(i + 1) * HOUR, id, "answer", "KLAR", NULL);
    }
}

static void invite(struct coming *o, const char *person, int group, bool client, int far)
{
    struct demo *g = o->g;
    const char *by = client ? "eva.strand" : "hakan.ek";
    instant asked = on_day(g->today - (far ? 18 : 2), 10, 0) + (instant)o->n * 900;
    const char *id = stage_new(g, by, asked, "invitation", "call_in", o->call, "person", person,
                               "represents_group", g->groups[group].id, "compulsion",
                               client ? "FORESKRIFT" : "FRIVILLIG", "condition_ref",
                               client ? "Anvisad kontakt med frivården" : "", NULL);
    clear(o, id, asked + 2 * HOUR, far > 0);
    o->asked[o->n].id = id;
    o->asked[o->n].client = client;
    o->asked[o->n++].far = far;
    if (!far)
        return;
    stage_do(g, by, on_day(g->today - 12, 9, 0) + (instant)o->n * 300, id, "GODKAND", "accompanied_by",
             client ? "nils.ahl" : "", NULL);
    stage_set(g, "asa.lind", on_day(g->today - 11, 9, 0) + (instant)o->n * 300, id, "seat",
              arena_printf(&g->keep, "%c%d", 'A' + o->n / 5, 1 + 2 * (o->n % 5)), "arrival_slot",
              stage_time(g, o->at - (instant)(10 + 10 * o->n) * 60), NULL);
}

static void serve(struct coming *o, int i)
{
    struct demo *g = o->g;
    const char *id = o->asked[i].id, *by = o->asked[i].client ? "nils.ahl" : "hakan.ek";
    instant served = on_day(g->today - 3, 11, 0) + (instant)i * 1200;
    if (o->asked[i].far < 2)
        return;
    stage_do(g, by, on_day(g->today - 4, 13, 0) + (instant)i * 60, id, "KALLAD", NULL);
    stage_do(g, by, served + 60, id, "DELGIVEN", "served_at", stage_time(g, served), "served_how",
             o->asked[i].client ? "PERSONLIGT" : "TELEFON", NULL);
    if (o->asked[i].far > 2)
        stage_do(g, by, served + 120, id, "BEKRAFTAD", NULL);
}

static void invite_clients(struct coming *o, bool late)
{
    static const int far[CLIENTS] = {3, 2, 3, 0};
    struct demo *g = o->g;
    int found = 0;
    for (int i = 0; i < g->people[PROBATION].n && found < CLIENTS && !g->failed; i++) {
        const struct person *p = &g->people[PROBATION].at[i];
        int group = p->twin >= 0 ? group_of(g, p->twin) : -1;
        if (group >= 0 && !p->untouchable && !p->died && p->made < o->at - 60 * DAY && p->custody &&
            strcmp(p->custody, "FRI") == 0 && (far[found++] == 0) == late)
            invite(o, p->id, group, true, far[found - 1]);
    }
}

static void invite_others(struct coming *o)
{
    static const int far[OTHERS] = {2, 2, 1};
    for (int i = 0; i < OTHERS; i++) {
        int group = 2 + i;
        const struct person *p = group < o->g->n_groups ? reachable_member(o->g, group, 3) : NULL;
        if (p)
            invite(o, p->id, group, false, far[i]);
    }
}

static void prepare(struct coming *o)
{
    struct demo *g = o->g;
    const char *version = version_at(g, "CALL_IN", g->now);
    instant at = on_day(g->today - 20, 14, 0);
    stage_set(g, "asa.lind", at, o->call, "venue", "Medborgarhuset, sal 2", "venue_neutral_ok", "ja",
              "capacity", "12", "message_versions", version, "house_rules",
              "INGEN_FILM,LISTOR_IN,HJALP_FINNS", NULL);
    static const struct {
        const char *theme, *speaker, *outside;
    } speeches[] = {{"KOMMUN", "", "Kommunstyrelsens ordförande"},
                    {"POLIS", "hakan.ek", ""},
                    {"SORG", "", "Karin, en mamma"},
                    {"HJALP", "asa.lind", ""}};
    for (size_t i = 0; i < N_OF(speeches); i++)
        stage_new(g, "asa.lind", at + HOUR + (instant)i * 300, "call_in_speech", "call_in", o->call, "theme",
                  speeches[i].theme, "speaker", speeches[i].speaker, "speaker_text",
                  speeches[i].outside, "message_version", version, NULL);
}

/* The list of those who are asked is whole before anybody is: the last name comes after. */
void open_call_in(struct scene *s)
{
    struct demo *g = s->g;
    struct coming o = {.g = g, .at = on_day(g->today + AHEAD, 18, 0)};
    o.call = stage_new(g, "asa.lind", on_day(g->today - 42, 9, 0), "call_in", "starts_at",
                       stage_time(g, o.at), "purpose",
                       "Efter höstens skjutningar ska grupperna höra samma sak av alla, och veta att "
                       "hjälpen finns.",
                       "window_from", stage_day(g, g->today + AHEAD - 7), "window_to",
                       stage_day(g, g->today + AHEAD + 10), NULL);
    stage_do(g, "olle.dahl", on_day(g->today - 41, 10, 0), o.call, "BESLUTAD", NULL);
    stage_do(g, "ingrid.ros", on_day(g->today - 40, 15, 0), o.call, "BESLUTAD", NULL);
    stage_do(g, "asa.lind", on_day(g->today - 35, 9, 0), o.call, "PLANERAS", NULL);
    prepare(&o);
    const char *note = stage_new(g, "eva.strand", on_day(g->today - 8, 9, 0), "note", "subject", o.call,
                                 "kind", "UNDERLAG", "text",
                                 "Skilda ingångar och tider. Ordningsvakter i foajén, polis utanför. "
                                 "Ingen känd hotbild mot de föreslagna.",
                                 NULL);
    stage_do(g, "eva.strand", on_day(g->today - 8, 10, 0), note, "SIGNERAD", NULL);
    invite_clients(&o, false);
    invite_others(&o);
    stage_do(g, "eva.strand", on_day(g->today - 5, 11, 0), o.call, "KALLAD", "risk_assessment", note, NULL);
    for (int i = 0; i < o.n; i++)
        serve(&o, i);
    invite_clients(&o, true);
}
