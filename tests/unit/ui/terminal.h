/* A terminal of 80x24 that nobody looks at, for tests that look at what was drawn. */
#ifndef TEST_UI_TERMINAL_H
#define TEST_UI_TERMINAL_H

#include "test.h"

#include "treben/ui/term.h"

#include <fcntl.h>
#include <unistd.h>

static inline void terminal_start_at(int in, int out, int rows, int cols, enum term_charset charset)
{
    struct err e = {0};
    const struct term_options o = {.in = in,
                                   .out = out,
                                   .type = "xterm-256color",
                                   .charset = charset,
                                   .rows = rows,
                                   .cols = cols};
    if (!term_start(&o, &e))
        fail_msg("%s", e.text);
}

static inline int terminal_start(void **state)
{
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    (void)state;
    lang_start("/nowhere");
    lang_use(LANG_EN);
    terminal_start_at(fd, fd, 24, 80, TERM_UTF8);
    close(fd);
    return 0;
}

static inline int terminal_stop(void **state)
{
    (void)state;
    term_stop();
    return 0;
}

static inline void assert_row(int y, const char *wanted)
{
    AUTOFREE char *row = term_row(y);
    assert_string_equal(row, wanted);
}

#endif
