/* The list of actions as a table, and the map from keys to them. */
#include "treben/ui/action.h"

#include "treben/base/lang.h"
#include "treben/base/str.h"

#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 8 /* of one action in one situation */

struct keys {
    struct key at[KEYS_MAX];
    size_t n;
    char first[16]; /* name of at[0], or "" */
};

struct keymap {
    struct keys keys[2][ACT_N]; /* [writing] */
    bool letters_off;
};

static const struct action_info infos[ACT_N] = {
    [ACT_NONE] = {"", NULL, NULL, GROUP_PROGRAM},
#define X(id, name, reading, writing, label, help, group)                                          \
    [ACT_##id] = {name, label, help, GROUP_##group},
    ACTION_LIST(X)
#undef X
        [ACT_TEXT] = {"text", NULL, NULL, GROUP_WRITE},
    [ACT_PASTE] = {"paste", NULL, NULL, GROUP_WRITE},
    [ACT_KEY] = {"key", NULL, NULL, GROUP_PROGRAM},
};

static const char *const defaults[2][ACT_N] = {
    {
#define X(id, name, reading, writing, label, help, group) [ACT_##id] = reading,
        ACTION_LIST(X)
#undef X
    },
    {
#define X(id, name, reading, writing, label, help, group) [ACT_##id] = writing,
        ACTION_LIST(X)
#undef X
    },
};

const struct action_info *action_info(enum action a)
{
    return &infos[(unsigned)a < ACT_N ? a : ACT_NONE];
}

enum action action_find(const char *name)
{
    for (int a = 1; a < ACT_N; a++)
        if (str_eq(infos[a].name, name))
            return (enum action)a;
    return ACT_NONE;
}

const char *action_group_name(enum action_group g)
{
    switch (g) {
    case GROUP_MOVE:
        return _("Moving about");
    case GROUP_RECORD:
        return _("The record");
    case GROUP_LIST:
        return _("The list");
    case GROUP_WRITE:
        return _("Writing");
    case GROUP_PROGRAM:
        break;
    }
    return _("The program");
}

/* Blank-separated names into keys; NULL, or the name that is unknown. */
static const char *parse_keys(const char *names, struct keys *ret, char word[32])
{
    *ret = (struct keys){0};
    for (const char *p = names; *p;) {
        size_t n = strcspn(p, " ");
        if (n == 0) {
            p++;
            continue;
        }
        size_t kept = n < 31 ? n : 31;
        memcpy(word, p, kept);
        word[kept] = '\0';
        if (ret->n == KEYS_MAX || !key_parse(word, &ret->at[ret->n]))
            return word;
        if (ret->n++ == 0)
            key_name(&ret->at[0], ret->first);
        p += n;
    }
    return NULL;
}

struct keymap *keymap_new(void)
{
    struct keymap *m = xcalloc(1, sizeof *m);
    char word[32];
    for (int w = 0; w < 2; w++)
        for (int a = 0; a < ACT_N; a++)
            if (defaults[w][a])
                parse_keys(defaults[w][a], &m->keys[w][a], word);
    return m;
}

void keymap_free(struct keymap *m)
{
    free(m);
}

static bool same_key(const struct key *a, const struct key *b)
{
    return a->code == b->code && (a->code != K_TEXT || str_eq(a->text, b->text));
}

static enum action holder(const struct keymap *m, bool writing, const struct key *k)
{
    for (int a = 1; a < ACT_N; a++)
        for (size_t i = 0; i < m->keys[writing][a].n; i++)
            if (same_key(&m->keys[writing][a].at[i], k))
                return (enum action)a;
    return ACT_NONE;
}

bool keymap_set(struct keymap *m, const char *action, bool writing, const char *keys, struct err *e)
{
    enum action a = action_find(action);
    if (a == ACT_NONE || a >= ACT_TEXT)
        return err_set(e, ERR_INVALID, _("there is no action called \"%s\""), action);
    struct keys fresh;
    char word[32];
    const char *bad = parse_keys(keys, &fresh, word);
    if (bad)
        return err_set(e, ERR_INVALID,
                       _("\"%s\" is not a key; write for example n, Ctrl-S, F2, PgDn or Space"),
                       bad);
    for (size_t i = 0; i < fresh.n; i++) {
        enum action other = holder(m, writing, &fresh.at[i]);
        char name[16];
        key_name(&fresh.at[i], name);
        if (writing && fresh.at[i].code == K_TEXT)
            return err_set(e, ERR_INVALID, _("%s is needed for text; take a Ctrl key"), name);
        if (other != ACT_NONE && other != a)
            return err_set(e, ERR_INVALID, _("%s already belongs to \"%s\""), name,
                           infos[other].name);
    }
    m->keys[writing][a] = fresh;
    return true;
}

void keymap_letters_off(struct keymap *m)
{
    m->letters_off = true;
}

enum action keymap_find(const struct keymap *m, bool writing, const struct key *k)
{
    if (k->code == K_PASTE)
        return writing ? ACT_PASTE : ACT_NONE;
    enum action a = holder(m, writing, k);
    if (k->code != K_TEXT)
        return a;
    if (writing)
        return ACT_TEXT;
    if (m->letters_off && a != ACT_HELP && a != ACT_PALETTE)
        return ACT_NONE;
    return a != ACT_NONE ? a : ACT_KEY;
}

const char *keymap_key(const struct keymap *m, enum action a, bool writing)
{
    return (unsigned)a < ACT_N ? m->keys[writing][a].first : "";
}

char *keymap_keys(const struct keymap *m, enum action a, bool writing)
{
    STR s = {0};
    for (size_t i = 0; (unsigned)a < ACT_N && i < m->keys[writing][a].n; i++) {
        char name[16];
        key_name(&m->keys[writing][a].at[i], name);
        str_add(&s, s.len ? ", " : "");
        str_add(&s, key_label(name));
    }
    return s.p ? str_take(&s) : xstrdup("");
}
