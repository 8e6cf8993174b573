/* The small language of conditions: from text to a tree in an arena. */
#include "treben/base/expr.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"
#include <string.h>

enum { SOURCE_MAX = 2000, DEPTH_MAX = 30, SHOWN_MAX = 30 };

enum token {
    T_END,
    T_NAME,
    T_TEXT,
    T_NUMBER,
    T_OPEN,
    T_CLOSE,
    T_COMMA,
    T_DOT,
    T_PLUS,
    T_MINUS,
    T_EQ,
    T_NE,
    T_LT,
    T_LE,
    T_GT,
    T_GE,
    T_OR,
    T_AND,
    T_NOT,
    T_IN,
    T_CONTAINS,
    T_TRUE,
    T_FALSE,
    T_NULL,
    T_TODAY,
    T_OPEN_TEXT, /* a quote that is never closed */
    T_STRANGE    /* a character that means nothing here */
};

struct parser {
    struct arena *arena;
    const char *p; /* behind the token */
    enum token token;
    const char *start; /* of the token */
    size_t len;
    int column; /* of the token, in characters from 1 */
    int depth;
    struct err *e;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum token word_token(const char *p, size_t n)
{
    static const struct {
        const char *word;
        enum token token;
    } words[] = {
        {"or", T_OR},     {"and", T_AND},     {"not", T_NOT},
        {"in", T_IN},     {"true", T_TRUE},   {"false", T_FALSE},
        {"null", T_NULL}, {"today", T_TODAY}, {"contains", T_CONTAINS},
    };
    for (size_t i = 0; i < N_OF(words); i++) {
        if (strlen(words[i].word) == n && memcmp(words[i].word, p, n) == 0) {
            return words[i].token;
        }
    }
    return T_NAME;
}

static enum token sign_token(const char *p, size_t *ret_len)
{
    static const struct {
        const char *sign;
        enum token token;
    } signs[] = {
        {"==", T_EQ},  {"!=", T_NE},   {"<=", T_LE},   {">=", T_GE}, {"<", T_LT},   {">", T_GT},
        {"(", T_OPEN}, {")", T_CLOSE}, {",", T_COMMA}, {".", T_DOT}, {"+", T_PLUS}, {"-", T_MINUS},
    };
    for (size_t i = 0; i < N_OF(signs); i++) {
        if (str_starts(p, signs[i].sign)) {
            *ret_len = strlen(signs[i].sign);
            return signs[i].token;
        }
    }
    *ret_len = text_cluster(p, NULL);
    return T_STRANGE;
}

/* Bytes of a quoted text with its quotes; 0: never closed. */
static size_t quoted_len(const char *p)
{
    size_t n = 1;
    while (p[n] && p[n] != '"') {
        n += p[n] == '\\' && p[n + 1] ? 2 : 1;
    }
    return p[n] ? n + 1 : 0;
}

static size_t number_len(const char *p)
{
    size_t n = strspn(p, "0123456789");
    if (p[n] == '.' && is_digit(p[n + 1])) {
        n += 1 + strspn(p + n + 1, "0123456789");
    }
    return n;
}

/* Moves to the next token. */
static void next(struct parser *s)
{
    const char *from = s->start;
    s->start = s->p + strspn(s->p, " \t\r\n");
    for (; from < s->start; from++) { /* columns count characters, not bytes */
        s->column += ((unsigned char)*from & 0xC0) != 0x80;
    }
    const char *p = s->start;
    s->len = 0;
    if (!*p) {
        s->token = T_END;
    } else if (is_letter(*p)) {
        while (is_letter(p[s->len]) || is_digit(p[s->len])) {
            s->len++;
        }
        s->token = word_token(p, s->len);
    } else if (is_digit(*p)) {
        s->len = number_len(p);
        s->token = T_NUMBER;
    } else if (*p == '"') {
        s->len = quoted_len(p);
        s->token = s->len ? T_TEXT : T_OPEN_TEXT;
        s->len = s->len ? s->len : strlen(p);
    } else {
        s->token = sign_token(p, &s->len);
    }
    s->p = p + s->len;
}

static const struct expr *expected(struct parser *s, const char *what)
{
    if (s->token == T_OPEN_TEXT) {
        err_set(s->e, ERR_SYNTAX, _("column %d: the quotation mark is never closed"), s->column);
    } else if (s->token == T_END) {
        err_set(s->e, ERR_SYNTAX, _("column %d: expected %s, but the text ends"), s->column,
                lang_text(what));
    } else {
        size_t shown = text_fit(s->start, SHOWN_MAX, NULL);
        err_set(s->e, ERR_SYNTAX, _("column %d: expected %s instead of %.*s"), s->column,
                lang_text(what), (int)(s->len < shown ? s->len : shown), s->start);
    }
    return NULL;
}

static struct expr *node(struct parser *s, enum expr_op op, int column)
{
    struct expr *x = arena_alloc(s->arena, sizeof *x);
    x->op = op;
    x->column = column;
    return x;
}

static struct expr *pair(struct parser *s, enum expr_op op, int column, struct expr *a,
                         struct expr *b)
{
    struct expr *x = node(s, op, column);
    x->a = a;
    x->b = b;
    return x;
}

static char *unquoted(struct parser *s)
{
    char *text = arena_alloc(s->arena, s->len), *to = text;
    const char *end = s->start + s->len - 1;
    for (const char *p = s->start + 1; p < end; p++) {
        if (*p == '\\') {
            p++;
        }
        *to++ = *p;
    }
    return text;
}

static struct expr *parse_name(struct parser *s)
{
    struct expr *x = node(s, EXPR_NAME, s->column);
    x->name = arena_strndup(s->arena, s->start, s->len);
    next(s);
    if (s->token != T_DOT) {
        return x;
    }
    next(s);
    if (s->token != T_NAME) {
        expected(s, N_("the name of a field after the dot"));
        return NULL;
    }
    x->step = arena_strndup(s->arena, s->start, s->len);
    next(s);
    if (s->token == T_DOT) {
        err_set(s->e, ERR_SYNTAX, _("column %d: only one step to another record is possible"),
                s->column);
        return NULL;
    }
    return x;
}

/* today, today-7d, today+3d */
static struct expr *parse_today(struct parser *s)
{
    struct expr *x = node(s, EXPR_TODAY, s->column);
    next(s);
    if (s->token != T_PLUS && s->token != T_MINUS) {
        return x;
    }
    int sign = s->token == T_MINUS ? -1 : 1, days = 0;
    next(s);
    bool number = s->token == T_NUMBER && s->len <= 5 && !memchr(s->start, '.', s->len);
    for (size_t i = 0; number && i < s->len; i++) {
        days = days * 10 + (s->start[i] - '0');
    }
    if (number && s->p[0] == 'd') {
        next(s);
        if (s->len == 1) {
            x->days = sign * days;
            next(s);
            return x;
        }
    }
    expected(s, N_("a number of days as in today-7d"));
    return NULL;
}

static struct expr *parse_number(struct parser *s, int column, const char *sign)
{
    struct expr *x = node(s, EXPR_NUMBER, column);
    x->text = arena_printf(s->arena, "%s%.*s", sign, (int)s->len, s->start);
    next(s);
    if (s->token == T_NAME && s->start[-1] != ' ') {
        expected(s, N_("a blank or a sign after the number"));
        return NULL;
    }
    return x;
}

static struct expr *parse_operand(struct parser *s)
{
    struct expr *x = NULL;
    int column = s->column;
    switch (s->token) {
    case T_NAME:
        return parse_name(s);
    case T_TODAY:
        return parse_today(s);
    case T_NUMBER:
        return parse_number(s, column, "");
    case T_MINUS:
        next(s);
        if (s->token == T_NUMBER) {
            return parse_number(s, column, "-");
        }
        expected(s, N_("a number"));
        return NULL;
    case T_TEXT:
        x = node(s, EXPR_TEXT, column);
        x->text = unquoted(s);
        break;
    case T_TRUE:
    case T_FALSE:
        x = node(s, EXPR_BOOL, column);
        x->text = arena_strdup(s->arena, s->token == T_TRUE ? "true" : "false");
        break;
    case T_NULL:
        x = node(s, EXPR_NULL, column);
        break;
    default:
        expected(s, N_("a field, a text in quotation marks, a number or today"));
        return NULL;
    }
    next(s);
    return x;
}

static struct expr *parse_list(struct parser *s, struct expr *value, int column)
{
    struct expr *x = node(s, EXPR_IN, column);
    size_t room = 0;
    x->a = value;
    if (s->token != T_OPEN) {
        expected(s, N_("a list in brackets after in"));
        return NULL;
    }
    do {
        next(s);
        struct expr *item = parse_operand(s);
        if (!item) {
            return NULL;
        }
        if (x->n_items == room) {
            room = room ? room * 2 : 8;
            struct expr **more = arena_alloc(s->arena, room * sizeof *more);
            if (x->n_items) {
                memcpy(more, x->items, x->n_items * sizeof *more);
            }
            x->items = more;
        }
        x->items[x->n_items++] = item;
    } while (s->token == T_COMMA);
    if (s->token != T_CLOSE) {
        expected(s, N_("a comma or )"));
        return NULL;
    }
    next(s);
    return x;
}

static struct expr *parse_or(struct parser *s);

static bool deeper(struct parser *s)
{
    if (++s->depth <= DEPTH_MAX) {
        return true;
    }
    return err_set(s->e, ERR_SYNTAX, _("column %d: too many brackets inside each other"),
                   s->column);
}

static struct expr *parse_brackets(struct parser *s)
{
    if (!deeper(s)) {
        return NULL;
    }
    next(s);
    struct expr *x = parse_or(s);
    if (!x) {
        return NULL;
    }
    if (s->token != T_CLOSE) {
        expected(s, N_("and, or or )"));
        return NULL;
    }
    next(s);
    s->depth--;
    return x;
}

static struct expr *parse_comparison(struct parser *s)
{
    if (s->token == T_OPEN) {
        return parse_brackets(s);
    }
    struct expr *a = parse_operand(s);
    if (!a) {
        return NULL;
    }
    enum token t = s->token;
    int column = s->column;
    if (t >= T_EQ && t <= T_GE) {
        next(s);
        struct expr *b = parse_operand(s);
        return b ? pair(s, EXPR_EQ + (t - T_EQ), column, a, b) : NULL;
    }
    if (t == T_CONTAINS) {
        next(s);
        struct expr *b = parse_operand(s);
        return b ? pair(s, EXPR_CONTAINS, column, a, b) : NULL;
    }
    if (t == T_IN) {
        next(s);
        return parse_list(s, a, column);
    }
    if (t == T_NOT) { /* area not in (…) */
        next(s);
        if (s->token != T_IN) {
            expected(s, N_("in after not"));
            return NULL;
        }
        next(s);
        struct expr *list = parse_list(s, a, column);
        return list ? pair(s, EXPR_NOT, column, list, NULL) : NULL;
    }
    if (a->op != EXPR_NAME && a->op != EXPR_BOOL) {
        expected(s, N_("a comparison such as == or <"));
        return NULL;
    }
    return a; /* a yes-or-no field alone */
}

static struct expr *parse_not(struct parser *s)
{
    if (s->token != T_NOT) {
        return parse_comparison(s);
    }
    int column = s->column;
    if (!deeper(s)) {
        return NULL;
    }
    next(s);
    struct expr *a = parse_not(s);
    s->depth--;
    return a ? pair(s, EXPR_NOT, column, a, NULL) : NULL;
}

static struct expr *parse_and(struct parser *s)
{
    struct expr *a = parse_not(s);
    while (a && s->token == T_AND) {
        int column = s->column;
        next(s);
        struct expr *b = parse_not(s);
        a = b ? pair(s, EXPR_AND, column, a, b) : NULL;
    }
    return a;
}

static struct expr *parse_or(struct parser *s)
{
    struct expr *a = parse_and(s);
    while (a && s->token == T_OR) {
        int column = s->column;
        next(s);
        struct expr *b = parse_and(s);
        a = b ? pair(s, EXPR_OR, column, a, b) : NULL;
    }
    return a;
}

bool expr_parse(struct arena *a, const char *source, const struct expr **ret, struct err *e)
{
    if (strnlen(source, SOURCE_MAX + 1) > SOURCE_MAX) {
        return err_set(e, ERR_SYNTAX, _("the condition is too long; at most %d bytes fit"),
                       SOURCE_MAX);
    }
    if (!text_valid(source)) {
        return err_set(e, ERR_SYNTAX, _("the condition is not UTF-8 text"));
    }
    struct parser s = {.arena = a, .p = source, .start = source, .column = 1, .e = e};
    next(&s);
    const struct expr *x = parse_or(&s);
    if (x && s.token != T_END) {
        x = expected(&s, N_("and, or or the end"));
    }
    if (x) {
        *ret = x;
    }
    return x != NULL;
}
