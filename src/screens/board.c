/* The board of measures: every round that has not ended, with each agency's measures by how far they have come. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

/* A line is a round, or what one of its agencies has there; agency NULL in a round without measures. */
struct line {
    const json_t *round, *agency;
    bool heading;
    char *key, *text[6];
};

struct board {
    json_t *answer;
    struct line *lines;
    struct list_array rows;
    struct list *list;
    unsigned changes; /* session's when last read */
};

static const char *key(void *ctx, size_t row)
{
    return ((struct board *)ctx)->lines[row].key;
}

static bool heading(void *ctx, size_t row)
{
    return ((struct board *)ctx)->lines[row].heading;
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    const struct line *l = &((struct board *)ctx)->lines[row];
    return l->text[column] ? l->text[column] : "";
}

static enum look look(void *ctx, size_t row)
{
    const struct line *l = &((struct board *)ctx)->lines[row];
    return get_int(l->agency, "late") ? LOOK_ATTENTION : LOOK_NORMAL;
}

/* "2, 9 d" days since the oldest of them should have been done. */
static char *late_text(const json_t *agency)
{
    struct date since;
    int n = (int)get_int(agency, "late");
    if (!n || !date_from_text(get_text(agency, "late_since"), &since))
        return NULL;
    return xprintf(_("! %d, %d d late"), n, (int)(date_days(date_today()) - date_days(since)));
}

static void take_round(struct line *l, const json_t *round, size_t i)
{
    const char *next = get_text(round, "next");
    *l = (struct line){.round = round, .heading = true, .key = xprintf("r%zu", i)};
    l->text[0] = xprintf("%s  %s", get_text(round, "case_no"), get_text(round, "title"));
    if (!*next)
        l->text[1] = xstrdup(get_text(round, "state_label"));
    else
        l->text[1] = xprintf(get_bool(round, "late") ? _("! decide since %s") : _("decide by %s"), next);
}

static void take_agency(struct line *l, const json_t *round, const json_t *agency, size_t i)
{
    static const char *const counts[] = {"waiting", "running", "done", "not_done"};
    *l = (struct line){.round = round, .agency = agency};
    l->key = xprintf("%s%zu", get_text(round, "id"), i);
    const char *label = agency ? get_text(agency, "label") : _("No measure yet");
    l->text[0] = xstrndup(label, strcspn(label, ",")); /* "Polisen", without its district */
    for (size_t c = 0; agency && c < N_OF(counts); c++) {
        if (get_int(agency, counts[c]))
            l->text[c + 1] = xprintf("%d", (int)get_int(agency, counts[c]));
    }
    l->text[5] = agency ? late_text(agency) : NULL;
}

static void make_lines(struct board *b)
{
    const json_t *rounds = get_array(b->answer, "rounds"), *round, *agency;
    size_t i, j, n = 0, room = 1;
    json_array_foreach(rounds, i, round)
        room += 2 + json_array_size(get_array(round, "agencies"));
    b->lines = xcalloc(room, sizeof *b->lines);
    json_array_foreach(rounds, i, round) {
        const json_t *agencies = get_array(round, "agencies");
        take_round(&b->lines[n++], round, i);
        json_array_foreach(agencies, j, agency)
            take_agency(&b->lines[n++], round, agency, j);
        if (!json_array_size(agencies))
            take_agency(&b->lines[n++], round, NULL, 0);
    }
    b->rows.n = n;
}

static void drop_lines(struct board *b)
{
    for (size_t i = 0; i < b->rows.n; i++) {
        free(b->lines[i].key);
        for (size_t c = 0; c < N_OF(b->lines[i].text); c++)
            free(b->lines[i].text[c]);
    }
    free(b->lines);
    b->lines = NULL;
    b->rows.n = 0;
}

static bool read_board(struct screen *s, struct err *e)
{
    struct board *b = STATE(struct board, s);
    struct session *ses = session_of(s);
    json_t *answer;
    if (!session_call(ses, "board", NULL, &answer, e))
        return false;
    drop_lines(b);
    json_decref(b->answer);
    b->answer = answer;
    b->changes = ses->changes;
    make_lines(b);
    return true;
}

static bool open_board(struct screen *s, const void *arg, struct err *e)
{
    (void)arg;
    struct board *b = STATE(struct board, s);
    struct list_column columns[] = {
        {.name = "agency", .label = _("Round / agency"), .min = 18, .ideal = 18, .grow = true},
        {.name = "waiting", .label = _("Waiting"), .min = 7, .ideal = 7, .right = true},
        {.name = "running", .label = _("Under way"), .min = 9, .ideal = 9, .right = true},
        {.name = "done", .label = _("Done"), .min = 7, .ideal = 7, .right = true},
        {.name = "not_done", .label = _("Not done"), .min = 10, .ideal = 10, .right = true},
        {.name = "late", .label = _("Late"), .min = 14, .ideal = 14},
    };
    b->rows = (struct list_array){.ctx = b, .key = key, .cell = cell, .heading = heading, .look = look,
                                  .n_columns = N_OF(columns)};
    b->list = list_new(columns, N_OF(columns), list_source_array(&b->rows));
    list_set_reverse(b->list, ui_reverse(s->ui));
    list_set_empty(b->list, _("No sanction round is under way that you may see."));
    screen_title(s, "%s", _("Board of measures"));
    return read_board(s, e);
}

bool run_board(struct screen *s, const char *arg, struct err *e)
{
    (void)arg;
    return ui_push(s->ui, &board_ops, NULL, TAG_RUN, e);
}

static void layout(struct screen *s)
{
    struct board *b = STATE(struct board, s);
    struct err e = {0};
    list_set_area(b->list, s->area);
    if (!list_load(b->list, true, &e))
        tell(s->ui, &e);
}

static void draw(struct screen *s)
{
    list_draw(STATE(struct board, s)->list, true);
}

static void draw_move(struct screen *s)
{
    list_draw_move(STATE(struct board, s)->list, true);
}

static const struct line *current(const struct board *b)
{
    const char *k = list_key(b->list);
    for (size_t i = 0; k && i < b->rows.n; i++) {
        if (strcmp(b->lines[i].key, k) == 0)
            return &b->lines[i];
    }
    return NULL;
}

static void status(struct screen *s)
{
    const struct line *l = current(STATE(struct board, s));
    if (l)
        screen_note(s, "%s: %s, %s", get_text(l->round, "title"), get_text(l->round, "state_label"),
                    get_text(l->round, "feedback_label"));
    else
        screen_note(s, "%s", "");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    static const enum action rest[] = {ACT_REFRESH, ACT_PALETTE, ACT_HELP, ACT_BACK};
    size_t n = 0;
    if (current(STATE(struct board, s)) && n < max)
        ret[n++] = (struct hint){.action = ACT_OPEN, .label = _("The round")};
    for (size_t i = 0; i < N_OF(rest) && n < max; i++)
        ret[n++] = (struct hint){.action = (int)rest[i]};
    return n;
}

static void again(struct screen *s)
{
    struct err e = {0};
    if (!read_board(s, &e) || !list_load(STATE(struct board, s)->list, true, &e))
        tell(s->ui, &e);
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    (void)utf8;
    struct board *b = STATE(struct board, s);
    const struct line *l = current(b);
    struct err e = {0};
    if (a == ACT_OPEN) {
        if (l && !record_open(s->ui, get_text(l->round, "id"), 0, &e))
            tell(s->ui, &e);
        return UI_DONE;
    }
    if (a == ACT_REFRESH) {
        again(s);
        return UI_DONE;
    }
    return a == ACT_MARK ? UI_PASS : list_act(b->list, a);
}

static void resume(struct screen *s, struct screen *closed)
{
    if (!general_resume(s, closed) && STATE(struct board, s)->changes != session_of(s)->changes)
        again(s);
}

static void done(struct screen *s)
{
    struct board *b = STATE(struct board, s);
    list_free(b->list);
    drop_lines(b);
    json_decref(b->answer);
}

const struct screen_ops board_ops = {
    .name = "board",
    .purpose = N_("All sanction rounds that have not ended, with each agency's measures: how many wait, go on, "
                  "are done, were not done, and what is late. Enter opens the round."),
    .size = sizeof(struct board),
    .open = open_board,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
