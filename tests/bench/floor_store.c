/* The bare statements: see floor_store.h. */
#include "floor_store.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAVED_ROWS 10000
#define COLUMNS \
    "SELECT t.id, t.family_name_key, t.family_name, t.given_names, t.birth_date, t.kind, t.custody_state, " \
    "t.updated_at FROM "

static void die(sqlite3 *db, const char *what)
{
    fprintf(stderr, "floor: %s: %s\n", what, sqlite3_errmsg(db));
    exit(3);
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK)
        die(db, sql);
    return st;
}

static sqlite3 *open_file(const char *path)
{
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        die(db, path);
    sqlite3_busy_timeout(db, 10000);
    return db;
}

static void open_saves(struct floor_store *s, const char *path)
{
    s->saves = open_file(path);
    run(s->saves, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
    s->begin = prepare(s->saves, "BEGIN IMMEDIATE");
    s->update = prepare(s->saves, "UPDATE person SET name = name || '', rev = rev + 1 WHERE id = ?");
    s->head = prepare(s->saves, "SELECT h FROM log ORDER BY seq DESC LIMIT 1");
    s->log = prepare(s->saves, "INSERT INTO log(at, who, record, shown, h) VALUES (datetime('now'), 'lena.falk', ?, ?, ?)");
    s->commit = prepare(s->saves, "COMMIT");
}

void floor_open(struct floor_store *s, const char *db, const char *saves)
{
    *s = (struct floor_store){.db = open_file(db)};
    s->first = prepare(s->db, COLUMNS "person t WHERE owner_agency = 'POL' ORDER BY family_name_key, id LIMIT ?");
    s->next = prepare(s->db, COLUMNS "person t WHERE owner_agency = 'POL' AND (family_name_key, id) > (?, ?) "
                                     "ORDER BY family_name_key, id LIMIT ?");
    s->prefix = prepare(s->db, COLUMNS "person t WHERE owner_agency = 'POL' AND fold >= ? AND fold < ? "
                                       "ORDER BY fold, id LIMIT ?");
    s->match = prepare(s->db, COLUMNS "search_POL m JOIN person t ON t.id = m.id WHERE search_POL MATCH ? LIMIT ?");
    if (saves)
        open_saves(s, saves);
}

void floor_close(struct floor_store *s)
{
    sqlite3_stmt *all[] = {s->first, s->next, s->prefix, s->match, s->begin, s->update, s->head, s->log, s->commit};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(s->db);
    sqlite3_close(s->saves);
}

void floor_make_saves(const char *path)
{
    sqlite3 *db = open_file(path);
    run(db, "PRAGMA journal_mode=WAL; BEGIN;"
            "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, rev INTEGER) STRICT;"
            "CREATE TABLE log(seq INTEGER PRIMARY KEY, at TEXT, who TEXT, record INTEGER, shown TEXT, h BLOB) STRICT");
    sqlite3_stmt *st = prepare(db, "INSERT INTO person VALUES (?, 'Nilsson, Erik', 1)");
    for (int i = 0; i < SAVED_ROWS; i++) {
        sqlite3_bind_int(st, 1, i);
        if (sqlite3_step(st) != SQLITE_DONE)
            die(db, "insert");
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    run(db, "COMMIT");
    sqlite3_close(db);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static const char *column(sqlite3_stmt *st, int i)
{
    const unsigned char *text = sqlite3_column_text(st, i);
    return text ? (const char *)text : "";
}

/* Cut to so many characters, not bytes; padded. */
static size_t cell(char *at, const char *text, int width)
{
    size_t n = 0;
    int cols = 0;
    for (; text[n]; n++) {
        cols += ((unsigned char)text[n] & 0xc0) != 0x80;
        if (cols > width)
            break;
    }
    memcpy(at, text, n);
    for (cols = cols > width ? width : cols; cols <= width; cols++)
        at[n++] = ' ';
    return n;
}

static void take(sqlite3_stmt *st, struct floor_page *ret)
{
    ret->n = 0;
    while (ret->n < FLOOR_ROWS_MAX && sqlite3_step(st) == SQLITE_ROW) {
        struct floor_row *row = &ret->at[ret->n++];
        char name[160];
        size_t n = 0;
        snprintf(row->id, sizeof row->id, "%s", column(st, 0));
        snprintf(row->key, sizeof row->key, "%s", column(st, 1));
        snprintf(name, sizeof name, "%.70s, %.70s", column(st, 2), column(st, 3));
        n += cell(row->text + n, name, 26);
        n += cell(row->text + n, column(st, 4), 10);
        n += cell(row->text + n, column(st, 5), 12);
        n += cell(row->text + n, column(st, 6), 8);
        n += cell(row->text + n, column(st, 7), 16);
        row->text[n] = '\0';
    }
    sqlite3_reset(st);
}

void floor_first(struct floor_store *s, size_t rows, struct floor_page *ret)
{
    sqlite3_bind_int64(s->first, 1, (sqlite3_int64)rows);
    take(s->first, ret);
}

void floor_next(struct floor_store *s, const struct floor_row *last, size_t rows, struct floor_page *ret)
{
    sqlite3_bind_text(s->next, 1, last->key, -1, SQLITE_STATIC);
    sqlite3_bind_text(s->next, 2, last->id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s->next, 3, (sqlite3_int64)rows);
    take(s->next, ret);
}

void floor_find(struct floor_store *s, const char *folded, size_t rows, struct floor_page *ret)
{
    char end[64], words[64];
    bool begins = strlen(folded) <= 2;
    sqlite3_stmt *st = begins ? s->prefix : s->match;
    snprintf(end, sizeof end, "%s\x7f", folded);
    snprintf(words, sizeof words, "\"%s\"*", folded);
    sqlite3_bind_text(st, 1, begins ? folded : words, -1, SQLITE_STATIC);
    if (begins)
        sqlite3_bind_text(st, 2, end, -1, SQLITE_STATIC);
    sqlite3_bind_int64(st, begins ? 3 : 2, (sqlite3_int64)rows);
    take(st, ret);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static void step(struct floor_store *s, sqlite3_stmt *st)
{
    if (sqlite3_step(st) != SQLITE_DONE)
        die(s->saves, "save");
    sqlite3_reset(st);
}

void floor_save(struct floor_store *s, int i)
{
    static const char shown[] = "{\"kind\":\"person\",\"fields\":[\"given_names\"],\"session\":\"floor\"}";
    unsigned char former[32] = {0}, hash[32];
    crypto_generichash_state state;
    step(s, s->begin);
    sqlite3_bind_int(s->update, 1, i % SAVED_ROWS);
    step(s, s->update);
    if (sqlite3_step(s->head) == SQLITE_ROW && sqlite3_column_bytes(s->head, 0) == sizeof former)
        memcpy(former, sqlite3_column_blob(s->head, 0), sizeof former);
    sqlite3_reset(s->head);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, former, sizeof former);
    crypto_generichash_update(&state, (const unsigned char *)shown, sizeof shown);
    crypto_generichash_final(&state, hash, sizeof hash);
    sqlite3_bind_int(s->log, 1, i % SAVED_ROWS);
    sqlite3_bind_text(s->log, 2, shown, -1, SQLITE_STATIC);
    sqlite3_bind_blob(s->log, 3, hash, sizeof hash, SQLITE_STATIC);
    step(s, s->log);
    step(s, s->commit);
}
