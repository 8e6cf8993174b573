/* demo/on_call.c: the duty roster of this week, last weekend's handovers read and closed, this one's
 * on its way, and a few documents. */
#include "stage.h"
#include "treben/store/blob.h"

static const struct {
    const char *agency, *writer, *night, *phone, *text;
} desks[] = {
    {"SNC", "asa.lind", "per.nystrom", "031-390 06 01",
     "Fältarna är ute fredag och lördag till 01. Oro bland föräldrar i Kvarnby."},
    {"POL", "hakan.ek", "lena.falk", "031-390 06 02",
     "Risk för hämnd efter veckans skjutning. Matcher lördag: folk rör sig vid arenan."},
};

static void roster(struct demo *g, size_t i, int day, int days)
{
    stage_new(g, desks[i].night, on_day(g->today - 10, 9, (int)i), "duty_roster", "user",
              desks[i].night, "from", stage_time(g, on_day(day, 16, 0)), "to",
              stage_time(g, on_day(day + days, 8, 0)), "phone", desks[i].phone, NULL);
}

static const char *hand_over(struct demo *g, size_t i, int friday)
{
    const char *h = stage_new(g, desks[i].writer, on_day(friday, 13, 30), "handover", "from",
                              stage_time(g, on_day(friday, 16, 0)), "to",
                              stage_time(g, on_day(friday + 3, 8, 0)), "shared_text", desks[i].text,
                              "who_decides", "Ansvarig chef i beredskap", NULL);
    stage_do(g, desks[i].writer, on_day(friday, 14, 20), h, "LAMNAD", NULL);
    stage_do(g, desks[i].night, on_day(friday, 16, 10), h, "KVITTERAD", NULL);
    return h;
}

/* A page of text as its bytes. */
static void document(struct demo *g, const char *login, instant at, const char *title,
                     const char *kind, const char *text)
{
    const struct worker *w = named_worker(g, login);
    const char *blob = arena_strdup(&g->keep, id_new().text);
    char when[INSTANT_TEXT];
    instant_text(at, when);
    if (g->failed || !blob_put(g->c->store, blob, 0, w->id, when, text, strlen(text), g->e)) {
        g->failed = true;
        return;
    }
    stage_new(g, login, at, "document", "title", title, "kind", kind, "blob", blob, NULL);
}

void open_on_call(struct scene *s)
{
    struct demo *g = s->g;
    int friday = g->today - (date_wday(date_from_days(g->today)) + 3) % 7;
    if (friday == g->today)
        friday -= 7;
    for (size_t i = 0; i < N_OF(desks); i++) {
        for (int day = friday - 4; day < friday; day++)
            roster(g, i, day, 1);
        roster(g, i, friday, 3);
        for (int day = friday + 3; day < friday + 6; day++)
            roster(g, i, day, 1);
        const char *h = hand_over(g, i, friday - 7);
        stage_do(g, desks[i].night, on_day(friday - 4, 7, 40), h, "ATERRAPPORTERAD", "report",
                 "Lugnt. Två samtal till jouren, inget som rör grupperna.", NULL);
        stage_do(g, desks[i].writer, on_day(friday - 4, 9, 0), h, "STANGD", NULL);
        hand_over(g, i, friday);
    }
    document(g, "asa.lind", on_day(g->today - 30, 10, 0), "Överenskommelse om samverkan",
             "OVERENSKOMMELSE", "Parterna samverkar mot dödligt våld. Påhittad text.\n");
    document(g, "hakan.ek", on_day(g->today - 12, 10, 0), "Riskbedömning inför helgen",
             "RISKBEDOMNING", "Tre platser följs. Påhittad text.\n");
}
