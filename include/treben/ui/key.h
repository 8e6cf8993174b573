/* Keys from bytes. One reader for everything that comes from the terminal; no curses call reads.
 * Knows the terminal's own sequences and those that real terminals send in spite of their
 * description; swallows every other escape sequence whole, so that no rest of one becomes a command
 * or text. */
#ifndef TREBEN_UI_KEY_H
#define TREBEN_UI_KEY_H

#include "treben/base/err.h"

#define KEY_PASTE_MAX (1024 * 1024)

/* Codes 1 to 26 are Ctrl-A to Ctrl-Z, except those that are other keys (H I J M). */
#define K_CTRL(letter) ((letter)&31)
enum key_code {
    K_NONE = 0,
    K_TEXT = 100, /* one character: text */
    K_PASTE,      /* a bracketed paste: paste, n_paste; cut: more than KEY_PASTE_MAX came */
    K_ENTER,
    K_TAB,
    K_BACKTAB,
    K_BACKSPACE,
    K_ESC,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PGUP,
    K_PGDN,
    K_INSERT,
    K_DELETE,
    K_F1,
    K_F2,
    K_F3,
    K_F4,
    K_F5,
    K_F6,
    K_F7,
    K_F8,
    K_F9,
    K_F10,
    K_F11,
    K_F12,
    K_EOF /* the line is gone: read gave nothing more */
};

struct key {
    int code;
    char text[8]; /* K_TEXT: UTF-8 and NUL */
    const char
        *paste; /* K_PASTE: bytes as they came, borrowed until the next key_next or key_feed */
    size_t n_paste;
    bool cut;
};

struct key_reader; /* bytes seen and not yet told, and the table of sequences */

struct key_reader *key_reader_new(void);
void key_reader_free(struct key_reader *r);
void key_reader_latin1(struct key_reader *r, bool on); /* bytes above 127 are ISO 8859-1 */
/* Teaches a sequence; a later one wins. key_reader_learn teaches those of the running terminal. */
void key_reader_add(struct key_reader *r, const char *sequence, int code);
void key_reader_learn(struct key_reader *r);

void key_feed(struct key_reader *r, const void *bytes, size_t n);
/* The next whole key. False: none yet. A lone or unfinished escape sequence stays until more bytes
 * come or key_expire says that time is up. */
bool key_next(struct key_reader *r, struct key *ret);
bool key_pending(const struct key_reader *r); /* bytes wait for the rest of a sequence */
/* How long to wait for it: 25 ms after a lone Esc (over SSH 100), inside a sequence 100 (400).
 * A lone Esc told too early does no harm: the rest of its sequence is still known as such. */
int key_wait_ms(const struct key_reader *r);
void key_expire(struct key_reader *r); /* gives what is pending as it is: Esc, or nothing */

/* Reads all that waits on fd (not blocking). False: end of file or a dead line; K_EOF follows as a
 * key. */
bool key_read_fd(struct key_reader *r, int fd);

/* "Ctrl-S", "PgDn", "F1", "Space", "a". key_parse: 0 if unknown; a text key gives K_TEXT and
 * ret->text. */
bool key_parse(const char *name, struct key *ret);
void key_name(const struct key *k,
              char ret[16]);             /* as in the configuration; text is shown as typed */
const char *key_label(const char *name); /* for people: "Space" is "Blanksteg"; borrowed */

#endif
