/* The log row of every answer. A filter box asks at each key: its first answer is logged at once,
 * the later ones of the same search together, within a second and before any other answer. */
#include "inside.h"

#include <time.h>

#define SEARCH_PAUSE_MS 1000

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool audit_terms(struct call *c, const char *terms, struct err *e)
{
    if (str_empty(terms)) {
        return true;
    }
    return log_hash_terms(c->s->store, terms, c->terms, e);
}

static void add_item(struct str *list, const char *item)
{
    if (list->len) {
        str_addc(list, ',');
    }
    str_add(list, item);
}

void audit_shown(struct call *c, const char *id)
{
    add_item(&c->shown, id);
    c->log.n++;
}

void audit_field(struct call *c, const char *field)
{
    add_item(&c->fields, field);
}

static void fill_subject(struct session *s, struct log_row *row)
{
    const struct subject *who = &s->core->who;
    row->session = who->session;
    row->user = who->user[0] ? who->user : NULL;
    row->agency = who->agency[0] ? who->agency : NULL;
    row->roles = who->n_roles ? subject_roles(s->core) : NULL;
}

static void fill(struct call *c, const struct err *why)
{
    fill_subject(c->s, &c->log);
    c->log.result = why ? err_name(why->code) : "ok";
    if (why && why->code == ERR_DENIED) {
        c->log.action = "NEKAD";
    }
    c->log.fields = c->fields.len ? c->fields.p : NULL;
    c->log.shown = c->shown.len && !why ? c->shown.p : NULL;
    if (why) {
        c->log.n = 0;
    }
    c->log.terms_hash = c->terms[0] ? c->terms : NULL;
}

bool audit_now(struct call *c, const struct err *why, struct err *e)
{
    fill(c, why);
    return log_append_now(c->s->store, &c->log, e);
}

bool audit_in_tx(struct call *c, struct err *e)
{
    fill(c, NULL);
    return log_append(c->s->store, &c->log, e);
}

bool audit_continues(const struct session *s, const struct call *c)
{
    return c->search_id && s->search.id[0] && str_eq(s->search.id, c->search_id) &&
           str_eq(s->search.kind, c->log.kind ? c->log.kind : "");
}

void audit_search_begins(struct session *s, const struct call *c)
{
    struct search *q = &s->search;
    snprintf(q->id, sizeof q->id, "%s", c->search_id);
    snprintf(q->kind, sizeof q->kind, "%s", c->log.kind ? c->log.kind : "");
    q->action = c->log.action;
}

void audit_keep(struct session *s, const struct call *c)
{
    struct search *q = &s->search;
    if (q->n_pending++ == 0) {
        q->since_ms = now_ms();
    }
    if (c->terms[0] && !str_list_has(str_text(&q->terms), c->terms)) {
        add_item(&q->terms, c->terms);
    }
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(str_text(&c->shown), &pos, &item, &n)) {
        AUTOFREE char *id = xstrndup(item, n);
        if (!str_list_has(str_text(&q->shown), id)) {
            add_item(&q->shown, id);
            q->n++;
        }
    }
}

int audit_wait_ms(const struct session *s)
{
    if (!s->search.n_pending) {
        return -1;
    }
    if (s->search.shown.len > 64 * 1024) {
        return 0;
    }
    /* Well within the second: what the loop does in between counts too. */
    int64_t left = s->search.since_ms + SEARCH_PAUSE_MS * 8 / 10 - now_ms();
    return left > 0 ? (int)left : 0;
}

bool audit_flush(struct session *s, struct err *e)
{
    struct search *q = &s->search;
    if (!q->n_pending) {
        return true;
    }
    struct log_row row = {
        .action = q->action,
        .kind = q->kind[0] ? q->kind : NULL,
        .terms_hash = q->terms.len ? q->terms.p : NULL,
        .shown = q->shown.len ? q->shown.p : NULL,
        .n = q->n,
        .result = "ok",
        .detail = "search",
    };
    fill_subject(s, &row);
    if (!log_append_now(s->store, &row, e)) {
        q->since_ms = now_ms(); /* try again with the next answer, or in a second */
        return false;
    }
    q->n_pending = 0;
    q->n = 0;
    str_clear(&q->terms);
    str_clear(&q->shown);
    return true;
}
