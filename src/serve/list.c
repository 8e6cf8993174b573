/* list and count: one page of a kind, as cells of text or as values. */
#include "inside.h"
#include "treben/core/access.h"

#include <string.h>

#define COLUMNS_MAX 24

bool kind_listed(const struct core *c, const struct kind_model *k)
{
    return access_ceiling(c, k) > LEVEL_NONE;
}

/* ---- columns ---- */

struct column {
    const char *path;
    int field; /* -1 title, -2 case number */
    int step;  /* in the target kind, -1 */
};

static bool column_of(const struct kind_model *k, struct arena *a, const char *path,
                      struct column *ret)
{
    *ret = (struct column){.path = path, .field = -1, .step = -1};
    if (str_eq(path, "title")) {
        return true;
    }
    if (str_eq(path, "case_no")) {
        ret->field = -2;
        return true;
    }
    const char *dot = strchr(path, '.');
    const char *first = dot ? arena_strndup(a, path, (size_t)(dot - path)) : path;
    ret->field = model_field(k, first);
    if (ret->field < 0 || !dot) {
        return ret->field >= 0;
    }
    const struct kind_model *target = k->fields[ret->field].target;
    ret->step = target ? model_field(target, dot + 1) : -1;
    return ret->step >= 0;
}

/* One step on: through the view of the record it leads to. */
static char *step_text(struct core *c, struct arena *a, const struct record *r, int field, int step)
{
    const char *id = record_get(r, field);
    struct record *target;
    struct err ignored = {0};
    if (record_hidden(r, field)) {
        return arena_strdup(a, _("hidden"));
    }
    if (!id) {
        return arena_strdup(a, "–");
    }
    if (!repo_load(c, r->k->fields[field].target, id, &target, &ignored)) {
        return arena_strdup(a, _("hidden"));
    }
    char *text = arena_strdup(a, show_value(c, target, step));
    record_free(target);
    return text;
}

/* A day stands alone in a column, without its weekday and week: columns are narrow and sorted by it. */
static char *in_column(char *text, enum field_type type)
{
    if (type == F_DATE) {
        text[strcspn(text, " ")] = '\0';
    }
    return text;
}

static char *cell_text(struct core *c, struct arena *a, const struct record *r, int field, int step)
{
    if (field == -1) {
        return arena_strdup(a, show_title(c, r));
    }
    if (field == -2) {
        return arena_strdup(a, r->case_no[0] ? r->case_no : "–");
    }
    if (step >= 0) {
        const struct kind_model *target = r->k->fields[field].target;
        return in_column(step_text(c, a, r, field, step), target->fields[step].f.type);
    }
    return in_column(arena_strdup(a, show_value(c, r, field)), r->k->fields[field].f.type);
}

struct page {
    const struct kind_model *k;
    bool values;
    struct column columns[COLUMNS_MAX];
    int n_columns;
};

static bool add_column(struct call *c, struct page *p, const char *path, struct err *e)
{
    if (p->n_columns == COLUMNS_MAX) {
        return param_bad(c, e, _("Ask for at most %d columns."), COLUMNS_MAX);
    }
    if (!column_of(p->k, &c->arena, path, &p->columns[p->n_columns])) {
        c->bad_params = true;
        return err_set(e, ERR_USAGE, _("\"%s\" is not a column of \"%s\"."), path,
                       label_text(&p->k->many));
    }
    p->n_columns++;
    return true;
}

static bool read_columns(struct call *c, struct page *p, struct err *e)
{
    const json_t *asked = json_object_get(c->params, "columns");
    if (!asked || json_is_null(asked)) {
        for (int i = 0; i < p->k->list.n_columns && i < COLUMNS_MAX; i++) {
            const struct column_model *col = &p->k->list.columns[i];
            int field = str_eq(col->path, "case_no") ? -2 : col->field;
            p->columns[p->n_columns++] =
                (struct column){.path = col->path, .field = field, .step = col->step};
        }
        return true;
    }
    size_t i;
    json_t *path;
    if (!json_is_array(asked)) {
        return param_bad(c, e, _("The request's \"columns\" must be a list of field names."));
    }
    json_array_foreach((json_t *)asked, i, path)
    {
        if (!json_is_string(path)) {
            return param_bad(c, e, _("The request's \"columns\" must be a list of field names."));
        }
        if (!add_column(c, p, json_string_value(path), e)) {
            return false;
        }
    }
    return true;
}

static json_t *cells_json(struct call *c, const struct page *p, const struct record *r)
{
    json_t *cells = json_array();
    for (int i = 0; i < p->n_columns; i++) {
        json_array_append_new(
            cells,
            json_string(cell_text(c->core, &c->arena, r, p->columns[i].field, p->columns[i].step)));
    }
    return json_pack("{s:s, s:o, s:s, s:o, s:b}", "id", r->id, "case_no",
                     r->case_no[0] ? json_string(r->case_no) : json_null(), "title",
                     show_title(c->core, r), "cells", cells, "late", record_late(r));
}

/* ---- the requests ---- */

static bool read_query(struct call *c, struct query *q, struct err *e)
{
    int64_t limit;
    if (!param_kind(c, &q->k, e) || !param_text(c, "filter", &q->filter, e) ||
        !param_text(c, "also", &q->also, e) || !param_text(c, "text", &q->text, e) ||
        !param_text(c, "sort", &q->sort, e) ||
        !param_int(c, "limit", 100, 1, INT32_MAX, &limit, e) ||
        !param_text(c, "after", &q->after, e) || !param_text(c, "before", &q->before, e) ||
        !param_text(c, "from", &q->from, e) || !param_bool(c, "last", &q->last, e)) {
        return false;
    }
    if ((q->after != NULL) + (q->before != NULL) + (q->from != NULL) + (q->last ? 1 : 0) > 1) {
        return param_bad(c, e, _("Give only one of \"after\", \"before\", \"from\" and \"last\"."));
    }
    q->limit = limit > ROWS_MAX ? ROWS_MAX : (int)limit;
    if (!str_empty(q->text) || !str_empty(q->filter)) {
        c->log.action = "SOK";
    }
    const char *terms = arena_printf(&c->arena, "%s\n%s\n%s", q->filter ? q->filter : "",
                                     q->also ? q->also : "", q->text ? q->text : "");
    return strlen(terms) == 2 || audit_terms(c, terms, e);
}

/* Rows go into the answer as long as there is room; what is left over is "more". Backwards, the far
 * end waits. */
static json_t *rows_json(struct call *c, const struct page *p, const struct rows *rows,
                         bool backward, bool *ret_more)
{
    json_t *list = json_array();
    size_t room = ANSWER_ROOM;
    for (int i = 0; i < rows->n; i++) {
        const struct record *r = rows->at[backward ? rows->n - 1 - i : i];
        json_t *row = p->values ? json_record(c->core, r, true) : cells_json(c, p, r);
        size_t weight = json_weight(row);
        if (weight > room) {
            json_decref(row);
            *ret_more = true;
            break;
        }
        room -= weight;
        audit_shown(c, r->id);
        if (backward) {
            json_array_insert_new(list, 0, row);
        } else {
            json_array_append_new(list, row);
        }
    }
    return list;
}

/* With "cap", the number of all rows comes along: one request for what a person does once. */
static bool count_along(struct call *c, struct query q, bool whole, int64_t cap, struct err *e)
{
    int64_t n = (int64_t)json_array_size(json_object_get(c->result, "rows"));
    bool capped = false;
    q.after = q.before = q.from = NULL;
    q.last = false;
    if (cap == 0) {
        return true;
    }
    if (!whole && !query_count(c->core, &q, cap, &n, &capped, e)) {
        return false;
    }
    json_object_set_new(c->result, "n", json_integer((json_int_t)n));
    json_object_set_new(c->result, "capped", json_boolean(capped));
    return true;
}

bool serve_list(struct call *c, struct err *e)
{
    int64_t cap;
    bool start;
    struct query q = {0};
    struct page p = {0};
    const char *as;
    ROWS rows = {0};
    if (!read_query(c, &q, e) || !param_text(c, "as", &as, e) ||
        !param_int(c, "cap", 0, 0, 10000000, &cap, e) || !param_bool(c, "start", &start, e)) {
        return false;
    }
    if (start && str_empty(q.filter)) {
        q.filter = q.k->list.start_filter;
    }
    if (as && !str_eq(as, "cells") && !str_eq(as, "values")) {
        return param_bad(c, e, _("\"as\" must be \"cells\" or \"values\"."));
    }
    p.k = q.k;
    p.values = str_eq(as, "values");
    if (!p.values && !read_columns(c, &p, e)) {
        return false;
    }
    if (!query_rows(c->core, &q, &rows, e)) {
        return false;
    }
    bool more = rows.more;
    json_t *list = rows_json(c, &p, &rows, q.before || q.last, &more);
    bool whole = !more && !q.after && !q.before && !q.from && !q.last;
    c->result = json_pack("{s:o, s:b}", "rows", list, "more", more);
    return count_along(c, q, whole, cap, e) && describe_along(c, q.k, e);
}

bool serve_count(struct call *c, struct err *e)
{
    struct query q = {0};
    const char *of_id;
    int64_t cap, n;
    bool capped;
    if (!read_query(c, &q, e) || !param_text(c, "of_id", &of_id, e) ||
        !param_int(c, "cap", 100000, 1, 10000000, &cap, e)) {
        return false;
    }
    if (of_id) {
        if (!query_place(c->core, &q, of_id, cap, &n, e)) {
            return false;
        }
        c->result =
            json_pack("{s:I, s:b}", "place", (json_int_t)(n > cap ? cap : n), "capped", n > cap);
        return true;
    }
    if (!query_count(c->core, &q, cap, &n, &capped, e)) {
        return false;
    }
    c->log.n = n;
    c->result = json_pack("{s:I, s:b}", "n", (json_int_t)n, "capped", capped);
    return true;
}
