/* The next steps of a record: which there are, what blocks them, and taking one. */
#include "step.h"

#include <stdlib.h>
#include <string.h>

bool step_is_final(const json_t *desc, const char *state)
{
    return get_bool(find_by(get_array(desc, "states"), "code", state), "final");
}

/* A step that somebody else takes is not shown; one that a rule holds back is, with its reason. */
bool step_any(const struct record_screen *st)
{
    size_t i;
    const json_t *t;
    json_array_foreach(get_array(st->shown, "transitions"), i, t) {
        if (get_bool(t, "may"))
            return true;
    }
    return false;
}

bool step_run(struct screen *s, const char *to, struct err *e)
{
    struct record_screen *st = STATE(struct record_screen, s);
    const json_t *step = find_by(get_array(st->shown, "transitions"), "to", to);
    if (!step || !get_bool(step, "may"))
        return err_set(e, ERR_RULE, "%s", _("This step cannot be taken now. r reads the record anew."));
    if (get_text(step, "blocked")[0])
        return err_set(e, ERR_RULE, "%s", get_text(step, "blocked"));
    struct step_arg arg = {.shown = st->shown, .step = step, .desc = st->desc};
    return ui_push(s->ui, &step_ops, &arg, RECORD_STEPPED, e);
}

void step_commands(struct screen *s, struct commands *c)
{
    struct record_screen *st = STATE(struct record_screen, s);
    size_t i;
    const json_t *t;
    json_array_foreach(get_array(st->shown, "transitions"), i, t) {
        if (!get_bool(t, "may"))
            continue;
        const char *to = get_text(t, "to"), *blocked = get_text_or_null(t, "blocked");
        const json_t *state = find_by(get_array(st->desc, "states"), "code", to);
        struct command *m = commands_add(c, get_text(t, "label"), to, step_run);
        m->words = arena_printf(&c->arena, "%s %s steg step", to, get_text(state, "label"));
        m->dead = !str_empty(blocked);
        m->detail = str_empty(blocked)
                        ? arena_printf(&c->arena, _("The record becomes: %s."), get_text(state, "label"))
                        : arena_printf(&c->arena, _("Not yet: %s"), blocked);
    }
}

void step_ask(struct screen *s)
{
    struct commands c = {0};
    step_commands(s, &c);
    struct pick_item *items = xcalloc(c.n + 1, sizeof *items);
    for (size_t i = 0; i < c.n; i++)
        items[i] = (struct pick_item){.label = c.at[i].label, .words = c.at[i].words,
                                      .detail = c.at[i].detail, .dead = c.at[i].dead,
                                      .key = c.at[i].dead ? _("not yet") : NULL};
    if (c.n == 0) {
        ui_say(s->ui, "%s", _("There is no step for you to take here now."));
    } else {
        struct dialog_pick q = {.title = _("Next step"), .items = items, .n = c.n};
        dialog_pick(s->ui, &q, RECORD_STEP);
    }
    free(items);
    arena_done(&c.arena);
    free(c.at);
}
