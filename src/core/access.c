/* core/access.c: one view per kind, written for this session's subject from the rights table. Whatever a request
 * reads, it reads through such a view; the store refuses everything else. */
#include "inside.h"
#include "treben/core/access.h"

#include <string.h>

/* The subject's conditions for one kind, each with the level it opens; and what must hold besides for any of them:
 * kept apart, since in a row that is shown it holds, and need not be asked again for each of its columns. */
struct term {
    char *cond; /* SQL over alias t, arena; NULL: always */
    enum level level;
};
struct terms {
    struct arena arena;
    struct term at[24];
    int n;
    const char *besides; /* NULL: nothing */
};

static void term_add(struct terms *ts, const char *cond, enum level level)
{
    if (level == LEVEL_NONE || ts->n == (int)N_OF(ts->at))
        return;
    ts->at[ts->n++] = (struct term){.cond = arena_strdup(&ts->arena, cond), .level = level};
}

static bool right_fits(const struct core *c, const struct right *r)
{
    return subject_is(c, r->role) && (!r->agency || strcmp(r->agency, c->who.agency) == 0);
}

static void add_user_named(struct str *s, const struct kind_model *k, const char *field, const char *user)
{
    int i = model_field(k, field);
    if (i < 0)
        return;
    if (s->len)
        str_add(s, " OR ");
    if (k->fields[i].f.type == F_REFS)
        str_printf(s, "instr(',' || ifnull(t.\"%s\", '') || ',', ',%s,') > 0", field, user);
    else
        str_printf(s, "t.\"%s\" IS '%s'", field, user);
}

/* "mine": made by the subject, or naming the subject in any reference to a user. */
static char *cond_mine(const struct core *c, const struct kind_model *k, struct arena *a)
{
    STR s = {0};
    add_user_named(&s, k, "created_by", c->who.user);
    for (int i = 0; i < k->n_own; i++) {
        const struct field *f = &k->fields[i].f;
        if ((f->type == F_REF || f->type == F_REFS) && str_eq(f->of, "user"))
            add_user_named(&s, k, f->name, c->who.user);
    }
    return arena_printf(a, "(%s)", str_text(&s));
}

/* Of a class that all may share. */
#define OPEN_CLASS "t.\"info_class\" IN ('OPPEN', 'DELAD')"

static char *cond_of_right(const struct core *c, const struct kind_model *k, const struct right *r, struct arena *a)
{
    if (!r->when)
        return NULL;
    if (strcmp(r->when, "owner") == 0)
        return arena_printf(a, "(t.\"owner_agency\" = '%s' OR %s)", c->who.agency, cond_mine(c, k, a));
    if (strcmp(r->when, "open") == 0)
        return arena_strdup(a, OPEN_CLASS);
    if (strcmp(r->when, "heard") == 0)
        return arena_printf(a, "(" OPEN_CLASS " AND instr(',' || ifnull(t.\"heard_by\", '') || ',', ',%s,') > 0)",
                            c->who.agency);
    return cond_mine(c, k, a);
}

static char *cond_and(struct arena *a, const char *x, const char *y)
{
    if (!x || !y)
        return arena_strdup(a, x ? x : y);
    return arena_printf(a, "(%s AND %s)", x, y);
}

static void collect(const struct core *c, const struct kind_model *k, struct terms *ts)
{
    const struct kind_rights *rights = &k->rights;
    for (int i = 0; i < rights->n_see; i++) {
        const struct right *r = &rights->see[i];
        if (!right_fits(c, r))
            continue;
        const char *when = cond_of_right(c, k, r, &ts->arena);
        if (r->own == r->other) {
            term_add(ts, when, r->own);
            continue;
        }
        char *own = arena_printf(&ts->arena, "t.\"owner_agency\" = '%s'", c->who.agency);
        char *other = arena_printf(&ts->arena, "t.\"owner_agency\" <> '%s'", c->who.agency);
        term_add(ts, cond_and(&ts->arena, own, when), r->own);
        term_add(ts, cond_and(&ts->arena, other, when), r->other);
    }
    STR named = {0};
    for (int i = 0; i < rights->n_named; i++)
        add_user_named(&named, k, rights->named[i], c->who.user);
    if (named.len)
        term_add(ts, arena_printf(&ts->arena, "(%s)", named.p), LEVEL_SHARED);
}

/* SQL that is true where a term of at least this level holds; NULL: everywhere; "0": nowhere. */
static const char *cond_at_least(struct terms *ts, enum level level)
{
    STR s = {0};
    for (int i = 0; i < ts->n; i++) {
        if (ts->at[i].level < level)
            continue;
        if (!ts->at[i].cond)
            return NULL;
        str_printf(&s, "%s%s", s.len ? " OR " : "", ts->at[i].cond);
    }
    if (!s.len)
        return "0";
    return arena_printf(&ts->arena, "(%s)", s.p);
}

static bool access_seen(struct core *c, const struct kind_model *k, struct err *e);

/* --- a kind that follows its parent --------------------------------------------------------------------- */

/* SQL that is true where the parent is seen at least so; NULL: it always is. */
static char *parent_seen(struct terms *ts, const struct view_info *v, const char *parent, const char *ref, enum level level)
{
    if (v->all_rows && v->lowest >= level)
        return NULL;
    return arena_printf(&ts->arena, "EXISTS (SELECT 1 FROM \"v_%s_seen\" p WHERE p.\"id\" = t.\"%s\" AND p.\"_level\" >= %d)", parent,
                        ref, (int)level);
}

/* With levels of its own, a row only needs its parent to be seen; without, it is seen as its parent is. */
static bool follow_one(struct core *c, const struct kind_model *k, const struct kind_model *parent, const char *ref,
                       struct terms *ts, struct err *e)
{
    if (!access_seen(c, parent, e))
        return false;
    const struct view_info *v = access_info(c, parent);
    enum level from = k->rights.follows_from;
    if (v->highest < from) {
        ts->n = 0;
        return true;
    }
    const char *name = parent->kind->name;
    if (ts->n) {
        ts->besides = parent_seen(ts, v, name, ref, from);
        return true;
    }
    for (enum level l = v->highest; l >= from && l >= v->lowest; l--)
        term_add(ts, parent_seen(ts, v, name, ref, l), l);
    return true;
}

/* Kinds that lead anywhere themselves come in only before this one, and if such rows are shown with them: views must
 * not go round in circles, nor grow without need. */
static bool may_lead_to(const struct kind_model *k, int field, const struct kind_model *parent)
{
    int f = parent->rights.follows ? model_field(parent, parent->rights.follows) : -1;
    if (parent == k)
        return false;
    if (f < 0 || !str_eq(parent->fields[f].f.of, "*"))
        return true;
    for (int i = 0; parent < k && i < parent->n_subrows; i++)
        if (parent->subrows[i].kind == k && parent->subrows[i].field == field)
            return true;
    return false;
}

/* A reference to any kind: which view decides depends on what the id is. */
static bool follow_any(struct core *c, const struct kind_model *k, const char *ref, const struct kind_model *of,
                       struct terms *ts, struct err *e)
{
    STR s = {0};
    str_printf(&s, "(t.\"%s\" IS NULL OR CASE (SELECT x.kind FROM record_index x WHERE x.id = t.\"%s\")", ref, ref);
    for (int i = 0; i < c->model->n_kinds; i++) {
        const struct kind_model *parent = &c->model->kinds[i];
        if ((of && parent != of) || !may_lead_to(k, model_field(k, ref), parent) || access_ceiling(c, parent) < k->rights.follows_from)
            continue;
        if (!access_seen(c, parent, e))
            return false;
        const struct view_info *v = access_info(c, parent);
        if (v->highest < k->rights.follows_from)
            continue;
        if (v->all_rows && v->lowest >= k->rights.follows_from) { /* what is in the index is there, and so seen */
            str_printf(&s, " WHEN '%s' THEN 1", parent->kind->name);
            continue;
        }
        str_printf(&s, " WHEN '%s' THEN EXISTS (SELECT 1 FROM \"v_%s_seen\" p WHERE p.\"id\" = t.\"%s\" AND p.\"_level\" >= %d)",
                   parent->kind->name, parent->kind->name, ref, (int)k->rights.follows_from);
    }
    str_add(&s, " WHEN '' THEN 0 ELSE 0 END)");
    if (!ts->n)
        term_add(ts, NULL, LEVEL_FULL);
    ts->besides = arena_strdup(&ts->arena, s.p);
    return true;
}

static bool follow(struct core *c, const struct kind_model *k, const struct kind_model *of, struct terms *ts, struct err *e)
{
    const char *ref = k->rights.follows;
    if (!ref)
        return true;
    if (k->rights.n_see > 0 && ts->n == 0)
        return true; /* has rows of its own in the table, none for this subject */
    const struct kind_model *parent = k->fields[model_field(k, ref)].target;
    if (parent ? !follow_one(c, k, parent, ref, ts, e) : !follow_any(c, k, ref, of, ts, e))
        return false;
    const char *first = ts->besides; /* both ends of a link must be seen, or the row is not there */
    if (!k->rights.follows_too)
        return true;
    bool ok = follow_any(c, k, k->rights.follows_too, NULL, ts, e);
    ts->besides = cond_and(&ts->arena, first, ts->besides);
    return ok;
}

/* --- the view's text ------------------------------------------------------------------------------------- */

static enum level field_level(const struct field *f)
{
    return f->flags & META ? LEVEL_META : f->flags & SHARED ? LEVEL_SHARED : LEVEL_FULL;
}

static void add_column(struct str *s, struct terms *ts, const struct view_info *v, enum level needs, const char *what,
                       const char *name)
{
    str_add(s, ", ");
    if (needs <= v->lowest)
        str_add(s, what);
    else if (needs > v->highest)
        str_add(s, "NULL");
    else {
        const char *cond = cond_at_least(ts, needs);
        if (cond)
            str_printf(s, "CASE WHEN %s THEN %s END", cond, what);
        else
            str_add(s, what);
    }
    str_printf(s, " AS \"%s\"", name);
}

/* Those who see only the shared part see when and how often that part changed, nothing of the rest. */
static const char *shared_twin(const char *name)
{
    return strcmp(name, "rev") == 0 ? "shared_rev" : strcmp(name, "updated_at") == 0 ? "shared_updated_at" : NULL;
}

static bool names_field(const struct expr *x, const char *name)
{
    return x && ((x->op == EXPR_NAME && strcmp(x->name, name) == 0) || names_field(x->a, name) || names_field(x->b, name));
}

/* Is this field what rows of the kind are counted by: a link to the record whose tab they are, their state, or what
 * the kind's `counts` asks? */
static bool is_link(const struct core *c, const struct kind_model *k, int field)
{
    if (names_field(k->counts_expr, k->fields[field].f.name))
        return true;
    for (int i = 0; i < k->n_lifecycles; i++)
        if (k->lifecycles[i].field == field)
            return true;
    for (int i = 0; i < c->model->n_kinds; i++)
        for (int j = 0; j < c->model->kinds[i].n_subrows; j++) {
            const struct subrow_model *s = &c->model->kinds[i].subrows[j];
            if (s->kind == k && s->field == field)
                return true;
        }
    return false;
}

static void add_fields(struct str *s, const struct core *c, const struct kind_model *k, struct terms *ts,
                       const struct view_info *v, bool links)
{
    for (int i = 0; i < k->n_fields; i++) {
        const struct field *f = &k->fields[i].f;
        STR what = {0};
        if (links && !is_link(c, k, i))
            continue;
        const char *twin = shared_twin(f->name);
        if (k->fields[i].local)
            str_printf(&what, "json_extract(t.\"extra\", '$.%s')", f->name);
        else if (twin && v->lowest < LEVEL_FULL) {
            const char *full = cond_at_least(ts, LEVEL_FULL);
            str_printf(&what, "CASE WHEN %s THEN t.\"%s\" ELSE t.\"%s\" END", full ? full : "1", f->name, twin);
        } else
            str_printf(&what, "t.\"%s\"", f->name);
        add_column(s, ts, v, field_level(f), what.p, f->name);
        if (f->flags & (SORT | HASHED)) {
            STR derived = {0};
            STR column = {0};
            str_printf(&derived, "%s_%s", f->name, f->flags & SORT ? "key" : "hash");
            str_printf(&column, "t.\"%s\"", derived.p);
            add_column(s, ts, v, field_level(f), column.p, derived.p);
        }
    }
}

static void add_level(struct str *s, struct terms *ts, const struct view_info *v)
{
    if (v->lowest == v->highest) {
        str_printf(s, ", %d AS \"_level\"", (int)v->lowest);
        return;
    }
    str_add(s, ", CASE");
    for (int l = LEVEL_FULL; l > LEVEL_META; l--) {
        const char *cond = cond_at_least(ts, (enum level)l);
        if (cond && strcmp(cond, "0") == 0)
            continue;
        str_printf(s, " WHEN %s THEN %d", cond ? cond : "1", l);
    }
    str_add(s, " ELSE 1 END AS \"_level\"");
}

/* The title's folded text is as visible as the fields it is made of. */
static enum level fold_level(const struct kind_model *k)
{
    enum level needs = LEVEL_SHARED;
    for (int i = 0; k->kind->title && i < k->n_own; i++) {
        char name[80];
        snprintf(name, sizeof name, "{%s}", k->fields[i].f.name);
        if (strstr(k->kind->title, name) && field_level(&k->fields[i].f) > needs)
            needs = LEVEL_FULL;
    }
    return needs;
}

static void add_source(struct str *s, const struct kind_model *k, const char *visible)
{
    str_printf(s, " FROM \"%s\" t", k->kind->name);
    if (visible)
        str_printf(s, " WHERE %s", visible);
}

/* One that is there already may be another subject's. */
static void begin_view(struct str *s, const char *name)
{
    str_printf(s, "DROP VIEW IF EXISTS temp.\"%s\"; CREATE TEMP VIEW \"%s\" AS SELECT t.\"id\"", name, name);
}

static void note_levels(const struct terms *ts, struct view_info *v)
{
    v->lowest = v->highest = LEVEL_NONE;
    for (int i = 0; i < ts->n; i++) {
        if (v->lowest == LEVEL_NONE || ts->at[i].level < v->lowest)
            v->lowest = ts->at[i].level;
        if (ts->at[i].level > v->highest)
            v->highest = ts->at[i].level;
    }
    for (int i = 0; i < ts->n; i++) /* what holds everywhere lifts the floor */
        if (!ts->at[i].cond && ts->at[i].level > v->lowest)
            v->lowest = ts->at[i].level;
}

/* Narrow ones have no title: the engine copies a view's columns into each place that names it; ten views deep, whole
 * ones took a tenth of a second. */
static void view_text(struct str *s, const struct core *c, const struct kind_model *k, enum view which, struct terms *ts,
                      const struct view_info *v, const char *visible)
{
    if (which == VIEW_WHOLE && k->kind->series)
        str_add(s, ", t.\"case_no\"");
    if (which != VIEW_SEEN)
        add_fields(s, c, k, ts, v, which == VIEW_LINKS);
    if (which == VIEW_WHOLE)
        add_column(s, ts, v, fold_level(k), "t.\"fold\"", "fold");
    add_level(s, ts, v);
    add_source(s, k, visible);
}

static void terms_done(struct terms *ts)
{
    arena_done(&ts->arena);
}

static bool make_view(struct core *c, const struct kind_model *k, enum view which, const struct kind_model *of,
                      struct err *e)
{
    struct view_info *v = &c->cache->views[kind_index(c, k)];
    bool *made = view_made(c, k, which, of);
    if (*made)
        return true;
    *made = true; /* a kind never follows itself, even by a long way */
    __attribute__((cleanup(terms_done))) struct terms ts = {0};
    if (c->who.system)
        term_add(&ts, NULL, LEVEL_FULL);
    else {
        collect(c, k, &ts);
        if (!follow(c, k, of, &ts, e)) {
            *made = false;
            return false;
        }
    }
    const char *visible = cond_and(&ts.arena, cond_at_least(&ts, LEVEL_META), ts.besides);
    note_levels(&ts, v);
    v->all_rows = !visible;
    STR sql = {0};
    begin_view(&sql, view_name(&ts.arena, k, which, of));
    view_text(&sql, c, k, which, &ts, v, visible);
    *made = store_script(c->store, sql.p, e);
    return *made;
}

bool access_view(struct core *c, const struct kind_model *k, struct err *e)
{
    return make_view(c, k, VIEW_WHOLE, NULL, e);
}

bool access_tab(struct core *c, const struct kind_model *k, int field, const struct kind_model *of, const char **ret,
                struct err *e)
{
    const char *ref = k->rights.follows;
    if (!ref || model_field(k, ref) != field || k->fields[field].target)
        of = NULL; /* what it follows is not this record, or always of one kind */
    *ret = arena_printf(&c->scratch, "\"%s\"", view_name(&c->scratch, k, VIEW_LINKS, of));
    return make_view(c, k, VIEW_LINKS, of, e);
}

static bool access_seen(struct core *c, const struct kind_model *k, struct err *e)
{
    return make_view(c, k, VIEW_SEEN, NULL, e);
}

/* --- what queries ask -------------------------------------------------------------------------------------- */

bool access_ref(struct core *c, const struct field_model *f, const char *column, struct str *ret, struct err *e)
{
    if (!f->target) {
        str_add(ret, "NULL"); /* all views at once are more than the engine takes in one statement */
        return true;
    }
    if (!access_seen(c, f->target, e))
        return false;
    const struct view_info *v = access_info(c, f->target);
    if (v->all_rows)
        str_add(ret, column);
    else if (v->highest == LEVEL_NONE)
        str_add(ret, "NULL");
    else
        str_printf(ret, "CASE WHEN EXISTS (SELECT 1 FROM \"v_%s_seen\" p WHERE p.\"id\" = %s) THEN %s END",
                   f->target->kind->name, column, column);
    return true;
}

bool access_full_abroad(const struct core *c, const struct kind_model *k)
{
    for (int i = 0; i < k->rights.n_see; i++)
        if (k->rights.see[i].other == LEVEL_FULL && right_fits(c, &k->rights.see[i]))
            return true;
    return k->rights.n_see == 0;
}

bool access_everywhere(const struct core *c, const struct kind_model *k, int field)
{
    return access_info(c, k)->lowest >= field_level(&k->fields[field].f);
}

const struct view_info *access_info(const struct core *c, const struct kind_model *k)
{
    return &c->cache->views[kind_index(c, k)];
}

enum level access_ceiling(const struct core *c, const struct kind_model *k)
{
    if (c->who.system)
        return LEVEL_FULL;
    struct terms ts = {0};
    collect(c, k, &ts);
    enum level top = LEVEL_NONE;
    for (int i = 0; i < ts.n; i++)
        if (ts.at[i].level > top)
            top = ts.at[i].level;
    terms_done(&ts);
    const char *ref = k->rights.follows;
    const struct kind_model *parent = ref ? k->fields[model_field(k, ref)].target : NULL;
    if (!ref || (k->rights.n_see > 0 && top == LEVEL_NONE))
        return top;
    if (!parent)
        return k->rights.n_see > 0 ? top : LEVEL_FULL;
    enum level above = access_ceiling(c, parent);
    if (above < k->rights.follows_from)
        return LEVEL_NONE;
    return k->rights.n_see > 0 ? top : above;
}
