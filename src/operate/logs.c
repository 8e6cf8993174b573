/* log and verify-log: who did what, and whether that record of it is whole. Metadata only. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/store/log.h"

#include <stdio.h>
#include <string.h>

static const char *or_dash(const char *text)
{
    return str_empty(text) ? "-" : text;
}

static bool print_row(void *ctx, const struct log_row *row)
{
    (void)ctx;
    return printf("%lld\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%lld\t%s\t%s\t%s\t%s\t%s\n",
                  (long long)row->seq, row->at, or_dash(row->session), or_dash(row->user),
                  or_dash(row->agency), or_dash(row->roles), row->action, or_dash(row->kind),
                  or_dash(row->record), (long long)row->n, or_dash(row->result),
                  or_dash(row->detail), or_dash(row->fields), or_dash(row->terms_hash),
                  or_dash(row->shown)) > 0;
}

/* A time, or a day, which begins at midnight in Stockholm. */
static bool read_since(const char *typed, char ret[INSTANT_TEXT], struct err *e)
{
    char day[DATE_TEXT];
    instant at;
    struct err ignored = {0};
    if (!typed) {
        ret[0] = '\0';
        return true;
    }
    if (instant_from_text(typed, &at) ||
        (date_parse(typed, date_today(), day, &ignored) && instant_from_text(day, &at))) {
        instant_text(at, ret);
        return true;
    }
    return time_parse(typed, date_today(), ret, e);
}

int operate_log(const struct operate_args *a)
{
    struct store *s;
    struct err e = {0};
    char since[INSTANT_TEXT];
    if (!read_since(a->since, since, &e)) {
        fprintf(stderr, "trebenctl: --since: %s\n", e.text);
        return EXIT_REFUSED;
    }
    if (!store_open(a->words[0], STORE_OPERATE, &s, &e)) {
        return operate_failed(&e);
    }
    puts("seq\tat\tsession\tuser\tagency\troles\taction\tkind\trecord\tn\tresult\tdetail\tfields\tt"
         "erms\tshown");
    bool good = log_read(s, since, print_row, NULL, &e);
    store_close(s);
    return good ? 0 : operate_failed(&e);
}

int operate_verify_log(const struct operate_args *a)
{
    struct store *s;
    struct log_verdict v;
    struct err e = {0};
    if (!store_open(a->words[0], STORE_OPERATE, &s, &e)) {
        return operate_failed(&e);
    }
    bool good = log_verify(s, &v, &e);
    store_close(s);
    if (!good) {
        return operate_failed(&e);
    }
    if (v.bad_seq) {
        fprintf(stderr,
                _("trebenctl: the log is not whole. Row %lld: %s. The %lld rows before it are.\n"),
                (long long)v.bad_seq, v.reason, (long long)v.rows);
        return EXIT_SYSTEM;
    }
    printf(_("The log is whole: %lld rows, ending in %s.\n"), (long long)v.rows, v.head);
    return 0;
}
