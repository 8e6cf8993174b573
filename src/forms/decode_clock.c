/* Clocks and the steps of a plan: what makes a task, when it is due and whose it is. */
#include "inside.h"

#include "treben/core/lifecycle.h"
#include <string.h>

static const char *const clock_keys[] = {"name",  "while",    "unless", "from",
                                         "owner", "priority", "title"};
static const char *const step_keys[] = {"name",     "while", "unless", "from", "after", "owner",
                                        "priority", "title", "reads"};

static void decode_length(struct decode *d, const struct node *n, struct clock_model *c)
{
    ARENA scratch = {0};
    const char **names = arena_alloc(&scratch, (size_t)d->n_deadlines * sizeof *names);
    for (int i = 0; i < d->n_deadlines; i++) {
        const struct deadline *l = &d->deadlines[i];
        names[i] = l->name;
        if (strcmp(l->name, c->name) == 0) {
            c->days = l->days;
            c->hours = l->hours;
            c->workdays = l->workdays;
            return;
        }
    }
    finding_unknown(d->r.found, node_get(n, "name"),
                    _("config/deadlines.yaml has no length for the clock"), c->name, names,
                    (size_t)d->n_deadlines);
}

/* "after: STEP": counted from where an earlier step of the plan stands. */
static void decode_after(struct decode *d, const struct kind_model *k, const struct node *n,
                         struct clock_model *c)
{
    ARENA scratch = {0};
    const struct node *at = node_get(n, "after");
    const char *name = read_key_text(&d->r, n, "after", WORD_LEN_MAX);
    const char **names = arena_alloc(&scratch, ((size_t)k->n_clocks + 1) * sizeof *names);
    size_t steps = 0;
    for (int i = 0; i < k->n_clocks; i++) {
        if (k->clocks[i].step) {
            names[steps++] = k->clocks[i].name;
        }
        if (k->clocks[i].step && str_eq(k->clocks[i].name, name)) {
            c->after = i;
        }
    }
    if (name && c->after < 0) {
        finding_unknown(d->r.found, at, _("no earlier step of this plan is called"), name, names,
                        steps);
    }
    if (node_get(n, "from")) {
        finding_at(d->r.found, at, _("a step counts from one thing: \"from\" or \"after\""));
    }
}

static void decode_start(struct decode *d, const struct kind_model *k, const struct node *n,
                         struct clock_model *c)
{
    if (c->step && node_get(n, "after")) {
        decode_after(d, k, n, c);
        return;
    }
    const struct node *at = node_get(n, "from");
    c->from = at ? decode_field(d, k, at) : -1;
    if (!at) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "from");
    }
    if (c->from < 0) {
        return;
    }
    enum field_type t = k->fields[c->from].f.type;
    if (t != F_TIME && t != F_DATE) {
        finding_at(d->r.found, at, _("\"%s\" is no date or time"), at->text);
    }
}

/* "field:NAME": the user or the agency that stands there. */
static bool owner_field(struct decode *d, const struct kind_model *k, const struct node *n,
                        struct clock_model *c)
{
    struct node named = *n;
    named.text = n->text + strlen("field:");
    c->owner_field = decode_field(d, k, &named);
    if (c->owner_field < 0) {
        return false;
    }
    const struct field *f = &k->fields[c->owner_field].f;
    if (f->type != F_SEALED && (str_eq(f->of, "user") || str_eq(f->of, "agency"))) {
        return true;
    }
    finding_at(d->r.found, n, _("\"%s\" names neither a user nor an agency"), f->name);
    return false;
}

static void decode_owner(struct decode *d, const struct kind_model *k, const struct node *n,
                         struct clock_model *c)
{
    const struct node *at = node_get(n, "owner");
    struct actor who;
    if (!at) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "owner");
        return;
    }
    if (at->type == NODE_TEXT && str_starts(at->text, "field:")) {
        owner_field(d, k, at, c);
        return;
    }
    if (!decode_actor(d, k, at, &who)) {
        return;
    }
    if (who.type != ACTOR_ROLE) {
        finding_at(d->r.found, at,
                   _("the owner of a task is a role, \"ROLE(AGENCY)\" or \"field:NAME\""));
        return;
    }
    c->owner_role = who.role;
    c->owner_agency = who.agency;
}

/* "Triagera {case_no}": what stands in braces must be something the record has. */
static void check_title(struct decode *d, const struct kind_model *k, const struct node *at,
                        const char *text)
{
    for (const char *p = text ? strchr(text, '{') : NULL; p; p = strchr(p + 1, '{')) {
        const char *end = strchr(p, '}');
        int field, step;
        if (!end) {
            finding_at(d->r.found, at, _("a { in the title is never closed"));
            return;
        }
        AUTOFREE char *path = xstrndup(p + 1, (size_t)(end - p - 1));
        (void)decode_path(d, k, at, path, &field, &step);
    }
}

static void decode_title(struct decode *d, const struct kind_model *k, const struct node *n,
                         struct clock_model *c)
{
    const struct node *title = node_get(n, "title");
    if (read_label(&d->r, n, "title", true, LABEL_MAX, &c->title) && d->checking) {
        check_title(d, k, node_get(title, "sv"), c->title.sv);
        check_title(d, k, node_get(title, "en"), c->title.en);
    }
}

static bool is_new_name(struct decode *d, const struct kind_model *k, const struct node *n,
                        const char *name)
{
    for (int i = 0; i < k->n_clocks; i++) {
        if (strcmp(k->clocks[i].name, name) == 0) {
            finding_at(d->r.found, node_get(n, "name"), _("\"%s\" stands in this list twice"),
                       name);
            return false;
        }
    }
    return true;
}

static void decode_clock(struct decode *d, struct kind_model *k, const struct node *n, bool step)
{
    if (!read_is_map(&d->r, n)) {
        return;
    }
    read_keys(&d->r, n, step ? step_keys : clock_keys, step ? N_OF(step_keys) : N_OF(clock_keys));
    struct clock_model c = {.owner_field = -1,
                            .from = -1,
                            .after = -1,
                            .step = step,
                            .name = read_need_text(&d->r, n, "name", WORD_LEN_MAX)};
    if (!c.name || !is_new_name(d, k, n, c.name)) {
        return;
    }
    decode_length(d, n, &c);
    c.while_ = decode_expr(d, k, n, "while", NULL);
    if (!node_get(n, "while")) {
        finding_at(d->r.found, n, _("the key \"%s\" is missing"), "while");
    }
    c.unless = read_key_text(&d->r, n, "unless", WORD_LEN_MAX);
    if (c.unless && d->checking && !guard_find(k->kind, c.unless)) {
        decode_unknown_guard(d, k->kind, node_get(n, "unless"));
    }
    decode_start(d, k, n, &c);
    decode_owner(d, k, n, &c);
    c.priority = read_int(&d->r, n, "priority", 1, 3, 2);
    decode_title(d, k, n, &c);
    c.reads = decode_actors(d, k, n, "reads", &c.n_reads);
    if (c.while_ && (c.from >= 0 || c.after >= 0)) {
        k->clocks[k->n_clocks++] = c;
    }
}

void decode_clocks(struct decode *d, struct kind_model *k, const struct node *form)
{
    const struct node *clocks = read_list(&d->r, form, "clocks");
    const struct node *plan = read_list(&d->r, form, "plan");
    size_t n = (size_t)(clocks ? clocks->n : 0) + (size_t)(plan ? plan->n : 0);
    if (!n) {
        return;
    }
    k->clocks = arena_alloc(d->r.a, n * sizeof *k->clocks);
    for (const struct node *c = clocks ? clocks->first : NULL; c; c = c->next) {
        decode_clock(d, k, c, false);
    }
    for (const struct node *c = plan ? plan->first : NULL; c; c = c->next) {
        decode_clock(d, k, c, true);
    }
}
