/* Words of the files to fields, kinds and expressions; what is unknown gets the nearest valid word.
 */
#include "inside.h"

#include <string.h>

/* Names that every record has beside its fields. */
static const char *const record_names[] = {"id", "case_no", "title"};

static bool unknown_field(struct decode *d, const struct kind_model *k, const struct node *n,
                          const char *word)
{
    ARENA scratch = {0};
    size_t room = (size_t)k->n_fields + N_OF(record_names), count = 0;
    const char **names = arena_alloc(&scratch, room * sizeof *names);
    for (int i = 0; i < k->n_fields; i++) {
        names[count++] = k->fields[i].f.name;
    }
    for (size_t i = 0; i < N_OF(record_names); i++) {
        names[count++] = record_names[i];
    }
    AUTOFREE char *what = xprintf(_("%s has no field"), k->kind->name);
    return finding_unknown(d->r.found, n, what, word, names, count);
}

int decode_field(struct decode *d, const struct kind_model *k, const struct node *n)
{
    if (n->type != NODE_TEXT) {
        finding_at(d->r.found, n, _("the name of a field is expected here"));
        return -1;
    }
    int i = model_field(k, n->text);
    if (i < 0) {
        unknown_field(d, k, n, n->text);
    }
    return i;
}

int *decode_field_list(struct decode *d, const struct kind_model *k, const struct node *list,
                       int *ret_n)
{
    *ret_n = 0;
    if (!list) {
        return NULL;
    }
    int *fields = arena_alloc(d->r.a, (size_t)list->n * sizeof *fields);
    for (const struct node *c = list->first; c; c = c->next) {
        int i = decode_field(d, k, c);
        for (int j = 0; i >= 0 && j < *ret_n; j++) {
            if (fields[j] == i) {
                finding_at(d->r.found, c, _("\"%s\" stands in this list twice"), c->text);
                i = -1;
            }
        }
        if (i >= 0) {
            fields[(*ret_n)++] = i;
        }
    }
    return fields;
}

const char **decode_words(struct decode *d, const struct node *list, int *ret_n)
{
    *ret_n = 0;
    if (!list) {
        return NULL;
    }
    const char **words = arena_alloc(d->r.a, (size_t)list->n * sizeof *words);
    for (const struct node *c = list->first; c; c = c->next) {
        const char *word = read_text(&d->r, c, WORD_LEN_MAX);
        if (word) {
            words[(*ret_n)++] = word;
        }
    }
    return words;
}

const char *decode_bool(struct decode *d, const struct node *map, const char *key)
{
    return arena_strdup(d->r.a, read_bool(&d->r, map, key, false) ? "1" : "0");
}

const struct kind_model *decode_kind(struct decode *d, const struct node *n, const char *name)
{
    const struct kind_model *k = model_kind(d->m, name);
    if (k) {
        return k;
    }
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)n_all_kinds * sizeof *names);
    for (int i = 0; i < n_all_kinds; i++) {
        names[i] = all_kinds[i]->name;
    }
    finding_unknown(d->r.found, n, _("unknown kind"), name, names, (size_t)n_all_kinds);
    return NULL;
}

static bool is_record_name(const char *name)
{
    for (size_t i = 0; i < N_OF(record_names); i++) {
        if (strcmp(record_names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool step_of(struct decode *d, const struct kind_model *k, const struct node *n, int field,
                    const char *step, int *ret_step)
{
    const struct field_model *f = &k->fields[field];
    if (f->f.type != F_REF) {
        finding_at(d->r.found, n, _("\"%s\" is no reference; nothing can follow it after a dot"),
                   f->f.name);
        return false;
    }
    if (!f->target) {
        finding_at(d->r.found, n,
                   _("\"%s\" may refer to any kind; nothing can follow it after a dot"), f->f.name);
        return false;
    }
    *ret_step = model_field(f->target, step);
    if (*ret_step >= 0 || is_record_name(step)) {
        return true;
    }
    return strchr(step, '.')
               ? (finding_at(d->r.found, n, _("only one step after a reference is allowed")), false)
               : unknown_field(d, f->target, n, step);
}

bool decode_path(struct decode *d, const struct kind_model *k, const struct node *n,
                 const char *path, int *ret_field, int *ret_step)
{
    *ret_field = *ret_step = -1;
    const char *dot = strchr(path, '.');
    if (!dot) {
        *ret_field = model_field(k, path);
        return *ret_field >= 0 || is_record_name(path) || unknown_field(d, k, n, path);
    }
    AUTOFREE char *first = xstrndup(path, (size_t)(dot - path));
    *ret_field = model_field(k, first);
    if (*ret_field < 0) {
        return unknown_field(d, k, n, first);
    }
    return step_of(d, k, n, *ret_field, dot + 1, ret_step);
}

/* A number of config/site.yaml stands in a condition as {its_name}. */
static const char *put_numbers(struct decode *d, const char *text)
{
    static const char name[] = "{review_overdue_days}";
    STR s = {0};
    const char *at;
    while ((at = strstr(text, name))) {
        str_addn(&s, text, (size_t)(at - text));
        str_printf(&s, "%d", d->m->review_overdue_days);
        text = at + strlen(name);
    }
    str_add(&s, text);
    return arena_strdup(d->r.a, s.p);
}

const struct expr *decode_expr(struct decode *d, const struct kind_model *k, const struct node *map,
                               const char *key, const char **ret_text)
{
    const struct node *n = node_get(map, key);
    const char *text = n ? read_text(&d->r, n, 2000) : NULL;
    if (!text) {
        return NULL;
    }
    text = strchr(text, '{') ? put_numbers(d, text) : text;
    const struct expr *x = NULL;
    struct err e = {.code = ERR_NONE};
    if (!expr_parse(d->r.a, text, &x, &e)) {
        finding_at(d->r.found, n, "%s", e.text);
        return NULL;
    }
    if (d->checking) {
        check_expr(d, k, n, x);
    }
    if (ret_text) {
        *ret_text = text;
    }
    return x;
}
