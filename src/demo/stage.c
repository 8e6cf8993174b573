/* demo/stage.c: acting as the accounts themselves, through all rules: what cannot be done by them
 * is not done here. */
#include "stage.h"

static bool enter(struct demo *g, const char *login, instant at)
{
    if (g->failed)
        return false;
    clock_set(at);
    g->failed = !subject_by_login(g->c, login, g->e);
    return !g->failed;
}

static void fail_with(struct demo *g, struct change *ch)
{
    if (ch && ch->problems.n && g->e && g->e->code == ERR_NONE)
        (void)problems_none(&ch->problems, g->e);
    g->failed = true;
}

static void set_all(struct change *ch, va_list pairs)
{
    const char *field;
    while ((field = va_arg(pairs, const char *)))
        change_set(ch, field, va_arg(pairs, const char *));
}

const char *stage_new(struct demo *g, const char *login, instant at, const char *kind, ...)
{
    struct change *ch = NULL;
    const char *id = NULL;
    va_list pairs;
    if (!enter(g, login, at))
        return "";
    if (!change_new(g->c, model_kind(g->c->model, kind), &ch, g->e)) {
        g->failed = true;
        return "";
    }
    va_start(pairs, kind);
    set_all(ch, pairs);
    va_end(pairs);
    if (!ch->problems.n && change_save(ch, g->e))
        id = arena_strdup(&g->keep, ch->now->id);
    else
        fail_with(g, ch);
    change_free(ch);
    return id ? id : "";
}

/* to NULL: a plain change. */
static void alter(struct demo *g, const char *login, instant at, const char *id, const char *to,
                  const char *reason, va_list pairs)
{
    struct change *ch = NULL;
    struct done done;
    if (!enter(g, login, at))
        return;
    if (!change_open(g->c, id, -1, &ch, g->e)) {
        g->failed = true;
        return;
    }
    ch->reason = reason;
    if (to)
        ch->transition = lifecycle_find(ch->was, to);
    set_all(ch, pairs);
    bool good = !ch->problems.n && (to ? lifecycle_do(ch, to, &done, g->e) : change_save(ch, g->e));
    if (!good)
        fail_with(g, ch);
    change_free(ch);
}

void stage_set(struct demo *g, const char *login, instant at, const char *id, ...)
{
    va_list pairs;
    va_start(pairs, id);
    alter(g, login, at, id, NULL, NULL, pairs);
    va_end(pairs);
}

void stage_do(struct demo *g, const char *login, instant at, const char *id, const char *to, ...)
{
    va_list pairs;
    va_start(pairs, to);
    alter(g, login, at, id, to, "Enligt gemensam bedömning", pairs);
    va_end(pairs);
}

const char *stage_time(struct demo *g, instant at)
{
    char text[INSTANT_TEXT];
    instant_text(at, text);
    return arena_strdup(&g->keep, text);
}

const char *stage_day(struct demo *g, int day)
{
    char text[DATE_TEXT];
    date_text(date_from_days(day), text);
    return arena_strdup(&g->keep, text);
}
