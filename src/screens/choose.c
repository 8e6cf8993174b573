/* Who are you today: the accounts of the demo city, when nobody was named at the start. */
#include "inside.h"

struct choose {
    const json_t *accounts; /* of hello */
    struct list_array rows;
    struct list *list;
};

static const char *key(void *ctx, size_t row)
{
    return get_text(json_array_get(((struct choose *)ctx)->accounts, row), "login");
}

static const char *cell(void *ctx, size_t row, size_t column)
{
    static const char *const names[] = {"name", "roles", "login"};
    return get_text_or_null(json_array_get(((struct choose *)ctx)->accounts, row), names[column]);
}

static bool open_choose(struct screen *s, const void *arg, struct err *e)
{
    (void)arg;
    struct choose *c = STATE(struct choose, s);
    const struct session *ses = session_of(s);
    c->accounts = get_array(ses->hello, "accounts");
    if (json_array_size(c->accounts) == 0)
        return err_set(e, ERR_DENIED, "%s", _("This database has no account for you. Ask your system administrator."));
    struct list_column columns[] = {
        {.name = "name", .label = _("Name"), .min = 16, .ideal = 20},
        {.name = "roles", .label = _("Role"), .min = 20, .ideal = 40, .grow = true},
        {.name = "login", .label = _("Account"), .min = 12, .ideal = 14},
    };
    c->rows = (struct list_array){.n = json_array_size(c->accounts), .ctx = c, .key = key, .cell = cell,
                                  .n_columns = N_OF(columns)};
    c->list = list_new(columns, N_OF(columns), list_source_array(&c->rows));
    list_set_reverse(c->list, ui_reverse(s->ui));
    screen_title(s, _("Treben – the demo city %s"), get_text(ses->hello, "city"));
    return true;
}

static void layout(struct screen *s)
{
    struct choose *c = STATE(struct choose, s);
    struct rect r = {.y = s->area.y + 2, .x = s->area.x, .h = s->area.h - 2, .w = s->area.w};
    struct err e = {0};
    list_set_area(c->list, r);
    if (!list_load(c->list, true, &e))
        tell(s->ui, &e);
}

static void draw(struct screen *s)
{
    draw_text(s->area.y, s->area.x + 1, s->area.w - 2, LOOK_NORMAL,
              _("Everything here is made up. As whom do you want to look around?"));
    list_draw(STATE(struct choose, s)->list, true);
}

static void draw_move(struct screen *s)
{
    list_draw_move(STATE(struct choose, s)->list, true);
}

static void status(struct screen *s)
{
    AUTOFREE char *place = list_place(STATE(struct choose, s)->list);
    screen_place(s, "%s", place ? place : "");
}

static size_t hints(struct screen *s, struct hint *ret, size_t max)
{
    (void)s;
    static const enum action all[] = {ACT_OPEN, ACT_HELP, ACT_BACK};
    size_t n = 0;
    for (; n < N_OF(all) && n < max; n++)
        ret[n] = (struct hint){.action = (int)all[n], .label = all[n] == ACT_BACK ? _("Quit") : NULL};
    return n;
}

static enum reply act(struct screen *s, enum action a, const char *utf8)
{
    struct choose *c = STATE(struct choose, s);
    struct err e = {0};
    (void)utf8;
    if (a == ACT_MARK)
        return UI_PASS;
    if (a != ACT_OPEN)
        return list_act(c->list, a);
    AUTOFREE char *login = xstrdup(list_key(c->list));
    if (login && (!session_login(session_of(s), login, &e) || !ui_replace(s->ui, &myday_ops, NULL, TAG_RUN, &e)))
        tell(s->ui, &e);
    return UI_DONE;
}

static void resume(struct screen *s, struct screen *closed)
{
    (void)general_resume(s, closed);
}

static void done(struct screen *s)
{
    list_free(STATE(struct choose, s)->list);
}

const struct screen_ops choose_ops = {
    .name = "accounts",
    .purpose = N_("The demo city has people of every role. Choose one: what you then see and may do is what that "
                  "person sees and may do."),
    .size = sizeof(struct choose),
    .open = open_choose,
    .layout = layout,
    .draw = draw,
    .draw_move = draw_move,
    .status = status,
    .hints = hints,
    .act = act,
    .resume = resume,
    .done = done,
};
