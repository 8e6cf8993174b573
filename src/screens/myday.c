/* My day: what waits for this person, what is broken in the chain, the week, and what was left half written. */
#include "myday.h"

#include <stdlib.h>
#include <string.h>

enum { MYDAY_NEW = 1, MYDAY_EDIT };

static bool load(struct screen *s, struct err *e)
{
    struct myday *d = STATE(struct myday, s);
    struct session *ses = session_of(s);
    json_t *day = NULL;
    if (!session_call(ses, "myday", NULL, &day, e))
        return false;
    json_decref(d->day);
    d->day = day;
    d->changes = ses->changes;
    d->drafts = ses->drafts;
    return true;
}

static bool open_myday(struct screen *s, const void *arg, struct err *e)
{
    (void)arg;
    struct myday *d = STATE(struct myday, s);
    if (!load(s, e))
        return false;
    screen_title(s, "%s", _("My day"));
    myday_lay(d, 1000, 80); /* only to find the first row */
    while (d->at + 1 < d->n && d->places[d->at].type == PLACE_HEAD)
        d->at++;
    return true;
}

/* The same thing stays selected when the places are dealt out anew. */
static void lay(struct screen *s)
{
    struct myday *d = STATE(struct myday, s);
    const json_t *was = d->at < d->n ? d->places[d->at].o : NULL;
    enum place_type type = was ? d->places[d->at].type : PLACE_ROW;
    myday_lay(d, s->area.h, s->area.w);
    for (size_t i = 0; was && i < d->n; i++) {
        if (d->places[i].o == was && (d->places[i].type == type || type == PLACE_ROW)) {
            d->at = i;
            return;
        }
    }
}

static void reload(struct screen *s)
{
    struct myday *d = STATE(struct myday, s);
    struct err e = {0};
    const struct place *p = d->at < d->n ? &d->places[d->at] : NULL;
    AUTOFREE char *id = p ? xstrdup(get_text(p->o, p->type == PLACE_HEAD ? "name" : "id")) : NULL;
    size_t row = d->at;
    d->n = 0; /* nothing may point into the old answer */
    if (!load(s, &e))
        tell(s->ui, &e);
    myday_lay(d, s->area.h, s->area.w);
    d->at = row < d->n ? row : d->n ? d->n - 1 : 0;
    for (size_t i = 0; id && *id && i < d->n; i++) {
        const char *key = get_text(d->places[i].o, d->places[i].type == PLACE_HEAD ? "name" : "id");
        if (strcmp(key, id) == 0)
            d->at = i;
    }
}

static void draw(struct screen *s)
{
    myday_draw(s, STATE(struct myday, s));
}

static void draw_move(struct screen *s)
{
    myday_mark(s, STATE(struct myday, s), ">");
}

static char *place_words(const struct place *p)
{
    const json_t *o = p->o;
    if (p->type == PLACE_HEAD || p->type == PLACE_MORE)
        return xprintf(_("Enter lists: %s"), get_text(p->section, "label"));
    if (p->type == PLACE_DRAFT)
        return xstrdup(_("Enter goes on with the draft"));
    if (p->type == PLACE_DAY)
        return xprintf("%s  %s", get_text(o, "label"), get_text(o, "text"));
    if (p->type == PLACE_CHAIN && *get_text(o, "blocked"))
        return xstrdup(get_text(o, "blocked"));
    const char *what = get_text(o, p->type == PLACE_CHAIN ? "what" : "title");
    const char *whose = get_text(o, p->type == PLACE_CHAIN ? "case_no" : "subject");
    return *whose ? xprintf("%s  –  %s", what, whose) : xstrdup(what);
}

static void status(struct screen *s)
{
    struct myday *d = STATE(struct myday, s);
    const char *notice = get_text(session_of(s)->hello, "notice");
    AUTOFREE char *words = d->n ? place_words(&d->places[d->at]) : NULL;
    if (*notice)
        screen_note(s, "%s", notice);
    else
        screen_note(s, "%s", words ? words : _("Nothing waits for you today."));
}

static bool may_create_any(const struct session *ses)
{
    size_t i;
    const json_t *k;
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        if (get_bool(k, "may_create") && !get_bool(k, "subrow"))
            return true;
    }
    return false;
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct myday *d = STATE(struct myday, s);
    size_t n = 0;
    struct hint all[8];
    if (d->n)
        all[n++] = (struct hint){.action = ACT_OPEN};
    if (may_create_any(session_of(s)))
        all[n++] = (struct hint){.action = ACT_NEW};
    all[n++] = (struct hint){.action = ACT_SEARCH};
    all[n++] = (struct hint){.action = ACT_GOTO};
    all[n++] = (struct hint){.action = ACT_REFRESH};
    all[n++] = (struct hint){.action = ACT_PALETTE};
    all[n++] = (struct hint){.action = ACT_HELP};
    all[n++] = (struct hint){.action = ACT_BACK, .label = _("Quit")};
    n = n < max ? n : max;
    memcpy(ret, all, n * sizeof *ret);
    return n;
}

static bool open_counted(struct screen *s, const json_t *o, const char *label, struct err *e)
{
    struct list_arg arg = {.kind = get_text(o, "kind"), .filter = get_text(o, "filter"), .filter_label = label,
                           .sort = get_text_or_null(o, "sort")};
    return list_open(s->ui, &arg, e);
}

static bool open_draft(struct screen *s, const json_t *o, struct err *e)
{
    struct edit_arg arg = {.kind = get_text(o, "kind"), .id = get_text_or_null(o, "id"), .take_draft = true};
    return edit_open(s->ui, &arg, MYDAY_EDIT, e);
}

static enum reply open_place(struct screen *s)
{
    struct myday *d = STATE(struct myday, s);
    struct err e = {0};
    bool ok = true;
    if (d->n == 0)
        return UI_PASS;
    const struct place *p = &d->places[d->at];
    switch (p->type) {
    case PLACE_HEAD:
    case PLACE_MORE:
        ok = open_counted(s, p->section, get_text(p->section, "label"), &e);
        break;
    case PLACE_DAY:
        ok = open_counted(s, p->o, get_text(p->o, "label"), &e);
        break;
    case PLACE_DRAFT:
        ok = open_draft(s, p->o, &e);
        break;
    default:
        ok = record_open(s->ui, get_text(p->o, "id"), 0, &e);
        break;
    }
    if (!ok)
        tell(s->ui, &e);
    return UI_DONE;
}

static size_t new_kinds(const struct session *ses, const json_t *ret[], size_t max)
{
    size_t i, n = 0;
    const json_t *k;
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        if (get_bool(k, "may_create") && !get_bool(k, "subrow") && n < max)
            ret[n++] = k;
    }
    return n;
}

static enum reply ask_new(struct screen *s)
{
    const json_t *kinds[64];
    struct pick_item items[64];
    char *labels[64];
    size_t n = new_kinds(session_of(s), kinds, N_OF(kinds));
    if (n == 0)
        return UI_PASS;
    for (size_t i = 0; i < n; i++) {
        labels[i] = first_upper(get_text(kinds[i], "one"));
        items[i] = (struct pick_item){.label = labels[i], .words = get_text(kinds[i], "name")};
    }
    struct dialog_pick q = {.title = _("Write a new"), .items = items, .n = n};
    dialog_pick(s->ui, &q, MYDAY_NEW);
    for (size_t i = 0; i < n; i++)
        free(labels[i]);
    return UI_DONE;
}

static enum reply move(struct screen *s, size_t to)
{
    struct myday *d = STATE(struct myday, s);
    if (d->n == 0 || to == d->at)
        return UI_DONE;
    myday_mark(s, d, " ");
    d->at = to;
    return UI_MOVED;
}

/* The first place of the block before or after. */
static size_t next_head(const struct myday *d, int by)
{
    size_t at = d->at;
    while (by > 0 && at + 1 < d->n && (d->places[++at].type != PLACE_HEAD || at == d->at)) {
    }
    while (by < 0 && at > 0 && d->places[--at].type != PLACE_HEAD) {
    }
    return at;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct myday *d = STATE(struct myday, s);
    struct err e = {0};
    switch (a) {
    case ACT_BACK: /* Esc once too often must not end the program: only the letter does */
        if (*utf8)
            return UI_PASS;
        ui_say(s->ui, _("%s ends the program."), key_label(keymap_key(ui_keymap(s->ui), ACT_BACK, false)));
        return UI_DONE;
    case ACT_UP:
        return move(s, d->at > 0 ? d->at - 1 : 0);
    case ACT_DOWN:
        return move(s, d->at + 1 < d->n ? d->at + 1 : d->at);
    case ACT_FIRST:
        return move(s, 0);
    case ACT_LAST:
        return move(s, d->n ? d->n - 1 : 0);
    case ACT_PAGE_UP:
    case ACT_PREV_FIELD:
        return move(s, next_head(d, -1));
    case ACT_PAGE_DOWN:
    case ACT_NEXT_FIELD:
        return move(s, next_head(d, 1));
    case ACT_OPEN:
        return open_place(s);
    case ACT_NEW:
        return ask_new(s);
    case ACT_SEARCH:
        if (!ui_push(s->ui, &find_ops, NULL, TAG_RUN, &e))
            tell(s->ui, &e);
        return UI_DONE;
    case ACT_REFRESH:
        reload(s);
        return UI_DONE;
    default:
        return UI_PASS;
    }
}

static void resume(struct screen *s, struct screen *closed)
{
    struct myday *d = STATE(struct myday, s);
    struct session *ses = session_of(s);
    struct err e = {0};
    if (general_resume(s, closed))
        return;
    if (closed->tag == MYDAY_NEW && closed->answer.yes) {
        const json_t *kinds[64];
        size_t n = new_kinds(ses, kinds, N_OF(kinds)), i = (size_t)closed->answer.index;
        struct edit_arg arg = {.kind = i < n ? get_text(kinds[i], "name") : ""};
        if (i < n && !edit_open(s->ui, &arg, MYDAY_EDIT, &e))
            tell(s->ui, &e);
        return;
    }
    if (d->changes != ses->changes || d->drafts != ses->drafts)
        reload(s);
    if (closed->tag == MYDAY_EDIT && closed->answer.yes && closed->answer.text &&
        !record_open(s->ui, closed->answer.text, 0, &e))
        tell(s->ui, &e);
}

static void done(struct screen *s)
{
    json_decref(STATE(struct myday, s)->day);
}

const struct screen_ops myday_ops = {
    .name = "my-day",
    .purpose = N_("Shows what waits for you: what is late stands first, and the chain shows where the answer to a "
                  "violent act has stopped. Enter on a figure lists exactly what it counts."),
    .size = sizeof(struct myday),
    .open = open_myday,
    .layout = lay,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
