/* Gives the terminal back when the process dies: out of memory, or by a fault. */
#include "terminal.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

static struct {
    bool armed, have_tty;
    int in, out;
    struct termios tty;
    char restore[256];
    size_t n;
    struct sigaction old[N_OF(fatal)];
} crash;

/* Only calls that are safe in a signal handler. */
static void give_back(void)
{
    if (!crash.armed)
        return;
    crash.armed = false;
    if (crash.n > 0) {
        ssize_t sent = write(crash.out, crash.restore, crash.n);
        (void)sent;
    }
    if (crash.have_tty)
        tcsetattr(crash.in, TCSANOW, &crash.tty);
}

static void on_fatal(int sig, siginfo_t *info, void *context)
{
    (void)context;
    give_back();
    /* The former handler (a sanitizer's, or the default) sees the same fault when this one returns;
     * what was sent rather than caused does not come again by itself. */
    for (size_t i = 0; i < N_OF(fatal); i++)
        sigaction(fatal[i], &crash.old[i], NULL);
    if (sig == SIGABRT || info->si_code <= 0)
        raise(sig);
}

void crash_remember(int in, int out)
{
    crash.in = in;
    crash.out = out;
    crash.have_tty = tcgetattr(in, &crash.tty) == 0;
}

void crash_arm(const char *restore)
{
    crash.n = strlen(restore);
    if (crash.n > sizeof crash.restore)
        crash.n = sizeof crash.restore;
    memcpy(crash.restore, restore, crash.n);
    struct sigaction sa = {.sa_sigaction = on_fatal, .sa_flags = SA_NODEFER | SA_SIGINFO};
    sigemptyset(&sa.sa_mask);
    for (size_t i = 0; i < N_OF(fatal); i++)
        sigaction(fatal[i], &sa, &crash.old[i]);
    crash.armed = true;
    mem_on_death(give_back);
}

void crash_disarm(void)
{
    if (!crash.armed)
        return;
    crash.armed = false;
    for (size_t i = 0; i < N_OF(fatal); i++)
        sigaction(fatal[i], &crash.old[i], NULL);
}
