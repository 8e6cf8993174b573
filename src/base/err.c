/* One failure with its sentence, and the list of all that is wrong with an input. */
#include "treben/base/err.h"

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

/* A buffer that was filled to the brim may end inside a character: take the torn one away. */
static void trim_torn_char(char *text)
{
    size_t n = strlen(text), start = n;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
        start--;
    }
    if (start == 0) {
        return;
    }
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (n - (start - 1) < need) {
        text[start - 1] = '\0';
    }
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
    } else if ((size_t)n >= sizeof text) {
        trim_torn_char(text);
    }
    int m = snprintf(name, sizeof name, "%s", field ? field : "");
    if (m < 0 || (size_t)m >= sizeof name) {
        trim_torn_char(name);
    }
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
    int m = snprintf(text + used, sizeof text - used, ": %s", e->text);
    if (m < 0 || used + (size_t)m >= sizeof text) {
        trim_torn_char(text);
    }
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
    if (n < 0 || (size_t)n >= sizeof e.text) {
        trim_torn_char(e.text);
    }
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
