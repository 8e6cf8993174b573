/* Random keys and a small seedable generator. */
#include "treben/base/id.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static struct rng seeded;
static bool use_seed;

static void random_bytes(unsigned char *p, size_t n)
{
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            abort(); /* a predictable key would be worse than no program */
        }
        p += got;
        n -= (size_t)got;
    }
}

struct id id_new(void)
{
    uint64_t half[2];
    if (use_seed) {
        half[0] = rng_next(&seeded);
        half[1] = rng_next(&seeded);
    } else {
        random_bytes((unsigned char *)half, sizeof half);
    }
    struct id id;
    for (int i = ID_LEN - 1; i >= 0; i--) { /* 128 bits, the lowest five first */
        id.text[i] = alphabet[half[1] & 31];
        half[1] = half[1] >> 5 | half[0] << 59;
        half[0] >>= 5;
    }
    id.text[ID_LEN] = '\0';
    return id;
}

bool id_valid(const char *text)
{
    if (!text || strnlen(text, ID_LEN + 1) != ID_LEN || text[0] > '7') {
        return false; /* 26 characters hold 130 bits: the first has only three */
    }
    return strspn(text, alphabet) == ID_LEN;
}

void id_seed(uint64_t seed)
{
    use_seed = seed != 0;
    rng_seed(&seeded, seed);
}

/* splitmix64 spreads any seed, also 0 and 1, over the whole state. */
static uint64_t spread(uint64_t *x)
{
    *x += 0x9E3779B97F4A7C15u;
    uint64_t z = *x;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static uint64_t turn(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

void rng_seed(struct rng *r, uint64_t seed)
{
    r->s[0] = spread(&seed);
    r->s[1] = spread(&seed);
}

uint64_t rng_next(struct rng *r) /* xoroshiro128++ */
{
    uint64_t a = r->s[0], b = r->s[1];
    uint64_t result = turn(a + b, 17) + a;
    b ^= a;
    r->s[0] = turn(a, 49) ^ b ^ b << 21;
    r->s[1] = turn(b, 28);
    return result;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
    return n ? (uint32_t)((rng_next(r) >> 32) * n >> 32) : 0;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1.0p-53;
}
