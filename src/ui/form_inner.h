/* Inside the form: its fields at run time, shared by its files. */
#ifndef UI_FORM_INNER_H
#define UI_FORM_INNER_H

#include "treben/base/str.h"
#include "treben/ui/form.h"

#include <stdint.h>

#define NO_FIELD SIZE_MAX

struct box { /* a field at run time */
    struct edit
        ed;       /* typed types: the text as it stands in the box; the others: the value itself */
    char *stored; /* stored value, "" absent */
    char *value;  /* what form_value gave last */
    char *shown;  /* what form_title gave last */
    char *problem;
    char *sealed;
    char *unchosen; /* typed to find an option or record, and left without choosing */
    /* where it stands, in rows and columns of the page; h 0: not on the page that shows */
    int y, x, w, h, label_x, label_rows, problem_y, problem_rows;
};

struct named { /* the title of a record that a reference points at */
    char *id, *title;
};

struct popup {
    bool open;
    bool on_row;       /* the cursor stands on the marked row, not in the box */
    struct edit query; /* what is typed to find it */
    struct arena arena;
    struct form_match matches[FORM_MATCHES]; /* of a reference */
    size_t *options;                         /* of a choice: which fit */
    size_t n, at, top;
    char *problem;
};

struct form {
    const struct form_page *pages;
    const struct form_field *fields;
    size_t n_pages, n;
    struct form_calls calls;
    struct box *boxes;
    char **tab_notes;
    struct named *names;
    size_t n_names;
    size_t page, focus;
    struct rect area;
    bool reading, tabs_hidden, any_stored;
    int scroll, height; /* of the page: first row that shows, rows in all */
    struct popup popup;
    size_t *journal; /* fields in the order they were changed: undo in time order */
    size_t n_journal, at_journal, cap_journal;
    char *note;
};

/* form_value.c: between the value to save and the text in the box */
bool value_is_typed(const struct form_field *fd);                    /* is its box an editor? */
char *value_to_text(const struct form_field *fd, const char *value); /* OWN: caller */
bool value_from_text(const struct form_field *fd, const char *text, char **ret, struct err *e);
const struct form_option *value_option(const struct form_field *fd, const char *code);
char *value_day(const struct form_field *fd,
                const char *value); /* "sön v47" or NULL. OWN: caller */

/* form.c */
const char *form_name_of(const struct form *f, const char *id); /* title, or the id itself */
void form_note_set(struct form *f, const char *fmt, ...) PRINTF(2, 3);
bool form_can_focus(const struct form *f, size_t field);
bool form_is_required(const struct form *f, size_t field);
bool form_shows_star(const struct form *f, size_t field);
/* After an edit: journal, problem gone, callback. depth: the field's undo depth before. */
void form_edited(struct form *f, size_t field, size_t depth);
void form_set_text(struct form *f, size_t field, const char *text); /* one undo step */
void form_set_unchosen(struct form *f, size_t field,
                       const char *text); /* with its problem; NULL clears */

/* form_layout.c */
void form_layout(struct form *f);
void form_scroll_to_focus(struct form *f);
int form_tabs_rows(const struct form *f);
char *form_problem_text(const struct form *f, size_t field); /* as under the field. OWN: caller */
bool form_radio_fits(const struct form *f, size_t field);

/* form_move.c */
void form_step(struct form *f, int direction);
void form_turn(struct form *f, int direction);
void form_next_problem(struct form *f);

/* form_popup.c */
void popup_open(struct form *f, const char *query);
void popup_close(struct form *f);
enum reply popup_act(struct form *f, enum action a,
                     const char *utf8); /* PASS: closed, and it goes on */
void popup_draw(struct form *f);
void popup_done(struct form *f);

#endif
