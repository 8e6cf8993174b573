/* The bytes of documents, in encrypted pieces. See blob.h. */
#include "treben/store/blob.h"
#include "inside.h"
#include "treben/base/str.h"
#include "treben/store/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECES_MOST (int)(BLOB_MOST / (int64_t)BLOB_PIECE)
#define OVERHEAD 42 /* bytes that encryption adds to a piece */

/* Bound to its place among the pieces too: they cannot be put in another order. */
static void place(const char *blob, int no, char ret[64])
{
    snprintf(ret, 64, "%.40s:%d", blob, no);
}

/* Bytes and pieces so far; another's blob is not added to. */
static bool so_far(struct store *s, const char *blob, const char *user, int64_t *ret_bytes,
                   int64_t *ret_pieces, struct err *e)
{
    STMT st;
    bool row;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "SELECT count(*), ifnull(sum(length(\"bytes\")), 0), "
                  "ifnull(sum(\"user\" <> ?), 0) FROM \"blob_piece\" WHERE \"blob\" = ?",
                  &st, e))
        return false;
    stmt_text(&st, 1, user);
    stmt_text(&st, 2, blob);
    if (!stmt_step(&st, &row, e))
        return false;
    *ret_pieces = col_int(&st, 0);
    *ret_bytes = col_int(&st, 1) - OVERHEAD * *ret_pieces;
    return col_int(&st, 2) == 0 || err_set(e, ERR_RULE, _("This file is being sent by somebody else."));
}

bool blob_put(struct store *s, const char *blob, int no, const char *user, const char *at,
              const void *bytes, size_t n, struct err *e)
{
    int64_t size, pieces;
    char where[64];
    unsigned char *sealed;
    size_t sealed_n;
    if (!so_far(s, blob, user, &size, &pieces, e))
        return false;
    if (no != pieces || no >= PIECES_MOST || n > BLOB_PIECE || size + (int64_t)n > BLOB_MOST)
        return err_set(e, ERR_RULE, _("The file is too large: a document has at most 10 MiB."));
    place(blob, no, where);
    if (!seal_close_bytes(s, "blob_piece", "bytes", where, bytes, n, &sealed, &sealed_n, e))
        return false;
    STMT st;
    bool good = stmt_get(s, DOOR_WRITE,
                         "INSERT INTO \"blob_piece\" (\"blob\", \"no\", \"user\", \"at\", "
                         "\"bytes\") VALUES (?, ?, ?, ?, ?)",
                         &st, e);
    if (good) {
        stmt_text(&st, 1, blob);
        stmt_int(&st, 2, no);
        stmt_text(&st, 3, user);
        stmt_text(&st, 4, at);
        stmt_blob(&st, 5, sealed, sealed_n);
        good = stmt_run(&st, e);
    }
    free(sealed);
    return good;
}

bool blob_get(struct store *s, const char *blob, int no, char **ret, size_t *ret_n, bool *ret_more,
              struct err *e)
{
    STMT st;
    bool row;
    char where[64];
    size_t n;
    if (!stmt_get(s, DOOR_UPKEEP,
                  "SELECT \"bytes\", (SELECT max(\"no\") FROM \"blob_piece\" WHERE \"blob\" = ?1) "
                  "FROM \"blob_piece\" WHERE \"blob\" = ?1 AND \"no\" = ?2",
                  &st, e))
        return false;
    stmt_text(&st, 1, blob);
    stmt_int(&st, 2, no);
    if (!stmt_step(&st, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_MISSING, _("There is no such part of the document."));
    const void *sealed = col_blob(&st, 0, &n);
    *ret_more = col_int(&st, 1) > no;
    place(blob, no, where);
    return seal_open_bytes(s, "blob_piece", "bytes", where, sealed, n, ret, ret_n, e);
}

/* What a file is, as far as its beginning tells. */
static const char *mime_of(const unsigned char *b, size_t n)
{
    static const struct {
        size_t at;
        const char *bytes;
        size_t n;
        const char *mime;
    } signs[] = {
        {0, "%PDF", 4, "application/pdf"},        {0, "\x89PNG", 4, "image/png"},
        {0, "\xFF\xD8\xFF", 3, "image/jpeg"},     {0, "GIF8", 4, "image/gif"},
        {0, "PK\x03\x04", 4, "application/zip"},  {0, "OggS", 4, "audio/ogg"},
        {0, "ID3", 3, "audio/mpeg"},              {0, "\xFF\xFB", 2, "audio/mpeg"},
        {0, "fLaC", 4, "audio/flac"},             {8, "WAVE", 4, "audio/wav"},
        {8, "AVI ", 4, "video/avi"},              {4, "ftyp", 4, "video/mp4"},
        {0, "\x1A\x45\xDF\xA3", 4, "video/webm"}, {0, "#!AMR", 5, "audio/amr"},
    };
    for (size_t i = 0; i < N_OF(signs); i++)
        if (n >= signs[i].at + signs[i].n && memcmp(b + signs[i].at, signs[i].bytes, signs[i].n) == 0)
            return signs[i].mime;
    return n && !memchr(b, 0, n) ? "text/plain" : "application/octet-stream";
}

bool blob_facts(struct store *s, const char *blob, const char *user, struct blob_facts *ret,
                struct err *e)
{
    crypto_hash_sha256_state sum;
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct blob_facts facts = {0};
    int64_t size, pieces;
    bool more = true;
    if (!so_far(s, blob, user, &size, &pieces, e))
        return false;
    crypto_hash_sha256_init(&sum);
    for (int no = 0; more; no++) {
        char *bytes;
        size_t n;
        if (!blob_get(s, blob, no, &bytes, &n, &more, e))
            return false;
        if (no == 0)
            snprintf(facts.mime, sizeof facts.mime, "%s", mime_of((unsigned char *)bytes, n));
        crypto_hash_sha256_update(&sum, (unsigned char *)bytes, n);
        facts.size += (int64_t)n;
        free(bytes);
    }
    crypto_hash_sha256_final(&sum, hash);
    sodium_bin2hex(facts.sha256, sizeof facts.sha256, hash, sizeof hash);
    *ret = facts;
    return true;
}

bool blob_sweep(struct store *s, const char *before, struct err *e)
{
    STMT st;
    if (!stmt_get(s, DOOR_WRITE,
                  "DELETE FROM \"blob_piece\" WHERE \"at\" < ? AND NOT EXISTS (SELECT 1 FROM "
                  "\"document\" d WHERE d.\"blob\" = \"blob_piece\".\"blob\")",
                  &st, e))
        return false;
    stmt_text(&st, 1, before);
    return stmt_run(&st, e);
}
