/* The form's values: stored, typed, shown; and what follows when one changes. */
#include "form_inner.h"

#include "treben/base/id.h"
#include "treben/base/lang.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct form *form_new(const struct form_page *pages, size_t n_pages,
                      const struct form_field *fields, size_t n_fields, struct form_calls calls)
{
    struct form *f = xcalloc(1, sizeof *f);
    f->pages = pages;
    f->n_pages = n_pages;
    f->fields = fields;
    f->n = n_fields;
    f->calls = calls;
    f->boxes = xcalloc(n_fields ? n_fields : 1, sizeof *f->boxes);
    f->tab_notes = xcalloc(n_pages ? n_pages : 1, sizeof *f->tab_notes);
    for (size_t i = 0; i < n_fields; i++) {
        edit_init(&f->boxes[i].ed, fields[i].type == FORM_NOTE,
                  value_is_typed(&fields[i]) ? fields[i].max_chars : 0);
        f->boxes[i].stored = xstrdup("");
    }
    f->focus = NO_FIELD;
    for (size_t i = n_fields; i > 0; i--)
        if (fields[i - 1].page == 0 && form_can_focus(f, i - 1))
            f->focus = i - 1;
    edit_init(&f->popup.query, false, 200);
    return f;
}

void form_free(struct form *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++) {
        struct box *b = &f->boxes[i];
        edit_done(&b->ed);
        free(b->stored);
        free(b->value);
        free(b->shown);
        free(b->problem);
        free(b->sealed);
        free(b->unchosen);
    }
    for (size_t i = 0; i < f->n_names; i++) {
        free(f->names[i].id);
        free(f->names[i].title);
    }
    for (size_t i = 0; i < f->n_pages; i++)
        free(f->tab_notes[i]);
    popup_done(f);
    free(f->names);
    free(f->boxes);
    free(f->tab_notes);
    free(f->journal);
    free(f->note);
    free(f);
}

size_t form_n(const struct form *f)
{
    return f->n;
}

size_t form_find(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->fields[i].name, name))
            return i;
    return NO_FIELD;
}

const char *form_name_of(const struct form *f, const char *id)
{
    for (size_t i = f->n_names; i > 0; i--)
        if (str_eq(f->names[i - 1].id, id))
            return f->names[i - 1].title;
    return id;
}

void form_remember_name(struct form *f, const char *id, const char *title)
{
    if (str_empty(id) || !title)
        return;
    if (str_eq(form_name_of(f, id), title))
        return;
    f->names = xrealloc(f->names, (f->n_names + 1) * sizeof *f->names);
    f->names[f->n_names++] = (struct named){.id = xstrdup(id), .title = xstrdup(title)};
}

void form_note_set(struct form *f, const char *fmt, ...)
{
    free(f->note);
    f->note = NULL;
    if (!fmt)
        return;
    ARENA a = {0};
    va_list args;
    va_start(args, fmt);
    f->note = xstrdup(arena_vprintf(&a, fmt, args));
    va_end(args);
}

/* Steps in the journal that belong to a field whose own undo was cleared must go too. */
static void forget_journal(struct form *f, size_t field)
{
    size_t kept = 0, at = f->at_journal;
    for (size_t i = 0; i < f->n_journal; i++) {
        if (f->journal[i] != field)
            f->journal[kept++] = f->journal[i];
        else if (i < f->at_journal)
            at--;
    }
    f->n_journal = kept;
    f->at_journal = at;
}

static void replace_text(char **text, const char *value)
{
    char *copy = xstrdup(value);
    free(*text);
    *text = copy;
}

void form_store(struct form *f, size_t field, const char *value, const char *title)
{
    if (field >= f->n)
        return;
    struct box *b = &f->boxes[field];
    AUTOFREE char *text = value_to_text(&f->fields[field], value);
    form_remember_name(f, value, title);
    replace_text(&b->stored, value ? value : "");
    edit_set(&b->ed, text);
    forget_journal(f, field);
    replace_text(&b->problem, NULL);
    replace_text(&b->unchosen, NULL);
    f->any_stored |= !str_empty(value);
}

static void journal(struct form *f, size_t field)
{
    if (f->at_journal == f->cap_journal) {
        f->cap_journal = f->cap_journal ? f->cap_journal * 2 : 32;
        f->journal = xrealloc(f->journal, f->cap_journal * sizeof *f->journal);
    }
    f->journal[f->at_journal++] = field;
    f->n_journal = f->at_journal;
}

void form_edited(struct form *f, size_t field, size_t depth)
{
    struct box *b = &f->boxes[field];
    if (edit_undo_depth(&b->ed) > depth)
        journal(f, field);
    replace_text(&b->problem, NULL);
    replace_text(&b->unchosen, NULL);
    if (f->calls.changed)
        f->calls.changed(f->calls.ctx, field);
}

void form_set_text(struct form *f, size_t field, const char *text)
{
    struct box *b = &f->boxes[field];
    size_t depth = edit_undo_depth(&b->ed);
    b->ed.joined = false;
    if (edit_replace(&b->ed, text) == EDIT_CHANGED)
        form_edited(f, field, depth);
}

void form_set_unchosen(struct form *f, size_t field, const char *text)
{
    struct box *b = &f->boxes[field];
    if (!text && !b->unchosen)
        return;
    replace_text(&b->unchosen, text);
    AUTOFREE char *why =
        text ? xprintf(_("\"%s\" was not chosen. Press Enter and choose, or erase it."), text)
             : NULL;
    replace_text(&b->problem, why);
    if (f->calls.changed)
        f->calls.changed(f->calls.ctx, field);
}

/* Can this stand in a box whose value is chosen? A draft may hold what was typed and not chosen. */
static bool is_choice(const struct form_field *fd, const char *value, bool named)
{
    if (str_empty(value))
        return true;
    if (fd->type == FORM_CHOICE)
        return value_option(fd, value) != NULL;
    return fd->type != FORM_REFERENCE || named || id_valid(value);
}

void form_put(struct form *f, size_t field, const char *value, const char *title)
{
    if (field >= f->n)
        return;
    if (str_eq(form_value(f, field), value))
        return;
    if (!is_choice(&f->fields[field], value, title != NULL)) {
        form_set_unchosen(f, field, value);
        return;
    }
    AUTOFREE char *text = value_to_text(&f->fields[field], value);
    form_remember_name(f, value, title);
    form_set_text(f, field, text);
}

/* A time is shown without its seconds; as long as nobody writes there, it keeps them. */
static bool as_stored(const struct form *f, size_t field)
{
    const struct box *b = &f->boxes[field];
    if (f->fields[field].type != FORM_TIME || str_empty(b->stored))
        return false;
    AUTOFREE char *text = value_to_text(&f->fields[field], b->stored);
    return str_eq(text, edit_text(&b->ed));
}

const char *form_value(const struct form *f, size_t field)
{
    if (field >= f->n)
        return "";
    struct box *b = &f->boxes[field];
    char *value;
    struct err e;
    if (b->unchosen)
        return b->unchosen;
    if (as_stored(f, field))
        return b->stored;
    if (!value_from_text(&f->fields[field], edit_text(&b->ed), &value, &e))
        value = xstrdup(edit_text(&b->ed));
    free(b->value);
    b->value = value;
    return value;
}

const char *form_title(const struct form *f, size_t field)
{
    if (field >= f->n)
        return "";
    const struct form_field *fd = &f->fields[field];
    struct box *b = &f->boxes[field];
    const char *value = edit_text(&b->ed);
    STR s = {0};
    if (b->sealed) {
        str_add(&s, b->sealed);
    } else if (fd->type == FORM_BOOL) {
        str_add(&s, str_empty(value) ? "" : str_eq(value, "true") ? _("yes") : _("no"));
    } else if (fd->type == FORM_CHOICE) {
        const struct form_option *o = value_option(fd, value);
        str_add(&s, o ? o->label : value);
    } else if (fd->type == FORM_REFERENCE) {
        str_add(&s, str_empty(value) ? "" : form_name_of(f, value));
    } else if (fd->type == FORM_REFERENCES) {
        const char *pos = NULL, *item;
        for (size_t n; str_list_next(value, &pos, &item, &n);) {
            AUTOFREE char *id = xstrndup(item, n);
            str_printf(&s, "%s%s", s.len ? "; " : "", form_name_of(f, id));
        }
    } else if (fd->type == FORM_MULTI) {
        const char *pos = NULL, *item;
        for (size_t n; str_list_next(value, &pos, &item, &n);) {
            AUTOFREE char *code = xstrndup(item, n);
            const struct form_option *o = value_option(fd, code);
            str_printf(&s, "%s%s", s.len ? ", " : "", o ? o->label : code);
        }
    } else {
        AUTOFREE char *day = value_day(fd, form_value(f, field));
        str_printf(&s, "%s%s%s", value, day ? "  " : "", day ? day : "");
    }
    free(b->shown);
    b->shown = s.p ? str_take(&s) : xstrdup("");
    return b->shown;
}

bool form_changed(const struct form *f, size_t field)
{
    return field < f->n && !str_eq(form_value(f, field), f->boxes[field].stored);
}

size_t form_n_changed(const struct form *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        n += form_changed(f, i);
    return n;
}

bool form_is_visible(const struct form *f, size_t field)
{
    return field < f->n && (!f->calls.visible || f->calls.visible(f->calls.ctx, field));
}

bool form_is_required(const struct form *f, size_t field)
{
    return f->fields[field].required ||
           (f->calls.required && f->calls.required(f->calls.ctx, field));
}

bool form_shows_star(const struct form *f, size_t field)
{
    return !f->reading && !f->fields[field].read_only && !f->boxes[field].sealed &&
           form_is_required(f, field);
}

bool form_can_focus(const struct form *f, size_t field)
{
    if (!form_is_visible(f, field))
        return false;
    return f->reading || (!f->fields[field].read_only && !f->boxes[field].sealed);
}

void form_seal(struct form *f, size_t field, const char *words)
{
    if (field < f->n)
        replace_text(&f->boxes[field].sealed, words);
}

void form_set_tab_note(struct form *f, size_t page, const char *text)
{
    if (page < f->n_pages)
        replace_text(&f->tab_notes[page], text);
}

size_t form_focused(const struct form *f)
{
    return f->focus;
}

size_t form_page_now(const struct form *f)
{
    return f->page;
}

bool form_popup_open(const struct form *f)
{
    return f->popup.open;
}
