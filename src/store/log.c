/* The access log: appending and reading. Each row's hash covers the row and the hash before it. */
#include "treben/store/log.h"
#include "inside.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const char log_select[] =
    "SELECT seq, n, h, at, session, user, agency, roles, action, kind, record, fields, terms_hash, "
    "shown, purpose, result, detail FROM log";

static void add_number(struct str *room, uint64_t v)
{
    char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (char)(v >> (8 * i) & 0xff);
    }
    str_addn(room, bytes, sizeof bytes);
}

void log_row_hash(struct str *room, const unsigned char former[LOG_HASH], int64_t seq, int64_t n,
                  const struct log_text text[LOG_TEXTS], unsigned char ret[LOG_HASH])
{
    str_clear(room);
    str_addn(room, (const char *)former, LOG_HASH);
    add_number(room, (uint64_t)seq);
    add_number(room, (uint64_t)n);
    for (int i = 0; i < LOG_TEXTS; i++) {
        add_number(room, text[i].p ? text[i].n : UINT64_MAX);
        if (text[i].p) {
            str_addn(room, text[i].p, text[i].n);
        }
    }
    crypto_generichash(ret, LOG_HASH, (const unsigned char *)room->p, room->len, NULL, 0);
}

bool log_stored_head(struct store *s, int64_t *ret_seq, unsigned char ret[LOG_HASH], bool *ret_good,
                     struct err *e)
{
    char *text;
    const char *end;
    if (!meta_get(s, "log_head", &text, e)) {
        return false;
    }
    *ret_good = text && head_parse(text, ret_seq, ret, &end) && !*end;
    free(text);
    return true;
}

bool log_prepare(struct store *s, struct err *e)
{
    int64_t seq;
    unsigned char head[LOG_HASH], salt[LOG_HASH];
    bool there;
    if (!log_stored_head(s, &seq, head, &there, e)) {
        return false;
    }
    if (there) {
        return true;
    }
    char text[128], hex[2 * LOG_HASH + 1];
    memset(head, 0, sizeof head);
    head_text(0, head, text, sizeof text);
    randombytes_buf(salt, sizeof salt);
    sodium_bin2hex(hex, sizeof hex, salt, sizeof salt);
    return meta_set(s, "log_head", text, e) && meta_set(s, "log_salt", hex, e);
}

void log_forget(struct store *s)
{
    s->log_known = false;
    if (s->tx != TX_WRITING || s->savepoints == 0) {
        s->log_in_tx = s->log_crossed = false;
    }
}

void log_committed(struct store *s)
{
    if (s->log_in_tx) {
        s->log_written = true;
        if (s->log_crossed && s->log_known) {
            anchor_write(s, s->log_seq, s->log_head);
        }
    }
    log_forget(s);
}

static struct log_text text_of(const char *p)
{
    return (struct log_text){.p = p, .n = p ? strlen(p) : 0};
}

static bool insert(struct store *s, int64_t seq, int64_t n, const struct log_text *text,
                   const unsigned char hash[LOG_HASH], struct err *e)
{
    STMT st;
    if (!stmt_get_at(s, DOOR_INNER,
                     "INSERT INTO log(seq, n, h, at, session, user, agency, roles, action, kind, "
                     "record, fields, terms_hash, shown, purpose, result, detail) "
                     "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
                     &st, e)) {
        return false;
    }
    stmt_int(&st, 1, seq);
    stmt_int(&st, 2, n);
    stmt_blob(&st, 3, hash, LOG_HASH);
    for (int i = 0; i < LOG_TEXTS; i++) {
        stmt_text(&st, 4 + i, text[i].p);
    }
    return stmt_run(&st, e);
}

static bool know_head(struct store *s, struct err *e)
{
    bool good = true;
    if (!s->log_known && !log_stored_head(s, &s->log_seq, s->log_head, &good, e)) {
        return false;
    }
    if (!good) {
        return err_set(e, ERR_DB,
                       _("The access log is damaged, so nothing can be opened or saved. Tell the "
                         "system operator to run: trebenctl verify-log"));
    }
    s->log_known = true;
    return true;
}

bool log_append(struct store *s, struct log_row *row, struct err *e)
{
    if (!tx_open(s)) {
        return store_fail_program(e, SQLITE_MISUSE);
    }
    if (!know_head(s, e)) {
        return false;
    }
    instant_text(clock_now(), s->log_at);
    struct log_text text[LOG_TEXTS] = {
        text_of(s->log_at),   text_of(row->session),    text_of(row->user),  text_of(row->agency),
        text_of(row->roles),  text_of(row->action),     text_of(row->kind),  text_of(row->record),
        text_of(row->fields), text_of(row->terms_hash), text_of(row->shown), text_of(row->purpose),
        text_of(row->result), text_of(row->detail)};
    int64_t seq = s->log_seq + 1;
    unsigned char hash[LOG_HASH];
    char head[128];
    STR room = {0};
    log_row_hash(&room, s->log_head, seq, row->n, text, hash);
    head_text(seq, hash, head, sizeof head);
    if (!insert(s, seq, row->n, text, hash, e) || !meta_set(s, "log_head", head, e)) {
        s->log_known = false;
        return false;
    }
    s->log_seq = seq;
    memcpy(s->log_head, hash, sizeof hash);
    s->log_in_tx = true;
    s->log_crossed = s->log_crossed || seq % LOG_ANCHOR_EVERY == 0;
    row->seq = seq;
    row->at = s->log_at;
    return true;
}

static bool append_alone(struct store *s, struct log_row *row, struct err *e)
{
    if (!tx_begin_for_log(s, e)) {
        return false;
    }
    if (!log_append(s, row, e)) {
        tx_rollback(s);
        return false;
    }
    return tx_commit(s, e);
}

bool log_append_now(struct store *s, struct log_row *row, struct err *e)
{
    if (tx_open(s)) {
        return log_append(s, row, e);
    }
    struct err first = {0};
    bool reduced = store_is_reduced(s);
    if (!append_alone(s, row, &first)) {
        /* The failure has just freed the reserve: with it, reading goes on. */
        if (first.code != ERR_FULL || reduced || !append_alone(s, row, &first)) {
            if (e) {
                *e = first;
            }
            return false;
        }
    }
    if (reduced && store_wal_bytes(s) > STORE_WAL_LARGE) {
        (void)!store_checkpoint(s, NULL); /* makes the reserve last: the same room is used again */
    }
    return true;
}

static bool know_salt(struct store *s, struct err *e)
{
    char *hex;
    if (s->salt) {
        return true;
    }
    if (!meta_get(s, "log_salt", &hex, e)) {
        return false;
    }
    unsigned char *salt = sodium_malloc(LOG_HASH);
    size_t n = 0;
    bool good = salt && hex &&
                sodium_hex2bin(salt, LOG_HASH, hex, strlen(hex), NULL, &n, NULL) == 0 &&
                n == LOG_HASH;
    free(hex);
    if (!good) {
        sodium_free(salt);
        return err_set(e, ERR_DB, _("A setting of the database is missing. Run: trebenctl check"));
    }
    s->salt = salt;
    return true;
}

bool log_hash_terms(struct store *s, const char *terms, char ret[33], struct err *e)
{
    unsigned char hash[16];
    if (!know_salt(s, e)) {
        return false;
    }
    crypto_generichash(hash, sizeof hash, (const unsigned char *)terms, strlen(terms), s->salt,
                       LOG_HASH);
    sodium_bin2hex(ret, 33, hash, sizeof hash);
    return true;
}

void log_forget_salt(struct store *s)
{
    sodium_free(s->salt);
    s->salt = NULL;
}

bool log_read(struct store *s, const char *since, log_each *each, void *ctx, struct err *e)
{
    STMT st;
    AUTOFREE char *sql = xprintf("%s WHERE at >= ?1 ORDER BY seq", log_select);
    if (!stmt_get_at(s, DOOR_INNER, sql, &st, e)) {
        return false;
    }
    stmt_text(&st, 1, since ? since : "");
    bool row;
    while (stmt_step(&st, &row, e)) {
        if (!row) {
            return true;
        }
        struct log_row r = {.seq = col_int(&st, 0),
                            .n = col_int(&st, 1),
                            .at = col_text(&st, 3),
                            .session = col_text(&st, 4),
                            .user = col_text(&st, 5),
                            .agency = col_text(&st, 6),
                            .roles = col_text(&st, 7),
                            .action = col_text(&st, 8),
                            .kind = col_text(&st, 9),
                            .record = col_text(&st, 10),
                            .fields = col_text(&st, 11),
                            .terms_hash = col_text(&st, 12),
                            .shown = col_text(&st, 13),
                            .purpose = col_text(&st, 14),
                            .result = col_text(&st, 15),
                            .detail = col_text(&st, 16)};
        if (!each(ctx, &r)) {
            return true;
        }
    }
    return false;
}
