/* A stand-in for treben-core: answers the client's tests, nothing else. --as names what it does at
 * hello. */
#include "treben/base/str.h"
#include "treben/wire/conn.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool began_with_default_pipe; /* SIGPIPE as the client left it to us */

static int open_descriptors(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d)) {
        n++;
    }
    if (d) {
        closedir(d);
    }
    return n - 3; /* ".", ".." and the folder itself */
}

static json_t *facts(int argc, char **argv)
{
    json_t *args = json_array();
    for (int i = 0; i < argc; i++) {
        json_array_append_new(args, json_string(argv[i]));
    }
    return json_pack("{s:o, s:i, s:b, s:b}", "args", args, "fds", open_descriptors(), "own_session",
                     getsid(0) == getpid(), "default_pipe", began_with_default_pipe);
}

static json_t *failure(void)
{
    return json_pack("{s:i, s:s, s:{s:s, s:s, s:[{s:s, s:s}], s:{s:s}}}", "code", -32001, "message",
                     "Någon annan sparade först", "data", "code", "conflict", "field", "area",
                     "problems", "field", "area", "text", "annat", "theirs", "area", "NORD");
}

/* The part of the answer that says how it went; NULL: the core ends without a word. */
static json_t *answer_to(const char *method, json_t *params, int argc, char **argv)
{
    if (str_eq(method, "hello")) {
        if (argc > 5 && str_eq(argv[5], "refused")) {
            return json_pack("{s:{s:i, s:s, s:{s:s}}}", "error", "code", -32000, "message",
                             "Databasen är för gammal", "data", "code", "schema");
        }
        json_t *result = facts(argc, argv);
        json_object_set(result, "params", params);
        return json_pack("{s:o}", "result", result);
    }
    if (str_eq(method, "echo")) {
        return json_pack("{s:O}", "result", params);
    }
    if (str_eq(method, "fail")) {
        return json_pack("{s:o}", "error", failure());
    }
    if (str_eq(method, "bare")) {
        return json_pack("{s:{s:i, s:s}}", "error", "code", -32601, "message", "");
    }
    if (str_eq(method, "empty")) {
        return json_object();
    }
    return NULL;
}

int main(int argc, char **argv)
{
    struct sigaction pipe;
    sigaction(SIGPIPE, NULL, &pipe);
    began_with_default_pipe = pipe.sa_handler == SIG_DFL;
    struct conn *c = conn_new(STDIN_FILENO, STDOUT_FILENO);
    json_t *request = NULL;
    struct err e;
    while (conn_recv(c, &request, &e)) {
        const char *method = json_string_value(json_object_get(request, "method"));
        json_t *params = json_object_get(request, "params");
        json_t *answer = answer_to(method, params, argc, argv);
        json_t *note = json_pack("{s:s, s:s}", "jsonrpc", "2.0", "method", "passing note");
        bool ok = answer && conn_send(c, note, &e);
        json_decref(note);
        if (answer) {
            json_object_set_new(answer, "jsonrpc", json_string("2.0"));
            json_object_set(answer, "id", json_object_get(request, "id"));
            ok = ok && conn_send(c, answer, &e);
            json_decref(answer);
        }
        json_decref(request);
        if (!ok) {
            break;
        }
    }
    conn_free(c);
    return 0;
}
