/* One session's core: store, model, subject. Not thread-safe; one per process (tests make several). */
#ifndef TREBEN_CORE_CORE_H
#define TREBEN_CORE_CORE_H

#include "treben/core/record.h"
#include "treben/store/store.h"

#define MAX_ROLES 12
struct subject { /* who asks */
    char session[ID_LEN + 1];
    char user[ID_LEN + 1]; /* "" for the system */
    char login[64], name[128];
    char agency[8];
    char roles[MAX_ROLES][24];
    int n_roles;
    bool system;           /* clocks, import's own bookkeeping, generator: sees all, is nobody */
};

struct core {
    struct store *store;
    const struct model *model;
    struct subject who;
    bool demo;
    const char *notice;    /* what whoever saved should hear besides that it is saved; scratch, NULL nothing */
    struct core_cache *cache; /* what was made for this subject: views, statements' texts, titles (core only) */
    struct arena scratch;  /* reset at the end of each request by core_request_done */
};

/* OWN: caller frees with core_free, which does not close the store. Starts as the system. */
struct core *core_new(struct store *s, const struct model *m);
void core_free(struct core *c);
/* Checks tables against kinds: names, types, not null. Every difference is in the error. ERR: SCHEMA. */
void core_request_done(struct core *c); /* forgets scratch and titles */
MUST_CHECK bool core_check_schema(struct core *c, struct err *e);

/* Becomes the account (by login, or by Unix uid). Forgets views made for the former subject.
 * ERR: DENIED (unknown, ended, wrong database), DB. */
MUST_CHECK bool subject_by_login(struct core *c, const char *login, struct err *e);
MUST_CHECK bool subject_by_uid(struct core *c, int64_t uid, struct err *e);
void subject_system(struct core *c);
bool subject_is(const struct core *c, const char *role); /* "KOORD_*" matches by prefix */
const char *subject_roles(const struct core *c);         /* "KOORD_S,STYR", scratch */

#endif
