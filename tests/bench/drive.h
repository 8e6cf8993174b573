/* The pty driver: runs programs, each on a terminal of its own, sends keys, and times from just before a key is
 * written to the last byte of the answer. One loop for one session or for hundreds. */
#ifndef TESTS_BENCH_DRIVE_H
#define TESTS_BENCH_DRIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define DRIVE_LIMIT_MS 20000 /* a program that says nothing for so long has failed */

/* One step: start-up, or a key. A step ends when the program has said on its mark descriptor that all is drawn
 * (TREBEN_UI_SYNC_FD) and nothing more comes for a moment. */
struct drive_step {
    double first_ms, last_ms; /* to the first and the last byte of the first burst */
    size_t bytes;             /* of the first burst */
    size_t late_bytes;        /* after a pause of 40 ms: what a resting cursor adds in row 23 */
    unsigned long writes;     /* of the first burst; counted runs only */
    unsigned long late_writes;
    unsigned long fsyncs;     /* of all programs; counted runs only */
    size_t queries;           /* questions to the terminal, such as where its cursor stands */
};

struct drives; /* a set of sessions with one loop */
struct drive;

/* counts: shared library that counts, or NULL. OWN: caller, drives_free. */
struct drives *drives_new(const char *counts_library);
void drives_free(struct drives *all);

/* argv and env (NAME=VALUE words beside a small fixed environment) end with NULL. The first step, the start, begins.
 * NULL: it cannot be started. OWN: drive_close. */
struct drive *drive_open(struct drives *all, const char *const argv[], const char *const env[], void *ctx);
void drive_close(struct drive *d); /* hangs up and waits for its end */
void *drive_ctx(const struct drive *d);
pid_t drive_pid(const struct drive *d);
bool drive_over(const struct drive *d); /* the program has ended */

/* Begins a step. */
void drive_send(struct drive *d, const char *keys, size_t n);
/* One session: begins a step and waits for its end. False: the program ended or said nothing in time. */
bool drive_key(struct drive *d, const char *keys, struct drive_step *ret);
bool drive_wait(struct drive *d, struct drive_step *ret);
/* Many: handles what happens for at most ms and gives a session whose step is done, or NULL. */
struct drive *drives_next(struct drives *all, int ms, struct drive_step *ret);
/* Lets ms pass, taking what the programs send. Gives how many bytes came. */
size_t drives_rest(struct drives *all, int ms);

/* Does the screen show this text? For checking that a step led where it should; costs nothing until asked. */
bool drive_shows(struct drive *d, const char *text);
void drive_print(struct drive *d); /* the screen, on stderr */

double drive_now_ms(void);

/* Of the program and the one it has started: PSS in kB (0: not readable), how often they went to sleep. */
long drive_pss_kb(const struct drive *d);
long drive_sleeps(const struct drive *d);

#endif
