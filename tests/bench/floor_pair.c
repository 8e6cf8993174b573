/* The floor of two bare processes: ncursesw here, SQLite over a socketpair there, plain lines between them; no
 * rights, no log of what was read, no forms. Keys: arrows, page, s and letters to search, Enter ends it, w saves. */
#include "floor_screen.h"
#include "floor_store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- there ---------------------------------------------------------------------------------------------------------- */

static void answer(FILE *out, const struct floor_page *page)
{
    for (size_t i = 0; i < page->n; i++)
        fprintf(out, "%s\t%s\t%s\n", page->at[i].id, page->at[i].key, page->at[i].text);
    fputs(".\n", out);
    fflush(out);
}

static int serve(const char *db, const char *saves)
{
    struct floor_store store;
    struct floor_page page = {0};
    struct floor_row last;
    char line[512];
    FILE *in = stdin, *out = fdopen(dup(STDIN_FILENO), "w");
    floor_open(&store, db, saves);
    while (out && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        char *end, *arg = strchr(line, ' ') ? strchr(line, ' ') + 1 : line;
        size_t rows = (size_t)strtoul(arg, &end, 10);
        if (line[0] == 'f') {
            floor_first(&store, rows, &page);
        } else if (line[0] == 'n') {
            char *tab = strchr(end, '\t');
            snprintf(last.key, sizeof last.key, "%.*s", tab ? (int)(tab - end - 1) : 0, end + 1);
            snprintf(last.id, sizeof last.id, "%.26s", tab ? tab + 1 : "");
            floor_next(&store, &last, rows, &page);
        } else if (line[0] == '/') {
            floor_find(&store, end + 1, rows, &page);
        } else {
            floor_save(&store, (int)rows);
            page.n = 0;
        }
        answer(out, &page);
    }
    floor_close(&store);
    return 0;
}

/* --- here ----------------------------------------------------------------------------------------------------------- */

struct front {
    FILE *in, *out;
    struct floor_page page;
    size_t at;
    char typed[32];
    int saved;
    bool searching;
};

static const char *row(void *ctx, size_t i)
{
    return ((struct front *)ctx)->page.at[i].text;
}

static void ask(struct front *f)
{
    char line[512];
    fflush(f->out);
    f->page.n = 0;
    while (fgets(line, sizeof line, f->in) && line[0] != '.') {
        struct floor_row *r = &f->page.at[f->page.n];
        line[strcspn(line, "\n")] = '\0';
        char *key = strchr(line, '\t'), *text = key ? strchr(key + 1, '\t') : NULL;
        if (!text || f->page.n == FLOOR_ROWS_MAX)
            continue;
        *key = *text = '\0';
        snprintf(r->id, sizeof r->id, "%.26s", line);
        snprintf(r->key, sizeof r->key, "%.159s", key + 1);
        snprintf(r->text, sizeof r->text, "%.255s", text + 1);
        f->page.n++;
    }
}

static void show(struct front *f)
{
    f->at = 0;
    floor_screen_page(row, f, f->page.n < floor_screen_rows() ? f->page.n : floor_screen_rows());
}

static void next_page(struct front *f)
{
    size_t rows = floor_screen_rows();
    const struct floor_row *last = f->page.n ? &f->page.at[f->page.n - 1] : NULL;
    if (last)
        fprintf(f->out, "next %zu %s\t%s\n", rows, last->key, last->id);
    else
        fprintf(f->out, "first %zu\n", rows);
    ask(f);
    show(f);
}

static void letter(struct front *f, char c)
{
    char text[64];
    size_t n = strlen(f->typed);
    if (!f->searching && c == 'w') {
        fprintf(f->out, "w %d\n", f->saved);
        ask(f);
        snprintf(text, sizeof text, "Saved %d", ++f->saved);
        floor_screen_say(text, "");
        f->page.n = 0;
        return;
    }
    if (!f->searching) {
        f->searching = c == 's';
        return;
    }
    if (n < sizeof f->typed - 1)
        memcpy(f->typed + n, (char[]){c, 0}, 2);
    fprintf(f->out, "/ %zu %s\n", floor_screen_rows(), f->typed);
    ask(f);
    floor_screen_say("", f->typed);
    show(f);
}

static void run(struct front *f)
{
    char c;
    floor_screen_start();
    next_page(f);
    for (enum floor_key k; (k = floor_screen_key(&c)) != FLOOR_END && (c != 'q' || f->searching);) {
        if (k == FLOOR_DOWN && f->at + 1 < floor_screen_rows()) {
            floor_screen_mark(f->at, f->at + 1);
            f->at++;
        } else if (k == FLOOR_UP && f->at > 0) {
            floor_screen_mark(f->at, f->at - 1);
            f->at--;
        } else if (k == FLOOR_DOWN || k == FLOOR_PAGE) {
            next_page(f);
        } else if (k == FLOOR_ENTER) {
            f->searching = false;
            f->typed[0] = '\0';
            floor_screen_say("", "");
        } else if (k == FLOOR_LETTER) {
            letter(f, c);
        }
    }
    floor_screen_end();
}

int main(int argc, char **argv)
{
    int line[2];
    if (argc == 4 && strcmp(argv[1], "--there") == 0)
        return serve(argv[2], argv[3]);
    if (argc != 3 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0)
        return 2;
    pid_t there = fork();
    if (there == 0) {
        setsid();
        dup2(line[1], STDIN_FILENO);
        execl("/proc/self/exe", argv[0], "--there", argv[1], argv[2], (char *)NULL);
        _exit(127);
    }
    close(line[1]);
    struct front f = {.in = fdopen(line[0], "r"), .out = fdopen(dup(line[0]), "w")};
    if (there < 0 || !f.in || !f.out)
        return 3;
    run(&f);
    fclose(f.out);
    fclose(f.in);
    waitpid(there, NULL, 0);
    return 0;
}
