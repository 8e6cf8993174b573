/* Inside the ui layer: the loop's state, shared by screen.c (the stack) and loop.c. */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include "treben/ui/screen.h"

#include <stdint.h>

#define WATCH_MAX 4

enum due {
    DUE_NOTHING,
    DUE_MOVE, /* what draw_move of the top screen draws */
    DUE_ALL
};

struct watch {
    int fd;
    void (*ready)(struct ui *ui, int fd, void *ctx);
    void *ctx;
};

struct ui {
    struct ui_options o;
    char *user;
    struct keymap *keymap;
    struct key_reader *reader;
    struct screen *top;
    struct screen *closed; /* taken off, freed when the present call is over */
    enum due due;
    bool quit;
    int64_t late_at; /* when row 23 and the rest follow a DUE_MOVE; 0: nothing waits. All in
                        monotonic ms */
    int64_t idle_at; /* when drafts are kept; 0: no key since */
    int64_t minute_at;
    int n_keys; /* since drafts were kept */
    char *message;
    enum look message_look;
    unsigned n_said; /* counts messages */
    char *last_said; /* for "repeat message" */
    struct watch watches[WATCH_MAX];
    size_t n_watches;
    bool worked; /* keys, a resize, a watched line or a timer since the last mark on sync_fd */
    int sync_fd; /* -1: none */
    struct trace *trace;
};

struct screen_texts {
    char *title, *title_right, *note, *place;
    int64_t timer_at; /* 0: none */
    bool painted, closing;
};

int64_t now_ms(void);

/* screen.c */
void stack_layout(struct ui *ui);
void stack_pop(struct ui *ui); /* the top screen, with resume of the one below */
void stack_remove(struct ui *ui, struct screen *s, bool resume);
void stack_bury(struct ui *ui); /* closes those that asked for it, frees the closed */
bool stack_may_close(struct screen *s);

/* paint.c */
void paint(struct ui *ui);

/* trace.c: what each key cost, one JSON line a key. All do nothing when there is no trace. */
struct trace *trace_open(void); /* NULL unless TREBEN_TRACE names a file */
void trace_close(struct trace *t);
void trace_key(struct trace *t, const struct key *k, bool writing);
void trace_acted(struct trace *t);
void trace_paint(struct trace *t);
void trace_painted(struct trace *t);

#endif
