/* core/value.c: what people type becomes canonical text, or one sentence that says what was expected. */
#include "inside.h"
#include "treben/base/date.h"
#include "treben/base/lang.h"
#include "treben/base/text.h"
#include "treben/core/repo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct parse {
    struct core *c;
    const struct kind_model *k;
    const struct field_model *f;
    struct err *e;
};

static bool refuse(struct parse *p, const char *sentence)
{
    return err_field(p->e, ERR_INVALID, p->f->f.name, "%s", sentence);
}

static bool parse_text(struct parse *p, const char *typed, char **ret)
{
    bool note = p->f->f.type == F_NOTE;
    int64_t max = p->f->f.max ? p->f->f.max : note ? 4000 : 120;
    char *text;
    struct err why = {0};
    if (!text_accept(typed, strlen(typed), note ? TEXT_NOTE : TEXT_LINE, (size_t)max, &text, &why))
        return refuse(p, why.text);
    *ret = text;
    return true;
}

static bool parse_int(struct parse *p, const char *typed, char **ret)
{
    char *end;
    errno = 0;
    long long v = strtoll(typed, &end, 10);
    const struct field *f = &p->f->f;
    if (errno || *end || end == typed)
        return err_field(p->e, ERR_INVALID, f->name, _("Write a whole number with digits only, not \"%.40s\"."), typed);
    if (v < f->min || (f->max && v > f->max)) {
        if (f->max)
            return err_field(p->e, ERR_INVALID, f->name, _("The number must be from %lld to %lld."), (long long)f->min,
                             (long long)f->max);
        return err_field(p->e, ERR_INVALID, f->name, _("The number must be at least %lld."), (long long)f->min);
    }
    *ret = xprintf("%lld", v);
    return true;
}

static bool parse_bool(struct parse *p, const char *typed, char **ret)
{
    static const char *const yes[] = {"1", "true", "ja", "j", "yes", "y", "x"};
    static const char *const no[] = {"0", "false", "nej", "n", "no"};
    AUTOFREE char *folded = text_fold(typed);
    for (size_t i = 0; i < N_OF(yes); i++)
        if (strcmp(folded, yes[i]) == 0)
            return (*ret = xstrdup("1")) != NULL;
    for (size_t i = 0; i < N_OF(no); i++)
        if (strcmp(folded, no[i]) == 0)
            return (*ret = xstrdup("0")) != NULL;
    return refuse(p, _("Answer yes or no."));
}

static bool code_is_open(const struct code *code)
{
    char today[DATE_TEXT];
    date_text(date_today(), today);
    return (!code->from || strcmp(code->from, today) <= 0) && (!code->to || strcmp(code->to, today) >= 0);
}

static const struct code *code_find(const struct code_list *l, const char *typed)
{
    AUTOFREE char *folded = text_fold(typed);
    for (int i = 0; i < l->n_codes; i++) {
        AUTOFREE char *code = text_fold(l->codes[i].code);
        AUTOFREE char *sv = text_fold(l->codes[i].label.sv ? l->codes[i].label.sv : "");
        AUTOFREE char *en = text_fold(l->codes[i].label.en ? l->codes[i].label.en : "");
        if (strcmp(folded, code) == 0 || strcmp(folded, sv) == 0 || strcmp(folded, en) == 0)
            return &l->codes[i];
    }
    return NULL;
}

static bool refuse_code(struct parse *p, const char *typed)
{
    const struct code_list *l = p->f->codes;
    const char **words = xcalloc((size_t)l->n_codes + 1, sizeof *words);
    for (int i = 0; i < l->n_codes; i++)
        words[i] = l->codes[i].code;
    const char *near = str_nearest(typed, words, (size_t)l->n_codes);
    free(words);
    if (near)
        return err_field(p->e, ERR_INVALID, p->f->f.name, _("\"%.60s\" is not in the list \"%s\". Did you mean %s?"), typed,
                         label_text(&l->label), near);
    return err_field(p->e, ERR_INVALID, p->f->f.name, _("\"%.60s\" is not in the list \"%s\". Choose from the list."), typed,
                     label_text(&l->label));
}

static bool parse_code(struct parse *p, const char *typed, char **ret)
{
    if (str_eq(p->f->f.of, "state")) {
        if (!model_state(p->k, typed, NULL))
            return err_field(p->e, ERR_INVALID, p->f->f.name, _("\"%.60s\" is not a state of this record."), typed);
        *ret = xstrdup(typed);
        return true;
    }
    if (!p->f->codes)
        return refuse(p, _("This field has no list of choices."));
    const struct code *code = code_find(p->f->codes, typed);
    if (!code)
        return refuse_code(p, typed);
    if (!code_is_open(code) && !p->c->who.system)
        return err_field(p->e, ERR_INVALID, p->f->f.name, _("\"%s\" is no longer used. Choose another from the list."),
                         label_text(&code->label));
    *ret = xstrdup(code->code);
    return true;
}

static bool parse_ref(struct parse *p, const char *typed, char **ret)
{
    const struct kind_model *k;
    struct id id;
    struct err why = {0};
    if (!repo_resolve(p->c, p->f->target, typed, &k, &id, &why)) {
        if (why.code != ERR_MISSING) {
            *p->e = why;
            return false;
        }
        return err_field(p->e, ERR_INVALID, p->f->f.name,
                         _("There is no \"%.60s\" to refer to here. Search by name or case number and choose."), typed);
    }
    *ret = xstrdup(id.text);
    return true;
}

static bool parse_list(struct parse *p, const char *typed, char **ret)
{
    STR s = {0};
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(typed, &pos, &item, &n)) {
        AUTOFREE char *one = xstrndup(item, n);
        AUTOFREE char *value = NULL;
        char *word = one + strspn(one, " ");
        for (size_t end = strlen(word); end && word[end - 1] == ' ';)
            word[--end] = 0;
        if (!*word)
            continue;
        if (!(p->f->f.type == F_CODES ? parse_code(p, word, &value) : parse_ref(p, word, &value)))
            return false;
        if (!str_list_has(str_text(&s), value))
            str_printf(&s, "%s%s", s.len ? "," : "", value);
    }
    *ret = s.len ? str_take(&s) : NULL;
    return true;
}

/* Dates and times as typed; their sentences get the field's name. */
static bool parse_when(struct parse *p, const char *typed, char **ret)
{
    char day[DATE_TEXT], at[INSTANT_TEXT];
    struct err why = {0};
    struct date today = date_today();
    bool ok = p->f->f.type == F_DATE    ? date_parse(typed, today, day, &why)
              : p->f->f.type == F_PDATE ? pdate_parse(typed, today, day, &why)
                                        : time_parse(typed, today, at, &why);
    if (!ok)
        return refuse(p, why.text);
    *ret = xstrdup(p->f->f.type == F_TIME ? at : day);
    return true;
}

bool value_parse(struct core *c, const struct kind_model *k, int field, const char *typed, char **ret, struct err *e)
{
    struct parse p = {.c = c, .k = k, .f = &k->fields[field], .e = e};
    char *text = NULL, *value = NULL;
    struct err why = {0};
    enum field_type t = p.f->f.type;
    if (t == F_TEXT || t == F_NOTE || t == F_SEALED) {
        if (!parse_text(&p, typed, &value))
            return false;
    } else {
        /* everything passes the same door, whatever it is meant to be */
        if (!text_accept(typed, strlen(typed), TEXT_LINE, 2000, &text, &why))
            return refuse(&p, why.text);
        bool ok = !*text ? true
                  : t == F_INT    ? parse_int(&p, text, &value)
                  : t == F_BOOL   ? parse_bool(&p, text, &value)
                  : t == F_CODE   ? parse_code(&p, text, &value)
                  : t == F_REF    ? parse_ref(&p, text, &value)
                  : t == F_CODES || t == F_REFS ? parse_list(&p, text, &value)
                                                : parse_when(&p, text, &value);
        free(text);
        if (!ok)
            return false;
    }
    if (value && !*value) {
        free(value);
        value = NULL;
    }
    *ret = value;
    return true;
}
