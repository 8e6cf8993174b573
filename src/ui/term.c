/* The terminal: newterm over a list of kindred types, modes, size, flush. */
#include "terminal.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define KEYPAD_DIGITS "\033>"

static struct {
    SCREEN *screen;
    FILE *in, *out;
    int in_fd, out_fd;
    int pipe[2];    /* signal handlers write, the loop reads */
    int rows, cols; /* fixed by options, else 0 */
    int cursor_y, cursor_x;
    bool utf8, plain, extras;
    struct sigaction old[5];
    int proc_io; /* /proc/self/io, opened at first use */
} term;

static volatile sig_atomic_t got_winch, got_hangup;
static const int watched[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP};

static void on_signal(int sig)
{
    int saved = errno;
    if (sig == SIGWINCH)
        got_winch = 1;
    else if (sig != SIGTSTP) /* a handler that does nothing: the program is not suspended */
        got_hangup = 1;
    ssize_t sent = write(term.pipe[1], "s", 1);
    (void)sent;
    errno = saved;
}

static bool watch_signals(struct err *e)
{
    if (pipe2(term.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return err_native(e, ERR_IO, errno, _("the terminal cannot be watched: %s"),
                          strerror(errno));
    got_winch = got_hangup = 0;
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&sa.sa_mask);
    for (size_t i = 0; i < N_OF(watched); i++)
        sigaction(watched[i], &sa, &term.old[i]);
    return true;
}

static void unwatch_signals(void)
{
    for (size_t i = 0; i < N_OF(watched); i++)
        sigaction(watched[i], &term.old[i], NULL);
    close(term.pipe[0]);
    close(term.pipe[1]);
}

static SCREEN *try_type(const char *type)
{
    SCREEN *s = newterm(type, term.out, term.in);
    if (!s)
        return NULL;
    const char *move = tigetstr("cup");
    if (!move || move == (char *)-1) { /* a printer or a dumb line */
        endwin();
        delscreen(s);
        return NULL;
    }
    return s;
}

/* The type itself, then its name without endings ("xterm-ghostty": "xterm"), then what nearly all
 * understand. */
static SCREEN *open_screen(const char *type)
{
    static const char *const kin[] = {"xterm-256color", "xterm", "vt220", "vt100", "ansi"};
    static const char *const modern[] = {"kitty",   "foot",    "alacritty", "ghostty",
                                         "wezterm", "contour", "tmux"};
    SCREEN *s = try_type(type);
    if (s)
        return s;
    AUTOFREE char *shorter = xstrdup(type);
    for (char *dash; !s && (dash = strrchr(shorter, '-'));) {
        *dash = '\0';
        s = try_type(shorter);
    }
    size_t first = 2; /* of an unknown kind nothing but the old standard is expected */
    for (size_t i = 0; i < N_OF(modern); i++)
        if (strstr(type, modern[i]))
            first = 0;
    for (size_t i = first; !s && i < N_OF(kin); i++)
        s = try_type(kin[i]);
    return s;
}

const char *term_key_string(const char *capability)
{
    const char *s = tigetstr(capability);
    return s && s != (char *)-1 && *s ? s : NULL;
}

/* A capability without the padding that only a real serial terminal needs. */
static void add_capability(struct str *s, const char *name)
{
    const char *p = term_key_string(name);
    while (p && *p) {
        const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;
        if (end)
            p = end + 1;
        else
            str_addc(s, *p++);
    }
}

static void arm_crash(void)
{
    STR restore = {0};
    if (term.extras)
        str_add(&restore, PASTE_OFF);
    add_capability(&restore, "rmkx");
    add_capability(&restore, "sgr0");
    add_capability(&restore, "cnorm");
    add_capability(&restore, "clear");
    add_capability(&restore, "rmcup");
    crash_arm(str_text(&restore));
}

static void take_size(void)
{
    struct winsize w = {0};
    int rows = term.rows, cols = term.cols;
    if (rows == 0 && ioctl(term.out_fd, TIOCGWINSZ, &w) == 0) {
        rows = w.ws_row;
        cols = w.ws_col;
    }
    if (rows <= 0 || cols <= 0) { /* a serial line does not know */
        rows = TERM_MIN_ROWS;
        cols = TERM_MIN_COLS;
    }
    if (rows != LINES || cols != COLS) {
        resize_term(rows, cols);
        clearok(curscr, TRUE);
    }
}

static void settle_charset(enum term_charset wanted)
{
    if (wanted == TERM_ASK)
        wanted = locale_charset();
    if (wanted == TERM_ASK && isatty(term.in_fd) && isatty(term.out_fd))
        wanted = probe_charset(term.in_fd, term.out_fd);
    term.utf8 = wanted != TERM_ASCII;
}

/* Curses has its own buffer and putp another: what goes beside the paint is written at once. */
static void send(const struct str *s)
{
    for (size_t at = 0; at < s->len;) {
        ssize_t n = write(term.out_fd, s->p + at, s->len - at);
        if (n <= 0 && errno != EINTR)
            return;
        at += n > 0 ? (size_t)n : 0;
    }
}

/* Until its first endwin, ncurses 6.4 sends every cursor move by a write of its own; after it, a
 * paint is one write. The bytes of that endwin are of no use to the terminal (its second screen on
 * and off), so they go nowhere. */
static void leave_first_state(void)
{
    int fd = fileno(term.out), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0)
        dup3(nowhere, fd, O_CLOEXEC);
    endwin();
    if (nowhere < 0)
        return;
    dup3(term.out_fd, fd, O_CLOEXEC);
    close(nowhere);
}

static void enter_modes(enum term_charset charset)
{
    raw();
    noecho();
    nonl();
    set_escdelay(25);
    typeahead(-1); /* keys are drained before a paint, not asked for in its middle */
    leave_first_state();
    reset_prog_mode();
    settle_charset(charset);
    STR on = {0};
    add_capability(&on, "smkx");
    term.extras = on.len > 0;
    if (term.extras) {
        str_add(&on, KEYPAD_DIGITS PASTE_ON);
        send(&on);
    }
}

static bool open_streams(const struct term_options *o, struct err *e)
{
    term.in_fd = o->in;
    term.out_fd = o->out;
    int in = fcntl(o->in, F_DUPFD_CLOEXEC, 3), out = fcntl(o->out, F_DUPFD_CLOEXEC, 3);
    term.in = in >= 0 ? fdopen(in, "r") : NULL;
    term.out = out >= 0 ? fdopen(out, "w") : NULL;
    if (term.in && term.out)
        return true;
    return err_native(e, ERR_IO, errno, _("the terminal cannot be opened: %s"), strerror(errno));
}

static void close_streams(void)
{
    if (term.in)
        fclose(term.in);
    if (term.out)
        fclose(term.out);
}

bool term_start(const struct term_options *o, struct err *e)
{
    const char *type = o->type ? o->type : getenv("TERM");
    if (!type || !*type || !strcmp(type, "dumb"))
        return err_set(e, ERR_IO, _("this terminal cannot show screens (TERM is \"%s\")"),
                       type ? type : "");
    memset(&term, 0, sizeof term);
    term.proc_io = -1;
    term.rows = o->rows;
    term.cols = o->cols;
    term.plain = o->plain;
    if (!open_streams(o, e) || !watch_signals(e)) {
        close_streams();
        return false;
    }
    crash_remember(o->in, o->out);
    use_env(FALSE); /* LINES and COLUMNS of the environment do not count */
    use_tioctl(TRUE);
    term.screen = open_screen(type);
    if (!term.screen) {
        unwatch_signals();
        close_streams();
        return err_set(e, ERR_IO, _("no description fits the terminal type \"%s\""), type);
    }
    enter_modes(o->charset);
    arm_crash();
    take_size();
    return true;
}

void term_stop(void)
{
    if (!term.screen)
        return;
    crash_disarm();
    erase(); /* nothing stays readable, also on terminals without a second screen */
    clearok(curscr, TRUE);
    refresh();
    endwin();
    STR off = {0};
    if (term.extras) {
        str_add(&off, PASTE_OFF);
        add_capability(&off, "rmkx");
        send(&off);
    }
    delscreen(term.screen);
    term.screen = NULL;
    unwatch_signals();
    close_streams();
    if (term.proc_io >= 0)
        close(term.proc_io);
}

bool term_running(void)
{
    return term.screen != NULL;
}

int term_rows(void)
{
    return term.screen ? LINES : 0;
}

int term_cols(void)
{
    return term.screen ? COLS : 0;
}

bool term_too_small(void)
{
    return LINES < TERM_MIN_ROWS || COLS < TERM_MIN_COLS;
}

bool term_utf8(void)
{
    return term.utf8;
}

bool term_plain(void)
{
    return term.plain;
}

int term_in(void)
{
    return term.in_fd;
}

int term_signals(void)
{
    return term.pipe[0];
}

static void drain_pipe(void)
{
    char bytes[64];
    while (read(term.pipe[0], bytes, sizeof bytes) > 0)
        ;
}

bool term_resized(void)
{
    drain_pipe();
    if (!got_winch)
        return false;
    got_winch = 0;
    take_size();
    return true;
}

bool term_hung_up(void)
{
    return got_hangup;
}

void term_cursor_at(int y, int x)
{
    term.cursor_y = y;
    term.cursor_x = x;
}

bool term_flush(void)
{
    int x = term.cursor_x < COLS ? term.cursor_x : COLS - 1;
    int y = term.cursor_y < LINES ? term.cursor_y : LINES - 1;
    move(y, x);
    return refresh() != ERR;
}

void term_erase(void)
{
    erase();
}

void term_redraw(void)
{
    clearok(curscr, TRUE);
}

void term_written(unsigned long *ret_bytes, unsigned long *ret_writes)
{
    unsigned long bytes = 0, writes = 0;
    char text[512];
    if (term.proc_io < 0)
        term.proc_io = open("/proc/self/io", O_RDONLY | O_CLOEXEC);
    ssize_t n = term.proc_io >= 0 ? pread(term.proc_io, text, sizeof text - 1, 0) : -1;
    if (n > 0) {
        text[n] = '\0';
        const char *b = strstr(text, "wchar: "), *w = strstr(text, "syscw: ");
        bytes = b ? strtoul(b + 7, NULL, 10) : 0;
        writes = w ? strtoul(w + 7, NULL, 10) : 0;
    }
    *ret_bytes = bytes;
    *ret_writes = writes;
}

char *term_row(int y)
{
    STR s = {0};
    for (int x = 0; x < COLS; x++) {
        cchar_t cell;
        wchar_t wide[CCHARW_MAX + 1] = L"";
        attr_t attrs;
        short pair;
        if (mvin_wch(y, x, &cell) == ERR || getcchar(&cell, wide, &attrs, &pair, NULL) == ERR)
            continue;
        char bytes[MB_LEN_MAX * (CCHARW_MAX + 1)];
        size_t n = wcstombs(bytes, wide, sizeof bytes);
        if (n != (size_t)-1)
            str_addn(&s, bytes, n);
        x += wcwidth(wide[0]) == 2; /* the second half has a cell of its own */
    }
    while (s.len > 0 && s.p[s.len - 1] == ' ')
        s.p[--s.len] = '\0';
    move(term.cursor_y, term.cursor_x);
    return s.p ? str_take(&s) : xstrdup("");
}

void term_cursor(int *ret_y, int *ret_x)
{
    *ret_y = term.cursor_y;
    *ret_x = term.cursor_x;
}
