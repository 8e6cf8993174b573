/* The list under a field: the options of a choice, or the records that fit a part of a name. */
#include "form_inner.h"

#include "treben/base/lang.h"
#include "treben/base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct form_field *field_of(const struct form *f)
{
    return &f->fields[f->focus];
}

static bool is_reference(const struct form *f)
{
    return field_of(f)->type == FORM_REFERENCE || field_of(f)->type == FORM_REFERENCES;
}

/* Whoever knows the code writes it: "A", "1". */
static bool is_code(const struct form_option *o, const char *folded)
{
    AUTOFREE char *code = text_fold(o->code);
    return str_eq(code, folded);
}

static void find_options(struct form *f, const char *query)
{
    struct popup *p = &f->popup;
    const struct form_field *fd = field_of(f);
    AUTOFREE char *wanted = text_fold(query);
    p->options = arena_alloc(&p->arena, (fd->n_options + 1) * sizeof *p->options);
    for (int round = 0; round < 3; round++) /* that code, those that begin so, those that hold it */
        for (size_t i = 0; i < fd->n_options; i++) {
            AUTOFREE char *label = text_fold(fd->options[i].label);
            const char *at = strstr(label, wanted);
            if (is_code(&fd->options[i], wanted) ? round == 0 : at && round == (at == label ? 1 : 2))
                p->options[p->n++] = i;
        }
}

static void find(struct form *f)
{
    struct popup *p = &f->popup;
    struct err e = {0};
    const char *query = edit_text(&p->query);
    arena_reset(&p->arena);
    free(p->problem);
    p->problem = NULL;
    p->n = p->at = p->top = 0;
    p->on_row = false;
    if (!is_reference(f)) {
        find_options(f, query);
        return;
    }
    if (f->calls.lookup &&
        !f->calls.lookup(f->calls.ctx, f->focus, query, &p->arena, p->matches, &p->n, &e)) {
        p->n = 0;
        p->problem = xstrdup(e.text);
    }
}

void popup_open(struct form *f, const char *query)
{
    struct popup *p = &f->popup;
    const char *unchosen = f->boxes[f->focus].unchosen;
    edit_set(&p->query, unchosen && str_empty(query) ? unchosen : "");
    edit_insert(&p->query, query, strlen(query));
    p->open = true;
    find(f);
    if (p->query.text.len == 0 &&
        field_of(f)->type == FORM_CHOICE) /* begin at what is chosen now */
        for (size_t i = 0; i < p->n; i++)
            if (str_eq(field_of(f)->options[p->options[i]].code, edit_text(&f->boxes[f->focus].ed)))
                p->at = i;
}

void popup_close(struct form *f)
{
    f->popup.open = false;
    arena_reset(&f->popup.arena);
    f->popup.options = NULL;
    f->popup.n = 0;
}

void popup_done(struct form *f)
{
    edit_done(&f->popup.query);
    arena_done(&f->popup.arena);
    free(f->popup.problem);
}

static void toggle(struct form *f, const char *code)
{
    STR s = {0};
    const char *old = edit_text(&f->boxes[f->focus].ed), *pos = NULL, *item;
    bool had = str_list_has(old, code);
    for (size_t n; str_list_next(old, &pos, &item, &n);) {
        if (had && n == strlen(code) && !memcmp(item, code, n))
            continue;
        str_add(&s, s.len ? "," : "");
        str_addn(&s, item, n);
    }
    if (!had)
        str_printf(&s, "%s%s", s.len ? "," : "", code);
    form_set_text(f, f->focus, str_text(&s));
}

static void take(struct form *f)
{
    struct popup *p = &f->popup;
    if (is_reference(f)) {
        const struct form_match *m = &p->matches[p->at];
        form_remember_name(f, m->id, m->title);
        if (field_of(f)->type == FORM_REFERENCES)
            toggle(f, m->id);
        else
            form_set_text(f, f->focus, m->id);
    } else {
        form_set_text(f, f->focus, field_of(f)->options[p->options[p->at]].code);
    }
    popup_close(f);
}

static enum reply enter(struct form *f)
{
    struct popup *p = &f->popup;
    if (field_of(f)->type == FORM_MULTI) {
        popup_close(f);
        return UI_DONE;
    }
    if (p->n == 0) {
        form_note_set(
            f, "%s", _("Nothing fits what you wrote. Write less of it, or Esc to leave the list."));
        return UI_DONE;
    }
    take(f);
    if (field_of(f)->type != FORM_REFERENCES) /* several: the next may be typed at once */
        form_step(f, 1);
    return UI_DONE;
}

static void move(struct popup *p, long by)
{
    if (p->n == 0)
        return;
    long to = (long)p->at + by;
    to = to < 0 ? 0 : to >= (long)p->n ? (long)p->n - 1 : to;
    p->at = (size_t)to;
    if (p->at < p->top)
        p->top = p->at;
    if (p->at >= p->top + FORM_MATCHES)
        p->top = p->at - FORM_MATCHES + 1;
    p->on_row = true;
}

/* Case numbers and logins may be typed as they are, "H-2026-0142, H-2026-0143": the core knows them. */
static void add_typed(struct form *f, const char *typed)
{
    const char *old = edit_text(&f->boxes[f->focus].ed);
    if (str_empty(typed))
        return;
    AUTOFREE char *all = xprintf("%s%s%s", old, *old ? "," : "", typed);
    form_set_text(f, f->focus, all);
}

/* Leaving by Tab: the only option that fits what was typed is meant, or the one whose code it is;
 * of records none is ever guessed. */
static bool is_clear(const struct form *f)
{
    const struct popup *p = &f->popup;
    if (field_of(f)->type != FORM_CHOICE || p->query.text.len == 0 || p->n == 0)
        return false;
    AUTOFREE char *wanted = text_fold(edit_text(&p->query));
    return p->n == 1 || is_code(&field_of(f)->options[p->options[0]], wanted);
}

static void leave(struct form *f)
{
    struct popup *p = &f->popup;
    bool typed = p->query.text.len > 0;
    if (is_clear(f)) {
        take(f);
        return;
    }
    if (field_of(f)->type == FORM_REFERENCES)
        add_typed(f, edit_text(&p->query));
    else if (field_of(f)->type != FORM_MULTI)
        form_set_unchosen(f, f->focus, typed ? edit_text(&p->query) : NULL);
    popup_close(f);
}

static enum reply edit_query(struct form *f, enum action a, const char *utf8)
{
    struct popup *p = &f->popup;
    enum edit_answer said = EDIT_NOTHING;
    if (a == ACT_TEXT && str_eq(utf8, " ") && field_of(f)->type == FORM_MULTI && p->n > 0) {
        toggle(f, field_of(f)->options[p->options[p->at]].code);
        p->on_row = true;
        return UI_DONE;
    }
    if (a == ACT_TEXT || a == ACT_PASTE)
        said = edit_insert(&p->query, utf8, strlen(utf8));
    else if (a == ACT_BACKSPACE && p->query.text.len == 0)
        popup_close(f);
    else if (a == ACT_BACKSPACE)
        said = edit_backspace(&p->query);
    else if (a == ACT_DELETE)
        said = edit_delete(&p->query);
    else
        said = a == ACT_LEFT ? edit_left(&p->query) : edit_right(&p->query);
    if (said == EDIT_CHANGED || said == EDIT_CLEANED || said == EDIT_FULL)
        find(f);
    return UI_DONE;
}

enum reply popup_act(struct form *f, enum action a, const char *utf8)
{
    form_note_set(f, NULL);
    switch (a) {
    case ACT_OPEN:
        return enter(f);
    case ACT_BACK:
        form_set_unchosen(f, f->focus, NULL);
        popup_close(f);
        return UI_DONE;
    case ACT_UP:
        move(&f->popup, -1);
        return UI_DONE;
    case ACT_DOWN:
        move(&f->popup, 1);
        return UI_DONE;
    case ACT_PAGE_UP:
        move(&f->popup, -FORM_MATCHES);
        return UI_DONE;
    case ACT_PAGE_DOWN:
        move(&f->popup, FORM_MATCHES);
        return UI_DONE;
    case ACT_TEXT:
    case ACT_PASTE:
    case ACT_BACKSPACE:
    case ACT_DELETE:
    case ACT_LEFT:
    case ACT_RIGHT:
        return edit_query(f, a, utf8);
    default:
        leave(f);
        return UI_PASS;
    }
}

static void draw_match(struct form *f, size_t i, int y, int x, int w)
{
    const struct popup *p = &f->popup;
    const struct form_field *fd = field_of(f);
    AUTOFREE char *text = NULL;
    if (is_reference(f)) {
        const struct form_match *m = &p->matches[i];
        text = str_empty(m->detail) ? xstrdup(m->title) : xprintf("%s  %s", m->title, m->detail);
    } else {
        const struct form_option *o = &fd->options[p->options[i]];
        bool on = str_list_has(edit_text(&f->boxes[f->focus].ed), o->code);
        text = fd->type == FORM_MULTI ? xprintf("[%c] %s", on ? 'x' : ' ', o->label)
                                      : xstrdup(o->label);
    }
    draw_text(y, x, 2, LOOK_NORMAL, i == p->at ? "> " : "");
    draw_text(y, x + 2, w - 2, LOOK_NORMAL, text);
}

void popup_draw(struct form *f)
{
    struct popup *p = &f->popup;
    const struct box *b = &f->boxes[f->focus];
    int rows = p->n == 0 ? 1 : p->n < FORM_MATCHES ? (int)p->n : FORM_MATCHES;
    int top = f->area.y + form_tabs_rows(f), y = top + b->y - f->scroll + 1,
        bottom = f->area.y + f->area.h;
    int w = is_reference(f) ? f->area.w - b->x - 2 : b->w + 4;
    struct rect r = {.y = y, .x = f->area.x + b->x, .h = rows + 2, .w = w < 30 ? 30 : w};
    if (r.x + r.w > f->area.x + f->area.w)
        r.x = f->area.x + f->area.w - r.w;
    if (r.y + r.h > bottom) /* no room below: above */
        r.y = y - 1 - r.h >= f->area.y ? y - 1 - r.h : bottom - r.h;
    draw_box(r, NULL);
    const char *none = p->problem ? p->problem : _("Nothing fits.");
    if (p->n == 0)
        draw_text(r.y + 1, r.x + 2, r.w - 4, LOOK_NORMAL, none);
    for (int i = 0; i < rows && p->n > 0; i++)
        draw_match(f, p->top + (size_t)i, r.y + 1 + i, r.x + 2, r.w - 4);
    if (p->n > FORM_MATCHES) {
        AUTOFREE char *place = xprintf(" %zu/%zu ", p->at + 1, p->n);
        draw_text(r.y + r.h - 1, r.x + 2, text_cols(place), LOOK_NORMAL, place);
    }
    if (p->on_row && p->n > 0)
        draw_cursor(r.y + 1 + (int)(p->at - p->top), r.x + 2);
}
