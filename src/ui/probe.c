/* Which characters the terminal shows: from the locale's name, else by asking how far å moves the
 * cursor. */
#include "terminal.h"

#include <ctype.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MS 700

enum term_charset locale_charset(void)
{
    const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")};
    for (size_t i = 0; i < N_OF(names); i++) {
        const char *name = names[i];
        if (!name || !*name)
            continue;
        const char *charset = strchr(name, '.');
        if (!charset)
            return TERM_ASK; /* "C", "POSIX", or a name that leaves it open */
        if (!strncasecmp(charset, ".utf-8", 6) || !strncasecmp(charset, ".utf8", 5))
            return TERM_UTF8;
        return TERM_ASCII;
    }
    return TERM_ASK;
}

static int ms_since(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int)((now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000);
}

/* Looks for ESC [ row ; column R; gives the column or 0. */
static int report_column(const char *bytes)
{
    for (const char *p = bytes; (p = strchr(p, '\033')); p++) {
        if (p[1] != '[')
            continue;
        const char *q = p + 2;
        while (isdigit((unsigned char)*q))
            q++;
        if (*q != ';' || q == p + 2)
            continue;
        int column = 0;
        for (q++; isdigit((unsigned char)*q) && column < 10000; q++)
            column = column * 10 + (*q - '0');
        if (*q == 'R')
            return column;
    }
    return 0;
}

enum term_charset probe_charset(int in, int out)
{
    /* To the first column, one å, "where is the cursor?", then wipe the line again. */
    static const char ask[] = "\r\303\245\033[6n\r\033[K";
    if (write(out, ask, sizeof ask - 1) != (ssize_t)(sizeof ask - 1))
        return TERM_ASK;
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    char got[128] = "";
    size_t n = 0;
    for (int left = ANSWER_MS; left > 0 && n < sizeof got - 1;
         left = ANSWER_MS - ms_since(&start)) {
        struct pollfd p = {.fd = in, .events = POLLIN};
        if (poll(&p, 1, left) <= 0)
            break;
        ssize_t r = read(in, got + n, sizeof got - 1 - n);
        if (r <= 0)
            break;
        n += (size_t)r;
        got[n] = '\0';
        int column = report_column(got);
        if (column > 0)
            return column == 2 ? TERM_UTF8 : TERM_ASCII;
    }
    return TERM_ASK;
}
