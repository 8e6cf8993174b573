/* demo/meetings.c: five years of weekly coordination meetings, their minutes adjusted and locked,
 * and the one of this week as the rules make it. One week lately had none. */
#include "stage.h"

#define HISTORY_TO 21 /* days before now: the later ones are made by the rules */
#define GAP_WEEKS 5   /* so long ago there was no meeting; nor in July, nor at Christmas */

static const char *const secretaries[] = {"asa.lind", "hakan.ek", "eva.strand"};

static bool no_meeting(const struct demo *g, int day)
{
    struct date d = date_from_days(day);
    int year, week;
    date_iso_week(d, &year, &week);
    return (d.m == 7 && d.d > 7) || week >= 52 || week == 1 ||
           (g->today - day) / 7 == GAP_WEEKS;
}

static void told(struct demo *g, struct tale *t, instant at, const struct worker *by)
{
    tale_once(g, t, at, by);
}

static void attend(struct demo *g, const char *meeting, instant at, const struct worker *by)
{
    static const char *const logins[] = {"asa.lind", "hakan.ek", "eva.strand", "mira.holm"};
    for (size_t i = 0; i < N_OF(logins); i++) {
        const struct worker *w = named_worker(g, logins[i]);
        struct tale t = tale_begin(g, "meeting_participant", by->agency, "DELAD");
        put(&t, "meeting", meeting);
        put(&t, "user", w->id);
        put(&t, "agency", w->agency);
        put(&t, "present", WEIGHTED(g, {"NARVARANDE", 82}, {"DISTANS", 9}, {"FRANVARANDE", 9}));
        told(g, &t, at, by);
    }
}

static void decide(struct demo *g, const char *meeting, const char *item, instant at,
                   const struct worker *by)
{
    struct tale t = tale_begin(g, "meeting_decision", by->agency, "DELAD");
    put(&t, "agenda_item", item);
    put(&t, "meeting", meeting);
    put(&t, "text",
        EITHER(g, "Gruppen får budskapet på nytt innan helgen.",
               "Inget samtal förrän avstämningen är klar hos alla tre.",
               "Fältarna är ute fredag och lördag kväll.",
               "Omgången fortsätter fyra veckor till, sedan ny prövning.",
               "Skolan får en kontaktperson hos polisen.",
               "Nästa call-in planeras till efter sommaren.",
               "Händelsen tas upp igen när utredningen kommit längre."));
    put(&t, "decided_by", named_worker(g, "asa.lind")->id);
    if (odds(g, 40))
        put_day(&t, "due", day_of_instant(at) + between(g, 3, 21));
    told(g, &t, at, by);
}

static void give_task(struct demo *g, const char *item, const char *heard, instant at,
                      const struct worker *by)
{
    const struct worker *to = named_worker(g, ONE_OF(g, secretaries));
    instant due = at + between(g, 4, 10) * DAY, done = later_by(g, at, 4);
    struct tale t = tale_begin(g, "task", to->agency, "DELAD");
    put(&t, "title",
        EITHER(g, "Ring rektorn och berätta vad som händer", "Boka lokal för nästa samtal",
               "Lista vilka som kan nås före helgen", "Fråga hyresvärden om porten",
               "Stäm av åtgärderna med frivården", "Uppdatera gruppens delade text"));
    put(&t, "owner", to->id);
    put_time(&t, "due", due);
    put(&t, "priority", "2");
    put(&t, "source", item);
    put(&t, "heard_by", heard);
    tale_step(g, &t, at, by);
    put(&t, "state", odds(g, 92) ? "KLAR" : "EJ_UTFORBAR");
    put_time(&t, "done_at", done);
    tale_step(g, &t, done, to);
    tale_end(g, &t);
}

static void make_points(struct demo *g, const char *meeting, const char *heard, instant at,
                        const struct worker *by)
{
    const struct code_list *l = model_list(g->c->model, "agenda_kind");
    int no = 0;
    for (int i = 0; i < l->n_codes; i++) {
        const struct code *code = &l->codes[i];
        if (str_eq(code->group, "EGEN"))
            continue;
        struct tale t = tale_begin(g, "agenda_item", by->agency, "DELAD");
        AUTOFREE char *item = xstrdup(t.r->id);
        put(&t, "meeting", meeting);
        put_n(&t, "no", ++no);
        put(&t, "kind", code->code);
        put(&t, "title", code->label.sv);
        put(&t, "heard_by", heard);
        told(g, &t, at, by);
        if (str_eq(code->code, "BESLUT") || (no > 2 && no < 9 && odds(g, 25)))
            decide(g, meeting, item, at + HOUR, by);
        if (str_eq(code->code, "UPPGIFTER") || (no > 2 && no < 9 && odds(g, 20)))
            give_task(g, item, heard, at + HOUR, by);
    }
}

static void past_meeting(struct demo *g, int day, int turn)
{
    const struct worker *by = named_worker(g, secretaries[turn % 3]),
                        *adjuster = named_worker(g, secretaries[(turn + 1) % 3]);
    const char *heard = "SNC,POL,FRI";
    instant at = on_day(day, 13, 0);
    struct tale t = tale_begin(g, "meeting", by->agency, "DELAD");
    put(&t, "kind", "SAMORDNING");
    put_time(&t, "starts", at);
    put(&t, "place", EITHER(g, "Stadshuset, rum Eken", "Polishuset, plan 4", "Frivårdens kontor"));
    put(&t, "heard_by", heard);
    put(&t, "chair", named_worker(g, "asa.lind")->id);
    put(&t, "secretary", by->id);
    put(&t, "adjuster", adjuster->id);
    tale_step(g, &t, at - 3 * DAY, by);
    put_time(&t, "began_at", at);
    put(&t, "state", "PAGAR");
    tale_step(g, &t, at, by);
    put_time(&t, "minutes_at", at + 2 * HOUR);
    put(&t, "state", "PROTOKOLL_UTKAST");
    tale_step(g, &t, at + 2 * HOUR, by);
    instant adjusted = later_by(g, at + 3 * HOUR, 1);
    put_time(&t, "adjusted_at", adjusted);
    put(&t, "state", "JUSTERAT");
    tale_step(g, &t, adjusted, adjuster);
    put(&t, "state", "LAST");
    put(&t, "locked", "1");
    tale_step(g, &t, adjusted + DAY, NULL);
    AUTOFREE char *id = xstrdup(t.r->id);
    tale_end(g, &t);
    attend(g, id, at, by);
    make_points(g, id, heard, at, by);
}

void make_meetings(struct demo *g)
{
    begin_part(g, "möten");
    int day = g->day0 + (8 - date_wday(date_from_days(g->day0))) % 7; /* Tuesdays */
    for (int turn = 0; day < g->today - HISTORY_TO && !g->failed; day += 7, turn++)
        if (!no_meeting(g, day))
            past_meeting(g, day, turn);
}

/* --- this month, by the rules ------------------------------------------------------------------ */

static const char *point_of(struct demo *g, const char *meeting, const char *kind)
{
    struct record *r = look_first(g->c, "agenda_item", "no", "meeting == \"%s\" and kind == \"%s\"",
                                  meeting, kind);
    const char *id = arena_strdup(&g->keep, r ? r->id : "");
    record_free(r);
    return id;
}

/* Over: its task is done, and the minutes are adjusted the day after. */
static void settle(struct demo *g, int day, const char *meeting)
{
    const char *point = point_of(g, meeting, "UPPGIFTER");
    struct record *task = look_first(g->c, "task", "id", "source == \"%s\"", point);
    if (task)
        stage_do(g, "hakan.ek", on_day(day + 3, 11, 0), task->id, "KLAR", NULL);
    record_free(task);
    stage_do(g, "hakan.ek", on_day(day + 1, 10, 0), meeting, "JUSTERAT", NULL);
}

static const char *hold(struct demo *g, int day)
{
    instant at = on_day(day, 13, 0);
    const char *m = stage_new(g, "asa.lind", at - 4 * DAY, "meeting", "kind", "SAMORDNING",
                              "starts", stage_time(g, at), "place", "Stadshuset, rum Eken",
                              "adjuster", "hakan.ek", NULL);
    stage_do(g, "asa.lind", at, m, "PAGAR", NULL);
    ROWS people = look_all(g->c, "meeting_participant", "id", "meeting == \"%s\"", m);
    for (int i = 0; i < people.n; i++)
        stage_set(g, "asa.lind", at + 60, people.at[i]->id, "present", "NARVARANDE", NULL);
    stage_new(g, "asa.lind", at + HOUR, "meeting_decision", "agenda_item",
              point_of(g, m, "OBESVARADE"), "text",
              "Gruppen får budskapet på nytt innan helgen.", NULL);
    stage_new(g, "asa.lind", at + HOUR, "task", "source", point_of(g, m, "UPPGIFTER"), "title",
              "Lista vilka som kan nås före helgen", "agency", "POL", "due",
              stage_time(g, at + 6 * DAY), NULL);
    stage_do(g, "asa.lind", at + 2 * HOUR, m, "PROTOKOLL_UTKAST", NULL);
    return m;
}

/* The last three, whose minutes may still have to be adjusted, and the next. */
void open_meetings(struct scene *s)
{
    struct demo *g = s->g;
    int tuesday = g->today - (date_wday(date_from_days(g->today)) + 6) % 7;
    if (tuesday == g->today)
        tuesday -= 7;
    for (int day = tuesday - 14; day <= tuesday; day += 7) {
        const char *m = hold(g, day);
        if (day + 3 < g->today)
            settle(g, day, m);
    }
    stage_new(g, "asa.lind", on_day(tuesday + 1, 9, 0), "meeting", "kind", "SAMORDNING", "starts",
              stage_time(g, on_day(tuesday + 7, 13, 0)), "place", "Stadshuset, rum Eken",
              "adjuster", "eva.strand", NULL);
}
