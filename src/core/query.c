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
/* A list that is searched by one word, and ordered by what its titles begin with, has two parts: first the rows that
 * begin with the word, an index range however many they are; then those with the word elsewhere. */
enum part { PART_WHOLE, PART_BEGINS, PART_WORDS, PART_OTHER_WORDS };

struct plan {
    struct core *c;
    const struct query *q;
    const struct kind_model *k;
    const char *source; /* a view in place of the kind's own; NULL */
    struct order order;
    struct str hits;   /* "(SELECT …) h CROSS JOIN ": what a search found stands first, so that it leads */
    struct str where;  /* " WHERE a AND b" */
    struct binds binds; /* those of hits before those of where */
};

static void plan_done(struct plan *p)
{
    str_done(&p->hits);
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

static bool add_match(struct plan *p, const char *table, const char *match, int needs, struct err *e)
{
    str_printf(&p->hits,
               "SELECT * FROM (SELECT m.id AS id, %d AS needs FROM \"search_%s\" m WHERE m.\"search_%s\" MATCH ? AND m.kind = ? "
               "LIMIT %d)",
               needs, table, table, SEARCH_CAP);
    return bind_add(&p->binds, match, e) && bind_add(&p->binds, p->k->kind->name, e);
}

/* Any words of what the subject may search in, at most SEARCH_CAP hits: each with the level that its row must be seen at. */
static bool add_words(struct plan *p, const char *folded, struct err *e)
{
    const struct view_info *v = access_info(p->c, p->k);
    const char *match = match_text(p->c, folded);
    bool full = v->highest >= LEVEL_FULL && p->c->who.agency[0];
    bool shared = !full || v->lowest < LEVEL_FULL || access_full_abroad(p->c, p->k);
    str_add(&p->hits, "(SELECT id, min(needs) AS needs FROM (");
    if (full && !add_match(p, p->c->who.agency, match, LEVEL_FULL, e))
        return false;
    if (full && shared)
        str_add(&p->hits, " UNION ALL ");
    if (shared && !add_match(p, "shared", match, LEVEL_SHARED, e))
        return false;
    str_add(&p->hits, ") GROUP BY id) h CROSS JOIN ");
    and_(p);
    str_add(&p->where, "t.\"id\" = h.id");
    if (shared)
        str_add(&p->where, " AND t.\"_level\" >= h.needs");
    return true;
}

static bool add_beginning(struct plan *p, const char *folded, bool begins, struct err *e)
{
    const char *low = arena_strdup(&p->c->scratch, folded);
    const char *high = arena_printf(&p->c->scratch, "%s\x7f", folded);
    and_(p);
    str_add(&p->where, begins ? "t.\"fold\" >= ? AND t.\"fold\" < ?"
                              : "NOT ifnull(t.\"fold\" >= ? AND t.\"fold\" < ?, 0)");
    return bind_add(&p->binds, low, e) && bind_add(&p->binds, high, e);
}

/* Does the list stand in the order of what its titles begin with? */
static bool by_title(const struct query *q)
{
    const char *title = q->k->kind->title;
    const char *sort = !str_empty(q->sort) ? q->sort : q->k->list.sort;
    size_t n = sort ? strlen(sort) : 0;
    return title && n && title[0] == '{' && strncmp(title + 1, sort, n) == 0 && title[n + 1] == '}';
}

/* One or two letters are the beginning of the title; more are any words. */
static int parts_of(const struct query *q, enum part ret[2])
{
    AUTOFREE char *folded = str_empty(q->text) ? NULL : text_fold(q->text);
    bool letters = folded && strlen(folded) <= 2, one_word = folded && word_count(folded) == 1;
    if (str_empty(folded)) {
        ret[0] = PART_WHOLE;
    } else if (letters && one_word) {
        ret[0] = PART_BEGINS;
    } else if (one_word && by_title(q)) {
        ret[0] = PART_BEGINS;
        ret[1] = PART_OTHER_WORDS;
        return 2;
    } else {
        ret[0] = PART_WORDS;
    }
    return 1;
}

static bool add_text(struct plan *p, enum part part, struct err *e)
{
    AUTOFREE char *folded = part == PART_WHOLE ? NULL : text_fold(p->q->text);
    if (part == PART_WHOLE)
        return true;
    if (part == PART_BEGINS) {
        p->order = (struct order){.column = "t.\"fold\""};
        return add_beginning(p, folded, true, e);
    }
    return add_words(p, folded, e) && (part == PART_WORDS || add_beginning(p, folded, false, e));
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
    if (p->source)
        return p->source;
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

static bool plan_make(struct plan *p, struct core *c, const struct query *q, enum part part, struct err *e)
{
    p->c = c;
    p->q = q;
    p->k = q->k;
    if (q->tab_of ? !access_tab(c, q->k, q->tab_field, q->tab_of, &p->source, e) : !q->upkeep && !access_view(c, q->k, e))
        return false;
    return set_order(p, e) && add_text(p, part, e) && add_expr(p, q->filter, e) && add_expr(p, q->also, e);
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

/* Rows of one part: beyond the anchor, or from its end that comes first in that direction. */
struct reach {
    const char *anchor; /* NULL: none */
    bool including, backward;
    int limit; /* 0: all */
};

static bool part_rows(struct core *c, const struct query *q, enum part part, const struct reach *r, struct rows *ret,
                      struct err *e)
{
    PLAN p = {0};
    struct rows rows = {0};
    if (!plan_make(&p, c, q, part, e) || (r->anchor && !add_beyond(&p, r->anchor, !r->backward, r->including, e)))
        return false;
    STR sql = {0};
    str_add(&sql, "SELECT ");
    sql_columns(&sql, p.k, !q->upkeep, false);
    str_printf(&sql, " FROM %s%s t%s", str_text(&p.hits), source_name(&p), str_text(&p.where));
    add_order(&p, &sql, r->backward);
    if (r->limit)
        str_printf(&sql, " LIMIT %d", r->limit + 1);
    if (!fetch(&p, sql.p, r->limit, &rows, e))
        return false;
    if (r->backward)
        reverse_rows(&rows);
    *ret = rows;
    return true;
}

/* In which of two parts the anchor stands. */
static bool anchor_part(struct core *c, const struct query *q, const char *anchor, int *ret, struct err *e)
{
    PLAN p = {0};
    const struct query begins = {.k = q->k, .text = q->text, .upkeep = q->upkeep};
    bool row = false;
    if (!plan_make(&p, c, &begins, PART_BEGINS, e))
        return false;
    AUTOFREE char *sql = xprintf("SELECT t.\"id\" FROM %s t%s AND t.\"id\" = ?", source_name(&p), str_text(&p.where));
    STMT st;
    if (!bind_add(&p.binds, anchor, e) || !stmt_get(c->store, door_of(q), sql, &st, e))
        return false;
    bind_all(&st, &p.binds);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret = row ? 0 : 1;
    return true;
}

/* What the second part fetched gave stands after, or backwards before, what there is. */
static void join_rows(struct rows *all, struct rows *more, bool backward)
{
    struct rows first = backward ? *more : *all, then = backward ? *all : *more;
    if (then.n) {
        first.at = xrealloc(first.at, (size_t)(first.n + then.n) * sizeof *first.at);
        memcpy(first.at + first.n, then.at, (size_t)then.n * sizeof *first.at);
    }
    free(then.at);
    *all = (struct rows){.at = first.at, .n = first.n + then.n, .more = more->more};
}

bool query_rows(struct core *c, const struct query *q, struct rows *ret, struct err *e)
{
    enum part parts[2];
    int n = parts_of(q, parts), at = 0;
    const char *anchor = q->after ? q->after : q->before ? q->before : q->from;
    struct reach r = {.anchor = anchor, .including = q->from != NULL, .backward = q->before || q->last, .limit = q->limit};
    struct rows rows = {0};
    if (r.backward)
        at = n - 1;
    if (n == 2 && anchor && !anchor_part(c, q, anchor, &at, e))
        return false;
    for (int step = r.backward ? -1 : 1; at >= 0 && at < n && !rows.more; at += step) {
        struct rows found = {0};
        bool full = q->limit && rows.n == q->limit; /* then only whether there are more is asked */
        r.limit = full ? 1 : q->limit - (q->limit ? rows.n : 0);
        if (!part_rows(c, q, parts[at], &r, &found, e)) {
            rows_done(&rows);
            return false;
        }
        if (full) {
            rows.more = found.n > 0;
            rows_done(&found);
        } else {
            join_rows(&rows, &found, r.backward);
        }
        r.anchor = NULL;
    }
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
    str_printf(&sql, "SELECT count(n) FROM (SELECT t.\"id\" AS n FROM %s%s t%s LIMIT %lld)", str_text(&p->hits),
               source_name(p), str_text(&p->where), (long long)(cap + 1));
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

/* Rows of the first n parts. */
static bool count_parts(struct core *c, const struct query *q, const enum part *parts, int n, int64_t cap, int64_t *ret,
                        struct err *e)
{
    int64_t all = 0;
    for (int i = 0; i < n && all <= cap; i++) {
        PLAN p = {0};
        int64_t found;
        if (!plan_make(&p, c, q, parts[i], e) || !count_sql(&p, cap - all, &found, e))
            return false;
        all += found;
    }
    *ret = all;
    return true;
}

bool query_count(struct core *c, const struct query *q, int64_t cap, int64_t *ret, bool *ret_capped, struct err *e)
{
    enum part parts[2];
    int n_parts = parts_of(q, parts);
    int64_t n;
    if (!count_parts(c, q, parts, n_parts, cap, &n, e))
        return false;
    bool cut = parts[n_parts - 1] >= PART_WORDS && n >= SEARCH_CAP;
    *ret_capped = n > cap || cut;
    *ret = n > cap ? cap : n;
    return true;
}

bool query_place(struct core *c, const struct query *q, const char *id, int64_t cap, int64_t *ret, struct err *e)
{
    PLAN p = {0};
    enum part parts[2];
    int n_parts = parts_of(q, parts), at = 0;
    int64_t before, n;
    if (n_parts == 2 && !anchor_part(c, q, id, &at, e))
        return false;
    if (!count_parts(c, q, parts, at, cap, &before, e) || !plan_make(&p, c, q, parts[at], e) ||
        !add_beyond(&p, id, false, false, e) || !count_sql(&p, cap, &n, e))
        return false;
    *ret = before + n;
    return true;
}
