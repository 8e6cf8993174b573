/* Every action a key can have: from this one list follow keys, row 24, help and the manual page. */
#ifndef TREBEN_UI_ACTION_H
#define TREBEN_UI_ACTION_H

#include "treben/ui/key.h"

enum action_group { GROUP_MOVE, GROUP_RECORD, GROUP_LIST, GROUP_WRITE, GROUP_PROGRAM };

/* X(id, name, keys while reading, keys while writing, label in row 24, sentence for help, group)
 * Keys are separated by blanks, the first is the one that is shown. */
#define ACTION_LIST(X) \
    X(HELP, "help", "? F1", "Ctrl-G F1", \
      N_("Help"), N_("Explains this screen and its keys."), PROGRAM) \
    X(PALETTE, "commands", ": Ctrl-K F9 F10", "Ctrl-K F9 F10", N_("Commands"), \
      N_("Lists every command you may use here, with its key."), PROGRAM) \
    X(BACK, "back", "q Esc F3 F12 Ctrl-C", "Esc F3 F12 Ctrl-C", N_("Back"), \
      N_("Goes back to where you came from. What you have written is kept."), PROGRAM) \
    X(OPEN, "open", "Enter Right", "Enter F4", N_("Open"), \
      N_("Opens what the marker stands on; in a form, a choice or the next field."), MOVE) \
    X(UP, "up", "Up k", "Up", N_("Up"), N_("One row or field up."), MOVE) \
    X(DOWN, "down", "Down j", "Down", N_("Down"), N_("One row or field down."), MOVE) \
    X(LEFT, "left", "Left", "Left", N_("Left"), N_("One character to the left."), MOVE) \
    X(RIGHT, "right", "", "Right", N_("Right"), N_("One character to the right."), MOVE) \
    X(PAGE_UP, "page-up", "PgUp Ctrl-U F7", "PgUp Ctrl-U F7", \
      N_("Page up"), N_("One page up."), MOVE) \
    X(PAGE_DOWN, "page-down", "PgDn Ctrl-D F8", "PgDn F8", \
      N_("Page down"), N_("One page down."), MOVE) \
    X(FIRST, "first", "Home", "Home Ctrl-A", \
      N_("First"), N_("To the first row, or the start of the line."), MOVE) \
    X(LAST, "last", "End G", "End Ctrl-E", \
      N_("Last"), N_("To the last row, or the end of the line."), MOVE) \
    X(NEXT_FIELD, "next-field", "Tab", "Tab", N_("Next"), N_("To the next field or part."), MOVE) \
    X(PREV_FIELD, "previous-field", "Shift-Tab", "Shift-Tab", \
      N_("Previous"), N_("To the field or part before."), MOVE) \
    X(TAB_1, "tab-1", "1", "", \
      N_("Tab"), N_("Opens tab 1 of the record; 2 to 9 open the others."), RECORD) \
    X(TAB_2, "tab-2", "2", "", NULL, NULL, RECORD) \
    X(TAB_3, "tab-3", "3", "", NULL, NULL, RECORD) \
    X(TAB_4, "tab-4", "4", "", NULL, NULL, RECORD) \
    X(TAB_5, "tab-5", "5", "", NULL, NULL, RECORD) \
    X(TAB_6, "tab-6", "6", "", NULL, NULL, RECORD) \
    X(TAB_7, "tab-7", "7", "", NULL, NULL, RECORD) \
    X(TAB_8, "tab-8", "8", "", NULL, NULL, RECORD) \
    X(TAB_9, "tab-9", "9", "", NULL, NULL, RECORD) \
    X(PREV_RECORD, "previous-record", "<", "", \
      N_("Previous record"), N_("The record before this one in the list."), RECORD) \
    X(NEXT_RECORD, "next-record", ">", "", \
      N_("Next record"), N_("The record after this one in the list."), RECORD) \
    X(NEW, "new", "n + F6", "", N_("New"), N_("Writes a new record."), RECORD) \
    X(EDIT, "edit", "e F2", "", N_("Edit"), N_("Opens the record for writing."), RECORD) \
    X(NOTE, "note", "a", "", N_("Note"), N_("Writes a note on this record."), RECORD) \
    X(STEP, "step", "t", "", \
      N_("Next step"), N_("Shows the steps this record can take and what each needs."), RECORD) \
    X(HISTORY, "history", "h", "", N_("History"), N_("Shows who changed what and when."), RECORD) \
    X(SEARCH, "search", "s /", "", \
      N_("Search"), N_("Searches; the list follows as you type."), LIST) \
    X(FILTER, "filter", "f", "", N_("Filter"), N_("Chooses which records the list shows."), LIST) \
    X(SORT, "sort", "o", "", N_("Order"), N_("Chooses the column to order by."), LIST) \
    X(COLUMNS, "columns", "c", "", \
      N_("Columns"), N_("Chooses which columns the list shows."), LIST) \
    X(GOTO, "go", "g", "", N_("Go to"), N_("Goes to another part of the program."), PROGRAM) \
    X(MARK, "mark", "Space", "", N_("Mark"), N_("Marks or unmarks the row."), LIST) \
    X(COPY, "copy", "y", "", \
      N_("Copy"), N_("Shows the value alone so that it can be copied."), RECORD) \
    X(PRINT, "print", "p", "", N_("Print"), N_("Prints this."), RECORD) \
    X(EXPORT, "export", "x", "", N_("Export"), N_("Writes this to a file."), LIST) \
    X(REFRESH, "refresh", "r F5", "", \
      N_("Refresh"), N_("Reads everything on the screen anew."), LIST) \
    X(SAVE, "save", "", "Ctrl-S F2", N_("Save"), N_("Saves what you have written."), WRITE) \
    X(UNDO, "undo", "u", "Ctrl-Z", N_("Undo"), N_("Takes back the last thing you did."), WRITE) \
    X(REDO, "redo", "", "Ctrl-Y", N_("Redo"), N_("Does again what you took back."), WRITE) \
    X(REVERT, "revert", "", "Ctrl-R", \
      N_("Revert field"), N_("Gives the field the value that is stored."), WRITE) \
    X(NEXT_PROBLEM, "next-problem", "", "Ctrl-F", \
      N_("Next problem"), N_("Goes to the next field that has a problem."), WRITE) \
    X(TODAY, "today", "", "Ctrl-T", \
      N_("Today"), N_("Writes today's date, or the time now."), WRITE) \
    X(ADD_ROW, "add-row", "", "Ctrl-N", \
      N_("Add row"), N_("Adds a row to the list in the form."), WRITE) \
    X(DELETE_ROW, "remove-row", "", "Ctrl-D", \
      N_("Remove row"), N_("Removes the row; undo brings it back."), WRITE) \
    X(DISCARD, "discard-draft", "", "", \
      N_("Throw draft away"), N_("Throws away what is written and not saved."), WRITE) \
    X(BACKSPACE, "backspace", "Backspace", "Backspace", NULL, NULL, WRITE) \
    X(DELETE, "delete-character", "", "Delete", NULL, NULL, WRITE) \
    X(REPEAT, "repeat-message", "Ctrl-O", "Ctrl-O", \
      N_("Repeat message"), N_("Shows the last message again, whole."), PROGRAM) \
    X(REDRAW, "redraw", "Ctrl-L", "Ctrl-L", N_("Redraw"), N_("Draws the screen anew."), PROGRAM) \
    X(LOCK, "lock", "L", "", N_("Lock"), N_("Locks the screen."), PROGRAM) \
    X(QUIT, "quit", "", "", \
      N_("Quit"), N_("Ends the program. What you have written is kept as a draft."), PROGRAM)

enum action {
    ACT_NONE,
#define X(id, name, reading, writing, label, help, group) ACT_##id,
    ACTION_LIST(X)
#undef X
    ACT_TEXT,  /* typed text while writing: utf8 holds it, or a whole paste (see ACT_PASTE) */
    ACT_PASTE, /* pasted text, any length, cleaned of nothing yet */
    ACT_KEY,   /* a letter while reading that no action has; utf8 holds it */
    ACT_N
};

struct action_info {
    const char *name;
    const char *label; /* English; show it through _( ) */
    const char *help;
    enum action_group group;
};
const struct action_info *action_info(enum action a); /* never NULL */
enum action action_find(const char *name);            /* ACT_NONE if unknown */
const char *action_group_name(enum action_group g);   /* translated */

struct keymap;
struct keymap *keymap_new(void);                      /* the defaults above */
void keymap_free(struct keymap *m);
/* A site's or a user's keys in place of the default ones: blank-separated names, "" for none.
 * ERR: INVALID names the unknown key or action, or the action that has the key already. */
MUST_CHECK bool keymap_set(struct keymap *m, const char *action, bool writing, const char *keys,
                           struct err *e);
/* While reading, printable keys do nothing, except ? and : */
void keymap_letters_off(struct keymap *m);
/* ACT_TEXT or ACT_KEY for a printable key that has no action, ACT_NONE for any other. */
enum action keymap_find(const struct keymap *m, bool writing, const struct key *k);
/* Name of the first key of an action, "" when it has none; borrowed. */
const char *keymap_key(const struct keymap *m, enum action a, bool writing);
/* All keys, "n, +, F6", in the names people know. OWN: caller. */
char *keymap_keys(const struct keymap *m, enum action a, bool writing);

#endif
