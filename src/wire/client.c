/* The front end's side of the line: starts a core, calls it, keeps what an error carried. */
#include "treben/wire/client.h"

#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LEAVE_MS = 10000, TERM_MS = 2000 };

extern char **environ;

struct client {
    struct conn *conn;
    int fd;
    pid_t core;
    json_int_t last_id;
    json_t *error_data;
    double last_ms;
    bool dead; /* the line cannot be trusted any more */
};

static char *find_core(struct err *e)
{
    AUTOFREE char *beside = path_join(exe_dir(), "treben-core");
    AUTOFREE char *installed = path_join(TREBEN_LIBEXECDIR, "treben-core");
    if (access(beside, X_OK) == 0) {
        return xstrdup(beside);
    }
    if (access(installed, X_OK) == 0) {
        return xstrdup(installed);
    }
    err_set(e, ERR_IO, _("the program treben-core is missing; it belongs at %s or %s"), beside,
            installed);
    return NULL;
}

/* The core must not take over our signals: it has a session of its own (a key that stops the front
 * end, or a closed terminal, must not stop it in the middle of a save) and the default
 * dispositions. */
static int spawn_core(const char *path, const char *const argv[], int line, pid_t *ret)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    posix_spawnattr_setflags(&attr, flags);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    int why = posix_spawn_file_actions_adddup2(&files, line, STDIN_FILENO);
    why = why ? why : posix_spawn_file_actions_adddup2(&files, line, STDOUT_FILENO);
    why = why ? why : posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    if (why == 0) {
        union { /* posix_spawn does not write to the words, but its type does not say so */
            const char *const *in;
            char *const *out;
        } words = {.in = argv};
        why = posix_spawn(ret, path, &files, &attr, words.out, environ);
    }
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    return why;
}

/* A socketpair whose ends stay clear of 0, 1 and 2 even if those were closed. */
static bool make_line(int ret[2])
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        ret[i] = fcntl(ends[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    }
    close(ends[0]);
    close(ends[1]);
    if (ret[0] >= 0 && ret[1] >= 0) {
        return true;
    }
    for (int i = 0; i < 2; i++) {
        if (ret[i] >= 0) {
            close(ret[i]);
        }
    }
    return false;
}

static bool start_core(struct client *c, const struct client_opts *o, struct err *e)
{
    const char *argv[7] = {"treben-core", "--stdio"};
    size_t n = 2;
    if (o->demo) {
        argv[n++] = "--demo";
    } else if (o->db) {
        argv[n++] = "--db";
        argv[n++] = o->db;
    }
    if (o->as) {
        argv[n++] = "--as";
        argv[n++] = o->as;
    }
    AUTOFREE char *path = find_core(e);
    if (!path) {
        return false;
    }
    int ends[2];
    if (!make_line(ends)) {
        return err_native(e, ERR_IO, errno, _("cannot start treben-core: %s"), strerror(errno));
    }
    int why = spawn_core(path, argv, ends[1], &c->core);
    close(ends[1]);
    if (why != 0) {
        close(ends[0]);
        c->core = 0;
        return err_native(e, ERR_IO, why, _("cannot start treben-core: %s"), strerror(why));
    }
    c->fd = ends[0];
    c->conn = conn_new(c->fd, c->fd);
    return true;
}

static bool core_gone(struct client *c, struct err *e)
{
    c->dead = true;
    return err_set(e, ERR_GONE,
                   _("the case system has stopped answering; what you typed is still "
                     "here, start the program again to go on"));
}

/* The core's error object becomes e; its data is kept for client_error. */
static bool take_error(struct client *c, const json_t *error, struct err *e)
{
    json_t *data = json_object_get(error, "data");
    const char *text = json_string_value(json_object_get(error, "message"));
    const char *name = json_string_value(json_object_get(data, "code"));
    const char *field = json_string_value(json_object_get(data, "field"));
    enum err_code code = name ? err_from_name(name) : ERR_DB;
    if (json_is_object(data)) {
        c->error_data = json_incref(data);
    }
    if (code == ERR_NONE) {
        code = ERR_DB; /* an error answer is an error whatever it calls itself */
    }
    return err_field(e, code, field, "%s", str_empty(text) ? _("the request failed") : text);
}

static bool take_answer(struct client *c, const json_t *answer, json_t **ret, struct err *e)
{
    const json_t *error = json_object_get(answer, "error");
    if (error && !json_is_null(error)) {
        return take_error(c, error, e);
    }
    json_t *result = json_object_get(answer, "result");
    if (!result) {
        c->dead = true;
        return err_set(e, ERR_SYNTAX,
                       _("the case system gave an answer that cannot be understood"));
    }
    if (ret) {
        *ret = json_incref(result);
    }
    return true;
}

/* Reads until the answer to our request; a notification (without an id) is passed over. */
static bool wait_answer(struct client *c, json_t **ret, struct err *e)
{
    for (;;) {
        json_t *answer = NULL;
        struct err why;
        if (!conn_recv(c->conn, &answer, &why)) {
            c->dead = true;
            if (why.code == ERR_GONE) {
                return core_gone(c, e);
            }
            return err_set(e, why.code, "%s", why.text);
        }
        const json_t *id = json_object_get(answer, "id");
        bool notification = !id && json_object_get(answer, "method");
        if (notification) {
            json_decref(answer);
            continue;
        }
        bool ok;
        bool unnamed = json_is_null(id); /* an error about a line that could not be read */
        if (json_integer_value(id) != c->last_id &&
            !(unnamed && json_object_get(answer, "error"))) {
            c->dead = true;
            ok = err_set(e, ERR_SYNTAX, _("the case system gave an answer to another question"));
        } else {
            ok = take_answer(c, answer, ret, e);
        }
        json_decref(answer);
        return ok;
    }
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool send_request(struct client *c, const char *method, json_t *params, struct err *e)
{
    json_decref(c->error_data);
    c->error_data = NULL;
    if (c->dead) {
        json_decref(params);
        return core_gone(c, e);
    }
    json_t *request = json_pack("{s:s, s:I, s:s, s:o}", "jsonrpc", "2.0", "id", ++c->last_id,
                                "method", method, "params", params ? params : json_object());
    if (!request) {
        return err_set(e, ERR_INVALID, _("the message cannot be written"));
    }
    struct err why;
    bool ok = conn_send(c->conn, request, &why);
    json_decref(request);
    if (ok) {
        return true;
    }
    return why.code == ERR_GONE ? core_gone(c, e) : err_set(e, why.code, "%s", why.text);
}

bool client_call(struct client *c, const char *method, json_t *params, json_t **ret, struct err *e)
{
    double start = now_ms();
    bool ok = send_request(c, method, params, e) && wait_answer(c, ret, e);
    c->last_ms = now_ms() - start;
    return ok;
}

const json_t *client_error(const struct client *c)
{
    return c->error_data;
}

double client_last_ms(const struct client *c)
{
    return c->last_ms;
}

bool client_begin(const struct client_opts *o, struct client **ret, struct err *e)
{
    struct client *c = xcalloc(1, sizeof *c);
    const char *lang = o->lang ? o->lang : lang_code(lang_now());
    c->fd = -1;
    if (!start_core(c, o, e) ||
        !send_request(c, "hello", json_pack("{s:s, s:s}", "lang", lang, "version", TREBEN_VERSION),
                      e)) {
        client_end(c);
        return false;
    }
    *ret = c;
    return true;
}

bool client_greeted(struct client *c, json_t **ret_hello, struct err *e)
{
    return wait_answer(c, ret_hello, e);
}

bool client_start(const struct client_opts *o, struct client **ret, json_t **ret_hello,
                  struct err *e)
{
    struct client *c;
    if (!client_begin(o, &c, e)) {
        return false;
    }
    if (!client_greeted(c, ret_hello, e)) {
        client_end(c);
        return false;
    }
    *ret = c;
    return true;
}

/* Waits for the core to leave by itself, then asks, then insists. */
static void see_off(pid_t core)
{
    int handle = pidfd_open(core, 0);
    if (handle >= 0) {
        struct pollfd p = {.fd = handle, .events = POLLIN};
        int n;
        while ((n = poll(&p, 1, LEAVE_MS)) < 0 && errno == EINTR) {
        }
        if (n == 0) {
            kill(core, SIGTERM);
            while ((n = poll(&p, 1, TERM_MS)) < 0 && errno == EINTR) {
            }
        }
        if (n == 0) {
            kill(core, SIGKILL);
        }
        close(handle);
    }
    while (waitpid(core, NULL, 0) < 0 && errno == EINTR) {
    }
}

void client_end(struct client *c)
{
    if (!c) {
        return;
    }
    conn_free(c->conn);
    if (c->fd >= 0) {
        close(c->fd);
    }
    if (c->core > 0) {
        see_off(c->core);
    }
    json_decref(c->error_data);
    free(c);
}
