/* demo/people.c: people, each in the register of one agency. Identity numbers are valid and have
 * the birth numbers 980 to 999, which nobody is given. */
#include "inside.h"
#include "treben/base/pnr.h"

#define OLDEST (-12000)  /* born 1937 */
#define NUMBERS 20       /* birth numbers of a day … */
#define FIRST_NUMBER 980 /* … from here on, which nobody is given */

const char *owner_of(enum partition p)
{
    return p == POLICE ? "POL" : p == PROBATION ? "FRI" : "SNC";
}

struct human human_born(struct demo *g, int born)
{
    char sex = odds(g, 6) ? 'K' : 'M';
    return (struct human){
        .given = given_name(g, sex), .family = family_name(g), .sex = sex, .born = born};
}

int age_at_days(int born, int day)
{
    char birth[DATE_TEXT];
    date_text(date_from_days(born), birth);
    return age_at(birth, date_from_days(day));
}

/* --- identity numbers ------------------------------------------------------------------------ */

static char luhn(const char *nine)
{
    int sum = 0;
    for (int i = 0; i < 9; i++) {
        int v = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += v / 10 + v % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static void number_text(int born, int birth_number, bool coordination, char ret[13])
{
    struct date d = date_from_days(born);
    char text[24];
    snprintf(text, sizeof text, "%04d%02d%02d%03d", d.y % 10000, d.m % 100,
             (d.d + (coordination ? 60 : 0)) % 100, birth_number % 1000);
    snprintf(ret, 13, "%.11s%c", text, luhn(text + 2));
}

static bool is_taken(const struct demo *g, enum partition p, size_t bit)
{
    return g->taken[p][bit / 8] & 1u << bit % 8;
}

/* The police and social services never have the same number: no key leads from one to the other. */
bool take_number(struct demo *g, enum partition p, const struct human *h, bool coordination,
                 char ret[13])
{
    enum partition other = p == SOCIAL ? POLICE : p == POLICE ? SOCIAL : p;
    int start = upto(g, NUMBERS / 2);
    for (int i = 0; i < NUMBERS / 2; i++) {
        int n = (start + i) % (NUMBERS / 2) * 2 + (h->sex == 'M' ? 1 : 0);
        size_t bit = ((size_t)(h->born - OLDEST) * NUMBERS + (size_t)n) * 2 + coordination;
        if (is_taken(g, p, bit) || is_taken(g, other, bit))
            continue;
        g->taken[p][bit / 8] = (unsigned char)(g->taken[p][bit / 8] | 1u << bit % 8);
        number_text(h->born, FIRST_NUMBER + n, coordination, ret);
        return true;
    }
    return false;
}

static void make_number(struct demo *g, enum partition p, const struct human *h, struct person *who,
                        const struct worker *by)
{
    if (odds(g, 14))
        return;
    bool coordination = !who->pnr[0] && odds(g, 7);
    if (!who->pnr[0] && !take_number(g, p, h, coordination, who->pnr))
        return;
    coordination = who->pnr[6] >= '6';
    struct tale t = tale_begin(g, "person_identifier", owner_of(p), "SEKRETESS");
    put(&t, "person", who->id);
    put(&t, "type", coordination ? "SAMNR" : "PNR");
    put(&t, "value", who->pnr);
    if (coordination)
        put(&t, "identity_grade", EITHER(g, "STYRKT", "SANNOLIK", "OSAKER"));
    put(&t, "source", EITHER(g, "Folkbokföringen", "Legitimation", "Egen uppgift"));
    put(&t, "primary", "1");
    tale_once(g, &t, who->made + 60, by);
}

static void make_alias(struct demo *g, enum partition p, struct person *who,
                       const struct worker *by, int i)
{
    struct tale t = tale_begin(g, "alias", owner_of(p), "INTERN");
    const char *kind =
        WEIGHTED(g, {"SMEKNAMN", 60}, {"SOCIALA_MEDIER", 28}, {"TIDIGARE_NAMN", 8}, {"FALSKT", 4});
    put(&t, "person", who->id);
    put(&t, "kind", kind);
    if (strcmp(kind, "SOCIALA_MEDIER") == 0)
        putf(&t, "name", "%s_%d", nickname(g), between(g, 10, 99));
    else if (strcmp(kind, "SMEKNAMN") == 0)
        put(&t, "name", nickname(g));
    else
        putf(&t, "name", "%s %s", who->given, family_name(g));
    put(&t, "source_grade", EITHER(g, "A", "B", "B", "C", "X"));
    tale_once(g, &t, past(g, who->made + between(g, 1, 200) * DAY + i), by);
}

/* --- a person -------------------------------------------------------------------------------- */

static void put_custody(struct demo *g, struct tale *t, struct person *who)
{
    who->custody = "FRI";
    if (who->kind == 'M' && odds(g, 14)) {
        who->custody = WEIGHTED(g, {"ANSTALT", 55}, {"HAKTAD", 35}, {"SIS", 10});
        who->custody_from = g->today - between(g, 20, 500);
        who->custody_to = strcmp(who->custody, "ANSTALT") == 0 ? g->today + between(g, 4, 900) : 0;
        if (g->today - who->born > 20 * 365 && strcmp(who->custody, "SIS") == 0)
            who->custody = "ANSTALT";
    } else if (strchr("MF", who->kind) && odds(g, 16)) {
        who->custody_to = g->today - between(g, 10, 1500); /* released */
        who->custody_from = who->custody_to - between(g, 60, 700);
        if (who->custody_from < who->born + 15 * 365)
            who->custody_from = who->custody_to = 0;
    } else if (who->kind == 'M' && odds(g, 4)) {
        who->custody = EITHER(g, "UTOMLANDS", "EFTERLYST");
    }
    put(t, "custody_state", who->custody);
    if (who->custody_from)
        put_day(t, "custody_from", who->custody_from);
    if (who->custody_to)
        put_day(t, "custody_to", who->custody_to);
}

static void put_protection(struct demo *g, struct tale *t, enum partition p, struct person *who)
{
    int share = p == SOCIAL ? 30 : p == POLICE ? 2 : 1;
    const char *level = "INGEN";
    if (odds(g, share))
        level = WEIGHTED(g, {"SEKRETESSMARKERING", 55}, {"SKYDDAD_FOLKBOKFORING", 30},
                         {"LOKAL_SPARR", 15});
    put(t, "protection_level", level);
    if (strcmp(level, "INGEN") != 0 && odds(g, 40))
        put_day(t, "protection_until", g->today + between(g, 30, 700));
    who->untouchable = strcmp(level, "INGEN") != 0;
    if (p != POLICE || !odds(g, 1))
        return;
    who->untouchable = true;
    put(t, "do_not_contact", "1");
    put(t, "do_not_contact_reason", "Kontakt enbart genom utredningen.");
    put_day(t, "do_not_contact_until", g->today + between(g, 10, 200));
}

static void put_identity(struct demo *g, struct tale *t, const struct human *h)
{
    bool whole = odds(g, 97);
    put(t, "given_names", h->given);
    put(t, "family_name", whole ? h->family : NULL);
    put(t, "name_quality", !whole ? "UPPGIVEN" : odds(g, 80) ? "STYRKT" : "UPPGIVEN");
    put_day(t, "birth_date", h->born);
    putf(t, "sex", "%c", h->sex);
    put(t, "language",
        WEIGHTED(g, {"swe", 74}, {"ara", 6}, {"som", 5}, {"bos", 4}, {"kmr", 3}, {"tur", 3},
                 {"pol", 2}, {"spa", 2}, {"eng", 1}));
    put(t, "interpreter_needed", odds(g, 4) ? "1" : "0");
    put(t, "residence_municipality", odds(g, 85) ? "1499" : "1498"); /* codes no municipality has */
}

static struct person *add_person(struct demo *g, enum partition p, const struct human *h, char mark,
                                 instant made)
{
    struct people *all = &g->people[p];
    if (all->n == all->room) {
        all->room = all->room ? all->room * 2 : 1024;
        all->at = xrealloc(all->at, (size_t)all->room * sizeof *all->at);
    }
    struct person *who = &all->at[all->n++];
    *who = (struct person){.given = h->given,
                           .family = h->family,
                           .sex = h->sex,
                           .kind = mark,
                           .born = h->born,
                           .custody = "FRI",
                           .twin = -1,
                           .made = made};
    return who;
}

static const struct worker *registrar(struct demo *g, enum partition p, instant made)
{
    static const char *const roles[PARTITIONS][2] = {
        {"ANALYT_P", "JOUR_P"}, {"FRIV_INSP", "KOORD_F"}, {"AVHOPP_HL", "AVHOPP_HL"}};
    return worker(g, roles[p][odds(g, 15)], NULL, made);
}

int make_person(struct demo *g, enum partition p, const struct human *h, const char *kind,
                char mark, instant made)
{
    struct person *who = add_person(g, p, h, mark, made);
    const struct worker *by = registrar(g, p, made);
    struct tale t = tale_begin(g, "person", owner_of(p), "SEKRETESS");
    snprintf(who->id, sizeof who->id, "%s", t.r->id);
    put(&t, "kind", kind);
    put_identity(g, &t, h);
    put_protection(g, &t, p, who);
    if (p == POLICE)
        put(&t, "not_suspected_label", strchr("MF", mark) ? "0" : "1");
    put_custody(g, &t, who);
    if (p == PROBATION)
        put(&t, "supervision_state",
            mark != 'A' ? "INGEN"
                        : WEIGHTED(g, {"SKYDDSTILLSYN", 45}, {"VF_OVERVAKNING", 35},
                                   {"SAMHALLSTJANST", 10}, {"IOV", 5}, {"UNGDOMSOVERVAKNING", 5}));
    tale_once(g, &t, made, by);
    make_number(g, p, h, who, by);
    int names = strchr("MF", mark) ? (int)waiting(g, 3.1) : odds(g, 21);
    for (int i = 0; i < names && i < 6; i++)
        make_alias(g, p, who, by, i);
    return g->people[p].n - 1;
}

/* --- the registers of probation and of the exit unit ----------------------------------------- */

static int age_born(struct demo *g, int lo, int hi)
{
    return g->today - between(g, lo * 365 + 10, hi * 365);
}

static int any_member(struct demo *g)
{
    for (int tries = 0; tries < 60; tries++) {
        int i = upto(g, g->people[POLICE].n);
        if (strchr("MF", g->people[POLICE].at[i].kind) && !g->people[POLICE].at[i].died)
            return i;
    }
    return -1;
}

void make_clients(struct demo *g)
{
    begin_part(g, "frivårdens klienter");
    for (int i = 0; i < 420 * g->scale && !g->failed; i++) {
        int twin = odds(g, 55) ? any_member(g) : -1;
        struct human h = human_born(g, age_born(g, 18, 48));
        if (twin >= 0) {
            const struct person *p = &g->people[POLICE].at[twin];
            h = (struct human){
                .given = p->given, .family = p->family, .sex = p->sex, .born = p->born};
        }
        int born_adult = h.born + 15 * 365, from = g->day0 - 100;
        instant made = on_day(between(g, born_adult > from ? born_adult : from, g->today - 3),
                              between(g, 8, 15), upto(g, 60));
        int n = make_person(g, PROBATION, &h, "KLIENT", i % 100 < 32 ? 'A' : 'E', past(g, made));
        g->people[PROBATION].at[n].twin = twin;
    }
}

/* Most of those who want to leave are known to the police too. Nothing in the data says so: name
 * and age are the same, the rest is each agency's own. */
void make_leavers(struct demo *g)
{
    begin_part(g, "avhopparverksamhetens personer");
    for (int i = 0; i < 430 * g->scale && !g->failed; i++) {
        int twin = odds(g, 70) ? any_member(g) : -1;
        struct human h = human_born(g, odds(g, 9) ? age_born(g, 15, 17) : age_born(g, 18, 40));
        if (twin >= 0) {
            const struct person *p = &g->people[POLICE].at[twin];
            h = (struct human){
                .given = p->given, .family = p->family, .sex = p->sex, .born = p->born};
        } else if (odds(g, 24)) {
            h.sex = 'K';
            h.given = given_name(g, 'K');
        }
        const char *kind = twin >= 0
                               ? "AVHOPPARE"
                               : WEIGHTED(g, {"AVHOPPARE", 55}, {"ANHORIG", 35}, {"ANNAN", 10});
        int born_teen = h.born + 14 * 365, from = g->day0;
        instant made = on_day(between(g, born_teen > from ? born_teen : from, g->today - 2),
                              between(g, 8, 15), upto(g, 60));
        make_person(g, SOCIAL, &h, kind, 'A', past(g, made));
    }
}

void make_bystanders(struct demo *g)
{
    begin_part(g, "personer");
    for (; g->left_contacts > 0 && !g->failed; g->left_contacts--) {
        struct human h = human_born(g, age_born(g, 16, 60));
        make_person(g, POLICE, &h, odds(g, 90) ? "KONTAKT" : "ANHORIG", 'K',
                    on_day(between(g, g->day0, g->today - 2), between(g, 8, 20), upto(g, 60)));
    }
    for (; g->left_victims > 0 && !g->failed; g->left_victims--) {
        struct human h = human_born(g, age_born(g, 15, 60));
        make_person(g, POLICE, &h, "OFFER", 'O',
                    on_day(between(g, g->day0, g->today - 2), between(g, 8, 20), upto(g, 60)));
    }
}
