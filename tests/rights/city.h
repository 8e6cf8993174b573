/* A city in which every kind has records of the police, of probation and of social services, each
 * text in them a word of its own, and one account for each of the sixteen roles of the demo; and
 * the oracle: who may see what. */
#ifndef TESTS_RIGHTS_CITY_H
#define TESTS_RIGHTS_CITY_H

#include "../scenario/harness.h"

#include "treben/base/str.h"
#include "treben/core/access.h"
#include "treben/core/query.h"
#include "treben/core/repo.h"

#define READERS 16
#define VERSIONS 2 /* every text was written twice */
#define WORD_LEN 10

struct reader {
    char role[16], agency[8], login[40], id[ID_LEN + 1];
};

/* One record that was put in. */
struct seed {
    const struct kind_model *k;
    const char *owner;
    char
        variant[40]; /* "", "made", "named", "about help_offer": as the oracle's lines are called */
    int reader;      /* of "made" and "named", else -1 */
    char id[ID_LEN + 1];
    struct record *now; /* as it stands; values are canonical text */
};

struct city {
    struct stage *st;
    struct store *store;
    struct model *model;
    struct core *core;
    struct reader readers[READERS];
    struct seed *seeds;
    int n;
    int *by_id; /* seeds in the order of their ids */
    struct oracle *oracle;
};

/* The stage's database, filled; core sees it as the system. */
struct city *city_make(void);
/* Closes the core, so that the programs have the file for themselves. */
void city_let_go(struct city *c);
void city_end(struct city *c);
/* The seed with this id, -1. */
int city_seed(const struct city *c, const char *id);
void city_be(struct city *c, int reader);
/* One more account: role, agency and login are given; the id comes back. In a write transaction. */
void city_account(struct city *c, struct reader *r);

/* The word that stands in a text field: "zq" and eight digits that say where. */
void word_of(int seed, int field, int version, char ret[WORD_LEN + 1]);
/* The next such word in text; NULL: none is left. */
const char *word_next(const char *text, int *ret_seed, int *ret_field, int *ret_version);

struct oracle *oracle_read(struct reader readers[READERS]);
void oracle_ready(struct city *c); /* once the seeds are there */
void oracle_free(struct oracle *o);
enum level oracle_level(const struct city *c, int reader, const struct seed *s);
/* The least level that shows this field, as tests/fields.txt says. */
enum level oracle_needs(const struct city *c, const struct kind_model *k, int field);

#endif
