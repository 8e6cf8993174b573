/* Opens the screens: core, terminal, first screen, and what is left to say when the person is done. */
#include "inside.h"

#include <stdio.h>
#include <unistd.h>

static int fail(const struct err *e)
{
    fprintf(stderr, "%s\n", e->text);
    return err_exit(e->code);
}

static bool first_screen(struct session *s, const char *open, struct err *e)
{
    if (!get_object(s->hello, "user"))
        return ui_push(s->ui, &choose_ops, NULL, TAG_RUN, e);
    if (!str_empty(open)) {
        struct list_arg arg = {.kind = open};
        return list_open(s->ui, &arg, e);
    }
    return ui_push(s->ui, &myday_ops, NULL, TAG_RUN, e);
}

static bool run(struct session *s, const struct screens_options *o, enum ui_end *ret, struct err *e)
{
    struct ui_options u = {
        .term = {.in = STDIN_FILENO, .out = STDOUT_FILENO},
        .exit_after_paint = o->exit_after_paint,
        .app = s,
        .general = general_act,
    };
    if (!ui_start(&u, &s->ui, e)) /* while the core starts */
        return false;
    struct err keys = {0};
    bool ok = session_greeted(s, e);
    bool keys_ok = ok && session_take_keys(s, &keys);
    ok = ok && first_screen(s, o->open, e);
    if (ok) {
        if (!keys_ok)
            tell(s->ui, &keys);
        *ret = ui_run(s->ui);
    }
    ui_free(s->ui);
    s->ui = NULL;
    return ok;
}

int screens_run(const struct screens_options *o)
{
    struct err e = {0};
    struct session s = {0};
    enum ui_end end = UI_END_QUIT;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        (void)err_set(&e, ERR_USAGE, "%s",
                      _("The screens need a terminal. For scripts there are verbs: treben help."));
        return fail(&e);
    }
    bool ok = session_start(o, &s, &e) && run(&s, o, &end, &e);
    session_end(&s);
    return ok ? 0 : fail(&e);
}
