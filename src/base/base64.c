/* Bytes as text for the line. See base64.h. */
#include "treben/base/base64.h"
#include "treben/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_encode(const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    char *text = xmalloc((n + 2) / 3 * 4 + 1), *p = text;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)b[i] << 16 | (i + 1 < n ? (uint32_t)b[i + 1] << 8 : 0) |
                     (i + 2 < n ? b[i + 2] : 0);
        *p++ = letters[v >> 18];
        *p++ = letters[v >> 12 & 63];
        *p++ = i + 1 < n ? letters[v >> 6 & 63] : '=';
        *p++ = i + 2 < n ? letters[v & 63] : '=';
    }
    *p = '\0';
    return text;
}

bool base64_decode(const char *text, unsigned char **ret, size_t *ret_n)
{
    size_t n = strlen(text), pad = 0, made = 0;
    while (pad < 2 && n > pad && text[n - 1 - pad] == '=')
        pad++;
    if (n % 4)
        return false;
    unsigned char *out = xmalloc(n / 4 * 3 + 1);
    uint32_t v = 0;
    for (size_t i = 0; i < n; i++) {
        const char *at = i < n - pad ? strchr(letters, text[i]) : letters;
        if (!at || !*at) {
            free(out);
            return false;
        }
        v = v << 6 | (uint32_t)(at - letters);
        if (i % 4 == 3) {
            out[made++] = (unsigned char)(v >> 16);
            out[made++] = (unsigned char)(v >> 8);
            out[made++] = (unsigned char)v;
            v = 0;
        }
    }
    *ret = out;
    *ret_n = made - pad;
    return true;
}
