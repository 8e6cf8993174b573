/* Small screens that ask. Each answers through resume() of the screen below: closed->tag,
 * closed->answer. */
#ifndef TREBEN_UI_DIALOG_H
#define TREBEN_UI_DIALOG_H

#include "treben/ui/screen.h"

/* A text to read; Enter, Esc or q closes. Long texts scroll. */
void dialog_message(struct ui *ui, const char *title, const char *text, int tag);

/* A consequence and the word that must be typed in full ("CLOSE"): answer.yes. Keys that were typed
 * before it was painted do not count. */
void dialog_confirm(struct ui *ui, const char *title, const char *text, const char *word, int tag);

/* One line or a note: answer.yes and answer.text. required: an empty answer is not taken. */
struct dialog_ask {
    const char *title, *text, *label, *initial;
    size_t max_chars;
    bool required, note;
    bool secret; /* typed characters show as dots */
};
void dialog_ask(struct ui *ui, const struct dialog_ask *q, int tag);

/* One of a list, or several: answer.yes, answer.index, answer.marked. Typing filters by words
 * anywhere in label, words or detail, folded. Items are copied. */
struct pick_item {
    const char *label;
    const char *key;    /* right: the key it has; typing it does not choose. NULL: none */
    const char *words;  /* synonyms for the filter; NULL: none */
    const char *detail; /* one sentence, shown below the list for the marked item; NULL: none */
    bool marked;        /* several: chosen at the start */
    bool dead;          /* shown, cannot be chosen (its detail says why) */
    char letter;        /* with by_letter: this key takes it at once */
};
struct dialog_pick {
    const char *title;
    const char *count; /* what is counted, plural: "commands"; NULL: no count */
    const char *empty; /* when nothing fits the filter; NULL: a general sentence */
    const struct pick_item *items;
    size_t n;
    size_t at;      /* marked item at the start */
    bool several;   /* Space marks, Enter takes all marked */
    bool by_letter; /* no filter: letters take items, for "go to" */
};
void dialog_pick(struct ui *ui, const struct dialog_pick *q, int tag);

#endif
