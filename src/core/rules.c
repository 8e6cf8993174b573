/* core/rules.c: what the kinds' own rules share: defaults, ages, agencies of people, lint of shared
 * texts. */
#include "rules.h"
#include "inside.h"
#include "treben/base/pnr.h"
#include "treben/base/text.h"

#include <stdlib.h>

const char *named(const struct record *r, int field)
{
    return r->k->fields[field].f.name;
}

void fill_value(struct change *c, int field, const char *value)
{
    if (!record_has(c->now, field))
        record_put(c->now, field, value);
}

void fill_now(struct change *c, int field)
{
    char now[INSTANT_TEXT];
    instant_text(clock_now(), now);
    fill_value(c, field, now);
}

void fill_today(struct change *c, int field)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    fill_value(c, field, today);
}

void fill_me(struct change *c, int field)
{
    fill_value(c, field, c->core->who.user);
}

void fill_my_agency(struct change *c, int field)
{
    if (record_has(c->now, field) || !c->core->who.agency[0])
        return;
    struct record *a = look_first(c->core, "agency", "code", "code == \"%s\"", c->core->who.agency);
    if (a)
        record_put(c->now, field, a->id);
    record_free(a);
}

void fill_owner(struct change *c, int agency_field)
{
    if (c->was)
        return;
    const char *code = agency_code(c->core, record_get(c->now, agency_field));
    if (code)
        record_put(c->now, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, code);
}

void fill_class(struct change *c, const char *least)
{
    static const char *const at_least[][2] = {{"SEKRETESS", "SEKRETESS,SKYDD"}, {"SKYDD", "SKYDD"}};
    int f = c->now->k->n_own + (int)COMMON_INFO_CLASS;
    for (size_t i = 0; i < N_OF(at_least); i++)
        if (str_eq(least, at_least[i][0]) && !state_in(c->now, f, at_least[i][1]))
            record_put(c->now, f, least);
}

void fill_from_parent(struct change *c, const char *kind, int ref, int field, const char *from)
{
    const char *id = record_get(c->now, ref);
    struct record *parent = c->was || !id ? NULL : look_id(c->core, kind, id);
    if (parent)
        fill_value(c, field, record_get(parent, model_field(parent->k, from)));
    record_free(parent);
}

void fill_staff_of_case(struct change *c, int exit_case, int list)
{
    const char *id = record_get(c->now, exit_case);
    struct record *r = id ? look_id(c->core, "exit_case", id) : NULL;
    const char *const staff[] = {r ? record_get(r, model_field(r->k, "handler")) : NULL,
                                 r ? record_get(r, model_field(r->k, "backup")) : NULL,
                                 c->core->who.user};
    STR s = {0};
    str_add(&s, record_has(c->now, list) ? record_get(c->now, list) : "");
    for (size_t i = 0; i < N_OF(staff); i++)
        if (!str_empty(staff[i]) && !str_list_has(str_text(&s), staff[i]))
            str_printf(&s, "%s%s", s.len ? "," : "", staff[i]);
    record_put(c->now, list, s.len ? s.p : NULL);
    record_free(r);
}

bool entering(const struct change *c, int state_field, const char *state)
{
    return record_is(c->now, state_field, state) &&
           (!c->was || !record_is(c->was, state_field, state));
}

bool state_in(const struct record *r, int state_field, const char *states)
{
    const char *state = record_get(r, state_field);
    return state && str_list_has(states, state);
}

bool day_of(const char *value, struct date *ret)
{
    if (str_empty(value))
        return false;
    size_t n = strlen(value);
    if (n > 10) {
        instant t;
        if (!instant_from_text(value, &t))
            return false;
        *ret = moment_of(t).date;
        return true;
    }
    char whole[DATE_TEXT] = "0000-01-01";
    memcpy(whole, value, n);
    return date_from_text(whole, ret);
}

void day_after(const char *value, int days, char ret[DATE_TEXT])
{
    struct date d;
    ret[0] = '\0';
    if (day_of(value, &d))
        date_text(date_add(d, days), ret);
}

bool later(const char *a, const char *b)
{
    if (str_empty(a) || str_empty(b))
        return false;
    size_t na = strlen(a), nb = strlen(b);
    return strncmp(a, b, na < nb ? na : nb) > 0;
}

bool in_future(const char *value)
{
    if (str_empty(value))
        return false;
    char now[INSTANT_TEXT];
    if (strlen(value) > 10)
        instant_text(clock_now(), now);
    else
        date_text(date_today(), now);
    return later(value, now);
}

const char *agency_code(struct core *c, const char *agency_id)
{
    struct record *a = str_empty(agency_id) ? NULL : look_id(c, "agency", agency_id);
    const char *code =
        a ? arena_strdup(&c->scratch, record_get(a, kind_field(&agency_kind, "code"))) : NULL;
    record_free(a);
    return code;
}

const char *user_agency(struct core *c, const char *user_id)
{
    struct record *u = str_empty(user_id) ? NULL : look_id(c, "user", user_id);
    const char *code = u ? agency_code(c, record_get(u, kind_field(&user_kind, "agency"))) : NULL;
    record_free(u);
    return code;
}

const char *agency_party(const struct core *c, const char *code)
{
    const struct agency_model *a = model_agency(c->model, code);
    return a ? a->partner : NULL;
}

const char *list_item(struct core *c, const char *item, size_t n)
{
    return arena_strndup(&c->scratch, item, n);
}

int person_age(struct core *c, const char *person_id, const char *day)
{
    struct record *person = str_empty(person_id) ? NULL : look_id(c, "person", person_id);
    const char *birth = person ? record_get(person, kind_field(&person_kind, "birth_date")) : NULL;
    struct date at = date_today();
    if (!str_empty(day) && !day_of(day, &at))
        at = date_today();
    int age = birth ? age_at(birth, at) : -1;
    record_free(person);
    return age;
}

void check_member(const struct change *c, int person_field, struct problems *p)
{
    struct record *person = look_id(c->core, "person", record_get(c->now, person_field));
    if (person && !str_eq(record_common(person, COMMON_OWNER_AGENCY), POLICE))
        problem_add(
            p, ERR_RULE, named(c->now, person_field),
            _("A membership is about a person in the police's own register: choose that one."));
    else if (person && record_is(person, kind_field(&person_kind, "kind"), "ANHORIG"))
        problem_add(p, ERR_RULE, named(c->now, person_field),
                    _("This person stands in the register as a relative, and kinship makes nobody a member: register the "
                      "relation instead."));
    record_free(person);
}

bool same_register(struct core *c, const char *person, const char *other)
{
    struct record *a = look_id(c, "person", person), *b = look_id(c, "person", other);
    bool same = a && b && str_eq(record_common(a, COMMON_OWNER_AGENCY), record_common(b, COMMON_OWNER_AGENCY));
    record_free(a);
    record_free(b);
    return same;
}

void check_home(const struct change *c, struct problems *p, const char *person, int place_field)
{
    if (!record_is(c->now, place_field, "HEM") || str_empty(person))
        return;
    struct record *r = look_id(c->core, "person", person);
    const char *level = r ? record_get(r, kind_field(&person_kind, "protection_level")) : NULL;
    bool own = r && str_eq(c->core->who.agency, record_common(r, COMMON_OWNER_AGENCY));
    if (level && strcmp(level, "INGEN") != 0)
        problem_add(p, ERR_RULE, named(c->now, place_field), "%s",
                    own ? _("The person's address is protected: choose another place than the "
                            "home.")
                        : _("This talk cannot be held there: choose another place."));
    record_free(r);
}

const char *lapse_day(struct core *c)
{
    char day[DATE_TEXT];
    date_text(date_add(date_today(), -c->model->review_overdue_days), day);
    return arena_strdup(&c->scratch, day);
}

const char *quoted(struct core *c, const char *text)
{
    STR s = {0};
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            str_addc(&s, '\\');
        str_addc(&s, *p);
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

bool same_words(const char *a, const char *b)
{
    AUTOFREE char *x = text_fold(a ? a : ""), *y = text_fold(b ? b : "");
    return *x && strcmp(x, y) == 0;
}

bool another(const struct change *c, const char *expr_fmt, ...)
{
    va_list args;
    va_start(args, expr_fmt);
    ARENA a = {0};
    const char *expr = arena_vprintf(&a, expr_fmt, args);
    va_end(args);
    ROWS found = look_all(c->core, c->now->k->kind->name, "id", "%s", expr);
    for (int i = 0; i < found.n; i++)
        if (strcmp(found.at[i]->id, c->now->id) != 0)
            return true;
    return false;
}

bool works_as(struct core *c, const char *user_id, const char *role)
{
    struct subject who = {0};
    size_t n = strcspn(role, "*");
    snprintf(who.user, sizeof who.user, "%s", user_id);
    subject_load_roles(c, &who);
    for (int i = 0; i < who.n_roles; i++)
        if (strncmp(who.roles[i], role, role[n] ? n : n + 1) == 0)
            return true;
    return false;
}

void check_municipality(struct problems *p, const struct record *r, int field)
{
    const char *place = record_get(r, field);
    if (place && (strlen(place) != 4 || strspn(place, "0123456789") != 4))
        problem_add(p, ERR_INVALID, named(r, field),
                    _("A municipality is written as its code of four digits."));
}

void lint_text(struct problems *p, const struct record *r, int field)
{
    const char *text = record_get(r, field);
    if (text && pnr_inside(text))
        problem_add(p, ERR_RULE, named(r, field),
                    _("Other agencies read this text: take the identity number out."));
}

/* "Hamngatan 4", "Stora vägen 12 B": a word that ends as streets do, and a number after it. */
static bool street_at(const char *word, size_t n, const char *after)
{
    static const char *const ends[] = {"gatan", "gata", "vägen",  "väg",  "gränd",  "gränden",
                                       "torget", "torg", "stigen", "plan", "backen", "allén"};
    if (*after != ' ' || after[1] < '0' || after[1] > '9')
        return false;
    for (size_t i = 0; i < N_OF(ends); i++) {
        size_t len = strlen(ends[i]);
        if (n >= len && strncmp(word + n - len, ends[i], len) == 0)
            return true;
    }
    return false;
}

/* "412 55 Västerstad": a postal code is followed by the name of a town, a telephone number is not. */
static bool postal_at(const char *p, const char *begin)
{
    static const char form[] = "ddd dd ";
    if (p > begin && !strchr(" ,\n", p[-1]))
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == 'd' ? p[i] < '0' || p[i] > '9' : p[i] != form[i])
            return false;
    return (p[7] >= 'A' && p[7] <= 'Z') || (unsigned char)p[7] == 0xC3; /* Å Ä Ö */
}

void lint_address(struct problems *p, const struct record *r, int field)
{
    const char *text = record_get(r, field), *word = text;
    for (const char *at = text; at && *at; at++) {
        bool street = (*at == ' ') && street_at(word, (size_t)(at - word), at);
        if (street || postal_at(at, text)) {
            problem_add(p, ERR_RULE, named(r, field),
                        _("Other agencies read this text: take the address out and name the area "
                          "instead."));
            return;
        }
        if (strchr(" \n", *at))
            word = at + 1;
    }
}

void check_span(struct problems *p, const struct record *r, int from, int to)
{
    if (later(record_get(r, from), record_get(r, to)))
        problem_add(p, ERR_RULE, named(r, to),
                    _("The end lies before the beginning: correct one of the two."));
}

void check_past(struct problems *p, const struct record *r, int field)
{
    if (in_future(record_get(r, field)))
        problem_add(
            p, ERR_RULE, named(r, field),
            _("This lies in the future: write when it happened, or leave it empty until it has."));
}
