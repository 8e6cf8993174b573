/* Swedish or English for each request; the machine's locale plays no part. */
#include "treben/base/lang.h"

#include "treben/base/file.h"
#include "treben/base/mem.h"
#include "treben/base/str.h"
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <strings.h>

static const char domain[] = "treben";
static enum lang current = LANG_SV;

/* gettext caches what it found; raising this number (its documented hook) makes it look again. */
extern int _nl_msg_cat_cntr;

static bool bind_if_there(const char *dir, const char *sub)
{
    AUTOFREE char *path = path_join(dir, sub);
    return file_exists(path) && bindtextdomain(domain, path) != NULL;
}

/* What characters are and the C library's own sentences; each of the other ten categories would be
 * one more file to open at every start. */
static bool use_locale(const char *name)
{
    return setlocale(LC_CTYPE, name) && setlocale(LC_MESSAGES, name);
}

void lang_start(const char *program_dir)
{
    if (!use_locale("C.UTF-8")) {
        (void)use_locale("C.utf8");
    }
    bool bound =
        program_dir && (bind_if_there(program_dir, "src/po") || bind_if_there(program_dir, "po"));
    if (!bound) {
        bindtextdomain(domain, TREBEN_LOCALEDIR);
    }
    bind_textdomain_codeset(domain, "UTF-8");
    textdomain(domain);
    setenv("LANGUAGE", lang_code(current), 1);
    _nl_msg_cat_cntr++;
}

void lang_use(enum lang l)
{
    if (l == current) {
        return;
    }
    current = l;
    /* the C library's own texts (strerror) follow LANGUAGE too */
    setenv("LANGUAGE", lang_code(l), 1);
    _nl_msg_cat_cntr++;
}

const char *lang_fallback(void)
{
    const char *head = current == LANG_SV ? dgettext(domain, "") : "there";
    if (!str_empty(head)) {
        return NULL;
    }
    lang_use(LANG_EN);
    return "The Swedish messages (sv/LC_MESSAGES/treben.mo) are not installed; going on in English.";
}

enum lang lang_now(void)
{
    return current;
}

enum lang lang_from_env(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < N_OF(names); i++) {
        const char *value = getenv(names[i]);
        if (str_empty(value)) {
            continue;
        }
        if (strncasecmp(value, "sv", 2) == 0) {
            return LANG_SV;
        }
        if (strncasecmp(value, "en", 2) == 0) {
            return LANG_EN;
        }
    }
    return LANG_SV;
}

const char *lang_code(enum lang l)
{
    return l == LANG_EN ? "en" : "sv";
}

const char *lang_text(const char *english)
{
    if (current == LANG_EN || str_empty(english)) {
        return english; /* an empty id would give the catalogue's header */
    }
    return dgettext(domain, english);
}

const char *lang_plural(const char *one, const char *many, unsigned long n)
{
    if (current == LANG_EN) {
        return n == 1 ? one : many;
    }
    return dngettext(domain, one, many, n);
}

const char *label_text(const struct label *l)
{
    if (!l) {
        return "";
    }
    const char *first = current == LANG_EN ? l->en : l->sv;
    const char *second = current == LANG_EN ? l->sv : l->en;
    if (!str_empty(first)) {
        return first;
    }
    return second ? second : "";
}
