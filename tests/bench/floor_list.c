/* The floor of a key: a bare ncursesw list over rows made up in memory, no database, no second program. */
#include "floor_screen.h"

#include <stdio.h>

struct rows {
    size_t base;
    char text[128];
};

static const char *row(void *ctx, size_t i)
{
    static const char *const names[] = {"Andersson, Anna-Karin", "Bergström, Örjan", "Öberg, Adnan", "Nilsson, Erik"};
    static const char *const kinds[] = {"MEDLEM", "KONTAKT", "ANHORIG"};
    struct rows *r = ctx;
    size_t n = r->base + i;
    snprintf(r->text, sizeof r->text, "%-26s %04zu-%02zu-%02zu %-12s %-8s 2026-%02zu-01 10:%02zu", names[n % 4], 1950 + n % 60,
             1 + n % 12, 1 + n % 28, kinds[n % 3], n % 5 ? "FRI" : "HAKTAD", 1 + n % 11, n % 60);
    return r->text;
}

int main(void)
{
    struct rows rows = {0};
    size_t at = 0;
    char letter;
    floor_screen_start();
    floor_screen_page(row, &rows, floor_screen_rows());
    for (enum floor_key k; (k = floor_screen_key(&letter)) != FLOOR_END && letter != 'q';) {
        if (k == FLOOR_DOWN && at + 1 < floor_screen_rows()) {
            floor_screen_mark(at, at + 1);
            at++;
        } else if (k == FLOOR_UP && at > 0) {
            floor_screen_mark(at, at - 1);
            at--;
        } else if (k == FLOOR_DOWN || k == FLOOR_PAGE) {
            rows.base += floor_screen_rows();
            at = 0;
            floor_screen_page(row, &rows, floor_screen_rows());
        }
    }
    floor_screen_end();
    return 0;
}
