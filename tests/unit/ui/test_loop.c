/* The loop and the stack, driven by the mark that the loop gives when all is drawn: no sleeping, no
 * threads. The terminal is a datagram socket, so that each write of the program is one message. */
#include "terminal.h"

#include "treben/ui/dialog.h"
#include "treben/ui/list.h"

#include <sys/socket.h>

struct app {
    struct ui *ui;
    int keys;  /* the test writes keys here */
    int sent;  /* what the program sent to the terminal */
    int marks; /* a byte each time the loop waits */
    const char *const *script;
    size_t step;
    size_t writes[64], first_bytes[64], bytes[64]; /* after each step */
    int drawn, idled, hung, resumed, tag;
    bool yes;
    int index;
    char text[64];
    bool refuse_close;
    bool reads_only; /* its screen keeps no drafts */
};

static size_t drain(struct app *a, size_t *ret_first, size_t *ret_bytes)
{
    char block[65536];
    size_t n = 0;
    *ret_first = *ret_bytes = 0;
    for (ssize_t got; (got = recv(a->sent, block, sizeof block, MSG_DONTWAIT)) > 0; n++) {
        *ret_first = n == 0 ? (size_t)got : *ret_first;
        *ret_bytes += (size_t)got;
    }
    return n;
}

/* All is drawn: count, then give the next keys. */
static void on_mark(struct ui *ui, int fd, void *ctx)
{
    struct app *a = ctx;
    char byte;
    assert_int_equal(read(fd, &byte, 1), 1);
    a->writes[a->step] = drain(a, &a->first_bytes[a->step], &a->bytes[a->step]);
    const char *keys = a->script[a->step++];
    if (!keys) {
        a->refuse_close = false;
        ui_quit(ui);
    } else if (str_eq(keys, "EOF")) {
        close(a->keys);
    } else {
        assert_int_equal(write(a->keys, keys, strlen(keys)), (ssize_t)strlen(keys));
    }
}

static const char *key_of(void *ctx, size_t row)
{
    static char key[8];
    (void)ctx;
    snprintf(key, sizeof key, "%zu", row);
    return key;
}

static const char *cell_of(void *ctx, size_t row, size_t column)
{
    (void)column;
    return key_of(ctx, row);
}

struct rows {
    struct app *app;
    struct list_array array;
    struct list *list;
    struct edit ed;
};

static bool rows_open(struct screen *s, const void *arg, struct err *e)
{
    static const struct list_column one[] = {{.name = "n", .label = "N", .min = 5, .ideal = 10}};
    struct rows *r = STATE(struct rows, s);
    (void)arg;
    r->app = ui_app(s->ui);
    r->array = (struct list_array){.n = 500, .key = key_of, .cell = cell_of, .n_columns = 1};
    r->list = list_new(one, 1, list_source_array(&r->array));
    edit_init(&r->ed, false, 0);
    screen_title(s, "Rows");
    return list_load(r->list, false, e);
}

static void rows_layout(struct screen *s)
{
    list_set_area(STATE(struct rows, s)->list, s->area);
}

static void rows_draw(struct screen *s)
{
    struct rows *r = STATE(struct rows, s);
    r->app->drawn++;
    list_draw(r->list, true);
}

static void rows_draw_move(struct screen *s)
{
    struct rows *r = STATE(struct rows, s);
    r->app->drawn++;
    list_draw_move(r->list, true);
}

static void rows_status(struct screen *s)
{
    AUTOFREE char *place = list_place(STATE(struct rows, s)->list);
    screen_place(s, "%s", place);
}

static enum reply rows_act(struct screen *s, enum action a, const char *utf8)
{
    static const struct pick_item items[] = {
        {.label = "Anteckna"}, {.label = "Visa", .words = "läs"}, {.label = "Gå", .dead = true}};
    (void)utf8;
    switch (a) {
    case ACT_NEW:
        ui_say(s->ui, "Saved 7");
        return UI_DONE;
    case ACT_EDIT:
        dialog_confirm(s->ui, "Close?", "Three measures are open.", "CLOSE", 1);
        return UI_DONE;
    case ACT_FILTER:
        dialog_pick(s->ui, &(struct dialog_pick){.title = "Pick", .items = items, .n = N_OF(items)},
                    2);
        return UI_DONE;
    case ACT_NOTE:
        dialog_ask(s->ui,
                   &(struct dialog_ask){
                       .title = "Why", .label = "Reason", .required = true, .max_chars = 10},
                   3);
        return UI_DONE;
    case ACT_HISTORY:
        dialog_message(s->ui, "Text", "Something to read.", 4);
        return UI_DONE;
    case ACT_COPY: /* a screen that goes while its own answer is handled */
        screen_close(s);
        return UI_DONE;
    default:
        return list_act(STATE(struct rows, s)->list, a);
    }
}

static void rows_resume(struct screen *s, struct screen *closed)
{
    struct app *a = STATE(struct rows, s)->app;
    a->resumed++;
    a->tag = closed->tag;
    a->yes = closed->answer.yes;
    a->index = closed->answer.index;
    snprintf(a->text, sizeof a->text, "%s", closed->answer.text ? closed->answer.text : "");
}

static bool rows_may_close(struct screen *s)
{
    return !STATE(struct rows, s)->app->refuse_close;
}

static void rows_idle(struct screen *s)
{
    STATE(struct rows, s)->app->idled++;
}

static void rows_hangup(struct screen *s)
{
    STATE(struct rows, s)->app->hung++;
}

static void rows_done(struct screen *s)
{
    list_free(STATE(struct rows, s)->list);
    edit_done(&STATE(struct rows, s)->ed);
}

static const struct screen_ops rows_ops = {.name = "rows",
                                           .size = sizeof(struct rows),
                                           .open = rows_open,
                                           .layout = rows_layout,
                                           .draw = rows_draw,
                                           .draw_move = rows_draw_move,
                                           .status = rows_status,
                                           .act = rows_act,
                                           .resume = rows_resume,
                                           .may_close = rows_may_close,
                                           .idle = rows_idle,
                                           .hangup = rows_hangup,
                                           .done = rows_done};

static enum ui_end run(struct app *a, const char *const *script, bool once)
{
    int keys[2], sent[2], marks[2];
    char number[16];
    struct err e = {0};
    assert_int_equal(pipe(keys), 0);
    assert_int_equal(pipe(marks), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, sent), 0);
    snprintf(number, sizeof number, "%d", marks[1]);
    setenv("TREBEN_UI_SYNC_FD", number, 1);
    a->keys = keys[1];
    a->sent = sent[1];
    a->script = script;
    const struct ui_options o = {.term = {.in = keys[0],
                                          .out = sent[0],
                                          .type = "xterm-256color",
                                          .charset = TERM_UTF8,
                                          .rows = 24,
                                          .cols = 80},
                                 .user = "Åsa Lind",
                                 .exit_after_paint = once,
                                 .app = a};
    assert_true(ui_start(&o, &a->ui, &e));
    ui_watch(a->ui, marks[0], on_mark, a);
    struct screen_ops ops = rows_ops; /* as long as the run */
    ops.idle = a->reads_only ? NULL : ops.idle;
    assert_true(ui_push(a->ui, &ops, NULL, 0, &e));
    enum ui_end end = ui_run(a->ui);
    if (once)
        a->writes[0] = drain(a, &a->first_bytes[0], &a->bytes[0]);
    ui_free(a->ui);
    close(keys[0]);
    if (end != UI_END_HANGUP)
        close(keys[1]);
    close(sent[0]);
    close(sent[1]);
    close(marks[0]);
    close(marks[1]);
    unsetenv("TREBEN_UI_SYNC_FD");
    return end;
}

static void costs_few_bytes(void **state)
{
    (void)state;
    struct app a = {.reads_only = true};
    static const char *const script[] = {
        "\033OB", /* 1 */
        "\033OB\033OB\033OB\033OB\033OB\033OB\033OB\033OB\033OB\033OB\033OB\033OB"
        "\033OA\033OA\033OA\033OA\033OA\033OA\033OA\033OA",
        "\033[6~", "n", NULL};
    assert_int_equal(run(&a, script, false), UI_END_QUIT);
    assert_true(a.writes[0] <= 2); /* the modes, and the whole first page */
    assert_true(a.bytes[0] <= 2200);
    assert_int_equal(a.writes[1], 2); /* the marker; later row 23 */
    assert_true(a.first_bytes[1] <= 16);
    assert_true(a.bytes[1] <= 16 + 80);
    assert_int_equal(a.writes[2], 2); /* twenty queued keys cost as much as one */
    assert_true(a.first_bytes[2] <= 16);
    assert_true(a.bytes[2] <= 40);
    assert_int_equal(a.writes[3], 1); /* a page is one write */
    assert_int_equal(a.writes[4], 1); /* a message at once, not after a pause */
    assert_true(a.bytes[4] < 60);
}

static void leaves_after_the_first_paint(void **state)
{
    (void)state;
    struct app a = {0};
    static const char *const script[] = {NULL};
    assert_int_equal(run(&a, script, true), UI_END_PAINTED);
    assert_int_equal(a.drawn, 1);
    assert_true(a.bytes[0] > 500);
}

static void lost_line_is_told_to_every_screen(void **state)
{
    (void)state;
    struct app a = {0};
    static const char *const script[] = {"h", "EOF", NULL};
    assert_int_equal(run(&a, script, false), UI_END_HANGUP);
    assert_int_equal(a.hung, 1);
}

static void twenty_keys_keep_drafts(void **state)
{
    (void)state;
    struct app a = {0};
    static const char *const script[] = {"jjjjjjjjjj", "jjjjjjjjjjj", NULL};
    run(&a, script, false);
    assert_int_equal(a.idled, 1);
}

static void confirmation_needs_the_word(void **state)
{
    (void)state;
    struct app a = {0};
    /* typed ahead, before the question was seen: does not count */
    static const char *const early[] = {"eCLOSE\r", "\r", "\033", NULL};
    run(&a, early, false);
    assert_int_equal(a.resumed, 1);
    assert_false(a.yes);
    a = (struct app){0};
    static const char *const wrong[] = {"e", "clos\r", "\033", NULL};
    run(&a, wrong, false);
    assert_int_equal(a.resumed, 1);
    assert_false(a.yes);
    a = (struct app){0};
    static const char *const right[] = {"e", "close\r", NULL};
    run(&a, right, false);
    assert_int_equal(a.resumed, 1);
    assert_int_equal(a.tag, 1);
    assert_true(a.yes);
}

static void pick_finds_by_other_words(void **state)
{
    (void)state;
    struct app a = {0};
    static const char *const script[] = {"flas\r", NULL};
    run(&a, script, false);
    assert_true(a.yes);
    assert_int_equal(a.index, 1);
    a = (struct app){0};
    static const char *const dead[] = {"fg\xc3\xa5\r", "\033", NULL};
    run(&a, dead, false);
    assert_int_equal(a.resumed, 1);
    assert_false(a.yes);
}

static void ask_gives_its_text(void **state)
{
    (void)state;
    struct app a = {0};
    static const char *const script[] = {"a\r", "h\xc3\xa4r 123456789\r", NULL};
    run(&a, script, false);
    assert_int_equal(a.resumed, 1);
    assert_true(a.yes);
    assert_string_equal(a.text, "här 123456");
}

static void screens_close_where_they_may(void **state)
{
    (void)state;
    struct app a = {.refuse_close = true};
    static const char *const script[] = {"q", "hq", NULL};
    run(&a, script, false);
    assert_int_equal(a.resumed, 1); /* the message closed, the screen below did not */
    assert_int_equal(a.step, 3);
    a = (struct app){0};
    static const char *const quit[] = {"q", NULL};
    assert_int_equal(run(&a, quit, false), UI_END_QUIT);
    assert_int_equal(a.step, 1);
    a = (struct app){0};
    static const char *const by_itself[] = {"y", NULL};
    assert_int_equal(run(&a, by_itself, false), UI_END_QUIT);
    assert_int_equal(a.step, 1);
}

static void quit_now(struct ui *ui, int fd, void *ctx)
{
    char byte;
    (void)ctx;
    assert_int_equal(read(fd, &byte, 1), 1);
    ui_quit(ui);
}

/* Bytes without end that hold no key: other lines are still heard. */
static void flood_does_not_hold_the_loop(void **state)
{
    (void)state;
    struct app a = {0};
    struct err e = {0};
    int zero = open("/dev/zero", O_RDONLY | O_CLOEXEC),
        out = open("/dev/null", O_WRONLY | O_CLOEXEC), line[2];
    assert_int_equal(pipe(line), 0);
    assert_int_equal(write(line[1], "x", 1), 1);
    const struct ui_options o = {
        .term =
            {.in = zero, .out = out, .type = "xterm", .charset = TERM_UTF8, .rows = 24, .cols = 80},
        .app = &a};
    assert_true(ui_start(&o, &a.ui, &e));
    assert_true(ui_push(a.ui, &rows_ops, NULL, 0, &e));
    ui_watch(a.ui, line[0], quit_now, NULL);
    assert_int_equal(ui_run(a.ui), UI_END_QUIT);
    ui_free(a.ui);
    close(zero);
    close(out);
    close(line[0]);
    close(line[1]);
}

static int language(void **state)
{
    (void)state;
    lang_start("/nowhere");
    lang_use(LANG_EN);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_few_bytes),
        cmocka_unit_test(leaves_after_the_first_paint),
        cmocka_unit_test(lost_line_is_told_to_every_screen),
        cmocka_unit_test(twenty_keys_keep_drafts),
        cmocka_unit_test(confirmation_needs_the_word),
        cmocka_unit_test(pick_finds_by_other_words),
        cmocka_unit_test(ask_gives_its_text),
        cmocka_unit_test(screens_close_where_they_may),
        cmocka_unit_test(flood_does_not_hold_the_loop),
    };
    return cmocka_run_group_tests(tests, language, NULL);
}
