/* Who acts: "ROLE", "ROLE(POL)", "KOORD_*", owner_agency, field:NAME, author, system. */
#include "inside.h"

#include <string.h>

bool decode_agency(struct decode *d, const struct node *n, const char *agency)
{
    if (model_agency(d->m, agency)) {
        return true;
    }
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)d->m->n_agencies * sizeof *names);
    for (int i = 0; i < d->m->n_agencies; i++) {
        names[i] = d->m->agencies[i].code;
    }
    return finding_unknown(d->r.found, n, _("unknown agency"), agency, names,
                           (size_t)d->m->n_agencies);
}

/* "KOORD_*" is known when any role begins so. */
bool decode_role(struct decode *d, const struct node *n, const char *role)
{
    size_t len = strlen(role);
    bool prefix = len > 1 && role[len - 1] == '*';
    for (int i = 0; i < d->m->n_roles; i++) {
        const char *code = d->m->roles[i].code;
        if (prefix ? strncmp(code, role, len - 1) == 0 : strcmp(code, role) == 0) {
            return true;
        }
    }
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)d->m->n_roles * sizeof *names);
    for (int i = 0; i < d->m->n_roles; i++) {
        names[i] = d->m->roles[i].code;
    }
    return finding_unknown(d->r.found, n, _("unknown role"), role, names, (size_t)d->m->n_roles);
}

static bool actor_field(struct decode *d, const struct kind_model *k, const struct node *n,
                        const char *name, struct actor *ret)
{
    struct node named = *n;
    named.text = name;
    int field = decode_field(d, k, &named);
    if (field < 0) {
        return false;
    }
    const struct field *f = &k->fields[field].f;
    if ((f->type != F_REF && f->type != F_REFS) || !str_eq(f->of, "user")) {
        finding_at(d->r.found, n,
                   _("\"%s\" does not name users; after \"field:\" a field that does is expected"),
                   name);
        return false;
    }
    *ret = (struct actor){.type = ACTOR_FIELD, .field = field};
    return true;
}

/* "CHEF(POL)" */
static bool actor_role(struct decode *d, const struct node *n, const char *text, struct actor *ret)
{
    const char *open = strchr(text, '(');
    size_t len = strlen(text);
    if (!open) {
        *ret = (struct actor){.type = ACTOR_ROLE, .role = text, .field = -1};
        return decode_role(d, n, text);
    }
    if (open == text || text[len - 1] != ')' || open + 1 == text + len - 1) {
        finding_at(d->r.found, n, _("a role of one agency is written \"ROLE(AGENCY)\", in quotes"));
        return false;
    }
    const char *role = arena_strndup(d->r.a, text, (size_t)(open - text));
    const char *agency = arena_strndup(d->r.a, open + 1, len - (size_t)(open - text) - 2);
    *ret = (struct actor){.type = ACTOR_ROLE, .role = role, .agency = agency, .field = -1};
    return decode_role(d, n, role) && decode_agency(d, n, agency);
}

bool decode_actor(struct decode *d, const struct kind_model *k, const struct node *n,
                  struct actor *ret)
{
    static const struct {
        const char *word;
        enum actor_type type;
    } words[] = {
        {"owner_agency", ACTOR_OWNER_AGENCY}, {"author", ACTOR_AUTHOR}, {"system", ACTOR_SYSTEM}};
    const char *text = read_text(&d->r, n, WORD_LEN_MAX);
    if (!text) {
        return false;
    }
    for (size_t i = 0; i < N_OF(words); i++) {
        if (strcmp(text, words[i].word) == 0) {
            *ret = (struct actor){.type = words[i].type, .field = -1};
            return true;
        }
    }
    if (str_starts(text, "field:")) {
        return actor_field(d, k, n, text + strlen("field:"), ret);
    }
    return actor_role(d, n, text, ret);
}

struct actor *decode_actors(struct decode *d, const struct kind_model *k,
                            const struct node *map, const char *key, int *ret_n)
{
    const struct node *list = read_list(&d->r, map, key);
    if (!list) {
        return NULL;
    }
    struct actor *actors = arena_alloc(d->r.a, (size_t)list->n * sizeof *actors);
    for (const struct node *c = list->first; c; c = c->next) {
        if (decode_actor(d, k, c, &actors[*ret_n])) {
            (*ret_n)++;
        }
    }
    return actors;
}
