/* The writing screen's state, shared with its saving and its drafts. */
#ifndef TREBEN_SCREENS_EDIT_H
#define TREBEN_SCREENS_EDIT_H

#include "entry.h"

struct edit_screen {
    struct entry en;
    char *kind, *title;
    bool has_draft;      /* one lies in the core */
    unsigned kept;       /* version that the draft holds */
    unsigned began;      /* version when writing began, presets in it */
    char kept_at[9];     /* clock of the last draft */
    bool finished;       /* saved or thrown away: nothing to keep */
    bool in_series;      /* saving leaves the next row to write, with what repeats kept */
    unsigned n_saved;    /* rows of the series */
};

enum { EDIT_DRAFT = 1, EDIT_DISCARD, EDIT_CONFLICT };

bool edit_touched(const struct edit_screen *st); /* written since the screen opened */
MUST_CHECK bool edit_next(struct screen *s, struct err *e); /* an empty form for the next row of the series */
/* draft.c */
MUST_CHECK bool draft_keep(struct screen *s, struct err *e);
void draft_offer(struct screen *s, const char *at);
void draft_answer(struct screen *s, struct screen *closed);
void draft_ask_discard(struct screen *s);
void draft_discard(struct screen *s, bool yes);
MUST_CHECK bool draft_look(struct session *ses, const char *kind, const char *id, json_t **ret, struct err *e);
/* save.c */
enum reply edit_save(struct screen *s);
void edit_settle(struct screen *s, struct screen *closed); /* what the conflict screen decided */

struct conflict_arg {
    const struct entry *en;
    const char *title;
    const json_t *data; /* of the conflict: theirs, theirs_text, by, rev */
};

#endif
