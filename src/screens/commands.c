/* What can be done here: the palette, "go to", and the keys that work on every screen. */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

void commands_free(struct commands *c)
{
    if (!c)
        return;
    arena_done(&c->arena);
    free(c->at);
    free(c);
}

static struct command *add(struct commands *c)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 32;
        c->at = xrealloc(c->at, c->cap * sizeof *c->at);
    }
    struct command *m = &c->at[c->n++];
    *m = (struct command){0};
    return m;
}

struct command *commands_add(struct commands *c, const char *label, const char *arg,
                             bool (*run)(struct screen *s, const char *arg, struct err *e))
{
    struct command *m = add(c);
    m->label = arena_strdup(&c->arena, label);
    m->arg = arena_strdup(&c->arena, arg);
    m->run = run;
    return m;
}

void commands_action(struct commands *c, struct screen *s, enum action a, const char *label)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->at[i].action == a && a != ACT_NONE)
            return;
    }
    const struct action_info *info = action_info(a);
    struct command *m = add(c);
    m->action = a;
    m->label = arena_strdup(&c->arena, label ? label : _(info->label ? info->label : info->name));
    m->key = arena_strdup(&c->arena, key_label(keymap_key(ui_keymap(s->ui), a, s->writing)));
    m->detail = info->help ? _(info->help) : NULL;
    m->words = arena_printf(&c->arena, "%s %s", info->name, info->label ? info->label : "");
}

bool run_list(struct screen *s, const char *kind, struct err *e)
{
    struct list_arg arg = {.kind = kind};
    return list_open(s->ui, &arg, e);
}

bool run_new(struct screen *s, const char *kind, struct err *e)
{
    struct edit_arg arg = {.kind = kind};
    return edit_open(s->ui, &arg, TAG_RUN, e);
}

bool run_myday(struct screen *s, const char *arg, struct err *e)
{
    (void)arg;
    (void)e;
    struct screen *bottom = s;
    while (bottom->below && bottom->ops != &myday_ops)
        bottom = bottom->below;
    if (bottom != s)
        (void)ui_back_to(s->ui, bottom);
    return true;
}

static bool run_find(struct screen *s, const char *arg, struct err *e)
{
    (void)arg;
    return ui_push(s->ui, &find_ops, NULL, TAG_RUN, e);
}

static bool run_quit(struct screen *s, const char *arg, struct err *e)
{
    (void)arg;
    (void)e;
    ui_quit(s->ui);
    return true;
}

/* What this screen does, in the order of its hints; keys that only move need no command. */
static void add_screen(struct commands *c, struct screen *s)
{
    struct hint hints[24];
    size_t n = s->ops->hints ? s->ops->hints(s, hints, N_OF(hints)) : 0;
    for (size_t i = 0; i < n; i++) {
        enum action a = (enum action)hints[i].action;
        if (a == ACT_PALETTE || a == ACT_HELP || a == ACT_BACK || a == ACT_NONE || hints[i].key)
            continue;
        commands_action(c, s, a, hints[i].label);
    }
    if (s->ops == &record_ops)
        record_commands(s, c);
    else if (s->ops == &edit_ops)
        edit_commands(s, c);
}

static void add_kinds(struct commands *c, struct session *ses, bool writing)
{
    size_t i;
    const json_t *k;
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        AUTOFREE char *many = first_upper(get_text(k, "many"));
        if (get_bool(k, "may_list") && (get_text(k, "menu")[0] || !get_bool(k, "subrow"))) {
            struct command *m = commands_add(c, many, get_text(k, "name"), run_list);
            m->words = arena_printf(&c->arena, "%s go to list visa lista gå till", get_text(k, "name"));
        }
    }
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        if (writing || !get_bool(k, "may_create") || get_bool(k, "subrow"))
            continue;
        AUTOFREE char *label = xprintf(_("New: %s"), get_text(k, "one"));
        struct command *m = commands_add(c, label, get_text(k, "name"), run_new);
        m->words = arena_printf(&c->arena, "%s new create ny skapa lägg till", get_text(k, "name"));
    }
}

static bool may_see_board(const struct screen *s)
{
    return get_bool(session_kind(session_of(s), "sanction_round"), "may_list");
}

static void add_general(struct commands *c, struct screen *s)
{
    struct command *m;
    if (s->ops != &myday_ops) {
        m = commands_add(c, _("My day"), NULL, run_myday);
        m->words = "start hem home my day min dag";
    }
    if (s->ops != &board_ops && may_see_board(s)) {
        m = commands_add(c, _("Board of measures"), NULL, run_board);
        m->words = "board rounds sanction measures tavla omgångar åtgärder";
    }
    if (s->ops != &find_ops && !s->writing) {
        m = commands_add(c, _("Find in everything"), NULL, run_find);
        m->words = "search find sök hitta";
    }
    commands_action(c, s, ACT_HELP, NULL);
    commands_action(c, s, ACT_BACK, NULL);
    commands_action(c, s, ACT_REDRAW, NULL);
    commands_action(c, s, ACT_REPEAT, NULL);
    m = commands_add(c, _("Quit Treben"), NULL, run_quit);
    m->words = "quit exit end avsluta logga ut";
    m->detail = _("Ends the program. What you have written is kept as a draft.");
}

/* Commands used last come first; the others keep their order. */
static void recent_first(struct session *ses, struct commands *c)
{
    size_t at = 0;
    for (size_t r = 0; r < SESSION_RECENT && ses->recent[r]; r++) {
        for (size_t i = at; i < c->n; i++) {
            if (strcmp(c->at[i].label, ses->recent[r]) != 0)
                continue;
            struct command m = c->at[i];
            memmove(&c->at[at + 1], &c->at[at], (i - at) * sizeof m);
            c->at[at++] = m;
            break;
        }
    }
}

static void remember(struct session *ses, const char *label)
{
    size_t at = SESSION_RECENT - 1;
    for (size_t i = 0; i < SESSION_RECENT; i++) {
        if (ses->recent[i] && strcmp(ses->recent[i], label) == 0) {
            at = i;
            break;
        }
    }
    char *copy = xstrdup(label);
    free(ses->recent[at]);
    memmove(&ses->recent[1], &ses->recent[0], at * sizeof ses->recent[0]);
    ses->recent[0] = copy;
}

static void offer(struct screen *s, struct commands *c, struct dialog_pick q, int tag)
{
    struct session *ses = session_of(s);
    struct pick_item *items = xcalloc(c->n ? c->n : 1, sizeof *items);
    for (size_t i = 0; i < c->n; i++)
        items[i] = (struct pick_item){
            .label = c->at[i].label, .key = c->at[i].key, .words = c->at[i].words,
            .detail = c->at[i].detail, .dead = c->at[i].dead,
            .letter = q.by_letter && c->at[i].key ? c->at[i].key[0] : '\0'};
    q.items = items;
    q.n = c->n;
    commands_free(ses->offered);
    ses->offered = c;
    dialog_pick(s->ui, &q, tag);
    free(items);
}

void palette_open(struct screen *s)
{
    struct session *ses = session_of(s);
    struct commands *c = xcalloc(1, sizeof *c);
    add_screen(c, s);
    if (get_object(ses->hello, "user")) {
        add_kinds(c, ses, s->writing);
        add_general(c, s);
    }
    recent_first(ses, c);
    struct dialog_pick q = {
        .title = _("Commands"), .count = _("commands"),
        .empty = _("No command here is called so. Fewer letters find more.")};
    offer(s, c, q, TAG_PALETTE);
}

/* The first letter of the word that no other place has taken, else the first free one of the alphabet. */
static char free_letter(const char *label, bool taken[26])
{
    AUTOFREE char *folded = text_fold(label);
    for (const char *p = folded; *p; p++) {
        if (*p >= 'a' && *p <= 'z' && !taken[*p - 'a'])
            return *p;
    }
    for (int i = 0; i < 26; i++) {
        if (!taken[i])
            return (char)('a' + i);
    }
    return '\0';
}

static void add_place(struct commands *c, bool taken[26], const char *wish, const char *label, const char *arg,
                      bool (*run)(struct screen *s, const char *arg, struct err *e))
{
    struct command *m = commands_add(c, label, arg, run);
    char letter = *wish ? *wish : free_letter(label, taken);
    if (letter >= 'a' && letter <= 'z') {
        taken[letter - 'a'] = true;
        m->key = arena_printf(&c->arena, "%c", letter);
    }
}

void goto_open(struct screen *s)
{
    struct session *ses = session_of(s);
    struct commands *c = xcalloc(1, sizeof *c);
    bool taken[26] = {['q' - 'a'] = true}; /* q always goes back */
    size_t i;
    const json_t *k;
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        char wish = get_text(k, "menu")[0];
        if (wish >= 'a' && wish <= 'z')
            taken[wish - 'a'] = true;
    }
    add_place(c, taken, "", _("My day"), NULL, run_myday);
    json_array_foreach(get_array(ses->hello, "kinds"), i, k) {
        if (!get_text(k, "menu")[0] || !get_bool(k, "may_list"))
            continue;
        AUTOFREE char *many = first_upper(get_text(k, "many"));
        add_place(c, taken, get_text(k, "menu"), many, get_text(k, "name"), run_list);
    }
    if (may_see_board(s))
        add_place(c, taken, "", _("Board of measures"), NULL, run_board);
    add_place(c, taken, "", _("Find in everything"), NULL, run_find);
    struct dialog_pick q = {.title = _("Go to"), .by_letter = true};
    offer(s, c, q, TAG_GOTO);
}

void command_do(struct screen *s, enum action a)
{
    enum reply r = s->ops->act ? s->ops->act(s, a, "") : UI_PASS;
    if (r == UI_PASS)
        r = general_act(s->ui, s, a, "");
    if (r == UI_PASS && a == ACT_BACK)
        r = UI_CLOSE;
    if (r == UI_PASS && a == ACT_REDRAW)
        term_redraw();
    if (r != UI_CLOSE)
        return;
    if (s->below)
        (void)ui_back_to(s->ui, s->below);
    else
        ui_quit(s->ui);
}

bool general_resume(struct screen *s, struct screen *closed)
{
    if (closed->tag != TAG_PALETTE && closed->tag != TAG_GOTO)
        return false;
    struct session *ses = session_of(s);
    struct commands *c = ses->offered;
    ses->offered = NULL;
    if (c && closed->answer.yes && closed->answer.index >= 0 && (size_t)closed->answer.index < c->n) {
        const struct command *m = &c->at[closed->answer.index];
        struct err e = {0};
        if (closed->tag == TAG_PALETTE)
            remember(ses, m->label);
        if (!m->run)
            command_do(s, m->action);
        else if (!m->run(s, m->arg, &e))
            tell(s->ui, &e);
    }
    commands_free(c);
    return true;
}

enum reply general_act(struct ui *ui, struct screen *top, enum action a, const char *utf8)
{
    (void)utf8;
    struct session *ses = ui_app(ui);
    if (top->ops->popup)
        return UI_PASS;
    switch (a) {
    case ACT_PALETTE:
        palette_open(top);
        return UI_DONE;
    case ACT_GOTO:
        if (!get_object(ses->hello, "user"))
            return UI_PASS;
        goto_open(top);
        return UI_DONE;
    case ACT_HELP:
        help_open(top);
        return UI_DONE;
    case ACT_QUIT:
        ui_quit(ui);
        return UI_DONE;
    default:
        return UI_PASS;
    }
}
