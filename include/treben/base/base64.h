/* Bytes as text for the line: base64 with padding (RFC 4648). */
#ifndef TREBEN_BASE_BASE64_H
#define TREBEN_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

char *base64_encode(const void *bytes, size_t n); /* OWN: caller */
/* false: no base64. OWN: caller frees *ret. */
bool base64_decode(const char *text, unsigned char **ret, size_t *ret_n);

#endif
