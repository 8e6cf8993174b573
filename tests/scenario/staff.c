/* See staff.h. */
#include "staff.h"

#include "treben/base/mem.h"

#include <stdio.h>

struct talk *by(struct staff *s, const char *login)
{
    for (int i = 0; i < s->n; i++)
        if (strcmp(s->at[i].login, login) == 0)
            return s->at[i].talk;
    assert_true(s->n < STAFF_MAX);
    struct talk *t = s->at[s->n].talk = talk_start(s->st, login);
    snprintf(s->at[s->n++].login, sizeof s->at[0].login, "%s", login);
    talk_ask(t, "clock", json_pack("{s:s}", "now", s->now));
    return t;
}

void leave(struct staff *s)
{
    for (int i = 0; i < s->n; i++)
        assert_int_equal(talk_end(s->at[i].talk), 0);
    s->n = 0;
}

void day(struct staff *s, const char *now)
{
    s->now = now;
    leave(s);
    talk_ask(by(s, "hakan.ek"), "clock", json_pack("{s:s, s:b}", "now", now, "keep", 1));
}

char *made(struct staff *s, const char *login, const char *kind, json_t *values)
{
    const json_t *r =
        talk_ask(by(s, login), "new", json_pack("{s:s, s:o}", "kind", kind, "values", values));
    return xstrdup(text_at(r, "id"));
}

void set(struct staff *s, const char *login, const char *id, json_t *values)
{
    talk_ask(by(s, login), "set", json_pack("{s:s, s:o}", "id", id, "values", values));
}

json_t *step(const char *id, const char *to, json_t *values)
{
    return json_pack("{s:s, s:s, s:o, s:s}", "id", id, "to", to, "values",
                     values ? values : json_object(), "reason", "Därför.");
}

void done(struct staff *s, const char *login, const char *id, const char *to, json_t *values)
{
    const json_t *r = talk_ask(by(s, login), "do", step(id, to, values));
    assert_true(json_is_true(at(r, "moved")));
}

void no(struct staff *s, const char *login, const char *method, json_t *params,
               const char *says)
{
    uint64_t before = stage_digest(s->st);
    AUTOFREE char *all = json_dumps(talk_refused(by(s, login), method, params), 0);
    assert_contains(all, says);
    assert_true(stage_digest(s->st) == before);
}

void no_step(struct staff *s, const char *login, const char *id, const char *to,
                    json_t *values, const char *says)
{
    no(s, login, "do", step(id, to, values), says);
}

void no_set(struct staff *s, const char *login, const char *id, json_t *values,
                   const char *says)
{
    no(s, login, "set", json_pack("{s:s, s:o}", "id", id, "values", values), says);
}

void no_new(struct staff *s, const char *login, const char *kind, json_t *values,
                   const char *says)
{
    no(s, login, "new", json_pack("{s:s, s:o}", "kind", kind, "values", values), says);
}

char *field(struct staff *s, const char *login, const char *id, const char *name)
{
    const json_t *r = talk_ask(by(s, login), "show", json_pack("{s:s}", "id", id));
    const json_t *v = json_object_get(at(r, "record"), name);
    return json_is_string(v) ? xstrdup(json_string_value(v)) : json_dumps(v, JSON_ENCODE_ANY);
}

void assert_field(struct staff *s, const char *login, const char *id, const char *name,
                         const char *value)
{
    AUTOFREE char *is = field(s, login, id, name);
    assert_string_equal(is, value);
}

const json_t *rows(struct staff *s, const char *login, const char *kind, const char *filter)
{
    return at(talk_ask(by(s, login), "list",
                       json_pack("{s:s, s:s, s:s}", "kind", kind, "filter", filter, "as", "values")),
              "rows");
}

size_t count(struct staff *s, const char *login, const char *kind, const char *filter)
{
    return json_array_size(rows(s, login, kind, filter));
}
