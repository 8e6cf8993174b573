/* One failure with its sentence, and the list of all that is wrong with an input. */
#include "treben/base/err.h"

#include "text_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int exit;
} codes[] = {
    [ERR_NONE] = {"none", 0},       [ERR_INVALID] = {"invalid", 1},
    [ERR_RULE] = {"rule", 1},       [ERR_DENIED] = {"denied", 1},
    [ERR_MISSING] = {"missing", 1}, [ERR_USAGE] = {"usage", 2},
    [ERR_IO] = {"io", 3},           [ERR_DB] = {"db", 3},
    [ERR_BUSY] = {"busy", 3},       [ERR_FULL] = {"full", 3},
    [ERR_SCHEMA] = {"schema", 3},   [ERR_SYNTAX] = {"syntax", 1},
    [ERR_GONE] = {"gone", 3},       [ERR_CONFLICT] = {"conflict", 4},
};

/* Cutting to a number of bytes ("%.60s", or this buffer's end) may tear a character; a text with half
 * of one in it cannot travel as JSON. What is torn goes. */
static void drop_torn_chars(char *text)
{
    char *to = text;
    int32_t cp;
    for (size_t n; (n = utf8_next_z(text, &cp)) > 0; text += n) {
        if (cp != UTF8_BAD) {
            memmove(to, text, n);
            to += n;
        }
    }
    *to = '\0';
}

bool err_fill(struct err *e, enum err_code code, int native, const char *field, const char *file,
              int line, const char *fmt, ...)
{
    if (!e) {
        return false;
    }
    char text[sizeof e->text]; /* the arguments may point into *e */
    char name[sizeof e->field];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0) {
        text[0] = '\0';
    }
    drop_torn_chars(text);
    snprintf(name, sizeof name, "%s", field ? field : "");
    drop_torn_chars(name);
    *e = (struct err){.code = code, .native = native, .file = file, .line = line};
    memcpy(e->text, text, sizeof text);
    memcpy(e->field, name, sizeof name);
    return false;
}

bool err_wrap(struct err *e, const char *fmt, ...)
{
    if (!e) {
        return false;
    }
    char text[sizeof e->text];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0) {
        return false;
    }
    size_t used = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    if (snprintf(text + used, sizeof text - used, ": %s", e->text) < 0) {
        return false;
    }
    drop_torn_chars(text);
    memcpy(e->text, text, sizeof text);
    return false;
}

int err_exit(enum err_code code)
{
    return (size_t)code < N_OF(codes) ? codes[code].exit : 3;
}

const char *err_name(enum err_code code)
{
    return (size_t)code < N_OF(codes) ? codes[code].name : "db";
}

enum err_code err_from_name(const char *name)
{
    for (size_t i = 0; name && i < N_OF(codes); i++) {
        if (strcmp(codes[i].name, name) == 0) {
            return (enum err_code)i;
        }
    }
    return ERR_DB;
}

void problem_add(struct problems *p, enum err_code code, const char *field, const char *fmt, ...)
{
    struct err e = {.code = ERR_NONE};
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(e.text, sizeof e.text, fmt, args);
    va_end(args);
    if (n < 0) {
        e.text[0] = '\0';
    }
    drop_torn_chars(e.text);
    p->at = xrealloc(p->at, (p->n + 1) * sizeof *p->at);
    p->at[p->n++] = (struct problem){
        .code = code, .field = xstrdup(field ? field : ""), .text = xstrdup(e.text)};
}

bool problems_have(const struct problems *p, const char *field)
{
    for (size_t i = 0; i < p->n; i++) {
        if (strcmp(p->at[i].field, field) == 0) {
            return true;
        }
    }
    return false;
}

bool problems_none(const struct problems *p, struct err *e)
{
    if (p->n == 0) {
        return true;
    }
    return err_field(e, p->at[0].code, p->at[0].field, "%s", p->at[0].text);
}

void problems_done(struct problems *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->at[i].field);
        free(p->at[i].text);
    }
    free(p->at);
    *p = (struct problems){0};
}
