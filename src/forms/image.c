/* The model as memory holds it, in a file beside the database: a session maps it instead of
 * decoding every kind. It is a copy and never a source: whatever does not fit makes the core decode
 * the kept configuration as before.
 *
 * How pointers are found: the same texts are decoded twice, into two arenas of one block each. What
 * is equal in both is a value, what differs by the distance of the arenas is a pointer into them,
 * and anything else makes no image. So no list of pointers has to follow the model's structures. */
#include "inside.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODEL_BYTES_MAX = 16 << 20 };

/* Where images want to lie; elsewhere their pointers are moved. Free in every layout of x86-64 and
 * arm64, also under the sanitizers. */
static const uintptr_t home = 0x200000000000;
static const char magic[16] = "treben image 1";

struct image_head {
    char magic[16];
    char key[144];
    uint64_t bytes; /* of the file */
    uint64_t root;  /* offset of the model */
    uint64_t fixes; /* offset of n_fixes numbers: words that hold a pointer */
    uint64_t n_fixes;
    uint64_t sum;   /* of all words of the file, this one as 0 */
    uint64_t spare; /* the head is a whole number of arena units */
};

static uint64_t *words(void *at)
{
    return at;
}

/* A damaged file must not be followed; whoever can forge one can write the database as well. */
static uint64_t sum_words(const uint64_t *w, size_t n)
{
    uint64_t a = n, b = 0;
    for (size_t i = 0; i < n; i++) {
        a += w[i];
        b += a;
    }
    return a ^ (b << 1);
}

/* --- reading ----------------------------------------------------------------------------------- */

static struct image_head *map_file(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return NULL;
    }
    void *at = MAP_FAILED;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        st.st_size > (off_t)sizeof(struct image_head) && st.st_size < 2 * MODEL_BYTES_MAX) {
        size_t bytes = (size_t)st.st_size;
        const int prot = PROT_READ | PROT_WRITE;
        at = mmap((void *)home, bytes, prot, MAP_PRIVATE | MAP_FIXED_NOREPLACE, fd, 0);
        if (at == MAP_FAILED) {
            at = mmap(NULL, bytes, prot, MAP_PRIVATE, fd, 0);
        }
    }
    close(fd);
    if (at == MAP_FAILED) {
        return NULL;
    }
    struct image_head *h = at;
    if (memcmp(h->magic, magic, sizeof magic) == 0 && h->bytes == (uint64_t)st.st_size) {
        return h;
    }
    munmap(at, (size_t)st.st_size);
    return NULL;
}

static bool is_sound(struct image_head *h, const char *key)
{
    uint64_t sum = h->sum;
    h->sum = 0;
    h->key[sizeof h->key - 1] = '\0';
    return strcmp(h->key, key) == 0 && h->bytes % sizeof(uint64_t) == 0 &&
           sum == sum_words(words(h), h->bytes / sizeof(uint64_t));
}

static void move_pointers(struct image_head *h)
{
    char *base = (char *)h;
    const uint32_t *fixes = (const uint32_t *)(base + h->fixes);
    for (size_t i = 0; i < h->n_fixes; i++) {
        words(base)[fixes[i]] += (uintptr_t)base - home;
    }
}

struct model *image_load(const char *path, const char *key)
{
    struct image_head *h = map_file(path);
    if (!h) {
        return NULL;
    }
    size_t bytes = h->bytes;
    if (!is_sound(h, key)) {
        munmap(h, bytes);
        return NULL;
    }
    if ((uintptr_t)h != home) {
        move_pointers(h);
    }
    struct model *m = (struct model *)((char *)h + h->root);
    for (int i = 0; i < m->n_kinds; i++) {
        m->kinds[i].kind = all_kinds[i];
    }
    m->image = h;
    m->image_bytes = bytes;
    mprotect(h, bytes, PROT_READ);
    return m;
}

/* --- making ------------------------------------------------------------------------------------ */

struct flat {
    struct model *m;
    uint64_t *at; /* everything of the model, itself included */
    size_t bytes;
};

static bool flat_make(const char *snapshot, const char *digest, struct flat *ret)
{
    ARENA trees = {0};
    struct trees t;
    struct findings none = {0};
    AUTOFREE char *text = xstrdup(snapshot);
    struct model *m = xcalloc(1, sizeof *m);
    *ret = (struct flat){.m = m};
    arena_reserve(&m->arena, MODEL_BYTES_MAX);
    ret->at = arena_alloc(&m->arena, 1);
    if (!snapshot_read(text, &trees, &t)) {
        return false;
    }
    struct decode d = {.r = {.a = &m->arena, .found = &none}, .m = m, .trees = &t};
    decode_all(&d);
    bool good = none.n == 0;
    findings_done(&none);
    for (int i = 0; i < m->n_kinds; i++) {
        m->kinds[i].kind = NULL; /* the program's own, put back when it is read */
    }
    memcpy(m->digest, digest, sizeof m->digest);
    struct model *root = arena_alloc(&m->arena, sizeof *root);
    memcpy(root, m, sizeof *root);
    root->arena = (struct arena){.head = NULL};
    ret->bytes = (size_t)((char *)(root + 1) - (char *)ret->at);
    ret->bytes = (ret->bytes + 15) / 16 * 16;
    return good && ret->bytes < MODEL_BYTES_MAX; /* else it went on in a second block */
}

extern const char __executable_start, _end; /* the linker's: from the first to the last byte */

static bool is_in_program(uint64_t w)
{
    return w >= (uintptr_t)&__executable_start && w < (uintptr_t)&_end;
}

/* Words of both into out, pointers as they are at home; false: something is neither. */
static bool join(const struct flat *a, const struct flat *b, uint64_t *out, uint32_t *fixes,
                 uint64_t *ret_n)
{
    const uint64_t distance = (uintptr_t)b->at - (uintptr_t)a->at;
    const size_t skip = sizeof(struct image_head) / sizeof *out;
    for (size_t i = 0; i < a->bytes / sizeof *out; i++) {
        uint64_t w = a->at[i], offset = w - (uintptr_t)a->at;
        if (w == b->at[i] && !is_in_program(w)) {
            out[i] = w;
        } else if (b->at[i] - w == distance && offset < a->bytes) {
            out[i] = home + sizeof(struct image_head) + offset;
            fixes[(*ret_n)++] = (uint32_t)(i + skip);
        } else {
            return false;
        }
    }
    return true;
}

static bool put_file(const char *path, const void *bytes, size_t n)
{
    AUTOFREE char *part = xprintf("%s.%ld", path, (long)getpid());
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return false;
    }
    bool good = write(fd, bytes, n) == (ssize_t)n;
    good = close(fd) == 0 && good && rename(part, path) == 0;
    if (!good) {
        unlink(part);
    }
    return good;
}

static bool write_image(const char *path, const char *key, const struct flat *a,
                        const struct flat *b)
{
    struct image_head h = {.root = 0};
    size_t model = a->bytes / sizeof(uint64_t), most = sizeof h + a->bytes + model * 4 + 8;
    AUTOFREE char *file = xcalloc(1, most);
    h.fixes = sizeof h + a->bytes;
    if (a->bytes != b->bytes ||
        !join(a, b, words(file + sizeof h), (uint32_t *)(void *)(file + h.fixes), &h.n_fixes)) {
        return false;
    }
    h.bytes = h.fixes + (h.n_fixes + 1) / 2 * 8;
    h.root = h.fixes - (sizeof(struct model) + 15) / 16 * 16;
    memcpy(h.magic, magic, sizeof h.magic);
    snprintf(h.key, sizeof h.key, "%s", key);
    memcpy(file, &h, sizeof h);
    h.sum = sum_words(words(file), h.bytes / 8);
    memcpy(file, &h, sizeof h);
    return put_file(path, file, h.bytes);
}

bool image_make(const char *path, const char *key, const char *snapshot, const char *digest)
{
    struct flat a, b = {.m = NULL};
    bool good = flat_make(snapshot, digest, &a) && flat_make(snapshot, digest, &b) &&
                write_image(path, key, &a, &b);
    forms_free(a.m);
    forms_free(b.m);
    return good;
}
