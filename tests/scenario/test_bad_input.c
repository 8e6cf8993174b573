/* Bad input gets one plain sentence that names the place, in either language, on the line and on
 * the command line alike; nothing of it is stored and the core goes on. */
#include "harness.h"

#include "treben/base/mem.h"
#include "treben/base/str.h"
#include "treben/base/text.h"

#include <stdio.h>
#include <unistd.h>

#define ANALYST "mira.holm"

/* What the cases are tried on. */
struct scene {
    struct stage *st;
    char *incident, *person, *decision; /* ids */
    struct talk *talks[2];              /* Swedish, English */
};
static const char *const langs[] = {"sv", "en"};

static char *made(struct talk *t, const char *kind, json_t *values)
{
    return xstrdup(text_at(
        talk_ask(t, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values)), "id"));
}

static int make(void **state)
{
    struct scene *s = xcalloc(1, sizeof *s);
    s->st = stage_make();
    for (size_t i = 0; i < N_OF(langs); i++) {
        s->talks[i] = talk_start_in(s->st, ANALYST, langs[i]);
    }
    struct talk *t = s->talks[1];
    s->incident =
        made(t, "incident",
             json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                       "2026-11-20 23:41", "known_at", "2026-11-20 23:50", "area", "OKAND"));
    s->person = made(t, "person", json_pack("{s:s, s:s}", "kind", "MEDLEM", "family_name", "Ek"));
    s->decision = made(t, "gmi_decision",
                       json_pack("{s:s, s:s, s:s, s:s, s:s}", "incident", s->incident, "value", "NEJ",
                                 "certainty", "1", "motive", "OKANT", "basis_text", "Två vittnen."));
    *state = s;
    return 0;
}

static int end(void **state)
{
    struct scene *s = *state;
    for (size_t i = 0; i < N_OF(langs); i++) {
        assert_int_equal(talk_end(s->talks[i]), 0);
    }
    stage_end(s->st);
    free(s->incident);
    free(s->person);
    free(s->decision);
    free(s);
    return 0;
}

/* ---- what a sentence must be ---- */

static void assert_plain(const char *text, const char *lang)
{
    static const char *const inner[] = {"SQL",   "sqlite", "SELECT",   "constraint", "jansson",
                                        "table", "(null)", "database", "number 0",   "errno"};
    AUTOFREE char *clean = text_clean(text, false);
    assert_true(strlen(text) > 10 && strlen(text) < 512);
    assert_string_equal(text, clean); /* nothing that steers a terminal, no second line */
    for (size_t i = 0; i < N_OF(inner); i++) {
        if (strstr(text, inner[i])) {
            fail_msg("[%s] \"%s\" speaks of the inside", lang, text);
        }
    }
}

/* The sentence of the only problem, with its field in front as the command line prints it. OWN. */
static char *whole_sentence(const json_t *error)
{
    const json_t *problems = json_object_get(at(error, "data"), "problems");
    const char *field = text_at(error, problems ? "data.problems.0.field" : "data.field");
    const char *text = text_at(error, "message");
    if (json_array_size(problems) > 1) {
        fail_msg("more is wrong than was meant: %s", text_at(problems, "1.text"));
    }
    return xprintf("%s%s%s\n", field, *field ? ": " : "", text);
}

/* ---- the cases ---- */

struct bad {
    const char *method, *params; /* $I $P $G: ids of incident, person, decision */
    const char *words[4];        /* the same on the command line; none: it cannot be said there */
    int exit;
    const char *code;   /* data.code */
    const char *sv, *en; /* parts of the sentence */
};

#define LONG100 "åååååååååååååååååååååååååååååååååååååååååååååååååå" \
                "åååååååååååååååååååååååååååååååååååååååååååååååååå"
#define SET(field, value) "set", "{\"id\":\"$I\",\"values\":{\"" field "\":\"" value "\"}}"

static const struct bad cases[] = {
    {SET("place_text", "Tor\\u001b[2Jget"), {"set", "$I", "place_text=Tor\x1b[2Jget"}, 1, "invalid",
     "place_text: tecken 4 (U+001B)", "place_text: character 4 (U+001B)"},
    {SET("place_text", "Tor\\u202eget"), {"set", "$I", "place_text=Tor\xe2\x80\xaeget"}, 1,
     "invalid", "vänder", "turns the direction"},
    {SET("summary_shared", "a\\u0007"), {"set", "$I", "summary_shared=a\a"}, 1, "invalid",
     "summary_shared: tecken 2", "summary_shared: character 2"},
    {SET("colour", "red"), {"set", "$I", "colour=red"}, 1, "invalid", "colour: Det finns inget sådant fält",
     "colour: There is no such field. Choose one of: type,"},
    {SET("plase_text", "x"), {"set", "$I", "plase_text=x"}, 1, "invalid", "\"place_text\"",
     "Did you mean \"place_text\""},
    {SET("a\\u001b[2Jb" LONG100, "x"), {"set", "$I", "a\x1b[2Jb" LONG100 "=x"}, 1, "invalid",
     "a\xef\xbf\xbd[2Jbå", "a\xef\xbf\xbd[2Jbå"},
    {SET("type", "SKJUTNIN"), {"set", "$I", "type=SKJUTNIN"}, 1, "invalid", "Menade du SKJUTNING",
     "Did you mean SKJUTNING"},
    {SET("type", "a" LONG100), {"set", "$I", "type=a" LONG100}, 1, "invalid", "Välj ur listan",
     "Choose from the list"},
    {SET("n_dead", "1.5"), {"set", "$I", "n_dead=1.5"}, 1, "invalid", "heltal", "whole number"},
    {SET("n_dead", "99999999999999999999999"), {"set", "$I", "n_dead=99999999999999999999999"}, 1,
     "invalid", "heltal", "whole number"},
    {SET("occurred_at", "2026-02-30 12:00"), {"set", "$I", "occurred_at=2026-02-30 12:00"}, 1,
     "invalid", "2026-02-30", "no day 2026-02-30"},
    {SET("occurred_at", "2026-02-30"), {"set", "$I", "occurred_at=2026-02-30"}, 1, "invalid",
     "2026-02-30", "no day 2026-02-30"},
    {SET("occurred_at", "2026-11-20 25:99"), {"set", "$I", "occurred_at=2026-11-20 25:99"}, 1,
     "invalid", "occurred_at: ", "write it as"},
    {SET("known_at", "2027-03-01 12:00"), {"set", "$I", "known_at=2027-03-01 12:00"}, 1,
     "rule", "known_at: ", "known_at: "},
    {SET("state", "AVSLUTAD"), {"set", "$I", "state=AVSLUTAD"}, 1, "invalid", "state: ",
     "kept by the system"},
    {SET("rev", "7"), {"set", "$I", "rev=7"}, 1, "invalid", "rev: ", "kept by the system"},
    {SET("type", ""), {"set", "$I", "type="}, 1, "invalid", "fyllas i", "must be filled in"},
    {SET("linked_incident", "H-2026-9999"), {"set", "$I", "linked_incident=H-2026-9999"}, 1,
     "invalid", "\"H-2026-9999\"", "no \"H-2026-9999\""},
    {SET("linked_incident", "$P"), {"set", "$I", "linked_incident=$P"}, 1, "invalid", "$P",
     "no \"$P\" to refer to"},
    {"set", "{\"id\":\"$I\",\"values\":{\"n_dead\":\"1\"},\"rev\":99}",
     {"set", "$I", "n_dead=1", "--rev=99"}, 1, "invalid", "rev: ", "rev: The record has not"},
    {"set", "{\"id\":\"$G\",\"values\":{\"certainty\":\"2\"}}", {"set", "$G", "certainty=2"}, 1, "rule",
     "Skapa en ny", "Make a new one"},
    {"set", "{\"id\":\"\\u001b[2J\",\"values\":{}}", {"set", "\x1b[2J", "a=b"}, 1, "missing",
     "\"\xef\xbf\xbd[2J\"", "\"\xef\xbf\xbd[2J\""},
    {"set", "{\"id\":\"" LONG100 LONG100 LONG100 "\",\"values\":{}}",
     {"set", LONG100 LONG100 LONG100, "a=b"}, 1, "missing", "sök", "search for it"},
    {"do", "{\"id\":\"$I\",\"to\":\"AVSLUTAD\"}", {"do", "$I", "AVSLUTAD"}, 1, "rule",
     "Triagerad (TRIAGERAD)", "It can become: Triaged (TRIAGERAD)"},
    {"do", "{\"id\":\"$I\",\"to\":\"NONSENSE\"}", {"do", "$I", "NONSENSE"}, 1, "rule",
     "\"NONSENSE\"", "no state \"NONSENSE\". It has: REGISTRERAD"},
    {"do", "{\"id\":\"$I\",\"to\":\"" LONG100 "\"}", {"do", "$I", LONG100}, 1, "rule", "TRIAGERAD",
     "TRIAGERAD"},
    {"new", "{\"kind\":\"incidnt\"}", {"new", "incidnt"}, 2, "usage", "\"incident\"",
     "did you mean \"incident\""},
    {"new", "{\"kind\":\"" LONG100 "\"}", {"new", LONG100}, 2, "usage", "å", "å"},
    {"new",
     "{\"kind\":\"person_identifier\",\"values\":{\"person\":\"$P\",\"type\":\"PNR\",\"value\":\"850101-9801\"}}",
     {0}, 1, "invalid", "value: ", "value: the last digit"},
    {"list", "{\"kind\":\"incident\",\"filter\":\"type == \\\"SKJUTNIN\\\"\"}",
     {"list", "incident", "--filter=type == \"SKJUTNIN\""}, 1, "syntax", "SKJUTNING",
     "Did you mean SKJUTNING"},
    {"list", "{\"kind\":\"group\",\"filter\":\"areas contains \\\"MARS\\\"\"}",
     {"list", "group", "--filter=areas contains \"MARS\""}, 1, "syntax", "\"MARS\"", "\"MARS\""},
    {"list", "{\"kind\":\"incident\",\"filter\":\"type in ()\"}",
     {"list", "incident", "--filter=type in ()"}, 1, "syntax", "olumn 10", "olumn 10"},
    {"list", "{\"kind\":\"incident\",\"filter\":\"colour == 1\"}",
     {"list", "incident", "--filter=colour == 1"}, 1, "syntax", "\"colour\"", "no field \"colour\""},
    {"list", "{\"kind\":\"incident\",\"sort\":\"nope\"}", {"list", "incident", "--sort=nope"}, 1,
     "invalid", "\"nope\"", "\"nope\" cannot be sorted by"},
    {"find", "{\"text\":\"a\\u001b[2J\"}", {"find", "a\x1b[2J"}, 1, "invalid", "tecken 2",
     "character 2"},
    {"find", "{\"text\":\"\"}", {"find", ""}, 1, "invalid", "Skriv", "Write what"},
};

/* OWN: caller. */
static char *filled(const struct scene *s, const char *text)
{
    STR out = {0};
    for (const char *p = text; *p; p++) {
        bool id = *p == '$' && p[1] && strchr("IPG", p[1]);
        if (!id) {
            str_addc(&out, *p);
            continue;
        }
        str_add(&out, *++p == 'I' ? s->incident : *p == 'P' ? s->person : s->decision);
    }
    return out.len ? str_take(&out) : xstrdup("");
}

static void try_words(const struct scene *s, const struct bad *b, int lang, const char *sentence)
{
    char *own[8] = {0};
    const char *words[8] = {0};
    size_t n = 0;
    for (size_t i = 0; i < N_OF(b->words) && b->words[i]; i++) {
        char *word = own[n] = filled(s, b->words[i]);
        char *value = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
        words[n++] = word;
        if (value) { /* --filter=EXPR stands for two words */
            *value = '\0';
            words[n++] = value + 1;
        }
    }
    AUTOFREE char *said = NULL;
    int status = stage_cli(s->st, ANALYST, langs[lang], NULL, &said, words);
    assert_string_equal(said, sentence);
    assert_int_equal(status, b->exit);
    for (size_t i = 0; i < N_OF(own); i++) {
        free(own[i]);
    }
}

static void try_case(struct scene *s, const struct bad *b)
{
    AUTOFREE char *params = filled(s, b->params);
    for (int lang = 0; lang < 2; lang++) {
        const json_t *error =
            talk_refused(s->talks[lang], b->method, json_loads(params, 0, NULL));
        AUTOFREE char *sentence = whole_sentence(error);
        AUTOFREE char *part = filled(s, lang ? b->en : b->sv);
        assert_plain(text_at(error, "message"), langs[lang]);
        assert_contains(sentence, part);
        assert_string_equal(text_at(error, "data.code"), b->code);
        if (b->words[0]) {
            try_words(s, b, lang, sentence);
        }
    }
}

static void every_case_gets_its_sentence_and_stores_nothing(void **state)
{
    struct scene *s = *state;
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < N_OF(cases); i++) {
        try_case(s, &cases[i]);
        if (stage_digest(s->st) != before) {
            fail_msg("%s %s left something behind", cases[i].method, cases[i].params);
        }
        talk_ask(s->talks[0], "show", json_pack("{s:s}", "id", s->incident));
    }
}

/* ---- what only the command line can say ---- */

static char *cli(const struct scene *s, const char *lang, const char *input, int expected,
                 const char *const words[])
{
    char *said = NULL;
    assert_int_equal(stage_cli(s->st, ANALYST, lang, input, &said, words), expected);
    return said;
}

static void assert_one_line(const char *said, const char *sv, const char *en, const char *lang)
{
    const char *end = strchr(said, '\n');
    assert_contains(said, str_eq(lang, "sv") ? sv : en);
    assert_true(end && !end[1]);
}

static void broken_utf8_is_told_and_not_dropped(void **state)
{
    struct scene *s = *state;
    static const struct {
        const char *words[6], *sv, *en;
    } tries[] = {
        {{"set", "$I", "place_text=Tor\xff"}, "place_text: Texten", "place_text: The text"},
        {{"set", "$I", "pl\xff=x"}, "Ord 2 ", "Word 2 "},
        {{"list", "incident", "--filter", "place_text == \"\xc3\""}, "Ord 3 ", "Word 3 "},
        {{"do", "$I", "DUBBLETT", "--reason", "\xed\xa0\x80"}, "Ord 4 ", "Word 4 "},
        {{"show", "\xff"}, "Ord 1 ", "Word 1 "},
        {{"find", "\xc0\xaf"}, "Ord 1 ", "Word 1 "},
        {{"list", "in\xff"}, "Ord 1 ", "Word 1 "},
    };
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < N_OF(tries) * 2; i++) {
        const char *words[7] = {0};
        for (size_t w = 0; tries[i / 2].words[w]; w++) {
            const char *word = tries[i / 2].words[w];
            words[w] = str_eq(word, "$I") ? s->incident : word;
        }
        AUTOFREE char *said = cli(s, langs[i % 2], NULL, 1, words);
        assert_one_line(said, tries[i / 2].sv, tries[i / 2].en, langs[i % 2]);
    }
    assert_int_equal(stage_digest(s->st), before);
}

/* OWN: the path. */
static char *file_of(const struct scene *s, const char *name, const char *begins, size_t n)
{
    char *path = xprintf("%s/%s", s->st->dir, name);
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(begins, f);
    for (size_t i = 0; i < n; i++) {
        fputc('x', f);
    }
    assert_int_equal(fclose(f), 0);
    return path;
}

static void too_much_in_one_field_is_one_sentence(void **state)
{
    struct scene *s = *state;
    static const struct {
        size_t n;
        const char *sv, *en;
    } sizes[] = {
        {10 << 20, "summary_shared: ", "summary_shared: The text is longer than any field"},
        {800 << 10, "högst 500", "at most 500 fit here"},
        {501, "501", "501 characters; at most 500"},
    };
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < N_OF(sizes) * 2; i++) {
        AUTOFREE char *path = file_of(s, "long.txt", "", sizes[i / 2].n);
        const char *const words[] = {"set", s->incident, "summary_shared=@-", NULL};
        AUTOFREE char *said = cli(s, langs[i % 2], path, 1, words);
        assert_one_line(said, sizes[i / 2].sv, sizes[i / 2].en, langs[i % 2]);
    }
    /* each fits, both together are more than a line may hold */
    AUTOFREE char *path = file_of(s, "long.txt", "", 700 << 10);
    AUTOFREE char *one = xprintf("summary_shared=@%s", path);
    AUTOFREE char *two = xprintf("summary_internal=@%s", path);
    AUTOFREE char *said =
        cli(s, "en", NULL, 1, (const char *const[]){"set", s->incident, one, two, NULL});
    assert_one_line(said, "", "too much at once", "en");
    assert_int_equal(stage_digest(s->st), before);
}

static void an_old_rev_shows_what_the_other_saved(void **state)
{
    struct scene *s = *state;
    AUTOFREE char *id =
        made(s->talks[1], "incident",
             json_pack("{s:s, s:s, s:s, s:s}", "type", "SKJUTNING", "occurred_at",
                       "2026-11-20 23:41", "known_at", "2026-11-20 23:50", "area", "OKAND"));
    talk_ask(s->talks[1], "set", json_pack("{s:s, s:{s:s}}", "id", id, "values", "n_injured", "2"));
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < 2; i++) {
        const char *const words[] = {"set", id, "n_injured=3", "--rev", "1", NULL};
        AUTOFREE char *said = cli(s, langs[i], NULL, 4, words);
        assert_contains(said, i ? "n_injured: Somebody else changed" : "n_injured: Någon annan");
        assert_contains(said, i ? "n_injured is now: 2\n" : ": 2\n");
    }
    assert_int_equal(stage_digest(s->st), before);
}

/* An identity number in the shell's history is refused before anything is sent; from standard
 * input it reaches its own sentence. */
static void a_wrong_identity_number_names_its_last_digit(void **state)
{
    struct scene *s = *state;
    AUTOFREE char *path = file_of(s, "number.txt", "850101-9801", 0);
    AUTOFREE char *person = xprintf("person=%s", s->person);
    const char *const words[] = {"new", "person_identifier", person, "type=PNR", "value=@-", NULL};
    uint64_t before = stage_digest(s->st);
    AUTOFREE char *sv = cli(s, "sv", path, 1, words);
    AUTOFREE char *en = cli(s, "en", path, 1, words);
    assert_one_line(sv, "kontrollsiffran", "", "sv");
    assert_one_line(en, "", "the last digit", "en");
    assert_null(strstr(en, "9801")); /* what was typed stays out of what a log may keep */
    assert_int_equal(stage_digest(s->st), before);
}

/* "treben list … | head": whoever read has seen enough. That is no fault to complain of. */
static void a_reader_who_leaves_is_not_complained_of(void **state)
{
    struct scene *s = *state;
    static const char *const tries[][4] = {
        {"list", "user"}, {"list", "user", "--json"}, {"show", "$I"}, {"find", "H-2026-0001"}};
    for (size_t i = 0; i < N_OF(tries); i++) {
        const char *words[5] = {tries[i][0], str_eq(tries[i][1], "$I") ? s->incident : tries[i][1],
                                tries[i][2]};
        AUTOFREE char *said = NULL;
        assert_int_equal(stage_cli_unread(s->st, ANALYST, &said, words), 0);
        assert_string_equal(said, "");
    }
}

/* ---- what one may not see ---- */

/* A reference to what is hidden, and to what never was: the same sentence but for what was typed. */
static void a_hidden_record_and_none_sound_the_same(void **state)
{
    struct scene *s = *state;
    AUTOFREE char *none = xstrdup(s->person);
    none[10] = none[10] == 'A' ? 'B' : 'A';
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < 2; i++) {
        struct talk *t = talk_start_in(s->st, "asa.lind", langs[i]);
        char *texts[2];
        const char *const ids[2] = {s->person, none};
        for (size_t j = 0; j < 2; j++) {
            const json_t *no = talk_refused(
                t, "new",
                json_pack("{s:s, s:{s:s, s:s, s:s}}", "kind", "note", "values", "subject", ids[j],
                          "kind", "OVRIGT", "text", "Hej"));
            texts[j] = json_dumps(no, JSON_SORT_KEYS);
            for (char *p; (p = strstr(texts[j], ids[j]));) {
                memset(p, '?', strlen(ids[j]));
            }
        }
        assert_string_equal(texts[0], texts[1]);
        assert_contains(texts[0], "????");
        free(texts[0]);
        free(texts[1]);
        assert_int_equal(talk_end(t), 0);
    }
    assert_int_equal(stage_digest(s->st), before);
}

/* ---- lists ---- */

static json_t *review(const char *incidents)
{
    return json_pack("{s:s, s:{s:s, s:s}}", "kind", "incident_review", "values", "at",
                     "2026-11-21 09:00", "incidents", incidents);
}

static void empty_and_endless_lists_name_their_field(void **state)
{
    struct scene *s = *state;
    STR many = {0}, wrong = {0};
    for (int i = 0; i < 400; i++) {
        str_printf(&many, "%s%s", i ? "," : "", s->incident);
    }
    str_printf(&wrong, "%s,nothing,%s", s->incident, s->incident);
    const struct {
        const char *list, *en;
    } tries[] = {
        {"", "must be filled in"},
        {" , ,, ", "must be filled in"},
        {many.p, "at most 2000 fit here"},
        {wrong.p, "There is no \"nothing\""},
    };
    uint64_t before = stage_digest(s->st);
    for (size_t i = 0; i < N_OF(tries); i++) {
        const json_t *no = talk_refused(s->talks[1], "new", review(tries[i].list));
        assert_string_equal(text_at(no, "data.problems.0.field"), "incidents");
        assert_contains(text_at(no, "data.problems.0.text"), tries[i].en);
    }
    assert_int_equal(stage_digest(s->st), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_gets_its_sentence_and_stores_nothing),
        cmocka_unit_test(broken_utf8_is_told_and_not_dropped),
        cmocka_unit_test(too_much_in_one_field_is_one_sentence),
        cmocka_unit_test(an_old_rev_shows_what_the_other_saved),
        cmocka_unit_test(a_wrong_identity_number_names_its_last_digit),
        cmocka_unit_test(a_reader_who_leaves_is_not_complained_of),
        cmocka_unit_test(a_hidden_record_and_none_sound_the_same),
        cmocka_unit_test(empty_and_endless_lists_name_their_field),
    };
    return cmocka_run_group_tests_name("bad input", tests, make, end);
}
