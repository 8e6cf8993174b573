/* The same walls as a front end meets them: whatever a role asks treben-core, no word of a text
 * that is not for it comes back, and what does not exist for it answers like an id that nobody ever
 * gave. */
#include "city.h"

#include "treben/base/mem.h"

#include <stdio.h>

#define NOBODY "00000000000000000000000000"

struct asker { /* one role in conversation */
    struct city *c;
    int reader;
    struct talk *t;
};

static int64_t n_asked, n_words, n_alike;

/* Readers take turns with the ways of asking. */
static bool turn(const struct asker *a, int place, int of)
{
    return (a->reader + place) % of == 0;
}

/* ---- asking
 * ------------------------------------------------------------------------------------------------------
 */

/* Every word in an answer must be of a field that this reader may see (or come from the question).
 */
static void check_words(const struct asker *a, const char *question, const char *answer)
{
    int seed, field, version;
    for (const char *p = answer; (p = word_next(p, &seed, &field, &version));) {
        char word[WORD_LEN + 1];
        word_of(seed, field, version, word);
        const struct seed *s = &a->c->seeds[seed];
        n_words++;
        if (!strstr(question, word) &&
            oracle_level(a->c, a->reader, s) < oracle_needs(a->c, s->k, field)) {
            fail_msg("%s reads %s of a %s %s of %s: %.300s -> %.900s",
                     a->c->readers[a->reader].login, s->k->fields[field].f.name, s->k->kind->name,
                     s->variant, s->owner, question, answer);
        }
    }
}

/* Steals params. The whole answer, borrowed until the next question. */
static const json_t *ask(const struct asker *a, const char *method, json_t *params)
{
    json_auto_t *line = json_pack("{s:s, s:i, s:s, s:o}", "jsonrpc", "2.0", "id", 1, "method",
                                  method, "params", params);
    assert_non_null(line);
    char *bytes = json_dumps(line, JSON_COMPACT);
    AUTOFREE char *question = xprintf("%s\n", bytes);
    free(bytes);
    const json_t *answer = talk_raw(a->t, question, strlen(question));
    if (!answer) {
        fail_msg("%s: the core hung up at %.400s", a->c->readers[a->reader].login, question);
    }
    char *text = json_dumps(answer, JSON_COMPACT);
    check_words(a, question, text);
    free(text);
    n_asked++;
    return answer;
}

static const json_t *ask_fine(const struct asker *a, const char *method, json_t *params)
{
    const json_t *answer = ask(a, method, params);
    const json_t *result = json_object_get(answer, "result");
    if (!result) {
        AUTOFREE char *text = json_dumps(answer, JSON_COMPACT);
        fail_msg("%s, %s: %s", a->c->readers[a->reader].login, method, text);
    }
    return result;
}

/* ---- kinds
 * ----------------------------------------------------------------------------------------------------------
 */

static json_t *column_names(const struct kind_model *k, int from)
{
    json_t *names = json_array();
    for (int f = from; f < k->n_fields && f < from + 20; f++) {
        json_array_append_new(names, json_string(k->fields[f].f.name));
    }
    return names;
}

static int visible_seeds(const struct asker *a, const struct kind_model *k)
{
    int n = 0;
    for (int i = 0; i < a->c->n; i++) {
        const struct seed *s = &a->c->seeds[i];
        n += s->k == k && oracle_level(a->c, a->reader, s) > LEVEL_NONE;
    }
    return n;
}

static int listed_seeds(const struct asker *a, const json_t *rows)
{
    int n = 0;
    size_t i;
    const json_t *row;
    json_array_foreach(rows, i, row)
    {
        int seed = city_seed(a->c, text_at(row, "id"));
        n += seed >= 0;
        assert_true(seed < 0 || oracle_level(a->c, a->reader, &a->c->seeds[seed]) > LEVEL_NONE);
    }
    return n;
}

static void ask_of_kind(const struct asker *a, const struct kind_model *k)
{
    const char *name = k->kind->name;
    const json_t *r = ask_fine(
        a, "list", json_pack("{s:s, s:i, s:s}", "kind", name, "limit", 1000, "as", "values"));
    int visible = visible_seeds(a, k), n = (int)json_array_size(at(r, "rows"));
    assert_int_equal(listed_seeds(a, at(r, "rows")), visible);
    assert_int_equal(int_at(ask_fine(a, "count", json_pack("{s:s}", "kind", name)), "n"), n);
    for (int from = 0; from < k->n_fields; from += 20) {
        ask_fine(a, "list",
                 json_pack("{s:s, s:i, s:s, s:o}", "kind", name, "limit", 1000, "as", "cells",
                           "columns", column_names(k, from)));
    }
    const char *sort = k->fields[(a->reader * 7) % k->n_fields].f.name;
    ask(a, "list", json_pack("{s:s, s:i, s:s}", "kind", name, "limit", 50, "sort", sort));
    ask_fine(a, "list", json_pack("{s:s, s:i, s:s}", "kind", name, "limit", 50, "text", "zq"));
    ask_fine(a, "describe", json_pack("{s:s}", "kind", name));
    for (int f = 0; f < k->n_own; f++) {
        enum field_type t = k->fields[f].f.type;
        if ((t == F_REF || t == F_REFS) && turn(a, f, 3)) {
            ask_fine(a, "lookup",
                     json_pack("{s:s, s:s, s:s}", "kind", name, "field", k->fields[f].f.name,
                               "text", turn(a, f, 2) ? "zq" : ""));
        }
    }
}

/* ---- records that are there for this reader
 * --------------------------------------------------------------------------- */

static bool says_hidden(const json_t *value)
{
    return str_eq(json_string_value(json_object_get(value, "state")), "hidden");
}

/* A value is marked as hidden exactly where the oracle hides it, or what it refers to. */
static void check_values(const struct asker *a, const struct seed *s, const json_t *record)
{
    enum level level = oracle_level(a->c, a->reader, s);
    for (int f = 0; f < s->k->n_fields; f++) {
        const struct field_model *m = &s->k->fields[f];
        const char *name = m->f.name;
        AUTOFREE char *taken = xprintf("%s_kind", s->k->kind->name);
        if (str_eq(name, "rev") || strstr(name, "shared_") == name || str_eq(name, "updated_at")) {
            continue;
        }
        const json_t *value = json_object_get(record, str_eq(name, "kind") ? taken : name);
        assert_non_null(value);
        const char *stored = record_get(s->now, f);
        int to = stored && m->f.type == F_REF ? city_seed(a->c, stored) : -1;
        bool leads_nowhere =
            to >= 0 && oracle_level(a->c, a->reader, &a->c->seeds[to]) == LEVEL_NONE;
        bool hidden = level < oracle_needs(a->c, s->k, f) || leads_nowhere;
        if (m->f.type != F_REFS && says_hidden(value) != hidden) {
            AUTOFREE char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
            fail_msg("%s, %s %s of %s, %s: %s", a->c->readers[a->reader].login, s->k->kind->name,
                     s->variant, s->owner, name, text);
        }
    }
}

static json_t *hidden_values(const struct asker *a, const struct seed *s)
{
    json_t *values = json_object();
    for (int f = 0; f < s->k->n_own; f++) {
        if (oracle_level(a->c, a->reader, s) < oracle_needs(a->c, s->k, f)) {
            json_object_set_new(values, s->k->fields[f].f.name, json_string("nytt"));
        }
    }
    return values;
}

/* Nobody writes where he does not read. */
static void try_to_write(const struct asker *a, const struct seed *s)
{
    json_t *values = hidden_values(a, s);
    bool some = json_object_size(values) > 0;
    const json_t *answer =
        ask(a, "set", json_pack("{s:s, s:o}", "id", s->id, "values", json_incref(values)));
    assert_true(!some || json_object_get(answer, "error"));
    answer = ask(a, "check", json_pack("{s:s, s:o}", "id", s->id, "values", values));
    if (some && json_object_get(answer, "result")) {
        assert_int_not_equal(json_array_size(at(answer, "result.problems")), 0);
    }
    ask(a, "do", json_pack("{s:s, s:s}", "id", s->id, "to", "INGET_SADANT"));
}

static void ask_of_record(const struct asker *a, const struct seed *s, int place)
{
    const json_t *r = ask_fine(a, "show", json_pack("{s:s, s:b}", "id", s->id, "history", 1));
    check_values(a, s, at(r, "record"));
    ask_fine(a, "show", json_pack("{s:s, s:s}", "id", s->id, "as", "screen"));
    if (turn(a, place, 2)) {
        ask_fine(a, "history", json_pack("{s:s}", "id", s->id));
    } else {
        ask_fine(a, "timeline", json_pack("{s:s}", "id", s->id));
    }
    if (str_eq(s->k->kind->name, "sanction_round")) {
        ask_fine(a, "round", json_pack("{s:s}", "id", s->id));
    }
    if (oracle_level(a->c, a->reader, s) < LEVEL_FULL) {
        try_to_write(a, s);
    }
}

/* ---- records that are not
 * ----------------------------------------------------------------------------------------------------
 */

struct question {
    const char *method, *format; /* of its parameters, %s: the id */
};
static const struct question questions[] = {
    {"show", "{\"id\":\"%s\",\"history\":true}"},
    {"show", "{\"id\":\"%s\",\"as\":\"screen\"}"},
    {"history", "{\"id\":\"%s\"}"},
    {"timeline", "{\"id\":\"%s\"}"},
    {"round", "{\"id\":\"%s\"}"},
    {"set", "{\"id\":\"%s\",\"rev\":1,\"values\":{\"state\":\"X\",\"text\":\"y\"}}"},
    {"check", "{\"id\":\"%s\",\"values\":{}}"},
    {"do", "{\"id\":\"%s\",\"to\":\"AVSLUTAD\"}"},
    {"do", "{\"id\":\"%s\",\"to\":\"LAMNAT\",\"rev\":1}"},
    {"find", "{\"text\":\"%s\"}"},
    {"lookup", "{\"kind\":\"note\",\"field\":\"subject\",\"text\":\"%s\"}"},
    {"lookup", "{\"kind\":\"membership\",\"field\":\"person\",\"text\":\"%s\"}"},
    {"list", "{\"kind\":\"incident\",\"after\":\"%s\"}"},
    {"list", "{\"kind\":\"person\",\"from\":\"%s\"}"},
    {"list", "{\"kind\":\"task\",\"filter\":\"subject == \\\"%s\\\"\"}"},
    {"list", "{\"kind\":\"custom_notification\",\"filter\":\"person == \\\"%s\\\"\"}"},
    {"list", "{\"kind\":\"custom_notification\",\"filter\":\"person in (\\\"%s\\\")\"}"},
    {"count", "{\"kind\":\"sanction_round\",\"filter\":\"trigger_incidents contains \\\"%s\\\"\"}"},
    {"count", "{\"kind\":\"incident\",\"of_id\":\"%s\"}"},
    {"draft.put", "{\"kind\":\"incident\",\"id\":\"%s\",\"values\":{}}"},
    {"draft.get", "{\"kind\":\"person\",\"id\":\"%s\"}"},
    {"new", "{\"kind\":\"note\",\"values\":{\"subject\":\"%s\",\"kind\":\"JOURNAL\"}}"},
    {"new", "{\"kind\":\"task\",\"values\":{\"subject\":\"%s\",\"title\":\"a\",\"due\":\"idag\"}}"},
    {"new", "{\"kind\":\"membership\",\"values\":{\"person\":\"%s\"}}"},
    {"check", "{\"kind\":\"custom_notification\",\"values\":{\"person\":\"%s\"}}"},
};

static char *answer_about(const struct asker *a, const struct question *q, const char *id)
{
    AUTOFREE char *params_text = xprintf(q->format, id);
    json_t *params = json_loads(params_text, 0, NULL);
    assert_non_null(params);
    char *text = json_dumps(ask(a, q->method, params), JSON_COMPACT | JSON_SORT_KEYS);
    for (char *p = text; (p = strstr(p, id));) {
        memset(p, '#', ID_LEN);
    }
    return text;
}

static void ask_of_nothing(const struct asker *a, const struct seed *s, int place)
{
    for (size_t i = 0; i < N_OF(questions); i++) {
        if (!turn(a, (int)i + place, 8)) {
            continue;
        }
        char *there = answer_about(a, &questions[i], s->id);
        char *nobody = answer_about(a, &questions[i], NOBODY);
        if (!str_eq(there, nobody)) {
            fail_msg("%s, %s %s of %s, %s: %s instead of %s", a->c->readers[a->reader].login,
                     s->k->kind->name, s->variant, s->owner, questions[i].method, there, nobody);
        }
        n_alike++;
        free(there);
        free(nobody);
    }
}

/* ---- all of it
 * ------------------------------------------------------------------------------------------------------------------
 */

static void ask_everything(struct city *c, int reader)
{
    struct asker a = {.c = c, .reader = reader, .t = talk_start(c->st, c->readers[reader].login)};
    ask_fine(&a, "myday", json_object());
    ask_fine(&a, "find", json_pack("{s:s, s:i}", "text", "zq", "limit", 200));
    for (int i = 0; i < c->model->n_kinds; i++) {
        if (turn(&a, i, 3)) {
            ask_of_kind(&a, &c->model->kinds[i]);
        }
    }
    for (int i = 0; i < c->n; i++) {
        const struct seed *s = &c->seeds[i];
        if (s->reader >= 0 || !turn(&a, i, 5)) {
            continue;
        }
        if (oracle_level(c, reader, s) > LEVEL_NONE) {
            ask_of_record(&a, s, i);
        } else {
            ask_of_nothing(&a, s, i / 5);
        }
    }
    assert_int_equal(talk_end(a.t), 0);
}

static void no_request_tells_more_than_the_oracle(void **state)
{
    struct city *c = *state;
    for (int reader = 0; reader < READERS; reader++) {
        ask_everything(c, reader);
    }
    print_message("%lld requests, %lld words seen, %lld answers alike\n", (long long)n_asked,
                  (long long)n_words, (long long)n_alike);
    assert_true(n_asked > 1500 && n_words > 20000 && n_alike > 300);
}

static int make(void **state)
{
    struct city *c = city_make();
    city_let_go(c);
    *state = c;
    return 0;
}

static int end(void **state)
{
    city_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_request_tells_more_than_the_oracle),
    };
    return cmocka_run_group_tests_name("requests", tests, make, end);
}
