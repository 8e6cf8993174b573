/* See city.h. The records are written past the rules of their kinds: what is tried is who sees
 * them. */
#include "city.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/mem.h"
#include "treben/forms/forms.h"

#include <ctype.h>
#include <stdio.h>

static const char *const owners[] = {"POL", "FRI", "SNC"};

/* Where a reference that may lead anywhere leads; the record is of the same agency where the kind
 * allows it. */
static const struct {
    const char *kind, *field, *to;
} leads[] = {
    {"approval", "subject", "sanction_round"},
    {"deconfliction", "subject", "custom_notification"},
    {"task", "subject", "incident"},
    {"task", "source", "incident"},
    {"agenda_item", "subjects", "incident"},
    {"document", "subject", "incident"},
    {"link", "subject", "incident"},
    {"link", "other", "sanction_round"},
    {"link", "mirror", "incident"},
    {"meeting_decision", "ref", "incident"},
    {"note", "subject", "incident"},
    {"promise", "made_in", "group_message"},
    {"promise", "to", "group"},
    {"measure", "target", "person"},
};
/* Rows of other parents, too. */
static const struct {
    const char *kind, *field, *to, *variant;
} elsewhere[] = {
    {"promise", "made_in", "custom_notification", "in custom_notification"},
    {"note", "subject", "help_offer", "about help_offer"},
    {"task", "subject", "help_offer", "about help_offer"},
    {"task", "subject", "sanction_round", "about sanction_round"},
    {"note", "subject", "person", "about person"},
    {"note", "subject", "exit_contact", "about exit_contact"},
    {"task", "subject", "exit_contact", "about exit_contact"},
    {"note", "subject", "exit_case", "about exit_case"},
    {"task", "subject", "exit_case", "about exit_case"},
    {"note", "subject", "promise", "about promise"},
    {"task", "subject", "promise", "about promise"},
    {"approval", "subject", "custom_notification", "of custom_notification"},
};

static void fine(bool ok, const struct err *e)
{
    if (!ok) {
        fail_msg("%s: %s", e->field, e->text);
    }
}

/* ---- words
 * -----------------------------------------------------------------------------------------------------
 */

void word_of(int seed, int field, int version, char ret[WORD_LEN + 1])
{
    char text[40];
    snprintf(text, sizeof text, "zq%05d%02d%d", seed, field, version);
    assert_int_equal(strlen(text), WORD_LEN);
    memcpy(ret, text, WORD_LEN + 1);
}

const char *word_next(const char *text, int *ret_seed, int *ret_field, int *ret_version)
{
    for (const char *p = text; (p = strstr(p, "zq")); p++) {
        if (strspn(p + 2, "0123456789") >= WORD_LEN - 2 &&
            sscanf(p, "zq%5d%2d%1d", ret_seed, ret_field, ret_version) == 3) {
            return p + WORD_LEN;
        }
    }
    return NULL;
}

/* ---- which records
 * ---------------------------------------------------------------------------------------------- */

static const char *lead_of(const char *kind, const char *field)
{
    for (size_t i = 0; i < N_OF(leads); i++) {
        if (str_eq(leads[i].kind, kind) && str_eq(leads[i].field, field)) {
            return leads[i].to;
        }
    }
    return NULL;
}

static const struct kind_model *target_of(const struct city *c, const struct kind_model *k, int f)
{
    const struct field_model *m = &k->fields[f];
    return m->target ? m->target : model_kind(c->model, lead_of(k->kind->name, m->f.name));
}

/* The agency that a record of this kind would have when `owner` makes it. */
static const char *owner_of(const struct city *c, const struct kind_model *k, const char *owner)
{
    const char *rule = k->kind->owner;
    if (!rule) {
        return owner;
    }
    if (!str_eq(rule, "parent")) {
        return rule;
    }
    return owner_of(c, target_of(c, k, model_field(k, k->kind->parent)), owner);
}

static struct seed *base_of(const struct city *c, const struct kind_model *k, const char *owner,
                            const char *variant)
{
    for (int i = 0; i < c->n; i++) {
        struct seed *s = &c->seeds[i];
        if (s->k == k && str_eq(s->variant, variant) && str_eq(s->owner, owner_of(c, k, owner))) {
            return s;
        }
    }
    return NULL;
}

static struct seed *add_seed(struct city *c, const struct kind_model *k, const char *owner,
                             const char *variant, int reader)
{
    c->seeds = xrealloc(c->seeds, sizeof *c->seeds * (size_t)(c->n + 1));
    struct seed *s = &c->seeds[c->n++];
    *s = (struct seed){.k = k, .owner = owner, .reader = reader};
    snprintf(s->variant, sizeof s->variant, "%s", variant);
    snprintf(s->id, sizeof s->id, "%s", id_new().text);
    return s;
}

/* Is it said of this kind, or of the one it is a row of, which agencies heard it? */
static bool is_heard(const struct kind_model *k)
{
    int parent = k->kind->parent ? model_field(k, k->kind->parent) : -1;
    const struct kind_model *of = parent >= 0 ? k->fields[parent].target : NULL;
    return model_field(k, "heard_by") >= 0 || (of && is_heard(of));
}

/* Rows of accounts are left out: one that names a reader would give the reader a role more. */
static bool names_users(const struct kind_model *k)
{
    if (str_eq(k->kind->parent, "user")) {
        return false;
    }
    for (int i = 0; i < k->n_own; i++) {
        if (str_eq(k->fields[i].f.of, "user")) {
            return true;
        }
    }
    return false;
}

static void plan_seeds(struct city *c)
{
    for (int i = 0; i < c->model->n_kinds; i++) {
        for (size_t a = 0; a < N_OF(owners); a++) {
            const struct kind_model *k = &c->model->kinds[i];
            if (str_eq(owner_of(c, k, owners[a]), owners[a])) {
                add_seed(c, k, owners[a], "", -1);
            }
        }
    }
    int n = c->n;
    for (int i = 0; i < n; i++) {
        const struct seed s = c->seeds[i];
        for (int r = 0; r < READERS; r++) {
            add_seed(c, s.k, s.owner, "made", r);
            if (names_users(s.k)) {
                add_seed(c, s.k, s.owner, "named", r);
            }
        }
    }
    for (int i = 0; i < n; i++) {
        if (is_heard(c->seeds[i].k)) {
            add_seed(c, c->seeds[i].k, c->seeds[i].owner, "heard", -1);
        }
    }
    for (size_t i = 0; i < N_OF(elsewhere); i++) {
        for (size_t a = 0; a < N_OF(owners); a++) {
            const struct kind_model *to = model_kind(c->model, elsewhere[i].to);
            const struct kind_model *k = model_kind(c->model, elsewhere[i].kind);
            if (!str_eq(k->kind->owner, "parent") ||
                str_eq(owner_of(c, to, owners[a]), owners[a])) {
                add_seed(c, k, owners[a], elsewhere[i].variant, -1);
            }
        }
    }
}

/* ---- their values
 * ------------------------------------------------------------------------------------------------
 */

static const char *agency_id(struct city *c, const char *code)
{
    struct record *a = look_first(c->core, "agency", "id", "code == \"%s\"", code);
    assert_non_null(a);
    const char *id = arena_strdup(&c->core->scratch, a->id);
    record_free(a);
    return id;
}

static const char *ref_value(struct city *c, const struct seed *s, int f)
{
    const struct field_model *m = &s->k->fields[f];
    const struct kind_model *to = target_of(c, s->k, f);
    const char *elsewhere_kind = strchr(s->variant, ' ');
    if (elsewhere_kind && str_eq(m->f.name, s->k->kind->parent)) {
        to = model_kind(c->model, elsewhere_kind + 1);
    }
    if (!to || to == s->k) {
        return NULL;
    }
    if (str_eq(to->kind->name, "agency")) {
        return agency_id(c, s->owner);
    }
    if (str_eq(to->kind->name, "user") && str_eq(s->variant, "named")) {
        return c->readers[s->reader].id;
    }
    bool heard = str_eq(s->variant, "heard") && is_heard(to);
    const struct seed *base = base_of(c, to, s->owner, heard ? "heard" : "");
    return base ? base->id : NULL;
}

static const char *code_value(const struct kind_model *k, int f)
{
    if (str_eq(k->fields[f].f.of, "state")) {
        for (int i = 0; i < k->n_lifecycles; i++) {
            if (k->lifecycles[i].field == f) {
                return k->lifecycles[i].initial;
            }
        }
    }
    return k->fields[f].codes ? k->fields[f].codes->codes[0].code : NULL;
}

static const char *value_of(struct city *c, int seed, int f, char word[WORD_LEN + 1])
{
    const struct seed *s = &c->seeds[seed];
    const struct field *field = &s->k->fields[f].f;
    bool limits = str_eq(field->name, "active_to") || str_eq(field->name, "to");
    switch (field->type) {
    case F_TEXT:
    case F_NOTE:
    case F_SEALED:
        word_of(seed, f, 0, word);
        return word;
    case F_INT:
        return str_eq(field->name, "uid") ? NULL : "1";
    case F_BOOL:
        return "1";
    case F_DATE:
    case F_PDATE:
        return limits ? NULL : "2026-11-01";
    case F_TIME:
        return "2026-11-01T10:00:00Z";
    case F_CODE:
    case F_CODES:
        return code_value(s->k, f);
    case F_REF:
    case F_REFS:
        return ref_value(c, s, f);
    }
    return NULL;
}

static struct record *fill_record(struct city *c, int seed)
{
    struct seed *s = &c->seeds[seed];
    struct record *r = record_new(s->k);
    char word[WORD_LEN + 1];
    snprintf(r->id, sizeof r->id, "%s", s->id);
    for (int f = 0; f < s->k->n_own; f++) {
        record_put(r, f, value_of(c, seed, f, word));
    }
    int n = s->k->n_own;
    record_put(r, n + COMMON_OWNER_AGENCY, s->owner);
    record_put(r, n + COMMON_INFO_CLASS, str_eq(s->variant, "heard") ? "DELAD" : "INTERN");
    record_put(r, n + COMMON_LOCKED, "0");
    word_of(seed, n + COMMON_PURGE_RULE, 0, word);
    record_put(r, n + COMMON_PURGE_RULE, word);
    if (str_eq(s->variant, "made")) {
        record_put(r, n + COMMON_CREATED_BY, c->readers[s->reader].id);
    }
    return r;
}

/* Writes every text anew; then, later, one field that only those see who see everything. */
static void write_again(struct city *c, int seed)
{
    struct seed *s = &c->seeds[seed];
    struct err e = {0};
    char word[WORD_LEN + 1];
    int purge = s->k->n_own + COMMON_PURGE_RULE;
    for (int round = 0; round < 2; round++) {
        struct record *was = s->now;
        s->now = record_copy(was);
        clock_set(clock_now() + 60);
        for (int f = 0; f < s->k->n_fields; f++) {
            enum field_type t = s->k->fields[f].f.type;
            bool text = t == F_TEXT || t == F_NOTE || t == F_SEALED;
            if (text && record_has(was, f) && (f == purge) == (round == 1)) {
                word_of(seed, f, 1, word);
                record_put(s->now, f, word);
            }
        }
        fine(repo_write(c->core, was, s->now, "ett skäl", &e), &e);
        record_free(was);
    }
}

static void write_seeds(struct city *c)
{
    struct err e = {0};
    instant start;
    assert_true(instant_from_text(STAGE_NOW, &start));
    for (int i = 0; i < c->n; i++) {
        clock_set(start - 7200);
        c->seeds[i].now = fill_record(c, i);
        fine(repo_write(c->core, NULL, c->seeds[i].now, NULL, &e), &e);
        if (c->seeds[i].reader < 0) {
            write_again(c, i);
        }
        core_request_done(c->core);
    }
    clock_set(start);
}

/* ---- finding them
 * ------------------------------------------------------------------------------------------------
 */

static int by_id(const void *x, const void *y, void *seeds)
{
    const struct seed *s = seeds;
    return strcmp(s[*(const int *)x].id, s[*(const int *)y].id);
}

static void index_seeds(struct city *c)
{
    c->by_id = xcalloc((size_t)c->n, sizeof *c->by_id);
    for (int i = 0; i < c->n; i++) {
        c->by_id[i] = i;
    }
    qsort_r(c->by_id, (size_t)c->n, sizeof *c->by_id, by_id, c->seeds);
}

int city_seed(const struct city *c, const char *id)
{
    int low = 0, high = c->n;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = strcmp(id, c->seeds[c->by_id[middle]].id);
        if (order == 0) {
            return c->by_id[middle];
        }
        low = order > 0 ? middle + 1 : low;
        high = order < 0 ? middle : high;
    }
    return -1;
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------------------
 */

void city_account(struct city *c, struct reader *r)
{
    const struct kind_model *uk = model_kind(c->model, "user"),
                            *gk = model_kind(c->model, "user_role");
    struct record *role = look_first(c->core, "role", "id", "code == \"%s\"", r->role);
    struct record *user = record_new(uk), *grant = record_new(gk);
    struct err e = {0};
    assert_non_null(role);
    const char *const values[][2] = {{"login", r->login},
                                     {"display_name", r->login},
                                     {"display_alias", r->login},
                                     {"agency", agency_id(c, r->agency)}};
    for (size_t i = 0; i < N_OF(values); i++) {
        record_put(user, model_field(uk, values[i][0]), values[i][1]);
    }
    record_put(user, uk->n_own + COMMON_OWNER_AGENCY, r->agency);
    record_put(user, uk->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(user, uk->n_own + COMMON_LOCKED, "0");
    fine(repo_write(c->core, NULL, user, NULL, &e), &e);
    snprintf(r->id, sizeof r->id, "%s", user->id);
    record_put(grant, model_field(gk, "user"), user->id);
    record_put(grant, model_field(gk, "role"), role->id);
    record_put(grant, gk->n_own + COMMON_OWNER_AGENCY, r->agency);
    record_put(grant, gk->n_own + COMMON_INFO_CLASS, "INTERN");
    record_put(grant, gk->n_own + COMMON_LOCKED, "0");
    fine(repo_write(c->core, NULL, grant, NULL, &e), &e);
    record_free(role);
    record_free(user);
    record_free(grant);
}

struct city *city_make(void)
{
    struct city *c = xcalloc(1, sizeof *c);
    const struct forms_dirs dirs = {.forms = TREBEN_ROOT "/forms", .config = TREBEN_ROOT "/config"};
    struct findings found = {0};
    struct err e = {0};
    c->st = stage_make();
    lang_start("");
    lang_use(LANG_EN);
    fine(store_open(c->st->path, STORE_USE, &c->store, &e), &e);
    fine(forms_load(&dirs, &c->model, &found, &e), &e);
    findings_done(&found);
    c->core = core_new(c->store, c->model);
    c->oracle = oracle_read(c->readers);
    fine(tx_begin(c->store, &e), &e);
    for (int i = 0; i < READERS; i++) {
        city_account(c, &c->readers[i]);
    }
    plan_seeds(c);
    index_seeds(c);
    oracle_ready(c);
    write_seeds(c);
    fine(tx_commit(c->store, &e), &e);
    return c;
}

void city_be(struct city *c, int reader)
{
    struct err e = {0};
    core_request_done(c->core);
    fine(subject_by_login(c->core, c->readers[reader].login, &e), &e);
}

void city_let_go(struct city *c)
{
    if (c->core) {
        core_free(c->core);
        store_close(c->store);
        c->core = NULL;
    }
}

void city_end(struct city *c)
{
    city_let_go(c);
    for (int i = 0; i < c->n; i++) {
        record_free(c->seeds[i].now);
    }
    free(c->seeds);
    free(c->by_id);
    forms_free(c->model);
    oracle_free(c->oracle);
    stage_end(c->st);
    clock_set(INSTANT_NONE);
    free(c);
}
