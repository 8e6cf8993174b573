/* demo/audits.c: the yearly group audits with what was said at them, and people who stand in the
 * police's register twice. */
#include "inside.h"

#define AUDITS YEARS
#define ROWS_OF_A_GROUP 3
#define DOUBLES 19 /* two in a hundred of those the police know */

/* --- audits ---------------------------------------------------------------------------------- */

static void put_grades(struct demo *g, struct tale *t)
{
    put(t, "source_grade", WEIGHTED(g, {"A", 35}, {"B", 45}, {"C", 15}, {"X", 5}));
    put(t, "info_grade", WEIGHTED(g, {"1", 20}, {"2", 45}, {"3", 30}, {"4", 5}));
    put(t, "handling", WEIGHTED(g, {"H1", 60}, {"H2", 15}, {"H3", 25}));
}

static struct tale begin_row(struct demo *g, const char *audit, const char *case_no,
                             const char *kind, const char *group, const struct worker *by)
{
    struct tale t = tale_begin(g, "audit_row", "POL", "SEKRETESS");
    put(&t, "audit", audit);
    put(&t, "kind", kind);
    put(&t, "group", group);
    put(&t, "source", case_no);
    put(&t, "proposed_by", by->id);
    put_grades(g, &t);
    return t;
}

static void about_group(struct demo *g, const char *audit, const char *case_no,
                        const struct group *o, int day, const struct worker *by)
{
    struct tale t = begin_row(g, audit, case_no, "GRUPP", o->id, by);
    put(&t, "status", "AKTIV");
    put_n(&t, "violence_level", between(g, 0, 4));
    put_n(&t, "org_level", between(g, 1, 4));
    put(&t, "text",
        EITHER(g, "Samma krets som i fjol, några yngre har tillkommit.",
               "Håller ihop löst, syns mest på helger.",
               "Två äldre har dragit sig undan. Oklart vem som bestämmer.",
               "Lugnare sedan i våras."));
    put_day(&t, "review_due", day + 365);
    put(&t, "accepted", "1");
    put(&t, "result", o->id);
    tale_once(g, &t, on_day(day, between(g, 9, 12), upto(g, 60)), by);
}

static void about_member(struct demo *g, const char *audit, const char *case_no,
                         const struct group *o, int day, const struct worker *by)
{
    int who = member_at(g, (int)(o - g->groups), day);
    if (who < 0)
        return;
    const struct person *p = &g->people[POLICE].at[who];
    bool minor = age_at_days(p->born, day) < 18, yes = odds(g, 85);
    struct tale t = begin_row(g, audit, case_no, "KOPPLING", o->id, by);
    put(&t, "person", p->id);
    put(&t, "role",
        WEIGHTED(g, {"MEDLEM", 50}, {"YNGRE", 25}, {"NYCKELPERSON", 15}, {"OKAND", 10}));
    put_day(&t, "from", day);
    put(&t, "criteria", EITHER(g, "OBSERVERAD,KARTLAGGNING", "GEMENSAM_BROTT,KARTLAGGNING"));
    put(&t, "suspicion_basis", EITHER(g, "P1A", "P1B"));
    put(&t, "minor", minor ? "1" : "0");
    put(&t, "minor_approved", minor && yes ? "1" : NULL);
    put_day(&t, "review_due", (int)date_days(date_add_months(date_from_days(day), minor ? 6 : 12)));
    put(&t, "accepted", yes ? "1" : "0");
    tale_once(g, &t, on_day(day, between(g, 12, 15), upto(g, 60)), by);
}

/* The last one stands; each took the place of the one before. */
static void make_audit(struct demo *g, int day, bool last)
{
    const struct worker *analyst = named_worker(g, "mira.holm"),
                        *adopter = named_worker(g, "hakan.ek");
    struct tale t = tale_begin(g, "audit", "POL", "SEKRETESS");
    char id[ID_LEN + 1];
    snprintf(id, sizeof id, "%s", t.r->id);
    put(&t, "scope", "Hela staden");
    put_day(&t, "date", day);
    put(&t, "participants", analyst->id);
    put(&t, "participants_text", "Fyra områdespoliser och två utredare");
    tale_step(g, &t, on_day(day - 14, 10, 0), analyst);
    put(&t, "state", "UNDER_GRANSKNING");
    put(&t, "findings", "Bilden är i huvudsak densamma. Yngre dras in tidigare än förra året.");
    put_time(&t, "submitted_at", on_day(day + 1, 9, 0));
    tale_step(g, &t, on_day(day + 1, 9, 0), analyst);
    put(&t, "state", last ? "FASTSTALLD" : "ERSATT");
    put(&t, "adopted_by", adopter->id);
    put_time(&t, "adopted_at", on_day(day + 8, 14, 0));
    tale_step(g, &t, on_day(day + 8, 14, 0), adopter);
    AUTOFREE char *case_no = xstrdup(t.r->case_no[0] ? t.r->case_no : "Gruppkartläggningen");
    for (int i = 0; i < g->n_groups && !g->failed; i++) {
        const struct group *o = &g->groups[i];
        if (o->formed > day || (o->dissolved && o->dissolved < day))
            continue;
        about_group(g, id, case_no, o, day, analyst);
        for (int k = 0; k < ROWS_OF_A_GROUP && !g->failed; k++)
            about_member(g, id, case_no, o, day, analyst);
    }
    if (last)
        tale_end_open(g, &t);
    else
        tale_end(g, &t);
}

void make_audits(struct demo *g)
{
    begin_part(g, "gruppkartläggningar");
    for (int i = AUDITS; i > 0 && !g->failed; i--)
        make_audit(g, g->today - (i - 1) * 365 - 150, i == 1);
}

/* --- people who stand there twice ------------------------------------------------------------- */

static void make_candidate(struct demo *g, const char *a, const char *b, const char *state)
{
    struct tale t = tale_begin(g, "person_link_candidate", "POL", "INTERN");
    put(&t, "person_a", strcmp(a, b) < 0 ? a : b);
    put(&t, "person_b", strcmp(a, b) < 0 ? b : a);
    put(&t, "similarity", "NAMN_FODD");
    tale_step(g, &t, past(g, g->now - between(g, 1, 20) * DAY), NULL);
    put(&t, "state", state);
    tale_step(g, &t, past(g, g->now - between(g, 0, 1) * DAY), named_worker(g, "mira.holm"));
    tale_end(g, &t);
}

/* Registered anew at night by somebody who did not find the record. */
void make_doubles(struct demo *g)
{
    begin_part(g, "dubbletter");
    for (int i = 0; i < DOUBLES * g->scale && !g->failed; i++) {
        const struct person *p = &g->people[POLICE].at[upto(g, g->people[POLICE].n)];
        char first[ID_LEN + 1];
        snprintf(first, sizeof first, "%s", p->id);
        struct human h = {.given = p->given, .family = p->family, .sex = p->sex, .born = p->born};
        int again =
            make_person(g, POLICE, &h, "KONTAKT", 'A', past(g, g->now - between(g, 20, 300) * DAY));
        make_candidate(g, first, g->people[POLICE].at[again].id,
                       odds(g, 60) ? "FORESLAGEN" : "AVVISAD");
    }
}
