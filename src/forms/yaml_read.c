/* YAML to a tree through libyaml's event interface. Everything that is allowed is counted; the
 * first thing that is not stops the reading, so that no file can make it slow. */
#include "inside.h"

#include "treben/base/text.h"
#include <string.h>
#include <yaml.h>

enum { DEPTH_MAX = 8, EVENTS_MAX = 20000, TEXT_BYTES_MAX = 4096, CHILDREN_MAX = 1000 };

struct builder {
    const struct source *source;
    struct arena *a;
    struct findings *found;
    int events, documents, depth;
    struct open {
        struct node *node, *last;
        struct node *pending; /* a map's key that waits for its value */
    } stack[DEPTH_MAX];
    struct node *root;
};

static bool refuse(struct builder *b, yaml_mark_t at, const char *text)
{
    finding_in(b->found, b->source->shown, (int)at.line + 1, (int)at.column + 1, "%s", text);
    return false;
}

static struct node *node_new(struct builder *b, enum node_type type, yaml_mark_t at)
{
    struct node *n = arena_alloc(b->a, sizeof *n);
    n->type = type;
    n->file = b->source->shown;
    n->line = (int)at.line + 1;
    n->column = (int)at.column + 1;
    return n;
}

/* Puts a finished value where it belongs: root, list, or behind the pending key. */
static bool attach(struct builder *b, struct node *n, yaml_mark_t at)
{
    if (b->depth == 0) {
        b->root = n;
        return true;
    }
    struct open *top = &b->stack[b->depth - 1];
    if (top->node->n >= CHILDREN_MAX) {
        return refuse(b, at, _("too long; a list or map has at most 1000 entries"));
    }
    if (top->node->type == NODE_MAP) {
        n->key = top->pending->text;
        n->key_line = top->pending->line;
        n->key_column = top->pending->column;
        top->pending = NULL;
    }
    if (top->last) {
        top->last->next = n;
    } else {
        top->node->first = n;
    }
    top->last = n;
    top->node->n++;
    return true;
}

static bool wants_key(const struct builder *b)
{
    return b->depth > 0 && b->stack[b->depth - 1].node->type == NODE_MAP &&
           !b->stack[b->depth - 1].pending;
}

static bool take_key(struct builder *b, struct node *n, yaml_mark_t at)
{
    struct open *top = &b->stack[b->depth - 1];
    if (!*n->text) {
        return refuse(b, at, _("a key is expected here; check indentation and quotes"));
    }
    const struct node *first = node_get(top->node, n->text);
    if (first) {
        finding_in(b->found, b->source->shown, n->line, n->column,
                   _("the key \"%s\" stands here a second time; the first is in line %d"), n->text,
                   first->key_line);
        return false;
    }
    top->pending = n;
    return true;
}

/* Plain printable text without blanks to tidy is what text_accept would give back unchanged. */
static bool is_tidy(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] < 0x20 || s[i] > 0x7E ||
            (s[i] == ' ' && (i == 0 || i + 1 == n || s[i - 1] == ' '))) {
            return false;
        }
    }
    return true;
}

static bool on_text(struct builder *b, const yaml_event_t *ev)
{
    const char *s = (const char *)ev->data.scalar.value;
    size_t n = ev->data.scalar.length;
    if (n > TEXT_BYTES_MAX) {
        return refuse(b, ev->start_mark, _("the text is too long; at most 4096 bytes fit"));
    }
    struct node *node = node_new(b, NODE_TEXT, ev->start_mark);
    node->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (is_tidy(s, n)) {
        node->text = arena_strndup(b->a, s, n);
    } else {
        AUTOFREE char *text = NULL;
        struct err e = {.code = ERR_NONE};
        if (!text_accept(s, n, TEXT_LINE, 0, &text, &e)) {
            return refuse(b, ev->start_mark, e.text);
        }
        node->text = arena_strdup(b->a, text);
    }
    return wants_key(b) ? take_key(b, node, ev->start_mark) : attach(b, node, ev->start_mark);
}

static bool on_open(struct builder *b, enum node_type type, yaml_mark_t at)
{
    if (wants_key(b)) {
        return refuse(b, at, _("a key is a word, not a list or a map"));
    }
    if (b->depth >= DEPTH_MAX) {
        return refuse(b, at, _("nested too deep; at most 8 levels are allowed"));
    }
    struct node *n = node_new(b, type, at);
    if (!attach(b, n, at)) {
        return false;
    }
    b->stack[b->depth++] = (struct open){.node = n};
    return true;
}

static bool on_document(struct builder *b, const yaml_event_t *ev)
{
    if (ev->data.document_start.version_directive ||
        ev->data.document_start.tag_directives.start !=
            ev->data.document_start.tag_directives.end) {
        return refuse(b, ev->start_mark, _("lines that begin with % are not allowed"));
    }
    if (b->documents++) {
        return refuse(b, ev->start_mark, _("a second document begins here; a file holds one"));
    }
    return true;
}

static bool unmarked(struct builder *b, yaml_mark_t at, const yaml_char_t *anchor,
                     const yaml_char_t *tag)
{
    if (anchor) {
        return refuse(b, at, _("anchors (&) and aliases (*) are not allowed; write it out"));
    }
    return !tag || refuse(b, at, _("marks with ! are not allowed"));
}

static bool on_event(struct builder *b, const yaml_event_t *ev)
{
    if (++b->events > EVENTS_MAX) {
        return refuse(b, ev->start_mark, _("too much in one file; split it or shorten it"));
    }
    switch (ev->type) {
    case YAML_DOCUMENT_START_EVENT:
        return on_document(b, ev);
    case YAML_ALIAS_EVENT:
        return refuse(b, ev->start_mark,
                      _("anchors (&) and aliases (*) are not allowed; write it out"));
    case YAML_SCALAR_EVENT:
        return unmarked(b, ev->start_mark, ev->data.scalar.anchor, ev->data.scalar.tag) &&
               on_text(b, ev);
    case YAML_SEQUENCE_START_EVENT:
        return unmarked(b, ev->start_mark, ev->data.sequence_start.anchor,
                        ev->data.sequence_start.tag) &&
               on_open(b, NODE_LIST, ev->start_mark);
    case YAML_MAPPING_START_EVENT:
        return unmarked(b, ev->start_mark, ev->data.mapping_start.anchor,
                        ev->data.mapping_start.tag) &&
               on_open(b, NODE_MAP, ev->start_mark);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        b->depth--;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
}

/* Where a quote or key began says more than where the file ended. */
static bool refuse_broken(struct builder *b, const yaml_parser_t *p)
{
    const char *problem = p->problem ? p->problem : "";
    yaml_mark_t at = p->problem_mark;
    if (strcmp(problem, "found unexpected end of stream") == 0 ||
        strcmp(problem, "found unexpected document indicator") == 0 ||
        strcmp(problem, "could not find expected ':'") == 0) {
        at = p->context_mark;
    }
    return refuse(b, at, yaml_words(problem));
}

static bool read_events(struct builder *b, yaml_parser_t *p)
{
    for (bool end = false; !end;) {
        yaml_event_t ev;
        if (!yaml_parser_parse(p, &ev)) {
            return refuse_broken(b, p);
        }
        bool good = on_event(b, &ev);
        end = ev.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&ev);
        if (!good) {
            return false;
        }
    }
    return true;
}

bool yaml_read(const struct source *s, struct arena *a, struct node **ret, struct findings *found)
{
    if (!yaml_bytes(s, found)) {
        return false;
    }
    struct builder b = {.source = s, .a = a, .found = found};
    yaml_parser_t p;
    if (!yaml_parser_initialize(&p)) {
        finding_in(found, s->shown, 0, 0, _("the computer is out of memory"));
        return false;
    }
    yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p, (const unsigned char *)s->body, s->n);
    bool good = read_events(&b, &p);
    yaml_parser_delete(&p);
    if (!good) {
        return false;
    }
    if (!b.root) {
        finding_in(found, s->shown, 1, 1, _("the file is empty"));
        return false;
    }
    if (b.root->type != NODE_MAP) {
        finding_in(found, s->shown, b.root->line, b.root->column,
                   _("keys with values are expected here, as in {key: value}"));
        return false;
    }
    *ret = b.root;
    return true;
}
