/* One failure, filled once by whoever detects it. Never allocates, so it can report a full disk. */
#ifndef TREBEN_BASE_ERR_H
#define TREBEN_BASE_ERR_H

#include "treben/base/mem.h"
#include <stdbool.h>

enum err_code {
    ERR_NONE,
    ERR_INVALID,  /* exit 1: a value is not what the field takes */
    ERR_RULE,     /* exit 1: a rule of the method or a guard says no */
    ERR_DENIED,   /* exit 1: this account may not */
    ERR_MISSING,  /* exit 1: no such record (or none for you) */
    ERR_USAGE,    /* exit 2: called wrongly */
    ERR_IO,       /* exit 3: a file or the terminal */
    ERR_DB,       /* exit 3: the database */
    ERR_BUSY,     /* exit 3: the store lock could not be had in time */
    ERR_FULL,     /* exit 3: the disk is full */
    ERR_SCHEMA,   /* exit 3: database and program do not fit */
    ERR_SYNTAX,   /* exit 3 for configuration and protocol; exit 1 for an expression of the user */
    ERR_GONE,     /* exit 3: the other end of the line is gone */
    ERR_CONFLICT  /* exit 4: somebody else saved first */
};

struct err {
    enum err_code code;
    int native;       /* errno or SQLite's extended code, else 0 */
    char field[64];   /* name of the offending field, or "" */
    const char *file; /* place in the source, for the diagnostic log only */
    int line;
    char text[512]; /* UTF-8, one sentence for the user, in the user's language */
};

/* Fill *e (NULL is allowed) and yield false:  return err_set(e, ERR_IO, _("cannot read %s"), path);
 * A text that does not fit is cut between characters. */
#define err_set(e, code, ...) err_fill((e), (code), 0, NULL, __FILE__, __LINE__, __VA_ARGS__)
#define err_native(e, code, nat, ...) err_fill((e), (code), (nat), NULL, __FILE__, __LINE__, __VA_ARGS__)
#define err_field(e, code, fld, ...) err_fill((e), (code), 0, (fld), __FILE__, __LINE__, __VA_ARGS__)
bool err_fill(struct err *e, enum err_code code, int native, const char *field, const char *file,
              int line, const char *fmt, ...) PRINTF(7, 8);

/* Puts a context in front of what is there: "reading forms/person.yaml: <what it said>". Yields false. */
bool err_wrap(struct err *e, const char *fmt, ...) PRINTF(2, 3);

int err_exit(enum err_code code);          /* the exit status that belongs to a code; ERR_SYNTAX gives 1 */
const char *err_name(enum err_code code);  /* stable word for the protocol: "invalid", "rule", … */
enum err_code err_from_name(const char *name); /* unknown gives ERR_DB */

/* What is wrong with what somebody typed: all of it, each with its field. Zeroed is valid and empty. */
struct problem {
    enum err_code code;
    char *field; /* "" when it belongs to the whole record */
    char *text;
};
struct problems {
    struct problem *at;
    size_t n;
};
void problem_add(struct problems *p, enum err_code code, const char *field, const char *fmt, ...) PRINTF(4, 5);
bool problems_have(const struct problems *p, const char *field);
/* Nothing found: true. Otherwise fills *e from the first and yields false. */
bool problems_none(const struct problems *p, struct err *e);
void problems_done(struct problems *p);
#define PROBLEMS __attribute__((cleanup(problems_done))) struct problems

#endif
