/* demo/stage.h: the opening state is made by the accounts themselves, with the clock set to when
 * they did it. Values as typed, NAME, VALUE, …, NULL. Ids are kept as long as the making lasts; ""
 * when something has failed. */
#ifndef DEMO_STAGE_H
#define DEMO_STAGE_H

#include "inside.h"

const char *stage_new(struct demo *g, const char *login, instant at, const char *kind, ...);
void stage_set(struct demo *g, const char *login, instant at, const char *id, ...);
void stage_do(struct demo *g, const char *login, instant at, const char *id, const char *to, ...);
const char *stage_time(struct demo *g, instant at);
const char *stage_day(struct demo *g, int day);

struct scene { /* what the acts of the opening share */
    struct demo *g;
    const char *hot[2]; /* the two groups whose conflict burns */
    int group[2];
    const char *first, *answered_by; /* the shooting behind the running round */
    const char *late, *unanswered[2];
    const char *round;
};
void open_people(struct scene *s);
void open_incidents(struct scene *s);
void open_round(struct scene *s);
void open_talks(struct scene *s);
void open_call_in(struct scene *s);
void open_meetings(struct scene *s);
void open_on_call(struct scene *s);
void open_desk(struct scene *s); /* tasks, notes, the draft */
const struct person *reachable_member(struct demo *g, int group, int skip);
const struct talk *talk_with_group(const struct demo *g, int group);

#endif
