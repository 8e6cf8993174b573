/* demo/words.c: invented names, places and sentences. Nothing here is, or is meant to be, a real
 * person, group or street; sentences say what such records usually say. */
#include "inside.h"

static const char *const men[] = {
    "Adam",   "Ahmed",   "Albin",      "Aleksandar", "Ali",     "Alvin",   "Amir",    "Anton",
    "Arvid",  "Axel",    "Bilal",      "Björn",      "Burak",   "Çağlar",  "Casper",  "Çetin",
    "Dániel", "Dario",   "Denis",      "Đorđe",      "Eino",    "Elias",   "Emil",    "Emre",
    "Erik",   "Fabian",  "Farid",      "Felix",      "Filip",   "Gábor",   "Gabriel", "Göran",
    "Hamza",  "Håkan",   "Hampus",     "Hasan",      "Hugo",    "Ibrahim", "Igor",    "Isak",
    "Ivan",   "Jakob",   "Jamal",      "Jesper",     "Joel",    "Jonas",   "José",    "Kenan",
    "Kevin",  "Khalid",  "Kristoffer", "Leo",        "Liam",    "Linus",   "Loke",    "Ludvig",
    "Łukasz", "Malik",   "Måns",       "Marko",      "Mattias", "Mehmet",  "Melker",  "Mikael",
    "Milan",  "Mustafa", "Nabil",      "Nikola",     "Noah",    "Oğuz",    "Olle",    "Omar",
    "Oskar",  "Pär",     "Petar",      "Rami",       "René",    "Robin",   "Sami",    "Samuel",
    "Şahin",  "Simon",   "Sixten",     "Sören",      "Stefan",  "Tarik",   "Théo",    "Tobias",
    "Tomáš",  "Valter",  "Viktor",     "Ville",      "Wilhelm", "Yasin",   "Yusuf",   "Zoran",
    "Åke",    "Östen",
};
static const char *const women[] = {
    "Agnes", "Aisha",  "Alma",  "Amina",  "Anaïs", "Anna",    "Aylin",  "Beatriz", "Çiğdem",
    "Ebba",  "Elif",   "Ella",  "Elsa",   "Emma",  "Eva",     "Fatima", "Freja",   "Hanna",
    "Ida",   "Ingrid", "Irène", "Jasmin", "Julia", "Karin",   "Lejla",  "Lena",    "Linnéa",
    "Lina",  "Lucía",  "Maja",  "Märta",  "Mina",  "Mirjana", "Nadia",  "Nora",    "Petra",
    "Rania", "Saga",   "Sanna", "Sara",   "Selma", "Sofia",   "Stina",  "Şirin",   "Tilde",
    "Tuva",  "Vera",   "Zoë",   "Åsa",    "Ülkü",
};
static const char *const families[] = {
    "Abdi",      "Ahlgren",   "Aksoy",      "Alm",        "Andrić",    "Arslan",    "Axelsson",
    "Babić",     "Barzani",   "Berg",       "Bergström",  "Björk",     "Blom",      "Boström",
    "Bülow",     "Çelik",     "Dahl",       "Demir",      "Đurić",     "Edström",   "Ek",
    "Eklund",    "Ekström",   "Engström",   "Eriksson",   "Farah",     "Forsberg",  "Fransson",
    "García",    "Grahn",     "Güler",      "Gustafsson", "Haddad",    "Håkansson", "Hallberg",
    "Hammar",    "Hansson",   "Hassan",     "Hedlund",    "Hellström", "Hernández", "Holm",
    "Hosseini",  "Horvat",    "Ilić",       "Isaksson",   "Ivanović",  "Jansson",   "Jönsson",
    "Jovanović", "Kaplan",    "Karlsson",   "Karimi",     "Kılıç",     "Kjellberg", "Kovačević",
    "Kowalska",  "Kozłowski", "Kurt",       "Lahti",      "Larsson",   "Lind",      "Lindberg",
    "Lindqvist", "Lindström", "Ljung",      "Löfgren",    "Lund",      "Lundgren",  "Magnusson",
    "Malm",      "Marković",  "Mårtensson", "Mattsson",   "Mohamud",   "Moreau",    "Müller",
    "Nilsson",   "Nguyen",    "Nordin",     "Nowak",      "Nyberg",    "Nyström",   "Öberg",
    "Öhman",     "Olsson",    "Osman",      "Östlund",    "Özdemir",   "Öztürk",    "Palm",
    "Pereira",   "Persson",   "Petrović",   "Popović",    "Rašić",     "Rosén",     "Ruiz",
    "Şahin",     "Said",      "Sandberg",   "Šarić",      "Sjöberg",   "Sjögren",   "Söderberg",
    "Ståhl",     "Stenberg",  "Strand",     "Ström",      "Sundberg",  "Svensson",  "Tadić",
    "Tekin",     "Tran",      "Vidal",      "Vuković",    "Wallin",    "Warsame",   "Wikström",
    "Yıldız",    "Yılmaz",    "Żak",        "Åberg",      "Åkesson",   "Ålund",     "Åström",
};
static const char *const nicks[] = {
    "Tyst",   "Länge",  "Räven", "Målarn", "Snabb", "Kaffe", "Storm",  "Krut",   "Silver",
    "Bagarn", "Lillen", "Norr",  "Syd",    "Blixt", "Kajan", "Falken", "Mörten", "Gäddan",
    "Smeden", "Ekan",   "Trean", "Femman", "Åttan", "Doc",   "Prof",   "Kapten", "Sömn",
    "Tiger",  "Zeta",   "Delta", "Kobra",  "Pilen", "Lägg",
};
static const char *const grounds[] = {
    "Kvarnen",   "Bryggan",   "Slussen",  "Fyren",     "Ankaret", "Gruvan",    "Smedjan", "Bruket",
    "Hammaren",  "Kajen",     "Tornet",   "Valvet",    "Spången", "Vingen",    "Skansen", "Masten",
    "Kedjan",    "Lodet",     "Klippan",  "Strömmen",  "Vallen",  "Lyktan",    "Spiran",  "Rodret",
    "Porten",    "Ässjan",    "Kransen",  "Stigen",    "Åkern",   "Ängen",     "Dungen",  "Mossen",
    "Tjärnen",   "Udden",     "Åsen",     "Älven",     "Forsen",  "Bäcken",    "Höjden",  "Backen",
    "Rondellen", "Hallen",    "Loftet",   "Magasinet", "Depån",   "Perrongen", "Spåret",  "Växeln",
    "Signalen",  "Kranen",    "Pontonen", "Lagret",    "Verket",  "Turbinen",  "Kärnan",  "Ringen",
    "Kilen",     "Triangeln", "Hörnet",   "Kvadraten",
};
static const char *const before[] = {
    "",       "Gamla ",  "Nya ",   "Norra ", "Södra ", "Östra ", "Västra ", "Lilla ",
    "Stora ", "Övre ",   "Nedre ", "Inre ",  "Yttre ", "Röda ",  "Blå ",    "Gröna ",
    "Vita ",  "Svarta ", "Höga ",  "Breda ", "Tysta ", "Djupa ",
};
static const char *const streets[] = {
    "Storgatan",      "Hamngatan",    "Kvarngatan",    "Lindallén",  "Björkvägen",
    "Skolgatan",      "Parkvägen",    "Stationsgatan", "Tallstigen", "Ekbacken",
    "Smedjegatan",    "Fabriksgatan", "Ringvägen",     "Torggatan",  "Slussgatan",
    "Verkstadsgatan", "Ängsvägen",    "Åkervägen",     "Bergsgatan", "Vallgatan",
    "Trädgårdsgatan", "Sjögatan",     "Magasinsgatan", "Lövstigen",
};
static const char *const spots[] = {
    "%s torg",        "parkeringen vid %s centrum", "%s idrottsplats",
    "hållplatsen %s", "garaget vid %s centrum",     "%s park",
};

const char *given_name(struct demo *g, char sex)
{
    return sex == 'K' ? ONE_OF(g, women) : ONE_OF(g, men);
}

const char *family_name(struct demo *g)
{
    const char *name = ONE_OF(g, families);
    if (!odds(g, 9))
        return name;
    const char *second = ONE_OF(g, families);
    return strcmp(name, second) == 0
               ? name
               : arena_printf(&g->keep, "%s%s%s", name, odds(g, 70) ? "-" : " ", second);
}

const char *nickname(struct demo *g)
{
    return ONE_OF(g, nicks);
}

/* Every group its own name, as long as there are fewer than words allow; after that a number tells
 * them apart. */
const char *group_name(struct demo *g, int i)
{
    const int n = (int)N_OF(grounds), ways = (int)N_OF(before);
    const char *name = arena_printf(&g->keep, "%s%s", before[i / n % ways], grounds[i * 7 % n]);
    return i < n * ways ? name : arena_printf(&g->keep, "%s %d", name, i / (n * ways) + 1);
}

const char *place_name(struct demo *g, const char *area)
{
    const char *label = area_label(g, area);
    if (odds(g, 35) && strcmp(area, "OKAND") != 0)
        return arena_printf(&g->c->scratch, ONE_OF(g, spots), label);
    return arena_printf(&g->c->scratch, "%s %d, %s", ONE_OF(g, streets), between(g, 1, 88), label);
}

struct saying {
    const char *about, *text;
};

static const struct saying happenings[] = {
    {"SKJUTNING",
     "Flera skott avlossades från en förbipasserande moped. Hylsor säkrade på platsen."},
    {"SKJUTNING",
     "Skott mot en entrédörr. Vittnen hörde fyra eller fem skott och såg två personer springa."},
    {"SKJUTNING",
     "En person träffades i benet utanför en lokal. Avspärrat och tekniskt undersökt."},
    {"SKJUTNING", "Larm om skottlossning. Kulhål i ett fönster, ingen fanns i rummet."},
    {"SPRANGNING", "Detonation i en trapphusentré. Krossade rutor, boende evakuerades."},
    {"SPRANGNING", "En laddning exploderade vid en garageport. Skador på två fordon."},
    {"HANDGRANAT", "En odetonerad handgranat hittades vid en port och oskadliggjordes."},
    {"KNIV", "En person höggs med kniv i samband med ett bråk. Förd till sjukhus."},
    {"KNIV", "Bråk mellan två sällskap. En person fick en stickskada i armen."},
    {"FORSOK_MORD", "En person attackerades av två maskerade personer. Vårdas på sjukhus."},
    {"MORD_DRAP", "En person hittades död. Avspärrat och tekniskt undersökt."},
    {"GROVT_HOT", "En person hotades med vapenliknande föremål utanför sin port."},
    {"GROVT_HOT", "Hot framfördes till en familj genom brevinkast."},
    {"UTPRESSNING", "En näringsidkare krävdes på pengar av två personer."},
    {"VAPENFYND", "Ett skarpladdat vapen hittades i ett källarförråd."},
    {"VAPENFYND", "Vapen och ammunition hittades i en buske nära en lekplats."},
    {"MORDBRAND", "Brand anlagd i en parkerad bil. Ingen skadad."},
    {"MANNISKOROV", "En person fördes bort i bil och släpptes efter några timmar."},
    {"GROVT_RAN", "En butik rånades av tre maskerade personer."},
    {"STAMPLING", "Uppgift om en beställning av våld. Ingripande gjordes innan något hände."},
    {"ANNAN", "Våldsam händelse mellan personer från två sällskap."},
};
static const struct saying knowledge[] = {
    {"", "Fordonet hittat brunnet samma natt. Kameror längs färdvägen begärda."},
    {"", "Vittnesuppgifter går isär om antalet inblandade. Nya förhör planerade."},
    {"", "Mönstret liknar tidigare händelser i konflikten. Se kopplade grupper."},
    {"", "Spaningsuppgifter dagarna före om ökad aktivitet. Bedömning vid genomgången."},
    {"", "Teknisk undersökning klar, svar från laboratoriet väntas."},
    {"", "Målsäganden vill inte medverka. Anhöriga oroliga för fortsättningen."},
};
static const struct saying notes[] = {
    {"incident", "Genomgång av kamerabilder klar. Två personer syns lämna platsen till fots mot "
                 "vattnet. Ingen identifierad ännu."},
    {"incident", "Talade med fastighetsvärden, som fått flera klagomål på samlingar i källargången "
                 "de senaste veckorna."},
    {"incident", "Ring från yttre befäl: lugnt på platsen under natten. Närvaron hålls kvar till "
                 "söndag kväll."},
    {"incident", "Avstämt med utredningen. Inget i det delade får beröra vittnena. "
                 "Sammanfattningen är omskriven efter det."},
    {"talk", "Samtalet hölls i köket. Personen lyssnade, sade lite, tog emot lappen med numret. "
             "Modern var med i slutet och ställde frågor om boende."},
    {"talk", "Ny tid bokad. Personen svarade i telefon men kunde inte träffas före helgen."},
    {"talk", "Kort uppföljning per telefon. Lugnt just nu enligt personen själv. Vi hörs igen om "
             "två veckor."},
    {"client",
     "Besök enligt planen. Kom i tid, negativt prov. Talade om arbetet och om att byta bostad."},
    {"client", "Uteblev från besöket. Sökt på telefon utan svar, ny tid skickad."},
    {"client",
     "Bra samtal om vardagen. Har tagit kontakt med arbetsförmedlingen på eget initiativ."},
    {"leaver", "Hembesök tillsammans med kollega. Genomgång av veckan, räkningar och kontakten med "
               "vården. Nästa möte bokat."},
    {"leaver", "Telefonsamtal. Orolig över ett meddelande på nätet. Bedömer läget som oförändrat, "
               "men tätare kontakt den här veckan."},
    {"leaver", "Möte om sysselsättning. Praktikplats från måndag, handledaren vet vad som behövs "
               "och inget mer."},
    {"person", "Observerad i området under eftermiddagen, lugnt uppträdande. Ingen åtgärd."},
    {"person", "Uppgift från yttre personal om ny vistelseadress. Ej bekräftad, prövas vid nästa "
               "kartläggning."},
    {"person", "Kontakt på gatan. Ville inte prata om händelsen men frågade vad erbjudandet om "
               "hjälp innebär."},
    {"round", "Avstämning av åtgärderna. Två är försenade av personalskäl, nya datum satta."},
    {"round", "Genomgång inför nytt beslut. Färre samlingar i området, inga nya våldshändelser "
              "kopplade till gruppen."},
};
static const struct saying closings[] = {
    {"", "Inget ytterligare att göra just nu."},
    {"", "Följs upp vid nästa genomgång."},
    {"", "Jag återkommer när svaret har kommit."},
    {"", "Delgivet berörd kollega muntligt samma dag."},
    {"", "Bokat ny tid och antecknat den i kalendern."},
    {"", "Samma bedömning som förra gången, med något större säkerhet."},
    {"", "Uppgiften är osäker och ska inte spridas vidare."},
    {"", "Ett försök till görs före helgen, annars tas det upp på mötet."},
};

static const char *say(struct demo *g, const struct saying *list, size_t n, const char *about)
{
    const char *fit[N_OF(happenings)];
    size_t found = 0;
    for (size_t i = 0; i < n && found < N_OF(fit); i++)
        if (!*list[i].about || strcmp(list[i].about, about) == 0)
            fit[found++] = list[i].text;
    return found ? one_of(g, fit, found) : list[n - 1].text;
}

const char *what_happened(struct demo *g, const char *type)
{
    return say(g, happenings, N_OF(happenings), type);
}

const char *what_police_know(struct demo *g, const char *type)
{
    return say(g, knowledge, N_OF(knowledge), type);
}

/* 60 to 1,500 characters: most are short, some tell the whole visit. */
void note_text(struct demo *g, const char *about, struct str *ret)
{
    int more = (int)waiting(g, 3.0);
    str_add(ret, say(g, notes, N_OF(notes), about));
    for (int i = 0; i < more && ret->len < 1300; i++)
        str_printf(ret, "%s%s", i % 3 == 2 ? "\n\n" : " ", say(g, closings, N_OF(closings), ""));
}
