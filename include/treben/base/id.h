/* Keys: 128 random bits as 26 characters of Crockford base32 (0-9 A-Z without I L O U). */
#ifndef TREBEN_BASE_ID_H
#define TREBEN_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#define ID_LEN 26
struct id {
    char text[ID_LEN + 1];
};

struct id id_new(void);
bool id_valid(const char *text);
/* The demo generator and tests draw ids from a seed; 0 goes back to the system's randomness. */
void id_seed(uint64_t seed);

/* A small seedable generator for demo data and property tests (not for secrets). */
struct rng {
    uint64_t s[2];
};
void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t n); /* 0 … n-1 */
double rng_unit(struct rng *r);                /* [0, 1) */

#endif
