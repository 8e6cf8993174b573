/* Reading nodes as texts, numbers, labels and lists; what does not fit becomes a finding. */
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/forms/tree.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct node *node_get(const struct node *map, const char *key)
{
    if (!map || map->type != NODE_MAP) {
        return NULL;
    }
    for (const struct node *c = map->first; c; c = c->next) {
        if (strcmp(c->key, key) == 0) {
            return c;
        }
    }
    return NULL;
}

void read_keys(struct node_reader *r, const struct node *map, const char *const *keys, size_t n)
{
    for (const struct node *c = map ? map->first : NULL; c && map->type == NODE_MAP; c = c->next) {
        size_t i = 0;
        while (i < n && strcmp(keys[i], c->key) != 0) {
            i++;
        }
        if (i < n) {
            continue;
        }
        const char *near = str_nearest(c->key, keys, n);
        if (near) {
            finding_at_key(r->found, c, _("unknown key \"%s\"; did you mean \"%s\"?"), c->key,
                           near);
        } else {
            STR all = {0};
            for (size_t k = 0; k < n; k++) {
                str_printf(&all, "%s%s", k ? ", " : "", keys[k]);
            }
            finding_at_key(r->found, c, _("unknown key \"%s\"; the keys here are: %s"), c->key,
                           str_text(&all));
        }
    }
}

/* Would another reader of YAML take this unquoted text for something else than a text? */
static bool plain_is_unclear(const char *s)
{
    static const char *const words[] = {"",   "~",  "null", "true", "false", "yes",
                                        "no", "on", "off",  ".nan", ".inf",  "-.inf"};
    if (*s && !strchr("~ntfyoNTFYO.-+0123456789", *s)) {
        return false; /* nearly every text, and there are thousands at each start */
    }
    for (size_t i = 0; i < N_OF(words); i++) {
        if (strcasecmp(s, words[i]) == 0) {
            return true;
        }
    }
    const char *d = *s == '-' || *s == '+' ? s + 1 : s;
    if (*d < '0' || *d > '9') {
        return false;
    }
    if (*d == '0' && d[1] && strspn(d, "0123456789abcdefxoABCDEFX_") == strlen(d)) {
        return true; /* 012, 0x1f, 0o7 */
    }
    size_t digits = strspn(d, "0123456789");
    if (d[digits] && strspn(d, "0123456789:._") == strlen(d)) {
        return true; /* 1:30, 1_000, 1.50 */
    }
    char *end;
    (void)strtod(d, &end);
    return *s == '+' || (*end == '\0' && d[digits] != '\0'); /* +1, 1e3 */
}

const char *read_text(struct node_reader *r, const struct node *n, size_t max_chars)
{
    if (n->type != NODE_TEXT) {
        finding_at(r->found, n, _("one text is expected here, not a list or several keys"));
        return NULL;
    }
    if (!n->quoted && plain_is_unclear(n->text)) {
        if (!*n->text) {
            finding_at(r->found, n, _("a value is missing"));
        } else {
            finding_at(r->found, n, _("\"%s\" can be read in more than one way; put it in quotes"),
                       n->text);
        }
        return NULL;
    }
    if (!*n->text) {
        finding_at(r->found, n, _("the text is empty"));
        return NULL;
    }
    if (max_chars && strlen(n->text) > max_chars && text_chars(n->text) > max_chars) {
        finding_at(r->found, n, _("the text is too long; at most %zu characters fit"), max_chars);
        return NULL;
    }
    return arena_strdup(r->a, n->text);
}

const char *read_key_text(struct node_reader *r, const struct node *map, const char *key,
                          size_t max_chars)
{
    const struct node *n = node_get(map, key);
    return n ? read_text(r, n, max_chars) : NULL;
}

static void missing(struct node_reader *r, const struct node *map, const char *key)
{
    finding_at(r->found, map, _("the key \"%s\" is missing"), key);
}

const char *read_need_text(struct node_reader *r, const struct node *map, const char *key,
                           size_t max_chars)
{
    if (!node_get(map, key)) {
        missing(r, map, key);
        return NULL;
    }
    return read_key_text(r, map, key, max_chars);
}

bool read_bool(struct node_reader *r, const struct node *map, const char *key, bool otherwise)
{
    const struct node *n = node_get(map, key);
    if (!n) {
        return otherwise;
    }
    if (n->type == NODE_TEXT && !n->quoted && str_eq(n->text, "true")) {
        return true;
    }
    if (n->type != NODE_TEXT || n->quoted || !str_eq(n->text, "false")) {
        finding_at(r->found, n, _("\"%s\" takes true or false, without quotes"), key);
        return otherwise;
    }
    return false;
}

int read_int(struct node_reader *r, const struct node *map, const char *key, int min, int max,
             int otherwise)
{
    const struct node *n = node_get(map, key);
    if (!n) {
        return otherwise;
    }
    char *end = NULL;
    long v = 0;
    bool good = n->type == NODE_TEXT && *n->text && strlen(n->text) < 10 &&
                strspn(n->text, "-0123456789") == strlen(n->text);
    if (good) {
        v = strtol(n->text, &end, 10);
    }
    if (!good || *end || v < min || v > max) {
        finding_at(r->found, n, _("\"%s\" takes a whole number from %d to %d"), key, min, max);
        return otherwise;
    }
    return (int)v;
}

bool read_label(struct node_reader *r, const struct node *map, const char *key, bool need,
                size_t max_chars, struct label *ret)
{
    static const char *const keys[] = {"sv", "en"};
    const struct node *n = node_get(map, key);
    if (!n) {
        if (need) {
            missing(r, map, key);
        }
        return false;
    }
    if (n->type != NODE_MAP) {
        finding_at(r->found, n, _("a text for people is written {sv: \"…\", en: \"…\"}"));
        return false;
    }
    read_keys(r, n, keys, N_OF(keys));
    const char *sv = read_need_text(r, n, "sv", max_chars);
    const char *en = read_key_text(r, n, "en", max_chars);
    if (!sv) {
        return false;
    }
    *ret = (struct label){.sv = sv, .en = en};
    return true;
}

const struct node *read_list(struct node_reader *r, const struct node *map, const char *key)
{
    const struct node *n = node_get(map, key);
    if (n && n->type != NODE_LIST) {
        finding_at(r->found, n, _("\"%s\" is a list: lines that begin with \"- \", or [one, two]"),
                   key);
        return NULL;
    }
    return n;
}

bool read_is_map(struct node_reader *r, const struct node *n)
{
    if (n->type == NODE_MAP) {
        return true;
    }
    finding_at(r->found, n, _("keys with values are expected here, as in {key: value}"));
    return false;
}

const struct node *read_map(struct node_reader *r, const struct node *map, const char *key)
{
    const struct node *n = node_get(map, key);
    return n && read_is_map(r, n) ? n : NULL;
}
