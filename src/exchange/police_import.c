/* exchange/police_import.c: one item of the feed at a time, through the same rules as a person's own change. */
#include "police.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/change.h"
#include "treben/core/repo.h"
#include "treben/store/import_items.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE "police-events"
#define SUMMARY_CUT 108 /* the feed cuts its summaries at 110 characters, in the middle of a word */

struct item {
    char id[24];
    const char *published, *name, *summary, *type, *place;
    const char *incident, *confirmed;
    bool by_pattern;
    char occurred[INSTANT_TEXT];
    const char *precision;
    bool day_before;
    char digest[65];
};
struct import {
    struct core *c;
    const struct police_mapping *m;
    const struct police_options *o;
    struct police_counts *n;
};

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static bool item_read(const json_t *json, struct item *it, struct err *e)
{
    const json_t *id = json_object_get(json, "id");
    if (!json_is_object(json) || !json_is_integer(id))
        return err_set(e, ERR_INVALID, _("not an event with a number of its own (\"id\")"));
    snprintf(it->id, sizeof it->id, "%lld", (long long)json_integer_value(id));
    it->published = text_of(json, "datetime");
    it->name = text_of(json, "name");
    it->summary = text_of(json, "summary");
    it->type = text_of(json, "type");
    it->place = text_of(json_object_get(json, "location"), "name");
    if (!it->type || !it->name || !it->place)
        return err_set(e, ERR_INVALID, _("\"type\", \"name\" or \"location\" is missing"));
    instant published;
    if (!it->published || !instant_from_text(it->published, &published))
        return err_set(e, ERR_INVALID, _("\"datetime\" is not a time: %.40s"), it->published ? it->published : "–");
    return true;
}

static void item_digest(struct item *it)
{
    unsigned char h[32];
    crypto_generichash_state s;
    crypto_generichash_init(&s, NULL, 0, sizeof h);
    const char *parts[] = {it->published, it->name, it->summary ? it->summary : "", it->type, it->place};
    for (size_t i = 0; i < N_OF(parts); i++)
        crypto_generichash_update(&s, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    crypto_generichash_final(&s, h, sizeof h);
    sodium_bin2hex(it->digest, sizeof it->digest, h, sizeof h);
}

/* What the event is to us. false: left out, and counted. */
static bool item_classify(struct import *im, struct item *it)
{
    const struct police_type *t = police_type_find(im->m, it->type);
    if (t && t->incident) {
        it->incident = t->incident;
        it->confirmed = t->confirmed ? t->confirmed : "EJ_BEKRAFTAD";
        return true;
    }
    if (!t) {
        json_t *count = json_object_get(im->n->unknown, it->type);
        json_object_set_new(im->n->unknown, it->type, json_integer(json_integer_value(count) + 1));
    }
    it->incident = police_pattern_find(im->m, it->type, it->summary ? it->summary : "");
    it->confirmed = "EJ_BEKRAFTAD";
    it->by_pattern = it->incident != NULL;
    im->n->left_out += it->incident == NULL;
    return it->incident != NULL;
}

/* A summary that the feed cut ends at its last whole word, with a mark. OWN: caller. */
static char *whole_summary(const char *summary)
{
    if (text_chars(summary) < SUMMARY_CUT)
        return xstrdup(summary);
    char *s = xstrdup(summary);
    size_t end = strlen(s);
    if (strchr(".!?", s[end - 1]))
        return s;
    char *space = strrchr(s, ' ');
    if (space)
        *space = 0;
    char *marked = xprintf("%s …", s);
    free(s);
    return marked;
}

/* Fields of a later version: everything while nobody has worked on the incident, then only what the feed alone knows. */
static void item_set(struct change *ch, const struct police_mapping *m, const struct item *it)
{
    bool untouched = !ch->was || record_is(ch->was, model_field(ch->was->k, "state"), "REGISTRERAD");
    AUTOFREE char *summary = whole_summary(it->summary ? it->summary : "");
    if (untouched) {
        change_set(ch, "type", it->incident);
        change_set(ch, "confirmed", it->confirmed);
        change_set(ch, "occurred_at", it->occurred);
        change_set(ch, "occurred_precision", it->precision);
        change_set(ch, "area", police_area(m, it->place));
    }
    if (!ch->was)
        change_set(ch, "known_at", it->published);
    change_set(ch, "place_text", it->place);
    change_set(ch, "summary_shared", summary);
}

static bool is_old(const struct import *im, const struct item *it)
{
    instant published = 0;
    if (!instant_from_text(it->published, &published))
        return true;
    return published < clock_now() - (instant)im->c->model->import_clock_days * 24 * 3600;
}

static bool item_write(struct import *im, struct item *it, const char *record, struct err *e)
{
    struct change *ch;
    const struct kind_model *k = model_kind(im->c->model, "incident");
    if (*record ? !change_open(im->c, record, -1, &ch, e) : !change_new(im->c, k, &ch, e))
        return false;
    item_set(ch, im->m, it);
    bool ok = ch->problems.n ? problems_none(&ch->problems, e) : change_save(ch, e);
    ok = ok && import_item_put(im->c->store, SOURCE, it->id, ch->now->id, it->digest, e);
    change_free(ch);
    return ok;
}

static void item_count(struct import *im, const struct item *it, bool new)
{
    im->n->added += new;
    im->n->changed += !new;
    im->n->pattern_hits += new && it->by_pattern;
    im->n->day_before += new && it->day_before;
    im->n->old += new && is_old(im, it);
}

static bool in_area(const struct import *im, const struct item *it)
{
    if (str_empty(im->o->area))
        return true;
    AUTOFREE char *wanted = text_fold(im->o->area);
    AUTOFREE char *place = text_fold(it->place);
    return strcmp(wanted, place) == 0;
}

static bool item_import(struct import *im, const json_t *json, struct err *e)
{
    struct item it = {0};
    char record[ID_LEN + 1], digest[65];
    if (!item_read(json, &it, e))
        return false;
    if (!in_area(im, &it)) {
        im->n->elsewhere++;
        return true;
    }
    if (!item_classify(im, &it))
        return true;
    if (!police_when(it.name, it.published, it.occurred, &it.precision, &it.day_before))
        return err_set(e, ERR_INVALID, _("no time can be read from \"%.60s\""), it.name);
    item_digest(&it);
    if (!import_item_find(im->c->store, SOURCE, it.id, record, digest, e))
        return false;
    if (strcmp(digest, it.digest) == 0) {
        im->n->same++;
        return true;
    }
    if (!im->o->dry_run && !item_write(im, &it, record, e))
        return false;
    item_count(im, &it, !*record);
    return true;
}

static bool is_fault_of_item(enum err_code code)
{
    return code == ERR_INVALID || code == ERR_RULE || code == ERR_SYNTAX || code == ERR_MISSING;
}

bool police_import(struct core *c, const struct police_mapping *m, const json_t *items, const struct police_options *o,
                   struct police_counts *counts, struct err *e)
{
    struct import im = {.c = c, .m = m, .o = o, .n = counts};
    size_t i;
    const json_t *json;
    if (!counts->unknown)
        counts->unknown = json_object();
    if (!counts->bad)
        counts->bad = json_array();
    json_array_foreach(items, i, json)
    {
        struct err why = {0};
        if (json_is_null(json))
            continue; /* the reader could not read it and has said so */
        if (!o->dry_run && !tx_savepoint(c->store, e))
            return false;
        bool ok = item_import(&im, json, &why);
        if (!ok && !o->dry_run)
            tx_savepoint_rollback(c->store);
        else if (!o->dry_run)
            tx_savepoint_release(c->store);
        core_request_done(c);
        if (ok)
            continue;
        int number = o->first_index + (int)i + 1;
        if (o->strict || !is_fault_of_item(why.code)) {
            *e = why;
            return is_fault_of_item(why.code) ? err_wrap(e, _("event %d"), number) : false;
        }
        json_array_append_new(counts->bad, json_pack("{s:i, s:s}", "index", number, "text", why.text));
    }
    return true;
}

void police_counts_done(struct police_counts *n)
{
    json_decref(n->unknown);
    json_decref(n->bad);
    *n = (struct police_counts){0};
}
