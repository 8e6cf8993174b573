/* exchange/police_mapping.c: what each type of the police's feed means here, read from the configuration. */
#include "police.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/forms/tree.h"

#include <stdlib.h>
#include <string.h>

static const char *known_code(struct node_reader *r, const struct model *m, const struct node *map, const char *key,
                              const char *list)
{
    const struct node *n = node_get(map, key);
    const struct code_list *l = model_list(m, list);
    if (!n || !n->text)
        return NULL;
    if (!l || model_code(l, n->text))
        return read_text(r, n, 40);
    const char **words = xcalloc((size_t)l->n_codes + 1, sizeof *words);
    for (int i = 0; i < l->n_codes; i++)
        words[i] = l->codes[i].code;
    finding_unknown(r->found, n, _("unknown code"), n->text, words, (size_t)l->n_codes);
    free(words);
    return NULL;
}

static void read_types(struct node_reader *r, const struct model *m, const struct node *list, struct police_mapping *ret)
{
    static const char *const keys[] = {"type", "incident", "confirmed", "skip"};
    ret->types = arena_alloc(&ret->arena, (size_t)(list ? list->n : 0) * sizeof *ret->types + 1);
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        if (!read_is_map(r, n))
            continue;
        read_keys(r, n, keys, N_OF(keys));
        struct police_type *t = &ret->types[ret->n_types];
        t->type = read_need_text(r, n, "type", 80);
        t->incident = known_code(r, m, n, "incident", "incident_type");
        t->confirmed = known_code(r, m, n, "confirmed", "confirmed");
        bool skip = read_bool(r, n, "skip", false);
        if (!t->incident && !skip)
            finding_at(r->found, n, _("say what the type becomes (incident: CODE) or that it is left out (skip: true)"));
        ret->n_types += t->type != NULL;
    }
}

static const char **read_words(struct node_reader *r, const struct node *map, const char *key, bool fold, int *ret_n)
{
    const struct node *list = read_list(r, map, key);
    const char **words = arena_alloc(r->a, (size_t)(list ? list->n : 0) * sizeof *words + 1);
    int n = 0;
    for (const struct node *w = list ? list->first : NULL; w; w = w->next) {
        const char *text = read_text(r, w, 80);
        if (!text)
            continue;
        if (fold) {
            AUTOFREE char *folded = text_fold(text);
            text = arena_strdup(r->a, folded);
        }
        words[n++] = text;
    }
    *ret_n = n;
    return words;
}

static void read_patterns(struct node_reader *r, const struct model *m, const struct node *list, struct police_mapping *ret)
{
    static const char *const keys[] = {"words", "incident", "in"};
    ret->patterns = arena_alloc(&ret->arena, (size_t)(list ? list->n : 0) * sizeof *ret->patterns + 1);
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        if (!read_is_map(r, n))
            continue;
        read_keys(r, n, keys, N_OF(keys));
        struct police_pattern *p = &ret->patterns[ret->n_patterns++];
        p->incident = known_code(r, m, n, "incident", "incident_type");
        p->words = read_words(r, n, "words", true, &p->n_words);
        p->in = read_words(r, n, "in", false, &p->n_in);
    }
}

static void read_places(struct node_reader *r, const struct model *m, const struct node *list, struct police_mapping *ret)
{
    static const char *const keys[] = {"place", "area"};
    ret->places = arena_alloc(&ret->arena, (size_t)(list ? list->n : 0) * sizeof *ret->places + 1);
    for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
        if (!read_is_map(r, n))
            continue;
        read_keys(r, n, keys, N_OF(keys));
        struct police_place *p = &ret->places[ret->n_places++];
        p->place = read_need_text(r, n, "place", 80);
        p->area = known_code(r, m, n, "area", "area");
    }
}

bool police_mapping_load(const struct forms_dirs *d, const struct model *m, struct police_mapping **ret,
                         struct findings *findings, struct err *e)
{
    static const char *const keys[] = {"types", "patterns", "places"};
    struct findings own = {0};
    struct findings *found = findings ? findings : &own;
    ARENA nodes = {0};
    const struct node *root;
    if (!forms_read_config(d, "import-police.yaml", &nodes, &root, found, e)) {
        findings_done(&own);
        return false;
    }
    if (!root) {
        findings_done(&own);
        return err_set(e, ERR_IO, _("The file config/import-police.yaml is missing; it says what the feed's types mean."));
    }
    struct police_mapping *p = xcalloc(1, sizeof *p);
    struct node_reader r = {.a = &p->arena, .found = found};
    size_t before = found->n;
    read_keys(&r, root, keys, N_OF(keys));
    read_types(&r, m, read_list(&r, root, "types"), p);
    read_patterns(&r, m, node_get(root, "patterns"), p);
    read_places(&r, m, node_get(root, "places"), p);
    bool sound = found->n == before;
    if (!sound) {
        AUTOFREE char *first = finding_text(&found->at[before]);
        err_set(e, ERR_SYNTAX, "%s", first);
        police_mapping_free(p);
    } else {
        *ret = p;
    }
    findings_done(&own);
    return sound;
}

void police_mapping_free(struct police_mapping *m)
{
    if (!m)
        return;
    arena_done(&m->arena);
    free(m);
}

/* The feed writes some types with a space at the end; the configuration's texts have none. */
const struct police_type *police_type_find(const struct police_mapping *m, const char *type)
{
    size_t n = strlen(type);
    while (n && type[n - 1] == ' ')
        n--;
    for (int i = 0; i < m->n_types; i++)
        if (strlen(m->types[i].type) == n && memcmp(m->types[i].type, type, n) == 0)
            return &m->types[i];
    return NULL;
}

static bool in_list(const char *const *words, int n, const char *word)
{
    for (int i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return n == 0;
}

/* Whole words at the start of a word: "skjut" finds "skjuten". */
static bool has_word(const char *folded, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = folded; n && (p = strstr(p, word)); p += n)
        if (p == folded || p[-1] == ' ')
            return true;
    return false;
}

const char *police_pattern_find(const struct police_mapping *m, const char *type, const char *text)
{
    AUTOFREE char *folded = text_fold(text);
    for (int i = 0; i < m->n_patterns; i++) {
        const struct police_pattern *p = &m->patterns[i];
        if (!in_list(p->in, p->n_in, type))
            continue;
        for (int w = 0; w < p->n_words; w++)
            if (has_word(folded, p->words[w]))
                return p->incident;
    }
    return NULL;
}

const char *police_area(const struct police_mapping *m, const char *place)
{
    for (int i = 0; i < m->n_places; i++)
        if (str_eq(m->places[i].place, place))
            return m->places[i].area;
    return "OKAND";
}
