/* Saving what was written, and what happens when somebody else was faster. */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

static bool send(struct edit_screen *st, json_t **ret, struct err *e)
{
    if (!st->en.id)
        return session_call(st->en.ses, "new",
                            json_pack("{s:s, s:o, s:b}", "kind", st->kind, "values", entry_values(&st->en, true),
                                      "draft", 1),
                            ret, e);
    return session_call(st->en.ses, "set",
                        json_pack("{s:s, s:o, s:I, s:s}", "id", st->en.id, "values", entry_values(&st->en, false), "rev",
                                  st->en.rev, "as", "screen"),
                        ret, e);
}

static char *merged_labels(const struct edit_screen *st, const json_t *answer)
{
    const json_t *fields = get_array(st->en.desc, "fields"), *name;
    STR labels = {0};
    size_t i;
    json_array_foreach(get_array(answer, "merged"), i, name) {
        const json_t *field = find_by(fields, "name", json_string_value(name));
        if (field)
            str_printf(&labels, "%s%s", labels.len ? ", " : "", get_text(field, "label"));
    }
    return str_take(&labels);
}

/* The row is stored whatever becomes of the next one. */
static enum reply next_row(struct screen *s, const char *now)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    st->n_saved++;
    s->answer.yes = true;
    if (!edit_next(s, &e)) {
        st->finished = true;
        tell(s->ui, &e);
        return UI_CLOSE;
    }
    ui_say(s->ui, _("Saved %s, row %u. Write the next one; Esc when you are done."), now, st->n_saved);
    return UI_DONE;
}

static enum reply saved(struct screen *s, const json_t *answer)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    AUTOFREE char *merged = merged_labels(st, answer);
    const char *case_no = get_text(answer, "case_no");
    char now[9];
    clock_text(now);
    st->en.ses->changes++;
    if (st->in_series)
        return next_row(s, now);
    st->finished = true;
    session_keep_shown(st->en.ses, answer);
    s->answer.yes = true;
    s->answer.text = xstrdup(st->en.id ? st->en.id : get_text(answer, "id"));
    if (*get_text(answer, "notice"))
        ui_say(s->ui, _("Saved %s. %s"), now, get_text(answer, "notice"));
    else if (merged && *merged)
        ui_say(s->ui, _("Saved %s. Meanwhile somebody else changed: %s."), now, merged);
    else if (*case_no)
        ui_say(s->ui, _("Saved %s as %s"), now, case_no);
    else
        ui_say(s->ui, _("Saved %s"), now);
    return UI_CLOSE;
}

static enum reply refused(struct screen *s, const struct err *why)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    if (why->code == ERR_CONFLICT) {
        struct conflict_arg arg = {.en = &st->en, .title = st->title, .data = session_error(st->en.ses)};
        if (arg.data && ui_push(s->ui, &conflict_ops, &arg, EDIT_CONFLICT, &e))
            return UI_DONE;
    }
    entry_refused(&st->en, s->ui, why);
    return UI_DONE;
}

enum reply edit_save(struct screen *s)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    struct err e = {0};
    json_auto_t *answer = NULL;
    form_leave(st->en.form);
    size_t n = form_check(st->en.form);
    st->en.focused = form_focused(st->en.form);
    if (n > 0) {
        ui_say_problem(s->ui, lang_plural("Not saved: %zu field needs something.",
                                          "Not saved: %zu fields need something.", n), n);
        return UI_DONE;
    }
    if (st->en.id && form_n_changed(st->en.form) == 0) {
        ui_say(s->ui, "%s", _("Nothing was changed, so nothing was saved."));
        st->finished = true;
        return UI_CLOSE;
    }
    return send(st, &answer, &e) ? saved(s, answer) : refused(s, &e);
}

/* Fields where theirs was chosen go back to what is stored now; then the rest is saved on top of it. */
void edit_settle(struct screen *s, struct screen *closed)
{
    struct edit_screen *st = STATE(struct edit_screen, s);
    json_auto_t *settled = closed->answer.yes && closed->answer.text ? json_loads(closed->answer.text, 0, NULL) : NULL;
    const json_t *theirs = get_object(settled, "theirs"), *texts = get_object(settled, "texts");
    const char *name;
    json_t *value;
    if (!settled) {
        ui_say(s->ui, "%s", _("Not saved yet; your version is still here."));
        return;
    }
    json_object_foreach((json_t *)theirs, name, value) {
        size_t i = form_find(st->en.form, name);
        if (i != SIZE_MAX)
            form_store(st->en.form, i, json_string_value(value), get_text_or_null(texts, name));
    }
    st->en.rev = get_int(settled, "rev");
    if (edit_save(s) == UI_CLOSE)
        (void)ui_back_to(s->ui, s->below);
}
