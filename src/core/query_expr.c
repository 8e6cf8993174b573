/* core/query_expr.c: a condition becomes SQL over alias t. Names come from the model, values are bound. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"
#include "treben/store/seal.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    struct core *c;
    const struct kind_model *k;
    bool upkeep;
    struct str *sql;
    struct binds *b;
    struct err *e;
};

static bool build(struct builder *q, const struct expr *x);

static void add_column(const struct builder *q, const struct field_model *f, struct str *column)
{
    if (f->local && q->upkeep)
        str_printf(column, "json_extract(t.\"extra\", '$.%s')", f->f.name);
    else
        str_printf(column, "t.\"%s\"", f->f.name);
}

/* A reference that leads to nothing this subject sees is no value in a condition. */
static bool wrap_ref(struct builder *q, const struct field_model *f, struct str *column)
{
    if (q->upkeep || f->f.type != F_REF)
        return true;
    STR seen = {0};
    if (!access_ref(q->c, f, str_text(column), &seen, q->e))
        return false;
    str_clear(column);
    str_add(column, str_text(&seen));
    return true;
}

/* Does this text name a record that the subject does not see? Then nothing refers to it. */
static bool names_hidden(struct builder *q, const struct field_model *f, const char *text)
{
    const struct kind_model *k;
    struct id id;
    struct err ignored = {0};
    return !q->upkeep && id_valid(text) && !repo_resolve(q->c, f->target, text, &k, &id, &ignored);
}

static bool bind(struct builder *q, const char *text)
{
    str_addc(q->sql, '?');
    return bind_add(q->b, arena_strdup(&q->c->scratch, text), q->e);
}

/* The field a name means, after its reference step. */
static const struct field_model *resolve(struct builder *q, const struct expr *name, struct str *column)
{
    int i = model_field(q->k, name->name);
    bool number = strcmp(name->name, "case_no") == 0 && q->k->kind->series;
    if (i < 0 && !number && strcmp(name->name, "id") != 0) {
        err_set(q->e, ERR_SYNTAX, _("Column %d: \"%s\" has no field \"%s\"."), name->column,
                label_text(&q->k->many), name->name);
        return NULL;
    }
    static const struct field_model plain = {.f = {.name = "id", .type = F_REF}};
    if (i < 0) {
        str_printf(column, "t.\"%s\"", name->name);
        return &plain;
    }
    const struct field_model *f = &q->k->fields[i];
    if (!name->step) {
        add_column(q, f, column);
        return wrap_ref(q, f, column) ? f : NULL;
    }
    const struct kind_model *target = f->target;
    int j = target ? model_field(target, name->step) : -1;
    if (j < 0) {
        err_set(q->e, ERR_SYNTAX, _("Column %d: \"%s\" has no field \"%s\"."), name->column, name->name, name->step);
        return NULL;
    }
    if (!q->upkeep && !access_view(q->c, target, q->e))
        return NULL;
    str_printf(column, "(SELECT s.\"%s\" FROM \"%s%s\" s WHERE s.\"id\" = t.\"%s\")", target->fields[j].f.name,
               q->upkeep ? "" : "v_", target->kind->name, f->f.name);
    return wrap_ref(q, &target->fields[j], column) ? &target->fields[j] : NULL;
}

static const char *op_text(enum expr_op op)
{
    switch (op) {
    case EXPR_EQ:
        return " = ";
    case EXPR_NE:
        return " <> ";
    case EXPR_LT:
        return " < ";
    case EXPR_LE:
        return " <= ";
    case EXPR_GT:
        return " > ";
    default:
        return " >= ";
    }
}

static bool is_literal(const struct expr *x)
{
    return x->op == EXPR_TEXT || x->op == EXPR_NUMBER || x->op == EXPR_BOOL || x->op == EXPR_TODAY;
}

static const char *literal_text(struct builder *q, const struct expr *x)
{
    if (x->op == EXPR_TODAY) {
        char day[DATE_TEXT];
        date_text(date_add(date_today(), x->days), day);
        return arena_strdup(&q->c->scratch, day);
    }
    if (x->op == EXPR_BOOL)
        return str_eq(x->text, "true") ? "1" : "0";
    return x->text;
}

/* An instant compared with a day means that day in Stockholm. */
static bool build_day(struct builder *q, const char *column, enum expr_op op, struct date day)
{
    char from[INSTANT_TEXT], to[INSTANT_TEXT];
    instant a, b;
    bool twice;
    if (!moment_to_instant(day, 0, 0, 0, &a, &twice) || !moment_to_instant(date_add(day, 1), 0, 0, 0, &b, &twice))
        return err_set(q->e, ERR_SYNTAX, _("That day cannot be compared with."));
    instant_text(a, from);
    instant_text(b, to);
    if (op == EXPR_EQ || op == EXPR_NE) {
        str_printf(q->sql, "(%s %s ", column, op == EXPR_EQ ? ">=" : "<");
        if (!bind(q, from))
            return false;
        str_printf(q->sql, " %s %s %s ", op == EXPR_EQ ? "AND" : "OR", column, op == EXPR_EQ ? "<" : ">=");
        return bind(q, to) && (str_addc(q->sql, ')'), true);
    }
    bool upper = op == EXPR_GT || op == EXPR_LE;
    str_printf(q->sql, "%s %s ", column, op == EXPR_GT || op == EXPR_GE ? ">=" : "<");
    return bind(q, upper ? to : from);
}

static bool number_ok(struct builder *q, const struct expr *literal, const char *text)
{
    char *end;
    strtoll(text, &end, 10);
    if (*text && !*end)
        return true;
    return err_set(q->e, ERR_SYNTAX, _("Column %d: a whole number is expected, not \"%s\"."), literal->column, text);
}

/* A text that holds a word of the system, such as a role's code: compared as it stands, so that its index serves. */
static bool is_word(const struct field_model *f)
{
    return f->f.type == F_TEXT && f->f.of;
}

/* A misspelt code would find nothing, and nothing would say why. Codes no longer in use are asked for still. */
static bool code_ok(struct builder *q, const struct field_model *f, const struct expr *literal)
{
    const struct code_list *l = f->codes;
    const char *text = literal_text(q, literal);
    if (q->upkeep || !l || (f->f.type != F_CODE && f->f.type != F_CODES))
        return true;
    const char **words = arena_alloc(&q->c->scratch, ((size_t)l->n_codes + 1) * sizeof *words);
    for (int i = 0; i < l->n_codes; i++) {
        words[i] = l->codes[i].code;
        if (str_eq(text, words[i]))
            return true;
    }
    const char *near = str_nearest(text, words, (size_t)l->n_codes);
    return near ? err_set(q->e, ERR_SYNTAX, _("Column %d: \"%.60s\" is not in the list \"%s\". Did you mean %s?"),
                          literal->column, text, label_text(&l->label), near)
                : err_set(q->e, ERR_SYNTAX, _("Column %d: \"%.60s\" is not in the list \"%s\"."), literal->column, text,
                          label_text(&l->label));
}

/* Only the system may ask for a sealed value, and only for the very same one, by its keyed hash. */
static bool build_sealed(struct builder *q, const struct field_model *f, enum expr_op op, const char *text)
{
    char hash[65];
    if (!q->upkeep || op != EXPR_EQ || !(f->f.flags & HASHED)) {
        str_add(q->sql, "0");
        return true;
    }
    if (!seal_hash(q->c->store, text, hash, q->e))
        return false;
    str_printf(q->sql, "t.\"%s_hash\" = ", f->f.name);
    return bind(q, hash);
}

static bool build_value(struct builder *q, const struct field_model *f, const char *column, enum expr_op op,
                        const struct expr *literal)
{
    const char *text = literal_text(q, literal);
    struct date day;
    switch (f->f.type) {
    case F_INT:
    case F_BOOL:
        if (!number_ok(q, literal, text))
            return false;
        str_printf(q->sql, "%s%sCAST(", column, op_text(op));
        return bind(q, text) && (str_add(q->sql, " AS INTEGER)"), true);
    case F_TIME:
        if (date_from_text(text, &day))
            return build_day(q, column, op, day);
        break;
    case F_TEXT:
    case F_NOTE: {
        if (is_word(f))
            break;
        bool order = op != EXPR_EQ && op != EXPR_NE;
        AUTOFREE char *key = order ? text_sort_key(text) : text_fold(text);
        str_printf(q->sql, "%s(%s)%s", order ? "treben_key" : "treben_fold", column, op_text(op));
        return bind(q, key);
    }
    case F_SEALED:
        return build_sealed(q, f, op, text);
    default:
        break;
    }
    if (!code_ok(q, f, literal))
        return false;
    str_printf(q->sql, "%s%s", column, op_text(op));
    return bind(q, text);
}

static bool build_null(struct builder *q, const struct expr *name, bool is_null)
{
    STR column = {0};
    const struct field_model *f = resolve(q, name, &column);
    if (!f)
        return false;
    if (str_eq(f->f.of, "*") && !name->step) { /* that it leads somewhere is shown, as hidden */
        str_clear(&column);
        add_column(q, f, &column);
    }
    str_printf(q->sql, "%s IS %sNULL", column.p, is_null ? "" : "NOT ");
    return true;
}

static enum expr_op mirrored(enum expr_op op)
{
    return op == EXPR_LT ? EXPR_GT : op == EXPR_GT ? EXPR_LT : op == EXPR_LE ? EXPR_GE : op == EXPR_GE ? EXPR_LE : op;
}

/* The bare column, so that its index serves; what the text names is judged here, once. */
static bool build_refers(struct builder *q, const struct field_model *f, enum expr_op op, const char *text)
{
    if (names_hidden(q, f, text)) {
        str_add(q->sql, "0");
        return true;
    }
    add_column(q, f, q->sql);
    str_add(q->sql, op_text(op));
    return bind(q, text);
}

/* With one text: may the bare column stand? Where a reference may lead anywhere, only so can it be asked at all. */
static bool is_reference(const struct field_model *f, const struct expr *name, enum expr_op op)
{
    return f->f.type == F_REF && f->f.of && !name->step && (op == EXPR_EQ || (op == EXPR_NE && !f->target));
}

static bool build_compare(struct builder *q, const struct expr *x)
{
    const struct expr *a = x->a, *b = x->b;
    enum expr_op op = x->op;
    if (a->op != EXPR_NAME) {
        const struct expr *swap = a;
        a = b;
        b = swap;
        op = mirrored(op);
    }
    if (a->op != EXPR_NAME)
        return err_set(q->e, ERR_SYNTAX, _("Column %d: a field is expected on one side of the comparison."), x->column);
    if (b->op == EXPR_NULL)
        return build_null(q, a, op == EXPR_EQ);
    STR column = {0};
    const struct field_model *f = resolve(q, a, &column);
    if (!f)
        return false;
    if (b->op == EXPR_NAME) {
        STR other = {0};
        if (!resolve(q, b, &other))
            return false;
        str_printf(q->sql, "%s%s%s", column.p, op_text(op), other.p);
        return true;
    }
    if (!is_literal(b))
        return err_set(q->e, ERR_SYNTAX, _("Column %d: a text, a number or a day is expected."), b->column);
    if (is_reference(f, a, op))
        return build_refers(q, f, op, literal_text(q, b));
    return build_value(q, f, column.p, op, b);
}

/* One item of a list, compared by itself. */
static bool build_item(struct builder *q, const struct expr *name, const struct field_model *f, const char *column,
                       const struct expr *item)
{
    if (!is_literal(item))
        return err_set(q->e, ERR_SYNTAX, _("Column %d: a text, a number or a day is expected."), item->column);
    return is_reference(f, name, EXPR_EQ) ? build_refers(q, f, EXPR_EQ, literal_text(q, item))
                                          : build_value(q, f, column, EXPR_EQ, item);
}

/* The codes of a list stand in the statement itself: only so can an index over the open rows alone serve it.
 * They hold nothing but capitals, digits and "_"; all else is bound as every value is. */
static bool build_code(struct builder *q, const struct field_model *f, const char *code)
{
    if (f->f.type != F_CODE || code[strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")])
        return bind(q, code);
    str_printf(q->sql, "'%s'", code);
    return true;
}

static bool build_in(struct builder *q, const struct expr *x)
{
    STR column = {0};
    const struct field_model *f = x->a->op == EXPR_NAME ? resolve(q, x->a, &column) : NULL;
    if (!f)
        return x->a->op == EXPR_NAME
                   ? false
                   : err_set(q->e, ERR_SYNTAX, _("Column %d: a field is expected before \"in\"."), x->column);
    bool folded = f->f.type == F_TEXT || f->f.type == F_NOTE;
    if ((folded && !is_word(f)) || f->f.type == F_INT || f->f.type == F_BOOL || f->f.type == F_TIME || is_reference(f, x->a, EXPR_EQ)) {
        str_addc(q->sql, '(');
        for (size_t i = 0; i < x->n_items; i++) {
            str_add(q->sql, i ? " OR " : "");
            if (!build_item(q, x->a, f, column.p, x->items[i]))
                return false;
        }
        str_addc(q->sql, ')');
        return true;
    }
    str_printf(q->sql, "%s IN (", column.p);
    for (size_t i = 0; i < x->n_items; i++) {
        str_add(q->sql, i ? ", " : "");
        if (!is_literal(x->items[i]))
            return err_set(q->e, ERR_SYNTAX, _("Column %d: a text, a number or a day is expected."),
                           x->items[i]->column);
        if (!code_ok(q, f, x->items[i]) || !build_code(q, f, literal_text(q, x->items[i])))
            return false;
    }
    str_addc(q->sql, ')');
    return true;
}

static bool build_contains(struct builder *q, const struct expr *x)
{
    STR column = {0};
    if (x->a->op != EXPR_NAME || !is_literal(x->b))
        return err_set(q->e, ERR_SYNTAX, _("Column %d: write a field, \"contains\" and a text."), x->column);
    const struct field_model *f = resolve(q, x->a, &column);
    if (!f)
        return false;
    if (!code_ok(q, f, x->b))
        return false;
    const char *text = literal_text(q, x->b);
    if (f->f.type == F_REFS && names_hidden(q, f, text)) {
        str_add(q->sql, "0");
        return true;
    }
    if (f->f.type == F_CODES || f->f.type == F_REFS) {
        str_printf(q->sql, "instr(',' || %s || ',', ',' || ", column.p);
        return bind(q, text) && (str_add(q->sql, " || ',') > 0"), true);
    }
    AUTOFREE char *folded = text_fold(text);
    str_printf(q->sql, "instr(treben_fold(%s), ", column.p);
    return bind(q, folded) && (str_add(q->sql, ") > 0"), true);
}

static bool build_pair(struct builder *q, const struct expr *x, const char *word)
{
    str_addc(q->sql, '(');
    if (!build(q, x->a))
        return false;
    str_add(q->sql, word);
    if (!build(q, x->b))
        return false;
    str_addc(q->sql, ')');
    return true;
}

/* SQL knows three truths, the language two: a comparison with null is false, and so its negation true. */
static bool build_not(struct builder *q, const struct expr *x)
{
    str_add(q->sql, "NOT ifnull((");
    if (!build(q, x->a))
        return false;
    str_add(q->sql, "), 0)");
    return true;
}

static bool build(struct builder *q, const struct expr *x)
{
    switch (x->op) {
    case EXPR_OR:
        return build_pair(q, x, " OR ");
    case EXPR_AND:
        return build_pair(q, x, " AND ");
    case EXPR_NOT:
        return build_not(q, x);
    case EXPR_IN:
        return build_in(q, x);
    case EXPR_CONTAINS:
        return build_contains(q, x);
    case EXPR_NAME: {
        STR column = {0};
        if (!resolve(q, x, &column))
            return false;
        str_printf(q->sql, "ifnull(%s, 0) NOT IN (0, '')", column.p);
        return true;
    }
    case EXPR_BOOL:
        str_add(q->sql, str_eq(x->text, "true") ? "1" : "0");
        return true;
    case EXPR_TEXT:
    case EXPR_NUMBER:
    case EXPR_NULL:
    case EXPR_TODAY:
        return err_set(q->e, ERR_SYNTAX, _("Column %d: a comparison is expected here."), x->column);
    default:
        return build_compare(q, x);
    }
}

bool expr_sql(struct core *c, const struct kind_model *k, const struct expr *x, bool upkeep, struct str *sql,
              struct binds *b, struct err *e)
{
    struct builder q = {.c = c, .k = k, .upkeep = upkeep, .sql = sql, .b = b, .e = e};
    str_addc(sql, '(');
    if (!build(&q, x))
        return false;
    str_addc(sql, ')');
    return true;
}
