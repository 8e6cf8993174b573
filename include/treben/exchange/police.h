/* The Swedish police's open event feed becomes incidents. What each of its types means here stands in
 * config/import-police.yaml. */
#ifndef TREBEN_EXCHANGE_POLICE_H
#define TREBEN_EXCHANGE_POLICE_H

#include "treben/core/core.h"
#include "treben/forms/forms.h"

#include <jansson.h>

struct police_mapping;
/* OWN: caller, police_mapping_free. ERR: SYNTAX with the first finding; findings may be NULL. */
MUST_CHECK bool police_mapping_load(const struct forms_dirs *d, const struct model *m, struct police_mapping **ret,
                                    struct findings *findings, struct err *e);
void police_mapping_free(struct police_mapping *m);

struct police_options {
    const char *area;   /* only events of this place name; NULL all */
    bool strict;        /* the first bad item stops everything */
    bool dry_run;       /* counts, writes nothing */
    int first_index;    /* number of the first item, from 0, for messages */
};
struct police_counts {
    int64_t added, changed, same;
    int64_t left_out;       /* not violence */
    int64_t elsewhere;      /* not the area asked for */
    int64_t day_before;     /* the event's time lies after its publication: taken as the day before */
    int64_t pattern_hits;   /* of added: found by words in the text */
    int64_t old;            /* of added: too old to start deadlines */
    json_t *unknown;        /* type → number, types that the mapping has never heard of */
    json_t *bad;            /* [{index, text}] */
};
void police_counts_done(struct police_counts *n);

/* Inside a write transaction (none for dry_run), as the subject, through the same rules as any other change.
 * ERR: INVALID (strict: the first bad item, with its number), DENIED, DB, FULL. */
MUST_CHECK bool police_import(struct core *c, const struct police_mapping *m, const json_t *items,
                              const struct police_options *o, struct police_counts *counts, struct err *e);

/* When it happened, from "20 mars 09:42, Arbetsplatsolycka, Göteborg" and when it was published.
 * *ret_precision is a code of CL-55; *ret_day_before: the rule of the day before was used. false: no time in it. */
bool police_when(const char *name, const char *published, char ret[21], const char **ret_precision, bool *ret_day_before);

#endif
