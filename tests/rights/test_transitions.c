/* Every step of every lifecycle: the configuration has exactly those of tests/transitions.txt; each
 * works for those who may take it and is refused for every other account; each of its guards stops
 * it. What a new kind needs are its lines in that file. */
#include "city.h"
#include "steps.h"

#include "treben/base/date.h"
#include "treben/core/lifecycle.h"

#include <stdio.h>

#define ACCOUNTS_MAX 60

struct town {
    struct city *city;
    struct steps *steps;
    struct reader accounts[ACCOUNTS_MAX]; /* one for each role in each agency where it exists */
    int n_accounts;
    struct str wrong;  /* what differs between the file and the configuration */
    struct kind *bare; /* kinds without their own rules */
    int64_t n_tried, n_taken;
};

/* ---- who may, as the file's words say ---- */

static bool is_named(const struct reader *a, const struct record *r, const char *field)
{
    int i = model_field(r->k, field);
    const char *value = i < 0 ? NULL : record_get(r, i);
    return value && (str_list_has(value, a->id) || strcmp(value, a->agency) == 0);
}

static bool has_role(const struct reader *a, const char *word)
{
    size_t n = strcspn(word, "(");
    if (word[n] == '(' && (strncmp(word + n + 1, a->agency, strlen(a->agency)) != 0 ||
                           word[n + 1 + strlen(a->agency)] != ')')) {
        return false;
    }
    if (n && word[n - 1] == '*') {
        return strncmp(a->role, word, n - 1) == 0;
    }
    return strlen(a->role) == n && strncmp(a->role, word, n) == 0;
}

/* r NULL: one to be made. */
static bool fits(const struct reader *a, const char *word, const struct record *r)
{
    if (strcmp(word, "owner_agency") == 0) {
        return r && str_eq(record_common(r, COMMON_OWNER_AGENCY), a->agency);
    }
    if (strcmp(word, "author") == 0) {
        return r && is_named(a, r, "created_by");
    }
    if (str_starts(word, "field:")) {
        return r && is_named(a, r, word + strlen("field:"));
    }
    return strcmp(word, "system") != 0 && has_role(a, word);
}

static bool may(const struct reader *a, const struct step *s, const struct record *r)
{
    if (s->not_actor[0] && r && is_named(a, r, s->not_actor)) {
        return false;
    }
    for (int i = 0; i < s->n_who; i++) {
        const char *pos = NULL, *item;
        size_t n;
        while (str_list_next(s->who[i], &pos, &item, &n)) {
            AUTOFREE char *word = xstrndup(item, n);
            if (fits(a, word, r)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- a city without guards and kinds' own rules: what is left is who may ---- */

static void add_account(struct town *t, const char *role, const char *agency)
{
    struct reader *a = &t->accounts[t->n_accounts++];
    assert_true(t->n_accounts <= ACCOUNTS_MAX);
    for (int i = 0; i < READERS; i++) {
        const struct reader *r = &t->city->readers[i];
        if (str_eq(r->role, role) && str_eq(r->agency, agency)) {
            *a = *r;
            return;
        }
    }
    snprintf(a->role, sizeof a->role, "%s", role);
    snprintf(a->agency, sizeof a->agency, "%s", agency);
    snprintf(a->login, sizeof a->login, "role%02d.%s", t->n_accounts, agency);
    city_account(t->city, a);
}

static void add_accounts(struct town *t)
{
    const struct model *m = t->city->model;
    for (int i = 0; i < m->n_roles; i++) {
        const char *agencies = m->roles[i].agencies ? m->roles[i].agencies : "SNC,POL,FRI,KS";
        const char *pos = NULL, *item;
        size_t n;
        while (str_list_next(agencies, &pos, &item, &n)) {
            AUTOFREE char *agency = xstrndup(item, n);
            add_account(t, m->roles[i].code, agency);
        }
    }
}

static void strip(struct town *t)
{
    struct model *m = t->city->model;
    t->bare = xcalloc((size_t)m->n_kinds, sizeof *t->bare);
    for (int i = 0; i < m->n_kinds; i++) {
        struct kind_model *k = &m->kinds[i];
        t->bare[i] = *k->kind;
        t->bare[i].fill = NULL;
        t->bare[i].check = NULL;
        t->bare[i].saved = NULL;
        k->kind = &t->bare[i];
        k->n_clocks = 0;
        for (int l = 0; l < k->n_lifecycles; l++) {
            for (int s = 0; s < k->lifecycles[l].n_states; s++) {
                k->lifecycles[l].states[s].n_requires = 0;
            }
            for (int j = 0; j < k->lifecycles[l].n_transitions; j++) {
                k->lifecycles[l].transitions[j].n_guards = 0;
            }
        }
    }
}

static struct record *standing(const struct town *t, const struct seed *s, const char *from,
                               const char *to)
{
    const struct lifecycle_model *l = NULL;
    struct record *r;
    struct err e = {0};
    assert_true(repo_load_all(t->city->core, s->k, s->id, &r, &e));
    assert_non_null(model_state(s->k, to, &l));
    record_put(r, l->field, from);
    int snapshot = model_field(s->k, "snapshot"); /* read by the program: a word in it is none */
    if (snapshot >= 0) {
        record_put(r, snapshot, NULL);
    }
    return r;
}

/* Steals was. */
static bool take(struct town *t, struct record *was, const char *to, const char *reason,
                 struct err *e)
{
    struct core *c = t->city->core;
    struct done done;
    struct change ch = {
        .core = c, .was = was, .now = record_copy(was), .seen_rev = -1, .reason = reason};
    ch.given = xcalloc((size_t)was->k->n_fields, sizeof *ch.given);
    assert_true(tx_savepoint(c->store, e));
    bool ok = lifecycle_do(&ch, to, &done, e);
    if (ok) {
        tx_savepoint_rollback(c->store);
    } else {
        tx_savepoint_release(c->store);
    }
    record_free(ch.was);
    record_free(ch.now);
    free(ch.given);
    problems_done(&ch.problems);
    return ok;
}

/* ---- each account at each step ---- */

static void must_work(struct town *t, const struct reader *a, const struct step *s,
                      const struct seed *seed, enum level level)
{
    struct err e = {0};
    struct record *was = standing(t, seed, s->from, s->to);
    was->level = level;
    if (s->reason && (take(t, record_copy(was), s->to, NULL, &e) || !str_eq(e.field, "reason"))) {
        fail_msg("%s %s > %s: no reason is asked for", s->kind, s->from, s->to);
    }
    e = (struct err){0};
    if (!take(t, was, s->to, "ett skäl", &e)) {
        fail_msg("%s (%s) may take %s (%s of %s) from %s to %s, and cannot: %s", a->role,
                 a->agency, s->kind, seed->variant, seed->owner, s->from, s->to, e.text);
    }
    t->n_taken++;
}

static void must_not(struct town *t, const struct reader *a, const struct step *s,
                     const struct seed *seed, enum level level)
{
    struct err e = {0};
    struct record *was = standing(t, seed, s->from, s->to);
    was->level = level;
    if (take(t, was, s->to, "ett skäl", &e) || e.code != ERR_DENIED) {
        fail_msg("%s (%s) may not take %s (%s of %s) from %s to %s: %s", a->role, a->agency,
                 s->kind, seed->variant, seed->owner, s->from, s->to, e.text);
    }
}

/* What cannot be seen cannot be moved; nor where it may not be seen how it stands. */
static void try_step(struct town *t, const struct reader *a, const struct step *s,
                     const struct seed *seed, const struct record *seen)
{
    const struct lifecycle_model *l = NULL;
    assert_non_null(model_state(seed->k, s->to, &l));
    t->n_tried++;
    if (may(a, s, seed->now) && !record_hidden(seen, l->field)) {
        must_work(t, a, s, seed, seen->level);
    } else {
        must_not(t, a, s, seed, seen->level);
    }
}

static void try_made(struct town *t, const struct reader *a, const struct step *s)
{
    const struct kind_model *k = model_kind(t->city->model, s->kind);
    if (access_may_create(t->city->core, k) != may(a, s, NULL)) {
        fail_msg("%s (%s) %s make a %s", a->role, a->agency, may(a, s, NULL) ? "may" : "may not",
                 s->kind);
    }
}

/* A record made by the account or naming it is worth a try where the step, or seeing it, asks for
 * that. */
static bool concerns(const struct step *s, const struct seed *seed)
{
    bool person = s->not_actor[0];
    for (int i = 0; i < s->n_who; i++) {
        person |= strstr(s->who[i], "author") || strstr(s->who[i], "field:");
        for (int j = 0; j < seed->k->rights.n_see; j++) {
            const struct right *see = &seed->k->rights.see[j];
            person |= see->when && strstr(s->who[i], see->role);
        }
    }
    return str_eq(s->kind, seed->k->kind->name) && strcmp(s->from, "-") != 0 &&
           (person || seed->reader < 0);
}

static void try_seed(struct town *t, const struct reader *a, const struct seed *seed)
{
    struct record *seen = NULL;
    struct err e = {0};
    bool mine = seed->reader < 0 || str_eq(t->city->readers[seed->reader].id, a->id);
    for (int i = 0; i < t->steps->n && mine; i++) {
        const struct step *s = &t->steps->at[i];
        if (!concerns(s, seed)) {
            continue;
        }
        if (!seen && !repo_load(t->city->core, seed->k, seed->id, &seen, &e)) {
            return;
        }
        try_step(t, a, s, seed, seen);
    }
    record_free(seen);
    core_request_done(t->city->core);
}

static void only_those_who_may(void **state)
{
    struct town *t = *state;
    struct err e = {0};
    for (int i = 0; i < t->n_accounts; i++) {
        const struct reader *a = &t->accounts[i];
        core_request_done(t->city->core);
        assert_true(subject_by_login(t->city->core, a->login, &e));
        for (int s = 0; s < t->steps->n; s++) {
            if (strcmp(t->steps->at[s].from, "-") == 0) {
                try_made(t, a, &t->steps->at[s]);
            }
        }
        for (int s = 0; s < t->city->n; s++) {
            try_seed(t, a, &t->city->seeds[s]);
        }
    }
    subject_system(t->city->core);
    print_message("%lld attempts by %d accounts, %lld of them allowed\n", (long long)t->n_tried,
                  t->n_accounts, (long long)t->n_taken);
    assert_true(t->n_taken > 500);
}

/* ---- each guard ---- */

/* A record in which only its parents stand, and no rows hang on it. */
static struct record *emptied(const struct town *t, const struct step *s)
{
    for (int i = 0; i < t->city->n; i++) {
        const struct seed *seed = &t->city->seeds[i];
        if (!str_eq(seed->k->kind->name, s->kind) || !str_eq(seed->variant, "made")) {
            continue;
        }
        struct record *r = standing(t, seed, s->from, s->to);
        for (int f = 0; f < r->k->n_own; f++) {
            const struct field *field = &r->k->fields[f].f;
            bool keep = (field->type == F_REF && field->flags & REQUIRED) ||
                        str_eq(field->of, "state");
            record_put(r, f, keep ? record_get(r, f) : NULL);
        }
        return r;
    }
    fail_msg("no record of %s", s->kind);
    return NULL;
}

static void try_guard(struct town *t, const struct step *s, const struct step_guard *sg)
{
    struct record *r = emptied(t, s);
    const struct guard *guard = guard_find(r->k->kind, sg->name);
    STR why = {0};
    if (!guard) {
        fail_msg("%s %s > %s: there is no guard %s", s->kind, s->from, s->to, sg->name);
    }
    struct guard_case g = {.core = t->city->core, .r = r, .why = &why};
    bool holds = guard->holds(&g);
    if (!sg->empty_passes && (holds || !why.len)) {
        fail_msg("%s %s > %s: guard %s lets an empty record pass", s->kind, s->from, s->to,
                 sg->name);
    }
    record_free(r);
}

/* As somebody who has no say in it: guards that ask for a certain person refuse, too. */
static void every_guard_stops_it(void **state)
{
    struct town *t = *state;
    struct err e = {0};
    assert_true(subject_by_login(t->city->core, t->accounts[0].login, &e));
    for (int i = 0; i < t->steps->n; i++) {
        for (int j = 0; j < t->steps->at[i].n_guards; j++) {
            try_guard(t, &t->steps->at[i], &t->steps->at[i].guards[j]);
        }
        core_request_done(t->city->core);
    }
    subject_system(t->city->core);
}

static void the_configuration_has_just_these(void **state)
{
    const struct town *t = *state;
    if (t->wrong.len) {
        fail_msg("tests/transitions.txt:\n%s", t->wrong.p);
    }
}

static int make(void **state)
{
    struct town *t = xcalloc(1, sizeof *t);
    struct err e = {0};
    *state = t;
    t->city = city_make();
    t->steps = steps_read();
    steps_compare(t->steps, t->city->model, &t->wrong);
    if (!tx_begin(t->city->store, &e)) {
        return -1;
    }
    add_accounts(t);
    strip(t);
    return 0;
}

static int end(void **state)
{
    struct town *t = *state;
    tx_rollback(t->city->store);
    city_end(t->city);
    steps_free(t->steps);
    str_done(&t->wrong);
    free(t->bare);
    free(t);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_configuration_has_just_these),
        cmocka_unit_test(only_those_who_may),
        cmocka_unit_test(every_guard_stops_it),
    };
    return cmocka_run_group_tests_name("transitions", tests, make, end);
}
