/* core/chain_help_after.c: what follows in a way out from what was written in it: a contact is kept
 * with its case, those who work with a case see its person and its places, and a newer consent takes
 * the older one's place. */
#include "chain_parts.h"
#include "treben/core/clocks.h"

#include <stdio.h>

#define FIRST_DAYS 91 /* followed up closely for three months, then monthly */

static bool put_one(struct core *c, const char *kind, const char *id, const char *field,
                    const char *to, struct err *e)
{
    const struct put puts[] = {{field, to}};
    return chain_put(c, kind, id, puts, (int)N_OF(puts), e);
}

/* --- who works with it */

/* The list without those who had the case and do not any more, and with those who have it now. */
static const char *staff_list(struct core *c, const char *list, const struct record *was,
                              const struct record *now)
{
    static const char *const fields[] = {"handler", "backup"};
    STR s = {0};
    const char *pos = NULL, *item;
    size_t n;
    while (str_list_next(list, &pos, &item, &n)) {
        const char *user = list_item(c, item, n);
        bool left = was && (value_is(was, "handler", user) || value_is(was, "backup", user));
        if (!left)
            str_printf(&s, "%s%s", s.len ? "," : "", user);
    }
    for (size_t i = 0; i < N_OF(fields); i++) {
        const char *user = value(now, fields[i]);
        if (user && !str_list_has(str_text(&s), user))
            str_printf(&s, "%s%s", s.len ? "," : "", user);
    }
    return arena_strdup(&c->scratch, str_text(&s));
}

static bool put_staff(struct core *c, const char *kind, const char *id, const char *field,
                      const struct record *was, const struct record *now, struct err *e)
{
    struct record *r = id ? look_id(c, kind, id) : NULL;
    bool ok = !r || put_one(c, kind, id, field, staff_list(c, value(r, field), was, now), e);
    record_free(r);
    return ok;
}

static bool put_staff_of_rows(struct core *c, const char *kind, const char *field,
                              const struct record *was, const struct record *now, struct err *e)
{
    ROWS rows = look_all(c, kind, "id", "exit_case == \"%s\"", now->id);
    for (int i = 0; i < rows.n; i++)
        if (!put_staff(c, kind, rows.at[i]->id, field, was, now, e))
            return false;
    return true;
}

static bool staff_changed(const struct record *was, const struct record *now)
{
    return !was || !str_eq(value(was, "handler"), value(now, "handler")) ||
           !str_eq(value(was, "backup"), value(now, "backup"));
}

static bool share_with_staff(struct core *c, const struct record *was, const struct record *now,
                             struct err *e)
{
    bool person = !was || !str_eq(value(was, "person"), value(now, "person"));
    bool staff = staff_changed(was, now);
    if ((person || staff) && !put_staff(c, "person", value(now, "person"), "staff", was, now, e))
        return false;
    return !was || !staff ||
           (put_staff_of_rows(c, "placement", "access_list", was, now, e) &&
            put_staff_of_rows(c, "emergency_plan", "authorised", was, now, e));
}

/* --- the case */

static bool rows_clocks(struct core *c, const char *kind, const char *case_id, struct err *e)
{
    ROWS rows = look_all(c, kind, "id", "exit_case == \"%s\"", case_id);
    for (int i = 0; i < rows.n; i++)
        if (!clocks_run(c, rows.at[i], e))
            return false;
    return true;
}

static bool keep_contact(struct core *c, const struct record *now, struct err *e)
{
    const struct put puts[] = {
        {"linked_case", now->id}, {"purge_after", NULL}, {"purge_rule", NULL}};
    return chain_put(c, "exit_contact", value(now, "contact"), puts, (int)N_OF(puts), e);
}

bool chain_after_exit_case(struct core *c, const struct record *was, const struct record *now,
                           struct err *e)
{
    if (!now)
        return true;
    if (!was && !keep_contact(c, now, e))
        return false;
    if (!share_with_staff(c, was, now, e))
        return false;
    if (!was || str_eq(value(was, "state"), value(now, "state")))
        return true;
    static const char *const kinds[] = {"consent", "threat_assessment", "activity"};
    for (size_t i = 0; i < N_OF(kinds); i++)
        if (!rows_clocks(c, kinds[i], now->id, e))
            return false;
    return true;
}

/* --- its rows */

/* When the client was last seen, and how many times after the end: what the next clock counts from. */
bool chain_after_follow_up(struct core *c, const struct record *was, const struct record *now,
                           struct err *e)
{
    const char *id = value(now ? now : was, "exit_case");
    struct record *r = id ? look_id(c, "exit_case", id) : NULL;
    const char *started = value(r, "started_at"), *closed = value(r, "closed_at");
    struct record *last = look_first(c, "follow_up", "-date",
                                     "exit_case == \"%s\" and state == \"HALLEN\"", id);
    const char *day = value(last, "date");
    char first_end[DATE_TEXT], after[12];
    day_after(started, FIRST_DAYS, first_end);
    snprintf(after, sizeof after, "%" PRId64,
             closed ? look_count(c, "follow_up",
                                 "exit_case == \"%s\" and state == \"HALLEN\" and date > \"%s\"", id,
                                 closed)
                    : 0);
    if (!day || later(started, day))
        day = started;
    const struct put puts[] = {{"last_follow_up", day},
                                     {"first_period", later(first_end, day) ? "1" : "0"},
                                     {"after_done", closed ? after : NULL}};
    bool ok = !started || chain_put(c, "exit_case", id, puts, (int)N_OF(puts), e);
    record_free(last);
    record_free(r);
    return ok;
}

bool chain_after_consent(struct core *c, const struct record *was, const struct record *now,
                         struct err *e)
{
    if (!now || !value_is(now, "state", "AKTIVT") || value_is(was, "state", "AKTIVT"))
        return clocks_run_id(c, "exit_case", value(now ? now : was, "exit_case"), e);
    ROWS older = look_all(c, "consent", "id",
                          "exit_case == \"%s\" and id != \"%s\" and state == \"AKTIVT\" and "
                          "purpose == \"%s\" and given_by == \"%s\"",
                          value(now, "exit_case"), now->id, value(now, "purpose"),
                          value(now, "given_by"));
    for (int i = 0; i < older.n; i++)
        if (!value_is(now, "given_by", "VARDNADSHAVARE") && /* two guardians: one row each */
            !lifecycle_system(c, older.at[i]->k, older.at[i]->id, "ERSATT", e))
            return false;
    return clocks_run_id(c, "exit_case", value(now, "exit_case"), e);
}

bool chain_after_threat(struct core *c, const struct record *was, const struct record *now,
                        struct err *e)
{
    return was || rows_clocks(c, "threat_assessment", value(now, "exit_case"), e);
}
