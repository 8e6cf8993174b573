/* The bare list screen: see floor_screen.h. */
#define NCURSES_WIDECHAR 1
#include "floor_screen.h"

#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

static WINDOW *keys; /* reading a key from a pad paints nothing */
static int at_y, mark_fd = -1;

void floor_screen_start(void)
{
    const char *fd = getenv("TREBEN_UI_SYNC_FD");
    mark_fd = fd ? (int)strtol(fd, NULL, 10) : -1;
    setlocale(LC_ALL, "");
    initscr();
    endwin(); /* from its second refresh on, a paint is one write */
    raw();
    noecho();
    nonl();
    set_escdelay(25);
    typeahead(-1);
    keys = newpad(1, 1);
    keypad(keys, TRUE);
    mvaddstr(0, 1, "Persons");
    mvhline(1, 0, ACS_HLINE, COLS);
    mvaddstr(6, 3, "Name                        Born       Kind         Custody  Changed");
    mvhline(LINES - 3, 0, ACS_HLINE, COLS);
    mvaddstr(LINES - 1, 1, "Enter Open   s Search   f Filter   o Order   c Columns   ? Help   q Back");
}

void floor_screen_end(void)
{
    endwin();
}

size_t floor_screen_rows(void)
{
    return (size_t)(LINES - 3 - FLOOR_TOP);
}

void floor_screen_page(const char *(*row)(void *ctx, size_t i), void *ctx, size_t n)
{
    for (size_t i = 0; i < floor_screen_rows(); i++) {
        mvprintw(FLOOR_TOP + (int)i, 0, "%s%s", i == 0 ? ">  " : "   ", i < n ? row(ctx, i) : "");
        clrtoeol();
    }
    at_y = FLOOR_TOP;
}

void floor_screen_mark(size_t from, size_t to)
{
    mvaddch(FLOOR_TOP + (int)from, 0, ' ');
    mvaddch(FLOOR_TOP + (int)to, 0, '>');
    at_y = FLOOR_TOP + (int)to;
}

void floor_screen_say(const char *text, const char *typed)
{
    mvprintw(3, 1, "Search  [%-30s]", typed);
    mvaddstr(LINES - 2, 1, text);
    clrtoeol();
}

static bool more_waits(void)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

enum floor_key floor_screen_key(char *ret_letter)
{
    if (!more_waits()) {
        move(at_y, 0);
        refresh();
        ssize_t sent = mark_fd >= 0 ? write(mark_fd, ".", 1) : 0;
        (void)sent;
    }
    int key = wgetch(keys);
    *ret_letter = key > ' ' && key < 0x7f ? (char)key : 0;
    switch (key) {
    case KEY_DOWN:
        return FLOOR_DOWN;
    case KEY_UP:
        return FLOOR_UP;
    case KEY_NPAGE:
        return FLOOR_PAGE;
    case '\r':
        return FLOOR_ENTER;
    case ERR:
        return FLOOR_END;
    default:
        return *ret_letter ? FLOOR_LETTER : FLOOR_NONE;
    }
}
