/* What the screens share: the session with the core, readers of its answers, and how each is opened. */
#ifndef TREBEN_SCREENS_INSIDE_H
#define TREBEN_SCREENS_INSIDE_H

#include "treben/base/date.h"
#include "treben/base/id.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/screens/screens.h"
#include "treben/ui/dialog.h"
#include "treben/ui/form.h"
#include "treben/ui/list.h"
#include "treben/ui/screen.h"

#define SESSION_RECENT 6
#define COUNT_CAP 1000

struct session {
    struct ui *ui;
    struct client *client; /* NULL: the core is gone */
    struct client_opts opts;
    char *as;            /* the account chosen on the first screen */
    json_t *hello;
    json_t *described;   /* kind: answer of describe */
    unsigned changes;    /* grows with every save, so that lists know when to read anew */
    json_t *shown;       /* the record as it is shown, when the last answer was that of its save; else NULL */
    unsigned drafts;     /* grows with every draft that is kept or goes */
    unsigned searches;   /* number of the last search box that was opened */
    struct commands *offered; /* what the open palette shows */
    char *recent[SESSION_RECENT]; /* labels of the commands last used, the latest first */
};

/* session.c */
MUST_CHECK bool session_start(const struct screens_options *o, struct session *ret, struct err *e);
MUST_CHECK bool session_greeted(struct session *s, struct err *e); /* the core has started; its user is the screen's */
void session_end(struct session *s);
struct session *session_of(const struct screen *s);
/* Calls and waits; steals params. When the core has died it is started again: a question is asked anew, a save is
 * not (it might have been stored) and comes back as GONE. ERR: any. */
MUST_CHECK bool session_call(struct session *s, const char *method, json_t *params, json_t **ret, struct err *e);
const json_t *session_error(const struct session *s); /* the data of the last error answer, or NULL */
const json_t *session_kind(const struct session *s, const char *kind); /* hello's entry, NULL: none for you */
/* What a kind is made of; asked for once. Borrowed. */
MUST_CHECK bool session_describe(struct session *s, const char *kind, const json_t **ret, struct err *e);
/* Kinds that need not be described again, for the parameter "have"; what an answer brought along is kept. */
char *session_have(const struct session *s); /* OWN: caller */
void session_keep_description(struct session *s, const char *kind, const json_t *answer);
/* A save brought the record along: who reads it next need not ask. */
void session_keep_shown(struct session *s, const json_t *answer);
json_t *session_take_shown(struct session *s, const char *id); /* NULL: ask. OWN: caller */
MUST_CHECK bool session_login(struct session *s, const char *login, struct err *e);
const char *session_user(const struct session *s, const char *what); /* "name", "login", "agency_name" or "" */
bool session_take_keys(struct session *s, struct err *e);            /* the site's keys into the key map */

/* Says what went wrong: in row 23 if it fits there, else in a box of its own that must be read. */
void tell(struct ui *ui, const struct err *e);

/* read.c: readers of answers; what is missing or of another type reads as "", 0, false, NULL. */
const char *get_text(const json_t *o, const char *key);
const char *get_text_or_null(const json_t *o, const char *key);
json_int_t get_int(const json_t *o, const char *key);
bool get_bool(const json_t *o, const char *key);
const json_t *get_array(const json_t *o, const char *key);
const json_t *get_object(const json_t *o, const char *key);
const json_t *find_by(const json_t *array, const char *key, const char *value); /* the object whose key is value */
/* Of a record as `show` gave it, with the fields whose names its head takes. OWN: caller. */
json_t *shown_values(const json_t *shown);
json_t *value_texts(const json_t *record); /* {field: value as typed}; absent and hidden ones are left out. OWN */
char *number_text(json_int_t n, bool more); /* "31 204", "1 000+". OWN: caller */
void clock_text(char ret[9]);               /* "14:32:08" */
char *first_upper(const char *text);        /* OWN: caller */
void set_text(char **at, const char *text); /* replaces an owned string */

/* commands.c: what can be done here, for the palette and row 24. */
struct command {
    enum action action; /* the screen does it; ACT_NONE: run */
    const char *label;
    const char *key;
    const char *words;  /* synonyms */
    const char *detail;
    const char *arg;
    bool dead; /* shown with its reason, cannot be done now */
    bool (*run)(struct screen *s, const char *arg, struct err *e);
};
struct commands {
    struct arena arena;
    struct command *at;
    size_t n, cap;
};
void commands_action(struct commands *c, struct screen *s, enum action a, const char *label);
struct command *commands_add(struct commands *c, const char *label, const char *arg,
                             bool (*run)(struct screen *s, const char *arg, struct err *e));
void commands_free(struct commands *c);
void palette_open(struct screen *s);
void goto_open(struct screen *s);
/* Does a command or action as if its key had been pressed. */
void command_do(struct screen *s, enum action a);
enum reply general_act(struct ui *ui, struct screen *top, enum action a, const char *utf8);
/* First line of every resume: answers of palette and "go to". True: it was one of those. */
bool general_resume(struct screen *s, struct screen *closed);
bool run_list(struct screen *s, const char *kind, struct err *e);
bool run_new(struct screen *s, const char *kind, struct err *e);
bool run_myday(struct screen *s, const char *arg, struct err *e);
bool run_board(struct screen *s, const char *arg, struct err *e); /* board.c */

/* tags for resume above those a screen uses itself */
enum { TAG_NONE, TAG_PALETTE = 1000, TAG_GOTO, TAG_RUN };

/* rowfeed.c: rows of one kind for the list component. */
struct rowfeed {
    struct session *ses;
    const json_t *desc;
    char *kind, *filter, *also, *text, *sort;
    char *search_id;
    long total;      /* of what is shown now, -1 unknown */
    bool capped;
    unsigned changes; /* session's when last read */
    bool counted;
    json_t *first;    /* a first page that came together with the kind's description, not yet shown */
};
struct rowfeed_arg {
    const char *kind;
    const char *filter; /* NULL: the kind's first; "": none */
    const char *also;   /* a condition besides, or NULL */
    const char *sort;   /* NULL: the kind's own */
    const char *drop;   /* path of a column that says nothing here, or NULL */
};
/* The list over the feed, with the columns of the kind. One question to the core, or none yet. */
MUST_CHECK bool rowfeed_open(struct rowfeed *f, struct session *ses, const struct rowfeed_arg *arg,
                             struct list **ret, struct err *e);
void rowfeed_done(struct rowfeed *f);
json_t *rowfeed_query(const struct rowfeed *f);           /* kind, filter, also and text as parameters. OWN: caller */
void rowfeed_again(struct rowfeed *f);                    /* what is counted has changed */

/* The screens. */
extern const struct screen_ops choose_ops, myday_ops, list_ops, record_ops, edit_ops, step_ops, conflict_ops, find_ops,
    help_ops, meeting_ops, board_ops;

/* find.c: what a key does to a box of one line. False: nothing. */
bool box_key(struct edit *box, enum action a, const char *utf8);

struct meeting_arg {
    const char *id;  /* the meeting */
    size_t at;       /* the point to begin with, from 0 */
};
MUST_CHECK bool meeting_open(struct ui *ui, const struct meeting_arg *arg, struct err *e);

struct list_arg {
    const char *kind;
    const char *filter;       /* NULL: the kind's first filter; "": none */
    const char *filter_label; /* in words */
    const char *sort;         /* NULL: the kind's own */
};
MUST_CHECK bool list_open(struct ui *ui, const struct list_arg *arg, struct err *e);
/* Moves the list below a record one row; false: no row there. */
bool list_step(struct screen *list, int by, char ret_id[ID_LEN + 1]);
char *list_where(struct screen *list); /* "2 of 9". OWN: caller */

MUST_CHECK bool record_open(struct ui *ui, const char *id, int tab, struct err *e);

struct edit_preset {
    const char *field, *value, *title;
};
struct edit_arg {
    const char *kind;
    const char *id; /* NULL: a new one */
    const struct edit_preset *presets;
    size_t n_presets;
    const json_t *shown; /* answer of show for an existing one, or NULL */
    bool take_draft;     /* go on with the draft without asking */
};
MUST_CHECK bool edit_open(struct ui *ui, const struct edit_arg *arg, int tag, struct err *e);

/* Commands of a screen that have no key of their own. */
void record_commands(struct screen *s, struct commands *c);
void edit_commands(struct screen *s, struct commands *c);
void help_open(struct screen *s);
char *edit_field_help(struct screen *s); /* of the field that has the focus, whole; NULL: none. OWN: caller */

#endif
