/* Lifecycles as a whole: every state can be reached, no step is said twice. */
#include "inside.h"

#include <string.h>

static int state_index(const struct lifecycle_model *l, const char *code)
{
    for (int i = 0; i < l->n_states; i++) {
        if (strcmp(l->states[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}

static bool starts_reached(const struct lifecycle_model *l, const struct transition_model *t,
                           const bool *reached)
{
    for (int i = 0; i < t->n_from; i++) {
        if (reached[state_index(l, t->from[i])]) {
            return true;
        }
    }
    return false;
}

static void reach(const struct lifecycle_model *l, bool *reached)
{
    reached[state_index(l, l->initial)] = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < l->n_transitions; i++) {
            const struct transition_model *t = &l->transitions[i];
            int to = state_index(l, t->to);
            if (!reached[to] && starts_reached(l, t, reached)) {
                reached[to] = more = true;
            }
        }
    }
}

static const struct node *state_node(const struct node *at, const char *code)
{
    const struct node *list = node_get(at, "states");
    for (const struct node *c = list ? list->first : NULL; c; c = c->next) {
        const struct node *said = node_get(c, "code");
        if (said && str_eq(said->text, code)) {
            return said;
        }
    }
    return at;
}

static bool shares_start(const struct transition_model *a, const struct transition_model *b)
{
    for (int i = 0; i < a->n_from; i++) {
        for (int j = 0; j < b->n_from; j++) {
            if (strcmp(a->from[i], b->from[j]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void check_twice(struct decode *d, const struct lifecycle_model *l, const struct node *at)
{
    for (int i = 0; i < l->n_transitions; i++) {
        for (int j = 0; j < i; j++) {
            const struct transition_model *a = &l->transitions[i], *b = &l->transitions[j];
            if (strcmp(a->to, b->to) == 0 && shares_start(a, b)) {
                finding_at(d->r.found, node_get(at, "transitions"),
                           _("two transitions lead from the same state to \"%s\"; make them one"),
                           a->to);
            }
        }
    }
}

void check_lifecycle(struct decode *d, const struct kind_model *k, const struct lifecycle_model *l,
                     const struct node *at)
{
    ARENA scratch = {0};
    bool *reached = arena_alloc(&scratch, (size_t)l->n_states * sizeof *reached);
    reach(l, reached);
    for (int i = 0; i < l->n_states; i++) {
        if (!reached[i]) {
            finding_at(d->r.found, state_node(at, l->states[i].code),
                       _("no transition of %s leads to the state \"%s\""), k->kind->name,
                       l->states[i].code);
        }
    }
    check_twice(d, l, at);
}
