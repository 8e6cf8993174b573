/* Findings: what is wrong in which file, at which line and column. */
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/forms/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FINDINGS_MAX = 200 }; /* who has so many starts with the first ones */

/* Copies what fits, never half a character. */
static void put(char *to, size_t room, const char *text)
{
    size_t n = strlen(text);
    if (n >= room) {
        n = room - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
            n--;
        }
    }
    memcpy(to, text, n);
    to[n] = '\0';
}

static void add(struct findings *f, const char *file, int line, int column, const char *fmt,
                va_list args)
{
    if (!f || f->n >= FINDINGS_MAX) {
        return;
    }
    char raw[1024];
    if (vsnprintf(raw, sizeof raw, fmt, args) < 0) {
        raw[0] = '\0';
    }
    AUTOFREE char *text = text_clean(raw, false); /* words of the file may hold anything */
    AUTOFREE char *name = text_clean(file ? file : "", false);
    f->at = xrealloc(f->at, (f->n + 1) * sizeof *f->at);
    struct finding *new = &f->at[f->n++];
    *new = (struct finding){.line = line, .column = column};
    put(new->file, sizeof new->file, name);
    put(new->text, sizeof new->text, text);
}

void finding_in(struct findings *f, const char *file, int line, int column, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(f, file, line, column, fmt, args);
    va_end(args);
}

void finding_at(struct findings *f, const struct node *n, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(f, n->file, n->line, n->column, fmt, args);
    va_end(args);
}

void finding_at_key(struct findings *f, const struct node *n, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add(f, n->file, n->key ? n->key_line : n->line, n->key ? n->key_column : n->column, fmt, args);
    va_end(args);
}

bool finding_unknown(struct findings *f, const struct node *n, const char *what, const char *word,
                     const char *const *words, size_t n_words)
{
    const char *near = str_nearest(word, words, n_words);
    if (near) {
        finding_at(f, n, _("%s \"%s\"; did you mean \"%s\"?"), what, word, near);
    } else {
        finding_at(f, n, "%s \"%s\"", what, word);
    }
    return false;
}

char *finding_text(const struct finding *f)
{
    if (f->line <= 0) {
        return xprintf("%s: %s", f->file, f->text);
    }
    return xprintf(_("%s, line %d, column %d: %s"), f->file, f->line, f->column, f->text);
}

void findings_done(struct findings *f)
{
    free(f->at);
    *f = (struct findings){0};
}
