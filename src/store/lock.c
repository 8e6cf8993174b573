/* The store lock: one lock file beside the database that every write transaction and every
 * checkpoint holds. It closes a race in the engine's write-ahead log that destroys databases, and
 * it shares out the turns.
 *
 * Open-file-description locks, because they also keep two handles of one process apart and vanish
 * with the process, however it dies. Three bytes of the file mean: 0 TURN      held while writing
 * or checkpointing 1 NEXT      held by the one who waits for the turn: a process that saves without
 * pause cannot take the turn again past the one that waits, so nobody starves 2 PRESENCE  shared by
 * every open handle; a restore asks for it alone Waiting is done by the kernel (no polling, no
 * added delay). The kernel's wait has no time limit of its own, so a timer interrupts it; it keeps
 * firing, because the first signal may come just before the wait. */
#include "inside.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BYTE_TURN, BYTE_NEXT, BYTE_PRESENCE };

static int lock_byte(int fd, int type, int byte, bool wait)
{
    struct flock what = {.l_type = (short)type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    return fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &what);
}

bool store_lock_open(struct store *s, struct err *e)
{
    AUTOFREE char *name = store_companion(s->path, ".lock");
    s->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (s->lock_fd < 0) {
        return err_native(e, ERR_IO, errno, _("The lock file %s cannot be opened: %s"), name,
                          strerror(errno));
    }
    if (!store_presence(s->lock_fd, false)) {
        return err_set(e, ERR_BUSY,
                       _("The database is being restored from a backup. Try again later."));
    }
    return true;
}

bool store_presence(int lock_fd, bool alone)
{
    return lock_byte(lock_fd, alone ? F_WRLCK : F_RDLCK, BYTE_PRESENCE, false) == 0;
}

static void interrupt_only(int sig)
{
    (void)sig; /* its coming is what ends the wait */
}

static bool clock_passed(const struct timespec *end)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > end->tv_sec || (now.tv_sec == end->tv_sec && now.tv_nsec >= end->tv_nsec);
}

/* Both turnstiles, waiting in the kernel. The timer ticks only after the limit. */
static bool wait_turn(int fd, const struct timespec *end)
{
    while (lock_byte(fd, F_WRLCK, BYTE_NEXT, true) != 0) {
        if (errno != EINTR || clock_passed(end)) {
            return false;
        }
    }
    while (lock_byte(fd, F_WRLCK, BYTE_TURN, true) != 0) {
        if (errno != EINTR || clock_passed(end)) {
            return false;
        }
    }
    return true;
}

static bool wait_limited(int fd, int limit_ms)
{
    int sig = SIGRTMIN + 3;
    struct sigaction quiet = {.sa_handler = interrupt_only}; /* stays: a late signal does no harm */
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig};
    struct itimerspec when = {
        .it_value = {.tv_sec = limit_ms / 1000, .tv_nsec = limit_ms % 1000 * 1000000L + 1},
        .it_interval = {.tv_nsec = 20000000}};
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += when.it_value.tv_sec;
    end.tv_nsec += when.it_value.tv_nsec;
    if (end.tv_nsec >= 1000000000L) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000L;
    }
    sigset_t mine, mask;
    timer_t timer;
    sigemptyset(&mine);
    sigaddset(&mine, sig);
    if (sigaction(sig, &quiet, NULL) != 0) {
        return false;
    }
    bool got = false;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) {
        pthread_sigmask(SIG_UNBLOCK, &mine, &mask);
        got = timer_settime(timer, 0, &when, NULL) == 0 && wait_turn(fd, &end);
        timer_delete(timer);
        pthread_sigmask(SIG_SETMASK, &mask, NULL);
    }
    return got;
}

bool store_lock(struct store *s, struct err *e)
{
    if (s->locked) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    /* If nobody waits before us, we are next, and stay so until we have the turn. */
    bool got = (lock_byte(s->lock_fd, F_WRLCK, BYTE_NEXT, false) == 0 &&
                lock_byte(s->lock_fd, F_WRLCK, BYTE_TURN, false) == 0) ||
               wait_limited(s->lock_fd, s->lock_limit_ms);
    int why = errno;
    lock_byte(s->lock_fd, F_UNLCK, BYTE_NEXT, false);
    if (!got) {
        return err_native(
            e, ERR_BUSY, why,
            _("Somebody else is saving and has not finished. Try again in a moment."));
    }
    s->locked = true;
    return true;
}

void store_unlock(struct store *s)
{
    if (s->locked) {
        lock_byte(s->lock_fd, F_UNLCK, BYTE_TURN, false);
        s->locked = false;
    }
}
