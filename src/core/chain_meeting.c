/* core/chain_meeting.c: the meeting and what it takes up: the agenda that makes itself, who hears a
 * point, when minutes may still be written, and what is never taken up where others listen. */
#include "chain_parts.h"
#include "treben/base/mem.h"
#include "treben/core/access.h"
#include "treben/core/repo.h"

#include <stdio.h>

#define PRESENT "present in (\"NARVARANDE\", \"ERSATTARE\", \"DISTANS\")"

/* --- when and by whom minutes are written */

void chain_minutes_open(const struct change *c, const char *meeting, const char *field,
                        struct problems *p)
{
    struct record *m = c->core->who.system ? NULL : look_id(c->core, "meeting", meeting);
    if (!m)
        return;
    const char *class = record_common(c->now, COMMON_INFO_CLASS);
    bool shared = str_eq(class, "OPPEN") || str_eq(class, "DELAD");
    if (value_in(m, "state", "JUSTERAT,LAST"))
        problem_add(p, ERR_RULE, field,
                    _("The minutes are adjusted and stand as they are. Take up what is wrong at "
                      "the next meeting."));
    else if (shared && value_in(m, "state", "PAGAR,PROTOKOLL_UTKAST") &&
             !value_is(m, "secretary", c->core->who.user))
        problem_add(p, ERR_RULE, field,
                    _("The secretary writes the minutes: say there what should stand in them."));
    record_free(m);
}

/* --- exit clients are not spoken of where others listen */

bool chain_of_exit(struct core *c, const char *id)
{
    const struct kind_model *k;
    struct id found;
    struct err ignored = {0};
    struct record *r = NULL;
    struct subject who = c->who;
    c->who.system = true; /* what kind it is, not what it says */
    bool walled = repo_resolve(c, NULL, id, &k, &found, &ignored) &&
                  (access_walled(k) || (str_eq(k->kind->name, "person") &&
                                        repo_load_all(c, k, found.text, &r, &ignored) &&
                                        str_eq(record_common(r, COMMON_OWNER_AGENCY), EXIT_AGENCY)));
    c->who = who;
    record_free(r);
    return walled;
}

void chain_not_of_exit(const struct change *c, const char *refs, const char *heard_by,
                       const char *field, struct problems *p)
{
    const char *pos = NULL, *item;
    size_t n;
    if (str_eq(heard_by, EXIT_AGENCY))
        return;
    while (str_list_next(refs, &pos, &item, &n))
        if (chain_of_exit(c->core, list_item(c->core, item, n))) {
            problem_add(p, ERR_RULE, field,
                        _("Nobody who seeks help is spoken of where other agencies listen: take "
                          "this out."));
            return;
        }
}

/* --- guards */

/* Minutes without attendance would not say who heard what. */
bool guard_attendance_taken(struct guard_case *g)
{
    int64_t open = look_count(g->core, "meeting_participant",
                              "meeting == \"%s\" and present == null", g->r->id);
    int64_t there = look_count(g->core, "meeting_participant", "meeting == \"%s\" and " PRESENT,
                               g->r->id);
    if (open)
        return guard_no(g, _("Note for everybody on the list whether they came."));
    return there >= 2 || guard_no(g, _("Note who took part: at least two people."));
}

/* --- the agenda makes itself */

static bool make_item(struct core *c, const struct record *meeting, const struct code *code, int no,
                      struct err *e)
{
    char text[12];
    snprintf(text, sizeof text, "%d", no);
    const struct put puts[] = {{"meeting", meeting->id},
                               {"no", text},
                               {"kind", code->code},
                               {"title", code->label.sv},
                               {"heard_by", value(meeting, "heard_by")}};
    return chain_make(c, "agenda_item", record_common(meeting, COMMON_OWNER_AGENCY),
                      record_common(meeting, COMMON_INFO_CLASS), puts, (int)N_OF(puts), NULL, e);
}

/* In the order of the code list. Points in the group SAMORDNING stand on that meeting's agenda
 * only; one that is put there by hand (EGEN) on none. */
static bool make_agenda(struct core *c, const struct record *meeting, struct err *e)
{
    const struct code_list *l = model_list(c->model, "agenda_kind");
    int no = 0;
    for (int i = 0; l && i < l->n_codes; i++) {
        const struct code *code = &l->codes[i];
        if (str_eq(code->group, "EGEN") || code->to ||
            (code->group && !value_is(meeting, "kind", code->group)))
            continue;
        if (!make_item(c, meeting, code, ++no, e))
            return false;
    }
    return true;
}

static bool add_participant(struct core *c, const struct record *meeting, const char *user,
                            const char *name, const char *agency, struct err *e)
{
    if ((!user && !name) ||
        (user && look_count(c, "meeting_participant", "meeting == \"%s\" and user == \"%s\"",
                            meeting->id, user)))
        return true;
    const struct put puts[] = {{"meeting", meeting->id},
                               {"user", user},
                               {"name", name},
                               {"agency", user ? user_agency(c, user) : agency}};
    return chain_make(c, "meeting_participant", record_common(meeting, COMMON_OWNER_AGENCY),
                      record_common(meeting, COMMON_INFO_CLASS), puts, (int)N_OF(puts), NULL, e);
}

/* Those of the meeting before of the same kind, so that nobody types the same names every week. */
static bool ask_the_same(struct core *c, const struct record *meeting, struct err *e)
{
    const char *kind = value(meeting, "kind");
    struct record *last = look_first(
        c, "meeting", "-starts", "kind == \"%s\" and owner_agency == \"%s\" and id != \"%s\"",
        kind ? kind : "", record_common(meeting, COMMON_OWNER_AGENCY), meeting->id);
    bool ok = add_participant(c, meeting, value(meeting, "chair"), NULL, NULL, e) &&
              add_participant(c, meeting, value(meeting, "secretary"), NULL, NULL, e) &&
              add_participant(c, meeting, value(meeting, "adjuster"), NULL, NULL, e);
    ROWS before = last ? look_all(c, "meeting_participant", "id", "meeting == \"%s\"", last->id)
                       : (struct rows){0};
    for (int i = 0; ok && i < before.n; i++) {
        const char *user = value(before.at[i], "user");
        struct record *u = user ? look_first(c, "user", "id",
                                             "id == \"%s\" and (active_to == null or active_to >= "
                                             "today)",
                                             user)
                                : NULL;
        if (u || !user)
            ok = add_participant(c, meeting, user, value(before.at[i], "name"),
                                 value(before.at[i], "agency"), e);
        record_free(u);
    }
    record_free(last);
    return ok;
}

/* Heard is what was said while an agency had somebody in the room. */
static bool hear(struct core *c, const struct record *meeting, struct err *e)
{
    ROWS there = look_all(c, "meeting_participant", "id", "meeting == \"%s\" and " PRESENT,
                          meeting->id);
    ROWS items = look_all(c, "agenda_item", "no", "meeting == \"%s\"", meeting->id);
    STR present = {0};
    for (int i = 0; i < there.n; i++)
        if (value(there.at[i], "agency"))
            str_printf(&present, "%s%s", present.len ? "," : "", value(there.at[i], "agency"));
    for (int i = 0; i < items.n; i++) {
        const char *pos = NULL, *item;
        size_t n;
        STR heard = {0};
        while (str_list_next(value(items.at[i], "heard_by"), &pos, &item, &n))
            if (str_list_has(str_text(&present), list_item(c, item, n)))
                str_printf(&heard, "%s%s", heard.len ? "," : "", list_item(c, item, n));
        const struct put puts[] = {{"heard_by", str_text(&heard)}};
        if (heard.len && !chain_put(c, "agenda_item", items.at[i]->id, puts, 1, e))
            return false;
    }
    return true;
}

bool after_meeting(struct core *c, const struct record *was, const struct record *now,
                   struct err *e)
{
    if (!was)
        return make_agenda(c, now, e) && ask_the_same(c, now, e);
    return !chain_became(was, now, "PROTOKOLL_UTKAST") || hear(c, now, e);
}

/* A link stands at both ends, and is undone at both. */
bool after_link(struct core *c, const struct record *was, const struct record *now, struct err *e)
{
    const char *mirror = value(now ? now : was, "mirror");
    if (was && now && chain_became(was, now, "FELKOPPLAD")) {
        const struct put puts[] = {{"state", "FELKOPPLAD"}};
        return chain_put(c, "link", mirror, puts, (int)N_OF(puts), e);
    }
    if (was || mirror)
        return true;
    const char *id;
    const struct put puts[] = {{"subject", value(now, "other")},
                               {"other", value(now, "subject")},
                               {"text", value(now, "text")},
                               {"mirror", now->id}};
    if (!chain_make(c, "link", record_common(now, COMMON_OWNER_AGENCY),
                    record_common(now, COMMON_INFO_CLASS), puts, (int)N_OF(puts), &id, e))
        return false;
    const struct put back[] = {{"mirror", id}};
    return chain_put(c, "link", now->id, back, (int)N_OF(back), e);
}
