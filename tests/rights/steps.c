/* Reads tests/transitions.txt and holds it against what the configuration says. */
#include "steps.h"

#include "../scenario/harness.h"

#include <stdio.h>

/* Cuts text at the first `mark` and trims both parts; the part behind it, NULL: there is none. */
static char *cut(char *text, const char *mark)
{
    char *behind = strstr(text, mark);
    if (behind) {
        *behind = '\0';
        behind += strlen(mark);
    }
    for (char *p = text + strlen(text); p > text && p[-1] == ' ';) {
        *--p = '\0';
    }
    return behind ? behind + strspn(behind, " ") : NULL;
}

static void put(char *to, size_t room, const char *word)
{
    if (strlen(word) >= room) {
        fail_msg("transitions.txt: \"%s\" is too long", word);
    }
    memcpy(to, word, strlen(word) + 1);
}

/* "CHEF(POL)|KOORD_P + CHEF, other agencies, not proposed_by" */
static void read_who(struct step *s, char *text)
{
    char *also = cut(text, ",");
    while (also) {
        char *next = cut(also, ",");
        if (strcmp(also, "other agencies") == 0) {
            s->other_agencies = true;
        } else if (str_starts(also, "not ")) {
            put(s->not_actor, sizeof s->not_actor, also + 4);
        } else {
            fail_msg("transitions.txt, %s: \"%s\" says nothing", s->kind, also);
        }
        also = next;
    }
    for (char *group = text, *next; group; group = next) {
        next = cut(group, "+");
        assert_true(s->n_who < WHO_MAX);
        for (char *p = group; *p; p++) {
            *p = *p == '|' ? ',' : *p;
        }
        put(s->who[s->n_who], sizeof s->who[0], group);
        s->n_who++;
    }
}

static void read_guards(struct step *s, char *text)
{
    char *rest = NULL;
    for (char *w = strtok_r(text, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
        if (strcmp(w, "reason") == 0) {
            s->reason = true;
            continue;
        }
        struct step_guard *g = &s->guards[s->n_guards++];
        assert_true(s->n_guards <= GUARDS_MAX);
        size_t n = strlen(w);
        g->empty_passes = w[n - 1] == '~';
        w[n - g->empty_passes] = '\0';
        put(g->name, sizeof g->name, w);
    }
}

/* One line, each of its from with each of its to. */
static void read_line(struct steps *all, char *text)
{
    struct step s = {0};
    char *from = cut(text, " "), *to = cut(from, ">"), *who = cut(to, ":");
    char *guards = who ? cut(who, ": ") : NULL;
    if (!to || !who) {
        fail_msg("transitions.txt: \"%s %s\" is no step", text, from);
    }
    if (*who && who[strlen(who) - 1] == ':') { /* no guards */
        who[strlen(who) - 1] = '\0';
        cut(who, "\n");
    }
    put(s.kind, sizeof s.kind, text);
    read_who(&s, who);
    if (guards) {
        read_guards(&s, guards);
    }
    char *rest_from = NULL;
    for (char *f = strtok_r(from, "|", &rest_from); f; f = strtok_r(NULL, "|", &rest_from)) {
        AUTOFREE char *targets = xstrdup(to);
        char *rest_to = NULL;
        for (char *t = strtok_r(targets, "|", &rest_to); t; t = strtok_r(NULL, "|", &rest_to)) {
            put(s.from, sizeof s.from, f);
            put(s.to, sizeof s.to, t);
            if (steps_find(all, s.kind, s.from, s.to)) {
                fail_msg("transitions.txt: %s %s > %s stands there twice", s.kind, f, t);
            }
            all->at = xrealloc(all->at, sizeof s * (size_t)(all->n + 1));
            all->at[all->n++] = s;
        }
    }
}

struct steps *steps_read(void)
{
    struct steps *all = xcalloc(1, sizeof *all);
    char text[600];
    FILE *f = fopen(TREBEN_ROOT "/tests/transitions.txt", "re");
    assert_non_null(f);
    while (fgets(text, sizeof text, f)) {
        text[strcspn(text, "\n")] = '\0';
        if (text[0] && text[0] != '#') {
            read_line(all, text);
        }
    }
    fclose(f);
    return all;
}

void steps_free(struct steps *s)
{
    free(s->at);
    free(s);
}

struct step *steps_find(struct steps *s, const char *kind, const char *from, const char *to)
{
    for (int i = 0; i < s->n; i++) {
        struct step *x = &s->at[i];
        if (!strcmp(x->kind, kind) && !strcmp(x->from, from) && !strcmp(x->to, to)) {
            return x;
        }
    }
    return NULL;
}

/* ---- against the configuration ---- */

static void add_term(struct str *s, const struct kind_model *k, const struct actor *a)
{
    static const char *const words[] = {[ACTOR_OWNER_AGENCY] = "owner_agency",
                                        [ACTOR_AUTHOR] = "author",
                                        [ACTOR_SYSTEM] = "system"};
    str_add(s, s->len ? "," : "");
    if (a->type == ACTOR_FIELD) {
        str_printf(s, "field:%s", k->fields[a->field].f.name);
    } else if (a->type == ACTOR_ROLE && a->agency) {
        str_printf(s, "%s(%s)", a->role, a->agency);
    } else {
        str_add(s, a->type == ACTOR_ROLE ? a->role : words[a->type]);
    }
}

/* The same terms, in whatever order. */
static bool same_terms(const char *a, const char *b)
{
    const char *pos = NULL, *item;
    size_t n;
    if (str_list_count(a) != str_list_count(b)) {
        return false;
    }
    while (str_list_next(a, &pos, &item, &n)) {
        AUTOFREE char *word = xstrndup(item, n);
        if (!str_list_has(b, word)) {
            return false;
        }
    }
    return true;
}

static void compare_group(const struct step *s, int i, const struct kind_model *k,
                          const struct actor *any, int n, struct str *wrong)
{
    STR terms = {0};
    for (int j = 0; j < n; j++) {
        add_term(&terms, k, &any[j]);
    }
    if (!n) { /* nobody is named: left to the system */
        str_add(&terms, "system");
    }
    if (i >= s->n_who || !same_terms(s->who[i], str_text(&terms))) {
        str_printf(wrong, "%s %s > %s: who is \"%s\" in forms/ or config/, \"%s\" in the file\n",
                   s->kind, s->from, s->to, str_text(&terms), i < s->n_who ? s->who[i] : "");
    }
}

static bool asks(const struct step *s, const char *guard)
{
    for (int i = 0; i < s->n_guards; i++) {
        if (strcmp(s->guards[i].name, guard) == 0) {
            return true;
        }
    }
    return false;
}

static void compare_one(const struct step *s, const struct kind_model *k,
                        const struct transition_model *t, struct str *wrong)
{
    for (int i = 0; i < t->n_who; i++) {
        compare_group(s, i, k, t->who[i].any, t->who[i].n, wrong);
    }
    bool same = s->n_who == t->n_who && s->n_guards == t->n_guards &&
                s->reason == t->needs_reason && s->other_agencies == t->distinct_agencies &&
                strcmp(s->not_actor, t->not_actor ? t->not_actor : "") == 0;
    for (int i = 0; i < t->n_guards; i++) {
        same &= asks(s, t->guards[i]);
    }
    if (!same) {
        str_printf(wrong, "%s %s > %s: guards, reason, \"not\" or the number of people differ\n",
                   s->kind, s->from, s->to);
    }
}

static void compare_made(struct steps *s, const struct kind_model *k, struct str *wrong)
{
    const char *initial = k->lifecycles[0].initial;
    struct step *made = steps_find(s, k->kind->name, "-", initial);
    if (made) {
        made->found = true;
        compare_group(made, 0, k, k->rights.create, k->rights.n_create, wrong);
    } else {
        str_printf(wrong, "%s - > %s: not in the file\n", k->kind->name, initial);
    }
}

void steps_compare(struct steps *s, const struct model *m, struct str *wrong)
{
    for (int i = 0; i < m->n_kinds; i++) {
        const struct kind_model *k = &m->kinds[i];
        for (int l = 0; l < k->n_lifecycles; l++) {
            for (int j = 0; j < k->lifecycles[l].n_transitions; j++) {
                const struct transition_model *t = &k->lifecycles[l].transitions[j];
                for (int f = 0; f < t->n_from; f++) {
                    struct step *one = steps_find(s, k->kind->name, t->from[f], t->to);
                    if (one) {
                        one->found = true;
                        compare_one(one, k, t, wrong);
                    } else {
                        str_printf(wrong, "%s %s > %s: not in the file\n", k->kind->name,
                                   t->from[f], t->to);
                    }
                }
            }
        }
        if (k->n_lifecycles) {
            compare_made(s, k, wrong);
        }
    }
    for (int i = 0; i < s->n; i++) {
        if (!s->at[i].found) {
            str_printf(wrong, "%s %s > %s: only in the file\n", s->at[i].kind, s->at[i].from,
                       s->at[i].to);
        }
    }
}
