/* exchange/police.h: the mapping of the police's feed, between its reader and the import. */
#ifndef EXCHANGE_POLICE_H
#define EXCHANGE_POLICE_H

#include "treben/exchange/police.h"

struct police_type {
    const char *type, *incident, *confirmed; /* incident NULL: left out */
};
struct police_pattern { /* words (folded) that make an incident of types left out; in: only these types */
    const char *incident;
    const char **words, **in;
    int n_words, n_in;
};
struct police_place {
    const char *place, *area;
};
struct police_mapping {
    struct arena arena;
    struct police_type *types;
    struct police_pattern *patterns;
    struct police_place *places;
    int n_types, n_patterns, n_places;
};

const struct police_type *police_type_find(const struct police_mapping *m, const char *type);
const char *police_pattern_find(const struct police_mapping *m, const char *type, const char *text);
const char *police_area(const struct police_mapping *m, const char *place);

#endif
