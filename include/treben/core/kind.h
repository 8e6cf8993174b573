/* A kind of record: its fields and its own rules. One description; SQL, form, list, search, history, import,
 * export and rights per field follow from it. One file per kind under src/core/<pillar>/. */
#ifndef TREBEN_CORE_KIND_H
#define TREBEN_CORE_KIND_H

#include "treben/base/err.h"
#include "treben/base/str.h"

#include <stdint.h>

enum field_type {
    F_TEXT,   /* one line, max characters; of: what its words are codes of, compared as they stand ("role") */
    F_NOTE,   /* several lines, max characters */
    F_INT,    /* min … max */
    F_BOOL,   /* stored 0/1 */
    F_DATE,   /* YYYY-MM-DD */
    F_PDATE,  /* YYYY, YYYY-MM or YYYY-MM-DD */
    F_TIME,   /* an instant, UTC */
    F_CODE,   /* of: name of a code list */
    F_CODES,  /* several, stored "A,B" */
    F_REF,    /* of: name of a kind, "*" any kind; stored as id */
    F_REFS,   /* several ids, "ID,ID" */
    F_SEALED  /* encrypted text; never in lists, search, history, log */
};

enum field_flag {
    REQUIRED = 1u << 0, /* at creation; required later is said by a state's `requires` in YAML */
    SHARED = 1u << 1,   /* seen by those who see only the shared part (other agencies) */
    SEARCH = 1u << 2,   /* found by free text */
    SORT = 1u << 3,     /* text field with a <name>_key column in Swedish order */
    AUTO = 1u << 4,     /* set by the system, refused from outside */
    FIXED = 1u << 5,    /* may be given at creation, not changed by `set` */
    HASHED = 1u << 6,   /* F_SEALED with a <name>_hash column (keyed) for finding equal values */
    META = 1u << 7,     /* seen even by those who see only metadata */
    UNIQUE = 1u << 8    /* among the records of the kind (checked by kind rules where it depends on state) */
};

struct field {
    const char *name; /* the dossier's; also the column's */
    enum field_type type;
    const char *of;
    unsigned flags;
    int64_t min, max; /* characters for text (max 0: 120 for F_TEXT, 4000 for F_NOTE), values for F_INT (max 0: no limit) */
};

struct change;
struct core;
struct guard_case;
struct record;

/* A named condition of a transition. Yes: true. No: guard_no(g, _("sentence that says what to do")). */
struct guard {
    const char *name;
    bool (*holds)(struct guard_case *g);
};

enum kind_flag {
    KIND_APPEND_ONLY = 1u << 0, /* refuses set after creation */
    KIND_NO_NEW = 1u << 1       /* made by the system only (agency, approval …) */
};

struct kind {
    const char *name; /* also the table's name */
    const struct field *fields;
    int n_fields;
    const char *series;    /* case number prefix: "H" gives H-2026-0142; NULL: none */
    int series_digits;     /* 4 or 2 */
    const char *title;     /* template: "{family_name}, {given_names}"; fields that are null vanish with their commas */
    const char *parent;    /* field that names the record this is a row of; NULL: stands alone */
    const char *owner;     /* agency that always owns it ("POL"), "parent": the parent's owner; NULL: the maker's agency */
    unsigned flags;
    void (*fill)(struct change *c);                             /* defaults and derived values before checks; NULL: none */
    void (*check)(const struct change *c, struct problems *p);  /* the kind's own rules; all problems; NULL: none */
    bool (*saved)(struct change *c, struct err *e);             /* consequences inside the same transaction; NULL: none */
    const char *(*show)(struct core *c, const struct record *r, int field); /* a field that is not shown as it is stored;
                                                                     borrowed from scratch; NULL: as stored; NULL: none */
    const struct guard *guards;
    int n_guards;
};

/* Every kind there is, in dependency order (generated list in src/core/kinds.c). */
extern const struct kind *const all_kinds[];
extern const int n_all_kinds;
const struct kind *kind_find(const char *name); /* NULL: unknown */
int kind_field(const struct kind *k, const char *name); /* index, -1: unknown */

/* Fields every record has, after the kind's own; index n_fields + COMMON_… */
enum common_field {
    COMMON_OWNER_AGENCY, /* code of the owning agency */
    COMMON_INFO_CLASS,   /* CL-01 */
    COMMON_REV, COMMON_SHARED_REV,
    COMMON_CREATED_AT, COMMON_CREATED_BY,
    COMMON_UPDATED_AT, COMMON_UPDATED_BY,
    COMMON_SHARED_UPDATED_AT,
    COMMON_PURGE_AFTER, COMMON_PURGE_RULE,
    COMMON_LOCKED,
    COMMON_SOURCE_DISCLOSURE,
    COMMON_N
};
extern const struct field common_fields[COMMON_N];

#endif
