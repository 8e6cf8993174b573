/* A form: pages of labelled fields over values that it owns. Nothing is checked before a field was
 * left once; a value that cannot be read stays as typed, with its problem under the field. A
 * component: the screen that owns it forwards layout, draw and actions. Also shows a record for
 * reading. */
#ifndef TREBEN_UI_FORM_H
#define TREBEN_UI_FORM_H

#include "treben/ui/screen.h"

#define FORM_MATCHES 8
#define FORM_LABEL_X 1
#define FORM_FIELD_X 18

enum form_type {
    FORM_TEXT,
    FORM_NOTE,     /* several lines in a frame of `rows` */
    FORM_NUMBER,   /* whole number; decimals > 0: with a comma, stored with a point */
    FORM_BOOL,     /* "true", "false" or "" */
    FORM_DATE,     /* "2026-11-22" */
    FORM_PDATE,    /* also "2026-11", "2026" */
    FORM_TIME,     /* instant "2026-11-22T13:32:00Z", typed and shown in local time */
    FORM_CHOICE,   /* code of an option */
    FORM_MULTI,    /* codes "A,B" */
    FORM_REFERENCE, /* id of another record; shown by its title */
    FORM_REFERENCES /* ids "A,B" in the order chosen; what was typed and not chosen stands among them as typed */
};

struct form_option {
    const char *code, *label;
};

struct form_field {
    const char *name, *label;
    const char *help; /* one sentence, shown in row 23 while the field has the focus; may be NULL */
    enum form_type type;
    size_t page;
    bool required; /* see also form_calls.required */
    bool read_only;
    bool beside;      /* on the row of the field before, if it fits */
    bool radio;       /* FORM_CHOICE: all options in the row, ( ) (•), if they fit */
    size_t max_chars; /* 0: none */
    int width;        /* of the box; 0: by type */
    int rows;         /* FORM_NOTE: text rows; 0: 5 */
    int decimals;
    const struct form_option *options;
    size_t n_options;
    const char *target; /* FORM_REFERENCE, FORM_REFERENCES: for the lookup */
};

struct form_page {
    const char *name, *label;
};

struct form_match { /* filled by lookup; texts in the arena */
    const char *id, *title, *detail;
};

struct form_calls {
    void *ctx;
    void (*changed)(void *ctx, size_t field);  /* a value has changed. NULL: none */
    bool (*visible)(void *ctx, size_t field);  /* show_if. NULL: all */
    bool (*required)(void *ctx, size_t field); /* require_if, besides the field's own. NULL: none */
    /* At most FORM_MATCHES records of the field's target that fit the text. */
    bool (*lookup)(void *ctx, size_t field, const char *text, struct arena *a,
                   struct form_match ret[FORM_MATCHES], size_t *ret_n, struct err *e);
    /* What stands behind the box: "ja: orosanmälan ska göras", an age, a warning. NULL or NULL
     * answer: none. Borrowed until the next call. */
    const char *(*beside)(void *ctx, size_t field);
};

struct form;
/* Fields, pages and options are borrowed and must outlive the form. OWN: form_free. */
struct form *form_new(const struct form_page *pages, size_t n_pages,
                      const struct form_field *fields, size_t n_fields, struct form_calls calls);
void form_free(struct form *f);
size_t form_n(const struct form *f);
size_t form_find(const struct form *f, const char *name); /* SIZE_MAX if there is none */

/* The stored value ("" or NULL: absent), what revert goes back to. Clears undo, typed text and
 * problem of the field. */
void form_store(struct form *f, size_t field, const char *value, const char *title);
/* What the record of this id is called, for a box that names several. */
void form_remember_name(struct form *f, const char *id, const char *title);
/* A value as if typed (a draft, a suggestion): counts as changed, can be undone. title: of a
 * reference. */
void form_put(struct form *f, size_t field, const char *value, const char *title);
/* Value to save, in stored form; what cannot be read comes as typed. "" absent. Borrowed until the
 * next change. */
const char *form_value(const struct form *f, size_t field);
const char *form_title(const struct form *f,
                       size_t field); /* as people read it; borrowed until the next call */
bool form_changed(const struct form *f, size_t field); /* differs from the stored one */
size_t form_n_changed(const struct form *f);
bool form_is_visible(const struct form *f, size_t field);
/* Shows fixed words in place of a value that the reader may not see ("hidden", "withheld"); never
 * editable. NULL undoes. */
void form_seal(struct form *f, size_t field, const char *words);

/* Problems: from leaving fields, from form_check (required and unreadable) and from the core. */
void form_set_problem(struct form *f, size_t field, const char *text); /* NULL clears */
size_t
form_take_problems(struct form *f,
                   const struct problems *p); /* by field name; returns how many had no field */
size_t form_check(struct form *f); /* returns how many problems there are, focus on the first */
size_t form_n_problems(const struct form *f);
const char *form_problem(const struct form *f, size_t field); /* NULL: none */

void form_set_area(struct form *f, struct rect r);   /* tabs, rule, fields */
void form_set_reading(struct form *f, bool reading); /* no boxes; Enter on a field is UI_PASS */
void form_set_tabs(struct form *f,
                   bool shown); /* default: shown when there is more than one page */
void form_set_tab_note(struct form *f, size_t page,
                       const char *text);      /* a count after the label; NULL: none */
void form_focus(struct form *f, size_t field); /* opens its page, scrolls it into view */
size_t form_focused(const struct form *f);     /* SIZE_MAX: no field can have it */
size_t form_page_now(const struct form *f);
void form_set_page(struct form *f, size_t page);
/* Ends editing of the focused field as if it had been left: dates become dates. Call before saving.
 */
void form_leave(struct form *f);
bool form_popup_open(const struct form *f); /* a list of choices or matches shows */

/* Everything a form understands, in both situations. BACK only closes an open list; SAVE and the
 * rest are UI_PASS. */
enum reply form_act(struct form *f, enum action a, const char *utf8);
void form_draw(struct form *f, bool focused);
void form_draw_move(struct form *f, bool focused); /* after UI_MOVED: the focused field alone */
/* Row 23: "1 problem. Ctrl-F goes to it", the field's help, or what the last key could not do. OWN:
 * caller; may be NULL. */
char *form_note(const struct form *f);

#endif
