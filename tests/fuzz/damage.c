/* See damage.h. */
#include "damage.h"

#include "treben/base/mem.h"

#include <string.h>

/* What has broken readers before: ends, quotes, halves of characters, numbers past their type. */
static const char *const pieces[] = {
    "\"",  "\\",   "{",   "}",   "[",    "]",    ",",        ":",      "\n",
    "\xff", "\xc3", "\xe2\x80\xae", "\x1b[2J", "\\u0000", "\\ud800", "null", "1e999", "-1",
    "99999999999999999999", "%s%n", "' OR 1=1 --", "\"id\":1,", "\xef\xbb\xbf", "[[[[[[[[",
};
static const char *const texts[] = {
    "",      " ",        "\x1b[2J",  "\xe2\x80\xae", "å",   "%s%n%d", "'; DROP TABLE incident; --",
    "@-",    "=1+1",     "today",    "2026-02-30",   "+99999d", "25:99", "9999-12-31 23:59",
    "person.person.person", "type ==", "((((((((", "not not not", "*", "\"", "v_incident", "AVSLUTAD",
    "TRIAGERAD", "sv", "values", "screen", "mira.holm", "asa.lind", "H-2026-0001",
    "99999999999999999999", "-0", "0x10", "1.5", "true", "null", ",,,,", "NY",
};

size_t damage_bytes(struct rng *r, char *text, size_t n, size_t room)
{
    size_t at = n ? rng_below(r, (uint32_t)n) : 0;
    uint32_t how = rng_below(r, 4);
    const char *piece = pieces[rng_below(r, (uint32_t)N_OF(pieces))];
    size_t m = 1 + rng_below(r, how == 1 ? 80 : 3);
    if (how <= 1) { /* cut out */
        m = at + m > n ? n - at : m;
        memmove(text + at, text + at + m, n - at - m);
        return n - m;
    }
    if (how == 2 && n) {
        text[at] = (char)rng_below(r, 256);
        return n;
    }
    m = strlen(piece);
    if (n + m > room) {
        return n;
    }
    memmove(text + at + m, text + at, n - at);
    memcpy(text + at, piece, m);
    return n + m;
}

static json_t *other_value(struct rng *r)
{
    switch (rng_below(r, 9)) {
    case 0:
        return json_null();
    case 1:
        return json_integer((json_int_t)rng_next(r));
    case 2:
        return json_integer((json_int_t)rng_below(r, 5) - 2);
    case 3:
        return json_real(-1e300);
    case 4:
        return json_boolean(rng_below(r, 2) == 0);
    case 5:
        return json_pack("[s, i, {}]", "x", 1);
    case 6: { /* a sentence that repeats it may cut it in the middle of a character */
        char many[4096] = "aa";
        size_t n = rng_below(r, 3);
        for (size_t end = n + 2 * rng_below(r, rng_below(r, 2) ? 100 : 2000); n < end; n += 2) {
            memcpy(many + n, "å", 2);
        }
        return json_stringn(many, n);
    }
    default:
        return json_string(texts[rng_below(r, (uint32_t)N_OF(texts))]);
    }
}

static void damage_object(struct rng *r, json_t *o, const char *key, json_t *value)
{
    uint32_t how = rng_below(r, 8);
    AUTOFREE char *name = xstrdup(key);
    if (how == 0) {
        json_object_del(o, name);
    } else if (how == 1) {
        json_object_set_new(o, texts[1 + rng_below(r, (uint32_t)N_OF(texts) - 1)], other_value(r));
    } else if (how < 5 && (json_is_object(value) || json_is_array(value))) {
        damage_tree(r, value);
    } else {
        json_object_set_new(o, name, other_value(r));
    }
}

void damage_tree(struct rng *r, json_t *tree)
{
    if (json_is_array(tree) && json_array_size(tree)) {
        size_t i = rng_below(r, (uint32_t)json_array_size(tree));
        json_t *item = json_array_get(tree, i);
        if (rng_below(r, 4) && (json_is_object(item) || json_is_array(item))) {
            damage_tree(r, item);
        } else {
            json_array_set_new(tree, i, other_value(r));
        }
        return;
    }
    size_t n = json_object_size(tree);
    uint32_t which = n ? rng_below(r, (uint32_t)n) : 0;
    const char *key;
    json_t *value;
    json_object_foreach(tree, key, value)
    {
        if (which-- == 0) {
            damage_object(r, tree, key, value);
            return;
        }
    }
}
