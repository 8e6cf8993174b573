/* core/inside.h: what the files of this layer share: generated SQL, the subject's views, row reading. */
#ifndef CORE_INSIDE_H
#define CORE_INSIDE_H

#include "treben/core/core.h"
#include "treben/core/history.h"
#include "treben/core/query.h"

#include <stdio.h>

/* A kind's views, by how much they say. Preparing a statement costs with the columns of the views it names, so each
 * question names the narrowest that will do. */
enum view {
    VIEW_WHOLE, /* v_KIND: every column */
    VIEW_SEEN,  /* v_KIND_seen: which rows are seen, and how far: what other views ask */
    VIEW_LINKS, /* v_KIND_links: and the fields that tabs and lifecycles are counted by; v_KIND_of_PARENT: only rows
                   that follow a record of that kind, for a kind that may follow any */
    VIEWS
};

/* What a view of a kind gives this subject. */
struct view_info {
    bool made[VIEWS];           /* which of its views are there */
    bool *made_of;              /* per parent's kind, those of its rows */
    enum level lowest, highest; /* of the rows it shows; equal: the same for every row */
    bool all_rows;              /* no row is left out */
};

#define TITLE_CACHE 64
struct core_cache {
    struct view_info *views;    /* per kind */
    int64_t rollbacks;          /* of the store, when the views were last known to be there */
    char **select_list;         /* per kind and source: columns in record order, sealed ones left out */
    struct {
        char id[ID_LEN + 1];
        const char *title;      /* scratch */
    } titles[TITLE_CACHE];
    int n_titles;
};

int kind_index(const struct core *c, const struct kind_model *k);
/* views.c. of: only rows that follow such a record, NULL: all. */
char *view_name(struct arena *a, const struct kind_model *k, enum view which, const struct kind_model *of);
bool *view_made(struct core *c, const struct kind_model *k, enum view which, const struct kind_model *of);
void views_drop(struct core *c); /* those that are there */
const struct view_info *access_info(const struct core *c, const struct kind_model *k);

/* Adds SQL for a reference as this subject may reckon with it: null when it leads to nothing the subject sees,
 * and where it may lead to any kind. */
MUST_CHECK bool access_ref(struct core *c, const struct field_model *f, const char *column, struct str *ret, struct err *e);
/* May the subject see everything of rows that belong to another agency? */
bool access_full_abroad(const struct core *c, const struct kind_model *k);
/* Does the subject's view give this field in each of its rows? (The view must have been made.) */
bool access_everywhere(const struct core *c, const struct kind_model *k, int field);

/* Fills the roles that the account who->user has today. */
void subject_load_roles(struct core *c, struct subject *who);

/* Adds "name" in SQL quotes. Only names of kinds and fields ever come here. */
void sql_name(struct str *s, const char *name);
bool field_is_column(const struct field_model *f);
/* "id", case_no, every field (local ones from extra at the base table, columns of their own in views), extra, level.
 * alias "t". with_sealed: blobs too (repo_load). */
void sql_columns(struct str *s, const struct kind_model *k, bool from_view, bool with_sealed);
/* Reads such a row into a new record. OWN: caller. */
bool row_read(struct core *c, const struct kind_model *k, const struct stmt *st, bool with_sealed, struct record **ret,
              struct err *e);
/* SELECT … FROM view or table; adds " FROM …  t". */
void sql_select(struct str *s, const struct kind_model *k, bool from_view, bool with_sealed);

/* Values bound to a statement under construction, in order. */
struct binds {
    const char *text[96];
    int n;
};
bool bind_add(struct binds *b, const char *text, struct err *e);
void bind_all(struct stmt *st, const struct binds *b);

/* Adds the SQL of a condition over alias "t"; every value is bound. ERR: SYNTAX, INVALID. */
MUST_CHECK bool expr_sql(struct core *c, const struct kind_model *k, const struct expr *x, bool upkeep, struct str *sql,
                         struct binds *b, struct err *e);

/* Search rows of a record, and the folded text of its title. OWN: caller. */
MUST_CHECK bool search_write(struct core *c, const struct record *was, const struct record *now, struct err *e);
char *record_fold(const struct record *r);

/* Expands a title template of a record without looking references up: raw texts. */
const char *title_raw(struct arena *a, const struct record *r);

/* An evaluation of a condition on a record in memory (all fields; one reference step through the upkeep door). */
MUST_CHECK bool record_true(struct core *c, const struct record *r, const struct expr *x, bool *ret, struct err *e);

/* Values as typed become canonical text. OWN: caller frees *ret (NULL: cleared). ERR: INVALID, MISSING. */
MUST_CHECK bool value_parse(struct core *c, const struct kind_model *k, int field, const char *typed, char **ret, struct err *e);

#endif
