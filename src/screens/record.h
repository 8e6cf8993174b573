/* The record screen and its panes: what stands under each tab. */
#ifndef TREBEN_SCREENS_RECORD_H
#define TREBEN_SCREENS_RECORD_H

#include "inside.h"

struct pane;
struct pane_ops {
    size_t size; /* bytes of private state, zeroed before open */
    bool (*open)(struct pane *p, struct err *e);
    void (*layout)(struct pane *p); /* p->area is new */
    void (*draw)(struct pane *p);
    void (*draw_move)(struct pane *p);
    void (*status)(struct pane *p);                                     /* row 23; NULL: none */
    size_t (*hints)(struct pane *p, struct hint *ret, size_t max);      /* those of this tab; NULL: none */
    enum reply (*act)(struct pane *p, enum action a);
    bool (*answer)(struct pane *p, struct screen *closed); /* true: it was a question of this pane; NULL: none */
    void (*done)(struct pane *p);
};
extern const struct pane_ops fields_pane, rows_pane, timeline_pane, history_pane, round_pane, agenda_pane,
    call_in_pane;

struct tab {
    const struct pane_ops *ops;
    char *label;      /* with its count */
    const json_t *sub; /* rows_pane: entry of subrows */
    struct pane *pane; /* made when first shown */
};

struct pane {
    const struct pane_ops *ops;
    struct screen *s;
    const struct tab *tab;
    struct rect area;
    _Alignas(max_align_t) unsigned char state[];
};
#define PANE(type, p) ((type *)(void *)(p)->state)

#define RECORD_TABS 24

struct record_screen {
    char id[ID_LEN + 1];
    json_t *shown;      /* answer of show */
    json_t *values;     /* its record, every value as text */
    const json_t *desc; /* of its kind */
    unsigned changes, drafts; /* session's when read */
    struct tab tabs[RECORD_TABS];
    size_t n_tabs, at;
};

enum { RECORD_STEP = 1, RECORD_EDIT, RECORD_NEW, RECORD_STEPPED, RECORD_PANE };

const char *record_kind(const struct record_screen *st);
const char *record_title(const struct record_screen *st);

/* record_tabs.c */
void tabs_make(struct screen *s);
void tabs_clear(struct record_screen *st);
void tabs_draw(const struct record_screen *st, int y, int x, int w);
MUST_CHECK bool tabs_show(struct screen *s, size_t at, struct rect area, struct err *e);
struct pane *tabs_pane(struct record_screen *st); /* the one that shows, or NULL */

/* step.c: what the record can become. */
void step_ask(struct screen *s);
bool step_any(const struct record_screen *st);
void step_commands(struct screen *s, struct commands *c);
bool step_run(struct screen *s, const char *to, struct err *e);

/* condition.c: show_if and require_if over stored values. Unreadable or unknown: `otherwise`. */
typedef const char *condition_value(void *ctx, const char *field);
bool condition_holds(const char *source, condition_value *value, void *ctx, const json_t *fields, bool otherwise);

#endif
