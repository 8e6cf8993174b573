/* demo/groups.c: groups, how they stand to each other, and who belongs to them. */
#include "inside.h"

#include <math.h>

#define GROUPS 26
#define ACTIVE_SHARE 14 / 26
#define MEMBER_CURRENT 380
#define MEMBER_FORMER 150
#define MEMBERSHIPS 900

/* --- groups ---------------------------------------------------------------------------------- */

static void put_status(struct demo *g, struct tale *t, struct group *o, int i, int active)
{
    const char *status = "AKTIV";
    if (i >= active) {
        o->dissolved = between(g, (o->formed > g->day0 ? o->formed : g->day0) + 200, g->today - 40);
        status = WEIGHTED(g, {"UPPLOST", 70}, {"VILANDE", 20}, {"SAMMANSLAGEN", 10});
    }
    put(t, "status", status);
    if (strcmp(status, "SAMMANSLAGEN") == 0)
        put(t, "merged_into", g->groups[upto(g, active)].id);
    if (o->dissolved && strcmp(status, "VILANDE") != 0)
        put_day(t, "dissolved", o->dissolved);
    o->priority = i < active && i % 7 < 4 ? 1 + i % 3 : 0;
    put_n(t, "priority", o->priority);
    put_n(t, "violence_level", o->priority ? between(g, 2, 4) : between(g, 0, 3));
}

static void make_group(struct demo *g, int i, int active)
{
    struct group *o = &g->groups[i];
    const struct worker *by = worker(g, "ANALYT_P", NULL, g->now);
    *o = (struct group){.name = group_name(g, i), .area = area_any(g)};
    o->formed =
        odds(g, 40) ? between(g, g->day0 + 10, g->today - 500) : g->day0 - between(g, 100, 3000);
    instant made =
        office(g, on_day(o->formed > g->day0 ? o->formed + 30 : g->day0 + between(g, 0, 40), 9, 0));
    struct tale t = tale_begin(g, "group", "POL", "DELAD");
    snprintf(o->id, sizeof o->id, "%s", t.r->id);
    put(&t, "name", o->name);
    put_status(g, &t, o, i, active);
    int size = (int)lround(16 * exp(0.55 * bell(g)));
    size = size < 5 ? 5 : size > 60 ? 60 : size;
    put_n(&t, "org_level", between(g, 1, 4));
    put_n(&t, "est_members_low", size - size / 5);
    put_n(&t, "est_members_high", size + size / 3);
    putf(&t, "territory_text", "%s med omnejd", area_label(g, o->area));
    put(&t, "areas", o->area);
    putf(&t, "description",
         "Löst sammansatt krets kring %s. Uppgifterna bygger på gruppkartläggningen.",
         area_label(g, o->area));
    putf(&t, "shared_text", "Håller till i %s. Fråga polisens samordnare före kontakt.",
         area_label(g, o->area));
    char year[8];
    snprintf(year, sizeof year, "%d", date_from_days(o->formed).y);
    put(&t, "formed", year);
    if (i < active && odds(g, 85))
        put_day(&t, "last_audit", g->today - 150 - (odds(g, 10) ? 365 : 0)); /* of make_audits */
    tale_step(g, &t, made, by ? by : named_worker(g, "mira.holm"));
    if (i < active)
        tale_end_open(g, &t);
    else
        tale_end(g, &t);
}

static void make_group_aliases(struct demo *g)
{
    const struct worker *by = named_worker(g, "mira.holm");
    for (int i = 0; i < g->n_groups && !g->failed; i++)
        for (int k = upto(g, 4); k > 0; k--) {
            struct tale t = tale_begin(g, "group_alias", "POL", "INTERN");
            const char *kind = EITHER(g, "ALIAS", "ALIAS", "SOCIALA_MEDIER", "TIDIGARE");
            put(&t, "group", g->groups[i].id);
            put(&t, "kind", kind);
            if (strcmp(kind, "SOCIALA_MEDIER") == 0)
                putf(&t, "name", "%s%d", nickname(g), between(g, 10, 99));
            else
                putf(&t, "name", "%s %s", nickname(g), EITHER(g, "nord", "syd", "gården", "laget"));
            tale_once(g, &t, office(g, on_day(between(g, g->day0 + 40, g->today - 30), 10, 0)), by);
        }
}

/* --- relations ------------------------------------------------------------------------------- */

static bool pair_taken(const struct demo *g, int a, int b)
{
    for (int i = 0; i < g->n_conflicts; i++)
        if ((g->conflicts[i].a == a && g->conflicts[i].b == b) ||
            (g->conflicts[i].a == b && g->conflicts[i].b == a))
            return true;
    return false;
}

static int stood_until(const struct demo *g, int a, int b)
{
    int x = g->groups[a].dissolved, y = g->groups[b].dissolved;
    int first = x && (!y || x < y) ? x : y;
    return first ? first : g->today;
}

static void put_relation_kind(struct demo *g, struct tale *t, bool conflict, bool open, bool hot)
{
    put(t, "type",
        conflict ? "KONFLIKT"
                 : WEIGHTED(g, {"ALLIANS", 60}, {"NEUTRAL", 15}, {"AVKNOPPNING", 15},
                            {"UNDERGRUPP", 10}));
    if (!conflict)
        return;
    put_n(t, "heat", hot ? 3 : open ? upto(g, 3) : upto(g, 2));
    put(t, "cause",
        WEIGHTED(g, {"NARKOTIKA", 30}, {"HAMND", 22}, {"SKULD", 16}, {"KRANKNING", 12},
                 {"INTERN_MAKT", 6}, {"RAN", 5}, {"OKAND", 9}));
}

static void make_relation(struct demo *g, int a, int b, bool conflict, bool hot)
{
    int first =
        g->groups[a].formed > g->groups[b].formed ? g->groups[a].formed : g->groups[b].formed;
    int until = stood_until(g, a, b),
        from = first > g->day0 ? first + 20 : between(g, g->day0 - 300, g->day0 + 900);
    if (from > until - 60)
        from = until - 60;
    bool open = hot || (until == g->today && odds(g, 62));
    int to = open ? 0 : between(g, from + 50, until);
    if (hot)
        from = g->today - between(g, 200, 500);
    struct tale t = tale_begin(g, "group_relation", "POL", "DELAD");
    bool turned = strcmp(g->groups[a].id, g->groups[b].id) > 0; /* a pair is kept one way round */
    put(&t, "group_a", g->groups[turned ? b : a].id);
    put(&t, "group_b", g->groups[turned ? a : b].id);
    put_relation_kind(g, &t, conflict, open, hot);
    put_day(&t, "from", from);
    if (to)
        put_day(&t, "to", to);
    put(&t, "source_grade", EITHER(g, "A", "B", "B", "C"));
    put(&t, "info_grade", EITHER(g, "1", "2", "2", "3"));
    int confirmed = open ? g->today - between(g, 3, 80) : from + 10 < to ? from + 10 : to;
    put_day(&t, "confirmed_at", confirmed);
    put_day(&t, "review_due", confirmed + 90);
    int made = from > g->day0 ? from : g->day0;
    tale_step(g, &t, past(g, on_day(made, between(g, 8, 15), upto(g, 60))),
              named_worker(g, "mira.holm"));
    if (open)
        tale_end_open(g, &t);
    else
        tale_end(g, &t);
    if (conflict)
        g->conflicts[g->n_conflicts++] = (struct conflict){a, b, from, to ? to : g->today};
}

/* Heat 3 is rare: two conflicts at a time in a city, the first of them between the first two
 * groups. */
static void make_relations(struct demo *g)
{
    int wanted = g->n_groups * 60 / GROUPS, hot = 2 * g->n_groups / GROUPS;
    int active = g->n_groups * ACTIVE_SHARE;
    g->conflicts = xcalloc((size_t)wanted + 1, sizeof *g->conflicts);
    for (int i = 0, tries = 0; i < wanted && tries < wanted * 20 && !g->failed; tries++) {
        int a = i < hot ? i * 2 % active : upto(g, g->n_groups),
            b = i < hot ? (a + 1) % active : upto(g, g->n_groups);
        int near = a + between(g, -12, 12); /* groups quarrel with their neighbours */
        b = i >= hot && g->n_groups > 40 && near >= 0 && near < g->n_groups ? near : b;
        int from =
            g->groups[a].formed > g->groups[b].formed ? g->groups[a].formed : g->groups[b].formed;
        if (a == b || pair_taken(g, a, b) || from > stood_until(g, a, b) - 100)
            continue;
        bool conflict = i < hot || i % 3 != 2;
        make_relation(g, a, b, conflict, i < hot);
        if (!conflict) /* an alliance is remembered as taken, with no days on which it is a conflict
                        */
            g->conflicts[g->n_conflicts++] = (struct conflict){a, b, 0, -1};
        i++;
    }
}

void make_groups(struct demo *g)
{
    begin_part(g, "grupper");
    g->n_groups = times_scale(g, GROUPS, 0.8);
    g->groups = xcalloc((size_t)g->n_groups, sizeof *g->groups);
    int active = g->n_groups * ACTIVE_SHARE;
    for (int i = 0; i < g->n_groups && !g->failed; i++)
        make_group(g, i, active);
    make_group_aliases(g);
    make_relations(g);
}

/* --- memberships ----------------------------------------------------------------------------- */

static void remember(struct demo *g, int person, int group, int from, int to)
{
    if (g->n_members == g->room_members) {
        g->room_members = g->room_members ? g->room_members * 2 : 1024;
        g->members = xrealloc(g->members, (size_t)g->room_members * sizeof *g->members);
    }
    struct group *o = &g->groups[group];
    if (o->n_members == o->room) {
        o->room = o->room ? o->room * 2 : 32;
        o->members = xrealloc(o->members, (size_t)o->room * sizeof *o->members);
    }
    o->members[o->n_members++] = g->n_members;
    g->members[g->n_members++] = (struct member){person, group, from, to};
}

static void put_grounds(struct demo *g, struct tale *t)
{
    static const char *const all[] = {"GEMENSAM_BROTT", "OBSERVERAD", "SPANING", "SOCIALA_MEDIER",
                                      "KARTLAGGNING",   "DOM",        "KALLA",   "EGEN_UPPGIFT"};
    STR s = {0};
    int n = between(g, 2, 4), at = upto(g, (int)N_OF(all));
    for (int i = 0; i < n; i++, at = (at + between(g, 1, 2)) % (int)N_OF(all))
        if (!str_list_has(str_text(&s), all[at]))
            str_printf(&s, "%s%s", s.len ? "," : "", all[at]);
    if (str_list_count(str_text(&s)) < 2)
        str_add(&s, strcmp(str_text(&s), "ANNAN") == 0 ? ",SPANING" : ",ANNAN");
    put(t, "criteria", str_text(&s));
    put(t, "source_grade", EITHER(g, "A", "B", "B", "C"));
    put(t, "info_grade", EITHER(g, "1", "2", "2", "3"));
    put(t, "handling", EITHER(g, "H3", "H3", "H2", "H1"));
    put(t, "suspicion_basis", WEIGHTED(g, {"P1A", 60}, {"P1B", 30}, {"P2", 10}));
}

/* Confirmed that day; the young are looked at again after 6 months, the others after 12. */
static void confirm(struct demo *g, struct tale *t, const struct person *p, int day)
{
    const struct worker *by = named_worker(g, "hakan.ek");
    struct date due = date_add_months(date_from_days(day), age_at_days(p->born, day) < 18 ? 6 : 12);
    put_day(t, "confirmed_at", day);
    put_day(t, "review_due", (int)date_days(due));
    put(t, "confirmed_by", by->id);
    put(t, "state", "BEKRAFTAD");
    tale_step(g, t, past(g, on_day(day, between(g, 9, 15), upto(g, 60))), by);
}

/* First soon after it was proposed; an open one again so lately that its next review still lies
 * ahead. */
static void confirm_as_due(struct demo *g, struct tale *t, const struct person *p, int made, int to)
{
    int last = to ? to - 2 : g->today - 3, first = made + between(g, 2, 12);
    int back = age_at_days(p->born, g->today) < 19 ? 150 : 340;
    confirm(g, t, p, first < last ? first : last > made ? last : made);
    if (!to && first < g->today - back)
        confirm(g, t, p, between(g, g->today - back, last));
}

static void put_end(struct demo *g, struct tale *t, int to, bool moved)
{
    put_day(t, "to", to);
    put(t, "end_reason",
        moved ? "BYTT"
              : WEIGHTED(g, {"LAMNAT", 52}, {"UTGANGEN", 24}, {"UTESLUTEN", 12}, {"FEL", 12}));
    put(t, "state", "UPPHORD");
}

/* to 0: still open. moved: left for another group. */
static void make_membership(struct demo *g, int person, int group, int from, int to, bool moved)
{
    const struct person *p = &g->people[POLICE].at[person];
    const struct worker *analyst = worker(g, "ANALYT_P", NULL, on_day(from, 9, 0));
    int seen = from > g->day0 ? from : g->day0;
    instant made = office(g, on_day(seen, 9, 0));
    if (made < p->made)
        made = p->made + 600;
    struct tale t = tale_begin(g, "membership", "POL", "SEKRETESS");
    put(&t, "person", p->id);
    put(&t, "group", g->groups[group].id);
    put(&t, "role",
        WEIGHTED(g, {"MEDLEM", 42}, {"YNGRE", 22}, {"STODJANDE", 14}, {"NYCKELPERSON", 10},
                 {"LEDARE", 5}, {"OKAND", 7}));
    put_day(&t, "from", from);
    put_grounds(g, &t);
    put(&t, "minor_at_entry", age_at_days(p->born, from) < 18 ? "1" : "0");
    put_day(&t, "review_due", day_of_instant(made) + 180);
    tale_step(g, &t, past(g, made), analyst);
    confirm_as_due(g, &t, p, day_of_instant(made), to);
    if (to) {
        put_end(g, &t, to, moved);
        tale_step(g, &t, past(g, on_day(to, 15, upto(g, 60))), analyst);
        tale_end(g, &t);
    } else {
        tale_end_open(g, &t);
    }
    remember(g, person, group, from, to);
}

static int age_at_entry(struct demo *g)
{
    switch (WEIGHTED(g, {"a", 12}, {"b", 24}, {"c", 34}, {"d", 18}, {"e", 12})[0]) {
    case 'a':
        return between(g, 15, 17);
    case 'b':
        return between(g, 18, 20);
    case 'c':
        return between(g, 21, 25);
    case 'd':
        return between(g, 26, 30);
    default:
        return between(g, 31, 45);
    }
}

static int standing_group(struct demo *g, int from, int to)
{
    for (int tries = 0; tries < 80; tries++) {
        int i = upto(g, g->n_groups);
        const struct group *o = &g->groups[i];
        if (o->formed <= from && (!o->dissolved || (to && o->dissolved >= to)))
            return i;
    }
    return -1;
}

/* A person with one open membership, or with none any more; earlier ones before it. */
static void make_member(struct demo *g, bool former, bool earlier, bool second)
{
    int entry = between(g, g->day0 - 300, g->today - (former ? 320 : 40));
    int end = former ? between(g, entry + 90, g->today - 30) : 0;
    int group = standing_group(g, entry, end);
    if (group < 0)
        group = 0, entry = g->groups[0].formed > entry ? g->groups[0].formed + 5 : entry;
    int born = entry - age_at_entry(g) * 365 - between(g, 10, 350);
    struct human h = human_born(g, born);
    int before = earlier ? entry - between(g, 60, 500) : entry;
    if (before < born + 13 * 365)
        before = entry;
    instant made = on_day(before > g->day0 ? before : g->day0 - 20 + upto(g, 20), between(g, 8, 15),
                          upto(g, 60));
    int n = make_person(g, POLICE, &h,
                        former        ? "MISSTANKT_KOPPLING"
                        : odds(g, 78) ? "MEDLEM"
                                      : "MISSTANKT_KOPPLING",
                        former ? 'F' : 'M', past(g, made));
    int old = before < entry ? standing_group(g, before, entry) : -1;
    if (old >= 0 && old != group)
        make_membership(g, n, old, before, entry, true);
    make_membership(g, n, group, entry, end, false);
    int also = second ? standing_group(g, entry, 0) : -1;
    if (also >= 0 && also != group && also != old)
        make_membership(g, n, also, between(g, entry, g->today - 30), 0, false);
}

void make_members(struct demo *g)
{
    begin_part(g, "medlemmar");
    int current = MEMBER_CURRENT * g->scale, former = MEMBER_FORMER * g->scale;
    int share = 100 * (MEMBERSHIPS - MEMBER_CURRENT * 107 / 100 - MEMBER_FORMER) /
                (MEMBER_CURRENT + MEMBER_FORMER);
    for (int i = 0; i < current && !g->failed; i++)
        make_member(g, false, odds(g, share + 10), odds(g, 7));
    for (int i = 0; i < former && !g->failed; i++)
        make_member(g, true, odds(g, share + 10), false);
}

int member_at(struct demo *g, int group, int day)
{
    const struct group *o = group >= 0 ? &g->groups[group] : NULL;
    for (int tries = 0; o && o->n_members && tries < 12; tries++) {
        const struct member *m = &g->members[o->members[upto(g, o->n_members)]];
        const struct person *p = &g->people[POLICE].at[m->person];
        if (m->from <= day && (!m->to || m->to > day) && !p->died && day_of_instant(p->made) <= day)
            return m->person;
    }
    return -1;
}
