/* Prepared statements, cached by text and door. The door is told to the authorizer whenever a
 * statement is prepared or stepped (stepping may prepare again after a change of schema). */
#include "inside.h"
#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(int door, const char *sql)
{
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)door;
    for (const char *p = sql; *p; p++) {
        h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    }
    return h;
}

static void count_steps(struct stmt_slot *slot, struct store *s)
{
    s->vm_steps += sqlite3_stmt_status(slot->st, SQLITE_STMTSTATUS_VM_STEP, 1);
}

static void slot_done(struct store *s, struct stmt_slot *slot)
{
    count_steps(slot, s);
    sqlite3_finalize(slot->st);
    free(slot->sql);
    free(slot);
}

static void bucket_remove(struct store *s, struct stmt_slot *slot)
{
    struct stmt_slot **at = &s->bucket[slot->hash % STORE_BUCKETS];
    while (*at != slot) {
        at = &(*at)->next;
    }
    *at = slot->next;
    s->n_slots--;
}

/* Makes room for one more: the statement not used for the longest time leaves. */
static bool evict(struct store *s)
{
    struct stmt_slot *oldest = NULL;
    for (size_t b = 0; b < STORE_BUCKETS; b++) {
        for (struct stmt_slot *x = s->bucket[b]; x; x = x->next) {
            if (!x->busy && (!oldest || x->used < oldest->used)) {
                oldest = x;
            }
        }
    }
    if (oldest) {
        bucket_remove(s, oldest);
        slot_done(s, oldest);
    }
    return oldest != NULL;
}

/* A statement that goes through many kinds is large; what is kept for later leaves half of the memory
 * to what is asked now. */
static void make_room(struct store *s)
{
    while (sqlite3_memory_used() > STORE_HEAP_BYTES / 2 && evict(s)) {
    }
}

static bool prepare(struct store *s, int door, const char *sql, struct stmt_slot *slot,
                    struct err *e)
{
    if (door == DOOR_READ && sql_borrows_view_name(sql)) {
        return store_fail_program(e, SQLITE_AUTH);
    }
    s->door = door;
    s->saw_write = false;
    const char *rest;
    int rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &slot->st, &rest);
    s->door = DOOR_CLOSED;
    if (rc != SQLITE_OK) {
        return store_fail(s, e);
    }
    slot->writes = s->saw_write;
    if (!slot->st || rest[strspn(rest, " \t\r\n;")]) { /* nothing, or more than one statement */
        sqlite3_finalize(slot->st);
        return store_fail_program(e, SQLITE_MISUSE);
    }
    return true;
}

bool stmt_get_at(struct store *s, int door, const char *sql, struct stmt *ret, struct err *e)
{
    *ret = (struct stmt){0};
    uint64_t hash = hash_of(door, sql);
    bool in_use = false;
    struct stmt_slot *slot = s->bucket[hash % STORE_BUCKETS];
    for (; slot; slot = slot->next) {
        if (slot->hash == hash && slot->door == door && strcmp(slot->sql, sql) == 0) {
            if (!slot->busy) {
                break;
            }
            in_use = true;
        }
    }
    if (!slot) {
        make_room(s);
        slot = xcalloc(1, sizeof *slot);
        if (!prepare(s, door, sql, slot, e)) {
            free(slot);
            return false;
        }
        slot->sql = xstrdup(sql);
        slot->hash = hash;
        slot->door = door;
        slot->cached = !in_use; /* a second use at once gets one of its own, not kept */
        if (slot->cached) {
            if (s->n_slots >= STORE_SLOTS_MAX) {
                (void)evict(s);
            }
            slot->next = s->bucket[hash % STORE_BUCKETS];
            s->bucket[hash % STORE_BUCKETS] = slot;
            s->n_slots++;
        }
    }
    slot->busy = true;
    slot->used = ++s->tick;
    *ret = (struct stmt){.store = s, .slot = slot};
    return true;
}

bool stmt_get(struct store *s, enum door door, const char *sql, struct stmt *ret, struct err *e)
{
    return stmt_get_at(s, (int)door, sql, ret, e);
}

void stmt_release(struct stmt *st)
{
    struct stmt_slot *slot = st->slot;
    if (!slot) {
        return;
    }
    count_steps(slot, st->store);
    sqlite3_reset(slot->st);
    sqlite3_clear_bindings(slot->st);
    slot->bind_rc = SQLITE_OK;
    slot->busy = false;
    if (!slot->cached) {
        slot_done(st->store, slot);
    }
    *st = (struct stmt){0};
}

static void note(struct stmt_slot *slot, int rc)
{
    if (slot->bind_rc == SQLITE_OK) {
        slot->bind_rc = rc;
    }
}

void stmt_text(struct stmt *st, int i, const char *utf8)
{
    note(st->slot, sqlite3_bind_text(st->slot->st, i, utf8, -1, SQLITE_STATIC));
}

void stmt_int(struct stmt *st, int i, int64_t v)
{
    note(st->slot, sqlite3_bind_int64(st->slot->st, i, v));
}

void stmt_blob(struct stmt *st, int i, const void *bytes, size_t n)
{
    note(st->slot, sqlite3_bind_blob64(st->slot->st, i, n ? bytes : "", n, SQLITE_STATIC));
}

bool stmt_step(struct stmt *st, bool *ret_row, struct err *e)
{
    struct store *s = st->store;
    struct stmt_slot *slot = st->slot;
    if (slot->bind_rc != SQLITE_OK) {
        return store_fail_code(s, slot->bind_rc, e);
    }
    if (slot->writes && s->tx != TX_WRITING) {
        /* Outside a transaction it would commit by itself, without the store lock. */
        return store_is_reduced(s) ? store_fail_full(e, SQLITE_FULL)
                                   : store_fail_program(e, SQLITE_MISUSE);
    }
    s->door = slot->door;
    int rc = sqlite3_step(slot->st);
    s->door = DOOR_CLOSED;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE) {
        slot->changes = sqlite3_changes64(s->db);
        *ret_row = rc == SQLITE_ROW;
        return true;
    }
    rc = sqlite3_extended_errcode(s->db);
    sqlite3_reset(slot->st);
    return store_fail_code(s, rc, e);
}

bool stmt_run(struct stmt *st, struct err *e)
{
    bool row = true;
    while (row) {
        if (!stmt_step(st, &row, e)) {
            return false;
        }
    }
    sqlite3_reset(st->slot->st); /* ready for other values, and no read is left open */
    return true;
}

int64_t stmt_changes(const struct stmt *st)
{
    return st->slot->changes;
}

const char *col_text(const struct stmt *st, int i)
{
    return (const char *)sqlite3_column_text(st->slot->st, i);
}

int64_t col_int(const struct stmt *st, int i)
{
    return sqlite3_column_int64(st->slot->st, i);
}

bool col_null(const struct stmt *st, int i)
{
    return sqlite3_column_type(st->slot->st, i) == SQLITE_NULL;
}

const void *col_blob(const struct stmt *st, int i, size_t *ret_n)
{
    const void *bytes = sqlite3_column_blob(st->slot->st, i);
    *ret_n = (size_t)sqlite3_column_bytes(st->slot->st, i);
    return bytes;
}

int stmt_columns(const struct stmt *st)
{
    return sqlite3_column_count(st->slot->st);
}

bool store_run(struct store *s, const char *sql, struct err *e)
{
    STMT st;
    return stmt_get_at(s, DOOR_INNER, sql, &st, e) && stmt_run(&st, e);
}

bool store_number(struct store *s, const char *sql, int64_t *ret, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get_at(s, DOOR_INNER, sql, &st, e) || !stmt_step(&st, &row, e)) {
        return false;
    }
    *ret = row ? col_int(&st, 0) : 0;
    return true;
}

bool store_script_at(struct store *s, int door, const char *sql, struct err *e)
{
    while (*sql) {
        struct stmt_slot slot = {.door = door};
        struct stmt st = {.store = s, .slot = &slot};
        s->door = door;
        s->saw_write = false;
        int rc = sqlite3_prepare_v2(s->db, sql, -1, &slot.st, &sql);
        s->door = DOOR_CLOSED;
        if (rc != SQLITE_OK) {
            return store_fail(s, e);
        }
        slot.writes = s->saw_write;
        bool good = !slot.st || stmt_run(&st, e); /* nothing but blanks or a comment gives none */
        sqlite3_finalize(slot.st);
        if (!good) {
            return false;
        }
    }
    return true;
}

bool store_script(struct store *s, const char *sql, struct err *e)
{
    return store_script_at(s, DOOR_UPKEEP, sql, e);
}

void store_forget_statements(struct store *s)
{
    for (size_t b = 0; b < STORE_BUCKETS; b++) {
        for (struct stmt_slot *x = s->bucket[b], *next; x; x = next) {
            next = x->next;
            if (x->busy) {
                x->cached = false; /* its user releases it */
            } else {
                slot_done(s, x);
            }
        }
        s->bucket[b] = NULL;
    }
    s->n_slots = 0;
}

int64_t store_vm_steps(struct store *s)
{
    for (size_t b = 0; b < STORE_BUCKETS; b++) {
        for (struct stmt_slot *x = s->bucket[b]; x; x = x->next) {
            count_steps(x, s);
        }
    }
    int64_t steps = s->vm_steps;
    s->vm_steps = 0;
    return steps;
}
