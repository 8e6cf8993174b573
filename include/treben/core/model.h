/* What the configuration says about kinds: labels, pages, lists, code lists, lifecycles, clocks, rights. The
 * tables are owned by core and filled by src/forms from YAML; core never reads YAML. Everything lives in one
 * arena and is read-only once filled. */
#ifndef TREBEN_CORE_MODEL_H
#define TREBEN_CORE_MODEL_H

#include "treben/base/expr.h"
#include "treben/base/lang.h"
#include "treben/core/kind.h"

struct code {
    const char *code;
    struct label label;
    const char *from, *to;   /* valid dates, NULL open */
    const char *group;       /* e.g. the agency kind a measure belongs to; NULL */
};
struct code_list {
    const char *name; /* "incident_type"; the dossier's CL number stands in `ref` */
    const char *ref;  /* "CL-20" */
    struct label label;
    struct code *codes;
    int n_codes;
};

struct field_model {
    struct field f;              /* own, common or local */
    bool local;                  /* lives in `extra`; needs no column */
    struct label label, help;
    const struct code_list *codes;     /* F_CODE, F_CODES */
    const struct kind_model *target;   /* F_REF, F_REFS unless "*" */
    const struct expr *show_if, *require_if;
    const char *show_if_text, *require_if_text;
    const char *preset;          /* "today", "now", "me", "my_agency" or a literal value for new records; NULL */
    int rows;                    /* height of a note box; 0: default */
    const char *lookup_filter;   /* expression that narrows the lookup of a reference; NULL */
    bool again;                  /* rows written one after the other keep it */
};

struct page_model {
    struct label label;
    int *fields; /* indexes into kind_model.fields */
    int n_fields;
};

struct column_model {
    const char *path;      /* "occurred_at", "person.family_name", "title", "case_no", "person" (its title) */
    int field;             /* index of the first step, -1 for title and case_no */
    int step;              /* index in the target kind, -1 */
    struct label label;
    int min, ideal;        /* columns on the screen */
    int priority;          /* 1 stays longest */
    bool grow;
};
struct filter_model {
    const char *name;
    struct label label;
    const struct expr *expr;
    const char *text;
};
struct list_model {
    struct column_model *columns;
    int n_columns;
    const char *sort;      /* "-occurred_at" */
    struct filter_model *filters;
    int n_filters;
    const char *start_filter; /* name of the filter a list opens with; NULL */
};
struct subrow_model { /* a tab of a record: the kind whose field points here */
    const struct kind_model *kind;
    int field;
    struct label label;
};

enum actor_type { ACTOR_ROLE, ACTOR_OWNER_AGENCY, ACTOR_FIELD, ACTOR_AUTHOR, ACTOR_SYSTEM };
struct actor {
    enum actor_type type;
    const char *role;   /* "KOORD_S"; "KOORD_*" matches by prefix */
    const char *agency; /* CHEF(POL): "POL"; NULL any */
    int field;          /* ACTOR_FIELD: reference (or list) to users */
};
struct actor_group { /* any one of these */
    struct actor *any;
    int n;
};
struct preset_value {
    int field;
    const char *value; /* literal, "now", "today", "me" */
};
struct transition_model {
    const char **from; /* state codes */
    int n_from;
    const char *to;
    struct label label;        /* verb for the palette: "Triagera" */
    struct actor_group *who;   /* each group needs one person, all of them different; one group: that one acts */
    int n_who;
    bool distinct_agencies;    /* the persons must come from different agencies */
    const char **guards;
    int n_guards;
    bool needs_reason;
    int *asks;                 /* fields the screen asks for with the transition */
    int n_asks;
    struct preset_value *sets; /* set by the system when it happens */
    int n_sets;
    const char *not_actor;     /* name of a user field whose user may not act (four eyes); NULL */
};
struct state_model {
    const char *code;
    struct label label;
    int *requires;  /* fields that must be set in this state and those reached from it by its transitions' guards */
    int n_requires;
    bool final;
    bool uncounted; /* `counts: false`: a row in it is shown, and counts nowhere (a wrong link) */
};
struct lifecycle_model {
    int field;            /* usually `state` */
    const char *initial;
    struct state_model *states;
    int n_states;
    struct transition_model *transitions;
    int n_transitions;
};

struct clock_model {
    const char *name;          /* "triage" */
    const struct expr *while_; /* the task exists as long as this holds … */
    const char *unless;        /* … and this guard does not hold (NULL: none) */
    int from;                  /* date or time field that starts it; -1: `after` does */
    int days, hours, workdays; /* after `from`; from config/deadlines.yaml under `name` */
    const char *owner_role;    /* the task's owner: role (of agency) … */
    const char *owner_agency;
    int owner_field;           /* … or the user or agency in this field, -1 */
    int priority;              /* 1-3 */
    struct label title;        /* "Triagera {case_no}" */
    /* A step of the standard plan (`plan:`): a person may move it, and ends it once; others see it on the plan. */
    bool step;
    int after;                 /* index in kind_model.clocks of the step it counts from; -1 */
    struct actor *reads;       /* who sees it on the plan; none: whoever sees the record */
    int n_reads;
};

enum level { LEVEL_NONE, LEVEL_META, LEVEL_SHARED, LEVEL_FULL };
struct right {
    const char *role;      /* "KOORD_S", "*" every account */
    const char *agency;    /* CHEF(POL); NULL */
    enum level own, other; /* for records of the subject's own agency, of other agencies */
    const char *when;      /* NULL always; "mine": made by or naming the subject; "owner": task and note rule */
};
struct kind_rights {
    struct right *see;
    int n_see;
    const char *follows;      /* field naming the record it follows; seen at the level of that record, no more than `see` */
    const char *follows_too;  /* a second such field; that record must be seen as well */
    enum level follows_from;  /* the parent must be seen at least so */
    const char **named;       /* user fields: who is named there sees the shared part */
    int n_named;
    struct actor *create, *edit; /* who may make and change them (edit also needs LEVEL_FULL or an own agency's row) */
    int n_create, n_edit;
};

struct kind_model {
    const struct kind *kind;
    struct label one, many;
    struct label hint;           /* two sentences for the help page */
    struct field_model *fields;  /* own, common, local */
    int n_fields;
    int n_own;                   /* == kind->n_fields */
    struct page_model *pages;
    int n_pages;
    struct list_model list;
    struct subrow_model *subrows;
    int n_subrows;
    struct lifecycle_model *lifecycles;
    int n_lifecycles;
    struct clock_model *clocks; /* deadlines, then the steps of the plan */
    int n_clocks;
    struct kind_rights rights;
    const struct expr *counts_expr;
    const char *counts;          /* condition; rows for which it does not hold are shown and counted nowhere; NULL */
    const char *menu;            /* letter after g, NULL: not in the go-to menu */
    bool timeline;               /* its rows appear in timelines, at field timeline_at */
    int timeline_at;
};

struct role_model {
    const char *code;
    struct label label;
    const char *agencies; /* "SNC,POL", NULL any */
};
struct agency_model {
    const char *code, *name_sv, *kind, *legal_regime;
    const char *partner; /* the one of the three parties it belongs to: STAD, POL, FRI */
};
struct key_model {
    const char *action, *key;
};

struct model {
    struct arena arena;
    struct kind_model *kinds;
    int n_kinds;
    struct code_list *lists;
    int n_lists;
    struct role_model *roles;
    int n_roles;
    struct agency_model *agencies;
    int n_agencies;
    struct key_model *keys;
    int n_keys;
    /* config/site.yaml */
    const char *city;
    int min_criteria, import_clock_days, review_overdue_days, exit_contact_days;
    char digest[65];
    void *image; /* it lies in this mapped file (forms/image.c); NULL: in the arena */
    size_t image_bytes;
};

const struct kind_model *model_kind(const struct model *m, const char *name);          /* NULL: unknown */
const struct kind_model *model_of(const struct model *m, const struct kind *k);
int model_field(const struct kind_model *k, const char *name);                          /* -1: unknown */
const struct code_list *model_list(const struct model *m, const char *name);
const struct code *model_code(const struct code_list *l, const char *code);
/* Label of a code, the code itself when the list does not know it. */
const char *code_label(const struct code_list *l, const char *code);
const struct state_model *model_state(const struct kind_model *k, const char *state, const struct lifecycle_model **ret_of);
/* A condition that leaves out rows that do not count; NULL: all of this kind count. */
const char *model_counted(struct arena *a, const struct kind_model *k);
const struct agency_model *model_agency(const struct model *m, const char *code);

#endif
