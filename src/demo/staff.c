/* demo/staff.c: agencies and roles where the configuration's rows are missing, and the accounts of
 * those who work there. */
#include "inside.h"
#include "treben/base/text.h"

#define POLICE_ALIAS 2000 /* the police are named outside by a number of service */

static const struct {
    const char *login, *name, *role, *agency, *unit;
} named[] = {
    {"greta.moss", "Greta Moss", "SYSADM", "SNC", "Systemförvaltning"},
    {"asa.lind", "Åsa Lind", "KOORD_S", "SNC", "GVI-samordning"},
    {"hakan.ek", "Håkan Ek", "KOORD_P", "POL", "GVI-samordning"},
    {"eva.strand", "Eva Strand", "KOORD_F", "FRI", "GVI-samordning"},
    {"mira.holm", "Mira Holm", "ANALYT_P", "POL", "Underrättelse"},
    {"per.nystrom", "Per Nyström", "JOUR_S", "SNC", "Socialjour"},
    {"lena.falk", "Lena Falk", "JOUR_P", "POL", "Ledningscentral"},
    {"nils.ahl", "Nils Ahl", "FRIV_INSP", "FRI", "Frivård"},
    {"sara.wik", "Sara Wik", "AVHOPP_HL", "SNC", "Avhopparverksamheten"},
    {"tom.berg", "Tom Berg", "AVHOPP_CHEF", "SNC", "Avhopparverksamheten"},
    {"olle.dahl", "Olle Dahl", "CHEF", "POL", "Ledning"},
    {"ingrid.ros", "Ingrid Ros", "CHEF", "SNC", "Ledning"},
    {"jan.friberg", "Jan Friberg", "CHEF", "FRI", "Ledning"},
    {"siv.palm", "Siv Palm", "STYR", "SNC", "Styrgruppen"},
    {"karin.lund", "Karin Lund", "GRANSK", "SNC", "Intern kontroll"},
    {"ulf.sten", "Ulf Sten", "DSO", "SNC", "Dataskydd"},
};

/* The others, in the proportions of the work; at most 75 with those above at scale 1. */
static const struct {
    const char *role, *agency;
    int n;
} others[] = {
    {"AVHOPP_HL", "SNC", 6}, {"STOD", "SNC", 4},       {"JOUR_S", "SNC", 4},
    {"LIAISON_S", "SNH", 1}, {"LIAISON_S", "SNN", 1},  {"LIAISON_S", "SNS", 1},
    {"ANALYT_P", "POL", 3},  {"OPERATIV_P", "POL", 7}, {"SKYDD_P", "POL", 2},
    {"JOUR_P", "POL", 5},    {"FRIV_INSP", "FRI", 9},  {"JOUR_F", "FRI", 3},
    {"KOORD_S", "SNC", 1},   {"KOORD_P", "POL", 1},    {"KOORD_F", "FRI", 1},
    {"CHEF", "SNH", 1},      {"CHEF", "SNN", 1},       {"CHEF", "SNS", 1},
    {"CHEF", "KS", 1},       {"CHEF", "POL", 1},       {"STYR", "KS", 1},
    {"STYR", "POL", 1},      {"REGISTR", "SNC", 1},    {"REGISTR", "POL", 1},
    {"FORSK", "KS", 1},
};

const char *agency_id(struct demo *g, const char *code)
{
    for (int i = 0; i < g->n_agencies; i++)
        if (strcmp(g->agencies[i].code, code) == 0)
            return g->agencies[i].id;
    struct record *r = look_first(g->c, "agency", "id", "code == \"%s\"", code);
    if (!r || g->n_agencies == (int)N_OF(g->agencies)) {
        record_free(r);
        return NULL;
    }
    g->agencies[g->n_agencies].code = code;
    snprintf(g->agencies[g->n_agencies].id, sizeof g->agencies[0].id, "%s", r->id);
    record_free(r);
    return g->agencies[g->n_agencies++].id;
}

static void make_agencies(struct demo *g, instant at)
{
    const struct model *m = g->c->model;
    for (int i = 0; i < m->n_agencies; i++) {
        const struct agency_model *a = &m->agencies[i];
        if (agency_id(g, a->code))
            continue;
        struct tale t = tale_begin(g, "agency", a->code, "OPPEN");
        put(&t, "code", a->code);
        put(&t, "name_sv", a->name_sv);
        put(&t, "kind", a->kind);
        put(&t, "legal_regime", a->legal_regime);
        put(&t, "active", "1");
        tale_once(g, &t, at, NULL);
    }
}

static void make_roles(struct demo *g, instant at)
{
    const struct model *m = g->c->model;
    for (int i = 0; i < m->n_roles; i++) {
        struct record *have = look_first(g->c, "role", "id", "code == \"%s\"", m->roles[i].code);
        if (!have) {
            struct tale t = tale_begin(g, "role", "KS", "OPPEN");
            put(&t, "code", m->roles[i].code);
            put(&t, "name_sv", m->roles[i].label.sv);
            tale_once(g, &t, at, NULL);
        }
        record_free(have);
    }
}

/* "Şirin Öberg" → "sirin.oberg", with a number when it is taken. */
static const char *login_for(struct demo *g, const char *given, const char *family)
{
    AUTOFREE char *first = text_fold(given);
    AUTOFREE char *last = text_fold(family);
    last[strcspn(last, " ")] = '\0';
    const char *login = arena_printf(&g->keep, "%.12s.%.14s", first, last);
    for (int n = 2; named_worker(g, login); n++)
        login = arena_printf(&g->keep, "%.12s.%.14s%d", first, last, n);
    return login;
}

static const char *outward_name(struct demo *g, const char *name, const char *agency)
{
    return strcmp(agency, "POL") != 0
               ? name
               : arena_printf(&g->c->scratch, "Polisanställd %d", POLICE_ALIAS + g->n_workers * 7);
}

static void make_worker(struct demo *g, const char *login, const char *name, const char *role,
                        const char *agency, const char *unit, instant from, instant to)
{
    struct worker *w = &g->workers[g->n_workers];
    *w = (struct worker){.login = login, .agency = agency, .role = role, .from = from, .to = to};
    struct tale t = tale_begin(g, "user", agency, "INTERN");
    snprintf(w->id, sizeof w->id, "%s", t.r->id);
    put(&t, "login", login);
    put(&t, "display_name", name);
    put(&t, "display_alias", outward_name(g, name, agency));
    put(&t, "agency", agency_id(g, agency));
    put(&t, "unit", unit);
    put(&t, "auth_method", "Tjänstekort");
    put_day(&t, "active_from", day_of_instant(from));
    if (to != INSTANT_NONE)
        put_day(&t, "active_to", day_of_instant(to));
    else {
        put_time(&t, "last_attested_at", past(g, g->now - between(g, 5, 170) * DAY));
        put_day(&t, "training_ok_until", g->today + between(g, 20, 360));
    }
    const struct worker *by =
        g->n_workers ? &g->workers[0] : NULL; /* the first one is the system administrator */
    tale_once(g, &t, from, by);
    g->n_workers++;
    struct record *granted = look_first(g->c, "role", "id", "code == \"%s\"", role);
    t = tale_begin(g, "user_role", agency, "INTERN");
    put(&t, "user", w->id);
    put(&t, "role", granted ? granted->id : NULL);
    put_day(&t, "from", day_of_instant(from));
    if (to != INSTANT_NONE)
        put_day(&t, "to", day_of_instant(to));
    put(&t, "granted_by", by ? by->id : NULL);
    put(&t, "reason", by ? "Tjänst enligt beslut av chef" : "Första kontot");
    tale_once(g, &t, from + HOUR, by);
    record_free(granted);
}

static void make_other(struct demo *g, const char *role, const char *agency)
{
    char sex = odds(g, 50) ? 'K' : 'M';
    const char *given = given_name(g, sex), *family = family_name(g);
    const char *name = arena_printf(&g->keep, "%s %s", given, family);
    int from = g->day0 - between(g, 10, 400), to = 0;
    if (odds(g, 45))
        from = g->day0 + between(g, 0, YEARS * 365 - 60);
    if (odds(g, 33) && from < g->today - 200)
        to = between(g, from + 90, g->today - 20);
    make_worker(g, login_for(g, given, family), name, role, agency, NULL,
                on_day(from, 8, upto(g, 60)), to ? on_day(to, 16, 0) : INSTANT_NONE);
}

void make_staff(struct demo *g)
{
    begin_part(g, "konton");
    int n = (int)N_OF(named), room = n;
    for (size_t i = 0; i < N_OF(others); i++)
        room += times_scale(g, others[i].n, 0.5);
    g->workers = xcalloc((size_t)room, sizeof *g->workers);
    instant first = on_day(g->day0 - 420, 9, 0);
    make_agencies(g, first);
    make_roles(g, first);
    for (int i = 0; i < n; i++)
        make_worker(g, named[i].login, named[i].name, named[i].role, named[i].agency, named[i].unit,
                    first + i * HOUR, INSTANT_NONE);
    for (size_t i = 0; i < N_OF(others); i++)
        for (int k = times_scale(g, others[i].n, 0.5); k > 0; k--)
            make_other(g, others[i].role, others[i].agency);
}

const struct worker *named_worker(const struct demo *g, const char *login)
{
    for (int i = 0; i < g->n_workers; i++)
        if (strcmp(g->workers[i].login, login) == 0)
            return &g->workers[i];
    return NULL;
}

/* Somebody in that role who worked there then; the named one of that role always did. */
const struct worker *worker(struct demo *g, const char *role, const char *agency, instant when)
{
    const struct worker *found = NULL;
    int fits = 0;
    for (int i = 0; i < g->n_workers; i++) {
        const struct worker *w = &g->workers[i];
        if (strcmp(w->role, role) != 0 || (agency && strcmp(w->agency, agency) != 0))
            continue;
        if (w->from > when || (w->to != INSTANT_NONE && w->to < when + 90 * DAY))
            continue;
        if (upto(g, ++fits) == 0)
            found = w;
    }
    return found;
}
