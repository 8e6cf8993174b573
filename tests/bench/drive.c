/* The pty driver: see drive.h. */
#include "drive.h"
#include "counts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { ROWS = 24, COLS = 80, SYNC_FD = 3, CHUNKS = 64, ENV_MAX = 24 };
#define SETTLE_MS 4.0 /* the terminal's line may be a little behind the mark's pipe */
#define PAUSE_MS 40.0 /* what comes after such a pause is a paint of its own */

struct chunk {
    double at;
    size_t bytes;
    unsigned long writes; /* counted so far when it came */
};

struct source {
    struct drive *d;
    bool mark;
};

struct drive {
    struct drives *all;
    struct drive *next;
    void *ctx;
    pid_t pid;
    int pty, sync; /* sync: read end */
    struct source sources[2];
    VTerm *vt;
    VTermScreen *screen;
    bool stepping, starting, marked, over;
    double began, settled;
    struct chunk chunks[CHUNKS];
    size_t n_chunks;
    unsigned long writes, fsyncs; /* counted when the step began */
    size_t queries;
    char sequence; /* 0 text, 'e' after escape, '[' in a control sequence */
};

struct drives {
    int epoll;
    struct drive *first;
    size_t rested;
    char *library;
    char counts_name[64];
    struct counts *counts;
};

double drive_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* --- sets ------------------------------------------------------------------------------------------------------- */

static void share_counts(struct drives *all)
{
    snprintf(all->counts_name, sizeof all->counts_name, "/tmp/treben-bench-XXXXXX");
    int fd = mkstemp(all->counts_name);
    if (fd < 0 || ftruncate(fd, sizeof *all->counts) != 0)
        abort();
    void *at = mmap(NULL, sizeof *all->counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        abort();
    all->counts = at;
    close(fd);
}

struct drives *drives_new(const char *counts_library)
{
    struct drives *all = calloc(1, sizeof *all);
    if (!all || (all->epoll = epoll_create1(EPOLL_CLOEXEC)) < 0)
        abort();
    if (counts_library) {
        all->library = strdup(counts_library);
        share_counts(all);
    }
    return all;
}

void drives_free(struct drives *all)
{
    while (all->first)
        drive_close(all->first);
    close(all->epoll);
    if (all->counts) {
        munmap(all->counts, sizeof *all->counts);
        unlink(all->counts_name);
    }
    free(all->library);
    free(all);
}

static unsigned long writes_now(const struct drives *all)
{
    return all->counts ? atomic_load(&all->counts->writes) : 0;
}

static unsigned long fsyncs_now(const struct drives *all)
{
    return all->counts ? atomic_load(&all->counts->fsyncs) : 0;
}

/* --- starting and ending ------------------------------------------------------------------------------------------ */

static void begin_step(struct drive *d, bool start)
{
    d->stepping = true;
    d->starting = start;
    d->marked = false;
    d->n_chunks = 0;
    d->queries = 0;
    d->writes = writes_now(d->all);
    d->fsyncs = fsyncs_now(d->all);
    d->began = drive_now_ms();
}

static void run_program(const struct drives *all, int sync, const char *const argv[], const char *const env[])
{
    static const char *const fixed[] = {"TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "TZ=UTC",
                                        "TREBEN_UI_SYNC_FD=3"};
    const char *vars[ENV_MAX];
    static char preload[512], counts[128];
    size_t n = 0;
    for (; n < sizeof fixed / sizeof *fixed; n++)
        vars[n] = fixed[n];
    if (all->library) {
        snprintf(preload, sizeof preload, "LD_PRELOAD=%s", all->library);
        snprintf(counts, sizeof counts, "BENCH_COUNTS=%s", all->counts_name);
        vars[n++] = preload;
        vars[n++] = counts;
    }
    for (size_t i = 0; env && env[i] && n < ENV_MAX - 1; i++)
        vars[n++] = env[i];
    vars[n] = NULL;
    if (sync != SYNC_FD)
        dup2(sync, SYNC_FD); /* without close-on-exec */
    else
        fcntl(sync, F_SETFD, 0);
    union { /* execve does not write to the words, but its type does not say so */
        const char *const *in;
        char *const *out;
    } words = {.in = argv}, all_vars = {.in = vars};
    execve(argv[0], words.out, all_vars.out);
    _exit(127);
}

static void watch(struct drive *d, int fd, bool mark)
{
    struct source *s = &d->sources[mark];
    *s = (struct source){.d = d, .mark = mark};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
    fcntl(fd, F_SETFL, O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    epoll_ctl(d->all->epoll, EPOLL_CTL_ADD, fd, &event);
}

struct drive *drive_open(struct drives *all, const char *const argv[], const char *const env[], void *ctx)
{
    struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
    struct drive *d = calloc(1, sizeof *d);
    int ends[2];
    if (!d || pipe2(ends, O_CLOEXEC) != 0)
        abort();
    d->all = all;
    d->ctx = ctx;
    d->vt = vterm_new(ROWS, COLS);
    vterm_set_utf8(d->vt, 1);
    d->screen = vterm_obtain_screen(d->vt);
    vterm_screen_enable_altscreen(d->screen, 1);
    vterm_screen_reset(d->screen, 1);
    begin_step(d, true);
    d->pid = forkpty(&d->pty, NULL, NULL, &size);
    if (d->pid < 0)
        abort();
    if (d->pid == 0)
        run_program(all, ends[1], argv, env);
    close(ends[1]);
    d->sync = ends[0];
    watch(d, d->pty, false);
    watch(d, d->sync, true);
    d->next = all->first;
    all->first = d;
    return d;
}

void drive_close(struct drive *d)
{
    struct drive **at = &d->all->first;
    while (*at && *at != d)
        at = &(*at)->next;
    if (*at)
        *at = d->next;
    if (d->pty >= 0)
        close(d->pty);
    close(d->sync);
    while (waitpid(d->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    vterm_free(d->vt);
    free(d);
}

void *drive_ctx(const struct drive *d)
{
    return d->ctx;
}

pid_t drive_pid(const struct drive *d)
{
    return d->pid;
}

bool drive_over(const struct drive *d)
{
    return d->over;
}

/* --- what comes ----------------------------------------------------------------------------------------------------- */

/* Questions a terminal answers: device status, attributes. */
static void find_queries(struct drive *d, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (d->sequence == 'e') {
            d->queries += c == 'Z';
            d->sequence = c == '[' ? '[' : 0;
        } else if (d->sequence == '[' && c >= 0x40 && c <= 0x7e) {
            d->queries += c == 'n' || c == 'c';
            d->sequence = 0;
        } else if (c == 033) {
            d->sequence = 'e';
        }
    }
}

static void note_chunk(struct drive *d, double at, size_t n)
{
    bool full = d->n_chunks == CHUNKS;
    struct chunk *c = &d->chunks[full ? CHUNKS - 1 : d->n_chunks++];
    c->bytes = (full ? c->bytes : 0) + n;
    c->at = at;
    c->writes = writes_now(d->all);
}

static void take_output(struct drive *d)
{
    char bytes[8192];
    ssize_t n = read(d->pty, bytes, sizeof bytes);
    double at = drive_now_ms();
    if (n <= 0) {
        if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
            epoll_ctl(d->all->epoll, EPOLL_CTL_DEL, d->pty, NULL);
            d->over = true;
        }
        return;
    }
    if (d->stepping)
        note_chunk(d, at, (size_t)n);
    d->settled = at + SETTLE_MS;
    d->all->rested += (size_t)n;
    find_queries(d, bytes, (size_t)n);
    vterm_input_write(d->vt, bytes, (size_t)n);
}

static void take_mark(struct drive *d)
{
    char bytes[64];
    ssize_t n = read(d->sync, bytes, sizeof bytes);
    if (n > 0) {
        d->marked = true;
        d->settled = drive_now_ms() + SETTLE_MS;
    } else if (n == 0) {
        epoll_ctl(d->all->epoll, EPOLL_CTL_DEL, d->sync, NULL);
        d->over = true;
    }
}

static void pump(struct drives *all, double ms)
{
    struct epoll_event events[64];
    int whole = ms <= 0 ? 0 : (int)ms + (ms > (int)ms);
    int n = epoll_wait(all->epoll, events, 64, whole);
    for (int i = 0; i < n; i++) {
        struct source *s = events[i].data.ptr;
        if (s->mark)
            take_mark(s->d);
        else
            take_output(s->d);
    }
}

/* --- steps ------------------------------------------------------------------------------------------------------------ */

static void finish(struct drive *d, struct drive_step *ret)
{
    struct drive_step r = {.queries = d->queries, .fsyncs = fsyncs_now(d->all) - d->fsyncs};
    bool late = false;
    for (size_t i = 0; i < d->n_chunks; i++) {
        const struct chunk *c = &d->chunks[i];
        late = late || (!d->starting && i > 0 && c->at - d->chunks[i - 1].at > PAUSE_MS);
        if (late) {
            r.late_bytes += c->bytes;
            continue;
        }
        r.bytes += c->bytes;
        r.writes = c->writes - d->writes;
        r.first_ms = i ? r.first_ms : c->at - d->began;
        r.last_ms = c->at - d->began;
    }
    r.late_writes = writes_now(d->all) - d->writes - r.writes;
    d->stepping = false;
    if (ret)
        *ret = r;
}

static bool is_done(const struct drive *d, double now)
{
    return d->stepping && d->marked && now >= d->settled;
}

void drive_send(struct drive *d, const char *keys, size_t n)
{
    char old[64];
    while (read(d->sync, old, sizeof old) > 0) {
    }
    begin_step(d, false);
    while (n > 0) {
        ssize_t sent = write(d->pty, keys, n);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return;
        keys += sent > 0 ? sent : 0;
        n -= sent > 0 ? (size_t)sent : 0;
    }
}

bool drive_wait(struct drive *d, struct drive_step *ret)
{
    double until = drive_now_ms() + DRIVE_LIMIT_MS;
    for (;;) {
        double now = drive_now_ms();
        if (is_done(d, now)) {
            finish(d, ret);
            return true;
        }
        if (d->over || now > until)
            return false;
        pump(d->all, d->marked ? d->settled - now : until - now);
    }
}

bool drive_key(struct drive *d, const char *keys, struct drive_step *ret)
{
    drive_send(d, keys, strlen(keys));
    return drive_wait(d, ret);
}

struct drive *drives_next(struct drives *all, int ms, struct drive_step *ret)
{
    double until = drive_now_ms() + ms;
    for (;;) {
        double now = drive_now_ms(), wake = until;
        for (struct drive *d = all->first; d; d = d->next) {
            if (is_done(d, now)) {
                finish(d, ret);
                return d;
            }
            if (d->stepping && d->marked && d->settled < wake)
                wake = d->settled;
        }
        if (now >= until)
            return NULL;
        pump(all, wake - now);
    }
}

size_t drives_rest(struct drives *all, int ms)
{
    double until = drive_now_ms() + ms;
    all->rested = 0;
    for (double now; (now = drive_now_ms()) < until;)
        pump(all, until - now);
    return all->rested;
}

/* --- looking ------------------------------------------------------------------------------------------------------------ */

static size_t add_utf8(char *at, uint32_t c)
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; i > 1; i--, c >>= 6)
        at[i - 1] = (char)(0x80 | (c & 63));
    at[0] = (char)(lead[n] | c);
    return n;
}

static void row_text(struct drive *d, int y, char ret[COLS * 4 + 1])
{
    size_t n = 0;
    for (int x = 0; x < COLS;) {
        VTermScreenCell cell;
        vterm_screen_get_cell(d->screen, (VTermPos){.row = y, .col = x}, &cell);
        n += add_utf8(ret + n, cell.chars[0] ? cell.chars[0] : ' ');
        x += cell.width > 0 ? cell.width : 1;
    }
    ret[n] = '\0';
}

bool drive_shows(struct drive *d, const char *text)
{
    char row[COLS * 4 + 1];
    for (int y = 0; y < ROWS; y++) {
        row_text(d, y, row);
        if (strstr(row, text))
            return true;
    }
    return false;
}

void drive_print(struct drive *d)
{
    char row[COLS * 4 + 1];
    for (int y = 0; y < ROWS; y++) {
        row_text(d, y, row);
        fprintf(stderr, "|%s|\n", row);
    }
}

static long number_in(const char *path, const char *label)
{
    char line[256];
    long n = 0;
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, label, strlen(label)) == 0) {
            n = strtol(line + strlen(label), NULL, 10);
            break;
        }
    }
    fclose(f);
    return n;
}

/* The core that the program has started; 0: none. */
static pid_t child_of(pid_t pid)
{
    char path[64], text[32] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *f = fopen(path, "r");
    bool any = f && fgets(text, sizeof text, f);
    if (f)
        fclose(f);
    return any ? (pid_t)strtol(text, NULL, 10) : 0;
}

static long sum_of(const struct drive *d, const char *file, const char *label)
{
    char path[64];
    long sum = 0;
    pid_t child = child_of(d->pid);
    snprintf(path, sizeof path, "/proc/%d/%s", (int)d->pid, file);
    sum += number_in(path, label);
    snprintf(path, sizeof path, "/proc/%d/%s", (int)child, file);
    return child ? sum + number_in(path, label) : sum;
}

long drive_pss_kb(const struct drive *d)
{
    return sum_of(d, "smaps_rollup", "Pss:");
}

long drive_sleeps(const struct drive *d)
{
    return sum_of(d, "status", "voluntary_ctxt_switches:");
}
