/* See harness.h. */
#include "harness.h"

#include "operate.h"
#include "treben/base/date.h"
#include "treben/base/file.h"
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/core/change.h"
#include "treben/forms/forms.h"
#include "treben/store/log.h"
#include "treben/store/migrate.h"
#include "treben/wire/conn.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef TREBEN_ROOT
#error "the build says where the shipped configuration lies"
#endif

struct account {
    const char *login, *name, *agency, *role;
};
static const struct account accounts[] = {
    {"asa.lind", "Åsa Lind", "SNC", "KOORD_S"},     {"hakan.ek", "Håkan Ek", "POL", "KOORD_P"},
    {"eva.strand", "Eva Strand", "FRI", "KOORD_F"}, {"mira.holm", "Mira Holm", "POL", "ANALYT_P"},
    {"sara.wik", "Sara Wik", "SNC", "AVHOPP_HL"},   {"greta.moss", "Greta Moss", "KS", "SYSADM"},
    {"olle.dahl", "Olle Dahl", "POL", "CHEF"},      {"ingrid.ros", "Ingrid Ros", "SNC", "CHEF"},
    {"jan.friberg", "Jan Friberg", "FRI", "CHEF"},  {"nils.ahl", "Nils Ahl", "FRI", "FRIV_INSP"},
    {"tom.berg", "Tom Berg", "SNC", "AVHOPP_CHEF"}, {"per.nystrom", "Per Nyström", "SNC", "JOUR_S"},
    {"lena.falk", "Lena Falk", "POL", "JOUR_P"},
};

static void fine(bool ok, const struct err *e)
{
    if (!ok) {
        fail_msg("%s: %s", e->field, e->text);
    }
}

/* ---- the stage ---- */

static void make(struct core *c, const char *kind, const char *owner, const char *const pairs[][2],
                 size_t n, char ret_id[ID_LEN + 1])
{
    struct change *ch;
    struct err e = {0};
    const struct kind_model *k = model_kind(c->model, kind);
    fine(change_new(c, k, &ch, &e), &e);
    record_put(ch->now, k->n_own + COMMON_OWNER_AGENCY, owner);
    for (size_t i = 0; i < n; i++) {
        change_set(ch, pairs[i][0], pairs[i][1]);
    }
    fine(change_save(ch, &e), &e);
    if (ret_id) {
        memcpy(ret_id, ch->now->id, ID_LEN + 1);
    }
    change_free(ch);
}

static void make_accounts(struct core *c)
{
    for (size_t i = 0; i < N_OF(accounts); i++) {
        const struct account *a = &accounts[i];
        char id[ID_LEN + 1];
        const char *const user[][2] = {
            {"login", a->login}, {"display_name", a->name}, {"agency", a->agency}};
        make(c, "user", a->agency, user, N_OF(user), id);
        const char *const grant[][2] = {{"user", id}, {"role", a->role}};
        make(c, "user_role", a->agency, grant, N_OF(grant), NULL);
    }
}

static void fill(struct store *s, struct model *m)
{
    struct core *c = core_new(s, m);
    struct err e = {0};
    instant now;
    assert_true(instant_from_text(STAGE_NOW, &now));
    clock_set(now); /* an account made on a later day would not be there yet */
    fine(tx_begin(s, &e), &e);
    fine(operate_seed(c, &e), &e);
    make_accounts(c);
    fine(meta_set(s, "demo", "1", &e), &e);
    fine(meta_set(s, "clock", STAGE_NOW, &e), &e);
    fine(tx_commit(s, &e), &e);
    clock_set(INSTANT_NONE);
    core_free(c);
}

struct stage *stage_make(void)
{
    struct stage *st = xcalloc(1, sizeof *st);
    struct store *s;
    struct model *m;
    struct err e = {0};
    AUTOFREE char *fallback = NULL;
    int from, to;
    const struct forms_dirs dirs = {.forms = TREBEN_ROOT "/forms", .config = TREBEN_ROOT "/config"};
    lang_use(LANG_EN);
    snprintf(st->dir, sizeof st->dir, "/tmp/treben-scenario-XXXXXX");
    assert_non_null(mkdtemp(st->dir));
    snprintf(st->path, sizeof st->path, "%s/stage.db", st->dir);
    fine(store_open(st->path, STORE_CREATE, &s, &e), &e);
    fine(migrate_run(s, &from, &to, &e), &e);
    fine(forms_load_kept(&dirs, s, &m, &fallback, &e), &e);
    fill(s, m);
    forms_free(m);
    store_close(s);
    return st;
}

void stage_end(struct stage *st)
{
    DIR *d = opendir(st->dir);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        AUTOFREE char *name = path_join(st->dir, entry->d_name);
        unlink(name);
    }
    if (d) {
        closedir(d);
    }
    rmdir(st->dir);
    free(st);
}

/* ---- the log ---- */

struct last {
    const char *column;
    char *value;
    int64_t n;
};

static const char *column_of(const struct log_row *row, const char *column)
{
    const struct {
        const char *name, *value;
    } columns[] = {{"action", row->action}, {"kind", row->kind},
                   {"record", row->record}, {"result", row->result},
                   {"detail", row->detail}, {"fields", row->fields},
                   {"shown", row->shown},   {"terms_hash", row->terms_hash}};
    for (size_t i = 0; i < N_OF(columns); i++) {
        if (str_eq(columns[i].name, column)) {
            return columns[i].value;
        }
    }
    return NULL;
}

static bool remember(void *ctx, const struct log_row *row)
{
    struct last *last = ctx;
    free(last->value);
    last->value = xstrdup(column_of(row, last->column));
    last->n++;
    return true;
}

static struct last read_log(const struct stage *st, const char *column)
{
    struct store *s;
    struct err e = {0};
    struct last last = {.column = column};
    fine(store_open(st->path, STORE_OPERATE, &s, &e), &e);
    fine(log_read(s, "", remember, &last, &e), &e);
    store_close(s);
    return last;
}

int64_t stage_log_rows(const struct stage *st)
{
    struct last last = read_log(st, "action");
    free(last.value);
    return last.n;
}

char *stage_log_last(const struct stage *st, const char *column)
{
    return read_log(st, column).value;
}

/* ---- everything that is stored ---- */

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ p[i]) * 0x100000001b3u;
    }
    return (h ^ n) * 0x100000001b3u;
}

static uint64_t mix_table(struct store *s, uint64_t h, const char *table)
{
    AUTOFREE char *sql = xprintf("SELECT * FROM \"%s\"", table);
    STMT st = {0};
    struct err e = {0};
    bool row;
    fine(stmt_get(s, DOOR_UPKEEP, sql, &st, &e), &e);
    while (stmt_step(&st, &row, &e) && row) {
        for (int i = 0; i < stmt_columns(&st); i++) {
            size_t n;
            const void *bytes = col_blob(&st, i, &n);
            h = mix(h, bytes, n);
        }
    }
    return h;
}

uint64_t stage_digest(const struct stage *st)
{
    struct store *s;
    struct err e = {0};
    bool row;
    uint64_t h = 0xcbf29ce484222325u;
    fine(store_open(st->path, STORE_OPERATE, &s, &e), &e);
    {
        STMT tables = {0};
        fine(stmt_get(s, DOOR_UPKEEP,
                      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
                      "('log', 'meta') AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' "
                      "ORDER BY name",
                      &tables, &e),
             &e);
        while (stmt_step(&tables, &row, &e) && row) {
            h = mix_table(s, h, col_text(&tables, 0));
        }
    }
    store_close(s);
    return h;
}

/* ---- processes ---- */

static const char *program(const char *variable)
{
    const char *path = getenv(variable);
    if (!path) {
        fail_msg("%s is not set: run the tests through meson", variable);
    }
    return path;
}

static pid_t start(const char *path, char *const argv[], int in, int out, int err)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        dup2(err, STDERR_FILENO);
        setenv("LANGUAGE", "en", 1);
        execv(path, argv);
        _exit(127);
    }
    return pid;
}

static int status_of(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *read_all(int fd)
{
    STR text = {0};
    char part[4096];
    ssize_t n;
    while ((n = read(fd, part, sizeof part)) > 0) {
        str_addn(&text, part, (size_t)n);
    }
    return text.len ? str_take(&text) : xstrdup("");
}

/* unread: what it prints goes nowhere, and only its complaints are brought back. */
static int run(const char *path, char *const argv[], const char *input, bool unread, char **ret)
{
    int pipes[2], nobody[2];
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    assert_int_equal(pipe2(nobody, O_CLOEXEC), 0);
    close(nobody[0]);
    int in = open(input ? input : "/dev/null", O_RDONLY | O_CLOEXEC);
    assert_true(in >= 0);
    pid_t pid = start(path, argv, in, unread ? nobody[1] : pipes[1], pipes[1]);
    close(nobody[1]);
    close(pipes[1]);
    close(in);
    char *out = read_all(pipes[0]);
    close(pipes[0]);
    if (ret) {
        *ret = out;
    } else {
        free(out);
    }
    return status_of(pid);
}

int stage_ctl(const struct stage *st, char **ret_out, ...)
{
    char *argv[16] = {(char *)"trebenctl"};
    int n = 1;
    va_list words;
    (void)st;
    va_start(words, ret_out);
    while (n < 15 && (argv[n] = va_arg(words, char *))) {
        n++;
    }
    va_end(words);
    return run(program("TREBENCTL"), argv, NULL, false, ret_out);
}

static int run_cli(const struct stage *st, const char *login, const char *lang, const char *input,
                   bool unread, char **ret, const char *const words[])
{
    const char *argv[32] = {"treben", "--db", st->path, "--lang", lang, "--as", login};
    for (size_t n = 7; *words && n < 31; words++) {
        argv[n++] = *words;
    }
    return run(program("TREBEN"), (char *const *)(uintptr_t)argv, input, unread, ret);
}

int stage_cli(const struct stage *st, const char *login, const char *lang, const char *input,
              char **ret_out, const char *const words[])
{
    return run_cli(st, login, lang, input, false, ret_out, words);
}

int stage_cli_unread(const struct stage *st, const char *login, char **ret_said,
                     const char *const words[])
{
    return run_cli(st, login, "en", NULL, true, ret_said, words);
}

/* ---- conversations ---- */

struct talk {
    pid_t pid;
    int to, from;
    struct conn *conn;
    json_t *answer;
    int64_t n;
};

struct talk *talk_open(const struct stage *st, const char *login)
{
    struct talk *t = xcalloc(1, sizeof *t);
    int there[2], back[2];
    char *argv[] = {(char *)"treben-core",
                    (char *)"--stdio",
                    (char *)"--db",
                    (char *)st->path,
                    login ? (char *)"--as" : NULL,
                    (char *)login,
                    NULL};
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe2(there, O_CLOEXEC), 0);
    assert_int_equal(pipe2(back, O_CLOEXEC), 0);
    t->pid = start(program("TREBEN_CORE"), argv, there[0], back[1], STDERR_FILENO);
    close(there[0]);
    close(back[1]);
    t->to = there[1];
    t->from = back[0];
    t->conn = conn_new(t->from, t->to);
    return t;
}

struct talk *talk_start_in(const struct stage *st, const char *login, const char *lang)
{
    struct talk *t = talk_open(st, login);
    talk_ask(t, "hello", json_pack("{s:s, s:s}", "lang", lang, "version", "test"));
    return t;
}

struct talk *talk_start(const struct stage *st, const char *login)
{
    return talk_start_in(st, login, "en");
}

static const json_t *receive(struct talk *t)
{
    struct err e = {0};
    json_decref(t->answer);
    t->answer = NULL;
    return conn_recv(t->conn, &t->answer, &e) ? t->answer : NULL;
}

const json_t *talk_raw(struct talk *t, const char *bytes, size_t n)
{
    while (n) {
        ssize_t written = write(t->to, bytes, n);
        if (written <= 0) {
            break; /* it may have hung up already; what it said comes now */
        }
        bytes += written;
        n -= (size_t)written;
    }
    return receive(t);
}

const json_t *talk_any(struct talk *t, const char *method, json_t *params)
{
    struct err e = {0};
    json_t *line = json_pack("{s:s, s:I, s:s, s:o}", "jsonrpc", "2.0", "id", (json_int_t)++t->n,
                             "method", method, "params", params ? params : json_object());
    assert_non_null(line);
    fine(conn_send(t->conn, line, &e), &e);
    json_decref(line);
    const json_t *answer = receive(t);
    if (!answer) {
        fail_msg("%s: the core hung up", method);
    }
    assert_int_equal(json_integer_value(json_object_get(answer, "id")), t->n);
    return answer;
}

const json_t *talk_ask(struct talk *t, const char *method, json_t *params)
{
    const json_t *answer = talk_any(t, method, params);
    const json_t *error = json_object_get(answer, "error");
    if (error) {
        AUTOFREE char *text = json_dumps(error, JSON_COMPACT);
        fail_msg("%s was refused: %s", method, text);
    }
    return json_object_get(answer, "result");
}

const json_t *talk_refused(struct talk *t, const char *method, json_t *params)
{
    const json_t *answer = talk_any(t, method, params);
    const json_t *error = json_object_get(answer, "error");
    if (!error) {
        AUTOFREE char *text = json_dumps(answer, JSON_COMPACT);
        fail_msg("%s should have been refused: %s", method, text);
    }
    return error;
}

int talk_end(struct talk *t)
{
    close(t->to);
    int status = status_of(t->pid);
    close(t->from);
    conn_free(t->conn);
    json_decref(t->answer);
    free(t);
    return status;
}

/* ---- reading answers ---- */

const json_t *at(const json_t *j, const char *path)
{
    const char *p = path;
    const json_t *here = j;
    while (here && *p) {
        size_t n = strcspn(p, ".");
        AUTOFREE char *step = xstrndup(p, n);
        here = json_is_array(here) ? json_array_get(here, strtoul(step, NULL, 10))
                                   : json_object_get(here, step);
        p += n + (p[n] == '.');
    }
    if (!here) {
        AUTOFREE char *text = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY);
        fail_msg("nothing at %s in %.2000s", path, text ? text : "nothing");
    }
    return here;
}

const char *text_at(const json_t *j, const char *path)
{
    const json_t *value = at(j, path);
    if (!json_is_string(value)) {
        AUTOFREE char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        fail_msg("no text at %s but %s", path, text);
    }
    return json_string_value(value);
}

int64_t int_at(const json_t *j, const char *path)
{
    const json_t *value = at(j, path);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

void assert_contains(const char *text, const char *part)
{
    if (!text || !strstr(text, part)) {
        fail_msg("\"%s\" does not contain \"%s\"", text ? text : "nothing", part);
    }
}
