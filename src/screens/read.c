/* Readers of the core's answers, and small texts that several screens show. */
#include "inside.h"

#include <string.h>

const char *get_text_or_null(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

const char *get_text(const json_t *o, const char *key)
{
    const char *text = get_text_or_null(o, key);
    return text ? text : "";
}

json_int_t get_int(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

bool get_bool(const json_t *o, const char *key)
{
    return json_is_true(json_object_get(o, key));
}

const json_t *get_array(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_array(v) ? v : NULL;
}

const json_t *get_object(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_object(v) ? v : NULL;
}

const json_t *find_by(const json_t *array, const char *key, const char *value)
{
    size_t i;
    const json_t *o;
    if (!value)
        return NULL;
    json_array_foreach(array, i, o) {
        if (strcmp(get_text(o, key), value) == 0)
            return o;
    }
    return NULL;
}

static void add_list(struct str *s, const json_t *list)
{
    size_t i;
    const json_t *v;
    json_array_foreach(list, i, v)
        str_printf(s, "%s%s", i ? "," : "", json_is_string(v) ? json_string_value(v) : "");
}

json_t *value_texts(const json_t *record)
{
    json_t *texts = json_object();
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v) {
        STR s = {0};
        if (json_is_string(v))
            str_add(&s, json_string_value(v));
        else if (json_is_boolean(v))
            str_add(&s, json_is_true(v) ? "true" : "false");
        else if (json_is_integer(v))
            str_printf(&s, "%lld", (long long)json_integer_value(v));
        else if (json_is_array(v))
            add_list(&s, v);
        if (s.len)
            json_object_set_new(texts, name, json_string(s.p));
    }
    return texts;
}

json_t *shown_values(const json_t *shown)
{
    json_t *texts = value_texts(get_object(shown, "record"));
    json_t *own = value_texts(get_object(shown, "own"));
    json_object_update(texts, own);
    json_decref(own);
    return texts;
}

/* Thousands stand apart by a no-break space, so that a line is never broken inside a number. */
char *number_text(json_int_t n, bool more)
{
    STR digits = {0};
    STR s = {0};
    str_printf(&digits, "%lld", (long long)(n < 0 ? 0 : n));
    for (size_t i = 0; i < digits.len; i++) {
        if (i > 0 && (digits.len - i) % 3 == 0)
            str_add(&s, "\u00a0");
        str_addc(&s, digits.p[i]);
    }
    if (more)
        str_addc(&s, '+');
    return str_take(&s);
}

void clock_text(char ret[9])
{
    struct moment m = moment_of(clock_now());
    ret[0] = (char)('0' + m.hour / 10);
    ret[1] = (char)('0' + m.hour % 10);
    ret[2] = ':';
    ret[3] = (char)('0' + m.min / 10);
    ret[4] = (char)('0' + m.min % 10);
    ret[5] = ':';
    ret[6] = (char)('0' + m.sec / 10);
    ret[7] = (char)('0' + m.sec % 10);
    ret[8] = '\0';
}

/* Labels of kinds begin with a small letter inside sentences; å ä ö are two bytes apart by 0x20. */
char *first_upper(const char *text)
{
    char *s = xstrdup(text ? text : "");
    unsigned char first = (unsigned char)s[0];
    unsigned char second = first ? (unsigned char)s[1] : 0;
    if (first >= 'a' && first <= 'z')
        s[0] = (char)(first - 0x20);
    else if (first == 0xc3 && second >= 0xa0 && second != 0xb7 && second != 0xbf)
        s[1] = (char)(second - 0x20);
    return s;
}

void set_text(char **at, const char *text)
{
    char *copy = xstrdup(text);
    mem_autofree(at);
    *at = copy;
}
