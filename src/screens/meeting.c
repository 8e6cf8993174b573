/* Meeting mode: the secretary writes while people talk, a line at a time. Above, what the point is
 * about and what was written; below, the line. Nothing asks and nothing stands in the way. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_CHARS 500
#define DRAFT_KIND "meeting_decision"

struct line { /* a row of the list: what there is to go through, or what was written */
    char *key, *what, *text, *detail;
    bool heading, late;
};

struct meeting {
    char id[ID_LEN + 1];
    json_t *answer;
    size_t at;        /* the point that shows */
    const char *what; /* of a line that does not say it itself; static */
    struct edit box;
    unsigned kept; /* version of the box that is kept as a draft */
    char kept_at[9];
    char *problem; /* why the line was not saved; it stays as it was typed. NULL: nothing is wrong */
    struct line *lines;
    struct list_array rows;
    struct list *list;
};

static const json_t *items(const struct meeting *m)
{
    return get_array(m->answer, "items");
}

static const json_t *point(const struct meeting *m)
{
    return json_array_get(items(m), m->at);
}

/* --- the rows of a point */

static const char *key(void *ctx, size_t row)
{
    return ((struct meeting *)ctx)->lines[row].key;
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    const struct line *l = &((struct meeting *)ctx)->lines[row];
    if (l->heading)
        return column == 0 ? l->text : NULL;
    return column == 0 ? l->what : column == 1 ? l->text : l->detail;
}

static bool heading(void *ctx, size_t row)
{
    return ((struct meeting *)ctx)->lines[row].heading;
}

static enum look look(void *ctx, size_t row)
{
    return ((struct meeting *)ctx)->lines[row].late ? LOOK_ATTENTION : LOOK_NORMAL;
}

static void lines_free(struct meeting *m)
{
    for (size_t i = 0; i < m->rows.n; i++) {
        free(m->lines[i].key);
        free(m->lines[i].what);
        free(m->lines[i].text);
        free(m->lines[i].detail);
    }
    free(m->lines);
    m->lines = NULL;
    m->rows.n = 0;
}

static struct line *add_line(struct meeting *m, const char *id, const char *what, const char *text, const char *detail)
{
    m->lines = xrealloc(m->lines, (m->rows.n + 1) * sizeof *m->lines);
    struct line *l = &m->lines[m->rows.n];
    *l = (struct line){.key = *id ? xstrdup(id) : xprintf("-%zu", m->rows.n),
                       .what = xstrdup(what),
                       .text = xstrdup(text),
                       .detail = xstrdup(detail)};
    m->rows.n++;
    return l;
}

static const char *what_label(const char *what)
{
    static const struct {
        const char *what, *label;
    } labels[] = {{"decision", N_("Decision")}, {"task", N_("To do")}, {"note", N_("Noted")}, {"present", N_("Present")}};
    for (size_t i = 0; i < N_OF(labels); i++) {
        if (strcmp(labels[i].what, what) == 0)
            return _(labels[i].label);
    }
    return "";
}

static void add_found(struct meeting *m)
{
    size_t i;
    const json_t *row;
    json_array_foreach(get_array(point(m), "rows"), i, row)
        add_line(m, get_text(row, "id"), get_text(row, "case_no"), get_text(row, "what"), get_text(row, "detail"))->late =
            get_bool(row, "late");
}

/* "Polisen, fre 27 nov": whose, and by when. The clock time of the day's end says nothing. */
static char *who_and_when(const json_t *row)
{
    const char *who = get_text(row, "who"), *due = get_text(row, "due");
    size_t day = strcspn(due, " ");
    return xprintf("%s%s%.*s", who, *who && day ? ", " : "", (int)day, due);
}

static void add_written(struct meeting *m)
{
    size_t i;
    const json_t *row, *written = get_array(point(m), "written");
    const char *note = get_text(point(m), "text");
    if (json_array_size(written) || *note)
        add_line(m, "", "", _("Written here"), "")->heading = true;
    json_array_foreach(written, i, row) {
        AUTOFREE char *detail = who_and_when(row);
        add_line(m, get_text(row, "id"), what_label(get_text(row, "what")), get_text(row, "text"), detail);
    }
    while (*note) {
        size_t n = strcspn(note, "\n");
        AUTOFREE char *one = xstrndup(note, n);
        add_line(m, "", what_label("note"), one, "");
        note += n + (note[n] != '\0');
    }
}

/* A line that does not say what it is, is what its point is for. */
static const char *usual(const char *kind)
{
    return strcmp(kind, "NARVARO") == 0 ? "present" : strcmp(kind, "UPPGIFTER") == 0 ? "task" : "decision";
}

static void show_point(struct screen *s, bool keep)
{
    struct meeting *m = STATE(struct meeting, s);
    struct err e = {0};
    lines_free(m);
    add_found(m);
    add_written(m);
    if (!keep)
        m->what = usual(get_text(point(m), "kind"));
    if (!list_load(m->list, keep, &e))
        tell(s->ui, &e);
}

static bool load(struct screen *s, struct err *e)
{
    struct meeting *m = STATE(struct meeting, s);
    json_t *answer;
    if (!session_call(session_of(s), "agenda", json_pack("{s:s}", "id", m->id), &answer, e))
        return false;
    json_decref(m->answer);
    m->answer = answer;
    if (m->at >= json_array_size(items(m)))
        m->at = 0;
    s->writing = get_bool(m->answer, "may_write");
    return true;
}

/* --- drafts: the line not yet saved */

static void draft_keep_line(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    struct err e = {0};
    if (m->kept == m->box.version || !s->writing)
        return;
    const char *text = edit_text(&m->box), *method = *text ? "draft.put" : "draft.drop";
    json_t *params = json_pack("{s:s}", "kind", DRAFT_KIND);
    if (*text)
        json_object_set_new(params, "values",
                            json_pack("{s:s, s:s}", "agenda_item", get_text(point(m), "id"), "text", text));
    if (!session_call(session_of(s), method, params, NULL, &e)) {
        tell(s->ui, &e);
        return;
    }
    m->kept = m->box.version;
    session_of(s)->drafts++;
    clock_text(m->kept_at);
}

/* A line of this meeting that was not saved when the line broke. */
static void draft_take_line(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    struct err e = {0};
    json_auto_t *draft = NULL;
    size_t i;
    const json_t *item;
    if (!s->writing || !session_call(session_of(s), "draft.get", json_pack("{s:s}", "kind", DRAFT_KIND), &draft, &e))
        return;
    const json_t *values = get_object(draft, "values");
    json_array_foreach(items(m), i, item) {
        if (*get_text(values, "text") && strcmp(get_text(item, "id"), get_text(values, "agenda_item")) == 0) {
            m->at = i;
            edit_set(&m->box, get_text(values, "text"));
            m->kept = m->box.version;
        }
    }
}

/* --- the screen */

static bool open_meeting(struct screen *s, const void *given, struct err *e)
{
    const struct meeting_arg *arg = given;
    struct meeting *m = STATE(struct meeting, s);
    struct list_column columns[] = {
        {.name = "what", .label = _("What"), .min = 12, .ideal = 12},
        {.name = "text", .label = _("Text"), .min = 30, .ideal = 38, .grow = true},
        {.name = "detail", .label = _("Who and when"), .min = 16, .ideal = 23, .priority = 1},
    };
    snprintf(m->id, sizeof m->id, "%s", arg->id);
    m->at = arg->at;
    if (!load(s, e))
        return false;
    edit_init(&m->box, false, LINE_MAX_CHARS);
    m->kept = m->box.version;
    m->rows = (struct list_array){
        .ctx = m, .key = key, .cell = cell, .heading = heading, .look = look, .n_columns = N_OF(columns)};
    m->list = list_new(columns, N_OF(columns), list_source_array(&m->rows));
    list_set_header(m->list, false);
    list_set_reverse(m->list, ui_reverse(s->ui));
    list_set_empty(m->list, _("Nothing waits here."));
    draft_take_line(s);
    AUTOFREE char *title = first_upper(get_text(m->answer, "title"));
    screen_title(s, "%s", title);
    return true;
}

bool meeting_open(struct ui *ui, const struct meeting_arg *arg, struct err *e)
{
    return ui_push(ui, &meeting_ops, arg, TAG_RUN, e);
}

static void layout(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    struct rect r = {.y = s->area.y + 2, .x = s->area.x, .h = s->area.h - 6, .w = s->area.w};
    list_set_area(m->list, r);
    show_point(s, m->what != NULL);
}

/* What this line will be: its own letter says so, or what was said last. */
static const char *becomes(const struct meeting *m)
{
    static const char *const whats[] = {"decision", "task", "note"};
    const char *letters = _("dtn"), *text = edit_text(&m->box);
    const char *at = *text && text[1] == ' ' ? strchr(letters, *text) : NULL;
    return at && at - letters < (ptrdiff_t)N_OF(whats) ? whats[at - letters] : m->what;
}

static void draw_box_row(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    int y = s->area.y + s->area.h - 3;
    struct rect below = {.y = y + 1, .x = s->area.x + 1, .h = 2, .w = s->area.w - 2};
    struct rect box = {.y = y, .x = s->area.x + 11, .h = 1, .w = s->area.w - 12};
    if (!s->writing) {
        draw_text(y, s->area.x + 1, s->area.w - 2, LOOK_NORMAL, _("The secretary writes; you read what your agency heard."));
        return;
    }
    draw_text(y, s->area.x + 1, 10, LOOK_BOLD, what_label(becomes(m)));
    draw_edit(&m->box, box, true);
    bool attendance = strcmp(m->what, "present") == 0;
    draw_blank(below);
    if (m->problem)
        draw_wrapped(below, LOOK_ATTENTION, m->problem);
    else
        draw_text(y + 1, s->area.x + 1, s->area.w - 2, LOOK_NORMAL,
                  attendance ? _("@login is there; then absent, substitute or afar if so. A guest: the name.")
                             : _("d decision   t task @who +7   n note   @POL @KOORD_P @login   fri +7 22/11"));
}

static void draw(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    const json_t *item = point(m);
    AUTOFREE char *heard = xprintf("%s  %s", get_text(item, "class"), get_text(item, "heard_by"));
    int wide = text_cols(heard);
    AUTOFREE char *head = xprintf(_("%d of %d  %s"), (int)m->at + 1, (int)json_array_size(items(m)), get_text(item, "title"));
    draw_text(s->area.y, s->area.x + 1, s->area.w - wide - 3, LOOK_BOLD, item ? head : "");
    draw_right(s->area.y, s->area.x + s->area.w - wide - 1, wide, LOOK_NORMAL, heard);
    draw_rule(s->area.y + 1, s->area.x, s->area.w);
    list_draw(m->list, !s->writing);
    draw_rule(s->area.y + s->area.h - 4, s->area.x, s->area.w);
    draw_box_row(s);
}

static void draw_move(struct screen *s)
{
    list_draw_move(STATE(struct meeting, s)->list, !s->writing);
    draw_box_row(s);
}

static void status(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    if (*m->kept_at && m->kept == m->box.version && *edit_text(&m->box))
        screen_place(s, _("draft %s"), m->kept_at);
    else
        screen_place(s, NULL);
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    struct meeting *m = STATE(struct meeting, s);
    const char *k = list_key(m->list);
    size_t n = 0;
    if (*edit_text(&m->box) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN, .label = _("Save the line")};
    else if (k && k[0] != '-' && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN};
    if (n < max)
        ret[n++] = (struct hint){.action = ACT_NEXT_FIELD, .label = _("Next point")};
    static const enum action rest[] = {ACT_PALETTE, ACT_HELP, ACT_BACK};
    for (size_t i = 0; i < N_OF(rest) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)rest[i]};
    return n;
}

/* --- what the keys do */

static void go_to(struct screen *s, int by)
{
    struct meeting *m = STATE(struct meeting, s);
    size_t n = json_array_size(items(m));
    if (n) {
        m->at = (m->at + n + (size_t)(by < 0 ? (int)n - 1 : by)) % n;
        show_point(s, false);
    }
}

/* The sentence of a refusal stands under the line, which stays as it was typed: nothing to close first. */
static void save_line(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    struct session *ses = session_of(s);
    struct err e = {0};
    json_auto_t *saved = NULL;
    const char *what = becomes(m);
    json_t *params = json_pack("{s:s, s:s, s:s}", "id", get_text(point(m), "id"), "line", edit_text(&m->box), "what",
                               m->what);
    if (!session_call(ses, "minute", params, &saved, &e)) {
        set_text(&m->problem, e.text);
        return;
    }
    AUTOFREE char *text = xstrdup(get_text(saved, "text"));
    m->what = what;
    edit_set(&m->box, "");
    m->kept = m->box.version;
    ses->changes++;
    ses->drafts++;
    if (load(s, &e))
        show_point(s, true);
    else
        tell(s->ui, &e);
    ui_say(s->ui, _("Saved: %s, %s"), what_label(what), text);
}

static enum reply open_or_save(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    struct err e = {0};
    const char *k = list_key(m->list);
    if (s->writing && *edit_text(&m->box))
        save_line(s);
    else if (k && k[0] != '-' && !record_open(s->ui, k, 0, &e))
        tell(s->ui, &e);
    return UI_DONE;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct meeting *m = STATE(struct meeting, s);
    set_text(&m->problem, NULL);
    if (s->writing && box_key(&m->box, a, utf8))
        return UI_DONE;
    switch (a) {
    case ACT_OPEN:
    case ACT_SAVE:
        return open_or_save(s);
    case ACT_NEXT_FIELD:
        go_to(s, 1);
        return UI_DONE;
    case ACT_PREV_FIELD:
        go_to(s, -1);
        return UI_DONE;
    case ACT_MARK:
        return UI_PASS;
    default:
        return list_act(m->list, a);
    }
}

static bool may_close(struct screen *s)
{
    draft_keep_line(s);
    return true;
}

static void resume(struct screen *s, struct screen *closed)
{
    struct err e = {0};
    if (general_resume(s, closed))
        return;
    if (load(s, &e))
        show_point(s, true);
    else
        tell(s->ui, &e);
}

static void done(struct screen *s)
{
    struct meeting *m = STATE(struct meeting, s);
    list_free(m->list);
    lines_free(m);
    edit_done(&m->box);
    free(m->problem);
    json_decref(m->answer);
}

const struct screen_ops meeting_ops = {
    .name = "meeting",
    .purpose = N_("The meeting, point by point: what there is to go through, as far as you may see it, and what was "
                  "written. The secretary types below, and Enter saves each line; Tab goes to the next point."),
    .size = sizeof(struct meeting),
    .open = open_meeting,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .may_close = may_close,
    .idle = draft_keep_line,
    .hangup = draft_keep_line,
    .done = done,
};
