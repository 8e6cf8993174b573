/* Values of each field type: as they are saved, and as people type and read them. */
#include "form_inner.h"

#include "treben/base/date.h"
#include "treben/base/lang.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool value_is_typed(const struct form_field *fd)
{
    switch (fd->type) {
    case FORM_BOOL:
    case FORM_CHOICE:
    case FORM_MULTI:
    case FORM_REFERENCE:
    case FORM_REFERENCES:
        return false;
    case FORM_TEXT:
    case FORM_NOTE:
    case FORM_NUMBER:
    case FORM_DATE:
    case FORM_PDATE:
    case FORM_TIME:
        break;
    }
    return true;
}

/* Local time, with the word that tells the two hours of the autumn night apart where it is needed.
 */
static char *time_to_text(const char *value)
{
    static const char *const suffixes[] = {"", " före", " efter"};
    char *shown = instant_show(value);
    for (size_t i = 0; i < N_OF(suffixes); i++) {
        AUTOFREE char *tried = xprintf("%s%s", shown, suffixes[i]);
        char again[INSTANT_TEXT];
        struct err e;
        if (time_parse(tried, date_today(), again, &e) && str_eq(again, value)) {
            free(shown);
            return xstrdup(tried);
        }
    }
    return shown;
}

char *value_to_text(const struct form_field *fd, const char *value)
{
    if (str_empty(value))
        return xstrdup("");
    if (fd->type == FORM_TIME)
        return time_to_text(value);
    char *text = xstrdup(value);
    char *point = fd->type == FORM_NUMBER && lang_now() == LANG_SV ? strchr(text, '.') : NULL;
    if (point)
        *point = ',';
    return text;
}

static bool number_from_text(const struct form_field *fd, const char *text, char **ret,
                             struct err *e)
{
    STR s = {0};
    int digits = 0, behind = -1;
    bool good = true;
    for (const char *p = text; *p && good; p++) {
        if (*p == ' ' || str_starts(p, "\u00A0")) {
            p += *p != ' ';
        } else if (isdigit((unsigned char)*p)) {
            str_addc(&s, *p);
            digits++;
            behind += behind >= 0;
        } else if ((*p == ',' || *p == '.') && behind < 0 && fd->decimals > 0) {
            str_addc(&s, '.');
            behind = 0;
        } else if (*p == '-' && s.len == 0) {
            str_addc(&s, '-');
        } else {
            good = false;
        }
    }
    if (!good || digits == 0 || behind == 0 || behind > fd->decimals || digits > 15)
        return fd->decimals > 0
                   ? err_set(e, ERR_INVALID, _("Write a number with at most %d decimals."),
                             fd->decimals)
                   : err_set(e, ERR_INVALID, _("Write a whole number, in digits."));
    *ret = str_take(&s);
    return true;
}

bool value_from_text(const struct form_field *fd, const char *text, char **ret, struct err *e)
{
    char day[DATE_TEXT], moment[INSTANT_TEXT];
    if (str_empty(text)) {
        *ret = xstrdup("");
        return true;
    }
    switch (fd->type) {
    case FORM_NUMBER:
        return number_from_text(fd, text, ret, e);
    case FORM_DATE:
        if (!date_parse(text, date_today(), day, e))
            return false;
        *ret = xstrdup(day);
        return true;
    case FORM_PDATE:
        if (!pdate_parse(text, date_today(), day, e))
            return false;
        *ret = xstrdup(day);
        return true;
    case FORM_TIME:
        if (!time_parse(text, date_today(), moment, e))
            return false;
        *ret = xstrdup(moment);
        return true;
    case FORM_TEXT:
    case FORM_NOTE:
    case FORM_BOOL:
    case FORM_CHOICE:
    case FORM_MULTI:
    case FORM_REFERENCE:
    case FORM_REFERENCES:
        break;
    }
    *ret = xstrdup(text);
    return true;
}

const struct form_option *value_option(const struct form_field *fd, const char *code)
{
    for (size_t i = 0; i < fd->n_options; i++)
        if (str_eq(fd->options[i].code, code))
            return &fd->options[i];
    return NULL;
}

char *value_day(const struct form_field *fd, const char *value)
{
    char day[DATE_TEXT];
    instant t;
    struct date d;
    if (fd->type == FORM_TIME && instant_from_text(value, &t))
        date_text(moment_of(t).date, day);
    else if ((fd->type == FORM_DATE || fd->type == FORM_PDATE) && date_from_text(value, &d))
        date_text(d, day);
    else
        return NULL;
    AUTOFREE char *shown = date_show(day); /* "2026-11-22 sön v47" */
    const char *blank = strchr(shown, ' ');
    return blank ? xstrdup(blank + 1) : NULL;
}
