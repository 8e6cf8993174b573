/* The stack of screens and the one loop. A dialog is a screen like any other and answers through
 * resume() of the screen below. State lives in models: a resize only lays out and draws again. */
#ifndef TREBEN_UI_SCREEN_H
#define TREBEN_UI_SCREEN_H

#include "treben/ui/action.h"
#include "treben/ui/draw.h"
#include "treben/ui/term.h"

struct ui;
struct screen;

enum reply {
    UI_PASS,  /* not mine: the general keys have it */
    UI_DONE,  /* draw me again */
    UI_MOVED, /* only what draw_move draws has changed; row 23 may wait 50 ms */
    UI_CLOSE  /* take me off the stack */
};

struct screen_ops {
    const char *name;    /* stable: help topic, tests */
    const char *purpose; /* for help: what the screen is for, two sentences; English, N_( ) */
    size_t size;         /* bytes of private state, zeroed before open */
    bool careful;        /* keys typed before it was painted do not count */
    bool popup;          /* drawn over the screen below, which keeps its rows 1-2 */

    /* Makes the state. False: *e says why, the screen is not pushed (done is not called). NULL:
     * nothing to do. */
    bool (*open)(struct screen *s, const void *arg, struct err *e);
    void (*layout)(struct screen *s); /* s->area is new: first, and on every resize. NULL: none */
    void (*draw)(struct screen *s);   /* the whole body inside s->area; it is blank before */
    void (*draw_move)(struct screen *s); /* after UI_MOVED; NULL: draw */
    void (*status)(struct screen *s); /* before row 23 is drawn: screen_note, screen_place. NULL: as
                                         they are */
    size_t (*hints)(struct screen *s, struct hint *ret,
                    size_t max); /* row 24, most used first, help and way back last */
    enum reply (*act)(struct screen *s, enum action a, const char *utf8);
    void (*resume)(struct screen *s,
                   struct screen *closed); /* the screen above closed: its tag and answer */
    bool (*may_close)(struct screen *s);   /* false: not now (a question was pushed). NULL: yes */
    void (*idle)(
        struct screen *s); /* 2 s without a key, or 20 keys: keep drafts. All screens, top first */
    void (*timer)(struct screen *s); /* what screen_after asked for */
    void (*tick)(struct screen *s);  /* a new minute */
    void (*hangup)(
        struct screen *s); /* the line is gone: keep what was typed. All screens, top first */
    void (*done)(struct screen *s); /* frees what the state owns */
};

struct answer {
    bool yes;     /* false: closed without an answer */
    int index;    /* pick: which item (of all, not of the shown) */
    char *text;   /* ask: the text; owned by the screen that answers */
    bool *marked; /* pick of several: one per item */
};

struct screen {
    const struct screen_ops *ops;
    struct ui *ui;
    struct screen *below;
    struct rect area; /* rows 3-21; of a popup too, which takes its own place inside */
    bool writing;     /* which keys work: letters are text (true) or commands */
    int tag;          /* given at ui_push, for resume */
    struct answer answer;
    struct screen_texts *texts;
    _Alignas(max_align_t) unsigned char state[];
};
#define STATE(type, s) ((type *)(void *)(s)->state)

/* Texts of the frame; a NULL fmt empties. Row 1 left and right (right empty: user and clock), row
 * 23 left and right. */
void screen_title(struct screen *s, const char *fmt, ...) PRINTF(2, 3);
void screen_title_right(struct screen *s, const char *fmt, ...) PRINTF(2, 3);
void screen_note(struct screen *s, const char *fmt, ...) PRINTF(2, 3);
void screen_place(struct screen *s, const char *fmt, ...) PRINTF(2, 3);
/* Takes the screen off the stack when the present call is over, with resume of the one below. For
 * resume, timer and watched lines; act replies UI_CLOSE. */
void screen_close(struct screen *s);
/* Calls ops->timer once after ms; again replaces, < 0 cancels. */
void screen_after(struct screen *s, int ms);

enum ui_end { UI_END_QUIT, UI_END_HANGUP, UI_END_PAINTED };

struct ui_options {
    struct term_options term;
    const char *user;      /* shown in row 1 */
    bool exit_after_paint; /* ui_run leaves after the first full paint */
    bool reverse;          /* the selected row also in reverse */
    void *app;             /* of the screens; ui_app gives it back */
    /* For actions that the top screen passed: UI_PASS lets the loop do what it can itself (back,
     * redraw, repeat message, quit). NULL: none. */
    enum reply (*general)(struct ui *ui, struct screen *top, enum action a, const char *utf8);
};

/* Starts the terminal and the loop. OWN: ui_free, which also stops the terminal. */
MUST_CHECK bool ui_start(const struct ui_options *o, struct ui **ret, struct err *e);
void ui_free(struct ui *ui);
void *ui_app(struct ui *ui);
struct keymap *ui_keymap(struct ui *ui);
void ui_set_user(struct ui *ui, const char *user);
bool ui_reverse(const struct ui *ui);

/* Opens a screen on top. tag comes back in resume. ERR: what open says. */
MUST_CHECK bool ui_push(struct ui *ui, const struct screen_ops *ops, const void *arg, int tag,
                        struct err *e);
/* As ui_push, and the screen that was on top is closed without resume of the one below. */
MUST_CHECK bool ui_replace(struct ui *ui, const struct screen_ops *ops, const void *arg, int tag,
                           struct err *e);
struct screen *ui_top(struct ui *ui);
/* Closes screens from the top until `s` is on top; those that may not close stop it (false). resume
 * is called once. */
bool ui_back_to(struct ui *ui, struct screen *s);
void ui_quit(
    struct ui *ui); /* ui_run ends when the present key is done; may_close is asked first */

/* A message in row 23, left, at once. It stays until the next key that changes something. */
void ui_say(struct ui *ui, const char *fmt, ...) PRINTF(2, 3);
void ui_say_problem(struct ui *ui, const char *fmt, ...) PRINTF(2, 3); /* with attention */
void ui_say_err(struct ui *ui, const struct err *e);
/* Before something that takes long: the message is painted now. */
void ui_busy(struct ui *ui, const char *fmt, ...) PRINTF(2, 3);
void ui_repaint(struct ui *ui); /* a model changed outside act (a watched line): draw all again */

/* Calls ready when fd is readable or hung up. At most 4. */
void ui_watch(struct ui *ui, int fd, void (*ready)(struct ui *ui, int fd, void *ctx), void *ctx);
void ui_unwatch(struct ui *ui, int fd);

/* Runs until the last screen closes, ui_quit, the line is gone (after every screen's hangup) or the
 * first paint (exit_after_paint). Sleeps without waking while nothing happens, the minute excepted.
 * TREBEN_UI_SYNC_FD: a byte is written there each time all is drawn after keys, a resize, a timer
 * or a watched line, no key waits and the loop is about to sleep. Row 23 follows 50 ms after a moved
 * marker; the byte comes after it. The clock's minute and kept drafts give none.
 * TREBEN_TRACE: a file that gets one JSON line a key. */
enum ui_end ui_run(struct ui *ui);

#endif
