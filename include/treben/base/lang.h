/* The user's language. Source texts are English; Swedish comes from src/po/sv.po through gettext. */
#ifndef TREBEN_BASE_LANG_H
#define TREBEN_BASE_LANG_H

enum lang { LANG_SV, LANG_EN };

/* Makes the process UTF-8 whatever the environment says (C.UTF-8) and binds the catalogue beside the
 * program at exe_dir/src/po, else the installed one. Call once, first thing in main. */
void lang_start(const char *exe_dir);
void lang_use(enum lang l);                          /* may be called for each request */
/* Swedish is wanted and its catalogue is not there: goes over to English and gives the line that says so, else NULL. */
const char *lang_fallback(void);
enum lang lang_now(void);
enum lang lang_from_env(void);                       /* LANGUAGE, LC_ALL, LC_MESSAGES, LANG; Swedish when unclear */
const char *lang_code(enum lang l);                  /* "sv" "en" */

const char *lang_text(const char *english) __attribute__((format_arg(1))); /* borrowed, static */
const char *lang_plural(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));

#define _(english) lang_text(english)
#define N_(english) english /* marks a text that is translated where it is used */

/* A text in both languages, as YAML gives it. English missing falls back to Swedish. */
struct label {
    const char *sv, *en;
};
const char *label_text(const struct label *l); /* in lang_now(); never NULL */

#endif
