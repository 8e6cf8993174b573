/* The door: bytes from outside become clean NFC text, or a sentence that says where and why not. */
#include "treben/base/text.h"

#include "text_rules.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct door {
    const char *bytes;
    size_t n, at; /* at: the byte to be read next */
    size_t place; /* number of the character just read, from 1 */
    enum text_rule rule;
    int32_t before;   /* the character before, 0 at the start */
    int32_t letter;   /* the same without marks: normalisation may change the order of marks */
    size_t marks;     /* how many marks stand in a row here */
    bool blank;       /* a blank is due before the next character */
    size_t line_ends; /* so many line ends are due */
    bool plain;       /* nothing so far needs normalisation */
    struct str out;
};

static bool refuse(const struct door *d, int32_t cp, const char *why, struct err *e)
{
    return err_set(e, ERR_INVALID, _("character %zu (U+%04X) cannot be used: %s; remove it"),
                   d->place, (unsigned)cp, lang_text(why));
}

static bool judge_joiner(struct door *d, int32_t cp, struct err *e)
{
    int32_t after = 0;
    size_t at = d->at;
    do { /* the next letter; a mark may stand before it */
        after = 0;
        at += at < d->n ? utf8_next(d->bytes + at, d->n - at, &after) : 0;
    } while (after != UTF8_BAD && char_is_mark(after));
    bool due = d->blank || d->line_ends > 0;
    if (due || !joiner_fits(d->letter, cp, after, d->rule == TEXT_NOTE)) {
        return refuse(d, cp, N_("it cannot be seen"), e);
    }
    d->marks = 0;
    d->letter = 0; /* one joiner at a time */
    return true;
}

static bool judge_mark(struct door *d, int32_t cp, struct err *e)
{
    bool alone = d->out.len == 0 || d->blank || d->line_ends > 0;
    if (alone || (char_is_selector(cp) && char_is_selector(d->before))) {
        return refuse(d, cp, N_("it belongs on a letter, and there is none before it"), e);
    }
    if (++d->marks > MARKS_MAX) {
        return refuse(d, cp, N_("a letter can carry at most four marks"), e);
    }
    return true;
}

/* Writes the blanks that are due, unless they are at the very start. */
static void pay_blanks(struct door *d)
{
    if (d->out.len > 0) {
        for (; d->line_ends > 0; d->line_ends--) {
            str_addc(&d->out, '\n');
        }
        if (d->blank) {
            str_addc(&d->out, ' ');
        }
    }
    d->blank = false;
    d->line_ends = 0;
}

/* A line end: a blank in a line; in a note it swallows the blanks before it. */
static void take_line_end(struct door *d)
{
    if (d->rule == TEXT_NOTE) {
        d->line_ends++;
        d->blank = false;
    } else {
        d->blank = true;
    }
}

static bool take(struct door *d, int32_t cp, size_t bytes, struct err *e)
{
    if (cp == '\n' || cp == '\r') {
        if (cp == '\r' && d->at < d->n && d->bytes[d->at] == '\n') {
            return true; /* the LF that follows counts */
        }
        take_line_end(d);
        return true;
    }
    if (cp == '\t' || char_is_blank(cp)) {
        d->blank = true;
        return true;
    }
    if (char_is_joiner(cp)) {
        if (!judge_joiner(d, cp, e)) {
            return false;
        }
    } else {
        const char *why = char_refused(cp);
        if (why) {
            return refuse(d, cp, why, e);
        }
        if (!char_is_mark(cp)) {
            d->marks = 0;
            d->letter = cp;
        } else if (!judge_mark(d, cp, e)) {
            return false;
        }
    }
    pay_blanks(d);
    str_addn(&d->out, d->bytes + d->at - bytes, bytes);
    d->before = cp;
    d->plain = d->plain && cp < 0x300;
    return true;
}

static bool too_long(size_t chars, size_t max_chars, struct err *e)
{
    return err_set(e, ERR_INVALID, _("the text has %zu characters; at most %zu fit here, make it shorter"),
                   chars, max_chars);
}

/* A mark more on a letter than the source had can come out of normalisation (letters that Unicode
 * always keeps in two parts); the text that is stored must pass its own door. */
static bool marks_fit(const char *text, struct err *e)
{
    size_t marks = 0, place = 0;
    int32_t cp;
    for (size_t n; (n = utf8_next_z(text, &cp)) > 0; text += n) {
        place++;
        marks = char_is_mark(cp) ? marks + 1 : 0;
        if (marks > MARKS_MAX) {
            return refuse(&(struct door){.place = place}, cp,
                          N_("a letter can carry at most four marks"), e);
        }
    }
    return true;
}

static bool normalise(struct door *d, struct err *e)
{
    if (d->plain) {
        return true;
    }
    utf8proc_uint8_t *nfc = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)d->out.p, (utf8proc_ssize_t)d->out.len, &nfc,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0) {
        return err_set(e, ERR_INVALID, _("the text cannot be read: %s"), utf8proc_errmsg(n));
    }
    str_done(&d->out);
    str_addn(&d->out, (const char *)nfc, (size_t)n);
    free(nfc);
    return marks_fit(d->out.p, e);
}

static size_t count_chars(const char *bytes, size_t n)
{
    size_t chars = 0;
    int32_t cp;
    for (size_t at = 0; at < n; chars++) {
        at += utf8_next(bytes + at, n - at, &cp);
    }
    return chars;
}

static bool pass(struct door *d, size_t max_chars, struct err *e)
{
    /* A letter and its marks are at least one character afterwards: what is longer than this cannot
     * fit, and an endless paste is dropped without being stored first. */
    size_t most =
        max_chars && max_chars < SIZE_MAX / 64 ? (max_chars + 1) * (MARKS_MAX + 2) * 4 : 0;
    while (d->at < d->n) {
        int32_t cp;
        size_t bytes = utf8_next(d->bytes + d->at, d->n - d->at, &cp);
        d->place++;
        if (cp == UTF8_BAD) {
            return err_set(e, ERR_INVALID,
                           _("character %zu (byte %02X) is not UTF-8; set the terminal or the "
                             "file to UTF-8"),
                           d->place, (unsigned)(unsigned char)d->bytes[d->at]);
        }
        d->at += bytes;
        if (!take(d, cp, bytes, e)) {
            return false;
        }
        if (most && d->out.len > most) {
            return too_long(count_chars(d->bytes, d->n), max_chars, e);
        }
    }
    if (d->out.len > 0 && !normalise(d, e)) {
        return false;
    }
    size_t chars = text_chars(str_text(&d->out));
    return !max_chars || chars <= max_chars || too_long(chars, max_chars, e);
}

bool text_accept(const char *bytes, size_t n, enum text_rule rule, size_t max_chars, char **ret,
                 struct err *e)
{
    struct door d = {.bytes = bytes, .n = n, .rule = rule, .plain = true};
    bool ok = pass(&d, max_chars, e);
    if (ok) {
        *ret = str_take(&d.out);
    }
    str_done(&d.out);
    return ok;
}
