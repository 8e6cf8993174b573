/* The editor's model: insert, delete, move, by user-perceived characters. */
#include "treben/ui/edit.h"

#include "edit_inner.h"
#include "treben/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void edit_init(struct edit *ed, bool multi, size_t max_chars)
{
    *ed = (struct edit){.multi = multi, .max_chars = max_chars, .goal = -1, .rows_cols = -1};
}

void edit_done(struct edit *ed)
{
    edit_forget_steps(ed);
    free(ed->steps);
    free(ed->rows);
    str_done(&ed->text);
    *ed = (struct edit){0};
}

const char *edit_text(const struct edit *ed)
{
    return str_text(&ed->text);
}

size_t edit_chars(const struct edit *ed)
{
    return text_chars(edit_text(ed));
}

void edit_set(struct edit *ed, const char *text)
{
    str_clear(&ed->text);
    str_add(&ed->text, text);
    edit_forget_steps(ed);
    ed->cursor = ed->text.len;
    ed->goal = -1;
    ed->scroll = 0;
    ed->version++;
}

/* The boundary between user-perceived characters at or after a byte: a mark may have joined the
 * letter before. */
size_t edit_boundary(const struct edit *ed, size_t at)
{
    const char *text = edit_text(ed);
    size_t p = at;
    while (p > 0 && text[p - 1] != '\n')
        p--;
    while (p < at) {
        int cols;
        size_t n = text_cluster(text + p, &cols);
        p += n ? n : 1;
    }
    return p < ed->text.len ? p : ed->text.len;
}

void edit_splice(struct edit *ed, size_t at, size_t n_removed, const char *added, size_t n_added)
{
    size_t tail = ed->text.len - at - n_removed;
    AUTOFREE char *rest = xstrndup(edit_text(ed) + at + n_removed, tail);
    ed->text.len = at;
    if (ed->text.p)
        ed->text.p[at] = '\0';
    str_addn(&ed->text, added, n_added);
    str_addn(&ed->text, rest, tail);
    ed->version++;
    ed->goal = -1;
}

/* What may stand in a stored text. Joiners are left to the door that accepts a record: here they
 * would need the letters around them. */
static bool storable(unsigned long cp)
{
    if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xad)
        return false;
    if ((cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
        (cp >= 0x2060 && cp <= 0x206f))
        return false;
    if (cp == 0x61c || cp == 0xfeff || (cp >= 0xfff9 && cp <= 0xfffb))
        return false;
    if ((cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xe0000 || (cp & 0xfffe) == 0xfffe)
        return false;
    return !(cp >= 0xfdd0 && cp <= 0xfdef);
}

/* Bytes of the character at p, its code point in *ret; 0 when the bytes are broken. */
static size_t decode(const unsigned char *p, size_t n, unsigned long *ret)
{
    if (p[0] < 0x80) {
        *ret = p[0];
        return 1;
    }
    size_t need = p[0] >= 0xf0 && p[0] <= 0xf4  ? 4
                  : p[0] >= 0xe0 && p[0] < 0xf0 ? 3
                  : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
                                                : 0;
    if (need == 0 || need > n)
        return 0;
    char bytes[5] = {0};
    memcpy(bytes, p, need);
    if (!text_valid(bytes))
        return 0;
    unsigned long cp = p[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++)
        cp = cp << 6 | (p[i] & 0x3f);
    *ret = cp;
    return need;
}

/* The part of what came that can be stored, at most `room` characters of it. */
static enum edit_answer clean(const struct edit *ed, const char *bytes, size_t n, size_t room,
                              struct str *ret)
{
    enum edit_answer said = EDIT_CHANGED;
    const unsigned char *p = (const unsigned char *)bytes;
    for (size_t i = 0; i < n;) {
        unsigned long cp = 0;
        size_t used = decode(p + i, n - i, &cp);
        const char *text = bytes + i;
        i += used ? used : 1;
        if (cp == '\r' && used) {
            i += i < n && p[i] == '\n';
            cp = '\n';
            text = "\n";
        }
        if (used && (cp == '\t' || (cp == '\n' && !ed->multi) || cp == 0x2028 || cp == 0x2029)) {
            text = ed->multi && cp != '\t' ? "\n" : " ";
            used = 1;
            cp = ' ';
        }
        if (used == 0 || (cp != '\n' && !storable(cp))) {
            said = EDIT_CLEANED;
            continue;
        }
        if (room == 0)
            return EDIT_FULL;
        room--;
        str_addn(ret, text, used);
    }
    return said;
}

static enum edit_answer put(struct edit *ed, const char *bytes, size_t n, bool join)
{
    size_t room = SIZE_MAX;
    if (ed->max_chars > 0) {
        size_t have = edit_chars(ed);
        room = have < ed->max_chars ? ed->max_chars - have : 0;
    }
    STR fresh = {0};
    enum edit_answer said = clean(ed, bytes, n, room, &fresh);
    if (fresh.len == 0)
        return said == EDIT_CHANGED ? EDIT_NOTHING : said;
    edit_remember(ed, ed->cursor, 0, fresh.p, fresh.len, join);
    edit_splice(ed, ed->cursor, 0, fresh.p, fresh.len);
    ed->cursor = edit_boundary(ed, ed->cursor + fresh.len);
    return said;
}

enum edit_answer edit_insert(struct edit *ed, const char *bytes, size_t n)
{
    bool blank = n > 0 && (bytes[0] == ' ' || bytes[0] == '\n');
    return put(ed, bytes, n, !blank);
}

enum edit_answer edit_paste(struct edit *ed, const char *bytes, size_t n)
{
    enum edit_answer said = put(ed, bytes, n, false);
    ed->joined = false;
    return said;
}

enum edit_answer edit_newline(struct edit *ed)
{
    return ed->multi ? edit_insert(ed, "\n", 1) : EDIT_NOTHING;
}

enum edit_answer edit_replace(struct edit *ed, const char *text)
{
    if (str_eq(edit_text(ed), text))
        return EDIT_NOTHING;
    size_t n = strlen(text);
    edit_remember(ed, 0, ed->text.len, text, n, false);
    edit_splice(ed, 0, ed->text.len, text, n);
    ed->cursor = ed->text.len;
    ed->joined = false;
    return EDIT_CHANGED;
}

static enum edit_answer cut(struct edit *ed, size_t from, size_t n)
{
    if (n == 0)
        return EDIT_NOTHING;
    edit_remember(ed, from, n, "", 0, true);
    edit_splice(ed, from, n, "", 0);
    ed->cursor = edit_boundary(ed, from);
    return EDIT_CHANGED;
}

enum edit_answer edit_backspace(struct edit *ed)
{
    const char *text = edit_text(ed);
    size_t n = ed->cursor ? text_cluster_before(text, text + ed->cursor) : 0;
    return cut(ed, ed->cursor - n, n);
}

enum edit_answer edit_delete(struct edit *ed)
{
    int cols;
    return cut(ed, ed->cursor, text_cluster(edit_text(ed) + ed->cursor, &cols));
}

static enum edit_answer move_to(struct edit *ed, size_t at)
{
    ed->joined = false;
    ed->goal = -1;
    if (at == ed->cursor)
        return EDIT_NOTHING;
    ed->cursor = at;
    return EDIT_MOVED;
}

enum edit_answer edit_left(struct edit *ed)
{
    const char *text = edit_text(ed);
    return move_to(ed,
                   ed->cursor - (ed->cursor ? text_cluster_before(text, text + ed->cursor) : 0));
}

enum edit_answer edit_right(struct edit *ed)
{
    int cols;
    return move_to(ed, ed->cursor + text_cluster(edit_text(ed) + ed->cursor, &cols));
}

enum edit_answer edit_home(struct edit *ed, int cols)
{
    size_t n, row = edit_row_of(ed, cols);
    return move_to(ed, edit_rows(ed, cols, &n)[row].start);
}

enum edit_answer edit_end(struct edit *ed, int cols)
{
    size_t n, row = edit_row_of(ed, cols);
    const struct edit_row r = edit_rows(ed, cols, &n)[row];
    size_t end = r.start + r.len;
    if (row + 1 < n && edit_rows(ed, cols, &n)[row + 1].start == end &&
        r.len > 0) { /* broken inside a word */
        const char *text = edit_text(ed);
        end -= text_cluster_before(text, text + end);
    }
    return move_to(ed, end);
}

static enum edit_answer move_rows(struct edit *ed, int cols, long by)
{
    size_t n;
    int row, col;
    edit_place(ed, cols, &row, &col);
    const struct edit_row *rows = edit_rows(ed, cols, &n);
    long to = row + by;
    if (to < 0)
        to = 0;
    if (to >= (long)n)
        to = (long)n - 1;
    if (to == row)
        return EDIT_NOTHING;
    int goal = ed->goal >= 0 ? ed->goal : col;
    const struct edit_row r = rows[to];
    AUTOFREE char *line = xstrndup(edit_text(ed) + r.start, r.len);
    size_t at = r.start + text_fit(line, goal, &col);
    if (at == r.start + r.len && r.len > 0 && to + 1 < (long)n && rows[to + 1].start == at) {
        const char *text =
            edit_text(ed); /* the end of a row broken inside a word belongs to the next row */
        at -= text_cluster_before(text, text + at);
    }
    enum edit_answer said = move_to(ed, at);
    ed->goal = goal;
    return said == EDIT_NOTHING ? EDIT_NOTHING : EDIT_MOVED;
}

enum edit_answer edit_up(struct edit *ed, int cols)
{
    return move_rows(ed, cols, -1);
}

enum edit_answer edit_down(struct edit *ed, int cols)
{
    return move_rows(ed, cols, 1);
}

enum edit_answer edit_page(struct edit *ed, int cols, int rows)
{
    return move_rows(ed, cols, rows);
}
