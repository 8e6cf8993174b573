/* demo/messages.c: the messages of the programme and their wordings, each approved by all three
 * parties. */
#include "inside.h"

#define LANGUAGES 3
#define WORDINGS 3 /* at most, in a language */

static const struct {
    const char *code, *purpose, *audience;
    const char *text[LANGUAGES]; /* NULL: not in that language */
} messages[] = {
    {"CN-GRUND",
     "CN",
     "Vuxna i de kartlagda grupperna",
     {"Vi är här för att vi vill att du ska leva och vara fri. Våldet måste sluta nu. Nästa gång "
      "någon i gruppen skjuter "
      "riktar vi all vår uppmärksamhet mot hela gruppen. Den som vill något annat får hjälp: ring "
      "numret på kortet, "
      "dygnet runt.",
      "We are here because we want you to stay alive and free. The violence must stop now. The "
      "next time anybody in the "
      "group shoots, all our attention goes to the whole group. Whoever wants something else gets "
      "help: call the number "
      "on the card, day or night.",
      "Tu smo jer želimo da ostaneš živ i na slobodi. Nasilje mora prestati. Ko želi nešto drugo, "
      "dobit će pomoć."}},
    {"CN-UNG",
     "CN",
     "Ungdomar och deras vårdnadshavare",
     {"Vi vet att du är ung och att andra vill använda dig. Du är viktig för oss. Ingen får be dig "
      "bära vapen eller köra "
      "ärenden åt dem. Vi hjälper dig och din familj, och vi börjar i dag om du vill.",
      "We know that you are young and that others want to use you. You matter to us. We help you "
      "and your family, and we "
      "begin today if you want.",
      "Znamo da si mlad i da te drugi žele iskoristiti. Važan si nam. Pomažemo tebi i tvojoj "
      "porodici."}},
    {"CALLIN",
     "CALL_IN",
     "Kallade till call-in",
     {"Ni är här för att föra ett budskap vidare till era vänner: våldet måste sluta. Den grupp "
      "som står för nästa "
      "skjutning får all vår uppmärksamhet. Den som vill ut får hjälp.",
      "You are here to carry a message to your friends: the violence must stop. The group behind "
      "the next shooting gets "
      "all our attention. Whoever wants out gets help.",
      "Ovdje ste da prenesete poruku svojim prijateljima: nasilje mora prestati."}},
    {"ATERKOPPLING",
     "ATERKOPPLING",
     "Grupper efter en sanktionsomgång",
     {"Det som har hänt de senaste veckorna har hänt på grund av skjutningen. Ni visste vad som "
      "gällde. Det slutar när "
      "våldet slutar. Erbjudandet om hjälp står kvar.",
      "What has happened these last weeks happened because of the shooting. You knew. It ends when "
      "the violence ends. The "
      "offer of help stands.",
      "Ovo se dogodilo zbog pucnjave. Prestaje kada prestane nasilje. Ponuda pomoći i dalje "
      "važi."}},
    {"BREV",
     "BREV",
     "Den som inte går att träffa",
     {"Vi har sökt dig för att prata. Ring oss när du kan. Vi vill att du ska leva och vara fri, "
      "och vi kan hjälpa dig som "
      "vill något annat.",
      "We have tried to reach you to talk. Call us when you can. We want you to stay alive and "
      "free.",
      "Tražili smo te da razgovaramo. Nazovi nas kada možeš."}},
    {"ANHORIG",
     "ANHORIG",
     "Föräldrar och syskon",
     {"Ni är inte ensamma. Vi pratar gärna med er om oron för er son eller bror, utan att något "
      "förs vidare som ni inte "
      "vill.",
      "You are not alone. We are glad to talk with you about your worry for a son or brother.",
      NULL}},
};
static const char *const languages[LANGUAGES] = {"SV", "EN", "BS"};
static const int wordings[LANGUAGES] = {3, 2, 2};

struct wording {
    const char *message, *text, *language, *purpose;
    int no, edition;
    instant from, to;
};

static void approve(struct demo *g, const char *version, const char *login, instant at)
{
    const struct worker *by = named_worker(g, login);
    struct tale t = tale_begin(g, "approval", "SNC", "DELAD");
    put(&t, "subject", version);
    put(&t, "step", "GODKAND");
    put(&t, "agency", agency_id(g, by->agency));
    put(&t, "user", by->id);
    put_time(&t, "at", at);
    put(&t, "answer", "JA");
    tale_once(g, &t, at, by);
}

static void make_wording(struct demo *g, const struct wording *w)
{
    const struct worker *by = named_worker(g, "asa.lind");
    struct tale t = tale_begin(g, "message_version", "SNC", "DELAD");
    struct version *v = &g->versions[g->n_versions++];
    *v = (struct version){
        .purpose = w->purpose, .language = w->language, .from = w->from, .to = w->to};
    snprintf(v->id, sizeof v->id, "%s", t.r->id);
    put(&t, "message", w->message);
    put_n(&t, "no", w->no);
    put(&t, "language", w->language);
    put(&t, "text", w->text);
    tale_step(g, &t, w->from - 9 * DAY, by);
    put(&t, "state", "REMISS");
    tale_step(g, &t, w->from - 8 * DAY, by);
    approve(g, v->id, "hakan.ek", w->from - 6 * DAY);
    approve(g, v->id, "eva.strand", w->from - 3 * DAY);
    approve(g, v->id, "ingrid.ros", w->from);
    put(&t, "state", "GODKAND");
    put_day(&t, "valid_from", day_of_instant(w->from));
    tale_step(g, &t, w->from, named_worker(g, "ingrid.ros"));
    put(&t, "locked", "1"); /* it has been said to somebody */
    tale_step(g, &t, w->from + 6 * DAY, NULL);
    if (w->to != INSTANT_NONE) {
        put(&t, "state", "ERSATT");
        put_day(&t, "valid_to", day_of_instant(w->to));
        tale_step(g, &t, w->to, NULL);
    }
    tale_end(g, &t);
}

/* When the wording of that edition was approved: the first before the programme began, the others
 * spread over it. */
static instant edition_day(const struct demo *g, int message, int language, int edition)
{
    if (edition == 0)
        return on_day(g->day0 - 40 + message * 3 + language, 10, 0);
    return on_day(g->day0 + edition * 560 + message * 17 + language * 5, 10, 30);
}

static void make_message(struct demo *g, int i)
{
    struct tale t = tale_begin(g, "message", "SNC", "DELAD");
    AUTOFREE char *id = xstrdup(t.r->id);
    int no = 0;
    put(&t, "code", messages[i].code);
    put(&t, "purpose", messages[i].purpose);
    put(&t, "audience", messages[i].audience);
    tale_once(g, &t, edition_day(g, i, 0, 0) - 12 * DAY, named_worker(g, "asa.lind"));
    for (int edition = 0; edition < WORDINGS; edition++)
        for (int l = 0; l < LANGUAGES; l++) {
            if (!messages[i].text[l] || edition >= wordings[l])
                continue;
            STR text = {0};
            str_printf(&text, "%s", messages[i].text[l]);
            if (edition > 0 && l == 0)
                str_add(&text, edition == 1
                                   ? "\n\nDu kan ta med dig någon du litar på."
                                   : "\n\nDu kan ta med dig någon du litar på. Tolk ordnas.");
            bool last = edition + 1 == wordings[l];
            struct wording w = {.message = id,
                                .text = text.p,
                                .language = languages[l],
                                .purpose = messages[i].purpose,
                                .no = ++no,
                                .edition = edition,
                                .from = edition_day(g, i, l, edition),
                                .to = last ? INSTANT_NONE : edition_day(g, i, l, edition + 1)};
            make_wording(g, &w);
        }
}

void make_messages(struct demo *g)
{
    begin_part(g, "budskap");
    g->versions = xcalloc(N_OF(messages) * LANGUAGES * WORDINGS, sizeof *g->versions);
    for (size_t i = 0; i < N_OF(messages) && !g->failed; i++)
        make_message(g, (int)i);
}

/* The approved wording of that day, most often the Swedish one. */
const char *version_at(struct demo *g, const char *purpose, instant when)
{
    const char *language = WEIGHTED(g, {"SV", 82}, {"EN", 10}, {"BS", 8}), *found = NULL;
    for (int i = 0; i < g->n_versions; i++) {
        const struct version *v = &g->versions[i];
        if (strcmp(v->purpose, purpose) != 0 || v->from > when ||
            (v->to != INSTANT_NONE && v->to <= when))
            continue;
        if (!found || strcmp(v->language, language) == 0)
            found = v->id;
    }
    return found;
}
