/* The small town: see town.h. */
#include "town.h"

#include "treben/base/date.h"
#include "treben/base/id.h"

#include <stdio.h>

static const char *const people[][4] = {
    {"asa.lind", "Åsa Lind", "KOORD_S", "SNC"},   {"hakan.ek", "Håkan Ek", "KOORD_P", "POL"},
    {"eva.strand", "Eva Strand", "KOORD_F", "FRI"}, {"mira.holm", "Mira Holm", "ANALYT_P", "POL"},
    {"lena.falk", "Lena Falk", "JOUR_P", "POL"},  {"greta.moss", "Greta Moss", "SYSADM", "SNC"},
};

static void at(const char *time)
{
    instant now;
    assert_true(instant_from_text(time, &now));
    clock_set(now);
}

static void as(struct town *t, const char *login)
{
    struct err e = {0};
    if (!subject_by_login(t->w->c, login, &e))
        fail_msg("%s: %s", login, e.text);
}

static void make_people(struct town *t)
{
    for (size_t i = 0; i < N_OF(people); i++) {
        world_as_system(t->w);
        const char *id = world_new(t->w, "user", "login", people[i][0], "display_name", people[i][1], "agency",
                                   people[i][3], NULL);
        world_new(t->w, "user_role", "user", id, "role", people[i][2], "from", "2020-01-01", NULL);
    }
}

static void make_group(struct town *t)
{
    static const char *const names[][3] = {
        {"Öberg", "Adnan", "1999-04-12"},      {"Öberg", "Amir Kenan", "2001-07-03"},
        {"Öberg", "Berîvan", "2005-01-18"},    {"Öberg-Šarić", "Čedomir", "1998-09-25"},
        {"Öberg", "Đorđe", "2000-02-29"},      {"Nilsson", "Erik", "2003-06-15"},
        {"Warsame", "Cabdi", "1995-08-09"},    {"Yılmaz", "Deniz", "2002-12-01"},
    };
    as(t, "mira.holm");
    t->group = world_new(t->w, "group", "name", "Kvarnen", "priority", "1", "shared_text",
                         "Håller till vid Kvarnby torg.", NULL);
    world_new(t->w, "group", "name", "Norra kvarn", "priority", "2", NULL);
    for (size_t i = 0; i < N_OF(names); i++) {
        const char *p = world_new(t->w, "person", "kind", "MEDLEM", "family_name", names[i][0], "given_names",
                                  names[i][1], "birth_date", names[i][2], NULL);
        if (i < 3)
            world_new(t->w, "membership", "person", p, "group", t->group, "role", "MEDLEM", "from", "2024",
                      "source_grade", "B", "info_grade", "2", "handling", "H1", "criteria",
                      "OBSERVERAD,GEMENSAM_BROTT", "suspicion_basis", "P1A", NULL);
    }
}

static void make_incidents(struct town *t)
{
    at("2026-11-20T08:00:00Z");
    as(t, "lena.falk");
    world_new(t->w, "incident", "type", "KNIV", "occurred_at", "2026-11-19 18:20", "known_at", "2026-11-19 18:30",
              "area", "OKAND", "place_text", "Stationsplatsen", NULL);
    world_new(t->w, "incident", "type", "SPRANGNING", "occurred_at", "2026-11-20 02:10", "known_at",
              "2026-11-20 02:15", "area", "OKAND", "place_text", "Hamngatan 4", "confirmed", "BEKRAFTAD", NULL);
    at("2026-11-22T08:00:00Z");
    t->incident = world_new(t->w, "incident", "type", "SKJUTNING", "occurred_at", "2026-11-21 23:41", "known_at",
                            "2026-11-21 23:50", "area", "OKAND", "place_text", "Kvarnby torg", "confirmed",
                            "BEKRAFTAD", "summary_shared", "Två personer sågs springa från torget. Ingen skadad.",
                            NULL);
    world_do(t->w, t->incident, "TRIAGERAD", "retaliation_risk", "2", NULL);
    as(t, "mira.holm");
    world_new(t->w, "incident_group", "incident", t->incident, "group", t->group, "part", "UTFORANDE", "certainty", "2",
              "source_grade", "B", "info_grade", "2", "handling", "H0", NULL);
    world_new(t->w, "note", "subject", t->incident, "event_at", "2026-11-22 08:40", "text",
              "Vittne ringde om en grå bil.", NULL);
}

static void make_round(struct town *t)
{
    at("2026-11-10T09:00:00Z");
    as(t, "hakan.ek");
    t->round = world_new(t->w, "sanction_round", "target_group", t->group, "trigger_incidents", t->incident,
                         "trigger_rule", "FORSTA_GRUPP", NULL);
    world_new(t->w, "measure", "round", t->round, "kind", "RIKTAD_KONTROLL", "target_type", "GRUPP", "target",
              t->group, "planned_from", "2026-11-10", "planned_to", "2026-11-20", NULL);
    world_new(t->w, "measure", "round", t->round, "kind", "TRAFIKKONTROLL", "target_type", "GRUPP", "target",
              t->group, "planned_from", "2026-11-10", "planned_to", "2026-11-30", NULL);
    as(t, "eva.strand");
    world_new(t->w, "measure", "round", t->round, "kind", "TATARE_KONTAKT", "target_type", "GRUPP", "target",
              t->group, "planned_from", "2026-11-12", "planned_to", "2026-12-04", NULL);
}

static void make_tasks(struct town *t)
{
    as(t, "hakan.ek");
    world_new(t->w, "task", "title", "Bekräfta lokal för mötet", "due", "2026-11-20 12:00", "subject", t->group, NULL);
    world_new(t->w, "task", "title", "Ring frivården om listan", "due", "2026-11-22 16:00", "subject", t->round, NULL);
    world_new(t->w, "task", "title", "Skriv underlag till samrådet", "due", "2026-11-24 09:00", "subject", t->round,
              NULL);
}

static void make_meeting(struct town *t)
{
    at("2026-11-20T09:00:00Z");
    as(t, "asa.lind");
    world_new(t->w, "meeting", "kind", "SAMORDNING", "starts", "2026-11-24 13:00", "adjuster", "hakan.ek", NULL);
}

static void make_demo(struct town *t)
{
    struct err e = {0};
    at(TOWN_NOW);
    if (!tx_begin(t->w->store, &e) || !meta_set(t->w->store, "demo", "1", &e) ||
        !meta_set(t->w->store, "clock", TOWN_NOW, &e) || !tx_commit(t->w->store, &e))
        fail_msg("%s", e.text);
}

struct town *town_make(void)
{
    struct town *t = calloc(1, sizeof *t);
    assert_non_null(t);
    id_seed(20261122);
    at("2026-11-01T08:00:00Z");
    t->w = world_make();
    make_people(t);
    make_group(t);
    make_incidents(t);
    make_round(t);
    make_tasks(t);
    make_meeting(t);
    make_demo(t);
    return t;
}

void town_end(struct town *t)
{
    world_end(t->w);
    clock_set(INSTANT_NONE);
    id_seed(0);
    free(t);
}

static struct term *open_with(struct town *t, const char *login, const char *lang, int rows, int cols,
                              const char *open)
{
    const char *program = getenv("TREBEN");
    char home[128];
    assert_non_null(program);
    snprintf(home, sizeof home, "XDG_DATA_HOME=%s", t->w->dir);
    const char *const argv[] = {program, "--db", t->w->path, "--lang", lang, login ? "--as" : NULL, login, NULL};
    const char *const env[] = {home, open, NULL};
    struct term *term = term_open(rows, cols, argv, env);
    term_send(term, ""); /* the first paint */
    return term;
}

struct term *town_open(struct town *t, const char *login, int rows, int cols)
{
    return open_with(t, login, "en", rows, cols, NULL);
}

struct term *town_open_list(struct town *t, const char *login, const char *kind)
{
    char open[64];
    snprintf(open, sizeof open, "TREBEN_OPEN=%s", kind);
    return open_with(t, login, "en", 24, 80, open);
}

struct term *town_open_swedish(struct town *t, const char *login, const char *kind)
{
    char open[64];
    snprintf(open, sizeof open, "TREBEN_OPEN=%s", kind);
    return open_with(t, login, "sv", 24, 80, open);
}

void town_set(struct town *t, const char *login, const char *id, const char *field, const char *value)
{
    as(t, login);
    assert_fine(world_try_set(t->w, id, -1, field, value, NULL));
}
