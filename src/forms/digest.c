/* Digests: of the files as they are, and of all that a model was made from. */
#include "inside.h"

#include <sodium.h>
#include <string.h>

enum { DIGEST_BYTES = 32, SNAPSHOT_FORMAT = 1 };

static void add(crypto_generichash_state *h, const void *bytes, size_t n)
{
    crypto_generichash_update(h, bytes, n);
}

static void add_text(crypto_generichash_state *h, const char *s)
{
    add(h, s ? s : "", (s ? strlen(s) : 0) + 1); /* with its NUL: "a","b" is not "ab","" */
}

static void add_number(crypto_generichash_state *h, int64_t v)
{
    add(h, &v, sizeof v);
}

static void add_sources(crypto_generichash_state *h, const struct sources *s)
{
    for (int i = 0; i < s->n; i++) {
        add_text(h, s->at[i].name);
        add_number(h, s->at[i].site);
        add_number(h, (int64_t)s->at[i].n);
        add(h, s->at[i].body, s->at[i].n);
    }
}

static void finish(crypto_generichash_state *h, char ret[65])
{
    unsigned char sum[DIGEST_BYTES];
    crypto_generichash_final(h, sum, sizeof sum);
    sodium_bin2hex(ret, DIGEST_BYTES * 2 + 1, sum, sizeof sum);
}

static bool start(crypto_generichash_state *h)
{
    return sodium_init() >= 0 && crypto_generichash_init(h, NULL, 0, DIGEST_BYTES) == 0;
}

void digest_sources(const struct sources *s, char ret[65])
{
    crypto_generichash_state h;
    ret[0] = '\0';
    if (start(&h)) {
        add_sources(&h, s);
        finish(&h, ret);
    }
}

/* Another program may have other kinds: then the files are judged anew. */
static void add_kinds(crypto_generichash_state *h)
{
    for (int i = 0; i < n_all_kinds; i++) {
        const struct kind *k = all_kinds[i];
        add_text(h, k->name);
        for (int j = 0; j < k->n_fields; j++) {
            add_text(h, k->fields[j].name);
            add_text(h, k->fields[j].of);
            add_number(h, k->fields[j].type);
        }
        for (int j = 0; j < k->n_guards; j++) {
            add_text(h, k->guards[j].name);
        }
    }
}

void digest_snapshot(const char *files, char ret[65])
{
    crypto_generichash_state h;
    ret[0] = '\0';
    if (!start(&h)) {
        return;
    }
    add_text(&h, TREBEN_VERSION);
    add_number(&h, SNAPSHOT_FORMAT);
    add_text(&h, files);
    for (int i = 0; i < COMMON_N; i++) {
        add_text(&h, common_fields[i].name);
    }
    add_kinds(&h);
    finish(&h, ret);
}
