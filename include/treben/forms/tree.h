/* A YAML file as a tree in which every node knows its place. Strict: security limits of the reader
 * are not negotiable (64 KiB a file, depth 8, 20,000 events, 4 KiB a text, no anchors, tags,
 * directives …). */
#ifndef TREBEN_FORMS_TREE_H
#define TREBEN_FORMS_TREE_H

#include "treben/forms/forms.h"

enum node_type { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_type type;
    bool quoted;      /* a text in quotes or a block; never yes/no/null by accident */
    const char *file; /* as messages name it: "forms/incident.yaml" */
    int line, column; /* of the value, from 1 */
    const char *key;  /* inside a map; NULL inside a list */
    int key_line, key_column;
    const char *text;          /* NODE_TEXT: passed text_accept */
    struct node *first, *next; /* children in order; next sibling */
    int n;                     /* children */
};

/* The value of a key; NULL: not there, or not a map. */
const struct node *node_get(const struct node *map, const char *key);

/* One config file (name: "import-police.yaml") with its site overlay, for layers that keep a file
 * of their own. Nodes live in the arena. *ret is NULL when there is no such file. ERR: SYNTAX, IO
 * with the first finding. */
MUST_CHECK bool forms_read_config(const struct forms_dirs *d, const char *name, struct arena *a,
                                  const struct node **ret, struct findings *found, struct err *e);

/* Findings: at the node's value, at its key, or about a whole file (line 0). */
void finding_at(struct findings *f, const struct node *n, const char *fmt, ...) PRINTF(3, 4);
void finding_at_key(struct findings *f, const struct node *n, const char *fmt, ...) PRINTF(3, 4);
void finding_in(struct findings *f, const char *file, int line, int column, const char *fmt, ...)
    PRINTF(5, 6);
/* what is _("unknown field"): unknown field "typ"; did you mean "type"? Yields false. */
bool finding_unknown(struct findings *f, const struct node *n, const char *what, const char *word,
                     const char *const *words, size_t n_words);
/* One finding as the sentence people read. OWN: caller. */
char *finding_text(const struct finding *f);

/* Readers that report what does not fit; a missing key is reported only where the name says so.
 * Texts are copied into the arena given. */
struct node_reader {
    struct arena *a;
    struct findings *found;
};
void read_keys(struct node_reader *r, const struct node *map, const char *const *keys, size_t n);
const char *read_text(struct node_reader *r, const struct node *n,
                      size_t max_chars); /* NULL: reported */
const char *read_key_text(struct node_reader *r, const struct node *map, const char *key,
                          size_t max_chars);
const char *read_need_text(struct node_reader *r, const struct node *map, const char *key,
                           size_t max_chars);
bool read_bool(struct node_reader *r, const struct node *map, const char *key, bool otherwise);
int read_int(struct node_reader *r, const struct node *map, const char *key, int min, int max,
             int otherwise);
/* A label {sv, en}; false: not there or wrong (reported when wrong, or when need). */
bool read_label(struct node_reader *r, const struct node *map, const char *key, bool need,
                size_t max_chars, struct label *ret);
/* The list under a key; NULL: not there or not a list (reported). */
const struct node *read_list(struct node_reader *r, const struct node *map, const char *key);
/* The map under a key, as read_list. */
const struct node *read_map(struct node_reader *r, const struct node *map, const char *key);
/* Says so when the node is not a map. */
bool read_is_map(struct node_reader *r, const struct node *n);

#endif
