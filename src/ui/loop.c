/* The one loop: waits exactly as long as nothing is due, reads all keys that wait, acts, paints
 * once. */
#include "loop.h"

#include "terminal.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define IDLE_MS 2000
#define IDLE_KEYS 20
#define ROUNDS_A_PAINT 50 /* bytes that hold no key at all must not keep the loop either */
#define KEYS_A_PAINT                                                                               \
    500 /* a key that is held down or a flood still shows something now and then                   \
         */

int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t next_minute(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return now_ms() + (60 - t.tv_sec % 60) * 1000 - t.tv_nsec / 1000000 + 1;
}

static int sync_fd_from_env(void)
{
    const char *text = getenv("TREBEN_UI_SYNC_FD");
    char *end;
    long fd = text && *text ? strtol(text, &end, 10) : -1;
    return fd >= 0 && fd <= INT_MAX && !*end && fcntl((int)fd, F_GETFD) >= 0 ? (int)fd : -1;
}

bool ui_start(const struct ui_options *o, struct ui **ret, struct err *e)
{
    if (!term_start(&o->term, e))
        return false;
    struct ui *ui = xcalloc(1, sizeof *ui);
    ui->o = *o;
    ui->user = xstrdup(o->user);
    ui->keymap = keymap_new();
    ui->reader = key_reader_new();
    key_reader_learn(ui->reader);
    key_reader_latin1(ui->reader, !term_utf8());
    ui->sync_fd = sync_fd_from_env();
    ui->trace = trace_open();
    ui->due = DUE_ALL;
    ui->worked = true;
    *ret = ui;
    return true;
}

void ui_free(struct ui *ui)
{
    if (!ui)
        return;
    while (ui->top)
        stack_remove(ui, ui->top, false);
    stack_bury(ui);
    term_stop();
    trace_close(ui->trace);
    key_reader_free(ui->reader);
    keymap_free(ui->keymap);
    free(ui->message);
    free(ui->last_said);
    free(ui->user);
    free(ui);
}

void *ui_app(struct ui *ui)
{
    return ui->o.app;
}

struct keymap *ui_keymap(struct ui *ui)
{
    return ui->keymap;
}

void ui_set_user(struct ui *ui, const char *user)
{
    free(ui->user);
    ui->user = xstrdup(user);
}

bool ui_reverse(const struct ui *ui)
{
    return ui->o.reverse;
}

void ui_watch(struct ui *ui, int fd, void (*ready)(struct ui *ui, int fd, void *ctx), void *ctx)
{
    if (ui->n_watches < WATCH_MAX)
        ui->watches[ui->n_watches++] = (struct watch){.fd = fd, .ready = ready, .ctx = ctx};
}

void ui_unwatch(struct ui *ui, int fd)
{
    for (size_t i = 0; i < ui->n_watches; i++)
        if (ui->watches[i].fd == fd)
            ui->watches[i--] = ui->watches[--ui->n_watches];
}

static enum reply general(struct ui *ui, struct screen *s, enum action a, const char *utf8)
{
    enum reply r = ui->o.general ? ui->o.general(ui, s, a, utf8) : UI_PASS;
    if (r != UI_PASS)
        return r;
    switch (a) {
    case ACT_BACK:
        return stack_may_close(s) ? UI_CLOSE : UI_DONE;
    case ACT_REDRAW:
        term_redraw();
        return UI_DONE;
    case ACT_REPEAT:
        if (ui->last_said)
            ui_say(ui, "%s", ui->last_said);
        return UI_DONE;
    case ACT_QUIT:
        ui_quit(ui);
        return UI_DONE;
    default:
        return UI_PASS;
    }
}

static void take_reply(struct ui *ui, struct screen *s, enum reply r, unsigned said_before)
{
    if (r == UI_PASS)
        return;
    if (r != UI_MOVED && ui->n_said == said_before) {
        free(ui->message); /* it has been read: something else is done now */
        ui->message = NULL;
    }
    if (r == UI_CLOSE) {
        if (s == ui->top)
            stack_pop(ui);
        else
            stack_remove(ui, s, false);
    }
    if (r == UI_MOVED && ui->due == DUE_NOTHING)
        ui->due = DUE_MOVE;
    if (r == UI_DONE)
        ui->due = DUE_ALL;
}

static void act(struct ui *ui, const struct key *k)
{
    struct screen *s = ui->top;
    enum action a = keymap_find(ui->keymap, s->writing, k);
    if (a == ACT_NONE || term_too_small() || (s->ops->careful && !s->texts->painted))
        return;
    const char *utf8 = k->code == K_PASTE ? k->paste : k->text;
    unsigned said = ui->n_said;
    enum reply r = s->ops->act ? s->ops->act(s, a, utf8) : UI_PASS;
    if (r == UI_PASS)
        r = general(ui, s, a, utf8);
    take_reply(ui, s, r, said);
    if (k->cut)
        ui_say_problem(ui, "%s",
                       _("Only the first million characters of what you pasted were taken."));
    stack_bury(ui);
}

static void keep_drafts(struct ui *ui)
{
    ui->idle_at = 0;
    ui->n_keys = 0;
    bool any = false;
    for (struct screen *s = ui->top; s; s = s->below)
        if (s->ops->idle) {
            s->ops->idle(s);
            any = true;
        }
    stack_bury(ui);
    if (any) /* else nothing has changed: a held arrow stays a marker's move */
        ui->due = DUE_ALL;
}

/* All keys that wait. False: the line is gone. */
static bool read_keys(struct ui *ui)
{
    struct key k;
    int n = 0, rounds = 0;
    do {
        key_read_fd(ui->reader, term_in());
        while (ui->top && !ui->quit && key_next(ui->reader, &k)) {
            if (k.code == K_EOF)
                return false;
            trace_key(ui->trace, &k, ui->top->writing);
            act(ui, &k);
            trace_acted(ui->trace);
            ui->n_keys++;
            n++;
        }
        struct pollfd more = {.fd = term_in(), .events = POLLIN};
        if (poll(&more, 1, 0) <= 0)
            break;
    } while (ui->top && !ui->quit && n < KEYS_A_PAINT && ++rounds < ROUNDS_A_PAINT);
    ui->worked = true;
    if (n > 0)
        ui->idle_at = now_ms() + IDLE_MS;
    if (ui->n_keys >= IDLE_KEYS && ui->top && !ui->quit)
        keep_drafts(ui);
    return true;
}

static void sooner(int64_t *at, int64_t other)
{
    if (other > 0 && other < *at)
        *at = other;
}

static int wait_ms(const struct ui *ui)
{
    int64_t now = now_ms(), at = ui->minute_at;
    sooner(&at, ui->late_at);
    sooner(&at, ui->idle_at);
    for (const struct screen *s = ui->top; s; s = s->below)
        sooner(&at, s->texts->timer_at);
    if (key_pending(ui->reader))
        sooner(&at, now + key_wait_ms(ui->reader));
    return at <= now ? 0 : (int)(at - now);
}

static void run_timers(struct ui *ui)
{
    int64_t now = now_ms();
    if (ui->late_at && now >= ui->late_at)
        ui->due = DUE_ALL;
    if (ui->idle_at && now >= ui->idle_at)
        keep_drafts(ui);
    for (struct screen *s = ui->top; s; s = s->below)
        if (s->texts->timer_at && now >= s->texts->timer_at) {
            s->texts->timer_at = 0;
            ui->due = DUE_ALL;
            ui->worked = true;
            if (s->ops->timer)
                s->ops->timer(s);
            break; /* the stack may have changed; the next round takes the others */
        }
    if (now >= ui->minute_at) {
        ui->minute_at = next_minute();
        for (struct screen *s = ui->top; s; s = s->below)
            if (s->ops->tick)
                s->ops->tick(s);
        ui->due = DUE_ALL;
    }
    stack_bury(ui);
}

/* The mark for tests. Not after the clock's minute or a kept draft: it could be taken for the
 * answer to a key that was sent in the same moment. */
static void tell_waiting(struct ui *ui)
{
    struct pollfd more = {.fd = term_in(), .events = POLLIN};
    if (ui->sync_fd < 0 || !ui->worked || ui->late_at != 0 || key_pending(ui->reader) ||
        poll(&more, 1, 0) > 0)
        return;
    ui->worked = false;
    ssize_t sent = write(ui->sync_fd, ".", 1);
    (void)sent;
}

/* Sleeps until something happens and lets it happen. False: the line is gone. */
static bool wait_and_act(struct ui *ui)
{
    struct pollfd fds[2 + WATCH_MAX] = {{.fd = term_in(), .events = POLLIN},
                                        {.fd = term_signals(), .events = POLLIN}};
    struct watch watches[WATCH_MAX];
    size_t n = ui->n_watches;
    for (size_t i = 0; i < n; i++) {
        watches[i] = ui->watches[i];
        fds[2 + i] = (struct pollfd){.fd = watches[i].fd, .events = POLLIN};
    }
    tell_waiting(ui);
    int ready = poll(fds, 2 + n, wait_ms(ui));
    bool expired = ready == 0 && key_pending(ui->reader);
    if (expired)
        key_expire(ui->reader);
    if (ready > 0 && fds[1].revents && term_resized()) {
        stack_layout(ui);
        ui->worked = true;
    }
    if (term_hung_up())
        return false;
    if ((expired || (ready > 0 && fds[0].revents)) && !read_keys(ui))
        return false;
    for (size_t i = 0; ready > 0 && i < n; i++)
        if (fds[2 + i].revents && ui->top)
            watches[i].ready(ui, watches[i].fd, watches[i].ctx);
    stack_bury(ui);
    ui->worked |= ui->due != DUE_NOTHING;
    if (ui->top && !ui->quit)
        run_timers(ui);
    return true;
}

enum ui_end ui_run(struct ui *ui)
{
    ui->minute_at = next_minute();
    while (ui->top && !ui->quit) {
        paint(ui);
        if (ui->o.exit_after_paint)
            return UI_END_PAINTED;
        if (wait_and_act(ui))
            continue;
        for (struct screen *s = ui->top; s; s = s->below)
            if (s->ops->hangup)
                s->ops->hangup(s);
        return UI_END_HANGUP;
    }
    return UI_END_QUIT;
}
