/* The main loop: a line in, one method, its log row, a line out. */
#include "inside.h"
#include "treben/base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum {
    RPC_PARSE = -32700,
    RPC_INVALID = -32600,
    RPC_METHOD = -32601,
    RPC_PARAMS = -32602,
    RPC_OURS = -32000
};
enum { REQUEST_MS = 2000 }; /* of work; whoever asks for more is to narrow the search */
enum { FIELD_COLS = 60 }; /* longer than any field's name */

static const struct method methods[] = {
    {"hello", serve_hello, 0, "LOGGA_IN"},
    {"login", serve_login, LONG, "LOGGA_IN"},
    {"bye", serve_bye, 0, "LOGGA_UT"},
    {"clock", serve_clock, WRITES, "ANDRA"},
    {"describe", serve_describe, NEEDS_LOGIN, "VISA"},
    {"list", serve_list, NEEDS_LOGIN | SEARCHES, "LISTA"},
    {"count", serve_count, NEEDS_LOGIN | SEARCHES, "LISTA"},
    {"show", serve_show, NEEDS_LOGIN, "VISA"},
    {"history", serve_history, NEEDS_LOGIN, "VISA"},
    {"find", serve_find, NEEDS_LOGIN | SEARCHES, "SOK"},
    {"lookup", serve_lookup, NEEDS_LOGIN | SEARCHES, "SOK"},
    {"new", serve_new, NEEDS_LOGIN | WRITES, "SKAPA"},
    {"set", serve_set, NEEDS_LOGIN | WRITES, "ANDRA"},
    {"check", serve_check, NEEDS_LOGIN, "VISA"},
    {"do", serve_do, NEEDS_LOGIN | WRITES, "STATUS"},
    {"myday", serve_myday, NEEDS_LOGIN, "LISTA"},
    {"timeline", serve_timeline, NEEDS_LOGIN, "VISA"},
    {"call_in", serve_call_in, NEEDS_LOGIN, "VISA"},
    {"round", serve_round, NEEDS_LOGIN, "VISA"},
    {"board", serve_board, NEEDS_LOGIN, "VISA"},
    {"file.put", serve_file_put, NEEDS_LOGIN | WRITES, "SKAPA"},
    {"file.get", serve_file_get, NEEDS_LOGIN, "VISA"},
    {"agenda", serve_agenda, NEEDS_LOGIN, "VISA"},
    {"minute", serve_minute, NEEDS_LOGIN | WRITES, "SKAPA"},
    {"draft.put", serve_draft_put, NEEDS_LOGIN | WRITES, "ANDRA"},
    {"draft.get", serve_draft_get, NEEDS_LOGIN, "VISA"},
    {"draft.list", serve_draft_list, NEEDS_LOGIN, "LISTA"},
    {"draft.drop", serve_draft_drop, NEEDS_LOGIN | WRITES, "ANDRA"},
    {"import", serve_import, NEEDS_LOGIN | WRITES | LONG, "SKAPA"},
};

static const struct method *method_find(const char *name)
{
    for (size_t i = 0; i < N_OF(methods); i++) {
        if (str_eq(methods[i].name, name)) {
            return &methods[i];
        }
    }
    return NULL;
}

/* ---- answers ---- */

/* A sentence may repeat what somebody typed: nothing in it may steer a terminal, nor be endless. */
static json_t *sentence_json(const char *text)
{
    AUTOFREE char *clean = text_clean(text, false);
    return json_string(clean);
}

static json_t *field_json(const char *name)
{
    AUTOFREE char *clean = text_clean(name, false);
    AUTOFREE char *cut = text_cut(clean, FIELD_COLS);
    return json_string(cut);
}

static json_t *problems_json(const struct problems *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->n; i++) {
        json_array_append_new(list, json_pack("{s:o, s:o, s:s}", "field", field_json(p->at[i].field),
                                              "text", sentence_json(p->at[i].text), "code",
                                              err_name(p->at[i].code)));
    }
    return list;
}

static json_t *error_json(int rpc, const struct err *e, struct call *c)
{
    json_t *data = c && c->data ? c->data : json_object();
    if (c) {
        c->data = NULL;
    }
    json_object_set_new(data, "code", json_string(err_name(e->code)));
    json_object_set_new(data, "field", field_json(e->field));
    if (c && c->problems.n) {
        json_object_set_new(data, "problems", problems_json(&c->problems));
    }
    return json_pack("{s:i, s:o, s:o}", "code", rpc, "message", sentence_json(e->text), "data",
                     data);
}

/* Steals member. */
static bool answer(struct session *s, const json_t *id, const char *name, json_t *member,
                   struct err *e)
{
    json_t *line = json_pack("{s:s, s:O?, s:o}", "jsonrpc", "2.0", "id", id, name, member);
    bool sent = line && conn_send(s->conn, line, e);
    json_decref(line);
    return sent;
}

static void leave(struct session *s, int exit_code)
{
    s->leaving = true;
    s->exit_code = exit_code;
}

static void answer_error(struct session *s, const json_t *id, int rpc, const struct err *why,
                         struct call *c)
{
    struct err e = {0};
    const json_t *known = id ? id : json_null();
    if (!answer(s, known, "error", error_json(rpc, why, c), &e)) {
        leave(s, e.code == ERR_GONE ? 0 : 3);
    }
}

static void answer_result(struct session *s, const json_t *id, struct call *c)
{
    struct err e = {0};
    json_t *result = c->result ? c->result : json_object();
    c->result = NULL;
    if (answer(s, id, "result", result, &e)) {
        return;
    }
    if (e.code == ERR_INVALID) { /* larger than a line may be */
        err_set(&e, ERR_USAGE, _("The answer does not fit into one message. Ask for fewer rows."));
        answer_error(s, id, RPC_OURS, &e, NULL);
    } else {
        leave(s, e.code == ERR_GONE ? 0 : 3);
    }
}

/* ---- one request ---- */

/* The refusal is logged as such; when the log cannot take it, that is what the caller hears. */
static bool refuse(struct call *c, struct err *e)
{
    struct err log_failed = {0};
    if (!audit_now(c, e, &log_failed)) {
        *e = log_failed;
        c->bad_params = false;
        json_decref(c->data);
        c->data = NULL;
    }
    return false;
}

static bool log_answer(struct call *c, struct err *e)
{
    if (audit_continues(c->s, c)) {
        audit_keep(c->s, c);
        return true;
    }
    if (!audit_now(c, NULL, e)) {
        return false;
    }
    if (c->search_id) {
        audit_search_begins(c->s, c);
    } else {
        c->s->search.id[0] = '\0';
    }
    return true;
}

static bool run_limited(struct call *c, const struct method *m, struct err *e)
{
    store_time_limit(c->s->store, m->flags & LONG ? -1 : REQUEST_MS);
    bool good = m->fn(c, e);
    store_time_limit(c->s->store, -1); /* its log row is always written */
    return good;
}

static bool run_read(struct call *c, const struct method *m, struct err *e)
{
    if (!read_begin(c->s->store, e)) {
        return refuse(c, e);
    }
    bool good = run_limited(c, m, e);
    read_end(c->s->store);
    return good ? log_answer(c, e) : refuse(c, e);
}

static bool run_write(struct call *c, const struct method *m, struct err *e)
{
    struct store *store = c->s->store;
    if (!tx_begin(store, e)) {
        return refuse(c, e);
    }
    if (!run_limited(c, m, e)) {
        tx_rollback(store);
        return refuse(c, e);
    }
    if (c->undo) {
        tx_rollback(store);
        return audit_now(c, NULL, e);
    }
    if (!audit_in_tx(c, e) || !tx_commit(store, e)) {
        tx_rollback(store);
        return refuse(c, e);
    }
    return true;
}

static bool run(struct call *c, const struct method *m, struct err *e)
{
    if (m->flags & SEARCHES) {
        c->search_id = json_string_value(json_object_get(c->params, "search_id"));
        c->log.kind = NULL;
    }
    struct call peek = *c;
    peek.log.kind = json_string_value(json_object_get(c->params, "kind"));
    if (!audit_continues(c->s, &peek) && !audit_flush(c->s, e)) {
        return false;
    }
    if (m->flags & NEEDS_LOGIN && !c->s->logged_in) {
        err_set(e, ERR_DENIED, _("Say who you are first: choose an account."));
        return refuse(c, e);
    }
    return m->flags & WRITES ? run_write(c, m, e) : run_read(c, m, e);
}

static void call_done(struct call *c)
{
    json_decref(c->result);
    json_decref(c->data);
    problems_done(&c->problems);
    str_done(&c->fields);
    str_done(&c->shown);
    arena_done(&c->arena);
}

static void serve_method(struct session *s, const json_t *id, const char *name,
                         const json_t *params)
{
    const struct method *m = method_find(name);
    struct call c = {.s = s, .core = s->core, .params = params};
    struct err e = {0};
    c.log.action = m ? m->action : "NEKAD";
    c.log.detail = m ? m->name : "unknown method";
    if (!m) {
        err_set(&e, ERR_USAGE, _("There is no method \"%.60s\"."), name);
        bool logged = audit_flush(s, &e) && refuse(&c, &e);
        (void)logged;
        answer_error(s, id, e.code == ERR_USAGE ? RPC_METHOD : RPC_OURS, &e, &c);
    } else if (run(&c, m, &e)) {
        answer_result(s, id, &c);
    } else {
        answer_error(s, id, c.bad_params ? RPC_PARAMS : RPC_OURS, &e, &c);
    }
    call_done(&c);
    core_request_done(s->core);
}

/* The language of the first sentence, also of one that says why there is no start. */
static void language_of(const char *method, const json_t *params)
{
    const char *lang = json_string_value(json_object_get(params, "lang"));
    if (str_eq(method, "hello") && lang) {
        lang_use(str_eq(lang, lang_code(LANG_EN)) ? LANG_EN : LANG_SV);
    }
}

static void serve_message(struct session *s, const json_t *message)
{
    const json_t *id = json_object_get(message, "id");
    const char *method = json_string_value(json_object_get(message, "method"));
    const json_t *params = json_object_get(message, "params");
    struct err e = {0};
    language_of(method, params);
    if (!s->core && !session_start(s, &e)) {
        answer_error(s, id, RPC_OURS, &e, NULL);
        leave(s, err_exit(e.code) == 2 ? 2 : 3);
        return;
    }
    bool sound = str_eq(json_string_value(json_object_get(message, "jsonrpc")), "2.0") && method &&
                 (json_is_integer(id) || json_is_string(id)) && (!params || json_is_object(params));
    if (!sound) {
        struct call c = {
            .s = s, .core = s->core, .log = {.action = "NEKAD", .detail = "malformed request"}};
        err_set(
            &e, ERR_USAGE,
            _("That is not a request: method, id and params are needed, as JSON-RPC 2.0 says."));
        bool logged = audit_flush(s, &e) && refuse(&c, &e);
        (void)logged;
        answer_error(s, id, RPC_INVALID, &e, NULL);
        call_done(&c);
        return;
    }
    serve_method(s, id, method, params);
}

/* ---- the loop ---- */

#define QUIET_MS 3000

/* What a pause is used for: the row that a filter box left behind, and copying a long write-ahead
 * log into the database, which no save is to wait for. */
static void use_pause(struct session *s, bool *ret_tidy)
{
    struct err e = {0};
    if (s->search.n_pending) {
        /* A failure is said by the next answer, which is not given while this row is missing. */
        bool flushed = audit_flush(s, &e);
        (void)flushed;
    } else {
        bool copied = store_checkpoint(s->store, &e);
        (void)copied; /* another session, or the next pause, will do it */
        *ret_tidy = true;
    }
}

static void wait_for_line(struct session *s)
{
    bool tidy = !s->core || !store_wal_is_large(s->store);
    while (!conn_has_line(s->conn)) {
        int ms = s->core ? audit_wait_ms(s) : -1;
        struct pollfd p = {.fd = conn_fd(s->conn), .events = POLLIN};
        int n = poll(&p, 1, ms < 0 && !tidy ? QUIET_MS : ms);
        if (n > 0 || (n < 0 && errno != EINTR)) {
            return;
        }
        if (n == 0) {
            use_pause(s, &tidy);
        }
    }
}

static void line_ends(struct session *s, struct err *e)
{
    if (e->code == ERR_GONE) {
        return;
    }
    /* Not a message, or too large a one: nothing after it can be trusted. */
    struct err failed = {0};
    if (s->core || session_start(s, &failed)) {
        struct call c = {
            .s = s, .core = s->core, .log = {.action = "NEKAD", .detail = "malformed line"}};
        bool logged = audit_flush(s, e) && refuse(&c, e);
        (void)logged;
        call_done(&c);
    }
    answer_error(s, NULL, RPC_PARSE, e, NULL);
    leave(s, 3);
}

static void serve_loop(struct session *s)
{
    while (!s->leaving) {
        wait_for_line(s);
        json_t *message = NULL;
        struct err e = {0};
        if (!conn_recv(s->conn, &message, &e)) {
            line_ends(s, &e);
            return;
        }
        serve_message(s, message);
        json_decref(message);
    }
}

int serve_run(const struct serve_opts *o, int read_fd, int write_fd)
{
    struct session s = {.opts = o, .conn = conn_new(read_fd, write_fd)};
    serve_loop(&s);
    session_end(&s);
    conn_free(s.conn);
    return s.exit_code;
}
