/* What is wrong with a form, field by field. */
#include "form_inner.h"

#include "treben/base/lang.h"

#include <stdlib.h>

void form_set_problem(struct form *f, size_t field, const char *text)
{
    if (field >= f->n || f->boxes[field].unchosen) /* what was typed there says first what is wrong */
        return;
    char *copy = xstrdup(text);
    free(f->boxes[field].problem);
    f->boxes[field].problem = copy;
}

const char *form_problem(const struct form *f, size_t field)
{
    return field < f->n ? f->boxes[field].problem : NULL;
}

size_t form_n_problems(const struct form *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        n += f->boxes[i].problem && form_is_visible(f, i);
    return n;
}

static void focus_first(struct form *f)
{
    for (size_t page = 0; page < f->n_pages || page == 0; page++)
        for (size_t i = 0; i < f->n; i++)
            if (f->boxes[i].problem && f->fields[i].page == page && form_can_focus(f, i)) {
                form_focus(f, i);
                return;
            }
}

size_t form_take_problems(struct form *f, const struct problems *p)
{
    size_t homeless = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t field = form_find(f, p->at[i].field);
        if (field == NO_FIELD || !form_is_visible(f, field))
            homeless++;
        else if (!f->boxes[field].problem)
            form_set_problem(f, field, p->at[i].text);
    }
    focus_first(f);
    return homeless;
}

size_t form_check(struct form *f)
{
    form_leave(f);
    for (size_t i = 0; i < f->n; i++) {
        struct err e = {0};
        AUTOFREE char *value = NULL;
        if (f->boxes[i].unchosen && form_is_visible(f, i))
            continue; /* its problem stands already */
        form_set_problem(f, i, NULL);
        if (!form_is_visible(f, i) || f->boxes[i].sealed || f->fields[i].read_only)
            continue;
        const char *text = edit_text(&f->boxes[i].ed);
        if (form_is_required(f, i) && str_empty(text))
            form_set_problem(f, i, _("This is needed. Please fill it in."));
        else if (!value_from_text(&f->fields[i], text, &value, &e))
            form_set_problem(f, i, e.text);
    }
    size_t n = form_n_problems(f);
    if (n > 0)
        focus_first(f);
    return n;
}

char *form_note(const struct form *f)
{
    size_t n = form_n_problems(f);
    if (f->note)
        return xstrdup(f->note);
    if (n > 0)
        return xprintf(lang_plural("%zu problem. Ctrl-F goes to it.",
                                   "%zu problems. Ctrl-F goes to the next.", n),
                       n);
    if (f->focus < f->n && f->fields[f->focus].help)
        return xstrdup(f->fields[f->focus].help);
    return NULL;
}
