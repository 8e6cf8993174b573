/* cooperation/agenda_item.c: one point of a meeting's agenda: its class, which agencies heard it,
 * and what was noted under it. What it lists is looked up anew for each reader, with that reader's
 * rights. */
#include "../rules.h"

#include <stdio.h>

enum { MEETING, NO, KIND, TITLE, HEARD_BY, SUBJECTS, TEXT, N };

static const struct field fields[N] = {
    [MEETING] = {"meeting", F_REF, "meeting", REQUIRED | FIXED | SHARED, 0, 0},
    [NO] = {"no", F_INT, NULL, REQUIRED | SHARED, 1, 99},
    [KIND] = {"kind", F_CODE, "agenda_kind", REQUIRED | FIXED | SHARED, 0, 0},
    [TITLE] = {"title", F_TEXT, NULL, REQUIRED | SHARED, 0, 120},
    [HEARD_BY] = {"heard_by", F_CODES, "agency", REQUIRED | SHARED, 0, 0},
    [SUBJECTS] = {"subjects", F_REFS, "*", SHARED, 0, 0},
    [TEXT] = {"text", F_NOTE, NULL, SHARED, 0, 4000},
};

static bool is_open(const struct record *r)
{
    const char *class = record_common(r, COMMON_INFO_CLASS);
    return str_eq(class, "OPPEN") || str_eq(class, "DELAD");
}

/* A point that is not for all belongs to the agency that writes it, and is heard there alone. */
static void fill(struct change *c)
{
    int class = c->now->k->n_own + (int)COMMON_INFO_CLASS;
    struct record *meeting = look_id(c->core, "meeting", record_get(c->now, MEETING));
    const char *agency = c->core->who.agency;
    if (!c->was && meeting) {
        struct record *last = look_first(c->core, "agenda_item", "-no", "meeting == \"%s\"",
                                         meeting->id);
        char no[12];
        snprintf(no, sizeof no, "%d", last ? (int)record_int(last, NO) + 1 : 1);
        fill_value(c, NO, no);
        fill_value(c, KIND, "EGEN");
        if (!c->given[class] && !c->core->who.system)
            record_put(c->now, class, record_common(meeting, COMMON_INFO_CLASS));
        if (!is_open(c->now) && *agency) {
            record_put(c->now, HEARD_BY, agency);
            record_put(c->now, c->now->k->n_own + (int)COMMON_OWNER_AGENCY, agency);
        }
        fill_value(c, HEARD_BY, record_get(meeting, kind_field(&meeting_kind, "heard_by")));
        record_free(last);
    }
    record_free(meeting);
}

/* What was said in a small circle is not opened to a larger one afterwards. */
static void check_circle(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    const char *heard = record_get(r, HEARD_BY), *pos = NULL, *item;
    size_t n;
    if (!is_open(r) && !str_eq(heard, record_common(r, COMMON_OWNER_AGENCY)))
        problem_add(p, ERR_RULE, named(r, HEARD_BY),
                    _("A point of this secrecy class is heard by your own agency alone. Share it, "
                      "or make a point of its own for the others."));
    if (!c->was || c->core->who.system)
        return;
    if (!is_open(c->was) && is_open(r))
        problem_add(p, ERR_RULE, "info_class",
                    _("What was said within one agency is not opened to the others here. Make a "
                      "new point with what they may know."));
    while (str_list_next(heard, &pos, &item, &n))
        if (!str_list_has(record_get(c->was, HEARD_BY), list_item(c->core, item, n))) {
            problem_add(p, ERR_RULE, named(r, HEARD_BY),
                        _("An agency that did not hear this is not added afterwards. Make a new "
                          "point with what it may know."));
            return;
        }
}

static void check(const struct change *c, struct problems *p)
{
    const struct record *r = c->now;
    chain_minutes_open(c, record_get(r, MEETING), named(r, MEETING), p);
    lint_text(p, r, TITLE);
    lint_text(p, r, TEXT);
    check_circle(c, p);
    chain_not_of_exit(c, record_get(r, SUBJECTS), record_get(r, HEARD_BY), named(r, SUBJECTS), p);
}

/* The points that make themselves are called as the code list says, in the reader's language. */
static const char *show(struct core *c, const struct record *r, int field)
{
    const char *kind = record_get(r, KIND);
    return field == TITLE && kind && !str_eq(kind, "EGEN")
               ? code_label(model_list(c->model, "agenda_kind"), kind)
               : NULL;
}

const struct kind agenda_item_kind = {
    .name = "agenda_item",
    .fields = fields,
    .n_fields = N,
    .title = "{no} {title}",
    .parent = "meeting",
    .owner = NULL,
    .fill = fill,
    .check = check,
    .show = show,
};
