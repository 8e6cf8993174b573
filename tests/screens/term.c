/* The terminal for tests: pty, libvterm, and the pipe on which the program says that all is drawn. */
#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#ifndef GOLDEN_DIR
#error "the build says where the golden screens lie"
#endif

enum { SYNC_FD = 3 };

struct term {
    VTerm *vt;
    VTermScreen *screen;
    VTermPos cursor;
    int rows, cols;
    int pty, sync; /* sync: read end */
    pid_t pid;
    bool over;
    int status;
    size_t bytes;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int on_cursor(VTermPos pos, VTermPos old, int visible, void *user)
{
    (void)old;
    (void)visible;
    ((struct term *)user)->cursor = pos;
    return 1;
}

static void run_program(int sync, const char *const argv[], const char *const env[])
{
    static const char *const fixed[] = {"TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "TZ=UTC",
                                        "TREBEN_UI_SYNC_FD=3"};
    const char *all[32];
    size_t n = 0;
    for (; n < sizeof fixed / sizeof *fixed; n++)
        all[n] = fixed[n];
    for (size_t i = 0; env && env[i] && n < 31; i++)
        all[n++] = env[i];
    all[n] = NULL;
    if (sync != SYNC_FD) {
        dup2(sync, SYNC_FD);
        close(sync);
    }
    union { /* execve does not write to the words, but its type does not say so */
        const char *const *in;
        char *const *out;
    } words = {.in = argv}, vars = {.in = all};
    execve(argv[0], words.out, vars.out);
    _exit(127);
}

struct term *term_open(int rows, int cols, const char *const argv[], const char *const env[])
{
    static const VTermScreenCallbacks calls = {.movecursor = on_cursor};
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    struct term *t = calloc(1, sizeof *t);
    int ends[2];
    assert_non_null(t);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    t->rows = rows;
    t->cols = cols;
    t->vt = vterm_new(rows, cols);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &calls, t);
    vterm_screen_reset(t->screen, 1);
    t->pid = forkpty(&t->pty, NULL, NULL, &size);
    assert_true(t->pid >= 0);
    if (t->pid == 0)
        run_program(ends[1], argv, env);
    close(ends[1]);
    t->sync = ends[0];
    fcntl(t->pty, F_SETFL, O_NONBLOCK);
    fcntl(t->pty, F_SETFD, FD_CLOEXEC);
    fcntl(t->sync, F_SETFL, O_NONBLOCK);
    return t;
}

/* Takes what the program has written. False: nothing came. */
static bool pump(struct term *t)
{
    char bytes[4096];
    bool any = false;
    ssize_t n;
    while ((n = read(t->pty, bytes, sizeof bytes)) > 0) {
        vterm_input_write(t->vt, bytes, (size_t)n);
        t->bytes += (size_t)n;
        any = true;
    }
    vterm_screen_flush_damage(t->screen);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        t->over = true;
    return any;
}

static bool drain_sync(struct term *t)
{
    char bytes[64];
    bool any = false;
    ssize_t n;
    while ((n = read(t->sync, bytes, sizeof bytes)) > 0)
        any = true;
    return any;
}

/* Waits for output or for the sync byte; fails the test when the limit is over. */
static void wait_some(struct term *t, int64_t until, const char *what)
{
    struct pollfd fds[] = {{.fd = t->pty, .events = POLLIN}, {.fd = t->sync, .events = POLLIN}};
    int64_t left = until - now_ms();
    if (left <= 0 || t->over) {
        char *shown = term_screen(t);
        fprintf(stderr, "%s; the screen was:\n%s\n", t->over ? "the program ended" : "nothing more happened", shown);
        free(shown);
        fail_msg("waited for: %s", what);
    }
    (void)poll(fds, 2, (int)left);
}

static void wait_drawn(struct term *t)
{
    int64_t until = now_ms() + TERM_LIMIT_MS;
    while (!drain_sync(t) && !t->over) {
        wait_some(t, until, "the program's word that all is drawn");
        pump(t);
    }
    pump(t);
}

static void write_all(struct term *t, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = write(t->pty, bytes, n);
        if (sent < 0 && errno == EAGAIN) {
            pump(t);
            continue;
        }
        if (sent <= 0)
            return;
        bytes += sent;
        n -= (size_t)sent;
    }
}

void term_send(struct term *t, const char *keys)
{
    pump(t);
    drain_sync(t);
    write_all(t, keys, strlen(keys));
    wait_drawn(t);
}

void term_type(struct term *t, const char *keys)
{
    for (const char *p = keys; *p;) {
        char one[8] = "";
        size_t n = 1;
        while ((p[n] & 0xc0) == 0x80 && n < 6)
            n++;
        memcpy(one, p, n);
        term_send(t, one);
        p += n;
    }
}

void term_resize(struct term *t, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    pump(t);
    drain_sync(t);
    t->rows = rows;
    t->cols = cols;
    vterm_set_size(t->vt, rows, cols);
    assert_int_equal(ioctl(t->pty, TIOCSWINSZ, &size), 0);
    wait_drawn(t);
}

void term_until(struct term *t, const char *text)
{
    int64_t until = now_ms() + TERM_LIMIT_MS;
    pump(t);
    while (!term_shows(t, text)) {
        wait_some(t, until, text);
        pump(t);
        drain_sync(t);
    }
}

void term_without(struct term *t, const char *text)
{
    int64_t until = now_ms() + TERM_LIMIT_MS;
    pump(t);
    while (term_shows(t, text)) {
        wait_some(t, until, text);
        pump(t);
        drain_sync(t);
    }
}

static size_t add_utf8(char *at, uint32_t c)
{
    if (c < 0x80) {
        at[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        at[0] = (char)(0xc0 | c >> 6);
        at[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        at[0] = (char)(0xe0 | c >> 12);
        at[1] = (char)(0x80 | (c >> 6 & 63));
        at[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    at[0] = (char)(0xf0 | c >> 18);
    at[1] = (char)(0x80 | (c >> 12 & 63));
    at[2] = (char)(0x80 | (c >> 6 & 63));
    at[3] = (char)(0x80 | (c & 63));
    return 4;
}

char *term_row(struct term *t, int y)
{
    char *row = calloc((size_t)t->cols * VTERM_MAX_CHARS_PER_CELL * 4 + 1, 1);
    size_t n = 0, last = 0;
    assert_non_null(row);
    for (int x = 0; x < t->cols;) {
        VTermScreenCell cell;
        VTermPos pos = {.row = y, .col = x};
        vterm_screen_get_cell(t->screen, pos, &cell);
        if (cell.chars[0] == 0 || cell.chars[0] == ' ') {
            row[n++] = ' ';
        } else {
            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
                n += add_utf8(row + n, cell.chars[i]);
            last = n;
        }
        x += cell.width > 0 ? cell.width : 1;
    }
    row[last] = '\0';
    return row;
}

char *term_screen(struct term *t)
{
    char *all = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&all, &size);
    assert_non_null(f);
    for (int y = 0; y < t->rows; y++) {
        char *row = term_row(t, y);
        fprintf(f, "%s\n", row);
        free(row);
    }
    fclose(f);
    return all;
}

bool term_shows(struct term *t, const char *text)
{
    char *all = term_screen(t);
    bool there = strstr(all, text) != NULL;
    free(all);
    return there;
}

void term_cursor(struct term *t, int *ret_y, int *ret_x)
{
    *ret_y = t->cursor.row;
    *ret_x = t->cursor.col;
}

size_t term_bytes(struct term *t)
{
    size_t n = t->bytes;
    t->bytes = 0;
    return n;
}

static void reap(struct term *t)
{
    if (t->pid <= 0)
        return;
    while (waitpid(t->pid, &t->status, 0) < 0 && errno == EINTR) {
    }
    t->pid = 0;
}

static int exit_status(const struct term *t)
{
    return WIFEXITED(t->status) ? WEXITSTATUS(t->status) : -1;
}

int term_exit(struct term *t)
{
    int64_t until = now_ms() + TERM_LIMIT_MS;
    while (!t->over) {
        wait_some(t, until, "the end of the program");
        pump(t);
        drain_sync(t);
    }
    reap(t);
    return exit_status(t);
}

int term_child(struct term *t)
{
    char path[64], text[32] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)t->pid, (int)t->pid);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(text, sizeof text, f));
    fclose(f);
    return (int)strtol(text, NULL, 10);
}

void term_hang_up(struct term *t)
{
    close(t->pty); /* the session's terminal is gone: SIGHUP and end of file */
    t->pty = -1;
    reap(t);
}

int term_close(struct term *t)
{
    if (t->pty >= 0)
        close(t->pty);
    reap(t);
    close(t->sync);
    vterm_free(t->vt);
    int status = exit_status(t);
    free(t);
    return status;
}

/* ---- golden screens ---- */

static char *read_golden(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;
    if (f && getdelim(&text, &size, '\0', f) < 0) {
        free(text);
        text = NULL;
    }
    if (f)
        fclose(f);
    return text;
}

static void write_golden(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

void assert_golden(struct term *t, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", GOLDEN_DIR, name);
    char *golden = read_golden(path);
    int64_t until = now_ms() + 3000; /* what the program wrote may still be on its way through the pty */
    char *shown = term_screen(t);
    while (golden && strcmp(golden, shown) != 0 && now_ms() < until && !t->over) {
        struct pollfd fd = {.fd = t->pty, .events = POLLIN};
        (void)poll(&fd, 1, (int)(until - now_ms()));
        pump(t);
        free(shown);
        shown = term_screen(t);
    }
    if (getenv("UPDATE_GOLDEN")) { /* written once nothing more comes */
        struct pollfd fd = {.fd = t->pty, .events = POLLIN};
        while (poll(&fd, 1, 300) > 0 && pump(t)) {
        }
        free(shown);
        shown = term_screen(t);
    }
    bool same = golden && strcmp(golden, shown) == 0;
    if (!same && getenv("UPDATE_GOLDEN"))
        write_golden(path, shown);
    else if (!same)
        fprintf(stderr, "golden %s:\n%s\nshown:\n%s\n", name, golden ? golden : "(there is none)", shown);
    free(golden);
    free(shown);
    if (!same && !getenv("UPDATE_GOLDEN"))
        fail_msg("the screen differs from golden/%s.txt", name);
}
