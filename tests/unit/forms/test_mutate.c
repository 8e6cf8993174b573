/* Thousands of small damages to the shipped files, the same ones at every run: never a crash, never
 * a hang, and what is refused always has a sentence with a place. */
#include "help.h"

#include "treben/base/id.h"
#include "treben/base/text.h"

enum { ROUNDS = 3000, CHANGES_MAX = 3 };

struct shipped {
    struct arena a;
    struct sources s;
    struct trees t;
};

static const char *const pieces[] = {
    "[",
    "]",
    "{",
    "}",
    "- ",
    ": ",
    "\n",
    "\n  ",
    "'",
    "\"",
    "&a ",
    "*a",
    "!x ",
    "|\n",
    "#",
    "%",
    "---\n",
    ", ",
    "~",
    "no",
    "true",
    "0",
    "-1",
    "999999999999",
    "{a: ",
    "\t",
    "\xC3",
    "\xE2\x80\xAE",
    "\\x00",
    "field:",
    "remove: true",
    "((((",
    "type == ",
    "KOORD_*",
    "*",
    "(POL)",
    "field:type",
    ".",
    "..",
    "ACTOR",
    "after: x",
};

static size_t insert(char *body, size_t n, size_t room, size_t at, const char *piece)
{
    size_t m = strlen(piece);
    if (n + m > room) {
        return n;
    }
    memmove(body + at + m, body + at, n - at);
    memcpy(body + at, piece, m);
    return n + m;
}

static size_t cut(char *body, size_t n, size_t at, size_t m)
{
    m = at + m > n ? n - at : m;
    memmove(body + at, body + at + m, n - at - m);
    return n - m;
}

/* A value of one place put into another: what a hand that copies lines does. */
static size_t copy_line(char *body, size_t n, size_t room, size_t from, size_t to)
{
    char line[512];
    size_t m = 0;
    while (from > 0 && body[from - 1] != '\n') {
        from--;
    }
    while (from + m < n && m + 1 < sizeof line && body[from + m] != '\n') {
        m++;
    }
    memcpy(line, body + from, m);
    line[m] = '\n';
    while (to > 0 && body[to - 1] != '\n') {
        to--;
    }
    if (n + m + 1 > room) {
        return n;
    }
    memmove(body + to + m + 1, body + to, n - to);
    memcpy(body + to, line, m + 1);
    return n + m + 1;
}

static size_t damage(struct rng *r, char *body, size_t n, size_t room)
{
    size_t at = n ? rng_below(r, (uint32_t)n) : 0;
    switch (rng_below(r, 6)) {
    case 0:
        return cut(body, n, at, 1 + rng_below(r, 3));
    case 1:
        return cut(body, n, at, 1 + rng_below(r, 200));
    case 2:
        if (n) {
            body[at] = (char)(32 + rng_below(r, 95));
        }
        return n;
    case 3:
        return copy_line(body, n, room, n ? rng_below(r, (uint32_t)n) : 0, at);
    default:
        return insert(body, n, room, at, pieces[rng_below(r, (uint32_t)N_OF(pieces))]);
    }
}

static void read_shipped(struct shipped *h)
{
    struct findings f = {0};
    *h = (struct shipped){.s = {.n = 0}};
    struct forms_dirs d = shipped_dirs(&h->a);
    sources_read(&d, NULL, &h->a, &h->s, &f);
    assert_true(trees_make(&h->s, &h->a, &h->t, &f));
    assert_int_equal(f.n, 0);
}

static void check_sentences(const struct findings *f)
{
    assert_true(f->n > 0);
    for (size_t i = 0; i < f->n; i++) {
        assert_true(f->at[i].file[0] && f->at[i].text[0]);
        assert_true(f->at[i].line >= 0 && f->at[i].column >= 0);
        assert_true(text_valid(f->at[i].text) && !strchr(f->at[i].text, '\n'));
    }
}

/* One damaged file among the others, which are read only once. */
static bool judge(struct shipped *h, int file, const char *body, size_t n)
{
    ARENA a = {0};
    struct findings f = {0};
    const struct source *was = &h->s.at[file];
    struct source s = {.name = was->name, .shown = was->name, .body = body, .n = n};
    struct node *shipped = h->t.at[file].root, *root;
    struct model *m = NULL;
    if (yaml_read(&s, &a, &root, &f)) {
        h->t.at[file].root = root;
        m = model_from_trees(&h->t, true, &f);
        h->t.at[file].root = shipped;
    }
    bool good = m != NULL;
    if (!good) {
        check_sentences(&f);
    }
    forms_free(m);
    findings_done(&f);
    return good;
}

static void damaged_files_get_sentences(void **state)
{
    (void)state;
    struct shipped h;
    struct rng r;
    int accepted = 0;
    read_shipped(&h);
    rng_seed(&r, 20261122);
    for (int i = 0; i < ROUNDS; i++) {
        int file = (int)rng_below(&r, (uint32_t)h.s.n);
        size_t n = h.s.at[file].n, room = n + 4096;
        AUTOFREE char *body = xmalloc(room + 1);
        memcpy(body, h.s.at[file].body, n);
        uint32_t changes = 1 + rng_below(&r, CHANGES_MAX);
        for (uint32_t c = 0; c < changes; c++) {
            n = damage(&r, body, n, room);
        }
        body[n] = '\0';
        accepted += judge(&h, file, body, n);
    }
    assert_true(accepted > 0 && accepted < ROUNDS); /* else the damage is no test */
    arena_done(&h.a);
}

/* The same over the shipped files: the overlay meets trees of every shape. */
static void damaged_overlays_get_sentences(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 7);
    for (int i = 0; i < ROUNDS / 10; i++) {
        struct shipped h;
        struct findings f = {0};
        read_shipped(&h);
        int file = (int)rng_below(&r, (uint32_t)h.s.n);
        size_t n = h.s.at[file].n, room = n + 4096;
        AUTOFREE char *body = xmalloc(room + 1);
        memcpy(body, h.s.at[file].body, n);
        n = damage(&r, body, n, room);
        struct source s = {
            .name = h.s.at[file].name, .shown = "site", .site = true, .body = body, .n = n};
        struct node *root;
        if (yaml_read(&s, &h.a, &root, &f)) {
            struct overlay o = {.a = &h.a, .found = &f, .rights = i % 2 == 0};
            overlay_tree(&o, h.t.at[file].root, root);
            forms_free(model_from_trees(&h.t, true, &f));
        }
        findings_done(&f);
        arena_done(&h.a);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_files_get_sentences),
        cmocka_unit_test(damaged_overlays_get_sentences),
    };
    help_start(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
