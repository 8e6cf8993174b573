/* verbs/feed.c: a JSON array in a file, cut into its elements: one bad element does not spoil the rest, and a file of
 * any size needs the memory of one element. */
#include "inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ELEMENT_MAX (512 * 1024)

struct feed {
    FILE *file;
    bool opened; /* the [ was read */
    bool ended;
};

struct feed *feed_open(const char *path, struct err *e)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_set(e, ERR_IO, _("The file %s cannot be opened."), path);
        return NULL;
    }
    struct feed *f = xcalloc(1, sizeof *f);
    f->file = file;
    return f;
}

void feed_close(struct feed *f)
{
    if (!f)
        return;
    fclose(f->file);
    free(f);
}

static int next_char(struct feed *f)
{
    int c;
    do
        c = getc(f->file);
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r');
    return c;
}

/* A byte order mark, blanks, then the bracket. */
static bool open_array(struct feed *f, struct err *e)
{
    int c = next_char(f);
    if (c == 0xef && getc(f->file) == 0xbb && getc(f->file) == 0xbf)
        c = next_char(f);
    f->opened = true;
    if (c != '[')
        return err_set(e, ERR_SYNTAX, _("The file is not a JSON array: it must begin with \"[\"."));
    return true;
}

/* Reads to the comma or bracket that ends this element, minding strings and nesting. false: end of file in it. */
static bool cut_element(struct feed *f, int first, struct str *out, bool *ret_too_long)
{
    int depth = 0;
    bool in_string = false, escaped = false;
    for (int c = first; c != EOF; c = getc(f->file)) {
        if (!in_string && depth == 0 && (c == ',' || c == ']')) {
            f->ended = c == ']';
            return true;
        }
        if (out->len < ELEMENT_MAX)
            str_addc(out, (char)c);
        else
            *ret_too_long = true;
        if (in_string) {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            in_string = c == '"';
            depth += c == '{' || c == '[';
            depth -= c == '}' || c == ']';
        }
    }
    return false;
}

int feed_next(struct feed *f, json_t **ret, struct err *e)
{
    STR text = {0};
    bool too_long = false;
    json_error_t why;
    if (!f->opened && !open_array(f, e))
        return -2;
    if (f->ended)
        return 0;
    int c = next_char(f);
    if (c == ']') {
        f->ended = true;
        return 0;
    }
    if (!cut_element(f, c, &text, &too_long)) {
        f->ended = true;
        err_set(e, ERR_SYNTAX, _("The file ends in the middle of an event; it may have been cut. Fetch it again."));
        return -2;
    }
    if (too_long) {
        err_set(e, ERR_INVALID, _("an event of more than 512 kB"));
        return -1;
    }
    *ret = json_loadb(str_text(&text), text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    if (*ret)
        return 1;
    err_set(e, ERR_INVALID, _("not readable as JSON (column %d)"), why.column);
    return -1;
}
