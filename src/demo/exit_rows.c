/* demo/exit_rows.c: what belongs to a case: consents, threats, needs, the plan and what is done, places,
 * meetings and setbacks. */
#include "exits.h"

static const struct {
    const char *need, *kind, *goal, *text, *who;
} help[] = {
    {"BOENDE", "BOENDE", "Bor tryggt i eget kontrakt", "Kontrakt utanför kommunen", "Socialtjänsten"},
    {"SYSSELSATTNING", "SYSSELSATTNING", "Har ett arbete att gå till", "Praktik, snickeri",
     "Arbetsförmedlingen"},
    {"SKULDER", "SKULDSANERING", "Vet vad hen är skyldig", "Möte om skuldsanering", "Budgetrådgivaren"},
    {"PSYKISK", "SAMTALSSTOD", "Sover om nätterna", "Samtal varje vecka", "Vårdcentralen"},
    {"SKYDD", "SKYDD", "Kan röra sig utan rädsla", "Skydd i vardagen gås igenom", "Handläggaren"},
    {"FAMILJ", "FAMILJESTOD", "Har kontakt med sin bror", "Samtal med familjen", "Familjestödet"},
    {"MISSBRUK", "MISSBRUKSVARD", "Är drogfri", "Öppenvård två dagar i veckan", "Beroendevården"},
};

static struct tale row(struct demo *g, const struct exit_story *x, const char *kind, const char *parent,
                       bool life)
{
    struct tale t = tale_begin(g, kind, "SNC", life ? "SKYDD" : "SEKRETESS");
    put(&t, parent, x->id);
    return t;
}

static bool has_come(const struct exit_story *x, int days, const struct demo *g)
{
    return x->opened + days * DAY < (x->closed ? x->closed : g->now) - HOUR;
}

static void make_consent(struct demo *g, const struct exit_story *x)
{
    if (!has_come(x, 3, g))
        return;
    int given = day_of_instant(x->opened) + 2, to = given + 365;
    bool minor = age_at_days(x->person->born, given) < 18;
    struct tale t = row(g, x, "consent", "exit_case", false);
    put(&t, "person", x->person->id);
    put_day(&t, "given_at", given);
    put(&t, "given_by", minor ? "VARDNADSHAVARE" : "SELF");
    put(&t, "form_version", "Samtycke, version 3");
    put(&t, "signed_doc", "Akten, flik 1");
    putf(&t, "agencies", "%s,%s", agency_id(g, "POL"), agency_id(g, "FRI"));
    put(&t, "data_kinds", "IDENTITET,HOTBILD,INSATSER");
    put(&t, "purpose", "INFORMATIONSUTBYTE");
    put_day(&t, "valid_to", to);
    put_day(&t, "renew_at", to - 30);
    tale_step(g, &t, x->opened + 2 * DAY, x->handler);
    put(&t, "state", "AKTIVT");
    tale_step(g, &t, x->opened + 2 * DAY + HOUR, x->handler);
    instant end = x->opened + 400 * DAY;
    if (odds(g, 6) && has_come(x, 90, g)) {
        put(&t, "state", "ATERKALLAT");
        put_time(&t, "withdrawn_at", x->opened + 80 * DAY);
        put(&t, "withdrawn_how", "Sade det på telefon");
        put(&t, "continued", "Stödet går vidare utan polisen.");
        tale_step(g, &t, x->opened + 80 * DAY, x->handler);
    } else if (to < g->today) {
        put(&t, "state", "UTGANGET");
        tale_step(g, &t, end < g->now ? end : g->now - HOUR, NULL);
    }
    if (x->closed || to < g->today)
        tale_end(g, &t);
    else
        tale_end_open(g, &t);
}

static void make_threat(struct demo *g, const struct exit_story *x, instant asked)
{
    bool answered = asked + 6 * DAY < g->now;
    struct tale t = row(g, x, "threat_assessment", "exit_case", true);
    put_time(&t, "requested_at", asked);
    put(&t, "requested_by", x->handler->id);
    put(&t, "threat_from", EITHER(g, "Några i den gamla gruppen", "En äldre man han är skyldig pengar",
                                  "Vet inte vilka"));
    put(&t, "against", odds(g, 30) ? "SELF,FAMILJ" : "SELF");
    tale_step(g, &t, asked, x->handler);
    if (answered) {
        put_time(&t, "answered_at", asked + 5 * DAY);
        put(&t, "answered_by", "Polisens avhopparsamordnare");
        put(&t, "method", WEIGHTED(g, {"POLIS", 70}, {"STRUKTURERAD", 25}, {"KLINISK", 5}));
        put_n(&t, "level", x->high ? between(g, 3, 4) : between(g, 1, 2));
        put(&t, "advice", x->high ? "FLYTT,TELEFONBYTE" : "UNDVIK_OMRADE");
        put_day(&t, "valid_until", day_of_instant(asked) + 95);
        tale_step(g, &t, asked + 5 * DAY, x->handler);
    }
    if (x->closed || asked + 90 * DAY < g->now)
        tale_end(g, &t);
    else
        tale_end_open(g, &t);
}

/* Judged anew every three months, as long as the case is open. */
static void make_threats(struct demo *g, const struct exit_story *x)
{
    instant end = (x->closed ? x->closed : g->now) - HOUR;
    for (instant at = x->opened + 3 * DAY; at < end; at += 90 * DAY)
        make_threat(g, x, at);
}

static void make_decision(struct demo *g, const struct exit_story *x)
{
    if (!has_come(x, 29, g))
        return;
    struct tale t = row(g, x, "decision", "entity", false);
    put(&t, "kind", x->high ? "PLACERING" : "BISTAND");
    put(&t, "content", "Stöd för att lämna, enligt planen.");
    put(&t, "reasons", "Viljan är tydlig och behovet kan inte tillgodoses på annat sätt.");
    put(&t, "legal_basis", "Socialtjänstlagen (2025:400)");
    put(&t, "rapporteur", x->handler->id);
    tale_step(g, &t, x->opened + 26 * DAY, x->handler);
    put(&t, "state", "FATTAT");
    put_day(&t, "date", day_of_instant(x->opened) + 27);
    put(&t, "decided_by", named_worker(g, "tom.berg")->id);
    tale_step(g, &t, x->opened + 27 * DAY, named_worker(g, "tom.berg"));
    put_day(&t, "served_at", day_of_instant(x->opened) + 28);
    tale_step(g, &t, x->opened + 28 * DAY, x->handler);
    tale_end(g, &t);
}

static void make_need(struct demo *g, const struct exit_story *x, const char *domain, int day, int level)
{
    struct tale t = row(g, x, "need_assessment", "exit_case", false);
    put(&t, "domain", domain);
    put_n(&t, "level", level);
    put_n(&t, "importance", between(g, 1, 3));
    put_day(&t, "at", day);
    tale_once(g, &t, on_day(day, 14, upto(g, 60)), x->handler);
}

static void make_activity(struct demo *g, const struct exit_story *x, const char *goal, int i, int from)
{
    int to = from + between(g, 20, 150);
    bool done = x->closed || (to < g->today && odds(g, 92));
    struct tale t = row(g, x, "activity", "exit_case", false);
    put(&t, "goal", goal);
    put(&t, "kind", help[i].kind);
    put(&t, "text", help[i].text);
    put(&t, "responsible", help[i].who);
    put_day(&t, "from", from);
    put_day(&t, "to", to);
    if (strcmp(help[i].kind, "SAMTALSSTOD") == 0)
        put(&t, "frequency", "varje vecka");
    put(&t, "state", done ? "KLAR" : WEIGHTED(g, {"PAGAR", 60}, {"VANTAR", 25}, {"EJ_BORJAD", 15}));
    tale_step(g, &t, on_day(from, 15, 0), x->handler);
    if (done)
        tale_end(g, &t);
    else
        tale_end_open(g, &t);
}

static void make_plan(struct demo *g, const struct exit_story *x)
{
    if (!x->started)
        return;
    int from = day_of_instant(x->started);
    struct tale t = row(g, x, "plan", "exit_case", false);
    char plan[ID_LEN + 1], goal[ID_LEN + 1];
    snprintf(plan, sizeof plan, "%s", t.r->id);
    put(&t, "version", "1");
    put_day(&t, "from", from);
    put_day(&t, "client_signed", from);
    tale_once(g, &t, x->started - DAY, x->handler);
    for (int n = between(g, 3, 6), i = upto(g, (int)N_OF(help)); n > 0;
         n--, i = (i + 1) % (int)N_OF(help)) {
        t = row(g, x, "goal", "exit_case", false);
        snprintf(goal, sizeof goal, "%s", t.r->id);
        put(&t, "plan", plan);
        put(&t, "need", help[i].need);
        put(&t, "text", help[i].goal);
        put_day(&t, "target_date", from + between(g, 90, 300));
        put(&t, "state", x->closed ? WEIGHTED(g, {"UPPNATT", 50}, {"DELVIS", 35}, {"EJ_UPPNATT", 15})
                                   : "PAGAR");
        put_n(&t, "measure", x->closed ? between(g, 4, 10) : between(g, 1, 6));
        tale_once(g, &t, x->started - HOUR, x->handler);
        make_need(g, x, help[i].need, from, between(g, 2, 4));
        make_activity(g, x, goal, i, from);
    }
}

static void make_follow_ups(struct demo *g, const struct exit_story *x)
{
    if (!x->started)
        return;
    int first = day_of_instant(x->started), end = x->last_seen;
    for (int day = first + 14; day <= end; day += day < first + 91 ? 14 : 30) {
        struct tale t = row(g, x, "follow_up", "exit_case", false);
        put_day(&t, "date", day + 14 > end ? end : day);
        put(&t, "present", "Klienten, handläggaren");
        put(&t, "ratings", EITHER(g, "Skydd 3, boende 2", "Boende 1, arbete 2", "Sömn 2, skulder 3"));
        if (odds(g, 20))
            put(&t, "deviation", "Praktiken blev inte av.");
        put(&t, "state", "HALLEN");
        tale_once(g, &t, on_day(day, 15, upto(g, 60)), x->handler);
    }
}

static void make_place(struct demo *g, const struct exit_story *x)
{
    if (!x->high || !x->started || odds(g, 20))
        return;
    int from = day_of_instant(x->opened) + 2;
    struct tale t = row(g, x, "placement", "exit_case", true);
    put(&t, "provider", EITHER(g, "Björkgården", "Lugna huset", "Sjövillan", "Skogsgläntan"));
    put(&t, "address", "Skyddad gata 1");
    put(&t, "municipality", odds(g, 70) ? EITHER(g, "1497", "1496", "1495", "1494") : "1499");
    put_day(&t, "from", from);
    put_n(&t, "cost_day", between(g, 12, 38) * 100);
    putf(&t, "access_list", "%s,%s", x->handler->id, x->backup->id);
    put(&t, "collision_result", "INGEN");
    put_time(&t, "collision_at", x->opened + 2 * DAY);
    put(&t, "collision_by", x->handler->id);
    put(&t, "state", x->closed ? "AVSLUTAD" : "PAGAR");
    if (x->closed)
        put_day(&t, "to", day_of_instant(x->closed));
    tale_once(g, &t, x->opened + 2 * DAY, x->handler);
}

static void make_setbacks(struct demo *g, const struct exit_story *x)
{
    for (int n = x->started ? upto(g, 3) : 0; n > 0; n--) {
        instant end = x->closed ? x->closed : g->now - DAY;
        instant at = x->started + (end - x->started) * n / 4;
        struct tale t = row(g, x, "setback", "exit_case", false);
        put_time(&t, "at", at);
        put(&t, "kind", WEIGHTED(g, {"UTEBLIVEN", 40}, {"DROG", 24}, {"KONTAKT_GRUPP", 14},
                                 {"NYTT_BROTT", 10}, {"HOT", 8}, {"ROJD", 2}, {"SJALVSKADA", 2}));
        put(&t, "action", "Samtal nästa dag, tätare möten en tid.");
        tale_once(g, &t, at + HOUR, x->handler);
    }
}

/* Open and in danger: what the night shift does when they call. */
static void make_acute(struct demo *g, const struct exit_story *x)
{
    if (!x->high || x->closed || !x->started)
        return;
    struct tale t = row(g, x, "emergency_plan", "exit_case", true);
    put(&t, "call_name", given_name(g, 'M'));
    put(&t, "steps", "1. Fråga efter kodordet. 2. Ring 112 vid fara. 3. Ring chefen i beredskap. "
                     "4. Säg aldrig platsen högt.");
    putf(&t, "phones", "031-390 06 %02d", between(g, 0, 49));
    put(&t, "code_word", EITHER(g, "blåbär", "segelbåt", "linjal", "tegelsten"));
    putf(&t, "authorised", "%s,%s,%s", x->handler->id, x->backup->id,
         named_worker(g, "per.nystrom")->id);
    tale_once(g, &t, x->started, x->handler);
}

void make_exit_rows(struct demo *g, const struct exit_story *x)
{
    make_consent(g, x);
    make_threats(g, x);
    make_decision(g, x);
    make_plan(g, x);
    make_follow_ups(g, x);
    make_place(g, x);
    make_setbacks(g, x);
    make_acute(g, x);
}
