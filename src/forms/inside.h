/* What the parts of the forms layer share: files as read, trees, and the model being filled. */
#ifndef TREBEN_FORMS_INSIDE_H
#define TREBEN_FORMS_INSIDE_H

#include "treben/base/lang.h"
#include "treben/forms/tree.h"

enum { FILE_BYTES_MAX = 64 * 1024, LABEL_MAX = 120, HELP_MAX = 400, WORD_LEN_MAX = 60 };

/* --- source.c: the bytes of the files */
struct source {
    const char *name;  /* "forms/incident.yaml", the same for shipped and site */
    const char *shown; /* as messages name it; a site's file with its folder */
    bool site;
    const char *body; /* NUL after n bytes */
    size_t n;
};
struct sources {
    struct source *at;
    int n, room;
};
/* Reads all of it before anything is judged; only: one file's name ("config/import-police.yaml") or
 * NULL. What cannot be used becomes a finding. */
void sources_read(const struct forms_dirs *d, const char *only, struct arena *a,
                  struct sources *ret, struct findings *found);
void sources_add(struct sources *s, struct arena *a, struct source one);
const struct source *sources_find(const struct sources *s, const char *name, bool site);

/* --- yaml_read.c: bytes to a tree; false: the finding says why */
bool yaml_read(const struct source *s, struct arena *a, struct node **ret, struct findings *found);
const char *yaml_words(const char *problem); /* libyaml's complaint in plain words (yaml_words.c) */
/* yaml_bytes.c: characters that no file may hold */
bool yaml_bytes(const struct source *s, struct findings *found);

/* --- overlay.c, overlay_rules.c: the site's tree on top of the shipped one, in place */
struct overlay {
    struct arena *a;
    struct findings *found;
    const char *const *shipped_roles; /* codes, before any overlay */
    size_t n_shipped_roles;
    bool rights; /* inside config/rights.yaml */
};
void overlay_tree(struct overlay *o, struct node *base, const struct node *site);
/* May the value under this key be what the site says? Reports and says no when it loosens. The
 * value that shall stand is in *ret (a condition is joined with the shipped one). */
bool overlay_allows(struct overlay *o, const struct node *was, const struct node *now,
                    struct node **ret);
bool overlay_allows_new(struct overlay *o, const char *list, const struct node *element);
bool overlay_allows_removal(struct overlay *o, const char *list, const struct node *element);

/* --- trees: one a file name, overlaid */
struct tree {
    const char *name; /* "config/site.yaml" */
    struct node *root;
};
struct trees {
    struct tree *at;
    int n;
};
bool trees_make(const struct sources *s, struct arena *a, struct trees *ret,
                struct findings *found);
const struct node *trees_find(const struct trees *t, const char *name);

/* --- snapshot.c: the overlaid trees as one text, much faster to read than YAML */
char *snapshot_write(const struct trees *t);
bool snapshot_read(char *text, struct arena *a,
                   struct trees *ret); /* cuts text up in place; nodes point into it */

/* --- decode*.c: trees to the model */
struct deadline {
    const char *name;
    int days, hours, workdays;
    const struct node *at;
};
struct decode {
    struct node_reader r;  /* r.a is the model's arena: nothing in it points outside */
    struct arena *scratch; /* for as long as decoding lasts */
    struct model *m;
    const struct trees *trees;
    const struct node **form;  /* per kind index: the root of its file, NULL none */
    const struct node **right; /* per kind index: its row in rights.yaml, NULL none */
    struct deadline *deadlines;
    int n_deadlines;
    bool checking; /* false: the files are known to be sound */
};
void decode_all(struct decode *d);
void decode_site(struct decode *d);  /* site, agencies, roles, deadlines, keys */
void decode_codes(struct decode *d); /* codes*.yaml, areas.yaml */
void decode_fields(struct decode *d, struct kind_model *k, const struct node *form);
void decode_pages(struct decode *d, struct kind_model *k, const struct node *form);
void decode_list(struct decode *d, struct kind_model *k, const struct node *form);
void decode_subrows(struct decode *d, struct kind_model *k, const struct node *form);
void decode_lifecycles(struct decode *d, struct kind_model *k, const struct node *form);
void decode_clocks(struct decode *d, struct kind_model *k, const struct node *form);
void decode_rights(struct decode *d);
void decode_unknown_guard(struct decode *d, const struct kind *k, const struct node *n);
/* actor.c: "ROLE", "ROLE(POL)", "KOORD_*", owner_agency, field:NAME, author, system */
bool decode_actor(struct decode *d, const struct kind_model *k, const struct node *n,
                  struct actor *ret);
/* The list of actors under a key; arena, *ret_n of them. */
struct actor *decode_actors(struct decode *d, const struct kind_model *k, const struct node *map, const char *key,
                            int *ret_n);
bool decode_role(struct decode *d, const struct node *n, const char *role);
bool decode_agency(struct decode *d, const struct node *n, const char *agency);
/* lookup.c: words to indexes; what is unknown is reported with the nearest word */
int decode_field(struct decode *d, const struct kind_model *k, const struct node *n);
int *decode_field_list(struct decode *d, const struct kind_model *k, const struct node *list,
                       int *ret_n);
const char **decode_words(struct decode *d, const struct node *list, int *ret_n);
const char *decode_bool(struct decode *d, const struct node *map, const char *key); /* "1" "0" */
const struct kind_model *decode_kind(struct decode *d, const struct node *n, const char *name);
/* "person.family_name": first step and step, -1 where there is none; false: reported */
bool decode_path(struct decode *d, const struct kind_model *k, const struct node *n,
                 const char *path, int *ret_field, int *ret_step);
const struct expr *decode_expr(struct decode *d, const struct kind_model *k, const struct node *map,
                               const char *key, const char **ret_text);

/* --- check*.c: what can only be judged when all is there */
void check_kind(struct decode *d, const struct kind_model *k);
void check_lifecycle(struct decode *d, const struct kind_model *k, const struct lifecycle_model *l,
                     const struct node *at);
void check_model(struct decode *d);
void check_expr(struct decode *d, const struct kind_model *k, const struct node *at,
                const struct expr *x);
/* Is the literal one that the field can hold? */
bool check_literal(struct decode *d, const struct kind_model *k, int field, const struct node *at,
                   const char *value);

/* --- digest.c */
void digest_sources(const struct sources *s, char ret[65]);
void digest_snapshot(const char *files,
                     char ret[65]); /* digest of the files, and the program's own kinds */

/* --- image.c: the model as a file that is mapped. The key says what it was made from. */
struct model *image_load(const char *path, const char *key); /* NULL: none, another, damaged */
/* From a snapshot; false: there is none then, which costs time only. */
bool image_make(const char *path, const char *key, const char *snapshot, const char *digest);
/* signature.c: the files as they lie there and this program, without reading any; false: a file is
 * so new that it may change without showing it. */
bool files_signature(const struct forms_dirs *d, char ret[65]);

/* --- catalog.c */
/* ret_snapshot may be NULL. NULL: the findings say why. */
struct model *model_from_sources(const struct sources *s, char **ret_snapshot,
                                 struct findings *found);
struct model *model_from_trees(const struct trees *t, bool checking, struct findings *found);
/* The first finding as an error; yields false. */
bool first_finding(const struct findings *found, struct err *e);

#endif
