/* Checking the access log: every row against the chain, the end against the setting that holds the
 * head, and known points against the anchors outside the database. */
#include "inside.h"
#include "treben/store/log.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    struct log_verdict *verdict;
    const struct anchor *anchors;
    size_t n_anchors, at_anchor;
    int64_t anchored; /* the last anchor that fitted */
    unsigned char head[LOG_HASH];
    struct str room;
};

static void bad(struct log_verdict *v, int64_t seq, const char *fmt, ...) PRINTF(3, 4);
static void bad(struct log_verdict *v, int64_t seq, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    v->bad_seq = seq;
    vsnprintf(v->reason, sizeof v->reason, fmt, args);
    va_end(args);
}

static bool row_fits(struct walk *w, const struct stmt *st)
{
    struct log_verdict *v = w->verdict;
    int64_t seq = col_int(st, 0), want = v->rows + 1;
    struct log_text text[LOG_TEXTS];
    unsigned char hash[LOG_HASH];
    size_t n;
    if (seq > want) {
        bad(v, want, _("Row %lld is missing."), (long long)want);
        return false;
    }
    if (seq < want) { /* below the first: 0 in the verdict would mean that all is well */
        bad(v, want, _("Row %lld was put there from outside."), (long long)seq);
        return false;
    }
    for (int i = 0; i < LOG_TEXTS; i++) {
        text[i].p = col_blob(st, 3 + i, &text[i].n);
        if (!text[i].p && !col_null(st, 3 + i)) {
            text[i].p = ""; /* an empty text has no bytes, but is not null */
        }
    }
    log_row_hash(&w->room, w->head, seq, col_int(st, 1), text, hash);
    const void *kept = col_blob(st, 2, &n);
    if (n != LOG_HASH || memcmp(kept, hash, LOG_HASH) != 0) {
        bad(v, seq, _("Row %lld was changed, or put there from outside."), (long long)seq);
        return false;
    }
    memcpy(w->head, hash, LOG_HASH);
    v->rows = seq;
    return true;
}

/* The chain can be computed anew by whoever may write the file; the anchors cannot. */
static bool anchors_fit(struct walk *w)
{
    while (w->at_anchor < w->n_anchors && w->anchors[w->at_anchor].seq <= w->verdict->rows) {
        const struct anchor *a = &w->anchors[w->at_anchor++];
        if (a->seq == w->verdict->rows && memcmp(a->head, w->head, LOG_HASH) != 0) {
            bad(w->verdict, a->seq,
                _("The log was written anew: row %lld is not what was noted outside the database; "
                  "the change lies after row %lld."),
                (long long)a->seq, (long long)w->anchored);
            return false;
        }
        w->anchored = a->seq;
    }
    return true;
}

static bool walk_rows(struct store *s, struct walk *w, struct err *e)
{
    STMT st;
    AUTOFREE char *sql = xprintf("%s ORDER BY seq", log_select);
    if (!stmt_get_at(s, DOOR_INNER, sql, &st, e)) {
        return false;
    }
    bool row = true, fits = anchors_fit(w); /* one may stand before the first row */
    while (fits) {
        if (!stmt_step(&st, &row, e)) {
            return false;
        }
        if (!row) {
            break;
        }
        fits = row_fits(w, &st) && anchors_fit(w);
    }
    return true;
}

static bool end_fits(struct store *s, struct walk *w, struct err *e)
{
    struct log_verdict *v = w->verdict;
    int64_t seq = 0;
    unsigned char head[LOG_HASH] = {0};
    bool good;
    if (!log_stored_head(s, &seq, head, &good, e)) {
        return false;
    }
    if (w->at_anchor < w->n_anchors) {
        int64_t last = w->anchors[w->n_anchors - 1].seq;
        bad(v, v->rows + 1, _("The end was cut off: rows %lld to %lld are gone."),
            (long long)v->rows + 1, (long long)(good && seq > last ? seq : last));
    } else if (!good) {
        bad(v, v->rows + 1, _("The note of the last row is missing, so the end may be cut off."));
    } else if (seq > v->rows) {
        bad(v, v->rows + 1, _("The end was cut off: rows %lld to %lld are gone."),
            (long long)v->rows + 1, (long long)seq);
    } else if (seq < v->rows) {
        bad(v, seq + 1, _("Rows %lld to %lld were put there from outside."), (long long)seq + 1,
            (long long)v->rows);
    } else if (memcmp(head, w->head, LOG_HASH) != 0) {
        bad(v, v->rows ? v->rows : 1, _("The end of the log was written anew."));
    }
    return true;
}

static bool verify(struct store *s, struct walk *w, struct err *e)
{
    if (!walk_rows(s, w, e) || (!w->verdict->bad_seq && !end_fits(s, w, e))) {
        return false;
    }
    sodium_bin2hex(w->verdict->head, sizeof w->verdict->head, w->head, LOG_HASH);
    return true;
}

bool log_verify(struct store *s, struct log_verdict *ret, struct err *e)
{
    struct log_verdict v = {0};
    struct anchor *anchors;
    size_t n;
    int bad_line;
    bool is_there, own = s->tx == TX_NONE;
    /* The anchors first: all of them were committed before the picture that is read now. */
    anchor_read(s->path, &anchors, &n, &bad_line, &is_there);
    if (own && !read_begin(s, e)) {
        free(anchors);
        return false;
    }
    struct walk w = {.verdict = &v, .anchors = anchors, .n_anchors = n};
    bool good = verify(s, &w, e);
    if (own) {
        read_end(s);
    }
    str_done(&w.room);
    free(anchors);
    if (!good) {
        return false;
    }
    if (!v.bad_seq && !is_there) {
        bad(&v, 1,
            _("The anchor file is missing, so nothing proves that the log was not written "
              "anew."));
    } else if (!v.bad_seq && bad_line) {
        bad(&v, 1, _("Line %d of the anchor file is damaged."), bad_line);
    }
    *ret = v;
    return true;
}
