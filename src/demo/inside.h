/* demo/inside.h: what the makers of the demo city share. A failure is kept in the city (failed) and
 * makes every later write do nothing, so that the makers read as a story. */
#ifndef DEMO_INSIDE_H
#define DEMO_INSIDE_H

#include "treben/base/date.h"
#include "treben/core/change.h"
#include "treben/core/lifecycle.h"
#include "treben/core/query.h"
#include "treben/core/repo.h"
#include "treben/demo/demo.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YEARS 5
#define OPEN_DAYS                                                                                  \
    24 /* the last weeks are not history: opening.c makes them by the rules, as people would */
#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)

struct worker { /* an account */
    char id[ID_LEN + 1];
    const char *login, *agency, *role;
    instant from, to; /* INSTANT_NONE: still there */
};

enum partition { POLICE, PROBATION, SOCIAL, PARTITIONS };

struct person {
    char id[ID_LEN + 1];
    char pnr[13]; /* "" none */
    const char *given, *family;
    char sex;                     /* M K */
    char kind;                    /* 'M' member, 'F' former, 'K' contact, 'O' victim; else 'A' */
    int born, died;               /* days since 1970; died 0: alive */
    int custody_from, custody_to; /* 0: none */
    const char *custody;          /* code of today */
    bool untouchable;             /* not to be contacted, or address protected */
    int twin; /* probation: index among the police's people, -1. Never stored. */
    instant made;
};
struct people {
    struct person *at;
    int n, room;
};

struct group {
    char id[ID_LEN + 1];
    const char *name, *area;       /* code */
    int formed, dissolved;         /* days; 0: stands */
    int priority, told;            /* told: day of the last direct message, 0 none */
    int *members, n_members, room; /* indexes of memberships */
};
struct member {
    int person, group;
    int from, to; /* days; 0: open */
};
struct conflict {
    int a, b, from, to;
};

struct event { /* an incident */
    char id[ID_LEN + 1];
    char case_no[24];
    const char *type;
    instant at, known, closed;
    int acting, target; /* groups, -1 */
    int no, parent;     /* its number when drawn; that of the one it retaliates for, -1 */
    int reviewed;       /* day of the review, 0: none */
    char gmi;           /* 'J' 'N' 'O', '-' not decided (put aside) */
};
struct version { /* of a message */
    char id[ID_LEN + 1];
    const char *purpose, *language;
    instant from, to; /* approved, replaced; to INSTANT_NONE: stands */
};
struct talk { /* a custom notification */
    char id[ID_LEN + 1];
    int person, group, event;    /* police person; -1: none */
    instant proposed, delivered; /* INSTANT_NONE: never */
    const struct worker *talker, *helper;
};
struct round {
    char id[ID_LEN + 1];
    char message[ID_LEN + 1]; /* by which the group was told */
    int group, event;
    instant proposed, decided, ended, told;
    bool carried_out;
};

struct tale { /* a record and what becomes of it */
    struct record *r, *was;
    instant made, last;
    const struct worker *by;
    bool told, open;
};

struct demo {
    struct core *c;
    struct err *e;
    bool failed;
    demo_watch *watch;
    void *watch_ctx;
    const char *what;
    struct rng rng;
    instant now;
    int today, day0; /* days since 1970: now, and when the programme began */
    int scale;
    bool steps; /* every step is a write of its own, so that history tells it; not for measuring */
    uint64_t seq; /* ids grow, so that what is made together lies together in every index */
    int64_t written, kept; /* records; how many of them are committed */
    struct tale *later;    /* rows of a record that is still being told */
    int n_later, room_later;
    int batches, telling; /* transactions; records begun and not written yet */
    struct arena keep;
    struct {
        const char *code;
        char id[ID_LEN + 1];
    } agencies[16];
    int n_agencies;
    struct worker *workers;
    int n_workers;
    struct people people[PARTITIONS];
    unsigned char *taken[PARTITIONS]; /* identity numbers given out, a bit each */
    struct group *groups;
    int n_groups;
    struct member *members;
    int n_members, room_members;
    struct conflict *conflicts;
    int n_conflicts;
    struct event *events;
    int n_events;
    struct version *versions;
    int n_versions;
    struct talk *talks;
    int n_talks;
    struct round *rounds;
    int n_rounds;
    int left_contacts, left_victims; /* people of the police still to be met by incidents */
    double share_of_tasks; /* how many of the finished tasks of deadlines are kept at this scale */
};

/* --- chance.c -------------------------------------------------------------------------------- */
int upto(struct demo *g, int n);             /* 0 … n-1 */
int between(struct demo *g, int lo, int hi); /* both included */
bool odds(struct demo *g, int percent);
bool odds_of(struct demo *g, double p);
double bell(struct demo *g);                 /* mean 0, deviation 1 */
double waiting(struct demo *g, double mean); /* exponential */
struct weight {
    const char *value;
    int weight;
};
const char *weighted(struct demo *g, const struct weight *w, size_t n);
#define WEIGHTED(g, ...)                                                                           \
    weighted((g), (const struct weight[]){__VA_ARGS__},                                            \
             sizeof((const struct weight[]){__VA_ARGS__}) / sizeof(struct weight))
const char *one_of(struct demo *g, const char *const *list, size_t n);
#define ONE_OF(g, list) one_of((g), (list), N_OF(list))
#define EITHER(g, ...)                                                                             \
    one_of((g), (const char *const[]){__VA_ARGS__},                                                \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
instant on_day(int day, int hour, int minute); /* wall time of Stockholm */
int day_of_instant(instant t);
instant office(struct demo *g, instant t); /* the next working hour from t, some minutes into it */
instant later_by(struct demo *g, instant t,
                 double days); /* about so much later, at a working hour, never in the future */
instant past(struct demo *g, instant t);                    /* t, or a little before now */
int times_scale(const struct demo *g, int n, double power); /* n * scale^power */

/* --- make.c ---------------------------------------------------------------------------------- */
/* A new record with an id. owner: code of an agency. */
struct tale tale_begin(struct demo *g, const char *kind, const char *owner, const char *info_class);
void put(struct tale *t, const char *field, const char *value);
void putf(struct tale *t, const char *field, const char *fmt, ...) PRINTF(3, 4);
void put_n(struct tale *t, const char *field, int64_t n);
void put_time(struct tale *t, const char *field, instant at);
void put_day(struct tale *t, const char *field, int day);
/* As it stands now, so it was saved then, by this person (NULL: the system). The first time makes
 * it. */
void tale_step(struct demo *g, struct tale *t, instant at, const struct worker *by);
void tale_end(struct demo *g, struct tale *t); /* frees; the last step was the last */
void tale_once(struct demo *g, struct tale *t, instant at,
               const struct worker *by); /* step and end */
/* As tale_end, and its deadlines run as after any save (for records that are still open). */
void tale_end_open(struct demo *g, struct tale *t);
/* Changes one field of a record that is there already. */
void amend(struct demo *g, const char *kind, const char *id, const char *field, const char *value,
           instant at);
void begin_part(struct demo *g, const char *what);
bool tidy_up(struct demo *g); /* commits, merges the search index */
void act_as(struct demo *g, const struct worker *by, instant at);
void done_task(struct demo *g, const char *subject, const char *clock, const char *title,
               const char *role, const char *agency, instant from, instant due, instant done);
const char *area_label(struct demo *g, const char *code);
const char *area_any(struct demo *g);

/* --- words.c --------------------------------------------------------------------------------- */
const char *given_name(struct demo *g, char sex);
const char *family_name(struct demo *g);
const char *nickname(struct demo *g);
const char *group_name(struct demo *g, int i);
const char *place_name(struct demo *g, const char *area);
const char *what_happened(struct demo *g, const char *type);
const char *what_police_know(struct demo *g, const char *type);
void note_text(struct demo *g, const char *about, struct str *ret);

/* --- the parts, in the order they are made --------------------------------------------------- */
void make_staff(struct demo *g);
const struct worker *named_worker(const struct demo *g, const char *login);
const struct worker *worker(struct demo *g, const char *role, const char *agency,
                            instant when); /* agency NULL: any */
const char *agency_id(struct demo *g, const char *code);

void make_groups(struct demo *g);
void make_members(struct demo *g);
int member_at(struct demo *g, int group, int day); /* index of a person, -1 */
int age_at_days(int born, int day);                /* whole years */

struct human {
    const char *given, *family;
    char sex;
    int born;
};
struct human human_born(struct demo *g, int born);
/* A valid number of that day that nobody in this register has; false: the day has none left. */
bool take_number(struct demo *g, enum partition p, const struct human *h, bool coordination,
                 char ret[13]);
/* Writes a person with identifier and other names. kind: code. OWN: index among that partition's
 * people. */
int make_person(struct demo *g, enum partition p, const struct human *h, const char *kind,
                char mark, instant made);
void make_audits(struct demo *g);
void make_doubles(struct demo *g); /* people who stand in the police's register twice */
void make_clients(struct demo *g);
void make_leavers(struct demo *g);
void make_bystanders(struct demo *g); /* those no incident has brought in */
const char *owner_of(enum partition p);

void plan_events(struct demo *g);
void make_events(struct demo *g);
struct toll { /* people an incident names */
    int dead, injured, unharmed, suspects, witnesses;
};
struct toll toll_of(struct demo *g, const struct event *ev);
void make_event_rows(struct demo *g, const struct event *ev,
                     const struct toll *toll); /* people, groups */
void make_reviews(struct demo *g);
void make_responses(struct demo *g);

void make_messages(struct demo *g);
const char *version_at(struct demo *g, const char *purpose, instant when);
void make_talks(struct demo *g);
void make_offers(struct demo *g);
void make_exits(struct demo *g);
void make_rounds(struct demo *g);
void make_measures(struct demo *g, const struct round *r, bool refused);
void make_call_ins(struct demo *g);
void make_promises(struct demo *g);
void make_told(struct demo *g); /* the groups' last direct messages */
void make_notes(struct demo *g);
void make_tasks(struct demo *g);
double task_share(int scale); /* how many of the finished tasks of deadlines are kept */
void make_meetings(struct demo *g);
void make_log(struct demo *g);
void make_opening(struct demo *g);

#endif
