/* What is late: the date by which something should have been done, and what tells that it was. */
#include "inside.h"
#include "treben/base/date.h"

#include <string.h>

struct deadline {
    const char *kind, *field;
    const char *met;       /* states in which nobody waits any more; NULL */
    const char *met_by[2]; /* or fields that are set then */
};
static const struct deadline deadlines[] = {
    {"task", "due", "KLAR,EJ_UTFORBAR,AVBRUTEN", {NULL}},
    {"measure", "planned_to", "UTFORD,EJ_UTFORD,AVBRUTEN,REDOVISAD", {NULL}},
    {"sanction_round",
     "next_decision_due",
     "FORESLAGEN,BEREDD,UTVARDERAS,AVSLUTAD,AVSLAGEN,AVBRUTEN",
     {NULL}},
    {"response_item", "due", NULL, {"executed_at", "cancelled_at"}},
    {"promise", "due", "HALLET,BRUTET,DRAGET", {NULL}},
    {"custom_notification", "follow_up_due", "UPPFOLJD,AVSLUTAD,STOPPAD,AVBOJD,EJ_NADD", {NULL}},
    {"membership", "review_due", "UPPHORD,BORTTAGEN", {NULL}},
    {"group_relation", "review_due", NULL, {"to"}},
};

static const char *seen(const struct record *r, const char *name)
{
    int f = name ? model_field(r->k, name) : -1;
    return f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
}

static bool is_met(const struct record *r, const struct deadline *d)
{
    const char *state = d->met ? seen(r, "state") : NULL;
    return (state && str_list_has(d->met, state)) || seen(r, d->met_by[0]) || seen(r, d->met_by[1]);
}

bool record_late(const struct record *r)
{
    char now[INSTANT_TEXT], today[DATE_TEXT];
    for (size_t i = 0; i < N_OF(deadlines); i++) {
        const struct deadline *d = &deadlines[i];
        const char *due = str_eq(d->kind, r->k->kind->name) ? seen(r, d->field) : NULL;
        if (!due || is_met(r, d)) {
            continue;
        }
        instant_text(clock_now(), now);
        date_text(date_today(), today);
        return strcmp(due, strlen(due) > 10 ? now : today) < 0;
    }
    return false;
}

/* A record may go through two lifecycles; the one called `state` is what people mean. */
static int state_field(const struct kind_model *k)
{
    int f = model_field(k, "state");
    return f >= 0 || !k->n_lifecycles ? f : k->lifecycles[0].field;
}

const char *state_label(const struct record *r)
{
    int f = state_field(r->k);
    const char *state = f >= 0 && !record_hidden(r, f) ? record_get(r, f) : NULL;
    const struct state_model *s = state ? model_state(r->k, state, NULL) : NULL;
    return s ? label_text(&s->label) : state;
}
