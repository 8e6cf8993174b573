/* Reads the oracle: matrix.txt (who sees records) and fields.txt (which fields are of the shared
 * part). */
#include "city.h"

#include "treben/base/mem.h"

#include <stdio.h>

#define LINES_MAX 300
#define FIELDS_MAX 1500
#define OWN_MAX 64

struct line {
    char name[64];
    enum level own[READERS], other[READERS];
};
struct rule {
    char name[96]; /* "incident.type", "common.rev" */
    enum level needs;
};
struct oracle {
    struct line lines[LINES_MAX];
    int n_lines;
    struct rule rules[FIELDS_MAX];
    int n_rules;
    enum level (*levels)[READERS]; /* per seed, worked out once */
    enum level (*needs)[OWN_MAX];  /* per kind and field */
};

static enum level level_of(char c)
{
    switch (c) {
    case 'F':
        return LEVEL_FULL;
    case 'S':
        return LEVEL_SHARED;
    case 'M':
        return LEVEL_META;
    case '-':
        return LEVEL_NONE;
    default:
        fail_msg("the oracle has a level \"%c\"", c);
        return LEVEL_NONE;
    }
}

static void read_reader(struct reader *r, const char *word)
{
    assert_int_equal(sscanf(word, "%15[A-Z_](%7[A-Z])", r->role, r->agency), 2);
    snprintf(r->login, sizeof r->login, "%s.%s", r->role, r->agency);
    for (char *p = r->login; *p; p++) {
        *p = *p == '_' ? '-' : *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    }
}

static void read_cells(struct line *line, char *cells)
{
    char *rest = NULL, *word = strtok_r(cells, " \n", &rest);
    for (int i = 0; i < READERS; i++, word = strtok_r(NULL, " \n", &rest)) {
        if (!word) {
            fail_msg("%s: fewer cells than readers", line->name);
        }
        line->own[i] = level_of(word[0]);
        line->other[i] = word[1] == '/' ? level_of(word[2]) : line->own[i];
    }
    assert_null(word);
}

static void read_line(struct oracle *o, char *text, struct reader readers[READERS])
{
    char *bar = strchr(text, '|'), *rest = NULL;
    if (bar) {
        struct line *line = &o->lines[o->n_lines++];
        assert_true(o->n_lines < LINES_MAX);
        size_t n = (size_t)(bar - text);
        while (n && text[n - 1] == ' ') {
            n--;
        }
        snprintf(line->name, sizeof line->name, "%.*s", (int)n, text);
        read_cells(line, bar + 1);
        return;
    }
    int i = 0;
    for (char *word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
        assert_true(i < READERS);
        read_reader(&readers[i++], word);
    }
    assert_true(i == 0 || i == READERS);
}

static void read_matrix(struct oracle *o, struct reader readers[READERS])
{
    char text[600];
    FILE *f = fopen(TREBEN_ROOT "/tests/rights/matrix.txt", "re");
    assert_non_null(f);
    while (fgets(text, sizeof text, f)) {
        if (text[0] != '#') {
            read_line(o, text, readers);
        }
    }
    fclose(f);
    assert_true(o->n_lines > 30);
}

static void read_fields(struct oracle *o)
{
    char text[300], type[60], flags[120];
    FILE *f = fopen(TREBEN_ROOT "/tests/fields.txt", "re");
    assert_non_null(f);
    while (fgets(text, sizeof text, f)) {
        struct rule *r = &o->rules[o->n_rules];
        if (text[0] == '#' || sscanf(text, "%95s %59s %119s", r->name, type, flags) != 3) {
            continue;
        }
        r->needs = strstr(flags, "META")     ? LEVEL_META
                   : strstr(flags, "SHARED") ? LEVEL_SHARED
                                             : LEVEL_FULL;
        assert_true(++o->n_rules < FIELDS_MAX);
    }
    fclose(f);
    assert_true(o->n_rules > 300);
}

struct oracle *oracle_read(struct reader readers[READERS])
{
    struct oracle *o = xcalloc(1, sizeof *o);
    read_matrix(o, readers);
    read_fields(o);
    return o;
}

void oracle_free(struct oracle *o)
{
    free(o->levels);
    free(o->needs);
    free(o);
}

static const struct line *line_find(const struct oracle *o, const char *name)
{
    for (int i = 0; i < o->n_lines; i++) {
        if (str_eq(o->lines[i].name, name)) {
            return &o->lines[i];
        }
    }
    return NULL;
}

static enum level level_said(const struct city *c, int reader, const struct seed *s)
{
    char name[80];
    const char *kind = s->k->kind->name;
    snprintf(name, sizeof name, "%s%s%s", kind, s->variant[0] ? " " : "", s->variant);
    bool mine = s->reader == reader || s->reader < 0; /* what another made is as any other */
    const struct line *line = mine ? line_find(c->oracle, name) : NULL;
    if (!line) {
        line = line_find(c->oracle, kind);
    }
    if (!line) {
        fail_msg("the oracle says nothing about %s", kind);
    }
    bool own = str_eq(s->owner, c->readers[reader].agency);
    return own ? line->own[reader] : line->other[reader];
}

static enum level needs_said(const struct city *c, const struct kind_model *k, int field)
{
    char name[120];
    bool common = field >= k->n_own;
    snprintf(name, sizeof name, "%s.%s", common ? "common" : k->kind->name,
             k->fields[field].f.name);
    for (int i = 0; i < c->oracle->n_rules; i++) {
        if (str_eq(c->oracle->rules[i].name, name)) {
            return c->oracle->rules[i].needs;
        }
    }
    fail_msg("tests/fields.txt says nothing about %s", name);
    return LEVEL_FULL;
}

void oracle_ready(struct city *c)
{
    struct oracle *o = c->oracle;
    o->levels = xcalloc((size_t)c->n, sizeof *o->levels);
    o->needs = xcalloc((size_t)c->model->n_kinds, sizeof *o->needs);
    for (int i = 0; i < c->n; i++) {
        for (int r = 0; r < READERS; r++) {
            o->levels[i][r] = level_said(c, r, &c->seeds[i]);
        }
    }
    for (int i = 0; i < c->model->n_kinds; i++) {
        const struct kind_model *k = &c->model->kinds[i];
        assert_true(k->n_fields <= OWN_MAX);
        for (int f = 0; f < k->n_fields; f++) {
            o->needs[i][f] = needs_said(c, k, f);
        }
    }
}

enum level oracle_level(const struct city *c, int reader, const struct seed *s)
{
    return c->oracle->levels[s - c->seeds][reader];
}

enum level oracle_needs(const struct city *c, const struct kind_model *k, int field)
{
    return c->oracle->needs[k - c->model->kinds][field];
}
