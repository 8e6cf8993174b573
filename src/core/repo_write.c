/* core/repo_write.c: one row into its table, with its derived columns, its numbers, its history and its search rows. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/repo.h"
#include "treben/store/rows.h"
#include "treben/store/seal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool same(const struct record *was, const struct record *now, int field)
{
    return was && str_eq(record_get(was, field), record_get(now, field));
}

/* --- binding one statement, value by value ---------------------------------------------------------------- */

struct writer {
    struct core *c;
    const struct record *now;
    struct stmt *st;
    int i; /* next parameter */
    struct err *e;
};

static bool bind_sealed(struct writer *w, const struct field *f, const char *text)
{
    unsigned char *bytes;
    size_t n;
    if (!text) {
        stmt_text(w->st, w->i++, NULL);
        return true;
    }
    if (!seal_close(w->c->store, w->now->k->kind->name, f->name, w->now->id, text, &bytes, &n, w->e))
        return false;
    unsigned char *kept = arena_alloc(&w->c->scratch, n); /* must live until the statement has run */
    memcpy(kept, bytes, n);
    free(bytes);
    stmt_blob(w->st, w->i++, kept, n);
    return true;
}

static bool bind_field(struct writer *w, int field)
{
    const struct field *f = &w->now->k->fields[field].f;
    const char *text = record_get(w->now, field);
    if (f->type == F_SEALED)
        return bind_sealed(w, f, text);
    if (text && (f->type == F_INT || f->type == F_BOOL))
        stmt_int(w->st, w->i++, strtoll(text, NULL, 10));
    else
        stmt_text(w->st, w->i++, text);
    return true;
}

/* The columns computed from a field: its Swedish sort key, the keyed hash of a sealed value. */
static bool bind_derived(struct writer *w, int field)
{
    const struct field *f = &w->now->k->fields[field].f;
    const char *text = record_get(w->now, field);
    char hash[65];
    if (!text) {
        stmt_text(w->st, w->i++, NULL);
    } else if (f->flags & SORT) {
        AUTOFREE char *key = text_sort_key(text);
        stmt_text(w->st, w->i++, arena_strdup(&w->c->scratch, key));
    } else {
        if (!seal_hash(w->c->store, text, hash, w->e))
            return false;
        stmt_text(w->st, w->i++, arena_strdup(&w->c->scratch, hash));
    }
    return true;
}

static const char *extra_json(struct core *c, const struct record *r)
{
    json_t *extra = json_object();
    for (int i = 0; i < r->k->n_fields; i++)
        if (r->k->fields[i].local && record_has(r, i))
            json_object_set_new(extra, r->k->fields[i].f.name, json_string(record_get(r, i)));
    char *text = json_dumps(extra, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(extra);
    const char *kept = arena_strdup(&c->scratch, text);
    free(text);
    return kept;
}

/* --- insert ---------------------------------------------------------------------------------------------------- */

static const char *insert_sql(struct core *c, const struct kind_model *k)
{
    STR names = {0};
    STR marks = {0};
    str_add(&names, "\"id\", \"fold\", \"extra\"");
    str_add(&marks, "?, ?, ?");
    if (k->kind->series) {
        str_add(&names, ", \"case_no\"");
        str_add(&marks, ", ?");
    }
    for (int i = 0; i < k->n_fields; i++) {
        const struct field *f = &k->fields[i].f;
        if (k->fields[i].local)
            continue;
        str_printf(&names, ", \"%s\"", f->name);
        str_add(&marks, ", ?");
        if (f->flags & (SORT | HASHED)) {
            str_printf(&names, ", \"%s_%s\"", f->name, f->flags & SORT ? "key" : "hash");
            str_add(&marks, ", ?");
        }
    }
    return arena_printf(&c->scratch, "INSERT INTO \"%s\" (%s) VALUES (%s)", k->kind->name, names.p, marks.p);
}

static bool insert(struct core *c, const struct record *now, struct err *e)
{
    const struct kind_model *k = now->k;
    STMT st;
    if (!stmt_get(c->store, DOOR_WRITE, insert_sql(c, k), &st, e))
        return false;
    struct writer w = {.c = c, .now = now, .st = &st, .i = 1, .e = e};
    AUTOFREE char *fold = record_fold(now);
    stmt_text(&st, w.i++, now->id);
    stmt_text(&st, w.i++, fold);
    stmt_text(&st, w.i++, extra_json(c, now));
    if (k->kind->series)
        stmt_text(&st, w.i++, now->case_no);
    for (int i = 0; i < k->n_fields; i++) {
        if (k->fields[i].local)
            continue;
        if (!bind_field(&w, i))
            return false;
        if (k->fields[i].f.flags & (SORT | HASHED) && !bind_derived(&w, i))
            return false;
    }
    return stmt_run(&st, e);
}

/* --- update: only what changed, so that untouched indexes stay untouched ----------------------------------------- */

static const char *update_sql(struct core *c, const struct record *was, const struct record *now, bool fold, bool extra)
{
    const struct kind_model *k = now->k;
    STR s = {0};
    str_printf(&s, "UPDATE \"%s\" SET ", k->kind->name);
    size_t start = s.len;
    for (int i = 0; i < k->n_fields; i++) {
        const struct field *f = &k->fields[i].f;
        if (k->fields[i].local || same(was, now, i))
            continue;
        str_printf(&s, "%s\"%s\" = ?", s.len > start ? ", " : "", f->name);
        if (f->flags & (SORT | HASHED))
            str_printf(&s, ", \"%s_%s\" = ?", f->name, f->flags & SORT ? "key" : "hash");
    }
    if (fold)
        str_printf(&s, "%s\"fold\" = ?", s.len > start ? ", " : "");
    if (extra)
        str_printf(&s, "%s\"extra\" = ?", s.len > start ? ", " : "");
    str_add(&s, " WHERE \"id\" = ? AND \"rev\" = ?");
    return arena_strdup(&c->scratch, s.p);
}

static bool extra_changed(const struct record *was, const struct record *now)
{
    for (int i = 0; i < now->k->n_fields; i++)
        if (now->k->fields[i].local && !same(was, now, i))
            return true;
    return false;
}

static bool update(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    const struct kind_model *k = now->k;
    AUTOFREE char *fold = record_fold(now);
    AUTOFREE char *fold_was = record_fold(was);
    bool new_fold = !str_eq(fold, fold_was), new_extra = extra_changed(was, now);
    STMT st;
    if (!stmt_get(c->store, DOOR_WRITE, update_sql(c, was, now, new_fold, new_extra), &st, e))
        return false;
    struct writer w = {.c = c, .now = now, .st = &st, .i = 1, .e = e};
    for (int i = 0; i < k->n_fields; i++) {
        if (k->fields[i].local || same(was, now, i))
            continue;
        if (!bind_field(&w, i))
            return false;
        if (k->fields[i].f.flags & (SORT | HASHED) && !bind_derived(&w, i))
            return false;
    }
    if (new_fold)
        stmt_text(&st, w.i++, fold);
    if (new_extra)
        stmt_text(&st, w.i++, extra_json(c, now));
    stmt_text(&st, w.i++, now->id);
    stmt_int(&st, w.i++, record_int(was, k->n_own + COMMON_REV));
    if (!stmt_run(&st, e))
        return false;
    if (stmt_changes(&st) != 1)
        return err_set(e, ERR_CONFLICT, _("Somebody else saved this record before you."));
    return true;
}

/* --- numbers, index, history --------------------------------------------------------------------------------------- */

/* A number at random out of those with so many digits; seedable as the ids are. */
static int64_t random_no(int digits)
{
    struct rng rng;
    uint64_t seed = 0;
    uint32_t below = 1;
    struct id id = id_new();
    for (const char *p = id.text; *p; p++)
        seed = seed * 31 + (unsigned char)*p;
    for (int i = 0; i < digits; i++)
        below *= 10;
    rng_seed(&rng, seed);
    return 1 + rng_below(&rng, below - 1);
}

/* What only social services keep is numbered at random: a number that counted up would tell how many
 * seek help. */
static bool quiet_case_no(struct core *c, struct record *now, int year, struct err *e)
{
    const struct kind *k = now->k->kind;
    bool taken = true;
    for (int tries = 0; taken; tries++) {
        char id[ID_LEN + 1], kind[64];
        int digits = k->series_digits + tries / 20; /* nearly all of them given out */
        snprintf(now->case_no, sizeof now->case_no, "%s-%d-%0*lld", k->series, year, k->series_digits,
                 (long long)random_no(digits));
        if (!index_find(c->store, true, now->case_no, &taken, id, kind, e))
            return false;
    }
    return true;
}

static bool next_case_no(struct core *c, struct record *now, struct err *e)
{
    const struct kind *k = now->k->kind;
    int year = moment_of(clock_now()).date.y;
    int64_t n;
    if (str_eq(k->owner, "SNC"))
        return quiet_case_no(c, now, year, e);
    if (!series_next(c->store, k->series, year, &n, e))
        return false;
    snprintf(now->case_no, sizeof now->case_no, "%s-%d-%0*lld", k->series, year, k->series_digits, (long long)n);
    return true;
}

static bool add_history(struct core *c, const struct record *now, const char *field, const char *old_value,
                        const char *new_value, const char *reason, struct err *e)
{
    int n = now->k->n_own;
    const struct history_entry h = {.kind = now->k->kind->name,
                                    .record = now->id,
                                    .rev = record_int(now, n + COMMON_REV),
                                    .shared_rev = record_int(now, n + COMMON_SHARED_REV),
                                    .at = record_common(now, COMMON_UPDATED_AT),
                                    .user = c->who.user[0] ? c->who.user : NULL,
                                    .agency = c->who.agency[0] ? c->who.agency : NULL,
                                    .field = field,
                                    .old_value = old_value,
                                    .new_value = new_value,
                                    .reason = reason};
    return history_add(c->store, &h, e);
}

static bool is_bookkeeping(const struct record *r, int field)
{
    int common = field - r->k->n_own;
    return common == COMMON_REV || common == COMMON_SHARED_REV || common == COMMON_UPDATED_AT ||
           common == COMMON_UPDATED_BY || common == COMMON_SHARED_UPDATED_AT;
}

static bool history_write(struct core *c, const struct record *was, const struct record *now, const char *reason,
                          struct err *e)
{
    if (!was)
        return add_history(c, now, "", NULL, NULL, reason, e);
    for (int i = 0; i < now->k->n_fields; i++) {
        if (same(was, now, i) || is_bookkeeping(now, i))
            continue;
        const struct field *f = &now->k->fields[i].f;
        bool sealed = f->type == F_SEALED; /* that it changed is told, what it was is not */
        if (!add_history(c, now, f->name, sealed ? NULL : record_get(was, i), sealed ? NULL : record_get(now, i), reason, e))
            return false;
    }
    return true;
}

/* Counts the record up, and its shared part only when that changed: the rest must not shine through. */
static bool stamp(struct core *c, const struct record *was, struct record *now)
{
    const struct kind_model *k = now->k;
    bool any = !was, shared = !was;
    for (int i = 0; was && i < k->n_fields; i++) {
        if (same(was, now, i) || is_bookkeeping(now, i))
            continue;
        any = true;
        shared |= (k->fields[i].f.flags & (SHARED | META)) != 0;
    }
    char at[INSTANT_TEXT], rev[24];
    instant_text(clock_now(), at);
    if (any) {
        snprintf(rev, sizeof rev, "%lld", (long long)(was ? record_int(was, k->n_own + COMMON_REV) + 1 : 1));
        record_put(now, k->n_own + COMMON_REV, rev);
        record_put(now, k->n_own + COMMON_UPDATED_AT, at);
        record_put(now, k->n_own + COMMON_UPDATED_BY, c->who.user);
    }
    if (shared) {
        snprintf(rev, sizeof rev, "%lld", (long long)(was ? record_int(was, k->n_own + COMMON_SHARED_REV) + 1 : 1));
        record_put(now, k->n_own + COMMON_SHARED_REV, rev);
        record_put(now, k->n_own + COMMON_SHARED_UPDATED_AT, at);
    }
    if (!was) {
        if (!record_common(now, COMMON_CREATED_AT))
            record_put(now, k->n_own + COMMON_CREATED_AT, at);
        if (!record_common(now, COMMON_CREATED_BY))
            record_put(now, k->n_own + COMMON_CREATED_BY, c->who.user);
    }
    return any;
}

bool repo_write(struct core *c, const struct record *was, struct record *now, const char *reason, struct err *e)
{
    if (!now->id[0])
        snprintf(now->id, sizeof now->id, "%s", id_new().text);
    if (!stamp(c, was, now))
        return true; /* nothing changed: nothing is written, rev stays */
    if (!was && now->k->kind->series && !now->case_no[0] && !next_case_no(c, now, e))
        return false;
    if (was ? !update(c, was, now, e) : !(insert(c, now, e) && index_add(c->store, now->id, now->k->kind->name, now->case_no[0] ? now->case_no : NULL, e)))
        return false;
    return history_write(c, was, now, reason, e) && search_write(c, was, now, e);
}
