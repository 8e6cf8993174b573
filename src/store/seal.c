/* Encryption of single values at rest and a keyed hash to find them again.
 *
 * FILE.key has one line a key: number, blank, 64 hex digits. A new key is a new line with a higher
 * number: it seals from then on, the older ones still open what they sealed. The hash always uses
 * the lowest number, because equal texts must give equal hashes. A sealed value is: 1 (format), key
 * number, 24 bytes nonce, cipher text with its tag. The place it belongs to is authenticated with
 * it. */
#include "treben/store/seal.h"
#include "inside.h"
#include "treben/base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    KEY_BYTES = 32,
    KEYS_MAX = 64,
    FORMAT = 1,
    HEAD = 2,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};

bool seal_make_key_file(const char *db_path, struct err *e)
{
    AUTOFREE char *name = store_companion(db_path, ".key");
    unsigned char key[KEY_BYTES];
    char line[2 + 2 * KEY_BYTES + 2];
    randombytes_buf(key, sizeof key);
    memcpy(line, "1 ", 2);
    sodium_bin2hex(line + 2, sizeof line - 2, key, sizeof key);
    line[2 + 2 * KEY_BYTES] = '\n';
    size_t n = 2 + 2 * KEY_BYTES + 1;
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = fd >= 0 && write(fd, line, n) == (ssize_t)n && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0) {
        close(fd);
    }
    sodium_memzero(key, sizeof key);
    sodium_memzero(line, sizeof line);
    return good ||
           err_native(e, ERR_IO, why, _("The key file %s cannot be made: %s"), name, strerror(why));
}

/* Two keys from the one in the file, so that the hash tells nothing about the cipher. */
static bool derive(const unsigned char master[KEY_BYTES], struct seal_key *key)
{
    key->seal = sodium_malloc(KEY_BYTES);
    key->hash = sodium_malloc(KEY_BYTES);
    return key->seal && key->hash &&
           crypto_kdf_derive_from_key(key->seal, KEY_BYTES, 1, "TRBseal1", master) == 0 &&
           crypto_kdf_derive_from_key(key->hash, KEY_BYTES, 2, "TRBhash1", master) == 0;
}

static bool parse_line(struct store *s, const char *line, size_t n)
{
    unsigned char master[KEY_BYTES];
    char *after;
    size_t got = 0;
    long number = strtol(line, &after, 10);
    int before = s->n_keys ? s->keys[s->n_keys - 1].number : 0;
    if (number <= before || number > 255 || *after != ' ' ||
        (size_t)(after + 1 - line) + 2 * (size_t)KEY_BYTES != n ||
        sodium_hex2bin(master, sizeof master, after + 1, 2 * (size_t)KEY_BYTES, NULL, &got, NULL) !=
            0 ||
        got != KEY_BYTES) {
        return false;
    }
    s->keys = xrealloc(s->keys, (s->n_keys + 1) * sizeof *s->keys);
    s->keys[s->n_keys] = (struct seal_key){.number = (int)number};
    bool good = derive(master, &s->keys[s->n_keys]);
    s->n_keys++;
    sodium_memzero(master, sizeof master);
    return good;
}

bool seal_load_keys(struct store *s, struct err *e)
{
    AUTOFREE char *name = store_companion(s->path, ".key");
    if (!file_exists(name)) {
        return err_native(e, ERR_IO, ENOENT,
                          _("The key file %s is missing. Restore it from the backup; without it "
                            "the identity numbers cannot be read."),
                          name);
    }
    char *text;
    size_t n;
    if (!file_read(name, KEYS_MAX * 80, &text, &n, e)) {
        return false;
    }
    bool good = true;
    for (char *p = text, *end; good && *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, "\n");
        good = parse_line(s, p, (size_t)(end - p));
    }
    sodium_memzero(text, n);
    free(text);
    return (good && s->n_keys > 0) ||
           err_set(e, ERR_IO, _("The key file %s is damaged. Restore it from the backup."), name);
}

void seal_forget_keys(struct store *s)
{
    for (size_t i = 0; i < s->n_keys; i++) {
        sodium_free(s->keys[i].seal);
        sodium_free(s->keys[i].hash);
    }
    free(s->keys);
    s->keys = NULL;
    s->n_keys = 0;
}

/* The place, unambiguous: each name with its NUL. */
static void place_text(struct str *place, unsigned char number, const char *table,
                       const char *column, const char *id)
{
    str_addc(place, (char)number);
    str_addn(place, table, strlen(table) + 1);
    str_addn(place, column, strlen(column) + 1);
    str_addn(place, id, strlen(id) + 1);
}

bool seal_close(struct store *s, const char *table, const char *column, const char *id,
                const char *text, unsigned char **ret, size_t *ret_n, struct err *e)
{
    return seal_close_bytes(s, table, column, id, text, strlen(text), ret, ret_n, e);
}

bool seal_close_bytes(struct store *s, const char *table, const char *column, const char *id,
                      const void *text, size_t n, unsigned char **ret, size_t *ret_n, struct err *e)
{
    const struct seal_key *key = &s->keys[s->n_keys - 1];
    unsigned char *out = xmalloc(HEAD + NONCE + n + TAG);
    unsigned long long made = 0;
    STR place = {0};
    out[0] = FORMAT;
    out[1] = (unsigned char)key->number;
    randombytes_buf(out + HEAD, NONCE);
    place_text(&place, out[1], table, column, id);
    if (crypto_aead_xchacha20poly1305_ietf_encrypt(
            out + HEAD + NONCE, &made, text, n,
            (const unsigned char *)place.p, place.len, NULL, out + HEAD, key->seal) != 0) {
        free(out);
        return err_set(e, ERR_DB, _("A protected value could not be stored."));
    }
    *ret = out;
    *ret_n = HEAD + NONCE + (size_t)made;
    return true;
}

static const struct seal_key *key_of(const struct store *s, const unsigned char *bytes, size_t n)
{
    if (n < HEAD + NONCE + TAG || bytes[0] != FORMAT) {
        return NULL;
    }
    for (size_t i = 0; i < s->n_keys; i++) {
        if (s->keys[i].number == bytes[1]) {
            return &s->keys[i];
        }
    }
    return NULL;
}

bool seal_open(struct store *s, const char *table, const char *column, const char *id,
               const unsigned char *bytes, size_t n, char **ret, struct err *e)
{
    size_t made;
    return seal_open_bytes(s, table, column, id, bytes, n, ret, &made, e);
}

bool seal_open_bytes(struct store *s, const char *table, const char *column, const char *id,
                     const unsigned char *bytes, size_t n, char **ret, size_t *ret_n, struct err *e)
{
    const struct seal_key *key = key_of(s, bytes, n);
    if (!key) {
        return err_set(e, ERR_DB,
                       _("A protected value cannot be read: its key is not in the key file. "
                         "Restore the key file from the backup."));
    }
    unsigned char *out = xmalloc(n - HEAD - NONCE - TAG + 1);
    unsigned long long made = 0;
    STR place = {0};
    place_text(&place, bytes[1], table, column, id);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &made, NULL, bytes + HEAD + NONCE,
                                                   n - HEAD - NONCE, (const unsigned char *)place.p,
                                                   place.len, bytes + HEAD, key->seal) != 0) {
        free(out);
        return err_set(e, ERR_DB,
                       _("A protected value was changed outside Treben, or belongs to another "
                         "record. Tell the system operator."));
    }
    out[made] = '\0';
    *ret = (char *)out;
    *ret_n = (size_t)made;
    return true;
}

bool seal_hash(struct store *s, const char *text, char ret[65], struct err *e)
{
    unsigned char hash[KEY_BYTES];
    if (crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text),
                           s->keys[0].hash, KEY_BYTES) != 0) {
        return err_set(e, ERR_DB, _("A protected value could not be looked up."));
    }
    sodium_bin2hex(ret, 65, hash, sizeof hash);
    return true;
}
