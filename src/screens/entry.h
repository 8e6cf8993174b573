/* A form made from the description of a kind: for writing a record and for what a step asks. */
#ifndef TREBEN_SCREENS_ENTRY_H
#define TREBEN_SCREENS_ENTRY_H

#include "record.h"

struct entry {
    struct session *ses;
    const json_t *desc;
    char *id;        /* NULL: a new record */
    json_t *stored;  /* values as text of an existing one, else empty */
    json_int_t rev;
    struct arena arena;
    struct form *form;
    struct form_field *fields;
    const json_t **sources; /* describe's entry of each field */
    size_t n;
    bool *left;      /* fields that have been left once */
    size_t focused;
    unsigned version; /* counts changes by the person */
    unsigned checked; /* version that the core has judged last */
};

/* names: which fields (a list of names), NULL: those of the pages. shown: answer of show, NULL: a new record. */
MUST_CHECK bool entry_open(struct entry *en, struct session *ses, const json_t *desc, const json_t *shown,
                           const json_t *names, bool with_reason, struct err *e);
void entry_done(struct entry *en);
void entry_preset(struct entry *en, const struct edit_preset *p); /* overrules the kind's own suggestion */
void entry_focus_empty(struct entry *en); /* the first field that waits to be written */
json_t *entry_values(const struct entry *en, bool all); /* what to save: changed ones, or all that are not empty. OWN */
/* After an action on the form: asks the core about the field that was left. */
void entry_follow(struct entry *en, struct ui *ui);
/* What a refused save said, each at its field; the first has the focus. Texts without a field are said in row 23. */
void entry_refused(struct entry *en, struct ui *ui, const struct err *e);
/* Values of a draft as if typed; titles of references are asked for. */
void entry_take(struct entry *en, const json_t *values);

#define ENTRY_REASON "reason"

#endif
