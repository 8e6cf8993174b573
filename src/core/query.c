/* core/query.c: one page of a list, by key-set: filter, search text, order. Never OFFSET, never an unbounded sort. */
#include "inside.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/access.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH_CAP 1000 /* a search that hits more is cut here and says so */

struct order {
    const char *column; /* SQL over alias t, scratch */
    bool desc;
    bool nullable;
};
struct plan {
    struct core *c;
    const struct query *q;
    const struct kind_model *k;
    struct order order;
    struct str where;  /* " WHERE a AND b" */
    struct binds binds;
};

static void plan_done(struct plan *p)
{
    str_done(&p->where);
}
#define PLAN __attribute__((cleanup(plan_done))) struct plan

static void and_(struct plan *p)
{
    str_add(&p->where, p->where.len ? " AND " : " WHERE ");
}

static bool add_expr(struct plan *p, const char *source, struct err *e)
{
    if (str_empty(source))
        return true;
    for (int i = 0; i < p->k->list.n_filters; i++)
        if (strcmp(p->k->list.filters[i].name, source) == 0) {
            and_(p);
            return expr_sql(p->c, p->k, p->k->list.filters[i].expr, p->q->upkeep, &p->where, &p->binds, e);
        }
    const struct expr *x;
    if (!expr_parse(&p->c->scratch, source, &x, e))
        return false;
    and_(p);
    return expr_sql(p->c, p->k, x, p->q->upkeep, &p->where, &p->binds, e);
}

/* --- search text ------------------------------------------------------------------------------------------ */

static size_t word_count(const char *folded)
{
    size_t n = 0;
    for (const char *p = folded; *p; p++)
        n += *p != ' ' && (p == folded || p[-1] == ' ');
    return n;
}

/* "kvarn öberg" folded becomes "kvarn"* "oberg"* : every word, each as a beginning. */
static const char *match_text(struct core *c, const char *folded)
{
    STR s = {0};
    const char *p = folded;
    while (*p) {
        size_t n = strcspn(p, " ");
        if (n) {
            str_add(&s, s.len ? " \"" : "\"");
            str_addn(&s, p, n);
            str_add(&s, "\"*");
        }
        p += n + (p[n] == ' ');
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static bool add_match(struct plan *p, const char *table, const char *match, struct err *e)
{
    str_printf(&p->where, "t.\"id\" IN (SELECT m.id FROM \"search_%s\" m WHERE m.\"search_%s\" MATCH ", table, table);
    str_addc(&p->where, '?');
    if (!bind_add(&p->binds, match, e))
        return false;
    str_add(&p->where, " AND m.kind = ?");
    if (!bind_add(&p->binds, p->k->kind->name, e))
        return false;
    str_printf(&p->where, " LIMIT %d)", SEARCH_CAP);
    return true;
}

/* One or two letters are the beginning of the title, in its order; more are any words, at most SEARCH_CAP hits. */
static bool add_text(struct plan *p, struct err *e)
{
    if (str_empty(p->q->text))
        return true;
    AUTOFREE char *folded = text_fold(p->q->text);
    if (!folded[0])
        return true;
    and_(p);
    const struct view_info *v = access_info(p->c, p->k);
    if (strlen(folded) <= 2 && word_count(folded) == 1) {
        str_add(&p->where, "t.\"fold\" >= ? AND t.\"fold\" < ?");
        const char *low = arena_strdup(&p->c->scratch, folded);
        const char *high = arena_printf(&p->c->scratch, "%s\x7f", folded);
        p->order = (struct order){.column = "t.\"fold\""};
        return bind_add(&p->binds, low, e) && bind_add(&p->binds, high, e);
    }
    const char *match = match_text(p->c, folded);
    str_addc(&p->where, '(');
    bool full = v->highest >= LEVEL_FULL && p->c->who.agency[0];
    if (full) {
        str_addc(&p->where, '(');
        if (!add_match(p, p->c->who.agency, match, e))
            return false;
        str_add(&p->where, v->lowest < LEVEL_FULL ? " AND t.\"_level\" = 3)" : ")");
    }
    if (!full || v->lowest < LEVEL_FULL) {
        str_add(&p->where, full ? " OR (" : "(");
        if (!add_match(p, "shared", match, e))
            return false;
        str_add(&p->where, " AND t.\"_level\" >= 2)");
    }
    str_addc(&p->where, ')');
    return true;
}

/* --- order and place ---------------------------------------------------------------------------------------- */

/* A reference is sorted by as far as the subject sees where it leads: rows about the same hidden one must not gather. */
static bool order_by_field(struct plan *p, int i, struct err *e)
{
    const struct field_model *m = &p->k->fields[i];
    const struct field *f = &m->f;
    bool upkeep = p->q->upkeep;
    const char *column = m->local && upkeep
                             ? arena_printf(&p->c->scratch, "json_extract(t.\"extra\", '$.%s')", f->name)
                             : arena_printf(&p->c->scratch, "t.\"%s%s\"", f->name, f->flags & SORT ? "_key" : "");
    STR seen = {0};
    bool ref = f->type == F_REF && !upkeep;
    if (ref && !access_ref(p->c, m, column, &seen, e))
        return false;
    p->order.column = ref ? arena_strdup(&p->c->scratch, seen.p) : column;
    bool always = f->flags & REQUIRED && !m->local && (upkeep || access_everywhere(p->c, p->k, i));
    p->order.nullable = !always || (ref && strcmp(seen.p, column) != 0);
    return true;
}

static bool set_order(struct plan *p, struct err *e)
{
    const char *sort = !str_empty(p->q->sort) ? p->q->sort : p->k->list.sort ? p->k->list.sort : "id";
    p->order.desc = sort[0] == '-';
    sort += p->order.desc;
    if (strcmp(sort, "id") == 0 || (strcmp(sort, "case_no") == 0 && p->k->kind->series)) {
        p->order.column = arena_printf(&p->c->scratch, "t.\"%s\"", sort);
        return true;
    }
    if (strcmp(sort, "title") == 0) {
        p->order.column = "t.\"fold\"";
        p->order.nullable = true;
        return true;
    }
    int i = model_field(p->k, sort);
    if (i < 0 || p->k->fields[i].f.type == F_SEALED)
        return err_set(e, ERR_INVALID, _("\"%s\" cannot be sorted by. Name a field of the list."), sort);
    return order_by_field(p, i, e);
}

static const char *source_name(const struct plan *p)
{
    return arena_printf(&p->c->scratch, "\"%s%s\"", p->q->upkeep ? "" : "v_", p->k->kind->name);
}

static enum door door_of(const struct query *q)
{
    return q->upkeep ? DOOR_UPKEEP : DOOR_READ;
}

/* Where a row stands in the order: the value it is sorted by. */
static bool anchor_value(struct plan *p, const char *id, const char **ret, struct err *e)
{
    STR sql = {0};
    str_printf(&sql, "SELECT %s FROM %s t WHERE t.\"id\" = ?", p->order.column, source_name(p));
    STMT st;
    bool row = false;
    if (!stmt_get(p->c->store, door_of(p->q), sql.p, &st, e))
        return false;
    stmt_text(&st, 1, id);
    if (!stmt_step(&st, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_MISSING, _("That row is no longer in the list. Open the list again."));
    *ret = col_text(&st, 0) ? arena_strdup(&p->c->scratch, col_text(&st, 0)) : NULL;
    return true;
}

/* Rows on the far side of the anchor; forward follows the order, backward goes against it. */
static bool add_beyond(struct plan *p, const char *id, bool forward, bool including, struct err *e)
{
    const char *value = NULL;
    if (!anchor_value(p, id, &value, e))
        return false;
    bool greater = forward != p->order.desc; /* NULL sorts below every value */
    const char *op = greater ? (including ? ">=" : ">") : (including ? "<=" : "<");
    const char *col = p->order.column;
    and_(p);
    if (!value) {
        str_printf(&p->where, "((%s IS NULL AND t.\"id\" %s ?)%s", col, op, "");
        if (greater)
            str_printf(&p->where, " OR %s IS NOT NULL", col);
        str_addc(&p->where, ')');
        return bind_add(&p->binds, id, e);
    }
    bool int_order = false;
    int i = -1;
    for (int f = 0; f < p->k->n_fields; f++) {
        char name[96];
        snprintf(name, sizeof name, "t.\"%s\"", p->k->fields[f].f.name);
        if (strcmp(name, col) == 0)
            i = f;
    }
    if (i >= 0)
        int_order = p->k->fields[i].f.type == F_INT || p->k->fields[i].f.type == F_BOOL;
    str_printf(&p->where, "((%s, t.\"id\") %s (%s, ?)", col, op, int_order ? "CAST(? AS INTEGER)" : "?");
    if (!greater && p->order.nullable)
        str_printf(&p->where, " OR %s IS NULL", col);
    str_addc(&p->where, ')');
    return bind_add(&p->binds, value, e) && bind_add(&p->binds, arena_strdup(&p->c->scratch, id), e);
}

static bool plan_make(struct plan *p, struct core *c, const struct query *q, struct err *e)
{
    p->c = c;
    p->q = q;
    p->k = q->k;
    if (!q->upkeep && !access_view(c, q->k, e))
        return false;
    return set_order(p, e) && add_expr(p, q->filter, e) && add_expr(p, q->also, e) && add_text(p, e);
}

static void add_order(const struct plan *p, struct str *sql, bool reverse)
{
    const char *way = p->order.desc != reverse ? " DESC" : "";
    if (strcmp(p->order.column, "t.\"id\"") == 0)
        str_printf(sql, " ORDER BY t.\"id\"%s", way);
    else
        str_printf(sql, " ORDER BY %s%s, t.\"id\"%s", p->order.column, way, way);
}

/* --- running ------------------------------------------------------------------------------------------------- */

static bool fetch(struct plan *p, const char *sql, int limit, struct rows *ret, struct err *e)
{
    STMT st;
    if (!stmt_get(p->c->store, door_of(p->q), sql, &st, e))
        return false;
    bind_all(&st, &p->binds);
    int room = 0;
    for (;;) {
        bool row;
        if (!stmt_step(&st, &row, e)) {
            rows_done(ret);
            return false;
        }
        if (!row)
            return true;
        if (limit && ret->n == limit) {
            ret->more = true;
            return true;
        }
        if (ret->n == room) {
            room = room ? room * 2 : 32;
            ret->at = xrealloc(ret->at, (size_t)room * sizeof *ret->at);
        }
        if (!row_read(p->c, p->k, &st, false, &ret->at[ret->n], e)) {
            rows_done(ret);
            return false;
        }
        ret->n++;
    }
}

static void reverse_rows(struct rows *r)
{
    for (int i = 0, j = r->n - 1; i < j; i++, j--) {
        struct record *swap = r->at[i];
        r->at[i] = r->at[j];
        r->at[j] = swap;
    }
}

bool query_rows(struct core *c, const struct query *q, struct rows *ret, struct err *e)
{
    PLAN p = {0};
    struct rows rows = {0};
    bool backward = q->before || q->last;
    if (!plan_make(&p, c, q, e))
        return false;
    const char *anchor = q->after ? q->after : q->before ? q->before : q->from;
    if (anchor && !add_beyond(&p, anchor, !q->before, q->from != NULL, e))
        return false;
    STR sql = {0};
    sql_select(&sql, p.k, !q->upkeep, false);
    str_add(&sql, str_text(&p.where));
    add_order(&p, &sql, backward);
    if (q->limit)
        str_printf(&sql, " LIMIT %d", q->limit + 1);
    if (!fetch(&p, sql.p, q->limit, &rows, e))
        return false;
    if (backward)
        reverse_rows(&rows);
    *ret = rows;
    return true;
}

void rows_done(struct rows *r)
{
    for (int i = 0; i < r->n; i++)
        record_free(r->at[i]);
    free(r->at);
    *r = (struct rows){0};
}

static bool count_sql(struct plan *p, int64_t cap, int64_t *ret, struct err *e)
{
    STR sql = {0};
    /* A column is named: a read of none is seen by the authorizer as one of the table below the view. */
    str_printf(&sql, "SELECT count(n) FROM (SELECT t.\"id\" AS n FROM %s t%s LIMIT %lld)", source_name(p), str_text(&p->where),
               (long long)(cap + 1));
    STMT st;
    bool row;
    if (!stmt_get(p->c->store, door_of(p->q), sql.p, &st, e))
        return false;
    bind_all(&st, &p->binds);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret = row ? col_int(&st, 0) : 0;
    return true;
}

bool query_count(struct core *c, const struct query *q, int64_t cap, int64_t *ret, bool *ret_capped, struct err *e)
{
    PLAN p = {0};
    int64_t n;
    if (!plan_make(&p, c, q, e) || !count_sql(&p, cap, &n, e))
        return false;
    *ret_capped = n > cap;
    *ret = n > cap ? cap : n;
    return true;
}

bool query_place(struct core *c, const struct query *q, const char *id, int64_t cap, int64_t *ret, struct err *e)
{
    PLAN p = {0};
    if (!plan_make(&p, c, q, e) || !add_beyond(&p, id, false, false, e))
        return false;
    return count_sql(&p, cap, ret, e);
}
