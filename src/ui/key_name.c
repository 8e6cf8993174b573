/* Names of keys: as the configuration writes them and as people read them. */
#include "treben/base/lang.h"
#include "treben/base/str.h"
#include "treben/base/text.h"
#include "treben/ui/key.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    int code;
    const char *name;
    const char *label; /* translated; the name where NULL */
} names[] = {
    {K_ENTER, "Enter", NULL},
    {K_TAB, "Tab", NULL},
    {K_BACKTAB, "Shift-Tab", NULL},
    {K_BACKSPACE, "Backspace", N_("Backspace")},
    {K_ESC, "Esc", NULL},
    {K_UP, "Up", N_("Up")},
    {K_DOWN, "Down", N_("Down")},
    {K_LEFT, "Left", N_("Left")},
    {K_RIGHT, "Right", N_("Right")},
    {K_HOME, "Home", NULL},
    {K_END, "End", NULL},
    {K_PGUP, "PgUp", NULL},
    {K_PGDN, "PgDn", NULL},
    {K_INSERT, "Insert", NULL},
    {K_DELETE, "Delete", NULL},
    {K_PASTE, "Paste", NULL},
    {K_EOF, "EOF", NULL},
};

static bool parse_ctrl(const char *name, struct key *ret)
{
    if (strncasecmp(name, "Ctrl-", 5) != 0)
        return false;
    int letter = toupper((unsigned char)name[5]);
    if (letter < 'A' || letter > 'Z' || name[6])
        return false;
    if (strchr("HIJM", letter)) /* these are Backspace, Tab and Enter */
        return false;
    *ret = (struct key){.code = K_CTRL(letter)};
    return true;
}

static bool parse_function(const char *name, struct key *ret)
{
    if (name[0] != 'F' || !isdigit((unsigned char)name[1]))
        return false;
    int n = name[1] - '0';
    if (name[2])
        n = isdigit((unsigned char)name[2]) && !name[3] ? n * 10 + name[2] - '0' : 0;
    if (n < 1 || n > 12)
        return false;
    *ret = (struct key){.code = K_F1 + n - 1};
    return true;
}

bool key_parse(const char *name, struct key *ret)
{
    for (size_t i = 0; i < N_OF(names); i++)
        if (!strcasecmp(name, names[i].name)) {
            *ret = (struct key){.code = names[i].code};
            return true;
        }
    if (!strcasecmp(name, "Space")) {
        *ret = (struct key){.code = K_TEXT, .text = " "};
        return true;
    }
    if (parse_ctrl(name, ret) || parse_function(name, ret))
        return true;
    size_t n = strlen(name);
    if (n == 0 || n >= sizeof ret->text || !text_valid(name) || text_chars(name) != 1 ||
        (unsigned char)name[0] <= ' ')
        return false;
    *ret = (struct key){.code = K_TEXT};
    memcpy(ret->text, name, n);
    return true;
}

void key_name(const struct key *k, char ret[16])
{
    const char *name = "";
    for (size_t i = 0; i < N_OF(names); i++)
        if (names[i].code == k->code)
            name = names[i].name;
    if (k->code == K_TEXT)
        name = str_eq(k->text, " ") ? "Space" : k->text;
    if (k->code >= 1 && k->code <= 26)
        snprintf(ret, 16, "Ctrl-%c", 'A' + k->code - 1);
    else if (k->code >= K_F1 && k->code <= K_F12)
        snprintf(ret, 16, "F%d", (k->code - K_F1) % 12 + 1);
    else
        snprintf(ret, 16, "%s", name);
}

const char *key_label(const char *name)
{
    if (str_eq(name, "Space"))
        return _("Space");
    for (size_t i = 0; i < N_OF(names); i++)
        if (str_eq(name, names[i].name) && names[i].label)
            return _(names[i].label);
    return name;
}
