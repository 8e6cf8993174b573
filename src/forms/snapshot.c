/* Overlaid trees as one text: the database keeps it, so that unchanged files need no YAML reader at
 * start. One line a node: type, what it holds, key, text. Texts hold no line feed (text_accept made
 * them spaces). */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 8 };

/* T plain text, Q quoted text, L list, M map; then the number of children or nothing; key and text
 * after a TAB. */
static void write_node(struct str *s, const struct node *n)
{
    static const char marks[] = {[NODE_TEXT] = 'T', [NODE_LIST] = 'L', [NODE_MAP] = 'M'};
    str_addc(s, n->type == NODE_TEXT && n->quoted ? 'Q' : marks[n->type]);
    if (n->type != NODE_TEXT) {
        str_printf(s, "%d", n->n);
    }
    str_addc(s, '\t');
    str_add(s, n->key);
    str_addc(s, '\t');
    str_add(s, n->text);
    str_addc(s, '\n');
    for (const struct node *c = n->first; c; c = c->next) {
        write_node(s, c);
    }
}

char *snapshot_write(const struct trees *t)
{
    STR s = {0};
    for (int i = 0; i < t->n; i++) {
        str_printf(&s, "F\t%s\t\n", t->at[i].name);
        write_node(&s, t->at[i].root);
    }
    return str_take(&s);
}

struct reader {
    char *p;
    struct arena *a;
    const char *file;
};

/* Children a line speaks of; -1 when it holds anything but a small number. */
static int small_number(const char *s)
{
    char *end;
    long v = strtol(s, &end, 10);
    return *end || v < 0 || v > 1000000 ? -1 : (int)v;
}

/* Cuts "X12\tkey\ttext\n" into its parts; false: damaged or at the end. */
static bool next_line(struct reader *r, char *ret_mark, int *ret_n, char **ret_key, char **ret_text)
{
    char *line = r->p;
    char *end = strchr(line, '\n');
    char *key = end ? memchr(line, '\t', (size_t)(end - line)) : NULL;
    char *text = key ? memchr(key + 1, '\t', (size_t)(end - key - 1)) : NULL;
    if (!text) {
        return false;
    }
    *end = *key = *text = '\0';
    *ret_mark = line[0];
    *ret_n = line[0] && line[1] ? small_number(line + 1) : 0; /* an empty number is 0 */
    *ret_key = key + 1;
    *ret_text = text + 1;
    r->p = end + 1;
    return true;
}

static bool read_node(struct reader *r, int depth, struct node **ret)
{
    char mark, *key, *text;
    int n;
    if (depth > DEPTH_MAX + 1 || !next_line(r, &mark, &n, &key, &text)) {
        return false;
    }
    struct node *node = arena_alloc(r->a, sizeof *node);
    node->file = r->file;
    node->key = *key ? key : NULL;
    if (mark == 'T' || mark == 'Q') {
        node->quoted = mark == 'Q';
        node->text = text;
        *ret = node;
        return true;
    }
    if ((mark != 'L' && mark != 'M') || n < 0) {
        return false;
    }
    node->type = mark == 'L' ? NODE_LIST : NODE_MAP;
    node->n = n;
    struct node **at = &node->first;
    for (int i = 0; i < n; i++, at = &(*at)->next) {
        if (!read_node(r, depth + 1, at) || (mark == 'M' && !(*at)->key)) {
            return false;
        }
    }
    *ret = node;
    return true;
}

static int count_files(const char *text)
{
    int n = str_starts(text, "F\t");
    for (const char *p = strstr(text, "\nF\t"); p; p = strstr(p + 1, "\nF\t")) {
        n++;
    }
    return n;
}

bool snapshot_read(char *text, struct arena *a, struct trees *ret)
{
    struct trees t = {.n = 0};
    int n = count_files(text);
    t.at = arena_alloc(a, (size_t)(n + 1) * sizeof *t.at);
    struct reader r = {.p = text, .a = a};
    while (*r.p) {
        char mark, *key, *rest;
        int none;
        if (!next_line(&r, &mark, &none, &key, &rest) || mark != 'F' || t.n >= n) {
            return false;
        }
        r.file = key;
        t.at[t.n].name = key;
        if (!read_node(&r, 1, &t.at[t.n].root)) {
            return false;
        }
        t.n++;
    }
    *ret = t;
    return n > 0;
}
