/* demo/opening.c: how the city stands when somebody opens it: a hot conflict, its shootings
 * unanswered, people to be looked after. */
#include "stage.h"

/* The last working day before today. */
static int review_day(const struct demo *g)
{
    int day = g->today - 1;
    while (date_wday(date_from_days(day)) >= 5)
        day--;
    return day;
}

/* --- people ---------------------------------------------------------------------------------- */

static const char *number_of(struct demo *g, const char *birth)
{
    struct date d;
    struct human h = {.sex = 'M'};
    char number[13] = "";
    if (date_from_text(birth, &d))
        h.born = (int)date_days(d);
    (void)take_number(g, POLICE, &h, false, number);
    return arena_strdup(&g->keep, number);
}

static const char *new_member(struct scene *s, instant at, const char *given, const char *family,
                              const char *birth, const char *protection)
{
    struct demo *g = s->g;
    const char *person = stage_new(g, "mira.holm", at, "person", "kind", "MISSTANKT_KOPPLING",
                                   "given_names", given, "family_name", family, "birth_date", birth,
                                   "sex", "M", "language", "swe", "name_quality", "STYRKT",
                                   "protection_level", protection, "custody_state", "FRI", NULL);
    const char *number = number_of(g, birth);
    if (*number)
        stage_new(g, "mira.holm", at + 120, "person_identifier", "person", person, "type", "PNR",
                  "value", number, "source", "Folkbokföringen", "primary", "true", NULL);
    return person;
}

static const char *new_membership(struct scene *s, instant at, const char *person, const char *role,
                                  int from)
{
    struct demo *g = s->g;
    return stage_new(g, "mira.holm", at, "membership", "person", person, "group", s->hot[0], "role",
                     role, "from", stage_day(g, from), "criteria",
                     "OBSERVERAD,SOCIALA_MEDIER,GEMENSAM_BROTT", "source_grade", "B", "info_grade",
                     "2", "handling", "H3", "suspicion_basis", "P1A", NULL);
}

void open_people(struct scene *s)
{
    struct demo *g = s->g;
    instant long_ago = on_day(g->today - 385, 10, 0), lately = on_day(g->today - 2, 14, 10);
    const char *late = new_member(s, long_ago, "Isak", "Öberg-Šarić", "1998-05-14", "INGEN");
    const char *membership =
        new_membership(s, long_ago + HOUR, late, "NYCKELPERSON", g->today - 420);
    struct date due = date_add(date_from_days(g->today), -9);
    instant confirmed = on_day((int)date_days(date_add_months(due, -12)), 11, 0);
    if (confirmed < long_ago + 2 * HOUR)
        confirmed = long_ago + 2 * HOUR;
    stage_do(g, "hakan.ek", confirmed, membership, "BEKRAFTAD", NULL);

    struct date birth = date_add(date_add_months(date_from_days(g->today), -17 * 12), -100);
    const char *young =
        new_member(s, lately, "Melker", "Güler", stage_day(g, (int)date_days(birth)), "INGEN");
    new_membership(s, lately + HOUR, young, "YNGRE", g->today - 40);

    const char *hidden = new_member(s, on_day(g->today - 60, 9, 20), "Théo", "Kowalski",
                                    "1995-11-02", "SKYDDAD_FOLKBOKFORING");
    const char *known =
        new_membership(s, on_day(g->today - 60, 10, 0), hidden, "MEDLEM", g->today - 200);
    stage_do(g, "hakan.ek", on_day(g->today - 58, 13, 0), known, "BEKRAFTAD", NULL);

    const char *leaver =
        stage_new(g, "sara.wik", on_day(g->today - 6, 13, 30), "person", "kind", "AVHOPPARE",
                  "given_names", "Lina", "family_name", "Čolić", "birth_date", "2001-03-09", "sex",
                  "K", "name_quality", "STYRKT", "protection_level", "SEKRETESSMARKERING", NULL);
    const char *offer = stage_new(g, "sara.wik", on_day(g->today - 6, 14, 0), "help_offer",
                                  "person", leaver, "given_in", "TELEFON", "offer_kinds",
                                  "AKUTBOENDE,SAMTALSSTOD,SKYDDADE_UPPGIFTER", NULL);
    stage_do(g, "sara.wik", on_day(g->today - 4, 10, 15), offer, "INTRESSE", "response", "JA",
             NULL);
}

/* --- incidents ------------------------------------------------------------------------------- */

struct act {
    instant known;
    const char *type, *place, *area, *summary, *dead, *injured, *risk, *weapon;
    int acting, target; /* of the two, -1 */
    const char *linked;
};

static const char *happen(struct scene *s, const struct act *a)
{
    struct demo *g = s->g;
    const char *id =
        stage_new(g, "lena.falk", a->known + 1500, "incident", "type", a->type, "occurred_at",
                  stage_time(g, a->known - 700), "known_at", stage_time(g, a->known), "place_text",
                  a->place, "area", a->area, "place_type", "ALLMAN", "n_dead", a->dead, "n_injured",
                  a->injured, "weapon", a->weapon, "summary_shared", a->summary, NULL);
    if (a->linked)
        stage_set(g, "mira.holm", a->known + 9 * HOUR, id, "linked_incident", a->linked, NULL);
    return id;
}

static void triage(struct scene *s, const char *id, const struct act *a, instant at)
{
    static const char *const parts[2] = {"UTFORANDE", "MAL"};
    const int side[2] = {a->acting, a->target};
    for (int i = 0; i < 2; i++)
        if (side[i] >= 0)
            stage_new(s->g, "mira.holm", at - 600 + i * 60, "incident_group", "incident", id,
                      "group", s->hot[side[i]], "part", parts[i], "certainty", "2", "source_grade",
                      "B", "info_grade", "2", "handling", "H2", NULL);
    stage_do(s->g, "mira.holm", at, id, "TRIAGERAD", "retaliation_risk", a->risk, "confirmed",
             "BEKRAFTAD", NULL);
}

static void hold_review(struct scene *s, instant at, const char *incidents, const char *findings)
{
    stage_new(s->g, "mira.holm", at + HOUR, "incident_review", "at", stage_time(s->g, at),
              "incidents", incidents, "findings_shared", findings, "findings_internal",
              "Se underlaget i respektive händelse.", NULL);
}

static void decide(struct scene *s, const char *id, instant at, const char *basis)
{
    struct demo *g = s->g;
    stage_do(g, "mira.holm", at, id, "GRANSKAD", NULL);
    stage_new(g, "mira.holm", at + 900, "gmi_decision", "incident", id, "value", "JA", "certainty",
              "1", "role", "BADA", "motive", "GRUPPKONFLIKT", "group_driven", "JA", "basis_text",
              basis, NULL);
    stage_do(g, "hakan.ek", at + 2 * HOUR, id, "GMI_BESLUTAD", NULL);
}

/* The shooting behind the round, its answer, and the deadly retaliation that nobody has answered.
 */
static void open_old_ones(struct scene *s)
{
    struct demo *g = s->g;
    struct act first = {
        on_day(g->today - 20, 22, 48),
        "SKJUTNING",
        "Kvarngatan 14, Kvarnby",
        "KVARNBY",
        "Ett tiotal skott mot en restaurang. En person lindrigt skadad av glassplitter.",
        "0",
        "1",
        "2",
        "PISTOL",
        0,
        1,
        NULL};
    s->first = happen(s, &first);
    triage(s, s->first, &first, on_day(g->today - 19, 9, 40));
    hold_review(s, on_day(g->today - 18, 9, 0), s->first,
                "Skjutningen knyts till konflikten. Samtal föreslås med båda sidor.");
    decide(s, s->first, on_day(g->today - 18, 11, 0),
           "Två vittnen, fordonet och platsen knyter gärningen till gruppen.");
    const char *support =
        stage_new(g, "asa.lind", on_day(g->today - 18, 14, 0), "response_item", "incident",
                  s->first, "kind", "STOD_OFFER", "text", "Stöd till den skadade och personalen",
                  "due", stage_day(g, g->today - 14), NULL);
    stage_set(g, "asa.lind", on_day(g->today - 15, 15, 0), support, "executed_at",
              stage_time(g, on_day(g->today - 15, 13, 0)), NULL);
    stage_do(g, "asa.lind", on_day(g->today - 15, 15, 20), s->first, "BESVARAD", NULL);

    struct act deadly = {on_day(g->today - 9, 23, 12),
                         "SKJUTNING",
                         "Hamngatan 3, Södra hamnen",
                         "SODRA_HAMNEN",
                         "En person sköts utanför sin port och avled på sjukhus. Bedöms som hämnd.",
                         "1",
                         "0",
                         "3",
                         "AUTOMAT",
                         1,
                         0,
                         s->first};
    s->late = happen(s, &deadly);
    triage(s, s->late, &deadly, on_day(g->today - 8, 9, 30));
    hold_review(s, on_day(g->today - 8, 13, 0), s->late,
                "Extra genomgång. Hög risk för fortsatta hämndaktioner.");
    decide(s, s->late, on_day(g->today - 8, 14, 0),
           "Samma vapen som i februari. Offret tillhör den grupp som sköt först.");
}

/* Two more of the same conflict, decided at the last review and not answered yet. */
static void open_new_ones(struct scene *s)
{
    struct demo *g = s->g;
    int day = review_day(g);
    struct act acts[2] = {
        {on_day(day - 3, 2, 31), "SPRANGNING", "Lindallén 22, Ekhöjden", "EKHOJDEN",
         "Detonation vid en port. Rutor krossade på tre våningar, ingen skadad.", "0", "0", "2",
         "SPRANGLADDNING", 0, 1, s->late},
        {on_day(day - 2, 20, 5), "SKJUTNING", "Norra hamnens torg", "NORRA_HAMNEN",
         "Skott mot en parkerad bil. Hylsor säkrade, ingen skadad.", "0", "0", "1", "PISTOL", 1, 0,
         s->late},
    };
    for (int i = 0; i < 2; i++) {
        s->unanswered[i] = happen(s, &acts[i]);
        triage(s, s->unanswered[i], &acts[i], acts[i].known + 12 * HOUR);
    }
    const char *both = arena_printf(&g->keep, "%s,%s", s->unanswered[0], s->unanswered[1]);
    hold_review(s, on_day(day, 9, 0), both,
                "Konflikten trappas upp. Alla parter tar kontakt med dem de når.");
    for (int i = 0; i < 2; i++)
        decide(s, s->unanswered[i], on_day(day, 10 + 3 * i, 30),
               "Tillvägagångssätt, plats och tidigare händelser stämmer.");
}

/* The weekend's incidents, some triaged and waiting for the next review, one just in. */
static void open_weekend(struct scene *s)
{
    struct demo *g = s->g;
    int wday = date_wday(date_from_days(g->today));
    int night = wday >= 5 ? g->today - 1 : g->today - wday - 2;
    if (on_day(night + 1, 1, 55) > g->now - 4 * HOUR) /* that night is not over yet */
        night--;
    instant reviewed = on_day(review_day(g), 14, 0);
    const struct act acts[2] = {
        {on_day(night, 23, 41), "SKJUTNING", "Torggatan 5, Björkvallen", "BJORKVALLEN",
         "Skottlossning utomhus, ingen skadad. Flera vittnen hörde fem till sju skott.", "0", "0",
         "2", "PISTOL", 0, -1, NULL},
        {on_day(night + 1, 1, 55), "KNIV", "Stationsgatan 1, Centrum", "CENTRUM",
         "Bråk utanför en krog. En person fick stickskador och vårdas på sjukhus.", "0", "1", "1",
         "KNIV", -1, -1, NULL},
    };
    for (int i = 0; i < 2; i++) {
        const char *id = happen(s, &acts[i]);
        instant at = acts[i].known + 10 * HOUR > reviewed ? acts[i].known + 10 * HOUR : reviewed;
        if (at < g->now - HOUR)
            triage(s, id, &acts[i], at);
    }
    const struct act fresh = {g->now - 5 * HOUR,
                              "GROVT_HOT",
                              "Ängsvägen 9, Lövdala",
                              "LOVDALA",
                              "En familj hotades i sin port av två maskerade personer.",
                              "0",
                              "0",
                              "1",
                              "OKANT",
                              -1,
                              -1,
                              NULL};
    happen(s, &fresh);
}

void open_incidents(struct scene *s)
{
    open_old_ones(s);
    open_new_ones(s);
    open_weekend(s);
}

void make_opening(struct demo *g)
{
    begin_part(g, "läget just nu");
    struct scene s = {.g = g, .group = {0, 1}, .hot = {g->groups[0].id, g->groups[1].id}};
    open_people(&s);
    open_incidents(&s);
    open_round(&s);
    open_talks(&s);
    open_call_in(&s);
    open_meetings(&s);
    open_on_call(&s);
    open_desk(&s);
    act_as(g, NULL, g->now);
}
