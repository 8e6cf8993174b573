/* The key reader: bytes in, whole keys out. A small parser of escape sequences by their grammar, so
 * that unknown ones disappear whole; UTF-8 decoded here; a paste is one key. */
#include "key_table.h"

#include "treben/base/str.h"
#include "treben/ui/term.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ESC 0x1b
#define STRING_MAX 8192 /* of a control string nobody asked for, kept while its end is awaited */
#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"
#define PASTE_TAIL (sizeof PASTE_END - 2) /* bytes that may be the start of the end mark */

struct learned {
    char *bytes;
    int code;
};

struct key_reader {
    struct str in;    /* bytes that came; may hold NUL */
    size_t at;        /* those before it are told */
    struct str paste; /* of the paste that is coming or was just told */
    bool pasting, paste_cut, paste_told;
    bool latin1, eof, eof_told;
    bool esc_due;  /* a lone Esc whose time is up */
    bool esc_told; /* the last key was such a one: "[A" may still follow it */
    bool remote;
    struct learned *learned;
    size_t n_learned;
};

struct key_reader *key_reader_new(void)
{
    struct key_reader *r = xcalloc(1, sizeof *r);
    const char *ssh = getenv("SSH_CONNECTION");
    r->remote = ssh && *ssh;
    return r;
}

void key_reader_free(struct key_reader *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->n_learned; i++)
        free(r->learned[i].bytes);
    free(r->learned);
    str_done(&r->in);
    str_done(&r->paste);
    free(r);
}

void key_reader_latin1(struct key_reader *r, bool on)
{
    r->latin1 = on;
}

void key_reader_add(struct key_reader *r, const char *sequence, int code)
{
    r->learned = xrealloc(r->learned, (r->n_learned + 1) * sizeof *r->learned);
    r->learned[r->n_learned++] = (struct learned){.bytes = xstrdup(sequence), .code = code};
}

void key_reader_learn(struct key_reader *r)
{
    for (size_t i = 0; i < key_n_capabilities; i++) {
        const char *s = term_key_string(key_capabilities[i].name);
        if (s && s[0] == ESC && s[1])
            key_reader_add(r, s, key_capabilities[i].code);
    }
}

static const unsigned char *waiting(const struct key_reader *r, size_t *ret_n)
{
    *ret_n = r->in.len - r->at;
    return (const unsigned char *)str_text(&r->in) + r->at;
}

static void drop(struct key_reader *r, size_t n)
{
    r->at += n;
    if (r->at < r->in.len)
        return;
    str_clear(&r->in);
    r->at = 0;
}

static void drop_all(struct key_reader *r)
{
    drop(r, r->in.len - r->at);
}

static void take_paste(struct key_reader *r, size_t n)
{
    size_t room = KEY_PASTE_MAX - r->paste.len, all;
    str_addn(&r->paste, (const char *)waiting(r, &all), n < room ? n : room);
    r->paste_cut |= n > room;
    drop(r, n);
}

/* Moves what belongs to the paste out of the input; true when its end mark has come. */
static bool paste_ended(struct key_reader *r)
{
    size_t n;
    const unsigned char *p = waiting(r, &n);
    const unsigned char *end = memmem(p, n, PASTE_END, sizeof PASTE_END - 1);
    if (end) {
        take_paste(r, (size_t)(end - p));
        drop(r, sizeof PASTE_END - 1);
        return true;
    }
    if (n > PASTE_TAIL)
        take_paste(r, n - PASTE_TAIL);
    return false;
}

void key_feed(struct key_reader *r, const void *bytes, size_t n)
{
    if (r->paste_told) {
        str_clear(&r->paste);
        r->paste_told = false;
    }
    if (r->at > 0) { /* what is told makes room */
        r->in.len -= r->at;
        memmove(r->in.p, r->in.p + r->at, r->in.len);
        r->at = 0;
    }
    str_addn(&r->in, bytes, n);
}

static void paste_to_utf8(struct str *s)
{
    STR out = {0};
    for (size_t i = 0; i < s->len; i++) {
        unsigned char c = (unsigned char)s->p[i];
        if (c >= 0x80)
            str_addc(&out, (char)(0xc0 | c >> 6));
        str_addc(&out, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
    }
    str_clear(s);
    str_addn(s, str_text(&out), out.len);
}

static bool tell_paste(struct key_reader *r, struct key *ret)
{
    r->pasting = false;
    if (r->latin1)
        paste_to_utf8(&r->paste);
    *ret = (struct key){.code = K_PASTE,
                        .paste = str_text(&r->paste),
                        .n_paste = r->paste.len,
                        .cut = r->paste_cut};
    r->paste_cut = false;
    r->paste_told = true;
    return true;
}

/* How long the escape sequence at p is: 0 not one that has a known shape, n + 1 or more when it is
 * not complete. */
static size_t csi_length(const unsigned char *p, size_t n, size_t at)
{
    if (at < n && p[at] == '[') /* the Linux console's F1 to F5: ESC [ [ A */
        return at + 2;
    while (at < n && p[at] >= 0x20 && p[at] <= 0x3f)
        at++;
    if (at >= n)
        return n + 1;
    if (p[at] >= 0x40 && p[at] <= 0x7e)
        return at + 1;
    return at; /* broken off by something else, which is not lost */
}

static size_t string_length(const unsigned char *p, size_t n, bool bell_ends)
{
    for (size_t i = 2; i < n; i++) {
        if (bell_ends && p[i] == 0x07)
            return i + 1;
        if (p[i] == ESC)
            return i + 1 >= n ? n + 1 : p[i + 1] == '\\' ? i + 2 : i;
        if (p[i] == 0x18 || p[i] == 0x1a) /* CAN and SUB end any sequence */
            return i + 1;
    }
    return n + 1;
}

static size_t sequence_length(const unsigned char *p, size_t n)
{
    if (n < 2)
        return n + 1;
    switch (p[1]) {
    case '[':
        return csi_length(p, n, 2);
    case 'O': {
        size_t at = 2;
        while (at < n && (p[at] == ';' || (p[at] >= '0' && p[at] <= '9')))
            at++;
        if (at >= n)
            return n + 1;
        return p[at] >= 0x21 && p[at] <= 0x7e ? at + 1 : at;
    }
    case ']':
        return string_length(p, n, true);
    case 'P':
    case 'X':
    case '^':
    case '_':
        return string_length(p, n, false);
    default:
        return 0;
    }
}

static bool same(const char *sequence, const unsigned char *p, size_t n)
{
    return strlen(sequence) == n && !memcmp(sequence, p, n);
}

static bool look_up(const struct key_reader *r, const unsigned char *p, size_t n, struct key *ret)
{
    for (size_t i = r->n_learned; i > 0; i--)
        if (same(r->learned[i - 1].bytes, p, n)) {
            *ret = (struct key){.code = r->learned[i - 1].code};
            return true;
        }
    for (size_t i = 0; i < key_n_sequences; i++)
        if (same(key_sequences[i].bytes, p, n)) {
            *ret = (struct key){.code = key_sequences[i].code, .text = {key_sequences[i].text}};
            return true;
        }
    return false;
}

/* ESC [ 1 ; 5 A is an arrow with a held key: the arrow counts. Not so for R, which also answers a
 * question. */
static bool look_up_held(const struct key_reader *r, const unsigned char *p, size_t n,
                         struct key *ret)
{
    char plain[16] = "\033[";
    const unsigned char *semicolon = memchr(p, ';', n);
    unsigned char last = p[n - 1];
    if (p[1] != '[' || !semicolon || last == 'R')
        return false;
    size_t head = (size_t)(semicolon - p) - 2, at = 2;
    if (head > 3)
        return false;
    if (last == '~') {
        memcpy(plain + at, p + 2, head);
        at += head;
    }
    plain[at++] = (char)last;
    return look_up(r, (const unsigned char *)plain, at, ret);
}

enum step { STEP_KEY, STEP_AGAIN, STEP_WAIT };

static enum step next_escape(struct key_reader *r, struct key *ret)
{
    size_t n;
    const unsigned char *p = waiting(r, &n);
    size_t length = sequence_length(p, n);
    if (length > n) {
        if (n > STRING_MAX) { /* its start and the newest byte are enough to know its end */
            const char kept[] = {ESC, (char)p[1], (char)p[n - 1]};
            drop_all(r);
            str_addn(&r->in, kept, sizeof kept);
        }
        return STEP_WAIT;
    }
    if (length == 0) { /* Esc, then another key; only Shift-Tab of the Linux console looks so */
        size_t two = look_up(r, p, 2, ret) ? 2 : 1;
        if (two == 1)
            *ret = (struct key){.code = K_ESC};
        drop(r, two);
        return STEP_KEY;
    }
    if (same(PASTE_BEGIN, p, length)) {
        drop(r, length);
        str_clear(&r->paste);
        r->paste_told = false;
        r->pasting = true;
        return STEP_AGAIN;
    }
    bool known = look_up(r, p, length, ret) || look_up_held(r, p, length, ret);
    drop(r, length);
    return known ? STEP_KEY : STEP_AGAIN;
}

static enum step tell_text(struct key_reader *r, unsigned long cp, size_t used, struct key *ret)
{
    char *t = ret->text;
    drop(r, used);
    if (cp < 0xa0) /* a control character of the upper half */
        return STEP_AGAIN;
    *ret = (struct key){.code = K_TEXT};
    if (cp < 0x800) {
        t[0] = (char)(0xc0 | cp >> 6);
        t[1] = (char)(0x80 | (cp & 0x3f));
    } else if (cp < 0x10000) {
        t[0] = (char)(0xe0 | cp >> 12);
        t[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        t[2] = (char)(0x80 | (cp & 0x3f));
    } else {
        t[0] = (char)(0xf0 | cp >> 18);
        t[1] = (char)(0x80 | (cp >> 12 & 0x3f));
        t[2] = (char)(0x80 | (cp >> 6 & 0x3f));
        t[3] = (char)(0x80 | (cp & 0x3f));
    }
    return STEP_KEY;
}

/* A character beyond ASCII. Of a broken one exactly the bytes that cannot belong to it are skipped.
 */
static enum step next_wide(struct key_reader *r, struct key *ret)
{
    size_t n;
    const unsigned char *p = waiting(r, &n);
    if (r->latin1)
        return tell_text(r, p[0], 1, ret);
    size_t need = p[0] >= 0xf0 && p[0] <= 0xf4 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
    if (need == 0 || p[0] > 0xf4) {
        drop(r, 1);
        return STEP_AGAIN;
    }
    unsigned long cp = p[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (i >= n)
            return STEP_WAIT;
        unsigned low = i == 1 && p[0] == 0xe0 ? 0xa0 : i == 1 && p[0] == 0xf0 ? 0x90 : 0x80;
        unsigned high = i == 1 && p[0] == 0xed ? 0x9f : i == 1 && p[0] == 0xf4 ? 0x8f : 0xbf;
        if (p[i] < low || p[i] > high) {
            drop(r, i);
            return STEP_AGAIN;
        }
        cp = cp << 6 | (p[i] & 0x3f);
    }
    return tell_text(r, cp, need, ret);
}

static enum step next_plain(struct key_reader *r, struct key *ret)
{
    size_t n;
    unsigned char c = *waiting(r, &n);
    drop(r, 1);
    *ret = (struct key){.code = c};
    if (c == '\r' || c == '\n')
        ret->code = K_ENTER;
    else if (c == '\t')
        ret->code = K_TAB;
    else if (c == 0x7f || c == 0x08)
        ret->code = K_BACKSPACE;
    else if (c >= 0x20)
        *ret = (struct key){.code = K_TEXT, .text = {(char)c}};
    else if (c == 0 || c > 26)
        return STEP_AGAIN; /* Ctrl-Space, Ctrl-\ and their like are not keys here */
    return STEP_KEY;
}

/* The rest of an arrow whose Esc came so early that it was told alone. */
static void join_late_rest(struct key_reader *r)
{
    size_t n;
    const unsigned char *p = waiting(r, &n);
    if (!r->esc_told || n == 0)
        return;
    r->esc_told = false;
    if (p[0] != '[' && !(p[0] == 'O' && n >= 2))
        return;
    STR whole = {0};
    str_addc(&whole, ESC);
    str_addn(&whole, (const char *)p, n);
    const unsigned char *w = (const unsigned char *)whole.p;
    size_t length = sequence_length(w, whole.len);
    struct key k;
    if (length <= 2 || length > whole.len || (p[0] == 'O' && !look_up(r, w, length, &k)))
        return;
    drop_all(r);
    str_addn(&r->in, whole.p, whole.len);
}

static bool tell_esc(struct key_reader *r, struct key *ret)
{
    r->esc_due = false;
    r->esc_told = true;
    *ret = (struct key){.code = K_ESC};
    return true;
}

static bool next_in_paste(struct key_reader *r, struct key *ret)
{
    size_t n;
    if (!paste_ended(r)) {
        if (!r->eof)
            return false;
        waiting(r, &n);
        take_paste(r, n);
    }
    return tell_paste(r, ret);
}

bool key_next(struct key_reader *r, struct key *ret)
{
    for (;;) {
        size_t n;
        if (r->esc_due)
            return tell_esc(r, ret);
        if (r->pasting)
            return next_in_paste(r, ret);
        join_late_rest(r);
        const unsigned char *p = waiting(r, &n);
        if (n == 0) {
            if (!r->eof || r->eof_told)
                return false;
            r->eof_told = true;
            *ret = (struct key){.code = K_EOF};
            return true;
        }
        enum step s = p[0] == ESC    ? next_escape(r, ret)
                      : p[0] >= 0x80 ? next_wide(r, ret)
                                     : next_plain(r, ret);
        if (s == STEP_KEY)
            return true;
        if (s == STEP_WAIT && !r->eof)
            return false;
        if (s == STEP_WAIT)
            drop_all(r);
    }
}

bool key_pending(const struct key_reader *r)
{
    return r->pasting || r->at < r->in.len;
}

static bool lone_esc(const struct key_reader *r)
{
    size_t n;
    const unsigned char *p = waiting(r, &n);
    return n == 1 && p[0] == ESC;
}

int key_wait_ms(const struct key_reader *r)
{
    if (r->pasting)
        return 2000;
    if (lone_esc(r))
        return r->remote ? 100 : 25;
    return r->remote ? 400 : 100;
}

void key_expire(struct key_reader *r)
{
    if (r->pasting) { /* the end mark got lost: what came is the paste */
        size_t n;
        waiting(r, &n);
        take_paste(r, n);
        str_addn(&r->in, PASTE_END, sizeof PASTE_END - 1);
        return;
    }
    r->esc_due = lone_esc(r);
    drop_all(r);
}

bool key_read_fd(struct key_reader *r, int fd)
{
    char bytes[16384];
    for (int i = 0; i < 16 && !r->eof; i++) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int ready = poll(&p, 1, 0);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            break;
        ssize_t n =
            ready < 0 || !(p.revents & (POLLIN | POLLHUP)) ? -1 : read(fd, bytes, sizeof bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN) && ready > 0)
            break;
        if (n <= 0)
            r->eof = true;
        else
            key_feed(r, bytes, (size_t)n);
        if (n > 0 && (size_t)n < sizeof bytes)
            break;
    }
    return !r->eof;
}
