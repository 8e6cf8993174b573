/* make_db FILE FOLDER PERSONS: the benchmark's own database. N persons of the police, a twentieth of that of probation,
 * one person with 500 linked rows who stands first in the list, and accounts of several roles. Demo-marked, so that
 * --as works on it. */
#include "operate.h"
#include "treben/base/date.h"
#include "treben/base/str.h"
#include "treben/core/repo.h"
#include "treben/forms/forms.h"
#include "treben/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED 7
#define BATCH 20000
#define CHECKPOINT_BATCHES 5
#define LINKED_ALIASES 120
#define LINKED_MEMBERSHIPS 40
#define LINKED_INCIDENTS 250
#define LINKED_NOTES 50
#define LINKED_TASKS 40
#define MINE 500 /* persons that the probation officer registered */

static int persons; /* from the command line */

struct maker {
    struct core *c;
    struct err *e;
    struct rng rng;
    instant now;
    int written;
    bool failed;
    char lena[ID_LEN + 1], nils[ID_LEN + 1], group[ID_LEN + 1], first[ID_LEN + 1];
};

static const char *pick(struct maker *m, const char *const *list, size_t n)
{
    return list[rng_below(&m->rng, (uint32_t)n)];
}
#define PICK(m, list) pick((m), (list), N_OF(list))

/* --- writing -------------------------------------------------------------------------------------------------- */

static void turn_page(struct maker *m)
{
    m->written++;
    if (m->written % 200 == 0)
        core_request_done(m->c);
    if (m->failed || m->written % BATCH)
        return;
    m->failed = !tx_commit(m->c->store, m->e) ||
                (m->written % (BATCH * CHECKPOINT_BATCHES) == 0 && !store_checkpoint(m->c->store, m->e)) ||
                !tx_begin(m->c->store, m->e);
    fprintf(stderr, "\r%d rows ", m->written);
}

/* A record from NAME, VALUE, …, NULL. */
static struct record *start(struct maker *m, const char *kind, const char *owner, va_list args)
{
    const struct kind_model *k = model_kind(m->c->model, kind);
    struct record *r = record_new(k);
    record_put(r, k->n_own + COMMON_OWNER_AGENCY, owner);
    record_put(r, k->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(r, k->n_own + COMMON_LOCKED, "0");
    for (int i = 0; i < k->n_lifecycles; i++)
        record_put(r, k->lifecycles[i].field, k->lifecycles[i].initial);
    for (const char *name; (name = va_arg(args, const char *));) {
        const char *value = va_arg(args, const char *);
        int field = model_field(k, name);
        if (field < 0) {
            fprintf(stderr, "make_db: %s has no field %s\n", kind, name);
            exit(1);
        }
        record_put(r, field, value);
    }
    return r;
}

static void make(struct maker *m, char ret_id[ID_LEN + 1], const char *by, const char *kind, const char *owner, ...)
{
    va_list args;
    if (m->failed)
        return;
    va_start(args, owner);
    struct record *r = start(m, kind, owner, args);
    va_end(args);
    snprintf(m->c->who.user, sizeof m->c->who.user, "%s", by ? by : "");
    clock_set(m->now - (instant)rng_below(&m->rng, 5 * 365 * 86400u));
    m->failed = !repo_write(m->c, NULL, r, NULL, m->e);
    if (ret_id)
        memcpy(ret_id, r->id, ID_LEN + 1);
    record_free(r);
    turn_page(m);
}

/* --- people who work there -------------------------------------------------------------------------------------- */

static void id_of(struct maker *m, const char *kind, const char *code, char ret[ID_LEN + 1])
{
    struct id id;
    const struct kind_model *found;
    m->failed = m->failed || !repo_resolve(m->c, model_kind(m->c->model, kind), code, &found, &id, m->e);
    if (!m->failed)
        memcpy(ret, id.text, ID_LEN + 1);
}

static void role_id(struct maker *m, const char *code, char ret[ID_LEN + 1])
{
    STMT st;
    bool row = false;
    m->failed = m->failed || !stmt_get(m->c->store, DOOR_UPKEEP, "SELECT id FROM role WHERE code = ?", &st, m->e);
    if (m->failed)
        return;
    stmt_text(&st, 1, code);
    m->failed = !stmt_step(&st, &row, m->e) || !row;
    if (!m->failed)
        snprintf(ret, ID_LEN + 1, "%s", col_text(&st, 0));
}

static void make_user(struct maker *m, const char *login, const char *name, const char *role, const char *agency,
                      char ret[ID_LEN + 1])
{
    char at[ID_LEN + 1] = "", what[ID_LEN + 1] = "";
    id_of(m, "agency", agency, at);
    role_id(m, role, what);
    make(m, ret, NULL, "user", agency, "login", login, "display_name", name, "agency", at, NULL);
    make(m, NULL, NULL, "user_role", agency, "user", ret, "role", what, "from", "2020-01-01", NULL);
}

static void make_users(struct maker *m)
{
    char other[ID_LEN + 1];
    make_user(m, "lena.falk", "Lena Falk", "JOUR_P", "POL", m->lena);
    make_user(m, "nils.ahl", "Nils Ahl", "FRIV_INSP", "FRI", m->nils);
    make_user(m, "mira.holm", "Mira Holm", "ANALYT_P", "POL", other);
    make_user(m, "asa.lind", "Åsa Lind", "KOORD_S", "SNC", other);
    make_user(m, "per.nystrom", "Per Nyström", "JOUR_S", "SNC", other);
}

/* --- persons ------------------------------------------------------------------------------------------------------ */

static const char *const given[] = {
    "Adnan", "Agnes", "Ali",    "Alva",  "Amir",   "Anna",  "Anton", "Astrid", "Berîvan", "Björn", "Cabdi",  "Carl",
    "Dilan", "Ebba",  "Elias",  "Elin",  "Emil",   "Erik",  "Farah", "Filip",  "Gustav",  "Hanna", "Hassan", "Håkan",
    "Ida",   "Isak",  "Ivar",   "Jamal", "Jonas",  "Josef", "Kevin", "Klara",  "Leila",   "Leon",  "Liam",   "Linnea",
    "Maja",  "Marko", "Märta",  "Mehmet", "Milan", "Moa",   "Nadia", "Nils",   "Noah",    "Olle",  "Omar",   "Oskar",
    "Petra", "Rasmus", "Saga",  "Samir", "Sara",   "Selma", "Simon", "Sixten", "Tove",    "Viggo", "Wilma",  "Yusuf",
    "Zara",  "Åke",   "Älva",   "Örjan",
};
static const char *const common[] = {
    "Ahmed",   "Ali",      "Alm",     "Andersson", "Axelsson", "Berg",     "Berglund", "Blom",   "Dahl",     "Ek",
    "Eriksson", "Falk",    "Forsberg", "Gustafsson", "Hansson", "Hassan",  "Holm",     "Håkansson", "Ibrahim", "Jansson",
    "Johansson", "Jonsson", "Karlsson", "Larsson",  "Lind",    "Lindberg", "Lund",     "Mattsson", "Mohamed", "Nilsson",
    "Nyberg",  "Olsson",   "Persson", "Sandberg",  "Sjöberg",  "Svensson", "Söderberg", "Wallin", "Åberg",   "Öberg",
};
static const char *const front[] = {
    "Al", "As", "Björk", "Bo", "Dal", "Eng", "Flod", "Gran", "Grön", "Hag", "Hed", "Häll", "Is", "Kvarn", "Käll",
    "Lil", "Lys", "Malm", "Mo", "Mör", "Nor", "Ny", "Ros", "Rud", "Sjö", "Skog", "Stor", "Tal", "Vall", "Vik", "Åk", "Äng", "Öst",
};
static const char *const back[] = {
    "bergius", "bom", "by", "dahl", "dén", "ell", "feldt", "fors", "gren", "gård", "holm", "kvist", "lind", "lund",
    "löv", "man", "mark", "näs", "qvist", "rup", "sköld", "sten", "ström", "strand", "torp", "vall", "vik", "ås",
};

static void family(struct maker *m, char *ret, size_t room)
{
    if (rng_below(&m->rng, 10) < 5)
        snprintf(ret, room, "%s", PICK(m, common));
    else
        snprintf(ret, room, "%s%s", PICK(m, front), PICK(m, back));
}

static void make_person(struct maker *m, const char *owner, const char *by, const char *surname, char ret[ID_LEN + 1])
{
    static const char *const kinds[] = {"MEDLEM", "MISSTANKT_KOPPLING", "KONTAKT", "ANHORIG"};
    static const char *const custody[] = {"FRI", "FRI", "FRI", "ANSTALT", "HAKTAD"};
    char name[80], names[80], born[16];
    family(m, name, sizeof name);
    snprintf(names, sizeof names, rng_below(&m->rng, 3) ? "%s" : "%s %s", PICK(m, given), PICK(m, given));
    snprintf(born, sizeof born, "%04u-%02u-%02u", 1950 + rng_below(&m->rng, 60), 1 + rng_below(&m->rng, 12),
             1 + rng_below(&m->rng, 28));
    make(m, ret, by, "person", owner, "kind", PICK(m, kinds), "family_name", surname ? surname : name, "given_names", names,
         "birth_date", born, "sex", rng_below(&m->rng, 5) ? "M" : "K", "custody_state", PICK(m, custody),
         "protection_level", "INGEN", NULL);
}

static void make_persons(struct maker *m)
{
    for (int i = 0; i < persons && !m->failed; i++)
        make_person(m, "POL", m->lena, NULL, NULL);
    for (int i = 0; i < persons / 20 && !m->failed; i++)
        make_person(m, "FRI", i < MINE ? m->nils : NULL, NULL, NULL);
}

/* --- the one with 500 linked rows ----------------------------------------------------------------------------------- */

static void link_incident(struct maker *m, const char *person)
{
    char incident[ID_LEN + 1], at[INSTANT_TEXT];
    instant_text(m->now - (instant)rng_below(&m->rng, 4 * 365 * 86400u), at);
    make(m, incident, m->lena, "incident", "POL", "type", "SKJUTNING", "occurred_at", at, "occurred_precision", "TIMME",
         "known_at", at, "registered_at", at, "place_text", "Kvarnby torg", "area", "OKAND", "confirmed", "EJ_BEKRAFTAD",
         "n_dead", "0", "n_injured", "0", "summary_shared", "Skott på öppen gata.", NULL);
    make(m, NULL, m->lena, "incident_person", "POL", "incident", incident, "person", person, "part", "VITTNE", NULL);
}

static void link_membership(struct maker *m, const char *person, int i)
{
    char from[16];
    snprintf(from, sizeof from, "%04d-%02d-01", 2015 + i / 12, 1 + i % 12);
    make(m, NULL, m->lena, "membership", "POL", "person", person, "group", m->group, "role", "MEDLEM", "from", from,
         "source_grade", "B", "info_grade", "2", "handling", "1", "criteria", "EGEN_UPPGIFT", "review_due", "2030-01-01",
         "suspicion_basis", "JA", NULL);
}

static void make_linked(struct maker *m)
{
    char at[INSTANT_TEXT];
    instant_text(m->now, at);
    make_person(m, "POL", m->lena, "Aaberg", m->first);
    make(m, m->group, m->lena, "group", "POL", "name", "Kvarnen", "status", "AKTIV", "priority", "1", "violence_level", "1",
         NULL);
    for (int i = 0; i < LINKED_ALIASES; i++)
        make(m, NULL, m->lena, "alias", "POL", "person", m->first, "name", PICK(m, given), "kind", "SMEKNAMN", NULL);
    for (int i = 0; i < LINKED_MEMBERSHIPS; i++)
        link_membership(m, m->first, i);
    for (int i = 0; i < LINKED_INCIDENTS; i++)
        link_incident(m, m->first);
    for (int i = 0; i < LINKED_NOTES; i++)
        make(m, NULL, m->lena, "note", "POL", "subject", m->first, "event_at", at, "written_at", at, "author", m->lena,
             "kind", "SAMTAL", "text", "Samtal i bil utanför skolan.", NULL);
    for (int i = 0; i < LINKED_TASKS; i++)
        make(m, NULL, m->lena, "task", "POL", "title", "Ring tillbaka", "due", "2030-01-01", "priority", "NORMAL",
             "owner", m->lena, "subject", m->first, NULL);
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

/* One segment instead of many: what a night's upkeep does. */
static bool merge_index(struct core *c, const char *table, struct err *e)
{
    AUTOFREE char *sql = xprintf("INSERT INTO \"search_%s\"(\"search_%s\") VALUES ('optimize')", table, table);
    STMT st;
    return stmt_get(c->store, DOOR_UPKEEP, sql, &st, e) && stmt_run(&st, e);
}

static bool fill(struct core *c, struct err *e)
{
    struct maker m = {.c = c, .e = e, .now = clock_now()};
    rng_seed(&m.rng, SEED);
    subject_system(c);
    if (!tx_begin(c->store, e))
        return false;
    m.failed = !operate_seed(c, e) || !meta_set(c->store, "demo", "1", e);
    make_users(&m);
    make_linked(&m);
    make_persons(&m);
    m.failed = m.failed || !merge_index(c, "shared", e) || !merge_index(c, "POL", e) || !merge_index(c, "FRI", e) ||
               !tx_commit(c->store, e) || !store_checkpoint(c->store, e);
    if (m.failed)
        tx_rollback(c->store);
    fprintf(stderr, "\r                \r");
    return !m.failed;
}

static bool make_database(const char *path, const char *shipped, struct err *e)
{
    AUTOFREE char *forms = xprintf("%s/forms", shipped);
    AUTOFREE char *config = xprintf("%s/config", shipped);
    AUTOFREE char *fallback = NULL;
    const struct forms_dirs dirs = {.forms = forms, .config = config};
    struct store *s;
    struct model *model = NULL;
    int from, to;
    if (!store_open(path, STORE_CREATE, &s, e))
        return false;
    bool good = migrate_run(s, &from, &to, e) && forms_load_kept(&dirs, s, &model, &fallback, e);
    struct core *c = good ? core_new(s, model) : NULL;
    good = good && core_check_schema(c, e) && fill(c, e);
    if (c)
        core_free(c);
    forms_free(model);
    store_close(s);
    return good;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    long n = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
    if (n < 1000 || n > 1000000) {
        fprintf(stderr, "make_db FILE FOLDER PERSONS: FOLDER holds forms/ and config/, PERSONS is 1000 to 1000000\n");
        return 2;
    }
    persons = (int)n;
    if (make_database(argv[1], argv[2], &e))
        return 0;
    fprintf(stderr, "make_db: %s\n", e.text);
    return 3;
}
