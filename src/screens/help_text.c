/* Help by topic: for the help page of a screen and for "treben help". */
#include "help.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *topic, *text;
} topics[] = {
    {"my-day",
     N_("The chain has five links: reviewed, decided, answered, consequence, told. Each shows + when it is done, "
        ". while it waits, ! when it is late and - when it is not needed. Row 23 says what blocks the next link and "
        "who can remove it.")},
    {"list",
     N_("The search box takes letters from any word, with or without dots and accents. A condition of your own is "
        "written with field names, as in: state == \"NY\" and due <= today+7d.")},
    {"record",
     N_("hidden means that the value is not for your role; – means that there is none. An ! under 18 tells that the "
        "person was a minor on the day that counts.")},
    {"form",
     N_("Days may be typed as words: today, tomorrow, +3, -1, fri, w48, 22/11, 22 nov. Times: 14:50, 1450, now. "
        "A field with » looks records up: type a part of the name and choose. A field with ↓ opens a list with "
        "Enter. Problems stand under their field.")},
    {"meeting",
     N_("Each Enter saves one line. A letter and a space first say what it is: d a decision, t a task, n a note. A "
        "task has its owner after @, a login, an agency or a role: @POL. A day, such as +7 or fri, at the beginning or "
        "the end is when. Under attendance: @login, and absent, substitute or afar when it is so.")},
    {"conditions",
     N_("A condition compares fields with values: == != < <= > >=, in (…), contains, and, or, not, brackets. Texts "
        "and codes stand in quotes, days as \"2026-11-22\" or today-7d, null is nothing at all. One step through a "
        "reference is allowed: person.family_name == \"Lind\".")},
    {"dates",
     N_("Days: 2026-11-22, 20261122, 22/11, 22 nov, today, yesterday, tomorrow, +3, -1, mon to sun, w48. Times: a "
        "day and 14:50, 14.50 or 1450; now. All are shown as 2026-11-22 with weekday and week.")},
};

const char *help_more(const char *topic)
{
    for (size_t i = 0; i < N_OF(topics); i++) {
        if (strcmp(topics[i].topic, topic) == 0)
            return _(topics[i].text);
    }
    return NULL;
}

bool help_has(enum action a, bool writing)
{
    static const enum action later[] = {ACT_MARK, ACT_COPY, ACT_PRINT, ACT_EXPORT, ACT_LOCK, ACT_ADD_ROW,
                                        ACT_DELETE_ROW, ACT_LEFT};
    for (size_t i = 0; i < N_OF(later); i++) {
        if (later[i] == a && !(a == ACT_LEFT && writing))
            return false;
    }
    return action_info(a)->help && (a != ACT_UNDO || writing);
}

static const struct screen_ops *const screens[] = {&myday_ops, &list_ops, &record_ops, &edit_ops, &step_ops,
                                                   &conflict_ops, &find_ops, &meeting_ops, &board_ops, &choose_ops};

/* Paragraphs of at most 78 columns, for the terminal's own page. */
static void print_wrapped(const char *text)
{
    int col = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        AUTOFREE char *word = xstrndup(p, n);
        int cols = text_cols(word);
        if (col > 0 && col + 1 + cols > 78) {
            putchar('\n');
            col = 0;
        }
        printf("%s%s", col ? " " : "", word);
        col += cols + (col > 0);
        p += n;
        p += strspn(p, " ");
    }
    putchar('\n');
}

static void print_keys(void)
{
    struct keymap *m = keymap_new();
    for (int a = ACT_NONE + 1; a < ACT_TEXT; a++) {
        const struct action_info *info = action_info((enum action)a);
        AUTOFREE char *reading = keymap_keys(m, (enum action)a, false);
        AUTOFREE char *writing = keymap_keys(m, (enum action)a, true);
        bool reads = *reading && help_has((enum action)a, false), writes = *writing && help_has((enum action)a, true);
        if (!reads && !writes)
            continue;
        bool both = reads && writes && strcmp(reading, writing) != 0;
        AUTOFREE char *keys = both ? xprintf("%s; %s", reading, writing) : xstrdup(reads ? reading : writing);
        printf("%s\n    %s\n", keys, _(info->help));
    }
    keymap_free(m);
}

static void print_topics(void)
{
    printf("%s\n\n  keys", _("Help on: treben help TOPIC, with one of these:"));
    for (size_t i = 0; i < N_OF(screens); i++)
        printf("  %s", screens[i]->name);
    printf("  conditions  dates\n");
}

bool screens_print_help(const char *topic)
{
    if (!topic) {
        print_topics();
        return true;
    }
    if (strcmp(topic, "keys") == 0) {
        print_keys();
        return true;
    }
    bool known = false;
    for (size_t i = 0; i < N_OF(screens); i++) {
        if (strcmp(screens[i]->name, topic) == 0) {
            print_wrapped(_(screens[i]->purpose));
            known = true;
        }
    }
    if (help_more(topic)) {
        print_wrapped(help_more(topic));
        known = true;
    }
    return known;
}
